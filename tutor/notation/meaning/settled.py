"""Trees whose sizes are settled: what is open is filled in by what stands beside it, or told to be unknown."""

from __future__ import annotations

from tutor.algebra.sizes import size
from tutor.algebra.tree import Tree
from tutor.notation.meaning.context import Context


def settled(tree: Tree, context: Context, *, may_stay_open: bool = False) -> Tree:
    """A tree with every size filled in, but for that of the whole, which may stay open.

    Raises
    ------
    ReadError
        "size-unknown", where nothing determines a size; "ellipsis", where it is that of a matrix with dots.
    """
    context.sizing.zeros_are_vectors(tree)
    tree = context.sizing.filled(tree)
    for hole in context.sizing.open_in(tree):
        if hole in context.sizing.defaults:
            context.sizing.meet(hole, context.sizing.defaults[hole])
    if context.vocabulary.takes_new_names and "n" in context.usage.letters:
        for hole in context.sizing.open_in(tree):  # |aI + bJ| = a^{n−1}(a + nb)
            if hole not in context.sizing.dotted:
                context.sizing.meet(hole, size("n"))
    tree = context.sizing.filled(tree)
    if may_stay_open and context.sizing.may_stay_open(tree):
        return context.sizing.numbered(tree)
    for hole in context.sizing.open_in(tree):
        place = context.sizing.places[hole]
        if hole in context.sizing.dotted:
            raise context.error(
                "How large is the matrix with dots? Neither its corner nor what is beside it tells.", "ellipsis", place,
                r"Number its last entry, as y_n or \sigma^2_n, or write its size beside it, as in \mathbf{I}_4 = …",
            )  # fmt: skip
        letter = context.text[place.start : place.end]
        if not any(map(str.isalnum, letter)):
            raise context.error("How large are the matrices here? Nothing beside them tells.", "size-unknown", place,
                                "Write a size below one of them, as I_3.")  # fmt: skip
        raise context.error(f"How large is {letter} here? Nothing beside it tells.", "size-unknown", place,
                            f"Write its size below it, as {letter}_3.")  # fmt: skip
    return tree
