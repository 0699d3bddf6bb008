"""Constants of a family that each observation has its own of: n_ij trials of y_ij ~ Binomial(n_ij, π_ij)."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import TYPE_CHECKING, Any

import sympy

from tutor.errors import DomainError
from tutor.models.element_names import key_of
from tutor.models.glmm.predictor import Observation

if TYPE_CHECKING:
    from tutor.models.glmm.model import GeneralizedModel


def letters_by_row(model: GeneralizedModel) -> tuple[sympy.Symbol, ...]:
    """The letters among the constants that have the indices of y."""
    below = key_of(model.linear.index.response).partition("_")[2]
    letters = (letter for value in model.constants.values() for letter in value.free_symbols)
    own = (s for s in letters if isinstance(s, sympy.Symbol) and below and s.name.partition("_")[2] == below)
    return tuple(sorted(own, key=str))


def constants_of(model: GeneralizedModel, eta: sympy.Expr) -> Mapping[str, sympy.Expr]:
    """The constants of the observation with this letter of η: n_11 of η_11, n of η."""
    below = str(eta).partition("_")[2] if eta.is_Symbol else ""
    rule = {letter: _with_index(letter, below) for letter in letters_by_row(model)}
    return {key: value.xreplace(rule) for key, value in model.constants.items()}  # pyright: ignore[reportReturnType]


def _with_index(letter: sympy.Symbol, below: str) -> sympy.Symbol:
    base = letter.name.partition("_")[0]
    return sympy.Symbol(f"{base}_{below}" if below else base, positive=True, integer=letter.is_integer)


def by_observation(model: GeneralizedModel, given: Mapping[str, Any], of: Sequence[Observation]) -> dict[str, Any]:
    """The values with n = 10, or n = [8, 12, …] for each row, as n_11, n_21, … of these observations.

    Raises
    ------
    DomainError
        For a list that has not one number for each observation.
    """
    values = dict(given)
    for letter in model.by_row:
        base = letter.name.partition("_")[0]
        if base not in values:
            continue
        told = values[base]
        if isinstance(told, Iterable):
            del values[base]
            listed, rows = list(told), model.linear.n
            if len(listed) != rows:
                raise DomainError(f"{base} has {len(listed)} numbers; there are {rows} observations.")
            values |= {f"{base}_{o.below}": listed[o.row] for o in of if o.row is not None}
        elif all(o.below for o in of):
            del values[base]
            values |= {f"{base}_{o.below}": told for o in of}
    return values
