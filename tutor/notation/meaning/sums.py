"""Sums and products: terms that meet, scalars ahead of matrices, and letters that are numbers beside numbers."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import sympy

from tutor.algebra.applied import Applied
from tutor.algebra.nodes import Inverse, Kronecker, Scalar, Scaled, Sum, Zero
from tutor.algebra.single import sum_or_term
from tutor.algebra.sizes import ONE, size
from tutor.algebra.tree import Tree
from tutor.notation.meaning.arithmetic import number
from tutor.notation.meaning.assembled import added_numbers, negative_number
from tutor.notation.meaning.broadcasting import added_to_each, with_intercept
from tutor.notation.meaning.called import called
from tutor.notation.meaning.combine import fitted, is_nought, product
from tutor.notation.meaning.context import Context
from tutor.notation.meaning.counted_factors import is_dotted, with_counted_factors
from tutor.notation.meaning.counted_terms import MOST_TERMS, counted
from tutor.notation.meaning.elaborate import Factors, Value, is_infinite, is_one, meaning, ones, reciprocal_of, whole
from tutor.notation.meaning.evaluated import check_reach
from tutor.notation.meaning.glued import lowered
from tutor.notation.meaning.numbers import as_size
from tutor.notation.meaning.patterns import ambiguous
from tutor.notation.meaning.sequence import run
from tutor.notation.parsing import syntax
from tutor.notation.parsing.other_programs import DIVISION, divides_by_matrices
from tutor.notation.parsing.token import Span, Spelling

BY_INVERSE = "Multiply by its inverse."

_TERMS = "Write the first two terms, dots, and the last one, or the sum with its limits."

_MINUS_ONE = Scalar(sympy.Integer(-1))


_EFFECTS_OF_UNIT = frozenset({"a", "b", "u", "alpha"})
"""Letters of the one effect that all observations of a unit have."""


@meaning.register
def sum_meaning(node: syntax.Sum, parts: list[Value], context: Context) -> Value:
    _check_conditions(node.terms, context)
    check_reach(node.terms, context)
    trees = [whole(part, context) for part in parts]
    if any(isinstance(term, syntax.Ellipsis) for term in node.terms):
        node, trees = _completed(node, trees, context)
    terms = _numbers(node.terms, trees, context)
    if "±" in node.signs or "∓" in node.signs:
        return _interval(node, terms, context)
    if len(terms) > 1 and any(map(is_infinite, terms)):
        raise context.error("Infinity is no number to calculate with.", "infinity", node, "Let it stand alone.")
    if all(isinstance(term, Scalar) for term in terms):
        values = [term.value for term in terms if isinstance(term, Scalar)]
        signed = zip(node.signs, values, strict=True)
        return Scalar(added_numbers([value if sign == "+" else negative_number(value) for sign, value in signed]))
    terms = fitted(with_intercept(node.terms, added_to_each(terms, context), context), context)
    leading = isinstance(node.terms[0], (syntax.Chain, syntax.Kronecker))
    signed_terms = [
        term if sign == "+" else _negative(term, leading and at == 0)
        for at, (sign, term) in enumerate(zip(node.signs, terms, strict=True))
    ]
    return sum_or_term(signed_terms)


def _completed(node: syntax.Sum, trees: list[Tree], context: Context) -> tuple[syntax.Sum, list[Tree]]:
    r"""A sum with the terms around its dots as one term, y_1 + y_2 + \dots + y_n as the sum of y_i over i; each dots go
    on from the terms behind the dots before them.

    Raises ReadError "ellipsis" where the terms do not tell how they go on.
    """
    first = 0
    while (gap := _gap(node, first)) is not None:
        node, trees = _without_gap(node, trees, first, gap, context)
        first = next(at for at, term in enumerate(node.terms) if at >= first and isinstance(term, syntax.Ellipsis)) + 1
    return node, trees


def _gap(node: syntax.Sum, first: int) -> int | None:
    """Where the next dots stand, from a term on; dots that have a meaning by now stand before it."""
    return next((at for at in range(first, len(node.terms)) if isinstance(node.terms[at], syntax.Ellipsis)), None)


def _without_gap(
    node: syntax.Sum, trees: list[Tree], first: int, gap: int, context: Context
) -> tuple[syntax.Sum, list[Tree]]:
    """The sum in which the terms from the first on up to the one behind the dots are one, in the place of the dots."""
    if gap + 1 == len(trees):
        raise ambiguous(node.terms[gap], context, "The sum has no last term.", "Write it after the dots, as y_n.")
    written = _settled([*trees[:gap], *trees[gap + 1 :]], context)
    trees = [*written[:gap], trees[gap], *written[gap:]]
    before = trees[first:gap]
    found = counted(before, trees[gap + 1], context.vocabulary)
    numbers = [tree.value for tree in (*before, trees[gap + 1]) if isinstance(tree, Scalar)]
    are_numbers = len(numbers) == len(before) + 1
    series = run(numbers[:-1], numbers[-1:], context.vocabulary) if found is None and are_numbers else None
    if series is not None and series.length is not None and series.length.is_Integer and series.length <= MOST_TERMS:  # pyright: ignore[reportOperatorIssue]
        length = int(series.length)  # pyright: ignore[reportArgumentType]
        told, ahead = Scalar(sympy.Add(*map(series.value, range(length)))), first
    elif found is not None:
        told, ahead = found.joined("sum"), gap - found.used
    else:
        raise ambiguous(node.terms[gap], context, "The terms beside the dots do not tell how they go on.", _TERMS)
    if len(set(node.signs[ahead : gap + 2])) > 1:
        raise ambiguous(node.terms[gap], context, "The signs beside the dots are not the same.", _TERMS)
    signs = (*node.signs[:ahead], node.signs[gap], *node.signs[gap + 2 :])
    terms = (*node.terms[:ahead], node.terms[gap], *node.terms[gap + 2 :])
    return replace(node, signs=signs, terms=terms), [*trees[:ahead], told, *trees[gap + 2 :]]


def _settled(terms: list[Tree], context: Context) -> list[Tree]:
    """The terms of a sum at the size that they have together: a name that counts goes on as one of that size."""
    if all(isinstance(term, Scalar) for term in terms):
        return terms
    sizing = context.sizing
    terms = [sizing.filled(term) for term in fitted(terms, context)]
    for hole in {hole for term in terms for hole in sizing.open_in(term) if hole in sizing.defaults}:
        sizing.meet(hole, sizing.defaults[hole])
    return [sizing.filled(term) for term in terms]


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


def _as_count(node: syntax.Node, context: Context) -> Tree | None:
    """Plain letters by which is divided, as sizes: re, the number of replicates times that of environments."""
    if not (context.vocabulary.takes_new_names or context.vocabulary.sizes):
        return None
    if isinstance(node, syntax.Group):
        return _as_count(node.inner, context)
    if isinstance(node, syntax.Chain) and set(node.signs) <= {"", "*"}:
        counts = [_as_count(factor, context) for factor in node.factors]
        values = [count.value for count in counts if isinstance(count, Scalar)]
        return Scalar(sympy.Mul(*values)) if len(values) == len(counts) else None
    if isinstance(node, syntax.Number):
        return Scalar(number(node, context))
    if not isinstance(node, syntax.Named):
        return None
    letters = node.spelling.letters
    if not letters.isalpha() or not letters.islower() or node.spelling != Spelling(letters, run=len(letters) > 1):
        return None
    if len(letters) >= 5:
        return None
    if context.vocabulary.takes_new_names:
        return Scalar(sympy.Mul(*map(size, letters)))
    counts = [context.vocabulary.sizes.get(letter) for letter in letters]
    values = [count.value for count in counts if isinstance(count, Scalar)]
    return Scalar(sympy.Mul(*values)) if len(values) == len(letters) else None


def _negative(term: Tree, into_scalar: bool) -> Tree:
    """−A; as in Python a leading minus joins the number before the matrix, so that −2A is (−2)A."""
    if isinstance(term, Scalar):
        return Scalar(negative_number(term.value))
    if into_scalar and isinstance(term, Scaled) and isinstance(term.scalar, Scalar):
        return Scaled(Scalar(-term.scalar.value), term.tree)
    return Scaled(_MINUS_ONE, term)


@meaning.register
def chain_meaning(node: syntax.Chain, parts: list[Value], context: Context) -> Value:
    check_reach(node.factors, context)
    chained: list[tuple[str, Tree]] = []
    parts = _with_counts(node.factors, _with_lowered(node, parts, context), context)
    if not any(isinstance(part, Factors) for part in parts):
        parts = list(_numbers(node.factors, [whole(part, context) for part in parts], context))
    every = zip(node.signs, node.factors, (None, *node.factors), parts, strict=False)
    for at, (sign, factor, previous, value) in enumerate(every):
        if sign == "" and isinstance(factor, syntax.Number) and isinstance(previous, syntax.Number):
            raise context.error("Two numbers stand side by side.", "unexpected", factor, "Is a sign missing?")
        if sign == "/":
            if _is_function(node, at, parts, chained, context):
                chained.append(("/", whole(value, context)))  # what is divided by is its value, 1/V(μ)
                continue
            divisor = _as_number(factor, whole(value, context), context) or _as_count(factor, context)
            if divisor is not None:
                chained.append(("/", reciprocal_of(divisor, factor, context)))
                continue
            tree = whole(value, context)
            if tree.rows != tree.columns or not divides_by_matrices(context.text):
                raise context.error("One cannot divide by a matrix.", DIVISION, factor, BY_INVERSE)
            chained.append(("*", Inverse(tree)))
        elif sign == "" and is_one(factor) and _is_vector_of_ones(at, node, parts, chained, context):
            chained.append(("", ones(factor, context)))
        elif isinstance(value, Factors):
            chained.extend(("", tree) for tree in value.trees)
        elif (function := called(previous, factor, sign, value, chained, context)) is not None:
            divides = chained[-1][0] == "/"
            chained[-1] = (chained[-1][0], reciprocal_of(function, factor, context) if divides else function)
        elif is_nought(value) and chained and not chained[-1][1].is_scalar:
            # Z 0: zeros of the shape that fits
            place = Span(factor.start, factor.end)
            chained.append((sign, Zero(context.hole(place, may_be_one=True), context.hole(place, may_be_one=True))))
        else:
            _check_conditions((factor,), context)
            chained.append((sign, value))
    if is_dotted(node):
        chained = with_counted_factors(node, chained, context)
    return product(chained, context)


def _is_function(
    node: syntax.Chain, at: int, parts: Sequence[Value], before: Sequence[tuple[str, Tree]], context: Context
) -> bool:
    """Whether a matrix by which is divided is a function of what stands in brackets behind it."""
    tree = whole(parts[at], context)
    if tree.is_scalar or at + 1 == len(parts) or node.signs[at + 1]:
        return False
    brackets, value = node.factors[at + 1], parts[at + 1]
    return called(node.factors[at], brackets, "", value, [*before, ("/", tree)], context) is not None


def _is_vector_of_ones(
    at: int, node: syntax.Chain, parts: Sequence[Value], before: Sequence[tuple[str, Tree]], context: Context
) -> bool:  # fmt: skip
    """Whether a 1 is no number, which would leave all as it is: it stands behind a matrix, V^-1 1, or ahead of a row,
    1 1'."""
    if before and not before[-1][1].is_scalar:
        return True
    ahead = node.factors[at - 1] if at else None
    if isinstance(ahead, syntax.Named) and ahead.spelling.letters == "mu" and context.vocabulary.takes_new_names:
        return True  # μ1
    behind = [part for part in parts[at + 1 :] if isinstance(part, Tree) and not part.is_scalar]
    joined = len(node.factors) > at + 1 and node.signs[at + 1] == ""
    following = node.factors[at + 1] if joined else None
    if isinstance(following, syntax.Named) and not before:
        spelling = following.spelling
        is_common = spelling.letters in {"mu", "beta"} and not spelling.subscript and not spelling.accent
        is_number = is_common and context.vocabulary.takes_new_names and whole(parts[at + 1], context).is_scalar
        if is_number or spelling == Spelling("mu"):
            return True  # 1μ: nobody sets a number 1 before what it multiplies
    if isinstance(following, syntax.Named) and not before and context.vocabulary.takes_new_names:
        spelling = following.spelling
        is_effect = (
            spelling.letters in _EFFECTS_OF_UNIT and len(spelling.subscript) == 1 and spelling.subscript.isalpha()
        )
        if is_effect and not spelling.bold:
            return True  # 1 b_i
    return joined and bool(behind) and behind[0].rows == ONE and behind[-1].columns != ONE


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


def _check_conditions(nodes: Sequence[syntax.Node], context: Context) -> None:
    """Raise ReadError "conditional" where y | u stands among the terms or factors of a formula."""
    for node in nodes:
        if isinstance(node, syntax.Conditional):
            raise context.error("What is given something else is no number to calculate with.", "conditional", node,
                                "Write its moment, as E(y | u).")  # fmt: skip


def _with_lowered(node: syntax.Chain, parts: list[Value], context: Context) -> list[Value]:
    r"""The factors with \sigma^2u read as σ²_u; nothing is left where the u stood."""
    for at in range(1, len(parts)):
        part = parts[at]
        trees = part.trees if isinstance(part, Factors) else (part,)
        joined = bool(trees) and node.signs[at] == ""
        told = lowered(node.factors[at - 1], node.factors[at], trees[0], context) if joined else None
        if told is not None:
            parts = [*parts[: at - 1], told, Factors(trees[1:]), *parts[at + 1 :]]
    return parts


@meaning.register
def kronecker_meaning(node: syntax.Kronecker, parts: list[Value], context: Context) -> Value:
    return Kronecker(tuple(whole(part, context) for part in parts))


@meaning.register
def negated_meaning(node: syntax.Negated, parts: list[Value], context: Context) -> Value:
    return _negative(whole(parts[0], context), True)


@meaning.register
def fraction_meaning(node: syntax.Fraction, parts: list[Value], context: Context) -> Value:
    above, below = whole(parts[0], context), _as_number(node.below, whole(parts[1], context), context)
    below = below or _as_count(node.below, context)
    if below is None:
        raise context.error("One cannot divide by a matrix.", DIVISION, node.below, BY_INVERSE)
    divisor = reciprocal_of(below, node.below, context)
    if isinstance(above, Scalar) and above.value == 1:
        return divisor
    return product([("", above), ("/", divisor)], context)
