"""When an exercise comes back: spaced repetition in Leitner's boxes.

An exercise that went well comes back after 1 day, then after 3, 7, 21 and 60 days; each time that it went well it
moves to the next box. One that did not go well starts again. "Well" is four fifths of the points or more.

Source: S. Leitner, So lernt man lernen (1972); that intervals should grow: N. J. Cepeda et al., Distributed practice in
verbal recall tasks, Psychological Bulletin 132 (2006).
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

DAYS = (1, 3, 7, 21, 60)
"""After how many days an exercise comes back, by its box."""

WELL = 0.8
"""The share of the points from which on a round went well."""


@dataclass(frozen=True, slots=True)
class Round:
    """An exercise that was worked to its end: when, and which share of its points was earned."""

    exercise: str
    at: datetime
    share: float


@dataclass(frozen=True, slots=True)
class Due:
    """How well an exercise is known, by its ``box`` from 0, where it has to be learned, and when it comes back."""

    exercise: str
    box: int
    at: datetime

    @property
    def mastered(self) -> bool:
        """Whether it went well the last time."""
        return self.box > 0


def schedule(rounds: Iterable[Round]) -> dict[str, Due]:
    """When each exercise comes back, from its rounds in any order.

    A second round within the same interval changes no box upwards, so that an exercise that is worked five times in a
    row on one evening comes back the next day all the same.
    """
    known: dict[str, Due] = {}
    for done in sorted(rounds, key=lambda item: item.at):
        before = known.get(done.exercise)
        if done.share < WELL:
            box, at = 0, done.at
        elif before is None or before.box == 0:
            box, at = 1, done.at + timedelta(days=DAYS[0])
        elif done.at >= before.at:
            box = min(before.box + 1, len(DAYS))
            at = done.at + timedelta(days=DAYS[box - 1])
        else:
            box, at = before.box, before.at
        known[done.exercise] = Due(done.exercise, box, at)
    return known
