"""Ranks and generalized inverses of matrices with letters: by their definition, and beside SymPy's."""

from __future__ import annotations

import pytest
import sympy
from hypothesis import given
from hypothesis import strategies as st
from sympy.matrices.immutable import ImmutableDenseMatrix

from tutor.algebra.structure.rank_of_entries import generalized_inverse_of_entries, rank_of_entries

a, b = sympy.symbols("a b", positive=True)
c = sympy.Symbol("c", real=True)
ENTRIES = (sympy.S.Zero, sympy.S.One, sympy.Integer(-2), a, a + b, a * c, 1 / (a + b), sympy.sqrt(a), c / sympy.sqrt(b))


POINT = {a: sympy.Rational(17, 13) ** 2, b: sympy.Rational(23, 7) ** 2, c: sympy.Rational(-19, 29)}
"""Squares for the positive letters, so that roots are exact."""


def at_point(matrix: ImmutableDenseMatrix) -> ImmutableDenseMatrix:
    return matrix.applyfunc(lambda entry: entry.subs(POINT))


@given(st.integers(1, 3), st.integers(1, 3), st.integers(1, 2), st.data())
def test_a_generalized_inverse_has_the_four_properties(n: int, p: int, k: int, data: st.DataObject) -> None:
    left, right = (data.draw(st.lists(st.sampled_from(ENTRIES), min_size=m, max_size=m)) for m in (n * k, k * p))
    A = ImmutableDenseMatrix(n, k, left) * ImmutableDenseMatrix(k, p, right)
    G = generalized_inverse_of_entries(A)
    assert G.shape == (p, n)
    rank, A, G = rank_of_entries(A), at_point(A), at_point(G)
    assert A * G * A == A
    assert G * A * G == G
    assert (A * G).T == A * G
    assert (G * A).T == G * A
    assert sympy.trace(A * G) == rank, "the rank of a projection is its trace"


@pytest.mark.parametrize(("entries", "rank"), [
    ([[sympy.exp(a), sympy.exp(2 * a)], [1, sympy.exp(a)]], 1),  # functions that are not independent
    ([[sympy.sqrt(a), a], [1, sympy.sqrt(a)]], 1),
    ([[a, b], [b, a]], 2),
    ([[0, 0], [0, 0]], 0),
])  # fmt: skip
def test_a_rank_is_that_of_all_values_of_the_letters(entries: list[list[sympy.Expr]], rank: int) -> None:
    A = ImmutableDenseMatrix(entries)
    assert rank_of_entries(A) == rank
    G = generalized_inverse_of_entries(A)
    assert (A * G * A - A).applyfunc(sympy.simplify).is_zero_matrix
