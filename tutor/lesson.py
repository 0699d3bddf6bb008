"""A lesson: pages to read and exercises to work, in the order in which a learner meets them."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from tutor.errors import ExerciseError


@dataclass(frozen=True, slots=True)
class Page:
    """Something to read, at most a screen of it.

    ``text`` is Markdown with $…$ mathematics. ``shown`` is what stands below it: a derivation, a tree, a model or
    anything else that has a notation. ``picture`` draws a matplotlib figure, for displays that can show one.
    """

    title: str
    text: str
    shown: Any = None
    picture: Callable[[], Any] | None = None

    def __post_init__(self) -> None:
        if not self.title.strip() or not self.text.strip():
            raise ExerciseError("A page has a title and a text.")


@dataclass(frozen=True, slots=True)
class Practice:
    """An exercise to work, by its name in the bank or the path of its file."""

    exercise: str


@dataclass(frozen=True, slots=True)
class Lesson:
    """Pages and practice under one title; ``day`` is the day of the course, ``name`` what a learner types."""

    title: str
    about: str
    parts: tuple[Page | Practice, ...]
    day: int = 1
    name: str = ""

    def __post_init__(self) -> None:
        if not any(isinstance(part, Practice) for part in self.parts):
            raise ExerciseError(f"The lesson {self.title!r} has no exercise: reading has to lead to doing.")
        exercises = [part.exercise for part in self.parts if isinstance(part, Practice)]
        for exercise in exercises:
            if exercises.count(exercise) > 1:
                raise ExerciseError(f"The lesson {self.title!r} has the exercise {exercise} twice.")
