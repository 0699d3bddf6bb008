"""Block matrices too wide to be read: names in the place of their long blocks, and what the names stand for."""

from __future__ import annotations

from collections.abc import Callable

from tutor.algebra.nodes import Block, Product, Scaled, Symbol
from tutor.algebra.tree import Tree
from tutor.algebra.walk import symbols_of

_LETTERS = "BCDFHK"
"""The first that no other matrix of the formula has is that of the blocks."""

FEW_NAMES, MOST_NAMES = 4, 9
"""With more names than a few a reader has to look up much, with more than the most too much."""

Named = tuple[Symbol, Tree]
"""A name and what it stands for."""


def with_named_blocks(tree: Tree, fits: Callable[[Tree], bool], most: int = FEW_NAMES) -> tuple[Tree, list[Named]]:
    """The tree with names B_ij for blocks, the longest first, until it ``fits``; names with their blocks row by row.
    The tree as it is where ``most`` names are too few, and where it has more blocks than a few and than those.

    Only a block matrix that is the tree, or is multiplied in it, has its blocks named.
    """
    found = _block_of(tree)
    if found is None or fits(tree) or (most > FEW_NAMES and len(found.grid) * len(found.grid[0]) > most):
        return tree, []
    taken = {symbol.name for symbol in symbols_of(tree)}
    letter = next((each for each in _LETTERS if each not in taken), _LETTERS[0])
    places = [(row, column) for row, line in enumerate(found.grid) for column in range(len(line))]
    places.sort(key=lambda place: -_length(found.grid[place[0]][place[1]]))
    names: dict[tuple[int, int], Symbol] = {}
    for row, column in places[:most]:
        block = found.grid[row][column]
        names[row, column] = Symbol(f"{letter}_{row + 1}{column + 1}", *block.shape, definition=block)
        grid = tuple(
            tuple(names.get((i, j), block) for j, block in enumerate(line)) for i, line in enumerate(found.grid)
        )
        named = _with_block(tree, Block(grid))
        if fits(named):
            return named, [(names[place], found.grid[place[0]][place[1]]) for place in sorted(names)]
    return tree, []


def _length(tree: Tree) -> int:
    return 1 + sum(map(_length, tree.parts))


def _block_of(tree: Tree) -> Block | None:
    if isinstance(tree, Scaled):
        return _block_of(tree.tree)
    if isinstance(tree, Product):
        return next((factor for factor in tree.factors if isinstance(factor, Block)), None)
    return tree if isinstance(tree, Block) else None


def _with_block(tree: Tree, block: Block) -> Tree:
    if isinstance(tree, Scaled):
        return Scaled(tree.scalar, _with_block(tree.tree, block))
    if isinstance(tree, Product):
        old = _block_of(tree)
        return Product(tuple(block if factor is old else factor for factor in tree.factors))
    return block
