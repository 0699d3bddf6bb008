"""The field of a design as a matplotlib figure, readable in grey."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tutor.figures.page import PLAIN, blank, title_lines
from tutor.models.field_grid import Grid, grid

if TYPE_CHECKING:
    from tutor.figures.picture import Picture
    from tutor.models.mixed import MixedModel

LIGHTEST, DARKEST = 1.0, 0.55
"""The part of the colour map on which black letters can be read."""

GAP = 0.35
"""Room between frames, and between units that hold several cells, in cells."""


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
    field = grid(model, seed)
    columns = max(len(line.cells) for line in field.lines)
    widest = max(len(text) for line in field.lines for _, text, _ in line.cells)
    cell = max(0.55, 0.11 * widest + 0.25)
    width = max(4.5, 1.8 + cell * (columns + 1))
    title = title_lines(model.title, width)
    body, head = 0.5 * len(field.lines) + 0.2 * len(field.frames) + 0.4, 0.2 + 0.2 * len(title)
    figure = blank(width, body + head, alt=describe(field), fitted=False)
    from matplotlib import colormaps
    from matplotlib.patches import Rectangle

    axes = figure.add_axes((0, 0, 1, body / (body + head)))
    names = field.treatments
    shades = colormaps["cividis"]
    top = 0.0
    for frame in field.frames:
        start, right = top, 0.0
        for line in frame:
            x = 0.0
            for number, (across, text, _) in enumerate(line.cells):
                before = line.cells[number - 1][0] if number else across
                x += GAP / 2 if len(across) > 1 and across[:-1] != before[:-1] else 0.0
                share = names.index(text) / max(1, len(names) - 1)
                face = shades(LIGHTEST - share * (LIGHTEST - DARKEST))
                axes.add_patch(Rectangle((x, -top - 1), 1, 1, facecolor=face, edgecolor="black", linewidth=0.8))
                axes.text(x + 0.5, -top - 0.5, text, ha="center", va="center", **PLAIN)
                x += 1
            right = max(right, x)
            label = "" if field.folded else field.line_label(line)
            axes.text(-0.15, -top - 0.5, label, ha="right", va="center", **PLAIN)
            top += 1
        axes.add_patch(Rectangle((0, -top), right, top - start, fill=False, edgecolor="black", linewidth=2))
        top += GAP
    for number, name in enumerate(field.column_labels or ()):
        axes.text(number + 0.5, 0.12, name, ha="center", va="bottom", **PLAIN)
    margin = 0.2 if field.folded else 0.2 + 0.11 * max(len(field.line_label(line)) for line in field.lines) / cell
    axes.set_xlim(-margin, columns + GAP * columns / 2 + 0.2)
    axes.set_ylim(-top, 0.7)
    axes.set_axis_off()
    figure.text(0.02, 0.98, "\n".join(title), ha="left", va="top", **PLAIN)
    return figure


def describe(field: Grid) -> str:
    """The field in words: its title, and what each line holds."""
    lines = [
        (f"{field.line_label(line)}: " if not field.folded and field.down else f"Line {number}: ")
        + ", ".join("empty" if text == "·" else text for _, text, _ in line.cells)
        for number, line in enumerate(field.lines, start=1)
    ]
    return f"{field.title}. " + "; ".join(lines) + "."
