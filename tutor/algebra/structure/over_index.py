"""Blocks for an index: ⊕_{i=1}^{a} A_i, as many groups as a letter says, each of its own size n_i.

`part` tells what stands in the rows and columns of group i of a tree. Products go part by part: ⊕A_i ⊕B_i = ⊕A_iB_i,
and of what is cut at the groups on the inside only, [x_1' x_2' …] ⊕A_i [y_1' y_2' …]' = Σ x_i'A_iy_i.

Groups that are all alike need no index: ⊕A is I_a ⊗ A, and the sum over them is aA.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import singledispatch
from typing import Any

import sympy

from tutor.algebra.applied import Indexed, Operation
from tutor.algebra.balanced import closed_form
from tutor.algebra.indices import Total, depends, total
from tutor.algebra.laws.joining import product_of
from tutor.algebra.nodes import (
    Block,
    BlockDiagonal,
    Identity,
    Inverse,
    Kronecker,
    Ones,
    Product,
    Scalar,
    Scaled,
    Sum,
    Symbol,
    Transpose,
    Zero,
)
from tutor.algebra.sizes import ONE, Size, divides, same_size
from tutor.algebra.structure.blocks import opened, side_by_side
from tutor.algebra.tree import Tree
from tutor.algebra.walk import walk
from tutor.errors import SizeError


@dataclass(frozen=True, slots=True)
class Groups:
    """The groups that an index counts from 1 to ``last``, a letter; without an index, groups all alike."""

    index: str
    last: Size

    def block(self, extent: Size) -> Size | None:
        """How many of so many rows belong to group i: n_i of n_., 1 of a; None where they are not those of groups."""
        if not self.index:
            return sympy.cancel(extent / self.last) if divides(self.last, extent) else None
        rule: dict[sympy.Expr, sympy.Expr] = {
            each: each.letter for each in extent.atoms(Total) if (each.index, each.last) == (self.index, self.last)
        }
        found: Any = extent.xreplace({**rule, self.last: ONE})
        if found == extent:
            return None
        try:
            return found if same_size(total(found, self.index, self.last), extent) else None
        except SizeError:
            return None

    def along(self, body: Tree) -> Tree:
        """The direct sum over the groups: ⊕A_i, or I_a ⊗ A."""
        return Kronecker((Identity(self.last), body)) if not self.index else self.over("direct sum", body)

    def added(self, body: Tree) -> Tree:
        """The sum over the groups: Σ A_i, or aA."""
        return Scaled(Scalar(self.last), body) if not self.index else self.over("sum", body)

    def beside(self, body: Tree, *, are_rows: bool) -> Tree:
        """What stands for each group below each other, (⊕A_i)1 or 1_a ⊗ A, or beside each other."""
        one = Ones(self.last) if are_rows else Ones(ONE, self.last)
        if not self.index:
            return Kronecker((one, body))
        along = self.over("direct sum", body)
        return Product((along, one) if are_rows else (one, along))

    def count_added(self, nodes: Iterable[Tree]) -> int:
        """How many sums over the groups are among these."""
        if not self.index:
            return sum(isinstance(node, Scaled) and node.scalar == Scalar(self.last) for node in nodes)
        return sum(isinstance(node, Indexed) and self._adds(node) for node in nodes)

    def _adds(self, node: Indexed) -> bool:
        return (node.operation, node.index, node.last) == ("sum", self.index, Scalar(self.last))

    def over(self, operation: Operation, body: Tree) -> Indexed:
        """A sum, a product or a direct sum over groups with an index."""
        assert self.index
        return Indexed(operation, self.index, Scalar(ONE), Scalar(self.last), body)


@dataclass(frozen=True, slots=True)
class Part:
    """What stands for group i, and whether the rows and the columns are cut at the groups."""

    tree: Tree
    rows: bool
    columns: bool


def groups_of(tree: Tree) -> Iterator[Groups]:
    """The groups over which there are direct sums in a tree, definitions entered."""
    found: dict[Groups, None] = {}
    for node in opened(tree):
        if isinstance(node, Indexed) and node.operation == "direct sum" and node.first == Scalar(ONE):
            assert isinstance(node.last, Scalar)
            if not node.last.value.is_Integer:
                found[Groups(node.index, node.last.value)] = None
    yield from found


def alike(tree: Tree) -> Iterator[Groups]:
    """The groups that are all alike for which I ⊗ A stands in a tree, definitions entered.

    None where no A is made of blocks: what is balanced has its own structures.
    """
    found: dict[Groups, None] = {}
    nodes = list(opened(tree))
    kinds = (Indexed, BlockDiagonal)
    if not any(isinstance(node, Kronecker) and any(isinstance(part, kinds) for part in walk(node)) for node in nodes):
        return
    bound = {node.index for node in nodes if isinstance(node, Indexed)}
    for node in nodes:
        head = node.factors[0] if isinstance(node, Kronecker) else None
        if isinstance(head, Identity) and head.order != ONE and not any(depends(head.order, i) for i in bound):
            found[Groups("", head.order)] = None
    yield from found


def copies(tree: Tree) -> Kronecker | None:
    """A square tree of groups that are all alike, with blocks over an index in each, as I ⊗ A; None for another.

    What is balanced has its own structures.

    >>> from tutor.algebra.build import identity, kron
    >>> from tutor.algebra.sizes import size
    >>> Z = kron(identity("b"), Groups("i", size("a")).over("direct sum", Ones(size("n_i"))))
    >>> print(copies(Z @ Z.T))
    I_b ⊗ ((⨁_{i=1}^a 1_{n_i})(⨁_{i=1}^a 1_{n_i})')
    """
    if _is_copies(tree):
        return None
    for groups in alike(tree):
        if groups.block(tree.rows) is not None:
            found = part(tree, groups)
            if found is not None and found.rows and found.columns:
                return Kronecker((Identity(groups.last), closed_form(found.tree)))
    return None


def _is_copies(tree: Tree) -> bool:
    return isinstance(tree, Kronecker) and isinstance(tree.factors[0], Identity)


def diagonal_over(tree: Tree) -> Indexed | None:
    """A square tree that is 0 outside of the blocks of an index, as ⊕ of them; None for another.

    >>> from tutor.algebra.sizes import size
    >>> Z = Groups("i", size("a")).over("direct sum", Ones(size("n_i")))
    >>> print(diagonal_over(Z @ Z.T))
    ⨁_{i=1}^a J_{n_i}
    """
    for groups in groups_of(tree):
        found = part(tree, groups)
        if found is not None and found.rows and found.columns:
            return groups.over("direct sum", closed_form(found.tree))
    return None


def summed_over(tree: Tree) -> Tree | None:
    """A tree with sums over an index in place of the products that are cut at its groups; None for another."""
    for groups in (*groups_of(tree), *alike(tree)):
        found = part(tree, groups)
        if found is None or found.rows or found.columns:
            continue
        if groups.count_added(walk(found.tree)) > groups.count_added(opened(tree)):
            return found.tree
    return None


def beside_over(tree: Tree) -> Tree | None:
    """A row of what stands for each group, 1'⊕A_i, or a column, (⊕A_i)1; None for another tree.

    >>> from tutor.algebra.sizes import size
    >>> Z = Groups("i", size("a")).over("direct sum", Ones(size("n_i")))
    >>> print(beside_over(Transpose(Ones(Z.rows)) @ Z))
    1_a' diag(n_1, …, n_a)
    """
    if not isinstance(tree, Product) or ONE not in tree.shape:
        return None
    for groups in (*groups_of(tree), *alike(tree)):
        found = part(tree, groups)
        if found is not None and found.rows != found.columns:
            result = groups.beside(closed_form(found.tree), are_rows=found.rows)
            return None if result == tree else result
    return None


# Parts


_UNITS = (Ones(ONE), Identity(ONE))
"""Factors of one row and one column that are 1."""


@singledispatch
def part(tree: Tree, groups: Groups) -> Part | None:
    """What stands for group i of a tree; None where the tree is not cut at the groups."""
    return Part(tree, False, False) if not any(map(groups.block, tree.shape)) else None


@part.register
def _part_of_identity(tree: Identity, groups: Groups) -> Part:
    block = groups.block(tree.order)
    return Part(tree, False, False) if block is None else Part(Identity(block), True, True)


@part.register(Ones)
@part.register(Zero)
def _part_of_constant(tree: Ones | Zero, groups: Groups) -> Part | None:
    rows, columns = map(groups.block, tree.shape)
    if rows is not None and columns is not None and isinstance(tree, Ones):
        return None
    kind = type(tree)
    return Part(kind(rows or tree.rows, columns or tree.columns), rows is not None, columns is not None)


@part.register
def _part_of_symbol(tree: Symbol, groups: Groups) -> Part | None:
    """That of the definition; of a name alone and of a random vector the rows of the group, X_i and y_i."""
    if tree.definition is not None and tree.role != "random":
        inner = part(tree.definition, groups)
        if inner is None or not isinstance(inner.tree, Block):
            return inner
        if not groups.index:
            return inner
        named = Symbol(f"{tree.name}_{groups.index}", *inner.tree.shape, definition=inner.tree)
        return Part(named, inner.rows, inner.columns)
    rows, columns = map(groups.block, tree.shape)
    if rows is None:
        return None if columns is not None else Part(tree, False, False)
    if columns is not None or not groups.index:
        return None
    return Part(Symbol(f"{tree.name}_{groups.index}", rows, tree.columns, role=tree.role), True, False)


@part.register
def _part_of_scaled(tree: Scaled, groups: Groups) -> Part | None:
    inner = part(tree.tree, groups)
    return None if inner is None else Part(Scaled(tree.scalar, inner.tree), inner.rows, inner.columns)


@part.register
def _part_of_transpose(tree: Transpose, groups: Groups) -> Part | None:
    inner = part(tree.tree, groups)
    return None if inner is None else Part(Transpose(inner.tree), inner.columns, inner.rows)


@part.register
def _part_of_inverse(tree: Inverse, groups: Groups) -> Part | None:
    inner = part(tree.tree, groups)
    if inner is None or inner.rows != inner.columns:
        return None
    return Part(Inverse(inner.tree), inner.rows, inner.columns)


@part.register
def _part_of_sum(tree: Sum, groups: Groups) -> Part | None:
    return _together([part(term, groups) for term in tree.terms], Sum)


@part.register
def _part_of_block(tree: Block, groups: Groups) -> Part | None:
    """Matrices side by side, each cut at the rows only: [1 x]."""
    line, *more = tree.grid
    found = None if more else _together([part(block, groups) for block in line], lambda trees: Block((trees,)))
    return None if found is None or found.columns else found


def _together(parts: Sequence[Part | None], join) -> Part | None:
    """Parts that are cut alike, joined."""
    known = [each for each in parts if each is not None]
    if len(known) < len(parts) or len({(each.rows, each.columns) for each in known}) > 1:
        return None
    return Part(join(tuple(each.tree for each in known)), known[0].rows, known[0].columns)


@part.register
def _part_of_product(tree: Product, groups: Groups) -> Part | None:
    terms = side_by_side(tree)
    if terms is not None:
        return part(terms, groups)
    parts = [part(factor, groups) for factor in tree.factors]
    known = [each for each in parts if each is not None]
    if len(known) < len(parts):
        return None
    number = next((i for i, each in enumerate(known) if each.rows or each.columns), len(known))
    front = [each.tree for each in known[:number]]
    found = None
    for each in known[number:]:
        found = each if found is None else _multiplied(found, each, groups)
        if found is None:
            return None
    if found is None or not front:
        return found or Part(product_of(front), False, False)
    return None if found.rows else Part(product_of((*front, found.tree)), False, found.columns)


def _multiplied(left: Part, right: Part, groups: Groups) -> Part | None:
    """The product of two parts; a sum over the groups where they meet at the groups and end at none."""
    if left.columns != right.rows or (left.rows and right.columns and not left.columns):
        return None
    factors = [each for each in (left.tree, right.tree) if each not in _UNITS]
    product = product_of(factors) if factors else left.tree
    if left.columns and not left.rows and not right.columns:
        return Part(groups.added(product), False, False)
    return Part(product, left.rows, right.columns)


@part.register
def _part_of_kronecker(tree: Kronecker, groups: Groups) -> Part | None:
    """I_a ⊗ A and 1_a ⊗ A: A for each group."""
    head, *rest = tree.factors
    inner = rest[0] if len(rest) == 1 else Kronecker(tuple(rest))
    if not groups.index:
        return _part_of_copies(tree, inner, groups)
    if any(map(groups.block, inner.shape)) or not same_size(head.rows, groups.last):
        return Part(tree, False, False) if not any(map(groups.block, tree.shape)) else None
    if isinstance(head, Identity):
        return Part(inner, True, True)
    return Part(inner, True, False) if isinstance(head, Ones) and head.columns == ONE else None


def _part_of_copies(tree: Kronecker, inner: Tree, groups: Groups) -> Part | None:
    """I_ab ⊗ A and 1_ab ⊗ A for groups that are all alike: I_b ⊗ A and 1_b ⊗ A."""
    head = tree.factors[0]
    block = groups.block(head.rows)
    if block is None:
        return Part(tree, False, False) if not any(map(groups.block, tree.shape)) else None
    if isinstance(head, Identity):
        return Part(inner if block == ONE else Kronecker((Identity(block), inner)), True, True)
    if isinstance(head, Ones) and head.columns == ONE:
        return Part(inner if block == ONE else Kronecker((Ones(block), inner)), True, False)
    return None


@part.register
def _part_of_indexed(tree: Indexed, groups: Groups) -> Part | None:
    if tree.operation != "direct sum":
        return Part(tree, False, False) if not any(map(groups.block, tree.shape)) else None
    same = (tree.index, tree.first, tree.last) == (groups.index, Scalar(ONE), Scalar(groups.last))
    return Part(tree.body, True, True) if same else None
