"""Names of what is made of a covariate with one index: its values, its mean x̄, and S_xx, its sum of squares about
that."""

from __future__ import annotations

from typing import TYPE_CHECKING

import sympy

from tutor.algebra.nodes import Scalar
from tutor.algebra.walk import symbols_of
from tutor.models.element_names import letters_of
from tutor.models.inference.sums_of_products import mean_and_squares
from tutor.models.observations.cells import levels_below
from tutor.notation.vocabulary import Name

if TYPE_CHECKING:
    from tutor.models.index import Name as IndexName
    from tutor.models.mixed import MixedModel


def covariate_name(model: MixedModel, key: str) -> Name | None:
    """x̄, x̄_·, S_xx or, of numbers, a value x_3 of a covariate of a design, whose values x_i are the same in each
    group; None for another key."""
    base, _, below = key.partition("_")
    for covariate in _covariates(model):
        x = "".join(covariate.bases)
        is_mean, is_sum = base == f"{x}bar" and below in ("", "."), key in _sums_of_squares(x)
        is_value = base == x and below.isdecimal()
        if not (is_mean or is_sum or is_value):
            continue
        about = f"mean of {x}" if is_mean else f"sum of squares of {x} about its mean" if is_sum else f"value of {x}"
        values = _listed(model, covariate)
        if not values:
            letter = mean_and_squares(model, x)[0 if is_mean else 1]
            return None if is_value else Name(key, Scalar(letter), about)
        mean = sympy.Add(*values.values()) / len(values)
        squares = sympy.Add(*((value - mean) ** 2 for value in values.values()))
        value = values.get(int(below)) if is_value else mean if is_mean else squares
        return None if value is None else Name(key, Scalar(value), about)
    return None


def _sums_of_squares(x: str) -> set[str]:
    """How S_xx is spelled: with the letter twice, or once behind SS, below the S or beside it, small or large."""
    twice, once = (2 * x, 2 * x.upper()), (x, x.upper())
    below = [("S", told) for told in twice] + [("SS", told) for told in (*twice, *once)]
    return {f"{sign}{line}{told}" for sign, told in below for line in ("_", "")}


def _listed(model: MixedModel, covariate: IndexName) -> dict[int, sympy.Expr]:
    """The values of a covariate by the level of its index, where they are numbers; {} where they are letters."""
    x, design = "".join(covariate.bases), model.X.definition
    values_of = {} if design is None else {symbol.name: symbol.definition for symbol in symbols_of(design)}
    defined = values_of.get(x)
    if defined is None or model.y.entries is None:
        return {}
    response, column = model.index.response, defined.explicit()
    at = letters_of(response).index(letters_of(covariate))
    values: dict[int, sympy.Expr] = {}
    for row, entry in enumerate(model.y.entries.flat()):
        levels = levels_below(str(entry).partition("_")[2], response)
        if levels is not None and isinstance(levels[at], int):
            values.setdefault(int(levels[at]), column[row, 0])  # pyright: ignore[reportArgumentType]
    return values


def _covariates(model: MixedModel) -> list[IndexName]:
    """Those with one index that stand alone in a term of the fixed part."""
    if model.plan is None:
        return []
    terms = [term.covariates for term in model.index.terms if len(term.covariates) == 1]
    return list(dict.fromkeys(covariate for (covariate,) in terms if len(letters_of(covariate)) == 1))
