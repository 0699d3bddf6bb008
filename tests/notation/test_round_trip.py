"""What is written reads back as the same tree, in both dialects that are read and in every style."""

from __future__ import annotations

from functools import reduce
from typing import Any, cast

import pytest
import sympy
from hypothesis import given
from hypothesis import strategies as st
from sympy.matrices.immutable import ImmutableDenseMatrix

from tests.notation.test_write import TREES
from tests.strategies import trees
from tutor.algebra.nodes import Block, BlockDiagonal, Explicit, Inverse, Product, Scalar, Scaled, Sum, Transpose
from tutor.algebra.tree import Tree
from tutor.algebra.walk import symbols_of, transform, walk
from tutor.notation.read import read
from tutor.notation.vocabulary import Vocabulary
from tutor.notation.write import Style, inline, latex

STYLES = st.builds(
    Style,
    transpose=st.sampled_from(["prime", "T", "top"]),
    brackets=st.sampled_from(["square", "round"]),
)


def canonical(tree: Tree) -> Tree:
    """One tree for all that are written alike.

    Text does not tell arithmetic of scalars from one SymPy expression, nor a 1 × 1 factor of a product from a scalar in
    front, nor A − 2B with the scalar −2 from A less 2B, nor a column from the transpose of a row, nor one block from
    what it holds, nor diag of scalars from the matrix with these on its diagonal.
    """
    return transform(tree, _canonical_node)


def _canonical_node(node: Tree) -> Tree | None:
    if isinstance(node, Product | Scaled):
        return _gathered_scalars(node)
    if isinstance(node, Transpose) and isinstance(node.tree, Explicit) and node.rows != 1 and node.columns == 1:
        return Explicit(node.tree.matrix.T)
    if isinstance(node, Scalar):
        return Scalar(sympy.cancel(node.value))
    if isinstance(node, Explicit) and node.is_scalar:
        entry: Any = node.matrix[0, 0]
        return Scalar(entry)
    if isinstance(node, Block) and len(node.parts) == 1:
        return node.parts[0]
    values = [part.value for part in node.parts if isinstance(part, Scalar)]
    if isinstance(node, BlockDiagonal) and len(values) == len(node.blocks):
        return Explicit(ImmutableDenseMatrix(sympy.diag(*values)))
    if isinstance(node, Sum) and len(values) == len(node.terms):
        return Scalar(sympy.cancel(sympy.Add(*values)))
    return Scalar(1 / values[0]) if isinstance(node, Inverse) and values else None


def _gathered_scalars(node: Product | Scaled) -> Tree:
    """A product with the parameters multiplied to one scalar in front, then the other 1 × 1 factors, then the rest."""
    pending: list[Tree] = [node]
    factors: list[Tree] = []
    while pending:
        part = pending.pop()
        if isinstance(part, Scaled) or (
            isinstance(part, Product) and (part is node or all(factor.is_scalar for factor in part.factors))
        ):
            pending.extend(reversed(part.parts))
        else:
            factors.append(part)
    values = [factor.value for factor in factors if isinstance(factor, Scalar)]
    value = cast(sympy.Expr, sympy.cancel(sympy.Mul(*values)))
    # These commute, and the reader may have taken one from behind to the front.
    others = sorted((factor for factor in factors if factor.is_scalar and not isinstance(factor, Scalar)), key=repr)
    rest = tuple(factor for factor in factors if not factor.is_scalar)
    tail = [Product(rest)] if len(rest) > 1 else [*rest]
    ordered = [*([] if value == 1 and (others or tail) else [Scalar(value)]), *others, *tail]
    return reduce(lambda tree, scalar: Scaled(scalar, tree), reversed(ordered[:-1]), ordered[-1])


@given(trees(depth=2, letters=True), STYLES)
def test_what_is_written_in_latex_reads_back(tree: Tree, style: Style) -> None:
    found = read(latex(tree, style), Vocabulary.of(tree), shape=tree.shape)
    assert found.tree is not None
    assert canonical(found.tree) == canonical(tree)


def is_told_by_one_line(tree: Tree) -> bool:
    """Whether no block is itself made of entries or blocks: of [[[[1, 2]]], [[[3, 4]]]] text cannot tell the rows."""
    blocks = [block for node in walk(tree) if isinstance(node, Block) for block in node.parts]
    return not any(isinstance(node, Block | Explicit) for block in blocks for node in walk(block))


@given(trees(depth=2, letters=True).filter(is_told_by_one_line), STYLES)
def test_what_is_written_in_unicode_reads_back(tree: Tree, style: Style) -> None:
    found = read(inline(tree, style), Vocabulary.of(tree), shape=tree.shape)
    assert found.tree is not None
    assert canonical(found.tree) == canonical(tree)


# A symbol with a subscript of its own has its dimensions below a group, which is written but not read.
WITH_DIMENSIONS = [tree for tree, *_ in TREES if not any("_" in symbol.name for symbol in symbols_of(tree))]


@pytest.mark.parametrize(
    ("tree", "style"),
    [
        *((tree, Style()) for tree, *_ in TREES),
        *((tree, Style(transpose="top")) for tree, *_ in TREES),
        *((tree, Style(dimensions=True)) for tree in WITH_DIMENSIONS),
    ],
    ids=str,
)
def test_the_examples_read_back(tree: Tree, style: Style) -> None:
    for text in (latex(tree, style), inline(tree, style)):
        found = read(text, Vocabulary.of(tree), shape=tree.shape).tree
        assert found is not None
        assert canonical(found) == canonical(tree), text
