"""Quadratic forms x'A⁻¹x by the strata of A: sums of squares, each divided by the eigenvalue of its stratum."""

from __future__ import annotations

from tutor.algebra.nodes import Inverse, Product, Scalar, Scaled, Sum, Symbol, Transpose
from tutor.algebra.rules import Derivation, Step
from tutor.algebra.structure.exchangeable import spectral, strata_symbols
from tutor.algebra.structure.forms import balanced
from tutor.algebra.structure.method import Worked
from tutor.algebra.tree import Tree


def parts_of_quadratic_form(tree: Tree) -> tuple[Tree, Tree] | None:
    """A and x of x'A⁻¹x with a vector x; None for another tree."""
    if not isinstance(tree, Product) or len(tree.factors) != 3 or not tree.is_scalar:
        return None
    left, middle, right = tree.factors
    if not isinstance(middle, Inverse) or left != Transpose(right):
        return None
    return middle.tree, right


def by_strata(goal: Tree, start: tuple[Step, ...] = ()) -> Worked | None:
    """x'A⁻¹x = Σ x'P_kx/λ_k for a balanced A, after the steps of ``start``; None for another tree.

    Raises
    ------
    DomainError
        For a singular A.
    """
    line = start[-1].after if start else goal
    found = parts_of_quadratic_form(line)
    element = None if found is None else balanced(found[0])
    if found is None or element is None or len(element.eigenvalues) < 2:
        return None
    element.require_invertible()
    _, x = found
    parts = strata_symbols(element)
    named = Product((Transpose(x), Inverse(spectral([(e.value, P) for e, P in parts])), x))
    inverted = Product((Transpose(x), spectral([(1 / e.value, P) for e, P in parts]), x))
    squares = Sum(tuple(Scaled(Scalar(1 / e.value), _square(x, P)) for e, P in parts))
    defined = ", ".join(f"{P} = {P.definition}" for _, P in parts)
    reasons = (
        (named, f"the strata of the matrix: {defined}"),
        (inverted, "(∑ λ_k P_k)⁻¹ = ∑ λ_k⁻¹ P_k: the P_k are orthogonal idempotents that add up to I"),
        (squares, "a product is linear in each of its factors"),
    )
    steps = list(start)
    for after, because in reasons:
        steps.append(Step("quadratic-form", because, line, after))
        line = after
    return Worked(Derivation(goal, tuple(steps)), element.conditions("inverse"))


def _square(x: Tree, P: Symbol) -> Tree:
    return Product((Transpose(x), P, x))
