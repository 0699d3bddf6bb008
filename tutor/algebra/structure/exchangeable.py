"""Balanced matrices: aI + bJ by its formula, others through their strata."""

from __future__ import annotations

from dataclasses import replace

import sympy

from tutor.algebra.applied import Applied
from tutor.algebra.balanced import closed_form
from tutor.algebra.build import identity, kron, ones
from tutor.algebra.nodes import (
    Block,
    Determinant,
    Explicit,
    Identity,
    Inverse,
    Kronecker,
    Ones,
    Product,
    Scalar,
    Scaled,
    Sum,
    Symbol,
)
from tutor.algebra.provided import Condition
from tutor.algebra.single import sum_or_term
from tutor.algebra.structure.conditions import is_zero, nonzero, normal
from tutor.algebra.structure.forms import balanced, in_identities, projection
from tutor.algebra.structure.method import Line, Lines, Structure
from tutor.algebra.structure.over_index import groups_of
from tutor.algebra.structure.strata import Balanced, Eigenvalue
from tutor.algebra.tree import Tree
from tutor.algebra.walk import walk
from tutor.display import writer
from tutor.errors import DomainError

# The order of the rows


def structured(tree: Tree) -> Tree | None:
    """The tree by the order of its rows, where that is another and says more; None otherwise."""
    if not any(isinstance(node, Identity | Ones | Kronecker | Symbol) for node in walk(tree)):
        return None
    if next(groups_of(tree), None) is not None:
        return None
    closed = closed_form(tree)
    if closed == tree or isinstance(closed, Block | Explicit) or closed == getattr(tree, "definition", None):
        return None
    return closed


_BECAUSE = "(A ⊗ B)(C ⊗ D) = AC ⊗ BD, factor by factor"


def _inverse_by_order(tree: Tree) -> Lines:
    closed = structured(tree)
    return () if closed is None else (Line(Inverse(closed), _BECAUSE),)


def _determinant_by_order(tree: Tree) -> Lines:
    closed = structured(tree)
    return () if closed is None else (Line(Determinant(closed), _BECAUSE),)


# aI + bJ


def exchangeable(tree: Tree) -> tuple[sympy.Expr, sympy.Expr, sympy.Expr] | None:
    """a, b and n of a tree that is written aI_n + bJ_n, or bJ_n alone; None for another."""
    terms = tree.terms if isinstance(tree, Sum) else (tree,)
    of_identity, of_ones = sympy.S.Zero, sympy.S.Zero
    for term in terms:
        scalar, body = (term.scalar, term.tree) if isinstance(term, Scaled) else (Scalar(sympy.S.One), term)
        if not isinstance(scalar, Scalar):
            return None
        if isinstance(body, Identity):
            of_identity += scalar.value
        elif isinstance(body, Ones) and body.rows == body.columns:
            of_ones += scalar.value
        else:
            return None
    return of_identity, of_ones, tree.rows


def _inverse_of_exchangeable(tree: Tree) -> Lines:
    """(aI + bJ)⁻¹ = 1/a (I − b/(a + nb) J), as J² = nJ (Searle 1982, Matrix Algebra Useful for Statistics)."""
    found = exchangeable(tree)
    if found is None:
        return ()
    a, b, n = found
    pole = a + n * b
    if is_zero(a) and n != 1:
        unless = "" if n.is_Integer else f" unless {writer().inline(n)} = 1"
        raise DomainError(
            f"{writer().inline(tree)} has rank {0 if is_zero(b) else 1} and {writer().inline(n)} rows, so it has no "
            f"inverse{unless}.",
            tip="Its generalized inverse of Moore and Penrose exists.",
        )
    if is_zero(pole):
        raise DomainError(f"{writer().inline(tree)} has no inverse: its rows add up to 0, for a + nb = 0.")
    conditions = tuple(c for c in (nonzero(a), nonzero(pole)) if c is not None)
    eye = Identity(n)
    inner = eye if is_zero(b) else Sum((eye, Scaled(Scalar(normal(-b / pole)), Ones(n, n))))
    inverse = inner if a == 1 else Scaled(Scalar(1 / a), inner)
    return (Line(inverse, "(aI + bJ)⁻¹ = 1/a (I − b/(a + nb) J), for J² = nJ", conditions),)


def _determinant_of_exchangeable(tree: Tree) -> Lines:
    found = exchangeable(tree)
    if found is None:
        return ()
    a, b, n = found
    because = "aI + bJ has the eigenvalues a + nb, once for the vector 1, and a, n − 1 times"
    if is_zero(a) and not n.is_Integer:
        return (Line(Scalar(sympy.S.Zero), f"{because}, and a = 0", (Condition(n, "≥", sympy.Integer(2)),)),)
    values = (a, normal(a + n * b))
    return (Line(Scalar(sympy.Mul(a ** (n - 1), values[1])), because, positive=values),)


# Strata


def strata_symbols(element: Balanced) -> list[tuple[Eigenvalue, Symbol]]:
    """The eigenvalues with the projections onto their spaces, named P_1, P_2, …"""
    trees = [projection(element.factors, found.subsets) for found in element.eigenvalues]
    return [
        (found, Symbol(f"P_{number}", *tree.shape, facts=frozenset({"symmetric", "idempotent"}), definition=tree))
        for number, (found, tree) in enumerate(zip(element.eigenvalues, trees, strict=True), start=1)
    ]


def spectral(parts: list[tuple[sympy.Expr, Symbol]]) -> Tree:
    """Σ λ_k P_k, without those whose λ is 0."""
    terms = [P if value == 1 else Scaled(Scalar(value), P) for value, P in parts if value != 0]
    return sum_or_term(terms)


def _several(tree: Tree) -> Balanced | None:
    """A balanced matrix of several factors."""
    if isinstance(tree, Symbol | Kronecker | Product):
        return None
    element = balanced(tree)
    return element if element is not None and len(element.factors) > 1 else None


def _inverse_by_strata(tree: Tree) -> Lines:
    element = _several(tree)
    if element is None:
        return ()
    inverse, parts = element.inverse(), strata_symbols(element)
    defined = ", ".join(f"{P} = {P.definition}" for _, P in parts)
    told = "the P_k are orthogonal idempotents that add up to I"
    before = Inverse(spectral([(found.value, P) for found, P in parts]))
    between = spectral([(1 / found.value, P) for found, P in parts])
    return (
        Line(before, f"its strata: {defined}"),
        Line(between, f"(∑ λ_k P_k)⁻¹ = ∑ λ_k⁻¹ P_k: {told}", element.conditions("inverse")),
        Line(in_identities(inverse), "the P_k written out"),
    )


def _function_by_strata(tree: Applied) -> Lines:
    """A root, or the inverse of Moore and Penrose, of a matrix of one factor or more."""
    element = balanced(tree.arguments[0])
    if element is None:
        return ()
    parts = strata_symbols(element)
    defined = ", ".join(f"{P} = {P.definition}" for _, P in parts)
    if tree.function == "power":
        exponent = tree.arguments[1]
        assert isinstance(exponent, Scalar)
        result, kind = element.power(exponent.value), "inverse root" if exponent.value.is_negative else "root"
        because = "(∑ λ_k P_k)^c = ∑ λ_k^c P_k: the P_k are orthogonal idempotents that add up to I"
    else:
        result, kind = element.pseudo_inverse(), "pseudo inverse"
        because = "the generalized inverse of Moore and Penrose has λ_k⁻¹ where λ_k is not 0, and 0 where it is"
    before = replace(tree, arguments=(spectral([(e.value, P) for e, P in parts]), *tree.arguments[1:]))
    return (
        Line(before, f"its strata: {defined}"),
        Line(in_identities(result), because, element.conditions(kind)),
    )


def _determinant_by_strata(tree: Tree) -> Lines:
    element = _several(tree)
    if element is None:
        return ()
    told = writer().inline
    counted = ", ".join(f"{told(e.value)} ({told(e.multiplicity)} times)" for e in element.eigenvalues)
    values = tuple(e.value for e in element.eigenvalues)
    return (Line(Scalar(element.determinant()), f"the product of the eigenvalues, {counted}", positive=values),)


def _multiple(letter: str, tree: Tree) -> Tree:
    return Scaled(Scalar(sympy.Symbol(letter, positive=True)), tree)


def _blocks_example() -> Tree:
    Z = kron(identity("m"), ones("n"))
    return Z @ Z.T + _multiple("a", Identity(Z.rows))


def _exchangeable_example() -> Tree:
    return _multiple("a", identity("n")) + _multiple("b", ones("n", "n"))


def _strata_example() -> Tree:
    within, between = kron(identity("m"), identity("n")), kron(identity("m"), ones("n", "n"))
    return _multiple("a", within) + _multiple("b", between) + _multiple("c", kron(ones("m", "m"), ones("n", "n")))


BY_ORDER = Structure("order-of-rows", _inverse_by_order, _determinant_by_order, _blocks_example)
EXCHANGEABLE = Structure("exchangeable", _inverse_of_exchangeable, _determinant_of_exchangeable, _exchangeable_example)
STRATA = Structure("strata", _inverse_by_strata, _determinant_by_strata, _strata_example, _function_by_strata)
