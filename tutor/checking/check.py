"""check: one answer against one reference."""

from __future__ import annotations

from typing import Any

from tutor.algebra.rules import Derivation
from tutor.algebra.tree import Tree
from tutor.checking import expressions  # noqa: F401  (registers what judges expressions)
from tutor.checking.answers import Answer
from tutor.checking.judge import Request, judge
from tutor.checking.lines.judging import Lines
from tutor.checking.verdict import Verdict
from tutor.errors import TutorError
from tutor.notation.read import read
from tutor.notation.vocabulary import Vocabulary, vocabulary_of


def check(
    answer: Answer,
    reference: Any,
    vocabulary: Vocabulary | None = None,
    *,
    general: bool = False,
    shape_costs_attempt: bool = False,
) -> Verdict:
    """Judge an answer by its meaning.

    Parameters
    ----------
    answer
        Text in LaTeX, Unicode, plain, R, NumPy or SymPy spelling; a SymPy expression or matrix; a NumPy array;
        nested lists; a tree. Of an equation, each side must equal the reference.
    reference
        A tree, or anything that an answer may be.
    vocabulary
        The names that text may use; by default those of the model to which the reference belongs.
    general
        Take X, Z, G and R as arbitrary conformable matrices with their declared facts, not as those of the
        model: an answer is then right only if it is right for each of them.
    shape_costs_attempt
        Whether a product or sum that does not conform costs an attempt.

    Raises
    ------
    TutorError
        When the reference cannot be read; an answer never raises.

    >>> from tutor import rcbd
    >>> m = rcbd(treatments=2, blocks=3)
    >>> check("ZGZ' + R", m.V).correct
    True
    """
    if vocabulary is None:
        vocabulary = names_of(reference)
    if isinstance(reference, str):
        reference = read(reference, vocabulary).tree
        if reference is None:
            raise TutorError("The reference must be one expression.")
    return judge(reference, answer, Request(vocabulary, general, shape_costs_attempt))


def names_of(reference: Any) -> Vocabulary:
    """The names of the model to which a reference belongs; none for one that is no tree and no derivation."""
    if isinstance(reference, Lines):
        reference = reference.goal
    if isinstance(reference, Derivation):
        known = getattr(reference.scope, "vocabulary", None)
        return known if isinstance(known, Vocabulary) else vocabulary_of(reference.goal)
    return vocabulary_of(reference) if isinstance(reference, Tree) else Vocabulary.of()
