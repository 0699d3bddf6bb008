"""Closed forms of balanced designs: sums of Kronecker products of I, J and 1, for sizes that may be letters.

A balanced design orders its rows by factors, so each of its matrices is a sum of terms c · A_1 ⊗ A_2 ⊗ …: I where the
factor counts, 1 or J where it does not. Products are found factor by factor, (A ⊗ B)(C ⊗ D) = AC ⊗ BD.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import singledispatch

import sympy

from tutor.algebra.nodes import (
    Block,
    BlockDiagonal,
    Explicit,
    Identity,
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
from tutor.algebra.sizes import ONE, Size, same_size
from tutor.algebra.terms import NoStructureError, Term, Terms, assemble, multiplied, transposed
from tutor.algebra.tree import Tree
from tutor.algebra.unit_vector import UnitVector

MOST_TERMS = 2_000
"""Terms that a product of sums may have when it is multiplied out: each further factor has many times as many."""


@dataclass(frozen=True, slots=True)
class Partitioned:
    """A matrix in blocks, each a sum of terms: ``blocks[i][j]`` is heights[i] × widths[j]; no terms mean zero."""

    heights: tuple[Size, ...]
    widths: tuple[Size, ...]
    blocks: tuple[tuple[Terms, ...], ...]


MOST_BLOCKS = 10_000
"""Blocks of a matrix that is written out block by block."""


def closed_form(tree: Tree) -> Tree:
    """The tree as Kronecker products of I, J and 1, common factors in front; unchanged where it has no such form.

    For V of a randomized complete block design this is I_b ⊗ (σ² I_t + σ²_u J_t). Terms are ordered from the
    finest stratum to the coarsest.

    >>> from tutor.algebra.build import identity, kron, ones
    >>> Z = kron(identity("b"), ones("t"))
    >>> closed_form(Z @ Z.T) == kron(identity("b"), ones("t", "t"))
    True
    """
    try:
        form = expand(tree)
    except NoStructureError:
        return tree
    if len(form.heights) * len(form.widths) > MOST_BLOCKS:
        return tree
    if form.heights[1:] or form.widths[1:]:
        grid = tuple(
            tuple(assemble(terms, height, width) for terms, width in zip(line, form.widths, strict=True))
            for line, height in zip(form.blocks, form.heights, strict=True)
        )
        return _diagonal(grid) or Block(grid)
    return assemble(form.blocks[0][0], *tree.shape)


def _diagonal(grid: Sequence[Sequence[Tree]]) -> BlockDiagonal | None:
    """A ⊕ B for [[A, 0], [0, B]]; None for other blocks."""
    if len(grid) != len(grid[0]):
        return None
    beside = (block for i, line in enumerate(grid) for j, block in enumerate(line) if i != j)
    return (
        BlockDiagonal(tuple(line[i] for i, line in enumerate(grid)))
        if all(isinstance(b, Zero) for b in beside)
        else None
    )


# Expanding


def _whole(terms: Terms, tree: Tree) -> Partitioned:
    return Partitioned((tree.rows,), (tree.columns,), ((terms,),))


@singledispatch
def expand(tree: Tree) -> Partitioned:
    """A tree as blocks of sums of terms. Raises NoStructureError where a part has no such form."""
    raise NoStructureError


@expand.register(Identity)
@expand.register(Ones)
@expand.register(Explicit)
@expand.register(UnitVector)
def _expand_atom(tree: Tree) -> Partitioned:
    return _whole((Term(sympy.S.One, (tree,)),), tree)


@expand.register
def _expand_zero(tree: Zero) -> Partitioned:
    return _whole((), tree)


@expand.register
def _expand_scalar(tree: Scalar) -> Partitioned:
    return _whole((Term(tree.value, (Identity(ONE),)),), tree)


@expand.register
def _expand_symbol(tree: Symbol) -> Partitioned:
    if tree.definition is None or isinstance(tree.definition, Explicit):
        return _expand_atom(tree)
    try:
        return expand(tree.definition)
    except NoStructureError:
        return _expand_atom(tree)


@expand.register
def _expand_scaled(tree: Scaled) -> Partitioned:
    if not isinstance(tree.scalar, Scalar):
        raise NoStructureError
    factor = tree.scalar.value
    inner = expand(tree.tree)
    blocks = tuple(
        tuple(tuple(Term(factor * term.coefficient, term.atoms) for term in terms) for terms in line)
        for line in inner.blocks
    )
    return Partitioned(inner.heights, inner.widths, blocks)


@expand.register
def _expand_sum(tree: Sum) -> Partitioned:
    parts = [expand(term) for term in tree.terms]
    first = parts[0]
    blocks = first.blocks
    for part in parts[1:]:
        if not (_same(part.heights, first.heights) and _same(part.widths, first.widths)):
            raise NoStructureError
        blocks = tuple(
            tuple(mine + theirs for mine, theirs in zip(line, other, strict=True))
            for line, other in zip(blocks, part.blocks, strict=True)
        )
    return Partitioned(first.heights, first.widths, blocks)


def _same(one: tuple[Size, ...], other: tuple[Size, ...]) -> bool:
    return len(one) == len(other) and all(map(same_size, one, other))


@expand.register
def _expand_product(tree: Product) -> Partitioned:
    product = expand(tree.factors[0])
    for factor in tree.factors[1:]:
        product = _multiply(product, expand(factor))
    return product


@expand.register
def _expand_transpose(tree: Transpose) -> Partitioned:
    inner = expand(tree.tree)
    blocks = tuple(
        tuple(
            tuple(Term(term.coefficient, tuple(transposed(atom) for atom in term.atoms)) for term in line[j])
            for line in inner.blocks
        )
        for j in range(len(inner.widths))
    )
    return Partitioned(inner.widths, inner.heights, blocks)


@expand.register
def _expand_kronecker(tree: Kronecker) -> Partitioned:
    product: Terms = (Term(sympy.S.One, ()),)
    for factor in tree.factors:
        form = expand(factor)
        if form.heights[1:] or form.widths[1:]:
            if not isinstance(factor, Symbol):
                raise NoStructureError
            form = _expand_atom(factor)  # a block that has a name is one factor, whatever it is made of
        _check_terms(len(product) * len(form.blocks[0][0]))
        product = tuple(
            Term(left.coefficient * right.coefficient, left.atoms + right.atoms)
            for left in product
            for right in form.blocks[0][0]
        )
    return _whole(product, tree)


@expand.register
def _expand_block(tree: Block) -> Partitioned:
    grid = [[expand(block) for block in line] for line in tree.grid]
    if any(form.heights[1:] or form.widths[1:] for line in grid for form in line):
        raise NoStructureError
    heights = tuple(line[0].rows for line in tree.grid)
    widths = tuple(block.columns for block in tree.grid[0])
    return Partitioned(heights, widths, tuple(tuple(form.blocks[0][0] for form in line) for line in grid))


@expand.register
def _expand_block_diagonal(tree: BlockDiagonal) -> Partitioned:
    forms = [expand(block) for block in tree.blocks]
    if any(form.heights[1:] or form.widths[1:] for form in forms):
        raise NoStructureError
    heights = tuple(block.rows for block in tree.blocks)
    widths = tuple(block.columns for block in tree.blocks)
    blocks = tuple(
        tuple(form.blocks[0][0] if i == j else () for j in range(len(forms))) for i, form in enumerate(forms)
    )
    return Partitioned(heights, widths, blocks)


# Multiplying


def _check_terms(count: int) -> None:
    if count > MOST_TERMS:
        raise NoStructureError


def _multiply(left: Partitioned, right: Partitioned) -> Partitioned:
    if not _same(left.widths, right.heights):
        raise NoStructureError
    columns = [sum(len(line[k]) for line in left.blocks) for k in range(len(left.widths))]
    _check_terms(sum(columns[k] * len(terms) for k, line in enumerate(right.blocks) for terms in line))
    blocks = tuple(
        tuple(
            tuple(
                multiplied(a, b) for k in range(len(left.widths)) for a in left.blocks[i][k] for b in right.blocks[k][j]
            )
            for j in range(len(right.widths))
        )
        for i in range(len(left.heights))
    )
    return Partitioned(left.heights, right.widths, blocks)
