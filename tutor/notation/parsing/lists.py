"""Commas that part the items of a list, and no statements: y | u, w ~ … and u_1, …, u_b ~ N(0, σ²)."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from tutor.notation.parsing.token import CLOSED, OPEN, RELATIONS, Spelling, Token

_NAMED = frozenset({"NAME", "CARET", "NUMBER", "LBRACE", "RBRACE", "SEP"})
"""The terminals of names, σ² among them, and of what parts them."""


def with_lists(tokens: Sequence[Token]) -> list[Token]:
    """Commas that part no statements: of y | u, w ~ …, and of a list with dots, 0, 1, 2, … or y = 1/N, …, N/N."""
    result = list(tokens)
    segment: list[int] = []
    opens = True
    for at in [*outside_brackets(tokens), len(tokens)]:
        token = tokens[at] if at < len(tokens) else None
        if token is None or token.type in RELATIONS or (token.type == "SEP" and not token.is_comma):
            for comma in _commas_of_list(tokens, segment, token, opens):
                result[comma] = Token("COMMA", ",", tokens[comma].start, tokens[comma].end)
            segment = []
            opens = token is not None and token.type == "SEP"
        else:
            segment.append(at)
    return result


def _commas_of_list(tokens: Sequence[Token], segment: Sequence[int], behind: Token | None, opens: bool) -> list[int]:
    """The commas between items among tokens that hold no relation and stand before ``behind``.

    ``opens`` says whether they are the first of a statement: of u_j, v_k ~ N(0, σ²) both are distributed so.
    """
    types = [tokens[at].type for at in segment]
    commas = [place for place, at in enumerate(segment) if tokens[at].is_comma]
    if behind is not None and behind.type == "SIM" and "GIVEN" in types:
        bar = types.index("GIVEN")
        are_all = opens and set(types[:bar]) <= _NAMED  # α_j, β_j | τ ~ …
        return [segment[place] for place in commas if place > bar or (are_all and tokens[segment[place]].value == ",")]
    if opens and types.count("GIVEN") == 1 and (behind is None or behind.type == "SEP"):
        named = set(types[types.index("GIVEN") + 1 :]) <= _NAMED
        return [segment[place] for place in commas if place > types.index("GIVEN")] if named else []
    if behind is not None and behind.type == "SIM" and opens:
        return [segment[place] for place in commas if tokens[segment[place]].value == ","]
    if behind is not None and behind.type == "SIM":
        return [segment[place] for place in _commas_of_row([tokens[at] for at in segment])]
    dots = [place + 1 for place in commas if types[place + 1 : place + 2] == ["ELLIPSIS"]]
    if not dots:
        return []
    last = dots[-1]
    after = [place for place in commas if place > last]
    # What stands after the dots is the end of the list, or the left side of the next statement.
    runs_on = behind is not None and behind.type in RELATIONS and len(after) == 1
    ended = after[:1] if after and after[0] == last + 1 and after[0] + 1 < len(types) and not runs_on else []
    return [segment[place] for place in (*(place for place in commas if place < last), *ended)]


def _commas_of_row(tokens: Sequence[Token]) -> list[int]:
    """The places of the commas of u_1, …, u_b at the end of tokens that start with the end of another statement."""
    ends = [len(tokens), *(at for at in range(len(tokens) - 1, -1, -1) if tokens[at].is_comma)]
    commas: list[int] = []
    letters, dots = "", False
    for end, comma in pairwise(ends):
        item = tokens[comma + 1 : end]
        is_gap = [token.type for token in item] == ["ELLIPSIS"]
        if not is_gap and not (len(item) == 1 and (letters or letters_of(item[0])) == letters_of(item[0])):
            break
        letters, dots = letters or letters_of(item[0]), dots or is_gap
        commas.append(comma)
    return commas[:-1] if dots else []


def outside_brackets(tokens: Sequence[Token]) -> list[int]:
    """The places of the tokens that stand in no bracket."""
    places, depth = [], 0
    for at, token in enumerate(tokens):
        depth -= token.type in CLOSED
        if depth == 0:
            places.append(at)
        depth += token.type in OPEN
    return places


def spelling_of(token: Token) -> Spelling:
    """The spelling of a token of a name or a function."""
    value = token.value
    if isinstance(value, tuple):
        value = value[1]
    spelling = getattr(value, "spelling", value)
    return spelling if isinstance(spelling, Spelling) else Spelling(str(value))


def letters_of(token: Token) -> str:
    """The letters of a name or a function; none of any other token."""
    return spelling_of(token).letters if token.type in {"NAME", "FUNCTION"} else ""
