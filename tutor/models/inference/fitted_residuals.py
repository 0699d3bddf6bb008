"""The residuals of a fit, ε̂ = y − Xβ̂ − Zû, and their variance RP_V R.

y − Xβ̂ is VP_V y and Zû is ZGZ'P_V y, so that ε̂ = (V − ZGZ')P_V y = RP_V y. Source: Searle, Casella and McCulloch
(1992), Variance Components, section 7.6.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from tutor.algebra.laws.joining import negated, product_of
from tutor.algebra.nodes import Sum, Symbol, Variance
from tutor.algebra.rules import Derivation, chain
from tutor.algebra.sizes import ONE
from tutor.algebra.tree import Tree
from tutor.models.inference.named_estimates import named_estimate
from tutor.models.inference.prediction import Prediction
from tutor.notation.write import inline

if TYPE_CHECKING:
    from tutor.models.mixed import MixedModel

RESIDUALS = "ehat"
"""The key of ε̂."""


def named_residuals(model: MixedModel) -> Symbol:
    """ε̂, n × 1, with y − Xβ̂ − Zû as its definition."""
    return Symbol(RESIDUALS, model.n, ONE, role="random", definition=fitted_residuals(model), scope=model.scope)


def fitted_residuals(model: MixedModel) -> Tree:
    """y − Xβ̂ − Zû, n × 1; without Zû in a model without random effects, and less an offset."""
    terms: list[Tree] = [model.y] if model.offset is None else [model.y, negated(model.offset)]
    for design, key in ((model.X, "betahat"), (model.Z, "uhat")):
        estimate = named_estimate(model, key)
        if design is not None and estimate is not None:
            terms.append(negated(product_of((design, estimate))))
    return Sum(tuple(terms))


def told_residuals(name: Symbol) -> str:
    """What ε̂ is, as the reason of a line."""
    return f"{inline(name)} = {inline(name.definition)}, the residuals of the fit"


def variance_of_residuals(model: MixedModel, name: Symbol) -> Derivation:
    """Var(ε̂) = RP_V R, n × n, in a model with random effects and without an offset."""
    P, R, y = Prediction.of(model).fixed.residual_weight, model.R, model.y
    return chain(
        Variance(name),
        ("definition", told_residuals(name), Variance(fitted_residuals(model))),
        ("residuals", f"y − Xβ̂ = V{inline(P)} y, û = GZ'{inline(P)} y and V − ZGZ' = R",
         Variance(product_of((R, P, y)))),
        ("variance-of-linear", "Var(Ax) = A Var(x) A'", product_of((R, P, Variance(y), P, R))),
        ("variance-of-y", "Var(y) = V", product_of((R, P, model.covariance, P, R))),
        ("projection-keeps", "P_V V P_V = P_V, since P_V X = 0", product_of((R, P, R))),
    )  # fmt: skip
