"""E(u | y), Var(u | y), E(ε | y) and Var(ε | y): what the data tell of what varies while β is known.

Source: Searle, Casella and McCulloch (1992), Variance Components, section 7.2; Henderson (1975), Biometrics 31,
423–447.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from tutor.algebra.facts import known
from tutor.algebra.laws.joining import negated, product_of, sum_of
from tutor.algebra.nodes import Covariance, Expectation, Inverse, Product, Scalar, Sum, Symbol, Variance, Zero
from tutor.algebra.rules import Derivation, Step, chain
from tutor.algebra.structure.method import is_unsolved
from tutor.algebra.structure.solve import closed_form
from tutor.algebra.tree import Tree
from tutor.algebra.walk import symbols_of
from tutor.models.inference.effects_given_data import derive_effects_given_data
from tutor.models.inference.error_contrasts import response_of
from tutor.models.inference.least_squares import CLOSED
from tutor.models.inference.prediction import NORMAL, Prediction
from tutor.notation.names import split_given
from tutor.notation.write import inline

if TYPE_CHECKING:
    from tutor.models.mixed import MixedModel

AND_Y = "and y are normal together: the best predictor is linear"


def derive_given_data(model: MixedModel, goal: Tree) -> Derivation | None:
    """The derivation of E, Var or Cov of u or of its elements given y; None where nothing is given y.

    Raises
    ------
    TutorError
        For moments of anything else given y, and in a model without random effects.
    """
    letters = [str(letter) for part in goal.parts if isinstance(part, Scalar) for letter in part.value.free_symbols]
    names = [*(symbol.name for symbol in symbols_of(goal)), *letters]
    if not any(model.y.name in split_given(name)[1] for name in names):
        return None
    of = goal.tree.name if isinstance(goal, Expectation | Variance) and isinstance(goal.tree, Symbol) else ""
    if of == f"{model.e.name}|{model.y.name}":
        return _of_errors(model, goal)
    if of != "u|y":
        return derive_effects_given_data(model, goal)
    parts = Prediction.of(model)
    return _mean(parts) if isinstance(goal, Expectation) else _variance(parts)


def _of_errors(model: MixedModel, goal: Tree) -> Derivation:
    """RV⁻¹(y − Xβ) and R − RV⁻¹R: ε is uncorrelated with Zu, so that Cov(ε, y) = Var(ε) = R."""
    y, e, R = model.y, model.e, model.R
    weights = Product((R, Inverse(model.covariance)))
    mean = product_of((*weights.factors, sum_of([response_of(model), negated(Product((model.X, model.beta)))])))
    variance = Sum((R, negated(product_of((*weights.factors, R)))))
    conditional = Symbol(f"{e.name}|{y.name}", *e.shape, "random", mean=mean, variance=variance)
    if isinstance(goal, Expectation):
        centred = Sum((y, negated(Expectation(y))))
        return chain(
            Expectation(conditional),
            ("conditional-mean", f"E(ε | y) = E(ε) + Cov(ε, y) Var(y)⁻¹ (y − E(y)), since ε {AND_Y}",
             Sum((Expectation(e), Product((Covariance(e, y), Inverse(Variance(y)), centred))))),
            ("known-moment", f"E(ε) = 0, Cov(ε, y) = Var(ε) = R, Var(y) = V, E(y) = {inline(model.mean)}", mean),
        )  # fmt: skip
    lines: list[tuple[str, str, Tree]] = [
        ("conditional-variance", f"Var(ε | y) = Var(ε) − Cov(ε, y) Var(y)⁻¹ Cov(y, ε), since ε {AND_Y}",
         Sum((Variance(e), negated(Product((Covariance(e, y), Inverse(Variance(y)), Covariance(y, e))))))),
        ("known-moment", "Var(ε) = Cov(ε, y) = R, Var(y) = V", variance),
    ]  # fmt: skip
    closed = Zero(*R.shape) if model.Z is None else closed_form(variance)
    told = "V = R: given y, and while β is known, ε is known" if model.Z is None else CLOSED
    if R not in symbols_of(closed) and not is_unsolved(closed):
        lines.append(("closed-form", told, closed))
    return chain(Variance(conditional), *lines)


def _mean(parts: Prediction) -> Derivation:
    """E(u | y) as the BLUP has it, and the weights of y − Xβ in closed form."""
    found = parts.model.blup.derive("conditional mean")
    weights = closed_form(product_of((*parts.across, parts.weight)))
    if is_unsolved(weights):
        return found
    closed = product_of((weights, parts.deviation(parts.model.beta)))
    return Derivation(found.goal, (*found.steps, Step("closed-form", CLOSED, found.result, closed)))


def _variance(parts: Prediction) -> Derivation:
    y, u = parts.model.y, parts.u
    across = product_of(parts.across)
    short = parts.conditional_variance
    lines: list[tuple[str, str, Tree]] = [
        ("conditional-variance", f"Var(u | y) = Var(u) − Cov(u, y) Var(y)⁻¹ Cov(y, u), since {NORMAL}",
         Sum((Variance(u), negated(Product((Covariance(u, y), Inverse(Variance(y)), Covariance(y, u))))))),
        ("known-moment", f"Var(u) = G, Cov(u, y) = {across}, Var(y) = V", short),
    ]  # fmt: skip
    if known("positive definite", parts.G).value:
        lines.append(("woodbury", "G − GZ'V⁻¹ZG = (Z'R⁻¹Z + G⁻¹)⁻¹", Inverse(parts.precision)))
    closed = closed_form(short)
    if not is_unsolved(closed):
        lines.append(("closed-form", CLOSED, closed))
    return chain(Variance(parts.conditional), *lines)
