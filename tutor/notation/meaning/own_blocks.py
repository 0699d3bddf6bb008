r"""Blocks of a matrix that has their letter, Z = [Z_1 Z_2] and R = R_1 ⊕ R_2: plain letters that are numbers elsewhere,
as elements of a matrix with one index never are."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from tutor.notation.meaning.context import Context
from tutor.notation.parsing import syntax

_CUT = frozenset("ZRVG")
"""Letters of matrices that are cut into blocks; X may be a random vector, X = (X_1, X_2)'."""


def with_own_blocks(sides: Sequence[syntax.Node], context: Context) -> list[syntax.Node]:
    """The sides of a relation with such letters bold."""
    whole = sides[0]
    if not (isinstance(whole, syntax.Named) and context.vocabulary.takes_new_names):
        return list(sides)
    spelling = whole.spelling
    if spelling.letters not in _CUT or spelling.subscript or spelling.accent:
        return list(sides)
    return [whole, *(_with_blocks(side, spelling.letters) for side in sides[1:])]


def _with_blocks(node: syntax.Node, letter: str) -> syntax.Node:
    if isinstance(node, syntax.Call) and node.function == "blockdiag":
        return replace(node, arguments=_bold(node.arguments, letter) or node.arguments)
    if not isinstance(node, syntax.Matrix) or not node.rows:
        return node
    width = len(node.rows[0])
    cells = _bold([cell for row in node.rows for cell in row], letter)
    if cells is None or len(cells) != width * len(node.rows):
        return node
    return replace(node, rows=tuple(cells[at : at + width] for at in range(0, len(cells), width)))


def _bold(cells: Sequence[syntax.Node], letter: str) -> tuple[syntax.Node, ...] | None:
    """Cells with the blocks among them bold; None where another letter stands there, or a single block."""
    named = [cell for cell in cells if isinstance(cell, syntax.Named)]
    others = [cell for cell in cells if not isinstance(cell, syntax.Named)]
    are_zeros = all(isinstance(cell, syntax.Number) and cell.digits == "0" for cell in others)
    are_blocks = all(_is_block(cell, letter) for cell in named)
    if not (are_zeros and are_blocks and len(named) > 1):
        return None
    return tuple(
        replace(cell, spelling=replace(cell.spelling, bold=True)) if isinstance(cell, syntax.Named) else cell
        for cell in cells
    )


def _is_block(cell: syntax.Named, letter: str) -> bool:
    spelling = cell.spelling
    return spelling.letters == letter and len(spelling.subscript) == 1 and not spelling.accent
