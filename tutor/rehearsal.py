"""An exercise tried against its own declarations, variant by variant, before a student meets it."""

from __future__ import annotations

from collections.abc import Hashable, Iterator
from dataclasses import dataclass, replace
from typing import Any

from tutor.algebra.rules import Derivation
from tutor.algebra.tree import Tree
from tutor.checking.lines.judging import Lines
from tutor.errors import TutorError
from tutor.exercise import Exercise, Question
from tutor.notation.read import names_of
from tutor.notation.write import latex
from tutor.session import judge, written_reference


@dataclass(frozen=True, slots=True)
class Failure:
    """A declaration that did not come out: which answer, what was expected of it, and what came.

    Without an ``answer`` it is the exercise or the question itself that is at fault, and ``came`` says how.
    """

    exercise: str
    seed: int | None
    question: str
    answer: str
    expected: str
    came: str

    def __str__(self) -> str:
        place = ", ".join(filter(None, (self.exercise, f"variant {self.seed}", self.question)))
        if not self.answer:
            return f"{place}: {self.came}"
        return f"{place}: {self.answer!r} should be {self.expected}, and came out {self.came}."

    def to_dict(self) -> dict[str, object]:
        """The failure as JSON-ready data."""
        return {
            "exercise": self.exercise,
            "seed": self.seed,
            "question": self.question,
            "answer": self.answer,
            "expected": self.expected,
            "came": self.came,
        }


def rehearse(exercise: Exercise, known: set[Hashable] | None = None) -> tuple[Failure, ...]:
    """What fails of an exercise's declarations: right answers are accepted, each mistake is refused for its reason.

    A question that is equal to one of ``known`` is judged as that one was, and left out; the others join them.
    """
    asked = {_with_names(question): question for question in exercise.questions}
    if known is not None:
        asked = {key: question for key, question in asked.items() if key not in known}
        known.update(asked)
    return tuple(failure for question in asked.values() for failure in _failures(exercise, question))


def _with_names(question: Question) -> Hashable:
    """The question, and its vocabulary as names with what they stand for: those of two models are never equal."""
    if question.vocabulary is None:
        return question
    return replace(question, vocabulary=None), frozenset(
        (name.key, name.tree) for name in names_of(question.vocabulary)
    )


def _failures(exercise: Exercise, question: Question) -> Iterator[Failure]:
    try:
        right = list(right_answers(question))
    except TutorError as fault:
        came = f"The reference or the solution is none. {fault}"
        yield Failure(exercise.name, exercise.seed, question.key, "", "a reference", came)
        return
    for answer in right:
        came = _outcome(question, answer)
        if came != "correct":
            yield Failure(exercise.name, exercise.seed, question.key, str(answer), "correct", came)
    for mistake in question.mistakes:
        expected = "incorrect" if mistake.misconception is None else f"incorrect: {mistake.misconception}"
        came = _outcome(question, mistake.answer)
        if came != expected and not (mistake.misconception is None and came.startswith("incorrect")):
            yield Failure(exercise.name, exercise.seed, question.key, mistake.answer, expected, came)


def right_answers(question: Question) -> Iterator[Any]:
    """What has to be accepted: the reference as it is written where its form will do, the solution's result, and
    what is declared to be right as well."""
    if not question.without and not question.form:
        yield written_reference(question)
    if isinstance(question.reference, Lines):
        pass  # the result alone is no derivation
    elif isinstance(question.solution, Derivation):
        yield latex(question.solution.result)
    elif isinstance(question.solution, Tree):
        yield latex(question.solution)
    yield from question.also_right


def _outcome(question: Question, answer: Any) -> str:
    try:
        verdict = judge(question, answer)
    except Exception as fault:  # which a learner would be told is ours
        return f"an error: {type(fault).__name__}: {fault}"
    if verdict.outcome == "correct":
        return "correct" if verdict.form is None else f"correct, in the wrong form ({verdict.form})"
    return verdict.outcome if verdict.misconception is None else f"{verdict.outcome}: {verdict.misconception}"
