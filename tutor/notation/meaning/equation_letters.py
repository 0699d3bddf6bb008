r"""What X, Z, b and γ are by the equation in which they stand: the b of Xb are the fixed effects, the Z of Z − Xβ the
observations, the γ beside σ² a number, and G_{g} of one trait a matrix.

Only for a text that is about no model in particular.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import lru_cache

import sympy

from tutor.algebra.nodes import Scalar, Symbol
from tutor.algebra.sizes import ONE, size
from tutor.notation.meaning.subjects import STARRED
from tutor.notation.meaning.usage import Usage
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
_DIMENSIONS = r"(?:_\s*\{[^{}=]{1,24}(?:×|\\times)[^{}=]{1,24}\}\s*)?"
_OBSERVED = re.compile(
    rf"""(?<![A-Za-z\\])(?P<less>[YZ])\s*\}}?\s*[-−]\s*{_FONT}X\s*\}}?\s*{_FONT}{_FIXED}
    |(?:^|[$;,&]|\\\\)\s*{_FONT}(?P<is>[YZ])\s*\}}?\s*{_DIMENSIONS}&?=\s*{_FONT}X\s*\}}?\s*{_DIMENSIONS}{_FONT}{_FIXED}
    |^[^y]*\\(?:wide)?hat\s*\{{?\s*{_FONT}\\beta(?![A-Za-z])[^y]*=[^y]*(?:\\Sigma(?![A-Za-z])|Σ|V)\s*\}}?\s*
        (?:\^\s*\{{\s*[-−]\s*1\s*\}}|⁻¹)\s*{_FONT}(?P<last>[YZ])\s*\}}?\s*[$.,;]*\s*$
    |^[^y]*\\(?:wide)?hat\s*\{{?\s*(?P<field>[YZ])\s*\}}?\s*\(""",
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
_GREEK = {"μ": "mu", "ψ": "psi", "Ψ": "Psi", "η": "eta", "ν": "nu", "ξ": "xi", "ω": "omega", "ε": "epsilon"}
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
_IN_LIST = re.compile(
    rf"(?:\\sigma|σ)\s*(?:\^\s*\{{?\s*2\s*\}}?|²)\s*(?:_\s*(?:\{{[^{{}}]*\}}|\w))?\s*,\s*{_GAMMA}"
    rf"|{_GAMMA}\s*\}}?\s*(?:\^\s*\{{\s*[-−]\s*1\s*\}}|⁻¹)|\\[td]?frac\s*\{{[^{{}}]*\}}\s*\{{\s*{_GAMMA}\s*\}}|[0-9]\s*/\s*{_GAMMA}"
)
"""σ², γ: parameters of one list; γ⁻¹ is the inverse of a number."""

_OWN = "abcdfghlmpqrsuvw"
"""Letters of effects below their design; i, j, k and t are indices."""

_DESIGNED = re.compile(
    rf"""(?<![A-Za-z\\{{])(?P<design>[ZW])\s*_\s*(?:\{{\s*(?P<braced>[{_OWN}])\s*\}}|(?P<plain>[{_OWN}]))(?![A-Za-z0-9{{])\s*
    (?:(?P<transposed>{_TRANSPOSE})|\\(?:hat|tilde)\s*\{{?\s*)?
    (?:(?P<effect>[{_OWN}])(?:\s*_\s*\{{?\s*(?P<below>[{_OWN}])\s*\}}?)?(?![A-Za-z0-9_(]))?""",
    re.X,
)
"""Z_u u, Z_m u_m and Z_a A Z_a'."""


_NUMBERED = re.compile(rf"(?<![A-Za-z\\{{])X\s*_\s*(?:\{{\s*([0-9])\s*\}}|([0-9])(?![0-9]))\s*{_TRANSPOSE}")
"""X_2', of a design in several parts."""

_PART_TRANSPOSED = re.compile(
    r"(?<![A-Za-z\\])(?:\\(?:hat|tilde|widehat)\s*\{?\s*)?(?P<letter>\\(?:beta|gamma|theta)|[βγθ])"
    r"\s*\}?\s*_\s*\{?\s*(?P<number>[0-9ij])\s*\}?\s*"
    r"(?:\^\s*\{?\s*(?:T(?![a-z])|\\(?:top|intercal)(?![A-Za-z]))|ᵀ|['′](?=\s*(?:\\[a-zA-Z]|[A-Z(\[xz])))"
)
"""β̂_2': one part of the coefficients, which is a vector."""

_BEHIND_ROW = re.compile(
    rf"(?<![A-Za-z\\])(?P<row>[xzuw])\s*\}}?\s*_\s*(?:\{{[a-z]{{1,3}}\}}|[a-z])\s*\}}?\s*{_TRANSPOSE}\s*{_FONT}(?P<letter>\\(?:beta|gamma|theta)|[βγθ])"
    r"\s*\}?\s*_\s*\{?\s*(?P<number>[0-9ij])(?![0-9a-z])"
)
"""The β_j of x_i'β_j and the γ_i of u_ij'γ_i."""

_RANDOM = re.compile(r"(?<![A-Za-z])(?:E|Var|Cov|var|cov|V)\s*\}?\s*(?:\\left\s*)?[(\[]|[~∼]|\\sim(?![A-Za-z])")
_BEHIND = re.compile(r"(?<![A-Za-z\\{])([PMHQ])\s*_\s*\{?\s*([0-9])(?![0-9])")


@lru_cache(maxsize=8)
def numbered_designs(text: str) -> Mapping[str, str]:
    """The X_1 and X_2 of (X_2'X_2)^{-1}, with the letter of their columns, and the P_2 and M_2 beside them, which have
    none; nothing where X_1 and X_2 may be parts of a random vector.

    >>> dict(numbered_designs("P_2 = X_2(X_2'X_2)^{-1}X_2'")), dict(numbered_designs("Cov(X_1, X_2) = E(X_1 X_2')"))
    ({'X_2': 'p_2', 'P_2': ''}, {})
    """
    if "X" not in text or _RANDOM.search(text) is not None or "y_" in text:
        return {}
    numbers = {first or second for first, second in _NUMBERED.findall(text)}
    told = {f"X_{number}": f"p_{number}" for number in sorted(numbers)}
    if told:
        others = set(re.findall(r"(?<![A-Za-z\\{])X\s*_\s*\{?\s*([0-9])(?![0-9])", text)) - numbers
        told |= {f"X_{number}": f"p_{number}" for number in sorted(others)}
        told |= {f"{letter}_{number}": "" for letter, number in _BEHIND.findall(text)}
    return told


@lru_cache(maxsize=8)
def designs(text: str) -> Mapping[str, str]:
    """The designs with the letter of their effects below them, and the key of the effects where these stand behind.

    >>> dict(designs("y = X\\beta + Z_p p + Z_m u_m + e")), dict(designs("Z_a A Z_a'")), dict(designs("y_g = Z_g u_g"))
    ({'Z_p': 'p', 'Z_m': 'u_m'}, {'Z_a': ''}, {})
    """
    told: dict[str, str] = {}
    if "Z" not in text and "W" not in text:
        return told
    for found in _DESIGNED.finditer(text):
        letter = found["braced"] or found["plain"]
        own = found["effect"] is not None and (found["below"] or found["effect"]) == letter and not found["transposed"]
        if not (own or found["transposed"]) or re.search(rf"(?<![A-Za-z])[yXVRnε]\s*_\s*\{{?\s*{letter}\b", text):
            continue  # y_g = X_gβ + Z_g u_g: units with an index
        key = f"{found['design']}_{letter}"
        told[key] = f"{found['effect']}_{letter}" if own and found["below"] else letter if own else told.get(key, "")
    return told


def of_parts(vocabulary: Vocabulary, usage: Usage) -> Changes:
    """The β_2 and β̂_2 of β̂_2'Var(β̂_2)⁻¹β̂_2 as vectors: nobody transposes a number."""
    text = usage.text
    changes: dict[str, Name | None] = {}
    if not any(letter in text for letter in ("beta", "gamma", "theta", "β", "γ", "θ")):
        return changes
    for found in (*_PART_TRANSPOSED.finditer(text), *_BEHIND_ROW.finditer(text)):
        letter = {"β": "beta", "γ": "gamma", "θ": "theta"}.get(found["letter"], found["letter"].lstrip("\\"))
        row = found.groupdict().get("row")  # as long as the row of X or Z before it
        number = f"p_{found['number']}" if found["number"].isdigit() else "p"
        rows = size(("p" if row == "x" else "q") if row else number)
        for accent in ("", "hat", "tilde"):
            key = f"{letter}{accent}_{found['number']}"
            changes[key] = Name(key, Symbol(key, rows, ONE, role="random" if accent else "unknown"))
    return changes


def of_designs(vocabulary: Vocabulary, usage: Usage) -> Changes:
    """The p and the u_m of Z_p p and Z_m u_m: effects, also where the letter elsewhere is a count."""
    text = usage.text
    effects = {key for key in designs(text).values() if key}
    return {key: Name(key, Symbol(key, size("q"), ONE, "random")) for key in effects - {"u", "b"}}


def of_fixed_effects(vocabulary: Vocabulary, usage: Usage) -> Changes:
    """The b of Xb in a text that has no β and no Zb, and of b̂_OLS."""
    text = usage.text
    beta = vocabulary.lookup("beta") if any(letter in text for letter in "XUS") else None
    if beta is None or _BETA.search(text) is not None or _RANDOM_B.search(text) is not None:
        return {}
    are_solved = "u" not in text and "Z" not in text and "⊗" not in text and _NORMAL_EQUATIONS.search(text) is not None
    return {"b": beta} if are_solved or _XB.search(text) or _BY_METHOD.search(text) else {}


def of_observations(vocabulary: Vocabulary, usage: Usage) -> Changes:
    """The Z of Z − Xβ and of Z = Xβ + …, as long as y: its letter elsewhere is a matrix."""
    text = usage.text
    y = vocabulary.lookup("y")
    told = {found["less"] or found["is"] or found["last"] or found["field"] for found in _OBSERVED.finditer(text)}
    if y is None or not told:
        return {}
    return {letter: Name(letter, Symbol(letter, y.tree.rows, ONE, role="random")) for letter in told}


def of_deviations(vocabulary: Vocabulary, usage: Usage) -> Changes:
    """The X and the μ_X of E((X − μ_X)(Y − μ_Y)'): vectors of one length each."""
    text = usage.text
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


def of_latent_variables(vocabulary: Vocabulary, usage: Usage) -> Changes:
    """The x, z and μ of x = Wz + μ + ε, and of x ~ N(μ, WW' + Ψ): vectors; Ψ is a matrix."""
    text = usage.text
    y = vocabulary.lookup("y") if "=" in text or "N" in text else None
    found = _LATENT.search(text) if y is not None else None
    marginal = _MARGINAL.search(text) if y is not None and found is None else None
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


def of_lagged_covariates(vocabulary: Vocabulary, usage: Usage) -> Changes:
    """The γ of Xβ + WXγ, coefficients of the same covariates as β."""
    text = usage.text
    beta = vocabulary.lookup("beta")
    is_durbin = _DURBIN.search(text) is not None and _XBETA.search(text) is not None
    if beta is None or not is_durbin:
        return {}
    return {"gamma": Name("gamma", Symbol("gamma", beta.tree.rows, ONE, "unknown"))}


def of_parameters(vocabulary: Vocabulary, usage: Usage) -> Changes:
    """The γ in a list behind σ², a parameter as it is, and of γ⁻¹I."""
    text = usage.text
    if _IN_LIST.search(text) is None:
        return {}
    return {"gamma": Name("gamma", Scalar(sympy.Symbol("gamma", real=True)))}


_ERROR = re.compile(
    rf"""(?:^|[$;,&{{\s])(?:\\(?:mathbf|boldsymbol|bm)\s*\{{?\s*)?[yY]\s*\}}?\s*&?=[^=~∼;&ZWG]*?(?<![A-Za-z\\])
    [XDH]\s*\}}?\s*(?:_\s*\{{?\s*\w\s*\}}?\s*)?{_FONT}{_FIXED}(?:\s*\}}?\s*_\s*\{{?\s*\w)?\s*\}}?\s*\+\s*
    (?:{_FONT}[A-Z]\s*\}}?\s*{_FONT}(?:\\(?:gamma|delta|theta)(?![A-Za-z])|[γδθ])\s*\}}?\s*\+\s*)?
    (?:\\(?:mathbf|boldsymbol|bm)\s*\{{?\s*)?u\s*\}}*\s*(?=$|[$.,;&]|\\\\|\\(?:q?quad|text|tag|label|end)(?![A-Za-z]))""",
    re.X,
)
"""y = Xβ + u of econometrics, where u is the error and there is nothing behind it."""

_ERROR_OF_UNIT = re.compile(
    rf"X\s*\}}?\s*{STARRED}_\s*\{{?\s*(?P<index>[gi])(?![a-z0-9])[^=;$]{{0,12}}{_FONT}{_FIXED}[^=;$]{{0,60}}\+[^=+;$]{{0,60}}?"
    rf"(?<![A-Za-z]){_FONT}u\s*\}}?\s*{STARRED}_\s*\{{?\s*(?P=index)(?![a-z0-9])"
)


def of_errors(vocabulary: Vocabulary, usage: Usage) -> Changes:
    """The u of y = Xβ + u, as long as y, and the u_i of y_i = X_iβ + u_i, as long as y_i."""
    text = usage.text
    y = vocabulary.lookup("y")
    if y is None or re.search(r"(?<![A-Za-z])Z", text):
        return {}
    names = {"u": Name("u", Symbol("u", y.tree.rows, ONE, role="random"))} if _ERROR.search(text) is not None else {}
    for found in _ERROR_OF_UNIT.finditer(text):
        key = f"u_{found['index']}"
        block = Symbol(key, size(f"n_{found['index']}"), ONE, role="random")
        names[key] = Name(key, Scalar(sympy.Symbol(key, real=True)), bold=block)
    return names


_RESPONSE = re.compile(
    r"""(?:^|[$;,&\s])(?:(?:\\Delta\s*|Δ\s*)(?P<gain>[GR])(?:\s*_\s*\w)?|(?P<response>R)(?=[^=]*=\s*(?:i\s*)?h\s*(?:\^\s*\{?\s*2|²)))\s*&?=
    (?![^=]*(?:\\mathbf|\\boldsymbol|['′ᵀ]))""",
    re.X,
)
"""ΔG = irσ_A/L and R = h²S, by how much selection changes a mean."""


def of_selection(vocabulary: Vocabulary, usage: Usage) -> Changes:
    """The G, R, S and L of the breeder's equation: numbers."""
    text = usage.text
    found = _RESPONSE.search(text)
    if found is None:
        return {}
    told = {"L", "S", "R" if found["response"] else found["gain"]} | ({"Delta"} if found["gain"] else set())
    return {letter: Name(letter, Scalar(sympy.Symbol(letter, real=True))) for letter in told}


_PROJECTION = re.compile(
    r"(?<![A-Za-z\\])(?P<letter>[PMQ])\s*\}?\s*_\s*\{?\s*(?P<of>[XZDWV])\s*\}?\s*(?:\\(?:mathbf|boldsymbol|bm|hat|tilde)\s*\{?\s*)*"
    r"(?=[XZDTyYeu]|\\(?:var)?epsilon)"
)


def of_projections(vocabulary: Vocabulary, usage: Usage) -> Changes:
    """The P_Z of X'P_Z X and the M_X of M_X y: the projection on the columns of a matrix, n × n, and what is left."""
    text = usage.text
    y = vocabulary.lookup("y")
    if y is None:
        return {}
    rows = y.tree.rows
    keys = {f"{found['letter']}_{found['of']}" for found in _PROJECTION.finditer(text)}
    return {key: Name(key, Symbol(key, rows, rows, "known", frozenset({"symmetric"}))) for key in keys}


_ERROR_BY_LETTER = re.compile(
    r"(?:[XZ]\s*\}?\s*(?:\\(?:mathbf|boldsymbol|bm)\s*\{?\s*)?(?:\\beta|β)|[XZ]\s*\\delta)\s*\}?\s*\+\s*(?P<letter>\\(?:nu|xi|omega|zeta)|[vνξω])"
    r"\s*(?=$|[),.;&$\s]|\\\\)"
)


def of_further_errors(vocabulary: Vocabulary, usage: Usage) -> Changes:
    """The ν of Xβ + ν, an error as long as y by a letter that is elsewhere a number."""
    text = usage.text
    y = vocabulary.lookup("y")
    keys = {_key(found["letter"]) for found in _ERROR_BY_LETTER.finditer(text)}
    return {} if y is None else {key: Name(key, Symbol(key, y.tree.rows, ONE, role="random")) for key in keys}


_SPATIAL_LAG = re.compile(
    r"(?P<letter>\\(?:eta|xi|nu|epsilon)|(?<![A-Za-z\\])[uvεη])\s*&?=\s*(?:\\(?:rho|lambda|phi)|[ρλφ])\s*W\s*(?P=letter)"
    r"(?:\s*\+\s*(?P<error>\\(?:xi|nu|zeta)|[uvξν])\s*(?=$|[),.;&$\s]|\\\\))?"
)


def of_spatial_lags(vocabulary: Vocabulary, usage: Usage) -> Changes:
    """The u, v and n × n neighbours W of u = ρWu + v, where u is as long as y."""
    text = usage.text
    y = vocabulary.lookup("y")
    found = _SPATIAL_LAG.search(text)
    if y is None or found is None:
        return {}
    rows = y.tree.rows
    keys = {_key(letter) for letter in (found["letter"], found["error"]) if letter} - {"epsilon"}
    vectors = {key: Name(key, Symbol(key, rows, ONE, role="random")) for key in keys}
    return vectors | {"W": Name("W", Symbol("W", rows, rows, "known"))}


_NEIGHBOUR = r"(?<![A-Za-z\\{])(?P<%s>[ck])(?:\s*_\s*\{?\s*(?P<%s>0|\*)\s*\}?)?"
_INVERSE = r"(?:[CKΣ]|\\Sigma(?![A-Za-z])|\(\s*K\s*\+[^()]{1,30}\))\s*\^\s*\{?\s*-\s*1\s*\}?\s*"
_PRIME = r"\s*(?:['′ᵀ]|\^\s*\{?\s*(?:T|\\top|\\prime)\s*\}?)\s*"
_PREDICTED = re.compile(
    rf"(?P<weights>(?:\\lambda|λ)(?![A-Za-z_])\s*&?=\s*)?{_INVERSE}{_NEIGHBOUR % ('letter', 'below')}(?![A-Za-z_(])"
    rf"|{_NEIGHBOUR % ('first', 'under')}{_PRIME}{_INVERSE}(?P<data>[zy])?"
)


def of_predictions(vocabulary: Vocabulary, usage: Usage) -> Changes:
    """The c_0 of C⁻¹c_0, the covariances with what is predicted, and the weights λ that are equal to it."""
    text = usage.text
    y = vocabulary.lookup("y")
    if y is None:
        return {}
    keys: set[str] = set()
    for found in _PREDICTED.finditer(text):
        letter, below = found["letter"] or found["first"], found["below"] or found["under"]
        keys |= {f"{letter}_{below}" if below else letter, "lambda" if found["weights"] else "", found["data"] or ""}
    keys -= {"", "y"}
    return {key: Name(key, Symbol(key, y.tree.rows, ONE, "known")) for key in keys}
