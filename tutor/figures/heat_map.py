"""A matrix of numbers as squares of grey, with labels where there are few rows and rules where there are many."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

from tutor.figures.page import PLAIN, TEXT, blank, ink, number, plainly, shortened

if TYPE_CHECKING:
    from tutor.figures.picture import Picture

MOST_LABELLED = 30
"""Rows, columns or blocks of a heat map that are labelled one by one, and blocks that are ruled."""

MOST_WRITTEN = 12
"""Rows and columns of a heat map whose cells have their numbers written in."""

LARGEST = 6.5
"""Inches that the squares of a heat map take at most, either way, unless numbers need more."""

LONGEST = 32
"""Letters of a label; of a longer one the middle is left out."""

MOST_VALUES = 7
"""Different entries up to which the bar beside a heat map is marked at these, and not on a scale."""

LETTER = 0.08
"""Inches that a letter of a label takes."""


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
            return list(places), _fitting(list(self.labels or map(str, places)))
        if self.blocks is not None and len(self.blocks) <= MOST_LABELLED:
            starts = (0, *self.ends[:-1])
            places = [(start + 1 + end) / 2 for start, end in zip(starts, self.ends, strict=True)]
            return places, _fitting(list(self.blocks))
        return None

    @property
    def rules(self) -> tuple[int, ...]:
        """Rows after which a line is drawn: none where there were more lines than squares to see between them."""
        return self.ends[:-1] if len(self.ends) <= MOST_LABELLED else ()

    @property
    def longest(self) -> int:
        """The letters of the longest label."""
        return max(map(len, self.ticks[1]), default=0) if self.ticks else len(str(self.size))


def _fitting(labels: list[str]) -> list[str]:
    """The labels, long ones without their middle if they can still be told apart."""
    short = [shortened(label, LONGEST) for label in labels]
    return short if len(set(short)) == len(set(labels)) else labels


@plainly
def heat_map(matrix: np.ndarray, *, title: str, alt: str, rows: Side, columns: Side, scale: str) -> Picture:
    """A matrix, rows × columns: 0 is white, and the larger an entry the darker its grey; blocks are ruled.

    Negative entries are orange, and hatched where no numbers are written in, so that they differ from positive ones
    in grey too. ``scale`` says what the numbers are, beside the bar of greys. Raises TutorError without matplotlib.
    """
    written = max(matrix.shape) <= MOST_WRITTEN
    each = max(0.45, 0.12 + 0.9 * LETTER * max(len(number(entry, 3)) for entry in matrix.flat)) if written else 0.22
    across, down = (_inches(side, each, written) for side in (columns, rows))
    room = across / max(1, len(columns.ticks[1]) if columns.ticks else 8)
    turned = columns.ticks is not None and LETTER * columns.longest > 0.9 * room
    left, below = LETTER * rows.longest + 0.5, LETTER * columns.longest * turned + 0.5
    figure = blank(max(4.2, across + left + 1.3), max(2.2, down) + below + 0.1, alt=alt, title=title)
    axes = figure.add_subplot()
    # A tall matrix of many rows has room for its columns only if they are not squares.
    aspect = "equal" if written or rows.size == columns.size else "auto"
    image = axes.imshow(matrix, **_shades(matrix), interpolation="nearest", aspect=aspect,
                        extent=(0.5, columns.size + 0.5, rows.size + 0.5, 0.5))  # fmt: skip
    _label(axes.xaxis, columns, 90 if turned else 0)
    _label(axes.yaxis, rows, 0)
    for end in rows.rules:
        axes.axhline(end + 0.5, color="black", linewidth=0.6)
    for end in columns.rules:
        axes.axvline(end + 0.5, color="black", linewidth=0.6)
    bar = figure.colorbar(image, label=scale, shrink=0.9)
    _mark(bar, matrix)
    if written:
        for (i, j), entry in np.ndenumerate(matrix):
            colour = ink(tuple(image.cmap(image.norm(entry))))
            axes.text(j + 1, i + 1, number(entry, 3), ha="center", va="center", color=colour, fontsize=0.9 * TEXT)
    elif matrix.min() < 0:
        _hatch(axes, matrix)
    return figure


def how_drawn(matrix: np.ndarray) -> str:
    """What the colours of a heat map mean, for its words."""
    return "darker is larger" if matrix.min() >= 0 else "darker is further from 0, and negative entries are orange"


def _inches(side: Side, each: float, written: bool) -> float:
    """How long a side is drawn: squares large enough for their numbers or labels, and no longer than the page."""
    length = max(1.2, each * min(side.size, MOST_LABELLED))
    return length if written else min(LARGEST, length)


def _shades(matrix: np.ndarray) -> dict[str, Any]:
    """The colours of entries, and the smallest and the largest that are told apart: 0 is white, whatever there is."""
    from matplotlib import colormaps
    from matplotlib.colors import LinearSegmentedColormap, Normalize

    lowest, highest = min(0.0, float(matrix.min())), max(0.0, float(matrix.max()))
    if lowest == highest:
        highest = 1.0
    if lowest == 0:
        return {"cmap": "Greys", "norm": Normalize(0, highest)}
    # Equal sizes are equally far from white; #d55e00, vermilion, is told from grey in every kind of colour vision
    # (Okabe and Ito 2008, Color universal design).
    most, places = max(-lowest, highest), np.linspace(lowest, highest, 256)
    negative = LinearSegmentedColormap.from_list("negative", ["white", "#d55e00"])
    colours = [negative(-at / most) if at < 0 else colormaps["Greys"](at / most) for at in places]
    return {"cmap": LinearSegmentedColormap.from_list("signed", colours, N=256), "norm": Normalize(lowest, highest)}


def _mark(bar: Any, matrix: np.ndarray) -> None:
    """The bar beside the squares, marked at the entries themselves where they are few and lie apart."""
    low, high = bar.norm.vmin, bar.norm.vmax
    values = np.unique(np.round(np.append(matrix, 0.0), 9))
    if len(values) <= MOST_VALUES and (len(values) < 2 or np.diff(values).min() > 0.08 * (high - low)):
        bar.set_ticks(values, labels=[number(value, 3) for value in values])
    if low < 0 and max(matrix.shape) > MOST_WRITTEN:
        bar.ax.axhspan(low, 0, **_HATCHED)


_HATCHED = {"facecolor": "none", "edgecolor": "0.25", "hatch": "////", "linewidth": 0}


def _hatch(axes: Any, matrix: np.ndarray) -> None:
    """Lines over the negative entries, each run of neighbours in a row as one oblong."""
    from matplotlib.patches import PathPatch
    from matplotlib.path import Path

    oblongs = []
    for row, negative in enumerate(matrix < 0):
        steps = np.flatnonzero(np.diff(np.concatenate([[False], negative, [False]]).astype(int)))
        for start, end in zip(steps[::2], steps[1::2], strict=True):
            x0, x1, y0, y1 = start + 0.5, end + 0.5, row + 0.5, row + 1.5
            oblongs.append(Path([(x0, y0), (x1, y0), (x1, y1), (x0, y1), (x0, y0)], closed=True))
    axes.add_patch(PathPatch(Path.make_compound_path(*oblongs), gid="negative", **_HATCHED))


def _label(axis: Any, side: Side, rotation: int) -> None:
    axis.set_label_text(side.name, fontsize=TEXT)
    if side.ticks is None:
        axis.get_major_locator().set_params(integer=True)
    else:
        axis.set_ticks(*side.ticks, **{**PLAIN, "fontsize": 0.9 * TEXT}, rotation=rotation)
        axis.set_tick_params(length=0 if side.size > MOST_LABELLED else 3)
