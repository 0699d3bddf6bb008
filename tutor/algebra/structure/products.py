"""Inverses and determinants of multiples, Kronecker products, products and direct sums: those of their parts."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import replace

import sympy

from tutor.algebra.applied import Applied, Indexed
from tutor.algebra.build import identity, kron, symbol
from tutor.algebra.facts import known
from tutor.algebra.nodes import (
    BlockDiagonal,
    Determinant,
    Identity,
    Inverse,
    Kronecker,
    Product,
    Scalar,
    Scaled,
    Symbol,
    Transpose,
    Zero,
)
from tutor.algebra.sizes import same_size
from tutor.algebra.structure.conditions import is_zero, nonzero
from tutor.algebra.structure.method import Line, Lines, Structure, power, times
from tutor.algebra.tree import Tree
from tutor.display import writer
from tutor.errors import DomainError

LONGEST_DEFINITION = 30
"""Letters of a definition that a reason repeats."""

_A = symbol("A", "m", "m", facts=["invertible"])
_B = symbol("B", "n", "n", facts=["invertible"])
_S = symbol("S", "n", "n", facts=["positive definite"])


def singular(tree: Tree, reason: str) -> DomainError:
    """The error for the inverse of a matrix that has none."""
    return DomainError(f"{writer().inline(tree)} has no inverse: {reason}.")


# Identity, zero, multiples


def _inverse_of_identity(tree: Tree) -> Lines:
    if isinstance(tree, Identity):
        return (Line(tree, "I⁻¹ = I"),)
    if isinstance(tree, Zero):
        raise singular(tree, "its rank is 0")
    return ()


def _determinant_of_identity(tree: Tree) -> Lines:
    if isinstance(tree, Identity):
        return (Line(Scalar(sympy.S.One), "|I| = 1"),)
    if isinstance(tree, Zero):
        return (Line(Scalar(sympy.S.Zero), "|0| = 0"),)
    if isinstance(tree, Scalar):
        return (Line(tree, "the determinant of a number is the number"),)
    return ()


def _inverse_of_multiple(tree: Tree) -> Lines:
    if not isinstance(tree, Scaled) or not isinstance(tree.scalar, Scalar):
        return ()
    scalar = tree.scalar.value
    if is_zero(scalar):
        raise singular(tree, "it is 0")
    condition = nonzero(scalar)
    inner = tree.tree if isinstance(tree.tree, Identity) else Inverse(tree.tree)
    return (Line(Scaled(Scalar(1 / scalar), inner), "(cA)⁻¹ = c⁻¹A⁻¹", () if condition is None else (condition,)),)


def _determinant_of_multiple(tree: Tree) -> Lines:
    if not isinstance(tree, Scaled) or not isinstance(tree.scalar, Scalar):
        return ()
    value = tree.scalar.value**tree.rows
    return (Line(Scaled(Scalar(value), Determinant(tree.tree)), "|cA| = cⁿ|A| for a matrix of n rows"),)


# Kronecker products


def _squares(tree: Tree) -> bool:
    return all(same_size(*part.shape) for part in tree.parts)


def _inverse_of_kronecker(tree: Tree) -> Lines:
    if not isinstance(tree, Kronecker) or not _squares(tree):
        return ()
    factors = tuple(f if isinstance(f, Identity) else Inverse(f) for f in tree.factors)
    told = ", I⁻¹ = I" if any(isinstance(f, Identity) for f in factors) else ""
    return (Line(Kronecker(factors), f"(A ⊗ B)⁻¹ = A⁻¹ ⊗ B⁻¹{told}"),)


def _determinant_of_kronecker(tree: Tree) -> Lines:
    if not isinstance(tree, Kronecker) or not _squares(tree):
        return ()
    powers = [
        power(Determinant(factor), sympy.cancel(tree.rows / factor.rows))
        for factor in tree.factors
        if not isinstance(factor, Identity)
    ]
    told = ", |I| = 1" if len(powers) < len(tree.factors) else ""
    return (Line(times(powers), f"|A ⊗ B| = |A|ⁿ|B|ᵐ for A with m and B with n rows{told}"),)


# Direct sums


def _inverse_of_direct_sum(tree: Tree) -> Lines:
    if isinstance(tree, BlockDiagonal) and _squares(tree):
        return (
            Line(BlockDiagonal(tuple(map(Inverse, tree.blocks))), "blocks along the diagonal are inverted one by one"),
        )
    if isinstance(tree, Indexed) and tree.operation == "direct sum" and same_size(*tree.body.shape):
        inverse = Indexed("direct sum", tree.index, tree.first, tree.last, Inverse(tree.body))
        return (Line(inverse, "blocks along the diagonal are inverted one by one"),)
    return ()


def _determinant_of_direct_sum(tree: Tree) -> Lines:
    because = "the determinant of blocks along the diagonal is the product of theirs"
    if isinstance(tree, BlockDiagonal) and _squares(tree):
        counts = Counter(tree.blocks)
        return (Line(times([power(Determinant(b), sympy.Integer(n)) for b, n in counts.items()]), because),)
    if isinstance(tree, Indexed) and tree.operation == "direct sum" and same_size(*tree.body.shape):
        return (Line(Indexed("product", tree.index, tree.first, tree.last, Determinant(tree.body)), because),)
    return ()


def _function_of_direct_sum(tree: Applied) -> Lines:
    """A root or a generalized inverse, block by block."""
    inner, *others = tree.arguments
    because = "blocks along the diagonal go one by one"
    if isinstance(inner, BlockDiagonal) and _squares(inner):
        return (Line(BlockDiagonal(tuple(_same_function(tree, block, others) for block in inner.blocks)), because),)
    if isinstance(inner, Indexed) and inner.operation == "direct sum" and same_size(*inner.body.shape):
        return (Line(replace(inner, body=_same_function(tree, inner.body, others)), because),)
    return ()


def _same_function(tree: Applied, block: Tree, others: Sequence[Tree]) -> Applied:
    return replace(tree, arguments=(block, *others), row_size=block.rows, column_size=block.columns)


# Products of square matrices


def _inverse_of_product(tree: Tree) -> Lines:
    if not isinstance(tree, Product) or not _squares(tree):
        return ()
    return (Line(Product(tuple(map(Inverse, reversed(tree.factors)))), "(AB)⁻¹ = B⁻¹A⁻¹ for square A and B"),)


def _determinant_of_product(tree: Tree) -> Lines:
    if not isinstance(tree, Product) or not _squares(tree):
        return ()
    counts = Counter(tree.factors)
    found = [power(Determinant(factor), sympy.Integer(count)) for factor, count in counts.items()]
    return (Line(times(found), "|AB| = |A||B| for square A and B"),)


def _inverse_of_transpose(tree: Tree) -> Lines:
    if isinstance(tree, Transpose):
        return (Line(Transpose(Inverse(tree.tree)), "(A')⁻¹ = (A⁻¹)'"),)
    return ()


def _determinant_of_transpose(tree: Tree) -> Lines:
    if isinstance(tree, Transpose):
        return (Line(Determinant(tree.tree), "|A'| = |A|"),)
    return ()


def _inverse_of_inverse(tree: Tree) -> Lines:
    return (Line(tree.tree, "(A⁻¹)⁻¹ = A"),) if isinstance(tree, Inverse) else ()


def _determinant_of_inverse(tree: Tree) -> Lines:
    return (Line(Inverse(Determinant(tree.tree)), "|A⁻¹| = 1/|A|"),) if isinstance(tree, Inverse) else ()


# Definitions


def _definition(tree: Tree) -> Tree | None:
    """What a name stands for, where that says more than a list of entries."""
    return tree.definition if isinstance(tree, Symbol) else None


def _defined(tree: Tree, known: Tree) -> str:
    name, told = writer().inline(tree), writer().inline(known)
    return f"{name} = {told}" if len(told) <= LONGEST_DEFINITION else f"{name} written out"


def _inverse_of_definition(tree: Tree) -> Lines:
    known = _definition(tree)
    return () if known is None else (Line(Inverse(known), _defined(tree, known)),)


def _determinant_of_definition(tree: Tree) -> Lines:
    known = _definition(tree)
    return () if known is None else (Line(Determinant(known), _defined(tree, known)),)


_c = sympy.Symbol("c", positive=True)


def _inverse_in_place(tree: Applied) -> Lines:
    """A⁻ of a matrix that is known to have an inverse, which is its only generalized inverse."""
    inside = tree.arguments[0]
    found = known("invertible", inside)
    if tree.function != "generalized inverse" or not found.value:
        return ()
    return (Line(Inverse(inside), f"{found.because}: its only generalized inverse is its inverse"),)


POWERS = "a positive definite A with the eigenvalues λ has A^c with the eigenvalues λ^c"


def _base_and_exponent(tree: Tree) -> tuple[Tree, sympy.Expr] | None:
    """The A and c of A^c, A positive definite; None for another tree."""
    if not isinstance(tree, Applied) or tree.function != "power" or not isinstance(tree.arguments[1], Scalar):
        return None
    A, exponent = tree.arguments
    assert isinstance(exponent, Scalar)
    return (A, exponent.value) if known("positive definite", A).value else None


def _inverse_of_power(tree: Tree) -> Lines:
    found = _base_and_exponent(tree)
    if found is None or not isinstance(tree, Applied):
        return ()
    return (Line(replace(tree, arguments=(found[0], Scalar(-found[1]))), POWERS),)


def _determinant_of_power(tree: Tree) -> Lines:
    found = _base_and_exponent(tree)
    return () if found is None else (Line(power(Determinant(found[0]), found[1]), POWERS),)


IDENTITY = Structure("identity", _inverse_of_identity, _determinant_of_identity, lambda: identity("n"))
MULTIPLE = Structure("multiple", _inverse_of_multiple, _determinant_of_multiple, lambda: Scaled(Scalar(_c), _A))
KRONECKER = Structure("kronecker", _inverse_of_kronecker, _determinant_of_kronecker, lambda: kron(_A, _B))
DIRECT_SUM = Structure(
    "direct-sum",
    _inverse_of_direct_sum,
    _determinant_of_direct_sum,
    lambda: BlockDiagonal((_A, _B, _A)),
    _function_of_direct_sum,
)
PRODUCT = Structure("product", _inverse_of_product, _determinant_of_product, lambda: _A @ symbol("C", "m", "m") @ _A)
TRANSPOSE = Structure("transpose", _inverse_of_transpose, _determinant_of_transpose, lambda: _A.T)
INVERSE = Structure("inverse", _inverse_of_inverse, _determinant_of_inverse, lambda: _A.inv())
DEFINITION = Structure(
    "definition",
    _inverse_of_definition,
    _determinant_of_definition,
    lambda: symbol("D", "n", "n", definition=Scaled(Scalar(_c), identity("n"))),
)
POWER = Structure(
    "power",
    _inverse_of_power,
    _determinant_of_power,
    lambda: Applied("power", (_S, Scalar(sympy.Integer(2))), row_size=_S.rows, column_size=_S.rows),
    _inverse_in_place,
)
