"""Covariances of Markov chains: AR(1) and ante-dependence, whose inverses are tridiagonal.

Row k + 1 given all rows before it depends on row k alone. With c_k = Cov(x_k, x_{k+1}), v_k = Var(x_k) and the variance
d_{k+1} = v_{k+1} − c_k²/v_k of row k + 1 given row k, the quadratic form is
x_1²/v_1 + Σ (x_{k+1} − (c_k/v_k) x_k)²/d_{k+1}; its coefficients are the entries of the inverse, and the determinant is
v_1 ∏ d_{k+1} (Gabriel 1962, Ante-dependence analysis of an ordered set of variables, Ann. Math. Statist. 33, 201–212).
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import sympy
from sympy.matrices.immutable import ImmutableDenseMatrix

from tutor.algebra.by_distance import DISTANCE, ByDistance
from tutor.algebra.nodes import Explicit, Scalar, Scaled
from tutor.algebra.provided import Condition
from tutor.algebra.sizes import ONE, Size
from tutor.algebra.structure.conditions import is_zero, nonzero
from tutor.algebra.structure.method import Line, Lines, Structure
from tutor.algebra.tree import Tree
from tutor.errors import DomainError

FEWEST_ROWS = 3
"""Of fewer rows every covariance matrix is that of a Markov chain."""

_BECAUSE = "each row depends on those before it through the last one alone, so the inverse is tridiagonal"


def markov_inverse(variances: Sequence[sympy.Expr], covariances: Sequence[sympy.Expr]) -> ImmutableDenseMatrix:
    """The inverse from the variances of the rows and the covariances of neighbours, one fewer; tridiagonal."""
    size = len(variances)
    entries: dict[tuple[int, int], Any] = {(0, 0): 1 / variances[0]}
    for k, covariance in enumerate(covariances):
        slope = sympy.cancel(covariance / variances[k])
        left = _given(variances, covariances, k)
        both: Any = sympy.together(entries[k, k] + slope**2 / left)
        entries[k, k] = sympy.factor_terms(both)
        entries[k, k + 1] = entries[k + 1, k] = -slope / left
        entries[k + 1, k + 1] = 1 / left
    return ImmutableDenseMatrix.from_dok(size, size, entries)


def markov_determinant(variances: Sequence[sympy.Expr], covariances: Sequence[sympy.Expr]) -> sympy.Expr:
    """The determinant from the variances of the rows and the covariances of neighbours."""
    return sympy.Mul(variances[0], *(_given(variances, covariances, k) for k in range(len(covariances))))


def _given(variances: Sequence[sympy.Expr], covariances: Sequence[sympy.Expr], k: int) -> sympy.Expr:
    """The variance of row k + 2 given row k + 1, counted from 1."""
    return sympy.factor_terms(sympy.cancel(variances[k + 1] - covariances[k] ** 2 / variances[k]))


# AR(1)


def autoregressive_inverse(n: Size, rho: sympy.Expr) -> Tree:
    """The inverse of (ρ^|i−j|), n × n for n of 2 and more.

    1/(1−ρ²) times the tridiagonal matrix with 1, 1+ρ², …, 1+ρ², 1 and −ρ beside the diagonal.
    """
    return Scaled(Scalar(1 / (1 - rho**2)), ByDistance(n, (1 + rho**2, -rho), sympy.S.Zero, corner=ONE))


def autoregressive(tree: Tree) -> tuple[sympy.Expr, sympy.Expr] | None:
    """c and ρ of a matrix (c ρ^|i−j|) of two rows and more; None for another."""
    if not isinstance(tree, ByDistance) or tree.near or tree.corner is not None or tree.order == ONE:
        return None
    scale, following = tree.entry(0), tree.entry(1)
    if is_zero(scale):
        return None
    rho = sympy.cancel(following / scale)
    step = sympy.powsimp(tree.beyond.subs(DISTANCE, DISTANCE + 1) - rho * tree.beyond)
    return (scale, rho) if sympy.expand(sympy.powsimp(sympy.expand(step))) == 0 and not rho.has(DISTANCE) else None


def _conditions(scale: sympy.Expr, rho: sympy.Expr, n: Size) -> tuple[Condition, ...]:
    found = [nonzero(scale), nonzero(1 - rho**2)]
    if not n.is_Integer:
        found.append(Condition(n, "≥", sympy.Integer(2)))
    return tuple(condition for condition in found if condition is not None)


def _inverse_of_autoregressive(tree: Tree) -> Lines:
    found = autoregressive(tree)
    if found is None:
        return ()
    scale, rho = found
    if is_zero(1 - rho**2):
        raise DomainError("A correlation of 1 or −1 between neighbours makes the matrix singular.")
    inverse = autoregressive_inverse(tree.rows, rho)
    tree_of = inverse if scale == 1 else Scaled(Scalar(1 / scale), inverse)
    return (Line(tree_of, _BECAUSE, _conditions(scale, rho, tree.rows)),)


def _determinant_of_autoregressive(tree: Tree) -> Lines:
    found = autoregressive(tree)
    if found is None:
        return ()
    scale, rho = found
    value = scale**tree.rows * (1 - rho**2) ** (tree.rows - 1)
    because = "given the row before it, each row but the first has the variance 1 − ρ²"
    return (Line(Scalar(value), because, positive=(scale, 1 - rho**2)),)


# Entries


def chain(tree: Tree) -> tuple[list[sympy.Expr], list[sympy.Expr]] | None:
    """The variances and the covariances of neighbours of a matrix of entries with Markov's property; None for another.

    It is c_ij = c_{i,j−1} c_{j−1,j}/v_{j−1} for i < j − 1, and no variance is 0.
    """
    if not isinstance(tree, Explicit) or tree.matrix.rows < FEWEST_ROWS:
        return None
    matrix: Any = tree.matrix  # SymPy does not tell an entry from a slice
    size = tree.matrix.rows
    if any(is_zero(matrix[i, i]) for i in range(size)) or any(matrix[k, k + 1] == 0 for k in range(size - 1)):
        return None
    for j in range(1, size):
        for i in range(j):
            if matrix[i, j] != matrix[j, i]:
                return None
            if i < j - 1 and not is_zero(matrix[i, j] - matrix[i, j - 1] * matrix[j - 1, j] / matrix[j - 1, j - 1]):
                return None
    return [matrix[i, i] for i in range(size)], [matrix[i, i + 1] for i in range(size - 1)]


def _inverse_of_chain(tree: Tree) -> Lines:
    found = chain(tree)
    if found is None:
        return ()
    variances, covariances = found
    given = [_given(variances, covariances, k) for k in range(len(covariances))]
    if any(map(is_zero, given)):
        raise DomainError("A correlation of 1 or −1 between neighbours makes the matrix singular.")
    conditions = tuple(c for c in map(nonzero, (*variances, *given)) if c is not None)
    return (Line(Explicit(markov_inverse(variances, covariances)), _BECAUSE, tuple(dict.fromkeys(conditions))),)


def _determinant_of_chain(tree: Tree) -> Lines:
    found = chain(tree)
    if found is None:
        return ()
    variances, covariances = found
    because = "the product of the variance of the first row and those of the others given the row before"
    given = [_given(variances, covariances, k) for k in range(len(covariances))]
    return (Line(Scalar(markov_determinant(*found)), because, positive=(variances[0], *given)),)


_rho = sympy.Symbol("rho", real=True)


def _antedependent() -> Tree:
    first, second, third = sympy.symbols("v_1:4", positive=True)
    return Explicit(
        ImmutableDenseMatrix([[first, _rho, _rho**2 / second], [_rho, second, _rho], [_rho**2 / second, _rho, third]])
    )


AUTOREGRESSIVE = Structure(
    "autoregressive",
    _inverse_of_autoregressive,
    _determinant_of_autoregressive,
    lambda: ByDistance(sympy.Symbol("n", integer=True, positive=True), (), _rho**DISTANCE),
)
MARKOV = Structure("markov-chain", _inverse_of_chain, _determinant_of_chain, _antedependent)
