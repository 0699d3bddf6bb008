"""The text of a model's equations, as Python, a terminal and Jupyter show it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from shutil import get_terminal_size
from typing import Any, Literal

from tutor.errors import TutorError
from tutor.notation.style import Style
from tutor.notation.write import LECTURE, display, fitted, latex, unicode
from tutor.notation.writing.line_breaks import in_width
from tutor.notation.writing.pen import Pen


@dataclass(frozen=True, slots=True)
class Telling:
    """What an equation says, in the style in which it was asked for: ``text`` makes of it lines of Unicode or LaTeX,
    ``inside`` what is within a display of the dialects that set these."""

    text: Callable[[Literal["unicode", "latex"], Style], str]
    inside: Callable[[Pen], str]
    style: Style

    def in_style(self, asked: Style) -> Style:
        """The style asked for; its own where that is the lecture's, which `write` takes for none."""
        return self.style if asked == LECTURE else asked


class Equation(str):
    """The text of an equation in one dialect, which Jupyter typesets; ``latex`` is the same in LaTeX.

    Where ``keeps_width`` is set, as for Unicode, a terminal breaks lines that are longer than it is wide. ``telling``
    says it again in another dialect and style; text out of a pickle has only its own.
    """

    latex: str
    keeps_width: bool
    telling: Telling | None

    def __new__(cls, text: str, latex: str, *, keeps_width: bool = False, telling: Telling | None = None) -> Equation:
        equation = super().__new__(cls, text)
        equation.latex = latex
        equation.keeps_width = keeps_width
        equation.telling = telling
        return equation

    def __reduce__(self) -> tuple[Any, ...]:
        return Equation, (str(self), self.latex), {"keeps_width": self.keeps_width}

    def within(self, width: int) -> str:
        """The text in lines of at most ``width`` columns, or longer ones where nothing can be parted."""
        return "\n".join(in_width(line, width) for line in self.split("\n")) if self.keeps_width else str(self)

    def _repr_pretty_(self, printer: Any, cycle: bool) -> None:
        for number, line in enumerate(self.within(get_terminal_size((100, 24)).columns).split("\n")):
            if number:
                printer.break_()
            printer.text(line)

    def _repr_latex_(self) -> str:
        return f"$\\displaystyle {self.latex}$"


@unicode.register
def unicode_equation(thing: Equation, style: Style = LECTURE) -> str:
    """The equation in lines of Unicode."""
    if thing.telling is not None:
        return thing.telling.text("unicode", thing.telling.in_style(style))
    if thing.keeps_width:
        return str(thing)
    raise _told_once()


@fitted.register
def fitted_equation(thing: Equation, style: Style, width: int) -> str:
    """The equation in lines of Unicode; what a symbol means goes on below where it began."""
    return "\n".join(in_width(line, width) for line in unicode_equation(thing, style).split("\n"))


@latex.register
def latex_equation(thing: Equation, style: Style = LECTURE) -> str:
    """The equation in LaTeX."""
    return thing.latex if thing.telling is None else thing.telling.text("latex", thing.telling.in_style(style))


@display.register
def display_equation(thing: Equation, pen: Pen) -> str:
    """The equation within a display."""
    if thing.telling is None:
        raise _told_once()
    return thing.telling.inside(replace(pen, style=thing.telling.in_style(pen.style)))


def _told_once() -> TutorError:
    return TutorError("This text of an equation was kept without its model, in one dialect only.",
                      tip="Ask the model for it, as m.equation('index', 'typst').")  # fmt: skip
