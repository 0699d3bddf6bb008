"""What a learner sees at once, made of words and of things with a notation, for each display.

A terminal gets Unicode within its width, a notebook Markdown with typeset mathematics, and a screen reader words alone.
Pictures are drawn where the display can show them; elsewhere words say that there is one, or what it shows.
"""

from __future__ import annotations

import os
import sys
import textwrap
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from itertools import groupby
from shutil import get_terminal_size
from typing import Any, Literal

from IPython.lib.pretty import pretty

from tutor.algebra.nodes import Symbol
from tutor.algebra.tree import Tree
from tutor.checking.feedback.dialects import in_dialect, without_grid
from tutor.checking.verdict import Verdict
from tutor.errors import LocatedError, TutorError
from tutor.frontends import markdown, spoken
from tutor.frontends.practice.marked import marked_answer
from tutor.notation.write import write

MOST_WIDTH = 100
"""Columns of running text; longer lines are hard to read."""

Tone = Literal["", "right", "wrong", "head", "quiet"]

_PAINT = {"right": "32", "wrong": "31", "head": "1", "quiet": "2"}
"""ANSI's numbers of green, red, bold and dim."""


@dataclass(frozen=True, slots=True)
class Look:
    """How a terminal shows a screen: its width, whether in colour, and whether in words for a screen reader."""

    width: int = 88
    colour: bool = False
    spoken: bool = False

    @classmethod
    def of_terminal(cls, *, spoken: bool = False) -> Look:
        """The look of the terminal at hand; NO_COLOR turns the colour off, as https://no-color.org asks."""
        colour = sys.stdout.isatty() and "NO_COLOR" not in os.environ and os.environ.get("TERM") != "dumb"
        return cls(min(get_terminal_size((88, 24)).columns, MOST_WIDTH), colour and not spoken, spoken)

    def painted(self, text: str, tone: Tone) -> str:
        """The text in the colour of its tone."""
        return f"\x1b[{_PAINT[tone]}m{text}\x1b[0m" if self.colour and tone else text


@dataclass(frozen=True, slots=True)
class Words:
    """A text in Markdown with $…$ mathematics."""

    text: str
    tone: Tone = ""


@dataclass(frozen=True, slots=True)
class Thing:
    """A tree, a derivation, a model, or anything else that has a notation."""

    thing: Any


@dataclass(frozen=True, slots=True)
class Rows:
    """Lines of cells, which stand below one another in columns; texts in Markdown."""

    rows: tuple[tuple[str, ...], ...]


@dataclass(frozen=True, slots=True)
class Judged:
    """What the checker said of an answer, and the answer as it was read, where it is a matrix or a formula."""

    verdict: Verdict
    answer: Tree | None = None


@dataclass(frozen=True, slots=True)
class Drawn:
    """A picture, drawn only where it can be shown: ``draw`` gives a matplotlib figure."""

    draw: Callable[[], Any]


Part = Words | Thing | Rows | Judged | Drawn


@dataclass(frozen=True, slots=True)
class Screen:
    """Parts, one below the other."""

    parts: tuple[Part, ...]

    def pieces(self) -> Iterator[Screen | Drawn]:
        """The pictures, and what stands between them, in order."""
        for drawn, parts in groupby(self.parts, key=lambda part: isinstance(part, Drawn)):
            if drawn:
                yield from (part for part in parts if isinstance(part, Drawn))
            else:
                yield Screen(tuple(parts))

    def terminal(self, look: Look) -> str:
        """The screen as text."""
        return "\n\n".join(_terminal(part, look) for part in self.parts)

    def markdown(self) -> str:
        """The screen as Markdown, as Jupyter shows it."""
        return "\n\n".join(map(_markdown, self.parts))


def screen(*parts: Part | None) -> Screen:
    """A screen of those parts that there are."""
    return Screen(tuple(part for part in parts if part is not None))


def error_text(fault: TutorError, look: Look) -> str:
    """An error within the width of a terminal; below it its place in the text, if it has one."""
    sentence = f"{fault.problem} {fault.tip}" if fault.tip else fault.problem
    place = fault.marked(min(_PLACE_WIDTH, look.width - 4)) if isinstance(fault, LocatedError) else None
    return "\n".join(filter(None, (_filled(sentence, look), place)))


_PLACE_WIDTH = 72
"""Columns of a text that stand around a place in it."""


def _terminal(part: Part, look: Look) -> str:
    if isinstance(part, Judged):
        return _filled(spoken.verdict(part.verdict), look) if look.spoken else _painted_verdict(part.verdict, look)
    if isinstance(part, Thing):
        return _filled(_spoken(part.thing, look), look) if look.spoken else pretty(part.thing, max_width=look.width)
    if isinstance(part, Rows):
        return _columns(part, look)
    if isinstance(part, Drawn):
        return _picture_in_words(part, look)
    text = markdown.spoken(part.text) if look.spoken else part.text
    return look.painted(markdown.paragraphs(text, width=look.width), part.tone)


def _columns(rows: Rows, look: Look) -> str:
    told = [[markdown.terminal(cell) for cell in row] for row in rows.rows]
    if look.spoken:
        return _filled("\n".join(", ".join(filter(str.strip, row)) for row in told), look)
    widths = [max(map(len, column)) for column in zip(*told, strict=True)]
    indent = " " * (sum(widths[:-1]) + 2 * len(widths[:-1]))
    lines: list[str] = []
    for row in told:
        head = "  ".join(f"{cell:{width}}" for cell, width in zip(row[:-1], widths, strict=False))
        first, *rest = textwrap.wrap(row[-1], max(look.width - len(indent), 20)) or [""]
        lines += [f"{head}  {first}".rstrip(), *(indent + line for line in rest)]
    return "\n".join(lines)


def _markdown(part: Part) -> str:
    if isinstance(part, Judged):
        return _verdict_in_markdown(part)
    if isinstance(part, Thing):
        return _typeset(part.thing)
    if isinstance(part, Drawn):
        return _PICTURE
    if isinstance(part, Rows):
        width = len(part.rows[0]) if part.rows else 0
        head = f"|{' |' * width}\n|{'---|' * width}\n"
        return head + "\n".join(f"| {' | '.join(row)} |" for row in part.rows)
    return f"**{part.text}**" if part.tone == "head" else part.text


def _typeset(thing: Any) -> str:
    for name in ("_repr_markdown_", "_repr_latex_"):
        told = getattr(thing, name, lambda: None)()
        if told is not None:
            return str(told)
    return f"```\n{pretty(thing)}\n```"


def _filled(text: str, look: Look) -> str:
    """The text with each of its lines broken where it is longer than the terminal is wide."""
    lines = text.split("\n")
    return "\n".join(textwrap.fill(line, look.width, break_long_words=False, break_on_hyphens=False) for line in lines)


def _spoken(thing: Any, look: Look) -> str:
    try:
        if isinstance(thing, Symbol) and thing.definition is not None:
            return f"{write(thing, 'spoken')} is {write(thing.explicit(), 'spoken')}"
        return write(thing, "spoken")
    except TutorError:
        return pretty(thing, max_width=look.width)


_PICTURE = "A picture belongs to this page:  %tutor picture"


def _picture_in_words(part: Drawn, look: Look) -> str:
    """That there is a picture; to those who cannot see it, what it shows, if it says so."""
    if not look.spoken:
        return look.painted(_PICTURE, "quiet")
    try:
        alt = getattr(part.draw(), "alt", "")
    except TutorError:  # nothing to draw with
        alt = ""
    return markdown.paragraphs(f"Picture: {alt}", width=look.width) if alt else _PICTURE


def _verdict_in_markdown(part: Judged) -> str:
    verdict = part.verdict
    marked = marked_answer(part.answer, verdict)
    feedback = verdict.feedback if marked is None else without_grid(verdict.feedback)
    told = f"{str(verdict)[0]} {_fenced(feedback) if verdict.place else in_dialect(feedback, 'markdown')}"
    free = None if verdict.costs_attempt else "(no attempt used)"
    return "\n\n".join(filter(None, (told, marked, free)))


def _fenced(feedback: str) -> str:
    """What is said of a text that could not be read: below it the text itself, with a caret under the place."""
    first, *rest = feedback.split("\n")
    return (
        "\n".join([in_dialect(first, "markdown"), "", "```", *rest, "```"]) if rest else in_dialect(first, "markdown")
    )


def _painted_verdict(verdict: Verdict, look: Look) -> str:
    tone: Tone = "right" if verdict.correct and not verdict.form else "wrong" if verdict.correct is False else "quiet"
    lines = [told for line in str(verdict).split("\n") for told in _within(line, look.width)]
    return look.painted(lines[0][0], tone) + "\n".join(lines)[1:]


def _within(line: str, width: int) -> list[str]:
    """The line, broken where it is too long; a short one keeps its blanks, which may set a table."""
    if len(line) <= width:
        return [line]
    return textwrap.wrap(line, width, subsequent_indent="  ", break_long_words=False, break_on_hyphens=False)
