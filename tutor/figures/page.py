"""An empty figure with its title and its words, and the ink that can be read on a colour."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from textwrap import wrap
from typing import TYPE_CHECKING, Any

from tutor.errors import TutorError

if TYPE_CHECKING:
    from tutor.figures.picture import Picture

TEXT = 10.0
"""Size of titles and labels, in points."""

PLAIN: Mapping[str, Any] = {"fontsize": TEXT, "parse_math": False}
"""How names of data are written: a dollar sign in one begins no formula."""

MARGIN = 0.08
"""Inches around a figure and between its parts."""

LETTERS_PER_INCH = 12
"""How many letters of that size go on an inch of a title, on the safe side."""


def blank(width: float, height: float, *, alt: str, title: str = "", fitted: bool = True) -> Picture:
    """An empty figure, width × height inches, and higher by its title where that takes several lines.

    ``alt`` says in words what the figure will show. ``fitted`` leaves it to matplotlib to make room for labels.

    Raises
    ------
    TutorError
        Where matplotlib is not installed.
    """
    try:
        from matplotlib.layout_engine import ConstrainedLayoutEngine

        from tutor.figures.picture import Picture
    except ImportError:
        raise TutorError(
            "Figures need matplotlib, which is not installed.", tip='pip install "mixed-model-tutor[plots]"'
        ) from None
    lines = title_lines(title, width)
    layout = ConstrainedLayoutEngine(w_pad=MARGIN, h_pad=MARGIN) if fitted else None
    figure = Picture(figsize=(width, height + 0.2 * len(lines)), layout=layout)
    if lines:
        figure.suptitle("\n".join(lines), **PLAIN)
    figure.alt = alt
    return figure


def title_lines(title: str, width: float) -> list[str]:
    """A title broken into lines that a figure of this many inches holds; breaks that it has are kept."""
    return [part for line in title.splitlines() for part in wrap(line, int(width * LETTERS_PER_INCH))]


def number(value: float, digits: int = 4) -> str:
    """A number to so many digits, with the minus of mathematics; never −0.

    >>> number(-0.5), number(2 / 3), number(-0.0)
    ('−0.5', '0.6667', '0')
    """
    return f"{value + 0.0:.{digits}g}".replace("-", "−")


def span(values: Iterable[float]) -> str:
    """The smallest and the largest of several numbers in words, or the one that they all are.

    >>> span([3, 1, 2]), span([2, 2])
    ('1 to 3', '2')
    """
    several = list(values)
    low, high = number(min(several), 3), number(max(several), 3)
    return low if low == high else f"{low} to {high}"


def ink(colour: Sequence[float]) -> str:
    """Black or white, whichever is read more easily on a colour of red, green and blue in [0, 1].

    By the contrast of WCAG 2.1 (definition of relative luminance): black is the better above a luminance of 0.179.
    """
    linear = [part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in colour[:3]]
    luminance = 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]
    return "black" if luminance > 0.179 else "white"
