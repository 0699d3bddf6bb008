"""Syntax to trees: what an expression means in a vocabulary, its shapes checked as it is built.

Products are flat as written, brackets are kept: (AB)C is a product whose first factor is a product. A leading
scalar multiplies all that follows it (σ²ZZ' is σ² times ZZ'), one between two matrices the matrix after it.
Arithmetic among scalars is SymPy's. The walk is not recursive, so that no depth of brackets can exhaust a stack.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import singledispatch

import sympy

from tutor.algebra.build import reciprocal
from tutor.algebra.nodes import Block, Determinant, Inverse, Kronecker, Product, Scalar, Scaled, Sum, Symbol, Transpose
from tutor.algebra.sizes import ONE, size
from tutor.algebra.tree import Tree
from tutor.errors import ReadError, ShapeError, TutorError
from tutor.notation.meaning.arithmetic import number, power, root
from tutor.notation.meaning.calls import call
from tutor.notation.meaning.combine import fitted, grid, product, scaled
from tutor.notation.meaning.conditional import conditional
from tutor.notation.meaning.context import Context
from tutor.notation.meaning.ellipsis import completed_list, completed_matrix, has_dots
from tutor.notation.meaning.resolve import factors, sized
from tutor.notation.parsing import syntax
from tutor.notation.parsing.functions import MOMENTS
from tutor.notation.parsing.token import Spelling

MOST_PRIMES = 20
MOST_MATRIX_POWER = 20

MOST_TOWERS = 25
"""Powers, roots, fractions and functions within each other."""

_TOWERS = (syntax.Power, syntax.Root, syntax.Fraction, syntax.Call, syntax.Inverse)
_MINUS_ONE = Scalar(sympy.Integer(-1))
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
    for node in syntax.postorder(root_node):
        heights[node] = _height(node, heights, context)
        try:
            values[node] = meaning(node, [values[part] for part in node.parts], context)
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
        height += 1
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
    trees = factors(node, [whole(part, context) for part in parts], context)
    return trees[0] if len(trees) == 1 else Factors(trees)


@meaning.register
def ellipsis_meaning(node: syntax.Ellipsis, parts: list[Value], context: Context) -> Value:
    return Scalar(sympy.Symbol("…"))  # its list gives it a meaning


@meaning.register
def condition_meaning(node: syntax.Conditional, parts: list[Value], context: Context) -> Value:
    inner, given = (whole(part, context) for part in parts)
    return conditional(inner, given.parts if isinstance(given, Block) else (given,), node, context)


@meaning.register
def group_meaning(node: syntax.Group, parts: list[Value], context: Context) -> Value:
    return whole(parts[0], context)


# Sums and products


@meaning.register
def sum_meaning(node: syntax.Sum, parts: list[Value], context: Context) -> Value:
    terms = _numbers(node.terms, [whole(part, context) for part in parts], context)
    if "±" in node.signs or "∓" in node.signs:
        raise context.error("± stands for two formulas.", "plus-minus", node, "Write one with + or one with −.")
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


def _numbers(nodes: Sequence[syntax.Node], trees: list[Tree], context: Context) -> list[Tree]:
    """Terms or factors in which a vector's second letter, as b for u, is a number if all others are: b − 1, bσ²."""
    numbers = [_as_number(node, tree, context) for node, tree in zip(nodes, trees, strict=True)]
    found = [number for number in numbers if number is not None]
    return found if len(found) == len(trees) and any(tree.is_scalar for tree in trees) else trees


def _as_number(node: syntax.Node, tree: Tree, context: Context) -> Tree | None:
    """A scalar as it is; a plain letter that is only an alias of a vector, as the size it may also be; else None."""
    if tree.is_scalar:
        return tree
    if isinstance(node, syntax.Named) and isinstance(tree, Symbol) and tree.columns == ONE:
        spelling = node.spelling
        if len(spelling.letters) == 1 and spelling == Spelling(spelling.letters) and spelling.letters != tree.name:
            return context.vocabulary.sizes.get(spelling.letters) or Scalar(size(spelling.letters))
    return None


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
        else:
            chained.append((sign, value))
    return product(chained, context)


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


def _on_last(value: Value, change: Tree) -> Value:
    return Factors((*value.trees[:-1], change)) if isinstance(value, Factors) else change


def _last(value: Value) -> Tree:
    return value.trees[-1] if isinstance(value, Factors) else value


@meaning.register
def prime_meaning(node: syntax.Prime, parts: list[Value], context: Context) -> Value:
    base = _last(parts[0])
    if node.letter and isinstance(base, Scalar):
        exponent = context.vocabulary.lookup(node.letter)
        if exponent is not None and isinstance(exponent.tree, Scalar):
            return _on_last(parts[0], Scalar(power(base.value, exponent.tree.value, node, context)))
    if node.count > MOST_PRIMES:
        raise context.error(f"There are {node.count:,} primes here.", "too-deep", node, "One prime is a transpose.")
    for _ in range(node.count):
        base = Transpose(base)
    return _on_last(parts[0], base)


@meaning.register
def inverse_meaning(node: syntax.Inverse, parts: list[Value], context: Context) -> Value:
    return _on_last(parts[0], _inverted(_last(parts[0]), node, context))


def _inverted(base: Tree, node: syntax.Node, context: Context) -> Tree:
    return _reciprocal(base, node, context) if isinstance(base, Scalar) else Inverse(base)


@meaning.register
def power_meaning(node: syntax.Power, parts: list[Value], context: Context) -> Value:
    base, exponent = _last(parts[0]), whole(parts[1], context)
    if not isinstance(exponent, Scalar):
        raise context.error("An exponent is a scalar.", "unexpected", node.exponent)
    euler = isinstance(node.base, syntax.Named) and node.base.spelling == _EULER
    if euler and not (isinstance(base, Scalar) and exponent.value.is_Integer):
        return Scalar(sympy.exp(exponent.value))
    if isinstance(base, Scalar):
        return _on_last(parts[0], Scalar(power(base.value, exponent.value, node, context)))
    return _on_last(parts[0], _matrix_power(base, exponent.value, node, context))


_EULER = Spelling("e")


def _matrix_power(base: Tree, exponent: sympy.Expr, node: syntax.Node, context: Context) -> Tree:
    if not exponent.is_Integer or exponent == 0 or abs(int(exponent)) > MOST_MATRIX_POWER:  # pyright: ignore[reportArgumentType]
        raise context.error(f"A matrix can be raised to whole powers up to {MOST_MATRIX_POWER} only.", "unexpected",
                            node)  # fmt: skip
    times = int(exponent)  # pyright: ignore[reportArgumentType]
    factor = base if times > 0 else Inverse(base)
    if abs(times) == 1:
        return factor
    if factor.is_scalar:
        return scaled([factor] * (abs(times) - 1), factor)
    context.sizing.meet(factor.rows, factor.columns)
    return Product((context.sizing.filled(factor),) * abs(times))


@meaning.register
def root_meaning(node: syntax.Root, parts: list[Value], context: Context) -> Value:
    inner = whole(parts[0], context)
    degree = whole(parts[1], context) if len(parts) > 1 else Scalar(sympy.Integer(2))
    if not isinstance(inner, Scalar) or not isinstance(degree, Scalar):
        raise context.error("The root of a matrix cannot be read.", "unexpected", node)
    return Scalar(root(inner.value, degree.value, node, context))


@meaning.register
def bars_meaning(node: syntax.Bars, parts: list[Value], context: Context) -> Value:
    inner = whole(parts[0], context)
    return Scalar(sympy.Abs(inner.value)) if isinstance(inner, Scalar) else Determinant(inner)


@meaning.register
def call_meaning(node: syntax.Call, parts: list[Value], context: Context) -> Value:
    if dots := [argument for argument in node.arguments if isinstance(argument, syntax.Ellipsis)]:
        raise context.error("Dots cannot be completed here.", "ellipsis", dots[0], "Write every entry.")
    arguments = [whole(part, context) for part in parts]
    last = node.arguments[-1] if node.arguments else None
    if isinstance(last, syntax.Conditional):
        if node.function not in MOMENTS:
            raise context.error("Only a moment is given something else.", "conditional", last, "Write E(y | u).")
        # In Cov(a, b | u) both are given u.
        given = whole(elaborate(last.given, context), context)
        arguments[:-1] = [conditional(argument, (given,), last, context) for argument in arguments[:-1]]
    return call(node, arguments, context)


# Matrices


@meaning.register
def matrix_meaning(node: syntax.Matrix, parts: list[Value], context: Context) -> Value:
    if not node.rows:
        raise context.error("This matrix has no entries.", "empty-matrix", node)
    trees: dict[syntax.Node, Tree] = {
        cell: whole(value, context) for cell, value in zip(node.parts, parts, strict=True)
    }
    if has_dots(node):
        matrix = completed_matrix(node, trees, context)
    else:
        matrix = grid([[trees[cell] for cell in row] for row in node.rows], context)
    if node.sizes:
        matrix = sized(matrix, node, [trees[part] for part in node.sizes], context)
    return Determinant(matrix) if node.environment in {"vmatrix", "Vmatrix"} else matrix


@meaning.register
def list_meaning(node: syntax.Listed, parts: list[Value], context: Context) -> Value:
    items = [whole(part, context) for part in parts]
    if any(isinstance(item, syntax.Ellipsis) for item in node.items):
        return completed_list(node, items, context)
    return grid([items], context)
