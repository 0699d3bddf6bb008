r"""Factors that count, x_1 x_2 \cdots x_n: the product over an index, found as the sum of such terms is."""

from __future__ import annotations

from collections.abc import Sequence

import sympy

from tutor.algebra.nodes import Product, Scalar
from tutor.algebra.tree import Tree
from tutor.notation.meaning.combine import fitted, made_square, product
from tutor.notation.meaning.context import Context
from tutor.notation.meaning.counted_terms import Counted, counted
from tutor.notation.meaning.patterns import ambiguous
from tutor.notation.meaning.sequence import run
from tutor.notation.parsing import syntax

Chained = list[tuple[str, Tree]]
"""Factors with the sign before each."""

MOST_FACTORS = 100
"""Numbers that are multiplied where dots leave them out."""

_MOST_TOGETHER = 3
"""Factors that count together, as two do in a_1 b_1 a_2 b_2 ⋯ a_n b_n."""

_FACTORS = r"Write the first two factors, \cdots, and the last one, or the product as \prod_{i=1}^n x_i."


def is_dotted(node: syntax.Node) -> bool:
    """Whether dots stand between the factors of a product."""
    return isinstance(node, syntax.Chain) and any(isinstance(factor, syntax.Ellipsis) for factor in node.factors)


def check_no_list(node: syntax.Node, tree: Tree, context: Context) -> None:
    r"""Raise ReadError "ellipsis" for numbers with dots in the brackets of a vector, [y_1 \cdots y_n]."""
    if is_dotted(node) and tree.is_scalar:
        raise ambiguous(node, context, "They may be the elements of a vector, or the factors of a product.",
                        r"Write commas between elements, and a product as \prod_{i=1}^n y_i.")  # fmt: skip


def with_counted_factors(node: syntax.Chain, chained: Chained, context: Context) -> Chained:
    r"""A product with the factors around its dots as one, x_1 x_2 \cdots x_n as the product of x_i over i.

    Raises ReadError "ellipsis" where the factors do not tell how they go on.
    """
    dots = [factor for factor in node.factors if isinstance(factor, syntax.Ellipsis)]
    if len(dots) > 1:
        raise ambiguous(dots[1], context, "There is more than one gap in this product.", _FACTORS)
    gap = next(at for at, (_, tree) in enumerate(chained) if tree == DOTS)
    before, after = chained[:gap], chained[gap + 1 :]
    if not after:
        raise ambiguous(dots[0], context, "The product has no last factor.", r"Write it after the dots, as x_n.")
    if any(sign == "/" for sign, _ in (*before, after[0])):
        raise ambiguous(dots[0], context, "It is not told what is divided.", _FACTORS)
    for ahead, last in _grouped(before, after):
        groups = _settled([*ahead, last], context)
        told = counted(groups[:-1], groups[-1], context.vocabulary)
        behind = after[len(last) :]
        if told is not None:
            used = sum(map(len, ahead[len(ahead) - told.used :]))
            return [*before[: gap - used], *_joined(told), *behind]
        numbers = [tree.value for tree in groups if isinstance(tree, Scalar)]
        series = run(numbers[:-1], numbers[-1:], context.vocabulary) if len(numbers) == len(groups) > 2 else None
        length = None if series is None else series.length
        if series is not None and length is not None and length.is_Integer and length <= MOST_FACTORS:  # pyright: ignore[reportOperatorIssue]
            factors = map(series.value, range(int(length)))  # pyright: ignore[reportArgumentType]
            return [("", Scalar(sympy.Mul(*factors))), *behind]
    raise ambiguous(dots[0], context, "The factors beside the dots do not tell how they go on.", _FACTORS)


DOTS = Scalar(sympy.Symbol("…"))
"""What dots are among the factors until they are told."""


def _grouped(before: Chained, after: Chained) -> list[tuple[list[Chained], Chained]]:
    r"""The ways in which factors may count together: between the dots of 2 \cdot 4 \cdots 2n, or some at a time."""
    if any(sign == "*" for sign, _ in before[1:]):
        end = next((at for at, (sign, _) in enumerate(after) if at and sign == "*"), len(after))
        groups: list[Chained] = []
        for at, factor in enumerate(before):
            if at == 0 or factor[0] == "*":
                groups.append([])
            groups[-1].append(factor)
        return [(groups, after[:end])]
    ways: list[tuple[list[Chained], Chained]] = []
    for together in range(1, min(_MOST_TOGETHER, len(before), len(after)) + 1):
        starts = range(len(before) % together, len(before), together)
        ways.append(([before[at : at + together] for at in starts], after[:together]))
    return ways


def _settled(groups: Sequence[Chained], context: Context) -> list[Tree]:
    """Each group as one tree; matrices that are multiplied one by one at the size that they have together."""
    trees = [product([("", group[0][1]), *group[1:]], context) for group in groups]
    if all(tree.is_scalar for tree in trees):
        return trees
    matrices = [made_square(tree, context) for tree in trees if not tree.is_scalar]
    sized = iter(fitted(matrices, context))
    sizing = context.sizing
    trees = [tree if tree.is_scalar else next(sized) for tree in trees]
    for hole in {hole for tree in trees for hole in sizing.open_in(tree) if hole in sizing.defaults}:
        sizing.meet(hole, sizing.defaults[hole])
    return [sizing.filled(tree) for tree in trees]


def _joined(told: Counted) -> Chained:
    """The product over the index, or each of its factors; those are flat as if they had been written."""
    tree = told.joined("product")
    factors = tree.factors if isinstance(tree, Product) else (tree,)
    return [("", factor) for factor in factors]
