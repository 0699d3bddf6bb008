"""The scores of the parameters of G and R, ∂ℓ/∂θ, from the log-likelihood to the eigenvalues of V.

Source: Searle, Casella and McCulloch (1992), Variance Components, sections 6.2 and 6.6; Harville (1977), JASA 72,
320–338.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

import numpy as np
import sympy

from tutor.algebra.chain import Chain
from tutor.algebra.differentiate import derivative
from tutor.algebra.laws.joining import sum_of
from tutor.algebra.laws.logarithms import log
from tutor.algebra.nodes import Determinant, Inverse, Product, Scalar, Scaled, Trace, Transpose
from tutor.algebra.rules import Derivation
from tutor.algebra.structure.conditions import is_zero, normal
from tutor.algebra.structure.over_index import diagonal_over
from tutor.algebra.structure.solve import closed_form
from tutor.algebra.tree import Tree
from tutor.algebra.walk import walk
from tutor.display import writer
from tutor.models.inference.block_traces import trace_by_blocks
from tutor.models.inference.closed_log_density import ORTHOGONAL, in_levels
from tutor.models.inference.explained import Explained, Part
from tutor.models.inference.likelihood import Likelihood, Method
from tutor.models.inference.log_density import Pieces, log_two_pi, minus_half, quadratic
from tutor.models.inference.log_likelihood import check_method, checked_values, coefficients_of, meanings
from tutor.models.inference.response import response_of
from tutor.models.inference.slopes import Slope, form, negative, slope
from tutor.models.inference.spectrum import Level, Spectrum, assumed

if TYPE_CHECKING:
    from tutor.models.mixed import MixedModel


@dataclass(frozen=True, slots=True, repr=False)
class Score(Explained):
    """∂ℓ/∂θ of a parameter θ of G or R, by its key: for ML with β as it is, for REML without it."""

    model: MixedModel = field(repr=False)
    method: Method
    key: str
    derivation: Derivation

    @property
    def tree(self) -> Tree:
        """The last line of the derivation."""
        return self.derivation.result

    def number(self, y: Any = None, beta: Any = None, **parameters: float) -> float:
        """The value for a response, n numbers, by default that of the model's data, at values of the parameters.

        ``beta`` are the p coefficients for ML; without them it is taken at their GLS estimate.

        Raises
        ------
        DomainError, DataError, UnknownNameError, SizeError
            As `LogLikelihood.number`.
        """
        values = checked_values(self.model, parameters)
        likelihood = Likelihood(self.model, response_of(self.model, y), self.method)
        point = likelihood.at(values)
        if beta is None:
            return float(point.score_and_information()[0][likelihood.keys.index(self.key)])
        r = point.V_inverse @ (likelihood.y - self.model.X.numpy() @ coefficients_of(self.model, self.method, beta))
        change = point.derivatives[self.key]
        return float(-0.5 * np.sum(point.V_inverse * change.T) + 0.5 * r @ change @ r)

    @property
    def parts(self) -> Sequence[Part]:
        return [f"The score by {self.method}", self.derivation, *meanings(self.model, [self.derivation])]


def score(model: MixedModel, parameter: Any, method: Method = "REML") -> Score:
    """The derivative of the log-likelihood by a parameter of G or R: ``score(m, "sigma2_u", "ML")``.

    Raises
    ------
    UnknownNameError
        For something that is no parameter of the model, and for another method.
    TutorError
        For REML when X has as many independent columns as rows.
    """
    check_method(method)
    found = slope(model, parameter)
    return Score(model, method, found.parameter.key, score_derivation(Pieces(model), found, method))


def score_derivation(pieces: Pieces, by: Slope, method: Method) -> Derivation:
    """From ∂ℓ/∂θ to its closed form."""
    chain = _ml(pieces, by) if method == "ML" else _reml(pieces, by)
    found = pieces.spectrum
    if found is not None and (method == "ML" or found.is_orthogonal):
        _by_levels(chain, pieces, by, found, method)
    elif method == "ML":
        _trace_by_blocks(chain, pieces, by)
    return chain.derivation


def _trace_by_blocks(chain: Chain, pieces: Pieces, by: Slope) -> None:
    """tr(V⁻¹ ∂V) by the groups of V, numbered or with a letter for their number."""
    trace = next(node for node in walk(chain.line) if isinstance(node, Trace))
    terms = trace_by_blocks(pieces.V, [by.tree])
    if terms is not None:
        value = sum_of([Scalar(term) for term in terms] or [Scalar(sympy.S.Zero)])
    elif not pieces.model.n.is_Integer and diagonal_over(pieces.model.V) is not None:
        value = closed_form(trace)
    else:
        return
    chain.put("trace-by-blocks", "the trace by the groups along the diagonal of V", {trace: value})


def _ml(pieces: Pieces, by: Slope) -> Chain:
    n, V, x = pieces.model.n, pieces.V, pieces.deviation
    inverse = Inverse(V)
    whole = minus_half([log_two_pi(n), log(Determinant(V)), quadratic(x, V)])
    chain = Chain(derivative(pieces.ml, by.symbol)).to(
        "log-likelihood", "the logarithm of the density of y ~ N(Xβ, V)", derivative(whole, by.symbol)
    )
    chain.to(
        "derivative-of-sum",
        "the derivative of each term; y and β do not depend on it",
        minus_half([derivative(log(Determinant(V)), by.symbol), form(x, derivative(inverse, by.symbol))]),
    )
    trace, square = Trace(Product((inverse, by.name))), form(x, inverse, by.name, inverse)
    chain.to(
        "derivative-of-inverse", "∂ log |V| = tr(V⁻¹ ∂V), ∂V⁻¹ = −V⁻¹ ∂V V⁻¹", minus_half([trace, negative(square)])
    )
    return _worked_out(chain, by, inverse, x)


def _reml(pieces: Pieces, by: Slope) -> Chain:
    V, X, P, y = pieces.V, pieces.X, pieces.P, pieces.y
    inverse, information = Inverse(V), pieces.information
    terms = [log_two_pi(pieces.free), log(Determinant(V)), log(Determinant(information)), form(y, P)]
    chain = Chain(derivative(pieces.reml, by.symbol)).to(
        "log-likelihood",
        f"the logarithm of the density of {pieces.K}'y with {pieces.K}'X = 0, up to constants",
        derivative(minus_half(terms), by.symbol),
    )
    slopes = [derivative(term, by.symbol) for term in terms[1:3]]
    chain.to(
        "derivative-of-sum",
        "the derivative of each term; y does not depend on it",
        minus_half([*slopes, form(y, derivative(P, by.symbol))]),
    )
    inner = (Inverse(information), Transpose(X), inverse, by.name, inverse, X)
    traces = [Trace(Product((inverse, by.name))), negative(Trace(Product(inner)))]
    square = negative(form(y, P, by.name, P))
    chain.to(
        "derivative-of-inverse",
        f"∂ log |V| = tr(V⁻¹ ∂V), ∂V⁻¹ = −V⁻¹ ∂V V⁻¹, ∂{P} = −{P} ∂V {P}",
        minus_half([*traces, square]),
    )
    chain.to(
        "trace-cyclic",
        f"tr(AB) = tr(BA), and {P} = {P.definition}",
        minus_half([Trace(Product((P, by.name))), square]),
    )
    return _worked_out(chain, by, P, y)


def _worked_out(chain: Chain, by: Slope, weight: Tree, x: Tree) -> Chain:
    """∂V/∂θ by its tree."""
    trace, square = Trace(by.between(weight, by.name)), by.between(Transpose(x), weight, by.name, weight, x)
    because = f"{writer().inline(by.name)} = {writer().inline(by.tree)}"
    return chain.to("derivative-of-V", because, minus_half([trace, negative(square)]))


def degrees(level: Level, method: Method) -> sympy.Expr:
    """m_k for ML, f_k for REML."""
    if method == "ML":
        return level.multiplicity
    assert level.free is not None
    return level.free


def _by_levels(chain: Chain, pieces: Pieces, by: Slope, found: Spectrum, method: Method) -> None:
    """Σ d_k λ_k'/λ_k − Σ λ_k'/λ_k² SS_k, and each space apart."""
    x = pieces.deviation
    changed = [level for level in found.levels if not is_zero(level.slope(by.symbol))]
    traces: list[Tree] = []
    squares: list[Tree] = []
    apart: list[Tree] = []
    for level in changed:
        change, d, value = level.slope(by.symbol), degrees(level, method), level.value
        square = Product((Transpose(x), level.projection, x)) if method == "ML" else level.sum_of_squares
        if not is_zero(d):
            traces.append(Scalar(normal(d * change / value)))
        if square is None:
            continue
        squares.append(Scaled(Scalar(-change / value**2), square))
        inner = sum_of([Scalar(value), Scaled(Scalar(-1 / d), square)])
        apart.append(Scaled(Scalar(normal(d * change) / value**2), inner))
    because = f"V = {in_levels(found)}, {writer().inline(by.name)} = ∑ λ_k' P_k, tr(P_k) = m_k"
    if method == "REML":
        because += f"; {ORTHOGONAL}, of which they leave f_k dimensions and the residuals with SS_k"
    assumption = assumed(pieces.model) if method == "REML" else None
    chain.to("strata", because, minus_half([*traces, *squares]), assumption)
    because = f"each space apart: 0 where λ_k is its sum of squares divided by {'m_k' if method == 'ML' else 'f_k'}"
    chain.to("by-spaces", because, minus_half(apart))
