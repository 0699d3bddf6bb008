r"""Matrices with their dimensions below them: \mathbf{X}_{12 \times 4}, and a matrix of entries with its order."""

from __future__ import annotations

from collections.abc import Sequence

from tutor.algebra.nodes import Symbol
from tutor.algebra.sizes import ONE, Size
from tutor.algebra.tree import Tree
from tutor.notation.meaning.context import Context
from tutor.notation.meaning.special import sizes_below
from tutor.notation.parsing.syntax import Matrix


def with_sizes_below(candidates: Sequence[Tree], shape: Sequence[Size], context: Context) -> Tree | None:
    r"""\mathbf{X}_{12 \times 4} where X has letters for sizes and is about no model: X with these dimensions."""
    found = candidates[0]
    if not isinstance(found, Symbol) or not context.vocabulary.takes_new_names:
        return None
    open_sizes = [size for size in found.shape if size != ONE]
    fits = all(known.is_Symbol or known == told for known, told in zip(found.shape, shape, strict=True))
    return Symbol(found.name, shape[0], shape[1], found.role) if open_sizes and fits else None


def sized(matrix: Tree, node: Matrix, sizes: Sequence[Tree], context: Context) -> Tree:
    """A matrix with its dimensions below it, rows × columns or the order of a square one, checked."""
    told = sizes_below(node, sizes, context)
    shape = (told[0], told[-1])
    if not context.sizing.meet_shapes(matrix.shape, shape):
        rows, columns = matrix.shape
        raise context.error(f"This matrix is {rows} × {columns}, not {shape[0]} × {shape[1]}.", "wrong-dimension",
                            node, "Rows come first, then columns.")  # fmt: skip
    return context.sizing.filled(matrix)
