"""What a question leaves free: columns in another order, elements in another order, the sign, a factor.

Each freedom is tried on random exact points, as `equal` draws them. Columns are the same up to their order when the
same ones stand in both matrices at each point: of two columns that differ, the chance to agree at a random point is
that of `equal`, and there are at most q² pairs of them.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from tutor.algebra.balls import Balls
from tutor.algebra.tree import Tree
from tutor.checking.equal import random_points
from tutor.checking.judge import Freedom
from tutor.checking.points import Point

Cells = list[list[Any]]


def same_up_to(answer: Tree, asked: Tree, free: frozenset[Freedom], *, general: bool = False) -> str | None:
    """What a student reads about an answer that is right in what the question leaves free; None for a wrong one.

    Both trees have one shape.
    """
    tried: list[Freedom] = [freedom for freedom in _FREEDOMS if freedom in free]
    if not tried:
        return None
    points = random_points(answer, asked, general=general)
    if not points or any(isinstance(point.instance.arithmetic, Balls) for point in points):
        return None
    pairs = [tuple(point.instance.arithmetic.entries(side) for side in (point.answer, point.reference))
             for point in points]  # fmt: skip
    for freedom in tried:
        agrees, told = _FREEDOMS[freedom]
        if agrees([(mine, theirs) for mine, theirs in pairs], points):
            return told
    return None


Pairs = Sequence[tuple[Cells, Cells]]


def _same_columns(pairs: Pairs, points: Sequence[Point]) -> bool:
    return all(_sorted(zip(*mine, strict=True)) == _sorted(zip(*theirs, strict=True)) for mine, theirs in pairs)


def _same_elements(pairs: Pairs, points: Sequence[Point]) -> bool:
    is_vector = all(len(mine) == 1 or len(mine[0]) == 1 for mine, _ in pairs)
    return is_vector and all(
        _sorted([[cell] for row in mine for cell in row]) == _sorted([[cell] for row in theirs for cell in row])
        for mine, theirs in pairs
    )


def _sorted(lines: Any) -> list[tuple[str, ...]]:
    """Lines of exact numbers in an order that does not depend on theirs."""
    return sorted(tuple(str(cell) for cell in line) for line in lines)


def _negative(pairs: Pairs, points: Sequence[Point]) -> bool:
    return all(x == -y for mine, theirs in pairs for a, b in zip(mine, theirs, strict=True)
               for x, y in zip(a, b, strict=True))  # fmt: skip


def _proportional(pairs: Pairs, points: Sequence[Point]) -> bool:
    """One number, the same at each point, by which all of the answer is multiplied."""
    factor = None
    for mine, theirs in pairs:
        for a, b in zip(mine, theirs, strict=True):
            for x, y in zip(a, b, strict=True):
                if factor is None and y != 0:
                    factor = x / y
                if x != (0 if factor is None else factor * y):
                    return False
    return factor is not None and factor != 0


_FREEDOMS: dict[Freedom, tuple[Callable[[Pairs, Sequence[Point]], bool], str]] = {
    "column-order": (_same_columns, "Yes. Your columns stand in another order, which the question leaves free."),
    "order": (_same_elements, "Yes. The elements stand in another order, which the question leaves free."),
    "sign": (_negative, "Yes. It has the other sign, which the question leaves free."),
    "scale": (_proportional, "Yes. It is a multiple, which the question leaves free."),
}
