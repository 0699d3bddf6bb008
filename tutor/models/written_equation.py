"""The text of a model's equations, as Python, a terminal and Jupyter show it."""

from __future__ import annotations

from shutil import get_terminal_size
from typing import Any

from tutor.notation.writing.line_breaks import in_width


class Equation(str):
    """The text of an equation in one dialect, which Jupyter typesets; ``latex`` is the same in LaTeX.

    Where ``keeps_width`` is set, as for Unicode, a terminal breaks lines that are longer than it is wide.
    """

    latex: str
    keeps_width: bool

    def __new__(cls, text: str, latex: str, *, keeps_width: bool = False) -> Equation:
        equation = super().__new__(cls, text)
        equation.latex = latex
        equation.keeps_width = keeps_width
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
