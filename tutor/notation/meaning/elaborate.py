"""Syntax to trees: what an expression means in a vocabulary, its shapes checked as it is built.

Products are flat as written, brackets are kept: (AB)C is a product whose first factor is a product. A leading
scalar multiplies all that follows it (σ²ZZ' is σ² times ZZ'), one between two matrices the matrix after it.
Arithmetic among scalars is SymPy's. The walk is not recursive, so that no depth of brackets can exhaust a stack.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import singledispatch

import sympy

from tutor.algebra.applied import Applied, subscript_at
from tutor.algebra.build import reciprocal
from tutor.algebra.nodes import (
    Block,
    Determinant,
    Inverse,
    Kronecker,
    Scalar,
    Scaled,
    Sum,
    Symbol,
    Transpose,
    Zero,
)
from tutor.algebra.tree import Tree
from tutor.errors import ReadError, ShapeError, TutorError
from tutor.notation.meaning.arithmetic import number, power
from tutor.notation.meaning.combine import fitted, is_nought, made_square, product
from tutor.notation.meaning.conditional import conditional
from tutor.notation.meaning.context import Context
from tutor.notation.meaning.densities import sign_of
from tutor.notation.meaning.glued import lowered
from tutor.notation.meaning.newcomers import primed
from tutor.notation.meaning.numbers import as_size, numbers, with_numbers
from tutor.notation.meaning.resolve import factors
from tutor.notation.parsing import syntax
from tutor.notation.parsing.functions import PLACEHOLDER
from tutor.notation.parsing.token import Span, Spelling

MOST_PRIMES = 20

MOST_TOWERS = 25
"""Powers, roots, fractions and functions within each other."""

_TOWERS = (syntax.Power, syntax.Root, syntax.Fraction, syntax.Call, syntax.Inverse, syntax.Prime)
_STEEP = {"log": 5, "logit": 8}
"""Functions whose values within each other cost SymPy most: how much each adds to the height."""
_PARAMETERS = frozenset({"sigma", "theta", "phi", "rho", "psi", "gamma", "lambda", "omega"})
"""Letters for all parameters of a covariance matrix together."""

_ARGUMENTS_BY_CUSTOM = {"V": ("mu",), "b": ("theta",), "a": ("phi", "psi"), "h": ("mu", "eta")}
"""Letters that are functions where just this stands in brackets behind them: V(μ), b(θ), a(φ), h(η)."""

_MINUS_ONE = Scalar(sympy.Integer(-1))
_INFINITE = frozenset({Scalar(sympy.oo), Scalar(-sympy.oo)})
_AROUND_INFINITY = (syntax.Group, syntax.Negated, syntax.Sum, syntax.Integral)
_HOLE = re.compile(r"\?_?\d+")
_DOTTED = re.compile(r"\[…\]_?\d+")
_HOLE_BELOW = re.compile(r"_?[({]?\?_?\d+(?:\s*[,×]\s*\?_?\d+)?[)}]?")


@dataclass(frozen=True, slots=True)
class Factors:
    """Names that stood side by side in one word: a prime or a power after them belongs to the last."""

    trees: tuple[Tree, ...]


Value = Tree | Factors


def elaborate(root_node: syntax.Node, context: Context) -> Tree:
    """The tree of an expression; sizes that nothing determines are still holes in it.

    Raises
    ------
    ReadError
        For what has no meaning: an unknown name, a size that nothing determines, a number out of bounds.
    ShapeError
        For operands that do not meet; it carries ``text``, ``start`` and ``end``.
    """
    values: dict[syntax.Node, Value] = {}
    heights: dict[syntax.Node, int] = {}
    context = with_numbers(root_node, context)
    for node in syntax.postorder(root_node):
        if isinstance(node, syntax.Number):  # most cells of a large matrix
            heights[node], values[node] = 0, Scalar(number(node, context))
            continue
        heights[node] = _height(node, heights, context)
        parts = [values[part] for part in node.parts]
        if _INFINITE.intersection(parts) and not isinstance(node, _AROUND_INFINITY):
            raise context.error("Infinity is no number to calculate with.", "infinity", node, "Let it stand alone.")
        try:
            values[node] = meaning(node, parts, context)
        except ShapeError as error:
            raise located(error, node, context) from None
        except ReadError:
            raise
        except TutorError as error:
            raise context.error(error.problem, "unexpected", node, error.tip) from None
    return context.sizing.filled(whole(values[root_node], context))


def _height(node: syntax.Node, heights: dict[syntax.Node, int], context: Context) -> int:
    """How many powers, roots, fractions and functions stand within each other; SymPy's work grows fast with them."""
    height = max((heights[part] for part in node.parts), default=0)
    if isinstance(node, _TOWERS):
        height += _STEEP.get(node.function, 1) if isinstance(node, syntax.Call) else 1
        if height > MOST_TOWERS:
            raise context.error("Too many powers, roots or functions stand within each other here.", "too-deep", node,
                                "Write the formula in smaller pieces.")  # fmt: skip
    return height


def located(error: ShapeError, node: syntax.Node, context: Context) -> ShapeError:
    """The same error with its place, and with sizes that were not written shown as a question mark."""
    shown = [
        (_DOTTED.sub("[…]", _HOLE_BELOW.sub("", name)), (_HOLE.sub("?", str(rows)), _HOLE.sub("?", str(columns))))
        if "?" in f"{name}{rows}{columns}" or "…" in name
        else (name, (rows, columns))
        for name, (rows, columns) in error.operands
    ]
    told = ShapeError(error.operation, shown, tip=error.tip)
    told.text, told.start, told.end = context.text, node.start, node.end  # pyright: ignore[reportAttributeAccessIssue]
    return told


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
    return told, replace(context, size_names=size_names, numbers=numbers)


@meaning.register
def ellipsis_meaning(node: syntax.Ellipsis, parts: list[Value], context: Context) -> Value:
    return Scalar(sympy.Symbol("…"))  # its list gives it a meaning


@meaning.register
def condition_meaning(node: syntax.Conditional, parts: list[Value], context: Context) -> Value:
    inner, *given = (whole(part, context) for part in parts)
    blocks = [part for tree in given for part in (tree.parts if isinstance(tree, Block) else (tree,))]
    return conditional(inner, blocks, node, context)


@meaning.register
def group_meaning(node: syntax.Group, parts: list[Value], context: Context) -> Value:
    inner = whole(parts[0], context)
    if isinstance(node.inner, syntax.Named) and sign_of(node, context) in context.densities:
        return Applied("f", (inner,))
    return inner


# Sums and products


@meaning.register
def sum_meaning(node: syntax.Sum, parts: list[Value], context: Context) -> Value:
    terms = _numbers(node.terms, [whole(part, context) for part in parts], context)
    if "±" in node.signs or "∓" in node.signs:
        return _interval(node, terms, context)
    if len(terms) > 1 and _INFINITE.intersection(terms):
        raise context.error("Infinity is no number to calculate with.", "infinity", node, "Let it stand alone.")
    if all(isinstance(term, Scalar) for term in terms):
        values = [term.value for term in terms if isinstance(term, Scalar)]
        signed = (value if sign == "+" else -value for sign, value in zip(node.signs, values, strict=True))
        return Scalar(sympy.Add(*signed))
    terms = fitted(terms, context)
    leading = isinstance(node.terms[0], (syntax.Chain, syntax.Kronecker))
    signed_terms = [
        term if sign == "+" else _negative(term, leading and at == 0)
        for at, (sign, term) in enumerate(zip(node.signs, terms, strict=True))
    ]
    return signed_terms[0] if len(terms) == 1 else Sum(tuple(signed_terms))


def _interval(node: syntax.Sum, terms: list[Tree], context: Context) -> Tree:
    """θ ± c: an estimate and half of the width of its interval, two ends in one."""
    if len(terms) < 2 or not {"+", "-"}.issuperset(node.signs[:-1]):
        raise context.error("± stands for two formulas.", "plus-minus", node, "Write one with + or one with −.")
    terms = fitted(terms, context)
    pairs = zip(node.signs[:-1], terms[:-1], strict=True)
    signed = [term if sign == "+" else _negative(term, False) for sign, term in pairs]
    numbers = [term.value for term in signed if isinstance(term, Scalar)]
    if len(numbers) == len(signed):
        centre = Scalar(sympy.Add(*numbers))
    else:
        centre = Sum(tuple(signed)) if signed[1:] else signed[0]
    return Applied("±", (centre, terms[-1]), row_size=centre.rows, column_size=centre.columns)


def _numbers(nodes: Sequence[syntax.Node], trees: list[Tree], context: Context) -> list[Tree]:
    """Terms or factors in which a vector's second letter, as b for u, is a number if all others are: b − 1, bσ²."""
    numbers = [_as_number(node, tree, context) for node, tree in zip(nodes, trees, strict=True)]
    found = [number for number in numbers if number is not None]
    return found if len(found) == len(trees) and any(tree.is_scalar for tree in trees) else trees


def _as_number(node: syntax.Node, tree: Tree, context: Context) -> Tree | None:
    """A scalar as it is; a plain letter that is only an alias of a vector, as the size it may also be; else None."""
    if tree.is_scalar:
        return tree
    return as_size(node.spelling, tree, context) if isinstance(node, syntax.Named) else None


def _negative(term: Tree, into_scalar: bool) -> Tree:
    """−A; as in Python a leading minus joins the number before the matrix, so that −2A is (−2)A."""
    if isinstance(term, Scalar):
        return Scalar(-term.value)
    if into_scalar and isinstance(term, Scaled) and isinstance(term.scalar, Scalar):
        return Scaled(Scalar(-term.scalar.value), term.tree)
    return Scaled(_MINUS_ONE, term)


@meaning.register
def chain_meaning(node: syntax.Chain, parts: list[Value], context: Context) -> Value:
    chained: list[tuple[str, Tree]] = []
    parts = _with_counts(node.factors, _with_lowered(node, parts, context), context)
    if not any(isinstance(part, Factors) for part in parts):
        parts = list(_numbers(node.factors, [whole(part, context) for part in parts], context))
    for sign, factor, previous, value in zip(node.signs, node.factors, (None, *node.factors), parts, strict=False):
        if sign == "" and isinstance(factor, syntax.Number) and isinstance(previous, syntax.Number):
            raise context.error("Two numbers stand side by side.", "unexpected", factor, "Is a sign missing?")
        if sign == "/":
            divisor = _as_number(factor, whole(value, context), context)
            if divisor is None:
                raise context.error("One cannot divide by a matrix.", "division-by-matrix", factor,
                                    "Multiply by its inverse.")  # fmt: skip
            chained.append(("/", _reciprocal(divisor, factor, context)))
        elif isinstance(value, Factors):
            chained.extend(("", tree) for tree in value.trees)
        elif _is_dependence(factor, chained):
            continue
        elif (function := _function_by_custom(previous, factor, sign, value)) is not None and chained:
            divides = chained[-1][0] == "/"
            chained[-1] = (chained[-1][0], _reciprocal(function, factor, context) if divides else function)
        elif is_nought(value) and sign != "*" and chained and not chained[-1][1].is_scalar:
            # Z 0: zeros of the shape that fits
            place = Span(factor.start, factor.end)
            chained.append((sign, Zero(context.hole(place, may_be_one=True), context.hole(place, may_be_one=True))))
        else:
            chained.append((sign, value))
    return product(chained, context)


def _with_counts(nodes: Sequence[syntax.Node], parts: list[Value], context: Context) -> list[Value]:
    """The factors with letters side by side as numbers, rb as r times b, if that makes all factors numbers."""
    if not any(isinstance(part, Factors) for part in parts):
        return parts
    told: list[Value] = []
    for node, part in zip(nodes, parts, strict=True):
        trees = part.trees if isinstance(part, Factors) else (part,)
        letters = node.spelling.letters if isinstance(node, syntax.Named) and not node.spelling.subscript else ""
        names = [Spelling(letter) for letter in letters] if len(letters) == len(trees) else [None] * len(trees)
        numbers = [
            tree if tree.is_scalar or name is None else as_size(name, tree, context)
            for name, tree in zip(names, trees, strict=True)
        ]
        found = tuple(number for number in numbers if number is not None and number.is_scalar)
        if len(found) < len(trees):
            return parts
        told.append(Factors(found) if isinstance(part, Factors) else found[0])
    return told


def _is_dependence(factor: syntax.Node, before: Sequence[tuple[str, Tree]]) -> bool:
    """Whether brackets after a covariance matrix only say what it depends on, as in V(θ)."""
    matrix = before[-1][1] if before else None
    if not (isinstance(factor, syntax.Group) and isinstance(factor.inner, syntax.Named) and isinstance(matrix, Symbol)):
        return False
    spelling = factor.inner.spelling
    return "symmetric" in matrix.facts and spelling.bold and not spelling.accent and spelling.letters in _PARAMETERS


def _function_by_custom(name: syntax.Node | None, brackets: syntax.Node, sign: str, value: Value) -> Tree | None:
    """V(μ), the variance function, and b(θ), a(φ) of an exponential family: a letter that elsewhere means another thing
    is a function of just that argument."""
    if sign or not (isinstance(name, syntax.Named) and isinstance(brackets, syntax.Group)):
        return None
    of, spelling = brackets.inner, name.spelling
    if spelling.bold or spelling.subscript or spelling.accent or not isinstance(of, syntax.Named):
        return None
    is_function = not of.spelling.bold and of.spelling.letters in _ARGUMENTS_BY_CUSTOM.get(spelling.letters, ())
    return Applied(spelling.letters, (value,)) if is_function and isinstance(value, Scalar) else None


def _with_lowered(node: syntax.Chain, parts: list[Value], context: Context) -> list[Value]:
    r"""The factors with \sigma^2u read as σ²_u; nothing is left where the u stood."""
    for at in range(1, len(parts)):
        part = parts[at]
        trees = part.trees if isinstance(part, Factors) else (part,)
        told = lowered(node.factors[at - 1], node.factors[at], trees[0], context) if node.signs[at] == "" else None
        if told is not None:
            parts = [*parts[: at - 1], told, Factors(trees[1:]), *parts[at + 1 :]]
    return parts


def _reciprocal(divisor: Tree, node: syntax.Node, context: Context) -> Tree:
    if isinstance(divisor, Scalar) and divisor.value.is_zero:
        raise context.error("Division by zero is not defined.", "division-by-zero", node)
    return reciprocal(divisor)


@meaning.register
def kronecker_meaning(node: syntax.Kronecker, parts: list[Value], context: Context) -> Value:
    return Kronecker(tuple(whole(part, context) for part in parts))


@meaning.register
def negated_meaning(node: syntax.Negated, parts: list[Value], context: Context) -> Value:
    return _negative(whole(parts[0], context), True)


@meaning.register
def fraction_meaning(node: syntax.Fraction, parts: list[Value], context: Context) -> Value:
    above, below = whole(parts[0], context), _as_number(node.below, whole(parts[1], context), context)
    if below is None:
        raise context.error("One cannot divide by a matrix.", "division-by-matrix", node.below,
                            "Multiply by its inverse.")  # fmt: skip
    return product([("", above), ("/", _reciprocal(below, node.below, context))], context)


# Primes, inverses and powers


def on_last(value: Value, change: Tree) -> Value:
    """A value with its last name changed."""
    return Factors((*value.trees[:-1], change)) if isinstance(value, Factors) else change


def last_of(value: Value) -> Tree:
    """What a prime or a power after a value belongs to."""
    return value.trees[-1] if isinstance(value, Factors) else value


@meaning.register
def prime_meaning(node: syntax.Prime, parts: list[Value], context: Context) -> Value:
    base = last_of(parts[0])
    if node.letter and isinstance(base, Scalar):
        exponent = context.vocabulary.lookup(node.letter)
        if exponent is not None and isinstance(exponent.tree, Scalar):
            return on_last(parts[0], Scalar(power(base.value, exponent.tree.value, node, context)))
    marked = primed(node.inner, base, context) if isinstance(node.inner, syntax.Named) and node.count == 1 else None
    if marked is not None:
        return on_last(parts[0], marked)
    if node.count > MOST_PRIMES:
        raise context.error(f"There are {node.count:,} primes here.", "too-deep", node, "One prime is a transpose.")
    if isinstance(node.inner, syntax.Listed) and isinstance(base, Transpose) and node.count == 1:
        return base.tree  # [y_1, …, y_n]' is y
    for _ in range(node.count):
        base = Transpose(base)
    return on_last(parts[0], base)


@meaning.register
def inverse_meaning(node: syntax.Inverse, parts: list[Value], context: Context) -> Value:
    return on_last(parts[0], _inverted(last_of(parts[0]), node, context))


def _inverted(base: Tree, node: syntax.Node, context: Context) -> Tree:
    return _reciprocal(base, node, context) if isinstance(base, Scalar) else Inverse(made_square(base, context))


@meaning.register
def bars_meaning(node: syntax.Bars, parts: list[Value], context: Context) -> Value:
    inner = whole(parts[0], context)
    return Scalar(sympy.Abs(inner.value)) if isinstance(inner, Scalar) else Determinant(made_square(inner, context))
