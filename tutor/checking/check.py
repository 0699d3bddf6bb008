"""check: one answer against one reference."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from contextlib import suppress
from typing import Any

from tutor.algebra.defined_letter import defined_letters
from tutor.algebra.nodes import Scalar
from tutor.algebra.rules import Derivation
from tutor.algebra.tree import Tree
from tutor.checking import expressions  # noqa: F401  (registers what judges expressions)
from tutor.checking.answers import Answer
from tutor.checking.around import with_capital_response
from tutor.checking.judge import Request, demands, freedoms, judge, shares
from tutor.checking.kinds import choices, dimensions, models, readings, rounded, statements  # noqa: F401  (register what judges other kinds)
from tutor.checking.limits import judged_within_limits
from tutor.checking.lines.judging import Lines
from tutor.checking.verdict import Verdict
from tutor.errors import TutorError
from tutor.notation.read import HasVocabulary, Reading, names_of, read
from tutor.notation.vocabulary import Name, Vocabulary, element_vocabulary, lecture_vocabulary, vocabulary_of


def check(
    answer: Answer,
    reference: Any,
    vocabulary: Vocabulary | HasVocabulary | None = None,
    *,
    general: bool = False,
    shape_costs_attempt: bool = False,
    hide_shape: bool = False,
    up_to: str | Iterable[str] = (),
    form: str | Iterable[str] = (),
    without: str | Iterable[str] = (),
    weights: Mapping[str, float] | None = None,
    goal: Tree | None = None,
) -> Verdict:
    """Judge an answer by its meaning.

    What would take more than 2 s or 300 MB is "undecided": it costs no attempt, and Python's logger "tutor" is told a
    warning with the answer and the question. Lessons and graded scripts keep those in the instructor's log, which
    `tutor log` shows; elsewhere ``with tutor.storage.undecided.kept():`` does.

    Parameters
    ----------
    answer
        Text in LaTeX, Unicode, plain, R, NumPy or SymPy spelling; a SymPy expression or matrix; a NumPy array;
        a pandas frame, whose labels count; nested lists; a tree. Of an equation, each side must equal the reference.
    reference
        What is right; its type decides how the answer is judged. A tree, or anything that an answer may be; text of a
        distribution, of several statements or of a model by elements; a model; `Dimensions`, `Rounded`, `Choice`; True
        or False for a question that is answered by yes or no.
    vocabulary
        The names that text may use, or the model that has them; by default those of the model to which the reference
        belongs.
    general
        Take X, Z, G and R as arbitrary conformable matrices with their declared facts, not as those of the
        model: an answer is then right only if it is right for each of them.
    shape_costs_attempt
        Whether a product or sum that does not conform costs an attempt.
    hide_shape
        Whether the shape is what is asked: then no feedback tells a shape but that of the answer itself.
    up_to
        What the question leaves free: "column-space", "column-order", "order" (of the elements of a vector), "sign",
        "scale". Rows and columns that the answer labels may always come in another order.
    form
        What is demanded of the form, apart from the value: "kronecker", "no-inverse", "simplified", "entries",
        "matrices", "closed-form", "single-fraction", "numbers"; of a model "index", "matrix" or "distribution".
    without
        Names, or expressions as "V^-1", that the answer has to write out.
    weights
        Shares of the parts of an answer by their keys, as {"mean": 1, "variance": 2}; "cells", "diagonal" and
        "off-diagonal", or "terms", give an expression partial credit, and "form" is what a wrong form costs.
    goal
        The moment that was asked for, as the tree Var(y_11), where the reference is its value: "Var = …" before an
        answer is then known to be right, and "E = …" to be wrong.

    Raises
    ------
    TutorError
        When the reference cannot be read, or for an unknown freedom or form; an answer never raises.

    >>> from tutor import rcbd
    >>> m = rcbd(treatments=2, blocks=3)
    >>> check("ZGZ' + R", m.V).correct
    True
    >>> check("y ~ N(Xβ, R)", "y ~ N(Xβ, V)", m.vocabulary).misconception
    'missing-random'
    """

    def judged() -> Verdict:
        names = vocabulary_for_reference(reference) if vocabulary is None else names_of(vocabulary)
        names = _with_letters_of(reference, names)
        request = Request(
            with_capital_response(names, answer, reference),
            general,
            shape_costs_attempt,
            hide_shape,
            up_to=freedoms(up_to),
            form=demands(form),
            without=(without,) if isinstance(without, str) else tuple(without),
            weights=shares(weights),
            goal=goal,
        )
        return judge(read_reference(reference, names) if isinstance(reference, str) else reference, answer, request)

    return judged_within_limits(judged, answer, reference)


def _with_letters_of(reference: Any, vocabulary: Vocabulary) -> Vocabulary:
    """A vocabulary that knows what is defined within a reference too, as E_xx in the variance of a slope."""
    trees = reference.lines if isinstance(reference, Derivation) else [reference] if isinstance(reference, Tree) else []
    new = [letter for name, letter in defined_letters(*trees).items() if vocabulary.lookup(name) is None]
    return vocabulary.with_names(*(Name(letter.name, Scalar(letter)) for letter in new)) if new else vocabulary


def read_reference(text: str, vocabulary: Vocabulary) -> Reading:
    """The reading of a reference that is text. One that the vocabulary does not know may be of the lecture, or be a
    model by elements, in which each name is its own."""
    try:
        return read(text, vocabulary)
    except TutorError as error:
        for more in (lecture_vocabulary(), element_vocabulary()):
            with suppress(TutorError):
                reading = read(text, more)
                if reading.tree is None:
                    return reading
        raise error from None


def vocabulary_for_reference(reference: Any) -> Vocabulary:
    """The names of the model to which a reference belongs, or that it is; none for numbers and text."""
    if isinstance(reference, Lines):
        reference = reference.goal[0] if isinstance(reference.goal, tuple) else reference.goal
    if isinstance(reference, Derivation):
        known = getattr(reference.scope, "vocabulary", None)
        return known if isinstance(known, Vocabulary) else vocabulary_of(reference.goal)
    if isinstance(reference, Tree):
        return vocabulary_of(reference)
    own = getattr(reference, "vocabulary", None)
    return own if isinstance(own, Vocabulary) else Vocabulary.of()
