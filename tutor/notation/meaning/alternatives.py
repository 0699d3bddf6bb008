r"""Other meanings of the letters of a text that is about no model in particular, asked for where the usual ones make
none: y as one observation, I and J as counts, S_i and e_i as blocks of a unit, b as the fixed effects of Xb.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from types import MappingProxyType

import sympy

from tutor.algebra.nodes import Symbol
from tutor.algebra.sizes import ONE, size
from tutor.notation.meaning.counted_levels import counts
from tutor.notation.meaning.elementwise import elementwise
from tutor.notation.meaning.kinds import indices
from tutor.notation.meaning.named_numbers import named_number
from tutor.notation.meaning.states import times_below_capitals
from tutor.notation.meaning.usage import Factor, Usage
from tutor.notation.meaning.vector_pairs import of_pairs
from tutor.notation.names import is_indices
from tutor.notation.parsing import syntax
from tutor.notation.vocabulary import Name, Vocabulary

_EFFECTS = frozenset({"alpha", "delta", "theta", "tau", "nu", "xi", "eta", "zeta", "psi", "v", "w", "h", "g", "s", "a"})
"""Letters of the vector of all random effects, as of Zα."""

_FIXED_EFFECTS = frozenset({"mu", "alpha", "tau", "theta", "delta"})
_OTHER_DESIGNS = frozenset("GRVZ")
_INDICES = frozenset("hijklmno")
_COUNTED = frozenset("abcdgkmnpqrst")
_SECOND_MATRICES = frozenset("DGRSV")


def alternatives(vocabulary: Vocabulary, usage: Usage) -> Iterator[Vocabulary]:
    """The vocabularies by which a text may be read instead, the likeliest first."""
    if not vocabulary.takes_new_names:
        return
    for rule in _RULES:
        other = rule(vocabulary, usage)
        if other is not None:
            yield other


def _with(vocabulary: Vocabulary, *names: Name) -> Vocabulary | None:
    """The vocabulary with other names; None without any."""
    told = {**vocabulary.names, **{name.key: name for name in names}}
    return replace(vocabulary, names=MappingProxyType(told)) if names else None


def _without(vocabulary: Vocabulary, gone: set[str]) -> Vocabulary | None:
    """The vocabulary without some of its names; None where none is gone."""
    names = MappingProxyType({key: name for key, name in vocabulary.names.items() if key not in gone})
    return replace(vocabulary, names=names) if gone else None


def _pairs_of_vectors(vocabulary: Vocabulary, usage: Usage) -> Vocabulary | None:
    """The λ_i and F_t of λ_i'F_t as vectors."""
    names = of_pairs(vocabulary, usage)
    return replace(vocabulary, names=MappingProxyType({**vocabulary.names, **names})) if names else None


def _effects(vocabulary: Vocabulary, usage: Usage) -> Vocabulary | None:
    """The α of Xβ + Zα, the vector of all random effects, where a number makes no sense."""
    u = vocabulary.lookup("u")
    told = {
        behind.letter
        for first, behind in usage.beside
        if first.letter == "Z" and first.is_bare and behind.letter in _EFFECTS and not behind.below
    }
    if u is None:
        return None
    keys = sorted(key for letter in told for key in (letter, f"{letter}hat", f"{letter}tilde"))
    return _with(vocabulary, *(Name(key, Symbol(key, u.tree.rows, ONE, role="random")) for key in keys))


def _estimates(vocabulary: Vocabulary, usage: Usage) -> Vocabulary | None:
    r"""The \hat\beta_W of (X'WX)⁻¹X'Wy, as long as β, by the weights that it has: asked for where it is no number."""
    beta = vocabulary.lookup("beta")
    if beta is None or not isinstance(beta.tree, Symbol):
        return None
    told = {f for f in usage.factors if f.letter == "beta" and f.accent in {"hat", "tilde"} and _is_label(f.below)}
    keys = sorted({f"beta{factor.accent}_{factor.below}" for factor in told} - vocabulary.names.keys())
    return _with(vocabulary, *(Name(key, Symbol(key, beta.tree.rows, ONE, "random")) for key in keys))


def _is_label(below: str) -> bool:
    """W, and the name of a method, ridge; no index."""
    is_name = 3 <= len(below) <= 12 and below.isascii() and below.isalpha() and not is_indices(below)
    return is_name or (len(below) == 1 and below.isupper())


def _effect_of_interaction(vocabulary: Vocabulary, usage: Usage) -> Vocabulary | None:
    """The I_ij of z_ijk = G_i + I_ij + E_j + ε_ijk, an effect."""
    for relation in usage.of(syntax.Relation):
        subject = usage.single(relation.sides[0])
        terms = [product[0] for side in relation.sides[1:] for _, product in usage.terms(side) if len(product) == 1]
        is_element = subject.letter in {"y", "z", "p"} and _has_indices(subject)
        if is_element and any(term.letter == "I" and _has_indices(term) for term in terms):
            return _with(vocabulary, named_number("I", "size"))
    return None


def _has_indices(factor: Factor) -> bool:
    return len(factor.below) > 1 and _INDICES.issuperset(factor.below)


def _blocks(vocabulary: Vocabulary, usage: Usage) -> Vocabulary | None:
    """Plain letters with an index as blocks of a unit, Y_i = X_iβ + Z_ib_i + e_i, and Greek capitals as matrices."""
    told = indices(usage)
    return replace(vocabulary, blocks=told | {""}) if told else None


def _slopes(vocabulary: Vocabulary, usage: Usage) -> Vocabulary | None:
    """The b of Xb as the fixed effects, in a text that has no β."""
    beta = vocabulary.lookup("beta")
    has_beta = any(factor.letter == "beta" for factor in usage.factors)
    if beta is None or has_beta or not usage.has("X", "b"):
        return None
    return replace(vocabulary, names=MappingProxyType({**vocabulary.names, "b": beta}))


def _other_slopes(vocabulary: Vocabulary, usage: Usage) -> Vocabulary | None:
    """The μ of Xμ as fixed effects too, as long as β, in a text that has no β."""
    beta = vocabulary.lookup("beta")
    told = {
        behind.letter for first, behind in usage.beside if first.letter == "X" and first.is_bare and not behind.below
    }
    told &= _FIXED_EFFECTS
    if beta is None or not told or "beta" in usage.letters:
        return None
    keys = sorted(key for letter in told for key in (letter, f"{letter}hat", f"{letter}tilde"))
    return _with(vocabulary, *(Name(key, Symbol(key, beta.tree.rows, ONE, "unknown")) for key in keys))


def _apart(vocabulary: Vocabulary, usage: Usage) -> Vocabulary | None:
    """R_X and R_ZX, of a text without an R, as no blocks of R; Σ as the covariance matrix of the
    effects, and bold Greek letters as vectors of any length."""
    lowered = {factor.letter for factor in usage.factors if factor.below}
    bare = {factor.letter for factor in usage.factors if not factor.below}
    bold = {factor.letter for factor in usage.factors if factor.bold and factor.is_greek}
    gone = {letter for letter in "RGV" if letter in lowered - bare} | ({"Sigma"} & (lowered | bare))
    gone |= {key for key, name in vocabulary.names.items() if name.bold is not None and key in bold}
    return _without(vocabulary, gone)


def _states(vocabulary: Vocabulary, usage: Usage) -> Vocabulary | None:
    """The K_t, Z_t and P_{t|t-1} of I − K_tZ_t as matrices of a time."""
    told = times_below_capitals(usage)
    return replace(vocabulary, blocks=told) if told else None


def _designs(vocabulary: Vocabulary, usage: Usage) -> Vocabulary | None:
    """The X of Mβ + Xu as the design of the random effects, and the G of Mα + Gβ as one of others: letters of their own
    where another one stands before the effects that are theirs elsewhere."""
    beside = [(first.letter, behind) for first, behind in usage.beside if first.is_capital and first.is_bare]
    fixed = {letter for letter, behind in beside if behind.letter == "beta"}
    random = {letter for letter, behind in beside if behind.letter in {"u", "b", "gamma"}}
    if "X" in random - fixed and "Z" not in random:
        return _without(vocabulary, {"X"})
    return _without(vocabulary, {letter for letter in fixed & _OTHER_DESIGNS if letter not in random})


def _statistic_letters(vocabulary: Vocabulary, usage: Usage) -> Vocabulary | None:
    """The F of Fb as a matrix, where that has no meaning as a statistic."""
    is_factor = any(first.letter == "F" and first.is_bare and b.letter in {"b", "u"} for first, b in usage.beside)
    is_transposed = any(factor.letter == "F" and factor.is_transposed for factor in usage.factors)
    return _without(vocabulary, {"F"}) if is_factor or is_transposed else None


def _parts(vocabulary: Vocabulary, usage: Usage) -> Vocabulary | None:
    """A_22 as a part of a matrix, and no element, (1 − δ)G + δA_{22} and G^{-1} − A_{22}^{-1}."""
    told = frozenset(factor.below for factor in usage.factors if _is_part(factor))
    return replace(vocabulary, blocks=told) if told else None


def _is_part(factor: Factor) -> bool:
    return factor.is_capital and factor.below in {"11", "12", "21", "22"}


def _of_so_many(vocabulary: Vocabulary, usage: Usage) -> Vocabulary | None:
    """The names of vectors and matrices of n rows with the number of them that the one identity of a text tells, as
    in V = ZGZ' + σ²I_{12} and σ²_u ZZ' + σ²I_{bt}."""
    below = {factor.below for factor in usage.factors if factor.letter in {"I", "J"} and factor.below not in {"", "0"}}
    numbers = {extent for extent in below if extent.isdigit() and len(extent) < 5}
    told = numbers or {extent for extent in below if len(extent) in {2, 3} and _COUNTED.issuperset(extent)}
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
    has_matrix = any(factor.letter == "Z" or (factor.letter == "u" and factor.bold) for factor in usage.factors)
    is_distributed = any(usage.single(node.subject).letter == "u" for node in usage.of(syntax.Distributed))
    if has_matrix or is_distributed or not any(_adds_effect(usage.terms(node)) for node in usage.of(syntax.Sum)):
        return None
    return _with(vocabulary, named_number("u", "random effect"))


def _adds_effect(terms: Iterable[tuple[str, tuple[Factor, ...]]]) -> bool:
    return any(product[0].letter == "u" and product[0].is_bare for _, product in terms)


def _of_cells(vocabulary: Vocabulary, usage: Usage) -> Vocabulary | None:
    """The R of S R S as a matrix of its own, as large as the matrices of cells beside it."""
    gone: set[str] = set()
    for first, second in usage.beside:
        if isinstance(first.node, syntax.Matrix) or isinstance(second.node, syntax.Matrix):
            gone |= {factor.letter for factor in (first, second) if not factor.below} & _SECOND_MATRICES
    return _without(vocabulary, gone)


_RULES: tuple[Callable[[Vocabulary, Usage], Vocabulary | None], ...] = (
    _pairs_of_vectors,
    _effects,
    elementwise,
    _estimates,
    counts,
    _effect_of_interaction,
    _slopes,
    _other_slopes,
    _blocks,
    _parts,
    _states,
    _statistic_letters,
    _designs,
    _apart,
    _one_effect,
    _of_so_many,
    _of_cells,
)
