"""A learner on the way through a lesson: where they are, what was answered, what helps next. Nothing is printed.

Every answer, hint and move is kept by a `Progress` before the method returns, so that the way can be taken up again
from there by another process.
"""

from __future__ import annotations

import random
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, Literal

from tutor.algebra.rules import Derivation
from tutor.bank import load
from tutor.checking.verdict import Verdict
from tutor.errors import TutorError
from tutor.exercise import Exercise, Hint, Question
from tutor.lesson import Lesson, Page, Practice
from tutor.notation.writing.prose import text_to_latex
from tutor.session import Attempt, Session
from tutor.storage.database import now
from tutor.storage.progress import Kept, Place, Progress

MOST_SEED = 9_999
"""A variant's number is written on worksheets, and should be short."""

MISSES_BEFORE_HINT = 2
MISSES_BEFORE_STEP = 3

Offer = Literal["hint", "first step"]


class NoQuestionError(TutorError):
    """There is no question here: a page to read, or the end of the lesson."""


@dataclass(frozen=True, slots=True)
class Reply:
    """What became of an answer, and what is offered after misses: the next hint, or the worked first step."""

    attempt: Attempt
    offer: Offer | None = None


@dataclass(frozen=True, slots=True)
class Stop:
    """Where a learner stands: at a page, at a question of an exercise, or at the end, which has neither.

    ``number`` of ``of`` counts the questions of the exercise from 1; ``returns`` is whether it had been left open.
    """

    page: Page | None = None
    exercise: Exercise | None = None
    question: Question | None = None
    number: int = 0
    of: int = 0
    returns: bool = False

    @property
    def is_end(self) -> bool:
        """Whether there is nothing left to read or to answer."""
        return self.page is None and self.question is None


class Course:
    """One learner in one lesson.

    Raises
    ------
    ExerciseError
        When an exercise of the lesson cannot be loaded.
    StorageError
        When the progress cannot be read or written; each method that moves or answers raises it too.
    """

    __slots__ = ("_at", "_last", "_returning", "_rng", "_seeds", "_sessions", "lesson", "progress")

    def __init__(self, lesson: Lesson, progress: Progress, rng: random.Random | None = None) -> None:
        self.lesson = lesson
        self.progress = progress
        self._rng = rng or random.SystemRandom()
        self._sessions: dict[str, Session] = {}
        self._last: tuple[Question, Attempt] | None = None
        self._returning = False
        place = progress.place(lesson.name)
        self._seeds = {} if place is None else dict(place.seeds)
        self._at = (0, 0) if place is None else (min(place.part, len(lesson.parts)), place.question)

    # Where the learner is

    @property
    def stop(self) -> Stop:
        """Where the learner stands."""
        part, number = self._at
        if part >= len(self.lesson.parts):
            return Stop()
        here = self.lesson.parts[part]
        if isinstance(here, Page):
            return Stop(page=here)
        exercise = self.session(here).exercise
        # An exercise that was changed since may have fewer questions.
        number = min(number, len(exercise.questions) - 1)
        question = exercise.questions[number]
        return Stop(None, exercise, question, number + 1, len(exercise.questions), self._returning)

    @property
    def last(self) -> tuple[Question, Attempt] | None:
        """The question that was answered last in this process, and the attempt."""
        return self._last

    def session(self, practice: Practice) -> Session:
        """The session of an exercise of the lesson, with all that was done at this variant before."""
        name = practice.exercise
        if name not in self._sessions:
            if name not in self._seeds:
                self._seeds[name] = self._rng.randint(1, MOST_SEED)
            session = Session(load(name).variant(self._seeds[name]))
            kept = self.progress.answers(session.exercise.name, self._seeds[name])
            hints = self.progress.helped(session.exercise.name, self._seeds[name], "hint")
            session.restore(_attempts(kept), hints)
            self._sessions[name] = session
        return self._sessions[name]

    def missing(self, exercise: Exercise | None = None) -> tuple[str, ...]:
        """What an exercise builds on and did not go well yet: names of exercises; without one, what those of the
        lesson build on outside of it."""
        inside = [part for part in self.lesson.parts if isinstance(part, Practice)]
        exercises = [self.session(part).exercise for part in inside] if exercise is None else [exercise]
        schedule = self.progress.schedule()
        names = dict.fromkeys(name for each in exercises for name in each.prerequisites)
        left_out = {part.exercise for part in inside} if exercise is None else set[str]()
        return tuple(
            name for name in names if name not in left_out and not (name in schedule and schedule[name].mastered)
        )

    def is_closed(self, practice: Practice, question: Question) -> bool:
        """Whether a question is done with: answered, its solution shown, or no attempt left."""
        session = self.session(practice)
        exhausted = question.attempts is not None and session.attempts_used(question.key) >= question.attempts
        return session.solved(question.key) or exhausted or question.key in self._shown(session)

    def open_questions(self) -> Iterator[tuple[int, int]]:
        """Part and number of each question that is not done with, in order."""
        for part, practice in enumerate(self.lesson.parts):
            if isinstance(practice, Practice):
                for number, question in enumerate(self.session(practice).exercise.questions):
                    if not self.is_closed(practice, question):
                        yield part, number

    # What the learner does

    def answer(self, answer: Any) -> Reply:
        """Judge an answer to the question at which the learner stands, and keep it.

        Raises
        ------
        NoQuestionError
            At a page, and at the end.
        NoAttemptsLeftError
            When the question allows no further attempt.
        """
        practice, session, question = self._here()
        attempt = session.answer(question.key, answer)
        self._last = (question, attempt)
        if attempt.fault is None:
            self.progress.add_answer(_kept(session.exercise, attempt))
        self._close(practice)
        return Reply(attempt, self._offer(session, question) if attempt.counted else None)

    def hint(self) -> Hint | None:
        """The next hint to the question, or None when all were given. Raises NoQuestionError as `answer`."""
        _, session, question = self._here()
        hint = session.hint(question.key)
        if hint is not None:
            self._keep_help(session, question, "hint")
        return hint

    def solution(self) -> Any:
        """The worked solution, a Derivation, a tree or Markdown; the question is done with after it.

        Raises
        ------
        NoQuestionError
            At a page, and at the end.
        """
        practice, session, question = self._here()
        if not self.is_closed(practice, question):
            self._keep_help(session, question, "solution")
            self._close(practice)
        return question.solution

    def first_step(self) -> Any:
        """How the worked solution begins: its first line with its reason, or its first sentence.

        Of a derivation of one line only the reason is told, for the line itself is the answer.
        """
        _, _, question = self._here()
        solution = question.solution
        if isinstance(solution, Derivation):
            if len(solution) == 1 and solution.steps[0].reason:
                return f"It takes one step: {text_to_latex(solution.steps[0].reason)}."
            return Derivation(solution.goal, solution.steps[:1])
        return solution if not isinstance(solution, str) else _first_sentence(solution)

    def skip(self) -> Stop:
        """Leave the question for later, and go on; it comes back when the rest is done."""
        _, session, question = self._here()
        self._keep_help(session, question, "skip")
        return self.next()

    def next(self) -> Stop:
        """Go on to the next page or question that is not done with; after the last to the first that was left open."""
        rest = [stop for stop in self._all_after(self._at) if self._is_open(stop)]
        if rest and not self._returning:
            return self._move(rest[0])
        left = list(self.open_questions())
        self._returning = bool(left)
        after = [stop for stop in left if stop > self._at]
        return self._move((after or left or [(len(self.lesson.parts), 0)])[0])

    def back(self) -> Stop:
        """Go back to the page or question before; at the first, stay there."""
        before = [stop for stop in self._all_stops() if stop < self._at]
        self._returning = False
        return self._move(before[-1] if before else self._at)

    def draw_again(self) -> Stop:
        """Ask the exercise at which the learner stands with new numbers. Raises NoQuestionError as `answer`."""
        practice, _, _ = self._here()
        old = self._seeds[practice.exercise]
        while self._seeds[practice.exercise] == old:
            self._seeds[practice.exercise] = self._rng.randint(1, MOST_SEED)
        del self._sessions[practice.exercise]
        self._last = None
        return self._move((self._at[0], 0))

    def begin_again(self, seed: int | None = None) -> Stop:
        """Start the lesson anew, with new numbers throughout: those of a variant, if its ``seed`` is told."""
        practices = [part.exercise for part in self.lesson.parts if isinstance(part, Practice)]
        self._seeds = {} if seed is None else dict.fromkeys(practices, seed)
        self._sessions.clear()
        self._last, self._returning = None, False
        return self._move((0, 0))

    # Inside

    def _here(self) -> tuple[Practice, Session, Question]:
        stop = self.stop
        if stop.question is None:
            at_end = "The lesson is finished." if stop.is_end else "This is a page to read."
            raise NoQuestionError(f"{at_end} There is no question here.", tip=None if stop.is_end else "Go on to next.")
        practice = self.lesson.parts[self._at[0]]
        assert isinstance(practice, Practice)
        return practice, self.session(practice), stop.question

    def _move(self, to: tuple[int, int]) -> Stop:
        self._at = to
        stop = self.stop  # which draws a seed where there was none
        self.progress.set_place(Place(self.lesson.name, *to, dict(self._seeds)))
        return stop

    def _all_stops(self) -> Iterator[tuple[int, int]]:
        for part, here in enumerate(self.lesson.parts):
            questions = self.session(here).exercise.questions if isinstance(here, Practice) else (None,)
            yield from ((part, number) for number in range(len(questions)))

    def _all_after(self, at: tuple[int, int]) -> Iterator[tuple[int, int]]:
        return (stop for stop in self._all_stops() if stop > at)

    def _is_open(self, stop: tuple[int, int]) -> bool:
        here = self.lesson.parts[stop[0]]
        return isinstance(here, Page) or not self.is_closed(here, self.session(here).exercise.questions[stop[1]])

    def _shown(self, session: Session) -> dict[str, int]:
        return self.progress.helped(session.exercise.name, _seed(session), "solution")

    def _keep_help(self, session: Session, question: Question, kind: Literal["hint", "solution", "skip"]) -> None:
        self.progress.add_help(session.exercise.name, _seed(session), question.key, kind)

    def _offer(self, session: Session, question: Question) -> Offer | None:
        misses = 0  # since the last right answer
        for attempt in reversed(session.attempts(question.key)):
            if attempt.verdict.correct and attempt.verdict.form is None:
                break
            misses += attempt.counted
        more_hints = session.hints_given(question.key) < len(question.hints)
        if misses < MISSES_BEFORE_HINT or not (more_hints or question.solution):
            return None
        if misses >= MISSES_BEFORE_STEP and question.solution:
            return "first step"
        return "hint" if more_hints else None

    def _close(self, practice: Practice) -> None:
        """Keep the round when the last question of an exercise is done with."""
        session = self.session(practice)
        name, seed = session.exercise.name, _seed(session)
        done = all(self.is_closed(practice, question) for question in session.exercise.questions)
        if done and not self.progress.has_round(name, seed):
            self.progress.add_round(name, seed, session.score / session.exercise.points)


def _seed(session: Session) -> int:
    seed = session.exercise.seed
    assert seed is not None
    return seed


def _kept(exercise: Exercise, attempt: Attempt) -> Kept:
    verdict = attempt.verdict
    return Kept(
        now(), exercise.name, exercise.seed or 0, attempt.question, str(attempt.answer), verdict.outcome,
        verdict.score, verdict.misconception, verdict.form, verdict.feedback, attempt.counted,
    )  # fmt: skip


def _attempts(kept: tuple[Kept, ...]) -> Iterator[Attempt]:
    used: dict[str, int] = {}
    for answer in kept:
        used[answer.question] = used.get(answer.question, 0) + answer.counted
        outcome: Any = answer.outcome
        verdict = Verdict(
            outcome, answer.score, answer.misconception, form=answer.form, feedback=answer.feedback,
            costs_attempt=answer.counted,
        )  # fmt: skip
        yield Attempt(answer.question, answer.answer, verdict, answer.counted, used[answer.question])


def _first_sentence(text: str) -> str:
    """The text up to its first full stop outside mathematics."""
    inside = False
    for place, letter in enumerate(text):
        inside ^= letter == "$"
        if letter in ".:" and not inside and text[place + 1 : place + 2].isspace():
            return text[: place + 1]
    return text
