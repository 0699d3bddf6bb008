"""Moments as numbers at values of the parameters: by the closed form, or by quadrature, and labelled so."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Literal

import numpy as np
import sympy

from tutor.algebra.nodes import Scalar
from tutor.algebra.tree import Tree
from tutor.display import Shown, writer
from tutor.errors import DomainError, UnknownNameError
from tutor.models.glmm.by_row import by_observation
from tutor.models.glmm.families import ANY_NUMBER
from tutor.models.glmm.functions import LETTERS, NUMBERS, Phi2, bivariate_normal
from tutor.models.glmm.moments import derive, require_moment
from tutor.models.glmm.predictor import Observation, covariance_of_predictors, mean_of_predictor
from tutor.models.glmm.quadrature import MOST, Mean, Quadrature, by_quadrature
from tutor.models.glmm.question import Question, question
from tutor.models.glmm.words import in_words
from tutor.notation.meaning.functions import Phi
from tutor.notation.writing.pen import Pen, Piece, written

if TYPE_CHECKING:
    from tutor.models.glmm.model import GeneralizedModel

DIGITS = 30
"""Decimal digits in which closed forms are put into numbers, so that differences keep those of a double."""


@dataclass(frozen=True, slots=True)
class Value(Shown):
    """A moment as a number: what was asked, its value, how it was found, and for quadrature the error and the points.

    ``error`` is the change that twice as many points made; 0 for a closed form.
    """

    goal: Tree
    value: float
    method: Literal["closed form", "Gauss–Hermite quadrature", "trapezoidal rule"]
    error: float = 0.0
    points: int = 0

    def __float__(self) -> float:
        return self.value

    @property
    def how(self) -> str:
        """How the number was found, in words."""
        if self.method == "closed form":
            return "by the closed form"
        rule = f"the {self.method}" if self.method == "trapezoidal rule" else self.method
        return f"by {rule}, {self.points} points, error about {self.error:.0e}; no closed form"


@written.register
def write_value(thing: Value, pen: Pen) -> Piece:
    """The moment, its value to ten digits, and how it was found."""
    sign = pen.dialect.relation("=" if thing.method == "closed form" else "≈")
    number = pen.whole(sympy.Float(f"{thing.value:.10g}"))
    return Piece(f"{pen.whole(thing.goal)} {sign} {number}{pen.dialect.between}{in_words(thing.how, pen)}")


ROUNDING = 1e-12
"""By how much a correlation of 1 may miss it in double precision."""


def value(model: GeneralizedModel, what: str | Tree, given: Mapping[str, Any]) -> Value:
    """A moment at values of the parameters; see `GeneralizedModel.value`."""
    asked = question(model.linear, what)
    numbers = numbers_of(model, given, asked.observations)
    require_moment(model, asked, numbers)
    result = derive(model, asked.goal).result
    if not asked.given:
        for of in asked.observations:
            _require_mean(model, of, numbers)
    if asked.moment in ("Var", "Corr") and not asked.given:
        for of in asked.observations:
            _require_variance(model, of, numbers)
    if isinstance(result, Scalar):
        found = number(result.value, numbers)
        if asked.moment == "Corr" and abs(found) > 1 + ROUNDING:
            raise _left_its_domain(model, f"the correlation would be {found:g}")
        return Value(asked.goal, found, "closed form")
    found = by_points(model, asked, numbers)
    rule = "Gauss–Hermite quadrature" if found.points <= MOST else "trapezoidal rule"
    return Value(asked.goal, found.value, rule, found.error, found.points)


def _require_variance(model: GeneralizedModel, of: Observation, numbers: Mapping[str, float]) -> None:
    """Refuse parameters at which a variance in closed form is not positive: the link let μ leave its domain."""
    closed = derive(model, Question("Var", (of,), False).goal).result
    if isinstance(closed, Scalar) and not number(closed.value, numbers) > 0:
        raise _left_its_domain(model, f"Var({of.response}) is not positive")


def _require_mean(model: GeneralizedModel, of: Observation, numbers: Mapping[str, float]) -> None:
    """Refuse parameters at which a mean in closed form is outside the range of y, as a probability above 1."""
    closed = derive(model, Question("E", (of,), False).goal).result
    low, high = model.family.domain
    if not isinstance(closed, Scalar) or (low, high) == ANY_NUMBER:
        return
    found = number(closed.value, numbers)
    constants = model.constants_of(of.eta)
    ends = [number(sympy.sympify(model.family.mean(LETTERS, end, constants), strict=True), numbers)
            for end in (low, high) if end != sympy.oo]  # fmt: skip
    if found <= ends[0] or (len(ends) == 2 and found >= ends[1]):
        raise _left_its_domain(model, f"E({of.response}) would be {found:g}")


def _left_its_domain(model: GeneralizedModel, sign: str) -> DomainError:
    return DomainError(
        f"At these values {sign}: the {model.link.key} link lets the parameter of the {model.family.key} family leave "
        "its domain.",
        tip=f"Its usual link, {model.family.usual}, does not.",
    )


def number(expression: sympy.Expr, values: Mapping[str, float]) -> float:
    """An expression in double precision, its letters at values.

    Raises
    ------
    DomainError
        For a letter without a value, and for what is no finite real number.
    """
    missing = sorted(str(letter) for letter in expression.free_symbols if str(letter) not in values)
    if missing:
        raise DomainError(
            f"Values are needed for {', '.join(missing)}.", tip=f"Give them by name: {missing[0]}=1, and so on."
        )
    put_in = {letter: sympy.Float(values[str(letter)], DIGITS) for letter in expression.free_symbols}
    with_numbers = expression.xreplace(put_in)
    with_numbers = with_numbers.replace(Phi2, lambda *ends: sympy.Float(bivariate_normal(*map(float, ends)), DIGITS))
    with_numbers = with_numbers.replace(Phi, lambda end: sympy.erfc(-end / sympy.sqrt(2)) / 2)
    found = sympy.N(with_numbers, DIGITS)
    if not found.is_real or not found.is_finite or abs(found) > np.finfo(float).max:
        raise DomainError(f"At these values {writer().inline(Scalar(expression))} is no finite number.")
    return float(found)


def numbers_of(model: GeneralizedModel, given: Mapping[str, Any], of: Iterable[Observation] = ()) -> dict[str, float]:
    """The parameters by their keys as numbers: variances, constants of the family, effects one by one or as ``beta``.

    Raises
    ------
    UnknownNameError
        For a name that no parameter has.
    DomainError
        For what is no number, a negative variance, and covariances that no variables have.
    """
    linear = model.linear
    entries = [] if linear.beta.entries is None else [str(entry) for entry in linear.beta.entries.flat()]
    values = dict(given)
    if "beta" in values and "beta" not in entries:
        listed = values.pop("beta")
        several = list(listed) if isinstance(listed, Iterable) else [listed]
        if len(several) != len(entries):
            raise DomainError(f"beta has {len(several)} numbers; the model has {linear.p} fixed effects.")
        values = {**dict(zip(entries, several, strict=True)), **values}
    domain = {parameter.key: parameter.symbol for parameter in model.parameters}
    observations = list(of)
    values = by_observation(model, values, observations)
    own_letters = [s for o in observations for value in model.constants_of(o.eta).values() for s in value.free_symbols]
    domain |= {str(letter): letter for letter in own_letters if isinstance(letter, sympy.Symbol)}
    letters = {
        str(letter)
        for observation in observations
        for part in (mean_of_predictor(linear, observation), covariance_of_predictors(linear, observation, observation))
        for letter in part.free_symbols
    }
    pair = observations
    if len(pair) == 2:
        letters |= {str(letter) for letter in covariance_of_predictors(linear, pair[0], pair[1]).free_symbols}
    for name in values:
        if name not in domain and name not in letters and name not in entries:
            raise UnknownNameError("The parameter", name, [*domain, *sorted(letters), *entries, "beta"])
    numbers = {name: _number(name, value) for name, value in values.items()}
    for key, symbol in domain.items():
        own = key in model.constants or symbol in model.constants.values() or symbol in own_letters
        if key in numbers and symbol.is_positive and (numbers[key] < 0 or (own and numbers[key] == 0)):
            raise DomainError(f"{key} is {numbers[key]:g}; it must {'be positive' if own else 'not be negative'}.")
        if key in numbers and symbol.is_integer and numbers[key] != int(numbers[key]):
            raise DomainError(f"{key} is {numbers[key]:g}; it is a number of trials and must be whole.")
    _require_covariances(model, numbers)
    return numbers


def _number(name: str, given: Any) -> float:
    try:
        found = float(given)
    except (TypeError, ValueError):
        raise DomainError(f"{name} = {given!r} is no number.") from None
    if not np.isfinite(found):
        raise DomainError(f"{name} = {given!r} is no finite number.")
    return found


def _require_covariances(model: GeneralizedModel, numbers: Mapping[str, float]) -> None:
    """Refuse blocks of G that are no covariance matrices at these values; those with a value missing are left alone."""
    for term in model.linear.random:
        for block in term.covariance.blocks:
            if all(str(letter) in numbers for letter in block.free_symbols):
                matrix = np.array([[number(entry, numbers) for entry in row] for row in block.tolist()])
                if np.linalg.eigvalsh(matrix)[0] < -1e-12 * max(1.0, float(np.abs(matrix).max())):
                    names = ", ".join(sorted(map(str, block.free_symbols)))
                    raise DomainError(
                        f"With these values {names} make no covariance matrix.",
                        tip="A covariance is at most the product of the two standard deviations.",
                    )


def by_points(model: GeneralizedModel, asked: Question, numbers: Mapping[str, float]) -> Quadrature:
    """A moment by quadrature over η, whether or not it has a closed form."""
    require_moment(model, asked)
    of = list(dict.fromkeys(asked.observations))
    linear = model.linear
    means = [number(mean_of_predictor(linear, o), numbers) for o in of]
    covariance = [
        [number(covariance_of_predictors(linear, *sorted((a, b), key=of.index)), numbers) for b in of] for a in of
    ]
    if len(of) == 2 and covariance[0][1] ** 2 > covariance[0][0] * covariance[1][1] * (1 + 1e-9):
        raise DomainError("The covariance of the two linear predictors is more than their standard deviations allow.")
    return by_quadrature(lambda mean: _quantity(model, asked, numbers, mean, of), means, covariance)


def _quantity(
    model: GeneralizedModel, asked: Question, numbers: Mapping[str, float], mean: Mean, of: Sequence[Observation]
) -> float:
    """The moment from means over η: total expectation, total variance, total covariance."""
    constants = [{key: number(value, numbers) for key, value in model.constants_of(o.eta).items()} for o in of]

    def expected(eta: np.ndarray, at: int = 0) -> np.ndarray:
        return model.family.mean(NUMBERS, model.link.inverse(NUMBERS, eta), constants[at])

    def spread(eta: np.ndarray, at: int = 0) -> np.ndarray:
        return model.family.variance(NUMBERS, model.link.inverse(NUMBERS, eta), constants[at]) + 0 * eta

    if len(of) == 1:
        centre = mean(expected)
        if asked.moment == "E":
            return centre
        return mean(spread) + mean(lambda eta: (expected(eta) - centre) ** 2)
    one, other = (mean(lambda *etas, at=at: expected(etas[at], at)) for at in (0, 1))
    together = mean(lambda a, b: (expected(a) - one) * (expected(b, 1) - other))
    if asked.moment == "Cov":
        return together
    first = mean(lambda a, b: spread(a) + (expected(a) - one) ** 2)
    second = mean(lambda a, b: spread(b, 1) + (expected(b, 1) - other) ** 2)
    return together / float(np.sqrt(first * second))
