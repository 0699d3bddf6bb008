"""Blocks side by side of which some add no columns that the others have not: the mean beside indicators of groups.

1_n is the sum of the columns of an indicator matrix, and the column of a group that of the columns of the groups
within it, so that rank [A, B] is rank B where each column of A is a sum of multiples of columns of B.
"""

from __future__ import annotations

from tutor.algebra.applied import Indexed
from tutor.algebra.deductions.known import Found, Reasoner, listed
from tutor.algebra.nodes import Block, BlockDiagonal, Identity, Kronecker, Ones, Product, Scaled, Symbol
from tutor.algebra.sizes import Size, same_size
from tutor.algebra.tree import Tree


def rank_beside(tree: Block, reasoner: Reasoner) -> Found[Size] | None:
    """The rank of blocks side by side, as that of those in which the others lie; None where none lies in another."""
    line, *more = tree.grid
    if more or len(line) == 1:
        return None
    kept = list(line)
    for block in line:
        others = [each for each in kept if each is not block]
        if any(lies_in(block, other) for other in others):
            kept = others
    if len(kept) == len(line):
        return None
    rest = kept[0] if len(kept) == 1 else Block((tuple(kept),))
    inner = reasoner.rank(rest)
    if inner.value is None:
        return None
    dropped = [block for block in line if all(block is not each for each in kept)]
    told = f"the columns of {listed(len(dropped))} are sums of multiples of the others, and {{}}"
    return Found(inner.value, told, (*dropped, inner))


def lies_in(left: Tree, right: Tree) -> bool:
    """Whether each column of a matrix is seen to be a sum of multiples of columns of the other.

    >>> from tutor.algebra.build import identity, kron, ones
    >>> groups = kron(identity("b"), ones("t"))
    >>> lies_in(kron(ones("b"), ones("t")), groups), lies_in(groups, kron(ones("b"), identity("t")))
    (True, False)
    """
    left, right = _written_out(left), _written_out(right)
    if not same_size(left.rows, right.rows):
        return False
    if left == right or isinstance(right, Identity):
        return True
    if isinstance(left, Ones):
        return _has_mean(right)
    if isinstance(left, Scaled):
        return lies_in(left.tree, right)
    if isinstance(left, Product):
        return lies_in(left.factors[0], right)
    if isinstance(left, Indexed) and isinstance(right, Indexed):
        both = [(each.operation, each.index, each.first, each.last) for each in (left, right)]
        return both[0] == both[1] and left.operation == "direct sum" and lies_in(left.body, right.body)
    return isinstance(left, Kronecker) and isinstance(right, Kronecker) and _lies_in_factors(left, right)


def _lies_in_factors(left: Kronecker, right: Kronecker) -> bool:
    (first, *rest), (other, *others) = left.factors, right.factors
    if not lies_in(first, other):
        return False
    return lies_in(*(parts[0] if len(parts) == 1 else Kronecker(tuple(parts)) for parts in (rest, others)))


def _has_mean(tree: Tree) -> bool:
    """Whether 1 is a sum of multiples of the columns."""
    tree = _written_out(tree)
    if isinstance(tree, Identity | Ones):
        return True
    if isinstance(tree, Kronecker | BlockDiagonal):
        return all(map(_has_mean, tree.parts))
    if isinstance(tree, Indexed):
        return tree.operation == "direct sum" and _has_mean(tree.body)
    return isinstance(tree, Block) and len(tree.grid) == 1 and any(map(_has_mean, tree.grid[0]))


def _written_out(tree: Tree) -> Tree:
    return tree.definition if isinstance(tree, Symbol) and tree.definition is not None else tree
