"""The value of a line of a derivation of a generalized model, as a ball that is certain to hold it.

Laws that hold whatever the distribution of the predictors is, such as that of total variance, are tried on predictors
of finitely many values and on responses of two values given each: their moments are sums of exact numbers. What needs
the normal distribution is integrated with rigorous bounds of the error (Johansson 2018, Arb's acb_calc_integrate).
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from fractions import Fraction
from itertools import product

import sympy
from flint import acb, arb, ctx

from tutor.algebra.applied import Applied
from tutor.algebra.nodes import Covariance, Expectation, Product, Scalar, Scaled, Sum, Variance
from tutor.algebra.tree import Tree
from tutor.models.glmm.functions import Functions, Phi2
from tutor.models.glmm.model import GeneralizedModel
from tutor.models.glmm.predictor import covariance_of_predictors, mean_of_predictor, observation
from tutor.notation.meaning.functions import Phi

Predictors = Sequence[acb]
Function = Callable[[Predictors], acb]

BITS = 128
ERROR = arb(2) ** -70
"""The error that an integral is worked out to."""

END = 30
"""Standard normal variables are integrated from −30 to 30; what is outside is bounded."""


def normal_distribution(x: acb) -> acb:
    return acb.erfc(-x / acb(2).sqrt()) / 2


def bivariate_normal(a: acb, b: acb, rho: acb) -> acb:
    """Φ₂(a, b, ρ), by the integral of its derivative in the correlation ρ = sin θ (Plackett 1954, Biometrika 41)."""

    def density(theta: acb, _: bool) -> acb:
        return acb.exp(-(a * a + b * b - 2 * a * b * acb.sin(theta)) / (2 * acb.cos(theta) ** 2))

    joint = acb.integral(density, 0, acb.asin(rho), rel_tol=ERROR, abs_tol=ERROR) / (2 * acb.pi())
    return normal_distribution(a) * normal_distribution(b) + joint


BALLS = Functions(acb.exp, acb.expm1, acb.log, normal_distribution)
"""The functions of links and families, of balls."""


def ball(expression: sympy.Expr, values: dict[str, acb]) -> acb:
    """The value of an expression in sums, products, powers, exp, Φ and Φ₂."""
    if isinstance(expression, sympy.Symbol):
        return values[expression.name]
    if isinstance(expression, sympy.Rational):
        return acb(int(expression.p)) / int(expression.q)  # pyright: ignore[reportArgumentType]
    parts = [ball(part, values) for part in expression.args]  # pyright: ignore[reportArgumentType]
    if isinstance(expression, sympy.Add):
        return sum(parts, acb(0))
    if isinstance(expression, sympy.Mul):
        found = acb(1)
        for part in parts:
            found *= part
        return found
    if isinstance(expression, sympy.Pow):
        power = expression.exp
        return parts[0] ** int(power) if isinstance(power, sympy.Integer) else parts[0] ** parts[1]
    kinds = {sympy.exp: acb.exp, sympy.log: acb.log, Phi: normal_distribution, Phi2: bivariate_normal}
    return kinds[type(expression)](*parts)


@dataclass(frozen=True)
class Points:
    """Predictors of finitely many values, each with its weight."""

    weights: Sequence[Fraction]
    values: Sequence[Sequence[Fraction]]

    def mean(self, function: Function) -> acb:
        terms = (exact(w) * function([exact(v) for v in at]) for w, at in zip(self.weights, self.values, strict=True))
        return sum(terms, acb(0))


@dataclass(frozen=True)
class Normals:
    """Jointly normal predictors η_1 and, of two, η_2 with these means, variances and covariance; s_1 > 0.

    Functions may not grow faster than 400 exp(2 |η|), or 400 exp(|η_1| + |η_2|) of two.
    """

    means: Sequence[Fraction]
    variances: Sequence[Fraction]
    covariance: Fraction

    def mean(self, expression: sympy.Expr, etas: Sequence[sympy.Symbol], values: dict[str, acb]) -> acb:
        """The mean of an expression in the ηs: E(f(η_1) E(g(η_2) | η_1)), where η_2 given η_1 is normal as well.

        The inner mean has the closed form that is integrated for a single η elsewhere; the outer one is an integral.
        """
        total = acb(0)
        for term in sympy.Add.make_args(sympy.expand(expression, power_exp=False)):
            first, second = _parted(term, etas)
            total += self._over_the_line(first, etas[0], None if len(etas) == 1 else (second, etas[1]), values)
        return total

    def _over_the_line(
        self,
        first: sympy.Expr,
        eta: sympy.Symbol,
        given: tuple[sympy.Expr, sympy.Symbol] | None,
        values: dict[str, acb],
    ) -> acb:
        centre, root = exact(self.means[0]), exact(self.variances[0]).sqrt()
        slope, left = exact(self.covariance / self.variances[0]), exact(self._left)

        def integrand(z: acb, _: bool) -> acb:
            at = centre + root * z
            found = acb.exp(-z * z / 2) * ball(first, values | {str(eta): at})
            if given is None:
                return found
            expression, other = given
            return found * _normal_mean(expression, other, exact(self.means[1]) + slope * (at - centre), left)

        over = acb.integral(integrand, -END, END, rel_tol=ERROR, abs_tol=ERROR)
        return over / (2 * acb.pi()).sqrt() + self._outside()

    @property
    def _left(self) -> Fraction:
        """Var(η_2 | η_1)."""
        return self.variances[-1] - self.covariance**2 / self.variances[0]

    def _outside(self) -> acb:
        """A ball around 0 that holds what the integral leaves out.

        With η_1 = m_1 + a z and η_2 = m_2 + b z + d w the function is at most 400 exp(Σ|m| + p|z| + d|w|) for
        p = |a| + |b|, and of one, 400 exp(2|m| + p|z|) for p = 2|a|. ∫_{|z| > L} exp(p|z|) φ(z) dz is
        2 exp(p²/2) (1 − Φ(L − p)).
        """
        root, of_two = rational(self.variances[0]).sqrt(), len(self.means) == 2
        rate = root + rational(abs(self.covariance)) / root if of_two else 2 * root
        means = sum((rational(abs(m)) for m in self.means), arb(0)) * (1 if of_two else 2)
        along = 2 * arb.exp(rational(self._left) / 2) if of_two else arb(1)
        tail = arb.exp(rate * rate / 2) * ((END - rate) / arb(2).sqrt()).erfc()
        return acb(arb(0, (400 * arb.exp(means) * along * tail).upper()))


def _parted(term: sympy.Expr, etas: Sequence[sympy.Symbol]) -> tuple[sympy.Expr, sympy.Expr]:
    """A product as one without η_2 and one of η_2 alone, exp(a + b) as exp(a) exp(b)."""
    kept: list[sympy.Expr] = []
    given: list[sympy.Expr] = []
    for factor in sympy.Mul.make_args(term):
        whole = factor.args[0].as_ordered_terms() if isinstance(factor, sympy.exp) else None  # pyright: ignore[reportAttributeAccessIssue]
        parts = [factor] if whole is None else [sympy.exp(part) for part in whole]
        for part in parts:
            (given if part.has(*etas[1:]) else kept).append(part)  # pyright: ignore[reportArgumentType]
    return sympy.Mul(*kept), sympy.Mul(*given)


def _normal_mean(expression: sympy.Expr, eta: sympy.Symbol, mean: acb, variance: acb) -> acb:
    """E of exp(kη), a power of η or Φ(η), η normal."""
    if not expression.has(eta):
        return ball(expression, {})
    if isinstance(expression, sympy.exp):
        k = ball(expression.args[0] / eta, {})  # pyright: ignore[reportOperatorIssue]
        return acb.exp(k * mean + k * k * variance / 2)
    if isinstance(expression, Phi):
        assert expression.args == (eta,)
        return normal_distribution(mean / (1 + variance).sqrt())
    base, power = expression.as_base_exp()
    assert base == eta
    moments = [acb(1), mean]
    while len(moments) <= int(power):  # Stein's identity
        moments.append(mean * moments[-1] + (len(moments) - 1) * variance * moments[-2])
    return moments[int(power)]


def rational(value: Fraction) -> arb:
    return arb(value.numerator) / value.denominator


def exact(value: Fraction) -> acb:
    return acb(rational(value))


def average(values: Sequence[acb]) -> acb:
    return sum(values, acb(0)) / len(values)


class Line:
    """Values of lines about one or two observations of a model, at numbers for every letter."""

    def __init__(self, model: GeneralizedModel, keys: list[str], numbers: dict[str, Fraction]) -> None:
        ctx.prec = BITS
        self.model = model
        self.of = [observation(model.linear, key) for key in keys]
        put_in = {name: sympy.Rational(value.numerator, value.denominator) for name, value in numbers.items()}

        def number(expression: sympy.Expr) -> Fraction:
            found = expression.subs({s: put_in[str(s)] for s in expression.free_symbols})
            assert isinstance(found, sympy.Rational)
            return Fraction(int(found.p), int(found.q))  # pyright: ignore[reportArgumentType]

        means = [number(mean_of_predictor(model.linear, o)) for o in self.of]
        variances = [number(covariance_of_predictors(model.linear, o, o)) for o in self.of]
        shared = number(covariance_of_predictors(model.linear, self.of[0], self.of[-1]))
        self.normal = Normals(means, variances, shared)
        self.values = {name: exact(value) for name, value in numbers.items()}
        tails = [""] if len(self.of) == 1 else ["_1", "_2"]
        for tail, o, mean, variance in zip(tails, self.of, means, variances, strict=True):
            self.values |= {f"m{tail}": exact(mean), f"s{tail}": exact(variance)}
            if not model.linear.random:  # η is no random variable: the lines are η, then what it is
                self.values[str(o.eta)] = exact(mean)
        self.values["c"] = exact(shared)
        self.constants = {key: ball(value, self.values) for key, value in model.constants.items()}

    def value(self, tree: Tree, law: Points | Normals) -> acb:
        """The value of a line; the goal itself is a moment of responses that take two values given u."""
        if isinstance(tree, Sum):
            return sum((self.value(term, law) for term in tree.terms), acb(0))
        if isinstance(tree, Product):
            found = acb(1)
            for factor in tree.factors:
                found *= self.value(factor, law)
            return found
        if isinstance(tree, Scaled):
            return self.value(tree.scalar, law) * self.value(tree.tree, law)
        if isinstance(tree, Applied):
            base, power = tree.arguments
            assert isinstance(power, Scalar)
            return self.value(base, law) ** int(power.value)  # pyright: ignore[reportArgumentType]
        if isinstance(tree, Scalar):
            return ball(tree.value, self.values)
        assert isinstance(tree, Expectation | Variance | Covariance)
        return self._over_points(tree, law) if isinstance(law, Points) else self._of_normals(tree, law)

    def _of_normals(self, tree: Expectation | Variance | Covariance, law: Normals) -> acb:
        etas = [o.eta for o in self.of]

        def mean(expression: sympy.Expr) -> acb:
            return law.mean(expression, etas, self.values)

        one, other = tree.parts[0], tree.parts[-1]
        assert isinstance(one, Scalar) and isinstance(other, Scalar)
        if isinstance(tree, Expectation):
            return mean(one.value)
        return mean(one.value * other.value) - mean(one.value) * mean(other.value)

    def _over_points(self, tree: Expectation | Variance | Covariance, law: Points) -> acb:
        one, other = self._function(tree.parts[0]), self._function(tree.parts[-1])
        if isinstance(tree, Expectation):
            return law.mean(lambda at: average(one(at)))

        def products(at: Predictors) -> acb:
            # Two observations are independent given u, an observation is not independent of itself.
            pairs = zip(one(at), one(at), strict=True) if isinstance(tree, Variance) else product(one(at), other(at))
            return average([f * g for f, g in pairs])

        means = [law.mean(lambda at, part=part: average(part(at))) for part in (one, other)]
        return law.mean(products) - means[0] * means[1]

    def _function(self, tree: Tree) -> Callable[[Predictors], list[acb]]:
        """The values, of one probability each, that a tree takes at given predictors."""
        if isinstance(tree, Expectation | Variance | Covariance):
            return lambda at: [self._given(tree, at)]
        assert isinstance(tree, Scalar)
        names = [str(o.response) for o in self.of]
        if str(tree.value) in names:
            place = names.index(str(tree.value))
            return lambda at: self._responses(at[place])
        etas = [str(o.eta) for o in self.of]
        return lambda at: [ball(tree.value, self.values | dict(zip(etas, at, strict=True)))]

    def _given(self, tree: Expectation | Variance | Covariance, at: Predictors) -> acb:
        """A moment of responses given u."""
        if isinstance(tree, Covariance):
            return acb(0)
        (inner,) = tree.parts
        assert isinstance(inner, Scalar)
        place = [str(o.response) for o in self.of].index(str(inner.value).partition("|")[0])
        moment = self.model.family.mean if isinstance(tree, Expectation) else self.model.family.variance
        return acb(moment(BALLS, self.model.link.inverse(BALLS, at[place]), self.constants))

    def _responses(self, eta: acb) -> list[acb]:
        """Two values of y with the mean and the variance of the family given u."""
        mu = self.model.link.inverse(BALLS, eta)
        mean, variance = (
            acb(f(BALLS, mu, self.constants)) for f in (self.model.family.mean, self.model.family.variance)
        )
        return [mean - variance.sqrt(), mean + variance.sqrt()]
