"""The sums and fractions of numbers in a text as they were written, before SymPy joins terms or cancels factors."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import suppress
from dataclasses import dataclass
from itertools import islice

import sympy

from tutor.algebra.nodes import Scalar
from tutor.errors import TutorError
from tutor.notation.meaning import state  # noqa: F401  (registers what each kind of node means)
from tutor.notation.meaning.context import Context
from tutor.notation.meaning.customs import by_custom
from tutor.notation.meaning.elaborate import elaborate
from tutor.notation.meaning.usage import Usage
from tutor.notation.parsing import syntax
from tutor.notation.parsing.characters import clean
from tutor.notation.parsing.drawn import on_one_line
from tutor.notation.parsing.parse import Parse
from tutor.notation.vocabulary import Vocabulary

MOST_NODES = 300
"""Nodes of syntax that are looked at."""


@dataclass(frozen=True, slots=True)
class Written:
    """``sums`` are the terms of each sum of numbers, with their signs; ``fractions`` what stands above and below each
    line; ``has_sum_of_fractions`` says whether a term of a sum is divided."""

    sums: tuple[tuple[sympy.Expr, ...], ...] = ()
    fractions: tuple[tuple[sympy.Expr, sympy.Expr], ...] = ()
    has_sum_of_fractions: bool = False


def as_written(text: str, vocabulary: Vocabulary) -> Written:
    """The sums and fractions of numbers in the last side of a text; none of what is in an exponent or an argument, and
    nothing of a text that cannot be read.

    >>> from tutor import lecture_vocabulary
    >>> as_written(r"\\frac{2\\sigma^2}{4} + \\mu - \\mu", lecture_vocabulary())
    Written(sums=((sigma2/2, mu, -mu),), fractions=((2*sigma2, 4),), has_sum_of_fractions=True)
    """
    with suppress(TutorError):
        cleaned = clean(on_one_line(text))
        statements = Parse(cleaned).display(0, len(cleaned)).statements
        if len(statements) == 1:
            last = statements[0].sides[-1] if isinstance(statements[0], syntax.Relation) else statements[0]
            usage = Usage(cleaned, last)
            return _of_side(last, Context(cleaned, usage, by_custom(vocabulary, usage)))
    return Written()


def _of_side(side: syntax.Node, context: Context) -> Written:
    sums: list[tuple[sympy.Expr, ...]] = []
    fractions: list[tuple[sympy.Expr, sympy.Expr]] = []
    has_sum_of_fractions = False
    for node in islice(_shown(side), MOST_NODES):
        if isinstance(node, syntax.Sum):
            terms = _numbers(node.terms, context)
            if terms:
                sums.append(tuple(-x if sign == "-" else x for sign, x in zip(node.signs, terms, strict=True)))
                has_sum_of_fractions = has_sum_of_fractions or any(_is_divided(part) for part in _shown(node))
        elif isinstance(node, syntax.Fraction):
            fractions += _fraction([node.above], [node.below], context)
        elif isinstance(node, syntax.Chain) and "/" in node.signs:
            above = [factor for sign, factor in zip(node.signs, node.factors, strict=True) if sign != "/"]
            below = [factor for sign, factor in zip(node.signs, node.factors, strict=True) if sign == "/"]
            fractions += _fraction(above, below, context)
    return Written(tuple(sums), tuple(fractions), has_sum_of_fractions)


def _shown(node: syntax.Node) -> Iterator[syntax.Node]:
    """A node and those below it, none of an exponent, an argument or a subscript."""
    pending = [node]
    while pending:
        node = pending.pop()
        yield node
        if isinstance(node, syntax.Power):
            pending.append(node.base)
        elif not isinstance(node, syntax.Call | syntax.Named):
            pending += reversed(node.parts)


def _is_divided(node: syntax.Node) -> bool:
    return isinstance(node, syntax.Fraction | syntax.Inverse) or (isinstance(node, syntax.Chain) and "/" in node.signs)


def _fraction(
    above: list[syntax.Node], below: list[syntax.Node], context: Context
) -> list[tuple[sympy.Expr, sympy.Expr]]:
    upper, lower = _numbers(above, context), _numbers(below, context)
    return [(sympy.Mul(*upper), sympy.Mul(*lower))] if upper and lower else []


def _numbers(nodes: Iterable[syntax.Node], context: Context) -> tuple[sympy.Expr, ...]:
    """The values of pieces that are all numbers; () where one is a matrix, or has no meaning by itself."""
    values: list[sympy.Expr] = []
    for node in nodes:
        try:
            tree = elaborate(node, context)
        except TutorError:
            return ()
        if not isinstance(tree, Scalar):
            return ()
        values.append(tree.value)
    return tuple(values)
