"""Matrices as pictures: the blocks and entries that repeat, with dots between them and their number below.

I_b ⊗ (σ² I_t + σ²_u J_t) is shown as b blocks A along a diagonal, and A as t columns of σ² + σ²_u and σ²_u.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from typing import cast

import sympy

from tutor.algebra.applied import Indexed
from tutor.algebra.by_distance import ByDistance
from tutor.algebra.nodes import BlockDiagonal, Identity, Kronecker, Scalar, Scaled, Symbol
from tutor.algebra.sizes import ONE, Size
from tutor.algebra.structure.exchangeable import exchangeable
from tutor.algebra.structure.forms import balanced
from tutor.algebra.structure.strata import Balanced
from tutor.algebra.tree import Tree
from tutor.errors import TutorError, UnknownNameError
from tutor.notation.style import Style
from tutor.notation.writing.dialect import Dialect, Drawing, Setting
from tutor.notation.writing.dialects import LATEX, UNICODE
from tutor.notation.writing.layout import display_width, matrix_lines
from tutor.notation.writing.line_breaks import paragraph
from tutor.notation.writing.mathml import MATHML
from tutor.notation.writing.pen import Bind, Pen, written
from tutor.notation.writing.spoken import SPOKEN
from tutor.notation.writing.typst import TYPST

MOST_WHOLE = 4
"""A matrix of so many rows or blocks is shown without dots."""

NAMES = "ABCDEF"
LETTERS = "abcdefghjkmnpqrstvw"
"""They stand for entries where a terminal is too narrow."""


@dataclass(frozen=True, slots=True)
class _Pattern:
    """A square of cells, ``number`` × ``number``, by row and column; ``counted`` tells what there are so many of.

    ``blocks`` are the matrices that stand in it by name.
    """

    number: Size
    cell: Callable[[int, int], str]
    counted: str
    blocks: tuple[tuple[str, Tree], ...] = ()

    def shown(self) -> list[int | None]:
        """The rows that are shown; None stands for those left out, −1 for the last one."""
        if self.number.is_Integer and self.number <= MOST_WHOLE:  # pyright: ignore[reportOperatorIssue]
            return list(range(int(self.number)))  # pyright: ignore[reportArgumentType]
        return [0, 1, None, -1]


def picture(tree: Tree, dialect: str = "unicode", style: Style | None = None, width: int | None = None) -> str:
    """A square tree as the pattern of its blocks and entries, in a dialect.

    ``width`` is that of a terminal, in columns: in a matrix that is wider, letters stand for the entries, which are
    told below it.

    Raises
    ------
    UnknownNameError
        For another dialect.
    TutorError
        For a tree without blocks or entries that repeat.
    """
    pens = {name: Pen(setting, style or Style()) for name, setting in _DIALECTS.items()}
    if dialect not in pens:
        raise UnknownNameError("The dialect", dialect, pens)
    lines = _told(tree, pens[dialect], width if dialect == "unicode" else None)
    if dialect == "unicode":
        return "\n".join(lines)
    if dialect in ("latex", "markdown"):
        told = lines[0] if len(lines) == 1 else rf"\begin{{gathered}} {_NEXT_LINE.join(lines)} \end{{gathered}}"
        return f"$${told}$$" if dialect == "markdown" else told
    setting = cast(Setting, pens[dialect].dialect)
    return setting.document(setting.stacked(lines), SPOKEN.stacked(_told(tree, pens["spoken"])))


_DIALECTS: dict[str, Dialect] = {
    "unicode": UNICODE,
    "latex": LATEX,
    "markdown": LATEX,
    "mathml": MATHML,
    "typst": TYPST,
    "spoken": SPOKEN,
}

_NEXT_LINE = r", \\[1ex] "


def _told(tree: Tree, pen: Pen, width: int | None = None) -> list[str]:
    """The pattern of a tree, then those of the blocks in it by name."""
    pending: list[tuple[str, Tree]] = [("", tree)]
    told: list[str] = []
    names = iter(NAMES)
    while pending:
        name, matrix = pending.pop(0)
        scalar, body = _parted(matrix)
        pattern = None if name and _is_constant(body) else _pattern(body, pen, names)
        if pattern is None:
            if not told:
                raise TutorError(f"{pen.whole(tree)} has no blocks or entries that repeat.",
                                 tip="explicit() lists its entries, where its size is a number.")  # fmt: skip
            if name:
                told.append(f"{_named(name, pen)} {pen.dialect.relation('=')} {pen.whole(matrix)}")
            continue
        front = f"{_named(name, pen)} {pen.dialect.relation('=')} " if name else ""
        scale = "" if scalar is None else pen.at_least(Bind.PRODUCT, written(scalar, pen)).text + " "
        drawn = _drawn(pattern, front + scale, pen)
        if width is not None and max(map(display_width, drawn.split("\n"))) > width:
            drawn = _with_letters(pattern, front + scale, pen, width, taken=pen.whole(tree))
        told.append(drawn)
        pending += pattern.blocks
    return told


def _parted(tree: Tree) -> tuple[Tree | None, Tree]:
    if isinstance(tree, Symbol) and tree.definition is not None:
        return _parted(tree.definition)
    if isinstance(tree, Scaled) and exchangeable(tree) is None:
        return tree.scalar, tree.tree
    return None, tree


def _is_constant(tree: Tree) -> bool:
    """Whether this is bJ or aI, which a block is told as."""
    found = exchangeable(tree)
    return found is not None and (found[0] == 0 or found[1] == 0)


def _named(name: str, pen: Pen) -> str:
    return pen.dialect.name(name, bold=pen.style.bold)


def _pattern(tree: Tree, pen: Pen, names: Iterator[str]) -> _Pattern | None:
    found = exchangeable(tree)
    if found is not None:
        a, b, n = found
        inside, beside = pen.whole(Scalar(sympy.Add(a, b))), pen.whole(Scalar(b))
        return _Pattern(n, lambda i, j: inside if i == j else beside, "columns")
    if isinstance(tree, ByDistance):
        return _Pattern(tree.order, lambda i, j: _by_distance(tree, i, j, pen), "columns")
    if isinstance(tree, Kronecker) and isinstance(tree.factors[0], Identity):
        rest = tree.factors[1:]
        block = rest[0] if len(rest) == 1 else Kronecker(rest)
        return _diagonal(tree.factors[0].order, [block], pen, names)
    if isinstance(tree, BlockDiagonal):
        return _diagonal(sympy.Integer(len(tree.blocks)), list(tree.blocks), pen, names)
    if isinstance(tree, Indexed) and tree.operation == "direct sum" and tree.first == Scalar(ONE):
        return _over_index(tree, pen, names)
    return _blocks_alike(tree, pen, names)


def _over_index(tree: Indexed, pen: Pen, names: Iterator[str]) -> _Pattern:
    """A_1, A_2, … along the diagonal, of which A_i is told."""
    assert isinstance(tree.last, Scalar)
    name, last = next(names, "A"), tree.last.value
    zero = pen.letter("0")

    def cell(i: int, j: int) -> str:
        return _named(f"{name}_{i + 1 if i >= 0 else last}", pen) if i == j else zero

    return _Pattern(last, cell, "blocks", ((f"{name}_{tree.index}", tree.body),))


def _blocks_alike(tree: Tree, pen: Pen, names: Iterator[str]) -> _Pattern | None:
    """I ⊗ (A − B) + J ⊗ B: A along the diagonal and B elsewhere; None for another tree."""
    element = balanced(tree)
    if element is None or len(element.factors) < 2:
        return None
    first, *rest = element.factors
    nothing = Balanced(tuple(rest), (sympy.S.Zero,) * 2 ** len(rest))
    inside = beside = nothing
    for (of_first, *kept), coefficient in element.coefficients():
        part = Balanced.kronecker(rest, kept) * coefficient
        inside, beside = inside + part, beside if of_first else beside + part
    known = {True: next(names, "A"), False: next(names, "B")}
    told = {on: _named(name, pen) for on, name in known.items()}
    blocks = ((known[True], inside.tree()), (known[False], beside.tree()))
    return _Pattern(first.size, lambda i, j: told[i == j], "blocks", blocks)


def _by_distance(tree: ByDistance, i: int, j: int, pen: Pen) -> str:
    """An entry; −1 is the last row or column of any order."""
    if i == j:
        corner = i in (0, -1) and tree.corner is not None
        return pen.whole(tree.corner if corner else tree.entry(0))
    last = tree.order - 1
    return pen.whole(tree.entry(abs(i - j) if i >= 0 and j >= 0 else last - max(i, j)))


def _diagonal(number: Size, blocks: list[Tree], pen: Pen, names: Iterator[str]) -> _Pattern:
    """Blocks along the diagonal by name; of different ones the first two and the last."""
    shown = blocks if len(blocks) <= MOST_WHOLE else [*blocks[:2], blocks[-1]]
    known: dict[Tree, str] = {}
    for block in shown:
        if block not in known:
            known[block] = next(names, f"A_{len(known) + 1}")
    zero = pen.letter("0")

    def cell(i: int, j: int) -> str:
        return _named(known[blocks[0] if len(blocks) == 1 else blocks[i]], pen) if i == j else zero

    return _Pattern(number, cell, "blocks", tuple((name, block) for block, name in known.items()))


def _with_letters(pattern: _Pattern, front: str, pen: Pen, width: int, *, taken: str) -> str:
    """The square with a letter for each entry, and below it what the letters stand for; those that are ``taken`` mean
    something else, as the number of blocks."""
    shown = [place for place in pattern.shown() if place is not None]
    entries = dict.fromkeys(pattern.cell(i, j) for i in shown for j in shown)
    letters = dict(zip(entries, (letter for letter in LETTERS if letter not in taken), strict=False))
    if len(letters) < len(entries):
        return _drawn(pattern, front, pen)
    square = replace(pattern, cell=lambda i, j: letters[pattern.cell(i, j)])
    told = [f"{letter} = {entry}" for entry, letter in letters.items()]
    return "\n".join([_drawn(square, front, pen), *(part for line in told for part in paragraph(line, width))])


def _drawn(pattern: _Pattern, front: str, pen: Pen) -> str:
    shown = pattern.shown()
    across, down, aslant = pen.dialect.dots

    def cell(row: int | None, column: int | None) -> str:
        if row is None or column is None:
            return aslant if row is None and column is None else down if row is None else across
        return pattern.cell(row, column)

    cells = [[cell(row, column) for column in shown] for row in shown]
    number = pen.whole(pattern.number)
    if pen.dialect is not UNICODE:
        setting = cast(Drawing, pen.dialect)
        return front + setting.counted(cells, number, pattern.counted, pen.style)
    lines, _, _ = matrix_lines(lambda i, j: cells[i][j], (len(cells), len(cells)))
    middle = len(lines) // 2
    placed = [(front if at == middle else " " * len(front)) + line for at, line in enumerate(lines)]
    placed[-1] += f"   {number} {pattern.counted}"
    return "\n".join(placed)
