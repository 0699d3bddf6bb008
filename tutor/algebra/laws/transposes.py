"""The laws of the transpose, which bring it down to the letters."""

from __future__ import annotations

import sympy

from tutor.algebra.build import kron, symbol
from tutor.algebra.facts import known
from tutor.algebra.laws.joining import transposed
from tutor.algebra.nodes import (
    Block,
    BlockDiagonal,
    Covariance,
    Inverse,
    Kronecker,
    Ones,
    Product,
    Scalar,
    Scaled,
    Sum,
    Transpose,
    Zero,
)
from tutor.algebra.rules import Rewrite, Rule
from tutor.algebra.sizes import ONE
from tutor.algebra.tree import Tree

_A, _B, _S = symbol("A", "n", "q"), symbol("B", "q", "n"), symbol("S", "n", "n", facts=["symmetric"])
_Q = symbol("Q", "n", "n", facts=["invertible"])
_c = Scalar(sympy.Symbol("c", positive=True))


def _of_symmetric(tree: Tree) -> Rewrite | None:
    if not isinstance(tree, Transpose):
        return None
    found = known("symmetric", tree.tree)
    return Rewrite(tree.tree, found.because) if found.value else None


def _of_transpose(tree: Tree) -> Rewrite | None:
    if isinstance(tree, Transpose) and isinstance(tree.tree, Transpose):
        return Rewrite(tree.tree.tree)
    return None


def _of_product(tree: Tree) -> Rewrite | None:
    if isinstance(tree, Transpose) and isinstance(tree.tree, Product):
        return Rewrite(Product(tuple(map(transposed, reversed(tree.tree.factors)))))
    return None


def _of_sum(tree: Tree) -> Rewrite | None:
    if isinstance(tree, Transpose) and isinstance(tree.tree, Sum):
        return Rewrite(Sum(tuple(map(transposed, tree.tree.terms))))
    return None


def _of_scaled(tree: Tree) -> Rewrite | None:
    if isinstance(tree, Transpose) and isinstance(tree.tree, Scaled):
        return Rewrite(Scaled(tree.tree.scalar, transposed(tree.tree.tree)))
    return None


def _of_inverse(tree: Tree) -> Rewrite | None:
    if isinstance(tree, Transpose) and isinstance(tree.tree, Inverse):
        return Rewrite(Inverse(transposed(tree.tree.tree)))
    return None


def _of_kronecker(tree: Tree) -> Rewrite | None:
    if isinstance(tree, Transpose) and isinstance(tree.tree, Kronecker):
        return Rewrite(Kronecker(tuple(map(transposed, tree.tree.factors))))
    return None


def _of_blocks(tree: Tree) -> Rewrite | None:
    if not isinstance(tree, Transpose):
        return None
    if isinstance(tree.tree, BlockDiagonal):
        return Rewrite(BlockDiagonal(tuple(map(transposed, tree.tree.blocks))))
    if isinstance(tree.tree, Block):
        return Rewrite(Block(tuple(tuple(map(transposed, column)) for column in zip(*tree.tree.grid, strict=True))))
    return None


def _of_constant(tree: Tree) -> Rewrite | None:
    """A vector 1 keeps its prime: 1' is how a row of ones is written."""
    if not isinstance(tree, Transpose) or not isinstance(tree.tree, Ones | Zero):
        return None
    if isinstance(tree.tree, Ones) and tree.tree.columns == ONE:
        return None
    return Rewrite(type(tree.tree)(tree.tree.column_size, tree.tree.row_size))


def _of_covariance(tree: Tree) -> Rewrite | None:
    if isinstance(tree, Transpose) and isinstance(tree.tree, Covariance):
        return Rewrite(Covariance(tree.tree.right, tree.tree.left))
    return None


TRANSPOSE_OF_SYMMETRIC = Rule(
    "transpose-of-symmetric", "a symmetric matrix is its own transpose", _of_symmetric, lambda: _S.T
)
TRANSPOSE_OF_TRANSPOSE = Rule("transpose-of-transpose", "(A')' = A", _of_transpose, lambda: _A.T.T)
TRANSPOSE_OF_PRODUCT = Rule("transpose-of-product", "(AB)' = B'A'", _of_product, lambda: (_A @ _B).T)
TRANSPOSE_OF_SUM = Rule("transpose-of-sum", "(A + B)' = A' + B'", _of_sum, lambda: (_A + _B.T).T)
TRANSPOSE_OF_SCALED = Rule("transpose-of-scaled", "(cA)' = cA'", _of_scaled, lambda: (_c * _A).T)
TRANSPOSE_OF_INVERSE = Rule("transpose-of-inverse", "(A⁻¹)' = (A')⁻¹", _of_inverse, lambda: _Q.inv().T)
TRANSPOSE_OF_KRONECKER = Rule("transpose-of-kronecker", "(A ⊗ B)' = A' ⊗ B'", _of_kronecker, lambda: kron(_A, _B).T)
TRANSPOSE_OF_BLOCKS = Rule(
    "transpose-of-blocks",
    "rows of blocks become columns, each block transposed",
    _of_blocks,
    lambda: BlockDiagonal((_A, _B)).T,
)
TRANSPOSE_OF_CONSTANT = Rule(
    "transpose-of-constant", "transposed, all entries are the same", _of_constant, lambda: Zero(_A.rows, _A.columns).T
)
TRANSPOSE_OF_COVARIANCE = Rule(
    "transpose-of-covariance",
    "Cov(x, y)' = Cov(y, x)",
    _of_covariance,
    lambda: Covariance(symbol("x", "n", role="random"), symbol("z", "q", role="random")).T,
)

TRANSPOSES = (
    TRANSPOSE_OF_TRANSPOSE,
    TRANSPOSE_OF_SYMMETRIC,
    TRANSPOSE_OF_PRODUCT,
    TRANSPOSE_OF_SUM,
    TRANSPOSE_OF_SCALED,
    TRANSPOSE_OF_INVERSE,
    TRANSPOSE_OF_KRONECKER,
    TRANSPOSE_OF_BLOCKS,
    TRANSPOSE_OF_CONSTANT,
    TRANSPOSE_OF_COVARIANCE,
)
"""What brings transposes down to letters that are not symmetric."""
