"""Derivations: one equality a line, the reason in a second column."""

from __future__ import annotations

from tutor.algebra.nodes import Explicit
from tutor.algebra.rules import Derivation, Step
from tutor.algebra.tree import Tree
from tutor.notation.dialects import LATEX, UNICODE
from tutor.notation.layout import display_width, padded
from tutor.notation.pen import Pen, Piece, written
from tutor.notation.prose import text_to_latex
from tutor.notation.style import Style
from tutor.notation.write_matrix import matrix_table

WIDEST_LINE = 68
"""A longer line has its reason below it, so that the column of reasons stays in sight."""


@written.register
def write_step(step: Step, pen: Pen) -> Piece:
    """The equality that a step claims, without its reason."""
    return Piece(f"{pen.whole(step.before)} = {pen.whole(step.after)}")


@written.register
def write_derivation(derivation: Derivation, pen: Pen) -> Piece:
    """A derivation as a chain of equalities on one line, without its reasons."""
    return Piece(" = ".join(pen.whole(line) for line in derivation.lines))


def derivation_text(derivation: Derivation, style: Style) -> str:
    """The goal, a line for each step under it with the signs of equality aligned, and the reasons beside."""
    pen = Pen(UNICODE, style)
    goal = pen.whole(derivation.goal)
    if not derivation.steps:
        return goal
    blocks = [_block(step.after, pen) for step in derivation.steps]
    widths = [max(map(display_width, block)) for block in blocks]
    fitting = [width for width, block in zip(widths, blocks, strict=True) if width <= WIDEST_LINE and len(block) == 1]
    column = max(fitting, default=0)
    lines: list[str] = []
    for step, block, width in zip(derivation.steps, blocks, widths, strict=True):
        margin = " " * display_width(goal) if lines else goal
        beside = width <= column
        first = f"{margin} = {padded(block[0], column)}   {step.because}" if beside else f"{margin} = {block[0]}"
        lines.append(first.rstrip())
        lines += [" " * (display_width(goal) + 3) + line for line in block[1:]]
        if not beside and step.because:
            lines.append(" " * (display_width(goal) + 3 + column + 3) + step.because)
    return "\n".join(lines)


def derivation_latex(derivation: Derivation, style: Style) -> str:
    """The derivation in amsmath's aligned, the reasons in a second column."""
    pen = Pen(LATEX, style)
    goal = pen.whole(derivation.goal)
    if not derivation.steps:
        return goal
    lines = [
        rf"{'' if number else goal} &= {pen.whole(step.after)} && \text{{{text_to_latex(step.because)}}}".strip()
        for number, step in enumerate(derivation.steps)
    ]
    return "\\begin{aligned}\n" + " \\\\\n".join(lines) + "\n\\end{aligned}"


def _block(tree: Tree, pen: Pen) -> list[str]:
    """The lines of one side of an equality; entries of a matrix take one a row."""
    if isinstance(tree, Explicit):
        return matrix_table(tree, style=pen.style, caption=False).split("\n")
    return [pen.whole(tree)]
