"""Notation as text: trees, derivations and what other modules register, in LaTeX, Unicode and Markdown.

`unicode`, `latex` and `markdown` are open: a module with things of its own registers handlers for them. What is
but one formula registers with `tutor.notation.pen.written` instead, and has all dialects at once.
"""

from __future__ import annotations

from functools import singledispatch
from typing import Any, Literal

from tutor.algebra.nodes import Explicit, Symbol
from tutor.algebra.rules import Derivation, Step
from tutor.errors import UnknownNameError
from tutor.notation import write_scalar, write_tree  # noqa: F401  (they register how formulas are written)
from tutor.notation.dialects import LATEX, UNICODE
from tutor.notation.pen import Pen
from tutor.notation.style import Style
from tutor.notation.write_derivation import derivation_latex, derivation_text
from tutor.notation.write_matrix import latex_table, matrix_table, shown_symbol, shown_symbol_latex

__all__ = ["DialectName", "Style", "inline", "latex", "markdown", "matrix_table", "shown", "unicode", "write"]

DialectName = Literal["latex", "unicode", "markdown"]

LECTURE = Style()
"""The style of the lecture, where none is asked for."""


def write(thing: Any, dialect: DialectName = "latex", style: Style = LECTURE) -> str:
    r"""A tree, a scalar, a step or a derivation in LaTeX (for display mathematics), Unicode or Markdown.

    Raises
    ------
    UnknownNameError
        For another dialect.
    TutorError
        For a thing without notation.

    >>> from tutor.algebra.build import symbol
    >>> write(symbol("Z", 6, 2) @ symbol("u", 2)), write(symbol("Z", 6, 2).T, "unicode", Style(transpose="T"))
    ('\\mathbf{Z}\\mathbf{u}', 'Zᵀ')
    """
    writers = {"latex": latex, "unicode": unicode, "markdown": markdown}
    if dialect not in writers:
        raise UnknownNameError("The dialect", str(dialect), writers)
    return writers[dialect](thing, style)


def inline(thing: Any, style: Style = LECTURE) -> str:
    """One line of Unicode, whatever the thing: for error messages and for use within a sentence."""
    if isinstance(thing, Explicit) and len(thing.matrix) > LARGEST_INLINE:
        return f"the {thing.rows} × {thing.columns} matrix"
    return Pen(UNICODE, style).whole(thing)


LARGEST_INLINE = 36
"""Entries of a matrix that a sentence may hold."""


@singledispatch
def unicode(thing: Any, style: Style = LECTURE) -> str:
    """The thing as text for a terminal: one line, or several for a matrix of entries and for a derivation."""
    return Pen(UNICODE, style).whole(thing)


@unicode.register
def unicode_explicit(thing: Explicit, style: Style = LECTURE) -> str:
    """The entries between brackets that span the lines."""
    return matrix_table(thing, style=style, caption=False)


@unicode.register
def unicode_step(thing: Step, style: Style = LECTURE) -> str:
    """The equality with its reason."""
    return f"{Pen(UNICODE, style).whole(thing)}   {thing.because}"


@unicode.register
def unicode_derivation(thing: Derivation, style: Style = LECTURE) -> str:
    """The chain of equalities with their reasons beside."""
    return derivation_text(thing, style)


@singledispatch
def latex(thing: Any, style: Style = LECTURE) -> str:
    """The thing as LaTeX for display mathematics, without dollar signs; amsmath is all that it needs."""
    return Pen(LATEX, style).whole(thing)


@latex.register
def latex_derivation(thing: Derivation, style: Style = LECTURE) -> str:
    """The aligned chain of equalities with their reasons beside."""
    return derivation_latex(thing, style)


@singledispatch
def markdown(thing: Any, style: Style = LECTURE) -> str:
    """The thing as Markdown: one display between double dollar signs, which Jupyter and Jekyll both set."""
    return _display(latex(thing, style))


@singledispatch
def shown(thing: Any, dialect: DialectName = "unicode", width: int = 100) -> str:
    """The thing as a prompt shows it, where that is more than the formula: entries with labels, and the shape."""
    return write(thing, dialect)


@shown.register
def shown_named(thing: Symbol, dialect: DialectName = "unicode", width: int = 100) -> str:
    """A symbol with its labelled entries, or with what it stands for."""
    if dialect == "unicode":
        return shown_symbol(thing, width)
    return shown_symbol_latex(thing) if dialect == "latex" else _display(shown_symbol_latex(thing))


@shown.register
def shown_explicit(thing: Explicit, dialect: DialectName = "unicode", width: int = 100) -> str:
    """Entries with their shape, shortened with dots if there are many."""
    if dialect == "unicode":
        return matrix_table(thing, width)
    return latex_table(thing) if dialect == "latex" else _display(latex_table(thing))


def _display(mathematics: str) -> str:
    return f"$$\n{mathematics}\n$$" if "\n" in mathematics else f"$${mathematics}$$"
