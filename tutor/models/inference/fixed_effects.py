"""Estimators of the fixed effects: ordinary least squares, and the best linear unbiased one with its proof.

β̂ solves X'V⁻¹Xβ̂ = X'V⁻¹y. With dependent columns of X it is one solution of many; Xβ̂, and k'β̂ of every estimable
k'β, are the same for all of them. Source: Aitken (1935); Searle (1971), Linear Models, sections 3.4 and 5.4 to 5.8;
Rao (1973), Linear Statistical Inference and Its Applications, section 4a.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING, Any

import sympy

from tutor.algebra.build import symbol
from tutor.algebra.laws.gradients import gradient
from tutor.algebra.laws.joining import negated, product_of, times
from tutor.algebra.nodes import Expectation, Explicit, Product, Scalar, Sum, Transpose, Variance
from tutor.algebra.parameters import scalars_of
from tutor.algebra.rules import Derivation, chain
from tutor.algebra.tree import Tree
from tutor.models.collected import with_short_numbers
from tutor.models.inference.blue import MOST_OBSERVATIONS, covariance_of_estimates
from tutor.models.inference.derived import Claim
from tutor.models.inference.equations_in_numbers import solved
from tutor.models.inference.estimable_functions import estimate_of
from tutor.models.inference.estimates import Estimates
from tutor.models.inference.estimator import Estimator
from tutor.models.inference.least_squares import CLOSED, LeastSquares, acting_on, in_closed_form
from tutor.models.inference.weighted_mean import closed_mean
from tutor.models.inference.zyskind import ols_is_blue, projections_of_fixed
from tutor.notation.write import inline

if TYPE_CHECKING:
    from tutor.models.mixed import MixedModel

TWO = sympy.Integer(2)

MOST_COLUMNS = 6
"""Columns of X of which the variance of β̂ is worked out entry by entry."""


@dataclass(frozen=True, slots=True, repr=False, eq=False, kw_only=True)
class FixedEstimator(Estimator):
    """An estimator of β, p × 1, of the means E(y) and of estimable functions k'β."""

    parts: LeastSquares
    name: str

    def at(self, y: Any = None, **parameters: float) -> Estimates:
        """The numbers at given parameters, as of an estimator; also for the BLUE where variances of random effects are
        0.

        Raises
        ------
        As `Estimator.at`.
        """
        if 0 in parameters.values() and self.parts.weighted and self.model.Z is not None:
            return solved(self.model, y, parameters, multiplied=True).beta
        return Estimator.at(self, y, **parameters)

    @property
    def fitted(self) -> Estimator:
        """The estimator of the means Xβ, n × 1, which is unique: Xβ̂."""
        parts = self.parts
        names = None if parts.model.y.entries is None else tuple(map(inline, parts.model.y.entries.flat()))
        return Estimator(
            model=parts.model,
            what=f"{self.name} of the means Xβ",
            symbol=parts.fitted,
            formula=product_of((parts.X, parts.formula)),
            matrix=product_of((parts.X, parts.matrix)),
            variance=product_of((parts.X, parts.variance, Transpose(parts.X))),
            names=names,
            claims=tuple(_of_fitted(parts)),
        )

    def of(self, what: Any) -> Estimator:
        """The estimator of an estimable function of β, ``m.blue.of("tau_1 - tau_2")``, with its weights as means of
        observations; see `estimate_of` and what it raises."""
        return estimate_of(self.parts, what, self.name)


def blue(model: MixedModel) -> FixedEstimator:
    """The best linear unbiased estimator of β, generalized least squares: (X'V⁻¹X)⁻¹X'V⁻¹y, p × 1, with a generalized
    inverse where X has dependent columns."""
    parts = LeastSquares(model)
    return _estimator(parts, "best linear unbiased estimator (BLUE, generalized least squares)", _of_blue(parts))


def ols(model: MixedModel) -> FixedEstimator:
    """The estimator of β by ordinary least squares: (X'X)⁻¹X'y, p × 1, with a generalized inverse where X has dependent
    columns."""
    parts = LeastSquares(model, weighted=False)
    return _estimator(parts, "estimator by ordinary least squares (OLS)", _of_ols(parts))


def _estimator(parts: LeastSquares, what: str, claims: Iterator[Claim]) -> FixedEstimator:
    reason = None if parts.is_full else _not_unique(parts)
    return FixedEstimator(
        model=parts.model,
        what=what,
        symbol=parts.estimate,
        formula=parts.formula,
        matrix=parts.matrix,
        variance=parts.variance,
        names=parts.model.X.column_labels,
        claims=tuple(claims),
        remarks=() if reason is None else (reason,),
        not_unique=reason,
        parts=parts,
        name="BLUE" if parts.weighted else "OLS estimator",
    )


def _not_unique(parts: LeastSquares) -> str:
    model = parts.model
    told = model.scope.relations(model.X) if model.n.is_Integer else ()
    because = f" ({'; '.join(told)})" if told else ""
    columns, rank = inline(model.p), inline(model.rank)
    return (
        f"{inline(parts.estimate)} is not unique: X has {columns} columns and rank {rank}{because}. Every generalized "
        f"inverse gives another one, and all give the same {inline(parts.fitted)} and the same estimate of each "
        "estimable function."
    )


# What both have


def _of_ols(parts: LeastSquares) -> Iterator[Claim]:
    yield from _common(parts)
    yield Claim("variance", _what_variance(parts), partial(_variance_of_ols, parts))
    yield Claim("comparison", "the variance of the BLUE, and what is more", partial(_excess, parts))


def _of_blue(parts: LeastSquares) -> Iterator[Claim]:
    yield from _common(parts)
    yield Claim("variance", _what_variance(parts), partial(_variance, parts))
    if not parts.is_full:
        yield Claim("variance of fitted", "the variance of the estimated means", partial(_variance_of_fitted, parts))
    yield Claim("best", "any other one has this variance and more", partial(_best, parts), False)


def _common(parts: LeastSquares) -> Iterator[Claim]:
    yield Claim("estimate", f"solves {_normal_equations(parts)}", partial(_estimate, parts))
    if not parts.is_full:
        yield Claim("fitted", "the estimated means, which are unique", partial(_fitted, parts))
    yield Claim("normal equations", "the gradient of the sum of squares", partial(_gradient, parts), False)
    yield Claim("solution", "the normal equations hold", partial(_solution, parts), False)
    yield Claim("minimum", "no other β has a smaller sum of squares", partial(_minimum, parts), False)
    yield Claim("mean", "unbiased", partial(_mean, parts))


def _what_variance(parts: LeastSquares) -> str:
    if parts.is_full:
        return "the variance of the estimator"
    estimate = inline(parts.estimate)
    return f"for this solution; k' Var({estimate}) k is the variance of an estimable k'{estimate}"


def _normal_equations(parts: LeastSquares) -> str:
    left = product_of((parts.information, parts.estimate))
    return f"{inline(left)} = {inline(product_of((*parts.across, parts.y)))}"


def _residual(parts: LeastSquares, at: Tree) -> Sum:
    """y − Xβ at a β."""
    return Sum((*(parts.y.terms if isinstance(parts.y, Sum) else (parts.y,)), negated(product_of((parts.X, at)))))


def _square(inner: Tree, *weight: Tree) -> Product:
    """r'Wr."""
    return Product((Transpose(inner), *weight, inner))


def _estimate(parts: LeastSquares) -> Derivation:
    lines = [("definition", f"the solution of {_normal_equations(parts)}", parts.formula)]
    closed = closed_mean(parts.model) if parts.weighted else None
    if closed is None and parts.is_full and not _by_entries(parts):
        matrix = in_closed_form(parts.model, parts.matrix)
        closed = None if matrix is None else acting_on(with_short_numbers(matrix), parts.y)
    if closed is not None:
        lines.append(("closed-form", CLOSED, closed))
    return chain(parts.estimate, *lines)


def _gradient(parts: LeastSquares) -> Derivation:
    """The gradient of (y − Xβ)'W(y − Xβ): it is 0 where X'WXβ = X'Wy."""
    beta = parts.model.beta
    residual = _residual(parts, beta)
    left, right = product_of((*parts.across, parts.y)), product_of((parts.information, beta))
    weight = "V⁻¹" if parts.weighted else "I"
    return chain(
        gradient(_square(residual, *parts.weight), beta),
        ("gradient-of-quadratic", f"∂(r'Wr)/∂β = 2 A'Wr for r = c + Aβ, here with A = −X and W = {weight}",
         times(-TWO, product_of((*parts.across, residual)))),
        ("distributed", "A(B + C) = AB + AC", times(TWO, Sum((right, negated(left))))),
    )  # fmt: skip


def _solution(parts: LeastSquares) -> Derivation:
    return chain(
        product_of((parts.information, parts.estimate)),
        ("definition", f"{inline(parts.estimate)} = {inline(parts.formula)}",
         product_of((parts.information, parts.formula))),
        _kept(parts, product_of((*parts.across, parts.y))),
    )  # fmt: skip


def _kept(parts: LeastSquares, after: Tree) -> tuple[str, str, Tree]:
    """The line in which X'WX(X'WX)⁻X' = X' has been used."""
    if parts.is_full:
        return "inverse-cancels", "AA⁻¹ = I", after
    weight = "V⁻¹" if parts.weighted else ""
    return "projection-keeps", f"X'{weight}X(X'{weight}X)⁻X' = X', for any generalized inverse", after


def _minimum(parts: LeastSquares) -> Derivation:
    """The sum of squares is that of β̂ and a square that is 0 for it alone, up to what X takes to 0."""
    beta, estimate = parts.model.beta, parts.estimate
    shift = Sum((estimate, negated(beta)))
    least = _residual(parts, estimate)
    apart = Sum((least, product_of((parts.X, shift))))
    squares = Sum((_square(least, *parts.weight), Product((Transpose(shift), parts.information, shift))))
    return chain(
        _square(_residual(parts, beta), *parts.weight),
        ("estimate-put-in", f"{inline(parts.fitted)} is taken off and put on", _square(apart, *parts.weight)),
        ("square-completed", f"{inline(product_of((*parts.across, least)))} = 0 by the normal equations, so both parts "
         "have products of 0", squares),
    )  # fmt: skip


def _mean(parts: LeastSquares, *before: Tree) -> Derivation:
    """E(β̂) = β, or E(Xβ̂) = Xβ where X has dependent columns, or stands ``before``."""
    is_vector = parts.is_full and not before
    before = () if is_vector else (parts.X,)
    goal = product_of((*before, parts.estimate))
    told = product_of((*before, parts.inverse, *parts.across))
    known = Product((parts.X, parts.model.beta))
    what = "E(y) = Xβ" if parts.model.offset is None else "E(y − o) = Xβ"
    weight, sign = "V⁻¹" if parts.weighted else "", "⁻¹" if parts.is_full else "⁻"
    return chain(
        Expectation(goal),
        ("definition", f"{inline(goal)} = {inline(product_of((told, parts.y)))}",
         Expectation(product_of((told, parts.y)))),
        ("expectation-of-linear", "E(Ax) = A E(x)", product_of((told, Expectation(parts.y)))),
        ("known-moment", what, product_of((told, known))),
        ("inverse-cancels", "A⁻¹A = I", parts.model.beta) if is_vector else
        ("projection-keeps", f"X(X'{weight}X){sign}X'{weight}X = X", known),
    )  # fmt: skip


def _var(parts: LeastSquares, before: tuple[Tree, ...]) -> tuple[Tree, list[tuple[str, str, Tree]]]:
    """Var(Aβ̂) and the lines until Var(y) = V is put in; A = I without factors ``before``."""
    goal = product_of((*before, parts.estimate))
    told = product_of((*before, parts.matrix))
    made = product_of((told, parts.y))
    turned = product_of((*reversed(parts.across[1:]), parts.X, parts.inverse, *map(Transpose, before)))
    return Variance(goal), [
        ("definition", f"{inline(goal)} = {inline(made)}", Variance(made)),
        ("variance-of-linear", "Var(Ax) = A Var(x) A'", product_of((told, Variance(parts.model.y), turned))),
        ("known-moment", "Var(y) = V", product_of((told, parts.V, turned))),
    ]  # fmt: skip


def _variance(parts: LeastSquares) -> Derivation:
    goal, lines = _var(parts, ())
    C = parts.inverse
    short = product_of((C, parts.information, C))
    lines += [
        ("inverse-cancels", "V⁻¹V = I", short),
        ("inverse-cancels", "A⁻¹A = I", C) if parts.is_full else
        ("generalized-inverse-cancels", "A⁻AA⁻ = A⁻ for Moore's and Penrose's inverse; others keep the middle", C),
    ]  # fmt: skip
    if parts.is_full and _by_entries(parts):
        return chain(goal, *lines, *_entries(parts))
    return chain(goal, *lines, *_closed(parts, C if parts.is_full else None))


def _variance_of_fitted(parts: LeastSquares) -> Derivation:
    goal, lines = _var(parts, (parts.X,))
    C = parts.inverse
    result = product_of((parts.X, C, Transpose(parts.X)))
    lines += [
        ("inverse-cancels", "V⁻¹V = I", product_of((parts.X, C, parts.information, C, Transpose(parts.X)))),
        ("projection-keeps", "X(X'V⁻¹X)⁻X'V⁻¹X = X", result),
    ]
    if ols_is_blue(parts.model, quick=True):
        lines.append(("zyskind", "VP = PV, so OLS is BLUE", product_of((parts.model.P, parts.V))))
        lines += _closed(parts, lines[-1][-1])
    return chain(goal, *lines)


def _variance_of_ols(parts: LeastSquares) -> Derivation:
    goal, lines = _var(parts, ())
    if parts.is_full and _by_entries(parts):
        return chain(goal, *lines, *_entries(parts))
    return chain(goal, *lines, *_closed(parts, lines[-1][-1] if parts.is_full else None))


def _by_entries(parts: LeastSquares) -> bool:
    """Whether rows are listed and no structure makes a closed form quick, so that entries are worked out."""
    return bool(parts.model.n.is_Integer) and projections_of_fixed(parts.model) is None


def _entries(parts: LeastSquares) -> list[tuple[str, str, Tree]]:
    """The line with the entries of Var(β̂) in letters; none for many of them."""
    if parts.model.n > MOST_OBSERVATIONS or parts.model.p > MOST_COLUMNS or scalars_of(parts.X):
        return []
    found = covariance_of_estimates(parts.model, weighted=parts.weighted)
    (only, *_) = found.flat()
    return [("closed-form", "by the entries", Explicit(found) if found.rows > 1 else Scalar(only))]


def _closed(parts: LeastSquares, tree: Tree | None) -> list[tuple[str, str, Tree]]:
    """The line with the closed form of a tree; none where there is none."""
    closed = None if tree is None else in_closed_form(parts.model, tree)
    return [] if closed is None else [("closed-form", CLOSED, closed)]


def _fitted(parts: LeastSquares) -> Derivation:
    """Xβ̂ by a projection of y, in closed form where OLS is BLUE and the design has one."""
    model = parts.model
    lines = [("definition", f"{inline(parts.estimate)} = {inline(parts.formula)}",
              product_of((parts.X, parts.formula)))]  # fmt: skip
    if parts.weighted:
        if not ols_is_blue(model, quick=True):
            return chain(parts.fitted, *lines)
        lines.append(("zyskind", "VP = PV, so OLS is BLUE", product_of((model.P, parts.y))))
    closed = in_closed_form(model, model.P)
    if closed is not None:
        lines.append(("closed-form", CLOSED, acting_on(closed, parts.y)))
    return chain(parts.fitted, *lines)


def _of_fitted(parts: LeastSquares) -> Iterator[Claim]:
    yield Claim("estimate", "a projection of y onto the columns of X", partial(_fitted, parts))
    yield Claim("mean", "unbiased", partial(_mean, parts, parts.X))
    variance = _variance_of_fitted if parts.weighted else _variance_of_projected
    yield Claim("variance", "the variance of the estimated means", partial(variance, parts))


def _variance_of_projected(parts: LeastSquares) -> Derivation:
    """Var(Xβ̂) = PVP."""
    P = parts.model.P
    projected = product_of((P, parts.y))
    result = Product((P, parts.V, P))
    return chain(
        Variance(parts.fitted),
        ("definition", f"{inline(parts.fitted)} = {inline(projected)}", Variance(projected)),
        ("variance-of-linear", "Var(Ax) = A Var(x) A'", result),
        *_closed(parts, result),
    )


# The best, and how far from it


def _best(parts: LeastSquares) -> Derivation:
    """Gauss and Markov: Ly is unbiased for Xβ when LX = X, so that L = H + D(I − H) for some D, and Var(Ly) exceeds
    Var(Hy) by the variance of D(I − H)y."""
    H, V = parts.hat, parts.V
    D = symbol("D", parts.model.n, parts.model.n)
    rest = Sum((parts.unit, negated(H)))
    least = product_of((parts.X, parts.inverse, Transpose(parts.X)))
    L = Sum((H, Product((D, rest))))
    spread = Product((D, rest, V, Transpose(rest), Transpose(D)))
    return chain(
        Variance(Product((L, parts.model.y))),
        ("variance-of-linear", "Var(Ay) = AVA'", Product((L, V, Transpose(L)))),
        ("square-completed", "HV(I − H)' = 0, since HV = X(X'V⁻¹X)⁻X' and HX = X",
         Sum((Product((H, V, Transpose(H))), spread))),
        ("projection-keeps", "HVH' = X(X'V⁻¹X)⁻X', the variance of the BLUE", Sum((least, spread))),
    )  # fmt: skip


def _excess(parts: LeastSquares) -> Derivation:
    """The variance of Xβ̂ by ordinary least squares is that of the best one and that of the difference of both."""
    best = LeastSquares(parts.model)
    P, H, V = parts.model.P, best.hat, parts.V
    apart = Sum((P, negated(H)))
    least = product_of((parts.X, best.inverse, Transpose(parts.X)))
    return chain(
        Variance(parts.fitted),
        ("definition", f"{inline(parts.fitted)} = {inline(product_of((P, parts.y)))}",
         Variance(product_of((P, parts.y)))),
        ("variance-of-linear", "Var(Ax) = A Var(x) A'", Product((P, V, P))),
        ("square-completed", "P = H + (P − H), and HV(P − H)' = 0 since both keep X",
         Sum((Product((H, V, Transpose(H))), Product((apart, V, Transpose(apart)))))),
        ("projection-keeps", "HVH' = X(X'V⁻¹X)⁻X'", Sum((least, Product((apart, V, Transpose(apart)))))),
    )  # fmt: skip
