"""The laws of block matrices: products and sums block by block, and inverse and determinant by a Schur complement.

With S = D − CA⁻¹B the inverse of [[A, B], [C, D]] is [[A⁻¹ + A⁻¹BS⁻¹CA⁻¹, −A⁻¹BS⁻¹], [−S⁻¹CA⁻¹, S⁻¹]], and its
determinant |A||S| (Searle 1982, Matrix Algebra Useful for Statistics, chapters 4 and 10).
"""

from __future__ import annotations

from collections.abc import Sequence

from tutor.algebra.build import symbol
from tutor.algebra.laws.inverse_of_sums import assumed_invertible
from tutor.algebra.laws.inverses import all_square
from tutor.algebra.laws.joining import negated, product_of, short_product, sum_of
from tutor.algebra.laws.low_rank import inverted
from tutor.algebra.nodes import Block, BlockDiagonal, Determinant, Inverse, Product, Scaled, Sum, Zero
from tutor.algebra.rules import Rewrite, Rule
from tutor.algebra.sizes import same_size
from tutor.algebra.tree import Tree

Grid = Sequence[Sequence[Tree]]

_A, _D = symbol("A", "n", "n", facts=["positive definite"]), symbol("D", "q", "q", facts=["positive definite"])
_B, _C = symbol("B", "n", "q"), symbol("C", "q", "n")


def grid_of(tree: Tree) -> Grid | None:
    """The blocks of a block matrix, row by row, zeros beside a block diagonal; None for another tree."""
    if isinstance(tree, Block):
        return tree.grid
    if isinstance(tree, BlockDiagonal):
        blocks = tuple(enumerate(tree.blocks))
        return [[a if i == j else Zero(a.rows, b.columns) for j, b in blocks] for i, a in blocks]
    return None


def _joined(grid: Grid) -> Tree:
    """The matrix of these blocks, or the block that is the only one."""
    return grid[0][0] if len(grid) == len(grid[0]) == 1 else Block(tuple(map(tuple, grid)))


def _multiplied(tree: Tree) -> Rewrite | None:
    """[A, B][C; D] = AC + BD and so on: rows of blocks by columns of blocks, where the blocks meet."""
    if not isinstance(tree, Product):
        return None
    for place, pair in enumerate(zip(tree.factors, tree.factors[1:], strict=False)):
        grids = [grid_of(factor) for factor in pair]
        if grids == [None, None]:
            continue
        left, right = (grid or [[factor]] for grid, factor in zip(grids, pair, strict=True))
        widths, heights = [block.columns for block in left[0]], [line[0].rows for line in right]
        if len(widths) == len(heights) and all(map(same_size, widths, heights)):
            met = _joined([[_entry(line, column) for column in zip(*right, strict=True)] for line in left])
            return Rewrite(product_of((*tree.factors[:place], met, *tree.factors[place + 2 :])))
    return None


def _entry(line: Sequence[Tree], column: Sequence[Tree]) -> Tree:
    """Σ A_k B_k, without the terms in which a block is 0."""
    pairs = [pair for pair in zip(line, column, strict=True) if not any(isinstance(block, Zero) for block in pair)]
    if not pairs:
        return Zero(line[0].rows, column[0].columns)
    return sum_of(short_product(*pair) for pair in pairs)


def _added(tree: Tree) -> Rewrite | None:
    """Block matrices of one partition are added block by block; the terms between them stay."""
    if not isinstance(tree, Sum):
        return None
    for place, term in enumerate(tree.terms):
        if not isinstance(term, Block):
            continue
        for other in tree.terms[place + 1 :]:
            grid = grid_of(other)
            if grid is None or not _same_partition(term.grid, grid):
                continue
            total = Block(tuple(tuple(map(_sum, *lines)) for lines in zip(term.grid, grid, strict=True)))
            rest = [t for k, t in enumerate(tree.terms) if t is not other or k <= place]
            rest[place] = total
            return Rewrite(sum_of(rest))
    return None


def _sum(left: Tree, right: Tree) -> Tree:
    if isinstance(right, Zero):
        return left
    return right if isinstance(left, Zero) else sum_of((left, right))


def _same_partition(left: Grid, right: Grid) -> bool:
    return (
        (len(left), len(left[0])) == (len(right), len(right[0]))
        and all(same_size(a[0].rows, b[0].rows) for a, b in zip(left, right, strict=True))
        and all(same_size(a.columns, b.columns) for a, b in zip(left[0], right[0], strict=True))
    )


def _scaled(tree: Tree) -> Rewrite | None:
    if not isinstance(tree, Scaled) or not isinstance(tree.tree, Block):
        return None
    return Rewrite(Block(tuple(tuple(Scaled(tree.scalar, block) for block in line) for line in tree.tree.grid)))


# Schur complements


def _square_blocks(tree: Tree) -> tuple[Tree, Tree, Tree, Tree] | None:
    """The A, B, C and D of [[A, B], [C, D]] with square A and D."""
    if not isinstance(tree, Block) or len(tree.grid) != 2 or len(tree.grid[0]) != 2:
        return None
    (A, B), (C, D) = tree.grid
    return (A, B, C, D) if all_square((A, D)) else None


def schur_complement(A: Tree, B: Tree, C: Tree, D: Tree) -> Tree:
    """D − CA⁻¹B, q × q, of [[A, B], [C, D]]; D where B or C is 0."""
    if isinstance(B, Zero) or isinstance(C, Zero):
        return D
    update = short_product(C, inverted(A), B)
    return negated(update) if isinstance(D, Zero) else sum_of((D, negated(update)))


def _inverse(tree: Tree) -> Rewrite | None:
    """By the Schur complement of A, or of D where A is known to have no inverse."""
    blocks = _square_blocks(tree.tree) if isinstance(tree, Inverse) else None
    if blocks is None:
        return None
    A, B, C, D = blocks
    found = _inverse_by_first(A, B, C, D)
    if found is not None:
        return found
    other = _inverse_by_first(D, C, B, A)
    if other is None or not isinstance(other.tree, Block):
        return None
    (last, low), (right, first) = other.tree.grid
    because = "the inverse of a block matrix, by the Schur complement A − BD⁻¹C"
    return Rewrite(Block(((first, right), (low, last))), because, other.assumption)


def _direct_sums(tree: Tree) -> Rewrite | None:
    """⊕A_k ⊕B_k = ⊕A_kB_k, for neighbours in a product whose blocks have shapes that meet one by one."""
    if not isinstance(tree, Product):
        return None
    for place, (left, right) in enumerate(zip(tree.factors, tree.factors[1:], strict=False)):
        if not isinstance(left, BlockDiagonal) or not isinstance(right, BlockDiagonal):
            continue
        pairs = list(zip(left.blocks, right.blocks, strict=False))
        if len(left.blocks) == len(right.blocks) and all(same_size(a.columns, b.rows) for a, b in pairs):
            met = BlockDiagonal(tuple(product_of(pair) for pair in pairs))
            return Rewrite(product_of((*tree.factors[:place], met, *tree.factors[place + 2 :])))
    return None


def _inverse_by_first(A: Tree, B: Tree, C: Tree, D: Tree) -> Rewrite | None:
    S = schur_complement(A, B, C, D)
    assumed = assumed_invertible(A, S)
    if assumed is None:
        return None
    outer, inner = inverted(A), inverted(S)
    if isinstance(B, Zero) and isinstance(C, Zero):
        return Rewrite(Block(((outer, B), (C, inner))), None, assumed or None)
    right = B if isinstance(B, Zero) else negated(short_product(outer, B, inner))
    below = C if isinstance(C, Zero) else negated(short_product(inner, C, outer))
    between = [] if isinstance(B, Zero) or isinstance(C, Zero) else [short_product(outer, B, inner, C, outer)]
    return Rewrite(Block(((sum_of((outer, *between)), right), (below, inner))), None, assumed or None)


def _determinant(tree: Tree) -> Rewrite | None:
    """|A||D − CA⁻¹B|, or |D||A − BD⁻¹C| where A is known to have no inverse."""
    blocks = _square_blocks(tree.tree) if isinstance(tree, Determinant) else None
    if blocks is None:
        return None
    A, B, C, D = blocks
    triangular = isinstance(B, Zero) or isinstance(C, Zero)
    for first, S, because in (
        (A, schur_complement(A, B, C, D), None),
        (D, schur_complement(D, C, B, A), "|[[A, B], [C, D]]| = |D||A − BD⁻¹C|"),
    ):
        assumed = "" if triangular else assumed_invertible(first)
        if assumed is not None:
            return Rewrite(Scaled(Determinant(first), Determinant(S)), because, assumed or None)
    return None


BLOCKS_MULTIPLIED = Rule(
    "blocks-multiplied",
    "rows of blocks times columns of blocks",
    _multiplied,
    lambda: Block(((_A, _B), (_C, _D))) @ Block(((_B,), (_D,))),
)
DIRECT_SUMS_MULTIPLIED = Rule(
    "direct-sums-multiplied",
    "(A ⊕ B)(C ⊕ D) = AC ⊕ BD where the blocks meet",
    _direct_sums,
    lambda: BlockDiagonal((_A, _D)) @ BlockDiagonal((_A, _D)),
)
BLOCKS_ADDED = Rule(
    "blocks-added",
    "block matrices are added block by block",
    _added,
    lambda: Block(((_A, _B), (_C, _D))) + BlockDiagonal((_A, _D)),
)
BLOCKS_SCALED = Rule(
    "blocks-scaled", "each block is multiplied by the number", _scaled, lambda: 2 * Block(((_A, _B), (_C, _D)))
)
INVERSE_OF_BLOCKS = Rule(
    "inverse-of-blocks",
    "the inverse of a block matrix, by the Schur complement D − CA⁻¹B",
    _inverse,
    lambda: Inverse(Block(((_A, _B), (_B.T, _D + _B.T @ _A.inv() @ _B)))),
)
DETERMINANT_OF_BLOCK_MATRIX = Rule(
    "determinant-of-block-matrix",
    "|[[A, B], [C, D]]| = |A||D − CA⁻¹B|",
    _determinant,
    lambda: Determinant(Block(((_A, _B), (_C, _D)))),
)

BLOCKS = (BLOCKS_SCALED, DIRECT_SUMS_MULTIPLIED, BLOCKS_MULTIPLIED, BLOCKS_ADDED)
"""What works with block matrices block by block."""

SCHUR = (INVERSE_OF_BLOCKS, DETERMINANT_OF_BLOCK_MATRIX)
"""What takes a matrix of two by two blocks apart."""
