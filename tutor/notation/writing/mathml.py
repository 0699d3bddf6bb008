"""Presentation MathML, as browsers set it: elements of MathML Core, bold letters as letters of their own."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from html import escape

from tutor.notation.names import GREEK, RESIDUAL, split_key
from tutor.notation.style import Style
from tutor.notation.writing.dialects import Cells

_SINGLE = re.compile(r"<m[ino](?: [^<>]*)?>[^<>]*</m[ino]>|<mrow>(?:(?!</?mrow>).)*</mrow>", re.DOTALL)
_NAMESPACE = "http://www.w3.org/1998/Math/MathML"
_MULTIPLY = "<mo>&#x2062;</mo>"
_APPLY = "<mo>&#x2061;</mo>"


class MathMl:
    """The inside of a math element; `document` puts the element around it."""

    minus = "<mo>−</mo>"
    plus = "<mo>+</mo>"
    comma = "<mo>,</mo>"
    times = "<mo>·</mo>"
    kronecker = "<mo>⊗</mo>"
    fractions_bind = True
    columns_are_transposed = False
    dots: tuple[str, str, str] = ("<mo>⋯</mo>", "<mo>⋮</mo>", "<mo>⋱</mo>")

    def name(self, key: str, *, bold: bool = False) -> str:
        base, squared, subscripts = split_key(key)
        letter = _letter(base, bold)
        return _scripts(letter, _subscripts(subscripts), self.number("2") if squared else "")

    def number(self, digits: str) -> str:
        return f"<mn>{digits}</mn>"

    def is_number(self, text: str) -> bool:
        return re.fullmatch(r"<mn>\d+</mn>", text) is not None

    def starts_with_digit(self, text: str) -> bool:
        return text.startswith("<mn>")

    def ends_with_digit(self, text: str) -> bool:
        return text.endswith("</mn>")

    def verbatim(self, text: str) -> str:
        return f"<mtext>{escape(text).replace(' ', '&#xA0;')}</mtext>"

    def relation(self, sign: str) -> str:
        known = {"~": "∼", "|": "∣"}
        return f"<mo>{known.get(sign, sign)}</mo>"

    def indexed(self, base: str, below: str) -> str:
        return f"<msub>{_row(base)}{_indices(below)}</msub>"

    def letter(self, letter: str) -> str:
        return f'<mn mathvariant="bold">{_bold(letter)}</mn>' if letter.isdecimal() else f"<mi>{_bold(letter)}</mi>"

    def subscript(self, base: str, below: str) -> str:
        return f"<msub>{_row(base)}{_row(below)}</msub>"

    def grouped(self, base: str) -> str:
        return f"<mrow>{base}</mrow>"

    def power(self, base: str, exponent: str) -> str:
        return f"<msup>{_row(base)}{_row(exponent)}</msup>"

    def root_power(self, key: str, exponent: str) -> str:
        base, _, subscripts = split_key(key)
        return _scripts(_letter(base, False), _subscripts(subscripts), exponent)

    def transposed(self, base: str, style: Style) -> str:
        sign = {"prime": "<mo>′</mo>", "T": "<mi>T</mi>", "top": "<mo>⊤</mo>"}[style.transpose]
        return f"<msup>{_row(base)}{sign}</msup>"

    def inverted(self, base: str) -> str:
        return f"<msup>{_row(base)}<mrow>{self.minus}<mn>1</mn></mrow></msup>"

    def root(self, inside: str, degree: str = "") -> str:
        return f"<mroot>{_row(inside)}{degree}</mroot>" if degree else f"<msqrt>{inside}</msqrt>"

    def fraction(self, above: str, below: str) -> str:
        return f"<mfrac>{_row(above)}{_row(below)}</mfrac>"

    def bracketed(self, inside: str, tall: bool = False) -> str:
        return f"<mrow><mo>(</mo>{inside}<mo>)</mo></mrow>"

    def determinant(self, inside: str, tall: bool = False) -> str:
        return f'<mrow><mo fence="true">|</mo>{inside}<mo fence="true">|</mo></mrow>'

    def applied(self, name: str, arguments: Sequence[str], tall: bool = False) -> str:
        upright = ' mathvariant="normal"' if name == "E" else ""
        called = self.bracketed(self.comma.join(arguments))
        return f"<mrow><mi{upright}>{escape(name)}</mi>{_APPLY}{called}</mrow>"

    def side_by_side(self, left: str, right: str, apart: bool) -> str:
        return left + _MULTIPLY + right

    def shape(self, rows: str, columns: str) -> str:
        return f"{rows}<mo>×</mo>{columns}"

    def matrix(self, cells: Cells, style: Style) -> str:
        rows = "".join(f"<mtr>{''.join(f'<mtd>{cell}</mtd>' for cell in line)}</mtr>" for line in cells)
        left, right = "[]" if style.brackets == "square" else "()"
        return f"<mrow><mo>{left}</mo><mtable>{rows}</mtable><mo>{right}</mo></mrow>"

    def column(self, entries: Sequence[str], style: Style) -> str:
        return self.matrix([[entry] for entry in entries], style)

    def document(self, inside: str, spoken: str) -> str:
        alternative = escape(" ".join(spoken.split()), quote=True)
        return f'<math xmlns="{_NAMESPACE}" display="block" alttext="{alternative}">{inside}</math>'

    def equalities(self, goal: str, lines: Sequence[tuple[str, str]]) -> str:
        rows = "".join(
            f'<mtr><mtd style="text-align:right">{"" if number else goal}</mtd>'
            f'<mtd style="text-align:left"><mo>=</mo>{side}</mtd>'
            f'<mtd style="text-align:left"><mtext>{escape(reason)}</mtext></mtd></mtr>'
            for number, (side, reason) in enumerate(lines)
        )
        return f"<mtable>{rows}</mtable>"

    def stacked(self, lines: Sequence[str]) -> str:
        rows = "".join(f'<mtr><mtd style="text-align:left">{line}</mtd></mtr>' for line in lines)
        return f"<mtable>{rows}</mtable>"


MATHML = MathMl()


def _row(text: str) -> str:
    """One element, as scripts and fractions need."""
    return text if _SINGLE.fullmatch(text) else f"<mrow>{text}</mrow>"


def _letter(base: str, bold: bool) -> str:
    base = "epsilon" if base == RESIDUAL else base
    text = GREEK[base][1] if base in GREEK else base
    return f"<mi>{escape(_bold(text) if bold else text)}</mi>"


def _bold(text: str) -> str:
    """Letters as bold ones where Unicode has them: upright, and small Greek ones slanted."""
    return "".join(_bold_letter(letter) for letter in text)


def _bold_letter(letter: str) -> str:
    if letter.isdecimal() and letter.isascii():
        return unicodedata.lookup(f"MATHEMATICAL BOLD DIGIT {unicodedata.name(letter).removeprefix('DIGIT ')}")
    alphabet, _, rest = unicodedata.name(letter, "").partition(" ")
    kind, _, name = rest.partition(" LETTER ")
    if alphabet not in ("LATIN", "GREEK"):
        return letter
    slanted = "ITALIC " if alphabet == "GREEK" and kind == "SMALL" else ""
    try:
        return unicodedata.lookup(f"MATHEMATICAL BOLD {slanted}{kind} {name}")
    except KeyError:
        return letter


def _subscripts(parts: Sequence[str]) -> str:
    inner = MathMl.comma.join(_part(part) for part in parts)
    return f"<mrow>{inner}</mrow>" if inner else ""


def _part(part: str) -> str:
    if part in GREEK:
        return f"<mi>{GREEK[part][1]}</mi>"
    letters = sum(letter.isalpha() for letter in part)
    return f"<mi>{escape(part)}</mi>" if letters > 3 else _indices(part)


def _indices(below: str) -> str:
    """Indices, an element each; digits that follow each other stand together."""
    pieces = re.findall(r"\d+|\D", below)
    marked = "".join(
        f"<mn>{piece}</mn>" if piece.isdecimal() else f"<mi>{piece}</mi>" if piece.isalpha() else _sign(piece)
        for piece in pieces
    )
    return f"<mrow>{marked}</mrow>"


def _sign(letter: str) -> str:
    return f'<mo stretchy="false">{escape(letter)}</mo>'


def _scripts(base: str, below: str, above: str) -> str:
    if below and above:
        return f"<msubsup>{base}{below}{_row(above)}</msubsup>"
    if below:
        return f"<msub>{base}{below}</msub>"
    return f"<msup>{base}{_row(above)}</msup>" if above else base
