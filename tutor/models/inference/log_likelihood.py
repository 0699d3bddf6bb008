"""The log-likelihood of a model as a derivation, and its numbers."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, get_args

import numpy as np

from tutor.algebra.nodes import Explicit, Symbol
from tutor.algebra.parameters import by_name
from tutor.algebra.rules import Derivation
from tutor.algebra.tree import Tree
from tutor.algebra.walk import walk
from tutor.errors import DataError, DomainError, UnknownNameError
from tutor.models.inference.closed_log_density import (
    invariance_derivation,
    ml_derivation,
    profile_derivation,
    reml_derivation,
)
from tutor.models.inference.explained import Explained, Part
from tutor.models.inference.likelihood import Likelihood, Method
from tutor.models.inference.log_density import Pieces
from tutor.models.inference.response import response_of
from tutor.notation.writing.write_table import Table

if TYPE_CHECKING:
    from tutor.models.mixed import MixedModel


@dataclass(frozen=True, slots=True, repr=False)
class LogLikelihood(Explained):
    """The log-likelihood of the parameters of G and R, by REML or, with β, by ML.

    ``derivation`` builds it up from the normal density; ``profile`` is that of ML at the GLS estimate of β, as a
    function of the variances alone, None for REML, which has no β in it. ``invariance`` shows for REML what another
    choice of independent columns of X does, where they depend on one another.
    """

    model: MixedModel = field(repr=False)
    method: Method
    derivation: Derivation
    profile: Derivation | None
    invariance: Derivation | None

    @property
    def tree(self) -> Tree:
        """The last line of the derivation."""
        return self.derivation.result

    def number(self, y: Any = None, beta: Any = None, *, harville: bool = False, **parameters: float) -> float:
        """The value for a response, n numbers, by default that of the model's data, at values of the parameters.

        ``beta`` are the p coefficients for ML; without them it is taken at their GLS estimate, where it is largest. The
        REML value is that of lme4 and nlme; with ``harville`` ½ log |X'X| is added to it.

        Raises
        ------
        DomainError
            For a value outside its domain, or one that is missing; for ``beta`` with REML.
        DataError
            For a response or coefficients of another number.
        UnknownNameError
            For a parameter that the model does not have.
        SizeError
            When a size of the model is a letter.
        """
        response = response_of(self.model, y)
        values = checked_values(self.model, parameters)
        likelihood = Likelihood(self.model, response, self.method)
        point = likelihood.at(values)
        if harville and self.method == "REML":
            return point.log_likelihood + 0.5 * float(np.linalg.slogdet(likelihood.X.T @ likelihood.X)[1])
        if beta is None:
            return point.log_likelihood
        r = likelihood.y - self.model.X.numpy() @ coefficients_of(self.model, self.method, beta)
        return -0.5 * (len(r) * math.log(2 * math.pi) + point.log_determinant + float(r @ point.V_inverse @ r))

    @property
    def parts(self) -> Sequence[Part]:
        found: list[Part] = [_HEADS[self.method], self.derivation]
        if self.profile is not None:
            found += ["At the GLS estimate of β, where it is largest for given variances:", self.profile]
        if self.invariance is not None:
            found += [_CHOICE, self.invariance]
        told = [self.derivation] if self.profile is None else [self.derivation, self.profile]
        return [*found, *meanings(self.model, told)]


_HEADS: Mapping[Method, str] = {
    "ML": "The log-likelihood of y, a function of β and of the variances",
    "REML": "The REML log-likelihood, that of error contrasts, a function of the variances; Harville's version keeps "
    "the constant ½ log |X'X|, which lme4 and nlme leave out",
}


_CHOICE = (
    "Any other independent columns that span the same are X_1 T. They change the logarithm by a constant without a "
    "variance in it, and ½ log |X'X| of Harville's version by the same, so that no estimate depends on the choice:"
)


def log_likelihood(model: MixedModel, method: Method = "REML") -> LogLikelihood:
    """The log-likelihood of a model, built up from the normal density of y, or of error contrasts for REML.

    Where columns of X depend on others the determinant |X'V⁻¹X| is that of X_1, the columns that do not depend on those
    before them. Another choice X_1T changes it by |T|², a constant, as the choice of K changes |K'K|; Harville's
    version, with ½ log |X'X| added, is the same for all.

    Raises
    ------
    UnknownNameError
        For another method.
    TutorError
        For REML when X has as many independent columns as rows.
    """
    check_method(method)
    pieces = Pieces(model)
    if method == "ML":
        return LogLikelihood(model, method, ml_derivation(pieces), profile_derivation(pieces), None)
    invariance = None if pieces.X == model.X else invariance_derivation(pieces)
    return LogLikelihood(model, method, reml_derivation(pieces), None, invariance)


def check_method(method: str) -> None:
    """Raise UnknownNameError for anything but "REML" and "ML"."""
    if method not in get_args(Method):
        raise UnknownNameError("The method", method, get_args(Method))


def checked_values(model: MixedModel, parameters: Mapping[str, float]) -> dict[str, float]:
    """The values of all parameters of G and R.

    Raises
    ------
    UnknownNameError
        For a name that is none of them.
    DomainError
        When one is missing or no number.
    """
    keys = [parameter.key for parameter in model.parameters]
    parameters = by_name(parameters, keys)
    for name in parameters:
        if name not in keys:
            raise UnknownNameError("The parameter", name, keys)
    missing = [key for key in keys if key not in parameters]
    if missing:
        raise DomainError(f"Values are needed for {', '.join(missing)}.", tip=f"Give them by name: {missing[0]}=1, ….")
    return {key: float(parameters[key]) for key in keys}


def coefficients_of(model: MixedModel, method: Method, beta: Any) -> np.ndarray:
    """The fixed effects for ML, p numbers in the order of X's columns.

    Raises
    ------
    DomainError
        For REML, in which they have no part.
    DataError
        For another number of them.
    """
    if method == "REML":
        raise DomainError("The REML likelihood is that of error contrasts, in which β has no part.",
                          tip='Leave beta out, or ask for "ML".')  # fmt: skip
    found = np.asarray(beta, dtype=float).ravel()
    if len(found) != model.X.columns:
        raise DataError(f"beta has {len(found)} numbers; X has {model.X.columns} columns.",
                        tip="Give one for each column of m.X.")  # fmt: skip
    return found


def meanings(model: MixedModel, derivations: Sequence[Derivation], others: Sequence[Symbol] = ()) -> list[Part]:
    """A table of what the names in derivations, and ``others``, stand for that are no names of the model; none without
    any."""
    own = set(model.symbols)
    found: dict[Symbol, None] = {}
    for derivation in derivations:
        for line in derivation.lines[1:]:
            found.update(dict.fromkeys(node for node in walk(line) if isinstance(node, Symbol) and node not in own))
    found.update(dict.fromkeys(others))
    rows = [(symbol, _meaning(symbol)) for symbol in found]
    return [Table(("where", "is"), tuple(rows))] if rows else []


_MOST_ENTRIES = 36
"""Entries of a matrix that a table has room for."""

_IN_WORDS = {
    "y": "the observations, with the variance V of the restricted model",
    "K": "independent columns with K'X = 0, as many as there are observations less rank(X)",
    "X_1": "the columns of X that do not depend on those before them",
}


def _meaning(symbol: Symbol) -> Tree | str:
    words = _IN_WORDS.get(symbol.name)
    if isinstance(symbol.definition, Explicit) and len(symbol.definition.matrix) > _MOST_ENTRIES and words is None:
        words = f"a matrix of numbers, {symbol.rows} × {symbol.columns}"
    if words is not None or symbol.definition is None:
        return words or f"{symbol.rows} × {symbol.columns}"
    return symbol.definition
