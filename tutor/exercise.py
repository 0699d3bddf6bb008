"""Exercises: a story, a model and questions, written once as a file that makes any number of variants.

`tutor.bank` finds and loads the files.
"""

from __future__ import annotations

import random
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from tutor.algebra.rules import Derivation
from tutor.checking.check import vocabulary_for_reference
from tutor.checking.kinds.choices import Choice
from tutor.errors import ExerciseError, UnknownNameError
from tutor.notation.write import write


@dataclass(frozen=True, slots=True)
class Hint:
    """One step of help: Markdown with $…$ mathematics, and the share of the points that it costs, in [0, 1]."""

    text: str
    cost: float = 0.0

    def __post_init__(self) -> None:
        if not 0 <= self.cost <= 1:
            raise ExerciseError(f"A hint costs {self.cost} of the points; a share in [0, 1] was expected.")


@dataclass(frozen=True, slots=True)
class Mistake:
    """A wrong answer to expect: its text, the key of the misconception behind it, and what to say to it.

    ``misconception`` is None where no key fits; the answer has to be judged incorrect all the same. ``say`` is text
    with its formulas in Unicode, β_0 + β_1, as all feedback.
    """

    answer: str
    misconception: str | None
    say: str


@dataclass(frozen=True, slots=True)
class Question:
    """One question: what is asked, what is right, and what is known of how it goes wrong.

    ``reference`` is a tree of the model, or what else `tutor.check` takes as one. ``also_right`` holds further
    right answers, as text. ``solution`` is a Derivation, or Markdown. ``general`` takes X, Z, G and R as arbitrary
    conformable matrices. ``without`` are names, or expressions as V^-1, that the answer has to write out: an answer
    that leaves them is true and fails the form. ``up_to`` is what is left free, ``form`` what is demanded of the form,
    and ``weights`` are the shares of the parts of an answer: see `tutor.check`. ``on_right`` is said to a right answer
    in place of the checker's words, which may tell what a later question asks. A product that does not exist costs an
    attempt only with ``shape_costs_attempt``; with ``hide_shape`` no feedback tells the shape of what was asked for.
    ``attempts`` is how many count, None for as many as one likes. ``room``
    is the height in centimetres that a worksheet leaves for the answer.
    """

    key: str
    prompt: str
    reference: Any
    points: float = 1.0
    hints: tuple[Hint, ...] = ()
    solution: Any = ""
    also_right: tuple[str, ...] = ()
    mistakes: tuple[Mistake, ...] = ()
    vocabulary: Any = None
    general: bool = False
    without: tuple[str, ...] = ()
    up_to: str | tuple[str, ...] = ()
    form: str | tuple[str, ...] = ()
    weights: Mapping[str, float] | None = field(default=None, hash=False)
    on_right: str = ""
    shape_costs_attempt: bool = False
    hide_shape: bool = False
    attempts: int | None = None
    room: float = 4.0

    def __post_init__(self) -> None:
        if not self.key.isidentifier():
            raise ExerciseError(f"The key of a question is a name such as q1, not {self.key!r}.")
        if not self.points > 0:
            raise ExerciseError(f"Question {self.key} gives {self.points} points; a positive number was expected.")
        if self.attempts is not None and self.attempts < 1:
            raise ExerciseError(f"Question {self.key} allows {self.attempts} attempts; one or more were expected.")
        if sum(hint.cost for hint in self.hints) > 1:
            raise ExerciseError(f"The hints of question {self.key} cost more than all of its points.")

    @classmethod
    def from_derivation(cls, key: str, derivation: Derivation, **more: Any) -> Question:
        """A question that a derivation answers: it asks for the goal, its last line is right, and its lines are the
        solution. ``more`` are other fields, as ``hints``; a ``prompt`` stands in place of "What is …?".

        Raises
        ------
        ExerciseError
            For a last line that is rounded, without a ``reference`` that tells how exact an answer has to be.

        >>> from tutor import rcbd
        >>> m = rcbd(treatments=2, blocks=3)
        >>> question = Question.from_derivation("q1", m.derive("Var(y_11)"), mistakes=(
        ...     Mistake("σ²", "missing-random", "Does the block vary too?"),))
        >>> print(question.reference)
        σ² + σ²_u
        """
        if "reference" not in more and any(step.relation == "≈" for step in derivation.steps):
            raise ExerciseError(
                f"The derivation of question {key} ends with a number that is rounded.",
                tip="Say how exact an answer has to be: reference=Rounded(value, decimals=2).",
            )
        asked = {
            "reference": derivation.result,
            "prompt": f"What is ${write(derivation.goal)}$?",
            "solution": derivation,
            "vocabulary": vocabulary_for_reference(derivation),
            "room": 2.5,
        }
        return cls(key=key, **{**asked, **more})

    @classmethod
    def from_options(
        cls,
        key: str,
        prompt: str,
        rng: random.Random,
        *,
        right: tuple[str, ...],
        wrong: Mapping[str, str | tuple[str, str]],
        **more: Any,
    ) -> Question:
        """A question with options to choose among, in an order that ``rng`` draws.

        ``right`` are the right ones; ``wrong`` are the others, each with what to say to a student who chooses it, or
        with two things: the key of the misconception behind it, and what to say. The texts are Markdown with $…$
        mathematics. ``more`` are other fields, as ``hints`` and ``solution``.

        >>> question = Question.from_options("q1", "What is E(y)?", random.Random(1), right=("Xβ",), wrong={
        ...     "Xβ + Zu": ("random-in-mean", "What is the mean of u?"), "Zu": "Where are the fixed effects?"})
        >>> sorted(mistake.misconception for mistake in question.mistakes)
        ['option-wrong', 'random-in-mean']
        """
        options = rng.sample([*right, *wrong], len(right) + len(wrong))
        slips = {option: ("", said) if isinstance(said, str) else said for option, said in wrong.items()}
        feedback: dict[str | int, str] = {option: say for option, (_, say) in slips.items()}
        misconceptions: dict[str | int, str] = {option: named for option, (named, _) in slips.items() if named}
        choice = Choice(tuple(options), right=right, feedback=feedback, misconceptions=misconceptions)
        mistakes = tuple(
            Mistake(choice.letter(place), slips[option][0] or "option-wrong", slips[option][1])
            for place, option in enumerate(options)
            if option in slips
        )
        return cls(key=key, prompt=prompt, reference=choice, **{"mistakes": mistakes, "room": 1.0, **more})

    @property
    def asked(self) -> str:
        """The prompt, and below it the options of a choice, each after its letter; Markdown."""
        if not isinstance(self.reference, Choice):
            return self.prompt
        options = (f"({self.reference.letter(place)}) {text}" for place, text in enumerate(self.reference.options))
        return self.prompt + "\n\n" + "  \n".join(options)


@dataclass(frozen=True, slots=True)
class Exercise:
    """A story, the model that it is about, and its questions; ``name`` and ``seed`` say which variant this is.

    ``tags`` say what it is about, in words by which it is found; ``prerequisites`` are the names of exercises of the
    bank that come before it.
    """

    title: str
    story: str
    questions: tuple[Question, ...]
    model: Any = None
    tags: tuple[str, ...] = ()
    prerequisites: tuple[str, ...] = ()
    name: str = ""
    seed: int | None = None

    def __post_init__(self) -> None:
        if not self.questions:
            raise ExerciseError(f"The exercise {self.title!r} asks nothing.")
        keys = [question.key for question in self.questions]
        for key in keys:
            if keys.count(key) > 1:
                raise ExerciseError(f"The exercise {self.title!r} has {keys.count(key)} questions {key}.")

    @property
    def points(self) -> float:
        """The points of all questions together."""
        return sum(question.points for question in self.questions)

    def question(self, key: str) -> Question:
        """The question of this key.

        Raises
        ------
        UnknownNameError
            When there is none.
        """
        for question in self.questions:
            if question.key == key:
                return question
        raise UnknownNameError("The question", key, [question.key for question in self.questions])
