"""Conditional means at several u, and the marginal mean beside them."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

from tutor.algebra.parameters import scalars_of
from tutor.errors import DomainError, SizeError, TutorError
from tutor.figures.page import PLAIN, blank, number, plainly
from tutor.models.effects import INTERCEPT
from tutor.models.glmm.functions import NUMBERS
from tutor.models.glmm.moments import require_moment
from tutor.models.glmm.numbers import number as number_at
from tutor.models.glmm.numbers import numbers_of
from tutor.models.glmm.predictor import observation
from tutor.models.glmm.quadrature import by_quadrature
from tutor.models.glmm.question import Question

if TYPE_CHECKING:
    from tutor.figures.picture import Picture
    from tutor.models.glmm.model import GeneralizedModel

AT = (-2, -1, 0, 1, 2)
"""The u of the conditional curves, in standard deviations."""

POINTS = 81
"""Places along the axis at which curves are computed."""

_DASHES = {-2: ":", -1: "--", 0: "-", 1: "--", 2: ":"}


@dataclass(frozen=True)
class Curves:
    """Places along the axis, and at each the fixed part of η, the effect of u at one standard deviation, and s."""

    label: str
    places: np.ndarray
    fixed: np.ndarray
    effect: np.ndarray
    variance: np.ndarray
    direction: str = ""


@plainly
def plot_means(model: GeneralizedModel, given: Mapping[str, Any]) -> Picture:
    """E(y | u) at several u and E(y); see `GeneralizedModel.plot_means`."""
    linear = model.linear
    if not linear.n.is_Integer or scalars_of(linear.X):
        raise SizeError(
            "A picture needs numbers for sizes and covariates.", tip="For example random_slopes(3, [1, 2])."
        )
    if not linear.random:
        raise TutorError("Without random effects the conditional and the marginal mean are the same.")
    require_moment(model, Question("E", (observation(linear, "y"),), False))
    numbers = numbers_of(model, given)
    constants = {key: number_at(value, numbers) for key, value in model.constants.items() if _is_needed(model, key)}
    curves = _along_covariate(model, numbers) or _along_predictor(model, numbers)

    def expected(eta: np.ndarray) -> np.ndarray:
        return model.family.mean(NUMBERS, model.link.inverse(NUMBERS, eta), constants)

    marginal = np.array(
        [by_quadrature(lambda mean: mean(expected), [m], [[s]]).value
         for m, s in zip(curves.fixed, curves.variance, strict=True)]
    )  # fmt: skip
    typical = expected(curves.fixed)
    middle = POINTS // 2
    sd = math.sqrt(curves.variance[middle])
    given_u = " and ".join(dict.fromkeys(term.letter for term in linear.random))
    title = f"{model.family.key}, {model.link.key} link: E(y | {given_u}) and E(y)"
    start, end = number(curves.places[0], 3), number(curves.places[-1], 3)
    alt = (
        f"Conditional means E(y | {given_u}) of the {model.family.key} family with the {model.link.key} link, at u of "
        f"−2, −1, 0, 1 and 2 standard deviations{curves.direction}, and the marginal mean E(y), along {curves.label} "
        f"from {start} to {end}. In the middle, where the standard deviation of η is {number(sd, 3)}, the mean at "
        f"u = 0 is {number(typical[middle])} and the marginal mean {number(marginal[middle])}."
    )
    figure = blank(6.4, 4.4, alt=alt, title=title)
    axes = figure.add_subplot()
    for k in AT:
        label = {0: "E(y | u = 0)", 1: "E(y | u = ±1 SD)", 2: "E(y | u = ±2 SD)"}.get(k)
        line = {"color": "black" if k == 0 else "0.5", "linewidth": 1.2, "linestyle": _DASHES[k]}
        axes.plot(curves.places, expected(curves.fixed + k * curves.effect), label=label, gid="conditional", **line)
    axes.plot(curves.places, marginal, color="black", linewidth=2.8, label="E(y), marginal", gid="marginal", zorder=4)
    axes.set_xlabel(curves.label, **PLAIN)
    axes.set_ylabel("mean of y", **PLAIN)
    figure.legend(loc="outside lower center", ncols=4, frameon=False, fontsize=8)
    return figure


def _is_needed(model: GeneralizedModel, key: str) -> bool:
    """Whether a mean depends on a constant of the family: N does, and σ² of the lognormal."""
    return key == "N" or model.family.key == "lognormal"


def _beta(model: GeneralizedModel, numbers: Mapping[str, float]) -> np.ndarray:
    """β, p numbers, from the effects one by one."""
    entries = model.linear.beta.entries
    if entries is None:
        raise SizeError("The effects of this model are not listed.")
    return np.array([number_at(entry, numbers) for entry in entries.flat()])


def _fixed(model: GeneralizedModel, numbers: Mapping[str, float]) -> np.ndarray:
    """The fixed part of η, n numbers."""
    linear = model.linear
    fixed = linear.X.numpy() @ _beta(model, numbers)
    return fixed if linear.offset is None else fixed + linear.offset.numpy().ravel()


def _along_covariate(model: GeneralizedModel, numbers: Mapping[str, float]) -> Curves | None:
    """Along x for β_0 + β_1 x with intercepts, or an intercept and a slope of x, that are random; None for others."""
    linear = model.linear
    covariate = _only_covariate(model)
    if not covariate:
        return None
    x = linear.X.numpy()[:, 1]
    places = np.linspace(x.min(), x.max(), POINTS)
    beta = _beta(model, numbers)
    fixed = beta[0] + beta[1] * places
    if all(term.coefficients == (INTERCEPT,) for term in linear.random):
        variance = sum(number_at(term.parameters[0].symbol, numbers) for term in linear.random)
        return Curves(covariate, places, fixed, np.full(POINTS, math.sqrt(variance)), np.full(POINTS, variance))
    term = linear.random[0]
    if len(linear.random) > 1 or len(term.coefficients) != 2 or term.effects != ((covariate,),):
        return None
    sigma = np.array([[number_at(entry, numbers) for entry in row] for row in term.covariance.of_one_level.tolist()])
    z = np.vstack([np.ones(POINTS), places])
    eigenvalues, vectors = np.linalg.eigh(sigma)
    axis = vectors[:, -1] * math.copysign(math.sqrt(max(0.0, eigenvalues[-1])), vectors[0, -1])
    direction = " along the longest axis of the distribution of intercept and slope"
    return Curves(covariate, places, fixed, axis @ z, np.einsum("ik,ij,jk->k", z, sigma, z), direction)


def _only_covariate(model: GeneralizedModel) -> str:
    """The covariate of a model β_0 + β_1 x; none for another fixed part."""
    linear = model.linear
    names = [term.variables for term in linear.fixed]
    if linear.p != 2 or linear.offset is not None or [len(name) for name in names] != [0, 1]:
        return ""
    (covariate,) = names[1]
    return "" if covariate in {factor.name for factor in linear.factors} else covariate


def _along_predictor(model: GeneralizedModel, numbers: Mapping[str, float]) -> Curves:
    """Along the fixed part of η, for a model in which all observations have one variance of η."""
    linear = model.linear
    fixed = _fixed(model, numbers)
    assert linear.Z is not None and linear.G is not None
    known = {str(letter): numbers[str(letter)] for letter in scalars_of(linear.G) if str(letter) in numbers}
    missing = [str(letter) for letter in scalars_of(linear.G) if str(letter) not in known]
    if missing:
        raise DomainError(f"Values are needed for {', '.join(missing)}.")
    z = linear.Z.numpy()
    variances = np.einsum("ij,jk,ik->i", z, linear.G.numpy(**known), z)
    if np.ptp(variances) > 1e-9 * variances.max():
        raise TutorError(
            "The variance of η differs from observation to observation, so there is no one marginal curve along Xβ.",
            tip="g.compare_means(…) lists the means; a model of one covariate has a picture along it.",
        )
    sd = math.sqrt(variances.mean())
    places = np.linspace(fixed.min() - 1.5 * sd, fixed.max() + 1.5 * sd, POINTS)
    label = "the fixed part of η, x'β" if linear.offset is None else "the fixed part of η, x'β + o"
    return Curves(label, places, places, np.full(POINTS, sd), np.full(POINTS, float(variances.mean())))
