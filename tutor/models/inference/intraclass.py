"""Intraclass correlations: of two observations that share a unit of a random term, and differ in all else.

They have the variances of that unit, and of the units that it lies in, in common. Source: Searle, Casella and McCulloch
(1992), Variance Components, section 3.1.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial
from typing import TYPE_CHECKING

import numpy as np
import sympy

from tutor.algebra.applied import Applied
from tutor.algebra.nodes import Covariance, Scalar
from tutor.algebra.rules import Derivation
from tutor.errors import SizeError, TutorError
from tutor.models.effects import INTERCEPT, RandomTerm
from tutor.models.element_names import letters_of
from tutor.models.inference.derived import Claim, Derived
from tutor.models.levels import key_at
from tutor.models.moments import derive
from tutor.models.observations.cells import indices_fit
from tutor.models.observations.derive import derive_elements
from tutor.models.words import listed_words, noun
from tutor.notation.write import inline

if TYPE_CHECKING:
    from tutor.models.mixed import MixedModel

MOST_ROWS = 500
"""Rows of data among which two are looked for."""


def intraclass(model: MixedModel) -> Derived:
    """The correlation of two observations that share a unit, for the unit of each random term; ``.derive("block")`` has
    the steps.

    Raises
    ------
    TutorError
        For a model without random effects, one whose effects vary with a covariate, and where no two observations
        share a unit.
    SizeError
        Where the observations have neither indices nor numbers.
    """
    if model.Z is None:
        raise TutorError("This model has no random effects, so that no two observations share one.",
                         tip='m.correlation("y_11", "y_21") has the correlation by R.')  # fmt: skip
    if any(term.coefficients != (INTERCEPT,) for term in model.random):
        raise TutorError("The effects vary with a covariate, so that the correlation is another for each two values.",
                         tip='Ask for that of two observations: m.correlation("y_1", "y_2").')  # fmt: skip
    # Where some effects are 0, as a carry-over that there is not, rows that are listed tell more than indices.
    has_indices = indices_fit(model) and not (model.index.zeros and model.n.is_Integer)
    pairs = list(_by_indices(model)) if has_indices else []
    # So do they where the equation of a model with a covariate tells no moments of single elements.
    if not all(derive_elements(model, Covariance(*pair)) for _, pair in pairs) or not has_indices:
        pairs = list(_by_rows(model))
    claims = tuple(Claim(term.group, _about(term), partial(_correlation, model, *pair)) for term, pair in pairs)
    if not claims:
        raise TutorError("No two observations share a level of a random effect.",
                         tip="A group of one observation tells nothing of its variance.")  # fmt: skip
    return Derived(model=model, what="intraclass correlations", claims=claims)


Pair = tuple[Scalar, Scalar]
"""Two observations by their names."""


def _about(term: RandomTerm) -> str:
    shared = [f"the same {'level of ' if len(name) == 1 else ''}{noun(name)}" for name in term.variables]
    return f"two observations of {listed_words(shared)}, with nothing else in common"


def _by_indices(model: MixedModel) -> Iterator[tuple[RandomTerm, Pair]]:
    """y_ijk and y_i'j'k for the unit with the index k."""
    response = model.index.response
    layout = None if model.plan is None else model.plan.layout
    lines, determined = (set(), set()) if layout is None else (set(layout.lines), set(layout.determined))
    for term in model.random:
        names = [name for effects in model.index.effects for name in effects.names if term.letter in name.bases]
        shared = {letter for name in names for letter in letters_of(name)}
        if lines and lines <= shared:  # the plot where a row and a column meet has one treatment
            shared |= determined
        if names and not shared >= set(response.indices):
            other = [letter if letter in shared else f"{letter}'" for letter in response.indices]
            yield term, (_named(key_at(response, response.indices)), _named(key_at(response, other)))


def _by_rows(model: MixedModel) -> Iterator[tuple[RandomTerm, Pair]]:
    """Two rows of data for each random term, which share as few other units as any two that share one of it."""
    entries = model.y.entries
    if entries is None or not model.n.is_Integer:
        raise SizeError(
            f"The rows of this model are not listed: n = {inline(model.n)}.", tip="Give numbers for the sizes."
        )
    rows = min(int(model.n), MOST_ROWS)
    together = {term.group: _share(term, rows) for term in model.random}
    number = np.sum(list(together.values()), axis=0)
    for term in model.random:
        found = np.argwhere(np.triu(together[term.group], 1))
        if len(found):
            first, second = min(map(tuple, found.tolist()), key=lambda pair: (int(number[pair]), pair))
            yield term, (_named(str(entries[first, 0])), _named(str(entries[second, 0])))


def _share(term: RandomTerm, rows: int) -> np.ndarray:
    """For each two of the first rows 1 where they have the same level of a group, rows × rows."""
    Z = term.matrix.numpy()[:rows]
    return (Z @ Z.T != 0).astype(int)


def _named(key: str) -> Scalar:
    return Scalar(sympy.Symbol(key, real=True))


def _correlation(model: MixedModel, one: Scalar, other: Scalar) -> Derivation:
    return derive(model, Applied("Corr", (one, other)))
