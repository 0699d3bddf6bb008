"""A regression line with the normal density of y at some x turned sideways: E(y) and Var(y) in one picture."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

from tutor.algebra.parameters import scalars_of
from tutor.errors import DataError, DomainError, SizeError, TutorError, UnknownNameError
from tutor.figures.page import PLAIN, blank, number, plainly
from tutor.models.mixed import MixedModel

if TYPE_CHECKING:
    from tutor.figures.picture import Picture

REACH = 3.5
"""How many standard deviations a density is drawn to either side."""

SHARE = 0.8
"""The part of the room up to the next density, or of a sixth of the line, that the peak of one takes."""


@dataclass(frozen=True)
class Line:
    """A line with its normal errors: β_0 + β_1 x, standard deviation ``sd``; the points, if there are any."""

    x: np.ndarray
    y: np.ndarray | None
    intercept: float
    slope: float
    sd: float
    x_name: str = "x"
    y_name: str = "y"

    def mean(self, x: np.ndarray) -> np.ndarray:
        """E(y) at these x."""
        return self.intercept + self.slope * x


@plainly
def plot_regression(
    x: MixedModel | Iterable[float], y: Iterable[float] | None = None, *, at: Iterable[float] | None = None,
    **parameters: float,
) -> Picture:  # fmt: skip
    """The regression line, and at chosen x the normal density of y turned sideways; a matplotlib Figure with ``.alt``.

    ``x`` and ``y`` are n numbers each, or ``x`` is a model of one covariate, ``regression(x)`` or
    ``model("y ~ x", data)``. With y the line is that of least squares and σ² is estimated as RSS/(n − 2); without y
    the values of ``beta_0``, ``beta_1`` and ``sigma2`` are given by name. ``at`` are the x of the densities; without
    it, three along the line, at x of the data where these are enough.

    Raises
    ------
    DataError
        For x and y of different lengths, without two different x, or for points that leave σ² without an estimate.
    DomainError
        For a missing parameter, or a variance that is not positive.
    TutorError
        For a model that is no regression on one covariate, or without matplotlib.

    >>> print(plot_regression([1, 2, 3], [2, 3, 5], at=[2]).get_suptitle())
    y ~ N(β₀ + β₁ x, σ²)
    E(y) = 0.3333 + 1.5 x, σ = 0.4082
    """
    line = _of_model(x, y, parameters) if isinstance(x, MixedModel) else _of_numbers(x, y, parameters)
    places = _places(line, at)
    start, end = min(line.x.min(), places.min()), max(line.x.max(), places.max())
    gaps = [*np.diff(np.unique(places)), (end - start) / 6]
    height = SHARE * min(gaps)

    sign = "−" if line.slope < 0 else "+"
    of_x = f"{number(line.intercept)} {sign} {number(abs(line.slope))} {line.x_name}"
    told = f"E({line.y_name}) = {of_x}, σ = {number(line.sd)}"
    points = "" if line.y is None else f" and {len(line.x)} points"
    alt = (
        f"Regression line{points}: {told}. At {line.x_name} = {', '.join(map(number, places))} the normal density of "
        f"{line.y_name} stands sideways on the line, with mean {', '.join(map(number, line.mean(places)))}, each with "
        f"the same standard deviation {number(line.sd)}."
    )
    figure = blank(6.4, 4.4, alt=alt, title=f"{line.y_name} ~ N(β₀ + β₁ {line.x_name}, σ²)\n{told}")
    axes = figure.add_subplot()
    grid = np.linspace(-REACH, REACH, 201)
    for place, mean in zip(places, line.mean(places), strict=True):
        side = place + height * np.exp(-(grid**2) / 2)
        axes.fill_betweenx(mean + line.sd * grid, place, side, color="0.85", linewidth=0)
        axes.plot(side, mean + line.sd * grid, color="0.35", linewidth=1.2, gid="density")
        axes.plot([place, place], mean + line.sd * np.array([-REACH, REACH]), color="0.35", linewidth=0.8)
        axes.plot([place, place + height], [mean, mean], color="0.35", linewidth=0.8, linestyle=":")
        axes.plot(place, mean, marker="D", markersize=5, color="black", zorder=4)
    ends = np.array([start, max(end, places.max() + height)])
    axes.plot(ends, line.mean(ends), color="black", linewidth=1.6, gid="line", zorder=3)
    if line.y is not None:
        axes.plot(line.x, line.y, linestyle="", marker="o", markersize=5, markerfacecolor="white",
                  markeredgecolor="black", gid="points", zorder=2.5)  # fmt: skip
    axes.set_xlabel(line.x_name, **PLAIN)
    axes.set_ylabel(line.y_name, **PLAIN)
    return figure


def _of_model(model: MixedModel, y: Iterable[float] | None, parameters: Mapping[str, float]) -> Line:
    if y is not None:
        raise TutorError("Both a model and y are given.", tip="Give the model alone, or x and y as numbers.")
    if model.random or model.residual is not None or model.p != 2 or not _is_line(model):
        raise TutorError(
            f"{model.title} is no regression on one covariate: this picture needs β_0 + β_1 x + ε with R = σ² I.",
            tip='For example tutor.regression([1, 2, 4]) or tutor.model("y ~ x", data).',
        )
    if not model.n.is_Integer or scalars_of(model.X):
        raise SizeError("The x of this model are letters.", tip="Give them as numbers: regression([1, 2, 4]).")
    x = model.X.numpy()[:, 1]
    if model.response is None:
        return _of_numbers(x, None, parameters)
    x_name = model.X.column_labels[1] if model.X.column_labels else "x"
    fitted = _of_numbers(x, model.response, parameters)
    return Line(x, fitted.y, fitted.intercept, fitted.slope, fitted.sd, x_name, model.response_name)


def _is_line(model: MixedModel) -> bool:
    """Whether the fixed part is an intercept, a term of no variables, and one covariate, which no factor is."""
    factors = {factor.name for factor in model.factors}
    names = [set(term.variables) for term in model.fixed]
    return len(names) == 2 and not names[0] and not names[1] & factors


def _of_numbers(x: Iterable[float], y: Iterable[float] | None, parameters: Mapping[str, float]) -> Line:
    across = _numbers("x", x)
    if y is None:
        return _of_parameters(across, parameters)
    if parameters:
        raise TutorError(
            f"Both y and {next(iter(parameters))} are given: the line is that of the data or that of parameters.",
            tip="Leave one of them out.",
        )
    up = _numbers("y", y)
    if len(across) != len(up):
        raise DataError(f"x has {len(across)} numbers and y has {len(up)}.", tip="Give one y for each x.")
    if len(up) < 3:
        raise DataError(f"{len(up)} points leave nothing to estimate σ² from.", tip="Give three points or more.")
    _two_different(across)
    centred = across - across.mean()
    slope = float(centred @ up / (centred @ centred))
    intercept = float(up.mean() - slope * across.mean())
    residuals = up - intercept - slope * across
    if residuals @ residuals <= 1e-20 * max(1e-300, float(up @ up)):
        raise DataError("The points lie on a line: σ² is estimated as 0, and there is no density to draw.")
    return Line(across, up, intercept, slope, float(np.sqrt(residuals @ residuals / (len(up) - 2))))


def _of_parameters(x: np.ndarray, parameters: Mapping[str, float]) -> Line:
    needed = ("beta_0", "beta_1", "sigma2")
    for key in parameters:
        if key not in needed:
            raise UnknownNameError("The parameter", key, needed)
    missing = [key for key in needed if key not in parameters]
    if missing:
        raise DomainError(
            f"Without y the line needs values for {', '.join(missing)}.",
            tip="For example beta_0=1, beta_1=2, sigma2=1.",
        )
    intercept, slope, variance = (float(_numbers(key, [parameters[key]])[0]) for key in needed)
    if not variance > 0:
        raise DomainError(f"sigma2 is a variance and must be positive; it is {variance:g}.")
    _two_different(x)
    return Line(x, None, intercept, slope, float(np.sqrt(variance)))


def _two_different(x: np.ndarray) -> None:
    if len(np.unique(x)) < 2:
        raise DataError("All x are the same: a line needs two different ones.")


def _places(line: Line, at: Iterable[float] | None) -> np.ndarray:
    if at is None:
        start, end = line.x.min(), line.x.max()
        along = start + (end - start) * np.array([1 / 8, 1 / 2, 7 / 8])
        near = np.array([line.x[np.argmin(abs(line.x - place))] for place in along])
        return near if len(set(near)) == len(along) else along
    return np.unique(_numbers("at", at))


def _numbers(name: str, given: Any) -> np.ndarray:
    try:
        numbers = np.array(list(given), dtype=float)
    except (TypeError, ValueError):
        raise DataError(f"{name} is {given!r}; expected a list of numbers.") from None
    if numbers.ndim != 1 or not len(numbers) or not np.isfinite(numbers).all():
        raise DataError(f"{name} is {given!r}; expected a list of finite numbers, at least one.")
    return numbers
