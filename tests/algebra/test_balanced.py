"""Closed forms equal the dense matrices, for letters and for numbers."""

from __future__ import annotations

import random

import pytest
import sympy
from hypothesis import given
from hypothesis import strategies as st
from sympy.matrices.immutable import ImmutableDenseMatrix

from tutor.algebra.balanced import closed_form
from tutor.algebra.build import hstack, identity, kron, ones, symbol
from tutor.algebra.draw import DrawnInstance
from tutor.algebra.explicit import explicit
from tutor.algebra.nodes import BlockDiagonal, Explicit, Identity, Kronecker, Ones, Scalar, Scaled, Sum
from tutor.algebra.sizes import size
from tutor.algebra.tree import Tree

s2, su, sv = sympy.symbols("sigma2 sigma2_u sigma2_v", positive=True)
a, b, r, s, t = (size(letter) for letter in "abrst")


def J(n: sympy.Expr | int | str) -> Ones:
    return ones(n, n)


def rcbd_variance(blocks: sympy.Expr, treatments: sympy.Expr) -> Tree:
    Z = kron(Identity(blocks), Ones(treatments))
    return su * (Z @ Z.T) + s2 * Identity(blocks * treatments)


def split_plot_variance(blocks: sympy.Expr, whole: sympy.Expr, sub: sympy.Expr) -> Tree:
    Z = hstack(kron(Identity(blocks), Ones(whole * sub)), kron(Identity(blocks), Identity(whole), Ones(sub)))
    G = BlockDiagonal((su * Identity(blocks), sv * Identity(blocks * whole)))
    return Z @ G @ Z.T + s2 * Identity(blocks * whole * sub)


def test_randomized_complete_blocks_of_any_size() -> None:
    assert closed_form(rcbd_variance(b, t)) == kron(Identity(b), Sum((s2 * identity(t), su * J(t))))


def test_split_plot_of_any_size() -> None:
    inner = Sum((s2 * Identity(a * s), sv * kron(Identity(a), J(s)), su * J(a * s)))
    assert closed_form(split_plot_variance(r, a, s)) == kron(Identity(r), inner)


def test_crossed_factors_have_no_common_factor() -> None:
    Z = hstack(kron(identity("a"), ones("b"), ones("r")), kron(ones("a"), identity("b"), ones("r")))
    G = BlockDiagonal((su * identity("a"), sv * identity("b")))
    V = Z @ G @ Z.T + s2 * Identity(a * b * r)
    assert closed_form(V) == Sum(
        (s2 * Identity(a * b * r), su * kron(Identity(a), J(b * r)), sv * kron(J(a), Identity(b), J(r)))
    )


def test_random_slopes_keep_the_block_of_a_subject_as_notation() -> None:
    M = Explicit(ImmutableDenseMatrix([[1, 0], [1, 1], [1, 2]]))
    S = Explicit(ImmutableDenseMatrix([[su, sympy.Symbol("c")], [sympy.Symbol("c"), sv]]))
    Z = kron(identity("g"), M)
    V = Z @ kron(identity("g"), S) @ Z.T + s2 * Identity(3 * size("g"))
    assert closed_form(V) == kron(identity("g"), Sum((s2 * identity(3), M @ S @ M.T)))


def test_like_terms_are_collected_and_zero_is_zero() -> None:
    assert closed_form(J("n") + J("n")) == Scaled(Scalar(sympy.Integer(2)), J("n"))
    assert closed_form(J("n") - J("n")).shape == (size("n"), size("n"))
    assert explicit(closed_form(J(2) - J(2))).is_zero_matrix


def test_a_tree_without_structure_is_left_as_it_is() -> None:
    V = symbol("V", "n", "n").inv()
    assert closed_form(V) is V


def test_ones_meet_as_a_number() -> None:
    assert closed_form(ones("n").T @ ones("n")) == Scalar(size("n"))


@pytest.mark.parametrize("sizes", [(2, 3, 2), (3, 2, 4), (1, 2, 3)])
def test_symbolic_and_numeric_sizes_agree(sizes: tuple[int, int, int]) -> None:
    numbers = [sympy.Integer(n) for n in sizes]
    symbolic = closed_form(split_plot_variance(r, a, s))
    dense = explicit(split_plot_variance(*numbers))
    instance = DrawnInstance(
        [symbolic],
        random.Random(0),
        sizes=dict(zip(sympy.symbols("r a s", integer=True, positive=True), sizes, strict=True)),
    )
    number = DrawnInstance([Explicit(dense)], random.Random(1), sizes={})
    number.scalars = instance.scalars
    left = instance.value(symbolic)
    assert left == number.value(Explicit(dense))


@st.composite
def strata(draw: st.DrawFn) -> Tree:
    """A random product of sums of Kronecker products of I and J over three factors of sizes 1 to 3."""
    sizes = [draw(st.integers(1, 3)) for _ in range(3)]

    def term() -> Tree:
        atoms = tuple(draw(st.sampled_from([Identity(size(n)), J(n)])) for n in sizes)
        coefficient = draw(st.sampled_from([s2, su, sv, sympy.Integer(2), -s2]))
        return Scaled(Scalar(coefficient), Kronecker(atoms))

    def element() -> Tree:
        terms = [term() for _ in range(draw(st.integers(1, 3)))]
        return terms[0] if len(terms) == 1 else Sum(tuple(terms))

    tree = element()
    for _ in range(draw(st.integers(0, 2))):
        tree = tree @ element()
    return tree.T if draw(st.booleans()) else tree


@given(strata())
def test_the_closed_form_of_random_strata_is_their_dense_matrix(tree: Tree) -> None:
    assert explicit(closed_form(tree)).expand() == explicit(tree).expand()
