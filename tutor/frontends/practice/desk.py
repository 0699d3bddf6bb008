"""The desk of one learner at one prompt: the lesson that lies open, and where its progress is kept."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from tutor.algebra.rules import Derivation
from tutor.bank import bank, holds_exercise, load, load_lesson
from tutor.course import Course, Stop
from tutor.errors import TutorError
from tutor.exercise import Question
from tutor.lesson import Lesson, Practice
from tutor.storage.database import StorageError
from tutor.storage.progress import Progress

REVIEW = "review"
"""The name of the lesson that is made of what is due."""


class NoLessonError(TutorError):
    """A command that needs a lesson, where none lies open."""


@dataclass(slots=True)
class Desk:
    """What lies open. ``variables`` are those of the prompt, which are looked at and never touched.

    ``shown`` is the derivation that was shown last, and ``spoken`` whether everything is put in words.
    """

    variables: Mapping[str, Any] = field(default_factory=dict)
    course: Course | None = None
    shown: Derivation | None = None
    spoken: bool = False
    _progress: Progress | None = None
    _folder: TemporaryDirectory[str] | None = None

    @property
    def progress(self) -> Progress:
        """The progress of the user, opened when it is first needed.

        Where it cannot be kept, as in a folder that may only be read or on a full disk, it is kept for now, and its
        notice says so. Raises StorageError when that cannot be done either.
        """
        if self._progress is None:
            try:
                self._progress = Progress()
            except StorageError as fault:
                self._progress = self._kept_for_now(fault)
        return self._progress

    def _kept_for_now(self, fault: StorageError) -> Progress:
        try:
            self._folder = TemporaryDirectory(prefix="tutor-")
            kept = Progress(Path(self._folder.name) / "progress.sqlite")
        except (OSError, StorageError):
            raise fault from None
        kept.notice = f"{fault} Until then you can go on, and what you do is forgotten when you leave."
        return kept

    @property
    def open_course(self) -> Course:
        """The lesson that lies open. Raises NoLessonError where none does."""
        if self.course is None:
            raise NoLessonError("No lesson is open.", tip="%tutor start opens one.")
        return self.course

    @property
    def question(self) -> Question | None:
        """The question that waits for its answer."""
        return None if self.course is None else self.course.stop.question

    @property
    def asks(self) -> bool:
        """Whether a question waits for its answer."""
        return self.question is not None

    def open(self, name: str, seed: int | None = None) -> Course:
        """Open a lesson, or an exercise by itself, by its name where it was left.

        One that was finished starts anew, with new numbers. With a ``seed`` it starts anew with the variants of that
        seed, the same for all who name it.

        Raises
        ------
        ExerciseError
            When there is no such lesson.
        """
        lesson = self._review() if name == REVIEW else lesson_of(name)
        course = Course(lesson, self.progress)
        is_new = self.progress.place(lesson.name) is None  # its numbers are kept before the first answer
        if is_new or seed is not None or course.stop.is_end or name == REVIEW:
            course.begin_again(seed)
        self.course, self.shown = course, None
        return course

    def close(self) -> Stop | None:
        """Put the lesson away; where the learner stood is kept already."""
        stop = None if self.course is None else self.course.stop
        self.course, self.shown = None, None
        return stop

    def _review(self) -> Lesson:
        due = self.progress.due()
        if not due:
            raise NoLessonError("Nothing is due for repetition.", tip="%tutor progress tells what comes back when.")
        parts = tuple(Practice(item.exercise) for item in due)
        return Lesson("What you knew", "Exercises that went well before, with new numbers.", parts, name=REVIEW)


def lesson_of(name: str) -> Lesson:
    """The lesson of this name or in this file, or one that is made of the exercise of this name or in this file.

    Raises
    ------
    ExerciseError
        When there is neither, or the file is none.
    """
    path = Path(name)
    if path.is_file() and holds_exercise(path):
        name = str(path.resolve())  # by which it is found again
    elif name not in {path.stem for path in bank()}:
        return load_lesson(name)
    return Lesson("One exercise", load(name).about, (Practice(name),), name=name)
