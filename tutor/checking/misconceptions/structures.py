"""Edits of I, J and ⊗: one constant matrix for another, factors exchanged, blocks of another size."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import combinations, pairwise

import sympy

from tutor.algebra.nodes import Explicit, Identity, Kronecker, Ones, Scalar, Scaled, Symbol
from tutor.algebra.sizes import ONE, Size, same_shape
from tutor.algebra.tree import Tree
from tutor.algebra.walk import transform, walk
from tutor.checking.case import Case, Diagnosis
from tutor.checking.misconceptions.edit import Edit, conform, replaced_once
from tutor.errors import TutorError

MOST_SIZES = 6
"""Other sizes of blocks that are tried."""

MOST_RESIZED = 60
"""Nodes of a form in which blocks of any other size are tried: an inverse that is worked out is tried before it is."""


def swapped_factors(case: Case, tree: Tree) -> Iterator[Edit]:
    """B ⊗ A for A ⊗ B; where the answer shows no ⊗, the rows are in the order of another factor."""

    def swap(node: Tree) -> Iterator[Tree]:
        if isinstance(node, Kronecker):
            factors = node.factors
            yield Kronecker(tuple(reversed(factors)))
            if len(factors) > 2:
                for i in range(len(factors) - 1):
                    yield Kronecker((*factors[:i], factors[i + 1], factors[i], *factors[i + 2 :]))

    def swap_all(node: Tree) -> Tree | None:
        return Kronecker(tuple(reversed(node.factors))) if isinstance(node, Kronecker) else None

    key = "kronecker-swapped" if any(isinstance(n, Kronecker) for n in walk(case.answer)) else "wrong-grouping"
    for edited in replaced_once(tree, swap):
        yield Edit(Diagnosis(key), edited)
    products = {node for node in walk(tree) if isinstance(node, Kronecker)}
    # Where each product has its like in the other order, they trade places: not the factors are swapped there.
    if len(products) > 1 and products != {Kronecker(tuple(reversed(node.factors))) for node in products}:
        yield Edit(Diagnosis(key), transform(tree, swap_all))


def other_constants(case: Case, tree: Tree) -> Iterator[Edit]:
    """J where I belongs, I where J belongs, J where the vector 1 belongs."""
    del case

    def ones(node: Tree) -> Iterator[Tree]:
        if isinstance(node, Identity):
            yield Ones(node.order, node.order)

    def identity(node: Tree) -> Iterator[Tree]:
        if isinstance(node, Ones) and node.rows == node.columns and not node.is_scalar:
            yield Identity(node.row_size)

    def matrix(node: Tree) -> Iterator[Tree]:
        if isinstance(node, Ones) and node.columns == ONE and not node.is_scalar:
            yield Ones(node.row_size, node.row_size)

    def all_ones(node: Tree) -> Tree | None:
        return Ones(node.order, node.order) if isinstance(node, Identity) else None

    def all_ones_in_products(node: Tree) -> Tree | None:
        return Kronecker(tuple(all_ones(f) or f for f in node.factors)) if isinstance(node, Kronecker) else None

    if sum(isinstance(node, Identity) for node in walk(tree)) > 1:
        yield Edit(Diagnosis("ones-for-identity"), transform(tree, all_ones))
        yield Edit(Diagnosis("ones-for-identity"), transform(tree, all_ones_in_products))
    for key, change in (
        ("ones-for-identity", ones), ("identity-for-ones", identity), ("ones-matrix-for-vector", matrix),
    ):  # fmt: skip
        for edited in replaced_once(tree, change, any_shape=key == "ones-matrix-for-vector"):
            yield Edit(Diagnosis(key), edited)


def other_groups(case: Case, tree: Tree) -> Iterator[Edit]:
    """J_b ⊗ I_t for I_b ⊗ J_t: the factor that was averaged over groups the rows."""
    del case

    def regrouped(node: Tree) -> Iterator[Tree]:
        kinds = {type(factor) for factor in node.parts if _is_square(factor)} if isinstance(node, Kronecker) else set()
        if isinstance(node, Kronecker) and kinds == {Identity, Ones}:
            yield Kronecker(tuple(_other(factor) for factor in node.factors))
            for pair in combinations(range(len(node.factors)), 2) if len(node.factors) > 2 else ():
                if len({type(node.factors[place]) for place in pair} & {Identity, Ones}) == 2:
                    yield Kronecker(tuple(_other(f) if place in pair else f for place, f in enumerate(node.factors)))

    for edited in replaced_once(tree, regrouped):
        yield Edit(Diagnosis("wrong-grouping"), edited)


def _is_square(tree: Tree) -> bool:
    return tree.rows == tree.columns


def _other(factor: Tree) -> Tree:
    return Ones(factor.rows, factor.rows) if isinstance(factor, Identity) else Identity(factor.rows)


def other_sizes(case: Case, tree: Tree) -> Iterator[Edit]:
    """I_t ⊗ (… J_b) for I_b ⊗ (… J_t), and blocks of any other size that fill the matrix."""
    del case
    nodes = list(walk(tree))
    if any(isinstance(node, Symbol | Explicit) for node in nodes):
        return
    orders = list(dict.fromkeys(node.rows for node in nodes if isinstance(node, Identity | Ones)))
    total = tree.rows
    pairs = [(a, b) for a in orders for b in orders if a != ONE != b and (a * b - total).is_zero]
    others: dict[tuple[Size, Size], dict[Size, Size]] = {(a, b): {a: b, b: a} for a, b in pairs if a != b}
    if total.is_Integer and pairs and len(nodes) <= MOST_RESIZED:
        first, second = pairs[0]
        rows = int(total)  # pyright: ignore[reportArgumentType]  (SymPy's Integer converts)
        for order in [d for d in range(2, rows) if rows % d == 0][:MOST_SIZES]:
            if first != second:
                sizes = (sympy.Integer(rows // order), sympy.Integer(order))
                others.setdefault(sizes, dict(zip((first, second), sizes, strict=True)))
    for sizes in others.values():
        edited = _resized(tree, sizes)
        if edited is not None:
            yield Edit(Diagnosis("wrong-size", {"shape": "pattern"}), edited)


def _neighbours_exchanged(tree: Tree) -> Iterator[Tree]:
    """I_s ⊗ J_a for I_a ⊗ J_s, in one product and in all."""
    products = [node for node in walk(tree) if isinstance(node, Kronecker)]
    pairs = dict.fromkeys(
        (left.rows, right.rows)
        for node in products
        for left, right in pairwise(node.factors)
        if all(isinstance(factor, Identity | Ones) and _is_square(factor) for factor in (left, right))
        and left.rows != right.rows
    )
    for first, second in pairs:
        sizes = {first: second, second: first}

        def exchanged(node: Tree, sizes: dict[Size, Size] = sizes) -> Iterator[Tree]:
            if isinstance(node, Kronecker) and all(isinstance(factor, Identity | Ones) for factor in node.factors):
                resized = _resized(node, sizes)
                if resized is not None and resized != node and same_shape(resized.shape, node.shape):
                    yield resized

        yield from replaced_once(tree, exchanged)
        # Where they all have their like in the other order, they trade places: no size is wrong there.
        others = {next(exchanged(node), node) for node in products}
        if len(products) > 1 and others != set(products):
            yield transform(tree, lambda node, change=exchanged: next(change(node), None))


def other_blocks(case: Case, tree: Tree) -> Iterator[Edit]:
    """I_4 ⊗ J_3 for I_6 ⊗ J_2: in one term alone the blocks have another size."""
    del case
    for edited in (*replaced_once(tree, _of_other_order), *_neighbours_exchanged(tree)):
        yield Edit(Diagnosis("wrong-size", {"shape": "pattern"}), edited)


def _of_other_order(node: Tree) -> Iterator[Tree]:
    if not isinstance(node, Kronecker) or not node.rows.is_Integer:
        return
    *outer, inner = node.factors
    if not isinstance(inner, Ones) or not _is_square(inner) or not all(isinstance(each, Identity) for each in outer):
        return
    rows = int(node.rows)  # pyright: ignore[reportArgumentType]  (SymPy's Integer converts)
    for order in [d for d in range(2, rows) if rows % d == 0][:MOST_SIZES]:
        if order != inner.rows:
            yield Kronecker((Identity(sympy.Integer(rows // order)), Ones(sympy.Integer(order), sympy.Integer(order))))


def _resized(tree: Tree, sizes: dict[Size, Size]) -> Tree | None:
    """The tree with other orders of I, J and 1; None where it cannot be built."""
    if isinstance(tree, Identity):
        return Identity(sizes.get(tree.order, tree.order))
    if isinstance(tree, Ones):
        return Ones(sizes.get(tree.row_size, tree.row_size), sizes.get(tree.column_size, tree.column_size))
    parts: list[Tree] = []
    for part in tree.parts:
        resized = _resized(part, sizes)
        if resized is None:
            return None
        parts.append(resized)
    if all(new is old for new, old in zip(parts, tree.parts, strict=True)):
        return tree
    try:
        return tree.rebuild(tuple(parts)) if conform(tree, parts) else None
    except TutorError:
        return None


def scalar_for_identity(case: Case, tree: Tree) -> Iterator[Edit]:
    """cJ for cI: a number times I written as that number in every cell."""
    del case

    def change(node: Tree) -> Iterator[Tree]:
        if isinstance(node, Scaled) and isinstance(node.tree, Identity) and isinstance(node.scalar, Scalar):
            yield Scaled(node.scalar, Ones(node.rows, node.rows))

    for edited in replaced_once(tree, change):
        yield Edit(Diagnosis("ones-for-identity"), edited)
