"""Ranks and generalized inverses of matrices of entries, by elimination with rational functions."""

from __future__ import annotations

from collections.abc import Mapping

import sympy
from sympy.matrices.immutable import ImmutableDenseMatrix
from sympy.polys.matrices import DomainMatrix

from tutor.algebra.structure.generators import as_rational_functions, put_back


def rank_of_entries(matrix: ImmutableDenseMatrix) -> int:
    """The rank of a matrix, n × p, for all values of its letters but those of a null set."""
    rational, back = as_rational_functions(matrix)
    if _has_functions(back):
        return matrix.rank()
    return len(_echelon(_over_field(rational))[1])


def generalized_inverse_of_entries(matrix: ImmutableDenseMatrix) -> ImmutableDenseMatrix:
    """A⁺, p × n, the generalized inverse of Moore and Penrose of a matrix, n × p, each entry cancelled.

    A = BC with the independent columns B of A and the rows C of its echelon form that are not 0, so that
    A⁺ = C'(CC')⁻¹(B'B)⁻¹B'. Source: Searle (1982), Matrix Algebra Useful for Statistics, section 8.5.
    """
    rational, back = as_rational_functions(matrix)
    if _has_functions(back):
        return ImmutableDenseMatrix(matrix.pinv())
    entries = _over_field(rational)
    echelon, pivots = _echelon(entries)
    if not pivots:
        return ImmutableDenseMatrix.zeros(matrix.cols, matrix.rows)
    B, C = entries.extract(range(matrix.rows), pivots), echelon.extract(range(len(pivots)), range(matrix.cols))
    first, second = (C * C.transpose()).inv(), (B.transpose() * B).inv()
    found = C.transpose() * first * second * B.transpose()
    cells = {
        (i, j): put_back(found.domain.to_sympy(value), back)
        for i, line in found.to_sdm().items()
        for j, value in line.items()
    }
    return ImmutableDenseMatrix.from_dok(matrix.cols, matrix.rows, cells)


def _has_functions(back: Mapping[sympy.Basic, sympy.Basic]) -> bool:
    """Whether letters stand for more than roots of letters: e^x and e^2x are no independent letters, and a rank by them
    would be too large."""
    return any(not isinstance(part, sympy.Pow) or not isinstance(part.base, sympy.Symbol) for part in back.values())


def _over_field(matrix: ImmutableDenseMatrix) -> DomainMatrix:
    return sympy.Matrix(matrix).to_DM().to_field().to_sparse()


def _echelon(matrix: DomainMatrix) -> tuple[DomainMatrix, tuple[int, ...]]:
    echelon, pivots = matrix.rref()
    return echelon, tuple(pivots)
