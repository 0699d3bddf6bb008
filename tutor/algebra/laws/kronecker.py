"""The laws of Kronecker products and of vec, the columns of a matrix below each other.

Source: Searle (1982), Matrix Algebra Useful for Statistics, chapter 12.
"""

from __future__ import annotations

import sympy

from tutor.algebra.applied import Applied
from tutor.algebra.build import identity, kron, symbol
from tutor.algebra.deductions.mirror import is_generalized_inverse
from tutor.algebra.laws.joining import product_of, sum_of, transposed
from tutor.algebra.nodes import Identity, Kronecker, Product, Scaled, Sum, Trace, Transpose
from tutor.algebra.rules import Rewrite, Rule
from tutor.algebra.sizes import same_shape, same_size
from tutor.algebra.tree import Tree

_A, _B, _C, _D = symbol("A", "n", "q"), symbol("B", "p", "m"), symbol("C", "q", "n"), symbol("D", "m", "p")


def vec(tree: Tree) -> Applied:
    """vec(A), the columns of an n × m matrix below each other: nm × 1."""
    return Applied("vec", (tree,))


def _mixed_product(tree: Tree) -> Rewrite | None:
    """(A ⊗ B)(C ⊗ D) = AC ⊗ BD, where the columns of A meet the rows of C, and those of B the rows of D."""
    if not isinstance(tree, Product):
        return None
    for place, (left, right) in enumerate(zip(tree.factors, tree.factors[1:], strict=False)):
        if not isinstance(left, Kronecker) or not isinstance(right, Kronecker):
            continue
        if len(left.factors) != len(right.factors):
            continue
        pairs = list(zip(left.factors, right.factors, strict=True))
        if all(same_size(a.columns, b.rows) for a, b in pairs):
            met = Kronecker(tuple(map(product_of, pairs)))
            return Rewrite(product_of((*tree.factors[:place], met, *tree.factors[place + 2 :])))
    return None


def _of_identities(tree: Tree) -> Rewrite | None:
    """I_a ⊗ I_b = I_ab, for neighbours in a longer product too."""
    if not isinstance(tree, Kronecker):
        return None
    joined: list[Tree] = []
    for factor in tree.factors:
        last = joined[-1] if joined else None
        if isinstance(factor, Identity) and isinstance(last, Identity):
            joined[-1] = Identity(sympy.expand(last.order * factor.order))
        else:
            joined.append(factor)
    if len(joined) == len(tree.factors):
        return None
    return Rewrite(joined[0] if len(joined) == 1 else Kronecker(tuple(joined)))


def _scalar_to_front(tree: Tree) -> Rewrite | None:
    if not isinstance(tree, Kronecker):
        return None
    for place, factor in enumerate(tree.factors):
        if isinstance(factor, Scaled):
            others = (*tree.factors[:place], factor.tree, *tree.factors[place + 1 :])
            return Rewrite(Scaled(factor.scalar, Kronecker(others)))
    return None


def _distributed(tree: Tree) -> Rewrite | None:
    if not isinstance(tree, Kronecker):
        return None
    for place, factor in enumerate(tree.factors):
        if isinstance(factor, Sum):
            before, behind = tree.factors[:place], tree.factors[place + 1 :]
            return Rewrite(Sum(tuple(Kronecker((*before, term, *behind)) for term in factor.terms)))
    return None


def _brackets(tree: Tree) -> Rewrite | None:
    if not isinstance(tree, Kronecker) or not any(isinstance(factor, Kronecker) for factor in tree.factors):
        return None
    factors: list[Tree] = []
    for factor in tree.factors:
        factors += factor.factors if isinstance(factor, Kronecker) else (factor,)
    return Rewrite(Kronecker(tuple(factors)))


def _vec_of_product(tree: Tree) -> Rewrite | None:
    """vec(ABC) = (C' ⊗ A) vec(B), B all that stands between the first and the last factor."""
    inside = _inside_vec(tree)
    if not isinstance(inside, Product) or len(inside.factors) < 3:
        return None
    first, *middle, last = inside.factors
    return Rewrite(Product((Kronecker((transposed(last), first)), vec(product_of(middle)))))


def _vec_collected(tree: Tree) -> Rewrite | None:
    """(C' ⊗ A) vec(B) = vec(ABC), within a product; I is not written."""
    if not isinstance(tree, Product):
        return None
    for place, (outer, factor) in enumerate(zip(tree.factors, tree.factors[1:], strict=False)):
        inside = _inside_vec(factor)
        if inside is None or not isinstance(outer, Kronecker) or len(outer.factors) != 2:
            continue
        last, first = outer.factors
        if same_size(first.columns, inside.rows) and same_size(last.columns, inside.columns):
            factors = [part for part in (first, inside, transposed(last)) if not isinstance(part, Identity)]
            met = vec(product_of(factors, inside.rows))
            return Rewrite(product_of((*tree.factors[:place], met, *tree.factors[place + 2 :])))
    return None


def _vec_transposed(tree: Tree) -> Rewrite | None:
    """vec(A)' vec(B) = tr(A'B), for neighbours in a product."""
    if not isinstance(tree, Product):
        return None
    for place, (left, right) in enumerate(zip(tree.factors, tree.factors[1:], strict=False)):
        inside = [_inside_vec(left.tree) if isinstance(left, Transpose) else None, _inside_vec(right)]
        if inside[0] is None or inside[1] is None or not same_shape(inside[0].shape, inside[1].shape):
            continue
        trace = Trace(product_of((transposed(inside[0]), inside[1])))
        rest = (*tree.factors[:place], *tree.factors[place + 2 :])
        return Rewrite(Scaled(trace, product_of(rest)) if rest else trace)
    return None


def _generalized_inverse(tree: Tree) -> Rewrite | None:
    """(A ⊗ B)⁻ = A⁻ ⊗ B⁻: with AA⁻A = A and BB⁻B = B the mixed product gives A ⊗ B again."""
    if not is_generalized_inverse(tree) or not isinstance(tree.parts[0], Kronecker):
        return None
    factors = tree.parts[0].factors
    return Rewrite(Kronecker(tuple(f if isinstance(f, Identity) else tree.rebuild((f,)) for f in factors)))


def _vec_of_sum(tree: Tree) -> Rewrite | None:
    inside = _inside_vec(tree)
    return Rewrite(sum_of(map(vec, inside.terms))) if isinstance(inside, Sum) else None


def _vec_of_scaled(tree: Tree) -> Rewrite | None:
    inside = _inside_vec(tree)
    return Rewrite(Scaled(inside.scalar, vec(inside.tree))) if isinstance(inside, Scaled) else None


def _inside_vec(tree: Tree) -> Tree | None:
    return tree.arguments[0] if isinstance(tree, Applied) and tree.function == "vec" else None


MIXED_PRODUCT = Rule("mixed-product", "(A ⊗ B)(C ⊗ D) = AC ⊗ BD", _mixed_product, lambda: kron(_A, _B) @ kron(_C, _D))
KRONECKER_OF_IDENTITIES = Rule(
    "kronecker-of-identities", "I_a ⊗ I_b = I_ab", _of_identities, lambda: kron(identity("a"), identity("b"))
)
KRONECKER_SCALAR = Rule(
    "kronecker-scalar",
    "(cA) ⊗ B = c (A ⊗ B)",
    _scalar_to_front,
    lambda: kron(Scaled(symbol("c", 1), _A), _B),
)
KRONECKER_DISTRIBUTED = Rule(
    "kronecker-distributed",
    "A ⊗ (B + C) = A ⊗ B + A ⊗ C",
    _distributed,
    lambda: kron(_A, _B + _D.T),
)
KRONECKER_BRACKETS = Rule("kronecker-brackets", "(A ⊗ B) ⊗ C = A ⊗ B ⊗ C", _brackets, lambda: kron(kron(_A, _B), _C))
VEC_OF_PRODUCT = Rule("vec-of-product", "vec(ABC) = (C' ⊗ A) vec(B)", _vec_of_product, lambda: vec(_A @ _C @ _A))
VEC_COLLECTED = Rule(
    "vec-collected", "(C' ⊗ A) vec(B) = vec(ABC)", _vec_collected, lambda: kron(_B, _A) @ vec(symbol("E", "q", "m"))
)
VECS_MULTIPLIED = Rule(
    "vecs-multiplied", "vec(A)' vec(B) = tr(A'B)", _vec_transposed, lambda: vec(_A).T @ vec(symbol("E", "n", "q"))
)
GENERALIZED_INVERSE_OF_KRONECKER = Rule(
    "generalized-inverse-of-kronecker",
    "A⁻ ⊗ B⁻ is a generalized inverse of A ⊗ B",
    _generalized_inverse,
    lambda: Applied("generalized inverse", (kron(_A, _B),)),
)
VEC_OF_SUM = Rule("vec-of-sum", "vec(A + B) = vec(A) + vec(B)", _vec_of_sum, lambda: vec(_A + _C.T))
VEC_OF_SCALED = Rule("vec-of-scaled", "vec(cA) = c vec(A)", _vec_of_scaled, lambda: vec(2 * _A))

KRONECKERS = (
    KRONECKER_BRACKETS,
    KRONECKER_SCALAR,
    KRONECKER_OF_IDENTITIES,
    MIXED_PRODUCT,
    GENERALIZED_INVERSE_OF_KRONECKER,
)
"""What makes Kronecker products shorter, or of shorter parts."""

VECS = (VECS_MULTIPLIED, VEC_COLLECTED, VEC_OF_SUM, VEC_OF_SCALED)
"""What puts products within vec, and sums and numbers before it."""
