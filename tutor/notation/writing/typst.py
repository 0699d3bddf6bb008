"""Typst: the inside of a formula between dollar signs. Letters and signs are Unicode's, which Typst sets as such."""

from __future__ import annotations

import re
from collections.abc import Sequence

from tutor.notation.names import GREEK, RESIDUAL, split_key
from tutor.notation.style import Style
from tutor.notation.writing.dialects import Cells

_KNOWN_FUNCTIONS = {"exp": "exp", "log": "log", "det": "det", "tr": "tr", "E": "upright(E)", "N": "N"}


class Typst:
    """Typst 0.11 and newer, and no package."""

    minus = "−"
    plus = "+"
    comma = ", "
    times = " · "
    kronecker = " ⊗ "
    fractions_bind = True
    columns_are_transposed = False
    dots: tuple[str, str, str] = ("⋯", "⋮", "⋱")

    def name(self, key: str, *, bold: bool = False) -> str:
        base, squared, subscripts = split_key(key)
        return _letters(base, bold) + _subscripts(subscripts) + ("^2" if squared else "")

    def number(self, digits: str) -> str:
        return digits

    def is_number(self, text: str) -> bool:
        return text.isdecimal()

    def starts_with_digit(self, text: str) -> bool:
        return text[0].isdecimal()

    def ends_with_digit(self, text: str) -> bool:
        return text[-1].isdecimal()

    def verbatim(self, text: str) -> str:
        return _quoted(text)

    def relation(self, sign: str) -> str:
        return {"~": "∼", "|": "∣", ";": r"\; "}.get(sign, sign)

    def indexed(self, base: str, below: str) -> str:
        return f"{base}_({_indices(below)})"

    def letter(self, letter: str) -> str:
        return f"upright(bold({letter}))"

    def subscript(self, base: str, below: str) -> str:
        return f"{base}_({below})"

    def grouped(self, base: str) -> str:
        # Content of its own: in a formula, brackets that group are shown where a subscript follows.
        return f"#[${base}$]"

    def power(self, base: str, exponent: str) -> str:
        return f"{base}^({exponent})"

    def root_power(self, key: str, exponent: str) -> str:
        base, _, subscripts = split_key(key)
        return _letters(base, False) + _subscripts(subscripts) + (f"^({exponent})" if exponent else "")

    def transposed(self, base: str, style: Style) -> str:
        return base + {"prime": "'", "T": "^upright(T)", "top": "^⊤"}[style.transpose]

    def inverted(self, base: str) -> str:
        return f"{base}^(−1)"

    def root(self, inside: str, degree: str = "") -> str:
        return f"root({degree}, {inside})" if degree else f"sqrt({inside})"

    def fraction(self, above: str, below: str) -> str:
        return f"frac({above}, {below})"

    def bracketed(self, inside: str, tall: bool = False) -> str:
        return f"({inside})"

    def determinant(self, inside: str, tall: bool = False) -> str:
        return f"abs({inside})"

    def applied(self, name: str, arguments: Sequence[str], tall: bool = False) -> str:
        function = _KNOWN_FUNCTIONS.get(name) or f"op({_quoted(name)})"
        # After a blank the brackets are those of the formula, not of a call in Typst.
        return f"{function} ({', '.join(arguments)})"

    def side_by_side(self, left: str, right: str, apart: bool) -> str:
        return f"{left} {right}"

    def shape(self, rows: str, columns: str) -> str:
        return f"{rows} × {columns}"

    def matrix(self, cells: Cells, style: Style) -> str:
        left = "[" if style.brackets == "square" else "("
        return f'mat(delim: "{left}", {"; ".join(", ".join(line) for line in cells)})'

    def column(self, entries: Sequence[str], style: Style) -> str:
        return self.matrix([[entry] for entry in entries], style)

    def document(self, inside: str, spoken: str) -> str:
        return f"$ {inside} $"

    def equalities(self, goal: str, lines: Sequence[tuple[str, str]]) -> str:
        return " \\\n  ".join(
            f"{'' if number else goal} &= {side} & quad & {_quoted(reason)}".lstrip()
            for number, (side, reason) in enumerate(lines)
        )

    def stacked(self, lines: Sequence[str]) -> str:
        return " \\\n  ".join(f"& {line}" for line in lines)


TYPST = Typst()


def _letters(base: str, bold: bool) -> str:
    base = "epsilon" if base == RESIDUAL else base
    if base in GREEK:
        letter = GREEK[base][1]
        return f"bold({letter})" if bold else letter
    letters = base if len(base) == 1 and base.isascii() and base.isalpha() else _quoted(base)
    return f"upright(bold({letters}))" if bold else letters


def _subscripts(parts: Sequence[str]) -> str:
    return f"_({','.join(_part(part) for part in parts)})" if parts else ""


def _part(part: str) -> str:
    if part in GREEK:
        return GREEK[part][1]
    plain = part.isascii() and part.isalnum() and sum(letter.isalpha() for letter in part) <= 3
    return _indices(part) if plain else _quoted(part)


def _indices(below: str) -> str:
    """Indices with a blank between letters, which would be the name of one thing together."""
    return " ".join(re.findall(r"\d+|[^\W\d]|[(),.·']", below))


def _quoted(text: str) -> str:
    escaped = text.replace("\\", "\\\\").replace('"', '\\"')
    printable = "".join(letter if letter.isprintable() else " " for letter in escaped)
    return f'"{printable}"'
