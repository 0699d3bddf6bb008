"""The variance of an estimate derived: Var(k'β̂) = k'(X'V⁻¹X)⁻k, what it is made of in a design, and one fraction.

k'β is a mean or a difference of means; where sizes are letters k is a name, p × 1, for its coefficients are not listed.
The mean of the variances of m means is tr(K'(X'V⁻¹X)⁻K)/m with the coefficients of all of them in K, p × m, and that of
their m(m − 1)/2 differences 2tr(HK'(X'V⁻¹X)⁻K)/(m − 1) with H = I − J/m, for Σ (c_ii + c_jj − 2c_ij) over i < j is
m tr(C) − 1'C1. Source: Searle (1971), Linear Models, section 5.4; John and Williams (1995), Cyclic and computer
generated designs, section 2.4.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

import sympy
from sympy.matrices.immutable import ImmutableDenseMatrix

from tutor.algebra.laws.joining import times
from tutor.algebra.laws.moments import VARIANCE_OF_LINEAR
from tutor.algebra.nodes import Explicit, Identity, Ones, Product, Sum, Symbol, Trace, Transpose, Variance
from tutor.algebra.rules import Derivation, chain
from tutor.algebra.sizes import ONE
from tutor.algebra.tree import Tree
from tutor.models.inference.least_squares import LeastSquares
from tutor.notation.write import inline

if TYPE_CHECKING:
    from tutor.models.mixed import MixedModel


def variance_of_function(model: MixedModel, what: str, k: Sequence[sympy.Expr] | Tree | None = None) -> Derivation:
    """Var(k'β̂) = k' Var(β̂) k = k'(X'V⁻¹X)⁻k, 1 × 1, k'β being ``what``; k has a value where it is told."""
    definition = k if k is None or isinstance(k, Tree) else Explicit(ImmutableDenseMatrix([*k]))
    vector = Symbol("k", model.p, ONE, definition=definition, scope=model.scope)
    return _with_estimates(model, vector, f"k'β being {what}")


def mean_variance(
    model: MixedModel, number: sympy.Expr, coefficients: Tree | None = None, *, of_differences: bool
) -> Derivation:
    """The mean of the variances of ``number`` means, or of the differences of each two of them, 1 × 1; K has a value
    where their ``coefficients`` are told, p × m."""
    K = Symbol("K", model.p, number, definition=coefficients, scope=model.scope)
    inner = _with_estimates(model, K, "K'β being all means")

    def over_all(covariances: Tree) -> Tree:
        if not of_differences:
            return times(1 / number, Trace(covariances))
        centred = Sum((Identity(number), times(-1 / number, Ones(number, number))))
        return times(2 / (number - 1), Trace(Product((centred, covariances))))

    steps = [(step.rule, step.because, over_all(step.after)) for step in inner.steps]
    return chain(over_all(inner.goal), *steps)


def _with_estimates(model: MixedModel, k: Symbol, told: str) -> Derivation:
    fitted = LeastSquares(model)
    across, estimate = Transpose(k), fitted.estimate
    variance = Variance(estimate)
    return chain(
        Variance(Product((across, estimate))),
        (VARIANCE_OF_LINEAR.key, f"{VARIANCE_OF_LINEAR.because}, {told}", Product((across, variance, k))),
        ("generalized-least-squares", f"{inline(variance)} = {inline(fitted.inverse)}",
         Product((across, fitted.inverse, k))),
    )  # fmt: skip
