"""What tests of pictures look at: entries, labels, and texts that lie over each other."""

from __future__ import annotations

from itertools import combinations
from typing import Any

import numpy as np
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.text import Text


def drawn(figure: Any) -> np.ndarray:
    """The matrix of a heat map."""
    return np.asarray(figure.axes[0].images[0].get_array())


def ticks(axis: Any) -> list[str]:
    return [text.get_text() for text in axis.get_ticklabels()]


def overlaps(figure: Any) -> list[tuple[str, str]]:
    """Texts of a figure that lie over each other, in pairs."""
    canvas = FigureCanvasAgg(figure)
    canvas.draw()
    renderer = canvas.get_renderer()
    beyond = [  # ticks past the end of an axis have texts that are not drawn
        tick.label1
        for axes in figure.axes
        for axis in (axes.xaxis, axes.yaxis)
        for tick in axis.get_major_ticks()
        if not min(axis.get_view_interval()) <= tick.get_loc() <= max(axis.get_view_interval())
    ]
    found = [text for text in figure.findobj(Text) if text.get_text().strip() and text not in beyond]
    boxes = [(text.get_text(), text.get_window_extent(renderer)) for text in found]
    return [
        (one, other)
        for (one, a), (other, b) in combinations(boxes, 2)
        if min(a.x1, b.x1) - max(a.x0, b.x0) > 1 and min(a.y1, b.y1) - max(a.y0, b.y0) > 1
    ]
