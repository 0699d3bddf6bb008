"""Numbers of a column with their decimal points above each other in a display: unseen digits stand where one is
shorter."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from tutor.notation.writing.dialect import Dialect
from tutor.notation.writing.dialects import LATEX
from tutor.notation.writing.layout import lacking
from tutor.notation.writing.mathml import MATHML
from tutor.notation.writing.typst import TYPST

_UNSEEN: dict[Dialect, Callable[[str], str]] = {
    LATEX: lambda digits: rf"\phantom{{{digits}}}",
    TYPST: lambda digits: f"#hide[${digits}$]",
    MATHML: lambda digits: f"<mphantom>{MATHML.number(digits)}</mphantom>",
}
"""Digits that take room and are not seen."""

_SIGNS: dict[Dialect, str] = {LATEX: "{-}", TYPST: 'class("normal", −)', MATHML: MATHML.sign_of_number}
"""The minus of a number behind unseen digits, where it would be that of a difference."""

_FIGURE_SPACE, _POINT_SPACE = "\N{FIGURE SPACE}", "\N{PUNCTUATION SPACE}"


def with_unseen_digits(cells: Sequence[str], dialect: Dialect, written: Sequence[str], *, centred: bool) -> list[str]:
    """The cells of a column as ``written`` in a dialect, with unseen digits before its numbers; behind them too where
    the column is ``centred``."""
    found, unseen = lacking(cells), _UNSEEN.get(dialect)
    if found is None or unseen is None:
        return list(written)
    return [
        (unseen(before) + _signed(text, dialect) if before else text) + (unseen(behind) if behind and centred else "")
        for text, (before, behind) in zip(written, found, strict=True)
    ]


def _signed(text: str, dialect: Dialect) -> str:
    return _SIGNS[dialect] + text.removeprefix(dialect.minus) if text.startswith(dialect.minus) else text


def with_figure_spaces(cells: Sequence[str]) -> list[str] | None:
    """The numbers of a column that is set from the right, with spaces as wide as digits behind those with fewer
    decimals; None where they are no numbers."""
    found = lacking(cells)
    if found is None:
        return None
    spaces = (behind.replace("0", _FIGURE_SPACE).replace(".", _POINT_SPACE) for _, behind in found)
    return [cell + space for cell, space in zip(cells, spaces, strict=True)]
