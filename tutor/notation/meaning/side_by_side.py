"""Letters side by side in one word, ZGZ, cut into names."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence

from tutor.algebra.nodes import Scalar
from tutor.algebra.sizes import ONE, size
from tutor.algebra.tree import Tree
from tutor.notation.meaning.context import Context
from tutor.notation.meaning.special import SIZED
from tutor.notation.parsing.token import Span, Spelling

_MOST_LETTERS = 40


def split(letters: str, context: Context, meaning: Callable[[str], Tree | None]) -> tuple[Tree, ...] | None:
    """Letters cut into names, the longest first; None where they cannot be."""
    if len(letters) > _MOST_LETTERS:
        return None
    # best[i]: the trees of letters[i:], worked out from the end
    best: list[tuple[Tree, ...] | None] = [None for _ in letters]
    best.append(())
    for start in range(len(letters) - 1, -1, -1):
        for stop in range(len(letters), start, -1):
            rest = best[stop]
            if rest is None:
                continue
            tree = meaning(letters[start:stop])
            if tree is not None:
                best[start] = (tree, *rest)
                break
    return None if _is_word(letters, best[0] or ()) else best[0]


def _is_word(letters: str, trees: Sequence[Tree]) -> bool:
    """Whether small letters that are each a name make a word, banana, and no product: sizes stand there once each."""
    is_long = len(letters) > 3 and letters.isalpha() and letters.islower() and len(trees) == len(letters)
    return is_long and (len(letters) > 5 or len(set(letters)) < len(letters))


def exact(context: Context) -> Callable[[str], Tree | None]:
    def meaning(letters: str) -> Tree | None:
        if letters in {"I", "J"} and not is_count(letters, context):
            place = Span(0, 1)
            return SIZED[letters]((), place, context)
        name = context.vocabulary.lookup(letters)
        return None if name is None else name.tree

    return meaning


def is_count(letters: str, context: Context) -> bool:
    """Whether I or J is how many levels a factor has in a text, and no matrix."""
    name = context.vocabulary.names.get(letters)
    return name is not None and name.about == "size" and letters in {"I", "J"}


def levels(spelling: Spelling, context: Context) -> tuple[Tree, ...] | None:
    """tf, the levels of one factor times the f of another, where the other letters are sizes; f alone is a density."""
    rest = spelling.letters.replace("f", "", 1)
    names = [context.vocabulary.lookup(letter) for letter in rest]
    is_count = "f" in spelling.letters and all(name is not None and name.about == "size" for name in names)
    if not (is_count and context.vocabulary.takes_new_names) or spelling.bold:
        return None
    counts = {name.key: name.tree for name in names if name is not None}
    return tuple(counts.get(letter, Scalar(size(letter))) for letter in spelling.letters)


def times_nought(digits: re.Match[str], context: Context) -> tuple[Tree, ...] | None:
    """Z0 is Z times zeros where no name is Z_0."""
    before = split(digits[1], context, exact(context)) if digits[2] == "0" else None
    if before is None or before[-1].is_scalar:
        return None
    return (*before, SIZED["0"]((), Span(0, 1), context))


def is_interaction(spelling: Spelling, context: Context) -> bool:
    """Whether letters in brackets name an effect of their own: any do where names are open, but no product of
    matrices, as (Zu)_j."""
    told = split(spelling.letters, context, exact(context))
    is_product = told is not None and not all(tree.is_scalar or tree.columns == ONE for tree in told)
    return not is_product and "any" in context.vocabulary.families.values()
