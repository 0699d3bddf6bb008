"""The laws of the trace and of the determinant.

Source: Searle (1982), Matrix Algebra Useful for Statistics, chapters 2, 4 and 12.
"""

from __future__ import annotations

import sympy

from tutor.algebra.applied import Applied
from tutor.algebra.build import identity, kron, symbol
from tutor.algebra.facts import known, rank
from tutor.algebra.laws.inverses import all_square
from tutor.algebra.laws.joining import multiplied, product_of, sum_of, transposed
from tutor.algebra.nodes import (
    BlockDiagonal,
    Determinant,
    Identity,
    Inverse,
    Kronecker,
    Ones,
    Product,
    Scalar,
    Scaled,
    Sum,
    Trace,
    Transpose,
    Zero,
)
from tutor.algebra.rules import Rewrite, Rule
from tutor.algebra.sizes import ONE, Size
from tutor.algebra.tree import Tree
from tutor.display import writer

_A, _B, _C = symbol("A", "n", "n"), symbol("B", "n", "q"), symbol("C", "q", "n")
_D, _Q = symbol("D", "p", "p"), symbol("Q", "n", "n", facts=["invertible"])
_c = Scalar(sympy.Symbol("c", positive=True))


def power(scalar: Tree, exponent: Size) -> Tree:
    """A number to a power that is a size."""
    if exponent == ONE:
        return scalar
    return (
        Scalar(scalar.value**exponent) if isinstance(scalar, Scalar) else Applied("power", (scalar, Scalar(exponent)))
    )


# Traces


def _trace_of_sum(tree: Tree) -> Rewrite | None:
    if isinstance(tree, Trace) and isinstance(tree.tree, Sum):
        return Rewrite(sum_of(map(Trace, tree.tree.terms)))
    return None


def _trace_of_scaled(tree: Tree) -> Rewrite | None:
    if isinstance(tree, Trace) and isinstance(tree.tree, Scaled):
        return Rewrite(Scaled(tree.tree.scalar, Trace(tree.tree.tree)))
    return None


def _trace_of_transpose(tree: Tree) -> Rewrite | None:
    """tr(A') = tr(A), and tr(B'A') = tr(AB) where that has fewer primes."""
    if isinstance(tree, Trace) and isinstance(tree.tree, Transpose):
        return Rewrite(Trace(tree.tree.tree))
    if not isinstance(tree, Trace) or not isinstance(tree.tree, Product):
        return None
    factors = tree.tree.factors
    back = tuple(f if known("symmetric", f).value else transposed(f) for f in reversed(factors))
    fewer = sum(isinstance(f, Transpose) for f in back) < sum(isinstance(f, Transpose) for f in factors)
    return Rewrite(Trace(Product(back))) if fewer else None


def _trace_of_kronecker(tree: Tree) -> Rewrite | None:
    if isinstance(tree, Trace) and isinstance(tree.tree, Kronecker) and all_square(tree.tree.factors):
        return Rewrite(multiplied([Trace(factor) for factor in tree.tree.factors]))
    return None


def _trace_of_constant(tree: Tree) -> Rewrite | None:
    if not isinstance(tree, Trace):
        return None
    if isinstance(tree.tree, Zero):
        return Rewrite(Scalar(sympy.S.Zero), "tr(0) = 0")
    if isinstance(tree.tree, Identity):
        return Rewrite(Scalar(tree.tree.order), "tr(I) is the number of its rows")
    if isinstance(tree.tree, Ones):
        return Rewrite(Scalar(tree.tree.rows), "tr(J) is the number of its rows")
    return Rewrite(tree.tree, "a number is its own trace") if tree.tree.is_scalar else None


def _trace_of_idempotent(tree: Tree) -> Rewrite | None:
    if not isinstance(tree, Trace):
        return None
    idempotent, size = known("idempotent", tree.tree), rank(tree.tree)
    if not idempotent.value or size.value is None:
        return None
    return Rewrite(Scalar(size.value), f"{idempotent.claim}: its trace is its rank, {writer().inline(size.value)}")


def _trace_rotated(tree: Tree) -> Rewrite | None:
    """tr(AB) = tr(BA): the rotation with the fewest rows is taken, and of those the first by name."""
    if not isinstance(tree, Trace) or not isinstance(tree.tree, Product):
        return None
    factors = tree.tree.factors
    turned = [factors[k:] + factors[:k] for k in range(len(factors))]
    best = min(turned, key=_rotation_key)
    return None if best == factors else Rewrite(Trace(Product(best)))


def _rotation_key(factors: tuple[Tree, ...]) -> tuple[bool, str]:
    return factors[0].rows != ONE, writer().inline(Product(factors))


# Determinants


def _determinant_of_product(tree: Tree) -> Rewrite | None:
    if isinstance(tree, Determinant) and isinstance(tree.tree, Product) and all_square(tree.tree.factors):
        return Rewrite(multiplied([Determinant(factor) for factor in tree.tree.factors]))
    return None


def _determinant_of_transpose(tree: Tree) -> Rewrite | None:
    if isinstance(tree, Determinant) and isinstance(tree.tree, Transpose):
        return Rewrite(Determinant(tree.tree.tree))
    return None


def _determinant_of_inverse(tree: Tree) -> Rewrite | None:
    if isinstance(tree, Determinant) and isinstance(tree.tree, Inverse):
        return Rewrite(Inverse(Determinant(tree.tree.tree)))
    return None


def _determinant_of_scaled(tree: Tree) -> Rewrite | None:
    if isinstance(tree, Determinant) and isinstance(tree.tree, Scaled):
        return Rewrite(Scaled(power(tree.tree.scalar, tree.tree.rows), Determinant(tree.tree.tree)))
    return None


def _determinant_of_kronecker(tree: Tree) -> Rewrite | None:
    """|A ⊗ B| = |A|^q |B|^p for A of p and B of q rows."""
    if not isinstance(tree, Determinant) or not isinstance(tree.tree, Kronecker) or not all_square(tree.tree.factors):
        return None
    total = tree.tree.rows
    return Rewrite(multiplied([power(Determinant(f), sympy.cancel(total / f.rows)) for f in tree.tree.factors]))


def _determinant_of_blocks(tree: Tree) -> Rewrite | None:
    if isinstance(tree, Determinant) and isinstance(tree.tree, BlockDiagonal) and all_square(tree.tree.blocks):
        return Rewrite(multiplied([Determinant(block) for block in tree.tree.blocks]))
    return None


def _determinant_of_constant(tree: Tree) -> Rewrite | None:
    if not isinstance(tree, Determinant):
        return None
    if isinstance(tree.tree, Identity):
        return Rewrite(Scalar(sympy.S.One), "|I| = 1")
    if isinstance(tree.tree, Zero):
        return Rewrite(Scalar(sympy.S.Zero), "|0| = 0")
    return Rewrite(tree.tree, "a number is its own determinant") if tree.tree.is_scalar else None


def _power_of_number(tree: Tree) -> Rewrite | None:
    if not isinstance(tree, Applied) or tree.function != "power" or not tree.is_scalar:
        return None
    base, exponent = tree.arguments
    if not isinstance(base, Scalar) or not isinstance(exponent, Scalar):
        return None
    return Rewrite(Scalar(base.value**exponent.value))


def _determinant_of_singular(tree: Tree) -> Rewrite | None:
    if not isinstance(tree, Determinant):
        return None
    found = known("invertible", tree.tree)
    return Rewrite(Scalar(sympy.S.Zero), found.because) if found.value is False else None


TRACE_OF_SUM = Rule("trace-of-sum", "tr(A + B) = tr(A) + tr(B)", _trace_of_sum, lambda: Trace(_A + _B @ _C))
TRACE_OF_SCALED = Rule("trace-of-scaled", "tr(cA) = c tr(A)", _trace_of_scaled, lambda: Trace(_c * _A))
TRACE_OF_TRANSPOSE = Rule("trace-of-transpose", "tr(A') = tr(A)", _trace_of_transpose, lambda: Trace(_A.T))
TRACE_OF_KRONECKER = Rule(
    "trace-of-kronecker", "tr(A ⊗ B) = tr(A) tr(B)", _trace_of_kronecker, lambda: Trace(kron(_A, _D))
)
TRACE_OF_CONSTANT = Rule(
    "trace-of-constant", "tr(I) is the number of its rows", _trace_of_constant, lambda: Trace(identity("n"))
)
TRACE_OF_IDEMPOTENT = Rule(
    "trace-of-idempotent",
    "the trace of an idempotent matrix is its rank",
    _trace_of_idempotent,
    lambda: Trace(_projection()),
)
TRACE_CYCLIC = Rule("trace-cyclic", "tr(AB) = tr(BA)", _trace_rotated, lambda: Trace(_C @ _B))
DETERMINANT_OF_PRODUCT = Rule(
    "determinant-of-product", "|AB| = |A||B| for square A and B", _determinant_of_product, lambda: Determinant(_A @ _Q)
)
DETERMINANT_OF_TRANSPOSE = Rule(
    "determinant-of-transpose", "|A'| = |A|", _determinant_of_transpose, lambda: Determinant(_A.T)
)
DETERMINANT_OF_INVERSE = Rule(
    "determinant-of-inverse", "|A⁻¹| = 1/|A|", _determinant_of_inverse, lambda: Determinant(_Q.inv())
)
DETERMINANT_OF_SCALED = Rule(
    "determinant-of-scaled",
    "|cA| = cⁿ|A| for A with n rows",
    _determinant_of_scaled,
    lambda: Determinant(_c * _A),
)
DETERMINANT_OF_KRONECKER = Rule(
    "determinant-of-kronecker",
    "|A ⊗ B| = |A|^q |B|^p for A with p and B with q rows",
    _determinant_of_kronecker,
    lambda: Determinant(kron(_A, _D)),
)
DETERMINANT_OF_BLOCKS = Rule(
    "determinant-of-blocks",
    "the determinants of blocks along the diagonal multiply",
    _determinant_of_blocks,
    lambda: Determinant(BlockDiagonal((_A, _D))),
)
DETERMINANT_OF_CONSTANT = Rule(
    "determinant-of-constant", "|I| = 1", _determinant_of_constant, lambda: Determinant(identity("n"))
)
DETERMINANT_OF_SINGULAR = Rule(
    "determinant-of-singular",
    "a matrix without an inverse has the determinant 0",
    _determinant_of_singular,
    lambda: Determinant(identity("n") + -1 * _projection()),
)


def _projection() -> Tree:
    X = symbol("X", "n", "p", facts=["full column rank"])
    return product_of((X, Inverse(X.T @ X), X.T))


TRACES = (
    TRACE_OF_SUM,
    TRACE_OF_SCALED,
    TRACE_OF_TRANSPOSE,
    TRACE_OF_CONSTANT,
    TRACE_OF_KRONECKER,
    TRACE_OF_IDEMPOTENT,
    TRACE_CYCLIC,
)
"""What brings traces down to products of letters, in one rotation."""

POWER_OF_NUMBER = Rule(
    "power-of-number",
    "a number to a power is a number",
    _power_of_number,
    lambda: Applied("power", (_c, Scalar(sympy.Integer(3)))),
)

DETERMINANTS = (
    POWER_OF_NUMBER,
    DETERMINANT_OF_CONSTANT,
    DETERMINANT_OF_SCALED,
    DETERMINANT_OF_PRODUCT,
    DETERMINANT_OF_TRANSPOSE,
    DETERMINANT_OF_INVERSE,
    DETERMINANT_OF_KRONECKER,
    DETERMINANT_OF_BLOCKS,
    DETERMINANT_OF_SINGULAR,
)
"""What brings determinants down to letters and sums."""
