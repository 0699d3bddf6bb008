"""The laws of the rank, the number of independent columns, as notation: rank(X), n − rank(X).

Source: Searle (1982), Matrix Algebra Useful for Statistics, chapter 6.
"""

from __future__ import annotations

import sympy

from tutor.algebra.applied import Applied
from tutor.algebra.build import identity, kron, symbol
from tutor.algebra.deductions.definite import congruence
from tutor.algebra.deductions.form import complement, oblique_middle
from tutor.algebra.facts import REASONER, known, rank
from tutor.algebra.laws.joining import multiplied, negated, product_of, sum_of
from tutor.algebra.nodes import (
    BlockDiagonal,
    Identity,
    Kronecker,
    Product,
    Scalar,
    Scaled,
    Sum,
    Symbol,
    Trace,
    Transpose,
)
from tutor.algebra.rules import Rewrite, Rule
from tutor.algebra.sizes import same_size
from tutor.algebra.tree import Tree
from tutor.display import writer

_A, _B = symbol("A", "n", "q"), symbol("B", "p", "m")
_Q = symbol("Q", "n", "n", facts=["invertible"])
_X, _W = symbol("X", "n", "p"), symbol("W", "n", "n", facts=["positive definite"])
_E = symbol("E", "n", "n", facts=["idempotent"])


def rank_of(tree: Tree) -> Applied:
    """rank(A), a number."""
    return Applied("rank", (tree,))


def _inside(tree: Tree) -> Tree | None:
    return tree.arguments[0] if isinstance(tree, Applied) and tree.function == "rank" else None


def _of_known(tree: Tree) -> Rewrite | None:
    inside = _inside(tree)
    found = None if inside is None else rank(inside)
    return Rewrite(Scalar(found.value), found.because) if found is not None and found.value is not None else None


def _of_transpose(tree: Tree) -> Rewrite | None:
    inside = _inside(tree)
    return Rewrite(rank_of(inside.tree)) if isinstance(inside, Transpose) else None


def _of_scaled(tree: Tree) -> Rewrite | None:
    inside = _inside(tree)
    if not isinstance(inside, Scaled) or not rank(inside.scalar).value:
        return None
    return Rewrite(rank_of(inside.tree))


def _of_kronecker(tree: Tree) -> Rewrite | None:
    inside = _inside(tree)
    return Rewrite(multiplied(list(map(rank_of, inside.factors)))) if isinstance(inside, Kronecker) else None


def _of_blocks(tree: Tree) -> Rewrite | None:
    inside = _inside(tree)
    return Rewrite(sum_of(map(rank_of, inside.blocks))) if isinstance(inside, BlockDiagonal) else None


def _written_out(tree: Tree | None) -> tuple[Tree | None, str]:
    """What a name stands for, and the reason in front of another; any other tree as it is."""
    if not isinstance(tree, Symbol) or tree.definition is None:
        return tree, ""
    return tree.definition, f"{writer().inline(tree)} = {writer().inline(tree.definition)}, and "


def _of_projection(tree: Tree) -> Rewrite | None:
    """rank A(BA)⁻B = tr A(BA)⁻B = tr (BA)(BA)⁻ = rank BA, as the product is idempotent."""
    inside, told = _written_out(_inside(tree))
    middle = oblique_middle(inside, REASONER) if isinstance(inside, Product) else None
    return None if middle is None else Rewrite(rank_of(middle.parts[0]), f"{told}rank A(BA)⁻B = rank BA")


def _of_complement(tree: Tree) -> Rewrite | None:
    inside, told = _written_out(_inside(tree))
    projected = complement(inside) if isinstance(inside, Sum) else None
    if projected is None or not known("idempotent", projected).value:
        return None
    because = f"{told}rank(I − A) = n − rank(A) for an idempotent A of n rows"
    return Rewrite(Sum((Scalar(projected.rows), negated(rank_of(projected)))), because)


def _of_congruence(tree: Tree) -> Rewrite | None:
    """rank(A'WA) = rank(A): A'WAx = 0 gives x'A'WAx = 0, and so Ax = 0."""
    inside = _inside(tree)
    split = congruence(inside, REASONER) if isinstance(inside, Product) else None
    if split is None or not REASONER.holds("positive definite", split[1]):
        return None
    return Rewrite(rank_of(split[0]), "rank(A'A) = rank(A)" if isinstance(split[1], Identity) else None)


def _of_product(tree: Tree) -> Rewrite | None:
    """rank(QA) = rank(A) where the columns of Q are independent, and rank(AQ) = rank(A) where its rows are."""
    inside = _inside(tree)
    if not isinstance(inside, Product):
        return None
    factors = list(inside.factors)
    while len(factors) > 1 and _is_full(factors[0], 1):
        factors.pop(0)
    while len(factors) > 1 and _is_full(factors[-1], 0):
        factors.pop()
    return None if len(factors) == len(inside.factors) else Rewrite(rank_of(product_of(factors)))


def _is_full(tree: Tree, axis: int) -> bool:
    found = rank(tree).value
    return found is not None and same_size(found, tree.shape[axis])


def _trace(tree: Tree) -> Rewrite | None:
    """The trace of an idempotent matrix of which the rank is no number that is known."""
    if not isinstance(tree, Trace) or not known("idempotent", tree.tree).value or rank(tree.tree).value is not None:
        return None
    return Rewrite(rank_of(tree.tree))


def _projection() -> Product:
    return Product((_X, Applied("generalized inverse", (Product((_X.T, _X)),)), _X.T))


RANK_KNOWN = Rule("rank-known", "the rank is known", _of_known, lambda: rank_of(_Q))
RANK_OF_TRANSPOSE = Rule("rank-of-transpose", "rank(A') = rank(A)", _of_transpose, lambda: rank_of(_A.T))
RANK_OF_SCALED = Rule(
    "rank-of-scaled",
    "rank(cA) = rank(A) for c ≠ 0",
    _of_scaled,
    lambda: rank_of(Scaled(Scalar(sympy.Symbol("c", positive=True)), _A)),
)
RANK_OF_KRONECKER = Rule(
    "rank-of-kronecker", "rank(A ⊗ B) = rank(A) rank(B)", _of_kronecker, lambda: rank_of(kron(_A, _B))
)
RANK_OF_BLOCKS = Rule(
    "rank-of-blocks",
    "the ranks of blocks along the diagonal add up",
    _of_blocks,
    lambda: rank_of(BlockDiagonal((_A, _B))),
)
RANK_OF_PROJECTION = Rule(
    "rank-of-projection", "rank A(BA)⁻B = rank BA", _of_projection, lambda: rank_of(_projection())
)
RANK_OF_COMPLEMENT = Rule(
    "rank-of-complement",
    "rank(I − A) = n − rank(A) for an idempotent A of n rows",
    _of_complement,
    lambda: rank_of(Sum((identity("n"), negated(_E)))),
)
RANK_OF_CONGRUENCE = Rule(
    "rank-of-congruence",
    "rank(A'WA) = rank(A) for a positive definite W",
    _of_congruence,
    lambda: rank_of(_X.T @ _W @ _X),
)
RANK_OF_PRODUCT = Rule(
    "rank-of-product",
    "a factor of full rank on the side where it meets A leaves the rank of A",
    _of_product,
    lambda: rank_of(_Q @ _A),
)
TRACE_IS_RANK = Rule("trace-is-rank", "the trace of an idempotent matrix is its rank", _trace, lambda: Trace(_E))

RANKS = (
    RANK_KNOWN,
    RANK_OF_TRANSPOSE,
    RANK_OF_SCALED,
    RANK_OF_KRONECKER,
    RANK_OF_BLOCKS,
    RANK_OF_PROJECTION,
    RANK_OF_COMPLEMENT,
    RANK_OF_CONGRUENCE,
    RANK_OF_PRODUCT,
    TRACE_IS_RANK,
)
"""What brings ranks down to those of letters, and traces of idempotent matrices to ranks."""
