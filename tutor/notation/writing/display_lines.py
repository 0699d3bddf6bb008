"""Long formulas over several lines of a display, in every dialect that sets one: broken where LaTeX breaks them.

A formula has the same signs and brackets in all of these dialects. The places at which a line may end are found in each
of them, from left to right; those of LaTeX, whose widths are known, are chosen, and the others follow.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import Protocol, cast

from tutor.algebra.nodes import Block, Explicit, Kronecker
from tutor.algebra.tree import Tree
from tutor.algebra.walk import walk
from tutor.notation.style import Style
from tutor.notation.writing.dialect import Dialect, Setting
from tutor.notation.writing.dialects import LATEX
from tutor.notation.writing.latex_lines import INDENT, Break, breaks_of, chosen_of, latex_lines
from tutor.notation.writing.latex_width import PAGE, latex_width
from tutor.notation.writing.mathml import MATHML
from tutor.notation.writing.mathml_lines import MathMlParts
from tutor.notation.writing.named_blocks import FEW_NAMES, MOST_NAMES, with_named_blocks
from tutor.notation.writing.pen import Pen
from tutor.notation.writing.repeated_block import repeated_block
from tutor.notation.writing.spoken import SPOKEN
from tutor.notation.writing.typst import TYPST
from tutor.notation.writing.typst_lines import TypstParts

MOST_CELLS = 3
"""Rows and columns of a matrix that has dots within a formula."""


class Parts(Protocol):
    """A formula of one dialect, cut where lines may end."""

    @property
    def breaks(self) -> Sequence[Break]:
        """Where a line may end, from left to right; those that are held are counted, and no line ends there."""
        ...

    def cut(self, chosen: Sequence[int]) -> list[str]:
        """The formula in lines that end before the breaks with these numbers."""
        ...


_PARTS: dict[Dialect, Callable[[str], Parts]] = {TYPST: TypstParts, MATHML: MathMlParts}


def lines_in(dialect: Dialect, text: str, latex: str, room: float = PAGE) -> list[str]:
    """A formula in lines of at most ``room`` ems, or longer ones where nothing can be parted.

    ``latex`` is the same formula in LaTeX. Lines but the first are set in; a voice has one line.
    """
    if dialect is LATEX:
        return latex_lines(text, room)
    if dialect not in _PARTS or latex_width(latex) <= room:
        return [text]
    parts, told = _PARTS[dialect](text), breaks_of(latex)
    if [(each.depth, each.kind) for each in parts.breaks] != [(each.depth, each.kind) for each in told]:
        return [text]
    free = [mine for mine, own in zip(told, parts.breaks, strict=True) if not (mine.is_held or own.is_held)]
    at = {each.at for each in chosen_of(latex, free, room)}
    first, *rest = parts.cut([number for number, each in enumerate(told) if each.at in at])
    return [first, *(dialect.inset + line for line in rest)]


def side_lines(tree: Tree, pen: Pen, room: float = PAGE) -> list[str]:
    """A formula in lines of at most ``room`` ems: whole, then with names for a few of its blocks, which lines below it
    explain, then with dots in its matrices or with blocks in small print, then with names for all blocks, or dots
    among them, then broken."""
    if pen.dialect is SPOKEN:
        return [pen.whole(tree)]
    latex = replace(pen, dialect=LATEX)
    tree = by_blocks(tree, room)
    lines = _with_names(tree, pen, room, FEW_NAMES)
    if lines or latex_width(latex.whole(tree)) <= room:
        return lines or [pen.whole(tree)]
    if any(isinstance(node, Explicit) for node in walk(tree)):
        pen, latex = (replace(each, most_cells=MOST_CELLS) for each in (pen, latex))
    if any(isinstance(node, Block) for node in walk(tree)):
        small = _small(latex.whole(tree))
        if pen.dialect is LATEX and latex_width(small) <= room:
            return [small]
        lines = _with_names(tree, pen, room, MOST_NAMES)
        if lines:
            return lines
        pen, latex = (replace(each, most_cells=MOST_CELLS) for each in (pen, latex))
    return lines_in(pen.dialect, pen.whole(tree), latex.whole(tree), room)


def by_blocks(tree: Tree, room: float = PAGE) -> Tree:
    """Entries that have no room, by the block that repeats along their diagonal; another tree as it is."""
    if not isinstance(tree, Explicit) or latex_width(Pen(LATEX, Style()).whole(tree)) <= room:
        return tree
    repeated = repeated_block(tree.matrix)
    return tree if repeated is None else Kronecker((repeated[0], Explicit(repeated[1])))


def set_formula(tree: Tree, pen: Pen) -> str:
    """A formula that stands alone in a display, as it is written; where a page has no room for it, by the block that
    its entries repeat, or in several lines. All entries stand there: what is written has to read back."""
    latex = replace(pen, dialect=LATEX)
    if pen.dialect is SPOKEN or latex_width(latex.whole(tree)) <= PAGE:
        return pen.whole(tree)
    tree = by_blocks(tree)
    return set_lines(lines_in(pen.dialect, pen.whole(tree), latex.whole(tree)), pen)


def set_lines(lines: Sequence[str], pen: Pen) -> str:
    """Lines of a formula below each other, as a display of its own."""
    if len(lines) == 1:
        return lines[0]
    if pen.dialect is LATEX:
        told = " \\\\\n".join(f"& {line}" for line in lines)
        return f"\\begin{{aligned}}\n{told}\n\\end{{aligned}}"
    return cast(Setting, pen.dialect).stacked(lines)


def _with_names(tree: Tree, pen: Pen, room: float, most: int) -> list[str]:
    """The formula with names for its blocks, and a line for each name; none where it fits without or even so does
    not."""
    latex = replace(pen, dialect=LATEX)
    named, blocks = with_named_blocks(tree, lambda form: latex_width(latex.whole(form)) <= room, most)
    lines = [pen.whole(named)] if blocks else []
    for name, block in blocks:
        told, in_latex = (
            f"{each.whole(name)} {each.dialect.relation('=')} {each.whole(block)}" for each in (pen, latex)
        )
        lines += [pen.dialect.inset + line for line in lines_in(pen.dialect, told, in_latex, room - INDENT)]
    return lines


def _small(text: str) -> str:
    """The formula with its matrices in small print."""
    for environment, left, right in (("bmatrix", "[", "]"), ("pmatrix", "(", ")")):
        text = text.replace(rf"\begin{{{environment}}}", rf"\left{left}\begin{{smallmatrix}}")
        text = text.replace(rf"\end{{{environment}}}", rf"\end{{smallmatrix}}\right{right}")
    return text
