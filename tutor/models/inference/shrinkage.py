"""Predictions of random effects as deviations of means, each with the factor by which it shrinks.

In a balanced design V⁻¹ is Σ λ⁻¹ P over the strata, and Z_k' keeps those that its m_k observations in a group do not
average out: û_k = Σ (m_k σ²_k/λ) Z_k'P y/m_k over the strata without fixed effects, so that each deviation of means
has the share of its eigenvalue that the effects bring. In groups of n_i observations with one random intercept V goes
by groups, and û_i = n_i σ²_u/(σ² + n_i σ²_u) times the mean of y − Xβ̂ in group i. Source: Searle, Casella and McCulloch
(1992), Variance Components, sections 3.3 and 7.3; Robinson (1991), That BLUP is a good thing, Statistical Science 6.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

import sympy

from tutor.algebra.arithmetic import Exact
from tutor.algebra.build import symbol
from tutor.algebra.evaluate import Instance
from tutor.algebra.laws.joining import negated, product_of
from tutor.algebra.nodes import Identity, Inverse, Ones, Product, Scalar, Scaled, Sum, Symbol, Transpose
from tutor.algebra.rules import Derivation, chain
from tutor.algebra.single import sum_or_term
from tutor.algebra.sizes import ONE
from tutor.algebra.structure.conditions import normal
from tutor.algebra.structure.forms import balanced
from tutor.algebra.structure.forms import projection as onto
from tutor.algebra.structure.strata import Balanced, Subset, subsets
from tutor.algebra.tree import Tree
from tutor.errors import TutorError
from tutor.models.effects import INTERCEPT, RandomTerm
from tutor.models.element_names import key_of
from tutor.models.index import Name
from tutor.models.inference.group_means import group_means
from tutor.models.inference.least_squares import LeastSquares, in_closed_form
from tutor.models.inference.shrunken import Share, Shrinkage, Shrunken
from tutor.models.inference.sources import is_orthogonal
from tutor.models.inference.zyskind import projections_of_fixed
from tutor.models.strata import design_factors
from tutor.notation.write import inline

if TYPE_CHECKING:
    from tutor.models.mixed import MixedModel


def shrinkage(model: MixedModel) -> Shrinkage:
    """The predictors as deviations of means with their factors.

    Raises
    ------
    TutorError
        For a model without random effects; for one in which there is no single factor for each deviation: with random
        slopes, residuals of another structure, or several random terms in a design that is not balanced; and where the
        fixed effects span all differences between the groups of a term.
    """
    if model.Z is None:
        raise TutorError("This model has no random effects: there is nothing to shrink.")
    found = _balanced(model) or _by_groups(model)
    if found is None:
        raise TutorError(
            "The predictions of this model are not told as deviations of means with one factor each: that is for "
            "balanced designs, and for one random intercept with independent residuals.",
            tip="m.blup.formula has them as matrices, m.blup.at(…) as numbers.",
        )
    groups = group_means(model)
    return Shrinkage(found, () if groups is None else groups.lines())


def _is_intercept(term: RandomTerm) -> bool:
    """Whether the effects are independent with one variance, and added to all observations of their group."""
    tree = term.covariance.tree
    return term.coefficients == (INTERCEPT,) and isinstance(tree, Scaled) and isinstance(tree.tree, Identity)


# Balanced designs


def _balanced(model: MixedModel) -> tuple[Shrunken, ...] | None:
    V = balanced(model.V, design_factors(model)) or balanced(model.V)
    effects = model.index.effects
    if V is None or not all(map(_is_intercept, model.random)) or len(effects) != len(model.random):
        return None
    letters = _letters(model, V)
    fixed = None if letters is None else _FixedStrata(model, V)
    found: list[Shrunken] = []
    for number, (term, effect) in enumerate(zip(model.random, effects, strict=True)):
        square = balanced(Product((term.matrix, Transpose(term.matrix))), V.factors)
        if square is None or len(square.coefficients()) != 1 or fixed is None or letters is None:
            return None
        ((kept, _),) = square.coefficients()
        groups = _strata_of(V, kept, fixed)
        if groups is None:
            return None
        if not groups:
            raise TutorError(
                f"The fixed effects fit the mean of each {term.group} whatever its effect is: nothing of y − Xβ̂ is "
                f"left there, and {inline(_hat(effect.names[0]))} = 0."
            )
        found.append(_shrunken(model, V, number, effect.names[0], letters, groups))
    return tuple(found)


def _letters(model: MixedModel, V: Balanced) -> tuple[str, ...] | None:
    """The index letter of each factor of V; None where they are not known."""
    if model.plan is None:
        return None
    free = model.plan.layout.free
    return tuple(index.letter for index in free) if len(free) == len(V.factors) else None


class _FixedStrata:
    """Which of the spaces P_S the columns of X span."""

    def __init__(self, model: MixedModel, V: Balanced) -> None:
        self._model, self._V = model, V
        known = projections_of_fixed(model)
        self._kept = set(known[1]) if known is not None and known[0].factors == V.factors else None
        self._exact = Instance(Exact())

    def has(self, subset: Subset) -> bool | None:
        """Whether the whole of the space is spanned; None where a part of it is, or nothing is known."""
        if self._kept is not None:
            return subset in self._kept
        if not self._model.n.is_Integer:
            return self._by_names(subset)
        space = onto(self._V.factors, [subset])
        both = self._exact.value(Product((self._model.P, space)))
        if both == self._exact.value(space):
            return True
        return False if all(x == 0 for x in both.entries()) else None

    def _by_names(self, subset: Subset) -> bool | None:
        """In an orthogonal design a fixed term spans the space of its own factors, and no part of another; but one of
        factors that others determine, as treatments by the rows and columns of a square, a part of the space of these.
        """
        if not is_orthogonal(self._model):
            return None
        layout = None if self._model.plan is None else self._model.plan.layout
        if layout is not None and layout.determined:
            inside = {index.letter for index, has in zip(layout.free, subset, strict=True) if has}
            if inside == set(layout.lines):
                return None
        names = {factor.name for factor, inside in zip(self._V.factors, subset, strict=True) if inside}
        return not names or any(names == set(term.variables) for term in self._model.fixed)


def _strata_of(V: Balanced, kept: Subset, fixed: _FixedStrata) -> list[tuple[sympy.Expr, list[Subset]]] | None:
    """For each eigenvalue the spaces of deviations between the groups of a term that have it and no fixed effects, the
    finest first; None where a space is neither within the columns of X nor orthogonal to them."""
    found: dict[sympy.Expr, list[Subset]] = {}
    for subset, value in zip(subsets(len(V.factors)), V.values, strict=True):
        inside = all(keep or not has for keep, has in zip(kept, subset, strict=True))
        if not inside or any(has and f.size == ONE for has, f in zip(subset, V.factors, strict=True)):
            continue
        spanned = fixed.has(subset)
        if spanned is None:
            return None
        if not spanned:
            found.setdefault(normal(value), []).append(subset)
    return sorted(found.items(), key=lambda item: -max(map(sum, item[1])))


def _shrunken(
    model: MixedModel,
    V: Balanced,
    number: int,
    name: Name,
    letters: Sequence[str],
    groups: Sequence[tuple[sympy.Expr, list[Subset]]],
) -> Shrunken:
    term = model.random[number]
    variance = term.parameters[0].symbol
    size = sympy.cancel(model.n / term.matrix.columns)
    shares: list[Share] = []
    for value, members in groups:
        average = Scaled(Scalar(1 / size), product_of((Transpose(term.matrix), onto(V.factors, members))))
        matrix = in_closed_form(model, average) or average
        shares.append(Share(normal(size * variance / value), _deviation(model, members, letters), matrix))
    found = Shrunken(term.group, _hat(name), tuple(shares))
    return replace(found, derivation=_derivation(model, term, found, size))


def _deviation(model: MixedModel, members: Sequence[Subset], letters: Sequence[str]) -> Tree:
    """The means of which P_S y/m has the entries: Π (ȳ over the others − ȳ over this one too), multiplied out."""
    numbers: dict[Subset, int] = {}
    for subset in members:
        for kept in subsets(len(subset)):
            if all(has or not keep for keep, has in zip(kept, subset, strict=True)):
                numbers[kept] = numbers.get(kept, 0) + (-1) ** (sum(subset) - sum(kept))
    terms: list[Tree] = []
    for kept, times in sorted(numbers.items(), key=lambda item: (-sum(item[0]), [not keep for keep in item[0]])):
        mean = _mean(model, {letter for letter, keep in zip(letters, kept, strict=True) if keep})
        terms += [mean if times > 0 else negated(mean)] * abs(times)
    return sum_or_term(terms)


def _mean(model: MixedModel, letters: set[str]) -> Scalar:
    """ȳ with the letters of its cell below it and a dot for each index that is averaged over."""
    below = "".join(letter if letter in letters else "." for letter in model.index.response.indices)
    return Scalar(sympy.Symbol(f"{''.join(model.index.response.bases)}bar_{below}", real=True))


def _hat(name: Name) -> Scalar:
    """û_i, v̂_j(i)."""
    base, underscore, below = key_of(name).partition("_")
    return Scalar(sympy.Symbol(f"{base}hat{underscore}{below}", real=True))


def _derivation(model: MixedModel, term: RandomTerm, found: Shrunken, size: sympy.Expr) -> Derivation:
    """û_k = σ²_k Z_k'V⁻¹(y − Xβ̂) = Σ factor · Z_k'P y/m_k, in closed form."""
    fixed = LeastSquares(model)
    y, variance = fixed.y, term.parameters[0].symbol
    Z = model.Z if len(model.random) == 1 else Symbol(f"Z_{term.letter}", *term.matrix.shape, definition=term.matrix)
    assert Z is not None
    deviation = Sum((*(y.terms if isinstance(y, Sum) else (y,)), negated(fixed.fitted)))
    definition = Scaled(Scalar(variance), product_of((Transpose(Z), Inverse(fixed.V), deviation)))
    predictor = Symbol(f"{term.letter}hat", Z.columns, ONE, "random", definition=definition)
    weighted = Scaled(Scalar(variance), product_of((Transpose(Z), fixed.residual_weight, y)))
    parts = [Scaled(Scalar(each.factor), product_of((each.matrix, y))) for each in found.shares if each.matrix]
    factor = f"{inline(size * variance)}/λ"
    return chain(
        predictor,
        ("definition", f"G has {inline(variance)} I for these effects", definition),
        ("name-P_V", f"V⁻¹(y − Xβ̂) = P_V y, P_V = {inline(fixed.residual_weight.definition)}", weighted),
        ("strata", "P_V = ∑ λ⁻¹ P over the strata without fixed effects, and Z' keeps those of its groups, with the "
         f"factor {factor}", sum_or_term(parts)),
    )  # fmt: skip


# Groups of any size


def _by_groups(model: MixedModel) -> tuple[Shrunken, ...] | None:
    """With one random intercept and σ² I: a factor for each size of a group."""
    R = model.R.definition
    if len(model.random) != 1 or not isinstance(R, Scaled) or not isinstance(R.tree, Identity):
        return None
    (term,) = model.random
    if not _is_intercept(term) or not isinstance(R.scalar, Scalar):
        return None
    variance, residual = term.parameters[0].symbol, R.scalar.value
    found: list[Shrunken] = []
    for label, size in _sizes(model, term):
        factor = sympy.cancel(size * variance / (residual + size * variance))
        name = Scalar(sympy.Symbol(f"{term.letter}hat_{label}", real=True))
        found.append(Shrunken(term.group, name, (Share(factor, _from_fitted(model, label)),)))
    return tuple(found) or None


def _sizes(model: MixedModel, term: RandomTerm) -> list[tuple[str, sympy.Expr]]:
    """The groups by number with their observations; one for all where the size is a letter of each group's own, or the
    same for all."""
    if not model.n.is_Integer:
        plan = model.plan
        if plan is None or not plan.layout.is_ragged:
            return []
        first, second = plan.layout.free
        return [(first.letter, second.size)]
    Z = term.matrix.explicit()
    sizes = [sympy.Add(*Z.col(j)) for j in range(Z.cols)]
    if len(set(sizes)) == 1:
        return [(_letter(model) or "i", sizes[0])]
    return [(str(j + 1), size) for j, size in enumerate(sizes)]


def _letter(model: MixedModel) -> str | None:
    """The index letter of the groups, where it is one that the response has."""
    names = [name for effects in model.index.effects for name in effects.names]
    below = names[0].indices + names[0].within if len(names) == 1 else ""
    return below if len(below) == 1 and below in model.index.response.indices else None


def _from_fitted(model: MixedModel, label: str) -> Tree:
    """ȳ_i· − μ̂, or ȳ_i· − x̄_i'β̂ for an X of more columns, less the mean of the offset."""
    letter, indices = _letter(model), model.index.response.indices
    below = "".join(label if each == letter else "." for each in indices) if letter else f"{label}."
    terms: list[Tree] = [Scalar(sympy.Symbol(f"{''.join(model.index.response.bases)}bar_{below}", real=True))]
    if model.offset is not None:
        terms.append(negated(Scalar(sympy.Symbol(f"obar_{label}", real=True))))
    if isinstance(model.X.definition, Ones) or (model.X.columns == ONE and _is_ones(model)):
        terms.append(negated(Scalar(sympy.Symbol("muhat", real=True))))
    else:
        terms.append(negated(Product((Transpose(symbol(f"xbar_{label}", model.p)), LeastSquares(model).estimate))))
    return Sum(tuple(terms))


def _is_ones(model: MixedModel) -> bool:
    return model.n.is_Integer and all(entry == 1 for entry in model.X.explicit())
