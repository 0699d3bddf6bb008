"""One law written in two ways, y ~ (Xβ, V) = (Xβ, ZGZ' + R): two statements on one subject."""

from __future__ import annotations

from collections.abc import Sequence

from tutor.notation.parsing.families import FAMILIES, family
from tutor.notation.parsing.lists import letters_of, outside_brackets
from tutor.notation.parsing.manners import manner
from tutor.notation.parsing.token import CLOSED, OPEN, RELATIONS, Token

_MOST_LAWS = 10
"""Ways in which one law is written."""

_BRACKETS = frozenset({"LPAR", "LSQB"})
_IS_SAME = frozenset({"=", "≡"})


def with_laws_apart(tokens: Sequence[Token]) -> Sequence[Token]:
    """The tokens with the subject and its ~ once more for each further way of writing its law.

    The ways are alike: each names its family, or none does, and gives as many arguments. Anything else behind = stays
    where it is, and cannot be read.
    """
    if not any(token.type == "SIM" for token in tokens):
        return tokens
    result: list[Token] = []
    is_listed = False  # whether a comma stands before the subject, and no statement before that
    first = at = laws = 0  # where the statement begins in the result, where we are, and the ways that were seen
    while at < len(tokens):
        token = tokens[at]
        result.append(token)
        at += 1
        if token.type == "SEP":
            is_listed = token.is_comma and not any(before.type in RELATIONS for before in result[first:])
            first, laws = len(result), 0
        if token.type != "SIM" or laws or is_listed:  # u_1, u_2 ~ has two subjects
            continue
        while at < len(tokens) and manner(letters_of(tokens[at])):
            result.append(tokens[at])
            at += 1
        subject = _subject(result[first:])
        law = _law(tokens, at)
        while law is not None and laws < _MOST_LAWS:
            end, *kind = law
            result += tokens[at:end]
            at, laws = end, laws + 1
            other = _law(tokens, at + 1) if at < len(tokens) and str(tokens[at].value) in _IS_SAME else None
            if other is None or other[1:] != tuple(kind):
                break
            result += [Token("SEP", ",", tokens[at].start, tokens[at].end), *subject]
            at, law = at + 1, other
    return result


def _subject(statement: Sequence[Token]) -> Sequence[Token]:
    """What has the law, with its ~: of F = MS_A/MS_E ~ only the F."""
    outer = outside_brackets(statement)
    first = next((at for at in outer if statement[at].type in {"REL", "DEFINES", "GIVEN"}), None)
    if first is None or statement[first].type == "GIVEN":
        return statement
    sign = next(at for at in outer if statement[at].type == "SIM")
    return [*statement[:first], *statement[sign:]]


def _law(tokens: Sequence[Token], at: int) -> tuple[int, bool, int] | None:
    """Where a family with its arguments, or brackets of a mean and a variance, end, whether the family is named, and
    how many arguments there are; None where none stands."""
    is_named = at + 1 < len(tokens) and family(letters_of(tokens[at])) in FAMILIES and tokens[at + 1].type in _BRACKETS
    opening = at + is_named
    if opening >= len(tokens) or tokens[opening].type not in _BRACKETS:
        return None
    depth, arguments = 0, 1
    for place in range(opening, len(tokens)):
        type_ = tokens[place].type
        depth += (type_ in OPEN) - (type_ in CLOSED)
        arguments += depth == 1 and type_ == "COMMA"
        if depth == 0:
            return (place + 1, is_named, arguments) if is_named or arguments == 2 else None
    return None
