"""Edits of inverses: one lost, one too many, one spread over a sum or a product."""

from __future__ import annotations

from collections.abc import Iterator

from tutor.algebra.nodes import Identity, Inverse, Kronecker, Ones, Product, Scaled, Sum, Symbol, Transpose
from tutor.algebra.tree import Tree
from tutor.algebra.walk import transform, walk
from tutor.checking.case import Case, Diagnosis
from tutor.checking.misconceptions.edit import Edit, only_equal, repeated, replaced_everywhere, replaced_once
from tutor.checking.misconceptions.roles import symbol_named


def dropped_inverses(case: Case, tree: Tree) -> Iterator[Edit]:
    """A where A⁻¹ belongs."""
    G = symbol_named(case, "G")

    def drop(node: Tree) -> Iterator[Tree]:
        if isinstance(node, Inverse) and not _is_G(node.tree, G):
            yield node.tree

    def drop_of_effects(node: Tree) -> Iterator[Tree]:
        if isinstance(node, Inverse) and _is_G(node.tree, G):
            yield node.tree

    for edited in replaced_once(tree, drop_of_effects):
        yield Edit(Diagnosis("G-for-inverse"), edited)
    for edited in replaced_once(tree, drop):
        yield Edit(Diagnosis("inverse-lost"), edited)
    for inverse in repeated(node for node in walk(tree) if isinstance(node, Inverse) and not _is_G(node.tree, G)):
        yield Edit(Diagnosis("inverse-lost"), replaced_everywhere(tree, inverse, inverse.parts[0]))
    if sum(isinstance(node, Inverse) for node in walk(tree)) > 1:
        yield Edit(Diagnosis("inverse-lost"), transform(tree, _without_inverse))


def _without_inverse(node: Tree) -> Tree | None:
    return node.tree if isinstance(node, Inverse) else None


def _is_G(tree: Tree, G: Symbol | None) -> bool:
    return (isinstance(tree, Symbol) and tree.name == "G") or (G is not None and tree in (G, G.definition))


def spread_inverses(case: Case, tree: Tree) -> Iterator[Edit]:
    """A⁻¹ + B⁻¹ for (A + B)⁻¹, and A⁻¹B⁻¹ for (AB)⁻¹."""
    del case

    def over_sum(node: Tree) -> Iterator[Tree]:
        if isinstance(node, Inverse) and isinstance(node.tree, Sum):
            yield Sum(tuple(Inverse(term) for term in node.tree.terms))
            yield Sum(tuple(_coefficient_inverted(term) for term in node.tree.terms))
            yield Sum(tuple(_middle_inverted(term) for term in node.tree.terms))
        if isinstance(node, Inverse) and isinstance(node.tree, Kronecker):
            inner = node.tree.factors
            for place, factor in enumerate(inner):
                if isinstance(factor, Sum):
                    spread = Sum(tuple(_coefficient_inverted(term) for term in factor.terms))
                    yield Kronecker((*inner[:place], spread, *inner[place + 1 :]))

    def over_product(node: Tree) -> Iterator[Tree]:
        if isinstance(node, Inverse) and isinstance(node.tree, Product):
            yield Product(tuple(Inverse(factor) for factor in node.tree.factors))

    for edited in replaced_once(tree, over_sum):
        yield Edit(Diagnosis("inverse-of-sum"), edited)
    for edited in replaced_once(tree, over_product):
        yield Edit(Diagnosis("order-swapped"), edited)


def _coefficient_inverted(term: Tree) -> Tree:
    """(1/c)A for cA: what somebody writes who takes J for its own inverse."""
    if isinstance(term, Scaled):
        return Scaled(Inverse(term.scalar), term.tree)
    return term if isinstance(term, Identity | Ones) else Inverse(term)


def _middle_inverted(term: Tree) -> Tree:
    """AB⁻¹A' for ABA', which has no inverse where A is not square."""
    if isinstance(term, Product) and len(term.factors) == 3 and term.factors[2] == Transpose(term.factors[0]):
        return Product((term.factors[0], Inverse(term.factors[1]), term.factors[2]))
    return Inverse(term)


def added_inverses(case: Case, tree: Tree) -> Iterator[Edit]:
    """G⁻¹ or R⁻¹ where G or R belongs."""
    for name in ("G", "R"):
        symbol = symbol_named(case, name)
        if symbol is None:
            continue
        for known in dict.fromkeys((symbol, symbol.definition)):
            if known is None:
                continue
            for edited in replaced_once(tree, only_equal(known, Inverse(known))):
                yield Edit(Diagnosis(f"inverse-for-{name}"), edited)
