"""How long a calculation may take and how much it may hold, asked before each piece of work.

A budget belongs to the thread or task that opened it (a context variable), so it needs no signal and no other
process, and holds in threads and in async code alike. Time is what the processor worked for the thread, so that other
threads and programs take nothing from it; nor, up to GARBAGE_SECONDS, does a search for garbage, which looks at all
objects of the process and stops whichever thread asked for memory last. Without a budget everything is allowed. What is
done in C cannot be stopped, so its cost is estimated first, and it does not begin where it would not end in time.
"""

from __future__ import annotations

import gc
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from threading import get_ident
from time import perf_counter, thread_time
from typing import TypeVar

from tutor.errors import DomainError

LONGEST_CALL = 0.3
"""Seconds that one call in C may take: nothing else runs in the process meanwhile, other threads neither."""

GARBAGE_SECONDS = 0.2
"""What searches for garbage may take beside a budget: more than that counts, so that there is an end to it."""

T = TypeVar("T")


class BudgetSpentError(Exception):
    """There is no time or memory left for what was to be done. Never reaches a user."""


class Budget:
    """Seconds from now on, and bytes that may be held at a time."""

    __slots__ = ("_asked", "_began", "_bytes", "_deadline", "_held", "_spare", "_thread", "_worked")

    def __init__(self, seconds: float, memory: float) -> None:
        self._asked, self._worked = perf_counter(), thread_time()
        self._deadline = self._worked + seconds
        self._thread = get_ident()
        self._began: float | None = None
        self._spare = GARBAGE_SECONDS
        self._bytes = memory
        self._held = 0.0

    @property
    def bytes(self) -> float:
        return self._bytes

    @property
    def seconds_left(self) -> float:
        return self._deadline - thread_time()

    def allow(self, seconds: float, memory: float) -> None:
        """Raises BudgetSpentError where a call of so many seconds, which leaves so many bytes, does not fit."""
        if seconds > LONGEST_CALL or self._is_past(seconds):
            raise BudgetSpentError("it takes too long")
        self._held += memory
        if self._held > self._bytes:
            raise BudgetSpentError("it takes too much memory")

    def _is_past(self, seconds: float) -> bool:
        """Whether so many seconds from now are more than there are. Since the clock of the thread was asked last, the
        processor worked no longer for it than time went by; that clock costs a call of the system, the other does not.
        """
        now = perf_counter()
        if self._worked + (now - self._asked) + seconds <= self._deadline:
            return False
        self._asked, self._worked = now, thread_time()
        return self._worked + seconds > self._deadline

    def collecting(self, phase: str, info: Mapping[str, int]) -> None:
        """What a search for garbage takes in the thread of the budget is added to its time, up to GARBAGE_SECONDS; see
        `gc.callbacks`."""
        del info
        if get_ident() != self._thread:
            return
        if phase == "start":
            self._began = thread_time()
        elif self._began is not None:
            took = min(thread_time() - self._began, self._spare)
            self._deadline += took
            self._spare -= took
            self._began = None

    def forget(self) -> None:
        """What was held is held no longer."""
        self._held = 0.0


_current: ContextVar[Budget | None] = ContextVar("budget", default=None)


def is_limited() -> bool:
    """Whether a budget is open."""
    return _current.get() is not None


@contextmanager
def limited(seconds: float, memory: float) -> Iterator[None]:
    """A budget for what is done within; one that is open already goes on, and no longer than that lasts."""
    outer = _current.get()
    left = seconds if outer is None else min(seconds, outer.seconds_left)
    budget = Budget(left, memory)
    token = _current.set(budget)
    gc.callbacks.append(budget.collecting)
    try:
        yield
    finally:
        gc.callbacks.remove(budget.collecting)
        _current.reset(token)


def allow(seconds: float = 0.0, memory: float = 0.0) -> None:
    """Go on only if so many seconds, and so many bytes, are left: call it at each node, and before what is long.

    Raises
    ------
    BudgetSpentError
        Where a budget is open and does not have them.
    """
    budget = _current.get()
    if budget is not None:
        budget.allow(seconds, memory)


def forget_held() -> None:
    """Matrices that were held are no longer: those of a point that is done with."""
    budget = _current.get()
    if budget is not None:
        budget.forget()


def refuse(problem: str) -> Exception:
    """The error for what is too large: within a budget it is spent, elsewhere the number has no value."""
    return DomainError(problem) if _current.get() is None else BudgetSpentError(problem)


def within(seconds: float, run: Callable[[], T], otherwise: T) -> T:
    """What ``run`` returns, or ``otherwise`` where it needs longer: for what may be left out."""
    budget = _current.get()
    if budget is None:
        return run()
    try:
        with limited(seconds, budget.bytes):
            return run()
    except BudgetSpentError:
        return otherwise
