"""How long inverses and determinants by structure take, and where SymPy's dense inverse stops finishing in a minute.

``python -m benchmarks.structure`` prints the table and, below it, the sizes at which SymPy stops.
"""

from __future__ import annotations

import csv
import multiprocessing
from collections.abc import Callable, Iterator, Sequence
from time import perf_counter

import sympy

from benchmarks.timing import Row, table, timed
from tutor.algebra.by_distance import DISTANCE, ByDistance
from tutor.algebra.sizes import size
from tutor.data import path
from tutor.models.catalogue import split_plot
from tutor.models.from_formula import model
from tutor.models.mixed import MixedModel

REPEATS = 15
SLOW_REPEATS = 3
MINUTE = 60.0

ROWS_OF_SERIES = 1000
LEFT_OUT = frozenset({3, 17, 18, 40, 41, 42, 77, 101, 102, 130, 171})
"""Rows of sleepstudy, counted from 0, without which 169 rows in groups of 7 to 10 are left."""

rho = sympy.Symbol("rho", real=True)


def rows() -> Iterator[Row]:
    """Letters beside SymPy's dense route at the same design in numbers; other structures beside smaller matrices."""
    letters = split_plot("a", "s", "r")
    small = sympy.Matrix(split_plot(3, 4, 2).V.explicit())
    ours = timed(lambda: (letters.V.inv().closed_form(), letters.V.det().closed_form()), REPEATS)
    yield Row(
        "inverse and determinant of V, split plot of a × s treatments in r blocks",
        ours,
        "SymPy: `inv()` and `det()` of 24 rows",
        timed(lambda: (small.inv(), small.det(method="berkowitz")), 1),
    )
    few, many = split_plot(3, 4, 6), split_plot(30, 40, 60)
    yield Row(
        "the same with 72,000 observations",
        timed(lambda: (many.V.inv().closed_form(), many.V.det().closed_form()), REPEATS),
        "with 72 observations",
        timed(lambda: (few.V.inv().closed_form(), few.V.det().closed_form()), REPEATS),
    )
    series = ByDistance(size(ROWS_OF_SERIES), (), rho**DISTANCE)
    short = autoregressive(24)
    yield Row(
        f"inverse of AR(1), {ROWS_OF_SERIES:,} rows",
        timed(lambda: series.inv().closed_form(), REPEATS),
        "SymPy: `inv()` of 24 rows",
        timed(lambda: short.inv(), 1),
    )
    unbalanced = sleepstudy()
    block = sympy.Matrix(unbalanced.V.explicit()[:8, :8])
    yield Row(
        f"all entries of the inverse of V, sleepstudy, {unbalanced.n} rows",
        timed(lambda: unbalanced.V.inv().explicit(), SLOW_REPEATS),
        "SymPy: `inv()` of the first 8 rows",
        timed(lambda: block.inv(), 1),
    )


def sleepstudy() -> MixedModel:
    """Random intercepts and slopes on sleepstudy without a few rows."""
    with path("sleepstudy.csv").open(encoding="utf-8", newline="") as file:
        data = [row for number, row in enumerate(csv.DictReader(file)) if number not in LEFT_OUT]
    columns = {
        "Reaction": [float(row["Reaction"]) for row in data],
        "Days": [int(row["Days"]) for row in data],
        "Subject": [row["Subject"] for row in data],
    }
    return model("Reaction ~ Days + (Days | Subject)", data=columns)


def autoregressive(order: int) -> sympy.Matrix:
    """The correlations of AR(1) by entries."""
    return sympy.Matrix(order, order, lambda i, j: rho ** abs(i - j))


# Where SymPy stops


def split_plot_entries(blocks: int) -> sympy.Matrix:
    """V of a split plot of 3 × 4 plots a block, by entries."""
    return sympy.Matrix(split_plot(3, 4, blocks).V.explicit())


def limit(name: str, matrix: Callable[[int], sympy.Matrix], steps: Sequence[int]) -> str:
    """At which order SymPy's dense inverse does not finish in a minute; each order in a process that can be killed."""
    finished = "no order"
    for step in steps:
        order = matrix(step).rows
        seconds = _seconds(matrix, step)
        if seconds is None:
            return f"{name}: SymPy's dense inverse has {finished}, and does not finish {order} rows in a minute."
        finished = f"{order} rows in {seconds:.2g} s"
    return f"{name}: SymPy's dense inverse has {finished}, the largest that was tried."


def _seconds(matrix: Callable[[int], sympy.Matrix], step: int) -> float | None:
    """How long one inverse takes; None for more than a minute."""
    context = multiprocessing.get_context("fork")
    receiving, sending = context.Pipe(duplex=False)
    process = context.Process(target=_inverted, args=(matrix, step, sending))
    process.start()
    try:
        return receiving.recv() if receiving.poll(MINUTE) else None
    finally:
        process.kill()
        process.join()


def _inverted(matrix: Callable[[int], sympy.Matrix], step: int, sending) -> None:
    entries = matrix(step)
    start = perf_counter()
    entries.inv()
    sending.send(perf_counter() - start)


def main() -> None:
    """Measure and print."""
    print(table(rows()))
    print()
    print(limit("split plot, 12 rows a block", split_plot_entries, (2, 3, 4, 6, 8)))
    print(limit("AR(1)", autoregressive, (10, 20, 40, 80, 160, 320)))


if __name__ == "__main__":
    main()
