"""β̂ and û of random groups of n_i observations, with letters for n_i: a weighted mean, and deviations from it.

Source: Searle, Casella and McCulloch (1992), Variance Components, sections 3.3 and 7.4.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from typing import TYPE_CHECKING, Any, cast

import sympy

from tutor.algebra.applied import Indexed
from tutor.algebra.build import symbol
from tutor.algebra.laws.joining import negated, product_of, sum_of, times
from tutor.algebra.nodes import (
    Covariance,
    Expectation,
    Inverse,
    Ones,
    Product,
    Scalar,
    Scaled,
    Sum,
    Symbol,
    Transpose,
    Variance,
)
from tutor.algebra.rules import Derivation, chain
from tutor.algebra.sizes import ONE
from tutor.algebra.tree import Tree
from tutor.models.inference.derived import Claim
from tutor.models.inference.estimator import Estimator
from tutor.models.inference.group_means import Form, GroupMeans, Letter, group_means
from tutor.models.inference.least_squares import LeastSquares
from tutor.models.inference.prediction import Prediction
from tutor.notation.write import inline

if TYPE_CHECKING:
    from tutor.models.mixed import MixedModel


# Moments


def moment_of_groups(model: MixedModel, goal: Tree) -> Derivation | None:
    """E, Var or Cov of a linear form in û_1, u_1 and μ̂ of groups by their numbers; None for another form or model."""
    groups = group_means(model)
    if groups is None or not all(isinstance(part, Scalar) for part in goal.parts):
        return None
    forms = [_form(groups, part.value) for part in goal.parts if isinstance(part, Scalar)]
    known = [form for form in forms if form is not None]
    if len(known) < len(forms) or not any(kind in ("hat", "mean") for form in known for kind, _ in form):
        return None
    start = goal.rebuild(tuple(_tree(groups, form, expanded=False) for form in known))
    if isinstance(goal, Expectation):
        share = known[0].get(("mean", 0), sympy.S.Zero)
        mean = _mean(groups, share)
        return chain(start, ("mean-of-estimate", "û is unbiased for u, of mean 0, and μ̂ for μ", mean))
    averages = goal.rebuild(tuple(_tree(groups, form, expanded=True) for form in known))
    first, last = known[0], known[-1]
    steps = [("shrinkage", _told_factors(groups, known), averages)] if averages != start else []
    because = f"{_told_moments(groups, known)}; {groups.told_mean}"
    return chain(start, *steps, ("averages", because, groups.value(first, last)))


def _predictor(groups: GroupMeans, level: int) -> Symbol:
    """û_1, 1 × 1."""
    own = Prediction.of(groups.model).predictor
    return groups.named(f"{groups.effect}hat_{level}", Product((Transpose(groups.unit(level)), own)))


def _form(groups: GroupMeans, value: sympy.Expr) -> Form | None:
    """The coefficients of the elements; None where there is anything else, or it is not linear."""
    names: dict[sympy.Symbol, Letter] = {}
    for letter in value.free_symbols:
        base, _, below = str(letter).partition("_")
        kinds = {f"{groups.effect}hat": "hat", groups.effect: "own"}
        if str(letter) == "muhat":
            names[letter] = ("mean", 0)  # pyright: ignore[reportArgumentType]
        elif base in kinds and below.isdigit():
            names[letter] = (kinds[base], int(below))  # pyright: ignore[reportArgumentType]
        else:
            return None
    expanded = sympy.expand(value)
    found = {key: cast(sympy.Expr, expanded.coeff(letter)) for letter, key in names.items()}
    rest = expanded - sympy.Add(*(found[key] * letter for letter, key in names.items()))
    if sympy.expand(rest) != 0 or any(share.free_symbols for share in found.values()):
        return None
    return dict(sorted(found.items(), key=str))


def _tree(groups: GroupMeans, form: Form, *, expanded: bool) -> Tree:
    """A form by the names of its elements, û_1 as a multiple of ȳ_1· − μ̂ if ``expanded``."""
    terms: list[Tree] = []
    for (kind, level), share in form.items():
        if kind == "mean":
            terms.append(times(share, groups.mean))
        elif kind == "own":
            terms.append(times(share, groups.own_effect(int(level))))
        elif expanded:
            factor = share * groups.variance * groups.weight(level)
            terms.append(times(factor, Sum((groups.average(int(level)), negated(groups.mean)))))
        else:
            terms.append(times(share, _predictor(groups, int(level))))
    return sum_of(terms)


def _told_factors(groups: GroupMeans, forms: Sequence[Form]) -> str:
    levels = dict.fromkeys(int(level) for form in forms for kind, level in form if kind == "hat")
    return ", ".join(
        f"{_predictor(groups, level)} = {inline(_tree(groups, {('hat', level): sympy.S.One}, expanded=True))}"
        for level in levels
    )


def _told_moments(groups: GroupMeans, forms: Sequence[Form]) -> str:
    """The moments that are put in: of averages, with each other and with effects."""
    levels = dict.fromkeys(int(level) for form in forms for kind, level in form if kind == "hat")
    told = [
        f"{inline(Variance(groups.average(level)))} = {inline(Scalar(1 / groups.weight(level)))}" for level in levels
    ]
    told += [f"{inline(Covariance(groups.average(level), groups.mean))} = 1/W" for level in levels]
    told.append(f"{inline(Variance(groups.mean))} = 1/W")
    owns = dict.fromkeys(int(level) for form in forms for kind, level in form if kind == "own")
    for level in owns:
        u, v = groups.own_effect(level), inline(Scalar(groups.variance))
        told.append(f"{inline(Covariance(groups.average(level), u))} = {v}")
        told.append(
            f"{inline(Covariance(groups.mean, u))} = {inline(Scalar(groups.variance * groups.weight(level)))}/W"
        )
    return ", ".join(told)


# The mean


def weighted_mean(parts: LeastSquares, what: Any, name: str) -> Estimator | None:
    """The BLUE of a multiple of μ, the mean of the groups' means with their weights; None for another model, and by
    ordinary least squares."""
    groups = group_means(parts.model)
    if groups is None or not parts.weighted:
        return None
    told = parts.model.estimable(what)
    (share,) = told.coefficients.flat()
    estimate = times(share, groups.mean)
    k = symbol("k", parts.model.p)
    return Estimator(
        model=parts.model,
        what=f"{name} of {inline(told.function)}",
        symbol=estimate,
        formula=_weighted(groups, share),
        matrix=product_of((Transpose(k), parts.matrix)),
        variance=Variance(estimate),
        names=(inline(told.function),),
        claims=(
            Claim("estimate", "the means of the groups with their weights", partial(_estimate, groups, share)),
            Claim("mean", "unbiased", partial(_unbiased, groups, share)),
            Claim("variance", "the variance of the estimate", partial(_spread, groups, share)),
        ),
        remarks=(f"{groups.told_mean}.", told.because),
    )


def closed_mean(model: MixedModel) -> Tree | None:
    """μ̂ of groups of their own sizes as a sum over them, 1 × 1; None for another model."""
    groups = group_means(model)
    return None if groups is None else _weighted(groups, ONE)


def _weighted(groups: GroupMeans, share: sympy.Expr) -> Tree:
    """(c/W) 1'(⊕ 1_{n_i}'/(σ² + n_iσ²_u))y."""
    column = Scaled(Scalar(1 / (groups.residual + groups.size * groups.variance)), Ones(ONE, groups.size))
    rows = Indexed("direct sum", groups.letter, Scalar(sympy.S.One), Scalar(groups.number), column)
    summed = Product((Ones(ONE, groups.number), rows, groups.model.y))
    return times(share, Scaled(Inverse(groups.total), summed))


def _estimate(groups: GroupMeans, share: sympy.Expr) -> Derivation:
    parts = LeastSquares(groups.model)
    return chain(
        times(share, groups.mean),
        ("definition", "the solution of the normal equations", times(share, parts.formula)),
        ("closed-form", f"V⁻¹1 is 1/(σ² + n_iσ²_u) in group i, so that X'V⁻¹X = W: {groups.told_mean}",
         _weighted(groups, share)),
    )  # fmt: skip


def _unbiased(groups: GroupMeans, share: sympy.Expr) -> Derivation:
    goal = Expectation(times(share, groups.mean))
    return chain(goal, ("unbiased", "the mean of each group has the mean μ", _mean(groups, share)))


def _mean(groups: GroupMeans, share: sympy.Expr) -> Tree:
    """The multiple of μ, an element of β."""
    entries = groups.model.beta.entries
    return times(share, groups.model.beta) if entries is None else Scalar(share * entries[0, 0])


def _spread(groups: GroupMeans, share: sympy.Expr) -> Derivation:
    found = groups.value({("mean", 0): share}, {("mean", 0): share})
    return chain(Variance(times(share, groups.mean)), ("averages", groups.told_mean, found))
