"""Double precision that keeps only what is not zero: V of ten thousand rows has a few entries in each.

scipy comes with the extra "sparse" and is imported when the first matrix is made.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, cast

import numpy as np

from tutor.algebra.doubles import Doubles
from tutor.errors import DomainError, TutorError

if TYPE_CHECKING:
    from scipy.sparse import csr_array


def _scipy_sparse() -> Any:
    try:
        import scipy.sparse
    except ImportError:
        raise TutorError(
            "Sparse matrices need scipy, which is not installed.",
            tip='pip install "mixed-model-tutor[sparse]", or ask for numpy(…) without sparse.',
        ) from None
    return scipy.sparse


class Sparse(Doubles):
    """scipy's compressed rows."""

    def __init__(self) -> None:
        self._sparse = _scipy_sparse()

    def matrix(self, rows: int, columns: int, entries: Mapping[tuple[int, int], float]) -> csr_array:
        if not entries:
            return self._sparse.csr_array((rows, columns))
        places = np.array(list(entries))
        values = np.array(list(entries.values()), dtype=float)
        return self._sparse.csr_array((values, (places[:, 0], places[:, 1])), shape=(rows, columns))

    def entry(self, matrix: csr_array, row: int, column: int) -> float:
        return float(matrix[row, column])

    def entries(self, matrix: csr_array) -> list[list[float]]:
        return matrix.toarray().tolist()

    def multiply(self, left: csr_array, right: csr_array) -> csr_array:
        return left @ right

    def shape(self, matrix: csr_array) -> tuple[int, int]:
        return cast("tuple[int, int]", matrix.shape)

    def inverse(self, matrix: csr_array) -> csr_array:
        from scipy.sparse.linalg import splu

        try:
            factors = splu(matrix.tocsc())
        except RuntimeError:  # what scipy says of a singular matrix
            raise DomainError("The matrix is singular: it has no inverse.") from None
        return self._sparse.csr_array(factors.solve(np.eye(self.shape(matrix)[0])))

    def rank(self, matrix: csr_array) -> int:
        return int(np.linalg.matrix_rank(matrix.toarray()))

    def generalized_inverse(self, matrix: csr_array) -> csr_array:
        return self._sparse.csr_array(np.linalg.pinv(matrix.toarray()))

    def determinant(self, matrix: csr_array) -> float:
        return float(np.linalg.det(matrix.toarray()))

    def paste(self, rows: int, columns: int, blocks: list[tuple[int, int, csr_array]]) -> csr_array:
        parts = [(top, left, block.tocoo()) for top, left, block in blocks]
        values = np.concatenate([part.data for _, _, part in parts])
        down = np.concatenate([part.coords[0] + top for top, _, part in parts])
        across = np.concatenate([part.coords[1] + left for _, left, part in parts])
        return self._sparse.csr_array((values, (down, across)), shape=(rows, columns))

    def kronecker(self, left: csr_array, right: csr_array) -> csr_array:
        # Without a format SciPy takes dense blocks, whose zeros it would hold.
        return self._sparse.csr_array(self._sparse.kron(left, right, format="csr"))
