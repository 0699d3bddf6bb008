"""Covariates of one observation behind the transposed slopes, the x_ij of β'x_ij: a vector as long as β."""

from __future__ import annotations

import re
from collections.abc import Mapping

from tutor.algebra.nodes import Symbol
from tutor.algebra.sizes import ONE
from tutor.notation.vocabulary import Name, Vocabulary

_BEHIND_SLOPES = re.compile(
    r"""(?:\\beta(?![A-Za-z_])|β)\s*\}?\s*(?:['′’ᵀ]|\^\s*\{?\s*(?:T|\\top|\\prime)(?![A-Za-z])\s*\}?)\s*
    (?:\\(?:mathbf|boldsymbol|bm)\s*\{\s*)?(?P<letter>[xzw])\s*\}?\s*_\s*
    (?:\{\s*(?P<braced>[a-z]{1,3})\s*\}|(?P<plain>[a-z]{1,3}))(?![A-Za-z])""",
    re.X,
)


def behind_slopes(vocabulary: Vocabulary, text: str) -> Mapping[str, Name]:
    """The names of such covariates, by their keys."""
    beta = vocabulary.lookup("beta")
    if beta is None or not isinstance(beta.tree, Symbol):
        return {}
    found = _BEHIND_SLOPES.finditer(text)
    keys = {f"{told['letter']}_{told['braced'] or told['plain']}" for told in found}
    return {key: Name(key, Symbol(key, beta.tree.rows, ONE)) for key in keys}
