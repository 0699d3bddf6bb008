"""The estimate of a function of treatments and of one slope in an analysis of covariance, with letters for sizes.

k'β̂ = Σ c_i ȳ_i· + (d − Σ c_i x̄_i·) β̂ for k'β = Σ c_i (μ + τ_i) + dβ, with β̂ = E_xy/E_xx of what treatments and blocks
leave of x and y; random blocks tell of β too, with B_xy and B_xx between them, weighted by 1/(σ² + tσ²_u) beside 1/σ².
Source: Cochran and Cox (1957), Experimental Designs, section 3.8; Searle (1971), Linear Models, section 8.2.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import sympy

from tutor.algebra.laws.joining import coefficient_of, negated, product_of, sum_of, times
from tutor.algebra.nodes import Identity, Inverse, Ones, Product, Scalar, Scaled, Sum, Symbol, Transpose
from tutor.algebra.sizes import ONE
from tutor.algebra.tree import Tree
from tutor.models.element_names import letters_of
from tutor.models.inference.closed_estimate import ClosedEstimate, column_of
from tutor.models.inference.errors_beside_covariates import (
    Analysis,
    Shares,
    analysis_of_covariance,
    coefficients,
    shares_beside_covariate,
)
from tutor.models.observations.cells import levels_below

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
    shares = None if design is None else shares_beside_covariate(design, coefficients(model, what))
    if design is None or shares is None or model.offset is not None:
        return None
    made = _Sums(design, shares)
    own = [times(share, made.average("y", levels)) for levels, share in shares.of_treatments.items()]
    away = [times(-share, made.average(made.x, levels)) for levels, share in shares.of_treatments.items()]
    if shares.of_slope != 0:
        away.append(Scalar(shares.of_slope))
    away.sort(key=lambda term: coefficient_of(term)[0].could_extract_minus_sign())
    terms = [*own, Product((sum_of(away), made.slope))] if away != [Scalar(sympy.S.One)] else [made.slope]
    because = "averages, moved along the line to where x is the same; the slope is that of what is left of x and y"
    return ClosedEstimate(sum_of(terms), because, design.told_slope[:1].upper() + design.told_slope[1:])


class _Sums:
    """Averages of the treatments, sums of products of what is left of x and y, and the slope, with definitions."""

    def __init__(self, design: Analysis, shares: Shares) -> None:
        model = self._model = design.model
        self._design, self._shares = design, shares
        columns = {frozenset(term.variables): found for term, found in model.fixed_blocks()}
        columns |= {frozenset(term.variables): term.matrix for term in model.random}
        assert model.plan is not None
        names = {index.letter: index.name for index in model.plan.layout.indices}
        self.x = "".join(design.covariate.bases)
        self._vectors = {"y": model.y, self.x: columns[frozenset({self.x})]}
        self._treatments = columns[frozenset(names[letter] for letter in letters_of(shares.effect))]
        self._blocks = columns.get(frozenset({design.block})) if design.has_blocks else None

    def average(self, of: str, levels: str) -> Tree:
        """ȳ_1· = (1/r) d_1'X_τ'y."""
        found = levels_below(levels, self._shares.effect)
        assert found is not None
        picked = column_of(self._model, self._shares.effect, [int(level) for level in found])  # pyright: ignore[reportArgumentType]
        share = sympy.cancel(self._treatments.columns / self._model.n)
        value = times(share, product_of((Transpose(picked), Transpose(self._treatments), self._vectors[of])))
        role = "random" if of == "y" else "known"
        return Symbol(self._design.name_of_average(of, levels), ONE, ONE, role, definition=value)

    @property
    def slope(self) -> Tree:
        """E_xy/E_xx; with random blocks (E_xy/σ² + B_xy/(σ² + tσ²_u))/(E_xx/σ² + B_xx/(σ² + tσ²_u))."""
        x, design = self.x, self._design
        if design.of_block is None:
            return Scaled(Inverse(self._left("E", x)), self._left("E", "y"))
        inside, between = 1 / design.residual, 1 / design.of_block_total
        products, squares = (
            Sum((times(inside, self._left("E", of)), times(between, self._left("B", of)))) for of in ("y", x)
        )
        return Scaled(Inverse(squares), products)

    def _left(self, letter: str, of: str) -> Tree:
        """x'My, M taking off treatments and blocks, or leaving what is between blocks."""
        matrix = self._within if letter == "E" else self._between
        value = product_of((Transpose(self._vectors[self.x]), matrix, self._vectors[of]))
        role = "random" if of == "y" else "known"
        return Symbol(f"{letter}_{self.x}{of}", ONE, ONE, role, definition=value)

    @property
    def _between(self) -> Tree:
        """BB'/t − J/n."""
        assert self._blocks is not None
        return Sum((self._onto(self._blocks), negated(self._mean)))

    @property
    def _within(self) -> Tree:
        """I − X_τX_τ'/r, and with blocks − BB'/t + J/n beside."""
        left = [Identity(self._model.n), negated(self._onto(self._treatments))]
        if self._blocks is not None:
            left += [negated(self._onto(self._blocks)), self._mean]
        return Sum(tuple(left))

    @property
    def _mean(self) -> Tree:
        return times(1 / self._model.n, Ones(self._model.n, self._model.n))

    def _onto(self, columns: Tree) -> Tree:
        return times(sympy.cancel(columns.columns / self._model.n), Product((columns, Transpose(columns))))
