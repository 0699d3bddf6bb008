"""Expressions and parameters of a generalized model as numbers."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING, Any, cast

import numpy as np
import sympy

from tutor.algebra.nodes import Scalar
from tutor.algebra.orthants import joint_probability
from tutor.display import writer
from tutor.errors import DomainError, UnknownNameError
from tutor.models.glmm.by_row import by_observation
from tutor.models.glmm.functions import Joint, Phi2
from tutor.models.glmm.predictor import Observation, covariance_of_predictors, mean_of_predictor, predictor_of
from tutor.notation.meaning.functions import Phi

if TYPE_CHECKING:
    from tutor.models.glmm.model import GeneralizedModel

DIGITS = 30
"""Decimal digits of a closed form in numbers, more than a double has."""

WITHIN = 340
"""Decimal digits to which it is worked out: p(1 − p) keeps its own where 1 − p is as small as a double can be."""


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
    if expression.has(Phi2):
        # Of Φ₂ − Φ Φ, a covariance, the products go before there are numbers: next to 1 they would take all digits.
        parted = expression.replace(Phi2, lambda a, b, rho: Phi(a) * Phi(b) + Joint(a, b, rho))  # pyright: ignore[reportOperatorIssue]
        expression = cast(sympy.Expr, sympy.expand(parted))
    put_in = {letter: sympy.Float(values[str(letter)], WITHIN) for letter in expression.free_symbols}
    with_numbers = expression.xreplace(put_in)
    with_numbers = with_numbers.replace(Joint, lambda *ends: sympy.Float(joint_probability(*map(float, ends)), WITHIN))
    with_numbers = with_numbers.replace(Phi, lambda end: sympy.erfc(-end / sympy.sqrt(2)) / 2)
    found = sympy.N(with_numbers, DIGITS)
    if not found.is_real or not found.is_finite or abs(found) > np.finfo(float).max:
        raise DomainError(f"At these values {writer().inline(Scalar(expression))} is no finite number.")
    return float(found)


def numbers_of(
    model: GeneralizedModel, given: Mapping[str, Any], of: Iterable[Observation] = (), *, given_effects: bool = False
) -> dict[str, float]:
    """The parameters by their keys as numbers: variances, constants of the family, effects one by one or as ``beta``;
    with ``given_effects`` the random effects of the observations too.

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
    if given_effects:
        letters |= {str(letter) for each in observations for letter in predictor_of(linear, each).free_symbols}
    if len(observations) == 2:
        letters |= {str(letter) for letter in covariance_of_predictors(linear, *observations).free_symbols}
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
