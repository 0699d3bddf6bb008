r"""What kind of thing a plain letter is, where its text shows it: what is transposed, as the a of a^\top W a, is no
number, and neither is a Greek capital beside a matrix, as in Z\Psi Z', or a capital with an index that is transposed.

Only where names are open: the letters of a model are what they are.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

from tutor.algebra.sizes import Size, size
from tutor.notation.meaning.linear_forms import vectors_of_forms
from tutor.notation.meaning.numbered_blocks import GREEK_CAPITALS, NO_BLOCKS, numbered_blocks
from tutor.notation.meaning.states import states_of_vectors
from tutor.notation.meaning.transposing import (
    LETTER_T,
    TRANSPOSE,
    TRANSPOSED_BEFORE,
    TRANSPOSING,
    UNMISTAKABLE,
)
from tutor.notation.parsing.spelling import GREEK_COMMANDS, GREEK_LETTERS
from tutor.notation.parsing.subscripts import normal_subscript

_GREEK = rf"(?:\\(?P<command>{GREEK_CAPITALS})(?![A-Za-z])|(?P<unicode>[ΓΔΘΛΞΠΦΨΩ]))"
_BELOW = r"(?:\s*_\s*(?:\{(?:[^{}]|\{[^{}]*\})*\}|\\[A-Za-z]+|[A-Za-z0-9])|[₀-₉ₐ-ₜᵢᵣᵤᵥⱼ])?"
_INVERTED = r"\^\s*\{\s*[-−]\s*1\s*(?:/\s*2\s*)?\}|⁻¹"
_FONT = r"(?:\\(?:mathbf|boldsymbol|bm|symbf|pmb)\s*\{?\s*|\\(?:hat|tilde|widehat|widetilde)\s*\{?\s*)*"
_BRACKET = r"(?!\s*(?:\\left\s*)?\()"

_GREEK_MATRIX = re.compile(
    rf"""{_GREEK}{_BELOW}\s*\}}?\s*(?:{TRANSPOSE}|(?:{_INVERTED}){_BRACKET})   # Λ', Ω⁻¹, but Φ⁻¹(p) is a function
    |(?:(?:(?<![A-Za-z\\_^{{])|(?<=\\mathbf\{{)|(?<=\\bf\{{))[A-Z](?![A-Za-z]){_BELOW}\s*\}}?\s*{TRANSPOSE}?|{UNMISTAKABLE}|['′’])\s*\}}?\s*
     {_GREEK.replace("command", "behind").replace("unicode", "after")}{_BRACKET}  # Z Ψ, l'Ψ
    |{_GREEK.replace("command", "before").replace("unicode", "ahead")}{_BELOW}\s*\}}?\s*{_FONT}
     (?:[A-EGH-MO-Z])(?![A-Za-z(])                                             # Ψ Z'
    |{_GREEK.replace("command", "first").replace("unicode", "lead")}{_BELOW}
     \s*(?:\\(?:tilde|hat|widehat)\s*\{{?\s*)?\{{?\s*\\(?:mathbf|boldsymbol|bm|bf)(?![A-Za-z])\s*\{{?\s*[a-z]   # Λ u
    |{_GREEK.replace("command", "plain").replace("unicode", "alone")}{_BELOW}\s*\\mathcal\s*\{{?\s*[A-Z]        # Λ 𝒰
    |,\s*(?:\\sigma\s*\^\s*\{{?2\}}?\s*)?{_GREEK.replace("command", "variance").replace("unicode", "spread")}
     [A-Za-z_\s{{}}\\]{{0,40}}\)                         # N(0, Ω)
    """,
    re.X,
)
_TRANSPOSED_GREEK = re.compile(rf"{_GREEK}{_BELOW}\s*\}}?\s*{TRANSPOSE}")
_VECTOR = re.compile(
    rf"""(?<![A-Za-z\\_^])(?:(?P<letter>[a-z])(?![A-Za-z])|\\(?P<greek>[a-z]+)(?![A-Za-z])|(?P<small>[α-ω]))\s*
    (?:(?P<sure>{UNMISTAKABLE})|(?P<power>{LETTER_T})
      |['′’](?=\s*(?:\\(?:hat|beta|mathbf|boldsymbol|bm|left|Sigma|{GREEK_CAPITALS})(?![a-z])|[A-ZβΓΔΘΛΞΠΣΦΨΩ(]|\(\s*[A-Z])))""",
    re.X,
)
_BY_SMALL_T = re.compile(
    rf"(?<![A-Za-z\\_^])(?:(?P<letter>[a-df-z])(?![A-Za-z])|\\(?P<greek>[a-z]+)(?![A-Za-z])|(?P<small>[α-ω]))\s*\^\s*(?:\{{\s*t\s*\}}|t(?![A-Za-z]))\s*"
    rf"(?:\\(?:(?:hat|tilde)\s*\{{?\s*\\(?:beta|mathbf|boldsymbol)|beta|mathbf|boldsymbol|bm|Sigma|{GREEK_CAPITALS})(?![a-z])|[A-HJ-Zβ𝛃ΓΔΘΛΞΠΣΦΨΩ])"
)
"""λ^t Σ and x^t β: a number would not be raised before a matrix."""

_BESIDE_VECTOR = re.compile(
    rf"(?<![A-Za-z\\_^])(?:[a-z]|\\[a-z]+)\s*(?:{UNMISTAKABLE}|{LETTER_T})\s*\}}?\s*"
    r"(?:(?P<letter>[a-z])|\\(?P<greek>mu|theta|alpha|tau|eta|lambda|delta)|(?P<small>[μθατηλδ]))(?![A-Za-z_(^])(?!\s*_)"
)
"""The μ of c'μ."""

_BEHIND_STEP = re.compile(
    r"[A-Z]\s*\^\s*\{\s*\([a-z](?:\s*[-+]\s*1)?\)\s*\}\s*([a-z])(?=\s*\^\s*\{\s*\([a-z](?:\s*[-+]\s*1)?\)\s*\})"
)
"""The z of X'W^{(t)}z^{(t)}."""

_RESTRICTED = re.compile(
    rf"(?<![A-Za-z\\])[RLCKHA]\s*\}}?\s*(?:{TRANSPOSE}\s*)?{_FONT}(?:\\beta|β)(?![A-Za-z_])\s*\}}?\s*(?:\\right\s*)?\)?\s*(?:[-−=]|\\neq?(?![a-z]))\s*([a-df-tv-z])(?![A-Za-z_(])"
)
"""The r of Rβ − r and Rβ = r: the values of several linear forms."""

_PRIMED = re.compile(r"(?<![A-Za-z\\_^{(])([abcdlqvw])['′](?=\s*(?:[=,;.)]|$))")
"""The c of c' = a'X."""

_FORM = re.compile(
    rf"(?:\\(?P<greek>phi|rho)|(?P<small>[φρ]))\s*{LETTER_T}\s*\}}?\s*(?:\\(?:Sigma|{GREEK_CAPITALS})(?![A-Za-z])|[A-ZΣΩ])\s*(?:{_INVERTED})?"
    r"\s*(?:\\(?P=greek)|(?P=small))(?![A-Za-z_^])"
)
"""φ^T Q φ: a power would not stand before a matrix."""

_IN_DIAG = re.compile(
    r"\\(?:operatorname|text|mathrm|mathsf)?\s*\{?\s*diag\s*\}?\s*(?:\\left\s*)?\(\s*([a-mo-z])\s*(?:\\right\s*)?\)"
)
"""The s of diag(s) in TeX; in R it is a number of rows."""

_AR = frozenset({"rho", "phi"})
"""Letters that are raised to a count T as often as they are transposed."""

_BEHIND_DESIGN = re.compile(r"(?<![A-Za-z\\{])[XZ]([a-z])(?![A-Za-z_])")
_BEHIND_INVERSE = re.compile(
    rf"(?:(?:{_INVERTED}|{TRANSPOSED_BEFORE})\s*[A-HK-Z]|(?<![A-Za-z\\])[XZ]\s*{TRANSPOSED_BEFORE}(?=[rvwz]))"
    r"\s*([abcdgmqrsvwxz])(?![A-Za-z_(^])"
)
"""The w of P^{-1}Gw and the z of X'z: a number would stand in front."""

_MOMENT_IS_MATRIX = re.compile(
    r"[Vv]ar(?:iance)?\s*(?:\\left\s*)?\(\s*([a-z])\s*(?:\\right\s*)?\)\s*=\s*[A-Z](?![A-Za-z_])"
)
_IN_GROUP = re.compile(r"(?:[_^]|\\(?:mathbf|boldsymbol|bm|symbf|pmb|vec|mathrm|text|textrm|operatorname))\s*\{\s*$")
"""What opens a group whose letters are bold, a word, or below or above something."""

_IDEMPOTENT = re.compile(
    r"(?<![A-Za-z\\^_{])(?:\{\s*)?([A-QS-Z])\s*\}?\s*(?:\^\s*(?:2|\{\s*2\s*\})|²|\s*\1(?![A-Za-z(_]))\s*=\s*\1(?![A-Za-z_^(])"
)
"""H² = H and HH = H: a number would be 0 or 1, and R² is the coefficient of determination."""

_TERM = re.compile(
    r"(?<![A-Za-z\\])X\s*\}?\s*(?:\\beta|β|b)\s*\+\s*([A-HK-Z][abghsvw])(?![A-Za-z_(])"
    r"|(?:^|[$;,\s])[xty]\s*=\s*([A-HK-W][fhsz])(?![A-Za-z_(])\s*\+"
)

_POWER_IN_FORM = re.compile(
    rf"(?:(?<![A-Za-z])[Tt]r\s*\}}?\s*(?:\\left\s*)?[(\[]\s*|[a-z]\s*{TRANSPOSE}\s*)([A-HK-Z])\s*(?:\^\s*\{{?\s*[2-4]|[²³])"
)
"""tr(A²) and c'A²c."""

_HALF = r"\s*\^\s*[{(]\s*[-−]?\s*(?:1\s*/\s*2|\\frac\s*\{?\s*1\s*\}?\s*\{?\s*2\s*\}?)\s*[})]"
_ROOTS = re.compile(
    rf"(?<![A-Za-z\\^_{{])([A-Z])(?:\s*_\s*\{{?\s*(?P<index>[g-ms])\s*\}}?)?{_HALF}(?=[^=+<>]{{1,60}}?"
    rf"(?<![A-Za-z\\])\1\s*(?:_\s*\{{?\s*[g-ms]\s*\}}?)?{_HALF})"
)
"""The root of a matrix on both sides of another, A^{1/2} R A^{1/2}: the roots of a number would stand together."""

_ROOT_BEFORE_STATE = re.compile(rf"(?<![A-Za-z\\^_{{])([A-Z]){_HALF}\s*(?:\\[a-z]+|[a-z])\s*_\s*\{{?\s*t")
"""Q^{1/2} ε_t."""

_T_COUNTS = re.compile(r"(?:\\dots|\\ldots|\\cdots|\.\.\.|…)\s*,?\s*T(?![A-Za-z])|\bt\s*=\s*1")
_UNIT = re.compile(
    rf"(?:(?<![A-Za-z\\])|(?<=_[g-ms])|(?<=_[g-ms][A-Z])|(?<=[g-ms]\}}[A-Z]))(?:(?P<letter>[A-Z])|\\(?P<command>Sigma|{GREEK_CAPITALS})(?![A-Za-z]))\s*\}}?"
    rf"(?:\s*{TRANSPOSE}\s*_\s*\{{?\s*(?P<after>[g-ms])\s*\}}?(?![A-Za-z0-9,])"
    rf"|\s*_\s*\{{?\s*(?P<index>[g-ms])\s*(?:\}}\s*|(?![A-Za-z0-9,])){TRANSPOSE})"
)
_COEFFICIENTS = re.compile(rf"\s*\}}?\s*{_FONT}(?:\\beta(?![A-Za-z])|β)")
_SANDWICH = re.compile(rf"(?<![A-Za-z\\])([A-Z])\s*[A-Z]\s*_\s*\{{?\s*(?P<index>[g-ms])\s*\}}?\s*\1\s*{TRANSPOSE}")
"""A P_h A': what stands between a matrix and its transpose is no number."""

_BETWEEN = re.compile(
    rf"(?:(?<![A-Za-z\\])[A-EGH-MO-Z]|\\(?:{GREEK_CAPITALS})(?![A-Za-z]))\s*[A-EGH-MO-Z]\s*_\s*\{{?\s*(?P<index>[g-ms])\s*\}}?\s*"
    rf"(?:[A-EGH-MO-Z](?![A-Za-z(_])|\\(?:{GREEK_CAPITALS})(?![A-Za-z_]))"
)
"""Φ P_h Φ: a number would stand in front."""

_BOLD_RESPONSE = re.compile(
    r"\\(?:mathbf|boldsymbol|bm)\s*\{?\s*[Yy]\s*\}?\s*_\s*\{?\s*(?P<index>[g-ms])\s*(?![A-Za-z0-9,])"
)
_PLAIN_CAPITAL = re.compile(r"(?<![A-Za-z\\{])[A-Z]\s*_\s*\{?\s*(?P<index>[g-ms])\s*(?![A-Za-z0-9,])")
"""A bold Y_i, and a plain capital that is no number beside it."""

_WITH_MATRIX = re.compile(
    rf"_\s*\{{?\s*(?P<index>[g-ms])\s*\}}?\s*(?:\\sim(?![A-Za-z])|~|∼)[^~∼=;]{{0,80}}?,\s*"
    rf"(?:\\(?:mathbf|boldsymbol|bm)\s*\{{?\s*)?(?:[DGRV]|\\Sigma|Σ|\\(?:{GREEK_CAPITALS}))(?![A-Za-z])\s*\}}?\s*(?:_\s*\{{?\s*(?P=index)\s*\}}?\s*)?(?:\\right\s*)?\)"
)
"""b_i ∼ N(0, D): what has a variance matrix is a vector."""

_ANY_BELOW = re.compile(
    rf"(?<![A-Za-z\\])(?:[A-Z]|\\(?:Sigma|{GREEK_CAPITALS})(?![A-Za-z])|\\(?:var)?epsilon(?![A-Za-z])|[yebu])\s*\}}?"
    r"\s*_\s*(?:\{\s*([g-ms]{1,3}|[0-9])\s*\}|([g-ms0-9])(?![A-Za-z0-9]))"
)
_OVER_TERMS = re.compile(
    rf"(?:\\sum|∑)[^=+~∼&]{{0,12}}(?:=[^+~∼&]{{0,20}})?[^+~∼&=]{{1,60}}{TRANSPOSE}\s*(?:\\sigma[^+=&]{{1,12}})?\+\s*{_FONT}(?:R(?![A-Za-z_])|(?:\\sigma|σ)[^+=&]{{1,14}}I)"
)
"""Σ_k Z_kG_kZ_k' + R: over the random terms, each with a row for each observation, and not over units."""

_WHOLE = re.compile(r"(?<![A-Za-z\\])(?:[yYe]|\\(?:var)?epsilon(?![A-Za-z])|[εϵ])\s*\}?(?![A-Za-z_ᵢⱼₖ₀-₉}]|\s*\}?\s*_)")
_PARTS = frozenset({"11", "12", "21", "22"})
"""The numbers of the parts of a matrix."""

_COVARIANCES = frozenset({"Omega", "Psi"})


_AROUND = re.compile(
    rf"(?<![A-Za-z\\])[A-EGH-MO-Z]\s*_\s*\{{?\s*(?P<index>[g-ms])\s*\}}?\s*\\(?:{GREEK_CAPITALS})\s*[A-EGH-MO-Z]\s*_"
)
"""P_h Φ P_j."""

_VECTORIZED = re.compile(
    r"(?<![A-Za-z])vec\s*\}?\s*(?:\\left\s*)?\(\s*[A-Z]\s*_\s*\{?\s*(?P<index>[A-Z])\s*\}?\s*(?:\\right\s*)?\)"
)
_BEHIND_Z = re.compile(r"(?<![A-Za-z\\])Z\s+[A-Z]\s*_\s*\{?\s*(?P<index>[A-Z])\s*\}?\s*(?:[+=]|$|\\\])")
"""vec(G_A), and Z G_A at the end of a term: a number would stand in front of Z."""

_ONES = re.compile(
    rf"(?<![A-Za-z0-9.,{{])(?:\\(?:mathbf|boldsymbol|bm)\s*\{{\s*)?1\s*\}}?\s*_\s*\{{?\s*(?P<index>[ij])\s*\}}?\s*{TRANSPOSE}"
)
"""1_i', a row of ones for the observations of a unit."""

_SUMMED = re.compile(
    rf"(?<![A-Za-z0-9.,])1\s*\}}?\s*_\s*\{{?\s*[a-zN](?:_\{{?\w\}}?)?\s*\}}?\s*{TRANSPOSE}\s*\}}?\s*{_FONT}[a-z]\s*\}}?\s*_\s*\{{?\s*(?P<index>[g-ms])"
    r"\s*(?![A-Za-z0-9,])"
)
"""1_n'y_i, the sum of the observations of a unit."""

_WEIGHT = re.compile(
    rf"\)\s*{TRANSPOSE}\s*{_FONT}(?:[A-EGH-MO-Z]|\\(?:Sigma|{GREEK_CAPITALS})(?![A-Za-z])|[ΣΩ])\s*\}}?"
    rf"\s*_\s*\{{?\s*(?P<index>[g-ms])\s*\}}?\s*(?:{_INVERTED})"
)
"""(y_i − μ_i)'V_i⁻¹."""

PROJECTED = re.compile(
    rf"(?:(?<![A-Za-z\\])|(?<=_[g-ms]))P\s*\}}?\s*{_FONT}V\s*\}}?\s*_\s*\{{?\s*(?P<index>[g-ms])\s*\}}?"
    r"(?:(?=P)|(?![A-Za-z0-9,(]))"
)
"""The derivatives of V beside the projection of REML, P V_i P V_j: matrices for all observations."""

_SCHUR = re.compile(
    rf"(?<![A-Za-z\\])([A-Z]|\\Sigma|Σ)\s*_\{{?([12][12])\}}?\s*\1\s*_\{{?([12][12])\}}?\s*(?:{_INVERTED})\s*\1\s*_\{{?([12][12])\}}?"
)
"""A_{12} A_{22}^{-1} A_{21}: of elements the divisor would stand last."""

_WHOLE_INVERTED = re.compile(rf"(?<![A-Za-z\\])([A-Z])\s?(?:{_INVERTED})")
_PART_INVERTED = re.compile(rf"(?<![A-Za-z\\])([A-Z])\s?_\s?\{{?\s?[12][12]\s?\}}?\s?(?:{_INVERTED})")
"""A^{-1} and A_{22}^{-1}, a matrix and a part of it."""

_IN_TIME = re.compile(
    r"(?:(?<![A-Za-z\\])|(?<=_t))[A-Z]\s*\}?\s*_\s*(?:(t)(?![a-z0-9])|\{\s*(t(?:\s*[-+−]\s*1)?(?:\s*(?:\||\\mid|\\vert)\s*[tnT](?:\s*[-+−]\s*1)?)?)\s*\})"
)
"""P_t, P_{t-1} and P_{t|t-1} of a state space model."""

_STATE_TRANSPOSED = re.compile(rf"(?:(?<![A-Za-z\\])|(?<=_t))[A-Z]\s*\}}?\s*_\s*\{{?\s*t\s*\}}?\s*{TRANSPOSE}")
"""Z_t': a matrix of a time."""

_MATRIX_OF_MOMENT = (
    r"(?:\\(?:Sigma|Omega|Psi)|[ΣΩΨRDG])(?:\s*_\s*\{?\s*[0-9g-n]\s*\}?)?"
    r"(?!\s*[A-Za-z_]|\s*\((?!\s*\\?[αθa-z]+\s*\)))"
)
_OF_UNIT = (
    r"\}?\s*(?:\\left\s*)?[(\[]\s*(?:\\varepsilon|\\epsilon|[YyUubeεϵ])\s*_\s*\{?\s*(?P<index>[g-n])\s*\}?\s*"
    r"(?:\\right\s*)?[)\]]"
)
_MOMENT = re.compile(rf"[Cc]ov{_OF_UNIT}|[Vv]ar{_OF_UNIT.replace('index', 'after')}\s*&?\s*=\s*{_MATRIX_OF_MOMENT}")
"""Cov(Y_i), which is no number, and Var(b_i) = D."""

_UNIT_RULES = (
    _SUMMED,
    PROJECTED,
    _SANDWICH,
    _BETWEEN,
    _AROUND,
    _WITH_MATRIX,
    _ROOTS,
    _ONES,
    _WEIGHT,
    _VECTORIZED,
    _BEHIND_Z,
)


@dataclass(frozen=True, slots=True)
class Kinds:
    """The bases of plain letters that a text shows to be vectors or matrices, and the indices of its blocks."""

    vectors: frozenset[str] = frozenset()
    matrices: frozenset[str] = frozenset()
    blocks: frozenset[str] = frozenset()


@lru_cache(maxsize=8)
def shown(text: str) -> Kinds:
    """What a text shows of its plain letters."""
    if len(text) > 20_000:
        return Kinds()  # a large matrix of numbers: the patterns would take their time
    is_transposed = any(mark in text for mark in TRANSPOSING) or "^t" in text or "^{t}" in text
    if not is_transposed and not has_capitals(text):
        return Kinds()
    vectors = {_small(found) for found in _VECTOR.finditer(text) if _is_vector(found, text)} if is_transposed else set()
    vectors |= {_small(found) for found in _BY_SMALL_T.finditer(text)} - _AR if "^" in text else set[str]()
    vectors |= {_small(found) for found in _BESIDE_VECTOR.finditer(text)} if vectors else set[str]()
    vectors |= {term[-1] for term in terms_of_sums(text)} | set(_RESTRICTED.findall(text))
    vectors |= set(_BEHIND_STEP.findall(text)) | {_small_greek(found) for found in _FORM.finditer(text)}
    vectors |= set(_PRIMED.findall(text)) if vectors else set()
    vectors |= {letter for letter in vectors_of_forms(text) if letter.islower()} | set(_IN_DIAG.findall(text))
    vectors |= (
        set(_BEHIND_INVERSE.findall(text)) | set(_BEHIND_DESIGN.findall(text)) | set(_MOMENT_IS_MATRIX.findall(text))
    )
    has_greek = any(letter in text for letter in ("\\", *"ΓΔΘΛΞΠΦΨΩ"))
    greek = {_capital(found) for found in _GREEK_MATRIX.finditer(text)} if has_greek else set[str]()
    if has_greek and _TRANSPOSED_GREEK.search(text) is not None:
        greek |= set(GREEK_CAPITALS.split("|"))  # ΛΨΛ' + Φ: all of a text are
    responses = {found["index"] for found in _BOLD_RESPONSE.finditer(text)}
    blocks = responses & {found["index"] for found in _PLAIN_CAPITAL.finditer(text)}
    blocks |= {found["index"] for rule in _UNIT_RULES for found in rule.finditer(text) if found["index"]}
    blocks |= {found["index"] or found["after"] for found in _UNIT.finditer(text) if _is_block(found, text)}
    blocks |= {found["index"] or found["after"] for found in _MOMENT.finditer(text)}
    blocks |= states(text) if is_transposed and _STATE_TRANSPOSED.search(text) is not None else frozenset()
    blocks |= states_of_vectors(text)
    blocks |= numbered_blocks(text)
    if _SCHUR.search(text) is not None or set(_WHOLE_INVERTED.findall(text)) & set(_PART_INVERTED.findall(text)):
        blocks |= _PARTS
    return Kinds(frozenset(vectors), frozenset(greek), frozenset(blocks))


def has_capitals(text: str) -> bool:
    """Whether a text has capital letters; a large matrix of numbers has none, and no pattern with one need be tried."""
    return not text.islower()


def _is_block(found: re.Match[str], text: str) -> bool:
    """Whether a transposed capital is a matrix, and no count and no row of one observation, X_i'β."""
    is_row = found["letter"] in {"X", "Z"} and _COEFFICIENTS.match(text, found.end()) is not None
    return found["letter"] not in NO_BLOCKS and not is_row


def _is_vector(found: re.Match[str], text: str) -> bool:
    if _IN_GROUP.search(text, max(0, found.start() - 16), found.start()) is not None:
        return False
    if found["power"] is None:
        return True
    return _small(found) not in _AR and _T_COUNTS.search(text) is None


def _small(found: re.Match[str]) -> str:
    return found["letter"] or GREEK_COMMANDS.get(found["greek"] or "") or GREEK_LETTERS.get(found["small"] or "", "")


def _small_greek(found: re.Match[str]) -> str:
    return found["greek"] or GREEK_LETTERS[found["small"]]


def _capital(found: re.Match[str]) -> str:
    told = next(filter(None, found.groupdict().values()))
    return GREEK_LETTERS.get(told, told)


def indices(text: str) -> frozenset[str]:
    """The indices below the letters of a text that may name blocks."""
    return frozenset(first or second for first, second in _ANY_BELOW.findall(text))


def states(text: str) -> frozenset[str]:
    """The indices of time below the capitals of a text: t, t − 1, and t given what was observed before."""
    return frozenset(normal_subscript(first or second) for first, second in _IN_TIME.findall(text))


@lru_cache(maxsize=8)
def is_about_all(text: str) -> bool:
    """Whether a text has the vector of all observations, y or ε, so that a block Z_1 has a row for each of them."""
    return any(rule.search(text) is not None for rule in (_WHOLE, PROJECTED, _OVER_TERMS))


@lru_cache(maxsize=8)
def raised_matrices(text: str) -> frozenset[str]:
    """The plain capitals with a power that a text shows to be matrices: the H of H² = H, the A of A^{1/2} R A^{1/2}."""
    if len(text) > 20_000:
        return frozenset()
    roots = {found[1] for found in _ROOTS.finditer(text)} if "2" in text else set[str]()
    roots |= set(_POWER_IN_FORM.findall(text))
    roots |= set(_ROOT_BEFORE_STATE.findall(text)) if states_of_vectors(text) else set[str]()
    return frozenset({*_IDEMPOTENT.findall(text), *roots} if "=" in text else roots)


def is_greek_matrix(letters: str, subscript: str, text: str) -> bool:
    """Whether a Greek capital is a matrix in a text; with two indices it is an element of one."""
    is_element = len(subscript) > 1 and all(letter in "hijklmno0123456789," for letter in subscript)
    if is_element or letters not in GREEK_COMMANDS or not letters[0].isupper():
        return False
    return letters in shown(text).matrices or (letters in _COVARIANCES and not subscript)


@lru_cache(maxsize=8)
def terms_of_sums(text: str) -> frozenset[str]:
    """The terms Mg of Xβ + Mg + e, and Wh of x = Wh + b + ε: a capital and a small letter between signs."""
    return frozenset(first or second for first, second in _TERM.findall(text))


def may_be_block(letters: str) -> bool:
    """Whether a letter with an index may be a matrix of one unit, as S_i and Λ_i."""
    is_letter = len(letters) == 1 or letters in GREEK_COMMANDS
    return is_letter and letters[0].isupper() and letters not in NO_BLOCKS


_SIZED_BY = re.compile(
    r"(?<![A-Za-z0-9.,\\])(?:[IJ10]\s*\}?|\\mathbb\s*\{?\s*1)\s*_\s*\{?\s*(?P<letter>[nN])\s*(?:_\s*\{?\s*(?P<index>[g-ms])\s*\}?)?"
)
"""The size of an identity or of a vector of ones: I_n, 1_{n_i}."""


@lru_cache(maxsize=32)
def rows_of_unit(index: str, text: str) -> Size:
    """How many observations a unit has: n_i, or what a text writes below the I and the 1 of a unit, N_i, or n where
    each has as many."""
    told = {(found["letter"], found["index"]) for found in _SIZED_BY.finditer(text)}
    if ("N", index) in told:
        return size(f"N_{index}")
    return size("n") if ("n", None) in told and ("n", index) not in told else size(f"n_{index}")
