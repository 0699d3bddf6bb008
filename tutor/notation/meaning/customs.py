r"""What letters mean in one text, by what else stands in it: π beside 1 − π is a probability, b in rb a count.

Only for a text that is about no model in particular; the letters of a model mean what they mean.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from itertools import pairwise
from types import MappingProxyType

from tutor.algebra.nodes import Symbol
from tutor.algebra.sizes import ONE, size
from tutor.notation.meaning.block_counts import of_block_counts
from tutor.notation.meaning.covariance_letters import of_covariances
from tutor.notation.meaning.covariates import before_slopes, behind_slopes
from tutor.notation.meaning.derived_letters import of_derived
from tutor.notation.meaning.design_letters import of_designs, of_parts, of_projections
from tutor.notation.meaning.distribution_letters import (
    of_priors,
    of_probabilities,
    of_random_vectors,
    of_rates,
    of_scales,
    of_variates,
)
from tutor.notation.meaning.equation_letters import (
    of_common_mean,
    of_errors,
    of_fixed_effects,
    of_further_errors,
    of_observations,
    of_parameters,
    of_selection,
)
from tutor.notation.meaning.kinds import shown
from tutor.notation.meaning.lags import of_lags
from tutor.notation.meaning.linear_forms import vectors_of_forms
from tutor.notation.meaning.model_terms import of_terms
from tutor.notation.meaning.multivariate_letters import of_deviations, of_latent_variables
from tutor.notation.meaning.number_capitals import of_grand_totals, of_heterogeneity, of_levels, of_times
from tutor.notation.meaning.panels import of_panels
from tutor.notation.meaning.part_letters import of_columns, of_matrix_parts
from tutor.notation.meaning.plots import number_of_plots, of_plots
from tutor.notation.meaning.residual_letters import of_residuals
from tutor.notation.meaning.second_names import of_integrals, of_names_apart
from tutor.notation.meaning.solutions import of_slopes, of_solutions
from tutor.notation.meaning.spatial_letters import of_lagged_covariates, of_predictions, of_spatial_lags
from tutor.notation.meaning.states import states_of_vectors
from tutor.notation.meaning.subjects import of_subjects
from tutor.notation.meaning.usage import NOTHING, Factor, Product, Usage
from tutor.notation.meaning.weights import of_weights
from tutor.notation.parsing import syntax
from tutor.notation.vocabulary import Name, Vocabulary, lecture_vocabulary

_ROWS = frozenset("acdhklmpqstwxz") | {"lambda", "ell"}
"""Letters of the coefficients of a linear form, k'β and a'y."""

_BEFORE_STATES = frozenset("GRVXZ")
_G_OR_U = frozenset("Gu")
_TRAITS = frozenset({"G", "R"})
_SIZED = frozenset("IJ10")
"""What has its size below it."""


def by_custom(vocabulary: Vocabulary, usage: Usage) -> Vocabulary:
    """The vocabulary for one text. Of a model's vocabulary nothing changes."""
    if not vocabulary.takes_new_names:
        return vocabulary
    if vocabulary is lecture_vocabulary():
        vocabulary = _with_sizes(vocabulary, usage)
    changed: dict[str, Name | None] = {}
    there = {sign for sign in _SIGNS if sign in usage.text}
    for rule, signs in _RULES.items():
        if not signs or not there.isdisjoint(signs):
            changed |= rule(vocabulary, usage)
    has_elements = bool(changed) and bool(before_slopes(vocabulary, usage))  # of which X_it and y_it are, and no blocks
    if not shown(usage).blocks <= vocabulary.blocks and not has_elements:
        vocabulary = replace(vocabulary, blocks=vocabulary.blocks | shown(usage).blocks)
    if not changed:
        return vocabulary
    names = {**vocabulary.names, **{key: name for key, name in changed.items() if name is not None}}
    kept = {key: name for key, name in names.items() if changed.get(key, name) is not None}
    return replace(vocabulary, names=MappingProxyType(kept))


def _with_sizes(vocabulary: Vocabulary, usage: Usage) -> Vocabulary:
    """The vocabulary with N observations where a text has an I_N and no n, with bt of them where those of b blocks of
    t plots are told by I_b ⊗ 1_t, and of all traits beside G_0 ⊗ A."""
    sized = {factor.below for factor in usage.factors if factor.letter in _SIZED}
    if "N" in sized and "n" not in usage.letters and not any("n" in factor.below for factor in usage.factors):
        return lecture_vocabulary("N")
    if (plots := number_of_plots(usage)) is not None:
        return lecture_vocabulary(plots)
    beside = (single for node in usage.of(syntax.Kronecker) for single in pairwise(map(usage.product, node.factors)))
    is_of_traits = any(
        factor.letter in _TRAITS and factor.below == "0" for left, right in beside for factor in (left[-1], right[0])
    )
    return lecture_vocabulary("n", "t") if is_of_traits else vocabulary


Changes = Mapping[str, Name | None]
"""Key: what it means in a text; None where it is no name."""


def _effects_alone(vocabulary: Vocabulary, usage: Usage) -> Changes:
    """The u of Xβ + u + ε and 1μ + u + ε, and the G of G + R, where no Z stands: each observation has an effect of its
    own, u is as long as y and G as large as R."""
    y = vocabulary.lookup("y")
    if y is None or "Z" in usage.letters or _G_OR_U.isdisjoint(usage.letters):
        return {}
    if not any(map(_has_effect_alone, map(usage.terms, usage.of(syntax.Sum)))):
        return {}
    rows = y.tree.rows
    G = Symbol("G", rows, rows, "unknown", frozenset({"symmetric", "positive definite"}))
    return {"u": Name("u", Symbol("u", rows, ONE, role="random")), "G": Name("G", G)}


def _has_effect_alone(terms: Sequence[tuple[str, Product]]) -> bool:
    products = [product for sign, product in terms if sign == "+"]
    for effect, error in pairwise(products):
        without_variance = error[1:] if error[0].letter == "sigma" else error
        matrix = without_variance[0] if len(without_variance) == 1 else NOTHING
        if _is_letter(effect, "G") and matrix.letter == "R" and not matrix.below:
            return True
    return any(
        _is_mean(mean) and _is_letter(effect, "u") and (_is_letter(error, "epsilon") or _is_letter(error, "e"))
        for mean, effect, error in zip(products, products[1:], products[2:], strict=False)
    )


def _is_letter(product: Product, letter: str) -> bool:
    return len(product) == 1 and product[0].letter == letter and product[0].is_bare


def _is_mean(product: Product) -> bool:
    """Xβ, Xb and 1μ."""
    letters = [factor.letter for factor in product]
    return letters in (["X", "beta"], ["X", "b"]) or (sorted(letters) == ["1", "mu"])


def _transition(vocabulary: Vocabulary, usage: Usage) -> Changes:
    """The F of x_{t+1} = Fx_t + w_t is no statistic, and the G of y_t = Gx_t no variance of random effects."""
    if not states_of_vectors(usage):
        return {}
    beside = usage.beside
    before = {matrix.letter for matrix, state in beside if state.is_small and state.below.startswith("t")}
    return {letter: None for letter in {"F", *(before & _BEFORE_STATES)} if letter in vocabulary.names}


def _transposed(vocabulary: Vocabulary, usage: Usage) -> Changes:
    """A number or a size that is transposed is none, but a vector of its own, and N a matrix, of incidences."""
    matrices = {f.letter for f in usage.factors if f.letter == "N" and f.is_transposed and not (f.below or f.accent)}
    names = {letter: vocabulary.names.get(letter) for letter in shown(usage).vectors | matrices}
    return {letter: None for letter, name in names.items() if name is not None and name.tree.is_scalar}


def _coefficients(vocabulary: Vocabulary, usage: Usage) -> Changes:
    """The k of k'β and k'(X'X)⁻¹k, and the a of a'y, are vectors: of numbers nobody writes a transpose."""
    changes: dict[str, Name | None] = {}
    for row, behind in usage.beside:
        is_row = row.letter in _ROWS and row.is_transposed and not (row.below or row.bold or row.accent or row.glued)
        beside = vocabulary.lookup(_multiplied(behind, usage)) if is_row else None
        if beside is not None and isinstance(beside.tree, Symbol):
            changes[row.letter] = Name(row.letter, Symbol(row.letter, beside.tree.rows, ONE))
    return changes


def _multiplied(factor: Factor, usage: Usage) -> str:
    """The vector as long as the row before a factor: β before X' and β, u before Z' and u, and y before X, Z and V."""
    factor = usage.first_letter(factor)
    if factor.below:
        return ""
    match factor.letter:
        case "beta":
            return "beta"
        case "X" if factor.is_transposed:
            return "beta"
        case "u" | "b":
            return "u"
        case "Z" if factor.is_transposed:
            return "u"
        case "y" | "X" | "Z" | "V" | "R":
            return "y"
        case _:
            return ""


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
    of_block_counts: (),
    of_priors: ("beta", "β"),
    of_rates: ("beta", "β"),
    of_names_apart: (),
    of_covariances: ("sigma", "σ"),
    of_slopes: (),
    _effects_alone: (),
    of_matrix_parts: ("X", "Z", "W"),
    of_columns: ("1",),
    of_solutions: (),
    of_terms: (),
    of_residuals: ("epsilon", "ε", "ϵ"),
    of_integrals: (),
    _transition: (),
    of_variates: ("X", "Y", "Z"),
    of_random_vectors: ("X", "Y", "Z", "y"),
    of_scales: ("sim", "~", "∼"),
    _transposed: (),
    of_levels: (),
    _coefficients: ("'", "′", "’", "ᵀ", "T", "top", "intercal", "prime"),
    _linear_forms: (),
    behind_slopes: ("beta", "β"),
    before_slopes: ("beta", "gamma", "delta", "theta", "β", "γ", "δ", "θ"),
    of_heterogeneity: (),
    of_times: (),
    of_grand_totals: (),
    of_subjects: (),
    of_errors: ("beta", "β"),
    of_common_mean: ("1",),
    of_plots: ("otimes", "⊗"),
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
    of_derived: (),
    of_lags: (),
    of_weights: (),
}
"""Each rule, and for some the signs without which they have nothing to say: to look for these takes less time."""

_SIGNS = frozenset(sign for signs in _RULES.values() for sign in signs)
