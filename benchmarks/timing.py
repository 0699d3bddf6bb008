"""Measuring: the median of repeated runs, and a table that sets a task beside its peer."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from statistics import median
from time import perf_counter, process_time


@dataclass(frozen=True, slots=True)
class Row:
    """One task: what it took, in milliseconds, and what a peer took in the same run."""

    task: str
    milliseconds: float
    peer: str
    peer_milliseconds: float

    @property
    def ratio(self) -> float:
        """How many times the task's time the peer took; above 1 the task is the faster."""
        return self.peer_milliseconds / self.milliseconds


def timed(run: Callable[[], object], repeats: int) -> float:
    """The median time of a call, in milliseconds, after one that is not counted."""
    run()
    return median(_once(run) for _ in range(repeats))


def timed_each(runs: Iterable[Callable[[], object]]) -> float:
    """The median time of calls that are made once each, in milliseconds."""
    return median(_once(run) for run in runs)


def processor_time(run: Callable[[], object]) -> float:
    """What a call takes of the processor, in milliseconds: no other process that is busy counts."""
    start = process_time()
    run()
    return 1000 * (process_time() - start)


def interpreter(*arguments: str, repeats: int = 15) -> float:
    """The median time, in milliseconds, of a Python process with these arguments, from start to end."""

    def run() -> None:
        subprocess.run([sys.executable, *arguments], check=True, stdout=subprocess.DEVNULL)

    return timed(run, repeats)


def table(rows: Iterable[Row]) -> str:
    """The rows as a Markdown table."""
    lines = ["| task | ms | peer | ms | times as long |", "|---|---:|---|---:|---:|"]
    lines += [
        f"| {row.task} | {_digits(row.milliseconds)} | {row.peer} | {_digits(row.peer_milliseconds)} | "
        f"{_digits(row.ratio)} |"
        for row in rows
    ]
    return "\n".join(lines)


def _once(run: Callable[[], object]) -> float:
    start = perf_counter()
    run()
    return 1000 * (perf_counter() - start)


def _digits(number: float) -> str:
    return f"{number:.3g}" if number < 100 else f"{number:,.0f}"
