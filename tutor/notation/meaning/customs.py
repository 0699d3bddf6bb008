r"""What letters mean in one text, by what else stands in it: π beside 1 − π is a probability, b in rb a count.

Only for a text that is about no model in particular; the letters of a model mean what they mean.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import replace
from types import MappingProxyType

import sympy

from tutor.algebra.nodes import Scalar, Symbol
from tutor.algebra.sizes import ONE, size
from tutor.notation.meaning.covariance_letters import of_covariances
from tutor.notation.meaning.covariates import before_slopes, behind_slopes
from tutor.notation.meaning.derived_letters import of_derived
from tutor.notation.meaning.design_letters import of_designs, of_parts, of_projections
from tutor.notation.meaning.distribution_letters import (
    ALONE,
    OPENS,
    of_priors,
    of_probabilities,
    of_random_vectors,
    of_rates,
    of_scales,
    of_variates,
)
from tutor.notation.meaning.equation_letters import (
    of_errors,
    of_fixed_effects,
    of_further_errors,
    of_observations,
    of_parameters,
    of_selection,
)
from tutor.notation.meaning.error_covariances import is_of_errors
from tutor.notation.meaning.kinds import shown
from tutor.notation.meaning.lags import of_lags
from tutor.notation.meaning.linear_forms import vectors_of_forms
from tutor.notation.meaning.model_terms import of_terms
from tutor.notation.meaning.multivariate_letters import of_deviations, of_latent_variables
from tutor.notation.meaning.panels import of_panels
from tutor.notation.meaning.part_letters import of_columns, of_matrix_parts
from tutor.notation.meaning.residual_letters import of_residuals
from tutor.notation.meaning.solutions import is_above_effects
from tutor.notation.meaning.spatial_letters import of_lagged_covariates, of_predictions, of_spatial_lags
from tutor.notation.meaning.states import states_of_vectors
from tutor.notation.meaning.subjects import of_subjects
from tutor.notation.meaning.usage import Usage
from tutor.notation.meaning.weights import of_weights
from tutor.notation.vocabulary import Name, Vocabulary, lecture_vocabulary

_BOLD = r"\\(?:mathbf|boldsymbol|bm)\s*\{?\s*"
_BOLD_OR_NONE = rf"(?:{_BOLD})?"
_COUNTED_B = re.compile(
    r"(?<![A-Za-z\\])[a-z]{0,3}b[a-z]{0,2}(?![A-Za-z])(?!\s*[_'′{]|[₀-₉ᵢⱼ]|\^|\s*(?:\\left\s*)?\(\s*(?:\\theta|θ))"
    r"|(?<![A-Za-z\\])b(?=n\s*_|\s*\^\s*\{\s*-\s*1\s*\}\s*\\sum)"
)
_IN_COLUMN = r"[^~∼=]{0,80}(?<![A-Za-z\\])b(?![A-Za-z]|_(?!\{[^{}]*(?:×|\\times)))[^~∼=]{0,80}"
_VECTOR_B = re.compile(
    rf"""(?:[XZ]\s*\}}?|Z_[a-z0-9])\s*(?:\\[,;:\ ]|\s|\*|@|%\*%)*b(?![A-Za-z])    # Zb
    |(?:['′ᵀ]|\^\s*\{{?\s*(?:\\top|T(?![A-Za-z])))\s*\}}?\s*(?:[A-Z]\s*)?b(?![A-Za-z])               # a'b, a'Vb
    |(?<![A-Za-z])b\s*(?:~|∼|\\sim)
    |(?:[|∣]|\\mid|\\vert)\s*b(?![A-Za-z])
    |(?:\\beta|β)\s*,\s*b\s*(?:[|∣]|\\mid|\\vert)
    |b\s*\^\s*\{{?\s*(?:T(?![a-z])|\\top)|bb['′ᵀ]
    |(?:E|[Vv]ar|[Cc]ov){OPENS}[^()\[\]]*(?<![A-Za-z])b(?![A-Za-z_])
    |{_BOLD}b(?![A-Za-z])
    |\\(?:hat|tilde|widehat)\s*\{{?\s*b(?![A-Za-z])
    |(?:matrix|array)\}}{_IN_COLUMN}\\end[^~∼=]{{0,40}}(?:~|∼|\\sim)  # (b, ε)' ~
    |\[{_IN_COLUMN}\][^~∼=]{{0,40}}(?:~|∼|\\sim)
    |(?:\\beta|β)\s*\}}?\s*\\\\\s*(?:\\hat\s*\{{?\s*)?b\s*\}}?\s*\\end             # (β, b)'
    |(?<![A-Za-z])b\s*(?:=|\\equiv)\s*(?:[\[(]|\\begin)
    |[A-Z]\s*\}}?\s*(?:\^\s*\{{?\s*[-−]\s*1\s*\}}?|⁻¹)\s*b(?![A-Za-z_])                          # A⁻¹b""",
    re.X,
)
_SEPARATE = {
    "Sigma": (
        re.compile(rf"(?:\\Sigma(?![A-Za-z])|Σ)\s*\}}?{ALONE}"),
        re.compile(
            rf"(?:{_BOLD}V|(?<![A-Za-z\\])V)(?![A-Za-z])\s*\}}?\s*(?:=|≡|\\equiv)"
            rf"|(?:\\Sigma(?![A-Za-z])|Σ)\s*\}}?\s*=\s*[^=;,]{{0,24}}(?<![A-Za-z])V(?![A-Za-z])"
        ),
    ),
    "b": (re.compile(rf"{_BOLD}b(?![A-Za-z])\s*\}}?{ALONE}"), re.compile(rf"{_BOLD}u(?![A-Za-z])")),
}
"""Second name of a vector or a matrix: where it stands, and where the first one does and is something else."""

_GAMMA = re.compile(r"(?:\\gamma(?![A-Za-z])|γ)(?!\s*\}?\s*_|[₀-₉]|\s*(?:\\left\s*)?\()")
_U = re.compile(r"(?<![A-Za-z\\])u(?![A-Za-z])")
"""A γ and a u in one text, of which γ is elsewhere a second letter."""

_VECTOR_GAMMA = re.compile(
    rf"(?:[A-Z]\s*\}}?|['′’ᵀ]|\^\s*\{{?\s*(?:\\top|\\prime|T)\s*\}}?)\s*{_BOLD_OR_NONE}(?:\\gamma(?![A-Za-z])|γ)|{_BOLD}\\gamma"
)
"""Dγ and z_i'γ."""

_GAMMA_OF_COVARIANCES = re.compile(
    r"(?:(?:\\Sigma|\\ell|\\Omega|(?<![A-Za-z\\])(?:[VGRLHl]|log[LR]E?M?L?))(?![A-Za-z])|[Σℓ])\s*\}?(?:\s*[_^]\s*(?:\{[^{}]*\}|[*\w]))?"
    r"\s*(?:\\left\s*)?\((?:[^()=]{0,40},)?\s*(?:\\(?:hat|tilde)\s*\{?\s*)?(?:\\gamma(?![A-Za-z])|γ)\s*\}?\s*(?:[,;|)]|\\right)"
)
"""V(γ) and ℓ(β, γ): γ are the parameters of a covariance matrix."""

_OF_EFFECTS = re.compile(
    r"""(?:\\begin\s*\{[a-zA-Z]*matrix\}[^yY]{1,120}?\\end\s*\{[a-zA-Z]*matrix\}|[\[(][^\[\]()yY]{1,80},[^\[\]()yY]{1,80}[\])]
    |(?:\\langle(?![A-Za-z])|\\left\s*<)[^()yY]{1,80},[^()yY]{1,80}(?:\\rangle(?![A-Za-z])|\\right\s*>))
    [^~∼=;,]{0,30}(?:~|∼|\\sim(?![A-Za-z]))[^~∼=;]{0,120}?
    (?:(?P<one>\\Sigma(?![A-Za-z])|Σ)|\\(?:mathbf|boldsymbol|bm)\s*\{\s*(?P<product>[A-Z]R[A-Z]))\s*\}?\s*(?:\\right\s*)?[)\]]""",
    re.X,
)
"""(u_0, u_1)' ~ N(0, Σ), and N(0, SRS) with the correlations R: the covariance matrix of a few effects, and not the V
of all observations."""

_SIGMA_OF_EFFECTS = re.compile(
    rf"""(?<![A-Za-z\\])(?:{_BOLD})?(?:\\(?:hat|tilde)\s*\{{?\s*(?:{_BOLD})?)?(?:[ubγβθ]|\\(?:beta|gamma|theta))(?![A-Za-z])\s*\}}*
    (?:\s*_\s*(?:\{{[^{{}}]*\}}|\w))?\s*\}}?\s*\)?\s*(?:[&$]\s*)?
    (?:~|∼|\\sim(?![A-Za-z])|\\(?:xrightarrow|overset|stackrel)\s*\{{[^~∼=;]{{1,24}}\}})
    [^~∼=;]{{1,60}},\s*(?:\\[,;: ]\s*)?(?:{_BOLD})?(?:\\Sigma(?![A-Za-z])|Σ)
    \s*\}}?\s*(?:\(\s*(?:{_BOLD})?\\?[a-zα-ω]+\s*\}}?\s*\)\s*)?(?:\\right\s*)?[)\]]""",
    re.X,
)
"""b ~ N(0, Σ): the covariance matrix of the effects or the coefficients, and not the V of all observations."""

_XB = re.compile(rf"(?<![A-Za-z\\])X\s*\}}?\s*{_BOLD_OR_NONE}b(?![A-Za-z])")
_ZU = re.compile(rf"(?<![A-Za-z\\])Z\s*\}}?\s*{_BOLD_OR_NONE}u(?![A-Za-z])")
_EFFECT_ALONE = re.compile(
    rf"(?:(?<![A-Za-z\\])X\s*\}}?\s*{_BOLD_OR_NONE}(?:\\beta|β|b(?![A-Za-z]))|(?<![A-Za-z0-9\\])1\s*\}}?(?:_n|_\{{n\}})?\s*\\?[µμm]u?"
    rf"|\\mu\s*{_BOLD_OR_NONE}1(?:\s*\}}?\s*_\{{?n\}}?)?)\s*\}}?\s*\+\s*{_BOLD_OR_NONE}u\s*\}}?\s*\+\s*"
    rf"{_BOLD_OR_NONE}(?:\\(?:var)?epsilon|[εe])(?![A-Za-z_])"
)
_U_IN_SUM = re.compile(rf"\+\s*{_BOLD_OR_NONE}u\s*\}}?\s*\+")
_DESIGN_OF_EFFECTS = re.compile(r"(?<![A-Za-z\\])Z(?![A-Za-z])")
"""Xβ + u + ε or 1μ + u + ε where no Z stands: each observation has a random effect of its own."""

_G_BESIDE_R = re.compile(r"(?<![A-Za-z\\])G\s*\+\s*(?:\\sigma\s*\^\s*2\s*(?:_\s*\w)?\s*)?R(?![A-Za-z_])")
"""G + R, without a Z."""

_SOLUTION = re.compile(rf"(?<![A-Za-z\\])b\s*\}}?\s*=\s*(?:\\left\s*)?\(\s*{_BOLD_OR_NONE}X")
"""b = (X'X)⁻X'y: the solution of the normal equations, by the letter that is elsewhere a second one for u."""
_TRANSPOSED = r"\s*(?:['′’ᵀ]|\^\s*\{?\s*(?:T(?![a-z])|(?:\\top|\\intercal|\\prime)(?![A-Za-z]))\s*\}?)\s*"
_SET_BOLD = r"(?:\\(?:mathbf|boldsymbol|bm|widehat|hat|tilde|left)\s*|[{(]\s*)*"
_COEFFICIENTS = re.compile(
    rf"""(?<![A-Za-z\\_^{{'])(?P<letter>[acdhklmpqstwxz]|\\lambda|λ|\\ell)\s*{_TRANSPOSED}{_SET_BOLD}
    (?:(?P<fixed>(?:\\beta|β|𝜷|𝛃)(?![A-Za-z_])|X\s*\}}?{_TRANSPOSED})
    |(?P<random>[ub](?![A-Za-z_])|Z\s*\}}?{_TRANSPOSED})
    |(?P<observed>[yXZVR](?![A-Za-z_]|\s*\}}?{_TRANSPOSED})))""",
    re.X,
)
"""A small letter with a prime before what it can be multiplied with: the coefficients of a linear form, k'β and a'y."""

_COUNTED_BY_N = re.compile(r"(?<![A-Za-z\\])(?:I|J|[10])\s*\}?\s*_\s*\{?\s*N(?![A-Za-z0-9_])")
_COUNTED_BY_SMALL_N = re.compile(r"(?<![A-Za-z\\])n(?![A-Za-z])")
"""I_N where no n stands: there are N observations in that text."""

_OF_TRAITS = re.compile(
    rf"(?<![A-Za-z\\])[GR]\s*\}}?\s*(?:_\s*\{{?\s*0\s*\}}?|₀)\s*(?:\^\s*\{{?\s*[-−]\s*1\s*\}}?|⁻¹)?\s*(?:⊗|\\otimes(?![A-Za-z]))"
    rf"|(?:⊗|\\otimes(?![A-Za-z]))\s*{_BOLD_OR_NONE}[GR]\s*\}}?\s*(?:_\s*\{{?\s*0(?![0-9])|₀)"
)
"""G_0 ⊗ A: the covariance matrix of the traits, beside which all other matrices are of all traits."""

_I_SQUARED = re.compile(r"(?<![A-Za-z\\{])I\s*(?:\^\s*\{?\s*2\s*\}?|²)\s*=[^=]*(?<![A-Za-z\\])Q(?![A-Za-z])")
_TOTAL = re.compile(r"(?<![A-Za-z\\])G\s*(?:\^\s*\{?\s*2\s*\}?|²)\s*(?:/|\}\s*\{)\s*(?:[a-z]{1,3}|N)(?![A-Za-z])")
_COUNTED_TIMES = re.compile(r"(?<![A-Za-z\\^{_])T\s*(?:\\cdot\s*)?(?:\\sigma(?![A-Za-z])|σ)")

_BEFORE_STATE = re.compile(
    r"(?<![A-Za-z\\])([GRVXZ])\s*\}?\s*(?:\\(?:hat|tilde|mathbf)\s*\{?\s*)*[a-z]\s*\}?\s*_\s*\{?\s*t"
)
_OVER_B = (re.compile(r"\\int(?![A-Za-z])|∫"), re.compile(r"\(b\)"), re.compile(r"(?<![A-Za-z\\])d ?b(?![A-Za-z_])"))
"""What all stands in ∫ f(y | b) f(b) db."""

_LEVELS = re.compile(
    r"""(?:\\(?:sum|prod)|[∑∏])\s*(?:\\limits\s*)?_\s*\{[^{}]*=[^{}]*\}\s*\^\s*\{?\s*([A-Z])(?![A-Za-z_])
    |(?<![A-Za-z])[h-o]\s*=\s*1\s*,(?:\s|\\[,; ]|[0-9],)*(?:\\l?dots[c]?|\\cdots|\.\.\.|…)\s*,?\s*([A-Z])(?![A-Za-z_])
    |\\\{\s*[01]\s*,(?:\s|\\[,; ]|[0-9],)*(?:\\l?dots[c]?|\\cdots|\.\.\.|…)\s*,?\s*([IJ])\s*\\\}
    |[∑∏][ᵢⱼₖ]₌₁([ᴵᴶ])
    |(?<![A-Za-z\\])[nN]\s*[-−]\s*([IJ])(?![A-Za-z_])   # n − I degrees of freedom""",
    re.X,
)
"""I, J or another capital as the last of an index."""


def by_custom(vocabulary: Vocabulary, usage: Usage) -> Vocabulary:
    """The vocabulary for one text. Of a model's vocabulary nothing changes."""
    text = usage.text
    if not vocabulary.takes_new_names:
        return vocabulary
    if vocabulary is lecture_vocabulary() and "N" in text and _COUNTED_BY_N.search(text):
        vocabulary = vocabulary if _COUNTED_BY_SMALL_N.search(text) else lecture_vocabulary("N")
    if vocabulary is lecture_vocabulary() and ("⊗" in text or "otimes" in text) and _OF_TRAITS.search(text) is not None:
        vocabulary = lecture_vocabulary("n", "t")
    changed: dict[str, Name | None] = {}
    for rule, signs in _RULES.items():
        if not signs or any(sign in text for sign in signs):
            changed |= rule(vocabulary, usage)
    has_elements = bool(changed) and bool(before_slopes(vocabulary, usage))  # of which X_it and y_it are, and no blocks
    if not shown(usage).blocks <= vocabulary.blocks and not has_elements:
        vocabulary = replace(vocabulary, blocks=vocabulary.blocks | shown(usage).blocks)
    if not changed:
        return vocabulary
    names = {**vocabulary.names, **{key: name for key, name in changed.items() if name is not None}}
    kept = {key: name for key, name in names.items() if changed.get(key, name) is not None}
    return replace(vocabulary, names=MappingProxyType(kept))


Changes = Mapping[str, Name | None]
"""Key: what it means in a text; None where it is no name."""


def _count(vocabulary: Vocabulary, usage: Usage) -> Changes:
    """A plain b that is no vector anywhere is a number, of blocks or of levels: rb, σ²/b, b = 4."""
    text = usage.text
    if "b" not in text.replace("bmatrix", "").replace(r"\begin", ""):
        return {}
    if _COUNTED_B.search(text) is None or _VECTOR_B.search(text) is not None:
        return {}
    return {"b": Name("b", Scalar(size("b")), "size")}


def _apart(vocabulary: Vocabulary, usage: Usage) -> Changes:
    """Σ in what V is, and b and γ beside u, are not the same: V = I ⊗ Σ; nor is the Σ of a few effects V."""
    text = usage.text
    apart: dict[str, Name | None] = {
        key: None
        for key, (second, first) in _SEPARATE.items()
        if second.search(text) is not None and first.search(text) is not None
    }
    has_sigma = "Sigma" in text or "Σ" in text
    if has_sigma and (_SIGMA_OF_EFFECTS.search(text) is not None or is_of_errors(text)):
        apart["Sigma"] = None
    u, gamma = vocabulary.lookup("u"), vocabulary.lookup("gamma")
    is_second = u is not None and gamma is not None and gamma.key == u.key
    if u is not None and is_second and _GAMMA.search(text) is not None and _U.search(text) is not None:
        slopes = Symbol("gamma", u.tree.rows, ONE, "unknown")
        is_vector = _VECTOR_GAMMA.search(text) is not None
        apart["gamma"] = Name("gamma", slopes if is_vector else Scalar(sympy.Symbol("gamma", real=True)))
    if is_second and _GAMMA_OF_COVARIANCES.search(text) is not None:
        apart["gamma"] = None
    of_effects = _OF_EFFECTS.search(text)
    return apart | ({} if of_effects is None else {"Sigma" if of_effects["one"] else "R": None})


def _slopes(vocabulary: Vocabulary, usage: Usage) -> Changes:
    """The b of Xb are the fixed effects, where the random ones have their u."""
    text = usage.text
    beta = vocabulary.lookup("beta")
    is_beside = (_XB.search(text) is not None and _ZU.search(text) is not None) or is_above_effects(text)
    return {"b": beta} if beta is not None and is_beside else {}


def _effects_alone(vocabulary: Vocabulary, usage: Usage) -> Changes:
    """The u of Xβ + u + ε is as long as y, and its G as large as R."""
    text = usage.text
    y = vocabulary.lookup("y")
    is_summed = _U_IN_SUM.search(text) is not None
    told = (is_summed and _EFFECT_ALONE.search(text)) or ("G" in text and _G_BESIDE_R.search(text))
    if not told or _DESIGN_OF_EFFECTS.search(text) or y is None:
        return {}
    rows = y.tree.rows
    G = Symbol("G", rows, rows, "unknown", frozenset({"symmetric", "positive definite"}))
    return {"u": Name("u", Symbol("u", rows, ONE, role="random")), "G": Name("G", G)}


def _integrated(vocabulary: Vocabulary, usage: Usage) -> Changes:
    """The b of ∫ f(y | b) f(b) db is a variable of its own, and no second name of u."""
    text = usage.text
    return {"b": None} if "b" in vocabulary.names and all(part.search(text) for part in _OVER_B) else {}


def _transition(vocabulary: Vocabulary, usage: Usage) -> Changes:
    """The F of x_{t+1} = Fx_t + w_t is no statistic, and the G of y_t = Gx_t no variance of random effects."""
    text = usage.text
    if not states_of_vectors(usage):
        return {}
    return {letter: None for letter in {"F", *_BEFORE_STATE.findall(text)} if letter in vocabulary.names}


def _solution(vocabulary: Vocabulary, usage: Usage) -> Changes:
    """The b of b = (X'X)⁻X'y has the length of β."""
    text = usage.text
    beta = vocabulary.lookup("beta")
    if beta is None or not isinstance(beta.tree, Symbol) or _SOLUTION.search(text) is None:
        return {}
    return {"b": Name("b", Symbol("b", beta.tree.rows, ONE, role="random"))}


def _transposed(vocabulary: Vocabulary, usage: Usage) -> Changes:
    """A number or a size that is transposed is none, but a vector of its own."""
    names = {letter: vocabulary.names.get(letter) for letter in shown(usage).vectors}
    return {letter: None for letter, name in names.items() if name is not None and name.tree.is_scalar}


def _levels(vocabulary: Vocabulary, usage: Usage) -> Changes:
    """Capitals that end a sum or a range of indices are how many levels a factor has: j = 1, …, J."""
    text = usage.text
    told = {letter for found in _LEVELS.finditer(text) for letter in found.groups() if letter}
    return {letter: Name(letter, Scalar(size(letter)), "size") for letter in told}


def _coefficients(vocabulary: Vocabulary, usage: Usage) -> Changes:
    """The k of k'β and k'(X'X)⁻¹k, and the a of a'y, are vectors: of numbers nobody writes a transpose."""
    text = usage.text
    changes: dict[str, Name | None] = {}
    for found in _COEFFICIENTS.finditer(text):
        of = "beta" if found["fixed"] else "u" if found["random"] else "y"
        beside = vocabulary.lookup(of)
        if beside is not None and isinstance(beside.tree, Symbol):
            letter = {"λ": "lambda"}.get(found["letter"], found["letter"].lstrip("\\"))
            changes[letter] = Name(letter, Symbol(letter, beside.tree.rows, ONE))
    return changes


def _heterogeneity(vocabulary: Vocabulary, usage: Usage) -> Changes:
    """I² = (Q − df)/Q: a statistic of a meta-analysis and no square of an identity, and Q another."""
    text = usage.text
    if _I_SQUARED.search(text) is None:
        return {}
    return {
        "I": Name("I", Scalar(sympy.Symbol("I", real=True)), "size"),
        "Q": Name("Q", Scalar(sympy.Symbol("Q", real=True)), "statistic"),
    }


def _grand_total(vocabulary: Vocabulary, usage: Usage) -> Changes:
    """The G of G²/N: the total of all observations, and N how many there are."""
    text = usage.text
    return {} if _TOTAL.search(text) is None else {"G": Name("G", Scalar(sympy.Symbol("G", real=True)))}


def _times(vocabulary: Vocabulary, usage: Usage) -> Changes:
    """The T of Tσ² is how many times there are."""
    text = usage.text
    return {} if _COUNTED_TIMES.search(text) is None else {"T": Name("T", Scalar(size("T")), "size")}


def _linear_forms(vocabulary: Vocabulary, usage: Usage) -> Changes:
    """The a of Var(Ax + a) and the X of E(AX + b) are vectors, whatever they are elsewhere."""
    known = {letter: vocabulary.lookup(letter) for letter in vectors_of_forms(usage)}
    return {
        letter: Name(letter, Symbol(letter, size("n"), ONE, role="random")) if letter in "XY" else None
        for letter, name in known.items()
        if name is not None and letter != "y"
    }


_RULES: Mapping[Callable[[Vocabulary, Usage], Changes], tuple[str, ...]] = {
    of_probabilities: ("pi", "π"),
    _count: ("b",),
    of_priors: ("beta", "β"),
    of_rates: ("beta", "β"),
    _apart: ("Sigma", "Σ", "mathbf", "boldsymbol", r"\bm", "gamma", "γ"),
    of_covariances: ("sigma", "σ"),
    _slopes: ("X",),
    _effects_alone: ("X", "1"),
    of_matrix_parts: ("X", "Z", "W"),
    of_columns: ("1",),
    _solution: ("X",),
    of_terms: ("+", "pe"),
    of_residuals: ("epsilon", "ε", "ϵ"),
    _integrated: ("int", "∫"),
    _transition: ("_t", "_{t", "_ t"),
    of_variates: ("X", "Y", "Z"),
    of_random_vectors: ("X", "Y", "Z", "y"),
    of_scales: ("sim", "~", "∼"),
    _transposed: (),
    _levels: ("sum", "prod", "dots", "...", "…", "∑", "∏", "I", "J", "ᴵ", "ᴶ"),
    _coefficients: ("'", "′", "’", "ᵀ", "T", "top", "intercal", "prime"),
    _linear_forms: (),
    behind_slopes: ("beta", "β"),
    before_slopes: ("beta", "gamma", "delta", "theta", "β", "γ", "δ", "θ"),
    _heterogeneity: ("Q",),
    _times: ("T",),
    _grand_total: ("G",),
    of_subjects: (),
    of_errors: ("beta", "β"),
    of_panels: ("1", "T", "iota", "ι"),
    of_selection: ("Delta", "Δ", "R"),
    of_designs: ("Z", "W"),
    of_fixed_effects: ("b",),
    of_observations: ("Y", "Z"),
    of_deviations: ("X", "Y", "Z"),
    of_parts: ("beta", "gamma", "theta", "β", "γ", "θ"),
    of_parameters: ("gamma", "γ"),
    of_latent_variables: ("x", "t", "y"),
    of_lagged_covariates: ("W",),
    of_projections: ("P", "M", "Q"),
    of_further_errors: ("nu", "xi", "omega", "zeta", "v", "ν", "ξ", "ω"),
    of_spatial_lags: ("W",),
    of_predictions: ("C", "K", "Σ", "Sigma"),
    of_derived: ("partial", "∂"),
    of_lags: ("u)", "u}", "u )", "u }"),
    of_weights: (),
}
"""Each rule, and the signs without which it has nothing to say: its patterns take their time on a large matrix."""
