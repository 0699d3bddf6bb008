"""The name left of an equation with dots, R = σ²[1, ρ, …, ρ^{t−1}; …], in a text that says no more of it: it is as
large as the dots tell, and not as large as its letter is elsewhere.
"""

from __future__ import annotations

from collections.abc import Sequence

import sympy

from tutor.algebra.applied import Applied
from tutor.algebra.nodes import Block, Scalar, Symbol
from tutor.algebra.sizes import ONE, Size
from tutor.algebra.tree import Tree
from tutor.algebra.walk import transform
from tutor.notation.meaning.context import Context
from tutor.notation.meaning.ellipsis import has_dots
from tutor.notation.parsing import syntax
from tutor.notation.parsing.functions import ENTRIES


def as_large_as_written(nodes: Sequence[syntax.Node], sides: Sequence[Tree], context: Context) -> list[Tree]:
    """The sides of an equation, of which the first has the size that the dots of the second tell; as they are where
    the first is no name, or stands elsewhere too."""
    name, others = sides[0], list(sides[1:])
    node = nodes[0]
    if not (isinstance(node, syntax.Named) and isinstance(name, Symbol) and context.vocabulary.takes_new_names):
        return list(sides)
    if name.columns == ONE:
        return list(sides)  # y is as long as y_1, …, y_n
    is_alone = context.text.count(context.text[node.start : node.end]) == 1
    if is_alone and len(others) == 1 and (columns := _columns_side_by_side(node, others[0])) is not None:
        return [Symbol(name.name, name.rows, columns, name.role, name.facts), *others]
    if len(others) != 1 or not is_alone or not any(map(_is_dotted, syntax.postorder(nodes[1]))):
        return list(sides)
    inner = _of_elements(others[0], name)
    rows, columns = (_told(extent, context) for extent in context.sizing.filled(others[0]).shape)
    if rows is None or columns is None or not name.rows.is_Symbol:
        return list(sides)
    is_counted = rows.is_Symbol and context.sizing.current(others[0].rows) in context.sizing.defaults
    if (inner == others[0] and not is_counted) or (name.rows == name.columns) != (rows == columns):
        return list(sides)
    return [Symbol(name.name, rows, columns, name.role, name.facts), inner]


def _columns_side_by_side(node: syntax.Named, other: Tree) -> Size | None:
    """How many columns stand side by side in the matrix of a unit, Z_i = [1, t_i]; None for another matrix."""
    is_of_unit = len(node.spelling.subscript) == 1 and node.spelling.subscript.isalpha()
    if not (is_of_unit and isinstance(other, Block) and len(other.grid) == 1):
        return None
    return other.columns if all(block.columns == ONE for block in other.grid[0]) else None


def _is_dotted(node: syntax.Node) -> bool:
    return isinstance(node, syntax.Matrix) and bool(node.rows) and has_dots(node)


def _told(extent: Size, context: Context) -> Size | None:
    """A size by what its dots tell; None where they do not."""
    extent = context.sizing.current(extent)
    holes = context.sizing.holes([extent])
    usual = {hole: context.sizing.defaults[hole] for hole in holes if hole in context.sizing.defaults}
    return extent.xreplace(usual) if len(usual) == len(holes) else None  # pyright: ignore[reportReturnType]


def _of_elements(tree: Tree, name: Symbol) -> Tree:
    """A matrix in blocks one of which has the letter of the whole, X = [1, X]: that block by its entries x_ij."""
    letters = {name.name, name.name.lower()}

    def change(part: Tree) -> Tree | None:
        if not (isinstance(part, Symbol) and part.name in letters and part.columns != ONE):
            return None
        on, beside = (Scalar(sympy.Symbol(f"{name.name.lower()}_{place}", real=True)) for place in ("ii", "ij"))
        return Applied(ENTRIES, (on, beside), "i,j", *part.shape)

    return transform(tree, change) if isinstance(tree, Block) else tree
