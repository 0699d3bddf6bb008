"""The field of a design as a matplotlib figure, readable in grey."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from tutor.figures.page import PLAIN, blank, plainly, title_lines
from tutor.models.field_grid import EMPTY, Cell, Grid, Line, grid

if TYPE_CHECKING:
    from tutor.figures.picture import Picture
    from tutor.models.mixed import MixedModel

LIGHTEST, DARKEST = 1.0, 0.55
"""The part of the colour map on which black letters can be read."""

WIDEST, HIGHEST = 10.0, 7.0
"""Inches beyond which words are put below each other and lines are broken, and frames go on beside each other."""

WIDEST_BESIDE = 12.5
"""Inches that frames beside each other take at most."""

LETTER, ROW = 0.1, 0.2
"""Inches that a letter takes, and a row of text."""

GAP = 0.15
"""Inches between frames, and between units of several cells for each kind of unit that ends there."""

MARGIN = 0.15
"""Inches around the field."""


@dataclass(frozen=True)
class _Sizes:
    """What is drawn how large, in inches; ``stacked`` puts the words of a treatment below each other."""

    cell: float
    line: float
    label: float
    head: float
    stacked: bool

    def across(self, line: Line) -> list[float]:
        """Where each cell of a line begins, and where the last one ends, from the start of the first."""
        places, x = [], 0.0
        for number, cell in enumerate(line.cells):
            x += GAP * cell.boundary(line.cells[number - 1]) if number else 0.0
            places.append(x)
            x += self.cell
        return [*places, x]


@plainly
def plot_layout(model: MixedModel, *, seed: int | None = None) -> Picture:
    """The field of a design, in order, or randomized by a seed: a matplotlib Figure.

    Each cell carries its treatment in letters; the shades go from light to dark in a colour map (cividis) whose
    lightness alone tells them apart. ``figure.alt`` describes the field in words, for those who cannot see it.

    Raises
    ------
    TutorError
        For a model without a design, or where matplotlib is not installed.
    SizeError
        When a size of the design is a letter.
    """
    whole = grid(model, seed)
    field, sizes = _measured(whole)
    panels = _panels(field, sizes)
    widths = [max(sizes.across(line)[-1] for frame in panel for line in frame) + sizes.label for panel in panels]
    height = sizes.head + max(_height(panel, sizes) for panel in panels)
    width = max(4.2, sum(widths) + MARGIN * (2 * len(panels)))
    title, note = title_lines(model.title, width), (ROW + MARGIN) * bool(field.note)
    top = height + note + MARGIN
    full = top + ROW * len(title) + 2 * MARGIN
    figure = blank(width, full, alt=describe(whole), fitted=False)
    axes = figure.add_axes((0, 0, 1, 1))
    axes.set_xlim(0, width)
    axes.set_ylim(0, full)
    axes.set_axis_off()
    shades = _shades(field)
    left = MARGIN
    for panel, wide in zip(panels, widths, strict=True):
        _draw(axes, field, panel, sizes, left + sizes.label, top, shades)
        left += wide + 2 * MARGIN
    if field.note:
        axes.text(MARGIN, MARGIN, field.note, ha="left", va="bottom", **PLAIN)
    figure.text(MARGIN / width, 1 - MARGIN / full, "\n".join(title), ha="left", va="top", **PLAIN)
    return figure


def _measured(field: Grid) -> tuple[Grid, _Sizes]:
    """The field with lines that fit a page, and how large its parts are."""
    label = LETTER * max(len(field.line_label(line)) for line in field.lines)
    label += MARGIN if label else 0.0
    room = WIDEST - label - 2 * MARGIN
    words = [cell.words for line in field.lines for cell in line.cells]
    head = ROW + MARGIN / 2 if field.column_labels is not None else 0.0

    def cells(longest: int) -> float:
        return max(0.45, LETTER * longest + 0.2)

    joined = cells(max(len(" ".join(each)) for each in words))
    if field.longest * joined <= room:
        return field, _Sizes(joined, 0.5, label, head, False)
    stacked = cells(max(len(word) for each in words for word in each))
    sizes = _Sizes(stacked, max(0.5, ROW * max(map(len, words)) + 0.1), label, head, True)
    return field.within(max(1, int(room // stacked))), sizes


def _height(panel: list[list[Line]], sizes: _Sizes) -> float:
    return sum(sizes.line * len(frame) for frame in panel) + GAP * (len(panel) - 1)


def _panels(field: Grid, sizes: _Sizes) -> list[list[list[Line]]]:
    """The frames in columns, beside each other, where one column would be too high and several are not too wide."""
    frames = field.frames
    outermost = len({frame[0].down[:1] for frame in frames})
    wide = max(sizes.across(line)[-1] for line in field.lines) + sizes.label + 2 * MARGIN
    most = max(1, int(WIDEST_BESIDE // wide))
    wanted = min(most, -(-_height(frames, sizes) // HIGHEST))
    # The blocks of a replicate, or of a location, stay together where there are few enough of these.
    wanted = outermost if wanted > 1 and 1 < outermost <= most and field.framed > 1 else int(wanted)
    each = -(-len(frames) // wanted)
    return [frames[start : start + each] for start in range(0, len(frames), each)]


def _shades(field: Grid) -> Any:
    """The colour of each cell, from light to dark by its treatment; white where there is none."""
    from matplotlib import colormaps

    names = field.treatments

    def shade(cell: Cell) -> Any:
        if cell.words == (EMPTY,):
            return "white"
        share = names.index(cell.text) / max(1, len(names) - 1)
        return colormaps["cividis"](LIGHTEST - share * (LIGHTEST - DARKEST))

    return shade


def _draw(axes: Any, field: Grid, panel: list[list[Line]], sizes: _Sizes, left: float, top: float, shade: Any) -> None:
    """One column of frames, the labels of lines to the left of them; ``left`` and ``top`` are where cells begin."""
    from matplotlib.patches import Rectangle

    for place, name in zip(sizes.across(panel[0][0]), field.column_labels or (), strict=False):
        axes.text(left + place + sizes.cell / 2, top - ROW, name, ha="center", va="bottom", **PLAIN)
    y = top - sizes.head
    for frame in panel:
        start, right = y, max(sizes.across(line)[-1] for line in frame)
        for line in frame:
            y -= sizes.line
            for x, cell in zip(sizes.across(line), line.cells, strict=False):
                face = {"facecolor": shade(cell), "edgecolor": "black", "linewidth": 0.8}
                axes.add_patch(Rectangle((left + x, y), sizes.cell, sizes.line, **face))
                told = "\n".join(cell.words) if sizes.stacked else cell.text
                middle = (left + x + sizes.cell / 2, y + sizes.line / 2)
                axes.text(*middle, told, ha="center", va="center", **PLAIN)
            label = field.line_label(line)
            if label:
                axes.text(left - MARGIN, y + sizes.line / 2, label, ha="right", va="center", **PLAIN)
        axes.add_patch(Rectangle((left, y), right, start - y, fill=False, edgecolor="black", linewidth=2))
        y -= GAP


def describe(field: Grid) -> str:
    """The field in words: its title, what each line holds, and what a cell is where that needs telling."""
    lines = [
        (f"{field.line_label(line)}: " if not field.folded and field.down else f"Line {number}: ") + _held(line)
        for number, line in enumerate(field.lines, start=1)
    ]
    note = f" {field.note[0].upper()}{field.note[1:]}." if field.note else ""
    return f"{field.title}. " + "; ".join(lines) + f".{note}"


def _held(line: Line) -> str:
    """The treatments of a line, or how many cells it has where nothing was assigned."""
    if all(cell.words == (EMPTY,) for cell in line.cells):
        return f"{len(line.cells)} without treatments" if len(line.cells) > 1 else "1 without a treatment"
    return ", ".join("empty" if cell.words == (EMPTY,) else cell.text for cell in line.cells)
