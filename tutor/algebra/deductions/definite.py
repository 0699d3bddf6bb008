"""Positive definite and positive semidefinite: symmetric, with x'Ax > 0, or x'Ax ≥ 0, for every x that is not 0."""

from __future__ import annotations

import sympy

from tutor.algebra.deductions import blocks, projected
from tutor.algebra.deductions.known import Found, Known, Reasoner, every, listed
from tutor.algebra.deductions.mirror import is_generalized_inverse, same_up_to_order, settled
from tutor.algebra.deductions.schur import definite_complement
from tutor.algebra.nodes import (
    Block,
    BlockDiagonal,
    Determinant,
    Explicit,
    Identity,
    Inverse,
    Kronecker,
    Ones,
    Product,
    Scalar,
    Scaled,
    Sum,
    Symbol,
    Trace,
    Transpose,
    Variance,
    Zero,
)
from tutor.algebra.single import product_or_factor
from tutor.algebra.sizes import same_size
from tutor.algebra.tree import Tree

LARGEST_MINORS = 4
"""Rows of a matrix of letters whose leading minors are worked out."""


def positive_definite(tree: Tree, reasoner: Reasoner) -> Found[bool] | None:
    """x'Ax > 0 for every x that is not 0."""
    if isinstance(tree, Identity):
        return Found(True, "x'Ix is the sum of the squares of x")
    if isinstance(tree, Zero):
        return Found(False, "x'0x is 0 for every x")
    if isinstance(tree, Ones) and tree.rows.is_Integer:
        return Found(tree.is_scalar, f"its rank is 1 and it has {tree.rows} rows")
    if isinstance(tree, Scalar):
        positive = tree.value.is_positive
        return None if positive is None else Found(positive, "of numbers those above 0 are")
    if isinstance(tree, Symbol):
        return _declared_definite(tree)
    if isinstance(tree, Explicit):
        return _leading_minors(tree)
    if isinstance(tree, Transpose | Inverse):
        inner = reasoner.known("positive definite", tree.tree)
        return None if inner.value is None else Found(inner.value, "{}", (inner,))
    if isinstance(tree, Determinant | Trace):
        inner = reasoner.known("positive definite", tree.tree)
        return Found(True, "{}, so its eigenvalues are above 0", (inner,)) if inner.value else None
    if isinstance(tree, Scaled):
        return _scaled_definite(tree, reasoner)
    if isinstance(tree, Sum):
        found = _definite_sum(tree, reasoner) or projected.definite(tree, reasoner)
        return found or definite_complement("positive definite", tree, reasoner)
    if isinstance(tree, Kronecker | BlockDiagonal):
        return _definite_blocks(tree, reasoner)
    if isinstance(tree, Product):
        return _definite_product(tree, reasoner)
    return blocks.definite(tree, reasoner) if isinstance(tree, Block) else None


def _declared_definite(tree: Symbol) -> Found[bool] | None:
    if "positive definite" in tree.facts:
        return Found(True, "it is declared so")
    if {"positive semidefinite", "invertible"} <= tree.facts:
        return Found(True, "it is declared positive semidefinite and invertible")
    return None


def _leading_minors(tree: Explicit) -> Found[bool] | None:
    """By Sylvester's criterion: all leading minors of a symmetric matrix are above 0."""
    matrix = tree.matrix
    if matrix.rows > LARGEST_MINORS or not matrix.is_symmetric():
        return None
    minors = [matrix.extract(range(k), range(k)).det() for k in range(1, matrix.rows + 1)]
    signs = [sympy.expand(minor).is_positive for minor in minors]
    if all(signs):
        return Found(True, "its leading minors are above 0")
    if any(sign is False for sign in signs):
        first = signs.index(False) + 1
        return Found(False, f"its leading minor of {first} × {first} entries is not above 0")
    return None


def _scaled_definite(tree: Scaled, reasoner: Reasoner) -> Found[bool] | None:
    scalar = reasoner.known("positive definite", tree.scalar)
    inner = reasoner.known("positive definite", tree.tree)
    if scalar.value and inner.value is not None:
        return Found(inner.value, "{}, and {} is above 0", (inner, tree.scalar))
    if scalar.value is False and reasoner.holds("positive semidefinite", tree.tree):
        return Found(False, "{} is not above 0", (tree.scalar,))
    return None


def _definite_sum(tree: Sum, reasoner: Reasoner) -> Found[bool] | None:
    """x'(A + B)x = x'Ax + x'Bx: one term above 0 is enough where none is below."""
    semidefinite = every(reasoner, "positive semidefinite", tree.terms)
    definite = [term for term in tree.terms if reasoner.holds("positive definite", term)]
    if semidefinite is None or not definite:
        return None
    first = reasoner.known("positive definite", definite[0])
    others = [known for known in semidefinite if known.subject is not definite[0]]
    if not others:
        return Found(True, "{}", (first,))
    return Found(True, f"{{}}, and {listed(len(others))}", (first, *others))


def _definite_blocks(tree: Kronecker | BlockDiagonal, reasoner: Reasoner) -> Found[bool] | None:
    if not all(same_size(*part.shape) for part in tree.parts):
        return None
    definite = every(reasoner, "positive definite", tree.parts)
    if definite is not None:
        return Found(True, f"{listed(len(definite))} are", tree.parts)
    failing = [part for part in tree.parts if reasoner.known("positive definite", part).value is False]
    # (−A) ⊗ (−B) = A ⊗ B: of Kronecker factors one that fails decides only where the others have no sign of their own.
    if failing and (isinstance(tree, BlockDiagonal) or every(reasoner, "positive semidefinite", tree.parts)):
        return Found(False, "{}", (reasoner.known("positive definite", failing[0]),))
    return None


def _definite_product(tree: Product, reasoner: Reasoner) -> Found[bool] | None:
    """x'ABA'x = (A'x)'B(A'x), which is above 0 where B is positive definite and A'x is not 0."""
    split = congruence(tree, reasoner)
    if split is None:
        return None
    outer, middle = split
    if not reasoner.holds("positive definite", middle):
        return None
    full = reasoner.known("full column rank", outer)
    if full.value is None:
        return None
    return Found(full.value, *_congruent(outer, middle, reasoner, "positive definite", full))


def _congruent(
    outer: Tree, middle: Tree, reasoner: Reasoner, fact: str, *more: Known[bool]
) -> tuple[str, tuple[Tree | Known[bool], ...]]:
    if isinstance(middle, Identity):
        return f"it is A'A with A = {{}}{', and {}' if more else ''}", (outer, *more)
    known = reasoner.known(fact, middle)  # pyright: ignore[reportArgumentType]
    return f"it is A'BA with A = {{}}, {listed(1 + len(more)) if more else 'and {}'}", (outer, known, *more)


def congruence(tree: Tree, reasoner: Reasoner) -> tuple[Tree, Tree] | None:
    """The A and B of a product A'BA, B a factor or I; None for another tree."""

    def is_symmetric(leaf: Tree) -> bool:
        return reasoner.holds("symmetric", leaf)

    flat = settled(tree, is_symmetric)
    if not isinstance(flat, Product):
        return None
    half = len(flat.factors) // 2
    left, right = _product(flat.factors[:half]), _product(flat.factors[len(flat.factors) - half :])
    if not same_up_to_order(settled(left, is_symmetric, flip=True), right):
        return None
    return right, flat.factors[half] if len(flat.factors) % 2 else Identity(right.rows)


def _product(factors: tuple[Tree, ...]) -> Tree:
    return product_or_factor(factors)


def positive_semidefinite(tree: Tree, reasoner: Reasoner) -> Found[bool] | None:
    """x'Ax ≥ 0 for every x."""
    definite = reasoner.known("positive definite", tree)
    if definite.value:
        return Found(True, "{}", (definite,))
    if isinstance(tree, Zero | Ones):
        return Found(True, "x'0x is 0" if isinstance(tree, Zero) else "x'Jx is the square of the sum of x")
    if isinstance(tree, Variance):
        return Found(True, "x'Var(a)x is the variance of x'a")
    if isinstance(tree, Symbol) and "positive semidefinite" in tree.facts:
        return Found(True, "it is declared so")
    if isinstance(tree, Scalar):
        known = tree.value.is_nonnegative
        return None if known is None else Found(known, "of numbers those from 0 on are")
    if reasoner.holds("symmetric", tree) and reasoner.holds("idempotent", tree):
        told = (reasoner.known("symmetric", tree), reasoner.known("idempotent", tree))
        return Found(True, "{} and {}: x'Ax = x'A'Ax, a sum of squares", told)
    if isinstance(tree, Transpose | Inverse | Determinant | Trace) or is_generalized_inverse(tree):
        inner = reasoner.known("positive semidefinite", tree.parts[0])
        return Found(True, "{}", (inner,)) if inner.value else None
    if isinstance(tree, Scaled):
        return _scaled_semidefinite(tree, reasoner)
    if isinstance(tree, Sum | Kronecker | BlockDiagonal):
        square = all(same_size(*part.shape) for part in tree.parts)
        found = every(reasoner, "positive semidefinite", tree.parts) if square else None
        if found is not None:
            return Found(True, listed(len(found)), found)
        if isinstance(tree, Sum):
            found = projected.semidefinite(tree, reasoner)
            return found or definite_complement("positive semidefinite", tree, reasoner)
        return _indefinite_block(tree, reasoner) if square and isinstance(tree, BlockDiagonal) else None
    if isinstance(tree, Block):
        return blocks.semidefinite(tree, reasoner)
    split = congruence(tree, reasoner)
    if split is not None and reasoner.holds("positive semidefinite", split[1]):
        best = "positive definite" if reasoner.holds("positive definite", split[1]) else "positive semidefinite"
        return Found(True, *_congruent(*split, reasoner, best))
    return None


def _indefinite_block(tree: BlockDiagonal, reasoner: Reasoner) -> Found[bool] | None:
    for block in tree.blocks:
        known = reasoner.known("positive semidefinite", block)
        if known.value is False:
            return Found(False, "{}", (known,))
    return None


def _scaled_semidefinite(tree: Scaled, reasoner: Reasoner) -> Found[bool] | None:
    inner = reasoner.known("positive semidefinite", tree.tree)
    if inner.value and reasoner.holds("positive semidefinite", tree.scalar):
        return Found(True, "{}, and {} is not below 0", (inner, tree.scalar))
    negative = isinstance(tree.scalar, Scalar) and tree.scalar.value.is_negative
    if negative and reasoner.holds("positive definite", tree.tree):
        return Found(False, "{} is below 0", (tree.scalar,))
    return None
