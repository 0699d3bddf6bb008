"""An empty figure with its title and its words, and the ink that can be read on a colour."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import wraps
from textwrap import wrap
from typing import TYPE_CHECKING, Any, ParamSpec

from tutor.errors import TutorError

if TYPE_CHECKING:
    from tutor.figures.picture import Picture

Given = ParamSpec("Given")
"""What a function that draws is given."""

TEXT = 10.0
"""Size of titles and labels, in points."""

PLAIN: Mapping[str, Any] = {"fontsize": TEXT, "parse_math": False}
"""How names of data are written: a dollar sign in one begins no formula."""

MARGIN = 0.08
"""Inches around a figure and between its parts."""

LETTERS_PER_INCH = 12
"""How many letters of that size go on an inch of a title, on the safe side."""

EVERYDAY = 10_000_000
"""Whole numbers below this are written with all their digits."""

_SUBSCRIPT = re.compile(r"(?<!\w)([α-ω])(²?)_(\w+(?:,\w+)*)")
"""A Greek letter, squared or not, with what stands below it."""

_RAISED = str.maketrans("-0123456789", "⁻⁰¹²³⁴⁵⁶⁷⁸⁹")


def plainly(draw: Callable[Given, Picture]) -> Callable[Given, Picture]:
    """A function that draws, whatever style the user has chosen: black on a dark background could not be read."""

    @wraps(draw)
    def drawn(*arguments: Given.args, **named: Given.kwargs) -> Picture:
        try:
            from matplotlib.style import context
        except ImportError:
            return draw(*arguments, **named)  # which says what is missing
        with context("default"):
            return draw(*arguments, **named)

    return drawn


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
        figure.suptitle(typeset("\n".join(lines)), fontsize=TEXT)
    figure.alt = alt
    return figure


def typeset(text: str) -> str:
    """A text in which parameters such as σ²_u have their subscripts set; a dollar sign in it begins no formula.

    >>> print(typeset("V at σ² = 1, σ²_u0 = 2"))
    V at σ² = 1, $σ^2_{u0}$ = 2
    """
    escaped = text.replace("$", r"\$")
    return _SUBSCRIPT.sub(lambda found: f"${found[1]}{'^2' * bool(found[2])}_{{{found[3]}}}$", escaped)


def title_lines(title: str, width: float) -> list[str]:
    """A title broken into lines of about one length that a figure of this many inches holds; its breaks are kept.

    An equals sign stays with both its sides.
    """
    held = title.replace(" = ", "\u00a0=\u00a0")
    parts = [part for line in held.splitlines() for part in _balanced(line, int(width * LETTERS_PER_INCH))]
    return [part.replace("\u00a0", " ") for part in parts]


def _balanced(line: str, most: int) -> list[str]:
    """A line broken into as few as there must be, none much shorter than the others."""
    fewest = len(wrap(line, most))
    if fewest < 2:
        return wrap(line, most)
    return next(
        parts for width in range(-(-len(line) // fewest), most + 1) if len(parts := wrap(line, width)) == fewest
    )


def shortened(label: str, most: int) -> str:
    """A label of at most so many letters: of a longer one the start and the end, which tell levels apart.

    >>> shortened("Research station number 12", 16)
    'Research…mber 12'
    """
    if len(label) <= most:
        return label
    kept = most - 1
    return f"{label[: kept - kept // 2].rstrip()}…{label[len(label) - kept // 2 :].lstrip()}"


def number(value: float, digits: int = 4) -> str:
    """A number to so many digits as mathematics writes it; never −0, and whole numbers of the everyday in full.

    >>> number(-0.5), number(2 / 3), number(-0.0), number(123456), number(2.5e-7)
    ('−0.5', '0.6667', '0', '123456', '2.5·10⁻⁷')
    """
    text = f"{value + 0.0:.{digits}g}"
    mantissa, _, exponent = text.partition("e")
    if exponent and float(value).is_integer() and abs(value) < EVERYDAY:
        text = f"{value:.0f}"
    elif exponent:
        text = f"{mantissa}·10{str(int(exponent)).translate(_RAISED)}"
    return text.replace("-", "−")


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
