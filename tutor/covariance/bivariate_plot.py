"""Contours of a bivariate normal distribution, with draws."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

import numpy as np

from tutor.errors import DomainError, ShapeError, TutorError
from tutor.figures.page import PLAIN, blank, number, plainly, span

if TYPE_CHECKING:
    from tutor.figures.picture import Picture

CONTENTS = {0.5: "-", 0.9: "--", 0.99: ":"}
"""How much of the distribution lies within a contour: how the contour is drawn."""

MOST_DRAWS = 10_000


@plainly
def plot_bivariate(
    covariance: Any, mean: Sequence[float] = (0, 0), *, draws: int = 0, seed: int | None = None,
    names: tuple[str, str] = ("y₁", "y₂"),
) -> Picture:  # fmt: skip
    """The contours of N(μ, Σ) in two dimensions that hold 50, 90 and 99 %, with draws; a Figure with ``.alt``.

    ``covariance`` is Σ, 2 × 2, or a correlation ρ with −1 < ρ < 1 for two variances of 1; ``mean`` is μ, 2 numbers.
    ``draws`` points are drawn from the distribution with ``seed``; the same seed draws the same.

    A contour of content c is the ellipse (y − μ)'Σ⁻¹(y − μ) = −2 ln(1 − c), the quantile of χ² with 2 degrees of
    freedom; its axes are the eigenvectors of Σ (Johnson and Wichern 2007).

    Raises
    ------
    DomainError
        For a correlation outside −1 < ρ < 1, or a Σ that is not symmetric and positive definite.
    ShapeError
        For a Σ that is not 2 × 2, or a mean that is not 2 numbers.
    TutorError
        For draws without a seed, or without matplotlib.

    >>> print(plot_bivariate([[4, 3], [3, 9]]).get_suptitle())
    Bivariate normal
    μ = (0, 0), variances 4 and 9, covariance 3, ρ = 0.5
    """
    sigma, centre = _covariance(covariance), _numbers("the mean", mean)
    if centre.shape != (2,):
        raise TutorError(f"The mean has the shape {centre.shape}; expected 2 numbers.", tip="For example mean=(10, 8).")
    points = _draws(sigma, centre, draws, seed)
    root = np.linalg.cholesky(sigma)
    sd = np.sqrt(np.diag(sigma))
    rho = sigma[0, 1] / (sd[0] * sd[1])
    drawn = f" and {draws} draws (seed {seed})" if draws else ""
    digits = next(k for k in range(4, 18) if k == 17 or number(abs(rho), k) != "1")  # nearly singular is not singular
    told = (
        f"μ = ({number(centre[0])}, {number(centre[1])}), variances {number(sigma[0, 0])} and "
        f"{number(sigma[1, 1])}, covariance {number(sigma[0, 1], digits)}, ρ = {number(rho, digits)}"
    )
    leaning = "lean upwards" if rho > 0 else "lean downwards" if rho < 0 else "do not lean"
    angle = np.linspace(0, 2 * np.pi, 361)
    circle = np.vstack([np.cos(angle), np.sin(angle)])
    contours = {content: centre[:, None] + np.sqrt(-2 * np.log1p(-content)) * root @ circle for content in CONTENTS}
    outermost = contours[max(CONTENTS)]
    spans = np.ptp(np.hstack([outermost, points.T]), axis=1)
    # Equal units on both axes show the true angles, unless one variance is so much larger that the picture is a line.
    equal = max(spans) < 5 * min(spans)
    shape = float(np.clip(spans[1] / spans[0], 0.5, 1.4)) if equal else 1.0
    reach = [span(side) for side in outermost]
    alt = (
        f"Contours of a bivariate normal distribution{drawn}: {told}. The ellipses hold 50, 90 and 99 % of the "
        f"distribution; they {leaning}, and the outermost stretches from {reach[0]} in {names[0]} and from "
        f"{reach[1]} in {names[1]}."
    )
    figure = blank(5.4, 1.1 + 4.4 * shape, alt=alt, title=f"Bivariate normal{drawn}\n{told}")
    axes = figure.add_subplot()
    if draws:
        axes.plot(*points.T, linestyle="", marker=".", markersize=7 if draws <= 300 else 3, color="0.6",
                  gid="draws", zorder=1)  # fmt: skip
    for content, line in contours.items():
        axes.plot(
            *line,
            color="black",
            linewidth=1.4,
            linestyle=CONTENTS[content],
            label=f"holds {100 * content:g} %",
            zorder=2,
        )
    axes.plot(*centre, marker="+", markersize=10, color="black", linestyle="", zorder=3)
    if equal:
        axes.set_aspect("equal", adjustable="datalim")
    axes.set_xlabel(names[0], **PLAIN)
    axes.set_ylabel(names[1], **PLAIN)
    figure.legend(loc="outside lower center", ncols=3, frameon=False)
    return figure


def _covariance(given: Any) -> np.ndarray:
    sigma = _numbers("Σ", given)
    if sigma.ndim == 0:
        rho = float(sigma)
        if not -1 < rho < 1:
            raise DomainError(f"ρ = {rho:g} is outside its domain −1 < ρ < 1.", tip="Or give Σ, 2 × 2.")
        return np.array([[1.0, rho], [rho, 1.0]])
    if sigma.shape != (2, 2):
        rows, columns = (*sigma.shape, 1)[:2]
        raise ShapeError("sum", [("Σ", (rows, columns)), ("the covariance matrix of two variables", (2, 2))])
    if not np.isclose(sigma[0, 1], sigma[1, 0], rtol=1e-9, atol=0):
        raise DomainError(f"Σ is not symmetric: {sigma[0, 1]:g} and {sigma[1, 0]:g} are both Cov(y₁, y₂).")
    if min(np.diag(sigma)) <= 0:
        raise DomainError("A variance on the diagonal of Σ is not positive.")
    if np.linalg.det(sigma) <= 0:
        most = np.sqrt(sigma[0, 0] * sigma[1, 1])
        raise DomainError(
            f"Σ is not positive definite: the covariance {sigma[0, 1]:g} must be between −{most:.4g} and {most:.4g}, "
            "the product of the standard deviations."
        )
    return sigma


def _draws(sigma: np.ndarray, centre: np.ndarray, draws: int, seed: int | None) -> np.ndarray:
    if not isinstance(draws, int) or not 0 <= draws <= MOST_DRAWS:
        raise DomainError(f"draws is {draws!r}; expected a whole number from 0 to {MOST_DRAWS}.")
    if not draws:
        return np.empty((0, 2))
    if seed is None:
        raise TutorError("Draws need a seed.", tip=f"For example plot_bivariate(…, draws={draws}, seed=1).")
    return centre + np.random.default_rng(seed).standard_normal((draws, 2)) @ np.linalg.cholesky(sigma).T


def _numbers(name: str, given: Any) -> np.ndarray:
    try:
        numbers = np.array(given, dtype=float)
    except (TypeError, ValueError):
        raise DomainError(
            f"{name} is {given!r}; expected numbers.", tip="A matrix of letters has numbers by .numpy(sigma2=1, …)."
        ) from None
    if not np.isfinite(numbers).all():
        raise DomainError(f"{name} is {given!r}; expected finite numbers.")
    return numbers
