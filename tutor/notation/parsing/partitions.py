r"""Matrices side by side with a bar between them, [\mathbf{1} | \mathbf{I} \otimes \mathbf{1}], which is no density."""

from __future__ import annotations

from tutor.notation.parsing.syntax import Chain, Kronecker, Matrix, Named, Node, Number
from tutor.notation.parsing.token import Spelling

_OF_KNOWN_NUMBERS = frozenset({"I", "J", "1", "0", "X", "Z"})
"""Letters of matrices of which nothing is random: [X | Z] is no density."""


def is_partition(left: Node, right: Node) -> bool:
    """Whether what stands on both sides of a bar in brackets is a matrix without a distribution."""
    return _is_matrix(left) and _is_matrix(right)


def with_ones(node: Node, other: Node) -> Node:
    """A bare 1 beside a Kronecker product, [1 | I ⊗ 1], as the vector of ones; anything else as it is."""
    is_one = isinstance(node, Number) and node.digits == "1" and isinstance(other, Kronecker | Matrix)
    return Named(node.start, node.end, Spelling("1")) if is_one else node


def _is_matrix(node: Node) -> bool:
    if isinstance(node, Chain):
        return any(_is_matrix(factor) for factor in node.factors)
    if isinstance(node, Named):
        return node.spelling.letters in _OF_KNOWN_NUMBERS and not node.spelling.accent
    return isinstance(node, Kronecker | Matrix)
