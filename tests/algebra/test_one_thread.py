"""Products, inverses and generalized inverses by parts are those of NumPy, and start no threads of OpenBLAS."""

from __future__ import annotations

import os
import subprocess
import sys

import numpy as np
import pytest

from tutor.algebra import one_thread
from tutor.algebra.doubles import Floating
from tutor.algebra.gram import GramInverses, inverse_by_elimination
from tutor.errors import DomainError


@pytest.mark.parametrize("rows", [3, 90, 91, 150, 260])
def test_products_and_inverses_are_those_of_numpy(rows: int) -> None:
    rng = np.random.default_rng(rows)
    matrix = rng.normal(size=(rows, rows)) + 3 * np.eye(rows)
    assert np.allclose(one_thread.product(matrix, matrix), matrix @ matrix, rtol=1e-12, atol=1e-10)
    inverse = one_thread.inverse(matrix)
    assert np.allclose(one_thread.product(matrix, inverse), np.eye(rows), atol=1e-7)
    for columns in (1, 30):
        right = rng.normal(size=(rows, columns))
        assert np.allclose(matrix @ one_thread.solve(matrix, right), right, atol=1e-7)


def test_a_singular_leading_block_is_no_obstacle_and_a_singular_matrix_is() -> None:
    nought, identity = np.zeros((60, 60)), np.eye(60)
    turned = np.block([[nought, identity], [identity, nought]])
    assert np.allclose(one_thread.inverse(turned), turned, atol=1e-12)
    right = np.arange(120.0)[:, None]
    assert np.allclose(one_thread.solve(turned, right), turned @ right, atol=1e-9)
    for singular in (np.zeros((120, 120)), np.ones((120, 120)), np.kron(np.eye(10), np.ones((12, 12)))):
        with pytest.raises(np.linalg.LinAlgError):
            one_thread.inverse(singular)
        with pytest.raises(np.linalg.LinAlgError):
            one_thread.solve(singular, right)


def test_units_do_not_make_a_matrix_singular() -> None:
    units = np.logspace(-10, 10, 120)
    assert np.allclose(one_thread.inverse(np.diag(units)), np.diag(1 / units))
    assert np.allclose(one_thread.solve(np.diag(units), units[:, None]), 1)


@pytest.mark.parametrize("seed", range(20))
def test_a_generalized_inverse_is_that_of_moore_and_penrose(seed: int) -> None:
    rng = np.random.default_rng(seed)
    columns, known = int(rng.integers(2, 40)), GramInverses()
    X = rng.integers(0, 2, size=(60, columns)).astype(float)
    X = np.hstack([X, X[:, :1] + X[:, 1:2]])
    for weights in (np.ones(60), rng.uniform(0.5, 2, size=60)):  # the second time the rows are those of the first
        matrix = X.T @ (weights[:, None] * X)
        found = known.inverse(matrix)
        if found is not None:
            assert np.allclose(found, np.linalg.pinv(matrix, rcond=1e-12), rtol=1e-6, atol=1e-9)


def test_columns_that_are_nearly_alike_are_told_apart() -> None:
    known = GramInverses()
    assert known.inverse(np.ones((2, 2))) is not None
    years = np.vander(np.arange(2000.0, 2012.0), 2)
    found = known.inverse(years.T @ years)
    assert found is not None
    assert np.allclose(found @ (years.T @ years), np.eye(2), atol=1e-4)
    cubic = np.vander(np.arange(2000.0, 2012.0), 4)
    assert known.inverse(cubic.T @ cubic) is None


@pytest.mark.parametrize("seed", range(40))
def test_any_matrix_of_clear_rank_is_inverted_without_singular_values(seed: int) -> None:
    rng = np.random.default_rng(seed)
    rows, columns = (int(number) for number in rng.integers(1, 30, size=2))
    rank = int(rng.integers(0, min(rows, columns) + 1))
    matrix = (rng.integers(-3, 4, size=(rows, rank)) @ rng.integers(-3, 4, size=(rank, columns))).astype(float)
    found = inverse_by_elimination(matrix)
    assert found is not None
    assert np.allclose(found, np.linalg.pinv(matrix, rcond=1e-12), rtol=1e-7, atol=1e-9)


def test_a_rank_that_rounding_hides_is_not_guessed() -> None:
    nearly = np.array([[1.0, 1.0], [1.0, 1.0 + 1e-10]])
    assert inverse_by_elimination(nearly) is None
    with pytest.raises(DomainError, match="rank"):
        Floating().inverse_of_clear_rank(nearly)
    assert inverse_by_elimination(np.array([[np.nan]])) is None


VERDICTS = (
    ("split_split_plot(3, 2, 4, 3)", "(X'V^{-1}X)^{-}X'V^{-1}y", "3(X'RX)^{-}X'y"),
    ("split_split_plot(3, 2, 4, 3)", "V^{-1} - V^{-1}X(X'V^{-1}X)^{-}X'V^{-1}", "V^{-1} - 5X(X'RX)^{-}X'"),
    ("rcbd(10, 10)", "V^{-1} - V^{-1}X(X'V^{-1}X)^{-}X'V^{-1}", "V^{-1} - 5X(X'RX)^{-}X'"),
    ("rcbd(10, 10)", "X'V^{-1}X", "3X'X"),
)
"""A model, what is asked of it, and a wrong answer whose rivals have singular, indefinite and large matrices."""


@pytest.mark.slow
@pytest.mark.parametrize(("design", "asked", "answer"), VERDICTS)
def test_a_verdict_takes_no_more_of_the_processor_than_its_own_thread(design: str, asked: str, answer: str) -> None:
    code = (
        "import time\n"
        "from tutor import check, rcbd, read, split_split_plot\n"
        f"m = {design}\n"
        f"asked = read({asked!r}, m.vocabulary).tree\n"
        "before = time.process_time(), time.thread_time()\n"
        f"check({answer!r}, asked, m.vocabulary)\n"
        "print(time.process_time() - before[0], time.thread_time() - before[1])\n"
    )
    environment = {**os.environ, "OPENBLAS_NUM_THREADS": "4"}
    told = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True, env=environment)
    of_all, of_one = map(float, told.stdout.split())
    assert of_all < 1.5 * of_one
