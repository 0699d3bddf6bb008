r"""Long formulas in LaTeX over several lines of a display: broken where the sum is, its sign on the new line.

What is broken within brackets that stretch, \left( and \right), has brackets of a fixed size instead, since TeX has
both ends of a pair on one line.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import accumulate, pairwise

from tutor.notation.writing.latex_width import PAGE, latex_width

GO_ON = r"\qquad "
"""How far a line that goes on is set in."""

INDENT = 2.0
"""The same in ems."""

_TOKEN = re.compile(r"\\left\s*(?:\\[a-zA-Z|{}]+|.)|\\right\s*(?:\\[a-zA-Z|{}]+|.)|\\[A-Za-z]+|\\.|\s+|.", re.DOTALL)
_OPENING, _CLOSING = ("(", "["), (")", "]")
EQUAL, SUM, FACTOR, PRODUCT = 0, 1, 2, 4
"""What a line may end before: an equality, a term, a bracket that is a factor, another product; the first ones are
chosen first."""

_SIGNS = {"=": EQUAL, "+": SUM, "-": SUM, r"\oplus": SUM, r"\otimes": PRODUCT, r"\odot": PRODUCT}


@dataclass(frozen=True, slots=True)
class Break:
    """A line may end before a token that stands within ``depth`` brackets, a sign of this ``kind``; not where it
    ``is_held``, within the bars of a determinant."""

    at: int
    depth: int
    kind: int
    is_held: bool = False

    @property
    def rank(self) -> tuple[int, int, int]:
        """The least is chosen: a sum within brackets before a product outside of them, the last of its kind."""
        return self.depth + int(self.kind > SUM), self.kind, -self.at


def latex_lines(text: str, room: float = PAGE) -> list[str]:
    r"""A formula in lines of at most ``room`` ems, or longer ones where nothing can be parted.

    Lines but the first start with `GO_ON`, and with the sign before which they are broken.

    >>> latex_lines(r"\mathbf{Z}\mathbf{G}\mathbf{Z}' + \mathbf{R}", 4)
    ["\\mathbf{Z}\\mathbf{G}\\mathbf{Z}'", '\\qquad {}+ \\mathbf{R}']
    >>> latex_lines(r"\mathbf{Z}\mathbf{G}\mathbf{Z}' + \mathbf{R}", 40)
    ["\\mathbf{Z}\\mathbf{G}\\mathbf{Z}' + \\mathbf{R}"]
    """
    if latex_width(text) <= room:
        return [text]
    tokens = _TOKEN.findall(text)
    pairs = _pairs(tokens)
    chosen = _chosen(tokens, [each for each in _breaks(tokens, pairs) if not each.is_held], room)
    shown = _of_fixed_size(tokens, pairs, chosen)
    first, *rest = ["".join(shown[begin:end]).strip() for begin, end in pairwise([0, *chosen, len(tokens)])]
    return [first, *(GO_ON + _going_on(line) + line for line in rest)]


def _going_on(line: str) -> str:
    """What stands before a line that goes on: an empty group, behind which a sign has room on both sides; and the sign
    of a product before brackets, which would seem to be a formula of their own."""
    if re.match(r"\(|\[|\\(?:left|bigg?l)[(\[]", line):
        return r"{}\cdot "
    return "{}" if re.match(r"[-+=]|\\o", line) else ""


def breaks_of(text: str) -> list[Break]:
    """The places where a line of a formula in LaTeX may end, from left to right."""
    tokens = _TOKEN.findall(text)
    return _breaks(tokens, _pairs(tokens))


def chosen_of(text: str, breaks: Sequence[Break], room: float) -> list[Break]:
    """Those of some places of a formula at which its lines end, each of at most ``room`` ems."""
    at = set(_chosen(_TOKEN.findall(text), breaks, room))
    return [each for each in breaks if each.at in at]


def _chosen(tokens: Sequence[str], breaks: Sequence[Break], room: float) -> list[int]:
    """Before which tokens the lines end."""
    places = [0, *(each.at for each in breaks), len(tokens)]
    # Behind a letter a sign at the start of a piece has room on both sides.
    letter = latex_width("x")
    pieces = (latex_width("".join(["x", *tokens[begin:end]])) - letter for begin, end in pairwise(places))
    ends = dict(zip(places, accumulate(pieces, initial=0.0), strict=True))
    found: list[int] = []
    begin, depth = 0, 0
    while True:
        reach = ends[begin] + room - (INDENT if begin else 0.0)
        behind = [each for each in breaks if each.at > begin]
        if ends[len(tokens)] <= reach:
            # What a line within brackets continues ends with them: terms behind them have a line of their own.
            outside = [each.at for each in behind if each.depth < depth and each.kind == SUM]
            return found + outside[:1]
        if not behind:
            return found
        fitting = [each for each in behind if ends[each.at] <= reach]
        enough = [each for each in fitting if ends[each.at] >= ends[begin] + room / 4]
        best = min(enough or fitting or behind[:1], key=lambda each: each.rank)
        found.append(best.at)
        begin, depth = best.at, best.depth


def _pairs(tokens: Sequence[str]) -> dict[int, int]:
    """Where each bracket that opens is closed; those of TeX's groups and environments too."""
    found: dict[int, int] = {}
    opened: list[int] = []
    for at, token in enumerate(tokens):
        if token in ("{", r"\begin", *_OPENING) or (token.startswith(r"\left") and token != r"\leftarrow"):
            opened.append(at)
        elif (token in ("}", r"\end", *_CLOSING) or token.startswith(r"\right")) and opened:
            found[opened.pop()] = at
    return found


def _breaks(tokens: Sequence[str], pairs: dict[int, int]) -> list[Break]:
    """The places outside of groups and environments."""
    found: list[Break] = []
    closed_at: list[int] = []
    at, before, is_held = 0, "", False  # between the bars of a determinant
    while at < len(tokens):
        token = tokens[at]
        if token in ("|", r"\left|", r"\right|"):
            is_held = not is_held
        elif at in pairs:
            if not _is_bracket(token):
                at = pairs[at]
                before = "}"
                at += 1
                continue
            if before in _CLOSING or before.startswith(r"\right"):
                found.append(Break(at, len(closed_at), FACTOR, is_held))
            closed_at.append(pairs[at])
        elif closed_at and at == closed_at[-1]:
            closed_at.pop()
        elif token in _SIGNS and _ends_a_term(before):
            found.append(Break(at, len(closed_at), _SIGNS[token], is_held))
        if not token.isspace():
            before = token
        at += 1
    return found


def _ends_a_term(token: str) -> bool:
    """Whether a sign behind the token stands between two terms, and is not that of the second."""
    return bool(token) and token not in (*_OPENING, *_SIGNS, "^", "_", ",") and not token.startswith(r"\left")


def _is_bracket(token: str) -> bool:
    return token in _OPENING or (token.startswith(r"\left") and token[-1] in "([")


def _of_fixed_size(tokens: Sequence[str], pairs: dict[int, int], chosen: Sequence[int]) -> list[str]:
    r"""The tokens, with \biggl and \biggr where a line ends between \left and \right."""
    shown = list(tokens)
    for opening, closing in pairs.items():
        if tokens[opening].startswith(r"\left") and any(opening < at <= closing for at in chosen):
            for at, side in ((opening, "l"), (closing, "r")):
                shown[at] = rf"\bigg{side}{tokens[at].removeprefix(chr(92) + ('left' if side == 'l' else 'right'))}"
    return shown
