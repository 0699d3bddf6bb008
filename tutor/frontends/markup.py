"""What a display would show of an exercise as raw markup: a stray dollar sign, a command that nothing sets."""

from __future__ import annotations

import re
from collections.abc import Iterator

from tutor.algebra.rules import Derivation
from tutor.exercise import Exercise
from tutor.frontends import markdown
from tutor.notation.write import write

_IN_TEXT = re.compile(r"[\\$]|\^\{|_\{")
_IN_MATHEMATICS = re.compile(r"[\\$]")
"""Our own writer braces a subscript that is no word, MS_{block:A}."""

_IN_FEEDBACK = re.compile(r"[\\$`]")


def texts_of(exercise: Exercise) -> Iterator[tuple[str, str]]:
    """Every text of an exercise in Markdown that a learner reads, with where it stands."""
    yield from (("title", exercise.title), ("story", exercise.story))
    for question in exercise.questions:
        yield f"{question.key}, prompt", question.asked
        yield from ((f"{question.key}, hint {number}", hint.text) for number, hint in enumerate(question.hints, 1))
        if isinstance(question.solution, str):
            yield f"{question.key}, solution", question.solution


def markup_left(exercise: Exercise) -> Iterator[tuple[str, str]]:
    """Where a display would show markup, and what; the words for a mistake have no mathematics between dollar signs."""
    for place, text in texts_of(exercise):
        yield from markup_in(place, text)
    for question in exercise.questions:
        for number, mistake in enumerate(question.mistakes, 1):
            yield from _found(_IN_FEEDBACK, f"{question.key}, mistake {number}", mistake.say)
        if isinstance(question.solution, Derivation):
            for shown in (write(question.solution, "unicode", width=100), write(question.solution, "spoken")):
                yield from _found(_IN_MATHEMATICS, f"{question.key}, solution", shown)


def markup_in(place: str, text: str) -> Iterator[tuple[str, str]]:
    """Where a terminal or a voice would tell markup of a text in Markdown."""
    for shown in (markdown.terminal(text), markdown.spoken(text)):
        yield from _found(_IN_TEXT, place, shown)


def _found(markup: re.Pattern[str], place: str, shown: str) -> Iterator[tuple[str, str]]:
    """The surroundings of the first piece of markup in what is shown."""
    found = markup.search(shown)
    if found is not None:
        yield place, shown[max(0, found.start() - 20) : found.end() + 20]
