"""Bilinear forms of Kronecker vectors in balanced matrices: variances and covariances of means, with letters."""

from __future__ import annotations

import random

import pytest
import sympy
from hypothesis import given, settings
from hypothesis import strategies as st

import tutor
from tests.exact import assert_derivation_holds, assert_same_value
from tutor.algebra.build import identity, kron, ones, symbol
from tutor.algebra.draw import DrawnInstance
from tutor.algebra.facts import rank
from tutor.algebra.nodes import Inverse, Scalar
from tutor.algebra.sizes import size
from tutor.algebra.structure.bilinear import bilinear_form
from tutor.algebra.tree import Tree
from tutor.algebra.unit_vector import UnitVector
from tutor.errors import DomainError, SizeError, TutorError
from tutor.notation.write import write

s2, s2_u, s2_v = sympy.symbols("sigma2 sigma2_u sigma2_v", positive=True)
b, t, a, s, r = (size(letter) for letter in "btasr")
rcbd, split_plot = tutor.rcbd("t", "b"), tutor.split_plot("a", "s", "r")


def mean(*factors: Tree | str) -> Tree:
    """The vector of a mean: a letter for what is averaged over, a unit vector for a level."""
    vectors = [factor if isinstance(factor, Tree) else ones(factor) for factor in factors]
    count = sympy.Mul(*(size(factor) for factor in factors if isinstance(factor, str)))
    return kron(*vectors) / Scalar(count)


def level(letter: str, place: int) -> UnitVector:
    return UnitVector(size(letter), place)


TREATMENT = [mean("b", level("t", i)) for i in (1, 2)]
WHOLE = [mean("r", level("a", i), "s") for i in (1, 2)]
SUB = [mean("r", "a", level("s", i)) for i in (1, 2)]
CELL = {(i, j): mean("r", level("a", i), level("s", j)) for i in (1, 2) for j in (1, 2)}

# Facts 3 and 4: Searle (1982); Cochran and Cox (1957) for the split plot.
VARIANCES = [
    (rcbd.V, TREATMENT[0], (s2 + s2_u) / b),
    (rcbd.V, TREATMENT[0] - TREATMENT[1], 2 * s2 / b),
    (split_plot.V, WHOLE[0] - WHOLE[1], 2 * (s * s2_v + s2) / (r * s)),
    (split_plot.V, SUB[0] - SUB[1], 2 * s2 / (r * a)),
    (split_plot.V, CELL[1, 1] - CELL[1, 2], 2 * s2 / r),
    (split_plot.V, CELL[1, 1] - CELL[2, 1], 2 * (s2_v + s2) / r),
    (split_plot.V, CELL[1, 1] - CELL[2, 2], 2 * (s2_v + s2) / r),
]


@pytest.mark.parametrize(("V", "k", "expected"), VARIANCES)
def test_variances_of_means_and_differences(V: Tree, k: Tree, expected: sympy.Expr) -> None:
    derivation = bilinear_form(k, V, k)
    assert isinstance(derivation.result, Scalar)
    assert sympy.cancel(derivation.result.value - expected) == 0
    assert_derivation_holds(derivation)


def test_a_covariance_of_means() -> None:
    found = bilinear_form(TREATMENT[0], rcbd.V, TREATMENT[1])
    assert found.result == Scalar(s2_u / b)
    assert_derivation_holds(found)


def test_the_inverse_has_the_reciprocal_eigenvalues() -> None:
    for k in (*TREATMENT, TREATMENT[0] - TREATMENT[1]):
        found = bilinear_form(k, rcbd.V.inv(), k)
        assert isinstance(found.result, Scalar)
        assert_derivation_holds(found)
    with pytest.raises(DomainError):
        bilinear_form(level("n", 1), Inverse(ones("n", "n")), level("n", 1))


@settings(max_examples=30, deadline=None)
@given(
    st.lists(st.sampled_from(["I", "J"]), min_size=2, max_size=3),
    st.lists(st.integers(0, 2), min_size=3, max_size=3),
    st.lists(st.integers(0, 2), min_size=3, max_size=3),
    st.integers(0, 2**32),
)
def test_forms_are_those_of_the_entries(kinds: list[str], left: list[int], right: list[int], seed: int) -> None:
    letters = "abt"[: len(kinds)]
    c = sympy.Symbol("c", positive=True)
    term = kron(*(identity(x) if kind == "I" else ones(x, x) for x, kind in zip(letters, kinds, strict=True)))
    A = Scalar(c) * identity(term.rows) + term
    vectors = [
        mean(*(level(x, place) if place else x for x, place in zip(letters, places, strict=False)))
        for places in (left, right)
    ]
    found = bilinear_form(vectors[0], A, vectors[1])
    instance = DrawnInstance([found.goal], random.Random(seed))
    assert all(instance.value(line) == instance.value(found.goal) for line in found.lines)


def test_products_of_unit_vectors_are_known() -> None:
    d = [UnitVector(t, place) for place in (1, 2)]
    assert (d[0].T @ d[0]).closed_form() == Scalar(sympy.S.One)
    assert (d[0].T @ d[1]).closed_form().shape == (1, 1)
    assert_same_value((d[0].T @ d[1]).closed_form(), Scalar(sympy.S.Zero))
    assert (ones(t, t) @ d[0]).closed_form() == ones(t)
    assert rank(d[0]).value == 1
    assert UnitVector(size(3), 2).explicit() == sympy.Matrix([0, 1, 0])
    assert sympy.ImmutableDenseMatrix(sympy.sympify(UnitVector(size(3), 2))) == sympy.Matrix([0, 1, 0])
    for dialect in ("unicode", "latex", "markdown", "mathml", "typst", "spoken"):
        assert write(d[0], dialect)
    for place in (0, 4):
        with pytest.raises(SizeError, match="no row"):
            UnitVector(size(3), place)


def test_what_is_not_balanced_is_refused() -> None:
    V, x = symbol("V", "n", "n"), UnitVector(size("n"), 1)
    with pytest.raises(TutorError, match="no sum of Kronecker products"):
        bilinear_form(x, V, x)
    with pytest.raises(TutorError, match="no number that the sizes alone tell"):
        bilinear_form(symbol("x", "n"), identity("n") + ones("n", "n"), x)
