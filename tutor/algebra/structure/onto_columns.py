"""X(X'X)⁻X' by strata: the projection onto the columns of X is that onto the strata in which XX' is not 0.

The columns of X and those of XX' span one space (Searle 1982, Matrix Algebra Useful for Statistics, chapter 8), and a
balanced XX' = Σ λ_S P_S has the columns of all P_S with λ_S ≠ 0.
"""

from __future__ import annotations

from collections.abc import Sequence

from tutor.algebra.deductions.mirror import is_generalized_inverse
from tutor.algebra.laws.joining import product_of
from tutor.algebra.nodes import Inverse, Product, Symbol, Transpose
from tutor.algebra.structure.conditions import is_zero
from tutor.algebra.structure.forms import balanced, projection
from tutor.algebra.tree import Tree
from tutor.algebra.walk import transform, walk

LENGTH = 3
"""The factors X, (X'X)⁻ and X'."""


def with_projections(tree: Tree) -> Tree:
    """A tree in which each X(X'X)⁻X' or X(X'X)⁻¹X' of a balanced X is written by the strata of its columns.

    >>> from tutor.algebra.build import ones, symbol
    >>> X = ones("n")
    >>> print(with_projections(X @ (X.T @ X).inv() @ X.T))
    (1/n) J_n
    """

    def change(node: Tree) -> Tree | None:
        if isinstance(node, Symbol) and node.definition is not None and any(map(_is_inverse, walk(node.definition))):
            found = with_projections(node.definition)
            return None if found == node.definition else found
        return _without_inverses(node.factors) if isinstance(node, Product) else None

    return transform(tree, change)


def _is_inverse(tree: Tree) -> bool:
    return isinstance(tree, Inverse) or is_generalized_inverse(tree)


def _without_inverses(factors: Sequence[Tree]) -> Tree | None:
    """The product with the first X(X'X)⁻X' in it replaced; None without one."""
    for start in range(len(factors) - LENGTH + 1):
        found = _onto_columns(*factors[start : start + LENGTH])
        if found is not None:
            return product_of((*factors[:start], found, *factors[start + LENGTH :]))
    return None


def _onto_columns(X: Tree, middle: Tree, right: Tree) -> Tree | None:
    """The projection; None for other factors, and for an X that is not balanced."""
    if right != Transpose(X) or not _is_inverse(middle) or middle.parts[0] != Product((Transpose(X), X)):
        return None
    element = balanced(Product((X, Transpose(X))))
    if element is None or not all(is_zero(value) or value.is_positive for value in element.values):
        return None
    kept = [subset for found in element.eigenvalues if not is_zero(found.value) for subset in found.subsets]
    return projection(element.factors, kept)
