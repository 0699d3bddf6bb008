"""Which mean squares are multiples of χ², and independent: AVA = λA and AVB = 0 for any variances, for a normal y.

Source: Searle (1971), Linear Models, section 2.5.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import combinations

from flint import fmpq, fmpq_mat

from tutor.algebra.arithmetic import Exact
from tutor.algebra.evaluate import Instance
from tutor.models.inference.mean_squares import MeanSquares
from tutor.models.inference.source_parts import Source


def are_multiples_of_chi_squared(squares: MeanSquares, sources: Sequence[Source]) -> bool:
    """Whether the mean squares are independent multiples of χ²: exactly, by the rows where there are numbers of them;
    with letters for sizes the tables are those of balanced designs, but for what groups of unequal sizes have."""
    if any(share in squares.sizes for source in sources for _, share in source.coefficients):
        return False
    if not squares.model.n.is_Integer:
        return True
    if not all(are_independent(squares, *pair) for pair in combinations(sources, 2)):
        return False
    return all(_is_multiple(squares, source) for source in sources)


def are_independent(squares: MeanSquares, first: Source, second: Source) -> bool:
    """Whether AVB = 0, by the rows; with letters for sizes as `are_multiples_of_chi_squared`."""
    if not squares.model.n.is_Integer:
        return are_multiples_of_chi_squared(squares, (first, second))
    A, B = (_value(squares, source) for source in (first, second))
    return A * B == 0 * B and all(A * W * B == 0 * B for W in _matrices(squares))


def _is_multiple(squares: MeanSquares, source: Source) -> bool:
    """Whether AVA = λA."""
    A, f = _value(squares, source), source.degrees_of_freedom
    if f == 0:
        return True
    for W in _matrices(squares):
        kept = A * W * A
        share = sum((kept[j, j] for j in range(kept.nrows())), fmpq(0))
        if kept * fmpq(int(f)) != A * share:
            return False
    return True


def _value(squares: MeanSquares, source: Source) -> fmpq_mat:
    return Instance(Exact()).value(squares.projections[source.name])


def _matrices(squares: MeanSquares) -> Iterator[fmpq_mat]:
    """The matrices of V beside I."""
    value = Instance(Exact()).value
    return (value(matrix) for _, matrix in squares.variance_in_components if matrix is not None)
