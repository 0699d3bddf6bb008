"""Statements with dots between them, u_1 ~ N(0, σ²_1), …, u_r ~ N(0, σ²_r): the general one, and the range of its
index."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from itertools import islice

from tutor.algebra.applied import Applied, at_index
from tutor.algebra.tree import Tree
from tutor.notation.meaning.context import Context
from tutor.notation.meaning.counted_terms import Counted, counted
from tutor.notation.meaning.patterns import ambiguous
from tutor.notation.parsing.syntax import Ellipsis, Node
from tutor.notation.statement import Distribution, Equation, Range, Statement

_TIP = "Write the general one and its index, as u_i \\sim N(0, \\sigma^2_i), i = 1, \\dots, r."


def without_dots(nodes: Sequence[Node]) -> list[Node]:
    """The statements of a display that are more than dots."""
    return [node for node in nodes if not isinstance(node, Ellipsis)]


def with_general_statements(parts: Sequence[Statement], nodes: Sequence[Node], context: Context) -> Sequence[Statement]:
    """The statements of a display, ``nodes``, with a general one and its range in place of those around dots.

    Raises
    ------
    ReadError
        "ellipsis", where the statements do not tell how they go on.
    """
    if len(parts) == len(nodes):
        return parts
    told: list[Statement] = []
    rest = iter(parts)
    dots: Ellipsis | None = None
    for node in nodes:
        if isinstance(node, Ellipsis):
            dots = node
        elif dots is not None:
            told, dots = _with_general_statement(told, dots, next(rest), context), None
        else:
            told.append(next(rest))
    if dots is not None:
        raise context.error("Dots cannot be completed here.", "ellipsis", dots, _TIP)
    return told


def _with_general_statement(
    parts: Sequence[Statement], dots: Ellipsis, last: Statement, context: Context
) -> list[Statement]:
    """The statements before the dots, with the general one and its range in place of those that the last one ends."""
    first = len(parts)
    while first and _is_like(parts[first - 1], last):
        first -= 1
    ahead = [_whole(part) for part in parts[first:]]
    told = counted(ahead, _whole(last), context.vocabulary) if ahead else None
    if told is None:
        raise ambiguous(dots, context, "The statements beside the dots do not tell how they go on.", _TIP)
    before = list(parts[: len(parts) - told.used])
    start = parts[len(before)].start
    index, body = _with_free_index(told, context.text)
    general = _rebuilt(last, body.parts, start)
    return [*before, general, Range(index, told.first, told.last, start, last.end)]


def _is_like(part: Statement, last: Statement) -> bool:
    """Whether a statement may be one of those that the last one ends."""
    if isinstance(part, Equation) and isinstance(last, Equation):
        counts = ([len(term.factors) for term in one.terms] for one in (part, last))
        return len(part.sides) == len(last.sides) and part.gap is last.gap is None and next(counts) == next(counts)
    if not (isinstance(part, Distribution) and isinstance(last, Distribution)):
        return False
    return _manner(part) == _manner(last)


def _manner(part: Distribution) -> tuple[object, ...]:
    return (
        part.family,
        len(part.arguments),
        len(part.given),
        part.below,
        part.is_denied,
        part.manner,
        part.subject is None,
    )


def _whole(part: Statement) -> Tree:
    """All trees of a statement in one."""
    if isinstance(part, Equation):
        return Applied("statement", (*part.sides, *(factor for term in part.terms for factor in term.factors)))
    assert isinstance(part, Distribution)
    subject = () if part.subject is None else (part.subject,)
    return Applied("statement", (*subject, *part.given, *part.arguments))


def _rebuilt(part: Statement, trees: Sequence[Tree], start: int) -> Statement:
    """A statement with other trees in the order of `_whole`."""
    if isinstance(part, Equation):
        rest = iter(trees[len(part.sides) :])
        terms = tuple(replace(term, factors=tuple(islice(rest, len(term.factors)))) for term in part.terms)
        return replace(part, sides=tuple(trees[: len(part.sides)]), terms=terms, start=start)
    assert isinstance(part, Distribution)
    ahead = part.subject is not None
    behind = ahead + len(part.given)
    subject = trees[0] if ahead else None
    given, arguments = tuple(trees[ahead:behind]), tuple(trees[behind:])
    return replace(part, subject=subject, given=given, arguments=arguments, start=start)


def _with_free_index(told: Counted, text: str) -> tuple[str, Tree]:
    """The index and the general statement, with another letter where the text has this one below a name."""
    taken = set(re.findall(r"(?<![A-Za-z\\])[a-z](?![A-Za-z])", text))
    taken.update(*re.findall(r"_\s*\{?([a-z]{1,4})(?![A-Za-z])", text))
    index = next((letter for letter in (told.index, *"ijklmh") if letter not in taken), told.index)
    return index, told.body if index == told.index else at_index(told.body, told.index, index)
