"""The package tried on answers that are known to be right or wrong, and exercises on their own declarations."""

from __future__ import annotations

import os
import re
import sys
from collections.abc import Hashable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import asdict, dataclass
from multiprocessing import get_context
from time import process_time

from tutor import check, rcbd
from tutor.bank import ExerciseFile, bank, load
from tutor.errors import ExerciseError
from tutor.exercise import Exercise
from tutor.frontends.markup import markup_left
from tutor.rehearsal import Failure, rehearse

ANSWERS: tuple[tuple[str, str], ...] = (
    (r"\mathbf{Z}\mathbf{G}\mathbf{Z}' + \mathbf{R}", "correct"),
    (r"\mathbf{R} + \mathbf{Z}\mathbf{G}\mathbf{Z}^T", "correct"),
    (r"\mathbf{Z}\mathbf{G}'\mathbf{Z}' + \mathbf{R}", "correct"),
    (r"\sigma_u^2 \mathbf{Z}\mathbf{Z}' + \sigma^2 \mathbf{I}", "correct"),
    (r"\mathbf{I}_2 \otimes (\sigma^2 \mathbf{I}_3 + \sigma^2_u \mathbf{J}_3)", "correct"),
    ("Z %*% G %*% t(Z) + R", "correct"),
    ("Z @ G @ Z.T + R", "correct"),
    (r"\mathbf{G}\mathbf{Z}\mathbf{Z}' + \mathbf{R}", "incorrect: shapes-do-not-meet"),
    (r"\mathbf{Z}'\mathbf{G}\mathbf{Z} + \mathbf{R}", "incorrect: shapes-do-not-meet"),
    (r"\mathbf{Z}\mathbf{G}\mathbf{Z} + \mathbf{R}", "incorrect: shapes-do-not-meet"),
    (r"\mathbf{Z}\mathbf{G}\mathbf{Z}'", "incorrect: missing-residual"),
    (r"\mathbf{R}", "incorrect: missing-random"),
    (r"\sigma_u \mathbf{Z}\mathbf{Z}' + \sigma^2 \mathbf{I}", "incorrect: sd-for-variance"),
    ("zgz' + R", "unreadable: lower-case"),
    (r"\mathbf{Z}\mathbf{G}\mathbf{Z}' + (\mathbf{R}", "unreadable"),
)
"""Answers to Var(y) in a randomized complete block design of 3 treatments and 2 blocks, and what they are."""


SHOWN = 5
"""Different variants whose texts are looked at in each display: they have the same words, with other numbers."""

WORTH_TELLING = 1.0
"""Seconds from which on it is told how long an exercise took."""


@dataclass(frozen=True, slots=True)
class Tried:
    """What was seen of an exercise: how many of its variants differ, what failed, and the seconds that it took."""

    name: str
    variants: int
    different: int
    failures: tuple[Failure, ...]
    seconds: float

    def __str__(self) -> str:
        repeated = "" if self.different == self.variants else f" ({self.different} different)"
        sign = "✗" if self.failures else "✓"
        took = f", {self.seconds:.0f} s" if self.seconds >= WORTH_TELLING else ""
        return f"{sign} {self.name}: {self.variants} variants{repeated}, {len(self.failures)} failures{took}"

    def to_dict(self) -> dict[str, object]:
        """What was seen as JSON-ready data."""
        return {**asdict(self), "failures": len(self.failures)}


@dataclass(frozen=True, slots=True)
class Report:
    """How many answers and variants were tried, what failed, and what was seen of each exercise."""

    answers: int
    variants: int
    failures: tuple[Failure, ...]
    exercises: tuple[Tried, ...] = ()

    def to_dict(self) -> dict[str, object]:
        """The report as JSON-ready data."""
        return {
            "answers": self.answers,
            "variants": self.variants,
            "failures": [failure.to_dict() for failure in self.failures],
            "exercises": [tried.to_dict() for tried in self.exercises],
        }


def selftest(exercises: Sequence[str], *, seeds: int, quiet: bool = False) -> Report:
    """Try the table of answers and ``seeds`` variants of each exercise; failures are printed as they come.

    Raises
    ------
    ExerciseError
        When an exercise cannot be loaded.
    """
    files = [load(name) for name in (exercises or [str(path) for path in bank()])]
    failures = list(_wrong_judgements())
    tried: list[Tried] = []
    for seen in _all(files, seeds, show=not quiet and sys.stderr.isatty()):
        tried.append(seen)
        failures += seen.failures
        if not quiet:
            print(seen, flush=True)
    if not quiet:
        for told in _told(failures):
            print(f"  {told}")
        print(f"{len(ANSWERS)} known answers, {seeds * len(files)} variants of exercises: {_summary(len(failures))}.")
    return Report(len(ANSWERS), seeds * len(files), tuple(failures), tuple(tried))


def _wrong_judgements() -> Iterator[Failure]:
    m = rcbd(treatments=3, blocks=2)
    for answer, expected in ANSWERS:
        verdict = check(answer, m.V)
        came = verdict.outcome if verdict.misconception is None else f"{verdict.outcome}: {verdict.misconception}"
        if came != expected:
            yield Failure("known answers", None, "Var(y)", answer, expected, came)


def _all(files: Sequence[ExerciseFile], seeds: int, *, show: bool) -> Iterator[Tried]:
    """What is seen of each file, in their order; several are tried at once, one on each processor."""
    workers = min(len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1, len(files))
    if workers < 2:
        yield from (_try(file, seeds, show=show) for file in files)
        return
    # Processes that are started afresh inherit no lock that a thread holds here.
    with ProcessPoolExecutor(workers, get_context("spawn")) as pool:
        yield from pool.map(_try_by_path, [str(file.path) for file in files], [seeds] * len(files))


def _try_by_path(path: str, seeds: int) -> Tried:
    """The same in another process, to which a path can be sent and a module cannot."""
    return _try(load(path), seeds, show=False)


def _try(file: ExerciseFile, seeds: int, *, show: bool) -> Tried:
    """Rehearse the variants of an exercise; a question that is asked in several is judged once."""
    began = process_time()
    failures: list[Failure] = []
    different: set[tuple[str, ...]] = set()
    known: set[Hashable] = set()
    for seed in range(1, seeds + 1):
        if show:
            print(f"\r{file.name} {seed}/{seeds}", end="", file=sys.stderr, flush=True)
        try:
            variant = file.variant(seed)
        except ExerciseError as fault:
            failures.append(Failure(file.name, seed, "", "", "a variant", str(fault)))
            continue
        if not different:
            failures += _unknown(variant)
        if len(different) < SHOWN:
            failures += _badly_shown(variant)
        different.add((variant.story, *(question.asked for question in variant.questions)))
        failures += rehearse(variant, known)
    if show:
        print("\r\x1b[K", end="", file=sys.stderr, flush=True)
    return Tried(file.name, seeds, len(different), tuple(failures), process_time() - began)


def _unknown(variant: Exercise) -> Iterator[Failure]:
    """The prerequisites that are no exercises; they are the same in each variant."""
    for name in variant.prerequisites:
        try:
            load(name)
        except ExerciseError:
            yield Failure(
                variant.name, variant.seed, "", "", "an exercise", f"Its prerequisite {name!r} is no exercise."
            )


def _badly_shown(variant: Exercise) -> Iterator[Failure]:
    """The texts in which a display would leave markup."""
    for place, shown in markup_left(variant):
        yield Failure(variant.name, variant.seed, place, "", "no markup", f"A learner would see …{shown}…")


def _told(failures: Sequence[Failure]) -> Iterator[str]:
    """Each failure in a line; those that say the same of several variants together."""
    alike: dict[str, list[Failure]] = {}
    for failure in failures:
        alike.setdefault(re.sub(rf"variant {failure.seed}\b", "", str(failure)), []).append(failure)
    for first, *others in alike.values():
        more = "" if not others else f" (and {len(others)} more variant{'s' * (len(others) > 1)})"
        yield f"{first}{more}"


def _summary(failures: int) -> str:
    return "all as they should be" if not failures else f"{failures} not as they should be"
