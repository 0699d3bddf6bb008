"""Variances that would be of each level of an index: those of residuals may be, those of effects may not."""

from __future__ import annotations

from collections.abc import Callable

import sympy

from tutor.errors import ReadError
from tutor.models.element_names import letters_of, plain_name
from tutor.models.index import Name
from tutor.models.told import Effects
from tutor.notation.names import unicode_name
from tutor.notation.statement import Statement

Raised = Callable[[str, str, str, Statement | None], ReadError]
"""Makes the error of a problem, its kind, its tip and its place."""


def check_one_variance(effects: Effects, error: Raised) -> None:
    """Raise ReadError "variance-of-level" for u_j ~ N(0, σ²_j): effects of one letter have one variance here."""
    below = _below(effects.variance)
    name = effects.names[0]
    if below and set(below) <= set(letters_of(name)) and below not in {*name.bases, "".join(name.bases)}:
        shown, base = plain_name(name), unicode_name("".join(name.bases))
        raise error(f"σ²_{below} would be a variance of its own for each level of {below}; the effects "
                    f"{shown} have one in common here.", "variance-of-level",
                    f"Write {shown} ~ N(0, σ²_{base}).", effects.statement)  # fmt: skip


def of_each_level(
    residual: Name, own: sympy.Symbol | None, told: Effects | None, place: Statement | None, error: Raised
) -> Effects | None:
    """Residuals with a variance for each level of an index, ε_ij ~ N(0, σ²_i); None for those of one variance.

    ``own`` is the variance beside the mean of y, told at ``place``, ``told`` the distribution of the residual itself.

    Raises
    ------
    ReadError
        "variance-of-level" for σ²_{e_i}, which some write for either.
    """
    place = place if told is None else told.statement
    variance = own if told is None else told.variance
    below, letters = _below(variance), letters_of(residual)
    if len(below) > 1 and below[0] == "e" and set(below[1:]) < set(letters):
        raise error(f"Is σ²_{below} one variance of all, or one for each level of {below[1:]}?", "variance-of-level",
                    f"Write {plain_name(residual)} ~ N(0, σ²_e), or N(0, σ²_{below[1:]}).", place)  # fmt: skip
    if len(below) != 1 or below not in letters or place is None:
        return None
    return Effects((residual,), variance, place, below)


def _below(variance: object) -> str:
    return str(variance).partition("_")[2] if isinstance(variance, sympy.Symbol) else ""
