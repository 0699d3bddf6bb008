r"""Slips of the pen that a reader of text can tell: what is said of each.

Where the meaning stays clear it is a finding, and the text is read as meant; where it does not, an error.
"""

from __future__ import annotations

import re

from tutor.errors import ReadError
from tutor.notation.finding import Finding

FRACTION_OF_DIGITS = re.compile(r"([dt]?frac)[0-9]{2}")
r"""\frac12 without its backslash."""

SIGN_WORDS = frozenset({"otimes", "times", "cdot", "sim", "leq", "geq", "neq", "approx", "equiv", "propto"})
"""Names of TeX's signs that are no words of English, and so are signs without a backslash too."""

_DECIMAL_COMMA = re.compile(r"(?<![0-9.,])([0-9]+),([0-9]{1,2}|[0-9]{4,})(?![0-9.,])")

_SQUARE_ON_THE_LINE = re.compile(r"(\\sigma)2([a-z]?)(?![A-Za-z0-9.])")


def inverse_without_braces(start: int, end: int) -> Finding:
    """^-1: LaTeX raises only the minus."""
    sentence = "In LaTeX an inverse is written V^{-1}, with braces."
    return Finding("inverse-without-braces", start, end, sentence, "^{-1}")


def star_in_latex(start: int) -> Finding:
    """A star between factors."""
    sentence = r"In LaTeX a product needs no sign, or \cdot; a * prints a star."
    return Finding("star-in-latex", start, start + 1, sentence, r"\cdot ")


def no_meaning(text: str, sign: str, start: int) -> ReadError:
    """A sign of no notation that is read here."""
    shown = sign if sign.isprintable() else f"U+{ord(sign):04X}"
    tip = "Did you mean %*%, the product of matrices in R?" if sign == "%" else None
    return ReadError(f"{shown} has no meaning in this notation.", text=text, start=start, kind="unexpected", tip=tip)


def backslash_missing(word: str, start: int) -> Finding:
    """A Greek letter or a sign as a word, where a command was meant."""
    return Finding("missing-backslash", start, start + len(word), f"{word} has no backslash before it.", f"\\{word}")


def no_backslash(text: str, word: str, start: int) -> ReadError:
    """A command with arguments without its backslash."""
    return ReadError(
        f"{word} has no backslash before it.", text=text, start=start, end=start + len(word),
        kind="missing-backslash", tip=f"Write \\{word}.", replacement=f"\\{word}",
    )  # fmt: skip


def check_square(text: str, end: int, start: int) -> None:
    r"""Raise ReadError "missing-caret" for \sigma2u, which prints σ2u: the square of a letter, or two factors."""
    found = _SQUARE_ON_THE_LINE.match(text, start)
    if found is not None and found.end(1) == end:
        written = f"{found[1]}^2" + (f"_{found[2]}" if found[2] else "")
        raise ReadError("A square stands above the line.", text=text, start=start, end=found.end(),
                        kind="missing-caret", tip=f"Write {written}.")  # fmt: skip


def moment_without_brackets(text: str, word: str, start: int, end: int) -> ReadError:
    """Var y: how far it reaches, nothing tells."""
    return ReadError(f"What {word} is of stands in brackets.", text=text, start=start, end=end, kind="missing-brackets",
                     tip=f"Write {word}(y).")  # fmt: skip


def decimal_comma(digits: str, start: int, end: int) -> Finding:
    """0{,}6: certainly one number."""
    return Finding("decimal-comma", start, end, f"Decimals have a point here: {digits}.", digits)


def comma_in_number(text: str, whole: str, decimals: str, start: int, end: int) -> ReadError:
    """0,6: a number, or two."""
    problem, tip = f"{whole},{decimals} has a decimal comma.", f"Write {whole}.{decimals}."
    replacement = f"{whole}.{decimals}"
    if len(decimals) == 3 and whole.strip("0"):  # a thousand, or one with three decimals
        problem, tip, replacement = f"{whole},{decimals} has a comma.", f"Write {whole}{decimals}.", whole + decimals
    suggestion = text[:start] + replacement + _DECIMAL_COMMA.sub(r"\1.\2", text[end:])  # all of them, if it is a habit
    return ReadError(problem, text=text, start=start, end=end, kind="decimal-comma", tip=tip, suggestion=suggestion)


def blank_cells(start: int) -> Finding:
    """A matrix whose blank cells, the first of which stands at a place, are read as zeros."""
    return Finding("blank-cells", start, start, "The blank cells of this matrix are read as 0.")


def words_dropped(words: str, start: int, end: int) -> Finding:
    """The remark on words that explain, or that say nothing of what stands beside them: they are left out."""
    shown = " ".join(words.split())
    shown = shown if len(shown) < 60 else f"{shown[:60]}…"
    return Finding("words-dropped", start, end, f"“{shown}” is left out: only formulas are read.")
