"""Few columns added to a matrix that is easily inverted: the identity of Woodbury and the determinant lemma.

(A + UCU')⁻¹ = A⁻¹ − A⁻¹U(C⁻¹ + U'A⁻¹U)⁻¹U'A⁻¹ and |A + UCU'| = |A||C||C⁻¹ + U'A⁻¹U| (Woodbury 1950; Henderson and
Searle 1981, On deriving the inverse of a sum of matrices, SIAM Review 23, 53–60). Where C may be singular
A⁻¹ − A⁻¹UC(I + U'A⁻¹UC)⁻¹U'A⁻¹ and |A||I + U'A⁻¹UC| take their place.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import sympy

from tutor.algebra.build import identity, symbol
from tutor.algebra.facts import known
from tutor.algebra.laws.joining import product_of, transposed
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


@dataclass(frozen=True, slots=True)
class _Update:
    """UCU', U n × k and C k × k."""

    columns: Tree
    core: Tree


def _update(tree: Tree) -> _Update | None:
    """A term as UCU'; None for another."""
    scalar, body = (tree.scalar, tree.tree) if isinstance(tree, Scaled) else (None, tree)
    if not isinstance(body, Product):
        return None
    half = len(body.factors) // 2
    left, right = body.factors[:half], body.factors[-half:]
    if any(transposed(a) != b for a, b in zip(left, reversed(right), strict=True)):
        return None
    U = left[0] if len(left) == 1 else Product(left)
    middle = body.factors[half] if len(body.factors) % 2 else Identity(U.columns)
    return _Update(U, middle if scalar is None else Scaled(scalar, middle))


def _is_thin(update: _Update) -> bool:
    """Whether the columns are not known to be as many as the rows, and U is no matrix that is turned itself."""
    U = update.columns
    if isinstance(U, Transpose):
        return False
    return (U.rows - U.columns).is_positive is not False


def _parted(tree: Tree) -> tuple[Tree, _Update] | None:
    """A and UCU' of a sum that is to be inverted, all updates side by side in U; None for another tree."""
    if not isinstance(tree, Sum):
        return None
    updates = [(term, _update(term)) for term in tree.terms]
    thin = [found for _, found in updates if found is not None and _is_thin(found)]
    rest = [term for term, found in updates if found is None or not _is_thin(found)]
    if not thin or not rest or not all(map(_is_easy, rest)):
        return None
    base = rest[0] if len(rest) == 1 else Sum(tuple(rest))
    if len(thin) == 1:
        return base, thin[0]
    U = Block((tuple(update.columns for update in thin),))
    return base, _Update(U, BlockDiagonal(tuple(update.core for update in thin)))


def _is_easy(tree: Tree) -> bool:
    """Whether a term of a sum is one of those to which columns are added, and no product itself."""
    return not isinstance(tree.tree if isinstance(tree, Scaled) else tree, Product | Inverse)


def woodbury(structures: Sequence[Structure]) -> Structure:
    """The structure of few columns added to a matrix that has one of these structures."""

    def inverse(tree: Tree) -> Lines:
        found = _parted(tree)
        if found is None:
            return ()
        A, update = found
        worked = work_out(Inverse(A), structures)
        notation = _inverse_form(Inverse(A), A, update)
        because = "(A + UCU')⁻¹ = A⁻¹ − A⁻¹U(C⁻¹ + U'A⁻¹U)⁻¹U'A⁻¹ (Woodbury)"
        if not is_definite(update.core):
            because = "(A + UCU')⁻¹ = A⁻¹ − A⁻¹UC(I + U'A⁻¹UC)⁻¹U'A⁻¹ (Woodbury), whether C has an inverse or not"
        written = _inverse_form(worked.derivation.result, A, update)
        first = Line(notation, because, is_final=True)
        if written == notation:
            return (first,)
        reasons = ", ".join(dict.fromkeys(step.because for step in worked.derivation.steps))
        return (first, Line(written, reasons, worked.conditions, is_final=True))

    def determinant(tree: Tree) -> Lines:
        found = _parted(tree)
        if found is None:
            return ()
        A, update = found
        worked = work_out(Inverse(A), structures)
        C = update.core
        inner = _inner(worked.derivation.result, update)
        of_base = work_out(Determinant(A), structures).derivation.result
        if is_definite(C):
            of_core = work_out(Determinant(C), structures).derivation.result
            value = times([of_base, of_core, Determinant(inner)])
            return (Line(value, "|A + UCU'| = |A||C||C⁻¹ + U'A⁻¹U|", worked.conditions, is_final=True),)
        return (Line(times([of_base, Determinant(inner)]), "|A + UCU'| = |A||I + U'A⁻¹UC|", worked.conditions, True),)

    return Structure("low-rank-update", inverse, determinant, _example)


def _inner(A_inverse: Tree, update: _Update) -> Tree:
    """C⁻¹ + U'A⁻¹U, or I + U'A⁻¹UC where C may be singular."""
    U, C = update.columns, update.core
    if is_definite(C):
        return Sum((_inverted(C), _quadratic(A_inverse, U)))
    return Sum((Identity(C.rows), _times(_quadratic(A_inverse, U), C)))


def _quadratic(A_inverse: Tree, U: Tree) -> Tree:
    """U'A⁻¹U, a scalar in front."""
    scalar, body = (A_inverse.scalar, A_inverse.tree) if isinstance(A_inverse, Scaled) else (None, A_inverse)
    product = _product(Transpose(U), body, U)
    return product if scalar is None else Scaled(scalar, product)


def _inverted(C: Tree) -> Tree:
    if isinstance(C, Identity):
        return C
    if isinstance(C, Scaled) and isinstance(C.scalar, Scalar):
        return Scaled(Scalar(1 / C.scalar.value), _inverted(C.tree))
    return Inverse(C)


def _inverse_form(A_inverse: Tree, A: Tree, update: _Update) -> Tree:
    U, C = update.columns, update.core
    scalar, body = (A_inverse.scalar, A_inverse.tree) if isinstance(A_inverse, Scaled) else (None, A_inverse)
    left = (body, U) if is_definite(C) else (body, U, C)
    product = _product(*left, Inverse(_inner(A_inverse, update)), Transpose(U), body)
    square = Scaled(Scalar(sympy.S.NegativeOne), product)
    if isinstance(scalar, Scalar):
        square = Scaled(Scalar(-(scalar.value**2)), product)
    return Sum((A_inverse, square))


def _product(*factors: Tree) -> Tree:
    """The product without factors I, which are not written."""
    return product_of(factor for factor in factors if not isinstance(factor, Identity))


def _times(left: Tree, right: Tree) -> Tree:
    if isinstance(left, Scaled):
        return Scaled(left.scalar, _product(left.tree, right))
    return _product(left, right)


def _example() -> Tree:
    U = symbol("U", "n", "k")
    C = symbol("C", "k", "k", facts=["positive definite"])
    return U @ C @ U.T + Scaled(Scalar(sympy.Symbol("c", positive=True)), identity("n"))
