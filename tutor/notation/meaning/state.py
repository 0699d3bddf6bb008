"""Statements of a display to trees: sizes are found across the sides of an equation."""

from __future__ import annotations

from dataclasses import replace
from functools import singledispatch

import sympy

from tutor.algebra.nodes import Scalar, Symbol, Zero
from tutor.algebra.sizes import ONE, Shape, Size, same_shape, size
from tutor.algebra.tree import Tree
from tutor.errors import ReadError, SizeError
from tutor.notation.meaning.combine import fitted, is_nought, meet_along
from tutor.notation.meaning.context import Context
from tutor.notation.meaning.elaborate import elaborate
from tutor.notation.parsing import syntax
from tutor.notation.parsing.families import family
from tutor.notation.statement import (
    Comparison,
    Definition,
    Dimension,
    Distribution,
    Equation,
    Expression,
    Range,
    Statement,
)

COMPARISONS = frozenset("<>≤≥≠")
"""Signs of a relation that is no equation."""


def statements(display: syntax.Display, context: Context, shape: Shape | None) -> tuple[Statement, ...]:
    """The statements of a display, each with its trees.

    ``shape`` is what is expected of a single expression.

    Raises
    ------
    ReadError, ShapeError
        As `elaborate` does, and "size-unknown" for an I, J, 1 or 0 whose size nothing determines.
    """
    single = shape if len(display.statements) == 1 else None
    return tuple(statement(node, context, single) for node in display.statements)


@singledispatch
def statement(node: syntax.Node, context: Context, shape: Shape | None) -> Statement:
    """The statement that a node makes; an expression where it is no other."""
    tree = elaborate(node, context)
    if shape is not None:
        context.sizing.meet_shapes(tree.shape, shape)
    return Expression(_settled(tree, context), node.start, node.end)


@statement.register
def relation_statement(node: syntax.Relation, context: Context, shape: Shape | None) -> Statement:
    defines = "≡" in node.signs
    last = node.sides[-1]
    if isinstance(last, syntax.Matrix) and not last.rows:
        subject = _settled(elaborate(node.sides[0], context), context)
        return Definition(subject, None, node.start, node.end)
    sides = fitted(_as_elements([elaborate(side, context) for side in node.sides]), context)
    sides = [_settled(side, context) for side in sides]
    if defines and len(sides) == 2:
        return Definition(sides[0], sides[1], node.start, node.end)
    if set(node.signs) & COMPARISONS:
        return Comparison(tuple(sides), node.signs, node.start, node.end)
    return Equation(tuple(sides), node.start, node.end)


@statement.register
def range_statement(node: syntax.Range, context: Context, shape: Shape | None) -> Statement:
    first = node.first.digits if isinstance(node.first, syntax.Number) else ""
    if not isinstance(node.index, syntax.Named) or not first.isdecimal():
        raise context.error("Dots cannot be completed here.", "ellipsis", node, "Write an index as i = 1, …, t.")
    last = None if node.last is None else _size_of(node.last, context)
    return Range(node.index.spelling.letters, int(first), last, node.start, node.end)


@statement.register
def dimension_statement(node: syntax.Dimension, context: Context, shape: Shape | None) -> Statement:
    size_node = node.size
    if node.sign == "∈" and isinstance(size_node, syntax.Power):
        # X ∈ R^{n × p}
        size_node = size_node.exponent
    sizes = size_node.factors if isinstance(size_node, syntax.Chain) and size_node.signs[1:] == ("*",) else ()
    if len(sizes) != 2:
        raise context.error("Dimensions were expected here.", "wrong-dimension", node.size,
                            "Write rows × columns, as Z: n × q.")  # fmt: skip
    subject = _settled(elaborate(node.subject, context), context)
    rows, columns = (_size_of(size, context) for size in sizes)
    if not same_shape(subject.shape, (rows, columns)):
        raise context.error(f"It is {subject.rows} × {subject.columns} here, not {rows} × {columns}.",
                            "wrong-dimension", node, "Rows come first, then columns.")  # fmt: skip
    return Dimension(subject, rows, columns, node.start, node.end)


def _size_of(node: syntax.Node, context: Context) -> Size:
    """A size that stands on the line: its letters count something."""
    names = context.size_names | frozenset(syntax.postorder(node))
    tree = elaborate(node, replace(context, size_names=names))
    try:
        return size(tree.value if isinstance(tree, Scalar) and not tree.value.is_negative else 0)
    except SizeError as error:
        raise context.error(error.problem, "wrong-dimension", node) from None


@statement.register
def distribution_statement(node: syntax.Distributed, context: Context, shape: Shape | None) -> Statement:
    subject, *arguments = (elaborate(part, context) for part in (node.subject, *node.arguments))
    given = tuple(_settled(elaborate(part, context), context) for part in node.given)
    if arguments and all(argument.is_scalar for argument in arguments) and isinstance(subject, Symbol):
        subject = _as_elements([subject, *arguments])[0]
    if not subject.is_scalar and len(arguments) == 2:
        mean, variance = arguments
        mean = Zero(subject.rows, ONE) if is_nought(mean) else mean
        meet_along(subject, 0, mean, 0, context)
        meet_along(subject, 1, mean, 1, context)
        meet_along(subject, 0, variance, 0, context)
        meet_along(subject, 0, variance, 1, context)
        arguments = [mean, variance]
    settled = tuple(_settled(argument, context) for argument in arguments)
    below = node.family.subscript
    return Distribution(
        _settled(subject, context), family(node.family.letters), settled, node.start, node.end, given, below
    )


def _as_elements(sides: list[Tree]) -> list[Tree]:
    """Sides of an equation in which a vector's letter beside scalars is one element of it: y = 4, ε ~ N(0, σ²)."""
    vectors = [side for side in sides if isinstance(side, Symbol) and side.columns == ONE and not side.is_scalar]
    others = [side for side in sides if side not in vectors]
    if not vectors or not all(other.is_scalar for other in others) or all(map(is_nought, others)):
        return sides
    return [Scalar(sympy.Symbol(side.name, real=True)) if isinstance(side, Symbol) else side for side in sides]


def _settled(tree: Tree, context: Context) -> Tree:
    """A tree with every size filled in. Raises ReadError where nothing determines one."""
    tree = context.sizing.filled(tree)
    for hole in context.sizing.open_in(tree):
        place = context.sizing.places[hole]
        if hole in context.sizing.dotted:
            raise ReadError(
                "How large is the matrix with dots? Neither its corner nor what is beside it tells.",
                text=context.text, start=place.start, end=place.end, kind="ellipsis",
                tip=r"Number its last entry, as y_n or \sigma^2_n, or write its size beside it, as in \mathbf{I}_4 = …",
            )  # fmt: skip
        letter = context.text[place.start : place.end]
        raise ReadError(
            f"How large is {letter} here? Nothing beside it tells.", text=context.text, start=place.start,
            end=place.end, kind="size-unknown", tip=f"Write its size below it, as {letter}_3.",
        )  # fmt: skip
    return tree
