"""Derivations: one equality a line, the reason in a second column."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from itertools import zip_longest

from tutor.algebra.nodes import Block, Explicit
from tutor.algebra.rules import Derivation, Step
from tutor.algebra.tree import Tree
from tutor.algebra.walk import walk
from tutor.notation.style import Style
from tutor.notation.writing.boxes import boxed
from tutor.notation.writing.dialects import LATEX, UNICODE
from tutor.notation.writing.display_lines import MOST_CELLS, lines_in, side_lines
from tutor.notation.writing.latex_display import GAP, SIGN, WIDEST_GOAL, Chain, aligned_latex, widest, words_latex
from tutor.notation.writing.latex_width import PAGE, latex_width
from tutor.notation.writing.layout import display_width, padded
from tutor.notation.writing.line_breaks import broken, sentences
from tutor.notation.writing.named_blocks import MOST_NAMES, with_named_blocks
from tutor.notation.writing.pen import Pen, Piece, written
from tutor.notation.writing.prose import in_lines
from tutor.notation.writing.prose_math import sentence
from tutor.notation.writing.spoken import SPOKEN
from tutor.notation.writing.write_matrix import fitted_table

WIDEST_TABLE = 100
"""A matrix of entries is shortened to this where no width is known."""

WIDEST_LINE = 68
"""A longer line has its reason below it, so that the column of reasons stays in sight."""


WIDEST_REASON = 72
"""Characters of a line of a reason in a display."""


@written.register
def write_step(step: Step, pen: Pen) -> Piece:
    """The equality that a step claims, without its reason."""
    return Piece(f"{pen.whole(step.before)} {pen.dialect.relation(step.relation)} {pen.whole(step.after)}")


@written.register
def write_derivation(derivation: Derivation, pen: Pen) -> Piece:
    """A derivation as a chain of equalities on one line, without its reasons."""
    rest = (f" {pen.dialect.relation(step.relation)} {pen.whole(step.after)}" for step in derivation.steps)
    return Piece(pen.whole(derivation.goal) + "".join(rest))


Row = tuple[str, str, str, str]
"""A goal, the sign behind it, what it equals, and the reason."""


def equality_rows(chains: Sequence[Chain], pen: Pen) -> list[Row]:
    """What goals equal, line by line, in a dialect that sets displays.

    A long goal has lines of its own, and a long side or reason several; where sides and reasons have no room beside
    each other, the reasons stand below the formulas. A voice is told them as they are.
    """
    if pen.dialect is SPOKEN:
        return [("" if number else pen.whole(each.goal), pen.dialect.relation(sign), pen.whole(side), reason)
                for each in chains for number, (sign, side, reason) in enumerate(each.sides)]  # fmt: skip
    latex = replace(pen, dialect=LATEX)
    goals = [latex_width(latex.whole(each.goal)) for each in chains]
    margin = max((width for width in goals if width <= WIDEST_GOAL), default=0.0) + SIGN
    sides = [[side_lines(side, pen, PAGE - margin) for _, side, _ in each.sides] for each in chains]
    is_beside = _have_room_beside(chains, latex, margin)
    found: list[Row] = []
    for each, width, shown in zip(chains, goals, sides, strict=True):
        goal = pen.whole(each.goal)
        if width > WIDEST_GOAL:
            found += [("", "", line, "") for line in lines_in(pen.dialect, goal, latex.whole(each.goal))]
            goal = ""
        for (sign, _, reason), lines in zip(each.sides, shown, strict=True):
            told = [sentence(line, pen.dialect) for line in in_lines(reason, WIDEST_REASON)]
            beside, below = (told, []) if is_beside else ([], told)
            for number, (line, words) in enumerate(zip_longest(lines, beside, fillvalue="")):
                found.append((goal, "" if number else pen.dialect.relation(sign), line, words))
                goal = ""
            found += [("", "", pen.dialect.inset + line, "") for line in below]
    return found


def _have_room_beside(chains: Sequence[Chain], latex: Pen, margin: float) -> bool:
    """Whether the longest formula and the longest line of a reason fit side by side in a display."""
    sides = [latex.whole(side) for each in chains for _, side, _ in each.sides]
    reasons = [words_latex(line) for each in chains for *_, reason in each.sides
               for line in in_lines(reason, WIDEST_REASON)]  # fmt: skip
    return margin + widest(sides) + widest(reasons) + GAP <= PAGE


def chain_of(derivation: Derivation) -> Chain:
    """The goal of a derivation and its lines with their reasons."""
    return Chain(derivation.goal, tuple((step.relation, step.after, step.reason) for step in derivation.steps))


def derivation_text(derivation: Derivation, style: Style, width: int | None = None) -> str:
    """The goal, a line for each step under it with the signs of equality aligned, and the reasons beside.

    Where there is a width, a side that is too long is broken, and a reason that has no room beside stands below.
    """
    pen = Pen(UNICODE, style)
    goal = pen.whole(derivation.goal)
    if not derivation.steps:
        return "\n".join(formula_lines(derivation.goal, pen, width))
    above = boxed(derivation.goal, pen, width) or [] if width else []
    if width and not above and 2 * display_width(goal) > width:
        above = formula_lines(derivation.goal, pen, width)
    # A goal that takes most of a line has a line of its own.
    margin = 2 if above else display_width(goal)
    room = None if width is None else width - margin - 3
    blocks = [_block(step.after, pen, room) for step in derivation.steps]
    widths = [max(map(display_width, block)) for block in blocks]
    widest = WIDEST_LINE if room is None else min(WIDEST_LINE, room * 2 // 3)
    fitting = [size for size, block in zip(widths, blocks, strict=True) if size <= widest and len(block) == 1]
    column = max(fitting, default=0)
    lines: list[str] = [*above]
    for number, (step, block, size) in enumerate(zip(derivation.steps, blocks, widths, strict=True)):
        before = goal if not (number or above) else " " * margin
        beside = size <= column and (room is None or column + 3 + display_width(step.reason) <= room)
        side = f"{padded(block[0], column)}   {step.reason}" if beside else block[0]
        lines.append(f"{before} {step.relation} {side}".rstrip())
        lines += [" " * (margin + 3) + line for line in block[1:]]
        if not beside and step.reason:
            lines += _reason_below(step.reason, margin + 3, column, width)
    return "\n".join(lines)


def _reason_below(reason: str, margin: int, column: int, width: int | None) -> list[str]:
    """A reason on lines of its own: in the column of reasons if it fits there, otherwise set in."""
    indent = margin + column + 3
    if width is None or indent + display_width(reason) <= width:
        return [" " * indent + reason]
    return [" " * (margin + 4) + line for line in sentences(reason, width - margin - 4)]


def derivation_latex(derivation: Derivation, style: Style) -> str:
    """The derivation in amsmath's aligned, the reasons in a second column, or below where that has no room."""
    pen = Pen(LATEX, style)
    if not derivation.steps:
        return pen.whole(derivation.goal)
    return aligned_latex([chain_of(derivation)], pen)


def formula_lines(tree: Tree, pen: Pen, width: int | None) -> list[str]:
    """A formula in lines of at most ``width`` columns: whole, then with dots in its matrices, then broken."""
    text = pen.whole(tree)
    if width is None or display_width(text) <= width:
        return [text]
    if any(isinstance(node, Explicit | Block) for node in walk(tree)):
        text = replace(pen, most_cells=MOST_CELLS).whole(tree)
    return broken(text, width)


def _block(tree: Tree, pen: Pen, width: int | None) -> list[str]:
    """The lines of one side of an equality; entries of a matrix take one a row."""
    if isinstance(tree, Explicit):
        return fitted_table(tree, width or WIDEST_TABLE, pen.style).split("\n")
    if width is None:
        return formula_lines(tree, pen, None)
    lines = boxed(tree, pen, width)
    if lines is None or any("…" in line for line in lines):
        lines = _with_names(tree, pen, width) or lines
    return formula_lines(tree, pen, width) if lines is None else lines


def _with_names(tree: Tree, pen: Pen, width: int) -> list[str]:
    """A block matrix with names for its long blocks, and what they stand for below it; none where that has no room."""

    def fits(form: Tree) -> bool:
        lines = boxed(form, pen, width)
        return lines is not None and not any("…" in line for line in lines)

    named, blocks = with_named_blocks(tree, fits, MOST_NAMES)
    if not blocks:
        return []
    lines = boxed(named, pen, width) or []
    for name, block in blocks:
        head = f"{pen.whole(name)} = "
        first, *more = broken(pen.whole(block), width - len(head))
        lines += [head + first, *(" " * len(head) + line for line in more)]
    return lines
