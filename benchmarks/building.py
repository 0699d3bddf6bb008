"""How long it takes to build the model of Yates' oats from its formula, and its V with all entries."""

from __future__ import annotations

import csv
from collections.abc import Iterator

import sympy

from benchmarks.timing import Row, timed
from tutor.data import path
from tutor.models.from_formula import model

FORMULA = "yield ~ factor(nitro) * Variety + (1 | Block/Variety)"


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
