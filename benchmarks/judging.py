"""How long it takes to read an answer and to judge it, the text never seen before."""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator

import sympy
from sympy.matrices.immutable import ImmutableDenseMatrix

from benchmarks.timing import Row, timed, timed_each
from tutor import MixedModel, check, rcbd, read

REPEATS = 30
SLOW_REPEATS = 3

Spelling = Callable[[random.Random], str]
"""A way to write σ²_u, from a source of chance."""


def rows() -> Iterator[Row]:
    """An expression and two matrices of entries, beside SymPy's simplify on entries that are already read."""
    m = rcbd(treatments=3, blocks=4)
    rng = random.Random(1)
    expression = r"\mathbf{Z}\mathbf{G}\mathbf{Z}' + \mathbf{R}"
    yield Row(
        "judge `ZGZ' + R`",
        timed(lambda: check(expression, m.V), REPEATS),
        "SymPy: multiply out, simplify",
        timed(lambda: simplified_difference(product(m), product(m)), REPEATS),
    )
    yield matrix_row("judge a new 12 × 12 matrix in LaTeX", m, rng, plainly)
    yield matrix_row("the same, its entries as fractions", m, rng, as_fraction)


def matrix_row(task: str, m: MixedModel, rng: random.Random, spelling: Spelling) -> Row:
    """V in LaTeX, a new text each time, beside SymPy's simplify of its difference from V."""
    texts = [matrix_text(rng, spelling) for _ in range(REPEATS)]
    read_before = [entries(matrix_text(rng, spelling), m) for _ in range(SLOW_REPEATS)]
    assert check(matrix_text(rng, spelling), m.V).correct
    return Row(
        task,
        timed_each(_judging(text, m) for text in texts),
        "SymPy: multiply out, simplify, reading not counted",
        timed_each(_simplifying(answer, m) for answer in read_before),
    )


def _judging(text: str, m: MixedModel) -> Callable[[], object]:
    return lambda: check(text, m.V)


def _simplifying(answer: ImmutableDenseMatrix, m: MixedModel) -> Callable[[], object]:
    return lambda: simplified_difference(answer, product(m))


def plainly(rng: random.Random) -> str:
    """σ²_u in one of the spellings of a lecture."""
    return rng.choice((r"\sigma^2_u", r"\sigma_u^2", r"\sigma_{u}^{2}", r"\sigma^{2}_{u}"))


def as_fraction(rng: random.Random) -> str:
    """σ²_u as a fraction that has to be cancelled."""
    k = rng.randint(2, 9)
    return rf"\frac{{\sigma_u^4 + {k}\sigma^2\sigma_u^2}}{{\sigma_u^2 + {k}\sigma^2}}"


def matrix_text(rng: random.Random, spelling: Spelling, treatments: int = 3, blocks: int = 4) -> str:
    """V of a randomized complete block design in LaTeX, each cell in a spelling of its own."""
    n = treatments * blocks
    cells = [[_cell(i, j, treatments, rng, spelling) for j in range(n)] for i in range(n)]
    return r"\begin{bmatrix}" + r" \\ ".join(" & ".join(line) for line in cells) + r"\end{bmatrix}"


def _cell(i: int, j: int, treatments: int, rng: random.Random, spelling: Spelling) -> str:
    if i // treatments != j // treatments:
        return "0"
    return rf"\sigma^2 + {spelling(rng)}" if i == j else spelling(rng)


def entries(text: str, m: MixedModel) -> ImmutableDenseMatrix:
    """The matrix that a text stands for, as SymPy holds it."""
    tree = read(text, m.vocabulary).tree
    assert tree is not None
    return tree.explicit()


def product(m: MixedModel) -> ImmutableDenseMatrix:
    """ZGZ' + R, multiplied out by SymPy."""
    assert m.Z is not None
    assert m.G is not None
    Z, G, R = (sympy.Matrix(part.explicit()) for part in (m.Z, m.G, m.R))
    return ImmutableDenseMatrix(Z * G * Z.T + R)


def simplified_difference(answer: ImmutableDenseMatrix, reference: ImmutableDenseMatrix) -> bool:
    """Whether the two are equal in the eyes of SymPy's simplify."""
    return (answer - reference).applyfunc(sympy.simplify).is_zero_matrix is True
