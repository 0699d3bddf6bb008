"""The estimate of a function of treatments and of one slope in an analysis of covariance, with letters for sizes.

k'β̂ = Σ c_i ȳ_i· + (d − Σ c_i x̄_i·) β̂ for k'β = Σ c_i (μ + τ_i) + dβ, with β̂ = E_xy/E_xx of what treatments and blocks
leave of x and y; random blocks tell of β too, with B_xy and B_xx between them, weighted by 1/(σ² + tσ²_u) beside 1/σ².
Source: Cochran and Cox (1957), Experimental Designs, section 3.8; Searle (1971), Linear Models, section 8.2.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import sympy

from tutor.algebra.laws.joining import coefficient_of, sum_of, times
from tutor.algebra.nodes import Inverse, Product, Scalar, Scaled, Sum
from tutor.algebra.tree import Tree
from tutor.models.inference.closed_estimate import ClosedEstimate, coefficients_of_effects
from tutor.models.inference.errors_beside_covariates import (
    Analysis,
    analysis_of_covariance,
    shares_beside_covariate,
)

if TYPE_CHECKING:
    from tutor.models.mixed import MixedModel


def estimate_beside_covariate(model: MixedModel, what: Any) -> ClosedEstimate | None:
    """Σ c_i ȳ_i· + (d − Σ c_i x̄_i·) β̂; None for any other model, and for functions of the effects of blocks.

    Raises
    ------
    TutorError
        When the function is not estimable, with the reason.
    """
    design = analysis_of_covariance(model)
    shares = None if design is None else shares_beside_covariate(design, coefficients_of_effects(model, what))
    if design is None or shares is None or model.offset is not None:
        return None
    x, slope = design.x, _slope(design)
    own = [times(share, design.average_of("y", levels)) for levels, share in shares.of_treatments.items()]
    away = [times(-share, design.average_of(x, levels)) for levels, share in shares.of_treatments.items()]
    if shares.of_slope != 0:
        away.append(Scalar(shares.of_slope))
    away.sort(key=lambda term: coefficient_of(term)[0].could_extract_minus_sign())
    terms = [*own, Product((sum_of(away), slope))] if away != [Scalar(sympy.S.One)] else [slope]
    because = "averages, moved along the line to where x is the same; the slope is that of what is left of x and y"
    return ClosedEstimate(sum_of(terms), because, design.told_slope[:1].upper() + design.told_slope[1:])


def _slope(design: Analysis) -> Tree:
    """E_xy/E_xx; with random blocks (E_xy/σ² + B_xy/(σ² + tσ²_u))/(E_xx/σ² + B_xx/(σ² + tσ²_u))."""
    x, sums = design.x, design.sums
    if design.of_block is None:
        return Scaled(Inverse(sums.left("E", x, x)), sums.left("E", x, "y"))
    inside, between = 1 / design.residual, 1 / design.of_block_total
    products, squares = (
        Sum((times(inside, sums.left("E", x, of)), times(between, sums.left("B", x, of)))) for of in ("y", x)
    )
    return Scaled(Inverse(squares), products)
