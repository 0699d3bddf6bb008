"""Random coefficients of groups that all have the same rows: why ordinary least squares is best for them.

With Z_1 the rows of one group, Z = I_s ⊗ Z_1 and X = 1_s ⊗ X_1. Then ZGZ'X = 1_s ⊗ Z_1 Σ Z_1'X_1, whose columns are
combinations of those of 1_s ⊗ Z_1; where each column of Z_1 is one of X_1 these are columns of X. Source: Zyskind
(1967), Annals of Mathematical Statistics 38, 1092–1109; Rao (1967), Fifth Berkeley Symposium 1, 355–372, for growth.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from tutor.algebra.nodes import Identity, Scaled
from tutor.models.element_names import letters_of
from tutor.models.index import IndexTerm, Name

if TYPE_CHECKING:
    from tutor.models.mixed import MixedModel


def alike_groups(model: MixedModel) -> str | None:
    """The name of what is grouped, where all groups have the same rows and every random coefficient is that of a fixed
    effect, with residuals that are independent; None for any other model."""
    plan, residuals = model.plan, model.R.definition
    if plan is None or not model.random:
        return None
    if plan.layout.is_ragged or plan.layout.codes is not None or plan.layout.determined:  # not all combinations
        return None
    if not (isinstance(residuals, Scaled) and isinstance(residuals.tree, Identity)):
        return None
    units = {unit.letters for unit in plan.units}
    bases = {name.letter for name in model.random}
    terms = [(term, _bases(term.coefficient) in bases) for term in model.index.terms]
    grouping = {letters_of(term.coefficient) for term, is_random in terms if is_random}
    if len(grouping) != 1 or not grouping <= units:
        return None
    (letter,) = grouping
    if any(letter in _rows(term) for term, is_random in terms if not is_random):
        return None
    fixed = {(letters_of(t.coefficient), t.covariates) for t, is_random in terms if not is_random}
    for term, is_random in terms:
        if is_random and (any(letter in letters_of(x) for x in term.covariates) or ("", term.covariates) not in fixed):
            return None
    return next(unit.name for unit in plan.units if unit.letters == letter)


def _bases(name: Name) -> str:
    return "".join(name.bases)


def _rows(term: IndexTerm) -> str:
    """The letters of the indices by which a column of X differs."""
    return letters_of(term.coefficient) + "".join(letters_of(x) for x in term.covariates)
