r"""How wide a formula in LaTeX is set, without setting it: from the widths of Computer Modern's letters.

An estimate, within a few percent of what TeX makes of a display: enough to tell where a line must end.
"""

from __future__ import annotations

import re
from functools import lru_cache

PAGE = 39.5
"""What a line may take: the width of the text of an A4 page with margins of 2.4 cm, 42 ems of an 11 point font, less
what the estimate may be wrong by."""

_TOKEN = re.compile(r"\\[A-Za-z]+\*?|\\.|[{}&]|\s+|.", re.DOTALL)
_SCRIPT = 0.8
"""How large a script is beside what it stands at."""

_AFTER_SCRIPT = 0.06
_RELATION, _BINARY = 0.56, 0.44
"""The room on both sides of a sign."""

_WIDTHS = {
    **dict.fromkeys("fijlrtI", 0.4),
    **dict.fromkeys("mwMW", 0.95),
    **dict.fromkeys("0123456789", 0.5),
    **dict.fromkeys(".,;:!'|", 0.28),
    **dict.fromkeys("()[]", 0.39),
    "/": 0.5,
}
"""Letters that are narrower or wider than others, in ems."""

_SMALL, _CAPITAL, _BOLD = 0.54, 0.76, 1.13
_WORD_SMALL, _WORD_CAPITAL, _WORD_NARROW = 0.49, 0.73, 0.33
_NARROW_IN_WORDS = frozenset("fijltrI.,;:'()[]!| -")
_RELATIONS = frozenset({"=", "<", ">", r"\sim", r"\nsim", r"\equiv", r"\leq", r"\geq", r"\ll", r"\gg", r"\neq",
                        r"\approx", r"\propto", r"\to", r"\in", r"\mid", r"\perp"})  # fmt: skip
_BINARIES = frozenset([r"+", r"-", r"\cdot", r"\otimes", r"\oplus", r"\odot", r"\times", r"\pm"])
_LARGE = frozenset({r"\sum", r"\prod", r"\bigoplus", r"\int"})
_SPACES = {r"\quad": 1.0, r"\qquad": 2.0, r"\;": 0.28, r"\,": 0.17, r"\ ": 0.33, r"\!": -0.17, "~": 0.33}
_FUNCTIONS = frozenset({r"\log", r"\exp", r"\det", r"\max", r"\min", r"\lim"})
_FONTS = {r"\mathbf": _BOLD, r"\boldsymbol": _BOLD, r"\mathrm": 1.0, r"\mathcal": 1.0, r"\operatorname": 0.0,
          r"\text": 0.0}  # fmt: skip
_OVER_ALL = frozenset({r"\hat", r"\widehat", r"\tilde", r"\widetilde", r"\bar", r"\overline", r"\dot", r"\ddot",
                       r"\underbrace", r"\overset", r"\displaystyle"})  # fmt: skip
_SIZED = re.compile(r"\\(?:left|right|[bB]igg?[lr]?)$")
_COLUMN_GAP, _SMALL_GAP = 0.92, 0.3
_TALL_BRACKET = 0.7


@lru_cache(maxsize=1024)
def latex_width(text: str) -> float:
    r"""The width of a formula in ems, as in a display.

    >>> round(latex_width(r"\mathbf{Z}\mathbf{G}\mathbf{Z}' + \mathbf{R}"))
    5
    """
    return _Measure(text).row()


class _Measure:
    """The tokens of a formula and how far they are read."""

    def __init__(self, text: str) -> None:
        self.tokens = _TOKEN.findall(text)
        self.at = 0
        self.is_display = True
        """Whether a fraction stands as large as in a display, and no part of it is a script."""

    def peek(self) -> str:
        while self.at < len(self.tokens) and self.tokens[self.at].isspace():
            self.at += 1
        return self.tokens[self.at] if self.at < len(self.tokens) else ""

    def take(self) -> str:
        token = self.peek()
        self.at += 1
        return token

    def row(self, ends: tuple[str, ...] = ()) -> float:
        """Everything up to one of the ``ends``, which is not taken."""
        total, before = 0.0, ""
        while (token := self.peek()) and token not in ends and token != "}":
            if token in "^_" and token:
                total += self.scripts()
            else:
                self.at += 1
                total += self.element(token, before)
            before = token
        return total

    def scripts(self) -> float:
        """What stands above and below takes the room of the wider one."""
        found = [0.0]
        while self.peek() in ("^", "_"):
            self.take()
            found.append(_SCRIPT * self.argument())
            if self.peek() == "'":
                break
        return max(found) + _AFTER_SCRIPT

    def argument(self) -> float:
        token = self.take()
        if token != "{":
            return self.element(token, "")
        total = self.row()
        self.take()
        return total

    def words(self) -> str:
        """What stands in braces, as it is."""
        self.take()
        first, depth = self.at, 1
        while self.at < len(self.tokens) and depth:
            depth += {"{": 1, "}": -1}.get(self.tokens[self.at], 0)
            self.at += 1
        return "".join(self.tokens[first : self.at - 1])

    def element(self, token: str, before: str) -> float:
        if token == "{":
            self.at -= 1
            return self.argument()
        if token in (r"\frac", r"\dfrac", r"\tfrac", r"\binom"):
            return self.fraction(self.is_display or token == r"\dfrac")
        if token in (r"\text", r"\operatorname"):
            return words_width(self.words()) + (0.17 if token == r"\operatorname" else 0.0)
        if token in _FONTS:
            return _FONTS[token] * self.argument()
        if token == r"\vphantom":
            self.argument()
            return 0.0
        if token == r"\rule":
            self.words()
            self.words()  # a strut, \rule{0pt}{2.8ex}, which is as high and has no width
            return 0.0
        if token in _OVER_ALL:
            return self.argument() if token != r"\displaystyle" else 0.0
        if token == r"\sqrt":
            if self.peek() == "[":
                self.row(("]",))
                self.take()
            return 0.85 + self.argument()
        if token == r"\begin":
            return self.environment()
        if _SIZED.fullmatch(token):
            return 0.12 if self.take() == "." else _TALL_BRACKET
        return _sign_width(token, before)

    def fraction(self, is_large: bool) -> float:
        """The wider one of its parts, which stand in script size where the fraction is no display of its own."""
        outer, self.is_display = self.is_display, False
        width = max(self.argument(), self.argument())
        self.is_display = outer
        return 0.24 + (width if is_large else _SCRIPT * width)

    def environment(self) -> float:
        """The widest cells of each column beside each other."""
        name = self.words()
        if name == "array":
            self.words()
        columns: list[float] = []
        number = 0
        outer, self.is_display = self.is_display, self.is_display and name == "aligned"
        while self.peek() and self.peek() != r"\end":
            width = self.row(("&", r"\\", r"\end"))
            columns += [0.0] * (number + 1 - len(columns))
            columns[number] = max(columns[number], width)
            if self.peek() == r"\end":
                break
            number = number + 1 if self.take() == "&" else 0
        self.take()
        self.words()
        self.is_display = outer
        if name == "aligned":
            return sum(columns)
        if name == "smallmatrix":
            return _SCRIPT * sum(columns) + _SMALL_GAP * len(columns)
        brackets = 2 * _TALL_BRACKET if name in {"bmatrix", "pmatrix"} else _COLUMN_GAP
        return sum(columns) + _COLUMN_GAP * (len(columns) - 1) + brackets


def words_width(text: str) -> float:
    """The width of words in ems, with formulas between dollar signs."""
    told = text.split("$")
    return sum(latex_width(part) if number % 2 else _letters_width(part) for number, part in enumerate(told))


def _letters_width(words: str) -> float:
    return sum(
        _WORD_NARROW if letter in _NARROW_IN_WORDS else _WORD_CAPITAL if letter.isupper() else _WORD_SMALL
        for letter in re.sub(r"\\(?=[^A-Za-z])", "", words)
    )


def _sign_width(token: str, before: str) -> float:
    if token in _RELATIONS:
        return 0.78 + _RELATION
    if token in _BINARIES:
        is_between = before and before not in _RELATIONS and before not in _BINARIES and before not in "([,{&"
        return 0.6 + 0.18 * (token != r"\cdot") + (_BINARY if is_between else 0.0)
    if token in _LARGE:
        return 1.5
    if token in _SPACES:
        return _SPACES[token]
    if token in _FUNCTIONS:
        return 0.17 + _letters_width(token[1:])
    if token == ",":
        return 0.28 + 0.17
    if token.startswith("\\"):
        return 1.2 if token in (r"\dots", r"\cdots", r"\ldots") else 0.0 if token == r"\hline" else 0.6
    return _WIDTHS.get(token, _CAPITAL if token.isupper() else _SMALL)
