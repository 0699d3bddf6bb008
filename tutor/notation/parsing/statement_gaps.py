"""Dots between statements, u_1 ~ N(0, σ²_1), …, u_r ~ N(0, σ²_r): what parts them from these is no comma of a list."""

from __future__ import annotations

from collections.abc import Sequence

from tutor.notation.parsing.lists import letters_of, outside_brackets, spelling_of
from tutor.notation.parsing.token import Token

_RELATES = frozenset({"REL", "DEFINES", "SIM"})


def with_statement_gaps(tokens: Sequence[Token]) -> Sequence[Token]:
    """The tokens with separators that are no commas around dots between two statements on one name."""
    if not any(token.type == "ELLIPSIS" for token in tokens):
        return tokens
    result = list(tokens)
    outer = outside_brackets(tokens)
    parts = _between_separators([tokens[at] for at in outer])
    for before, dots, after in zip(parts, parts[1:], parts[2:], strict=False):
        if [outer_token.type for _, outer_token in dots] != ["ELLIPSIS"] or not _are_alike(before, after):
            continue
        place = outer[dots[0][0]]
        for step in (-1, 1):
            at = place + step
            while 0 <= at < len(result) and result[at].type == "SEP":
                result[at] = Token("SEP", "", result[at].start, result[at].end)
                at += step
    return result


def _between_separators(tokens: Sequence[Token]) -> list[list[tuple[int, Token]]]:
    """The tokens of each statement or item, each with its place, without those that part them."""
    parts: list[list[tuple[int, Token]]] = [[]]
    for at, token in enumerate(tokens):
        if token.type != "SEP":
            parts[-1].append((at, token))
        elif parts[-1]:
            parts.append([])
    return [part for part in parts if part]


def _are_alike(before: Sequence[tuple[int, Token]], after: Sequence[tuple[int, Token]]) -> bool:
    """Whether both say something of a name, the same but for what stands below it; i = 1, …, a = 4 is one range."""
    one, other = before[0][1], after[0][1]
    related = [next((token.type for _, token in part if token.type in _RELATES), "") for part in (before, after)]
    is_same = one.type == other.type and letters_of(one) == letters_of(other) != ""
    has_index = one.type != "NAME" or bool(spelling_of(one).subscript and spelling_of(other).subscript)
    return is_same and has_index and related[0] == related[1] != ""
