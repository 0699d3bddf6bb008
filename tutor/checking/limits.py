"""No verdict takes longer than SECONDS or more than MEMORY, whatever the answer: past that it is undecided."""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field
from typing import Any

import numpy as np
import sympy

from tutor.algebra.budget import BudgetSpentError, is_limited, limited
from tutor.checking import feedback
from tutor.checking.garbage import rarely_searched
from tutor.checking.verdict import Verdict

SECONDS = 1.4
"""Of the thread, from the first sign that is read to the verdict; what cannot be ended is short enough not to last
until 2: calls in C by their estimated cost, SymPy by the bounds that reading sets to what stands within each other."""

MEMORY = 100e6
"""Bytes of the matrices of one point, by estimate; what Python holds beside them is less than twice that."""

DIAGNOSIS_SECONDS = 0.5
"""What the search for the slip and for words may take of it: an answer is wrong without them as well."""

PRINTING_SECONDS = 0.2
"""What printing an answer for the log may take."""

SHOWN = 80

_log = logging.getLogger("tutor")
_log.addHandler(logging.NullHandler())  # who does not ask for the log is not shown it


@dataclass(frozen=True, slots=True)
class Undecided:
    """A case that the instructor should see: an answer without a verdict, what was asked for, and why.

    A record of the log carries it as its attribute ``undecided``. ``place`` says where it was asked, as the exercise,
    its seed and the question; texts are whole, and of other answers it is what they print, up to LONGEST characters.
    """

    answer: str
    asked: str
    reason: str
    place: Mapping[str, str | int | None] = field(default_factory=dict)


LONGEST = 20_000

_place: ContextVar[Mapping[str, str | int | None] | None] = ContextVar("place", default=None)


@contextmanager
def asked_at(**place: str | int | None) -> Iterator[None]:
    """Where the answers come from that are judged within: the log tells it of those that are not decided."""
    token = _place.set(place)
    try:
        yield
    finally:
        _place.reset(token)


def judged_within_limits(judge: Callable[[], Verdict], answer: Any, question: Any) -> Verdict:
    """The verdict, or "undecided" where it would take too long: the student loses nothing, and the log names it.

    Within another judgement its budget counts: there BudgetSpentError goes on to the outer one, which tells the log.
    """
    nested = is_limited()
    try:
        # What is beyond a double is infinite, and explains nothing; the student at the prompt need not be warned of it.
        with rarely_searched(), np.errstate(over="ignore", invalid="ignore"), limited(SECONDS, MEMORY):
            verdict = judge()
    except (BudgetSpentError, MemoryError, RecursionError) as error:
        if nested:
            raise BudgetSpentError(str(error)) from error
        report(answer, question, str(error) or "it takes too long")
        reason = "judging it would take too long"
        return Verdict("undecided", feedback=feedback.undecided(reason), costs_attempt=False)
    if verdict.outcome == "undecided" and not nested:
        report(answer, question, verdict.feedback)
    return verdict


def report(answer: Any, asked: Any, reason: str) -> None:
    """Tell the log of an answer that has no verdict."""
    case = Undecided(_whole(answer), _whole(asked), reason, _place.get() or {})
    _log.warning(
        "Undecided (%s): the answer %s to %s.",
        reason,
        _start(case.answer),
        _start(case.asked),
        extra={"undecided": case},
    )


def _whole(something: Any) -> str:
    """A text as it is, an object as it prints."""
    if isinstance(something, str):
        return something
    if isinstance(something, sympy.MatrixBase) and something.rows * something.cols > LONGEST:
        return f"{type(something).__name__}, {something.rows} × {something.cols}"  # which SymPy prints for seconds
    try:
        with limited(PRINTING_SECONDS, MEMORY):
            return str(something)[:LONGEST]
    except (BudgetSpentError, MemoryError, RecursionError, ValueError):
        return type(something).__name__


def _start(text: str) -> str:
    """The start of a text, on one line."""
    shown = repr(text[:SHOWN])
    return shown if len(text) <= SHOWN else f"{shown} … ({len(text):,} characters)"
