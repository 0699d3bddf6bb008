r"""Letters that are numbers by the distributions in a text: π beside 1 − π, the β of Gamma(α, β), the X of P(X > x).

Only for a text that is about no model in particular.
"""

from __future__ import annotations

import re
from collections.abc import Mapping

import sympy

from tutor.algebra.nodes import Scalar, Symbol
from tutor.algebra.sizes import ONE, size
from tutor.notation.meaning.usage import Usage
from tutor.notation.vocabulary import Name, Vocabulary

Changes = Mapping[str, Name | None]

_BOLD = r"\\(?:mathbf|boldsymbol|bm)\s*\{?\s*"
_PI = r"(?:\\pi(?![A-Za-z])|π|(?<![A-Za-z.])pi(?![A-Za-z]))"
ALONE = r"(?!\s*_|[₀-₉ᵢⱼ])"
OPENS = r"\s*\}?\s*(?:\\left\s*)?[\[(]"
_CIRCLE = re.compile(
    rf"""[0-9]\s*(?:\*|\\cdot|·)?\s*{_PI}      # 2π
    |{_PI}\s*\^\s*\{{?2|π²                     # π²/3, the variance of the logistic distribution
    |\\sqrt\s*\{{\s*{_PI}\s*\}}|√π
    |(?:np|sympy)\.pi""",
    re.X,
)
_PROBABILITY = re.compile(
    rf"""1\s*[-−]\s*{_PI}{ALONE}
    |(?:logit|probit|cloglog|odds){OPENS}\s*{_PI}
    |(?:Bin|Binom|Binomial|Bern|Bernoulli){OPENS}[^()]*{_PI}
    |(?:Phi\s*\^\s*\{{?\s*-\s*1\s*\}}?|Φ⁻¹){OPENS}\s*{_PI}
    |{_PI}\s*(?:\\in(?![A-Za-z])|∈)|<\s*{_PI}\s*<""",
    re.X,
)
_RATE = re.compile(
    r"(?:Gamma|IG|NIG|Beta)\s*\}?\s*(?:\\!\s*)?(?:\\left\s*)?\([^()]*(?:\\beta|β)(?![A-Za-z_])|\\frac\s*\{\s*\\beta\s*\}\s*\{[^{}]*\\alpha\s*[-+]"
)
_SLOPES = re.compile(
    r"[XZxz]\s*\}?\s*(?:\\(?:mathbf|boldsymbol|bm|hat)\s*\{?\s*)*(?:\\beta|β)|(?:boldsymbol|bm)\s*\{?\s*\\beta"
)
"""A β that is a rate, Gamma(α, β), where none is the slopes of a regression, Xβ."""

_VARIATE = re.compile(
    r"""(?<![A-Za-z\\{])(?P<letter>[XYZ])\s*(?:[|∣]|\\r?vert)?\s*(?:[<>≤≥]|\\(?:[lg]eq?|[lg]t)(?![A-Za-z]))
    |(?<![A-Za-z\\{])(?<![,|]\s)(?<![,|])(?P<named>[XZ])\s*(?:~|∼|\\sim(?![A-Za-z]))
    |(?:[|∣]|\\mid|\\vert)\s*(?P<given>[XZ])\s*=
    |(?<![A-Za-z])(?:[Cc]ov|[Vv]ar|[Cc]orr?)\}?\s*(?:\\left\s*)?[(\[]\s*(?P<moment>[XZ])\s*,\s*[XYZ]\s*(?:\^\s*\{?\s*\*\s*\}?)?\s*[)\]]
    |(?<![A-Za-z])(?:(?:[Vv]ar|E)\s*\}?\s*(?:\\left\s*)?[(\[]\s*|P\s*\(\s*)(?P<variate>[XZ])\s*(?:[-+−]\s*[XYZ]\s*)?(?:[)\]]|=)
    |(?<![A-Za-z])E\s*(?:\\left\s*)?[(\[]\s*(?P<squared>[XYZ])\s*(?:\^\s*\{?\s*2|²)
    |(?<![A-Za-z\\])e\s*\^\s*\{\s*[-−]?\s*(?:i\s*)?[tsu]\s*(?P<raised>[XYZ])\s*\}          # E(e^{tX})
    """,
    re.X,
)
_MATRICES = re.compile(
    rf"{_BOLD}[XZ](?![A-Za-z])|[XZ]\s*(?:['′ᵀ_]|\^(?!\s*\{{?\s*\*)|\\(?:top|beta|mathbf|boldsymbol)|[βbu](?![A-Za-z]))"
)
"""X and Z as the matrices of the model."""


_SCALE = re.compile(
    r"(?<![A-Za-z\\{])(?P<letter>[A-HK-Z])\s*(?:~|∼|\\sim(?![A-Za-z]))\s*(?:\\(?:text|mathrm|operatorname|mathcal)\s*\{\s*)?"
    r"(?:Inv(?:erse)?[-\s]*(?:Gamma|\\?chi|χ)|(?:IG|InvGamma|Gamma|Ga|Exp|Exponential|Beta|Uniform|Unif)(?![A-Za-z])|\\chi|χ)"
)
"""W ~ Gamma(a, b): what has such a distribution is a number."""


def of_scales(vocabulary: Vocabulary, usage: Usage) -> Changes:
    """The W of X | W ~ N(0, W) with W ~ Gamma(a, b), a number, which is elsewhere a matrix."""
    text = usage.text
    letters = {found["letter"] for found in _SCALE.finditer(text)}
    numbers = {letter: Name(letter, Scalar(sympy.Symbol(letter, real=True))) for letter in letters}
    return {**numbers, "Sigma": None} if "V" in numbers else numbers


_PRIOR = re.compile(
    r"(?:\\beta(?![A-Za-z])|β)\s*(?:(?:[|∣]|\\mid|\\vert)[^~∼]{1,40}?)?(?:~|∼|\\sim(?![A-Za-z]))\s*"
    r"(?:\\(?:mathcal|mathrm|text)\s*\{\s*)?N[A-Za-z]*\s*\}?"
    r"(?:_\{?[pk]\}?)?\s*(?:\\left\s*)?\(\s*"
    r"(?P<mean>\\(?:beta|mu)|[βμbmµ])\s*(?:_\s*\{?\s*0\s*\}?|₀)\s*,\s*(?:\\[,;: ]\s*)?"
    r"(?:(?:\\sigma|σ)\s*(?:\^\s*\{?\s*2\s*\}?|²)\s*)?(?P<variance>[A-Z]|\\(?:Sigma|Omega|Lambda)|[ΣΩΛ])\s*(?:_\s*\{?\s*0|₀)"
)
_PRIOR_LETTERS = {"β": "beta", "μ": "mu", "µ": "mu", "Σ": "Sigma", "Ω": "Omega", "Λ": "Lambda"}


def of_priors(vocabulary: Vocabulary, usage: Usage) -> Changes:
    """The β_0 and B_0 of β ~ N(β_0, σ²B_0): a vector and a matrix, for the variance of a number is no capital."""
    text = usage.text
    beta, found = vocabulary.lookup("beta"), _PRIOR.search(text)
    if beta is None or found is None:
        return {}
    rows = beta.tree.rows
    mean, variance = (_PRIOR_LETTERS.get(letter, letter.lstrip("\\")) for letter in found.group("mean", "variance"))
    matrix = Symbol(f"{variance}_0", rows, rows, "known", frozenset({"symmetric", "positive definite"}))
    vector = Symbol(f"{mean}_0", rows, ONE, "known")
    return {tree.name: Name(tree.name, tree) for tree in (vector, matrix)}


def of_probabilities(vocabulary: Vocabulary, usage: Usage) -> Changes:
    """π is a probability where 1 − π, a logit of it or a binomial distribution stands, and nowhere 2π."""
    text = usage.text
    if _PROBABILITY.search(text) is None or _CIRCLE.search(text) is not None:
        return {}
    return {"pi": Name("pi", Scalar(sympy.Symbol("pi", real=True)))}


def of_rates(vocabulary: Vocabulary, usage: Usage) -> Changes:
    """The β of Gamma(α, β) and of its mean β/(α − 1) is a number."""
    text = usage.text
    if _RATE.search(text) is None or _SLOPES.search(text) is not None:
        return {}
    return {"beta": Name("beta", Scalar(sympy.Symbol("beta", real=True)))}


def of_variates(vocabulary: Vocabulary, usage: Usage) -> Changes:
    """X and Z of which something is more likely than a matrix: P(Z > z), X ~ N(μ, σ²), E(Y | X = x)."""
    text = usage.text
    if text.islower():
        return {}
    told = [found for found in _VARIATE.finditer(text) if not found["variate"] or _MODEL.search(text) is None]
    letters = {letter for found in told for letter in found.groups() if letter}
    if letters and "|" in text.replace(r"\mid", "|").replace(r"\vert", "|").replace("∣", "|"):
        letters |= set(re.findall(r"(?<![A-Za-z\\{])[YXZ](?![A-Za-z])", text))
    if not letters or _MATRICES.search(text) is not None or _random_vectors(text):
        return {}
    letters |= set(_IN_MOMENT.findall(text))
    return {letter: Name(letter, Scalar(sympy.Symbol(letter, real=True))) for letter in letters}


_MOMENT = r"(?<![A-Za-z])(?:(?:[Vv]ar|[Cc]ov|E)\s*\}?|\\mathbb\s*\{?\s*[EV]\s*\}?)\s*(?:\\left\s*)?[(\[]\s*"
_IN_MOMENT = re.compile(rf"{_MOMENT}(?:[XZ]\s*[-+−,]\s*)?(Y)(?![A-Za-z_])")
_OF_VECTOR = re.compile(
    rf"{_MOMENT}(?:(?P<bold>{_BOLD})?(?P<first>[XYZ])\s*\}}?\s*(?:[-+−,]\s*(?:{_BOLD})?(?P<second>[XYZ])\s*\}}?\s*)?)(?:\\right\s*)?[)\]]"
)
_OF_MATRIX = re.compile(
    r"\\Sigma(?![A-Za-z_])|\\Sigma\s*_\s*\{?\s*[XYZ]|Σ(?!_)|matrix\}"
    r"|[)\]]\s*(?:\\right\s*[)\]]\s*)?(?:['′ᵀ]|\^\s*\{?\s*(?:T(?![a-z])|\\top|\\prime))"
)
"""What is no number: a covariance matrix, and a deviation that is transposed."""

_MODEL = re.compile(
    rf"\\(?:beta|gamma)(?![A-Za-z])|[βγ]|(?<![A-Za-z\\])(?:{_BOLD})?[XZ]\s*\}}?\s*(?:{_BOLD})?[bu](?![A-Za-z])"
    rf"|(?<!_)(?<!_\{{)[XZ]\s*\}}?\s*(?:['′ᵀ]|\^|[)\]]?\s*(?:{_BOLD})?[A-Z])"
)
"""X and Z as designs."""


_MEAN = re.compile(rf"{_MOMENT}[XYZy]\s*(?:\\right\s*)?[)\]]\s*&?\s*=\s*(?:\\mu|μ)(?!\s*[A-Za-z_^({{+])")
_OF_COVARIANCE = re.compile(
    rf"{_MOMENT}[Yy]\s*(?:\\right\s*)?[)\]]\s*&?\s*=\s*(?:\\sigma\s*\^\s*\{{?2\}}?\s*[IV]|σ²[IV]|\\Sigma|[ΣV])(?!\s*[A-Za-z^(])"
)
"""E(Y) = μ, which is a vector beside Var(Y) = Σ."""


def _random_vectors(text: str) -> set[str]:
    """The letters of random vectors, the X of Var(X) = Σ and of a bold E(X): capitals of which a moment is taken."""
    if _MODEL.search(text) is not None:
        return set()
    is_of_matrix = _OF_MATRIX.search(text) is not None
    found = [told for told in _OF_VECTOR.finditer(text) if told["bold"] or is_of_matrix]
    letters = {letter for told in found for letter in (told["first"], told["second"]) if letter}
    return letters if letters - {"Y"} else set()


def of_random_vectors(vocabulary: Vocabulary, usage: Usage) -> Changes:
    """The X of Var(X) = Σ and of a bold E(X), n random variables, where no X is a design; and their mean μ."""
    text = usage.text
    y = vocabulary.lookup("y")
    letters = _random_vectors(text) if y is not None else set()
    names = {letter: Name(letter, Symbol(letter, size("n"), ONE, role="random")) for letter in letters}
    if y is None or _MEAN.search(text) is None or not (letters or _OF_COVARIANCE.search(text)):
        return names
    return {**names, "mu": Name("mu", Symbol("mu", size("n") if letters else y.tree.rows, ONE))}
