"""How long it takes to build the model of Yates' oats, with all entries of V, and a model of 10,000 rows."""

from __future__ import annotations

import csv
import random
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

import numpy as np
import pandas
import scipy.sparse
import sympy

from benchmarks.timing import Row, timed
from tutor.data import path
from tutor.models.from_formula import model

FORMULA = "yield ~ factor(nitro) * Variety + (1 | Block/Variety)"

MANY = 10_000
MANY_FORMULA = "y ~ f * x + (x | A) + (1 | B/C)"
LEVELS = {"f": 3, "A": 50, "B": 40, "C": 30}


def rows() -> Iterator[Row]:
    """The package from the file on, beside SymPy with Z and V written out densely."""
    source = str(path("oats.csv"))
    assert ours(source) == dense(source)
    yield Row(
        "build oats and its V, 72 × 72",
        timed(lambda: ours(source), 10),
        "SymPy: dense Z, V = ZGZ' + R",
        timed(lambda: dense(source), 3),
    )
    data = many_rows()
    built = model(MANY_FORMULA, data)
    assert built.Z is not None
    X, Z = by_pandas(data)
    assert (built.X.shape, built.Z.shape) == (X.shape, Z.shape)
    yield Row(
        f"build a model of {MANY:,} rows with three random terms, exactly",
        timed(lambda: model(MANY_FORMULA, data).V, 3),
        "pandas and scipy: sparse X and Z in doubles",
        timed(lambda: by_pandas(data), 3),
    )


def many_rows() -> dict[str, list[Any]]:
    """Random data of many rows, crossed and nested."""
    drawn = random.Random(1)
    numbers: dict[str, list[Any]] = {name: [drawn.random() for _ in range(MANY)] for name in ("y", "x")}
    return numbers | {
        name: [f"{name}{drawn.randrange(levels)}" for _ in range(MANY)] for name, levels in LEVELS.items()
    }


def by_pandas(data: Mapping[str, Sequence[Any]]) -> tuple[np.ndarray, scipy.sparse.csr_array]:
    """X and Z of the same formula in doubles, without names for the rows."""
    frame = pandas.DataFrame(data)
    x = frame["x"].to_numpy()
    compared = pandas.get_dummies(frame["f"]).to_numpy(dtype=float)[:, 1:]
    X = np.column_stack([np.ones(len(frame)), compared, x, compared * x[:, None]])
    A, B, C = (pandas.Series(data[name]) for name in "ABC")
    of_A = indicator_rows(A)
    blocks = [of_A, of_A * x[:, None], indicator_rows(B), indicator_rows(B + ":" + C)]
    return X, scipy.sparse.csr_array(scipy.sparse.hstack(blocks))


def indicator_rows(group: pandas.Series) -> scipy.sparse.csr_array:
    """One column a level, n × levels."""
    codes, levels = pandas.factorize(group, sort=True)
    row = np.arange(len(codes))
    return scipy.sparse.csr_array((np.ones(len(codes)), (row, codes)), shape=(len(codes), len(levels)))


def ours(source: str) -> sympy.ImmutableDenseMatrix:
    """V of the model, built from the file."""
    return model(FORMULA, data=source).V.explicit()


def dense(source: str) -> sympy.ImmutableDenseMatrix:
    """V built from the file with SymPy alone."""
    with open(source, encoding="utf-8", newline="") as file:  # noqa: PTH123  (as the peer would be written)
        data = list(csv.DictReader(file))
    within, blocks, plots = sympy.symbols("sigma2 sigma2_u sigma2_v", positive=True)
    of_block = [row["Block"] for row in data]
    of_plot = [(row["Block"], row["Variety"]) for row in data]
    Z = sympy.Matrix.hstack(indicators(of_block), indicators(of_plot))
    q_blocks, q_plots = len(set(of_block)), len(set(of_plot))
    G = sympy.diag(*[blocks] * q_blocks, *[plots] * q_plots)
    return sympy.ImmutableDenseMatrix(Z * G * Z.T + within * sympy.eye(len(data)))


def indicators(group: list) -> sympy.Matrix:
    """One column a level, in the order in which the levels appear."""
    levels = list(dict.fromkeys(group))
    return sympy.Matrix(len(group), len(levels), lambda i, j: int(group[i] == levels[j]))
