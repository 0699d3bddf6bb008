"""How much work a calculation is, counted in calls of functions and so alike on every machine; seconds are not.

A call of Python or of C counts once, however long it takes: what a single call in C costs is measured by the
benchmarks.
"""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from itertools import count
from typing import TypeVar

from sympy.core.cache import clear_cache

MOST_CALLS = 5_000_000
"""Calls for which a student may wait: less than a second where nobody counts them."""

T = TypeVar("T")


class TooMuchWorkError(BaseException):
    """More calls than were allowed. No `Exception`, so that nothing on the way takes it for its own and goes on."""


def bounded(work: Callable[[], T], most: int = MOST_CALLS) -> T:
    """What ``work`` returns or raises. Raises TooMuchWorkError at the call after the ``most`` that it may make."""
    with _counted(most):
        return work()


def calls_of(work: Callable[[], object]) -> int:
    """How many calls of functions some work takes of which SymPy remembers nothing."""
    clear_cache()
    with _counted(sys.maxsize) as calls:
        work()
    return next(calls)


@contextmanager
def _counted(most: int) -> Iterator[Iterator[int]]:
    """The counter of the calls made within, in this thread; it stops them where there are more than ``most``."""
    calls = count()

    def called(frame: object, event: str, argument: object) -> None:
        if event in {"call", "c_call"} and next(calls) > most:
            raise TooMuchWorkError(f"more than {most} calls of functions")

    before = sys.getprofile()
    sys.setprofile(called)
    try:
        yield calls
    finally:
        sys.setprofile(before)
