"""How the parts below the notation show themselves without knowing it.

Trees, steps and derivations live under the writer, yet a person wants to see them typeset. They inherit from
Shown, and the package's ``__init__``, which may know all its parts, says once which module writes.
"""

from __future__ import annotations

from importlib import import_module
from shutil import get_terminal_size
from typing import Any, Literal, Protocol


class Writer(Protocol):
    """What a module must offer to show things: one function a display."""

    def unicode(self, thing: Any, /) -> str:
        """The thing as text for a terminal; may have several lines."""
        ...

    def latex(self, thing: Any, /) -> str:
        """The thing as LaTeX for display mathematics, without dollar signs."""
        ...

    def markdown(self, thing: Any, /) -> str:
        """The thing as Markdown with mathematics between dollar signs."""
        ...

    def inline(self, thing: Any, /) -> str:
        """The thing on one line of text, as an error message names it."""
        ...

    def shown(self, thing: Any, dialect: Literal["unicode", "latex", "markdown"] = ..., width: int = ..., /) -> str:
        """The thing as a prompt shows it: a named matrix with its entries and labels."""
        ...

    def picture(self, thing: Any, dialect: str = ..., style: Any = ..., width: int | None = ..., /) -> str:
        """A matrix as the pattern of its blocks and entries, with dots."""
        ...


_writer_module: list[str] = []


def written_by(module: str) -> None:
    """Name the module that writes; it is imported when the first thing is shown."""
    _writer_module[:] = [module]


def writer() -> Writer:
    """The module named to `written_by`."""
    if not _writer_module:
        raise RuntimeError("No writer is known: import tutor, which names one.")
    module: Any = import_module(_writer_module[0])
    return module


class Shown:
    """Mixin: an object that IPython, Jupyter and print show in notation."""

    __slots__ = ()

    def __init_subclass__(cls, **arguments: Any) -> None:
        super().__init_subclass__(**arguments)
        # IPython asks class by class, and would take the __repr__ that dataclass gives a subclass before ours.
        cls._repr_pretty_ = cls._repr_pretty_

    def __str__(self) -> str:
        return writer().unicode(self)

    def _repr_pretty_(self, printer: Any, cycle: bool) -> None:
        width = get_terminal_size((100, 24)).columns
        for number, line in enumerate(writer().shown(self, "unicode", width).split("\n")):
            if number:
                printer.break_()
            printer.text(line)

    def _repr_latex_(self) -> str:
        return f"$\\displaystyle {writer().shown(self, 'latex')}$"

    def _repr_markdown_(self) -> str:
        return writer().shown(self, "markdown")
