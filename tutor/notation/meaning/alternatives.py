r"""Other meanings of the letters of a text that is about no model in particular, asked for where the usual ones make
none: y as one observation, I and J as counts, S_i and e_i as blocks of a unit, b as the fixed effects of Xb.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from types import MappingProxyType

import sympy

from tutor.algebra.nodes import Scalar, Symbol
from tutor.algebra.sizes import ONE, size
from tutor.notation.meaning.kinds import indices
from tutor.notation.meaning.states import times_below_capitals
from tutor.notation.meaning.usage import Usage
from tutor.notation.meaning.vector_pairs import of_pairs
from tutor.notation.names import is_indices
from tutor.notation.parsing.spelling import GREEK_LETTERS
from tutor.notation.vocabulary import Name, Vocabulary

_COUNTS = ("I", "J", "K")
_SIZED = re.compile(
    r"""[IJ]\s*\}?\s*_|[IJ][₀-₉ₐ-ₜ]|\\(?:mathbf|boldsymbol|bm|mathbb)\s*\{?\s*[IJ](?![A-Za-z])|⊗|\\otimes
    |(?:\\sigma\s*\^\s*\{?2\}?|σ²)\s*I(?![A-Za-z])
    |(?<![A-Za-z\\])[XZVGR](?![A-Za-z_(])|%\*%|@""",
    re.X,
)
"""What shows an I or a J to be a matrix."""

_COUNTED = re.compile(
    r"""(?<![A-Za-z\\])(?:[IJK]\s*[-−]\s*1(?![0-9.])|[JK]\s*\+\s*1(?![0-9.])|[IJ]\s*(?:\(|\\(?:cdot|times)|·|×)?\s*(?:[IJ]|[nrK](?![A-Za-z_]))|[nrKN]\s*(?:\\(?:cdot|times)|·|×)?\s*[IJ])
    |/\s*[IJ](?![A-Za-z_])|\\frac\s*\{[^{}]*\}\s*\{[^{}]*[IJ]\s*\}|MS""",
    re.X,
)
"""What shows an I or a J to be a number."""

_XB = re.compile(r"X\s*\}?\s*(?:\\(?:mathbf|boldsymbol|bm|hat|widehat|tilde)\s*\{?\s*)*b(?![A-Za-z])")
_GREEK = re.compile(r"\\(?:Gamma|Delta|Theta|Lambda|Xi|Pi|Phi|Psi|Omega)(?![A-Za-z])|[ΓΔΘΛΞΠΦΨΩ]")
_WITH_EFFECT = re.compile(r"[+−-]\s*(?:\\(?:hat|widehat|tilde)\s*\{?\s*)?u(?![A-Za-z_'(])")
_OF_EFFECTS = re.compile(r"(?<![A-Za-z\\])Z|\\(?:mathbf|boldsymbol|bm)\s*\{?\s*u|u\s*\}?\s*(?:['′’ᵀ^]|\\sim|~|∼)")
"""What shows a u to be the vector of all effects."""

_PART_INVERTED = re.compile(
    r"(?<![A-Za-z\\])[A-Z]\s*\}?\s*_\s*\{?\s*([12][12])\s*\}?\s*(?:\^\s*\{\s*[-−]\s*1\s*\}|\^\s*[-−]1|⁻¹)"
)
_PART = re.compile(r"(?<![A-Za-z\\])[A-Z]\s*\}?\s*_\s*\{?\s*([12][12])(?![0-9A-Za-z,])")
_IDENTITY = re.compile(r"(?<![A-Za-z\\])I(?![A-Za-z_(])")
_FONT = r"(?:\\(?:mathbf|boldsymbol|bm|bf|hat|widehat|tilde)\s*\{?\s*)*"
_DESIGN = rf"(?<![A-Za-z\\])([A-HK-Z])\s*\}}?\s*{_FONT}"
_BEFORE_FIXED = re.compile(rf"{_DESIGN}(?:\\beta(?![A-Za-z])|β|𝛃|𝜷)")
_BEFORE_RANDOM = re.compile(rf"{_DESIGN}(?:[ub](?![A-Za-z])|\\gamma(?![A-Za-z])|[γ𝐮])")
_SEVERAL = r"(?:\s*_\s*(?:\{\s*[h-o]{2,}\s*\}|[h-o]{2,})|[ₕᵢⱼₖₗₘₙₒ]{2,})\s*"
_EFFECT_I = re.compile(rf"(?:^|[$\s])[yzp]{_SEVERAL}&?=[^=]*[+−-]\s*I{_SEVERAL}(?:[+−$-]|\Z)")
"""I_{ij} as a term of an index model."""

_NUMBERED = re.compile(
    r"(?<![A-Za-z\\])(?:\\(?:mathbf|boldsymbol|bm)\s*\{?\s*)?[IJ]\s*\}?\s*_\s*(?:\{\s*([0-9]{1,4})\s*\}|([0-9]))"
)
_COUNTED_BY = re.compile(
    r"(?<![A-Za-z\\])(?:\\(?:mathbf|boldsymbol|bm)\s*\{?\s*)?[IJ]\s*\}?\s*_\s*\{\s*([abcdgkmnpqrst]{2,3})\s*\}"
)
"""I_{bt}, of as many rows as levels of two factors together."""

_BESIDE_CELLS = re.compile(
    r"\\end\s*\{\s*[pbBv]?matrix\s*\}\s*(?:\\(?:mathbf|boldsymbol|bm)\s*\{?\s*)?([DGRVS])(?![A-Za-z_])"
    r"|(?<![A-Za-z\\])([DGRVS])\s*\}?\s*\\begin\s*\{\s*[pbBv]?matrix"
)
"""The R of a product with a matrix of numbers."""

_FACTOR_F = re.compile(r"(?<![A-Za-z\\])F\s*(?:['′’ᵀ]|[bu](?![A-Za-z_]))")
_BETA = re.compile(r"\\beta(?![A-Za-z])|β|(?<![A-Za-z])beta(?![A-Za-z])")

_OF_VECTORS = re.compile(
    r"""\\(?:mathbf|boldsymbol|bm|symbf|pmb|vec)(?![A-Za-z])|\\begin\s*\{\s*[A-Za-z]*(?:matrix|array)|[\U0001d400-\U0001d755]|['′’ᵀ⊗]|\\(?:top|otimes|prime)
    |(?<![A-Za-z\\])[XZVGRIJH](?![A-Za-z])(?!\s*_\s*\{?\s*[a-z0-9][a-z0-9])|\\Sigma|Σ|\[\[|%\*%|@""",
    re.X,
)

_CAPITAL = re.compile(r"(?<![A-Za-z\\])[A-Z](?![A-Za-z])")

_NO_VECTORS = re.compile(
    r"(?:^|[$&])\s*H\s*&?=\s*\\[dt]?frac|(?<![A-Za-z\\])[fgh]\s*['′]{1,2}(?=\s*(?:\\left\s*)?\()|(?<![A-Za-z\\])V(?=\s*\(\s*(?:\\mu|μ))"
    r"|\\(?:bar|overline)\s*(?:\{\s*[XZ]\s*\}|[XZ](?![A-Za-z]))"
)
"""The H of a test, H = (β̂_FE − β̂_RE)²/…, the g' of g'(μ), V(μ), and the mean of a covariate, which are numbers."""

_ESTIMATE = re.compile(r"\\hat\s*\{?\s*\\beta\s*\}?\s*_\s*\{\s*(?:\\(?:text|mathrm)\s*\{\s*)?([A-Z]{2,8})\s*\}")
r"""\hat\beta_{FE}, the estimate of one coefficient."""

_ESTIMATE_BY_LETTER = re.compile(
    r"\\(hat|tilde|widehat|widetilde)\s*(?:\{\s*\\beta\s*\}|\\beta(?![A-Za-z]))\s*_\s*"
    r"(?:\{\s*(?:\\(?:text|mathrm)\s*\{\s*)?([A-Z]|[A-Za-z]{3,12})\s*(?:\}\s*)?\}|([A-Z]))(?![A-Za-z])"
)
r"""\hat\beta_W, the estimate of all coefficients with the weights W, and \hat\beta_{ridge} by its name."""

_RAISED_T = re.compile(r"\^\s*(?:\{\s*T\s*\}|T)")
"""The T of x^Tβ, which is no number by itself."""

_BELOW_Z = re.compile(
    rf"(?<![A-Za-z\\])Z\s*\}}?\s*{_FONT}(?:\\(?P<greek>alpha|delta|theta|tau|nu|xi|eta|zeta|psi)(?![A-Za-z])"
    r"|(?P<letter>[αδθτνξηζψvwhgsa])(?![A-Za-z(]))\s*\}?(?!\s*_)"
)
"""The α of Zα."""

_LAST = re.compile(r"(?:\\(?:l|c)?dots(?![A-Za-z])|\.\.\.|…)\s*,?\s*([A-Z])(?![A-Za-z])")
"""The T of t = 1, …, T, which is a count."""


def _elementwise(vocabulary: Vocabulary, usage: Usage) -> Vocabulary | None:
    """The vocabulary in which the letters of vectors are numbers, y = β_0 + β_1 x + ε; None for a text of vectors.

    Asked for where a text has no meaning otherwise: nothing in it is bold, and no matrix stands in it.
    """
    text = usage.text
    if not vocabulary.takes_new_names or _OF_VECTORS.search(_NO_VECTORS.sub("", text)) is not None:
        return None
    names = {
        key: Name(name.key, Scalar(sympy.Symbol(name.key, real=True)), name.about)
        for key, name in vocabulary.names.items()
        if isinstance(name.tree, Symbol) and name.tree.columns == ONE
    }
    estimates = {f"betahat_{method}" for method in _ESTIMATE.findall(text)}
    names |= {key: Name(key, Scalar(sympy.Symbol(key, real=True))) for key in estimates}
    told = set(_CAPITAL.findall(_RAISED_T.sub("", text))) - vocabulary.names.keys() - set(_LAST.findall(text))
    new = {letter for letter in told if not re.search(rf"{letter}\s*(?:\\left\s*)?[(\[]", text)}
    names |= {letter: Name(letter, Scalar(sympy.Symbol(letter, real=True))) for letter in sorted(new)}
    return replace(vocabulary, names=MappingProxyType({**vocabulary.names, **names}))


def alternatives(vocabulary: Vocabulary, usage: Usage) -> Iterator[Vocabulary]:
    """The vocabularies by which a text may be read instead, the likeliest first."""
    if not vocabulary.takes_new_names:
        return
    for rule in _RULES:
        other = rule(vocabulary, usage)
        if other is not None:
            yield other


def _estimates(vocabulary: Vocabulary, usage: Usage) -> Vocabulary | None:
    r"""The \hat\beta_W of (X'WX)⁻¹X'Wy, as long as β, by the weights that it has: asked for where it is no number."""
    text = usage.text
    beta = vocabulary.lookup("beta")
    told = _ESTIMATE_BY_LETTER.findall(text)
    if beta is None or not isinstance(beta.tree, Symbol) or not told:
        return None
    labels = [(accent, braced or plain) for accent, braced, plain in told if not braced or not is_indices(braced)]
    keys = {f"beta{'tilde' if 'tilde' in accent else 'hat'}_{label}" for accent, label in labels}
    names = {key: Name(key, Symbol(key, beta.tree.rows, ONE, "random")) for key in keys - vocabulary.names.keys()}
    return replace(vocabulary, names=MappingProxyType({**vocabulary.names, **names})) if names else None


def _counts(vocabulary: Vocabulary, usage: Usage) -> Vocabulary | None:
    """I, J and K as how many levels the factors have, df = (I − 1)(J − 1)."""
    text = usage.text
    if _COUNTED.search(text) is None or _SIZED.search(text) is not None:
        return None
    names = {letter: Name(letter, Scalar(size(letter)), "size") for letter in _COUNTS}
    return replace(vocabulary, names=MappingProxyType({**vocabulary.names, **names}))


def _effect_of_interaction(vocabulary: Vocabulary, usage: Usage) -> Vocabulary | None:
    """The I_ij of z_ijk = G_i + I_ij + E_j + ε_ijk, an effect."""
    text = usage.text
    if _EFFECT_I.search(text) is None:
        return None
    effect = Name("I", Scalar(sympy.Symbol("I", real=True)), "size")
    return replace(vocabulary, names=MappingProxyType({**vocabulary.names, "I": effect}))


def _blocks(vocabulary: Vocabulary, usage: Usage) -> Vocabulary | None:
    """Plain letters with an index as blocks of a unit, Y_i = X_iβ + Z_ib_i + e_i, and Greek capitals as matrices."""
    text = usage.text
    told = indices(usage)
    return replace(vocabulary, blocks=told | {""}) if told or _GREEK.search(text) is not None else None


def _slopes(vocabulary: Vocabulary, usage: Usage) -> Vocabulary | None:
    """The b of Xb as the fixed effects, in a text that has no β."""
    text = usage.text
    beta = vocabulary.lookup("beta")
    if beta is None or _BETA.search(text) is not None or _XB.search(text) is None:
        return None
    return replace(vocabulary, names=MappingProxyType({**vocabulary.names, "b": beta}))


def _apart(vocabulary: Vocabulary, usage: Usage) -> Vocabulary | None:
    """R_X and R_ZX, of a text without an R, as no blocks of R; Σ as the covariance matrix of the
    effects, and bold Greek letters as vectors of any length."""
    text = usage.text
    gone = {letter for letter in "RGV" if _lowered(letter, text) and not _bare(letter, text)}
    gone |= {"Sigma"} if "Sigma" in text or "Σ" in text else set()
    gone |= {key for key, name in vocabulary.names.items() if name.bold is not None and _is_bold(key, text)}
    names = {key: name for key, name in vocabulary.names.items() if key not in gone}
    return replace(vocabulary, names=MappingProxyType(names)) if gone else None


def _is_bold(key: str, text: str) -> bool:
    return re.search(rf"\\(?:mathbf|boldsymbol|bm)\s*\{{?\s*\\{key}(?![A-Za-z])", text) is not None


def _lowered(letter: str, text: str) -> bool:
    return re.search(rf"(?<![A-Za-z\\_]){letter}\s*\}}?\s*(?:\^\s*\{{?\s*\\?\w+\s*\}}?\s*)?_", text) is not None


def _bare(letter: str, text: str) -> bool:
    return re.search(rf"(?<![A-Za-z\\_]){letter}(?![A-Za-z])(?!\s*\}}?\s*(?:\^[^_]{{1,9}})?_)", text) is not None


def _states(vocabulary: Vocabulary, usage: Usage) -> Vocabulary | None:
    """The K_t, Z_t and P_{t|t-1} of I − K_tZ_t as matrices of a time."""
    text = usage.text
    told = times_below_capitals(usage)
    return replace(vocabulary, blocks=told) if told and _IDENTITY.search(text) is not None else None


def _designs(vocabulary: Vocabulary, usage: Usage) -> Vocabulary | None:
    """The X of Mβ + Xu as the design of the random effects, and the G of Mα + Gβ as one of others: letters of their own
    where another one stands before the effects that are theirs elsewhere."""
    text = usage.text
    fixed, random = set(_BEFORE_FIXED.findall(text)), set(_BEFORE_RANDOM.findall(text))
    if "X" in random - fixed and "Z" not in random:
        return replace(vocabulary, names=_without(vocabulary, {"X"}))
    others = {letter for letter in fixed & {"G", "Z", "R", "V"} if letter not in random}
    return replace(vocabulary, names=_without(vocabulary, others)) if others else None


def _without(vocabulary: Vocabulary, gone: set[str]) -> Mapping[str, Name]:
    return MappingProxyType({key: name for key, name in vocabulary.names.items() if key not in gone})


def _statistic_letters(vocabulary: Vocabulary, usage: Usage) -> Vocabulary | None:
    """The F of Fb as a matrix, where that has no meaning as a statistic."""
    text = usage.text
    if _FACTOR_F.search(text) is None:
        return None
    names = {key: name for key, name in vocabulary.names.items() if key != "F"}
    return replace(vocabulary, names=MappingProxyType(names))


def _partitions(vocabulary: Vocabulary, usage: Usage) -> Vocabulary | None:
    """A_22 and C_12 as the parts of a matrix, and no elements: an inverse is of one, G^{-1} − A_{22}^{-1}."""
    text = usage.text
    told = frozenset(_PART_INVERTED.findall(text))
    return replace(vocabulary, blocks=told | {first + second for first, second in _pairs(told)}) if told else None


def _parts(vocabulary: Vocabulary, usage: Usage) -> Vocabulary | None:
    """A_22 as a part of a matrix where it is added to one, (1 − δ)G + δA_{22}."""
    text = usage.text
    told = frozenset(_PART.findall(text))
    return replace(vocabulary, blocks=told) if told else None


def _pairs(told: frozenset[str]) -> Iterator[tuple[str, str]]:
    """The numbers of the parts beside those that are told: A_12 and A_21 beside A_22."""
    yield from ((first, second) for part in told for first in "12" for second in "12" if part in {"11", "22"})


def _of_so_many(vocabulary: Vocabulary, usage: Usage) -> Vocabulary | None:
    """The names of vectors and matrices of n rows with the number of them that the one identity of a text tells, as
    in V = ZGZ' + σ²I_{12} and σ²_u ZZ' + σ²I_{bt}."""
    text = usage.text
    told = {first or second for first, second in _NUMBERED.findall(text)} - {"0"} or set(_COUNTED_BY.findall(text))
    if len(told) != 1:
        return None
    (number,) = told
    n, many = size("n"), size(int(number)) if number.isdigit() else size(sympy.Mul(*map(size, number)))
    names = {
        key: replace(
            name, tree=Symbol(tree.name, many, many if tree.columns == n else tree.columns, tree.role, tree.facts)
        )
        for key, name in vocabulary.names.items()
        if isinstance(tree := name.tree, Symbol) and tree.rows == n
    }
    return replace(vocabulary, names=MappingProxyType({**vocabulary.names, **names}))


def _one_effect(vocabulary: Vocabulary, usage: Usage) -> Vocabulary | None:
    """A plain u as the effect of one unit, which is added to a number: k'β + u."""
    text = usage.text
    if _WITH_EFFECT.search(text) is None or _OF_EFFECTS.search(text) is not None:
        return None
    effect = Name("u", Scalar(sympy.Symbol("u", real=True)), "random effect")
    return replace(vocabulary, names=MappingProxyType({**vocabulary.names, "u": effect}))


def _effects(vocabulary: Vocabulary, usage: Usage) -> Vocabulary | None:
    """The α of Xβ + Zα, the vector of all random effects, where a number makes no sense."""
    text = usage.text
    u = vocabulary.lookup("u")
    told = {found["greek"] or GREEK_LETTERS.get(found["letter"], found["letter"]) for found in _BELOW_Z.finditer(text)}
    if not told or u is None:
        return None
    keys = {key for letter in told for key in (letter, f"{letter}hat", f"{letter}tilde")}
    names = {key: Name(key, Symbol(key, u.tree.rows, ONE, role="random")) for key in sorted(keys)}
    return replace(vocabulary, names=MappingProxyType({**vocabulary.names, **names}))


def _pairs_of_vectors(vocabulary: Vocabulary, usage: Usage) -> Vocabulary | None:
    """The λ_i and F_t of λ_i'F_t as vectors."""
    names = of_pairs(vocabulary, usage)
    return replace(vocabulary, names=MappingProxyType({**vocabulary.names, **names})) if names else None


def _of_cells(vocabulary: Vocabulary, usage: Usage) -> Vocabulary | None:
    """The R of S R S as a matrix of its own, as large as the matrices of cells beside it."""
    text = usage.text
    gone = {first or second for first, second in _BESIDE_CELLS.findall(text)}
    return replace(vocabulary, names=_without(vocabulary, gone)) if gone else None


_RULES: tuple[Callable[[Vocabulary, Usage], Vocabulary | None], ...] = (
    _pairs_of_vectors,
    _effects,
    _elementwise,
    _estimates,
    _counts,
    _effect_of_interaction,
    _slopes,
    _blocks,
    _partitions,
    _parts,
    _states,
    _statistic_letters,
    _designs,
    _apart,
    _one_effect,
    _of_so_many,
    _of_cells,
)
