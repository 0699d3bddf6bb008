"""check: one answer against one reference."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from sympy.matrices.immutable import ImmutableDenseMatrix

from tutor.algebra.balanced import closed_form
from tutor.algebra.nodes import (
    Covariance,
    Expectation,
    Explicit,
    Identity,
    Product,
    Scaled,
    Sum,
    Symbol,
    Transpose,
    Variance,
    Zero,
)
from tutor.algebra.sizes import is_open, same_shape
from tutor.algebra.tree import Tree
from tutor.algebra.walk import symbols_of, walk
from tutor.checking import feedback
from tutor.checking.answers import Answer, sides, tree_of
from tutor.checking.calculated import untold
from tutor.checking.case import Case, Diagnosis
from tutor.checking.counterexample import cell_of, counterexample
from tutor.checking.equal import Comparison, compare, diagnostic_points
from tutor.checking.misconceptions import diagnose
from tutor.checking.moments import of_vectors
from tutor.checking.verdict import Verdict
from tutor.errors import ReadError, ShapeError, TutorError
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
        vocabulary = vocabulary_of(reference) if isinstance(reference, Tree) else Vocabulary.of()
    if isinstance(reference, str):
        asked = read(reference, vocabulary).tree
        if asked is None:
            raise TutorError("The reference must be one expression.")
        if any(map(is_open, asked.shape)):
            raise TutorError("How large the reference is stays open.", tip="Write its sizes, as I_3 or I_n.")
    else:
        asked = tree_of(reference, vocabulary)
    vocabulary = vocabulary.of_values()
    try:
        asked = of_vectors(asked, vocabulary)
    except TutorError as error:
        return Verdict("undecided", feedback=feedback.undecided(error.problem), costs_attempt=False)
    try:
        claimed = tuple(of_vectors(side, vocabulary) for side in sides(answer, vocabulary, asked.shape))
    except ShapeError as error:
        place = (getattr(error, "start", None), getattr(error, "end", None))
        return Verdict(
            "incorrect",
            misconception="shapes-do-not-meet",
            feedback=f"The {'sum' if error.operation == 'sum' else 'product'} does not exist: {error}",
            costs_attempt=shape_costs_attempt,
            place=None if place[0] is None or place[1] is None else (place[0], place[1]),
        )
    except ReadError as error:
        slip = error.kind if error.kind in ("lower-case", "not-bold") else None
        return Verdict(
            "unreadable",
            misconception=slip,
            feedback=str(error),
            costs_attempt=False,
            place=(error.start, error.end),
        )
    except TutorError as error:
        return Verdict("unreadable", feedback=str(error), costs_attempt=False)
    return _judge_sides(claimed, asked, vocabulary, general)


def _judge_sides(claimed: Sequence[Tree], asked: Tree, vocabulary: Vocabulary, general: bool) -> Verdict:
    """An equation is right when each of its sides is; its form is that of the side that says most."""
    verdicts = [_judge(side, asked, vocabulary, general) for side in claimed]
    for outcome in ("incorrect", "undecided"):
        for verdict in verdicts:
            if verdict.outcome == outcome:
                return verdict
    return next((verdict for verdict in verdicts if verdict.form is None), verdicts[-1])


def _judge(answer: Tree, asked: Tree, vocabulary: Vocabulary, general: bool) -> Verdict:
    if not same_shape(answer.shape, asked.shape):
        return _judge_shape(answer, asked, general)
    comparison = compare(answer, asked, general=general)
    if comparison.same is None:
        return Verdict("undecided", feedback=feedback.undecided(comparison.reason), costs_attempt=False)
    if comparison.same:
        if _repeats_the_name(answer, asked):
            return Verdict("correct", form="repeats-the-name", feedback=feedback.repeats_the_name(answer))
        return Verdict("correct", score=1.0, feedback=feedback.right(_other_form(answer, asked)))
    name = untold(answer, asked)
    if name is not None:
        reason = f"{name} is calculated from data, and how was not told"
        return Verdict("undecided", feedback=feedback.undecided(reason), costs_attempt=False)
    if comparison.singular:
        key = "singular-inverse"
        return Verdict("incorrect", misconception=key, feedback=feedback.wrong(key, {}, None, asked))
    return _incorrect(answer, asked, vocabulary, comparison, general)


def _incorrect(answer: Tree, asked: Tree, vocabulary: Vocabulary, comparison: Comparison, general: bool) -> Verdict:
    symbols = tuple(name.tree for name in vocabulary if isinstance(name.tree, Symbol))
    points = diagnostic_points(answer, asked, general=general)
    diagnosis = diagnose(Case(answer, asked, points, symbols)) or Diagnosis("")
    point = comparison.points[-1]
    # Cells that agree by chance at the small numbers differ at the random ones.
    wrong = (points[-1] if points else point).wrong_cells or point.wrong_cells
    cells = tuple(cell_of(asked, i, j) for i, j in wrong)
    example = counterexample(point, answer, asked, vocabulary)
    key = diagnosis.key or None
    return Verdict(
        "incorrect",
        misconception=key,
        where=cells,
        counterexample=example,
        feedback=feedback.wrong(key, diagnosis.facts, example, asked),
        facts=diagnosis.facts,
    )


def _judge_shape(answer: Tree, asked: Tree, general: bool) -> Verdict:
    """A wrong shape is evidence enough; two mistakes are so common that they are looked for."""
    turned = (asked.columns, asked.rows)
    square = same_shape(turned, asked.shape)
    if answer.is_scalar and square and compare(Scaled(answer, Identity(asked.rows)), asked, general=general).same:
        return Verdict("incorrect", misconception="missing-identity", feedback=feedback.missing_identity(asked))
    if _lacks_intercept(answer, asked):
        return Verdict("incorrect", misconception="missing-intercept", feedback=feedback.missing_intercept())
    key = "wrong-size"
    text = feedback.wrong_shape(answer, asked)
    if same_shape(answer.shape, turned) and compare(Transpose(answer), asked, general=general).same:
        key = "transpose-lost"
        text = feedback.wrong(key, {}, None, asked)
    return Verdict("incorrect", misconception=key, feedback=text)


def _lacks_intercept(answer: Tree, asked: Tree) -> bool:
    """Whether the answer is what was asked without its first column, of ones."""
    if asked.columns == 1 or not same_shape(answer.shape, (asked.rows, asked.columns - 1)):
        return False
    try:
        matrix = asked.explicit()
    except TutorError:
        return False
    if any(matrix[i, 0] != 1 for i in range(matrix.rows)):
        return False
    return bool(compare(answer, Explicit(ImmutableDenseMatrix(matrix[:, 1:]))).same)


def _repeats_the_name(answer: Tree, asked: Tree) -> bool:
    """Whether the answer is only the name of what was asked: V, or Var(y), where V was to be written out."""
    if isinstance(answer, Symbol):
        compound = answer.definition is not None and bool(symbols_of(answer.definition))
        return compound and answer != asked
    if isinstance(answer, Variance | Expectation | Covariance):
        return not isinstance(asked, Variance | Expectation | Covariance)
    return False


def _other_form(answer: Tree, asked: Tree) -> Tree | None:
    """The closed form of what was asked, where it has a compact one that the answer does not show."""
    closed = closed_form(asked)
    if (
        closed in (answer, asked)
        or (closed.is_scalar and isinstance(closed, Zero))
        or any(isinstance(node, Product) for node in walk(closed))
    ):
        return None
    return None if isinstance(closed, Sum) and len(closed.terms) > 3 else closed
