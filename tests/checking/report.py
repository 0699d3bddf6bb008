"""How the judged answers of the tests come out: `python -m tests.checking.report` prints each set, and all in a table.

An answer counts as accepted when its verdict is "correct" in value. Each wrong answer has the key that a teacher would
name; "incorrect" stands for one of which no slip can be named.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import partial
from typing import Any

from tests.checking import varied_answers
from tests.checking.answers import BLOCKS, QUESTIONS
from tests.checking.further_answers import FURTHER_ROWS
from tests.checking.marking import label
from tests.checking.misconceptions import named_of_forms, named_of_values
from tests.checking.misconceptions.designs import answer, reference, vocabulary
from tests.checking.sets import SETS, rows_of
from tests.checking.variance_answers import NAME, RIGHT, UNREADABLE
from tutor import Verdict, check

ACCEPTED = (RIGHT, NAME)
OF_BLOCKS = ("Var(difference)", "correlation", "standard error")
"""Scalars know no model; they are read with the vocabulary of the block design."""


@dataclass(frozen=True, slots=True)
class Given:
    """An answer with what it is expected to be called, ``a|b`` one of two names, and how it is judged."""

    collection: str
    question: str
    answer: str
    expected: str
    judge: Callable[[], Verdict]

    @property
    def has_slip(self) -> bool:
        """Whether it is a wrong answer with a slip that can be named."""
        return self.expected not in (*ACCEPTED, UNREADABLE, "incorrect")

    def judged(self) -> Judged:
        return Judged(self, label(self.judge()))


@dataclass(frozen=True, slots=True)
class Judged:
    """An answer, and what it was called."""

    given: Given
    found: str

    @property
    def is_false_accept(self) -> bool:
        return self.found in ACCEPTED and self.given.expected not in ACCEPTED

    @property
    def is_false_reject(self) -> bool:
        return self.found not in ACCEPTED and self.given.expected in ACCEPTED

    @property
    def is_as_expected(self) -> bool:
        return self.found in self.given.expected.split("|")


def answers() -> Iterator[Given]:
    """Every answer of the tables, not yet judged; the tests beside the tables judge each of them."""
    for question, (asked, rows) in QUESTIONS.items():
        names = BLOCKS.vocabulary if question in OF_BLOCKS else None
        for given, expected in rows:
            yield Given("answers to questions", question, given, expected, partial(check, given, asked, names))
    for key, rows in {**named_of_forms.NAMED, **named_of_values.NAMED}.items():
        for design, what, given in rows:
            yield Given("slips by their keys", f"{what} of {design}", str(given), key,
                        partial(_of_slip, design, what, given))  # fmt: skip
    for collection, rows in (("varied", varied_answers.ROWS), ("further", FURTHER_ROWS)):
        for design, what, given, expected in rows:
            judge = partial(varied_answers.judged, design, what, given)
            yield Given(collection, f"{what} of {design}", given, expected, judge)
    for collection, modules in SETS.items():
        yield from _of_set(collection, modules)


def _of_slip(design: str, what: str, given: Any) -> Verdict:
    asked = reference(design, what)
    return check(answer(given, asked), asked, vocabulary(design))


def _of_set(collection: str, modules: tuple[Any, ...]) -> Iterator[Given]:
    """The answers of a set that accepts some, refuses others, and says of the rest what they deserve; the derivations
    among them count by the key of their first wrong line."""
    judged, derived = modules[0].judged, modules[0].derived
    right = ((*row[:3], RIGHT) for row in rows_of(modules, "ACCEPTED"))
    unread = ((*row[:3], f"{UNREADABLE}|lower-case") for row in rows_of(modules, "UNREAD"))
    wrong = (row[:4] for row in rows_of(modules, "REFUSED", "TWO_SLIPS", "UNEXPLAINED", "OBJECTS"))
    for design, what, given, expected in (*right, *wrong, *unread):
        judge = partial(judged, design, what, given)
        yield Given(collection, f"{what} of {design}", str(given), expected, judge)
    for design, given, is_right, options in rows_of(modules, "MODELS"):
        judge = partial(judged, design, "model", given, **options)
        yield Given(collection, f"model of {design}", given, RIGHT if is_right else "incorrect", judge)
    for asked, given, is_right in rows_of(modules, "NUMBERS"):
        yield Given(collection, str(asked), given, RIGHT if is_right else "incorrect", partial(check, given, asked))
    for case in rows_of(modules, "DERIVED", "BROKEN"):
        expected = RIGHT if case.line is None else case.key or "incorrect"
        yield Given(collection, f"{case.asked} of {case.model}", case.text, expected, partial(derived, case))


def table(rows: list[Judged]) -> str:
    """One line a set, then of every expected word what was found in its place."""
    counted = {name: [row for row in rows if row.given.collection == name] for name in _names(rows)}
    lines = [f"{'set':22}{'answers':>8}{'right':>7}{'false accepts':>15}{'false rejects':>15}{'slips named':>15}"]
    lines += [_line(name, of_set) for name, of_set in {**counted, "all": rows}.items()]
    lines += ["", "expected, with how often it was found; then what was found in its place"]
    counts = Counter((row.given.expected, row.given.expected if row.is_as_expected else row.found) for row in rows)
    for expected in sorted({row.given.expected for row in rows}):
        others = [f"{found} {times}" for (word, found), times in sorted(counts.items()) if word == expected != found]
        lines.append(f"  {expected:36}{counts[expected, expected]:4}  {', '.join(others)}".rstrip())
    return "\n".join(lines)


def _names(rows: list[Judged]) -> list[str]:
    return list(dict.fromkeys(row.given.collection for row in rows))


def _line(name: str, rows: list[Judged]) -> str:
    slips = [row for row in rows if row.given.has_slip]
    right = sum(row.given.expected in ACCEPTED for row in rows)
    accepts, rejects = sum(row.is_false_accept for row in rows), sum(row.is_false_reject for row in rows)
    named = f"{sum(row.is_as_expected for row in slips)} of {len(slips)}"
    return f"{name:22}{len(rows):8}{right:7}{accepts:15}{rejects:15}{named:>15}"


if __name__ == "__main__":
    print(table([given.judged() for given in answers()]))
