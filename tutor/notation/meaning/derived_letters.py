r"""The Q of \frac{\partial Q}{\partial\beta}, what is minimized: a number, as it is derived by a vector.

Only for a text that is about no model in particular.
"""

from __future__ import annotations

import re
from collections.abc import Mapping

import sympy

from tutor.algebra.nodes import Scalar
from tutor.notation.meaning.usage import Usage
from tutor.notation.vocabulary import Name, Vocabulary

_DERIVED = re.compile(
    r"\\[dt]?frac\s*\{\s*\\partial(?![A-Za-z])\s*(?P<letter>[A-Z])\s*\}\s*\{\s*\\partial(?![A-Za-z])\s*"
    r"(?:\\(?:mathbf|boldsymbol|bm|hat)\s*\{?\s*)*\\beta(?![A-Za-z_])\s*\}*"
    r"|∂(?P<plain>[A-Z])\s*/\s*∂β(?![_₀-₉])"
)


def of_derived(vocabulary: Vocabulary, usage: Usage) -> Mapping[str, Name | None]:
    """The capital that is derived by the coefficients, ∂Q/∂β: a matrix has no such derivative."""
    text = usage.text
    letters = {found["letter"] or found["plain"] for found in _DERIVED.finditer(text)}
    new = {letter for letter in letters if vocabulary.lookup(letter) is None}
    return {letter: Name(letter, Scalar(sympy.Symbol(letter, real=True))) for letter in new}
