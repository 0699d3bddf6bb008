"""Estimators and predictors that are linear in y, in one shape: a formula, and numbers at given parameters."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from tutor.algebra.tree import Tree
from tutor.errors import TutorError
from tutor.models.inference.derived import Derived
from tutor.models.inference.estimates import Estimates, check_names, numbers
from tutor.models.inference.response import response_of


@dataclass(frozen=True, slots=True, repr=False, eq=False, kw_only=True)
class Estimator(Derived):
    """An estimator or a predictor that is linear in y: ``matrix`` times y (less the offset), k × n and n × 1.

    ``symbol`` is its name, k × 1, with its ``formula`` as definition; ``variance`` is what its standard errors are
    taken from, k × k: the variance of an estimator, and of û − u for predictions. ``names`` are those of its elements,
    None where they are not listed. ``not_unique`` says why its elements have no value of their own, where they have
    none.
    """

    symbol: Tree
    formula: Tree
    matrix: Tree
    variance: Tree
    names: tuple[str, ...] | None
    not_unique: str | None = None

    def at(self, y: Any = None, **parameters: float) -> Estimates:
        """The numbers at given parameters, for a response of n numbers or that of the data.

        Raises
        ------
        DomainError
            For a missing value, or one outside its domain.
        UnknownNameError
            For a name that is no parameter of the model.
        TutorError
            Without a response, and for a vector that is not unique.
        """
        if self.not_unique is not None:
            raise TutorError(self.not_unique, tip=NOT_UNIQUE_TIP)
        response = response_of(self.model, y)
        check_names(self.model, parameters)
        if self.model.offset is not None:
            response = response - self.model.offset.numpy().ravel()
        values = numbers(self.matrix, parameters) @ response
        names = self.names or tuple(str(i + 1) for i in range(len(values)))
        return Estimates(self.what, names, values, numbers(self.variance, parameters))


NOT_UNIQUE_TIP = 'Ask for a function that is estimable, m.blue.of("tau_1 - tau_2"), or for the means: m.blue.fitted.'
