"""What the letters of a text were taken for, of which `doubts` asks whether their places show something else.

A number that was declared, as X_i for a text that writes it down again, is in no doubt.
"""

from __future__ import annotations

from collections.abc import Sequence

from tutor.algebra.tree import Tree
from tutor.notation.meaning.context import Context
from tutor.notation.meaning.usage import product_of
from tutor.notation.parsing import syntax
from tutor.notation.vocabulary import Letter, lecture_vocabulary


def take(node: syntax.Named, trees: Sequence[Tree], context: Context) -> None:
    """Keep what the letters of a name were taken for."""
    spelling = node.spelling
    if not spelling.run:
        letters: list[Letter] = [(spelling.letters, spelling.accent, spelling.subscript)]
    else:
        letters = [(factor.letter, factor.accent, factor.below) for factor in product_of(node, context.text)]
    if len(letters) == len(trees):
        told = zip(letters, trees, strict=True)
        context.taken.update(
            (each, tree) for each, tree in told if not (tree.is_scalar and _is_declared(each, context))
        )


def _is_declared(letter: Letter, context: Context) -> bool:
    """Whether the vocabulary has a letter with its accent and subscript, and not by custom alone."""
    letters, accent, below = letter
    key = "_".join(filter(None, (letters + accent, below)))
    return key in context.vocabulary.names and key not in lecture_vocabulary().names
