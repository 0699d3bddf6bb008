"""Edits of products: a transpose lost, moved or too many, factors in another order, a factor left out."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import combinations

import sympy

from tutor.algebra.nodes import Expectation, Inverse, Product, Scalar, Scaled, Sum, Symbol, Transpose, Variance
from tutor.algebra.tree import Tree
from tutor.algebra.walk import transform, walk
from tutor.checking.case import Case, Diagnosis
from tutor.checking.misconceptions.edit import Change, Edit, products, repeated, replaced_once

ONE_TOO_MANY = "A transpose stands where none belongs"


def turned_round(answer: Tree, asked: Tree) -> Diagnosis:
    """That an answer is the transpose of what was asked for: by a transpose too many, too few, or not by one."""
    mine, theirs = (sum(isinstance(node, Transpose) for node in walk(tree)) for tree in (answer, asked))
    if mine < theirs:
        return Diagnosis("transpose-lost")
    told = ONE_TOO_MANY if mine > theirs else "Rows and columns are exchanged"
    return Diagnosis("transpose-lost", {"transpose": told})


def moved_transposes(case: Case, tree: Tree) -> Iterator[Edit]:
    """A where A' belongs, A' where A belongs, A'SA for ASA'."""
    del case

    def untransposed(node: Tree) -> Iterator[Tree]:
        if isinstance(node, Transpose):
            yield node.tree

    def turned(node: Tree) -> Iterator[Tree]:
        if isinstance(node, Product):
            for pair in combinations(range(len(node.factors)), 2):
                if any(isinstance(node.factors[place], Transpose) for place in pair):
                    turned = (_turned(f) if place in pair else f for place, f in enumerate(node.factors))
                    yield from products(tuple(turned))

    def transposed(node: Tree) -> Iterator[Tree]:
        if isinstance(node, Symbol) and node.columns != sympy.S.One:
            yield Transpose(node)

    yield from _each(tree, "transpose-lost", untransposed)
    yield from _each(tree, "transpose-misplaced", turned)
    for edited in replaced_once(tree, transposed):
        yield Edit(Diagnosis("transpose-misplaced", {"transpose": ONE_TOO_MANY}), edited)


def _turned(tree: Tree) -> Tree:
    return tree.tree if isinstance(tree, Transpose) else Transpose(tree)


def _each(tree: Tree, key: str, change: Change) -> Iterator[Edit]:
    for edited in replaced_once(tree, change):
        yield Edit(Diagnosis(key), edited)


def swapped_order(case: Case, tree: Tree) -> Iterator[Edit]:
    """BA for AB."""
    del case

    def swapped(node: Tree) -> Iterator[Tree]:
        if isinstance(node, Product):
            factors = node.factors
            orders = [(*factors[:i], factors[i + 1], factors[i], *factors[i + 2 :]) for i in range(len(factors) - 1)]
            if len(factors) > 2:
                orders.append(tuple(reversed(factors)))
            yield from products(*orders)

    yield from _each(tree, "order-swapped", swapped)


def dropped_factors(case: Case, tree: Tree) -> Iterator[Edit]:
    """A product without one of its factors."""
    del case

    def shortened(node: Tree) -> Iterator[Tree]:
        if isinstance(node, Product):
            yield from products(*((*node.factors[:i], *node.factors[i + 1 :]) for i in range(len(node.factors))))
        if isinstance(node, Scaled) and node.scalar == node.tree:
            return  # of a square a factor is not lost, but the exponent
        if isinstance(node, Scaled) and not (isinstance(node.scalar, Scalar) and node.scalar.value.is_number):
            yield node.tree
        if isinstance(node, Scaled) and isinstance(node.scalar, Scaled | Product):
            yield from (Scaled(part, node.tree) for part in node.scalar.parts if part.is_scalar)

    def not_squared(node: Tree) -> Iterator[Tree]:
        if isinstance(node, Scaled) and node.scalar == node.tree:
            yield node.tree

    yield from _each(tree, "forgot-square", not_squared)
    yield from _each(tree, "missing-factor", shortened)
    products_in = [node for node in walk(tree) if isinstance(node, Product)]
    for factor in repeated(f for node in products_in for f in node.factors[1:-1] if f.rows == f.columns):
        edited = transform(tree, lambda node, factor=factor: _without_factor(node, factor))
        yield Edit(Diagnosis("missing-factor"), edited)


def _without_factor(node: Tree, factor: Tree) -> Tree | None:
    """A product without a square factor that stands within it; None for any other node, which stays."""
    if not isinstance(node, Product) or factor not in node.factors[1:-1]:
        return None
    return Product((node.factors[0], *(f for f in node.factors[1:-1] if f != factor), node.factors[-1]))


def scalar_rules(case: Case, tree: Tree) -> Iterator[Edit]:
    """The rule of numbers where that of matrices holds: AS or A²S for ASA', a Var(x) for a² Var(x)."""
    del case

    def ruled(node: Tree) -> Iterator[Tree]:
        if isinstance(node, Product) and len(node.factors) > 2:
            first, *middle, last = node.factors
            if _turned(first) == last:
                yield from products(
                    (first, *middle), (*middle, last), (first, first, *middle), (*middle, last, last)
                )  # fmt: skip
        if isinstance(node, Variance) and isinstance(node.tree, Scaled):
            yield Scaled(node.tree.scalar, Variance(node.tree.tree))
        if isinstance(node, Variance) and isinstance(node.tree, Product) and len(node.tree.factors) == 2:
            factor, vector = node.tree.factors
            spread = Variance(vector)
            yield from products((factor, spread), (factor, factor, spread))

    yield from _each(tree, "scalar-rule", ruled)


def variances_of_sums(case: Case, tree: Tree) -> Iterator[Edit]:
    """Var(a) + Var(b) for Var(a + b)."""
    del case

    def spread(node: Tree) -> Iterator[Tree]:
        if isinstance(node, Variance) and isinstance(node.tree, Sum):
            yield Sum(tuple(Variance(term) for term in node.tree.terms))

    def not_averaged(node: Tree) -> Iterator[Tree]:
        if isinstance(node, Expectation):
            yield node.tree

    yield from _each(tree, "variance-of-sum", spread)
    yield from _each(tree, "random-in-mean", not_averaged)


def powers(case: Case, tree: Tree) -> Iterator[Edit]:
    """The reciprocal of a number lost: cA for A/c."""
    del case

    def turned(node: Tree) -> Iterator[Tree]:
        if isinstance(node, Scaled) and isinstance(node.scalar, Inverse):
            yield Scaled(node.scalar.tree, node.tree)

    yield from _each(tree, "inverse-lost", turned)
