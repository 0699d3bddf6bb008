r"""Dots between factors, x_1 x_2 \cdots x_n, told from those of lists and of ranges."""

from __future__ import annotations

from collections.abc import Sequence

from tutor.notation.parsing.syntax import Named
from tutor.notation.parsing.token import OPERAND_END, Token

_RAISED = frozenset({r"\cdots", r"\dotsm", r"\dotsb", "⋯"})
"""Dots that stand between factors; those on the line may also leave out the items of a list."""

_NO_FACTOR = frozenset(
    {"PLUS", "MINUS", "PLUSMINUS", "KRON", "HADAMARD", "OPLUS", "PERCENT", "REL", "DEFINES", "SIM", "COMMA",
     "GIVEN", "SEP", "COLON", "IN", "RPAR", "RSQB", "RBRACE", "RCURLY", "RBAR", "CLOSES", "ELLIPSIS", "SLASH"}
)  # fmt: skip
_OPEN = frozenset({"LPAR", "LSQB", "LBRACE", "LCURLY", "LBAR"})
_CLOSED = frozenset({"RPAR", "RSQB", "RBRACE", "RCURLY", "RBAR"})


def with_factor_dots(tokens: list[Token], in_cell: bool = False) -> list[Token]:
    r"""The tokens with those of dots between factors named FACTORS.

    In a cell such dots count only within brackets: x_1 \cdots x_n without them is rather a row that lacks its &.
    """
    if not any(token.type == "ELLIPSIS" for token in tokens):
        return tokens
    result = list(tokens)
    depth = 0
    for at, token in enumerate(tokens):
        depth += (token.type in _OPEN) - (token.type in _CLOSED)
        if token.type == "ELLIPSIS" and (depth or not in_cell) and _joins_factors(tokens, at):
            result[at] = Token("FACTORS", "", token.start, token.end)
    return result


def _joins_factors(tokens: Sequence[Token], at: int) -> bool:
    before = tokens[at - 1].type if at else ""
    after = tokens[at + 1].type if at + 1 < len(tokens) else "SEP"
    if "TIMES" in {before, after}:
        return before in OPERAND_END or before == "TIMES"
    if before not in OPERAND_END or after in _NO_FACTOR:
        return False
    return tokens[at].value in _RAISED and not _is_range(tokens, at)


def _is_range(tokens: Sequence[Token], at: int) -> bool:
    r"""Whether dots follow the first value of an index, i = 1 \cdots n."""
    if at < 3 or tokens[at - 2].type != "REL" or tokens[at - 3].type != "NAME":
        return False
    first = tokens[at - 1]
    return first.type == "NUMBER" or (isinstance(first.value, Named) and not first.value.spelling.subscript)
