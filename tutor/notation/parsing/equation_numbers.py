r"""Wide blanks between statements, and the numbers of equations that stand behind them: y = Xβ \quad (4.1)."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from tutor.notation.parsing.lists import outside_brackets, spelling_of
from tutor.notation.parsing.spelling import WIDE_BLANK
from tutor.notation.parsing.token import RELATIONS, Token

CONTINUES = frozenset(
    {"REL", "DEFINES", "SIM", "IN", "COLON", "PLUS", "PLUSMINUS", "TIMES", "KRON", "HADAMARD", "OPLUS", "PERCENT"}
)
"""Terminals before which no statement begins."""

_EQUATION_NUMBERS = (["LPAR", "NUMBER", "RPAR"], ["LPAR", "NUMBER", "NAME", "RPAR"])
"""(4.1) and (27a)."""

_CLOSES_TERM = frozenset({"NAME", "RPAR", "RSQB", "PRIME", "INVERSE", "MATRIX", "RBRACE"})


def without_wide_blanks(tokens: Sequence[Token]) -> list[Token]:
    """The tokens of one expression, in which a wide blank parts nothing."""
    return [token for token in tokens if not _is_wide_blank(token)]


def without_blanks(tokens: Sequence[Token]) -> list[Token]:
    r"""The tokens with those wide blanks as separators that part two relations, y = 3 \quad σ² = 2, or two letters of
    numbers, a \quad b; the number of an equation that stands behind one is left out."""
    blanks = [at for at, token in enumerate(tokens) if _is_wide_blank(token)]
    if not blanks:
        return list(tokens)
    parts, result = [0, *(at + 1 for at in blanks), len(tokens) + 1], []
    for start, end in pairwise(parts):
        part = list(tokens[start : end - 1])
        if result and _is_equation_number(part) and _has_relation(result):
            continue
        end_of_first = next((at for at, token in enumerate(part) if token.type == "SEP"), len(part))
        is_parted = _parts_numbers(result, part) or (_has_relation(result) and _has_relation(part[:end_of_first]))
        if result and part and is_parted and part[0].type not in CONTINUES:
            result.append(Token("SEP", ",", part[0].start, part[0].start))
        result += part
    return result


def _is_equation_number(tokens: Sequence[Token]) -> bool:
    """Whether tokens are the number of an equation, behind which its display may end."""
    types = [token.type for token in tokens]
    while types[-1:] == ["SEP"]:
        types.pop()
    return types in _EQUATION_NUMBERS


def without_equation_number(tokens: list[Token]) -> list[Token]:
    """The tokens without the number of the equation that stands behind its last comma or full stop."""
    last = len(tokens)
    while last and tokens[last - 1].type == "SEP":
        last -= 1
    first = next((at for at in range(last - 1, max(last - 6, 0), -1) if tokens[at].type == "SEP"), 0)
    is_number = first and _is_equation_number(tokens[first + 1 : last])
    if not is_number:
        first = next((at for at in (last - 3, last - 4) if at > 0 and _stands_apart(tokens[at - 1 : last])), 0)
        is_number = first > 0
    return tokens[:first] if is_number and any(token.type in RELATIONS for token in tokens[:first]) else tokens


def _stands_apart(tokens: Sequence[Token]) -> bool:
    """Whether behind a name or a bracket, with a blank before it, the number of an equation stands: Xβ (7). Nobody
    multiplies by a number in brackets from behind."""
    before, *number = tokens
    if before.type not in _CLOSES_TERM or before.end == number[0].start:
        return False
    return _is_equation_number(number) and str(number[1].value).replace(".", "", 1).isdigit()


def _parts_numbers(before: Sequence[Token], behind: Sequence[Token]) -> bool:
    """Whether letters of numbers stand on both sides of a wide blank: no one multiplies so."""
    named = next((token for token in reversed(before) if token.type == "NAME"), None)
    is_name = bool(before and behind) and behind[0].type == "NAME" and before[-1].type in {"NAME", "NUMBER", "RBRACE"}
    return named is not None and is_name and _is_of_number(named) and _is_of_number(behind[0])


def _is_of_number(token: Token) -> bool:
    spelling = spelling_of(token)
    return not spelling.bold and (len(spelling.letters) > 1 or spelling.letters.islower())


def _has_relation(tokens: Sequence[Token]) -> bool:
    """Whether a relation stands among the last tokens without a separator, outside of brackets."""
    last = next((at for at in range(len(tokens) - 1, -1, -1) if tokens[at].type == "SEP"), -1)
    return any(tokens[last + 1 + at].type in RELATIONS for at in outside_brackets(tokens[last + 1 :]))


def _is_wide_blank(token: Token) -> bool:
    return token.type == "SEP" and token.value == WIDE_BLANK
