r"""Bars behind what is evaluated somewhere: \left. f(x) \right|_{x = 0}, f'(x) \big|_{x = 0}, (x^2)|_{x=3}.

A point on the left opens a bracket only where a bar on the right closes it: elsewhere \left. and \right. are what TeX
asks for where a bracket is opened in one line and closed in the next.
"""

from __future__ import annotations

import re

from tutor.notation.parsing.operators import Operators

_SIZED = re.compile(r"\\(left|right)(?![A-Za-z])\s*(\\[A-Za-z]+|\\.|.)", re.S)
_BARS = frozenset({"|", "\\vert", "\\rvert"})
_BELOW = re.compile(r"\s*_")

_MID = re.compile(r"\\mid(?![A-Za-z])")
_ENCLOSING = re.compile(
    r"\\mid(?![A-Za-z])\s*(?:\\(?:mathbf|boldsymbol|bm)\s*\{\s*\\?[A-Za-z]+\s*\}|\\Sigma|[A-Z])\s*\\mid(?=\s*(?:\^|[-+=,;.)\]}]|$))"
)
r"""Bars of a determinant that are set as a condition's, \mid\mathbf{V}\mid^{-1/2}."""

_POINT = re.compile(r"_\s*(?=\{\s*(?P<name>\\?[^\W\d_][A-Za-z]*)(?:[^={}]|\{[^{}]*\}){0,40}=)")
_INDICES = frozenset("hijklmnrst")
"""Letters of which a value below brackets opens a run, (y_i)_{i=1}^n, and is no place."""

_RUNS_ON = re.compile(r"\\(?:[lc]?dots|ldots)(?![A-Za-z])|\.\.|…")
_ABOVE = re.compile(r"\s*\^\s*(?!\s*(?:\{\s*[-−]\s*1\s*\}|\\prime|\{\s*\\prime\s*\}))|\s*[⁰²³⁴-⁹]")
"""What stands above brackets or a bar, but for the signs of an inverse and a transpose."""

_INVERSE_ABOVE = re.compile(r"\s*[-−]\s*1\s*")
_BRACKETED = frozenset({"RPAR", "RSQB", "RCURLY", "PRIME", "INVERSE"})

EVALUATED = "\\left."
"""The sign of the bracket around what is evaluated."""


class Evaluations(Operators):
    """Bars with something below them."""

    evaluated: frozenset[int] | None = None  # where each \left. stands that a bar closes

    def _read_sized(self, name: str) -> None:
        start = self.position - len(name) - 1
        top = self.brackets.top
        if name == "left" and start in self._places_of_evaluated:
            self.position = self.text.index(".", self.position) + 1
            self._open(EVALUATED, start, "LPAR", "RPAR")
        elif name == "right" and top is not None and top.sign == EVALUATED:
            sign = _SIZED.match(self.text, start, self.end)
            assert sign is not None  # the bar that is known to stand there
            self.position = sign.end()
            self._close(EVALUATED, start, sign[0])
            self._read_place(start)
        else:
            super()._read_sized(name)

    def _read_bars(self, name: str, start: int) -> None:
        top = self.brackets.top
        is_inside = top is not None and top.sign in {"|", "‖"}
        if name == "mid":
            is_closing = top is not None and top.sign == "|" and _MID.match(self.text, top.start) is not None
            if not (is_closing or _ENCLOSING.match(self.text, start, self.end)):
                self._emit("GIVEN", "|", start)
                return
            name = "vert"
            if not is_closing:
                self._open("|", start, "LBAR", "RBAR")
                return
        if self._after_operand and not is_inside and _BELOW.match(self.text, self.position, self.end):
            self._read_place(start)
        else:
            super()._read_bars(name, start)

    def _read_point(self, start: int) -> bool:
        r"""Whether brackets have the place below them at which they are taken, (\frac{d\mu}{d\eta})_{\eta=0}.

        Raises
        ------
        ReadError
            "evaluation", where something stands above, as above the brackets of a difference, [F(x)]_{x=0}^1.
        """
        point = _POINT.match(self.text, start, self.end)
        if point is None or not self.tokens or self.tokens[-1].type not in _BRACKETED:
            return False
        below = self._braced(point.end())
        if point["name"] in _INDICES or _RUNS_ON.search(self.text, below.start, below.end):
            return False
        self.position = below.end + 1
        if _ABOVE.match(self.text, self.position, self.end):
            raise self._error("These brackets may be taken at a place and raised, or between two.", "evaluation", start,
                              self.position + 1, "Put what is taken at a place in brackets of its own.")  # fmt: skip
        self._emit("AT", below, start)
        return True

    def _read_place(self, start: int) -> None:
        """What stands below a bar, and its inverse. Raises ReadError "evaluation" where nothing does, or something else
        above it."""
        below, above, self.position = self._limits(self.position)
        if below is not None and above is not None and _INVERSE_ABOVE.fullmatch(self.text, above.start, above.end):
            self._emit("AT", below, start)
            self._emit("INVERSE", "", above.start)
            return
        if below is None or above is not None:
            raise self._error("Behind a bar is told where what stands before it is taken.", "evaluation", start,
                              self.position, r"Write \left. f(x) \right|_{x = 0}.")  # fmt: skip
        self._emit("AT", below, start)

    @property
    def _places_of_evaluated(self) -> frozenset[int]:
        if self.evaluated is None:
            opened: list[tuple[int, str]] = []
            found: set[int] = set()
            for sign in _SIZED.finditer(self.text, self.position - len("\\left"), self.end):
                if sign[1] == "left":
                    opened.append((sign.start(), sign[2]))
                elif opened:
                    start, opening = opened.pop()
                    found |= {start} if opening == "." and sign[2] in _BARS else set()
            self.evaluated = frozenset(found)
        return self.evaluated
