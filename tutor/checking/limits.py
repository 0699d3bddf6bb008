"""No verdict takes longer than SECONDS or more than MEMORY, whatever the answer: past that it is undecided."""

from __future__ import annotations

import logging
from collections.abc import Callable
from typing import Any

from tutor.algebra.budget import BudgetSpentError, limited
from tutor.checking import feedback
from tutor.checking.verdict import Verdict

SECONDS = 1.4
"""Of the thread, from the first sign that is read to the verdict; what cannot be ended is short enough not to last
until 2: calls in C by their estimated cost, SymPy by the bounds that reading sets to what stands within each other."""

MEMORY = 100e6
"""Bytes of the matrices of one point, by estimate; what Python holds beside them is less than twice that."""

DIAGNOSIS_SECONDS = 0.5
"""What the search for the slip and for words may take of it: an answer is wrong without them as well."""

SHOWN = 80

_log = logging.getLogger("tutor")
_log.addHandler(logging.NullHandler())  # who does not ask for the log is not shown it


def judged_within_limits(judge: Callable[[], Verdict], answer: Any, question: Any) -> Verdict:
    """The verdict, or "undecided" where it would take too long: the student loses nothing, and the log names it."""
    try:
        with limited(SECONDS, MEMORY):
            return judge()
    except (BudgetSpentError, MemoryError, RecursionError) as error:
        _log.warning(
            "Undecided, as judging would take too much time or memory (%s): the answer %s to %s.",
            str(error) or "it takes too long",
            _start(answer),
            _start(question),
        )
        reason = "judging it would take too long"
        return Verdict("undecided", feedback=feedback.undecided(reason), costs_attempt=False)


def _start(something: Any) -> str:
    """The start of a text or of an object in words, on one line."""
    try:
        text = something if isinstance(something, str) else str(something)[: 10 * SHOWN]
    except (BudgetSpentError, MemoryError, RecursionError, ValueError):
        text = type(something).__name__
    shown = repr(text[:SHOWN])
    return shown if len(text) <= SHOWN else f"{shown} … ({len(text):,} characters)"
