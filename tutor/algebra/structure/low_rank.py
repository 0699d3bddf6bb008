"""Few columns added to a matrix whose inverse a structure knows, by the law of A + UCU'."""

from __future__ import annotations

from collections.abc import Sequence

import sympy

from tutor.algebra.build import identity, symbol
from tutor.algebra.facts import known
from tutor.algebra.laws.joining import product_of, sum_of, transposed
from tutor.algebra.laws.low_rank import LowRank
from tutor.algebra.nodes import (
    Block,
    BlockDiagonal,
    Determinant,
    Identity,
    Inverse,
    Product,
    Scalar,
    Scaled,
    Sum,
    Transpose,
)
from tutor.algebra.structure.method import Line, Lines, Structure, times, work_out
from tutor.algebra.tree import Tree


def is_definite(tree: Tree) -> bool:
    """Whether a tree is known to be positive definite."""
    return known("positive definite", tree).value is True


# Updates


def _update(tree: Tree) -> tuple[Tree, Tree] | None:
    """The U, n × k, and C, k × k, of a term UCU' with fewer columns than rows in U, as far as sizes tell."""
    scalar, body = (tree.scalar, tree.tree) if isinstance(tree, Scaled) else (None, tree)
    if not isinstance(body, Product):
        return None
    half = len(body.factors) // 2
    left, right = body.factors[:half], body.factors[-half:]
    if any(transposed(a) != b for a, b in zip(left, reversed(right), strict=True)):
        return None
    U = product_of(left)
    middle = body.factors[half] if len(body.factors) % 2 else Identity(U.columns)
    # A matrix that is turned itself has many columns.
    if isinstance(U, Transpose) or (U.rows - U.columns).is_positive is False:
        return None
    return U, middle if scalar is None else Scaled(scalar, middle)


def _parted(tree: Tree) -> LowRank | None:
    """A + UCU' of a sum that is to be inverted, all updates side by side in U; None for another tree."""
    if not isinstance(tree, Sum):
        return None
    found = [(term, _update(term)) for term in tree.terms]
    updates = [update for _, update in found if update is not None]
    rest = [term for term, update in found if update is None]
    if not updates or not rest or not all(map(_is_easy, rest)):
        return None
    U, C = updates[0]
    if len(updates) > 1:
        U = Block((tuple(columns for columns, _ in updates),))
        C = BlockDiagonal(tuple(core for _, core in updates))
    return LowRank(sum_of(rest), U, C, transposed(U))


def _is_easy(tree: Tree) -> bool:
    """Whether a term of a sum is one of those to which columns are added, and no product itself."""
    return not isinstance(tree.tree if isinstance(tree, Scaled) else tree, Product | Inverse)


def woodbury(structures: Sequence[Structure]) -> Structure:
    """The structure of few columns added to a matrix that has one of these structures."""

    def inverse(tree: Tree) -> Lines:
        found = _parted(tree)
        if found is None:
            return ()
        worked = work_out(Inverse(found.A), structures)
        because = "(A + UCU')⁻¹ = A⁻¹ − A⁻¹U(C⁻¹ + U'A⁻¹U)⁻¹U'A⁻¹ (Woodbury)"
        if not is_definite(found.C):
            found = found.with_core_in_columns
            because = "(A + UCU')⁻¹ = A⁻¹ − A⁻¹UC(I + U'A⁻¹UC)⁻¹U'A⁻¹ (Woodbury), whether C has an inverse or not"
        notation, written = found.inverse_with(Inverse(found.A)), found.inverse_with(worked.derivation.result)
        first = Line(notation, because, is_final=True)
        if written == notation:
            return (first,)
        reasons = ", ".join(dict.fromkeys(step.because for step in worked.derivation.steps))
        return (first, Line(written, reasons, worked.conditions, is_final=True))

    def determinant(tree: Tree) -> Lines:
        found = _parted(tree)
        if found is None:
            return ()
        worked = work_out(Inverse(found.A), structures)
        A_inverse, of_base = worked.derivation.result, work_out(Determinant(found.A), structures).derivation.result
        if is_definite(found.C):
            of_core = work_out(Determinant(found.C), structures).derivation.result
            value = times([of_base, of_core, Determinant(found.inside_with(A_inverse))])
            return (Line(value, "|A + UCU'| = |A||C||C⁻¹ + U'A⁻¹U|", worked.conditions, is_final=True),)
        value = times([of_base, Determinant(found.with_core_in_columns.inside_with(A_inverse))])
        return (Line(value, "|A + UCU'| = |A||I + U'A⁻¹UC|", worked.conditions, is_final=True),)

    return Structure("low-rank-update", inverse, determinant, _example)


def _example() -> Tree:
    U = symbol("U", "n", "k")
    C = symbol("C", "k", "k", facts=["positive definite"])
    return U @ C @ U.T + Scaled(Scalar(sympy.Symbol("c", positive=True)), identity("n"))
