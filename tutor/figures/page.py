"""An empty figure with its title and its words, and the ink that can be read on a colour."""

from __future__ import annotations

from collections.abc import Sequence
from textwrap import wrap
from typing import TYPE_CHECKING

from tutor.errors import TutorError

if TYPE_CHECKING:
    from tutor.figures.picture import Picture

TEXT = 10.0
"""Size of titles and labels, in points."""

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
        from tutor.figures.picture import Picture
    except ImportError:
        raise TutorError(
            "Figures need matplotlib, which is not installed.", tip='pip install "mixed-model-tutor[plots]"'
        ) from None
    lines = title_lines(title, width)
    figure = Picture(figsize=(width, height + 0.2 * len(lines)), layout="constrained" if fitted else None)
    if lines:
        figure.suptitle("\n".join(lines), fontsize=TEXT)
    figure.alt = alt
    return figure


def title_lines(title: str, width: float) -> list[str]:
    """A title broken into lines that a figure of this many inches holds; breaks that it has are kept."""
    return [part for line in title.splitlines() for part in wrap(line, int(width * LETTERS_PER_INCH))]


def ink(colour: Sequence[float]) -> str:
    """Black or white, whichever is read more easily on a colour of red, green and blue in [0, 1].

    By the contrast of WCAG 2.1 (definition of relative luminance): black is the better above a luminance of 0.179.
    """
    linear = [part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in colour[:3]]
    luminance = 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]
    return "black" if luminance > 0.179 else "white"
