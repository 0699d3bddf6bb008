"""What is written reads back as the same tree, in both dialects that are read and in every style."""

from __future__ import annotations

from functools import reduce

import pytest
import sympy
from hypothesis import given
from hypothesis import strategies as st

from tests.notation.test_write import TREES
from tests.strategies import trees
from tutor.algebra.tree import Inverse, Product, Scalar, Scaled, Sum, Tree, transform
from tutor.notation.read import read
from tutor.notation.vocabulary import Vocabulary
from tutor.notation.write import Style, inline, latex

MINUS_ONE = sympy.Integer(-1)

STYLES = st.builds(
    Style,
    transpose=st.sampled_from(["prime", "T", "top"]),
    brackets=st.sampled_from(["square", "round"]),
)


def canonical(tree: Tree) -> Tree:
    """One tree for all that are written alike.

    Text does not tell arithmetic of scalars from one SymPy expression, nor a 1 × 1 factor of a product from a scalar in
    front, nor A − 2B with the scalar −2 from A less 2B.
    """

    def change(node: Tree) -> Tree | None:
        if isinstance(node, Product):
            return _scaled([part for part in node.factors if part.is_scalar], node)
        values = [part.value for part in node.parts if isinstance(part, Scalar)]
        if isinstance(node, Scaled) and isinstance(node.scalar, Scalar):
            if isinstance(node.tree, Scalar):
                return Scalar(sympy.Mul(*values))
            if isinstance(node.tree, Scaled) and isinstance(node.tree.scalar, Scalar):
                product = sympy.Mul(node.scalar.value, node.tree.scalar.value)
                return node.tree.tree if product == 1 else Scaled(Scalar(product), node.tree.tree)
        if len(values) == len(node.parts) > 0:
            if isinstance(node, Sum):
                return Scalar(sympy.Add(*values))
            if isinstance(node, Inverse):
                return Scalar(1 / values[0])
        return None

    return transform(tree, change)


def _scaled(scalars: list[Tree], product: Product) -> Tree | None:
    if not scalars:
        return None
    rest = tuple(factor for factor in product.factors if not factor.is_scalar)
    *scalars, last = scalars if not rest else [*scalars, rest[0] if len(rest) == 1 else Product(rest)]
    return canonical(reduce(lambda tree, scalar: Scaled(scalar, tree), reversed(scalars), last))


@given(trees(depth=2, letters=True), STYLES)
def test_what_is_written_in_latex_reads_back(tree: Tree, style: Style) -> None:
    found = read(latex(tree, style), Vocabulary.of(tree), shape=tree.shape)
    assert found.tree is not None
    assert canonical(found.tree) == canonical(tree)


@given(trees(depth=2, letters=True), STYLES)
def test_what_is_written_in_unicode_reads_back(tree: Tree, style: Style) -> None:
    found = read(inline(tree, style), Vocabulary.of(tree), shape=tree.shape)
    assert found.tree is not None
    assert canonical(found.tree) == canonical(tree)
