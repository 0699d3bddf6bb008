"""While an answer is judged, Python searches for garbage rarely.

A full search looks at every object of the process, 0.1 s with SymPy loaded, and stops the student's verdict for
it. It comes from the young objects that live when Python counts 700 new ones: what a verdict works with is counted as
old, though all of it is dropped at the end, without any search. So that number is raised until then. It is not switched
off: where threads judge one after the other without a pause, garbage is still found.
"""

from __future__ import annotations

import gc
from threading import Lock

YOUNG = 50_000
"""New objects, those dropped since not counted, after which the young ones are looked through: some megabytes."""

OLD = 100
"""Searches through the middle-aged after which all are looked through, which takes seconds where there are millions."""


class _Judgements:
    """How many judgements run in the process, and what its threshold was before: it belongs to no single thread."""

    def __init__(self) -> None:
        self._lock = Lock()
        self._running = 0
        self._before = (0, 0, 0)

    def begin(self) -> None:
        with self._lock:
            if self._running == 0:
                self._before = gc.get_threshold()
                young, middle, old = self._before
                if 0 < young < YOUNG:  # 0 is a search that was switched off
                    gc.set_threshold(YOUNG, middle, max(old, OLD))
            self._running += 1

    def end(self) -> None:
        self._lock.acquire()  # "with" would make a tuple at its end
        try:
            self._running -= 1
            if self._running == 0:
                gc.set_threshold(*self._before)
        finally:
            self._lock.release()


_judgements = _Judgements()


class _RarelySearched:
    """A context manager whose end makes no object: the first that is made after it may be stopped for a full search,
    which what the process made before is due, and that should be none of the verdict's."""

    __slots__ = ()

    def __enter__(self) -> None:
        _judgements.begin()

    def __exit__(self, *raised: object) -> None:
        _judgements.end()


def rarely_searched() -> _RarelySearched:
    """Searches for garbage are rare within, and as before when the last thread that is within has left."""
    return _RarelySearched()
