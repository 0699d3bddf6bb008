"""Blocks along the diagonal of products and sums: Z and R of grouped data, cut at the groups.

`cut` gives the blocks of a tree along a partition of its rows and columns. Products go block by block where their
factors are cut at the same places: ⊕A_i ⊕B_i = ⊕A_iB_i.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import singledispatch
from itertools import groupby

import sympy

from tutor.algebra.nodes import (
    Block,
    BlockDiagonal,
    Determinant,
    Explicit,
    Identity,
    Inverse,
    Kronecker,
    Ones,
    Product,
    Scaled,
    Sum,
    Symbol,
    Transpose,
)
from tutor.algebra.sizes import ONE, Size, same_size
from tutor.algebra.structure.method import Line, Lines, Structure
from tutor.algebra.tree import Tree
from tutor.algebra.walk import walk

Sizes = tuple[Size, ...]

MOST_COPIES = 100
"""Copies of a block, I ⊗ A, that are told one by one where others are not copies."""


@dataclass(frozen=True, slots=True)
class Cut:
    """Blocks along the diagonal of a matrix that is 0 elsewhere."""

    blocks: tuple[Tree, ...]

    @property
    def rows(self) -> Sizes:
        return tuple(block.rows for block in self.blocks)

    @property
    def columns(self) -> Sizes:
        return tuple(block.columns for block in self.blocks)


def diagonal_blocks(tree: Tree) -> tuple[Tree, ...] | None:
    """The blocks of a square tree that is 0 outside of them, as many as are seen by its structure; None for one block.

    >>> from tutor.algebra.build import identity, ones
    >>> Z = BlockDiagonal((ones("n_1"), ones("n_2")))
    >>> [str(block) for block in diagonal_blocks(Z @ Z.T)]
    ["1_{n_1} 1_{n_1}'", "1_{n_2} 1_{n_2}'"]
    """
    for rows in partitions(tree):
        found = cut(tree, rows, rows)
        if found is not None and len(found.blocks) > 1:
            return found.blocks
    return None


def partitions(tree: Tree) -> Iterator[Sizes]:
    """Partitions of the rows at which a tree may be cut, those with the fewest blocks first."""
    found: dict[Sizes, None] = {}
    for node in opened(tree):
        if isinstance(node, BlockDiagonal) and len(node.blocks) > 1:
            for sizes in (Cut(node.blocks).rows, Cut(node.blocks).columns):
                if same_size(sympy.Add(*sizes), tree.rows):
                    found[sizes] = None
        if isinstance(node, Kronecker) and isinstance(node.factors[0], Identity):
            number = node.factors[0].order
            if number.is_Integer and 1 < number <= MOST_COPIES and same_size(node.rows, tree.rows):  # pyright: ignore[reportOperatorIssue]
                found[(sympy.cancel(node.rows / number),) * int(number)] = None  # pyright: ignore[reportArgumentType]
    yield from sorted(found, key=len)


def opened(tree: Tree) -> Iterator[Tree]:
    """The nodes of a tree, definitions entered."""
    for node in walk(tree):
        yield node
        if isinstance(node, Symbol) and node.definition is not None:
            yield from opened(node.definition)


@singledispatch
def cut(tree: Tree, rows: Sizes | None, columns: Sizes | None) -> Cut | None:
    """The blocks of a tree along a partition of its rows, of its columns or of both; None where it has none."""
    return None


@cut.register
def _cut_symbol(tree: Symbol, rows: Sizes | None, columns: Sizes | None) -> Cut | None:
    """The blocks of the definition; lists of entries among them are named after the symbol, equal ones alike."""
    found = None if tree.definition is None else cut(tree.definition, rows, columns)
    if found is None or not any(isinstance(block, Explicit) for block in found.blocks):
        return found
    named: dict[Tree, Tree] = {}
    for number, block in enumerate(found.blocks, start=1):
        if isinstance(block, Explicit) and block not in named:
            named[block] = Symbol(f"{tree.name}_{number}", *block.shape, role=tree.role, definition=block)
    return Cut(tuple(named.get(block, block) for block in found.blocks))


@cut.register
def _cut_identity(tree: Identity, rows: Sizes | None, columns: Sizes | None) -> Cut | None:
    sizes = rows or columns
    if sizes is None or (rows and columns and not _same(rows, columns)):
        return None
    return Cut(tuple(map(Identity, sizes)))


@cut.register
def _cut_scaled(tree: Scaled, rows: Sizes | None, columns: Sizes | None) -> Cut | None:
    inner = cut(tree.tree, rows, columns)
    return None if inner is None else Cut(tuple(Scaled(tree.scalar, block) for block in inner.blocks))


@cut.register
def _cut_transpose(tree: Transpose, rows: Sizes | None, columns: Sizes | None) -> Cut | None:
    inner = cut(tree.tree, columns, rows)
    return None if inner is None else Cut(tuple(map(Transpose, inner.blocks)))


@cut.register
def _cut_inverse(tree: Inverse, rows: Sizes | None, columns: Sizes | None) -> Cut | None:
    inner = cut(tree.tree, columns, rows)
    if inner is None or not _same(inner.rows, inner.columns):
        return None
    return Cut(tuple(map(Inverse, inner.blocks)))


@cut.register
def _cut_sum(tree: Sum, rows: Sizes | None, columns: Sizes | None) -> Cut | None:
    parts = []
    for term in tree.terms:
        part = cut(term, rows, columns)
        if part is None:
            return None
        rows, columns = part.rows, part.columns
        parts.append(part.blocks)
    return Cut(tuple(Sum(blocks) for blocks in zip(*parts, strict=True)))


@cut.register
def _cut_product(tree: Product, rows: Sizes | None, columns: Sizes | None) -> Cut | None:
    """From the left where the rows are known, from the right where the columns are, and both must meet."""
    terms = side_by_side(tree)
    if terms is not None:
        return cut(terms, rows, columns)
    if rows is None:
        flipped = cut(Product(tuple(map(Transpose, reversed(tree.factors)))), columns, None)
        return None if flipped is None else Cut(tuple(map(_unflipped, flipped.blocks)))
    parts, at = [], rows
    for factor in tree.factors:
        last = columns if factor is tree.factors[-1] else None
        part = cut(factor, at, last)
        if part is None:
            return None
        at = part.columns
        parts.append(part.blocks)
    return Cut(tuple(Product(blocks) for blocks in zip(*parts, strict=True)))


def _unflipped(block: Tree) -> Tree:
    factors = block.factors if isinstance(block, Product) else (block,)
    return Product(tuple(f.tree if isinstance(f, Transpose) else Transpose(f) for f in reversed(factors)))


def side_by_side(tree: Product) -> Tree | None:
    """[A B] ⊕(C, D) [A B]' as ACA' + BDB', for random terms side by side in Z; None for another product."""
    if len(tree.factors) != 3:
        return None
    left, middle, right = map(_known, tree.factors)
    right = Transpose(_known(right.tree)) if isinstance(right, Transpose) else right
    if not isinstance(left, Block) or not isinstance(middle, BlockDiagonal) or right != Transpose(left):
        return None
    line, *more = left.grid
    if more or len(middle.blocks) != len(line):
        return None
    pairs = zip(line, middle.blocks, strict=True)
    return Sum(tuple(Product((Z, G, Transpose(Z))) for Z, G in pairs))


def _known(tree: Tree) -> Tree:
    return _known(tree.definition) if isinstance(tree, Symbol) and tree.definition is not None else tree


@cut.register
def _cut_block_diagonal(tree: BlockDiagonal, rows: Sizes | None, columns: Sizes | None) -> Cut | None:
    own = Cut(tree.blocks)
    if rows is None and columns is None:
        return own
    groups = _grouped(own.rows if rows else own.columns, rows or columns or ())
    if groups is None:
        return None
    joined = Cut(tuple(_joined([tree.blocks[i] for i in group]) for group in groups))
    return joined if _fits(joined, rows, columns) else None


@cut.register
def _cut_kronecker(tree: Kronecker, rows: Sizes | None, columns: Sizes | None) -> Cut | None:
    """I ⊗ A: as many copies of A as the part of the partition has room for."""
    head, *rest = tree.factors
    sizes = rows or columns
    if not isinstance(head, Identity) or sizes is None:
        return None
    inner = rest[0] if len(rest) == 1 else Kronecker(tuple(rest))
    extent = inner.rows if rows else inner.columns
    counts = [sympy.cancel(size / extent) for size in sizes]
    if not all(count.is_integer and count.is_positive and sympy.denom(count) == 1 for count in counts):
        return None
    blocks = tuple(inner if count == ONE else Kronecker((Identity(count), inner)) for count in counts)
    return Cut(blocks) if _fits(Cut(blocks), rows, columns) else None


@cut.register
def _cut_explicit(tree: Explicit, rows: Sizes | None, columns: Sizes | None) -> Cut | None:
    if rows is None or columns is None or not all(s.is_Integer for s in (*rows, *columns)):
        return None
    of_row, of_column = _places(rows), _places(columns)
    if any(of_row[i] != of_column[j] for i, j in tree.filled):
        return None
    spans = zip(_spans(rows), _spans(columns), strict=True)
    return Cut(tuple(Explicit(tree.matrix.extract(list(down), list(across))) for down, across in spans))


def _places(sizes: Sizes) -> list[int]:
    return [number for number, size in enumerate(sizes) for _ in range(int(size))]  # pyright: ignore[reportArgumentType]


def _spans(sizes: Sizes) -> list[range]:
    found, start = [], 0
    for size in sizes:
        end = start + int(size)  # pyright: ignore[reportArgumentType]
        found.append(range(start, end))
        start = end
    return found


def _grouped(sizes: Sizes, wanted: Sizes) -> list[list[int]] | None:
    """Which neighbours make up each part of a coarser partition; None where it is none."""
    groups, at = [], 0
    for size in wanted:
        group, total = [], sympy.S.Zero
        while at < len(sizes) and not (group and same_size(total, size)):
            group.append(at)
            total += sizes[at]
            at += 1
        if not same_size(total, size):
            return None
        groups.append(group)
    return groups if at == len(sizes) else None


def direct_sum(blocks: Sequence[Tree]) -> Tree:
    """Blocks along the diagonal, neighbours that are equal as I ⊗ A."""
    runs = [(block, len(list(run))) for block, run in groupby(blocks)]
    told = tuple(b if n == 1 else Kronecker((Identity(sympy.Integer(n)), b)) for b, n in runs)
    return told[0] if len(told) == 1 and len(blocks) > 1 else BlockDiagonal(told)


def _joined(blocks: Sequence[Tree]) -> Tree:
    return blocks[0] if len(blocks) == 1 else BlockDiagonal(tuple(blocks))


def _same(left: Sizes, right: Sizes) -> bool:
    return len(left) == len(right) and all(map(same_size, left, right))


def _fits(found: Cut, rows: Sizes | None, columns: Sizes | None) -> bool:
    return (rows is None or _same(found.rows, rows)) and (columns is None or _same(found.columns, columns))


# As a structure


_BECAUSE = "every part is 0 outside of blocks along the diagonal, cut at the same rows: ⊕A_i ⊕B_i = ⊕ A_i B_i"


def _inverse_by_blocks(tree: Tree) -> Lines:
    blocks = None if isinstance(tree, BlockDiagonal) else diagonal_blocks(tree)
    return () if blocks is None else (Line(Inverse(direct_sum(blocks)), _BECAUSE),)


def _determinant_by_blocks(tree: Tree) -> Lines:
    blocks = None if isinstance(tree, BlockDiagonal) else diagonal_blocks(tree)
    return () if blocks is None else (Line(Determinant(direct_sum(blocks)), _BECAUSE),)


def _example() -> Tree:
    Z = BlockDiagonal((Ones(sympy.Integer(2)), Ones(sympy.Integer(3))))
    return Z @ Z.T + Identity(sympy.Integer(5))


BLOCKS = Structure("blocks", _inverse_by_blocks, _determinant_by_blocks, _example)
