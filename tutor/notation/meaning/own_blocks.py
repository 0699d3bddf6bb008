r"""Blocks of a matrix that has their letter, Z = [Z_1 Z_2] and R = R_1 ⊕ R_2: plain letters that are numbers elsewhere,
as elements of a matrix with one index never are; and the parts of a vector, y = (y_1', …, y_m')'."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from tutor.notation.meaning.context import Context
from tutor.notation.parsing import syntax
from tutor.notation.parsing.token import Spelling

_CUT = frozenset("ZRVG")
"""Letters of matrices that are cut into blocks; X may be a random vector, X = (X_1, X_2)'."""

_DESIGNS = frozenset("XZ")
_COVARIATES = frozenset("xtzwsd")


def with_own_blocks(sides: Sequence[syntax.Node], context: Context) -> list[syntax.Node]:
    """The sides of a relation with such letters bold."""
    whole = sides[0]
    if not (isinstance(whole, syntax.Named) and context.vocabulary.takes_new_names):
        return list(sides)
    sides = [whole, *map(_with_parts, sides[1:])]
    spelling = whole.spelling
    if spelling.letters in _DESIGNS and len(spelling.subscript) == 1 and len(sides) == 2:
        return [whole, _with_columns(sides[1], spelling)]
    if spelling.letters not in _CUT or spelling.subscript or spelling.accent:
        return list(sides)
    return [whole, *(_with_blocks(side, spelling.letters) for side in sides[1:])]


def as_blocks(node: syntax.Node, context: Context) -> syntax.Node:
    """R_1 ⊕ R_2 with its letters bold: a direct sum of numbers nobody writes so."""
    if not (isinstance(node, syntax.Call) and node.function == "blockdiag" and context.vocabulary.takes_new_names):
        return node
    first = node.arguments[0] if node.arguments else None
    if not (isinstance(first, syntax.Named) and first.spelling.letters[:1].isupper()):
        return node
    is_signed = "⊕" in context.text or r"\oplus" in context.text
    terms = [term for term in node.arguments if not isinstance(term, syntax.Ellipsis)]
    if not is_signed or _bold(terms, first.spelling.letters) is None:
        return node
    return replace(node, arguments=tuple(map(_in_bold, node.arguments)))


def _with_parts(node: syntax.Node) -> syntax.Node:
    """(y_1', …, y_m')' with its letters bold: what is transposed to stand in a row is a vector."""
    row = node.inner if isinstance(node, syntax.Prime) else None
    if not isinstance(row, syntax.Listed):
        return node
    parts = [item for item in row.items if not isinstance(item, syntax.Ellipsis)]
    named = [part.inner for part in parts if isinstance(part, syntax.Prime)]
    if len(named) != len(parts) or not all(isinstance(name, syntax.Named) for name in named):
        return node
    items = tuple(
        replace(item, inner=_in_bold(item.inner)) if isinstance(item, syntax.Prime) else item for item in row.items
    )
    return replace(node, inner=replace(row, items=items))


def _with_columns(node: syntax.Node, whole: Spelling) -> syntax.Node:
    """[1 t_i] as the columns of the matrix Z_i of a unit, of which a bold letter is one for sure."""
    if isinstance(node, syntax.Listed):
        columns = _columns(node.items, whole)
        return node if columns is None else replace(node, items=columns)
    if isinstance(node, syntax.Matrix) and len(node.rows) == 1:
        columns = _columns(node.rows[0], whole)
        return node if columns is None else replace(node, rows=(columns,))
    return node


def _columns(cells: Sequence[syntax.Node], whole: Spelling) -> tuple[syntax.Node, ...] | None:
    first, *others = cells
    is_number = isinstance(first, syntax.Number) and first.digits == "1"
    is_column = isinstance(first, syntax.Named) and first.spelling.letters == "1"
    if not (others and (is_column or (is_number and (whole.bold or whole.letters == "Z")))):
        return None
    if not all(_is_covariate(other, whole.subscript) for other in others):
        return None
    ones = syntax.Named(first.start, first.end, Spelling("1", bold=True)) if is_number else first
    return (ones, *map(_in_bold, others))


def _is_covariate(cell: syntax.Node, index: str) -> bool:
    spelling = cell.spelling if isinstance(cell, syntax.Named) else Spelling("")
    return spelling.letters in _COVARIATES and spelling.subscript == index and not spelling.accent


def _in_bold(cell: syntax.Node) -> syntax.Node:
    return replace(cell, spelling=replace(cell.spelling, bold=True)) if isinstance(cell, syntax.Named) else cell


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
    return tuple(map(_in_bold, cells))


def _is_block(cell: syntax.Named, letter: str) -> bool:
    spelling = cell.spelling
    return spelling.letters == letter and len(spelling.subscript) == 1 and not spelling.accent
