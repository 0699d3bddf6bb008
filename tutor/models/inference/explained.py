"""Results with their reasons: derivations, tables and lines of words below each other, in every dialect."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import cast

from tutor.algebra.rules import Derivation
from tutor.display import Shown
from tutor.notation.style import Style
from tutor.notation.write import display, fitted, latex, markdown, unicode
from tutor.notation.writing.dialect import Setting
from tutor.notation.writing.latex_display import sentence_latex
from tutor.notation.writing.line_breaks import sentences
from tutor.notation.writing.pen import Pen, Piece, written
from tutor.notation.writing.prose import in_lines
from tutor.notation.writing.prose_math import sentence
from tutor.notation.writing.spoken import SPOKEN
from tutor.notation.writing.write_table import (
    Table,
    apart,
    apart_latex,
    table_display,
    table_latex,
    table_markdown,
    table_text,
)

LECTURE = Style()

WIDEST_TEXT = 84
"""Characters of a line of words in a display."""

Part = Derivation | Table | str
"""What a result is shown as: steps, a table, or a sentence."""


class Explained(Shown):
    """A result that is shown by its ``parts``."""

    __slots__ = ()

    @property
    def parts(self) -> Sequence[Part]:
        """What is shown, from top to bottom."""
        raise TypeError(f"{type(self).__name__} does not say what it is shown as.")


def _each(
    found: Explained,
    derivation: Callable[[Derivation], str],
    table: Callable[[Table], str],
    words: Callable[[str], str],
) -> list[str]:
    kinds = ((Derivation, derivation), (Table, table), (str, words))
    return [next(write for kind, write in kinds if isinstance(part, kind))(part) for part in found.parts]  # pyright: ignore[reportArgumentType]


@written.register
def write_explained(found: Explained, pen: Pen) -> Piece:
    """The derivations on one line."""
    told = [part for part in found.parts if isinstance(part, Derivation)]
    return Piece(pen.dialect.comma.join(pen.whole(part) for part in told))


def _unicode(found: Explained, style: Style = LECTURE) -> str:
    return "\n\n".join(_each(found, lambda d: unicode(d, style), lambda t: table_text(t, style), str))


def _fitted(found: Explained, style: Style, width: int) -> str:
    def words(text: str) -> str:
        return "\n".join(part for line in text.split("\n") for part in sentences(line, width))

    return "\n\n".join(_each(found, lambda d: fitted(d, style, width), lambda t: table_text(t, style, width), words))


def _latex(found: Explained, style: Style = LECTURE) -> str:
    return apart_latex(_each(found, lambda d: latex(d, style), lambda t: table_latex(t, style), sentence_latex))


def lines_of(words: str) -> list[str]:
    """A text in lines that a page has room for."""
    return [part for line in words.split("\n") for part in in_lines(line, WIDEST_TEXT)]


def _markdown(found: Explained, style: Style = LECTURE) -> str:
    return "\n\n".join(_each(found, lambda d: markdown(d, style), lambda t: table_markdown(t, style), str))


def _display(found: Explained, pen: Pen) -> str:
    setting = cast(Setting, pen.dialect)

    def words(text: str) -> str:
        if setting is SPOKEN:
            return setting.verbatim(text)
        return setting.stacked([sentence(line, setting) for line in lines_of(text)])

    return apart(_each(found, lambda d: display(d, pen), lambda t: table_display(t, pen), words), pen)


unicode.register(Explained, _unicode)
fitted.register(Explained, _fitted)
latex.register(Explained, _latex)
markdown.register(Explained, _markdown)
display.register(Explained, _display)
