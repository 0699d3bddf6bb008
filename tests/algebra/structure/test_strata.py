"""The balanced algebra is that of its dense matrices: products, inverses, roots, ranks and eigenvalues, exactly."""

from __future__ import annotations

import random

import pytest
import sympy
from flint import fmpq, fmpq_mat
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from tests.strategies import VARIANCES, balanced_elements, balanced_factors, rationals
from tutor.algebra.draw import DrawnInstance
from tutor.algebra.explicit import explicit
from tutor.algebra.nodes import Identity, Kronecker, Ones
from tutor.algebra.sizes import size
from tutor.algebra.structure.forms import balanced, in_identities, projection
from tutor.algebra.structure.strata import Balanced, Factor, factors, subsets
from tutor.algebra.tree import Tree
from tutor.errors import DomainError, ShapeError

s2, su, sv = VARIANCES
a, b = sympy.symbols("a b", real=True)
positive = st.sampled_from([s2, su, sv, sympy.Integer(2), sympy.Rational(3, 2), s2 * su, 1 / s2])
numbers = rationals().filter(lambda number: number != 0)


def pair(coefficients: st.SearchStrategy[sympy.Expr]) -> st.SearchStrategy[tuple[Balanced, Tree]]:
    return balanced_factors().flatmap(lambda each: balanced_elements(each, coefficients))


def two(coefficients: st.SearchStrategy[sympy.Expr]) -> st.SearchStrategy[tuple[tuple[Balanced, Tree], ...]]:
    return balanced_factors().flatmap(lambda each: st.tuples(*[balanced_elements(each, coefficients)] * 2))


def dense(tree: Tree) -> fmpq_mat:
    """A matrix of numbers over FLINT."""
    entries = [[fmpq(int(x.p), int(x.q)) for x in row] for row in explicit(tree).tolist()]
    return fmpq_mat(entries)


def on_one_point(*trees: Tree) -> list[fmpq_mat]:
    """The values of trees at one random point."""
    instance = DrawnInstance(trees, random.Random(1))
    return [instance.value(tree) for tree in trees]


@given(pair(positive))
def test_an_element_is_the_matrix_that_it_was_made_of(drawn: tuple[Balanced, Tree]) -> None:
    element, tree = drawn
    ours, theirs = on_one_point(element.tree(), tree)
    assert ours == theirs


@given(two(positive))
def test_sums_and_products_are_those_of_the_matrices(drawn: tuple[tuple[Balanced, Tree], ...]) -> None:
    (left, A), (right, B) = drawn
    product, difference, AB, A_B = on_one_point((left @ right).tree(), (left - right).tree(), A @ B, A - B)
    assert product == AB
    assert difference == A_B
    assert (left @ right).same_as(right @ left)


@given(pair(positive))
def test_inverse_determinant_and_trace_of_positive_coefficients(drawn: tuple[Balanced, Tree]) -> None:
    element, tree = drawn
    regular = element + Balanced.identity(element.factors) * s2
    instance = DrawnInstance([tree], random.Random(2))
    value = instance.value(tree + s2 * Identity(element.order))
    assert instance.value(regular.inverse().tree()) == value.inv()
    assert instance.number(regular.determinant()) == value.det()
    assert instance.number(element.trace) == instance.arithmetic.entry(instance.value(tree.trace()), 0, 0)
    assert (regular.inverse() @ regular).same_as(Balanced.identity(element.factors))
    assert regular.conditions("inverse") == ()


@given(pair(numbers))
def test_rank_and_both_inverses_of_numbers(drawn: tuple[Balanced, Tree]) -> None:
    element, tree = drawn
    value = dense(tree)
    assert element.rank == value.rank()
    pseudo = dense(element.pseudo_inverse().tree())
    assert value * pseudo * value == value
    assert pseudo * value * pseudo == pseudo
    assert (value * pseudo).transpose() == value * pseudo
    assert element.determinant() == sympy.Rational(int(value.det().p), int(value.det().q))
    if value.rank() == element.order:
        assert dense(element.inverse().tree()) == value.inv()
        assert dense(element.power(-2).tree()) == value.inv() ** 2
    else:
        with pytest.raises(DomainError):
            element.inverse()
        with pytest.raises(DomainError):
            element.log_determinant()


@settings(max_examples=40)
@given(pair(numbers))
def test_eigenvalues_with_their_multiplicities(drawn: tuple[Balanced, Tree]) -> None:
    element, tree = drawn
    value = dense(tree)
    order = value.nrows()
    assert sum(found.multiplicity for found in element.eigenvalues) == order
    assert len({found.value for found in element.eigenvalues}) == len(element.eigenvalues)
    for found in element.eigenvalues:
        assert found.multiplicity > 0
        shift = fmpq(int(found.value.p), int(found.value.q))  # pyright: ignore[reportAttributeAccessIssue]
        shifted = value - shift * dense(Identity(element.order))
        assert shifted.rank() == order - found.multiplicity
        P = dense(projection(element.factors, found.subsets))
        assert P * P == P
        assert value * P == shift * P


@given(pair(positive))
def test_a_root_squared_is_the_matrix(drawn: tuple[Balanced, Tree]) -> None:
    element, _ = drawn
    square = element @ element
    root = square.sqrt()
    assert (root @ root).same_as(square)
    assert (element.power(sympy.Rational(1, 2)) @ element.power(sympy.Rational(1, 2))).same_as(element)


@given(pair(positive))
def test_the_strata_give_the_element_back(drawn: tuple[Balanced, Tree]) -> None:
    element, _ = drawn
    total = Balanced.identity(element.factors) * 0
    for found in element.eigenvalues:
        total = total + Balanced.projection(element.factors, found.subsets) * found.value
    assert (total - element).trace == 0
    ours, theirs = on_one_point(total.tree(), element.tree())
    assert ours == theirs


@given(pair(positive))
def test_a_tree_is_recognised_with_and_without_its_factors(drawn: tuple[Balanced, Tree]) -> None:
    element, tree = drawn
    named = balanced(tree, element.factors)
    assert named is not None
    assert named.same_as(element)
    found = balanced(tree)
    assert found is not None
    ours, theirs = on_one_point(in_identities(found), tree)
    assert ours == theirs


@given(balanced_factors(), st.data())
def test_projections_onto_any_strata_are_idempotent(drawn: tuple[Factor, ...], data: st.DataObject) -> None:
    members = data.draw(st.sets(st.sampled_from(subsets(len(drawn))), min_size=1))
    P = dense(projection(drawn, members))
    assert P * P == P
    element = Balanced.projection(drawn, members)
    assert dense(element.tree()) == P
    assert element.rank == P.rank()


def test_letters_are_kept() -> None:
    design = factors(block="r", whole="a", sub="s")
    V = s2 * Balanced.identity(design)
    V = V + sv * Balanced.kronecker(design, [True, True, False]) + su * Balanced.kronecker(design, [True, False, False])
    r, a_, s = (size(letter) for letter in "ras")
    assert {(e.value, e.multiplicity) for e in V.eigenvalues} == {
        (s2 + s * sv + a_ * s * su, r),
        (s2 + s * sv, r * (a_ - 1)),
        (s2, r * a_ * (s - 1)),
    }
    assert sympy.expand(V.trace - r * a_ * s * (s2 + su + sv)) == 0
    assert V.rank == r * a_ * s


def test_different_factors_do_not_meet() -> None:
    with pytest.raises(ShapeError):
        _ = Balanced.identity(factors(a=2, b=3)) + Balanced.identity(factors(a=3, b=2))


@pytest.mark.parametrize(
    ("element", "told"),
    [
        (Balanced.ones(factors(a="n")), "has rank 1 and n rows, so it has no inverse unless n = 1"),
        (Balanced.ones(factors(a=3)), "has rank 1 and 3 rows, so it has no inverse"),
        (
            Balanced.kronecker(factors(block="b", plot="t"), [True, False]),
            "has rank b and bt rows, so it has no inverse unless t = 1",
        ),
    ],
)
def test_a_singular_element_says_its_rank(element: Balanced, told: str) -> None:
    with pytest.raises(DomainError, match=told):
        element.inverse()


def test_j_of_one_row_has_an_inverse() -> None:
    assert Balanced.ones(factors(a=1)).inverse().same_as(Balanced.identity(factors(a=1)))


def test_poles_are_told_where_signs_leave_them_open() -> None:
    t = factors(a="n")
    element = a * Balanced.identity(t) + b * Balanced.ones(t)
    assert {str(condition) for condition in element.conditions("inverse")} == {"a ≠ 0", "a + n b ≠ 0"}
    assert {str(condition) for condition in element.conditions("root")} == {"a ≥ 0", "a + n b ≥ 0"}
    assert {str(condition) for condition in element.conditions("logarithm")} == {"a > 0", "a + n b > 0"}


def test_the_root_of_a_negative_matrix_is_refused() -> None:
    with pytest.raises(DomainError, match="negative"):
        (Balanced.identity(factors(a=2)) * -s2).sqrt()


def test_a_tree_that_is_not_balanced_is_none() -> None:
    from tutor.algebra.build import symbol

    A = symbol("A", 2, 2)
    assert balanced(Kronecker((Identity(size(3)), A))) is None
    assert balanced(Ones(size(3))) is None
    assert balanced(A.inv()) is None


@settings(max_examples=25)
@given(pair(numbers))
def test_the_log_determinant_is_the_logarithm(drawn: tuple[Balanced, Tree]) -> None:
    element, _ = drawn
    square = element @ element
    assume(all(found.value != 0 for found in square.eigenvalues))
    difference = sympy.expand_log(sympy.log(square.determinant()), force=True) - square.log_determinant()
    assert abs(sympy.N(difference)) < 1e-9
