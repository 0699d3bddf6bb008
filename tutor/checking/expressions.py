"""An expression against an expression: each side of what the student wrote has to equal what was asked for."""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import suppress
from dataclasses import replace
from functools import lru_cache, partial

from tutor.algebra.balanced import closed_form
from tutor.algebra.budget import within
from tutor.algebra.nodes import (
    Covariance,
    Expectation,
    Explicit,
    Product,
    Sum,
    Symbol,
    Variance,
    Zero,
)
from tutor.algebra.sizes import is_open, same_shape
from tutor.algebra.tree import Tree
from tutor.algebra.unit_vector import UnitVector
from tutor.algebra.walk import symbols_of, walk
from tutor.checking import feedback
from tutor.checking.answers import Answer, sides
from tutor.checking.by_elements import written_out
from tutor.checking.calculated import untold
from tutor.checking.case import Case, Diagnosis
from tutor.checking.counterexample import cells_of, counterexample
from tutor.checking.credit import earned, partial_credit
from tutor.checking.demanded import as_it_is_written, in_form
from tutor.checking.diagnostic_points import diagnostic_points
from tutor.checking.equal import Comparison, compare
from tutor.checking.expected_squares import judge_expected_square
from tutor.checking.freedoms import same_up_to
from tutor.checking.judge import Request, judge
from tutor.checking.labelled import in_order_of, unlabelled
from tutor.checking.left_side import another_quantity
from tutor.checking.limits import DIAGNOSIS_SECONDS
from tutor.checking.misconceptions import diagnose
from tutor.checking.misconceptions.foreign import takes_fixed_for_random
from tutor.checking.misconceptions.roles import groups_of
from tutor.checking.moments import of_vectors
from tutor.checking.own_letters import without_letters
from tutor.checking.reasons import false_reason
from tutor.checking.scripts import without_script
from tutor.checking.shapes import judge_shape, shapes_do_not_meet
from tutor.checking.spanning import other_coding, spanning
from tutor.checking.verdict import Part, Verdict
from tutor.checking.witness import singular
from tutor.errors import ReadError, ShapeError, TutorError
from tutor.notation.vocabulary import Vocabulary
from tutor.notation.write import LARGEST_INLINE


@judge.register
def judge_expression(asked: Tree, answer: Answer, request: Request) -> Verdict:
    """Judge an answer that is one expression, or an equation each side of which must equal what was asked for."""
    if any(map(is_open, asked.shape)):
        raise TutorError("How large the reference is stays open.", tip="Write its sizes, as I_3 or I_n.")
    vocabulary = request.vocabulary.of_values()
    goal = asked if request.goal is None else request.goal
    squares = None if vocabulary.expected_square is None else vocabulary.expected_square(asked)
    if squares is not None:
        return judge_expected_square(squares, asked, answer, request)
    of_formula = request.of_formula or not feedback.is_in_numbers(asked)
    try:
        asked = of_vectors(asked, vocabulary)
    except TutorError as error:
        return Verdict("undecided", feedback=feedback.undecided(error.problem), costs_attempt=False)
    answer, rows, columns = unlabelled(answer)
    try:
        written = _sides(answer, vocabulary, asked, goal)
        claimed = tuple(in_order_of(asked, of_vectors(side, vocabulary), rows, columns, vocabulary) for side in written)
    except ShapeError as error:
        return shapes_do_not_meet(error, request)
    except TutorError as error:
        if takes_fixed_for_random(answer, asked, vocabulary):
            key = "fixed-random-confused"
            said = feedback.told(key, {}, None, asked)
            return Verdict("incorrect", misconception=key, feedback=said.hint, nudge=said.nudge,
                           explanation=said.explanation)  # fmt: skip
        return unreadable(error)
    text = answer if isinstance(answer, str) else ""
    request = replace(request, vocabulary=vocabulary, of_formula=of_formula, goal=goal, text=text)
    verdict = _judge_sides(claimed, asked, request)
    if verdict.correct is False:
        other = another_quantity(written, claimed, asked, vocabulary, general=request.general)
        return other or verdict
    return _with_reason(as_it_is_written(verdict, answer, request), request)


def _sides(answer: Answer, vocabulary: Vocabulary, asked: Tree, goal: Tree) -> tuple[Tree, ...]:
    """The sides of an answer, with what its letters stand for in their place where it explains some."""
    answer = without_script(answer) if isinstance(answer, str) else answer
    told = without_letters(answer, vocabulary, asked, goal) if isinstance(answer, str) else answer
    try:
        return sides(told, vocabulary, asked.shape, goal)
    except ReadError:
        if told is not answer:
            with suppress(ReadError):
                return sides(answer, vocabulary, asked.shape, goal)
        for other in written_out(answer) if isinstance(answer, str) and not asked.is_scalar else ():
            with suppress(TutorError):
                found = sides(without_letters(other, vocabulary, asked, goal), vocabulary, asked.shape, goal)
                if all(same_shape(side.shape, asked.shape) for side in found):
                    return found
        raise


def _with_reason(verdict: Verdict, request: Request) -> Verdict:
    """The verdict on an answer that is right, with what is to be said of a reason that is not."""
    told = false_reason(request.text, request.vocabulary) if verdict.correct and request.text else ""
    if not told:
        return verdict
    facts = {**verdict.facts, "reason": told}
    return replace(verdict, feedback=f"{verdict.feedback}\n{told}", facts=facts)


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
        return spanning(answer, asked, request) or judge_shape(answer, asked, request)
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
        return _singular(answer, asked, request)
    free = same_up_to(answer, asked, request.up_to, general=request.general)
    if free is not None:
        return in_form(free, answer, asked, request)
    return spanning(answer, asked, request) or _incorrect(answer, asked, request, comparison)


def _singular(answer: Tree, asked: Tree, request: Request) -> Verdict:
    """The verdict on an answer that inverts a matrix without an inverse."""
    key, found = "singular-inverse", singular(answer, asked, general=request.general)
    said = feedback.told(key, {} if found is None else {"inverted": found.sentence}, None, asked)
    example = None if found is None else found.counterexample()
    return Verdict("incorrect", misconception=key, counterexample=example, feedback=said.hint, nudge=said.nudge,
                   explanation=said.explanation)  # fmt: skip


def _incorrect(answer: Tree, asked: Tree, request: Request, comparison: Comparison) -> Verdict:
    symbols = tuple(name.tree for name in request.vocabulary if isinstance(name.tree, Symbol))
    points = within(DIAGNOSIS_SECONDS, lambda: diagnostic_points(answer, asked, general=request.general), ())
    moment = partial(of_vectors, vocabulary=request.vocabulary)
    case = Case(answer, asked, points, symbols, request.text, request.goal, moment)
    diagnosis = within(DIAGNOSIS_SECONDS, lambda: diagnose(case), None) or Diagnosis("")
    point = comparison.points[-1]
    # Cells that agree by chance at the small numbers differ at the random ones.
    told = points[0] if points else point
    wrong = told.wrong_cells or point.wrong_cells
    is_whole = told.column is None
    cells = cells_of(asked, wrong if is_whole else wrong[:1])  # of one column alone there is no pattern
    example = counterexample(point, answer, asked, request.vocabulary, beside=told)
    key = diagnosis.key or None
    credits = partial_credit(answer, asked, told if is_whole else None, request.weights, general=request.general)
    terms = feedback.terms_of(answer, asked, told) if is_whole else feedback.Terms()
    said = feedback.told(key, diagnosis.facts, example, asked, cells, groups_of(symbols), terms,
                         of_formula=request.of_formula)  # fmt: skip
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


def _repeats_the_name(answer: Tree, asked: Tree) -> bool:
    """Whether the answer is only the name of what was asked: V, or Var(y), where V was to be written out."""
    if isinstance(answer, Symbol):
        compound = answer.definition is not None and bool(symbols_of(answer.definition))
        return compound and answer != asked
    if isinstance(answer, Product) and isinstance(answer.factors[-1], UnitVector) and len(answer.factors) == 3:
        return _repeats_the_name(answer.factors[1], asked)  # V_11
    if isinstance(answer, Variance | Expectation | Covariance):
        return not isinstance(asked, Variance | Expectation | Covariance)
    return False


def _other_form(answer: Tree, asked: Tree) -> Tree | None:
    """The closed form of what was asked, where it has a compact one that the answer does not show."""
    closed = _compact_form(asked)
    return None if closed in (None, answer, asked) else closed


@lru_cache(maxsize=256)
def _compact_form(tree: Tree) -> Tree | None:
    """The closed form of a tree, where a sentence holds it: one question is answered many times."""
    closed = closed_form(tree)
    if (closed.is_scalar and isinstance(closed, Zero)) or any(isinstance(node, Product) for node in walk(closed)):
        return None
    is_long = isinstance(closed, Sum) and len(closed.terms) > 3
    return None if is_long or any(_is_large(node) for node in walk(closed)) else closed


def _is_large(node: Tree) -> bool:
    """Whether a node is a matrix of more entries than a sentence holds."""
    return isinstance(node, Explicit) and len(node.matrix) > LARGEST_INLINE
