r"""Where statements end: a pass over the tokens that looks at their neighbours.

``\\`` inside a statement separates nothing; N after ~ is a family of distributions; two statements may stand side
by side with nothing between them.
"""

from __future__ import annotations

from collections.abc import Sequence

from tutor.notation.parsing.families import WITHOUT_ARGUMENTS
from tutor.notation.parsing.spelling import PREPARED_WORDS
from tutor.notation.parsing.token import Spelling, Token

_OPEN = frozenset({"LPAR", "LSQB", "LCURLY", "LBRACE"})
_CLOSED = frozenset({"RPAR", "RSQB", "RCURLY", "RBRACE"})
_STARTS_STATEMENT = frozenset({"NAME", "FUNCTION", "MATRIX", "LPAR", "LSQB", "NUMBER"})
_CONTINUES = frozenset({"REL", "DEFINES", "SIM", "PLUS", "PLUSMINUS", "TIMES", "KRON"})
_AWAITS = frozenset({"REL", "DEFINES", "SIM", "PLUS", "MINUS", "PLUSMINUS", "TIMES", "SLASH", "KRON"})


def arrange(tokens: Sequence[Token]) -> list[Token]:
    """The tokens with families marked, and separators exactly where one statement ends and another begins."""
    return _separated(_with_ranges(_with_families(tokens)))


def _with_families(tokens: Sequence[Token]) -> list[Token]:
    result: list[Token] = []
    at = 0
    while at < len(tokens):
        token = tokens[at]
        result.append(token)
        at += 1
        if token.type != "SIM":
            continue
        while at < len(tokens) and _letters(tokens[at]) in PREPARED_WORDS:
            at += 1
        told = _letters(tokens[at]) if at < len(tokens) else ""
        behind = at + 1
        if told == "chi" and [token.type for token in tokens[behind : behind + 2]] == ["CARET", "NUMBER"]:
            behind += 2
        opening = behind if told == "chi" and _opens(tokens, behind) else _opening(tokens, at)
        if opening is None:
            if told in WITHOUT_ARGUMENTS:
                result.append(Token("FAMILY", _spelling(tokens[at]), tokens[at].start, tokens[at].end))
                at = behind
            continue
        if opening == at:
            place = tokens[at].start
            result.append(Token("FAMILY", Spelling(""), place, place))
        else:
            family = tokens[at]
            result.append(Token("FAMILY", _spelling(family), family.start, family.end))
        closing = _closing(tokens, opening)
        result.extend(tokens[opening : closing + 1])
        at = closing + 1
        if at < len(tokens) and tokens[at].type in _STARTS_STATEMENT:
            result.append(Token("SEP", "", tokens[at].start, tokens[at].start))
    return result


def _with_ranges(tokens: Sequence[Token]) -> list[Token]:
    """i = 1, 2, …, t with the commas and all but the first and the last number taken out; i = 1, 2, 3 likewise."""
    result: list[Token] = []
    at = 0
    while at < len(tokens):
        result.append(tokens[at])
        at += 1
        if not (len(result) > 2 and [t.type for t in result[-3:]] == ["NAME", "REL", "NUMBER"]):
            continue
        stop, dots, last = at, None, None
        while stop + 1 < len(tokens) and tokens[stop].type == "SEP" and tokens[stop].value == ",":
            following = tokens[stop + 1]
            if following.type == "ELLIPSIS":
                dots = following
            elif following.type == "NUMBER" and (dots is not None or _counts_on(last or result[-1], following)):
                last = following
            else:
                if dots is not None:
                    stop += 1  # what comes after the comma is the end of the range
                break
            stop += 2
            if dots is not None and last is not None and following is last:
                break
        if dots is None and last is not None:
            result += [Token("ELLIPSIS", "", last.start, last.start), last]
            at = stop
        elif dots is not None:
            ended = last is not None and last.start > dots.start
            result += [dots, last] if ended and last is not None else [dots]
            at = stop
    return result


def _counts_on(before: Token, after: Token) -> bool:
    return str(before.value).isdigit() and str(after.value) == str(int(str(before.value)) + 1)


def _spelling(token: Token) -> Spelling:
    value = token.value
    if isinstance(value, tuple):
        value = value[1]
    spelling = getattr(value, "spelling", value)
    return spelling if isinstance(spelling, Spelling) else Spelling(str(value))


def _letters(token: Token) -> str:
    return _spelling(token).letters if token.type in {"NAME", "FUNCTION"} else ""


def _opens(tokens: Sequence[Token], at: int) -> bool:
    return at < len(tokens) and tokens[at].type in {"LPAR", "LSQB"}


def _opening(tokens: Sequence[Token], at: int) -> int | None:
    """Where the arguments of a distribution open, at its name or right after it; None where they do not."""
    if at < len(tokens) and tokens[at].type in {"LPAR", "LSQB"}:
        return at
    named = at + 1 < len(tokens) and tokens[at].type in {"NAME", "FUNCTION"}
    return at + 1 if named and tokens[at + 1].type in {"LPAR", "LSQB"} else None


def _closing(tokens: Sequence[Token], opening: int) -> int:
    depth = 0
    for at in range(opening, len(tokens)):
        if tokens[at].type in _OPEN:
            depth += 1
        elif tokens[at].type in _CLOSED:
            depth -= 1
            if depth == 0:
                return at
    return len(tokens) - 1


def _separated(tokens: Sequence[Token]) -> list[Token]:
    kept: list[Token] = []
    following: Token | None = None
    # From the end, so that what follows a separator is known; then its left neighbour decides.
    for token in reversed(tokens):
        if token.type != "SEP":
            following = token
        elif following is None or _goes_on(token, following):
            continue
        kept.append(token)
    result: list[Token] = []
    for token in reversed(kept):
        if token.type == "SEP" and (not result or result[-1].type == "SEP" or result[-1].type in _AWAITS):
            continue
        result.append(token)
    return result


def _goes_on(separator: Token, following: Token) -> bool:
    """Whether what follows a separator continues the statement before it."""
    return following.type in _CONTINUES or (following.type == "MINUS" and separator.value == "\\\\")
