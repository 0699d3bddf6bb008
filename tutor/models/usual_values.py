"""Values of the parameters of a model for a first look, where none are given."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tutor.notation.names import VARIANCES

if TYPE_CHECKING:
    from tutor.models.mixed import MixedModel


def usual_values(model: MixedModel) -> dict[str, float]:
    """Values for a first look: the residual variance 1, those of the random terms 2, 3, …, correlations 1/2.

    A covariance has half the variance beside it, a parameter of another kind 1 if it must be positive and 1/2 if not.
    """
    of_terms = [term.parameters for term in model.random]
    in_terms = {parameter.key for parameters in of_terms for parameter in parameters}
    residual = tuple(parameter for parameter in model.parameters if parameter.key not in in_terms)
    found: dict[str, float] = {}
    for variance, parameters in enumerate((residual, *of_terms), start=1):
        for parameter in parameters:
            kind = parameter.key.split("_")[0]
            other = 1.0 if parameter.symbol.is_positive else 0.5
            known = {**dict.fromkeys(VARIANCES, float(variance)), "sigma": variance / 2, "rho": 0.5}
            found[parameter.key] = known.get(kind, other)
    return found
