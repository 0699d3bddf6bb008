"""How the judged answers of the tests come out: `python -m tests.checking.report` prints the confusion table.

An answer counts as accepted when its verdict is "correct" in value. Each wrong answer has the key that a teacher would
name; "incorrect" stands for one of which no slip can be named.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass

from tests.checking import varied_answers
from tests.checking.answers import BLOCKS, QUESTIONS
from tests.checking.further_answers import FURTHER_ROWS
from tests.checking.misconceptions import named_of_forms, named_of_values
from tests.checking.misconceptions.designs import answer, reference, vocabulary
from tests.checking.variance_answers import NAME, RIGHT, UNREADABLE
from tutor import Verdict, check

ACCEPTED = (RIGHT, NAME)
OF_BLOCKS = ("Var(difference)", "correlation", "standard error")
"""Scalars know no model; they are read with the vocabulary of the block design."""


@dataclass(frozen=True, slots=True)
class Judged:
    """An answer with what it was expected to be called, and what it was called."""

    question: str
    answer: str
    expected: str
    found: str

    @property
    def is_false_accept(self) -> bool:
        return self.found in ACCEPTED and self.expected not in ACCEPTED

    @property
    def is_false_reject(self) -> bool:
        return self.found not in ACCEPTED and self.expected in ACCEPTED

    @property
    def has_slip(self) -> bool:
        """Whether it is a wrong answer with a slip that can be named."""
        return self.expected not in (*ACCEPTED, UNREADABLE, "incorrect")


def label(verdict: Verdict) -> str:
    """The word by which the tables name a verdict."""
    if verdict.outcome == "correct":
        return verdict.form or "correct"
    return verdict.misconception or verdict.outcome


def judged() -> Iterator[Judged]:
    """Every answer of the tables, judged."""
    for question, (asked, rows) in QUESTIONS.items():
        names = BLOCKS.vocabulary if question in OF_BLOCKS else None
        for given, expected in rows:
            yield Judged(question, given, expected, label(check(given, asked, names)))
    for key, rows in {**named_of_forms.NAMED, **named_of_values.NAMED}.items():
        for design, what, given in rows:
            asked = reference(design, what)
            found = label(check(answer(given, asked), asked, vocabulary(design)))
            yield Judged(f"{what} of {design}", str(given), key, found)
    for design, what, given, expected in (*varied_answers.ROWS, *FURTHER_ROWS):
        yield Judged(f"{what} of {design}", given, expected, label(varied_answers.judged(design, what, given)))


def table(rows: list[Judged]) -> str:
    """The summary, and of every expected word what was found in its place."""
    slips = [row for row in rows if row.has_slip]
    named = sum(row.found == row.expected for row in slips)
    lines = [
        f"{len(rows)} answers, {sum(row.expected in ACCEPTED for row in rows)} of them right",
        f"false accepts  {sum(row.is_false_accept for row in rows)}",
        f"false rejects  {sum(row.is_false_reject for row in rows)}",
        f"slips named    {named} of {len(slips)}",
        "",
        "expected, with how often it was found; then what was found in its place",
    ]
    counts = Counter((row.expected, row.found) for row in rows)
    for expected in sorted({row.expected for row in rows}):
        others = [f"{found} {times}" for (word, found), times in sorted(counts.items()) if word == expected != found]
        lines.append(f"  {expected:36}{counts[expected, expected]:4}  {', '.join(others)}".rstrip())
    return "\n".join(lines)


if __name__ == "__main__":
    print(table(list(judged())))
