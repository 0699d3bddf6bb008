"""The bank: files of exercises and of lessons, found by name and loaded.

An exercise file is Python with one function ``make(rng) -> Exercise``; ``rng`` is a `random.Random` and the only
source of chance, so that a seed names a variant. A lesson file has one function ``make() -> Lesson``. The files are
written by an instructor and are run; what a student answers never is.
"""

from __future__ import annotations

import ast
import importlib.util
import random
import sys
from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path
from traceback import extract_tb
from types import ModuleType
from zlib import crc32

from tutor.errors import ExerciseError, TutorError, nearest
from tutor.exercise import Exercise
from tutor.lesson import Lesson

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
                f"{self.path.name} could not make variant {seed}: {_told(fault, self.path)}",
                tip=_FAULT,
            ) from fault
        if not isinstance(made, Exercise):
            raise ExerciseError(f"make of {self.path.name} gave {type(made).__name__}; an Exercise was expected.")
        return replace(made, name=self.name, seed=seed)


@dataclass(frozen=True, slots=True)
class LessonFile:
    """A lesson file, not yet run: its name without the number that orders it, where it lies, what it is about."""

    name: str
    path: Path
    about: str

    def lesson(self) -> Lesson:
        """The lesson. Raises ExerciseError when the file fails to make it."""
        make = getattr(_module(self.path, "lesson"), "make", None)
        if make is None or not callable(make):
            raise ExerciseError(f"{self.path.name} defines no make().", tip="A lesson file has a function make().")
        try:
            made = make()
        except TutorError:
            raise
        except Exception as fault:
            raise ExerciseError(
                f"{self.path.name} could not make its lesson: {_told(fault, self.path)}",
                tip=_FAULT,
            ) from fault
        if not isinstance(made, Lesson):
            raise ExerciseError(f"make of {self.path.name} gave {type(made).__name__}; a Lesson was expected.")
        return replace(made, name=self.name)


def _told(fault: Exception, path: Path) -> str:
    """What broke in a file, and the line of it where that came up."""
    if isinstance(fault, SyntaxError):
        line, told = fault.lineno, fault.msg
    else:
        lines = [frame.lineno for frame in extract_tb(fault.__traceback__) if frame.filename == str(path)]
        line, told = lines[-1] if lines else None, f"{type(fault).__name__}: {fault}"
    return f"{told}." if line is None else f"line {line}: {told}."


_FAULT = "This is a fault of the exercise; tell its author."


def bank() -> tuple[Path, ...]:
    """The exercise files that come with the package, in alphabetical order."""
    return _files(_folder())


def lessons() -> tuple[LessonFile, ...]:
    """The lessons that come with the package, in the order of the course; none of them is run."""
    folder = _folder()
    return () if folder is None else tuple(map(_lesson_file, _files(folder / "lessons")))


def load_lesson(source: str | Path) -> Lesson:
    """A lesson by its name in the bank, or by the path of its file.

    Raises
    ------
    ExerciseError
        When there is no such lesson, or the file is none.
    """
    if Path(source).is_file():
        path = Path(source).resolve()
        # Outside the bank a lesson is known by its path, so that it is found again.
        return replace(_lesson_file(path).lesson(), name=str(path))
    for file in lessons():
        if str(source) in (file.name, file.path.name, file.path.stem):
            return file.lesson()
    names = [file.name for file in lessons()]
    near = nearest(str(source), [*names, *(path.stem for path in bank())])
    raise ExerciseError(
        f"There is no lesson or exercise {str(source)!r}.",
        tip=f"Did you mean {near}?" if near else f"The lessons are {', '.join(names)}.",
    )


def holds_exercise(path: Path) -> bool:
    """Whether a file is one of an exercise, whose make takes a generator, and not of a lesson; it is not run."""
    try:
        body = ast.parse(path.read_text(encoding="utf-8")).body
    except (OSError, SyntaxError, ValueError):
        return False  # what is wrong with it is told when it is run
    made = [node.args for node in body if isinstance(node, ast.FunctionDef) and node.name == "make"]
    return any(arguments.posonlyargs or arguments.args for arguments in made)


def _folder() -> Path | None:
    here = Path(__file__).resolve().parent
    # An installed package carries the bank inside; a checkout has it beside.
    return next((folder for folder in (here / "_exercises", here.parent / "exercises") if folder.is_dir()), None)


def _files(folder: Path | None) -> tuple[Path, ...]:
    if folder is None:
        return ()
    return tuple(sorted(path for path in folder.glob("*.py") if not path.name.startswith("_")))


def _lesson_file(path: Path) -> LessonFile:
    try:
        told = ast.get_docstring(ast.parse(path.read_text(encoding="utf-8"))) or ""
    except (OSError, SyntaxError, ValueError):
        told = ""  # what is wrong with it is told when it is run
    return LessonFile(path.stem.lstrip("0123456789_"), path, told.partition("\n")[0])


def load(source: str | Path) -> ExerciseFile:
    """Load an exercise by the path of its file, or by its name in the bank.

    The file is run: load only files whose author you trust.

    Raises
    ------
    ExerciseError
        When there is no such exercise, or the file is none.
    """
    path = _find(str(source))
    module = _module(path, "exercise")
    make: Make | None = getattr(module, "make", None)
    if make is None or not callable(make):
        raise ExerciseError(f"{path.name} defines no make(rng).", tip="An exercise file has a function make(rng).")
    about = (module.__doc__ or "").strip().partition("\n")[0]
    return ExerciseFile(path.stem, path, about, make)


def _module(path: Path, kind: str) -> ModuleType:
    """The module of a file, run; ``kind`` is what the file should be."""
    # dataclasses and pickle look a module up by its name, so the name has to tell equally named files apart.
    module_name = f"{kind}_{path.stem}_{crc32(str(path).encode()):08x}"
    spec = importlib.util.spec_from_file_location(module_name, path)
    if spec is None or spec.loader is None:
        raise ExerciseError(f"{path.name} is no {kind} file.", tip="It has to be a Python file, name.py.")
    module = importlib.util.module_from_spec(spec)
    sys.modules[module_name] = module
    try:
        spec.loader.exec_module(module)
    except Exception as fault:
        del sys.modules[module_name]
        if isinstance(fault, TutorError):
            raise
        raise ExerciseError(f"{path.name} cannot be loaded: {_told(fault, path)}", tip=_FAULT) from fault
    return module


def _find(source: str) -> Path:
    if Path(source).is_file():
        return Path(source).resolve()
    for path in bank():
        if source in (path.name, path.stem):
            return path
    if source and Path(source).is_dir():
        raise ExerciseError(f"{source} is a folder.", tip="Name one exercise file in it.")
    raise ExerciseError(f"There is no exercise {source!r}.", tip=_meant(source))


def _meant(source: str) -> str:
    """What to do about a name that the bank does not have."""
    near = nearest(source, (path.stem for path in bank()))
    if near:
        return f"Did you mean {near}?"
    return "tutor exercises lists them; or give the path of a file." if bank() else "Give the path of a file."
