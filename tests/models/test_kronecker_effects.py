"""Random effects of the cells of two factors, Var(u) = I ⊗ S ⊗ C: kron(us(trait):ar1(factor(time)) | subject)."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import product
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tutor import model
from tutor.errors import DataError, DomainError, FormulaError, TutorError
from tutor.models.mixed import MixedModel

ROWS = list(product("abc", ("height", "weight"), (1, 2, 4), (1, 2)))
"""Subject, trait, time and repeat of each observation."""

TRAITS = np.array([[2.0, 1.0], [1.0, 3.0]])
OF_TRAITS = {"sigma2_u_1": 2.0, "sigma2_u_2": 3.0, "sigma_u_12": 1.0}
STEPS = np.abs(np.subtract.outer([0, 1, 2], [0, 1, 2]))
DAYS = np.abs(np.subtract.outer([1, 2, 4], [1, 2, 4]))

CASES: dict[str, tuple[str, dict[str, float], np.ndarray]] = {
    "us by ar1": ("us(trait):ar1(factor(time))", OF_TRAITS | {"rho_u": 0.5}, np.kron(TRAITS, 0.5**STEPS)),
    "us by homcs": ("us(trait):homcs(factor(time))", OF_TRAITS | {"rho_u": 0.3},
                    np.kron(TRAITS, 0.3 + 0.7 * np.eye(3))),
    "us by exp": ("us(trait):exp(factor(time))", OF_TRAITS | {"theta_u": 2.0}, np.kron(TRAITS, np.exp(-DAYS / 2))),
    "diag by ar1": ("diag(trait):ar1(factor(time))", {"sigma2_u_1": 2.0, "sigma2_u_2": 3.0, "rho_u": -0.5},
                    np.kron(np.diag([2.0, 3.0]), (-0.5) ** STEPS)),
}  # fmt: skip
"""The structures, values of their parameters, and what the effects of one subject have then."""


def fitted(term: str, rows: Sequence[tuple[str, str, int, int]] = ROWS) -> MixedModel:
    subject, trait, time, _ = (list(column) for column in zip(*rows, strict=True))
    columns: dict[str, list[Any]] = {"subject": subject, "trait": trait, "time": time}
    return model(f"y ~ trait + kron({term} | subject)", {"y": [float(7 * i % 5) for i in range(len(rows))], **columns})


@pytest.mark.slow
@pytest.mark.parametrize("name", CASES)
@given(order=st.permutations(range(len(ROWS))), left_out=st.integers(0, 4))
def test_each_pair_of_rows_has_the_product_of_both_entries(name: str, order: list[int], left_out: int) -> None:
    term, values, of_subject = CASES[name]
    kept = order[left_out:]
    V = fitted(term, [ROWS[row] for row in kept]).V.numpy(sigma2=0.25, **values)
    whole = np.kron(np.eye(3), np.kron(of_subject, np.ones((2, 2)))) + 0.25 * np.eye(len(ROWS))
    assert pytest.approx(whole[np.ix_(kept, kept)], rel=1e-12, abs=1e-12) == V


def test_a_value_outside_the_domain_of_a_factor_is_refused() -> None:
    ours = fitted("us(trait):ar1(factor(time))")
    with pytest.raises(DomainError, match="The boundary is 1"):
        ours.V.numpy(sigma2=1, **OF_TRAITS, rho_u=1.5)
    with pytest.raises(DomainError, match="not positive definite"):
        ours.V.numpy(sigma2=1, **{**OF_TRAITS, "sigma_u_12": 4.0}, rho_u=0.5)


def test_parameters_that_cannot_be_told_from_the_residuals_are_named() -> None:
    once = [row for row in ROWS if row[3] == 1]
    assert fitted("us(trait):ar1(factor(time))", once).q == 18
    with pytest.raises(DataError, match="cannot be told apart"):
        fitted("diag(trait):homdiag(factor(time))", once)


def test_no_other_program_is_told_what_it_cannot_say() -> None:
    ours = fitted("us(trait):ar1(factor(time))")
    for program in ("lme4", "nlme", "glmmTMB", "sas", "statsmodels"):
        with pytest.raises(TutorError, match="no Kronecker product of structures for random effects"):
            ours.code(program)


@pytest.mark.parametrize(
    ("term", "words"),
    [
        ("us(trait):ar1(time)", r"Write factor\(time\)"),
        ("us(trait)", "two structures"),
        ("trait:time", "two structures"),
        ("us(trait):kron(factor(time))", "two structures"),
        ("us(trait):diag(trait)", "Both structures of kron are over trait"),
        ("us(factor(time)):mat(trait)", "matern is a structure of distance"),
    ],
)
def test_what_is_no_product_is_refused_at_its_place(term: str, words: str) -> None:
    with pytest.raises(FormulaError, match=words):
        fitted(term)
