"""Where a line of a formula in Typst may end."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise

from tutor.notation.writing.latex_lines import EQUAL, FACTOR, PRODUCT, SUM, Break

_TOKEN = re.compile(r'"(?:[^"\\]|\\.)*"|\\.|[A-Za-z][A-Za-z.]*|\s+|.', re.DOTALL)
_SIGNS = {"=": EQUAL, "+": SUM, "−": SUM, "⊕": SUM, "⊗": PRODUCT, "⊙": PRODUCT}
_GROUPS = {"(": ")", "[": "]", "{": "}"}
_BARS = -1
"""Stands for the bars of a determinant among the brackets that are open."""
_ENDS_NO_TERM = frozenset({"", "(", ",", *_SIGNS})


class TypstParts:
    """The tokens of a formula in Typst, and the places before which a line may end.

    Brackets behind a name, a script or a sign for code, as in ``frac(a, b)``, are those of a call, in which no line
    ends; behind a blank they are those of the formula.
    """

    def __init__(self, text: str) -> None:
        self.tokens: list[str] = _TOKEN.findall(text)
        self.breaks: list[Break] = []
        self._pairs: dict[int, int] = {}
        self._walk()

    def _walk(self) -> None:
        opened: list[int] = []
        at, before = 0, ""
        while at < len(self.tokens):
            token = self.tokens[at]
            if token == "(" and before == "abs":
                opened.append(_BARS)
                at, before = at + 1, "("
                continue
            is_call = at > 0 and re.search(r"[A-Za-z_^#)\]\"]$", self.tokens[at - 1]) is not None
            if token in _GROUPS and (token != "(" or is_call):
                at, before = self._end_of_group(at), "}"
                continue
            if token == "(":
                if before == ")":
                    self.breaks.append(Break(at, len(opened) - opened.count(_BARS), FACTOR, _BARS in opened))
                opened.append(at)
            elif token == ")" and opened:
                opening = opened.pop()
                if opening >= 0:
                    self._pairs[opening] = at
                else:
                    token = "|"
            elif token in _SIGNS and before not in _ENDS_NO_TERM:
                self.breaks.append(Break(at, len(opened) - opened.count(_BARS), _SIGNS[token], _BARS in opened))
            if not token.isspace():
                before = token
            at += 1

    def _end_of_group(self, at: int) -> int:
        """The place behind what closes the group that opens here."""
        closing: list[str] = []
        while at < len(self.tokens):
            token = self.tokens[at]
            if token in _GROUPS:
                closing.append(_GROUPS[token])
            elif closing and token == closing[-1]:
                closing.pop()
                if not closing:
                    return at + 1
            at += 1
        return at

    def cut(self, chosen: Sequence[int]) -> list[str]:
        """The formula in lines that end before the breaks with these numbers; brackets that are parted stand alone."""
        shown = list(self.tokens)
        places = [self.breaks[number].at for number in chosen]
        for opening, closing in self._pairs.items():
            if any(opening < at <= closing for at in places):
                shown[opening], shown[closing] = r"\(", r"\)"
        first, *rest = ["".join(shown[begin:end]).strip() for begin, end in pairwise([0, *places, len(shown)])]
        # Behind an empty text a sign has room on both sides.
        return [first, *(f'"" {line}' if line[0] in _SIGNS else line for line in rest)]
