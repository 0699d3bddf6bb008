"""Covariance matrices of random effects of which each variance and each covariance is a parameter of its own."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
import sympy
from sympy.matrices.immutable import ImmutableDenseMatrix

from tutor.algebra.numeric import outside

if TYPE_CHECKING:
    from tutor.models.mixed import MixedModel

ROUNDING = 1e-10
"""A negative eigenvalue of correlations up to this size is 0."""

SINGULAR = 1e-7
"""An eigenvalue that is this part of the largest one, in the units of the standard deviations, is 0."""


@dataclass(frozen=True, slots=True)
class Block:
    """An unstructured covariance matrix, k × k, by the keys of its entries."""

    keys: tuple[tuple[str, ...], ...]

    @property
    def order(self) -> list[tuple[int, int]]:
        """The positions on and below the diagonal, k(k + 1)/2."""
        return [(i, j) for i in range(len(self.keys)) for j in range(i + 1)]

    @property
    def all_keys(self) -> tuple[str, ...]:
        """The keys of its parameters, in the order of ``order``."""
        return tuple(self.keys[i][j] for i, j in self.order)

    def matrix(self, values: Mapping[str, float]) -> np.ndarray:
        """Its entries at values, k × k."""
        return np.array([[values[key] for key in row] for row in self.keys])

    def values(self, matrix: np.ndarray) -> dict[str, float]:
        """The parameters of a matrix, k × k."""
        return {self.keys[i][j]: float(matrix[i, j]) for i, j in self.order}

    def without(self, vanishing: Collection[str]) -> dict[str, float]:
        """The parameters that are 0 where some variances are: those, and their covariances with the others."""
        gone = [row[i] in vanishing for i, row in enumerate(self.keys)]
        return {self.keys[i][j]: 0.0 for i, j in self.order if gone[i] or gone[j]}

    def check(self, values: Mapping[str, float]) -> None:
        """Raise DomainError for values that are no covariance matrix; a singular one is, up to rounding."""
        matrix = self.matrix(values)
        if min(np.diag(matrix)) < 0 or spectrum(matrix)[0][0] < -ROUNDING:
            raise outside(matrix, f"the matrix of {', '.join(self.all_keys)}", {k: values[k] for k in self.all_keys})

    def is_singular(self, values: Mapping[str, float], part: float = SINGULAR) -> bool:
        """Whether the least eigenvalue of the correlations is up to this part 0, or a variance is."""
        return bool(spectrum(self.matrix(values))[0][0] <= part)


def unstructured_blocks(model: MixedModel) -> list[Block]:
    """The covariance matrices of random effects in which every variance and covariance is a parameter of its own."""
    return [block for term in model.random for block in blocks_of(term.covariance.blocks)]


def blocks_of(matrices: Sequence[ImmutableDenseMatrix]) -> list[Block]:
    """Those of the matrices whose entries on and below the diagonal are different parameters."""
    found: list[Block] = []
    for matrix in matrices:
        k = matrix.rows
        entries = [matrix[i, j] for i in range(k) for j in range(i + 1)]
        if k > 1 and len(set(entries)) == len(entries) and all(isinstance(entry, sympy.Symbol) for entry in entries):
            found.append(Block(tuple(tuple(str(matrix[i, j]) for j in range(k)) for i in range(k))))
    return found


def spectrum(matrix: np.ndarray) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Eigenvalues and eigenvectors of the correlations, and the scales: those of variances that are 0 count as 0."""
    scales = np.sqrt(np.maximum(np.diag(matrix), 0))
    whole = np.where(scales > 0, scales, 1.0)
    values, vectors = np.linalg.eigh(matrix / np.outer(whole, whole))
    return values, vectors, whole
