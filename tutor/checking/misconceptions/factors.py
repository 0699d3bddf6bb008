"""Edits of products: a transpose lost, moved or too many, factors in another order, a factor left out."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import combinations, pairwise

import sympy

from tutor.algebra.laws.joining import factors_of
from tutor.algebra.nodes import (
    Expectation,
    Identity,
    Inverse,
    Product,
    Scalar,
    Scaled,
    Sum,
    Symbol,
    Transpose,
    Variance,
)
from tutor.algebra.single import product_or_factor
from tutor.algebra.sizes import same_shape
from tutor.algebra.tree import Tree
from tutor.algebra.walk import transform, walk
from tutor.checking.case import Case, Diagnosis
from tutor.checking.misconceptions.edit import (
    Change,
    Edit,
    only_equal,
    products,
    repeated,
    replaced_everywhere,
    replaced_once,
)
from tutor.checking.misconceptions.roles import symbol_named
from tutor.errors import TutorError

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
            yield from products(
                *(
                    (*node.factors[:i], *node.factors[i + lost :])
                    for lost in (1, 2, 3)
                    for i in range(len(node.factors) + 1 - lost)
                    if lost < len(node.factors)
                )
            )
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
    for factor in repeated(f for node in products_in for f in node.factors if f.rows == f.columns):
        edited = _without_everywhere(tree, factor)
        if edited is not None:
            yield Edit(Diagnosis("missing-factor"), edited)
    for node in products_in:
        for factor in repeated(node.factors):
            yield from _each(tree, "missing-factor", only_equal(node, _without_factor(node, factor) or node))
    yield from _each(tree, "missing-factor", _without_shared)


def _without_everywhere(tree: Tree, factor: Tree) -> Tree | None:
    """A tree without a square factor wherever it stands in a product."""
    try:
        return transform(tree, lambda node: _without_factor(node, factor))
    except TutorError:
        return None


def _without_factor(node: Tree, factor: Tree) -> Tree | None:
    """A product without a square factor; None for any other node, which stays, and where nothing is left."""
    if not isinstance(node, Product) or factor not in node.factors or factor.rows != factor.columns:
        return None
    rest = tuple(f for f in node.factors if f != factor)
    return product_or_factor(rest) if rest else None


def _without_shared(node: Tree) -> Iterator[Tree]:
    """I − X(X'V⁻¹X)⁻¹X'V⁻¹ for V⁻¹ − V⁻¹X(X'V⁻¹X)⁻¹X'V⁻¹: each term of a sum without the factor at one end of all."""
    if not isinstance(node, Sum) or node.rows != node.columns:
        return
    terms = [_number_and_rest(term) for term in node.terms]
    for end in (0, -1):
        shared = {factors_of(rest)[end] for _, rest in terms}
        if len(shared) == 1 and not isinstance(next(iter(shared)), Identity):
            rests = [factors_of(rest)[1:] if end == 0 else factors_of(rest)[:-1] for _, rest in terms]
            parts = [product_or_factor(rest) if rest else Identity(node.rows) for rest in rests]
            if all(same_shape(part.shape, node.shape) for part in parts):
                yield Sum(tuple(_scaled(number, part) for (number, _), part in zip(terms, parts, strict=True)))


def _number_and_rest(term: Tree) -> tuple[Tree | None, Tree]:
    return (term.scalar, term.tree) if isinstance(term, Scaled) else (None, term)


def _scaled(number: Tree | None, part: Tree) -> Tree:
    return part if number is None else Scaled(number, part)


def squared_matrices(case: Case, tree: Tree) -> Iterator[Edit]:
    """V⁻² for V⁻¹ and G² for G, in one place or everywhere, where the answer has such a square."""
    if not any(_has_square(node) for node in walk(case.answer)) or any(map(_has_inverse_beside, walk(tree))):
        return  # X'V⁻¹VV⁻¹X has rather lost its V than one V⁻¹ too many

    def squared(node: Tree) -> Iterator[Tree]:
        if _may_be_squared(node):
            yield Product((node, node))

    yield from _each(tree, "squared-twice", squared)
    for matrix in repeated(node for node in walk(tree) if _may_be_squared(node)):
        yield Edit(Diagnosis("squared-twice"), replaced_everywhere(tree, matrix, Product((matrix, matrix))))


def _has_square(node: Tree) -> bool:
    return isinstance(node, Product) and any(left == right for left, right in pairwise(node.factors))


def _has_inverse_beside(node: Tree) -> bool:
    """Whether a product has a matrix beside its inverse."""
    pairs = pairwise(node.factors) if isinstance(node, Product) else ()
    return any(
        left == Inverse(right) or right == Inverse(left)
        for left, right in pairs
        if left.shape == right.shape and left.rows == left.columns
    )


def _may_be_squared(node: Tree) -> bool:
    return isinstance(node, Symbol | Inverse) and node.rows == node.columns and not node.is_scalar


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
    """Var(a) + Var(b) for Var(a + b), and y for E(y)."""

    def spread(node: Tree) -> Iterator[Tree]:
        if isinstance(node, Variance) and isinstance(node.tree, Sum):
            yield Sum(tuple(Variance(term) for term in node.tree.terms))

    def not_averaged(node: Tree) -> Iterator[Tree]:
        if isinstance(node, Expectation):
            yield node.tree

    yield from _each(tree, "variance-of-sum", spread)
    has_effects = symbol_named(case, "u") is not None
    yield from _each(tree, "random-in-mean" if has_effects else "error-in-mean", not_averaged)


def powers(case: Case, tree: Tree) -> Iterator[Edit]:
    """The reciprocal of a number lost: cA for A/c."""
    del case

    def turned(node: Tree) -> Iterator[Tree]:
        if isinstance(node, Scaled) and isinstance(node.scalar, Inverse):
            yield Scaled(node.scalar.tree, node.tree)

    yield from _each(tree, "inverse-lost", turned)
