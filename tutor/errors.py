"""Every error that a user can meet, each carrying its facts as data.

An error says what was expected, what came, where, and what to do next. The text is composed here from the
data, so that a program can read the data and a person the text.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Sequence
from difflib import SequenceMatcher, get_close_matches

from tutor.display import writer

MOST_PROBLEM = 300
"""Characters of a sentence, in which a part of the text may stand."""

MOST_QUOTED = 60
"""Characters of a text that an error repeats in its sentence."""


class TutorError(Exception):
    """Base of all errors of this package: a problem in one sentence, and a tip that says what to do."""

    def __init__(self, problem: str, *, tip: str | None = None) -> None:
        super().__init__(problem)
        self.problem = problem
        self.tip = tip

    def __str__(self) -> str:
        return f"{self.problem} {self.tip}" if self.tip else self.problem

    def to_dict(self) -> dict[str, object]:
        """The error as JSON-ready data."""
        return {"error": type(self).__name__, "problem": self.problem, "tip": self.tip}


class ShapeError(TutorError):
    """Two operands whose shapes do not meet, or one operand that should have been square or a vector.

    ``operation`` is one of "product", "sum", "equation", "square", "vector", "stack", "entries"; ``operands`` are
    (name, (rows, columns)). Of a text that was read ``text[start:end]`` is what does not meet.
    """

    text: str = ""
    start: int = 0
    end: int = 0

    def __init__(
        self,
        operation: str,
        operands: Sequence[tuple[str, tuple[object, object]]],
        *,
        tip: str | None = None,
    ) -> None:
        self.operation = operation
        self.operands = tuple((name, (rows, columns)) for name, (rows, columns) in operands)
        super().__init__(self._compose(), tip=tip)

    def at(self, text: str, start: int, end: int) -> ShapeError:
        """The same error with its place in a text."""
        self.text, self.start, self.end = text, start, end
        return self

    @property
    def sentence(self) -> str:
        """What does not meet, and the tip, without the text in which it stands."""
        return super().__str__()

    def __str__(self) -> str:
        return f"{self.sentence}\n{marked(self.text, self.start, self.end)}" if self.text else self.sentence

    def _compose(self) -> str:
        told = [f"{name} is {size_text(rows)} × {size_text(columns)}" for name, (rows, columns) in self.operands]
        _, (rows, columns) = self.operands[0]
        if self.operation == "square":
            return f"{told[0]}: only a square matrix has an inverse, a determinant or a trace."
        if self.operation == "vector":
            return f"{told[0]}: expected a column vector, n × 1."
        _, (more_rows, more_columns) = self.operands[1]
        if self.operation == "product":
            return f"{told[0]} and {told[1]}: {_count(columns, 'column')} cannot meet {_count(more_rows, 'row')}."
        if self.operation == "sum":
            scalar = {(str(rows), str(columns)), (str(more_rows), str(more_columns))} & {("1", "1")}
            if scalar:
                return f"{told[0]} and {told[1]}: a scalar and a matrix cannot be added."
            return f"{told[0]} and {told[1]}: only matrices of one shape can be added."
        if self.operation == "equation":
            return f"{told[0]} and {told[1]}: only matrices of one shape can be equal."
        if self.operation == "entries":
            return f"{told[0]} and {told[1]}: only matrices of one shape are multiplied entry by entry."
        return f"{told[0]} and {told[1]}: they cannot stand side by side in one matrix."


class SizeError(TutorError):
    """A size that is no positive whole number, or a letter where a number is needed."""


class DomainError(TutorError):
    """A parameter outside its domain, a missing or an unknown one, or a matrix without an inverse."""


class NotEqualError(TutorError):
    """Two trees that differ in value: ``instance`` has the values of their letters, ``place`` is a cell that differs,
    counted from 1, and ``values`` are its two values."""

    def __init__(
        self, problem: str, *, instance: object, place: tuple[int, int], values: tuple[object, object]
    ) -> None:
        super().__init__(problem)
        self.instance = instance
        self.place = place
        self.values = values


class NoDerivationError(TutorError):
    """The laws that are known did not lead from one tree to the other, which have one value as far as was seen."""


class NoEntriesError(TutorError):
    """Entries were asked of a matrix of which only the name is known."""


class MissingAttributeError(TutorError, AttributeError):
    """A name behind the dot that the object does not have; the tip says how it is asked for here."""


class UnknownNameError(TutorError):
    """A name that is not in the vocabulary, the data or a table; ``nearest`` holds what was probably meant."""

    def __init__(self, what: str, name: str, known: Iterable[str], *, tip: str | None = None) -> None:
        self.name = name
        self.known = tuple(known)
        self.nearest = nearest(name, self.known)
        if tip is None:
            if self.nearest:
                tip = f"Did you mean {self.nearest}?"
            elif self.known:
                tip = f"Known: {', '.join(self.known[:12])}{', …' if len(self.known) > 12 else ''}."
        super().__init__(f"{what} {name!r} is not known.", tip=tip)


class DataError(TutorError):
    """Data that cannot be used: no such file, missing values, a factor with one level, ragged rows."""


class LocatedError(TutorError):
    """An error at a place of a text: ``text[start:end]`` is what it speaks of.

    ``kind`` is the key of the slip; ``suggestion`` is the whole text as it was probably meant, or None where that is
    not certain; a ``replacement`` for the place makes one.
    """

    def __init__(
        self, problem: str, *, text: str, start: int, end: int | None = None, tip: str | None = None, kind: str = "",
        replacement: str | None = None, suggestion: str | None = None,
    ) -> None:  # fmt: skip
        quoted = text[start:end] if end is not None and end - start > MOST_QUOTED else ""
        if quoted:  # the place is marked in the text; the sentence need not repeat all of it
            problem = problem.replace(quoted, quoted[:MOST_QUOTED] + "…")
        if len(problem) > MOST_PROBLEM:
            problem = problem[:MOST_PROBLEM] + "…"
        super().__init__(problem, tip=tip)
        self.text = text
        self.start = max(0, min(start, len(text)))
        self.end = min(max(self.start + 1, end if end is not None else self.start + 1), max(len(text), self.start + 1))
        self.kind = kind
        if replacement is not None and suggestion is None:
            suggestion = text[: self.start] + replacement + text[self.end :]
        self.suggestion = suggestion

    def marked(self, width: int = 72) -> str:
        """The line of the text with carets under the place, cut to ``width`` columns of a terminal around it."""
        return marked(self.text, self.start, self.end, width)

    def __str__(self) -> str:
        return f"{super().__str__()}\n{self.marked()}"

    def to_dict(self) -> dict[str, object]:
        place = {"kind": self.kind, "start": self.start, "end": self.end}
        return {**super().to_dict(), **place, "suggestion": self.suggestion}


class ReadError(LocatedError):
    """A text that could not be read as notation; ``kind`` names the slip, as "unknown-name" or "unbalanced"."""


class FormulaError(LocatedError):
    """A formula that lme4 would reject, with the place."""


class ExerciseError(TutorError):
    """A fault of an exercise, never of the student."""


def nearest(name: str, known: Iterable[str], cutoff: float = 0.5) -> str | None:
    """The known name that looks most like ``name``, or None; letter case does not count."""
    folded: dict[str, str] = {}
    for candidate in known:
        folded.setdefault(candidate.lower(), candidate)
    near = get_close_matches(name.lower(), list(folded), n=3, cutoff=cutoff)
    if not near:
        return None
    # Of several that are as near, the one of the same letters: two were swapped.
    ratio = SequenceMatcher(None, near[0], name.lower()).ratio()
    nearest_ones = [word for word in near if SequenceMatcher(None, word, name.lower()).ratio() == ratio]
    return folded[next((word for word in nearest_ones if sorted(word) == sorted(name.lower())), near[0])]


def marked(text: str, start: int, end: int, width: int = 72) -> str:
    """The line of a text with carets under ``text[start:end]``, cut to ``width`` columns of a terminal around it.

    >>> print(marked("V + W", 4, 5))
      V + W
          ^
    """
    line_start = text.rfind("\n", 0, start) + 1
    line_end = text.find("\n", start)
    line_end = len(text) if line_end < 0 else line_end
    left, right = _excerpt(text, line_start, line_end, start, width)
    head, tail = "…" if left > line_start else "", "…" if right < line_end else ""
    shown = "".join(map(_printed, text[left:right]))
    before = "".join(map(_printed, text[left:start]))
    below = "".join(map(_printed, text[start : min(end, right)]))
    return f"  {head}{shown}{tail}\n  {' ' * (len(head) + _columns(before))}{'^' * max(1, _columns(below))}"


def _excerpt(text: str, line_start: int, line_end: int, start: int, width: int) -> tuple[int, int]:
    """Where a line is cut, at both ends, so that a place stands near its middle; no longer than its columns."""
    nearby = text[max(line_start, start - width) : min(line_end, start + 2 * width)]
    if line_end - line_start == len(nearby) and _columns(nearby) <= width:
        return line_start, line_end
    left, taken = start, 0
    first, last = start - 4 * width, start + 4 * width  # accents take no column
    while left > max(line_start, first) and taken + _columns(text[left - 1]) <= width // 2:
        left -= 1
        taken += _columns(text[left])
    right = start
    while right < min(line_end, last) and taken + _columns(text[right]) <= width:
        taken += _columns(text[right])
        right += 1
    return left, right


def _printed(character: str) -> str:
    """A character as it may be shown: control and direction marks would move the caret away from its place."""
    return character if character.isprintable() or unicodedata.combining(character) else " "


def _columns(text: str) -> int:
    """How many columns of a terminal a text takes: wide letters two, accents above a letter none."""
    if text.isascii():
        return len(text)
    return sum(
        0 if unicodedata.category(c) in {"Mn", "Me"} else 2 if unicodedata.east_asian_width(c) in "WF" else 1
        for c in text
    )


def size_text(size: object) -> str:
    """A size as a sentence says it: 12, bt, (t + 1); one that is text stays as it is, as ? for an unknown one."""
    if isinstance(size, str | int):
        return str(size)
    text = writer().inline(size)
    return f"({text})" if " " in text else text


def _count(number: object, noun: str) -> str:
    text = size_text(number)
    return f"{text} {noun}" if text == "1" else f"{text} {noun}s"
