"""The effects of a formula that codes its factors as R does, by their names in the equation and by those of R.

With the first level of each factor as baseline τ_1 is 0, and τ_2 is the coefficient that R calls Ab, of the level b of
A.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from itertools import product
from typing import TYPE_CHECKING

import sympy

from tutor.models.design import Factor
from tutor.models.effects import FixedTerm
from tutor.models.element_names import element_key_of, letters_of
from tutor.models.index import IndexTerm, Name
from tutor.models.terms import fixed_terms

if TYPE_CHECKING:
    from tutor.models.mixed import MixedModel

BASELINE = "treatment"

MOST_NAMED = 12
"""Effects that are named where one is not known."""


def coded_effects(model: MixedModel) -> dict[str, sympy.Expr]:
    """What each effect of the equation in elements is, by its key: tau_1 is 0, tau_2 is β_1; for factors whose first
    level is the baseline or that have a column for each level, and for the intercept."""
    return {element_key_of(name, cell): value for name, cell, value in _effects(model)}


def elements_told(model: MixedModel, term: IndexTerm | None = None) -> list[tuple[Name, Name]]:
    """The elements of β by the names of the equation in elements and by their own, τ_2 and β_1, in the order of the
    columns of X; those of one term, or of all."""
    effects = {value: (name, cell) for name, cell, value in _effects(model) if value != 0}
    return [
        (_at(*effects[entry]), Name(("beta",), number=entry.name.removeprefix("beta_")))
        for entry in (_by_label(model) or {}).values()
        if entry in effects and (term is None or effects[entry][0] == term.coefficient)
    ]


def _at(name: Name, cell: Sequence[int]) -> Name:
    """The name of one element: τ_2, (τα)_22, (τα)_2,12."""
    levels = [str(level) for level in cell]
    return replace(name, indices=("" if all(len(level) == 1 for level in levels) else ",").join(levels), within="")


def _effects(model: MixedModel) -> Iterator[tuple[Name, tuple[int, ...], sympy.Expr]]:
    """The names of the equation, the levels of an element of each, and what that is: an element of β, or 0."""
    entries = _by_label(model)
    if entries is None:
        return
    named = [(term, of.coefficient) for of, term in fixed_terms(model)]
    factors = _by_letter(model, named)
    for term, name in named:
        letters = letters_of(name)
        if not all(letter in factors for letter in letters):
            continue
        own = [factors[letter] for letter in letters]
        if any(factor.contrasts != BASELINE for factor in own if factor.name in term.contrasts):
            continue
        for cell in product(*(range(1, len(factor.levels or ()) + 1) for factor in own)):
            levels = {factor.name: (factor.levels or ())[i - 1] for factor, i in zip(own, cell, strict=True)}
            is_zero = any(i == 1 and factor.name in term.contrasts for factor, i in zip(own, cell, strict=True))
            value = sympy.S.Zero if is_zero else entries.get(_label(term, levels))
            if value is not None:
                yield name, cell, value


def by_keys(model: MixedModel, text: str) -> str:
    """A text with R's names of coefficients, Ab - Ac, replaced by the keys of these, beta_1 - beta_2.

    Of a model without such names, as a named design, the text is left as it is.
    """
    entries = _by_label(model) or {}
    labels = sorted((label for label in entries if label in text), key=len, reverse=True)
    if not labels:
        return text
    pattern = rf"(?<![\w.\\])(?:{'|'.join(map(re.escape, labels))})(?![\w.])"
    return re.sub(pattern, lambda found: str(entries[found.group()]), text)


def known_effects(model: MixedModel) -> str | None:
    """What R calls the fixed effects, the first of them, in a sentence; None for a model without such names."""
    labels = [*(_by_label(model) or {})]
    if not labels:
        return None
    more = ", …" if len(labels) > MOST_NAMED else ""
    return f"The fixed effects are {', '.join(labels[:MOST_NAMED])}{more}."


def _by_label(model: MixedModel) -> Mapping[str, sympy.Symbol] | None:
    """The fixed effects of a formula by R's names; None for a model whose effects have names of their own."""
    beta = model.beta
    if model.plan is not None or beta.entries is None or beta.row_labels is None:
        return None
    entries = [*beta.entries.flat()]
    if any(not isinstance(entry, sympy.Symbol) or not entry.name.startswith("beta_") for entry in entries):
        return None
    return dict(zip(beta.row_labels, entries, strict=True))


def _by_letter(model: MixedModel, named: list[tuple[FixedTerm, Name]]) -> dict[str, Factor]:
    """The factor that an index counts, as main effects tell it, where its columns belong to levels."""
    factors = {factor.name: factor for factor in model.factors}
    return dict(_main_effects(named, factors))


def _main_effects(named: list[tuple[FixedTerm, Name]], factors: Mapping[str, Factor]) -> Iterator[tuple[str, Factor]]:
    for term, name in named:
        letters = letters_of(name)
        factor = factors.get(term.variables[0]) if len(letters) == len(term.variables) == 1 else None
        if factor is not None and (not term.contrasts or factor.contrasts == BASELINE):
            yield letters, factor


def _label(term: FixedTerm, levels: Mapping[str, str]) -> str:
    """R's name of a coefficient: Ab:By, x:Ab, (Intercept)."""
    return ":".join(f"{name}{levels.get(name, '')}" for name in term.variables) or term.name
