"""Quadratic forms x'A⁻¹x by the strata of A: sums of squares, each divided by the eigenvalue of its stratum."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from tutor.algebra.applied import Indexed
from tutor.algebra.balanced import closed_form
from tutor.algebra.laws.joining import sum_of
from tutor.algebra.nodes import Inverse, Kronecker, Ones, Product, Scalar, Scaled, Sum, Symbol, Transpose
from tutor.algebra.rules import Derivation, Step
from tutor.algebra.structure.by_groups import ALIKE, BY_GROUPS
from tutor.algebra.structure.conditions import normal
from tutor.algebra.structure.exchangeable import spectral, strata_symbols
from tutor.algebra.structure.forms import balanced, projection
from tutor.algebra.structure.method import Worked, in_numbers
from tutor.algebra.structure.ones_added import ones_added, solution
from tutor.algebra.structure.over_index import copies, diagonal_over, summed_over
from tutor.algebra.tree import Tree
from tutor.algebra.walk import replace as replace_parts


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
    if found is None:
        return None
    element = balanced(found[0])
    if element is None:
        return _by_groups(goal, start, *found)
    if len(element.eigenvalues) < 2:
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
    return Worked(Derivation(goal, _steps(start, line, reasons)), element.conditions("inverse"))


SUM_OF_BLOCKS = "(⊕A_i)⁻¹ = ⊕A_i⁻¹, and a product is the sum of what its blocks give"


def _by_groups(goal: Tree, start: tuple[Step, ...], A: Tree, x: Tree) -> Worked | None:
    """x'(⊕A_i)⁻¹x = Σ x_i'A_i⁻¹x_i, each by the strata of A_i; None where A is no ⊕ of balanced matrices."""
    blocks = diagonal_over(A)
    element = None if blocks is None else balanced(blocks.body)
    if blocks is None:
        repeated = copies(A)
        return None if repeated is None else _of_ones(goal, start, repeated, x)
    if element is None:
        return _of_ones(goal, start, blocks, x)
    element.require_invertible()
    line = start[-1].after if start else goal
    cut = Product((Transpose(x), Inverse(blocks), x))
    by_group = summed_over(cut)
    if not isinstance(by_group, Indexed) or not isinstance(by_group.body, Product):
        return None
    x_i = by_group.body.factors[-1]
    squares = [Scaled(Scalar(1 / e.value), _square(x_i, projection(element.factors, e.subsets)))
               for e in element.eigenvalues]  # fmt: skip
    body = sum_of(squares)
    reasons = [
        (cut, BY_GROUPS),
        (by_group, f"{SUM_OF_BLOCKS}{_parts_told(x, x_i, blocks.index)}"),
        (replace(by_group, body=body), "(∑ λ_k P_k)⁻¹ = ∑ λ_k⁻¹ P_k, with the strata of each block"),
    ]
    number = closed_form(body)
    if isinstance(number, Scalar):
        reasons.append(
            (in_numbers(replace(by_group, body=Scalar(normal(number.value)))), "products of columns of ones")
        )
    return Worked(Derivation(goal, _steps(start, line, reasons)), element.conditions("inverse"))


def _of_ones(goal: Tree, start: tuple[Step, ...], blocks: Indexed | Kronecker, x: Tree) -> Worked | None:
    """1'(⊕A_i)⁻¹1 = Σ 1'A_i⁻¹1 where A_i is blocks along the diagonal and a multiple of J; None for another x or A."""
    cut = Product((Transpose(x), Inverse(blocks), x))
    by_group = summed_over(cut)
    body = by_group.parts[-1] if isinstance(by_group, Indexed | Scaled) else None
    if not isinstance(body, Product) or by_group is None:
        return None
    x_i, A_i = body.factors[-1], blocks.parts[-1]
    if isinstance(blocks, Kronecker) and len(blocks.factors) > len(("I", "A")):
        A_i = Kronecker(blocks.factors[1:])
    if closed_form(x_i) != Ones(x_i.rows) or ones_added(A_i) is None:
        return None
    alike = isinstance(blocks, Kronecker)
    inverted = "(I ⊗ A)⁻¹ = I ⊗ A⁻¹" if alike else "(⊕A_i)⁻¹ = ⊕A_i⁻¹"
    told = _parts_told(x, x_i, by_group.index) if isinstance(by_group, Indexed) else ""
    reasons = (
        (cut, ALIKE if alike else BY_GROUPS),
        (by_group, f"{inverted}, and a product is the sum of what its blocks give{told}"),
        (in_numbers(replace_parts(by_group, {body: solution(A_i)[1]})), "1'(D + c11')⁻¹1 = (c + 1/1'D⁻¹1)⁻¹"),
    )
    line = start[-1].after if start else goal
    return Worked(Derivation(goal, _steps(start, line, reasons)), ())


def _parts_told(x: Tree, x_i: Tree, index: str) -> str:
    """What y_i is: a name that stands nowhere before."""
    if not isinstance(x_i, Symbol) or x_i == x:
        return ""
    return f"; {x_i}, {x_i.rows} × {x_i.columns}, is the part of {x} in block {index}"


def _steps(start: tuple[Step, ...], line: Tree, reasons: Iterable[tuple[Tree, str]]) -> tuple[Step, ...]:
    """The steps of ``start``, then one for each line and its reason."""
    steps = list(start)
    for after, because in reasons:
        steps.append(Step("quadratic-form", because, line, after))
        line = after
    return tuple(steps)


def _square(x: Tree, P: Tree) -> Tree:
    return Product((Transpose(x), P, x))
