"""Figures of covariance matrices, readable in grey and by people who see colours differently.

matplotlib comes with the extra "plots" and is imported when the first figure is drawn.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

from tutor.errors import TutorError

if TYPE_CHECKING:
    from matplotlib.figure import Figure

    from tutor.covariance.demonstration import Demonstration

MOST_WRITTEN = 12
"""Rows of a heat map whose cells have their numbers written in."""

_DASHES = ("-", "--", "-.", ":")
_MARKS = "os^Dv"


def _figure(width: float, height: float) -> Any:
    try:
        from matplotlib.figure import Figure
    except ImportError:
        raise TutorError(
            "Figures need matplotlib, which is not installed.", tip='pip install "mixed-model-tutor[plots]"'
        ) from None
    return Figure(figsize=(width, height), layout="constrained")


def heatmap(shown: Demonstration) -> Figure:
    """The matrix as squares from white (the smallest) to black, with the numbers written in where there is room."""
    matrix, size = shown.matrix, len(shown.matrix)
    figure = _figure(5.2, 4.4)
    axes = figure.add_subplot()
    image = axes.imshow(matrix, cmap="Greys", vmin=min(0.0, float(matrix.min())), vmax=float(matrix.max()))
    axes.set_xticks(range(size), [str(k + 1) for k in range(size)])
    axes.set_yticks(range(size), [str(k + 1) for k in range(size)])
    axes.set_xlabel("row j")
    axes.set_ylabel("row i")
    axes.set_title(f"{shown.structure.key}: {shown.setting}", fontsize="medium", wrap=True)
    figure.colorbar(image, label="covariance of rows i and j")
    if size <= MOST_WRITTEN:
        for (i, j), entry in np.ndenumerate(matrix):
            # White on dark squares, black on light ones.
            colour = "white" if image.norm(entry) > 0.5 else "black"
            axes.text(j, i, f"{entry:.3g}", ha="center", va="center", color=colour, fontsize="small")
    figure.alt = (
        f"Heat map of the {size} × {size} covariance matrix {shown.structure.title} at {shown.setting}: variances from "
        f"{np.diag(matrix).min():.3g} to {np.diag(matrix).max():.3g}, all entries from {matrix.min():.3g} to "
        f"{matrix.max():.3g}; darker is larger."
    )
    return figure


def profiles(shown: Demonstration, seed: int, subjects: int) -> Figure:
    """One line a subject, told apart by dashes and marks as well as by grey."""
    if subjects < 1:
        raise TutorError(f"{subjects} subjects cannot be drawn.", tip="Give subjects=1 or more.")
    size = len(shown.matrix)
    figure = _figure(6.4, 4.0)
    axes = figure.add_subplot()
    root = np.linalg.cholesky(shown.matrix)
    draws = np.random.default_rng(seed).standard_normal((subjects, size)) @ root.T
    for k, draw in enumerate(draws):
        grey = str(round(0.7 * k / max(1, subjects - 1), 3))
        style = {"linestyle": _DASHES[k % len(_DASHES)], "marker": _MARKS[k % len(_MARKS)], "markersize": 4}
        axes.plot(range(1, size + 1), draw, color=grey, linewidth=1, label=f"subject {k + 1}", **style)
    axes.axhline(0, color="0.8", linewidth=0.8, zorder=0)
    axes.set_xticks(range(1, size + 1))
    axes.set_xlabel("row (time)")
    axes.set_ylabel("deviation from the mean")
    axes.set_title(f"{shown.structure.key}: {shown.setting}", fontsize="medium", wrap=True)
    figure.alt = (
        f"Profiles of {subjects} simulated subjects over {size} rows, drawn with seed {seed} from a normal "
        f"distribution with mean 0 and the covariance matrix {shown.structure.title} at {shown.setting}."
    )
    return figure
