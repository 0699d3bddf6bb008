"""How the rows of a designed experiment lie: by which indices they are classified, and in which order they come."""

from __future__ import annotations

from collections.abc import Mapping, Sequence, Set
from dataclasses import dataclass, field
from functools import partial
from itertools import combinations, product

import sympy

from tutor.algebra.applied import Indexed, at_index, depends_on
from tutor.algebra.arrangement import Arranged, Arrangement, Levels
from tutor.algebra.filled import FilledCells
from tutor.algebra.indices import depends, total
from tutor.algebra.nodes import BlockDiagonal, Explicit, Kronecker, Ones, Scalar, Symbol
from tutor.algebra.sizes import ONE, Shape, Size
from tutor.algebra.tree import Tree
from tutor.errors import SizeError
from tutor.models.design import Factor, Run, kronecker, pattern_of
from tutor.models.elements import listed
from tutor.models.rows import Rows


@dataclass(frozen=True, slots=True)
class Index:
    """One classification of the rows: its letter, what it counts, how many levels there are and what they are called.

    ``name`` is that of the factor, "treatment"; ``size_letter`` what a lecture calls the size, t for treatments.
    ``levels`` are None where they have no names but their numbers. ``prefix`` stands before a number where a level is
    named by it, as in "b3"; ``short`` where a row is labelled by it, as in "τ1 b3". ``differing`` is the index of the
    groups of which each has a size of its own, where these are numbers; ``size`` is the largest of them then.
    """

    letter: str
    name: str
    size: Size
    size_letter: str = ""
    levels: tuple[str, ...] | None = None
    prefix: str = ""
    short: str = ""
    differing: str = ""

    def level_name(self, number: int) -> str:
        """The name of the level with this number, from 1."""
        return self.levels[number - 1] if self.levels is not None else f"{self.prefix}{number}"

    def bare_level(self, number: int) -> str:
        """The name of the level without a prefix: what a column of Z is called beside its group's name."""
        return self.levels[number - 1] if self.levels is not None else str(number)

    def row_word(self, number: int) -> str:
        """What the label of a row says of the level: its name, or its number after what stands for the index."""
        if self.levels is not None:
            return self.levels[number - 1]
        return f"{self.short}{number}" if self.short else ""


@dataclass(frozen=True, slots=True)
class Layout:
    """Rows classified by indices, the slowest first.

    Without ``codes`` the rows are all combinations of the levels, and a size may be a letter. With them they are those
    that the codes tell: for each index the level of each row, numbered from 1.

    ``determined`` are indices whose level follows from the others', as the treatment of a cell of a Latin square:
    where sizes are letters nothing more is known of them than ``structured`` tells, and the rows are all combinations
    of the other indices.

    ``structured`` are indicators, n × cells, that are known where sizes are letters though their indices are
    determined: that of the levels of a single index or of several, by its letters, without columns of effects that
    are 0.

    ``lines`` are two indices that together tell the determined ones, beside each of which these have all levels
    equally often, as the rows and columns of a Latin square; "" where there are none.

    ``arrangement`` says how the determined levels are drawn where an instance has numbers for the sizes.
    """

    indices: tuple[Index, ...]
    codes: Mapping[str, tuple[int, ...]] | None = field(default=None, hash=False)  # a mapping has none
    determined: str = ""
    structured: Mapping[frozenset[str], Tree] | None = field(default=None, hash=False)
    lines: str = ""
    arrangement: Arrangement | None = field(default=None, compare=False, repr=False)

    @property
    def free(self) -> tuple[Index, ...]:
        """The indices whose levels are combined freely."""
        return tuple(index for index in self.indices if index.letter not in self.determined)

    @property
    def number(self) -> Size:
        """The number of rows."""
        if self.codes is not None:
            return sympy.Integer(len(next(iter(self.codes.values()))))
        return self._count("".join(index.letter for index in self.free))

    def _count(self, letters: str) -> Size:
        """The number of combinations of levels; of n_i levels in group i there are n_. in all."""
        number: Size = ONE
        for index in reversed(self.indices):
            if index.letter in letters:
                number = total(number, index.letter, index.size)
        return number

    @property
    def is_ragged(self) -> bool:
        """Whether groups that are counted by an index differ in size, by letters n_i."""
        return any(depends(own.size, index.letter) for own in self.free for index in self.free)

    @property
    def is_listed(self) -> bool:
        """Whether the rows can be named one by one."""
        return listed(self.number) is not None and (self.codes is not None or not self.determined)

    def index(self, letter: str) -> Index:
        """The index of this letter."""
        return next(index for index in self.indices if index.letter == letter)

    def by_row(self, letters: str) -> list[tuple[int, ...]]:
        """The levels of these indices in each row, numbered from 1. The rows must be listed."""
        if not letters:
            return [()] * int(self.number)  # pyright: ignore[reportArgumentType]
        if self.codes is not None:
            return list(zip(*(self.codes[letter] for letter in letters), strict=True))
        position = [next(i for i, index in enumerate(self.indices) if index.letter == letter) for letter in letters]
        ranges = [range(1, int(index.size) + 1) for index in self.indices]  # pyright: ignore[reportArgumentType]
        return [tuple(levels[i] for i in position) for levels in product(*ranges)]

    def in_order(self, letters: str) -> str:
        """These letters from the slowest index to the fastest."""
        return "".join(index.letter for index in self.indices if index.letter in letters)

    def cells(self, letters: str) -> list[tuple[int, ...]] | None:
        """The combinations of levels of these indices that have rows, slowest index first; None without a list.

        Each is told in the order of ``letters``.
        """
        if not letters:
            return [()]  # one of a kind, as μ, however many rows there are
        if not self.is_listed:
            return None
        ordered = self.in_order(letters)
        position = [ordered.index(letter) for letter in letters]
        return [tuple(cell[i] for i in position) for cell in sorted(set(self.by_row(ordered)))]

    def size(self, letters: str) -> Size:
        """The number of combinations of levels of these indices that have rows."""
        if self.codes is not None:
            return sympy.Integer(len(set(self.by_row(letters))))
        known = self._known(letters)
        return self._count(letters) if known is None else known.columns

    def knows(self, letters: str) -> bool:
        """Whether these are indices of which one is determined, and where their levels are is known by structure."""
        return self._known(letters) is not None

    def _known(self, letters: str) -> Tree | None:
        """The indicator of these indices, where it is known though a size is a letter and one of them is determined."""
        return None if self.codes is not None or not self.structured else self.structured.get(frozenset(letters))

    def dimension(self, effects: Sequence[Set[str]]) -> Size:
        """The dimension of the sum of the spaces of effects of these indices where all combinations of their levels are
        there, strata by strata: Π (size − 1) for each set of indices within one."""
        within = {
            frozenset(chosen)
            for effect in effects
            for number in range(len(effect) + 1)
            for chosen in combinations(sorted(effect), number)
        }
        sizes = {index.letter: index.size for index in self.indices}
        return sympy.expand(sum(sympy.Mul(*(sizes[letter] - 1 for letter in chosen)) for chosen in within))

    def runs(self, letters: str) -> list[Run]:
        """How the rows vary with these indices, where they are all combinations."""
        return [Run(index.letter in letters, index.size) for index in self.free]

    def indicator(self, letters: str, effect: str) -> Tree:
        """The matrix that tells the combination of levels of each row, n × cells; a Kronecker product if it is one.

        Where letters for sizes leave its entries open it is a name, X_τ for the cells of the effects τ.
        """
        known = self._known(letters)
        if known is not None:
            return known
        if self.codes is None and set(letters) & set(self.determined):
            shape = self.number, self.size(letters)
            return open_columns(f"X_{effect}", shape, self.in_order(letters), self.arrangement)
        if self.codes is None:
            return self._over_groups(letters) if self.is_ragged else kronecker(self.runs(letters))
        rows = self.by_row(self.in_order(letters))
        position = {cell: number for number, cell in enumerate(sorted(set(rows)))}
        codes = [position[cell] for cell in rows]
        pattern = pattern_of(codes) if list(dict.fromkeys(codes)) == list(range(len(position))) else None
        if pattern is not None:
            return kronecker(pattern)
        cells = ((row, code, sympy.S.One) for row, code in enumerate(codes))
        return Explicit(FilledCells(cells, rows=len(rows), columns=len(position)))

    def _over_groups(self, letters: str) -> Tree:
        """The indicator where the number of levels of one index, n_i, depends on the level i of a slower one."""
        tree: Tree = Ones(ONE)
        for index in reversed(self.free):
            own, distinct = Run(index.letter in letters, index.size).tree, index.letter in letters
            if not depends_on(tree, index.letter):
                tree = own if tree == Ones(ONE) else _joined(own, tree)
            elif distinct:
                tree = over_groups(index, tree)
            elif isinstance(tree, Ones):
                tree = Ones(total(tree.rows, index.letter, index.size))
            else:
                raise SizeError(
                    f"A size changes with {index.letter}, and what it counts is not nested in {index.letter}.",
                    tip=f"A size such as n_{index.letter} is that of units within group {index.letter}.",
                )
        return tree

    def rows(self, letters: str, words: Sequence[str] | None = None) -> Rows:
        """The rows, with the elements of y indexed by these letters, and a word on each."""
        if not self.is_listed:
            return Rows(self.number, None, None)
        indices = tuple(self.by_row(letters))
        return Rows(self.number, indices, tuple(words) if words is not None else ("",) * len(indices))

    def factor(self, letter: str) -> Factor:
        """An index as a factor, with its levels and the level of each row where they are listed."""
        index = self.index(letter)
        if not self.is_listed:
            return Factor(index.name, index.size)
        names = tuple(index.level_name(number) for number in range(1, int(index.size) + 1))  # pyright: ignore[reportArgumentType]
        return Factor(index.name, index.size, names, tuple(level - 1 for (level,) in self.by_row(letter)))

    def columns(self, letters: str) -> tuple[tuple[str, tuple[str, ...]], ...]:
        """The columns of the design's data frame for these indices; none where the rows are not listed."""
        return tuple(
            (factor.name, tuple(factor.levels[code] for code in factor.codes))
            for factor in map(self.factor, letters)
            if factor.levels is not None and factor.codes is not None
        )


def open_columns(name: str, shape: Shape, letters: str, arrangement: Arrangement | None, first: int = 0) -> Symbol:
    """An indicator of determined indices that letters for sizes leave open, by its name, without the ``first`` columns
    of its levels."""
    columns = partial(_columns, letters=letters, first=first)
    return Symbol(name, *shape, arranged=None if arrangement is None else Arranged(arrangement, columns))


def _columns(levels: Levels, letters: str, first: int) -> list[int | None]:
    """The column of each row among the cells of these indices, without the ``first``."""
    rows = list(zip(*(levels[letter] for letter in letters), strict=True))
    position = {cell: number - first for number, cell in enumerate(sorted(set(rows)))}
    return [None if position[cell] < 0 else position[cell] for cell in rows]


def over_groups(index: Index, tree: Tree) -> Tree:
    """⊕ of a matrix for each level of an index: block by block where their number is known."""
    if not index.size.is_Integer:
        return Indexed("direct sum", index.letter, Scalar(ONE), Scalar(index.size), tree)
    levels = range(1, int(index.size) + 1)  # pyright: ignore[reportArgumentType]
    return BlockDiagonal(tuple(at_index(tree, index.letter, level) for level in levels))


def _joined(slower: Tree, faster: Tree) -> Tree:
    """The Kronecker product of two parts of an indicator; two columns of ones are one."""
    if isinstance(slower, Ones) and isinstance(faster, Ones):
        return Ones(slower.rows * faster.rows)
    rest = faster.factors if isinstance(faster, Kronecker) else (faster,)
    return Kronecker((slower, *rest))
