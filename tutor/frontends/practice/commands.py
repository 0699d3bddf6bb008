"""The subcommands of %tutor that belong to a lesson, each from a line of text to a screen."""

from __future__ import annotations

import argparse
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any, NoReturn

import numpy as np
import sympy

from tutor.algebra.rules import Derivation
from tutor.algebra.tree import Tree
from tutor.bank import bank, lessons
from tutor.errors import TutorError, UnknownNameError
from tutor.frontends.models import UsageError, find
from tutor.frontends.practice import tell
from tutor.frontends.practice.desk import REVIEW, Desk
from tutor.frontends.practice.export import file_and_format, words_of, write_progress
from tutor.frontends.practice.screen import Judged, Screen, Words, screen
from tutor.models.mixed import MixedModel
from tutor.topics import entries, topics

OBJECTS = (Tree, sympy.Basic, sympy.MatrixBase, np.ndarray, np.generic, list, tuple, int, float)
"""Types of variables that are taken as an answer when their name is given."""

PICTURES = (".png", ".svg", ".pdf")
"""How the name of a file of a picture ends."""

Run = Callable[[Desk, str], Screen]


@dataclass(frozen=True, slots=True)
class Command:
    """A subcommand: what runs it, how it is called, and what it does."""

    run: Run
    usage: str
    help: str


def start(desk: Desk, rest: str) -> Screen:
    """Open a lesson, or the one that was left last; without any, tell which there are."""
    try:
        given = _START.parse_args(words_of(rest))
    except argparse.ArgumentError as fault:
        raise UsageError(f"start cannot be read: {fault}.", tip="%tutor start NAME --seed 7, or start list.") from None
    desk.spoken |= given.plain
    if given.name == "list" and given.about:
        return _found(" ".join(given.about))
    if given.about:
        raise UsageError(f"start cannot be read: {given.about[0]}.", tip="%tutor start NAME, or start list TOPIC.")
    if given.name == "list":
        last = desk.progress.last_place()
        return _with_notice(desk, tell.lessons(lessons(), desk.progress, None if last is None else last.lesson))
    return _with_notice(desk, tell.opening(desk.open(given.name or _next_lesson(desk), given.seed)))


def _found(word: str) -> Screen:
    """The exercises that are about something."""
    found = [each for each in entries() if each.is_about(word)]
    if not found:
        raise UnknownNameError("The topic", word, topics())
    return tell.exercises(found)


class _Options(argparse.ArgumentParser):
    """A parser that ends no process: at a prompt a wrong option is an error like any other."""

    def error(self, message: str) -> NoReturn:
        raise argparse.ArgumentError(None, message)


_START = _Options(add_help=False, exit_on_error=False)
_START.add_argument("name", nargs="?")
_START.add_argument("about", nargs="*")
_START.add_argument("--plain", action="store_true")
_START.add_argument("--seed", type=int)


def _next_lesson(desk: Desk) -> str:
    """The lesson or exercise that was left last, or the first lesson that was not worked to its end."""
    last = desk.progress.last_place()
    files = lessons()
    names = {file.name for file in files} | {path.stem for path in bank()}
    if last is not None and (last.lesson in names or Path(last.lesson).is_file()):
        course = desk.open(last.lesson) if desk.course is None else desk.course
        if not course.stop.is_end:
            return last.lesson
    for file in files:
        place = desk.progress.place(file.name)
        if place is None or place.part < len(file.lesson().parts):
            return file.name
    return REVIEW if desk.progress.due() else files[0].name


def _with_notice(desk: Desk, told: Screen) -> Screen:
    notice = desk.progress.notice
    desk.progress.notice = None
    return told if notice is None else Screen((Words(notice), *told.parts))


def answer(desk: Desk, rest: str) -> Screen:
    """Judge an answer: text, or the name of a variable that holds one."""
    course = desk.open_course
    if not rest.strip():
        raise UsageError("Where is the answer?", tip="%tutor answer ZGZ' + R, or %%answer and lines below.")
    replied = course.answer(_held(rest.strip(), desk.variables))
    if replied.attempt.fault is not None:
        desk_fault = replied.attempt.fault
        raise TutorError(f"{replied.attempt.verdict.feedback} ({type(desk_fault).__name__}: {desk_fault})")
    right = replied.attempt.verdict.correct and replied.attempt.verdict.form is None
    return tell.reply(course, replied, following=course.next() if right else None)


def _held(text: str, variables: Mapping[str, Any]) -> Any:
    """What a variable holds, or the part of a model, if a text names one; otherwise the text.

    Raises
    ------
    TutorError
        For an expression in such a variable, which is not evaluated, and a part that a model lacks.
    """
    name = re.match(r"\w*", text)
    held = variables.get(name[0]) if name else None
    if name is None or not isinstance(held, (*OBJECTS, MixedModel)) or isinstance(held, bool):
        return text
    if name[0] == text and not isinstance(held, MixedModel):
        return held
    if _PART.fullmatch(text) and isinstance(held, MixedModel):
        return find(text, variables)
    if _PART.match(text) and isinstance(held, MixedModel | sympy.MatrixBase | np.ndarray | Tree):
        raise UsageError(
            f"{text} is not calculated here.", tip=f"Give it a name: mine = {text}, then %tutor answer mine"
        )
    return text


_PART = re.compile(r"[^\W\d]\w*\.\w+")
"""A variable and an attribute of it."""


def hint(desk: Desk, rest: str) -> Screen:
    """The next hint."""
    return tell.hint(desk.open_course.hint())


def solution(desk: Desk, rest: str) -> Screen:
    """The worked solution."""
    worked = desk.open_course.solution()
    desk.shown = worked if isinstance(worked, Derivation) else None
    return tell.solution(worked)


def explain(desk: Desk, rest: str) -> Screen:
    """More words on the answer that was given last."""
    last = desk.open_course.last
    if last is None:
        raise UsageError("Nothing was answered yet.", tip="%tutor answer ANSWER")
    verdict = last[1].verdict
    return screen(Judged(replace(verdict, feedback=verdict.told("explanation"))))


def why(desk: Desk, rest: str) -> Screen:
    """The law behind a line of the derivation that was shown last."""
    page = desk.open_course.stop.page
    derivation = page.shown if page is not None and isinstance(page.shown, Derivation) else desk.shown
    if derivation is None:
        raise UsageError("No derivation was shown yet.", tip="%tutor solution shows one.")
    number = rest.strip() or str(len(derivation))
    if not number.isdecimal() or not 1 <= int(number) <= len(derivation):
        raise UsageError(f"There is no line {number}.", tip=f"The lines are 1 to {len(derivation)}.")
    return tell.law(derivation, int(number))


def skip(desk: Desk, rest: str) -> Screen:
    """Leave the question for later."""
    course = desk.open_course
    return tell.stop(course, course.skip())


def onward(desk: Desk, rest: str) -> Screen:
    """Go on."""
    course = desk.open_course
    return tell.stop(course, course.next())


def back(desk: Desk, rest: str) -> Screen:
    """Go back."""
    course = desk.open_course
    return tell.stop(course, course.back(), story=True)


def repeat(desk: Desk, rest: str) -> Screen:
    """Show the page or question again; with new, ask it with new numbers."""
    course = desk.open_course
    if rest.strip() not in ("", "new"):
        raise UsageError(f"repeat {rest.strip()} is unknown.", tip="%tutor repeat, or %tutor repeat new.")
    return tell.stop(course, course.draw_again() if rest.strip() else course.stop, story=True)


def progress(desk: Desk, rest: str) -> Screen:
    """Show the progress, or write it to a CSV or JSON file."""
    path, chosen = file_and_format(words_of(rest))
    if chosen is None:
        return tell.progress(desk.progress)
    path = Path(f"progress.{chosen}") if path is None else path
    return screen(Words(f"Written: `{write_progress(desk.progress, path, chosen)}`"))


def picture(desk: Desk, rest: str) -> Screen:
    """Draw the picture of the page into a file."""
    page = desk.open_course.stop.page
    if page is None or page.picture is None:
        raise UsageError("No picture belongs to this.", tip="%tutor next goes on.")
    path = Path(rest.strip() or "picture.png").expanduser()
    if path.suffix not in PICTURES:
        raise UsageError(f"{path.name} is no name of a picture.", tip="Name it as in: %tutor picture mine.png")
    if path.exists():
        raise UsageError(f"{path} is there already; it stays as it is.", tip="Name another: %tutor picture mine.png")
    try:
        page.picture().savefig(path)
    except OSError as fault:
        raise UsageError(f"{path} cannot be written: {fault.strerror or fault}.") from fault
    return screen(Words(f"Written: `{path}`"))


def leave(desk: Desk, rest: str) -> Screen:
    """Put the lesson away."""
    stop = desk.close()
    return screen(Words("No lesson is open." if stop is None else "Until next time.  %tutor start goes on from here."))


COMMANDS: dict[str, Command] = {
    "start": Command(
        start,
        "start [NAME]",
        "open a lesson or an exercise where you left it; --seed N, with those numbers; start list [TOPIC]",
    ),
    "answer": Command(
        answer,
        "answer ANSWER",
        "LaTeX, plain text, R or NumPy, or a variable; %%answer for many lines, and two empty ones",
    ),
    "hint": Command(hint, "hint", "a hint, from gentle to strong"),
    "solution": Command(solution, "solution", "the worked solution; the question earns nothing more"),
    "explain": Command(explain, "explain", "more on what was said of your last answer"),
    "why": Command(why, "why [LINE]", "the law behind a line of the derivation that was shown"),
    "next": Command(onward, "next", "go on"),
    "skip": Command(skip, "skip", "leave the question; it comes back at the end"),
    "back": Command(back, "back", "go back"),
    "repeat": Command(repeat, "repeat [new]", "show the question again; new asks it with new numbers"),
    "picture": Command(picture, "picture [FILE]", "the picture of the page, into a .png, .svg or .pdf file"),
    "progress": Command(progress, "progress [FILE]", "what you did; to a .csv or .json file"),
    "quit": Command(leave, "quit", "put the lesson away; it is kept where you are"),
}
"""Subcommand: what runs it, how it is called, and what it does."""
