"""A matrix of numbers as squares of grey, with labels where there are few rows and rules where there are many."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

from tutor.figures.page import PLAIN, TEXT, blank, ink, number

if TYPE_CHECKING:
    from tutor.figures.picture import Picture

MOST_LABELLED = 30
"""Rows, columns or blocks of a heat map that are labelled one by one."""

MOST_WRITTEN = 12
"""Rows and columns of a heat map whose cells have their numbers written in."""

LARGEST = 6.5
"""Inches that the squares of a heat map take at most, either way."""


@dataclass(frozen=True)
class Side:
    """One side of a heat map: what it counts, a label for each row or column, and the blocks into which they fall.

    ``ends`` are the numbers of rows after which a block ends, the last one included; ``blocks`` the names of the
    blocks, if they have any. Without labels, or with too many, the rows are numbered from 1.
    """

    name: str
    size: int
    labels: Sequence[str] | None = None
    ends: tuple[int, ...] = ()
    blocks: tuple[str, ...] | None = None

    @property
    def ticks(self) -> tuple[list[float], list[str]] | None:
        """Where labels stand, and what they say; None where numbers on a scale serve better."""
        if self.size <= MOST_LABELLED:
            places = range(1, self.size + 1)
            return list(places), list(self.labels or map(str, places))
        if self.blocks is not None and len(self.blocks) <= MOST_LABELLED:
            starts = (0, *self.ends[:-1])
            return [(start + 1 + end) / 2 for start, end in zip(starts, self.ends, strict=True)], list(self.blocks)
        return None

    @property
    def longest(self) -> int:
        """The letters of the longest label."""
        return max(map(len, self.ticks[1]), default=0) if self.ticks else len(str(self.size))


def heat_map(matrix: np.ndarray, *, title: str, alt: str, rows: Side, columns: Side, scale: str) -> Picture:
    """A matrix, rows × columns, from white (the smallest entry, or 0) to black (the largest); blocks are ruled.

    ``scale`` says what the numbers are, beside the bar of greys. Raises TutorError without matplotlib.
    """
    written = max(matrix.shape) <= MOST_WRITTEN
    across, down = (_inches(side, written) for side in (columns, rows))
    turned = 0.075 * columns.longest * TEXT / 10 > 0.9 * across / max(1, len(columns.ticks[1]) if columns.ticks else 8)
    left, below = 0.08 * rows.longest + 0.5, 0.08 * columns.longest * turned + 0.5
    figure = blank(across + left + 1.3, max(2.2, down) + below + 0.1, alt=alt, title=title)
    axes = figure.add_subplot()
    lowest, highest = min(0.0, float(matrix.min())), float(matrix.max())
    highest = highest if highest > lowest else lowest + 1
    # A tall matrix of many rows has room for its columns only if they are not squares.
    aspect = "equal" if written or rows.size == columns.size else "auto"
    image = axes.imshow(matrix, cmap="Greys", vmin=lowest, vmax=highest, interpolation="nearest", aspect=aspect,
                        extent=(0.5, columns.size + 0.5, rows.size + 0.5, 0.5))  # fmt: skip
    _label(axes.xaxis, columns, 90 if turned else 0)
    _label(axes.yaxis, rows, 0)
    for end in rows.ends[:-1]:
        axes.axhline(end + 0.5, color="black", linewidth=0.6)
    for end in columns.ends[:-1]:
        axes.axvline(end + 0.5, color="black", linewidth=0.6)
    figure.colorbar(image, label=scale, shrink=0.9)
    if written:
        for (i, j), entry in np.ndenumerate(matrix):
            colour = ink(tuple(image.cmap(float((entry - lowest) / (highest - lowest)))))
            axes.text(j + 1, i + 1, number(entry, 3), ha="center", va="center", color=colour, fontsize=0.9 * TEXT)
    return figure


def _inches(side: Side, written: bool) -> float:
    """How long a side is drawn: squares large enough for their numbers or labels, and no longer than the page."""
    each = 0.45 if written else 0.22
    return min(LARGEST, max(1.2, each * min(side.size, MOST_LABELLED)))


def _label(axis: Any, side: Side, rotation: int) -> None:
    axis.set_label_text(side.name, fontsize=TEXT)
    if side.ticks is None:
        axis.get_major_locator().set_params(integer=True)
    else:
        axis.set_ticks(*side.ticks, **{**PLAIN, "fontsize": 0.9 * TEXT}, rotation=rotation)
        axis.set_tick_params(length=0 if side.size > MOST_LABELLED else 3)
