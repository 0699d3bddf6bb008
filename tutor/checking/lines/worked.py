"""A derivation that an author wrote down, each line with its reason: it exists only if each line follows."""

from __future__ import annotations

from typing import Any

from tutor.algebra.build import TreeLike, as_tree, matrix
from tutor.algebra.rules import Derivation, chain
from tutor.algebra.tree import Tree
from tutor.checking.lines.side import Side
from tutor.checking.lines.values import Values
from tutor.errors import TutorError
from tutor.notation.read import HasVocabulary, names_of, read
from tutor.notation.vocabulary import Vocabulary

Line = str | TreeLike | list[Any]
"""A formula as text, what is a tree or becomes one, or the rows of a matrix."""

RULE = "given"
"""The key of the steps: the author's sentence is all that is known of their rule."""


def worked(
    goal: Line,
    *lines: tuple[Line, str],
    of: Vocabulary | HasVocabulary | None = None,
    general: bool = False,
) -> Derivation:
    """The derivation of a goal by lines that are written down, each with the reason why it is equal to the one before.

    For a worked solution that `m.derive` does not give. Each line is compared with the one before it on exact
    instances, with the moments that the model tells; so what stands there is verified as any derivation is.

    Parameters
    ----------
    goal
        What the lines begin with: text as `tutor.read` takes it, a tree, SymPy's matrix, or rows of entries.
    lines
        Pairs of a formula and the sentence that says why it follows.
    of
        The model, or the vocabulary, that says what the letters are; the lecture's if none is given.
    general
        Take X, Z, G and R as arbitrary conformable matrices, not as those of the model.

    Raises
    ------
    ReadError
        For a line that is no formula of this vocabulary.
    TutorError
        For a line that does not follow from the one before, or of which that could not be shown.

    >>> from tutor import rcbd
    >>> m = rcbd(treatments=2, blocks=3)
    >>> print(worked("Var(Zu)", ("Z Var(u) Z'", "Var(Ax) = A Var(x) A'"), ("ZGZ'", "Var(u) = G"), of=m))
    Var(Zu) = Z Var(u) Z'   Var(Ax) = A Var(x) A'
            = ZGZ'          Var(u) = G
    """
    names = names_of(of)
    first = _tree(goal, names, None)
    values = Values(names, first, first, general=general)
    before = Side(str(first), 0, (first,))
    trees: list[tuple[str, str, Tree]] = []
    for number, (line, because) in enumerate(lines, start=1):
        tree = _tree(line, names, first)
        side = Side(str(tree), 0, (tree,))
        match = values.match(side, before)
        if match.same is not True:
            said = f": {match.reason.rstrip('.')}" if match.reason else ""
            told = "does not follow from" if match.same is False else "could not be compared with"
            raise TutorError(
                f"Line {number} of a worked solution, {side.text}, {told} {before.text}{said}.",
                tip="Mend the line, or put the lines between them that are missing.",
            )
        trees.append((RULE, because, tree))
        before = side
    found = chain(first, *trees)
    return Derivation(found.goal, found.steps, scope=of)


def _tree(line: Line, names: Vocabulary, like: Tree | None) -> Tree:
    """The tree of a line; the size of an I, J or 0 that nothing else tells is that of ``like``."""
    if isinstance(line, list):
        return matrix(line)
    if not isinstance(line, str):
        return as_tree(line)
    tree: Any = read(line, names, shape=None if like is None else like.shape).tree
    if not isinstance(tree, Tree):
        raise TutorError(f"{line} is no formula.", tip="Write a matrix, a vector or a number, without =.")
    return tree
