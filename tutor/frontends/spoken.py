"""Formulas and verdicts in words, for a screen reader: nothing is reckoned, drawn or pointed at."""

from __future__ import annotations

import re
from collections import Counter

from tutor.checking.feedback.dialects import without_grid
from tutor.checking.verdict import Verdict
from tutor.checking.words import listed
from tutor.errors import TutorError
from tutor.frontends import mathematics
from tutor.notation.read import read
from tutor.notation.write import write
from tutor.notation.writing.spoken import said

MOST_ROWS = 6
"""Rows of a matrix whose wrong entries are listed one by one."""

_NUMBER = re.compile(r"\d+(?:\.\d+)?")
_POWER_OF_LETTERS = re.compile(r"(?<=[^\d\s])\s*\^(?:\{-?[123]\}|[123])")
"""An exponent that is heard as a word: squared, cubed, inverse."""


def formula(source: str) -> str:
    r"""The LaTeX of a formula in words: what our reader understands, or sign by sign what it would change.

    It adds and multiplies numbers as it reads them, and takes n × p for a product.

    >>> formula(r"\sigma^2 + \sigma^2_u"), formula(r"2 + 3 \cdot 4 = 14"), formula(r"12 \times 3")
    ('sigma squared plus sigma squared sub u', '2 plus 3 times 4 equals 14', '12 by 3')
    """
    try:
        told = write(read(source), "spoken")
    except TutorError:
        return _sign_by_sign(source)
    return told if _keeps(source, told) else _sign_by_sign(source)


def _keeps(source: str, told: str) -> bool:
    """Whether each number that is written is heard, a 0 also as "zero", and each × between dimensions."""
    written = Counter(_NUMBER.findall(_POWER_OF_LETTERS.sub("", source)))
    return not written - Counter(_NUMBER.findall(told.replace("zero", "0"))) and (
        r"\times" not in source or " by " in told
    )


def _sign_by_sign(source: str) -> str:
    text = said(mathematics.told(source).replace("-", "−")).replace("/", " over ").replace("−", " minus ")
    return " ".join(text.split())


def verdict(verdict: Verdict) -> str:
    """What the checker said: entries that differ by row and column, and the place of an error by its number."""
    word = "Right." if verdict.correct and not verdict.form else "Wrong." if verdict.correct is False else "Not yet."
    if verdict.place is not None:
        first, *_ = verdict.feedback.split("\n")
        lines = [first if "\\" in first else said(first), f"Look at character {verdict.place[0] + 1} of your answer."]
    else:
        told = without_grid(verdict.feedback)
        lines = [" ".join(said(line).split()) for line in told.split("\n")]
        if told != verdict.feedback:
            lines.insert(-1, _entries(verdict))
    if not verdict.costs_attempt:
        lines.append("No attempt was used.")
    return " ".join([word, *lines])


def _entries(verdict: Verdict) -> str:
    """The wrong entries of a matrix, row by row."""
    rows: dict[int, list[str]] = {}
    for cell in verdict.cells:
        rows.setdefault(cell.row + 1, []).append(str(cell.column + 1))
    named = [
        f"row {row}, column{'s' * (len(columns) > 1)} {listed(columns)}"
        for row, columns in sorted(rows.items())[:MOST_ROWS]
    ]
    more = f", and more in {len(rows) - MOST_ROWS} other rows" if len(rows) > MOST_ROWS else ""
    return f"What differs: {'; '.join(named)}{more}."
