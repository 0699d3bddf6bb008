"""Figures of covariance matrices, readable in grey and by people who see colours differently."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from tutor.errors import TutorError
from tutor.figures.heat_map import Side, heat_map, how_drawn
from tutor.figures.page import blank, number, plainly, span

if TYPE_CHECKING:
    from tutor.covariance.demonstration import Demonstration
    from tutor.figures.picture import Picture

_DASHES = ("-", "--", "-.", ":")
_MARKS = "os^Dv"


def heatmap(shown: Demonstration) -> Picture:
    """The matrix as squares from white (the smallest) to black, with the numbers written in where there is room."""
    matrix, size = shown.matrix, len(shown.matrix)
    alt = (
        f"Heat map of the {size} × {size} covariance matrix {shown.structure.title} at {shown.setting}: variances "
        f"{span(np.diag(matrix))}, all entries {span(matrix.flat)}; {how_drawn(matrix)}."
    )
    title = _title(shown)
    labels = None if shown.places is None else [number(place) for place in shown.places]
    of = "row" if labels is None else "position of row"
    rows, columns = Side(f"{of} i", size, labels), Side(f"{of} j", size, labels)
    return heat_map(matrix, title=title, alt=alt, rows=rows, columns=columns, scale="covariance of rows i and j")


def _title(shown: Demonstration) -> str:
    name = shown.structure.title
    return f"{name[0].upper()}{name[1:]} ({shown.structure.key})\n{shown.setting}"


@plainly
def profiles(shown: Demonstration, seed: int, subjects: int) -> Picture:
    """One line a subject, told apart by dashes and marks as well as by grey."""
    if subjects < 1:
        raise TutorError(f"{subjects} subjects cannot be drawn.", tip="Give subjects=1 or more.")
    size = len(shown.matrix)
    alt = (
        f"Profiles of {subjects} simulated subjects over {size} rows, drawn with seed {seed} from a normal "
        f"distribution with mean 0 and the covariance matrix {shown.structure.title} at {shown.setting}."
    )
    figure = blank(6.4, 4.0, alt=alt, title=_title(shown))
    axes = figure.add_subplot()
    places = shown.places or list(range(1, size + 1))
    order = np.argsort(places)
    root = np.linalg.cholesky(shown.matrix)
    draws = np.random.default_rng(seed).standard_normal((subjects, size)) @ root.T
    for k, draw in enumerate(draws):
        grey = str(round(0.7 * k / max(1, subjects - 1), 3))
        style = {"linestyle": _DASHES[k % len(_DASHES)], "marker": _MARKS[k % len(_MARKS)], "markersize": 4}
        axes.plot(np.array(places)[order], draw[order], color=grey, linewidth=1, label=f"subject {k + 1}", **style)
    axes.axhline(0, color="0.8", linewidth=0.8, zorder=0)
    if shown.places is None:
        axes.locator_params(axis="x", integer=True, nbins=min(size, 20))
    axes.set_xlabel("row (time)" if shown.places is None else "position")
    axes.set_ylabel("deviation from the mean")
    return figure
