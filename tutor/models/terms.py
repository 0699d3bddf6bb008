"""The terms of an equation in elements: coefficients, columns of X, and what is multiplied by mistake."""

from __future__ import annotations

from collections.abc import Container
from dataclasses import replace
from typing import TYPE_CHECKING

from tutor.models.effects import FixedTerm
from tutor.models.element_names import is_greek, letters_of
from tutor.models.index import IndexTerm, Name

if TYPE_CHECKING:
    from tutor.models.mixed import MixedModel


def multiplied(term: tuple[Name, ...], drawn: Container[Name], covariates: frozenset[str]) -> tuple[Name, Name] | None:
    """Two effects of a term that stand as a product, μ τ_i and τ_i u_j; None where each has a covariate for a factor.

    Greek letters are effects where they are not named as ``covariates``; ``drawn`` are the random ones.
    """
    told = [name for name in term if is_greek(name) and name not in drawn and not is_in(name, covariates)]
    random = [name for name in term if name in drawn]
    if told and random:
        return told[0], random[0]
    return (told[0], told[1]) if len(told) > 1 and len(told) == len(term) else None


def of_covariates(term: tuple[Name, ...], response: Name) -> tuple[Name, ...]:
    """A term in which what stands below a Greek letter is the name of its covariates, β_c c_ij or β_cg c_ij g_i, or of
    the response, μ_y, and no index."""
    indices = letters_of(response)
    bases = {name.bases[0] for name in term if not is_greek(name)} | {response.bases[0].lower()}

    def named(name: Name) -> Name:
        own = set(name.indices)
        is_name = is_greek(name) and bool(own) and not name.number and not own & set(indices)
        return replace(name, number=name.indices, indices="") if is_name and own <= bases else name

    return tuple(map(named, term))


def is_in(name: Name, covariates: frozenset[str]) -> bool:
    """Whether a name is one of the covariates."""
    return len(name.bases) == 1 and name.bases[0] in covariates


def index_term(names: tuple[Name, ...], drawn: set[Name], covariates: frozenset[str]) -> IndexTerm:
    """A term as a coefficient and its covariates: the coefficient is random, or Greek, or the first."""

    def rank(name: Name) -> tuple[bool, ...]:
        return name not in drawn, is_in(name, covariates) or not is_greek(name), bool(name.indices)

    ranked = sorted(names, key=rank)
    coefficient = ranked[0]
    others = list(names)
    others.remove(coefficient)
    return IndexTerm(coefficient, tuple(others), covariates_first=bool(others) and names[0] != coefficient)


def fixed_terms(model: MixedModel) -> list[tuple[IndexTerm, FixedTerm]]:
    """The fixed terms of the equation, each with the columns of X that it comes from: poly(x, 2) makes two terms."""
    by_name = {term.name: term for term in model.fixed}
    from_formula = [(term, by_name[term.source]) for term in model.index.terms if term.source in by_name]
    return from_formula or [*zip(model.index.terms, model.fixed, strict=False)]
