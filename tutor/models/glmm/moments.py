"""Moments of observations derived from the family, the link and the normal distribution of η, with reasons.

Laws used: total expectation E(y) = E(E(y | u)), total variance Var(y) = E(Var(y | u)) + Var(E(y | u)), total covariance
(Casella and Berger 2002, Statistical Inference, chapter 4), and the means of functions of normal variables of `laws`.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, cast

import sympy

from tutor.algebra.applied import Applied
from tutor.algebra.nodes import Covariance, Expectation, Product, Scalar, Scaled, Sum, Variance
from tutor.algebra.origins import derivation_of
from tutor.algebra.rules import Derivation, Step
from tutor.algebra.tree import Tree
from tutor.display import writer
from tutor.errors import DomainError
from tutor.models.glmm.arrange import grouped, multiplied_out, quotient_of, total
from tutor.models.glmm.functions import LETTERS, Phi2
from tutor.models.glmm.laws import Normals, mean_of
from tutor.models.glmm.names import Scope
from tutor.models.glmm.origin import Origin
from tutor.models.glmm.predictor import (
    Observation,
    covariance_of_predictors,
    mean_of_predictor,
    predictor_of,
)
from tutor.models.glmm.question import Moment, Question, question
from tutor.notation.meaning.functions import Phi

if TYPE_CHECKING:
    from tutor.models.glmm.model import GeneralizedModel
    from tutor.models.mixed import MixedModel


def derive(model: GeneralizedModel, what: str | Tree) -> Derivation:
    """A moment step by step; see `GeneralizedModel.derive`."""
    asked = question(model.linear, what)
    require_moment(model, asked)
    goal = asked.goal
    one, other = asked.observations[0], asked.observations[-1]
    if asked.given or not model.linear.random:
        lines = _given(model, asked)
    elif asked.moment == "Corr":
        lines = _correlation(model, asked)
    else:
        lines = (
            _mean(model, one) if asked.moment == "E" else _variance(model, one) if one == other
            else _covariance(model, one, other)
        )  # fmt: skip
    found = derivation_of(Origin(model), Derivation(goal, tuple(_chained(goal, lines))))
    return replace(found, scope=_scope(model, asked))


def _scope(model: GeneralizedModel, asked: Question) -> Scope | None:
    """What a student's lines are read by; none for an observation at large, of which only letters are known, and for a
    correlation where μ may leave its domain: of variances that are drawn negative the root is not what it stands for.
    """
    of = list(dict.fromkeys(asked.observations))
    if any(one.at_large for one in of) or (asked.moment == "Corr" and domain(model) is not None):
        return None
    letters = _letters_of(model, of)[1] if model.linear.random else {}
    return Scope(model, tuple((letter, value) for letter, value in letters.items() if isinstance(letter, sympy.Symbol)))


@dataclass(frozen=True, slots=True)
class _Line:
    """What follows, by which rule, and why."""

    tree: Tree
    rule: str
    because: str
    assumption: str | None = None


def _chained(goal: Tree, lines: Iterator[_Line]) -> Iterator[Step]:
    before = goal
    for line in lines:
        if line.tree != before:
            yield Step(line.rule, line.because, before, line.tree, line.assumption)
            before = line.tree


def require_moment(model: GeneralizedModel, asked: Question, numbers: Mapping[str, float] | None = None) -> None:
    """Raise DomainError where a moment does not exist: of t with few degrees of freedom, of 1/η for a normal η."""
    lacking = missing(model, asked.moment, numbers)
    if lacking is not None:
        raise DomainError(lacking, tip="Give more degrees of freedom.")
    if not model.link.has_mean and model.linear.random and not asked.given:
        raise DomainError(
            "With the inverse link the conditional mean is 1/η, and 1/η has no mean when η is normal: its density is "
            "positive at η = 0, where 1/η has no integral.",
            tip="The log link has all moments.",
        )


def missing(model: GeneralizedModel, moment: Moment, numbers: Mapping[str, float] | None = None) -> str | None:
    """Why y given u has no such moment, in a sentence, as the t distribution of few degrees of freedom, which
    ``numbers`` may tell; None where it has, and where that is not known."""
    letter, least = model.constants.get("nu"), 1 if moment == "E" else 2
    nu = (numbers or {}).get(str(letter), letter)
    if nu is None or isinstance(nu, sympy.Symbol) or nu > least:
        return None
    name = "mean" if moment == "E" else "variance"
    return f"The {name} of the t distribution does not exist for ν = {float(nu):g}: it needs ν > {least}."


def told(value: sympy.Expr) -> str:
    """An expression within a sentence."""
    return writer().inline(Scalar(value))


# Conditional moments, and models without random effects


def _given(model: GeneralizedModel, asked: Question) -> Iterator[_Line]:
    one, other = asked.observations[0], asked.observations[-1]
    given = " | u" if model.linear.random else ""
    if asked.moment in ("Cov", "Corr") and one != other:
        before = "given u, " if given else "without random effects "
        because = f"{before}observations are independent of each other"
        yield _Line(Scalar(sympy.S.Zero), "independent-given", because)
        return
    if asked.moment == "Corr":
        yield _Line(Scalar(sympy.S.One), "correlation", "a variable has correlation 1 with itself")
        return
    mu = sympy.Symbol(model.family.letter, real=True)
    family = model.family.mean if asked.moment == "E" else model.family.variance
    formula = told(family(LETTERS, mu, model.constants_of(one.eta)))
    of_eta = model.mean_given if asked.moment == "E" else model.variance_given
    name = "E" if asked.moment == "E" else "Var"
    link = f"{told(mu)} = {told(model.link.mean(sympy.Symbol('eta', real=True)))}"
    because = f"{name}(y{given}) = {formula}, {link}"
    yield _Line(Scalar(of_eta(one.eta)), "family", because, exists(model, asked.moment))
    predictor = predictor_of(model.linear, one)
    yield _Line(Scalar(of_eta(predictor, one.eta)), "predictor", f"{told(one.eta)} = {told(predictor)}")


# Marginal moments


def _mean(model: GeneralizedModel, of: Observation) -> Iterator[_Line]:
    conditional = model.mean_given(of.eta)
    yield _Line(Expectation(Expectation(Scalar(of.given))), "total-expectation", "law of total expectation")
    yield _Line(_expectation(conditional), "conditional-mean", _told_mean(model, of), exists(model, "E"))
    closed = mean_of(conditional, _normals(model.linear, [of]))
    yield from _closed(model, [of], closed, conditional)


def _variance(model: GeneralizedModel, of: Observation) -> Iterator[_Line]:
    mean, variance, given = model.mean_given(of.eta), model.variance_given(of.eta), Scalar(of.given)
    both = Sum((Expectation(Variance(given)), Variance(Expectation(given))))
    yield _Line(both, "total-variance", "law of total variance")
    inner = f"{_told_mean(model, of)}, Var({told(of.given)}) = {told(variance)}"
    both = Sum((_expectation(variance), Variance(Scalar(mean))))
    yield _Line(both, "conditional-moments", inner, exists(model, "Var"))
    if mean != of.eta:
        powers = (_expectation(variance), _expectation(mean**2), Scaled(_number(-1), _squared(_expectation(mean))))
        yield _Line(Sum(powers), "variance", "Var(x) = E(x²) − E(x)²")
    parts = [mean_of(part, _normals(model.linear, [of])) for part in (variance, mean, mean**2)]
    found = [part for part in parts if part is not None]
    closed = total(*found) if len(found) == len(parts) else None
    yield from _closed(model, [of], closed, variance, mean, mean**2)


def _covariance(model: GeneralizedModel, one: Observation, other: Observation) -> Iterator[_Line]:
    left, right = Scalar(one.given), Scalar(other.given)
    between = Covariance(Expectation(left), Expectation(right))
    inner = Expectation(Covariance(left, right))
    yield _Line(Sum((inner, between)), "total-covariance", "law of total covariance")
    yield _Line(between, "independent-given", "given u, observations are independent: their covariance is 0")
    means = [model.mean_given(of.eta) for of in (one, other)]
    reason = f"{_told_mean(model, one)}, {_told_mean(model, other)}"
    yield _Line(Covariance(*map(Scalar, means)), "conditional-mean", reason, exists(model, "Var"))
    if covariance_of_predictors(model.linear, one, other) == 0:
        apart = f"{told(one.eta)} and {told(other.eta)} share no random effect: they are independent"
        yield _Line(Scalar(sympy.S.Zero), "independent", apart, _different(one, other))
        return
    if means[0] != one.eta:
        product = Product((_expectation(means[0]), _expectation(means[1])))
        apart = Sum((_expectation(means[0] * means[1]), Scaled(_number(-1), product)))
        yield _Line(apart, "covariance", "Cov(x, y) = E(xy) − E(x)E(y)")
    normals = _normals(model.linear, [one, other])
    parts = [mean_of(part, normals) for part in (means[0] * means[1], *means)]
    found = [part for part in parts if part is not None]
    closed = grouped(found[0] - found[1] * found[2]) if len(found) == len(parts) else None
    yield from _closed(model, [one, other], closed, means[0] * means[1])


def _correlation(model: GeneralizedModel, asked: Question) -> Iterator[_Line]:
    one, other = asked.observations
    if one == other:
        yield _Line(Scalar(sympy.S.One), "correlation", "a variable has correlation 1 with itself")
        return
    left, right = Scalar(one.response), Scalar(other.response)
    deviations = Applied("power", (Product((Variance(left), Variance(right))), Scalar(-sympy.S.Half)))
    quotient = Product((Covariance(left, right), deviations))
    yield _Line(quotient, "correlation", "Corr(x, y) = Cov(x, y)/√(Var(x)Var(y))")
    goals = (Covariance(left, right), Variance(left), Variance(right))
    found = [derive(model, goal).result for goal in goals]
    if all(isinstance(tree, Scalar) for tree in found):
        covariance, *variances = (tree.value for tree in found if isinstance(tree, Scalar))
        below = variances[0] if variances[0] == variances[1] else sympy.sqrt(variances[0] * variances[1])
        because = ", ".join(writer().inline(goal) for goal in dict.fromkeys(goals))
        yield _Line(Scalar(quotient_of(covariance, below)), "moments", f"{because} put in")


def _closed(
    model: GeneralizedModel, of: list[Observation], closed: sympy.Expr | None, *means: sympy.Expr
) -> Iterator[_Line]:
    """The closed form in the letters m and s, then in the names of the model."""
    if closed is None:
        return
    letters, values = _letters_of(model, of)
    laws = ", ".join(_laws(closed, means))
    at_large = "" if not of[0].at_large else " with m = x'β, s = z' G z"
    reason = f"{_told_normal(of, letters)}{at_large}: {laws}"
    yield _Line(Scalar(closed), "normal-moments", reason, domain(model))
    if at_large:
        return
    reason = ", ".join(_equations(values))
    yield _Line(Scalar(multiplied_out(cast(sympy.Expr, closed.xreplace(values)))), "predictor", reason, _different(*of))


def _letters_of(model: GeneralizedModel, of: list[Observation]) -> tuple[Normals, dict[sympy.Expr, sympy.Expr]]:
    """The η as normal variables, with letters for their moments, and what each letter stands for."""
    letters = _normals(model.linear, of)
    values = {letters.means[o.eta]: mean_of_predictor(model.linear, o) for o in of}
    pairs = [(o, o) for o in of] + ([(of[0], of[1])] if len(of) == 2 else [])
    values |= {letters.covariance(a.eta, b.eta): covariance_of_predictors(model.linear, a, b) for a, b in pairs}
    return letters, values


def _equations(values: Mapping[sympy.Expr, sympy.Expr]) -> list[str]:
    """What each letter stands for; letters that stand for one value together."""
    by_value: dict[sympy.Expr, list[str]] = {}
    for letter, value in values.items():
        by_value.setdefault(value, []).append(told(letter))
    return [f"{' = '.join(letters)} = {told(value)}" for value, letters in by_value.items()]


def _laws(closed: sympy.Expr, means: tuple[sympy.Expr, ...]) -> Iterator[str]:
    """The sentences of the laws that a closed form comes from."""
    inside = sympy.Add(*means, evaluate=False)
    if inside.has(sympy.exp):
        yield "E(exp(η)) = exp(m + s/2), a lognormal mean"
    if inside.has(Phi):
        yield "E(Φ(η)) = Φ(m/√(1 + s))"
    if closed.has(Phi2):
        yield "Φ_2 is an orthant of the bivariate normal distribution"
    if not inside.has(sympy.exp, Phi):
        yield "moments of the normal distribution"


def _told_normal(of: list[Observation], letters: Normals) -> str:
    laws = [f"{told(o.eta)} ~ N({told(letters.means[o.eta])}, {told(letters.covariance(o.eta, o.eta))})" for o in of]
    if len(of) == 2:
        pair = letters.covariance(of[0].eta, of[1].eta)
        laws.append(f"Cov({told(of[0].eta)}, {told(of[1].eta)}) = {told(pair)}")
    return ", ".join(laws)


def _told_mean(model: GeneralizedModel, of: Observation) -> str:
    return f"E({told(of.given)}) = {told(model.mean_given(of.eta))}"


def exists(model: GeneralizedModel, moment: Moment) -> str | None:
    """The degrees of freedom with which the t distribution has a mean or a variance, where they are a letter."""
    nu = model.constants.get("nu")
    return f"{told(nu)} > {1 if moment == 'E' else 2}" if isinstance(nu, sympy.Symbol) else None


def domain(model: GeneralizedModel) -> str | None:
    """What a link takes for granted that lets μ leave its domain."""
    low, high = model.family.domain
    inside = {"identity": (-sympy.oo, sympy.oo), "log": (0, sympy.oo), "sqrt": (0, sympy.oo)}.get(model.link.key)
    if inside is None or (low <= inside[0] and high >= inside[1]):
        return None
    letter = told(sympy.Symbol(model.family.letter, real=True))
    bounds = f"{letter} > 0" if high == sympy.oo else f"0 < {letter} < 1"
    return f"{bounds} for every u, which a normal η does not guarantee with the {model.link.key} link"


def _different(*of: Observation) -> str | None:
    """Which letters of two observations stand for different levels."""
    if len(of) < 2 or not of[0].indices:
        return None
    pairs = zip((token for _, token in of[0].indices), (token for _, token in of[1].indices), strict=True)
    return ", ".join(f"{a} ≠ {b}" for a, b in pairs if a != b) or None


def _normals(model: MixedModel, of: list[Observation]) -> Normals:
    """The η of one or two observations, their means and covariances as letters m, s and c."""
    below = [o.below if o.at_large else str(number) if len(of) > 1 else "" for number, o in enumerate(of, start=1)]
    tails = [f"_{tail}" if tail else "" for tail in below]
    means = {o.eta: sympy.Symbol(f"m{tail}", real=True) for o, tail in zip(of, tails, strict=True)}
    covariances: dict[tuple[sympy.Symbol, sympy.Symbol], sympy.Expr] = {
        (o.eta, o.eta): sympy.Symbol(f"s{tail}", nonnegative=True) for o, tail in zip(of, tails, strict=True)
    }
    if len(of) == 2:
        pair = tuple(o.eta for o in of)
        covariances[pair[0], pair[1]] = (
            covariance_of_predictors(model, *of) if of[0].at_large else sympy.Symbol("c", real=True)
        )
    return Normals(means, covariances)


def _expectation(value: sympy.Expr) -> Tree:
    """E of an expression; what has no η in it is its own mean."""
    random = any(str(symbol).partition("_")[0] == "eta" for symbol in value.free_symbols)
    return Expectation(Scalar(value)) if random else Scalar(value)


def _squared(tree: Tree) -> Tree:
    return Applied("power", (tree, _number(2)))


def _number(value: int) -> Scalar:
    return Scalar(sympy.Integer(value))
