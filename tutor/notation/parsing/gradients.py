r"""Derivatives with their variable below the sign: \partial_\theta \mathbf{V}, \nabla_{\boldsymbol\beta}\,\ell, and
\nabla\ell(\theta), where the brackets tell by what."""

from __future__ import annotations

import re

from tutor.notation.parsing.brackets import closing_brace
from tutor.notation.parsing.evaluations import Evaluations
from tutor.notation.parsing.spelling import SUPERSCRIPT_CHARACTERS
from tutor.notation.parsing.token import Span

_ORDER = re.compile(r"\s*\^\s*(?:\{\s*([2-9])\s*\}|([2-9]))|([²³⁴-⁹])")
_BELOW = re.compile(r"\s*_\s*(?:(?P<braced>\{)|(?P<command>\\[A-Za-z]+)|(?P<letter>[^\W\d_]))")
_OF_BRACKETS = re.compile(
    r"\s*(?:\\[A-Za-z]+|[A-Za-zℓ])(?:_(?:\{[^{}]*\}|\w))?\s*(?:\\left\s*)?\(\s*(?P<by>(?:[^(){},;|]|\{[^{}]*\}){1,40})"
    r"\s*(?:\\right\s*)?\)"
)
"""A function of one letter, of which that is the variable."""


class Gradients(Evaluations):
    """∂ and ∇ before what is derived."""

    def _read_gradient(self, start: int) -> bool:
        r"""Whether a ∂ or ∇ that ends at the position has its variable below it, or tells it otherwise.

        Raises
        ------
        ReadError
            "derivative", for ∇ where nothing tells by what is derived.
        """
        end = self.position
        order = _ORDER.match(self.text, end, self.end)
        end = end if order is None else order.end()
        by, end = self._variable_below(end)
        order = order or (_ORDER.match(self.text, end, self.end) if by is not None else None)
        end = end if order is None else max(end, order.end())
        is_gradient = self.text[start] == "∇" or self.text.startswith("\\nabla", start)
        if by is None and is_gradient:
            found = _OF_BRACKETS.match(self.text, end, self.end)
            if found is None:
                raise self._error("By what is derived here?", "derivative", start, end,
                                  r"Write it below the sign, as in \nabla_\theta.")  # fmt: skip
            by = Span(*found.span("by"))
        if by is None:
            return False
        told = "" if order is None else next(filter(None, order.groups())).translate(SUPERSCRIPT_CHARACTERS)
        self._emit("DERIVATION", (told, "∂"), start, end)
        self._read_letter_argument(by.start, by.end)
        self.position = end
        return True

    def _variable_below(self, at: int) -> tuple[Span | None, int]:
        """What stands below a sign that ends at an offset, and where that ends."""
        below = _BELOW.match(self.text, at, self.end)
        if below is None:
            return None, at
        if below["braced"] is None:
            return Span(*below.span("command" if below["command"] else "letter")), below.end()
        closing = closing_brace(self.text, below.end() - 1, self.end)
        return (None, at) if closing is None else (Span(below.end(), closing), closing + 1)
