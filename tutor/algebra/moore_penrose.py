"""Moore's and Penrose's generalized inverse over the rationals."""

from __future__ import annotations

from collections.abc import Sequence

from flint import fmpq_mat, nmod_mat

from tutor.algebra.budget import allow
from tutor.algebra.costs import FEW_SECONDS, inverse_seconds, seconds_of_inverse

LARGE_PRIME = 2**61 - 1


def moore_penrose(matrix: fmpq_mat, bits: int) -> fmpq_mat:
    """F'(FF')⁻¹B⁻¹(EE')⁻¹E for A = E'BF, where B is a regular block of A of its rank, and E' and F say how the other
    rows and columns of A are made of those of B.

    ``matrix`` is A, m × n, of integers of so many ``bits`` over a common denominator; the result is n × m. Of the
    numbers of A only those of B are inverted, once: E and F have short ones where A is X'V⁻¹X, whatever V is.
    Source: Ben-Israel and Greville (2003), Generalized Inverses, theorem 1.5, for E'B and F. Raises BudgetSpentError
    where it would take too long.
    """
    rows, columns = _independent(matrix)
    if not rows:
        return _by_echelon(matrix, bits)
    above = _chosen(rows, matrix.nrows()) * matrix
    take = _chosen(columns, matrix.ncols()).transpose()
    B = above * take
    seconds = inverse_seconds(len(rows), bits)
    allow(3 * (seconds if seconds <= FEW_SECONDS else seconds_of_inverse(B, bits)))
    inverse = B.inv()  # its determinant is not 0 modulo a prime
    beside = matrix * take
    F = inverse * above
    if beside * F != matrix:  # the prime divides a minor of A, so that the rank of A is larger
        return _by_echelon(matrix, bits)
    on_right = _right_inverse(F)
    if rows == columns and above == beside.transpose():
        return on_right * inverse * on_right.transpose()
    return on_right * inverse * _right_inverse((beside * inverse).transpose()).transpose()


def _by_echelon(matrix: fmpq_mat, bits: int) -> fmpq_mat:
    """F'(FF')⁻¹(C'C)⁻¹C' for A = CF, C the independent columns of A and F its reduced echelon form."""
    allow(3 * inverse_seconds(min(matrix.nrows(), matrix.ncols()), bits))
    echelon, rank = matrix.rref()
    if not rank:
        return fmpq_mat(matrix.ncols(), matrix.nrows())
    F = _chosen(range(rank), matrix.nrows()) * echelon
    C = matrix * _chosen(leading_columns(echelon, rank), matrix.ncols()).transpose()
    return _right_inverse(F) * (C.transpose() * C).inv() * C.transpose()


def _right_inverse(F: fmpq_mat) -> fmpq_mat:
    """F'(FF')⁻¹, for independent rows."""
    return F.transpose() * (F * F.transpose()).inv()


def _independent(matrix: fmpq_mat) -> tuple[list[int], list[int]]:
    """Rows and columns of which none is made of those before it, as many as the rank is modulo a large prime."""
    residues = nmod_mat(matrix.numer_denom()[0], LARGE_PRIME)
    columns = _leading(residues)
    turned = residues.transpose()
    return (columns if turned == residues else _leading(turned)), columns


def _leading(residues: nmod_mat) -> list[int]:
    """The columns that are not made of those before them."""
    return leading_columns(*residues.rref())


def leading_columns(echelon: fmpq_mat | nmod_mat, rank: int) -> list[int]:
    """Where the first number stands that is not 0, in each row of a reduced echelon form up to its rank."""
    found: list[int] = []
    column = 0
    for row in range(rank):
        while echelon[row, column] == 0:
            column += 1
        found.append(column)
        column += 1
    return found


def _chosen(rows: Sequence[int], number: int) -> fmpq_mat:
    """What takes these rows of a matrix of so many: a product costs less than to take them number by number."""
    result = fmpq_mat(len(rows), number)
    for i, row in enumerate(rows):
        result[i, row] = 1
    return result
