"""The estimate of k'β as averages of observations, ȳ_1· − ȳ_2·, where ordinary least squares is best.

In an orthogonal design P = Σ Q_T over the terms T of the fixed part, where A_T = Σ Q_S over S ⊆ T takes averages over
the cells of T. So β̂_T = ȳ_T − Σ β̂_S over the terms S inside T solves the normal equations, and k'β̂ is the same for
every solution. Source: Bailey (2008), Design of Comparative Experiments, chapter 10; Searle (1971), Linear Models,
section 5.4.
"""

from __future__ import annotations

from collections.abc import Mapping
from itertools import combinations
from typing import TYPE_CHECKING, Any

import sympy

from tutor.algebra.nodes import Scalar, Variance
from tutor.algebra.rules import Derivation
from tutor.errors import SizeError, TutorError
from tutor.models.element_names import letters_of
from tutor.models.inference.sources import is_orthogonal
from tutor.models.inference.zyskind import ols_is_blue
from tutor.models.levels import DOT, Level
from tutor.models.observations.cells import Element, levels_below
from tutor.models.observations.derive import derive_elements
from tutor.notation.write import inline

if TYPE_CHECKING:
    from tutor.models.index import Name
    from tutor.models.mixed import MixedModel

Averages = dict[Element, sympy.Expr]
"""A sum of averages of y: the coefficient of each."""


def averages_of_estimate(model: MixedModel, what: Any) -> Averages:
    """k'β̂ of an estimable function as a sum of averages, for sizes that are numbers or letters.

    Raises
    ------
    TutorError
        When k'β is not estimable, with the reason.
    SizeError
        Where the estimate is no such sum for all sizes: for a design that is not orthogonal, for covariates, and where
        OLS is not best.
    """
    told = model.estimable(what)
    if not told:
        raise TutorError(told.because, tip=told.instead)
    function: Any = told.function.explicit()[0, 0]
    terms = _terms_of_averages(model)
    if terms is None:
        raise SizeError(
            f"{inline(told.function)} is estimated from rows that can be listed; here n = {inline(model.n)}, and the "
            "estimate is no sum of averages for all sizes.",
            tip="Give numbers for the sizes.",
        )
    found: dict[Element, sympy.Expr] = {}
    for letter, coefficient in sympy.expand(function).as_coefficients_dict().items():
        name, levels = _effect(terms, str(letter))
        for element, times in _estimate(model, terms, name, levels).items():
            found[element] = sympy.expand(found.get(element, sympy.S.Zero) + coefficient * times)
    return {element: times for element, times in found.items() if times != 0}


def has_averages(model: MixedModel) -> bool:
    """Whether every estimate is a sum of averages: whether the design is orthogonal and OLS is best in it."""
    return _terms_of_averages(model) is not None


def variance_of_averages(model: MixedModel, averages: Averages) -> Derivation:
    """The variance of a sum of averages, from what is known of each."""
    form = sum_of_averages(averages)
    found = derive_elements(model, Variance(Scalar(form)))
    if found is None:
        raise SizeError(f"The variance of {inline(form)} does not follow from the indices of this model.",
                        tip="Give numbers for the sizes.")  # fmt: skip
    return found


def told_averages(averages: Averages) -> str:
    """ȳ_1· − ȳ_2·."""
    return inline(sum_of_averages(averages))


def sum_of_averages(averages: Averages) -> sympy.Expr:
    """The sum as an expression in the keys of its averages."""
    return sympy.Add(*(times * sympy.Symbol(each.key, real=True) for each, times in averages.items()))


def _terms_of_averages(model: MixedModel) -> dict[frozenset[str], Name] | None:
    """The fixed terms by their indices; None where P is no sum of averages over them, and where OLS is not best."""
    index = model.index
    random = {name for effects in index.effects for name in effects.names}
    fixed = [term for term in index.terms if term.coefficient not in random]
    if index.offset is not None or index.zeros or any(term.covariates for term in fixed):
        return None
    found = {frozenset(letters_of(term.coefficient)): term.coefficient for term in fixed}
    closed = all(first & second in found for first, second in combinations(found, 2))
    ragged = model.plan is not None and model.plan.layout.is_ragged
    if len(found) < len(fixed) or not closed or ragged or not is_orthogonal(model):
        return None
    return found if ols_is_blue(model, quick=True) else None


def _effect(terms: Mapping[frozenset[str], Name], key: str) -> tuple[Name, tuple[Level, ...]]:
    """The fixed effect that a key names, and its levels: tau_1, mu."""
    base, _, below = key.partition("_")
    for name in terms.values():
        levels = levels_below(below, name) if base == "".join(name.bases) else None
        if levels is not None:
            return name, levels
    raise TutorError(f"{key} is no fixed effect of this model.")


def _estimate(
    model: MixedModel, terms: Mapping[frozenset[str], Name], name: Name, levels: tuple[Level, ...]
) -> Averages:
    """β̂ of an effect: its average less the estimates of the effects inside it."""
    at = dict(zip(letters_of(name), levels, strict=True))
    response = model.index.response
    average = Element(response, tuple(at.get(letter, DOT) for letter in letters_of(response)))
    found: Averages = {average: sympy.S.One}
    for own in (other for inner, other in terms.items() if inner < frozenset(at)):
        for element, times in _estimate(model, terms, own, tuple(at[letter] for letter in letters_of(own))).items():
            found[element] = found.get(element, sympy.S.Zero) - times
    return found
