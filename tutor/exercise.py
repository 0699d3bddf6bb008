"""Exercises: a story, a model and questions, written once as a file that makes any number of variants.

An exercise file is Python with one function ``make(rng) -> Exercise``; ``rng`` is a `random.Random` and the only
source of chance, so that a seed names a variant. The file is written by an instructor and is run; what a student
answers never is.
"""

from __future__ import annotations

import importlib.util
import random
import sys
from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any
from zlib import crc32

from tutor.errors import ExerciseError, TutorError, UnknownNameError


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

    ``misconception`` is None where no key fits; the answer has to be judged incorrect all the same.
    """

    answer: str
    misconception: str | None
    say: str


@dataclass(frozen=True, slots=True)
class Question:
    """One question: what is asked, what is right, and what is known of how it goes wrong.

    ``reference`` is a tree of the model, or what else `tutor.check` takes as one. ``also_right`` holds further
    right answers, as text. ``solution`` is a Derivation, or Markdown. ``general`` takes X, Z, G and R as arbitrary
    conformable matrices. ``without`` are names that the answer has to write out: an answer that leaves them is true
    and fails the form. ``on_right`` is said to a right answer in place of the checker's words, which may tell what
    a later question asks. A product that does not exist costs an attempt only with ``shape_costs_attempt``.
    ``attempts`` is how many count, None for as many as one likes. ``room`` is the height in centimetres that a
    worksheet leaves for the answer.
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
    on_right: str = ""
    shape_costs_attempt: bool = False
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


@dataclass(frozen=True, slots=True)
class Exercise:
    """A story, the model that it is about, and its questions; ``name`` and ``seed`` say which variant this is."""

    title: str
    story: str
    questions: tuple[Question, ...]
    model: Any = None
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


Make = Callable[[random.Random], Exercise]


@dataclass(frozen=True, slots=True)
class ExerciseFile:
    """An exercise file that was loaded: its name, where it lies, what it is about, and what makes its variants."""

    name: str
    path: Path
    about: str
    make: Make

    def variant(self, seed: int) -> Exercise:
        """The variant of this seed, the same one on every machine.

        Raises
        ------
        ExerciseError
            When the file fails to make it.
        """
        try:
            made = self.make(random.Random(seed))
        except ExerciseError:
            raise
        except Exception as fault:
            raise ExerciseError(
                f"{self.path.name} could not make variant {seed}: {type(fault).__name__}: {fault}",
                tip="This is a fault of the exercise; tell its author.",
            ) from fault
        if not isinstance(made, Exercise):
            raise ExerciseError(f"make of {self.path.name} gave {type(made).__name__}; an Exercise was expected.")
        return replace(made, name=self.name, seed=seed)


def bank() -> tuple[Path, ...]:
    """The exercise files that come with the package, in alphabetical order."""
    here = Path(__file__).resolve().parent
    # An installed package carries the bank inside; a checkout has it beside.
    for folder in (here / "_exercises", here.parent / "exercises"):
        if folder.is_dir():
            return tuple(sorted(path for path in folder.glob("*.py") if not path.name.startswith("_")))
    return ()


def load(source: str | Path) -> ExerciseFile:
    """Load an exercise by the path of its file, or by its name in the bank.

    The file is run: load only files whose author you trust.

    Raises
    ------
    ExerciseError
        When there is no such exercise, or the file is none.
    """
    path = _find(str(source))
    # dataclasses and pickle look a module up by its name, so the name has to tell equally named files apart.
    module_name = f"exercise_{path.stem}_{crc32(str(path).encode()):08x}"
    spec = importlib.util.spec_from_file_location(module_name, path)
    if spec is None or spec.loader is None:
        raise ExerciseError(f"{path.name} is no exercise file.", tip="An exercise is a Python file, name.py.")
    module = importlib.util.module_from_spec(spec)
    sys.modules[module_name] = module
    try:
        spec.loader.exec_module(module)
    except Exception as fault:
        del sys.modules[module_name]
        if isinstance(fault, TutorError):
            raise
        place = f"line {fault.lineno}: " if isinstance(fault, SyntaxError) and fault.lineno else ""
        told = fault.msg if isinstance(fault, SyntaxError) else f"{type(fault).__name__}: {fault}"
        raise ExerciseError(
            f"{path.name} cannot be loaded: {place}{told}", tip="This is a fault of the exercise; tell its author."
        ) from fault
    make: Make | None = getattr(module, "make", None)
    if make is None or not callable(make):
        raise ExerciseError(f"{path.name} defines no make(rng).", tip="An exercise file has a function make(rng).")
    about = (module.__doc__ or "").strip().partition("\n")[0]
    return ExerciseFile(path.stem, path, about, make)


def _find(source: str) -> Path:
    if Path(source).is_file():
        return Path(source).resolve()
    for path in bank():
        if source in (path.name, path.stem):
            return path
    if source and Path(source).is_dir():
        raise ExerciseError(f"{source} is a folder.", tip="Name one exercise file in it.")
    raise ExerciseError(f"There is no exercise {source!r}.", tip=_known(bank()))


def _known(paths: Iterable[Path]) -> str:
    names = [path.stem for path in paths]
    return f"The bank has: {', '.join(names)}; or give the path of a file." if names else "Give the path of a file."
