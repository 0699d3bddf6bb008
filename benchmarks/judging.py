"""How long it takes to read an answer and to judge it, the text never seen before."""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator

import sympy
from sympy.matrices.immutable import ImmutableDenseMatrix

from benchmarks.timing import Row, timed, timed_each
from tutor import check, rcbd, read

REPEATS = 30


def rows() -> Iterator[Row]:
    """An expression and a matrix of entries, beside SymPy's simplify on entries that are already read."""
    m = rcbd(treatments=3, blocks=4)
    expanded = m.V.explicit()
    rng = random.Random(1)
    texts = [matrix_text(rng) for _ in range(2 * REPEATS + 2)]
    for text in texts:
        assert check(text, m.V).correct
    expression = r"\mathbf{Z}\mathbf{G}\mathbf{Z}' + \mathbf{R}"
    yield Row(
        "judge `ZGZ' + R`",
        timed(lambda: check(expression, m.V), REPEATS),
        "SymPy: multiply out, simplify V − V",
        timed(lambda: simplified_difference(product(m), expanded), 3),
    )
    answers = [explicit(read(text, m.vocabulary).tree) for text in texts[:3]]
    fresh = [matrix_text(rng) for _ in range(REPEATS)]
    yield Row(
        "judge a new 12 × 12 matrix in LaTeX",
        timed_each(_judging(text, m) for text in fresh),
        "SymPy: simplify answer − V, already read",
        timed_each(_simplifying(answer, expanded) for answer in answers),
    )


def _judging(text: str, m) -> Callable[[], object]:
    return lambda: check(text, m.V)


def _simplifying(answer: ImmutableDenseMatrix, expanded: ImmutableDenseMatrix) -> Callable[[], object]:
    return lambda: simplified_difference(answer, expanded)


def matrix_text(rng: random.Random, treatments: int = 3, blocks: int = 4) -> str:
    """V of a randomized complete block design in LaTeX, each cell in a spelling of its own."""
    n = treatments * blocks
    cells = [[_cell(i, j, treatments, rng.randint(2, 10**6)) for j in range(n)] for i in range(n)]
    return r"\begin{bmatrix}" + r" \\ ".join(" & ".join(line) for line in cells) + r"\end{bmatrix}"


def _cell(i: int, j: int, treatments: int, k: int) -> str:
    if i // treatments != j // treatments:
        return "0"
    shared = rf"{k}\sigma_u^2 - {k - 1}\sigma^2_u"
    return rf"\sigma^2 + {shared}" if i == j else shared


def explicit(tree) -> ImmutableDenseMatrix:
    return tree.explicit()


def product(m) -> ImmutableDenseMatrix:
    """ZGZ' + R, multiplied out by SymPy."""
    Z, G, R = (sympy.Matrix(part.explicit()) for part in (m.Z, m.G, m.R))
    return ImmutableDenseMatrix(Z * G * Z.T + R)


def simplified_difference(answer: ImmutableDenseMatrix, reference: ImmutableDenseMatrix) -> bool:
    """Whether the two are equal in the eyes of SymPy's simplify."""
    return (answer - reference).applyfunc(sympy.simplify).is_zero_matrix is True
