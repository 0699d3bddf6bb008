"""Facts of sums and direct sums over an index: what holds of the term of every index holds of them.

The index counts from 1, so that there is a term; where a fact fails for the term of every index, it fails for the
direct sum. The rank of a direct sum is the total of those of its blocks.
"""

from __future__ import annotations

from typing import TypeGuard

from tutor.algebra.applied import Indexed
from tutor.algebra.deductions.known import Found, Reasoner, size_name
from tutor.algebra.indices import total
from tutor.algebra.nodes import Fact, Scalar
from tutor.algebra.sizes import ONE, Size, same_size
from tutor.algebra.tree import Tree
from tutor.errors import SizeError

_OF_SUMS: frozenset[Fact] = frozenset({"symmetric", "diagonal", "positive definite", "positive semidefinite"})
"""Facts that a sum has if each of its terms has them."""


def fact_over_index(fact: Fact, tree: Tree, reasoner: Reasoner) -> Found[bool] | None:
    """A fact of ⊕A_i, of ΣA_i, or of a product of positive numbers; None where the terms do not tell."""
    if not _counts_from_one(tree) or not same_size(*tree.body.shape):
        return None
    inner = reasoner.known(fact, tree.body)
    is_blocks, is_positive = tree.operation == "direct sum", fact in {"positive definite", "positive semidefinite"}
    if is_blocks or (tree.operation == "sum" and fact in _OF_SUMS) or (tree.operation == "product" and is_positive):
        if inner.value:
            return Found(True, f"{{}}, for each {tree.index}", (inner,))
        if is_blocks and inner.value is False:
            return Found(False, "{}", (inner,))
    return None


def rank_over_index(tree: Tree, reasoner: Reasoner) -> Found[Size] | None:
    """The total of the ranks of the blocks of a direct sum."""
    if not _counts_from_one(tree) or tree.operation != "direct sum":
        return None
    inner = reasoner.rank(tree.body)
    if inner.value is None:
        return None
    assert isinstance(tree.last, Scalar)
    try:
        value = total(inner.value, tree.index, tree.last.value)
    except SizeError:
        return None  # a total of what is not linear has no letter
    told = f"for each {tree.index} from 1 to {size_name(tree.last.value)}"
    return Found(value, f"the ranks of blocks along the diagonal add up, and {told} {{}}", (inner,))


def _counts_from_one(tree: Tree) -> TypeGuard[Indexed]:
    return isinstance(tree, Indexed) and tree.first == Scalar(ONE) and isinstance(tree.last, Scalar)
