"""What the letters of a text were taken for, of which `doubts` asks whether their places show something else."""

from __future__ import annotations

from collections.abc import Sequence

from tutor.algebra.tree import Tree
from tutor.notation.meaning.context import Context
from tutor.notation.meaning.usage import product_of
from tutor.notation.parsing import syntax


def take(node: syntax.Named, trees: Sequence[Tree], context: Context) -> None:
    """Keep what the letters of a name were taken for."""
    spelling = node.spelling
    if not spelling.run:
        if len(trees) == 1:
            context.taken[spelling.letters, spelling.accent, spelling.subscript] = trees[0]
        return
    factors = product_of(node, context.text)
    if len(factors) == len(trees):
        context.taken.update(
            ((factor.letter, factor.accent, factor.below), tree) for factor, tree in zip(factors, trees, strict=True)
        )
