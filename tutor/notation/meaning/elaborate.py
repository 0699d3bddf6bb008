"""Syntax to trees: what an expression means in a vocabulary, its shapes checked as it is built.

Products are flat as written, brackets are kept: (AB)C is a product whose first factor is a product. A leading
scalar multiplies all that follows it (σ²ZZ' is σ² times ZZ'), one between two matrices the matrix after it.
Arithmetic among scalars is SymPy's. The walk is not recursive, so that no depth of brackets can exhaust a stack.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import singledispatch
from itertools import pairwise

import sympy

from tutor.algebra.applied import Applied
from tutor.algebra.build import reciprocal
from tutor.algebra.indices import subscript_at
from tutor.algebra.nodes import (
    Block,
    Determinant,
    Inverse,
    Ones,
    Scalar,
    Transpose,
)
from tutor.algebra.nought import is_nought
from tutor.algebra.sizes import ONE
from tutor.algebra.tree import Tree
from tutor.errors import ReadError, ShapeError, TutorError
from tutor.notation.meaning.anywhere import stands_in
from tutor.notation.meaning.arithmetic import check_digits, number, power
from tutor.notation.meaning.combine import made_square, product
from tutor.notation.meaning.conditional import conditional
from tutor.notation.meaning.context import Context
from tutor.notation.meaning.counted_factors import DOTS, check_no_list
from tutor.notation.meaning.densities import sign_of
from tutor.notation.meaning.differences import of_letter
from tutor.notation.meaning.functions import GROWING, absolute, exponential
from tutor.notation.meaning.glued import with_interactions
from tutor.notation.meaning.labels_above import names_with_labels
from tutor.notation.meaning.letters import capital_of_matrix
from tutor.notation.meaning.newcomers import primed
from tutor.notation.meaning.numbers import numbers, with_numbers
from tutor.notation.meaning.plain_cells import settled
from tutor.notation.meaning.resolve import factors, number_of
from tutor.notation.meaning.taken import take
from tutor.notation.parsing import syntax
from tutor.notation.parsing.functions import PLACEHOLDER
from tutor.notation.parsing.token import Span, Spelling

MOST_PRIMES = 20

MOST_TOWERS = 12
"""Powers, roots, fractions and functions within each other."""

_DEAR = 3
"""What a derivative adds, and a function of which the values grow fast: each doubles the work on what it is of."""

_TOWERS = (syntax.Power, syntax.Root, syntax.Fraction, syntax.Call, syntax.Inverse, syntax.Prime)
_INFINITE = frozenset({Scalar(sympy.oo), Scalar(-sympy.oo)})

_AROUND_INFINITY = (syntax.Group, syntax.Negated, syntax.Sum, syntax.Integral)
_MAY_BE_MATRIX = re.compile(r"(?<![A-Za-z])(?:tr|vec|trace|rank|det)(?![A-Za-z])|\\otimes|⊗")
"""What is of matrices."""

_FACTOR_BEHIND = re.compile(r"\s*\}?\s*(?:\\(?:left|mathbf|boldsymbol|bm)(?![A-Za-z])\s*)*[A-Zeuy({]")
"""Behind the transpose of a residual, e^t R^{-1} e; e^t alone is a number."""

_COEFFICIENTS = re.compile(
    r"\s*\}?\s*(?:\\(?:hat|tilde|mathbf|boldsymbol|bm)\s*\{?\s*)*(?:\\beta|β|b|\\gamma|γ)(?![A-Za-z])\s*(?![_(0-9])"
)
"""Behind x_i^t: a row of X before the coefficients, and no power."""

_HOLE = re.compile(r"\?_?\d+")
_DOTTED = re.compile(r"\[…\]_?\d+")
_HOLE_BELOW = re.compile(r"_?[({]?\?_?\d+(?:\s*[,×]\s*\?_?\d+)?[)}]?")


@dataclass(frozen=True, slots=True)
class Factors:
    """Names that stood side by side in one word: a prime or a power after them belongs to the last."""

    trees: tuple[Tree, ...]


Value = Tree | Factors

MOST_FACTORS = 1_000
"""Factors of one product that are neither names nor numbers, but expressions of their own."""


def _has_too_many_factors(product: syntax.Chain) -> bool:
    if len(product.factors) <= MOST_FACTORS:
        return False
    return sum(bool(factor.parts) for factor in product.factors) > MOST_FACTORS


def elaborate(root_node: syntax.Node, context: Context) -> Tree:
    """The tree of an expression; sizes that nothing determines are still holes in it.

    Raises
    ------
    ReadError
        For what has no meaning: an unknown name, a size that nothing determines, a number out of bounds.
    ShapeError
        For operands that do not meet; it carries ``text``, ``start`` and ``end``.
    """
    known = settled(root_node, context, number_of)
    if root_node in known:
        return known[root_node]
    values: dict[syntax.Node, Value] = {**known}
    heights: dict[syntax.Node, int] = dict.fromkeys(known, 1)
    if known or context.plain:
        context = replace(context, plain=frozenset(known))
    labelled = names_with_labels(root_node, context)
    if root_node in labelled:
        return labelled[root_node]
    values.update(labelled)
    heights.update(dict.fromkeys(labelled, 1))
    nodes = tuple(syntax.postorder(root_node, values))
    for node in nodes:
        if isinstance(node, syntax.Chain) and _has_too_many_factors(node):
            raise context.error(f"This product has more than {MOST_FACTORS:,} factors.", "too-large", node,
                                "Write only the formula that was asked for.")  # fmt: skip
    context = with_interactions(nodes, with_numbers(nodes, context))
    for node in nodes:
        parts = [values[part] for part in node.parts]
        heights[node] = _height(node, parts, heights, context)
        if any(map(is_infinite, parts)) and not isinstance(node, _AROUND_INFINITY):
            raise context.error("Infinity is no number to calculate with.", "infinity", node, "Let it stand alone.")
        try:
            values[node] = meaning(node, parts, context)
        except ShapeError as error:
            raise located(error, node, parts, context) from None
        except ReadError:
            raise
        except TutorError as error:
            raise context.error(error.problem, "unexpected", node, error.tip) from None
        value = values[node]
        if isinstance(value, Scalar):
            check_digits(value.value, node, context)
    return context.sizing.filled(whole(values[root_node], context))


def is_infinite(part: Value) -> bool:
    """Whether a part is no number to calculate with."""
    return isinstance(part, Scalar) and part in _INFINITE


def _is_dear(node: syntax.Node, parts: Sequence[Value]) -> bool:
    """Whether this is a derivative, the exponential of a number, or a Γ, B or binomial of what is no plain number."""
    if isinstance(node, syntax.Derivative):
        return True
    if not isinstance(node, syntax.Call):
        return False
    values = [part.value for part in parts if isinstance(part, Scalar)]
    if node.function == "exp":
        return any(value.is_number for value in values)
    return node.function in GROWING and any(not value.is_Rational for value in values)


def _height(
    node: syntax.Node, parts: Sequence[Value], heights: Mapping[syntax.Node, int], context: Context
) -> int:  # fmt: skip
    """How many powers, roots, fractions and functions stand within each other."""
    height = 0
    for part in node.parts:
        height = max(height, heights[part])
    if isinstance(node, syntax.Chain):
        divisors = [factor for sign, factor in zip(node.signs, node.factors, strict=True) if sign == "/"]
        below = max((heights[factor] for factor in divisors if not isinstance(factor, syntax.Number)), default=None)
        height = height if below is None else max(height, below + 1)
    elif isinstance(node, syntax.Bars):
        height += 1 if height and isinstance(parts[0], Scalar) else 0  # a determinant is none
    elif _is_dear(node, parts):
        height += _DEAR
    elif isinstance(node, _TOWERS) and not _is_power_of_letter(node):
        height += 1
    if height > MOST_TOWERS:
        raise context.error("Too many powers, roots or functions stand within each other here.", "too-deep", node,
                            "Write the formula in smaller pieces.")  # fmt: skip
    return height


def _is_power_of_letter(node: syntax.Node) -> bool:
    """σ^2, the name of a variance."""
    if not isinstance(node, syntax.Power) or node.base.parts or isinstance(node.base, syntax.Number):
        return False
    return isinstance(node.exponent, syntax.Number)


def located(error: ShapeError, node: syntax.Node, parts: Sequence[Value], context: Context) -> ShapeError:
    """The same error with its place, and with sizes that were not written shown as a question mark."""
    shown = [
        (_DOTTED.sub("[…]", _HOLE_BELOW.sub("", name)), (_HOLE.sub("?", str(rows)), _HOLE.sub("?", str(columns))))
        if "?" in f"{name}{rows}{columns}" or "…" in name
        else (name, (rows, columns))
        for name, (rows, columns) in error.operands
    ]
    return ShapeError(error.operation, shown, tip=error.tip).at(context.text, *misfit(node, parts, context))


def misfit(node: syntax.Node, parts: Sequence[Value], context: Context) -> tuple[int, int]:
    """Where the first two factors or terms of a node stand that cannot meet; where all of it stands if none are."""
    if not isinstance(node, syntax.Chain | syntax.Sum):
        return node.start, node.end
    named = zip(node.parts, parts, strict=True)
    trees = [
        (part, tree) for part, value in named for tree in (value.trees if isinstance(value, Factors) else (value,))
    ]
    meet = context.sizing.may_meet
    if isinstance(node, syntax.Chain):
        pairs = pairwise((part, tree) for part, tree in trees if not tree.is_scalar)
        apart = ((one, other) for (one, left), (other, right) in pairs if not meet(left.columns, right.rows))
    else:
        first, like = trees[0]
        apart = ((first, other) for other, tree in trees[1:] if not all(map(meet, like.shape, tree.shape)))
    found = next(apart, None)
    return (node.start, node.end) if found is None else (found[0].start, found[1].end)


def whole(value: Value, context: Context) -> Tree:
    """A value as one tree: names side by side are multiplied."""
    if isinstance(value, Tree):
        return value
    return product([("", tree) for tree in value.trees], context)


@singledispatch
def meaning(node: syntax.Node, parts: list[Value], context: Context) -> Value:
    """The value of a node, given those of its parts."""
    raise context.error("This cannot stand here.", "unexpected", node)


@meaning.register
def number_meaning(node: syntax.Number, parts: list[Value], context: Context) -> Value:
    return Scalar(number(node, context))


@meaning.register
def name_meaning(node: syntax.Named, parts: list[Value], context: Context) -> Value:
    if node in context.interactions:
        told = context.interactions[node]
        if told is None:
            return Factors(())
        node = told
    sizes = [whole(part, context) for part in parts]
    if node.spelling.letters == PLACEHOLDER:
        return Scalar(sympy.Symbol(PLACEHOLDER))
    if context.bound:
        index = context.bound.get(node.spelling.letters, 0)
        if index != 0 and not node.spelling.subscript:
            letter = sympy.Symbol(node.spelling.letters, integer=True, positive=True)
            return Scalar(letter if index is None else sympy.Integer(index))
        node, context = _at_indices(node, context)
    trees = numbers(node, sizes, context) if node in context.numbers else factors(node, sizes, context)
    if context.vocabulary.takes_new_names:
        take(node, trees, context)
    return trees[0] if len(trees) == 1 else Factors(trees)


def _at_indices(node: syntax.Named, context: Context) -> tuple[syntax.Named, Context]:
    """A name below which the indices of the sums around have their values, and a context that knows it."""
    subscript = node.spelling.subscript
    for index, value in context.bound.items():
        if value is not None:
            subscript = subscript_at(subscript, index, value)
    if subscript == node.spelling.subscript:
        return node, context
    # The subscript is told now; none of its letters is loose.
    told = replace(node, spelling=replace(node.spelling, subscript=subscript, loose=False))
    size_names = context.size_names | {told} if node in context.size_names else context.size_names
    numbers = context.numbers | {told} if node in context.numbers else context.numbers
    is_column = of_letter(node.spelling) in context.columns
    columns = context.columns | {of_letter(told.spelling)} if is_column else context.columns
    return told, replace(context, size_names=size_names, numbers=numbers, columns=columns)


@meaning.register
def ellipsis_meaning(node: syntax.Ellipsis, parts: list[Value], context: Context) -> Value:
    return DOTS  # its list gives it a meaning


@meaning.register
def condition_meaning(node: syntax.Conditional, parts: list[Value], context: Context) -> Value:
    inner, *given = (whole(part, context) for part in parts)
    blocks = [part for tree in given for part in (tree.parts if isinstance(tree, Block) else (tree,))]
    return conditional(inner, blocks, node, context)


@meaning.register
def group_meaning(node: syntax.Group, parts: list[Value], context: Context) -> Value:
    inner = whole(parts[0], context)
    if "[" in context.text[node.start : node.inner.start]:
        check_no_list(node.inner, inner, context)
    if isinstance(node.inner, syntax.Named) and sign_of(node, context) in context.densities:
        return Applied("f", (inner,))
    return inner


# Primes, inverses and powers


def is_one(node: syntax.Node) -> bool:
    """Whether a node is the number 1, which beside a matrix in plain text, 1'V^-1 1, is the vector of ones."""
    return isinstance(node, syntax.Number) and node.digits == "1"


def ones(node: syntax.Node, context: Context) -> Tree:
    """A vector of ones of the size that fits."""
    return Ones(context.hole(Span(node.start, node.end)), ONE)


def on_last(value: Value, change: Tree) -> Value:
    """A value with its last name changed."""
    return Factors((*value.trees[:-1], change)) if isinstance(value, Factors) else change


def last_of(value: Value) -> Tree:
    """What a prime or a power after a value belongs to."""
    return value.trees[-1] if isinstance(value, Factors) else value


@meaning.register
def prime_meaning(node: syntax.Prime, parts: list[Value], context: Context) -> Value:
    base = last_of(parts[0])
    if isinstance(node.inner, syntax.Group):
        check_no_list(node.inner.inner, base, context)
    if is_one(node.inner) and node.count == 1:
        return Transpose(ones(node.inner, context))
    if isinstance(node.inner, syntax.Number) and node.inner.digits == "11" and node.count == 1:
        return Factors((ones(node.inner, context), Transpose(ones(node.inner, context))))  # 1 1', and no number
    is_row = node.letter == "t" and isinstance(node.inner, syntax.Named) and _COEFFICIENTS.match(context.text, node.end)
    if node.letter and isinstance(base, Scalar) and not is_row:
        exponent = context.vocabulary.lookup(node.letter)
        if stands_in(context.text, _MAY_BE_MATRIX) and isinstance(node.inner, syntax.Named):
            _check_no_matrix(node.inner, node, context)
        if exponent is not None and isinstance(exponent.tree, Scalar):
            return on_last(parts[0], Scalar(power(base.value, exponent.tree.value, node, context)))
    marked = primed(node.inner, base, context) if isinstance(node.inner, syntax.Named) and node.count == 1 else None
    if marked is not None:
        return on_last(parts[0], marked)
    if node.count > MOST_PRIMES:
        raise context.error(f"There are {node.count:,} primes here.", "too-deep", node, "One prime is a transpose.")
    if isinstance(node.inner, syntax.Listed) and isinstance(base, Transpose) and node.count == 1:
        return base.tree  # [y_1, …, y_n]' is y
    if node.letter == "t" and is_euler(node.inner) and not _FACTOR_BEHIND.match(context.text, node.end):
        time = context.vocabulary.lookup("t")
        if context.vocabulary.takes_new_names and time is not None and isinstance(time.tree, Scalar):
            return Scalar(exponential(time.tree.value, node, context))
    for _ in range(node.count):
        base = Transpose(base)
    return on_last(parts[0], base)


def _check_no_matrix(name: syntax.Named, node: syntax.Node, context: Context) -> None:
    """Raise ReadError "transpose-or-power" for a plain capital, the A of tr(A^T B), which was taken for a number."""
    spelling = name.spelling
    if len(spelling.letters) == 1 and spelling.letters.isupper() and not (spelling.subscript or spelling.accent):
        raise context.error(f"{spelling.letters} with a T may be a transpose or a power.", "transpose-or-power", node,
                            rf"Write a matrix bold, \mathbf{{{spelling.letters}}}^\top.")  # fmt: skip


@meaning.register
def inverse_meaning(node: syntax.Inverse, parts: list[Value], context: Context) -> Value:
    if is_euler(node.inner) and context.vocabulary.takes_new_names:
        return Scalar(sympy.exp(-1))
    return on_last(parts[0], _inverted(last_of(parts[0]), node, context))


def is_euler(node: syntax.Node) -> bool:
    """Whether a node is a plain e, which with a power, or as one, is Euler's number and no residual."""
    return isinstance(node, syntax.Named) and node.spelling == Spelling("e")


def reciprocal_of(divisor: Tree, node: syntax.Node, context: Context) -> Tree:
    """One divided by a scalar. Raises ReadError "division-by-zero"."""
    if isinstance(divisor, Scalar) and is_nought(divisor.value):
        raise context.error("Division by zero is not defined.", "division-by-zero", node)
    return reciprocal(divisor)


def _inverted(base: Tree, node: syntax.Node, context: Context) -> Tree:
    return reciprocal_of(base, node, context) if isinstance(base, Scalar) else Inverse(made_square(base, context))


@meaning.register
def bars_meaning(node: syntax.Bars, parts: list[Value], context: Context) -> Value:
    inner = whole(parts[0], context)
    if isinstance(inner, Scalar) and (letter := capital_of_matrix(node, context)) is not None:
        inner = whole(elaborate(letter, context), context)
    if not isinstance(inner, Scalar):
        return Determinant(made_square(inner, context))
    return Scalar(absolute(inner.value))
