"""The structure of a design: factors that classify the rows, and the order in which the rows vary with them."""

from __future__ import annotations

import itertools
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import sympy

from tutor.algebra.nodes import Identity, Kronecker, Ones
from tutor.algebra.sizes import Size, SizeLike, size
from tutor.algebra.tree import Tree
from tutor.errors import SizeError

RESERVED = frozenset({*"yXZueGRVIJijkl", "beta", "mu", "tau", "rho", "sigma", "epsilon", "Sigma"})
"""Letters that stand for something else in a model, and so cannot stand for a size."""


@dataclass(frozen=True, slots=True)
class Factor:
    """A classification of the rows: its name, the number of its levels, and where listed their names and each row's.

    ``codes`` holds for each row the position of its level in ``levels``, from 0; ``contrasts`` are those of R by
    which a formula codes it.
    """

    name: str
    size: Size
    levels: tuple[str, ...] | None = None
    codes: tuple[int, ...] | None = None
    contrasts: str = "treatment"


@dataclass(frozen=True, slots=True)
class Run:
    """One part of a pattern of rows, ``extent`` long: every row its own level (distinct), or all rows one level."""

    distinct: bool
    extent: Size

    @property
    def tree(self) -> Tree:
        """I for distinct rows, a column of ones for rows of one level."""
        return Identity(self.extent) if self.distinct else Ones(self.extent)


Pattern = tuple[Run, ...]
"""Runs from the slowest to the fastest: block by block with t rows each is (distinct b, common t)."""


def kronecker(pattern: Sequence[Run]) -> Tree:
    """The matrix that tells the level of each row, n × levels: I where levels differ, 1 where they do not.

    Neighbouring ones at the end of nothing else are one vector: a pattern without distinct runs is 1_n.

    >>> kronecker([Run(True, sympy.Integer(2)), Run(False, sympy.Integer(3))]).shape
    (6, 2)
    """
    if not any(run.distinct for run in pattern):
        return Ones(sympy.expand(sympy.Mul(*(run.extent for run in pattern))))
    trees = [run.tree for run in pattern if run.extent != 1]
    if not trees:
        return pattern[0].tree
    return trees[0] if len(trees) == 1 else Kronecker(tuple(trees))


def pattern_of(codes: Sequence[int]) -> Pattern | None:
    """The pattern of the rows whose levels are numbered ``codes`` in the order of their first row, or None.

    Read from the fastest run to the slowest. Rows that start with equal levels end in a common run; rows that
    start with distinct levels end in a distinct run, as long as it takes until a level comes again.
    Each run must fit all rows, and is then taken off.

    >>> [(run.distinct, int(run.extent)) for run in pattern_of([0, 0, 1, 1, 0, 0, 1, 1])]
    [(False, 2), (True, 2), (False, 2)]
    """
    rest, runs = list(codes), []
    while len(rest) > 1:
        distinct = rest[0] != rest[1]
        extent = _distinct_extent(rest) if distinct else _common_extent(rest)
        if len(rest) % extent:
            return None
        heads = rest[::extent]
        if distinct:
            if any(head % extent for head in heads):
                return None
            expected = [head + i for head in heads for i in range(extent)]
            heads = [head // extent for head in heads]
        else:
            expected = [head for head in heads for _ in range(extent)]
        if rest != expected:
            return None
        runs.append(Run(distinct, sympy.Integer(extent)))
        rest = heads
    return tuple(reversed(runs)) or (Run(True, sympy.Integer(1)),)


def _common_extent(codes: Sequence[int]) -> int:
    return next((i for i, code in enumerate(codes) if code != codes[0]), len(codes))


def _distinct_extent(codes: Sequence[int]) -> int:
    seen: set[int] = set()
    for i, code in enumerate(codes):
        if code in seen:
            return i
        seen.add(code)
    return len(codes)


def aligned(patterns: Sequence[Pattern]) -> tuple[Pattern, ...]:
    """The patterns over one common sequence of extents, where there is one; otherwise as they are.

    I_18 ⊗ 1_4 beside I_6 ⊗ 1_12 becomes I_6 ⊗ I_3 ⊗ 1_4 beside I_6 ⊗ 1_3 ⊗ 1_4: each place is one factor.
    """
    cuts = {1}
    for pattern in patterns:
        length = 1
        for run in reversed(pattern):
            length *= int(run.extent)  # pyright: ignore[reportArgumentType]  (found from data, so an Integer)
            cuts.add(length)
    chain = sorted(cuts)
    if any(longer % shorter for shorter, longer in itertools.pairwise(chain)):
        return tuple(patterns)
    return tuple(_cut(pattern, chain) for pattern in patterns)


def _cut(pattern: Pattern, chain: Sequence[int]) -> Pattern:
    pieces: list[Run] = []
    length = 1
    for run in reversed(pattern):
        end = length * int(run.extent)  # pyright: ignore[reportArgumentType]
        inside = [cut for cut in chain if length <= cut <= end]
        pieces += [Run(run.distinct, sympy.Integer(outer // inner)) for inner, outer in itertools.pairwise(inside)]
        length = end
    return tuple(reversed(pieces)) or pattern


def by_appearance(codes: Iterable[int]) -> tuple[list[int], list[int]]:
    """Codes numbered in the order in which they first occur, and the old code of each new one."""
    new: dict[int, int] = {}
    renumbered = [new.setdefault(code, len(new)) for code in codes]
    return renumbered, list(new)


def design_size(what: str, value: SizeLike, at_least: int = 1, allowed: str = "") -> Size:
    """The size of a part of a design, from a number or a letter; ``allowed`` are letters that are free in this design.

    Raises
    ------
    SizeError
        For no whole number or letter, a number below ``at_least``, or a letter that the model needs itself.
    """
    extent = size(value)
    if extent.is_Integer and extent < at_least:
        raise SizeError(f"{what} = {extent} is too few: a design needs {at_least} or more here.")
    taken = sorted(str(letter) for letter in extent.free_symbols if str(letter) in RESERVED - {*allowed})
    if taken:
        raise SizeError(
            f"{what} cannot be called {taken[0]}: {taken[0]} stands for something else in the model.",
            tip="Take another letter, such as t for treatments, b for blocks, r for replicates, n for observations.",
        )
    return extent
