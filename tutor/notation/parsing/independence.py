"""What is said to be independent: u and ε "are independent", as u ⊥ ε."""

from __future__ import annotations

from collections.abc import Sequence

from tutor.notation.parsing.manners import BESIDES, in_manner
from tutor.notation.parsing.scanner import INDEPENDENT
from tutor.notation.parsing.spelling import ARE_INDEPENDENT
from tutor.notation.parsing.token import CLOSED, OPEN, RELATIONS, Token


def with_independence(tokens: Sequence[Token]) -> list[Token]:
    """The tokens with u and ε "are independent" as u ⊥ ε; behind a distribution its sign says so."""
    result: list[Token] = []
    for token in tokens:
        if token.value == INDEPENDENT and result and result[-1].type in {"RPAR", "SEP"} and _ends_distribution(result):
            _mark_last(result)  # u ~ N(0, G) independent of ε ~ N(0, R)
            token = Token("SEP", ",", token.start, token.end)
        if token.type == "SEP" and token.value == ARE_INDEPENDENT:
            while result and result[-1].type == "SEP":
                result.pop()
            if not _relate_names(result):
                _mark_last(result)
        result.append(token)
    return result


def _ends_distribution(tokens: Sequence[Token]) -> bool:
    """Whether the last statement of the tokens is a distribution with its arguments."""
    depth, told = 0, False
    for token in reversed(tokens):
        depth += (token.type in CLOSED) - (token.type in OPEN)
        if depth == 0 and token.type in {"SEP", *RELATIONS} and (told or token.type != "SEP"):
            return token.type == "SIM"
        told = told or token.type != "SEP"
    return False


def _mark_last(tokens: list[Token]) -> None:
    """Say of the distribution at the end of the tokens, if there is one, that it is independent of what is said."""
    depth = 0
    for at in range(len(tokens) - 1, -1, -1):
        depth += (tokens[at].type in CLOSED) - (tokens[at].type in OPEN)
        if depth == 0 and tokens[at].type == "SIM":
            tokens[at] = in_manner(tokens[at], BESIDES)
        if depth == 0 and tokens[at].type in {"SEP", *RELATIONS}:
            return


def _relate_names(tokens: list[Token]) -> bool:
    """Whether names, which commas or "and" part, are at the end of the tokens; they get the sign of independence."""
    parting: list[int] = []
    at = len(tokens) - 1
    while at > 0 and tokens[at].type == "NAME" and _parts_names(tokens[at - 1]):
        before = at - 2 if at > 1 and _parts_names(tokens[at - 2]) else at - 1  # a comma and "and" are one
        if before < 1 or tokens[before - 1].type != "NAME":
            break
        parting.append(before)
        at = before - 1
    starts = at == 0 or (tokens[at - 1].type == "SEP" and not _parts_names(tokens[at - 1]))
    if not parting or tokens[at].type != "NAME" or not starts:
        return False
    for place in parting:
        tokens[place] = Token("REL", INDEPENDENT, tokens[place].start, tokens[place].end)
    tokens[:] = [token for place, token in enumerate(tokens) if place <= at or token.type != "SEP"]
    return True


def _parts_names(token: Token) -> bool:
    return token.is_comma or (token.type == "SEP" and str(token.value).strip(", ") == "and")
