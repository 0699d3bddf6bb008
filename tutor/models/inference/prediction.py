"""The best linear unbiased predictor of the random effects, û = GZ'V⁻¹(y − Xβ̂), and how far it is from u.

Given y, a normal u has the mean GZ'V⁻¹(y − Xβ) and the variance (Z'R⁻¹Z + G⁻¹)⁻¹; û has β̂ in the place of β. Source:
Henderson (1975), Best linear unbiased estimation and prediction under a selection model, Biometrics 31, 423–447;
Searle, Casella and McCulloch (1992), Variance Components, chapter 7; Robinson (1991), That BLUP is a good thing,
Statistical Science 6, 15–32.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property, partial
from typing import TYPE_CHECKING, Any

import sympy

from tutor.algebra.laws.joining import negated, product_of, times
from tutor.algebra.nodes import (
    Block,
    Covariance,
    Expectation,
    Identity,
    Inverse,
    Product,
    Sum,
    Symbol,
    Transpose,
    Variance,
    Zero,
)
from tutor.algebra.rules import Derivation, chain
from tutor.algebra.structure.method import is_unsolved
from tutor.algebra.structure.solve import closed_form
from tutor.algebra.tree import Tree
from tutor.algebra.walk import symbols_of
from tutor.errors import TutorError
from tutor.models.collected import with_short_numbers
from tutor.models.inference.derived import Claim, Line
from tutor.models.inference.equations_in_numbers import solved
from tutor.models.inference.estimates import Estimates
from tutor.models.inference.estimator import Estimator
from tutor.models.inference.least_squares import CLOSED, LeastSquares, acting_on, in_closed_form
from tutor.models.inference.shrinkage import shrinkage
from tutor.models.inference.shrunken import Shrinkage
from tutor.notation.write import inline

if TYPE_CHECKING:
    from tutor.models.mixed import MixedModel

NORMAL = "u and y are normal together: the best predictor is linear"


@dataclass(frozen=True, slots=True, repr=False, eq=False, kw_only=True)
class Predictor(Estimator):
    """The BLUP û, q × 1, whose standard errors are those of û − u."""

    def at(self, y: Any = None, **parameters: float) -> Estimates:
        """The numbers at given parameters, as of an estimator; û of a variance that is 0 is 0.

        Raises
        ------
        As `Estimator.at`.
        """
        if 0 in parameters.values():
            return solved(self.model, y, parameters, multiplied=True).effects
        return Estimator.at(self, y, **parameters)

    @property
    def shrinkage(self) -> Shrinkage:
        """Each û as deviations of means with the factors by which they shrink; see `shrinkage` and what it raises."""
        return shrinkage(self.model)

    @property
    def lines(self) -> tuple[Line, ...]:
        try:
            return shrinkage(self.model).lines
        except TutorError:
            return ()


def blup(model: MixedModel) -> Predictor:
    """The best linear unbiased predictor of u: GZ'V⁻¹(y − Xβ̂), q × 1.

    Raises
    ------
    TutorError
        For a model without random effects.
    """
    parts = Prediction.of(model)
    names = [label for term in model.random for label in term.labels or ()]
    return Predictor(
        model=model,
        what="best linear unbiased predictor (BLUP)",
        symbol=parts.predictor,
        formula=parts.formula,
        matrix=product_of((*parts.across, parts.fixed.residual_weight)),
        variance=parts.error_variance,
        names=tuple(names) or None,
        claims=tuple(_claims(parts)),
        remarks=(parts.definition_of_weight,),
    )


@dataclass(frozen=True)
class Prediction:
    """The parts of û as notation: ``fixed`` has those of β̂."""

    model: MixedModel
    fixed: LeastSquares
    Z: Symbol
    G: Symbol
    u: Symbol

    @classmethod
    def of(cls, model: MixedModel) -> Prediction:
        """Those of a model. Raises TutorError for one without random effects."""
        if model.Z is None or model.G is None or model.u is None:
            raise TutorError(
                "This model has no random effects: there is nothing to predict, and V = R.",
                tip="m.blue has the estimator of its fixed effects.",
            )
        return cls(model, LeastSquares(model), model.Z, model.G, model.u)

    @property
    def definition_of_weight(self) -> str:
        """What P_V is, in a sentence."""
        weight = self.fixed.residual_weight
        return f"{inline(weight)} = {inline(weight.definition)}."

    @cached_property
    def across(self) -> tuple[Tree, ...]:
        """GZ' as factors, Cov(u, y), q × n."""
        return self.G, Transpose(self.Z)

    @cached_property
    def weight(self) -> Tree:
        """V⁻¹."""
        return Inverse(self.fixed.V)

    def deviation(self, beta: Tree) -> Sum:
        """y − Xβ at a β, n × 1, less the offset."""
        terms = self.fixed.y.terms if isinstance(self.fixed.y, Sum) else (self.fixed.y,)
        return Sum((*terms, negated(product_of((self.fixed.X, beta)))))

    @cached_property
    def formula(self) -> Tree:
        """GZ'V⁻¹(y − Xβ̂), q × 1."""
        return product_of((*self.across, self.weight, self.deviation(self.fixed.estimate)))

    @cached_property
    def predictor(self) -> Symbol:
        """û as a name."""
        return Symbol("uhat", *self.u.shape, "random", definition=self.formula, scope=self.model.scope)

    @cached_property
    def conditional(self) -> Symbol:
        """u given y, as a name with its mean and variance."""
        mean = product_of((*self.across, self.weight, self.deviation(self.model.beta)))
        return Symbol("u|y", *self.u.shape, "random", mean=mean, variance=Inverse(self.precision))

    @cached_property
    def conditional_variance(self) -> Sum:
        """G − GZ'V⁻¹ZG, q × q: Var(u | y)."""
        return Sum((self.G, negated(product_of((*self.across, self.weight, self.Z, self.G)))))

    @cached_property
    def precision(self) -> Tree:
        """Z'R⁻¹Z + G⁻¹, q × q, the inverse of Var(u | y)."""
        return Sum((product_of((Transpose(self.Z), Inverse(self.model.R), self.Z)), Inverse(self.G)))

    @cached_property
    def spread(self) -> Tree:
        """GZ'P_V ZG, q × q: Var(û), and Cov(û, u)."""
        return product_of((*self.across, self.fixed.residual_weight, self.Z, self.G))

    @cached_property
    def error_variance(self) -> Tree:
        """Var(û − u) = G − GZ'P_V ZG, q × q."""
        return Sum((self.G, negated(self.spread)))


def _claims(parts: Prediction) -> Iterator[Claim]:
    yield Claim("conditional mean", "the best predictor while β is known", partial(_conditional_mean, parts))
    yield Claim("uncorrelated", "what is left of u says nothing of y", partial(_uncorrelated, parts), False)
    yield Claim("joint density", "the exponent of the joint density, as a square in u", partial(_joint, parts), False)
    yield Claim("estimate", "β̂ in the place of β", partial(_estimate, parts))
    yield Claim("mean", "unbiased: u has the mean 0 too", partial(_mean, parts))
    yield Claim("variance", "less than Var(u) = G: predictions are shrunken", partial(_variance, parts))
    yield Claim("covariance", "the same, so that û − u does not vary with û", partial(_covariance, parts), False)
    yield Claim("prediction error variance", "of the error û − u", partial(_error_variance, parts))


def _conditional_mean(parts: Prediction) -> Derivation:
    y, u, mean = parts.model.y, parts.u, parts.conditional.mean
    assert mean is not None
    centred = Sum((y, negated(Expectation(y))))
    return chain(
        Expectation(parts.conditional),
        ("conditional-mean", f"E(u | y) = E(u) + Cov(u, y) Var(y)⁻¹ (y − E(y)), since {NORMAL}",
         Sum((Expectation(u), Product((Covariance(u, y), Inverse(Variance(y)), centred))))),
        ("known-moment", "E(u) = 0, Cov(u, y) = GZ', Var(y) = V, E(y) = "
         f"{inline(parts.model.mean)}", mean),
    )  # fmt: skip


def _uncorrelated(parts: Prediction) -> Derivation:
    """Cov(u − GZ'V⁻¹(y − Xβ), y) = 0: what is left is independent of y if both are normal, so that its mean is that
    given y as well."""
    y, u, mean = parts.model.y, parts.u, parts.conditional.mean
    assert mean is not None
    weighted = product_of((*parts.across, parts.weight))
    return chain(
        Covariance(Sum((u, negated(mean))), y),
        ("covariance-of-linear", "Cov(Ax, y) = A Cov(x, y), and constants do not vary",
         Sum((Covariance(u, y), negated(product_of((weighted, Variance(y))))))),
        ("known-moment", "Cov(u, y) = GZ', Var(y) = V",
         Sum((product_of(parts.across), negated(product_of((weighted, parts.fixed.V)))))),
        ("inverse-cancels", "V⁻¹V = I, and the terms cancel", Zero(*Covariance(u, y).shape)),
    )  # fmt: skip


def _joint(parts: Prediction) -> Derivation:
    """(y − Xβ − Zu)'R⁻¹(y − Xβ − Zu) + u'G⁻¹u as a square in u and what does not depend on u: the density of u given y
    is normal with the mean ũ = GZ'V⁻¹(y − Xβ), at which the square is 0, and the variance (Z'R⁻¹Z + G⁻¹)⁻¹."""
    R, Z, u = Inverse(parts.model.R), parts.Z, parts.u
    r = parts.deviation(parts.model.beta)
    left = Sum((*r.terms, negated(Product((Z, u)))))
    C = parts.precision
    crossed = Product((Transpose(u), Transpose(Z), R, r))
    inner = product_of((Inverse(C), Transpose(Z), R, r))
    shift, mean = Sum((u, negated(inner))), parts.conditional.mean
    assert mean is not None
    moved = Sum((u, negated(mean)))
    outer = Product((Transpose(r), parts.weight, r))
    square = Product((Transpose(shift), C, shift))
    rest = Product((Transpose(r), R, Z, Inverse(C), Transpose(Z), R, r))
    return chain(
        Sum((Product((Transpose(left), R, left)), Product((Transpose(u), Inverse(parts.G), u)))),
        ("distributed", "brackets opened; a number is its own transpose",
         Sum((Product((Transpose(r), R, r)), times(sympy.Integer(-2), crossed), Product((Transpose(u), C, u))))),
        ("square-completed", "u'Cu − 2u'a = (u − C⁻¹a)'C(u − C⁻¹a) − a'C⁻¹a",
         Sum((square, Product((Transpose(r), R, r)), negated(rest)))),
        ("woodbury", "R⁻¹ − R⁻¹Z(Z'R⁻¹Z + G⁻¹)⁻¹Z'R⁻¹ = V⁻¹", Sum((square, outer))),
        ("pulled-back", "(Z'R⁻¹Z + G⁻¹)⁻¹Z'R⁻¹ = GZ'V⁻¹", Sum((Product((Transpose(moved), C, moved)), outer))),
    )  # fmt: skip


def _estimate(parts: Prediction) -> Derivation:
    P, y = parts.fixed.residual_weight, parts.fixed.y
    lines = [
        ("definition", "β̂ in the place of β", parts.formula),
        ("name-P_V", f"V⁻¹(y − Xβ̂) = {inline(P)} y, {inline(P)} = {inline(P.definition)}",
         product_of((*parts.across, P, y))),
    ]  # fmt: skip
    closed = closed_prediction(parts)
    if closed is not None:
        lines.append(("closed-form", CLOSED, acting_on(closed, y)))
    return chain(parts.predictor, *lines)


def closed_prediction(parts: Prediction) -> Tree | None:
    """GZ'P_V in closed form, q × n; None where it has none."""
    try:
        return shrinkage(parts.model).matrix
    except TutorError:
        return None


def _linear(parts: Prediction) -> Tree:
    """GZ'P_V y."""
    return product_of((*parts.across, parts.fixed.residual_weight, parts.fixed.y))


def _named(parts: Prediction) -> str:
    return f"û = {inline(_linear(parts))}"


def _mean(parts: Prediction) -> Derivation:
    P = parts.fixed.residual_weight
    before = (*parts.across, P)
    return chain(
        Expectation(parts.predictor),
        ("definition", _named(parts), Expectation(_linear(parts))),
        ("expectation-of-linear", "E(Ax) = A E(x)", product_of((*before, parts.fixed.X, parts.model.beta))),
        ("projection-annihilates", f"{inline(P)} X = 0: V⁻¹X(X'V⁻¹X)⁻X'V⁻¹X = V⁻¹X", Zero(*parts.u.shape)),
    )


def _variance(parts: Prediction) -> Derivation:
    P, V = parts.fixed.residual_weight, parts.fixed.V
    before, after = product_of((*parts.across, P)), product_of((P, parts.Z, parts.G))
    return chain(
        Variance(parts.predictor),
        ("definition", _named(parts), Variance(_linear(parts))),
        ("variance-of-linear", "Var(Ax) = A Var(x) A'", product_of((before, Variance(parts.model.y), after))),
        ("known-moment", "Var(y) = V", product_of((before, V, after))),
        ("projection-keeps", "P_V V P_V = P_V, since P_V X = 0", parts.spread),
        *_closed(parts, parts.spread),
    )


def _covariance(parts: Prediction) -> Derivation:
    before = product_of((*parts.across, parts.fixed.residual_weight))
    return chain(
        Covariance(parts.predictor, parts.u),
        ("definition", _named(parts), Covariance(_linear(parts), parts.u)),
        ("covariance-of-linear", "Cov(Ax, u) = A Cov(x, u)",
         product_of((before, Covariance(parts.model.y, parts.u)))),
        ("known-moment", "Cov(y, u) = ZG", parts.spread),
        *_closed(parts, parts.spread),
    )  # fmt: skip


def _error_variance(parts: Prediction) -> Derivation:
    predictor, u, spread = parts.predictor, parts.u, parts.spread
    return chain(
        Variance(Sum((predictor, negated(u)))),
        ("variance-of-sum", "Var(a − b) = Var(a) − Cov(a, b) − Cov(b, a) + Var(b)",
         Sum((Variance(predictor), negated(Covariance(predictor, u)), negated(Covariance(u, predictor)),
              Variance(u)))),
        ("known-moment", "Var(û) = Cov(û, u) = Cov(u, û), and Var(u) = G",
         Sum((spread, negated(spread), negated(spread), parts.G))),
        ("like-terms", "like terms", parts.error_variance),
        *_closed(parts, parts.error_variance),
    )  # fmt: skip


def _closed(parts: Prediction, tree: Tree) -> list[tuple[str, str, Tree]]:
    """The line with GZ'P_V in closed form put in, where it has one; of several random terms block by block."""
    before = closed_prediction(parts)
    if before is None:
        return []
    if len(parts.model.random) > 1:
        blocks = _by_terms(parts, before, less=tree != parts.spread)
        return [] if blocks is None else [("closed-form", BY_TERMS, blocks)]
    spread = product_of((before, parts.Z, parts.G))
    closed = in_closed_form(parts.model, spread if tree == parts.spread else Sum((parts.G, negated(spread))))
    return [] if closed is None else [("closed-form", CLOSED, with_short_numbers(closed))]


BY_TERMS = "a block for the effects of each two random terms, each matrix by the order of the rows"


def _by_terms(parts: Prediction, before: Tree, *, less: bool) -> Block | None:
    """GZ'P_V ZG, or ``less`` G − GZ'P_V ZG, in blocks: σ_l² times the rows of GZ'P_V of the effects of a term, times
    the Z_l of another one; None where a block has no closed form."""
    terms = parts.model.random
    if not isinstance(before, Block) or len(before.grid) != len(terms):
        return None
    grid: list[tuple[Tree, ...]] = []
    for one, (rows, *_) in zip(terms, before.grid, strict=True):
        line: list[Tree] = []
        for other in terms:
            variance = other.parameters[0].symbol
            block = times(variance, product_of((rows, other.matrix)))
            if less:
                own = [times(variance, Identity(other.matrix.columns))] if other is one else []
                block = Sum((*own, negated(block))) if own else negated(block)
            closed = closed_form(block)
            if is_unsolved(closed) or parts.model.Z in symbols_of(closed) or other.matrix in symbols_of(closed):
                return None
            line.append(with_short_numbers(closed))
        grid.append(tuple(line))
    return Block(tuple(grid))
