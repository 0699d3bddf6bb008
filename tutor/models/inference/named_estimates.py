"""The names β̂ and û of a model and of their elements, as τ̂_1: each is linear in y, with its formula as definition."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import TYPE_CHECKING

import sympy

from tutor.algebra.nodes import Symbol
from tutor.models.inference.least_squares import LeastSquares
from tutor.models.inference.prediction import Prediction

if TYPE_CHECKING:
    from tutor.models.mixed import MixedModel

KEYS = ("betahat", "betahat_GLS", "betahat_OLS", "uhat")


def named_estimate(model: MixedModel, key: str) -> Symbol | None:
    """The BLUE β̂ or β̂_GLS, p × 1, β̂_OLS, p × 1, or the BLUP û, q × 1, by its key; None for any other."""
    if key in ("betahat", "betahat_GLS"):
        return LeastSquares(model).estimate
    if key == "betahat_OLS":
        return LeastSquares(model, weighted=False).estimate
    return Prediction.of(model).predictor if key == "uhat" and model.Z is not None else None


def listed_estimates(model: MixedModel) -> Iterator[tuple[Symbol, Symbol]]:
    """β̂ and û, each with the same vector whose elements are listed: τ̂_1 of τ_1; none where those of y are not, beside
    which a u_1 that no vector lists would be taken for a constant."""
    if model.y.entries is None:
        return
    for key, vector in (("betahat", model.beta), ("uhat", model.u)):
        estimate = named_estimate(model, key)
        if estimate is not None and vector is not None and vector.entries is not None:
            yield estimate, replace(estimate, entries=vector.entries.applyfunc(hatted))


def hatted(entry: sympy.Basic) -> sympy.Symbol:
    """The letter of the estimate of an effect, tauhat_1 of tau_1."""
    base, underscore, below = str(entry).partition("_")
    return sympy.Symbol(f"{base}hat{underscore}{below}", real=True)


def without_hat(letter: sympy.Basic) -> str | None:
    """The key of what is estimated, tau_1 of tauhat_1; None for a name without a hat."""
    base, underscore, below = str(letter).partition("_")
    return f"{base.removesuffix('hat')}{underscore}{below}" if base.endswith("hat") and base != "hat" else None
