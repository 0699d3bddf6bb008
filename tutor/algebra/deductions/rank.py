"""The rank of a matrix, and what it decides: an inverse, full column rank."""

from __future__ import annotations

import sympy

from tutor.algebra.deductions import blocks, projected
from tutor.algebra.deductions.definite import congruence
from tutor.algebra.deductions.form import complement, oblique_middle
from tutor.algebra.deductions.known import Found, Known, Reasoner, listed, size_name
from tutor.algebra.deductions.mirror import is_generalized_inverse
from tutor.algebra.deductions.over_index import rank_over_index
from tutor.algebra.deductions.spanned import rank_beside
from tutor.algebra.deductions.strata import strata
from tutor.algebra.nodes import (
    Block,
    BlockDiagonal,
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
    Zero,
)
from tutor.algebra.sizes import ONE, Size, same_size
from tutor.algebra.tree import Tree
from tutor.algebra.unit_vector import UnitVector


def rank(tree: Tree, reasoner: Reasoner) -> Found[Size] | None:
    """The number of independent columns."""
    for fact in ("positive definite", "orthogonal"):
        known = reasoner.known(fact, tree)
        if known.value:
            return Found(tree.rows, "{}, so all its columns are independent", (known,))
    return rank_by_form(tree, reasoner)


def too_low(tree: Tree, reasoner: Reasoner) -> Found[bool] | None:
    """That a square matrix is neither positive definite nor orthogonal, as its rank is lower than its rows are many."""
    found = rank_by_form(tree, reasoner)
    if found is None or found.value is None or not sympy.expand(tree.rows - found.value).is_positive:
        return None
    ranked = Known(tree, "rank", found.value, found.reason, found.about)
    return Found(False, f"{{}}, and it has {size_name(tree.rows)} rows", (ranked,))


def rank_by_form(tree: Tree, reasoner: Reasoner) -> Found[Size] | None:
    """The rank where it follows from how the matrix is made, without asking whether that is definite."""
    if isinstance(tree, Zero):
        return Found(sympy.S.Zero, "all its entries are 0")
    if isinstance(tree, Ones):
        return Found(ONE, "all its columns are the same")
    if isinstance(tree, UnitVector):
        return Found(ONE, "it is one column, and not 0")
    if isinstance(tree, Symbol):
        return _declared_rank(tree)
    if isinstance(tree, Scalar):
        return _rank_of_number(tree)
    if isinstance(tree, Inverse):
        return Found(tree.rows, "what is an inverse has one")
    if isinstance(tree, Transpose) or is_generalized_inverse(tree):
        inner = reasoner.rank(tree.parts[0])
        return None if inner.value is None else Found(inner.value, "{}", (inner,))
    if isinstance(tree, Scaled):
        return _rank_of_scaled(tree, reasoner)
    if isinstance(tree, Kronecker | BlockDiagonal):
        return _rank_of_blocks(tree, reasoner)
    if isinstance(tree, Sum):
        return _rank_of_complement(tree, reasoner) or projected.projected_rank(tree, reasoner)
    if isinstance(tree, Product):
        return _rank_of_product(tree, reasoner)
    if isinstance(tree, Block):
        return _rank_of_indicators(tree) or rank_beside(tree, reasoner) or blocks.block_rank(tree, reasoner)
    return rank_over_index(tree, reasoner)


def _declared_rank(tree: Symbol) -> Found[Size] | None:
    if tree.facts & {"invertible", "full column rank"}:
        fact = "invertible" if "invertible" in tree.facts else "of full column rank"
        return Found(tree.columns, f"it is declared {fact}")
    return None


def _rank_of_number(tree: Scalar) -> Found[Size] | None:
    if tree.value.is_zero is None:
        return None
    return Found(sympy.S.Zero if tree.value.is_zero else ONE, "of numbers 0 has rank 0, any other 1")


def _rank_of_scaled(tree: Scaled, reasoner: Reasoner) -> Found[Size] | None:
    scalar, inner = reasoner.rank(tree.scalar), reasoner.rank(tree.tree)
    if scalar.value == 0:
        return Found(sympy.S.Zero, "{} is 0", (tree.scalar,))
    if scalar.value is None or inner.value is None:
        return None
    return Found(inner.value, "{}, and {} is not 0", (inner, tree.scalar))


def _rank_of_blocks(tree: Kronecker | BlockDiagonal, reasoner: Reasoner) -> Found[Size] | None:
    """rank(A ⊗ B) = rank(A) rank(B); the ranks of blocks along a diagonal add up."""
    known = [reasoner.rank(part) for part in tree.parts]
    ranks = [part.value for part in known if part.value is not None]
    if len(ranks) < len(known):
        return None
    if isinstance(tree, Kronecker):
        return Found(sympy.Mul(*ranks), "the ranks of Kronecker factors multiply: " + _slots(known), tuple(known))
    return Found(sympy.Add(*ranks), "the ranks of blocks along the diagonal add up: " + _slots(known), tuple(known))


def _rank_of_indicators(tree: Block) -> Found[Size] | None:
    """Of blocks side by side that are Kronecker products of I and 1, as those of balanced designs."""
    dimensions = strata(tree.grid[0]) if len(tree.grid) == 1 else None
    if dimensions is None:
        return None
    told = listed(len(dimensions)).format(*map(size_name, dimensions))
    return Found(sympy.expand(sympy.Add(*dimensions)), f"its columns span strata of {told} dimensions")


def _slots(known: list[Known[Size]]) -> str:
    return ", ".join(["{}"] * len(known))


def _rank_of_complement(tree: Sum, reasoner: Reasoner) -> Found[Size] | None:
    """The rank of an idempotent matrix is its trace, and tr(I − A) = n − tr(A)."""
    projection = complement(tree)
    if projection is None:
        return None
    idempotent, inner = reasoner.known("idempotent", projection), reasoner.rank(projection)
    if not idempotent.value or inner.value is None:
        return None
    return Found(sympy.expand(tree.rows - inner.value), "{}, {}, and that of I − A is n less it", (idempotent, inner))


def _rank_of_product(tree: Product, reasoner: Reasoner) -> Found[Size] | None:
    middle = oblique_middle(tree, reasoner)
    if middle is not None:
        # rank A(BA)⁻B = tr A(BA)⁻B = tr (BA)(BA)⁻ = rank BA, as the product is idempotent.
        inner = reasoner.rank(middle)
        if inner.value is not None:
            return Found(inner.value, "it is idempotent with the rank of what it inverts, and {}", (inner,))
    stripped = _without_full_rank(tree, reasoner)
    if stripped is not None:
        return stripped
    split = congruence(tree, reasoner)
    if split is None or not reasoner.holds("positive definite", split[1]):
        return None
    inner = reasoner.rank(split[0])
    if inner.value is None:
        return None
    return Found(inner.value, "A'BA has the rank of A where B is positive definite, and {}", (inner,))


def _without_full_rank(tree: Product, reasoner: Reasoner) -> Found[Size] | None:
    """Factors of full column rank on the left and of full row rank on the right change no rank."""
    factors = list(tree.factors)
    while len(factors) > 1 and _is_full(factors[0], factors[0].columns, reasoner):
        factors.pop(0)
    while len(factors) > 1 and _is_full(factors[-1], factors[-1].rows, reasoner):
        factors.pop()
    if len(factors) > 1:
        return None
    inner = reasoner.rank(factors[0])
    if inner.value is None:
        return None
    return Found(
        inner.value, "the other factors have full rank on the side where they meet {}, and {}", (factors[0], inner)
    )


def _is_full(tree: Tree, size: Size, reasoner: Reasoner) -> bool:
    value = reasoner.rank(tree).value
    return value is not None and same_size(value, size)


def invertible(tree: Tree, reasoner: Reasoner) -> Found[bool] | None:
    """There is a matrix that gives I when multiplied with it; the matrix is square."""
    if isinstance(tree, Product | Kronecker) and all(same_size(*part.shape) for part in tree.parts):
        known = [reasoner.known("invertible", part) for part in tree.parts]
        failing = [part for part in known if part.value is False]
        if failing:
            return Found(False, "{}", (failing[0],))
    return _full(tree, reasoner)


def full_column_rank(tree: Tree, reasoner: Reasoner) -> Found[bool] | None:
    """No column is a sum of multiples of the others: Ax = 0 only for x = 0."""
    if (tree.columns - tree.rows).is_positive:
        return Found(
            False, f"{size_name(tree.columns)} columns cannot be independent in {size_name(tree.rows)} dimensions"
        )
    if isinstance(tree, Identity):
        return Found(True, "Ix = 0 only for x = 0")
    if same_size(*tree.shape):
        known = reasoner.known("invertible", tree)
        return None if known.value is None else Found(known.value, "{}", (known,))
    return _full(tree, reasoner)


def _full(tree: Tree, reasoner: Reasoner) -> Found[bool] | None:
    known = reasoner.rank(tree)
    if known.value is None:
        return None
    missing = sympy.expand(tree.columns - known.value)
    if missing == 0:
        return Found(True, *_reason(known, tree))
    return Found(False, *_reason(known, tree)) if missing.is_positive else None


def _reason(known: Known[Size], tree: Tree) -> tuple[str, tuple[Known[Size]]]:
    columns = "it has 1 column" if tree.columns == ONE else f"it has {size_name(tree.columns)} columns"
    return f"{{}}, and {columns}", (known,)
