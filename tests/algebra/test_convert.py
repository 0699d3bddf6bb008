"""To SymPy and back: what was written, unevaluated, and of the same value."""

from __future__ import annotations

import random
from typing import Any

import pytest
import sympy
from hypothesis import example, given
from sympy.matrices.expressions.kronecker import KroneckerProduct
from sympy.matrices.expressions.special import OneMatrix, ZeroMatrix
from sympy.matrices.immutable import ImmutableDenseMatrix

from tests.strategies import KINDS, MOMENTS, trees
from tutor.algebra.build import as_tree, identity, kron, ones, symbol
from tutor.algebra.convert import from_sympy, to_sympy
from tutor.algebra.draw import DrawnInstance
from tutor.algebra.nodes import (
    Covariance,
    Determinant,
    Expectation,
    Inverse,
    Product,
    Scalar,
    Scaled,
    Sum,
    Symbol,
    Trace,
    Variance,
)
from tutor.algebra.tree import Tree
from tutor.algebra.walk import symbols_of, transform
from tutor.errors import TutorError

s2, su = sympy.symbols("sigma2 sigma2_u", positive=True)
Z, G, R, V = symbol("Z", 6, 2), symbol("G", 2, 2), symbol("R", 6, 6), symbol("V", 6, 6)
u = symbol("u", 2, role="random")


def gathered(tree: Tree) -> Tree:
    """The tree with arithmetic of scalars done: SymPy does it too, and cannot tell it from what was written."""

    def change(node: Tree) -> Tree | None:
        values = [part.value for part in node.parts if isinstance(part, Scalar)]
        if not values or len(values) < len(node.parts):
            return None
        if isinstance(node, Scaled):
            return Scalar(sympy.Mul(*values))
        if isinstance(node, Sum):
            return Scalar(sympy.Add(*values))
        return Scalar(1 / values[0]) if isinstance(node, Inverse) else None

    return transform(tree, change)


@given(trees(depth=3, letters=True))
def test_the_way_to_sympy_and_back_gives_the_tree_again(tree: Tree) -> None:
    assert from_sympy(to_sympy(tree), symbols_of(tree)) == gathered(tree)


@given(trees(depth=3, letters=True))
def test_sympify_knows_trees_and_the_shape_is_kept(tree: Tree) -> None:
    expression: Any = sympy.sympify(tree)
    assert expression == to_sympy(tree)
    assert tuple(expression.shape) == tree.shape if expression.is_Matrix else tree.is_scalar


def worked_out(expression: Any) -> Any:
    """The value by SymPy, of each part before the whole: left to itself `doit` takes a Kronecker product apart even
    where its factors are not square, and leaves some determinants as they are."""
    if isinstance(expression, sympy.BlockMatrix):
        blocks: Any = expression.blocks
        parts = [[worked_out(blocks[i, j]) for j in range(blocks.cols)] for i in range(blocks.rows)]
        return sympy.BlockMatrix(parts).as_explicit()
    if isinstance(expression, sympy.Identity | OneMatrix | ZeroMatrix):
        return expression.as_explicit()
    if not expression.args or isinstance(expression, sympy.MatrixBase):
        return expression
    return expression.func(*map(worked_out, expression.args)).doit()


@given(trees(depth=2, kinds=KINDS - MOMENTS))
@example(Determinant(kron(ones(2).T, ones(2))))
@example(Trace(kron(ones(2).T, ones(2))))
def test_sympy_gives_the_value_that_the_tree_has(tree: Tree) -> None:
    instance = DrawnInstance([tree], random.Random(3), friendly=True)
    value = instance.value(tree)
    expected = sympy.Matrix(value.nrows(), value.ncols(), [sympy.Rational(int(v.p), int(v.q)) for v in value.entries()])
    numbers: dict[Any, Any] = {}
    for node in symbols_of(tree):
        drawn = instance.value(node)
        entries = [sympy.Rational(int(v.p), int(v.q)) for v in drawn.entries()]
        numbers[to_sympy(node)] = ImmutableDenseMatrix(drawn.nrows(), drawn.ncols(), entries)
    for parameter, drawn in instance.scalars.items():
        numbers[parameter] = sympy.Rational(drawn.numerator, drawn.denominator)
    found = worked_out(to_sympy(tree).xreplace(numbers))
    found = found if found.is_Matrix else sympy.Matrix([[found]])
    assert sympy.Matrix(found) == expected


A, B = sympy.MatrixSymbol("Z", 6, 2), sympy.MatrixSymbol("G", 2, 2)
C, D = sympy.MatrixSymbol("R", 6, 6), sympy.MatrixSymbol("V", 6, 6)


@pytest.mark.parametrize(
    ("tree", "kind", "arguments"),
    [
        (Z @ G @ Z.T + R, sympy.MatAdd, (sympy.MatMul(A, B, sympy.Transpose(A)), C)),
        (R + Z @ G @ Z.T, sympy.MatAdd, (C, sympy.MatMul(A, B, sympy.Transpose(A)))),
        (V + V, sympy.MatAdd, (D, D)),
        (V.inv() @ V, sympy.MatMul, (sympy.Inverse(D), D)),
        (identity(6) @ V, sympy.MatMul, (sympy.Identity(6), D)),
        (V.T.T, sympy.Transpose, (sympy.Transpose(D),)),
        (s2 * (Z @ Z.T), sympy.MatMul, (s2, A, sympy.Transpose(A))),
        (0 * V, sympy.MatMul, (sympy.S.Zero, D)),
    ],
    ids=str,
)
def test_sympy_does_not_simplify_nor_reorder(tree: Tree, kind: type, arguments: tuple[Any, ...]) -> None:
    converted = to_sympy(tree)
    assert type(converted) is kind
    assert converted.args == arguments


@pytest.mark.parametrize(
    "number", [0 * V.det(), Scaled(V.det(), Scalar(sympy.S.Zero)), 1 * V.det(), 0 * Trace(V)], ids=str
)
def test_a_number_with_a_matrix_in_it_is_not_evaluated_even_where_it_is_zero(number: Tree) -> None:
    assert from_sympy(to_sympy(number), symbols_of(number)) == number


def test_a_kronecker_product_of_identities_stays_one() -> None:
    converted = to_sympy(kron(identity(2), identity(3)))
    assert isinstance(converted, KroneckerProduct)
    assert converted.as_explicit() == sympy.eye(6)


@pytest.mark.parametrize(
    "tree",
    [Expectation(Z @ u), Expectation(symbol("X", 3, 1)), Variance(Z @ u), Covariance(u, Z @ u), Variance(ones(3))],
    ids=str,
)
def test_moments_come_back_even_of_what_is_not_random(tree: Tree) -> None:
    assert from_sympy(to_sympy(tree), symbols_of(tree)) == tree


def test_known_symbols_come_back_with_what_is_known_of_them() -> None:
    G = symbol("G", 2, 2, role="unknown", facts=["symmetric"], definition=su * identity(2))
    assert from_sympy(sympy.MatrixSymbol("G", 2, 2), [G]) is G
    stranger = from_sympy(sympy.MatrixSymbol("G", 3, 3), [G])
    assert isinstance(stranger, Symbol) and stranger.role == "known" and not stranger.facts


def test_what_a_person_writes_in_sympy_is_read_in_the_order_of_its_arguments() -> None:
    n, m = sympy.symbols("n m")
    A, B = sympy.MatrixSymbol("A", n, m), sympy.MatrixSymbol("B", n, n)
    tree = from_sympy(2 * A.T * B.inv() * A)
    assert isinstance(tree, Scaled) and isinstance(tree.tree, Product)
    assert all(side.is_integer and side.is_positive for side in tree.shape)
    assert from_sympy(B**3) == Product((from_sympy(B),) * 3)
    assert from_sympy(B**-2) == Inverse(Product((from_sympy(B),) * 2))
    assert from_sympy(sympy.Matrix([[s2, 0], [0, s2]])) == as_tree(sympy.Matrix([[s2, 0], [0, s2]]))
    assert as_tree(B + sympy.Identity(n)).shape == from_sympy(B).shape


@pytest.mark.parametrize(
    "expression",
    [
        sympy.MatrixSymbol("A", 2, 2) ** sympy.Symbol("k"),
        sympy.MatrixSymbol("A", 2, 2) ** 1000,
        sympy.MatrixSymbol("A", 2, 2)[0, 1],
        sympy.HadamardProduct(sympy.MatrixSymbol("A", 2, 2), sympy.MatrixSymbol("B", 2, 2)),
        sympy.MatrixSymbol("A", 3, 3)[:2, :2],
        sympy.exp(sympy.Trace(sympy.MatrixSymbol("A", 2, 2))),
        sympy.true,
        sympy.FiniteSet(1),
        "A*B",
        None,
        object(),
    ],
    ids=lambda expression: type(expression).__name__,
)
def test_what_has_no_notation_is_refused_in_words(expression: Any) -> None:
    with pytest.raises(TutorError):
        from_sympy(expression)
