"""Trees keep what was written, know their shapes, and refuse what does not conform."""

from __future__ import annotations

import copy
import pickle
import random
from dataclasses import FrozenInstanceError, fields
from operator import matmul
from typing import Any

import numpy as np
import pytest
import sympy
from hypothesis import given
from hypothesis import strategies as st

from tests.strategies import KINDS, MOMENTS, named, scalars, sizes, trees
from tutor.algebra.build import as_tree, hstack, identity, kron, ones, symbol, vstack, zero
from tutor.algebra.draw import DrawnInstance
from tutor.algebra.nodes import Block, Explicit, Inverse, Kronecker, Product, Scalar, Scaled, Sum, Symbol
from tutor.algebra.sizes import Size, size
from tutor.algebra.tree import Tree
from tutor.algebra.walk import replace, symbols_of, transform, walk
from tutor.errors import ShapeError, SizeError, TutorError

X, beta, Z, u, y = (symbol("X", 6, 4), symbol("beta", 4), symbol("Z", 6, 2), symbol("u", 2), symbol("y", 6))
G, R, V = symbol("G", 2, 2), symbol("R", 6, 6), symbol("V", 6, 6)
s2 = sympy.Symbol("sigma2", positive=True)


def again(tree: Tree) -> Tree:
    """The tree built anew from its leaves up."""
    return tree.rebuild(tuple(again(part) for part in tree.parts)) if tree.parts else copy.copy(tree)


# Shapes


@given(trees(depth=3))
def test_the_shape_of_a_tree_is_that_of_its_value(tree: Tree) -> None:
    value = DrawnInstance([tree], random.Random(1)).value(tree)
    assert (value.nrows(), value.ncols()) == tuple(map(int, tree.shape))


@given(trees(letters=True))
def test_the_shape_of_symbolic_size_becomes_that_of_the_numbers_put_in(tree: Tree) -> None:
    instance = DrawnInstance([tree], random.Random(2))
    value = instance.value(tree)
    assert (value.nrows(), value.ncols()) == tuple(instance.size(side) for side in tree.shape)


@given(sizes(4, letters=True), sizes(4, letters=True), sizes(4, letters=True))
def test_shape_laws_of_the_operations(n: Size, m: Size, k: Size) -> None:
    A, B, S = named("A", n, m), named("B", m, k), named("A", n, n)
    assert (A @ B).shape == (n, k)
    assert A.T.shape == (m, n)
    assert (A + A).shape == (3 * A).shape == (-A).shape == (n, m)
    assert S.inv().shape == (n, n)
    assert S.det().is_scalar and S.trace().is_scalar
    assert kron(A, B).shape == (n * m, m * k)
    assert hstack(A, S).shape == (n, m + n)
    assert vstack(A.T, B.T @ A.T).shape == (m + k, n)


@pytest.mark.parametrize(
    ("build", "told"),
    [
        (lambda: X @ symbol("beta", 5), "X is 6 × 4 and β is 5 × 1: 4 columns cannot meet 5 rows."),
        (lambda: symbol("G", 3, 3) @ Z, "G is 3 × 3 and Z is 6 × 2: 3 columns cannot meet 6 rows."),
        (lambda: symbol("a", 2, 1) @ Z, "a is 2 × 1 and Z is 6 × 2: 1 column cannot meet 6 rows."),
        (lambda: V + G, "V is 6 × 6 and G is 2 × 2: only matrices of one shape can be added."),
        (lambda: Z @ G @ Z.T + Z, "ZGZ' is 6 × 6 and Z is 6 × 2: only matrices of one shape can be added."),
        (lambda: V + s2, "V is 6 × 6 and σ² is 1 × 1: a scalar and a matrix cannot be added."),
        (lambda: (X.T @ Z).inv(), "X'Z is 4 × 2: only a square matrix has an inverse, a determinant or a trace."),
        (lambda: Z.det(), "Z is 6 × 2: only a square matrix has an inverse, a determinant or a trace."),
        (lambda: Z.trace(), "Z is 6 × 2: only a square matrix has an inverse, a determinant or a trace."),
        (lambda: symbol("X", "n", "p") @ symbol("b", "q"), "X is n × p and b is q × 1: p columns cannot meet q rows."),
        (lambda: hstack(X, G), "X is 6 × 4 and G is 2 × 2: they cannot stand side by side in one matrix."),
        (lambda: V @ as_tree(sympy.eye(2)), "V is 6 × 6 and [[1, 0], [0, 1]] is 2 × 2: 6 columns cannot meet 2 rows."),
        (
            lambda: as_tree(sympy.eye(12)) @ G,
            "the 12 × 12 matrix is 12 × 12 and G is 2 × 2: 12 columns cannot meet 2 rows.",
        ),
    ],
)
def test_what_does_not_conform_is_refused_with_both_shapes_named(build: Any, told: str) -> None:
    with pytest.raises(ShapeError) as refused:
        build()
    assert str(refused.value) == told


def test_a_shape_error_carries_its_operands_as_data() -> None:
    with pytest.raises(ShapeError) as refused:
        matmul(X, Z)
    assert refused.value.operation == "product"
    assert refused.value.operands == (("X", X.shape), ("Z", Z.shape))


def test_sizes_that_are_equal_for_all_letters_meet() -> None:
    b, t = size("b"), size("t")
    left, right = symbol("A", 2, b * (t + 1)), symbol("B", b * t + b, 3)
    assert (left @ right).shape == (size(2), size(3))


@pytest.mark.parametrize("wrong", [0, -1, 2.5, True, "", "2x", sympy.Rational(1, 2), sympy.Symbol("n"), "n m"])
def test_what_is_no_size_is_refused(wrong: Any) -> None:
    with pytest.raises(SizeError):
        identity(wrong)


# What was written is kept


@given(trees(size(2), size(2)), trees(size(2), size(2)))
def test_a_sum_keeps_the_order_of_its_terms(A: Tree, B: Tree) -> None:
    left = A.terms if isinstance(A, Sum) else (A,)
    right = B.terms if isinstance(B, Sum) else (B,)
    assert (A + B).terms == left + right
    assert (B + A).terms == right + left


def test_products_and_sums_written_in_a_row_are_one_node() -> None:
    assert Z @ G @ Z.T == Product((Z, G, Z.T)) == Z @ (G @ Z.T)
    assert V + R + V == Sum((V, R, V)) == V + (R + V)
    assert Sum((V, Scaled(Scalar(sympy.Integer(-1)), R))) == V - R


@pytest.mark.parametrize(
    "tree",
    [V + (-V), V @ V.inv(), identity(6) @ V, 1 * V, 0 * V, V.T.T, V.inv().inv(), zero(6, 6) + V, V + V],
    ids=str,
)
def test_nothing_is_simplified(tree: Tree) -> None:
    assert len(list(walk(tree))) > 1
    assert again(tree) == tree


def test_numbers_and_sympy_stand_for_trees_on_either_side() -> None:
    assert 2 * V == V * 2 == Scaled(Scalar(sympy.Integer(2)), V)
    assert s2 * V == V * s2 == Scaled(Scalar(s2), V)
    assert Scaled(Scalar(sympy.Rational(1, 2)), V) == V / 2
    assert V / V.det() == Scaled(Inverse(V.det()), V)
    assert sympy.eye(6) @ V == Product((Explicit(sympy.ImmutableMatrix(sympy.eye(6))), V))
    assert 3 + V.det() == Sum((Scalar(sympy.Integer(3)), V.det()))
    assert 3 - V.det() == Sum((Scalar(sympy.Integer(3)), -V.det()))


@pytest.mark.parametrize("wrong", ["V", 1.5, None, True, [1, 2], np.eye(2)], ids=str)
def test_nothing_else_does_text_least_of_all(wrong: Any) -> None:
    with pytest.raises(TutorError):
        as_tree(wrong)


def test_an_array_does_not_take_a_tree_for_an_object() -> None:
    with pytest.raises((TutorError, TypeError)):
        matmul(np.eye(6), V)


@pytest.mark.parametrize(
    ("build", "told"),
    [
        (lambda: V * R, "The matrix product is A @ B."),
        (lambda: V / R, "Write A @ B.inv()."),
        (lambda: V / 0, "Division by zero"),
        (lambda: Sum((V,)), "2 or more parts"),
        (lambda: Product(()), "2 or more parts"),
        (lambda: Block(((V, V), (V,))), "has 2 blocks and another has 1"),
    ],
)
def test_other_mistakes_are_told_with_what_to_do(build: Any, told: str) -> None:
    with pytest.raises(TutorError, match=told.replace("(", r"\(").replace(")", r"\)")):
        build()


# Values


@given(trees(letters=True, depth=3))
def test_a_tree_built_anew_is_equal_and_has_the_same_hash(tree: Tree) -> None:
    assert again(tree) == tree
    assert hash(again(tree)) == hash(tree)


@given(trees(letters=True), trees(letters=True))
def test_equal_trees_are_of_one_kind_and_shape(first: Tree, second: Tree) -> None:
    if first == second:
        assert type(first) is type(second)
        assert first.shape == second.shape
    assert (first == second) == (repr(first) == repr(second))


@given(trees(letters=True, depth=3))
def test_a_tree_survives_pickling_and_copying(tree: Tree) -> None:
    restored = pickle.loads(pickle.dumps(tree))  # noqa: S301  (our own)
    assert restored == tree and hash(restored) == hash(tree) and restored.shape == tree.shape
    assert copy.deepcopy(tree) is tree


@given(trees(depth=2))
def test_no_field_of_a_tree_can_be_set(tree: Tree) -> None:
    for node in walk(tree):
        for name in [field.name for field in fields(node)] + ["other"]:
            with pytest.raises((FrozenInstanceError, AttributeError, TypeError)):
                setattr(node, name, None)


def test_factors_in_another_order_make_another_tree() -> None:
    assert V @ R != R @ V
    assert V + R != R + V
    assert Kronecker((V, R)) != Product((V, R))
    assert symbol("V", 6, 6) == V != symbol("V", 6, 6, facts=["symmetric"])


def test_the_model_of_a_symbol_takes_no_part_in_equality() -> None:
    assert symbol("V", 6, 6, scope=object()) == V


# Symbols


@pytest.mark.parametrize(
    "known",
    [
        {"definition": zero(6, 5)},
        {"entries": sympy.ImmutableMatrix(sympy.eye(5))},
        {"variance": zero(5, 5)},
        {"mean": zero(5, 6)},
    ],
    ids=lambda known: next(iter(known)),
)
def test_what_is_known_of_a_symbol_must_have_its_shape(known: dict[str, Any]) -> None:
    with pytest.raises(ShapeError, match="V"):
        symbol("V", 6, 6, **known)


def test_only_a_square_matrix_can_be_declared_symmetric() -> None:
    with pytest.raises(ShapeError):
        symbol("Z", 6, 2, facts=["symmetric"])


# Walking


@given(trees(depth=3))
def test_walking_meets_every_symbol_and_a_change_of_nothing_gives_the_same_tree(tree: Tree) -> None:
    assert set(symbols_of(tree)) == {node for node in walk(tree) if isinstance(node, Symbol)}
    assert transform(tree, lambda node: None) is tree
    assert replace(tree, {}) is tree


@given(trees(depth=3, kinds=KINDS - MOMENTS))
def test_replacing_symbols_by_others_and_back_gives_the_tree_again(tree: Tree) -> None:
    there: dict[Tree, Tree] = {old: symbol(f"W{number}", *old.shape) for number, old in enumerate(symbols_of(tree))}
    other = replace(tree, there)
    assert set(symbols_of(other)) == set(there.values())
    assert replace(other, {new: old for old, new in there.items()}) == tree


@given(st.data())
def test_a_scalar_tree_scales_any_tree(data: st.DataObject) -> None:
    scalar, tree = data.draw(scalars()), data.draw(trees(letters=True))
    assert (as_tree(scalar) * tree).shape == tree.shape
    assert (ones(1).T @ ones(1)).is_scalar
