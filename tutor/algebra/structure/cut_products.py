"""Products that are numbers, and traces of products, taken apart until each is known.

Sums are multiplied out; at a J = 11' a number x'Jy is the two numbers x'1 and 1'y, and a trace tr(AJB) is the number
1'BA1. What is cut at groups, those of an index or blocks along the diagonal, is a sum over them.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from itertools import product

import sympy

from tutor.algebra.applied import Indexed
from tutor.algebra.balanced import closed_form
from tutor.algebra.laws.joining import multiplied, sum_of
from tutor.algebra.nodes import (
    BlockDiagonal,
    Explicit,
    Identity,
    Ones,
    Product,
    Scalar,
    Scaled,
    Sum,
    Symbol,
    Transpose,
)
from tutor.algebra.single import product_or_factor
from tutor.algebra.sizes import ONE
from tutor.algebra.structure.blocks import cut
from tutor.algebra.structure.method import in_numbers
from tutor.algebra.structure.over_index import summed_over
from tutor.algebra.tree import Tree

MOST_TERMS = 100
"""Terms of a product of sums that are told one by one."""

Factors = tuple[Tree, ...]

Multiple = tuple[tuple[Tree, ...], Factors]
"""Numbers, and the factors of the product that they multiply."""


def number_of(factors: Sequence[Tree]) -> Tree | None:
    """A product of one row and one column in numbers and sums of numbers; None where a part of it is not known.

    >>> from tutor.algebra.structure.over_index import Groups
    >>> from tutor.algebra.sizes import size
    >>> V = Groups("i", size("a")).over("direct sum", Ones(size("n_i"), size("n_i")))
    >>> one = Ones(V.rows)
    >>> print(number_of([Transpose(one), V + Identity(V.rows), one]))
    ∑_{i=1}^a n_i² + n_·
    """
    return _added(factors, _of_product)


def trace_of(factors: Sequence[Tree]) -> Tree | None:
    """tr(AB…) for factors with a J in each term of their product; None where a part of it is not known."""
    return _added(factors, _trace_of_product)


def _added(factors: Sequence[Tree], of_term: Callable[[Factors], Tree | None]) -> Tree | None:
    terms = multiples(factors)
    found = [] if terms is None else [(scalars, of_term(rest)) for scalars, rest in terms]
    if not found or any(value is None for _, value in found):
        return None
    return together([(scalars, value) for scalars, value in found if value is not None])


def together(terms: Iterable[tuple[Sequence[Tree], Tree]]) -> Tree:
    """The sum of numbers, each multiplied by others; like ones are told once."""
    counts: dict[tuple[Tree, ...], sympy.Expr] = {}
    for scalars, value in terms:
        every = (*scalars, value)
        known = sympy.Mul(*(each.value for each in every if isinstance(each, Scalar)))
        others = tuple(each for each in every if not isinstance(each, Scalar))
        counts[others] = counts.get(others, sympy.S.Zero) + known
    kept = [(count, others) for others, count in counts.items() if count != 0]
    if not kept:
        return Scalar(sympy.S.Zero)
    return in_numbers(sum_of(multiplied([*([] if c == 1 and others else [Scalar(c)]), *others]) for c, others in kept))


def multiples(factors: Sequence[Tree]) -> list[Multiple] | None:
    """The terms of a product of sums, numbers in front of each, I left out; None for too many."""
    found: list[Multiple] = [((), ())]
    for factor in factors:
        more = _multiples_of(factor)
        if more is None or len(found) * len(more) > MOST_TERMS:
            return None
        found = [(a + c, b + d) for (a, b), (c, d) in product(found, more)]
    return found


def _multiples_of(tree: Tree) -> list[Multiple] | None:
    if isinstance(tree, Identity) or tree == Ones(ONE):
        return [((), ())]
    if isinstance(tree, Scaled):
        inner = _multiples_of(tree.tree)
        return None if inner is None else [((tree.scalar, *scalars), rest) for scalars, rest in inner]
    if isinstance(tree, Product):
        return multiples(tree.factors)
    if isinstance(tree, Sum):
        found = [_multiples_of(term) for term in tree.terms]
        known = [each for each in found if each is not None]
        return [term for each in known for term in each] if len(known) == len(found) else None
    if isinstance(tree, Transpose):
        inner = _multiples_of(tree.tree)
        return None if inner is None else [(scalars, _turned(rest)) for scalars, rest in inner]
    if isinstance(tree, Symbol) and tree.definition is not None and not isinstance(tree.definition, Explicit):
        return _multiples_of(tree.definition)
    return [((), (tree,))]


def _turned(factors: Factors) -> Factors:
    """The factors of the transpose of a product."""
    return tuple(Ones(f.columns, f.rows) if isinstance(f, Ones) else Transpose(f) for f in reversed(factors))


def _trace_of_product(factors: Factors) -> Tree | None:
    place = next((place for place, factor in enumerate(factors) if isinstance(factor, Ones)), None)
    if place is None:
        return None
    J = factors[place]
    return number_of((Ones(ONE, J.columns), *factors[place + 1 :], *factors[:place], Ones(J.rows)))


def _of_product(factors: Factors) -> Tree | None:
    if not factors:
        return Scalar(sympy.S.One)
    place = next((place for place, f in enumerate(factors) if isinstance(f, Ones) and ONE not in f.shape), None)
    if place is not None:
        J = factors[place]
        left = number_of((*factors[:place], Ones(J.rows)))
        right = number_of((Ones(ONE, J.columns), *factors[place + 1 :]))
        return None if left is None or right is None else in_numbers(Product((left, right)))
    tree = product_or_factor(factors)
    found = _by_groups(tree) or _by_blocks(factors)
    if found is not None:
        return found
    closed = closed_form(tree)
    return closed if isinstance(closed, Scalar) else None


def _by_groups(tree: Tree) -> Tree | None:
    """The sum over the groups of an index, or over groups that are alike."""
    found = summed_over(tree)
    return None if found is None else _summed(found)


def _summed(tree: Tree) -> Tree | None:
    """The sum that was made, with what is added up as a number."""
    if not isinstance(tree, Indexed | Scaled):
        return number_of((tree,))
    *others, body = tree.parts
    inner = _summed(body) if isinstance(tree, Scaled) else number_of((body,))
    return None if inner is None else in_numbers(tree.rebuild((*others, inner)))


def _by_blocks(factors: Factors) -> Tree | None:
    """1'(⊕A_k)1 = Σ 1'A_k1 for blocks along the diagonal."""
    first, *middle, last = factors if len(factors) > 1 else (*factors, *factors)
    blocks = next((factor for factor in middle if isinstance(factor, BlockDiagonal | Transpose)), None)
    blocks = blocks.tree if isinstance(blocks, Transpose) else blocks
    if not (isinstance(first, Ones) and isinstance(last, Ones) and isinstance(blocks, BlockDiagonal)):
        return None
    for sizes in ([block.rows for block in blocks.blocks], [block.columns for block in blocks.blocks]):
        found = cut(product_or_factor(tuple(middle)), tuple(sizes), None)
        if found is not None:
            ends = zip(found.rows, found.blocks, found.columns, strict=True)
            numbers = [number_of((Ones(ONE, rows), block, Ones(columns))) for rows, block, columns in ends]
            known = [number for number in numbers if number is not None]
            return in_numbers(sum_of(known)) if len(known) == len(numbers) else None
    return None
