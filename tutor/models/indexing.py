"""The equation in elements of a model that came from a formula: which letters stand for its factors and terms."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import product

import sympy

from tutor.algebra.sizes import Size
from tutor.models.design import Factor
from tutor.models.effects import INTERCEPT, FixedPart, FixedTerm, RandomTerm
from tutor.models.index import IndexEffects, IndexModel, IndexRange, IndexTerm, Name
from tutor.models.matrices import Variables

LETTERS = "ijklmnopqrst"
"""Indices, in the order in which they are given out."""

EFFECTS = ("tau", "alpha", "gamma", "delta", "kappa", "phi", "psi", "omega", "lambda", "nu", "xi", "eta", "zeta")
"""Fixed effects of factors, as lectures name them: treatments first. After these, numbered ones."""


@dataclass(frozen=True, slots=True)
class _Indices:
    """The index of each factor, in the order of the response's, and that of the observations within a cell."""

    of_factor: Mapping[str, str]
    replicate: IndexRange | None
    order: str

    def of(self, factors: Sequence[str]) -> str:
        """The indices of these factors, in the order of the response's."""
        mine = {self.of_factor[name] for name in factors}
        return "".join(letter for letter in self.order if letter in mine)


def index_model(
    fixed: FixedPart, random: Sequence[RandomTerm], variables: Variables, groups: Mapping[str, Factor], rows: int
) -> IndexModel:
    """The equation in elements: μ + τ_i + α_j + (τα)_ij + u_k + v_i(k) + ε_ijk, or β_0 + β_1 x_ij + u_0j + … + ε_ij.

    Factors of the fixed part have the first indices, then groups, then the observations within a cell. With
    covariates and no fixed factor the observations come first, as in a regression.
    """
    fixed_factors = [name for term in fixed.terms for name in term.variables if isinstance(variables[name], Factor)]
    group_names = [name for term in random for name in term.variables]
    classes: dict[str, Factor] = {}
    for name in dict.fromkeys([*fixed_factors, *group_names]):
        found = variables.get(name)
        classes[name] = found if isinstance(found, Factor) else groups[name]
    covariates = _covariates(random, variables)
    indices = _indices(classes, rows, replicate_first=bool(covariates) and not fixed_factors)
    x = {label: Name(("x",), indices.order, number=number) for label, number in covariates.items()}
    bases = {name: _effect_key(number) for number, name in enumerate(dict.fromkeys(fixed_factors))}
    terms = _fixed_terms(fixed.terms, bases, x, indices, variables)
    effects: list[IndexEffects] = []
    for term in random:
        names = _random_names(term, indices)
        effects.append(IndexEffects(names, term.covariance))
        terms += [IndexTerm(name, _product(label, x)) for name, label in zip(names, term.coefficients, strict=True)]
    return IndexModel(
        response=Name(("y",), indices.order),
        terms=tuple(terms),
        residual=Name(("e",), indices.order),
        effects=tuple(effects),
        ranges=_ranges(classes, indices),
        zeros=tuple(zero for term in fixed.terms for zero in _zeros(term, bases, x, indices, variables)),
        glossary=(
            *((Name((key,)), name) for name, key in bases.items()),
            *((Name((term.letter,)), term.group) for term in random),
            *((Name(("x",), number=number), label) for label, number in covariates.items()),
        ),
    )


def _effect_key(number: int) -> str:
    return EFFECTS[number] if number < len(EFFECTS) else f"tau_{number + 1}"


def _covariates(random: Sequence[RandomTerm], variables: Variables) -> dict[str, str]:
    """The covariates and their numbers, "" if there is but one: columns of numbers, and codings within random terms."""
    labels = [label for name in variables for label in _column_labels(name, variables)]
    for term in random:
        for label in term.coefficients:
            if label != INTERCEPT and not set(label.split(":")) <= set(labels):
                labels.append(label)
    labels = list(dict.fromkeys(labels))
    return {label: str(number) if len(labels) > 1 else "" for number, label in enumerate(labels, start=1)}


def _column_labels(name: str, variables: Variables) -> list[str]:
    """The labels of the columns of numbers that a variable has: one for a covariate, several for poly(x, 2)."""
    found = variables[name]
    return [] if isinstance(found, Factor) else [f"{name}{suffix}" for suffix in found.suffixes]


def _product(label: str, x: Mapping[str, Name]) -> tuple[Name, ...]:
    """The covariates whose product a coefficient is multiplied by; none for an intercept."""
    if label == INTERCEPT:
        return ()
    return (x[label],) if label in x else tuple(x[part] for part in label.split(":"))


def _indices(classes: Mapping[str, Factor], rows: int, replicate_first: bool) -> _Indices:
    cells = Counter(zip(*(factor.codes or () for factor in classes.values()), strict=True)) if classes else {(): rows}
    counts = set(cells.values())
    replicated = counts != {1}
    letters = list(LETTERS[: len(classes) + replicated])
    own = letters.pop(0 if replicate_first else -1) if replicated else ""
    order = own + "".join(letters) if replicate_first else "".join(letters) + own
    extent: Size | Name = sympy.Integer(counts.pop()) if len(counts) == 1 else Name(("n",), "".join(letters))
    return _Indices(dict(zip(classes, letters, strict=True)), IndexRange(own, extent) if own else None, order)


def _ranges(classes: Mapping[str, Factor], indices: _Indices) -> tuple[IndexRange, ...]:
    ranges = {letter: IndexRange(letter, classes[name].size) for name, letter in indices.of_factor.items()}
    if indices.replicate is not None:
        ranges[indices.replicate.letter] = indices.replicate
    return tuple(ranges[letter] for letter in indices.order)


def _fixed_terms(
    terms: Sequence[FixedTerm],
    bases: Mapping[str, str],
    x: Mapping[str, Name],
    indices: _Indices,
    variables: Variables,
) -> list[IndexTerm]:
    """μ or β_0, β_k x for covariates, τ_i for factors, (τα)_ij for interactions, (τβ)_i x for slopes of factors.

    A slope has the number of its column of X, which is that of its element of β.
    """
    with_slope = any(term.variables and not set(term.variables) & set(bases) for term in terms)
    found: list[IndexTerm] = []
    column = 0 if terms and not terms[0].variables else 1
    for term in terms:
        factors = [name for name in term.variables if name in bases]
        if not term.variables:
            found.append(IndexTerm(Name(("beta",), number="0") if with_slope else Name(("mu",)), source=term.name))
        for number, labels in enumerate(_products_of(term, bases, variables) if term.variables else ()):
            covariates = tuple(x[label] for label in labels)
            effect = (
                _factor_effect(term, bases, covariates, indices.of(factors))
                if factors
                else Name(("beta",), number=str(column + number))
            )
            found.append(IndexTerm(effect, covariates, source=term.name))
        column += len(term.columns or ())
    return found


def _products_of(term: FixedTerm, bases: Mapping[str, str], variables: Variables) -> list[tuple[str, ...]]:
    """The columns of numbers that are multiplied in a term, in the order of X: R varies the first of them fastest."""
    columns = [_column_labels(name, variables) for name in term.variables if name not in bases]
    return [tuple(reversed(labels)) for labels in product(*reversed(columns))]


def _factor_effect(term: FixedTerm, bases: Mapping[str, str], covariates: Sequence[Name], letters: str) -> Name:
    """The effect of a term with factors at these letters: (τα)_ij, or (τβ)_i where it is a slope."""
    keys = tuple(bases[name] for name in term.variables if name in bases)
    slope = ("beta",) if covariates else ()
    return Name(keys + slope, letters, number="".join(name.number for name in covariates))


def _zeros(
    term: FixedTerm, bases: Mapping[str, str], x: Mapping[str, Name], indices: _Indices, variables: Variables
) -> list[Name]:
    """The effects that are 0 because their level is the one with which the others are compared."""
    factors = [name for name in term.variables if name in bases]
    own = indices.of(factors)
    return [
        _factor_effect(term, bases, [x[label] for label in labels], own.replace(indices.of_factor[name], "1"))
        for labels in _products_of(term, bases, variables)
        for name in factors
        if name in term.contrasts
    ]


def _random_names(term: RandomTerm, indices: _Indices) -> tuple[Name, ...]:
    """u_j, v_i(k) below a/b, or u_0j and u_1j for two coefficients."""
    *outer, inner = term.variables
    own, within = indices.of(term.variables), ""
    if term.nested:
        own, within = indices.of([inner]), indices.of(outer)
    numbers = [""] if len(term.coefficients) == 1 else [str(number) for number in range(len(term.coefficients))]
    return tuple(Name((term.letter,), own, within, number) for number in numbers)
