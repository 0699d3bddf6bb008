"""The e beside an ε in one equation, e_it = u_i + ε_it, and the residuals e = y − Xβ̂ beside errors ε: two letters.

In different statements they are one letter, spelled in two ways.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from unicodedata import normalize

import sympy

from tutor.algebra.nodes import Scalar, Symbol
from tutor.algebra.sizes import ONE
from tutor.notation.meaning.usage import Usage
from tutor.notation.names import LATIN_E, MARK_NAMES, RESIDUAL
from tutor.notation.parsing.subscripts import normal_subscript
from tutor.notation.vocabulary import Name, Vocabulary

_EPSILON = re.compile(r"\\(?:var)?epsilon(?![A-Za-z])|[εϵ]")
_LOWERED = r"\s*\}*\s*(?:_\s*(?:\{(?P<braced>[^{}]*)\}|(?P<plain>[A-Za-z0-9]+)))?"
_LETTER = re.compile(
    rf"(?<![A-Za-z\\_])(?:\\(?P<accent>hat|tilde|bar)\s*(?:\{{\s*)?)?(?:\\(?:mathbf|boldsymbol|bm)\s*(?:\{{\s*)?)?"
    rf"(?<![A-Za-z_^])(?<![_^]\{{)e(?P<mark>[\u0302\u0303\u0304]?)(?![A-Za-z^]|\s*\}}?\s*\^){_LOWERED}"
)
"""An e that is no base of a power, with its accent and what is below it."""

_STATEMENTS = re.compile(r"\\\\|;|,(?![^({]{0,200}[)}])|\\q?quad|\$")
_IS_DEFINED = re.compile(
    r"^[\s&$]*(?:\\(?:mathbf|boldsymbol|bm|hat)\s*(?:\{\s*)?)*e(?:\s*\}*\s*_\s*(?:\{[^{}]*\}|\w+))?\s*\}*\s*&?="
)


def of_residuals(vocabulary: Vocabulary, usage: Usage) -> Mapping[str, Name]:
    """The names of such an e, by their keys; none in a text in which it is another spelling of ε."""
    text = usage.text
    y = vocabulary.lookup("y")
    if y is None or _EPSILON.search(text) is None:
        return {}
    text = text if text.isascii() else normalize("NFD", text)
    parts = _STATEMENTS.split(text)
    are_together = any(_LETTER.search(part) and _EPSILON.search(part) for part in parts if "=" in part)
    if not are_together and not any(_IS_DEFINED.search(part) for part in parts):
        return {}
    names: dict[str, Name] = {}
    for found in _LETTER.finditer(text):
        accent = found["accent"] or MARK_NAMES.get(found["mark"], "")
        below = found["braced"] or found["plain"] or ""
        ending = accent + (f"_{normal_subscript(below)}" if below else "")
        if below:
            names["epsilon" + ending] = Name(RESIDUAL + ending, Scalar(sympy.Symbol(RESIDUAL + ending, real=True)))
        key = LATIN_E + ending
        element = Scalar(sympy.Symbol(key, real=True))
        names["e" + ending] = Name(key, element if below else Symbol(key, y.tree.rows, ONE, "random"))
    return names
