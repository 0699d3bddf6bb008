"""One learner at one exercise: answers are judged, hints given, points counted. Nothing is printed or stored."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from typing import Any

from tutor.algebra.budget import within
from tutor.algebra.rules import Derivation
from tutor.algebra.tree import Tree
from tutor.checking.check import check, read_reference, vocabulary_for_reference
from tutor.checking.judge import written
from tutor.checking.limits import asked_at, judged_within_limits, report
from tutor.checking.verdict import Verdict
from tutor.errors import TutorError
from tutor.exercise import Exercise, Hint, Mistake, Question
from tutor.notation.read import Reading
from tutor.notation.vocabulary import Vocabulary
from tutor.notation.write import DialectName

_OUR_FAULT = Verdict(
    "undecided",
    feedback="This answer could not be judged. The fault is ours and costs you nothing; show it to your instructor.",
    costs_attempt=False,
)

MISTAKES_SECONDS = 0.6
"""What holding an answer against the mistakes that are expected may take: it is wrong without them as well."""


class NoAttemptsLeftError(TutorError):
    """A question that allows a number of attempts, all of which are used."""


@dataclass(frozen=True, slots=True)
class Attempt:
    """One answer and what became of it.

    ``number`` counts the attempts that were used, this one included where it is ``counted``. ``fault`` is an error
    of ours: the answer was not judged, and costs nothing.
    """

    question: str
    answer: Any
    verdict: Verdict
    counted: bool
    number: int
    fault: Exception | None = None

    def to_dict(self) -> dict[str, object]:
        """The attempt as JSON-ready data."""
        told: dict[str, object] = {
            "question": self.question,
            "answer": self.answer if isinstance(self.answer, str | int | float | list) else str(self.answer),
            "counted": self.counted,
            **self.verdict.to_dict(),
        }
        if self.fault is not None:
            told["fault"] = f"{type(self.fault).__name__}: {self.fault}"
        return told


class Session:
    """The course of one learner through one exercise."""

    __slots__ = ("_attempts", "_hints", "exercise")

    def __init__(self, exercise: Exercise) -> None:
        self.exercise = exercise
        self._attempts: list[Attempt] = []
        self._hints: dict[str, int] = {}

    def answer(self, key: str, answer: Any) -> Attempt:
        """Judge an answer to the question of this key: text, a tree, SymPy, NumPy or nested lists.

        Raises
        ------
        UnknownNameError
            When there is no such question.
        NoAttemptsLeftError
            When the question allows no further attempt.
        """
        question = self.exercise.question(key)
        used = self.attempts_used(key)
        if question.attempts is not None and used >= question.attempts:
            raise NoAttemptsLeftError(f"Question {key} allows {question.attempts} attempts, and all are used.")
        with asked_at(exercise=self.exercise.name, seed=self.exercise.seed, question=key):
            attempt = self._judged(question, answer, used)
        self._attempts.append(attempt)
        return attempt

    def _judged(self, question: Question, answer: Any, used: int) -> Attempt:
        try:
            verdict = judge(question, answer)
        except Exception as fault:  # gradethis' third outcome: whatever breaks in here is no fault of the learner
            report(answer, question.reference, f"{type(fault).__name__}: {fault}")
            return Attempt(question.key, answer, _OUR_FAULT, False, used, fault)
        return Attempt(question.key, answer, verdict, verdict.costs_attempt, used + verdict.costs_attempt)

    def hint(self, key: str) -> Hint | None:
        """The next hint to a question, or None when all are given. What it costs is taken from the points."""
        question = self.exercise.question(key)
        given = self._hints.get(key, 0)
        if given >= len(question.hints):
            return None
        self._hints[key] = given + 1
        return question.hints[given]

    def restore(self, attempts: Iterable[Attempt], hints: Mapping[str, int]) -> None:
        """Take up what was done before: the answers as they were judged then, and the hints given by question."""
        self._attempts = list(attempts)
        self._hints = dict(hints)

    def hints_given(self, key: str) -> int:
        """How many hints to a question were given."""
        return self._hints.get(key, 0)

    def attempts(self, key: str) -> tuple[Attempt, ...]:
        """The answers to a question so far, in the order given."""
        self.exercise.question(key)
        return tuple(attempt for attempt in self._attempts if attempt.question == key)

    def attempts_used(self, key: str) -> int:
        """How many answers to a question counted."""
        return sum(attempt.counted for attempt in self.attempts(key))

    def points(self, key: str) -> float:
        """The points earned at a question: its best answer's, less what the hints cost."""
        question = self.exercise.question(key)
        best = max((attempt.verdict.score for attempt in self.attempts(key)), default=0.0)
        cost = sum(hint.cost for hint in question.hints[: self._hints.get(key, 0)])
        return question.points * best * (1 - cost)

    @property
    def score(self) -> float:
        """The points earned at all questions together."""
        return sum(self.points(question.key) for question in self.exercise.questions)

    def solved(self, key: str) -> bool:
        """Whether the question has a right answer."""
        return solved(self.attempts(key))

    @property
    def all_right(self) -> bool:
        """Whether each question has a right answer."""
        return all(self.solved(question.key) for question in self.exercise.questions)

    def to_dict(self) -> dict[str, object]:
        """The whole course as JSON-ready data."""
        return {
            "exercise": self.exercise.name,
            "title": self.exercise.title,
            "seed": self.exercise.seed,
            "score": self.score,
            "out_of": self.exercise.points,
            "questions": [
                {
                    "question": question.key,
                    "points": self.points(question.key),
                    "out_of": question.points,
                    "hints": self._hints.get(question.key, 0),
                    "attempts": [attempt.to_dict() for attempt in self.attempts(question.key)],
                }
                for question in self.exercise.questions
            ],
        }


def judge(question: Question, answer: Any) -> Verdict:
    """The verdict on one answer to one question; see `tutor.check` for what it decides.

    A wrong answer is held against the mistakes that the question expects: what its author says asks better than the
    checker, which knows no story, and names the slip where the checker cannot. All of it has the time of one verdict.
    """
    return judged_within_limits(lambda: _judged(question, answer), answer, question.reference)


def _judged(question: Question, answer: Any) -> Verdict:
    vocabulary = vocabulary_for(question)
    verdict = check(
        answer,
        question.reference,
        vocabulary=vocabulary,
        general=question.general,
        shape_costs_attempt=question.shape_costs_attempt,
        hide_shape=question.hide_shape,
        up_to=question.up_to,
        form=question.form,
        without=question.without,
        weights=question.weights,
        goal=_goal(question),
    )
    if verdict.outcome == "correct" and question.on_right and verdict.form is None:
        return replace(verdict, feedback=question.on_right)
    if verdict.outcome == "incorrect":
        mistake = within(MISTAKES_SECONDS, lambda: _expected_mistake(question, answer, vocabulary), None)
        if mistake is not None:
            return _said(verdict, mistake)
    return verdict


def _goal(question: Question) -> Tree | None:
    """What a question asks for, where its reference is what a derivation makes of it."""
    way = question.solution
    return way.goal if isinstance(way, Derivation) and way.result == question.reference else None


def _said(verdict: Verdict, mistake: Mistake) -> Verdict:
    """The verdict on a mistake that was expected, in its author's words; what the checker has seen of it stays."""
    if verdict.misconception is None:
        return replace(verdict, misconception=mistake.misconception, feedback=f"Not yet. {mistake.say}")
    *seen, question = verdict.feedback.split("\n")
    if not seen or not question.endswith("?") or mistake.say in verdict.feedback:
        return verdict
    return replace(verdict, feedback="\n".join((*seen, mistake.say)))


def vocabulary_for(question: Question) -> Vocabulary:
    """The names that an answer to a question may use: those it gives, or those of the model of its reference.

    A reference in numbers has no names, so that only numbers answer it.
    """
    return vocabulary_for_reference(question.reference) if question.vocabulary is None else question.vocabulary


def written_reference(question: Question, dialect: DialectName = "latex") -> str:
    """The reference of a question as an answer that is right, in one dialect.

    Raises
    ------
    TutorError
        When it is no reference at all.
    """
    reference = question.reference
    if isinstance(reference, str):
        reference = read_reference(reference, vocabulary_for(question))
    if isinstance(reference, Reading) and reference.tree is not None:
        reference = reference.tree
    return written(reference, dialect)


def solved(attempts: Iterable[Attempt]) -> bool:
    """Whether one of the attempts is right, in value and in form."""
    return any(attempt.verdict.outcome == "correct" and attempt.verdict.form is None for attempt in attempts)


def _expected_mistake(question: Question, answer: Any, vocabulary: Vocabulary) -> Mistake | None:
    for mistake in question.mistakes:
        if isinstance(answer, str) and answer.strip() == mistake.answer.strip():
            return mistake
        try:
            same = check(answer, mistake.answer, vocabulary=vocabulary, general=question.general).correct
        except TutorError:
            continue  # a mistake may be a product that does not exist, which nothing can equal
        if same:
            return mistake
    return None
