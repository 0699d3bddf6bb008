"""What is said to be independent or uncorrelated: u and ε "are independent", as u ⊥ ε, and as Cov(u, ε) = 0.

The words stand behind names, or between them. Behind a distribution they say that it is independent of what else is
said. Where they stand behind anything else nothing tells what they are about: they are left out, and remarked on.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import combinations, pairwise

from tutor.notation.finding import Finding
from tutor.notation.parsing import slips
from tutor.notation.parsing.manners import BESIDES, in_manner
from tutor.notation.parsing.scanner import INDEPENDENT
from tutor.notation.parsing.spelling import ARE_INDEPENDENT, ARE_UNCORRELATED, UNCORRELATED
from tutor.notation.parsing.token import CLOSED, OPEN, RELATIONS, Spelling, Token

_SAID = {ARE_INDEPENDENT: "independent", ARE_UNCORRELATED: "uncorrelated"}


def with_independence(tokens: Sequence[Token], findings: list[Finding]) -> list[Token]:
    """The tokens with u and ε "are independent" as u ⊥ ε; behind a distribution its sign says so."""
    result: list[Token] = []
    at = 0
    while at < len(tokens):
        token = tokens[at]
        at += 1
        if token.type == "REL" and token.value in {INDEPENDENT, UNCORRELATED}:
            behind = _names_from(tokens, at)
            if result and result[-1].type in {"RPAR", "SEP"} and _ends_distribution(result):
                told = _beside(result, token, behind, _starts_distribution(tokens, at))
                at += 2 * len(behind) - 1 if len(told) > 1 else 0
                result += told
                continue
            if token.value == UNCORRELATED:
                if result and result[-1].type == "NAME" and behind:
                    first = result.pop()
                    result += _uncorrelated([first, *behind], token)
                    at += 2 * len(behind) - 1
                    continue
                token = Token("REL", INDEPENDENT, token.start, token.end)
        if token.type == "SEP" and token.value in _SAID:
            while result and result[-1].type == "SEP":
                result.pop()
            _say(result, token, findings)
        result.append(token)
    return result


def _say(result: list[Token], token: Token, findings: list[Finding]) -> None:
    """Say of the names, or of the distribution, at the end of the tokens what the words behind them do."""
    first = _first_of_names(result)
    names = [told for told in result[first:] if told.type == "NAME"]
    if len(names) > 1:
        is_independent = token.value == ARE_INDEPENDENT
        result[first:] = _independent(names) if is_independent else _uncorrelated(names, token)
    elif not _mark_last(result):
        findings.append(slips.words_dropped(_SAID[str(token.value)], token.start, token.end))


def _independent(names: Sequence[Token]) -> list[Token]:
    """u ⊥ ε, with the sign between each two names."""
    told = [names[0]]
    for before, name in pairwise(names):
        told += [Token("REL", INDEPENDENT, before.end, name.start), name]
    return told


def _uncorrelated(names: Sequence[Token], words: Token) -> list[Token]:
    """Cov(u, ε) = 0, of each two names."""
    told: list[Token] = []
    place = words.start, words.end
    for one, other in combinations(names, 2):
        told += [Token("SEP", ",", *place)] if told else []
        told += [
            Token("FUNCTION", ("Cov", Spelling("Cov"), ""), one.start, one.start),
            Token("LPAR", "(", one.start, one.start),
            one,
            Token("COMMA", ",", one.end, one.end),
            other,
            Token("RPAR", ")", other.end, other.end),
            Token("REL", "=", *place),
            Token("NUMBER", "0", *place),
        ]
    return told


def _beside(tokens: list[Token], words: Token, names: Sequence[Token], is_distribution: bool) -> list[Token]:
    """What comes behind a distribution that is independent of something: a separator, and where only names follow these
    beside what has the distribution."""
    subject = _subject(tokens)
    parting = Token("SEP", ",", words.start, words.end)
    if is_distribution or not names or subject is None:
        while tokens[-1].type == "SEP":
            tokens.pop()
        _mark_last(tokens)
        return [parting]
    related = [subject, *names]
    return [parting, *(_uncorrelated(related, words) if words.value == UNCORRELATED else _independent(related))]


def _subject(tokens: Sequence[Token]) -> Token | None:
    """The name that has the distribution at the end of the tokens; None for more than a name."""
    depth = 0
    for at in range(len(tokens) - 1, -1, -1):
        depth += (tokens[at].type in CLOSED) - (tokens[at].type in OPEN)
        if depth == 0 and tokens[at].type == "SIM":
            is_alone = at == 1 or (at > 1 and tokens[at - 2].type == "SEP")
            return tokens[at - 1] if is_alone and tokens[at - 1].type == "NAME" else None
    return None


def _names_from(tokens: Sequence[Token], at: int) -> list[Token]:
    """The names, parted by commas or "and", that end a statement from a place on; none if anything else does."""
    names: list[Token] = []
    while at < len(tokens) and tokens[at].type == "NAME":
        names.append(tokens[at])
        if at + 1 == len(tokens) or not _parts_names(tokens[at + 1]):
            ends = at + 1 == len(tokens) or tokens[at + 1].type == "SEP"
            return names if ends else names[:-1]
        at += 2
    return names


def _starts_distribution(tokens: Sequence[Token], at: int) -> bool:
    """Whether a name with a distribution of its own stands at a place."""
    return [token.type for token in tokens[at : at + 2]] == ["NAME", "SIM"]


def _ends_distribution(tokens: Sequence[Token]) -> bool:
    """Whether the last statement of the tokens is a distribution with its arguments."""
    depth, told = 0, False
    for token in reversed(tokens):
        depth += (token.type in CLOSED) - (token.type in OPEN)
        if depth == 0 and token.type in {"SEP", *RELATIONS} and (told or token.type != "SEP"):
            return token.type == "SIM"
        told = told or token.type != "SEP"
    return False


def _mark_last(tokens: list[Token]) -> bool:
    """Say of the distribution at the end of the tokens that it is independent of what is said; False without one."""
    depth = 0
    for at in range(len(tokens) - 1, -1, -1):
        depth += (tokens[at].type in CLOSED) - (tokens[at].type in OPEN)
        if depth == 0 and tokens[at].type == "SIM":
            tokens[at] = in_manner(tokens[at], BESIDES)
            return True
        if depth == 0 and tokens[at].type in {"SEP", *RELATIONS}:
            return False
    return False


def _first_of_names(tokens: Sequence[Token]) -> int:
    """Where the names start that commas or "and" part at the end of the tokens. A name that ends another statement,
    the ε of y = Xβ + ε, u and ε, is none of them."""
    at = first = len(tokens)
    while at > 0 and tokens[at - 1].type == "NAME":
        at -= 1
        if at > 0 and tokens[at - 1].type != "SEP":
            break
        first = at
        if at == 0 or not _parts_names(tokens[at - 1]):
            break
        at -= 1
        while at > 0 and _parts_names(tokens[at - 1]):
            at -= 1  # a comma and "and" are one
    return first


def _parts_names(token: Token) -> bool:
    return token.is_comma or (token.type == "SEP" and str(token.value).strip(", ") == "and")
