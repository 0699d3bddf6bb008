"""How the columns of a matrix depend on one another, exactly, also where entries are irrational numbers.

An entry a_0 + a_1 s_1 + a_2 s_2 + … with rational a_k and irrational s_k is taken apart: each row becomes a row of the
a_0 and one of each of the a_k. A vector v that is orthogonal to all of those rows has Xv = 0. Hence the rank of X is at
most that of these rational rows; balls show that it is not less. Then both have the same null space.
"""

from __future__ import annotations

from collections.abc import Sequence

import sympy
from flint import fmpq, fmpq_mat
from sympy.matrices.immutable import ImmutableDenseMatrix
from sympy.polys.matrices import DomainMatrix

from tutor.algebra.applied import Applied
from tutor.algebra.arithmetic import NotRationalError
from tutor.algebra.balls import Balls
from tutor.algebra.evaluate import Instance
from tutor.algebra.nodes import Explicit
from tutor.errors import TutorError
from tutor.models.irrational_numbers import InLetters, irrational_numbers, is_irrational, rational_parts

Row = Sequence[sympy.Expr]

MOST_IRRATIONAL = 4
"""Irrational numbers of the rows by which a combination of rows is given."""


def pivot_columns(X: ImmutableDenseMatrix) -> tuple[int, ...]:
    """The columns that do not depend on those before them; letters count as numbers that fulfil no equation.

    Raises
    ------
    TutorError
        When entries are irrational numbers of which it cannot be told.
    """
    if X.free_symbols:
        return tuple(DomainMatrix.from_Matrix(sympy.Matrix(X)).to_field().rref()[1])
    return pivots_of(rational_rows(X))


def pivots_of(rows: fmpq_mat) -> tuple[int, ...]:
    """The columns of a matrix of rational numbers that do not depend on those before them."""
    echelon, rank = rows.rref()
    return tuple(next(j for j in range(rows.ncols()) if echelon[i, j] != 0) for i in range(rank))


def rational_rows(X: ImmutableDenseMatrix) -> fmpq_mat:
    """Rows of rational numbers with the null space of a matrix of numbers.

    Raises
    ------
    TutorError
        When entries are irrational numbers of which it cannot be told.
    """
    distinct = list(dict.fromkeys(map(tuple, X.tolist())))
    if not is_irrational(X.flat()):
        return _rationals(distinct)
    parts: dict[tuple[sympy.Expr, ...], None] = {}
    for row in distinct:
        taken = [rational_parts(entry) for entry in row]
        for irrational in dict.fromkeys(key for part in taken for key in part):
            parts[tuple(part.get(irrational, sympy.S.Zero) for part in taken)] = None
    rows = _rationals(list(parts))
    matrix = Explicit(ImmutableDenseMatrix(distinct))
    kept = Applied("independent columns", (matrix,), row_size=matrix.rows, column_size=sympy.Integer(rows.rank()))
    try:
        Instance(Balls()).value(kept)
    except NotRationalError:
        raise TutorError(
            "Which columns of X depend on others cannot be told: irrational numbers in it may fulfil an equation.",
            tip="Give the covariate as rational numbers, rounded to some digits.",
        ) from None
    return rows


def combination_of_rows(rows: Sequence[Row], k: Row) -> dict[int, sympy.Expr] | None:
    """Weights a, by their rows, with Σ a_i x_i = k, of rows that have up to 4 irrational numbers together; None where
    those give none. The fewer of them a row has, the sooner it is taken."""
    numbers = irrational_numbers(k)
    chosen: list[int] = []
    for i in sorted(range(len(rows)), key=lambda i: len(irrational_numbers(rows[i]))):
        more = numbers | irrational_numbers(rows[i])
        if len(more) <= MOST_IRRATIONAL:
            numbers = more
            chosen.append(i)
    of = InLetters.of(numbers)
    solved = solve_rows([list(map(of.expression, rows[i])) for i in chosen], list(map(of.expression, k)))
    if solved is None or any(_may_be_zero(of.numbers(sympy.denom(weight))) for weight in solved.values()):
        return None
    return {chosen[i]: of.numbers(weight) for i, weight in solved.items()}


def solve_rows(rows: Sequence[Row], k: Row) -> dict[int, sympy.Expr] | None:
    """Weights a, by their rows, with Σ a_i x_i = k, of as few rows as the rank, by elimination; None where there are
    none. Letters count as numbers that fulfil no equation."""
    if not rows:
        return None
    system = DomainMatrix.from_Matrix(sympy.Matrix([*rows, k]).T).to_field()
    reduced, pivots = system.rref()
    if len(rows) in pivots:
        return None
    last = reduced.to_Matrix()[:, -1]
    return {column: last[place] for place, column in enumerate(pivots)}


def _may_be_zero(number: sympy.Expr) -> bool:
    arithmetic = Balls()
    value = Instance(arithmetic).value(Explicit(ImmutableDenseMatrix([[number]])))
    return bool(arithmetic.entry(value, 0, 0).contains(0))


def _rationals(rows: Sequence[Row]) -> fmpq_mat:
    return fmpq_mat([[fmpq(int(x.p), int(x.q)) for x in row] for row in rows])  # pyright: ignore[reportAttributeAccessIssue]
