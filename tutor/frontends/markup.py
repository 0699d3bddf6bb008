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

_SET = re.compile(r"\$\$.+?\$\$|\$[^$\n]+\$|`[^`\n]*`|\\\$", re.DOTALL)
"""What a notebook sets: mathematics, and letters as they are typed."""

_BRACES = re.compile(r"\\[{}]|[^{}]")
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
            yield from _found(
                _IN_TEXT, f"{question.key}, solution", _SET.sub(" ", write(question.solution, "markdown"))
            )


def markup_in(place: str, text: str) -> Iterator[tuple[str, str]]:
    """Where a terminal, a voice or a notebook would show markup of a text in Markdown."""
    for shown in (markdown.terminal(text), markdown.spoken(text), _SET.sub(" ", text)):
        yield from _found(_IN_TEXT, place, shown)
    for found in _SET.finditer(text):
        if not _is_braced(found[0]):
            yield place, found[0]  # which a notebook shows as it is typed


def _is_braced(mathematics: str) -> bool:
    """Whether each brace of TeX that opens is closed."""
    braces = _BRACES.sub("", mathematics)
    while "{}" in braces:
        braces = braces.replace("{}", "")
    return not braces


def _found(markup: re.Pattern[str], place: str, shown: str) -> Iterator[tuple[str, str]]:
    """The surroundings of the first piece of markup in what is shown."""
    found = markup.search(shown)
    if found is not None:
        yield place, shown[max(0, found.start() - 20) : found.end() + 20]
