"""Estimates and predictions as numbers at given parameters, each with its standard error."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

from tutor.algebra.parameters import scalars_of, sizes_of
from tutor.display import Shown
from tutor.errors import UnknownNameError
from tutor.models.inference.fit_table import Estimate
from tutor.notation.write import shown_as_table
from tutor.notation.writing.pen import Pen, Piece, written
from tutor.notation.writing.write_table import Table

if TYPE_CHECKING:
    from tutor.algebra.tree import Tree
    from tutor.models.mixed import MixedModel


@dataclass(frozen=True, slots=True, repr=False, eq=False)
class Estimates(Shown):
    """Numbers by the names of what they estimate or predict.

    ``values`` are k numbers in the order of ``names``, ``covariance`` is k × k: Var(β̂), or Var(û − u) of predictions,
    whose roots are the standard errors. ``what`` says in words what they are.
    """

    what: str
    names: tuple[str, ...]
    values: np.ndarray
    covariance: np.ndarray

    @property
    def standard_errors(self) -> np.ndarray:
        """The roots of the diagonal of ``covariance``, k numbers; a variance of 0 that rounding made negative is 0."""
        return np.sqrt(np.clip(np.diag(self.covariance), 0, None))

    def __len__(self) -> int:
        return len(self.names)

    def __iter__(self) -> Iterator[tuple[str, Estimate]]:
        for name, value, error in zip(self.names, self.values, self.standard_errors, strict=True):
            yield name, Estimate(float(value), float(error))

    def __getitem__(self, name: str) -> Estimate:
        """One of them by name. Raises UnknownNameError for another."""
        found = dict(self)
        if name not in found:
            raise UnknownNameError("The effect", name, found)
        return found[name]


def check_names(model: MixedModel, values: Mapping[str, Any]) -> None:
    """Raise UnknownNameError for a value of what is no parameter of a model."""
    known = [parameter.key for parameter in model.parameters]
    known += [str(letter) for letter in scalars_of(model.X) if str(letter) not in known]
    for name in values:
        if name not in known:
            raise UnknownNameError("The parameter", name, known)


def numbers(tree: Tree, values: Mapping[str, float]) -> np.ndarray:
    """The entries of a tree at those of the values that it needs. Raises DomainError as ``tree.numpy`` does."""
    needed = {str(letter) for letter in (*scalars_of(tree), *sizes_of(tree))}
    return tree.numpy(**{name: value for name, value in values.items() if name in needed})


def _table(found: Estimates) -> Table:
    rows = tuple((name, f"{each.value:.6g}", f"{each.standard_error:.6g}") for name, each in found)
    return Table((found.what, "value", "standard error"), rows)


@written.register
def write_estimates(found: Estimates, pen: Pen) -> Piece:
    """The names with their numbers on one line."""
    return Piece(pen.dialect.verbatim(", ".join(f"{name}: {each.value:.6g}" for name, each in found)))


shown_as_table(Estimates, _table)
