"""Symmetric, diagonal, idempotent, orthogonal: facts of the form of a matrix."""

from __future__ import annotations

import sympy

from tutor.algebra.by_distance import ByDistance
from tutor.algebra.deductions.blocks import is_diagonal
from tutor.algebra.deductions.known import Found, Reasoner, every, listed
from tutor.algebra.deductions.mirror import MINUS_ONE, is_generalized_inverse, same_up_to_order, settled
from tutor.algebra.nodes import (
    Block,
    BlockDiagonal,
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
    Transpose,
    Variance,
    Zero,
)
from tutor.algebra.sizes import same_size
from tutor.algebra.tree import Tree

_MINUS_TWO = Scalar(sympy.Integer(-2))

SYMMETRIC_KINDS = frozenset({"symmetric", "positive definite", "positive semidefinite", "diagonal"})
"""Declared facts that speak of a symmetric matrix."""


def symmetric(tree: Tree, reasoner: Reasoner) -> Found[bool] | None:
    """A' = A."""
    if isinstance(tree, Identity | Ones | Zero | ByDistance):
        return Found(True, "its entries on both sides of the diagonal are the same")
    if isinstance(tree, Variance):
        return Found(True, "a variance-covariance matrix is: Cov(a, b) = Cov(b, a)")
    if isinstance(tree, Symbol):
        return Found(True, "it is declared so") if tree.facts & SYMMETRIC_KINDS else None
    if isinstance(tree, Explicit):
        return _symmetric_entries(tree)
    if isinstance(tree, Transpose | Inverse) or is_generalized_inverse(tree):
        return _as_below(tree, "symmetric", reasoner)
    if isinstance(tree, Scaled) and tree.scalar.is_scalar:
        inner = reasoner.known("symmetric", tree.tree)
        return Found(True, "{}", (inner,)) if inner.value else None
    if isinstance(tree, Sum | Kronecker | BlockDiagonal):
        found = every(reasoner, "symmetric", tree.parts)
        if found is not None:
            return Found(True, f"{listed(len(tree.parts))} are", tree.parts)
    if _is_its_own_mirror(tree, reasoner):
        return Found(True, "transposed, it is the same again")
    return None


def _is_its_own_mirror(tree: Tree, reasoner: Reasoner) -> bool:
    def is_symmetric(leaf: Tree) -> bool:
        return leaf != tree and not leaf.parts and same_size(*leaf.shape) and reasoner.holds("symmetric", leaf)

    return same_up_to_order(settled(tree, is_symmetric), settled(tree, is_symmetric, flip=True))


def _symmetric_entries(tree: Explicit) -> Found[bool] | None:
    matrix = tree.matrix
    certain = True
    for i in range(matrix.rows):
        for j in range(i):
            difference = sympy.expand(matrix[i, j] - matrix[j, i])  # pyright: ignore[reportOperatorIssue]
            if difference.is_zero is False:
                return Found(
                    False, f"entry ({i + 1}, {j + 1}) is {matrix[i, j]}, entry ({j + 1}, {i + 1}) is {matrix[j, i]}"
                )
            certain = certain and difference == 0
    return Found(True, "each entry (i, j) is the entry (j, i)") if certain else None


def diagonal(tree: Tree, reasoner: Reasoner) -> Found[bool] | None:
    """Zero wherever the row is not the column; the matrix is square."""
    if isinstance(tree, Identity | Zero) or tree.is_scalar:
        return Found(True, "all entries beside the diagonal are 0")
    if isinstance(tree, Ones) and tree.rows.is_Integer:
        return Found(False, "all its entries are 1")
    if isinstance(tree, Symbol):
        return Found(True, "it is declared so") if "diagonal" in tree.facts else None
    if isinstance(tree, Explicit):
        return _diagonal_entries(tree)
    if isinstance(tree, Transpose | Inverse):
        return _as_below(tree, "diagonal", reasoner)
    if isinstance(tree, Scaled):
        inner = reasoner.known("diagonal", tree.tree)
        return Found(True, "{}", (inner,)) if inner.value else None
    if isinstance(tree, Sum):
        return _diagonal_sum(tree, reasoner)
    if isinstance(tree, Kronecker | BlockDiagonal | Product):
        square = all(same_size(*part.shape) for part in tree.parts)
        if square and every(reasoner, "diagonal", tree.parts) is not None:
            return Found(True, f"{listed(len(tree.parts))} are", tree.parts)
    if isinstance(tree, Block) and is_diagonal(tree, reasoner):
        return Found(True, "the blocks beside the diagonal are 0, and those on it are diagonal")
    return None


def _diagonal_entries(tree: Explicit) -> Found[bool] | None:
    beside = {place: entry for place, entry in tree.filled.items() if place[0] != place[1]}
    for (i, j), entry in beside.items():
        if entry.is_zero is False:
            return Found(False, f"entry ({i + 1}, {j + 1}) is {entry}")
    return None if beside else Found(True, "all entries beside the diagonal are 0")


def _diagonal_sum(tree: Sum, reasoner: Reasoner) -> Found[bool] | None:
    known = [reasoner.known("diagonal", term) for term in tree.terms]
    others = [found for found in known if not found.value]
    if not others:
        return Found(True, f"{listed(len(known))} are", tree.terms)
    if len(others) == 1 and others[0].value is False:
        return Found(False, "{}, and the other terms are", (others[0],))
    return None


def idempotent(tree: Tree, reasoner: Reasoner) -> Found[bool] | None:
    """AA = A."""
    if isinstance(tree, Identity | Zero):
        return Found(True, "II = I" if isinstance(tree, Identity) else "0 times 0 is 0")
    if isinstance(tree, Symbol):
        return Found(True, "it is declared so") if "idempotent" in tree.facts else None
    if isinstance(tree, Ones) and tree.rows.is_Integer:
        return Found(tree.is_scalar, f"J times J is {tree.rows} J")
    if isinstance(tree, Scalar):
        square = sympy.expand(tree.value**2 - tree.value)
        return None if square.is_zero is None else Found(bool(square.is_zero), "of numbers 0 and 1 are, and no other")
    if isinstance(tree, Scaled) and isinstance(tree.tree, Ones) and isinstance(tree.scalar, Scalar):
        is_mean = sympy.expand(tree.scalar.value * tree.tree.rows) == 1
        return Found(True, "JJ = nJ for J with n rows") if is_mean else None
    if isinstance(tree, Transpose):
        return _as_below(tree, "idempotent", reasoner)
    if isinstance(tree, Kronecker | BlockDiagonal):
        square = all(same_size(*part.shape) for part in tree.parts)
        if square and every(reasoner, "idempotent", tree.parts) is not None:
            return Found(True, f"{listed(len(tree.parts))} are", tree.parts)
    if isinstance(tree, Sum):
        projection = complement(tree)
        known = None if projection is None else reasoner.known("idempotent", projection)
        if known is not None and known.value:
            return Found(True, "I − A is wherever A is, and {}", (known,))
    middle = oblique_middle(tree, reasoner)
    if middle is not None:
        return Found(True, "it is A(BA)⁻¹B: the inverse of BA cancels the BA in the middle of its square")
    return None


def complement(tree: Sum) -> Tree | None:
    """The A of I − A or of −A + I; None for another sum."""
    if len(tree.terms) != 2:
        return None
    for first, second in (tree.terms, tree.terms[::-1]):
        if isinstance(first, Identity) and isinstance(second, Scaled) and second.scalar == MINUS_ONE:
            return second.tree
    return None


def oblique_middle(tree: Tree, reasoner: Reasoner) -> Tree | None:
    """The (BA)⁻¹ or (BA)⁻ inside A(BA)⁻¹B, where A and B are products of any length; None for another tree."""

    def is_symmetric(leaf: Tree) -> bool:
        return reasoner.holds("symmetric", leaf)

    flat = settled(tree, is_symmetric)
    if not isinstance(flat, Product):
        return None
    for place, factor in enumerate(flat.factors):
        if not isinstance(factor, Inverse) and not is_generalized_inverse(factor):
            continue
        around = flat.factors[place + 1 :] + flat.factors[:place]
        inside = settled(factor.parts[0], is_symmetric)
        if around and (inside.factors if isinstance(inside, Product) else (inside,)) == around:
            return factor
    return None


def orthogonal(tree: Tree, reasoner: Reasoner) -> Found[bool] | None:
    """A'A = AA' = I; the matrix is square."""
    if isinstance(tree, Identity):
        return Found(True, "I'I = I")
    if isinstance(tree, Zero):
        return Found(False, "0 times 0 is not I")
    if isinstance(tree, Symbol):
        return Found(True, "it is declared so") if "orthogonal" in tree.facts else None
    if isinstance(tree, Transpose | Inverse):
        return _as_below(tree, "orthogonal", reasoner)
    if isinstance(tree, Scaled) and tree.scalar == MINUS_ONE:
        inner = reasoner.known("orthogonal", tree.tree)
        return Found(True, "{}, and (−1)² = 1", (inner,)) if inner.value else None
    if isinstance(tree, Product | Kronecker | BlockDiagonal):
        square = all(same_size(*part.shape) for part in tree.parts)
        if square and every(reasoner, "orthogonal", tree.parts) is not None:
            return Found(True, f"{listed(len(tree.parts))} are", tree.parts)
    return _reflection(tree, reasoner) if isinstance(tree, Sum) else None


def _reflection(tree: Sum, reasoner: Reasoner) -> Found[bool] | None:
    """(I − 2A)² = I − 4A + 4AA is I for an idempotent A, and I − 2A its own transpose for a symmetric one."""
    for sign in (1, -1):
        terms = [_negated(term) if sign < 0 else term for term in tree.terms]
        eye = next((term for term in terms if isinstance(term, Identity)), None)
        twice = next((term for term in terms if isinstance(term, Scaled) and term.scalar == _MINUS_TWO), None)
        if len(terms) == 2 and eye is not None and twice is not None:
            told = (reasoner.known("symmetric", twice.tree), reasoner.known("idempotent", twice.tree))
            if all(known.value for known in told):
                return Found(True, "its square is I − 4A + 4AA = I, as {} and {}", told)
    return None


def _negated(tree: Tree) -> Tree:
    """−A for cA or A."""
    if not isinstance(tree, Scaled) or not isinstance(tree.scalar, Scalar):
        return Scaled(MINUS_ONE, tree)
    value = -tree.scalar.value
    return tree.tree if value == 1 else Scaled(Scalar(value), tree.tree)


def _as_below(tree: Tree, fact: str, reasoner: Reasoner) -> Found[bool] | None:
    """A fact that a transpose or an inverse has exactly if the matrix below has it."""
    inner = reasoner.known(fact, tree.parts[0])  # pyright: ignore[reportArgumentType]
    return None if inner.value is None else Found(inner.value, "{}", (inner,))
