"""An expression against an expression: each side of what the student wrote has to equal what was asked for."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from sympy.matrices.immutable import ImmutableDenseMatrix

from tutor.algebra.balanced import closed_form
from tutor.algebra.budget import within
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
from tutor.checking.answers import Answer, sides
from tutor.checking.calculated import untold
from tutor.checking.case import Case, Diagnosis
from tutor.checking.counterexample import cell_of, counterexample
from tutor.checking.credit import earned, partial_credit
from tutor.checking.demanded import in_form
from tutor.checking.equal import Comparison, compare, diagnostic_points
from tutor.checking.freedoms import same_up_to
from tutor.checking.judge import Request, judge
from tutor.checking.labelled import in_order_of, unlabelled
from tutor.checking.limits import DIAGNOSIS_SECONDS
from tutor.checking.misconceptions import diagnose, diagnose_shape
from tutor.checking.misconceptions.foreign import takes_fixed_for_random
from tutor.checking.misconceptions.roles import groups_of
from tutor.checking.moments import of_vectors
from tutor.checking.spanning import other_coding, spanning
from tutor.checking.verdict import Part, Verdict
from tutor.errors import ReadError, ShapeError, TutorError


@judge.register
def judge_expression(asked: Tree, answer: Answer, request: Request) -> Verdict:
    """Judge an answer that is one expression, or an equation each side of which must equal what was asked for."""
    if any(map(is_open, asked.shape)):
        raise TutorError("How large the reference is stays open.", tip="Write its sizes, as I_3 or I_n.")
    vocabulary = request.vocabulary.of_values()
    try:
        asked = of_vectors(asked, vocabulary)
    except TutorError as error:
        return Verdict("undecided", feedback=feedback.undecided(error.problem), costs_attempt=False)
    answer, rows, columns = unlabelled(answer)
    try:
        claimed = tuple(
            in_order_of(asked, of_vectors(side, vocabulary), rows, columns, vocabulary)
            for side in sides(answer, vocabulary, asked.shape)
        )
    except ShapeError as error:
        return shapes_do_not_meet(error, costs_attempt=request.shape_costs_attempt)
    except TutorError as error:
        if takes_fixed_for_random(answer, asked, vocabulary):
            key = "fixed-random-confused"
            said = feedback.told(key, {}, None, asked)
            return Verdict("incorrect", misconception=key, feedback=said.hint, nudge=said.nudge,
                           explanation=said.explanation)  # fmt: skip
        return unreadable(error)
    return _judge_sides(claimed, asked, replace(request, vocabulary=vocabulary))


def shapes_do_not_meet(error: ShapeError, *, costs_attempt: bool) -> Verdict:
    """The verdict on a sum or product that does not exist."""
    start, end = getattr(error, "start", None), getattr(error, "end", None)
    return Verdict(
        "incorrect",
        misconception="shapes-do-not-meet",
        feedback=f"The {'sum' if error.operation == 'sum' else 'product'} does not exist: {error}",
        costs_attempt=costs_attempt,
        place=None if start is None or end is None else (start, end),
    )


def unreadable(error: TutorError) -> Verdict:
    """The verdict on an answer that says nothing we could judge; it costs no attempt."""
    if not isinstance(error, ReadError):
        return Verdict("unreadable", feedback=str(error), costs_attempt=False)
    slip = error.kind if error.kind in ("lower-case", "not-bold") else None
    place = (error.start, error.end)
    return Verdict("unreadable", misconception=slip, feedback=str(error), costs_attempt=False, place=place)


def _judge_sides(claimed: Sequence[Tree], asked: Tree, request: Request) -> Verdict:
    """An equation is right when each of its sides is; its form is that of the side that says most."""
    verdicts = [_judge(side, asked, request) for side in claimed]
    for outcome in ("incorrect", "undecided"):
        for verdict in verdicts:
            if verdict.outcome == outcome:
                return verdict
    return next((verdict for verdict in verdicts if verdict.form is None), verdicts[-1])


def _judge(answer: Tree, asked: Tree, request: Request) -> Verdict:
    if not same_shape(answer.shape, asked.shape):
        return spanning(answer, asked, request) or _judge_shape(answer, asked, request)
    comparison = compare(answer, asked, general=request.general)
    if comparison.same is None:
        return Verdict("undecided", feedback=feedback.undecided(comparison.reason), costs_attempt=False)
    if comparison.same:
        if _repeats_the_name(answer, asked):
            return Verdict("correct", form="repeats-the-name", feedback=feedback.repeats_the_name(answer))
        return in_form(feedback.right(_other_form(answer, asked)), answer, asked, request)
    name = untold(answer, asked)
    if name is not None:
        reason = f"{name} is calculated from data, and how was not told"
        return Verdict("undecided", feedback=feedback.undecided(reason), costs_attempt=False)
    if comparison.singular:
        key = "singular-inverse"
        return Verdict("incorrect", misconception=key, feedback=feedback.wrong(key, {}, None, asked))
    free = same_up_to(answer, asked, request.up_to, general=request.general)
    if free is not None:
        return in_form(free, answer, asked, request)
    return spanning(answer, asked, request) or _incorrect(answer, asked, request, comparison)


def _incorrect(answer: Tree, asked: Tree, request: Request, comparison: Comparison) -> Verdict:
    symbols = tuple(name.tree for name in request.vocabulary if isinstance(name.tree, Symbol))
    points = within(DIAGNOSIS_SECONDS, lambda: diagnostic_points(answer, asked, general=request.general), ())
    diagnosis = within(DIAGNOSIS_SECONDS, lambda: diagnose(Case(answer, asked, points, symbols)), None) or Diagnosis("")
    point = comparison.points[-1]
    # Cells that agree by chance at the small numbers differ at the random ones.
    wrong = (points[-1] if points else point).wrong_cells or point.wrong_cells
    cells = tuple(cell_of(asked, i, j) for i, j in wrong)
    example = counterexample(point, answer, asked, request.vocabulary)
    key = diagnosis.key or None
    credits = partial_credit(
        answer, asked, points[-1] if points else point, request.weights, general=request.general
    )  # fmt: skip
    terms = feedback.terms_of(answer, asked, points[-1] if points else point)
    said = feedback.told(key, diagnosis.facts, example, asked, cells, groups_of(symbols), terms)
    parts = tuple(Part(f"the term {term}") for term in terms.wrong if terms.right)
    verdict = Verdict(
        "incorrect",
        score=earned(credits),
        misconception=key,
        where=(*cells, *parts),
        counterexample=example,
        feedback=said.hint,
        facts=diagnosis.facts,
        credit=credits,
        nudge=said.nudge,
        explanation=said.explanation,
    )
    return verdict if key else other_coding(answer, asked, request) or verdict


def _judge_shape(answer: Tree, asked: Tree, request: Request) -> Verdict:
    """A wrong shape is evidence enough; the mistakes that are common are looked for."""
    general = request.general
    turned = (asked.columns, asked.rows)
    square = same_shape(turned, asked.shape)
    if answer.is_scalar and square and compare(Scaled(answer, Identity(asked.rows)), asked, general=general).same:
        return Verdict("incorrect", misconception="missing-identity", feedback=feedback.missing_identity(asked))
    if _lacks_intercept(answer, asked):
        return Verdict("incorrect", misconception="missing-intercept", feedback=feedback.missing_intercept())
    coded = other_coding(answer, asked, request)
    if coded is not None:
        return coded
    key = "wrong-size"
    text = feedback.wrong_shape(answer, asked)
    if same_shape(answer.shape, turned) and compare(Transpose(answer), asked, general=general).same:
        key = "transpose-lost"
        text = feedback.wrong(key, {}, None, asked)
    else:
        symbols = tuple(name.tree for name in request.vocabulary if isinstance(name.tree, Symbol))
        slip = diagnose_shape(answer, asked, symbols, general=general)
        if slip is not None:
            key, text = slip.key, feedback.wrong(slip.key, slip.facts, None, asked)
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
