"""Names of what is made of a covariate with one index: its mean x̄, and S_xx, its sum of squares about that."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from tutor.algebra.defined_letter import DefinedLetter
from tutor.algebra.nodes import Scalar
from tutor.algebra.walk import symbols_of
from tutor.models.element_names import letters_of
from tutor.models.inference.sums_of_products import mean_and_squares
from tutor.notation.vocabulary import Name

if TYPE_CHECKING:
    from tutor.models.index import Name as IndexName
    from tutor.models.mixed import MixedModel


def covariate_name(model: MixedModel, key: str) -> Name | None:
    """x̄, x̄_· or S_xx of a covariate of a design, whose values x_i are the same in each group; None for another key."""
    base, _, below = key.partition("_")
    for covariate in _covariates(model):
        x = "".join(covariate.bases)
        if base == f"{x}bar" and below in ("", "."):
            return Name(key, _value(mean_and_squares(model, x)[0]), f"mean of {x}")
        if key == f"S_{x}{x}":
            return Name(key, _value(mean_and_squares(model, x)[1]), f"sum of squares of {x} about its mean")
    return None


def _value(letter: DefinedLetter) -> Scalar:
    """The letter, or its value in the entries of x, where these are listed."""
    (values,) = set(symbols_of(letter.definition))
    if values.definition is None:
        return Scalar(letter)
    value: Any = letter.definition.explicit()[0, 0]
    return Scalar(value)


def _covariates(model: MixedModel) -> list[IndexName]:
    """Those with one index that stand alone in a term of the fixed part."""
    if model.plan is None:
        return []
    terms = [term.covariates for term in model.index.terms if len(term.covariates) == 1]
    return list(dict.fromkeys(covariate for (covariate,) in terms if len(letters_of(covariate)) == 1))
