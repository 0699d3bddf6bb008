"""Notation as text: trees, derivations and what other modules register, in every dialect.

`unicode`, `latex`, `markdown` and `display` (MathML, Typst and speech) are open: a module with things of its own
registers handlers for them. What is but one formula registers with `tutor.notation.writing.pen.written` instead, and
has all dialects at once.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import singledispatch
from typing import Any, Literal, TypeVar, cast

import sympy
from sympy.matrices.immutable import ImmutableDenseMatrix

from tutor.algebra.facts import Facts
from tutor.algebra.nodes import Explicit, Symbol
from tutor.algebra.rules import Derivation, Step
from tutor.algebra.structure.eigenvalues import Eigenvalues
from tutor.algebra.tree import Tree
from tutor.errors import UnknownNameError, size_text
from tutor.notation.style import Style
from tutor.notation.writing import (  # noqa: F401  (they register how formulas are written)
    write_applied,
    write_by_distance,
    write_calculus,
    write_conditions,
    write_scalar,
    write_statement,
    write_tree,
    write_unit_vector,
)
from tutor.notation.writing.dialect import Setting
from tutor.notation.writing.dialects import LATEX, UNICODE
from tutor.notation.writing.display_lines import set_formula
from tutor.notation.writing.line_breaks import paragraph
from tutor.notation.writing.mathml import MATHML
from tutor.notation.writing.pen import Pen
from tutor.notation.writing.spoken import SPOKEN
from tutor.notation.writing.typst import TYPST
from tutor.notation.writing.write_derivation import (
    chain_of,
    derivation_latex,
    derivation_text,
    equality_rows,
    formula_lines,
)
from tutor.notation.writing.write_facts import facts_latex, facts_lines, facts_text
from tutor.notation.writing.write_matrix import (
    fitted_table,
    latex_table,
    matrix_table,
    shown_symbol,
    shown_symbol_latex,
    shown_symbol_set,
)
from tutor.notation.writing.write_pattern import picture
from tutor.notation.writing.write_table import (
    Table,
    eigenvalue_table,
    table_display,
    table_latex,
    table_markdown,
    table_text,
)

__all__ = [
    "DialectName",
    "Style",
    "display",
    "fitted",
    "inline",
    "latex",
    "markdown",
    "matrix_table",
    "picture",
    "shown",
    "shown_as_table",
    "unicode",
    "write",
]

DialectName = Literal["latex", "unicode", "markdown", "mathml", "typst", "spoken"]

SETTINGS: dict[str, Setting] = {"mathml": MATHML, "typst": TYPST, "spoken": SPOKEN}
"""The dialects that set whole displays by `display`."""

LECTURE = Style()
"""The style of the lecture, where none is asked for."""


def write(thing: Any, dialect: DialectName = "latex", style: Style = LECTURE, *, width: int | None = None) -> str:
    r"""A tree, a scalar, a reading, a step, a derivation or a model in a dialect.

    LaTeX is for display mathematics, Markdown has its dollar signs around, MathML is a math element for HTML, Typst
    a display between dollar signs, and spoken is English. `tutor.notation.read.read` reads back what is written in
    LaTeX, in Markdown and in one line of Unicode, in every style, given the vocabulary in this style; MathML, Typst and
    speech are for pages and ears only, and so are the reasons of a derivation, which are words.

    A formula that is wider than a page is written in several lines, a matrix of entries as I ⊗ the block that repeats
    along its diagonal. Another one has all its entries, since dots do not tell them; `shown` shortens it.

    ``width`` is that of a terminal, in columns: Unicode text keeps within it, by dots in large matrices first and by
    breaking lines then.

    Raises
    ------
    UnknownNameError
        For another dialect.
    TutorError
        For a thing without notation.

    >>> from tutor.algebra.build import symbol
    >>> write(symbol("Z", 6, 2) @ symbol("u", 2)), write(symbol("Z", 6, 2).T, "unicode", Style(transpose="T"))
    ('\\mathbf{Z}\\mathbf{u}', 'Zᵀ')
    >>> write(symbol("Z", 6, 2) @ symbol("u", 2), "spoken")
    'Z vector u'
    """
    writers = {"latex": latex, "unicode": unicode, "markdown": markdown}
    if dialect in SETTINGS:
        return _set(thing, SETTINGS[dialect], style)
    if dialect not in writers:
        raise UnknownNameError("The dialect", str(dialect), [*writers, *SETTINGS])
    if dialect == "unicode" and width is not None:
        return fitted(thing, style, width)
    return writers[dialect](thing, style)


def _set(thing: Any, setting: Setting, style: Style) -> str:
    inside = display(thing, Pen(setting, style))
    spoken = inside if setting is SPOKEN else display(thing, Pen(SPOKEN, style))
    return setting.document(inside, spoken)


@singledispatch
def display(thing: Any, pen: Pen) -> str:
    """The inside of a display by a pen whose dialect is one of `SETTINGS`."""
    return pen.whole(thing)


@display.register
def display_tree(thing: Tree, pen: Pen) -> str:
    """A formula, in lines that a page has room for."""
    return set_formula(thing, pen)


@display.register
def display_entries(thing: sympy.MatrixBase, pen: Pen) -> str:
    """The entries of SymPy's matrix likewise."""
    return set_formula(Explicit(ImmutableDenseMatrix(thing)), pen)


@display.register
def display_step(thing: Step, pen: Pen) -> str:
    """The equality with its reason."""
    return display_derivation(Derivation(thing.before, (thing,)), pen)


@display.register
def display_derivation(thing: Derivation, pen: Pen) -> str:
    """The chain of equalities with their reasons."""
    rows = equality_rows([chain_of(thing)], pen)
    return cast(Setting, pen.dialect).equalities(rows) if rows else pen.whole(thing.goal)


@display.register
def display_facts(thing: Facts, pen: Pen) -> str:
    """The facts below each other."""
    return cast(Setting, pen.dialect).stacked(facts_lines(thing, pen))


def inline(thing: Any, style: Style = LECTURE) -> str:
    """One line of Unicode, whatever the thing: for error messages and for use within a sentence."""
    if isinstance(thing, Explicit) and len(thing.matrix) > LARGEST_INLINE:
        return f"the {size_text(thing.rows)} × {size_text(thing.columns)} matrix"
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
def unicode_entries(thing: sympy.MatrixBase, style: Style = LECTURE) -> str:
    """The entries of SymPy's matrix likewise."""
    return unicode(Explicit(ImmutableDenseMatrix(thing)), style)


@unicode.register
def unicode_step(thing: Step, style: Style = LECTURE) -> str:
    """The equality with its reason."""
    return f"{Pen(UNICODE, style).whole(thing)}   {thing.reason}"


@unicode.register
def unicode_derivation(thing: Derivation, style: Style = LECTURE) -> str:
    """The chain of equalities with their reasons beside."""
    return derivation_text(thing, style)


@unicode.register
def unicode_facts(thing: Facts, style: Style = LECTURE) -> str:
    """A line for each fact, with its reason."""
    return facts_text(thing, style)


@singledispatch
def fitted(thing: Any, style: Style, width: int) -> str:
    """The thing in Unicode, in lines of at most ``width`` columns wherever they can be broken."""
    return "\n".join(part for line in unicode(thing, style).split("\n") for part in paragraph(line, width))


@fitted.register
def fitted_tree(thing: Tree, style: Style, width: int) -> str:
    """A formula: on one line if it fits, then with dots in its matrices, then on several lines."""
    return "\n".join(formula_lines(thing, Pen(UNICODE, style), width))


@fitted.register
def fitted_explicit(thing: Explicit, style: Style, width: int) -> str:
    """The entries between brackets, as blocks or with dots where they are too wide."""
    return fitted_table(thing, width, style)


@fitted.register
def fitted_derivation(thing: Derivation, style: Style, width: int) -> str:
    """The chain of equalities; reasons that have no room beside stand below."""
    return derivation_text(thing, style, width)


@fitted.register
def fitted_facts(thing: Facts, style: Style, width: int) -> str:
    """A line for each fact; long reasons are broken."""
    return facts_text(thing, style, width)


@singledispatch
def latex(thing: Any, style: Style = LECTURE) -> str:
    """The thing as LaTeX for display mathematics, without dollar signs; amsmath is all that it needs."""
    return Pen(LATEX, style).whole(thing)


@latex.register
def latex_tree(thing: Tree, style: Style = LECTURE) -> str:
    """A formula, in lines that a page has room for."""
    return set_formula(thing, Pen(LATEX, style))


@latex.register
def latex_entries(thing: sympy.MatrixBase, style: Style = LECTURE) -> str:
    """The entries of SymPy's matrix likewise."""
    return latex_tree(Explicit(ImmutableDenseMatrix(thing)), style)


@latex.register
def latex_derivation(thing: Derivation, style: Style = LECTURE) -> str:
    """The aligned chain of equalities with their reasons beside."""
    return derivation_latex(thing, style)


@latex.register
def latex_facts(thing: Facts, style: Style = LECTURE) -> str:
    """An array with a line for each fact."""
    return facts_latex(thing, style)


@singledispatch
def markdown(thing: Any, style: Style = LECTURE) -> str:
    """The thing as Markdown: one display between double dollar signs, which Jupyter and Jekyll both set."""
    return _display(latex(thing, style))


Thing = TypeVar("Thing")


def shown_as_table(kind: type[Thing], table_of: Callable[[Thing], Table]) -> None:
    """Have every dialect show things of a kind as the table that is made of one."""
    unicode.register(kind, lambda thing, style=LECTURE: table_text(table_of(thing), style))
    fitted.register(kind, lambda thing, style, width: table_text(table_of(thing), style, width))
    latex.register(kind, lambda thing, style=LECTURE: table_latex(table_of(thing), style))
    markdown.register(kind, lambda thing, style=LECTURE: table_markdown(table_of(thing), style))
    display.register(kind, lambda thing, pen: table_display(table_of(thing), pen))


shown_as_table(Eigenvalues, eigenvalue_table)


@singledispatch
def shown(thing: Any, dialect: DialectName = "unicode", width: int = 100) -> str:
    """The thing as a prompt shows it, where that is more than the formula: entries with labels, and the shape."""
    return write(thing, dialect, width=width)


@shown.register
def shown_named(thing: Symbol, dialect: DialectName = "unicode", width: int = 100) -> str:
    """A symbol with its labelled entries, or with what it stands for."""
    if dialect == "unicode":
        return shown_symbol(thing, width)
    if dialect in SETTINGS:
        setting = SETTINGS[dialect]
        inside, spoken = (shown_symbol_set(thing, Pen(told, LECTURE)) for told in (setting, SPOKEN))
        return setting.document(inside, spoken)
    return shown_symbol_latex(thing) if dialect == "latex" else _display(shown_symbol_latex(thing))


@shown.register
def shown_explicit(thing: Explicit, dialect: DialectName = "unicode", width: int = 100) -> str:
    """Entries with their shape, shortened with dots if there are many."""
    if dialect == "unicode":
        return matrix_table(thing, width)
    if dialect in SETTINGS:
        return write(thing, dialect)
    return latex_table(thing) if dialect == "latex" else _display(latex_table(thing))


def _display(mathematics: str) -> str:
    return f"$$\n{mathematics}\n$$" if "\n" in mathematics else f"$${mathematics}$$"
