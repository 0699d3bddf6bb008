"""Blocks along the diagonal and a multiple of J added to them, as V of nested groups of unequal sizes.

By Sherman and Morrison (1950) (D + c11')⁻¹ = D⁻¹ − D⁻¹1(1/c + s)⁻¹1'D⁻¹ with s = 1'D⁻¹1, and |D + c11'| = |D|(1 + cs).
Where the rows of a block A_j add up to one number λ_j, A_j1 = λ_j1, the rows of block j in D⁻¹1 are 1/λ_j, and s has
the term n_j/λ_j. A block may itself be such a sum, as groups within groups are: (D + c11')⁻¹1 = D⁻¹1/(1 + cs).
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass

import sympy

from tutor.algebra.balanced import closed_form
from tutor.algebra.deductions.mirror import MINUS_ONE
from tutor.algebra.laws.joining import coefficient_of, sum_of, terms_of, times
from tutor.algebra.nodes import (
    BlockDiagonal,
    Determinant,
    Identity,
    Inverse,
    Ones,
    Product,
    Scalar,
    Scaled,
    Sum,
    Transpose,
)
from tutor.algebra.sizes import ONE, Size
from tutor.algebra.structure.blocks import cut, direct_sum, partitions
from tutor.algebra.structure.conditions import normal
from tutor.algebra.structure.method import Line, Lines, Structure, in_numbers, work_out
from tutor.algebra.structure.over_index import Groups, alike, groups_of, part
from tutor.algebra.terms import NoStructureError
from tutor.algebra.tree import Tree

BY_BLOCKS = "all terms but one are 0 outside of blocks along the diagonal, and that one is a multiple of J"
INVERSE_SENTENCE = "(D + c11')⁻¹ = D⁻¹ − D⁻¹1(1/c + 1'D⁻¹1)⁻¹1'D⁻¹ (Sherman and Morrison)"
DETERMINANT_SENTENCE = "|D + c11'| = |D|(1 + c1'D⁻¹1)"
ROW_SUMS = "where the rows of a block add up to one number, A1 = λ1, A⁻¹1 is (1/λ)1"

Join = Callable[[Callable[[Tree], Tree]], Tree]
"""Puts what is made of each block along the diagonal: of the block for an index, or of all of them."""


@dataclass(frozen=True, slots=True)
class OnesAdded:
    """D + cJ, n × n: ``along`` joins what is made of the blocks of D, ``total`` adds it up, ``number`` tells how many
    blocks there are."""

    along: Join
    total: Join
    number: Size
    c: sympy.Expr
    order: Size

    @property
    def D(self) -> Tree:
        """The blocks along the diagonal."""
        return self.along(lambda block: block)

    @property
    def whole(self) -> Sum:
        """D + cJ."""
        return Sum((self.D, times(self.c, Ones(self.order, self.order))))

    @property
    def ends(self) -> Tree:
        """⊕ A_j⁻¹1, n × number: D⁻¹1 with the rows of each block in a column of its own."""
        return self.along(lambda block: solution(block)[0])

    @property
    def sum(self) -> Tree:
        """s = 1'D⁻¹1."""
        return _number(self.total(lambda block: solution(block)[1]))


def solution(block: Tree) -> tuple[Tree, Tree]:
    """A⁻¹1 and 1'A⁻¹1 of a block.

    Raises
    ------
    NoStructureError
        Where neither its rows add up to one positive number nor it is blocks along the diagonal and a multiple of J.
    """
    value, ones = coefficient_of(closed_form(Product((block, Ones(block.columns)))))
    ones = Ones(ONE) if ones == Scalar(ONE) else ones
    if ones == Ones(block.rows) and value.is_positive:
        return times(normal(1 / value), ones), Scalar(normal(block.rows / value))
    inner = ones_added(block)
    if inner is None:
        raise NoStructureError
    s, c = inner.sum, Scalar(inner.c)
    shrunk = _number(Inverse(Sum((Scalar(ONE), Scaled(c, s)))))
    column = Product((inner.ends, Ones(inner.number)))
    return Scaled(shrunk, column), _number(Inverse(Sum((Inverse(s), c))))


def _number(tree: Tree) -> Tree:
    """A tree of one row and one column, worked out where it is made of numbers."""
    found = in_numbers(tree)
    return Scalar(normal(found.value)) if isinstance(found, Scalar) else found


def ones_added(tree: Tree) -> OnesAdded | None:
    """A sum as D + cJ with a positive c and blocks of D for which A⁻¹1 is known; None for another.

    >>> from tutor.algebra.build import identity, ones
    >>> blocks = BlockDiagonal((2 * identity(2), 2 * identity(3) + ones(3, 3)))
    >>> print(ones_added(blocks + 4 * ones(5, 5)).sum)
    8/5
    """
    terms = tuple(_terms(tree))
    for split, joined in _ways(terms):
        found = [split(term) for term in terms]
        rest = [term for term, blocks in zip(terms, found, strict=True) if blocks is None]
        diagonal = [blocks for blocks in found if blocks is not None]
        c, J = coefficient_of(closed_form(sum_of(rest))) if rest and diagonal else (sympy.S.Zero, None)
        if Ones(*tree.shape) != J or not c.is_positive:
            continue
        blocks = tuple(_collected(sum_of(each)) for each in zip(*diagonal, strict=True))
        with suppress(NoStructureError):
            for block in blocks:
                solution(block)
            return joined(blocks, normal(c), tree.rows)
    return None


def _collected(block: Tree) -> Tree:
    """A block as a sum of Kronecker products, or as D + cJ again."""
    closed = closed_form(block)
    inner = ones_added(closed) if closed == block else None
    return closed if inner is None else inner.whole


def _terms(tree: Tree) -> Iterator[Tree]:
    for term in terms_of(tree):
        yield from (term,) if term is tree else _terms(term)


Split = Callable[[Tree], Sequence[Tree] | None]
"""The blocks of a term along the diagonal, one for an index; None where it is not 0 outside of them."""


def _ways(terms: Sequence[Tree]) -> Iterator[tuple[Split, Callable[[Sequence[Tree], sympy.Expr, Size], OnesAdded]]]:
    """The ways to cut terms along the diagonal: by an index, or at the blocks that stand in them."""
    whole = sum_of(terms)
    for groups in (*groups_of(whole), *alike(whole)):
        yield (
            lambda term, groups=groups: _for_index(term, groups),
            lambda blocks, c, n, groups=groups: OnesAdded(
                lambda make: groups.along(make(blocks[0])),
                lambda make: groups.added(make(blocks[0])),
                groups.last,
                c,
                n,
            ),
        )
    for sizes in partitions(whole):
        yield (
            lambda term, sizes=sizes: getattr(cut(term, sizes, sizes), "blocks", None),
            lambda blocks, c, n: OnesAdded(
                lambda make: direct_sum(tuple(map(make, blocks))),
                lambda make: sum_of(map(make, blocks)),
                sympy.Integer(len(blocks)),
                c,
                n,
            ),
        )


def _for_index(term: Tree, groups: Groups) -> tuple[Tree] | None:
    found = part(term, groups)
    return (found.tree,) if found is not None and found.rows and found.columns else None


def with_ones_added(structures: Sequence[Structure]) -> Structure:
    """The structure of a multiple of J added to blocks that have one of these structures."""

    inner: tuple[Structure, ...] = ()

    def inverse(tree: Tree) -> Lines:
        found = ones_added(tree)
        if found is None:
            return ()
        D = found.D
        one = Ones(found.order)
        s = Product((Transpose(one), Inverse(D), one))
        core = Inverse(Sum((Scalar(1 / found.c), s)))
        update = Scaled(core, Product((Inverse(D), Ones(found.order, found.order), Inverse(D))))
        worked = found.along(lambda block: work_out(Inverse(block), inner).derivation.result)
        across = Product((found.ends, Ones(found.number, found.number), Transpose(found.ends)))
        scale = _number(Inverse(Sum((Scalar(1 / found.c), found.sum))))
        return (
            *_first(tree, Inverse(found.whole)),
            Line(Sum((Inverse(D), Scaled(MINUS_ONE, update))), INVERSE_SENTENCE, is_final=True),
            Line(Sum((worked, Scaled(MINUS_ONE, Scaled(scale, across)))), ROW_SUMS, is_final=True),
        )

    def determinant(tree: Tree) -> Lines:
        found = ones_added(tree)
        if found is None:
            return ()
        factor = in_numbers(Sum((Scalar(ONE), Scaled(Scalar(found.c), found.sum))))
        if found.order.is_Integer:
            factor = _number(factor)
        return (
            *_first(tree, Determinant(found.whole)),
            Line(Product((Determinant(found.D), factor)), f"{DETERMINANT_SENTENCE}; {ROW_SUMS}"),
        )

    made = Structure("ones-added", inverse, determinant, _example)
    inner = (*structures, made)
    return made


def _first(tree: Tree, whole: Inverse | Determinant) -> Lines:
    return () if whole.tree == tree else (Line(whole, BY_BLOCKS),)


def _example() -> Tree:
    c = Scalar(sympy.Symbol("c", positive=True))
    blocks = [Sum((Identity(n), Ones(n, n))) for n in map(sympy.Integer, (2, 3))]
    return Sum((BlockDiagonal(tuple(blocks)), Scaled(c, Ones(sympy.Integer(5), sympy.Integer(5)))))
