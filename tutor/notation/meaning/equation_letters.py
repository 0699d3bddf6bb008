r"""What X, Z, b and γ are by the equation in which they stand: the b of Xb are the fixed effects, the Z of Z − Xβ the
observations, the γ beside σ² a number, and G_{g} of one trait a matrix.

Only for a text that is about no model in particular.
"""

from __future__ import annotations

import re
from collections.abc import Mapping

import sympy

from tutor.algebra.nodes import Scalar, Symbol
from tutor.algebra.sizes import ONE, size
from tutor.notation.vocabulary import Name, Vocabulary

Changes = Mapping[str, Name | None]

_TRANSPOSE = r"(?:['′ᵀ]|\^\s*\{?\s*(?:T(?![a-z])|\\(?:top|intercal|prime))\s*\}?)"
_FONT = r"(?:\\(?:mathbf|boldsymbol|bm|hat|widehat|tilde)\s*\{?\s*)*"
_XB = re.compile(rf"(?<![A-Za-z\\])[XU]\s*\}}?\s*{_FONT}b(?![A-Za-z])")
_RANDOM_B = re.compile(
    rf"(?<![A-Za-z\\])[ZW]\s*\}}?\s*{_FONT}b(?![A-Za-z])|(?<![A-Za-z])b\s*\}}?\s*(?:\\sim(?![A-Za-z])|[~∼])"
)
_NORMAL_EQUATIONS = re.compile(rf"X\s*\}}?\s*{_TRANSPOSE}\s*{_FONT}X\s*\}}?[^Zu]*(?<![A-Za-z\\])b(?![A-Za-z])")
_BETA = re.compile(r"\\beta(?![A-Za-z])|β|(?<![A-Za-z])beta(?![A-Za-z])")
_BY_METHOD = re.compile(
    r"\\(?:hat|widehat|tilde)\s*\{?\s*(?:\\(?:mathbf|boldsymbol|bm)\s*\{?\s*)?b\s*\}*\s*_\s*\{?\s*(?:[A-Z]?LS|[OGW]LS)"
)
_FIXED = r"(?:\\beta(?![A-Za-z])|β)"
_OBSERVED = re.compile(
    rf"""(?<![A-Za-z\\])(?P<less>[YZ])\s*\}}?\s*[-−]\s*{_FONT}X\s*\}}?\s*{_FONT}{_FIXED}
    |(?:^|[$;,&]|\\\\)\s*{_FONT}(?P<is>[YZ])\s*\}}?\s*&?=\s*{_FONT}X\s*\}}?\s*{_FONT}{_FIXED}""",
    re.X,
)
_DEVIATION = re.compile(
    r"""(?:\(|\\left\s*\()\s*(?P<letter>[XYZ])\s*[-−]\s*(?P<mean>\\mu(?![A-Za-z])|μ|E\s*[(\[]\s*(?P=letter)\s*[)\]])
    (?:\s*_\s*\{?\s*(?P<below>[XYZ])\s*\}?)?\s*(?:\\right\s*)?\)""",
    re.X,
)
"""(X − μ_X), one of two factors of which the second is transposed."""

_TRANSPOSED = re.compile(r"\)\s*(?:['′ᵀ]|\^\s*\{?\s*(?:T(?![A-Za-z])|\\top|\\intercal|\\prime))")
_MOMENT = re.compile(r"(?<![A-Za-z])(?:E|\\mathbb\s*\{?\s*E\s*\}?|[CV](?:ov|ar))\s*\}?\s*(?:\\left\s*)?[\[({]")
_GREEK = {"μ": "mu", "ψ": "psi", "Ψ": "Psi"}
_LATENT = re.compile(
    r"""(?:^|[$;,&\s])(?P<observed>[xty])\s*&?=\s*[A-HK-WY]\s*(?P<latent>[zhsfw])(?![A-Za-z_(])\s*
    \+\s*(?P<mean>\\mu(?![A-Za-z_])|μ|b(?![A-Za-z_(]))""",
    re.X,
)
_MARGINAL = re.compile(
    rf"""(?:^|[$;,&\s])(?P<observed>[xty])\s*(?:\\sim(?![A-Za-z])|[~∼])\s*(?:\\mathcal\s*\{{\s*)?N\s*\}}?\s*\(\s*
    (?P<mean>\\mu(?![A-Za-z_])|μ|b(?![A-Za-z_(])),\s*(?P<loadings>[A-HK-WΛ]|\\Lambda)\s*(?P=loadings)\s*{_TRANSPOSE}\s*
    \+\s*(?P<spread>\\[Pp]si(?![A-Za-z_])|[ψΨ])?""",
    re.X,
)
"""Factor analysis and probabilistic principal components: what is observed, and its distribution."""

_DURBIN = re.compile(rf"(?<![A-Za-z\\])W\s*\}}?\s*{_FONT}X\s*\}}?\s*{_FONT}(?:\\(?:gamma|theta)(?![A-Za-z])|[γθ])")
_XBETA = re.compile(rf"(?<![A-Za-z\\W])X\s*\}}?\s*{_FONT}{_FIXED}")
_GAMMA = r"(?:\\gamma(?![A-Za-z])|γ)(?!\s*\}?\s*_|[₀-₉])"
_IN_LIST = re.compile(rf"(?:\\sigma|σ)\s*(?:\^\s*\{{?\s*2\s*\}}?|²)\s*(?:_\s*(?:\{{[^{{}}]*\}}|\w))?\s*,\s*{_GAMMA}")
"""σ², γ: parameters of one list."""


def of_fixed_effects(vocabulary: Vocabulary, text: str) -> Changes:
    """The b of Xb in a text that has no β and no Zb, and of b̂_OLS."""
    beta = vocabulary.lookup("beta")
    if beta is None or _BETA.search(text) is not None or _RANDOM_B.search(text) is not None:
        return {}
    are_solved = "u" not in text and "Z" not in text and "⊗" not in text and _NORMAL_EQUATIONS.search(text) is not None
    return {"b": beta} if are_solved or _XB.search(text) or _BY_METHOD.search(text) else {}


def of_observations(vocabulary: Vocabulary, text: str) -> Changes:
    """The Z of Z − Xβ and of Z = Xβ + …, as long as y: its letter elsewhere is a matrix."""
    y = vocabulary.lookup("y")
    told = {found["less"] or found["is"] for found in _OBSERVED.finditer(text)}
    if y is None or not told:
        return {}
    return {letter: Name(letter, Symbol(letter, y.tree.rows, ONE, role="random")) for letter in told}


def of_deviations(vocabulary: Vocabulary, text: str) -> Changes:
    """The X and the μ_X of E((X − μ_X)(Y − μ_Y)'): vectors of one length each."""
    y = vocabulary.lookup("y")
    found = list(_DEVIATION.finditer(text))
    if y is None or len(found) < 2 or _TRANSPOSED.search(text) is None or _MOMENT.search(text) is None:
        return {}
    names: dict[str, Name | None] = {}
    for told in found:
        letter = told["letter"]
        names[letter] = Name(letter, Symbol(letter, y.tree.rows, ONE, role="random"))
        if not told["mean"].startswith("E"):
            key = f"mu_{told['below']}" if told["below"] else "mu"
            names[key] = Name(key, Symbol(key, y.tree.rows, ONE))
    return names


def of_latent_variables(vocabulary: Vocabulary, text: str) -> Changes:
    """The x, z and μ of x = Wz + μ + ε, and of x ~ N(μ, WW' + Ψ): vectors; Ψ is a matrix."""
    y = vocabulary.lookup("y")
    found = _LATENT.search(text)
    marginal = None if found is not None else _MARGINAL.search(text)
    if y is None or (found is None and marginal is None):
        return {}
    n = y.tree.rows
    if found is None:
        assert marginal is not None
        told = {marginal["observed"]: n, _key(marginal["mean"]): n}
    else:
        told = {found["observed"]: n, _key(found["mean"]): n, found["latent"]: size("q")}
    names: dict[str, Name | None] = {key: Name(key, Symbol(key, rows, ONE)) for key, rows in told.items() if key}
    if marginal is not None and marginal["spread"]:
        key = _key(marginal["spread"])
        names[key] = Name(key, Symbol(key, n, n, "unknown", frozenset({"symmetric"})))
    return names


def _key(letter: str) -> str:
    return _GREEK.get(letter, letter.lstrip("\\"))


def of_lagged_covariates(vocabulary: Vocabulary, text: str) -> Changes:
    """The γ of Xβ + WXγ, coefficients of the same covariates as β."""
    beta = vocabulary.lookup("beta")
    is_durbin = _DURBIN.search(text) is not None and _XBETA.search(text) is not None
    if beta is None or not is_durbin:
        return {}
    return {"gamma": Name("gamma", Symbol("gamma", beta.tree.rows, ONE, "unknown"))}


def of_parameters(vocabulary: Vocabulary, text: str) -> Changes:
    """The γ in a list behind σ², a parameter as it is."""
    if _IN_LIST.search(text) is None:
        return {}
    return {"gamma": Name("gamma", Scalar(sympy.Symbol("gamma", real=True)))}
