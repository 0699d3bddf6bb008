"""Is the answer written as an edit is? Of several slips with one value the one that was written is the one made."""

from __future__ import annotations

from functools import lru_cache, singledispatch

import sympy

from tutor.algebra.nodes import Inverse, Kronecker, Product, Scalar, Scaled, Sum, Transpose
from tutor.algebra.tree import Tree


def is_written_as(answer: Tree, edited: Tree) -> bool:
    """Whether two trees are the same but for the order of terms and the place of numbers in products."""
    return _form(answer) == _form(edited)


@lru_cache(maxsize=4096)  # edits share nearly all of their parts
def _form(tree: Tree) -> tuple[object, ...]:
    scalar, rest = _split(tree)
    number = sympy.nsimplify(scalar) if scalar.is_Float else scalar
    if not isinstance(rest, Product | Kronecker):
        return number, _shape_of(rest)
    parts = [_form(factor) for factor in rest.factors]
    number = sympy.Mul(number, *(part[0] for part in parts))  # pyright: ignore[reportArgumentType]
    return number, (type(rest).__name__, *(part[1] for part in parts))


def _split(tree: Tree) -> tuple[sympy.Expr, Tree | None]:
    """The numbers in front of a tree as one, and what they stand in front of."""
    if isinstance(tree, Scalar):
        return tree.value, None
    if isinstance(tree, Scaled):
        first, _ = _split(tree.scalar) if isinstance(tree.scalar, Scalar) else (sympy.Integer(1), None)
        second, rest = _split(tree.tree)
        return first * second, rest
    if isinstance(tree, Inverse) and isinstance(tree.tree, Scalar):
        return 1 / tree.tree.value, None
    return sympy.Integer(1), tree


@singledispatch
def _shape_of(tree: Tree | None) -> tuple[object, ...]:
    if tree is None:
        return ()
    if not tree.parts:
        return (tree,)
    return (type(tree).__name__, *(_form(part) for part in tree.parts))


@_shape_of.register
def _of_sum(tree: Sum) -> tuple[object, ...]:
    return ("Sum", frozenset(_form(term) for term in _terms(tree)))


def _terms(tree: Tree) -> list[Tree]:
    return [inner for term in tree.terms for inner in _terms(term)] if isinstance(tree, Sum) else [tree]


@_shape_of.register
def _of_transpose(tree: Transpose) -> tuple[object, ...]:
    return ("Transpose", _form(tree.tree))
