"""The package tried on answers that are known to be right or wrong, and exercises on their own declarations."""

from __future__ import annotations

import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from tutor import check, rcbd
from tutor.bank import ExerciseFile, bank, load
from tutor.errors import ExerciseError
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


@dataclass(frozen=True, slots=True)
class Report:
    """How many answers and variants were tried, and what failed."""

    answers: int
    variants: int
    failures: tuple[Failure, ...]

    def to_dict(self) -> dict[str, object]:
        """The report as JSON-ready data."""
        return {
            "answers": self.answers,
            "variants": self.variants,
            "failures": [failure.to_dict() for failure in self.failures],
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
    for file in files:
        found = list(_failures(file, seeds, show=not quiet and sys.stderr.isatty()))
        failures += found
        if not quiet:
            print(f"{'✗' if found else '✓'} {file.name}: {seeds} variants, {len(found)} failures")
    if not quiet:
        for failure in failures:
            print(f"  {failure}")
        print(f"{len(ANSWERS)} known answers, {seeds * len(files)} variants of exercises: {_summary(len(failures))}.")
    return Report(len(ANSWERS), seeds * len(files), tuple(failures))


def _wrong_judgements() -> Iterator[Failure]:
    m = rcbd(treatments=3, blocks=2)
    for answer, expected in ANSWERS:
        verdict = check(answer, m.V)
        came = verdict.outcome if verdict.misconception is None else f"{verdict.outcome}: {verdict.misconception}"
        if came != expected:
            yield Failure("known answers", None, "Var(y)", answer, expected, came)


def _failures(file: ExerciseFile, seeds: int, *, show: bool) -> Iterator[Failure]:
    for seed in range(1, seeds + 1):
        if show:
            print(f"\r{file.name} {seed}/{seeds}", end="", file=sys.stderr, flush=True)
        try:
            yield from rehearse(file.variant(seed))
        except ExerciseError as fault:
            yield Failure(file.name, seed, "make", "", "a variant", str(fault))
    if show:
        print("\r\x1b[K", end="", file=sys.stderr, flush=True)


def _summary(failures: int) -> str:
    return "all as they should be" if not failures else f"{failures} not as they should be"
