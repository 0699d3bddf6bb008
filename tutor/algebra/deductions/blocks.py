"""Definiteness and rank of block matrices: by a Schur complement, and as L'WL plus blocks along the diagonal.

A symmetric [[A, B], [B', D]] with a positive definite A is positive definite exactly if D − B'A⁻¹B is, and the rank of
[[A, B], [C, D]] with an A that has an inverse is that of A and that of D − CA⁻¹B (Horn and Johnson 1985, Matrix
Analysis, chapters 0 and 7). The coefficients of Henderson's equations are [X, Z]'R⁻¹[X, Z] with G⁻¹ added below.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Literal

import sympy

from tutor.algebra.deductions.factors import Factors, Term, flat, product_of, term_of, terms_of, turned_factors
from tutor.algebra.deductions.known import Found, Known, Reasoner, listed
from tutor.algebra.nodes import Block, Identity, Inverse, Product, Sum, Symbol, Zero
from tutor.algebra.single import sum_or_term
from tutor.algebra.sizes import Size, same_size
from tutor.algebra.tree import Tree

_Definiteness = Literal["positive definite", "positive semidefinite"]

# Squares of blocks


@dataclass(frozen=True, slots=True)
class _Gram:
    """[L_i'WL_j] with N_i added along the diagonal, N_i None where nothing is."""

    columns: tuple[Tree, ...]
    weight: Tree
    scalar: Tree | None
    added: tuple[Tree | None, ...]


def _gram(tree: Block, reasoner: Reasoner) -> _Gram | None:
    """A square block matrix as a square of blocks and what is added; None for another one."""
    size = len(tree.grid)
    if size < 2 or size != len(tree.grid[0]):
        return None
    grid = [[flat(block, reasoner) for block in line] for line in tree.grid]
    for scalar, left, weight in _weights(grid[0][1], reasoner):
        lead = left if isinstance(weight, Identity) else (*left, weight)
        rows = [term_of(grid[0][j]) for j in range(1, size)]
        if any(row.scalar != scalar or row.factors[: len(lead)] != lead for row in rows):
            continue
        columns = [turned_factors(left, reasoner), *(row.factors[len(lead) :] for row in rows)]
        shown = [product_of(factors, tree.grid[0][j].columns) for j, factors in enumerate(columns)]
        if not all(same_size(part.rows, weight.rows) for part in shown):
            continue
        found = _added(grid, columns, weight, scalar, reasoner)
        if found is not None:
            return _Gram(tuple(shown), weight, scalar, found)
    return None


def _weights(block: Tree, reasoner: Reasoner) -> Iterator[tuple[Tree | None, Factors, Tree]]:
    """The ways to see a block as c L'WM with a symmetric W, which may be I."""
    term = term_of(block)
    if isinstance(block, Zero | Sum):
        return
    for place, factor in enumerate(term.factors):
        if same_size(*factor.shape) and reasoner.holds("symmetric", factor):
            yield term.scalar, term.factors[:place], factor
    for place in range(1, len(term.factors)):
        yield term.scalar, term.factors[:place], Identity(term.factors[place].rows)


def _added(
    grid: Sequence[Sequence[Tree]], columns: Sequence[Factors], weight: Tree, scalar: Tree | None, reasoner: Reasoner
) -> tuple[Tree | None, ...] | None:
    """What is added along the diagonal to [L_i'WL_j]; None where the blocks are others."""
    middle = () if isinstance(weight, Identity) else (weight,)
    added: list[Tree | None] = []
    for i, line in enumerate(grid):
        for j, block in enumerate(line):
            wanted = Term(scalar, (*turned_factors(columns[i], reasoner), *middle, *columns[j]))
            rest = _without(block, wanted, reasoner)
            if rest is None or (i != j and rest):
                return None
            if i == j:
                added.append(None if not rest else sum_or_term(rest))
    return tuple(added)


def _without(tree: Tree, wanted: Term, reasoner: Reasoner) -> tuple[Tree, ...] | None:
    """The other terms of a sum, or of what a name stands for, with one term; None where that is not among them."""
    terms = terms_of(tree)
    for place, term in enumerate(terms):
        if isinstance(term, Identity) and wanted == Term(None, ()):
            return (*terms[:place], *terms[place + 1 :])
        if term_of(term) == wanted:
            return (*terms[:place], *terms[place + 1 :])
    if isinstance(tree, Symbol) and tree.definition is not None:
        return _without(flat(tree.definition, reasoner), wanted, reasoner)
    return None


def _semidefinite_gram(tree: Block, reasoner: Reasoner) -> tuple[_Gram, tuple[Known[bool], ...]] | None:
    """A square of blocks with a weight and additions that are not below 0, and what is known of these."""
    gram = _gram(tree, reasoner)
    if gram is None or (gram.scalar is not None and not reasoner.holds("positive definite", gram.scalar)):
        return None
    parts = [part for part in (gram.weight, *gram.added) if part is not None]
    if not all(reasoner.holds("positive semidefinite", part) for part in parts):
        return None
    return gram, tuple(_strongest(part, reasoner) for part in parts)


def _strongest(tree: Tree, reasoner: Reasoner) -> Known[bool]:
    definite = reasoner.holds("positive definite", tree)
    return reasoner.known("positive definite" if definite else "positive semidefinite", tree)


def _definite_gram(tree: Block, reasoner: Reasoner) -> Found[bool] | None:
    """(Lx)'W(Lx) + Σ x_i'N_i x_i is 0 only for x = 0: an x_i with a definite N_i is 0, and what is left by L."""
    found = _semidefinite_gram(tree, reasoner)
    if found is None or not reasoner.holds("positive definite", found[0].weight):
        return None
    gram, told = found
    rest = [
        columns
        for columns, added in zip(gram.columns, gram.added, strict=True)
        if added is None or not reasoner.holds("positive definite", added)
    ]
    if not rest:
        return Found(True, f"it is L'WL and more along the diagonal, and {listed(len(told))}", told)
    beside = rest[0] if len(rest) == 1 else Block((tuple(rest),))
    full = reasoner.known("full column rank", beside)
    if not full.value:
        return None
    more = " and more along the diagonal" if any(part is not None for part in gram.added) else ""
    return Found(True, f"it is L'WL{more}, {listed(len(told) + 1)}", (*told, full))


# Schur complements


def _complements(tree: Block, reasoner: Reasoner) -> Iterator[tuple[Tree, Tree | None]]:
    """A and D − CA⁻¹B of [[A, B], [C, D]], and D and A − BD⁻¹C; None for a complement of 0.

    Only such as need no law: where B or C is 0, or CA⁻¹B is a term of D.
    """
    if len(tree.grid) != 2 or len(tree.grid[0]) != 2:
        return
    (A, B), (C, D) = tree.grid
    for first, right, below, last in ((A, B, C, D), (D, C, B, A)):
        if not same_size(*first.shape) or not same_size(*last.shape):
            continue
        if isinstance(right, Zero) or isinstance(below, Zero):
            yield first, last
            continue
        scalars = [term_of(part).scalar for part in (below, right)]
        if scalars != [None, None]:
            continue
        parts = (flat(part, reasoner) for part in (below, _inverted(first), right))
        product = flat(Product(tuple(parts)), reasoner)
        rest = _without(flat(last, reasoner), term_of(product), reasoner)
        if rest is not None:
            yield first, None if not rest else sum_or_term(rest)


def _inverted(tree: Tree) -> Tree:
    if isinstance(tree, Identity):
        return tree
    return tree.tree if isinstance(tree, Inverse) else Inverse(tree)


# What is asked


def definite(tree: Block, reasoner: Reasoner) -> Found[bool] | None:
    """Whether a symmetric block matrix is positive definite."""
    if not reasoner.holds("symmetric", tree) or not _is_cut_alike(tree):
        return None
    found = _by_blocks("positive definite", tree, reasoner)
    return _definite_gram(tree, reasoner) if found is None else found


def _by_blocks(fact: _Definiteness, tree: Block, reasoner: Reasoner) -> Found[bool] | None:
    """By its diagonal, or by one block on it, which is definite, and the Schur complement of that."""
    for part in _diagonal(tree):
        known = reasoner.known(fact, part)
        if known.value is False:
            return Found(False, "it has {} on its diagonal, and {}", (part, known))
    if _is_block_diagonal(tree):
        return _of_diagonal(fact, tree, reasoner)
    for first, complement in _complements(tree, reasoner):
        known = reasoner.known("positive definite", first)
        if not known.value:
            continue
        if complement is None:
            return Found(fact == "positive semidefinite", "{}, and its Schur complement is 0", (known,))
        inner = reasoner.known(fact, complement)
        if inner.value is not None:
            return Found(inner.value, "{}, its Schur complement is {}, and {}", (known, complement, inner))
    return None


def semidefinite(tree: Block, reasoner: Reasoner) -> Found[bool] | None:
    """Whether a symmetric block matrix is positive semidefinite, where it is not known to be definite."""
    if not reasoner.holds("symmetric", tree) or not _is_cut_alike(tree):
        return None
    by_blocks = _by_blocks("positive semidefinite", tree, reasoner)
    if by_blocks is not None:
        return by_blocks
    found = _semidefinite_gram(tree, reasoner)
    if found is None:
        return None
    more = " and more along the diagonal" if any(part is not None for part in found[0].added) else ""
    return Found(True, f"it is L'WL{more}, and {listed(len(found[1]))}", found[1])


def block_rank(tree: Block, reasoner: Reasoner) -> Found[Size] | None:
    """The rank by a Schur complement, or as that of the only block that decides it."""
    for first, complement in _complements(tree, reasoner):
        known = reasoner.known("invertible", first)
        inner = None if complement is None else reasoner.rank(complement)
        if not known.value or (inner is not None and inner.value is None):
            continue
        if inner is None or inner.value is None:
            return Found(first.rows, "{}, and its Schur complement is 0", (known,))
        return Found(sympy.expand(first.rows + inner.value), "{}, and of its Schur complement {}", (known, inner))
    for lines, size in ((tree.grid, tree.rows), (tuple(zip(*tree.grid, strict=True)), tree.columns)):
        for block in lines[0] if len(lines) == 1 else ():
            inner = reasoner.rank(block)
            if inner.value is not None and same_size(inner.value, size):
                return Found(size, "{}, and no rank is larger than that side", (inner,))
    return None


def is_diagonal(tree: Block, reasoner: Reasoner) -> bool:
    """Whether all blocks beside the diagonal are 0, and those on it are diagonal."""
    return (
        _is_cut_alike(tree)
        and _is_block_diagonal(tree)
        and all(reasoner.holds("diagonal", part) for part in _diagonal(tree))
    )


def _diagonal(tree: Block) -> tuple[Tree, ...]:
    return tuple(line[i] for i, line in enumerate(tree.grid))


def _is_cut_alike(tree: Block) -> bool:
    """Whether rows and columns are cut at the same places."""
    return len(tree.grid) == len(tree.grid[0]) and all(same_size(*part.shape) for part in _diagonal(tree))


def _is_block_diagonal(tree: Block) -> bool:
    return all(isinstance(block, Zero) for i, line in enumerate(tree.grid) for j, block in enumerate(line) if i != j)


def _of_diagonal(fact: _Definiteness, tree: Block, reasoner: Reasoner) -> Found[bool] | None:
    known = tuple(reasoner.known(fact, part) for part in _diagonal(tree))
    return Found(True, listed(len(known)), known) if all(part.value for part in known) else None
