"""Covariates of one observation, vectors as long as their slopes: the x_ij of β'x_ij, the X_it of y_it = X_it'β + …"""

from __future__ import annotations

import re
from collections.abc import Mapping

from tutor.algebra.nodes import Symbol
from tutor.algebra.sizes import ONE, size
from tutor.notation.meaning.usage import Usage
from tutor.notation.vocabulary import Name, Vocabulary

_BEHIND_SLOPES = re.compile(
    r"""(?:\\beta(?![A-Za-z_])|β)\s*\}?\s*(?:['′’ᵀ]|\^\s*\{?\s*(?:T|\\top|\\prime)(?![A-Za-z])\s*\}?)\s*
    (?:_\s*\{?\s*(?P<group>[a-z])\s*\}?\s*)?
    (?:\\(?:mathbf|boldsymbol|bm)\s*\{\s*)?(?P<letter>[xzw])\s*\}?\s*_\s*
    (?:\{\s*(?P<braced>[a-z](?:\s*,?\s*[a-z]){0,2})\s*\}|(?P<plain>[a-z]{1,3}))(?![A-Za-z])""",
    re.X,
)


def behind_slopes(vocabulary: Vocabulary, usage: Usage) -> Mapping[str, Name]:
    """The names of such covariates, by their keys."""
    text = usage.text
    beta = vocabulary.lookup("beta")
    if beta is None or not isinstance(beta.tree, Symbol):
        return {}
    keys: set[str] = set()
    for told in _BEHIND_SLOPES.finditer(text):
        below = "".join((told["braced"] or told["plain"]).replace(",", " ").split())
        keys.add(f"{told['letter']}_{below}")
        keys |= {f"beta_{told['group']}"} if told["group"] else set()
    return {key: Name(key, Symbol(key, beta.tree.rows, ONE)) for key in keys}


_FONT = r"(?:\\(?:mathbf|boldsymbol|bm|bar|overline|tilde|hat|widehat)\s*\{?\s*)*"
_BELOW = r"\s*\}*\s*_\s*(?:\{\s*(?P<%s>[a-z](?:\s*,?\s*[a-z]?(?:\s*-\s*1)?))\s*\}|(?P<%s>[a-z]))"
_ELEMENT = re.compile(
    rf"(?:^|[$;&\n\[(]|\\\\)\s*{_FONT}(?:[yY]|\\alpha|α){_BELOW % ('pair', 'one')}\s*\}}?\s*"
    rf"(?:[-−]\s*{_FONT}[yY][^=]{{0,12}})?&?="
    rf"|[(\s]{_FONT}[yY]\s*\}}?\s*_\s*\{{?it\}}?\s*[-−]"
)
"""One observation, or the effect of one subject, on the left side or before its residual."""

_TRANSPOSED = r"\s*\}?\s*(?:['′’ᵀ]|\^\s*\{?\s*(?:T(?![a-z])|(?:\\top|\\prime|\\intercal)(?![A-Za-z]))\s*\}?)\s*"
_SLOPE = rf"{_FONT}(?:\\(?P<latex>beta|gamma|delta|theta)(?![A-Za-z])|(?P<sign>[βγδθ]))"
_COVARIATE = rf"{_FONT}(?<![A-Za-z\\])(?P<letter>[XZW]){_BELOW % ('indices', 'index')}"
_NAMED = re.compile(rf"(?P<mean>\\(?:bar|overline)\s*\{{?\s*)?{_COVARIATE}")
_BEFORE_SLOPES = re.compile(
    rf"(?:(?P<named>{_COVARIATE})|\(\s*(?P<group>[^()=]{{3,80}})\s*(?:\\right\s*)?\)){_TRANSPOSED}{_SLOPE}"
)
_LETTERS = {"β": "beta", "γ": "gamma", "δ": "delta", "θ": "theta"}


def before_slopes(vocabulary: Vocabulary, usage: Usage) -> Mapping[str, Name]:
    """The names of capitals with an index that stand transposed before slopes in the equation of one observation.

    Elsewhere X_i are the rows of a subject, a matrix.
    """
    text = usage.text
    beta = vocabulary.lookup("beta")
    if beta is None or not isinstance(beta.tree, Symbol) or _ELEMENT.search(text) is None:
        return {}
    names: dict[str, Name] = {}
    for told in _BEFORE_SLOPES.finditer(text):
        letter = told["latex"] or _LETTERS[told["sign"]]
        rows = beta.tree.rows if letter == "beta" else size(f"p_{letter}")
        for covariate in _NAMED.finditer(told["named"] or told["group"]):
            below = "".join((covariate["indices"] or covariate["index"]).split())
            key = f"{covariate['letter']}{'bar' if covariate['mean'] else ''}_{below.replace(',', '_')}"
            names[key] = Name(key, Symbol(key, rows, ONE))
        if letter != "beta":
            names[letter] = Name(letter, Symbol(letter, rows, ONE, "unknown"))
    return names
