"""How the levels of a factor become columns: indicators, and the contrasts of R.

Source: R's contr.treatment, contr.sum, contr.helmert and contr.poly, after Chambers and Hastie (1992);
Venables and Ripley (2002).
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import sympy

from tutor.errors import UnknownNameError

Cells = tuple[tuple[int, sympy.Expr], ...]
"""The columns that are not 0 in a row, with their entries."""


@dataclass(frozen=True, slots=True)
class Coding:
    """The columns of a factor: what follows its name in their labels, and for each level its cells.

    ``zero_level`` is the level whose effect is 0 in this coding, counted from 0; None where no level's is.
    """

    suffixes: tuple[str, ...]
    cells: tuple[Cells, ...]
    zero_level: int | None = None


def indicators(levels: Sequence[str]) -> Coding:
    """A column of each level, as many columns as levels."""
    return Coding(tuple(levels), tuple(((i, sympy.S.One),) for i in range(len(levels))))


def treatment(levels: Sequence[str]) -> Coding:
    """Each level compared with the first."""
    cells: tuple[Cells, ...] = ((), *(((i, sympy.S.One),) for i in range(len(levels) - 1)))
    return Coding(tuple(levels[1:]), cells, zero_level=0)


def deviations(levels: Sequence[str]) -> Coding:
    """Each level but the last compared with the mean of all: effects sum to 0."""
    last = len(levels) - 1
    cells: list[Cells] = [((i, sympy.S.One),) for i in range(last)]
    cells.append(tuple((i, sympy.S.NegativeOne) for i in range(last)))
    return Coding(_numbered(last), tuple(cells))


def helmert(levels: Sequence[str]) -> Coding:
    """Each level compared with the mean of those before it."""
    number = len(levels)
    return _coding(
        _numbered(number - 1),
        [
            [sympy.Integer(-1 if i <= j else j + 1 if i == j + 1 else 0) for j in range(number - 1)]
            for i in range(number)
        ],
    )


def polynomial(levels: Sequence[str]) -> Coding:
    """Orthonormal polynomials of 1, 2, …, k: linear, quadratic, cubic and so on."""
    number = len(levels)
    columns = orthonormal([sympy.Integer(i) for i in range(1, number + 1)], number - 1)
    suffixes = tuple((".L", ".Q", ".C")[i] if i < 3 else f"^{i + 1}" for i in range(number - 1))
    return _coding(suffixes, [[column[i] for column in columns] for i in range(number)])


def orthonormal(values: Sequence[sympy.Expr], degree: int) -> list[list[sympy.Expr]]:
    """Polynomials of degree 1, …, ``degree`` in these values, orthonormal to each other and to ones over all of them.

    By the recurrence of three terms, in rational numbers; roots come last.
    Source: Kennedy and Gentle (1980), Statistical Computing, pp. 343-4, as R's poly().
    """
    before: list[sympy.Expr] = [sympy.S.Zero] * len(values)
    current: list[sympy.Expr] = [sympy.S.One] * len(values)
    norm, norm_before = sympy.Integer(len(values)), sympy.S.One
    found: list[list[sympy.Expr]] = []
    for number in range(degree):
        centre = sum((x * p * p for x, p in zip(values, current, strict=True)), sympy.S.Zero) / norm
        back = norm / norm_before if number else sympy.S.Zero
        following = [(x - centre) * p - back * q for x, p, q in zip(values, current, before, strict=True)]
        before, current = current, following
        norm_before, norm = norm, sum((p * p for p in current), sympy.S.Zero)
        if norm == 0:
            raise ValueError(f"{number + 1} is no degree for {number + 1} different values")
        length = sympy.sqrt(norm)
        found.append([p / length for p in current])
    return found


def _numbered(count: int) -> tuple[str, ...]:
    return tuple(str(number) for number in range(1, count + 1))


def _coding(suffixes: tuple[str, ...], rows: Sequence[Sequence[sympy.Expr]]) -> Coding:
    return Coding(suffixes, tuple(tuple((j, x) for j, x in enumerate(row) if x != 0) for row in rows))


CODINGS: dict[str, Callable[[Sequence[str]], Coding]] = {
    "treatment": treatment,
    "sum": deviations,
    "helmert": helmert,
    "poly": polynomial,
}
"""R's contrasts, by the name after contr."""


def coding(name: str) -> Callable[[Sequence[str]], Coding]:
    """A coding by its name, with or without R's "contr." before it.

    Raises
    ------
    UnknownNameError
        With the names that there are.

    >>> [[int(x) for _, x in cells] for cells in coding("contr.sum")(["a", "b", "c"]).cells]
    [[1], [1], [-1, -1]]
    """
    plain = name.removeprefix("contr.")
    if plain not in CODINGS:
        raise UnknownNameError("The contrasts", name, CODINGS)
    return CODINGS[plain]
