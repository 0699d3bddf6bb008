"""Statements of a display to trees: sizes are found across the sides of an equation."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from functools import singledispatch

from tutor.algebra.nodes import Explicit, Inverse, Scalar, Symbol, Zero
from tutor.algebra.sizes import ONE, Shape, Size, same_size, size
from tutor.algebra.tree import Tree
from tutor.algebra.walk import walk
from tutor.errors import ReadError, SizeError
from tutor.notation.meaning import arrays, calculus, operated, powers, sums  # noqa: F401  (they register meanings)
from tutor.notation.meaning.combine import fitted, is_nought, meet_along, zeros_cut_like
from tutor.notation.meaning.context import Context
from tutor.notation.meaning.counted_statements import with_general_statements, without_dots
from tutor.notation.meaning.declare import (
    blocks_beside,
    declared_here,
    element_of,
    left_side,
    of_covariance_matrix,
    plain_elements,
    with_declared,
)
from tutor.notation.meaning.densities import with_densities
from tutor.notation.meaning.differences import with_differences
from tutor.notation.meaning.elaborate import elaborate, reciprocal_of
from tutor.notation.meaning.elements import with_elements
from tutor.notation.meaning.glossaries import with_glossary
from tutor.notation.meaning.glued import check_decimals
from tutor.notation.meaning.listed_effects import numbers_as_listed, variance_of_listed
from tutor.notation.meaning.matrix_families import family_of, is_of_matrices, of_matrix
from tutor.notation.meaning.own_blocks import as_blocks, with_own_blocks
from tutor.notation.meaning.own_size import as_large_as_written
from tutor.notation.meaning.settled import settled
from tutor.notation.meaning.written_terms import written_terms
from tutor.notation.parsing import syntax
from tutor.notation.parsing.families import BY_PRECISION, family
from tutor.notation.parsing.manners import OF_FAMILIES
from tutor.notation.parsing.token import Spelling
from tutor.notation.statement import (
    Cases,
    Comparison,
    Definition,
    Dimension,
    Distribution,
    Equation,
    Expression,
    Hypothesis,
    Membership,
    Range,
    Statement,
)

MOST_SIDES = 500
"""Sides of one chain a = b = c = …"""

COMPARISONS = frozenset("<>≤≥≪≫≠≈∝→⊥")
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
    context = with_differences(display, with_densities(display, with_glossary(display, context)))
    parts: list[Statement] = []
    for node in without_dots(display.statements):
        part = statement(node, context, single)
        parts.append(part)
        if len(parts) < len(display.statements):  # for what the last one brings, nothing asks
            named = part.subject if isinstance(part, Definition | Distribution) else None
            context = with_declared(part.sides[0] if isinstance(part, Equation) else named, context)
    return tuple(with_general_statements(parts, display.statements, context))


@singledispatch
def statement(node: syntax.Node, context: Context, shape: Shape | None) -> Statement:
    """The statement that a node makes; an expression where it is no other."""
    return _expression(node, context, shape)


def _expression(node: syntax.Node, context: Context, shape: Shape | None) -> Expression:
    tree = elaborate(with_elements([as_blocks(node, context)], context)[0], context)
    if shape is not None:
        context.sizing.meet_shapes(tree.shape, shape)
    # Without a model nothing asks for the size of σ²I: it may be of any.
    is_free = shape is None and context.vocabulary.takes_new_names
    return Expression(settled(tree, context, may_stay_open=is_free), node.start, node.end)


@statement.register
def relation_statement(node: syntax.Relation, context: Context, shape: Shape | None) -> Statement:
    if len(node.sides) > MOST_SIDES:
        raise context.error(f"This chain has more than {MOST_SIDES} sides.", "too-long", node.sides[MOST_SIDES])
    last = node.sides[-1]
    if isinstance(last, syntax.Matrix) and not last.rows:
        subject = settled(elaborate(node.sides[0], context), context)
        return Definition(subject, None, node.start, node.end)
    written = with_elements([side for side in node.sides if not isinstance(side, syntax.Ellipsis)], context)
    written = with_own_blocks(written, context)
    context = _with_covariances(written, any(_is_covariance(side, context) for side in written), context)
    gap = _gap(node.sides, context)
    if gap is not None and set(node.signs) & COMPARISONS:
        raise context.error("Dots in a chain of comparisons cannot be completed.", "ellipsis", node,
                            "Write the first comparison and the last one.")  # fmt: skip
    right = [elaborate(side, context) for side in written[1:]]
    sides = plain_elements(written, [left_side(written[0], right, context), *right], context)
    sides = as_large_as_written(written, blocks_beside(written, sides, context), context)
    if "⊥" not in node.signs:  # what is independent may be of any two shapes
        is_bold = any(isinstance(side, syntax.Named) and side.spelling == Spelling(side.spelling.letters, bold=True)
                      for side in written)  # fmt: skip
        sides = fitted(sides if is_bold else _as_elements(sides), context)
    _of_all_observations(sides, context)
    sides = [settled(side, context) for side in sides]
    if "≡" in node.signs and len(sides) == 2:
        return Definition(sides[0], sides[1], node.start, node.end)
    if set(node.signs) & COMPARISONS:
        return Comparison(tuple(sides), node.signs, node.start, node.end)
    return Equation(tuple(sides), node.start, node.end, written_terms(written[-1], sides, context), gap)


def _of_all_observations(sides: Sequence[Tree], context: Context) -> None:
    """Take n, the number of observations, for the only size in an equation, J = 11', that nothing tells."""
    sizing = context.sizing
    sides = [sizing.filled(side) for side in sides]
    if all(side.is_scalar for side in sides):
        return  # 1'1 = b
    holes = {hole for side in sides for hole in sizing.open_in(side)}
    told = {size for side in sides for node in walk(side) for size in node.shape if size != ONE}
    if len(holes) == 1 and told == holes and not holes & (sizing.dotted | sizing.may_be_one | sizing.defaults.keys()):
        name = context.vocabulary.lookup("n")
        count = name.tree.value if name is not None and isinstance(name.tree, Scalar) else None
        sizing.meet(holes.pop(), size("n") if count is None else size(count))


def _with_covariances(nodes: Sequence[syntax.Node], are_covariances: bool, context: Context) -> Context:
    """The context in which half-written matrices in these nodes are covariance matrices, if they are."""
    if not (context.triangles and are_covariances):
        return context
    found = {part for node in nodes for part in syntax.postorder(node)}
    return replace(context, symmetric=context.symmetric | (context.triangles & found))


def _is_covariance(node: syntax.Node, context: Context) -> bool:
    """Whether a side of an equation is a variance, or a name of which symmetry is known."""
    if isinstance(node, syntax.Call):
        return node.function == "Var"
    if not isinstance(node, syntax.Named):
        return False
    known = context.vocabulary.lookup(node.spelling.letters)
    return known is not None and isinstance(known.tree, Symbol) and "symmetric" in known.tree.facts


def _gap(items: Sequence[syntax.Node], context: Context) -> int | None:
    """How many items stand before the dots among them; None without dots."""
    dots = [at for at, item in enumerate(items) if isinstance(item, syntax.Ellipsis)]
    if not dots:
        return None
    if len(dots) > 1 or dots[0] == 0:
        raise context.error("Dots cannot be completed here.", "ellipsis", items[dots[-1]],
                            "Write the first values, dots, and the last value.")  # fmt: skip
    return dots[0]


@statement.register
def labelled_statement(node: syntax.Labelled, context: Context, shape: Shape | None) -> Statement:
    relation = statement(node.relation, context, shape)
    if not isinstance(node.label, syntax.Named) or not isinstance(relation, Equation | Comparison):
        raise context.error("A name was expected before the colon.", "unexpected", node.label, "Write H_0: μ_1 = μ_2.")
    spelling = node.label.spelling
    name = f"{spelling.letters}_{spelling.subscript}" if spelling.subscript else spelling.letters
    return Hypothesis(name, relation, node.start, node.end)


@statement.register
def membership_statement(node: syntax.Membership, context: Context, shape: Shape | None) -> Statement:
    gap = _gap(node.items, context)
    written = [item for item in node.items if not isinstance(item, syntax.Ellipsis)]
    values = [elaborate(item, context) for item in written]
    if node.subject is not None:
        values = _as_elements([elaborate(node.subject, context), *values])
    filled = [settled(tree, context) for tree in values]
    subject = filled.pop(0) if node.subject is not None else None
    return Membership(subject, tuple(filled), node.brackets, gap, node.start, node.end, node.numbers)


@statement.register
def list_statement(node: syntax.Listed, context: Context, shape: Shape | None) -> Statement:
    """A list alone: a vector where its dots can be completed, otherwise the values something takes, (0, 1, …, n)."""
    try:
        return _expression(node, context, shape)
    except ReadError as error:
        if error.kind != "ellipsis" or context.text[node.start] != "(":
            raise
    return membership_statement(syntax.Membership(node.start, node.end, None, node.items, "()"), context, shape)


@statement.register
def cases_statement(node: syntax.Cases, context: Context, shape: Shape | None) -> Statement:
    values = [elaborate(value, context) for value, _ in node.rows]
    if node.subject is not None:
        values = _as_elements([elaborate(node.subject, context), *values])
    filled = [settled(tree, context) for tree in fitted(values, context)]
    subject = filled.pop(0) if node.subject is not None else None
    return Cases(subject, tuple(filled), tuple(words for _, words in node.rows), node.start, node.end)


@statement.register
def range_statement(node: syntax.Range, context: Context, shape: Shape | None) -> Statement:
    first = node.first.digits if isinstance(node.first, syntax.Number) else ""
    if not isinstance(node.index, syntax.Named) or not first.isdecimal():
        raise context.error("Dots cannot be completed here.", "ellipsis", node, "Write an index as i = 1, …, t.")
    last = None if node.last is None else _size_of(node.last, context)
    return Range(node.index.spelling.letters, int(first), last, node.start, node.end)


@statement.register
def dimension_statement(node: syntax.Dimension, context: Context, shape: Shape | None) -> Statement:
    size_node, is_symmetric = node.size, False
    if node.sign == "∈" and isinstance(size_node, syntax.Power):
        # X ∈ R^{n × p}, and G ∈ S^q, a symmetric matrix of q rows
        is_symmetric = isinstance(size_node.base, syntax.Named) and size_node.base.spelling.letters == "S"
        size_node = size_node.exponent
    sizes = _sides_of(size_node)
    if size_node is not node.size and not sizes:
        one = syntax.Number(size_node.end, size_node.end, "1")
        sizes = (size_node, size_node if is_symmetric else one)  # y ∈ R^n
    if len(sizes) != 2 and node.sign in {"is", "is a", "is an"}:
        raise context.error("Words between two formulas say no more than a sign would.", "wrong-dimension", node.size,
                            "Write = in place of “is”.")  # fmt: skip
    if len(sizes) != 2:
        raise context.error("Dimensions were expected here.", "wrong-dimension", node.size,
                            "Write rows × columns, as Z: n × q.")  # fmt: skip
    subject = settled(elaborate(node.subject, context), context)
    rows, columns = (_size_of(size, context) for size in sizes)
    declared = zip(subject.shape, (rows, columns), strict=True)
    if not all(same_size(own, told) or _may_be(own, told, context) for own, told in declared):
        shaped = declared_here(subject, (rows, columns), node.sign, context)
        if shaped is not None:
            return Dimension(shaped, rows, columns, node.start, node.end)
        raise context.error(f"It is {subject.rows} × {subject.columns} here, not {rows} × {columns}.",
                            "wrong-dimension", node, "Rows come first, then columns.")  # fmt: skip
    return Dimension(subject, rows, columns, node.start, node.end)


def _may_be(own: Size, told: Size, context: Context) -> bool:
    """Whether a general size, the n of a lecture, is declared to be that of one design, as 12 or bt."""
    letters = {str(letter) for letter in told.free_symbols}
    return context.vocabulary.takes_new_names and own.is_Symbol and not letters & _GENERAL_SIZES


def _sides_of(node: syntax.Node) -> tuple[syntax.Node, ...]:
    """Rows and columns of n × p, or of 6 x 3, perhaps in brackets."""
    node = node.inner if isinstance(node, syntax.Group) else node
    if not isinstance(node, syntax.Chain):
        return ()
    if len(node.factors) == 3:
        rows, sign, columns = node.factors
        if isinstance(sign, syntax.Named) and sign.spelling == _TYPED_TIMES:
            return rows, columns
    signs = [at for at, sign in enumerate(node.signs) if sign == "*"]
    if len(signs) != 1:
        return ()
    return _part(node, 0, signs[0]), _part(node, signs[0], len(node.factors))


def _part(node: syntax.Chain, first: int, end: int) -> syntax.Node:
    """Some of the factors of a product: 2bt of 2bt × 1."""
    factors = node.factors[first:end]
    if len(factors) == 1:
        return factors[0]
    return syntax.Chain(factors[0].start, factors[-1].end, ("", *node.signs[first + 1 : end]), factors)


_GENERAL_SIZES = frozenset({"n", "p", "q"})
"""The sizes of a lecture: what one of them stands for is told by other letters, or by numbers."""

_TYPED_TIMES = Spelling("x")


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
    check_decimals(node, context)
    context = _with_covariances(node.arguments[1:], True, context)
    arguments = [_as_column(part, elaborate(part, context)) for part in node.arguments]
    if node.family.letters in BY_PRECISION and len(arguments) == 2:
        precision = arguments[1]
        is_number = isinstance(precision, Scalar)
        arguments[1] = reciprocal_of(precision, node, context) if is_number else Inverse(precision)
    if node.subject is None:
        return _distribution_alone(node, arguments, context)
    subject, *arguments = of_matrix(node, context) if is_of_matrices(node) else _of_vector(node, arguments, context)
    given = tuple(settled(elaborate(part, context), context) for part in node.given)
    filled = tuple(settled(argument, context) for argument in arguments)
    below = node.family.subscript
    manner = node.sign if node.sign not in {"~", "≁"} else OF_FAMILIES.get(node.family.letters, "")
    return Distribution(
        settled(subject, context), family_of(node.family.letters, filled), filled, node.start, node.end, given, below,
        node.sign == "≁", manner,
    )  # fmt: skip


def _of_vector(node: syntax.Distributed, arguments: list[Tree], context: Context) -> Sequence[Tree]:
    """What has a distribution, a vector or a number, and its parameters."""
    assert node.subject is not None
    is_small = isinstance(node.subject, syntax.Named) and node.subject.spelling.letters.islower()
    is_vector = len(arguments) == 2 and not arguments[1].is_scalar and _is_bold(node.subject) and is_small
    right = [Zero(arguments[1].rows, ONE)] if is_vector else arguments
    subject = _as_column(node.subject, left_side(node.subject, right, context))
    if isinstance(subject, Explicit) and len(arguments) == 2:
        variance = variance_of_listed(arguments[1], subject, context)
        arguments = [numbers_as_listed(node.arguments[0], arguments[0], subject), variance]
    if subject.is_scalar and len(arguments) == 2 and not arguments[1].is_scalar and _is_bold(node.subject):
        subject = elaborate(node.subject, context)  # the a of a ∼ N(0, G), which elsewhere counts
    zero = [Zero(arguments[1].rows, ONE)] if len(arguments) == 2 and not arguments[1].is_scalar else []
    subject, *arguments = blocks_beside([node.subject, *node.arguments], [subject, *arguments], context, zero)
    subject, arguments = of_covariance_matrix([node.subject, *node.arguments], subject, arguments, context)
    if arguments and isinstance(subject, Symbol) and all(map(_may_be_element, node.arguments, arguments)):
        subject, *arguments = _as_elements([subject, *arguments])
        if isinstance(subject, Symbol) and subject.columns != ONE and not _is_bold(node.subject):
            subject = element_of(subject)  # the X of X ∼ N(μ, σ²)
    if not subject.is_scalar and len(arguments) == 2:
        arguments = _of_shape(subject, arguments, context)
        mean = context.sizing.filled(arguments[0])
        is_open = context.vocabulary.takes_new_names
        if is_open and subject.columns == ONE and not context.sizing.may_meet(mean.columns, ONE):
            raise context.error(f"The mean of a vector is a column, and this is {mean.rows} × {mean.columns}.",
                                "wrong-dimension", node.arguments[0])  # fmt: skip
        if is_open and _is_bold(node.subject):
            for hole in context.sizing.open_in(context.sizing.filled(subject)):  # w ∼ N(0, σ²I), of any length
                context.sizing.defaults.setdefault(hole, size("n"))
    return [subject, *arguments]


def _is_bold(node: syntax.Node) -> bool:
    return isinstance(node, syntax.Named) and node.spelling.bold


def _as_column(node: syntax.Node, tree: Tree) -> Tree:
    """A list of numbers as the vector that has a distribution, or its mean, (u_0, u_1) ~ N((0, 0), Σ): a column."""
    is_row = isinstance(node, syntax.Listed) and isinstance(tree, Explicit) and tree.rows == ONE
    return Explicit(tree.matrix.T) if is_row and isinstance(tree, Explicit) else tree


def _distribution_alone(node: syntax.Distributed, arguments: Sequence[Tree], context: Context) -> Distribution:
    """N(μ, σ²) with nothing that has it: only of a text that is about no model, where nothing was asked for."""
    if not context.vocabulary.takes_new_names:
        raise context.error("A distribution is no factor.", "distribution", node,
                            "Write what has this distribution and ∼ before it, as y ∼ N(μ, σ²).")  # fmt: skip
    if len(arguments) == 2 and not arguments[1].is_scalar:
        arguments = _of_shape(Zero(arguments[1].rows, ONE), arguments, context)
    filled = tuple(settled(argument, context) for argument in arguments)
    return Distribution(None, family(node.family.letters), filled, node.start, node.end, (), node.family.subscript)


def _of_shape(subject: Tree, arguments: Sequence[Tree], context: Context) -> list[Tree]:
    """The mean and the variance matrix of a vector, with the sizes that it gives them."""
    mean, variance = arguments
    mean = Zero(subject.rows, ONE) if is_nought(mean) else zeros_cut_like(mean, subject)
    meet_along(subject, 0, mean, 0, context)
    meet_along(subject, 1, mean, 1, context)
    meet_along(subject, 0, variance, 0, context)
    meet_along(subject, 0, variance, 1, context)
    return [mean, variance]


def _may_be_element(node: syntax.Node, tree: Tree) -> bool:
    """Whether an argument of a distribution is a scalar, or a plain letter that may be one, as β in Beta(α, β)."""
    is_letter = isinstance(node, syntax.Named) and not node.spelling.bold and isinstance(tree, Symbol)
    return tree.is_scalar or (is_letter and tree.columns == ONE)


def _as_elements(sides: list[Tree]) -> list[Tree]:
    """Sides of an equation in which a vector's letter beside scalars is one element of it: y = 4, ε ~ N(0, σ²)."""
    vectors = [side for side in sides if isinstance(side, Symbol) and side.columns == ONE and not side.is_scalar]
    others = [side for side in sides if side not in vectors]
    if not vectors or not all(other.is_scalar for other in others) or all(map(is_nought, others)):
        return sides
    return [element_of(side) for side in sides]
