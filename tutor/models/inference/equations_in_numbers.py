"""The mixed-model equations in numbers, and their solution."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

from tutor.algebra.doubles import Floating
from tutor.algebra.numeric import GivenInstance
from tutor.algebra.parameters import scalars_of
from tutor.display import Shown
from tutor.errors import DomainError, TutorError
from tutor.models.inference.estimates import Estimates, check_names, numbers
from tutor.models.inference.estimator import NOT_UNIQUE_TIP
from tutor.models.inference.response import response_of
from tutor.notation.write import shown_as_table
from tutor.notation.writing.pen import Pen, Piece, written
from tutor.notation.writing.write_table import Table

if TYPE_CHECKING:
    from tutor.models.mixed import MixedModel

SINGULAR = 1e-12
"""An eigenvalue of G below this share of the largest counts as 0."""

MOST_SHOWN = 12
"""Equations that are shown as a table."""


@dataclass(frozen=True, slots=True, repr=False, eq=False)
class SolvedEquations(Shown):
    """The matrix of the equations, (p + q) × (p + q), their right-hand side, p + q numbers, and a ``solution``.

    ``effects`` are û with the standard errors of û − u. β̂ is the first p numbers of the solution: one of many where the
    columns of X depend on each other, so that ``beta`` refuses to tell it then.
    """

    names: tuple[str, ...]
    matrix: np.ndarray
    right: np.ndarray
    solution: np.ndarray
    effects: Estimates
    _beta: Estimates | None

    @property
    def beta(self) -> Estimates:
        """β̂ with its standard errors. Raises TutorError where it is not unique."""
        if self._beta is None:
            raise TutorError("β̂ is not unique: columns of X depend on each other.", tip=NOT_UNIQUE_TIP)
        return self._beta


def solved(model: MixedModel, response: Any, parameters: Mapping[str, float], multiplied: bool) -> SolvedEquations:
    """The equations of a model at values of its parameters. Raises as `MixedModelEquations.at` does."""
    y = response_of(model, response)
    check_names(model, parameters)
    if model.offset is not None:
        y = y - model.offset.numpy().ravel()
    assert model.Z is not None
    X, Z = numbers(model.X, parameters), model.Z.numpy()
    weighted = np.linalg.solve(numbers(model.R, parameters), np.column_stack([X, Z, y]))
    whole = np.column_stack([X, Z]).T @ weighted
    matrix, right, p = whole[:, :-1], whole[:, -1], X.shape[1]
    G, singular = _variance_of_effects(model, parameters)
    after = np.eye(len(right))
    if multiplied:
        after[p:, p:] = G  # the equations of û times G
        matrix, right = after @ matrix, after @ right
        matrix[p:, p:] += np.eye(len(G))
    elif singular:
        zero = [name for name, value in parameters.items() if value == 0]
        why = f", since {' and '.join(zero)} = 0" if zero else ""
        raise DomainError(
            f"G is singular at these values{why}: G⁻¹ does not exist.",
            tip="m.henderson(multiplied=True).at(…) has the equations of û multiplied by G.",
        )
    else:
        matrix[p:, p:] += np.linalg.inv(G)
    is_unique = model.rank == model.p
    inverse = np.linalg.inv(matrix) if is_unique else np.linalg.pinv(matrix)
    solution = np.linalg.solve(matrix, right) if is_unique else inverse @ right
    errors = inverse @ after
    fixed = tuple(model.X.column_labels or (str(j + 1) for j in range(p)))
    random = tuple(label for term in model.random for label in term.labels or ())
    return SolvedEquations(
        names=(*fixed, *random),
        matrix=matrix,
        right=right,
        solution=solution,
        effects=Estimates("BLUP", random, solution[p:], errors[p:, p:]),
        _beta=Estimates("BLUE", fixed, solution[:p], errors[:p, :p]) if is_unique else None,
    )


def _variance_of_effects(model: MixedModel, parameters: Mapping[str, float]) -> tuple[np.ndarray, bool]:
    """G, q × q, and whether it is singular. Raises DomainError where it is no covariance matrix."""
    assert model.G is not None
    names = [str(letter) for letter in scalars_of(model.G)]
    missing = [name for name in names if name not in parameters]
    if missing:
        raise DomainError(f"Values are needed for {', '.join(missing)}.", tip=f"Give them by name: {missing[0]}=1, ….")
    G = GivenInstance(parameters, {}, Floating()).value(model.G)
    eigenvalues = np.linalg.eigvalsh(G)
    if eigenvalues[0] < -SINGULAR * max(eigenvalues[-1], 1):
        raise DomainError(
            f"With these values {', '.join(names)} make no covariance matrix: G has a negative eigenvalue."
        )
    return G, bool(eigenvalues[0] <= SINGULAR * eigenvalues[-1])


# Showing


def _table(found: SolvedEquations) -> Table:
    names = found.names[:MOST_SHOWN]
    rows = [
        (name, *(f"{x:.6g}" for x in line[: len(names)]), f"{right:.6g}", f"{value:.6g}")
        for name, line, right, value in zip(names, found.matrix, found.right, found.solution, strict=False)
    ]
    left_out = len(found.names) - len(names)
    if left_out:
        rows.append((f"and {left_out} more", *("" for _ in names), "", ""))
    return Table(("", *names, "right", "solution"), tuple(rows))


@written.register
def write_solved_equations(found: SolvedEquations, pen: Pen) -> Piece:
    """The solution on one line."""
    told = ", ".join(f"{name}: {value:.6g}" for name, value in zip(found.names, found.solution, strict=True))
    return Piece(pen.dialect.verbatim(told))


shown_as_table(SolvedEquations, _table)
