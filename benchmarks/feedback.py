"""What an answer costs at the prompt, from the text that was typed to the screen that tells what became of it.

Over the whole bank: each question of a few variants is answered with each mistake that it declares and with what is
right, as `%tutor answer` does it: judged, kept in the file of the progress, and shown with the question that follows.
These are milliseconds of the processor, so that a busy machine tells much the same.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from statistics import median, quantiles
from tempfile import TemporaryDirectory

from benchmarks.timing import processor_time
from tutor.bank import bank
from tutor.frontends.practice.commands import answer
from tutor.frontends.practice.desk import Desk
from tutor.frontends.practice.screen import Look
from tutor.rehearsal import right_answers
from tutor.storage.progress import Progress

LIMIT = 150.0
"""Milliseconds that the median may take."""

SEEDS = (1, 2, 3)


@dataclass(frozen=True, slots=True)
class Answered:
    """One answer and its cost in milliseconds of the processor."""

    exercise: str
    question: str
    text: str
    milliseconds: float


def answered(folder: Path) -> Iterator[Answered]:
    """Each answer of the bank with its cost; the progress is kept in a folder."""
    desk = Desk(_progress=Progress(folder / "progress.sqlite"))
    for path in bank():
        for seed in SEEDS:
            yield from _through(desk, path.stem, seed)


def _through(desk: Desk, exercise: str, seed: int) -> Iterator[Answered]:
    """The questions of a variant in their order: wrong answers first, since a right one leads on to the next."""
    course = desk.open(exercise, seed)
    while (question := course.stop.question) is not None:
        *others, last = right_answers(question)
        for mistake in question.mistakes:
            yield _timed(desk, exercise, question.key, mistake.answer)
        for text in others:
            yield _timed(desk, exercise, question.key, str(text))
            course.back()
        yield _timed(desk, exercise, question.key, str(last))


def _timed(desk: Desk, exercise: str, question: str, text: str) -> Answered:
    return Answered(exercise, question, text, processor_time(lambda: answer(desk, text).terminal(Look())))


def main() -> None:
    """Measure and print: the first answer, the median, the 95th percentile, and the answers that cost most."""
    with TemporaryDirectory() as folder:
        first, *others = answered(Path(folder))
    costs = [each.milliseconds for each in others]
    print(f"{len(costs)} answers to the questions of {len(bank())} exercises, {len(SEEDS)} variants of each")
    print(f"median {median(costs):.0f} ms (limit {LIMIT:.0f} ms), 95 % {quantiles(costs, n=20)[-1]:.0f} ms")
    print(f"the first answer of a process, which loads what all need: {first.milliseconds:.0f} ms")
    for each in sorted(others, key=lambda each: -each.milliseconds)[:5]:
        print(f"{each.milliseconds:6.0f} ms  {each.exercise} {each.question}  {each.text[:70]!r}")


if __name__ == "__main__":
    main()
