"""What is said of a text at which the grammar stopped."""

from __future__ import annotations

import re

from tutor.errors import ReadError
from tutor.notation.parsing.brackets import closing_brace
from tutor.notation.parsing.families import FAMILIES, family
from tutor.notation.parsing.ragged import ragged_between_semicolons
from tutor.notation.parsing.token import OPERAND_END, Token

_BETWEEN = frozenset(
    {"PLUS", "MINUS", "PLUSMINUS", "TIMES", "SLASH", "KRON", "HADAMARD", "OPLUS", "PERCENT", "REL", "DEFINES", "SIM",
     "COMMA", "GIVEN", "SEP", "DOT", "COLON", "IN"}
)  # fmt: skip


_BARE_FRACTION = re.compile(r"\\[dt]?frac\s*(?:\\[A-Za-z]+|[A-Za-z0-9])\s*\Z")
"""A fraction whose parts are in no braces, before a sign that belongs to the first of them."""

_FRACTION = re.compile(r"\\[dt]?frac\s*\{")


def _halved(text: str) -> int | None:
    """Where a fraction begins of which a text has the first part alone, at its end."""
    return next(
        (
            found.start()
            for found in _FRACTION.finditer(text)
            if closing_brace(text, found.end() - 1, len(text)) == len(text) - 1
        ),
        None,
    )


def explained(text: str, tokens: list[Token], token: Token) -> ReadError:
    """Why the grammar stopped at a token, in words."""

    def error(problem: str, kind: str, place: Token, tip: str | None = None) -> ReadError:
        return ReadError(problem, text=text, start=place.start, end=place.end, kind=kind, tip=tip)

    at_end = token.type == "$END"
    place = len(tokens) if at_end else _place(tokens, token)
    before = tokens[place - 1] if place else None
    shown = text[token.start : token.end]
    if token.type == "ELLIPSIS" and before is not None and (_is_operand(before) or before.type == "TIMES"):
        return error("Dots without a sign beside them may leave out terms, factors or the items of a list.", "ellipsis",
                     token, r"Write + or commas on both sides of them, or \cdots between two factors.")  # fmt: skip
    if token.type == "ELLIPSIS":
        return error("Dots cannot be completed here.", "ellipsis", token, "Write every entry.")
    bare = _BARE_FRACTION.search(text, 0, token.start)
    if bare is not None and token.type not in {"SLASH", "SEP"} and not at_end:
        return ReadError(r"The two parts of \frac stand in braces.", text=text, start=bare.start(), end=bare.end(),
                         kind="missing-operand", tip=r"Write \frac{a}{b}.")  # fmt: skip
    if before is not None and before.type == "SIM" and family(shown) in FAMILIES:
        return error(f"What {shown} takes stands in brackets.", "missing-brackets", token,
                     f"Write {shown}(mean, variance)." if shown in {"N", "MVN"} else f"Write {shown}( ).")  # fmt: skip
    if before is not None and before.type == "SIM" and not at_end:
        return error(f"Behind {text[before.start : before.end]} stands a distribution, and {shown} is none.",
                     "distribution", token, "Write it as N(μ, σ²); an equation has =.")  # fmt: skip
    if token.type in {"PRIME", "INVERSE", "CARET"} and text[token.start - 1 : token.start] == "^" and token.start:
        return error("^ stands twice here.", "unexpected", token, "Write it once.")
    if token.type in {"PRIME", "INVERSE", "CARET", "METHOD", "FACTORIAL", "ELEMENT"} and not _is_operand(before):
        what = "a transpose" if token.type == "PRIME" else "a power"
        kind = "transpose-of-nothing" if token.type == "PRIME" else "missing-operand"
        return error(f"There is nothing before this for {what}.", kind, token, "Put a matrix before it.")
    if at_end:
        place = before if before is not None else token
        if (fraction := _halved(text[: place.end])) is not None:
            return ReadError(r"A \frac has two parts, and the second is missing.", text=text, start=fraction,
                             end=place.end, kind="missing-operand", tip=r"Write \frac{a}{b}.")  # fmt: skip
        sign = text[place.start : place.end]
        return error(f"Something is missing after {sign}.", "missing-operand", place)
    if token.type in _BETWEEN:
        if not _is_operand(before):
            return error(f"Something is missing before {shown}.", "missing-operand", token)
        if shown == ";" and (rows := ragged_between_semicolons(text, token.start)) is not None:
            return rows
        tip = "Write a matrix as [[1, 2], [3, 4]]." if shown == ";" else None
        return error(f"{shown} cannot stand here.", "unexpected", token, tip)
    if token.type in {"RPAR", "RSQB", "RBRACE", "RCURLY", "RBAR"}:
        if before is not None and before.type in {"LPAR", "LSQB", "LBRACE", "LCURLY", "LBAR"}:
            return error("There is nothing between these brackets.", "missing-operand", token)
        return error(f"Something is missing before {shown or 'this'}.", "missing-operand", token)
    return error(f"{shown} cannot stand here." if shown else "This cannot be read.", "unexpected", token)


def _place(tokens: list[Token], token: Token) -> int:
    """Where a token stands, itself or, of one that the grammar has made a node of, what had its type and place."""
    return next(at for at, other in enumerate(tokens) if (other.type, other.start) == (token.type, token.start))


def _is_operand(token: Token | None) -> bool:
    return token is not None and token.type in OPERAND_END
