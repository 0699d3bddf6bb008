"""Presentation MathML, as browsers set it: elements of MathML Core, bold letters as letters of their own."""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence
from html import escape, unescape
from unicodedata import normalize

from tutor.notation.bars import BARS
from tutor.notation.bold import bold_letters
from tutor.notation.indices import is_label
from tutor.notation.names import (
    GREEK,
    MARK_NAMES,
    STAR,
    are_beside,
    greek_letters,
)
from tutor.notation.style import Style
from tutor.notation.writing.dialect import Cells, Upright
from tutor.notation.writing.name_parts import NameParts, name_parts

_TAG = re.compile("(<[^>]*>)")
_SINGLE = re.compile(r"<m[ino](?: [^<>]*)?>[^<>]*</m[ino]>|<mrow>(?:(?!</?mrow>).)*</mrow>", re.DOTALL)
_NAMESPACE = "http://www.w3.org/1998/Math/MathML"
_MULTIPLY = "<mo>&#x2062;</mo>"
_SIGNS = {".": "·", "|": "∣", "'": "′", "-": "−", BARS: "|"}
_ACCENTS = {"hat": "^", "tilde": "~", "bar": "¯", "dot": "˙", "ddot": "¨"}
_GAP = '<mspace width="0.17em"/>'
"""Before the name of a function, as TeX sets it."""
_APPLY = "<mo>&#x2061;</mo>"
_CALLED = re.compile(rf"<mrow><mi[^<>]*>[^<]*</mi>{_APPLY}")
_PRIME = '<mo lspace="0" rspace="0">′</mo>'
_OF_NUMBER = re.compile(r"(?<=<mo>[=∼≈≡≤≥,]</mo>)<mo>−</mo>")
"""A minus behind a relation, which is that of a number: browsers know it at the start of a row only."""

_STRUT = '<mspace width="0" height="0.75em" depth="0.25em"/>'

_SIDE = '<mtd style="text-align:right;text-align:-webkit-right;padding-right:0">'
_OTHER_SIDE = '<mtd style="text-align:left;padding-left:0"><mrow></mrow>'
"""The cells before and behind the signs by which lines are aligned; behind nothing a sign would have no room around."""


class MathMl(Upright):
    """The inside of a math element; `document` puts the element around it."""

    minus = "<mo>−</mo>"
    sign_of_number = '<mo form="prefix">−</mo>'
    plus = "<mo>+</mo>"
    comma = "<mo>,</mo>"
    semicolon = "<mo>;</mo>"
    times = "<mo>·</mo>"
    kronecker = "<mo>⊗</mo>"
    hadamard = "<mo>⊙</mo>"
    direct_sum = "<mo>⊕</mo>"
    dots: tuple[str, str, str] = ("<mo>⋯</mo>", "<mo>⋮</mo>", "<mo>⋱</mo>")
    listed = "<mi>…</mi>"
    between = '<mo>,</mo><mspace width="1em"/>'
    inset = '<mspace width="2em"/>'
    anything = "<mo>·</mo>"

    def name(self, key: str, *, bold: bool = False) -> str:
        parts = name_parts(key)
        above = (self.number("2") if parts.is_squared else "") + _label(parts)
        return _scripts(_letter(parts, bold), _subscripts(parts.subscripts), above)

    def number(self, digits: str) -> str:
        return f"<mn>{digits}</mn>"

    def is_number(self, text: str) -> bool:
        return re.fullmatch(r"<mn>\d+</mn>", text) is not None

    def starts_with_digit(self, text: str) -> bool:
        # With attributes it is bold, alone or with a script: behind 12 it would seem to be a digit of it.
        return re.match(r"(?:<mrow>|<msub>)*<mn[ >]", text) is not None

    def ends_with_digit(self, text: str) -> bool:
        return text.endswith("</mn>")

    def verbatim(self, text: str) -> str:
        return f"<mtext>{escape(text).replace(' ', '&#xA0;')}</mtext>"

    def relation(self, sign: str) -> str:
        if sign.isalpha():
            return f"<mover><mo>∼</mo><mtext>{sign}</mtext></mover>"
        if sign == ";":
            return f'{self.semicolon}<mspace width="0.5em"/>'
        known = {"~": "∼", "|": "∣"}
        return f"<mo>{escape(known.get(sign, sign))}</mo>"

    def indexed(self, base: str, below: str) -> str:
        return f"<msub>{_row(base)}{_indices(below)}</msub>"

    def letter(self, letter: str, *, bold: bool = True) -> str:
        if not bold:
            return self.number(letter) if letter.isdecimal() else f"<mi>{letter}</mi>"
        return (
            f'<mn mathvariant="bold">{bold_letters(letter)}</mn>'
            if letter.isdecimal()
            else f"<mi>{bold_letters(letter)}</mi>"
        )

    def subscript(self, base: str, below: str) -> str:
        return f"<msub>{_row(base)}{_row(below)}</msub>"

    def grouped(self, base: str) -> str:
        return f"<mrow>{base}</mrow>"

    def power(self, base: str, exponent: str) -> str:
        return f"<msup>{_row(base)}{_row(exponent)}</msup>"

    def root_power(self, key: str, exponent: str) -> str:
        parts = name_parts(key)
        return _scripts(_letter(parts, False), _subscripts(parts.subscripts), exponent + _label(parts))

    def transposed(self, base: str, style: Style) -> str:
        if style.transpose == "prime":
            return self.primed(base)
        sign = {"T": "<mi>T</mi>", "top": "<mo>⊤</mo>"}[style.transpose]
        return f"<msup>{_row(base)}{sign}</msup>"

    def primed(self, base: str, primes: int = 1) -> str:
        """A base with primes behind it; fonts have them raised, and as a superscript they would be raised twice, since
        browsers take the same sign."""
        return f"<mrow>{base}{_PRIME * primes}</mrow>"

    def inverted(self, base: str) -> str:
        return f"<msup>{_row(base)}<mrow>{self.minus}<mn>1</mn></mrow></msup>"

    def root(self, inside: str, degree: str = "") -> str:
        return f"<mroot>{_row(inside)}{degree}</mroot>" if degree else f"<msqrt>{inside}</msqrt>"

    def fraction(self, above: str, below: str) -> str:
        return f"<mfrac>{_row(above)}{_row(below)}</mfrac>"

    def bracketed(self, inside: str, tall: bool = False) -> str:
        # Browsers set brackets that may stretch further apart, even where these do not.
        left, right = ("<mo>(</mo>", "<mo>)</mo>") if tall else (_sign("("), _sign(")"))
        # Only at the start of a row a minus sign is that of a number.
        inside = f"<mrow>{inside}</mrow>" if inside.startswith(self.minus) else inside
        return f"<mrow>{left}{inside}{right}</mrow>"

    def binomial(self, above: str, below: str) -> str:
        fraction = f'<mfrac linethickness="0">{_row(above)}{_row(below)}</mfrac>'
        return f"<mrow><mo>(</mo>{fraction}<mo>)</mo></mrow>"

    def factorial(self, base: str) -> str:
        return f"<mrow>{base}{_sign('!')}</mrow>"

    def evaluated(self, inside: str, place: str) -> str:
        return f"<msub><mrow>{inside}<mo>|</mo></mrow>{_row(place)}</msub>"

    def determinant(self, inside: str, tall: bool = False) -> str:
        return f'<mrow><mo fence="true">|</mo>{inside}<mo fence="true">|</mo></mrow>'

    def applied(self, name: str, arguments: Sequence[str], tall: bool = False, *, below: str = "") -> str:
        upright = ' mathvariant="normal"' if name == "E" else ""
        function = f"<mi{upright}>{escape(name)}</mi>"
        return self.called(self.subscript(function, below) if below else function, arguments, tall)

    def applied_to_bars(self, name: str, bars: str) -> str:
        return f"<mrow><mi>{escape(name)}</mi>{_APPLY}{_GAP}{bars}</mrow>"

    def called(self, function: str, arguments: Sequence[str], tall: bool = False) -> str:
        return f"<mrow>{function}{_APPLY}{self.bracketed(self.comma.join(arguments), tall)}</mrow>"

    def operator(self, sign: str, below: str = "", above: str = "") -> str:
        told = f"<mo>{escape(sign)}</mo>"
        # The limits of an integral stand beside its sign.
        under, over, both = ("msub", "msup", "msubsup") if sign == "∫" else ("munder", "mover", "munderover")
        limits = "".join(_row(limit) for limit in (below, above) if limit)
        name = both if below and above else under if below else over
        return f"<{name}>{told}{limits}</{name}>" if limits else told

    def differential(self, variable: str) -> str:
        return f"{_GAP}<mi>d</mi>{variable}"

    def one_sided(self, target: str, sign: str) -> str:
        return self.power(target, _sign(sign))

    def derivation(self, variable: str) -> str:
        return self.fraction("<mi>d</mi>", f"<mi>d</mi>{variable}")

    def fenced(self, inside: str, brackets: str) -> str:
        left, right = (f'<mo stretchy="false">{sign}</mo>' for sign in brackets)
        return f"<mrow>{left}{inside}{right}</mrow>"

    def cases(self, values: Sequence[str], conditions: Sequence[str]) -> str:
        cell = '<mtd style="text-align:left">'
        rows = "".join(
            f"<mtr>{cell}{value}</mtd>{cell}{self.verbatim(words)}</mtd></mtr>"
            for value, words in zip(values, conditions, strict=True)
        )
        return f"<mrow><mo>{{</mo><mtable>{rows}</mtable></mrow>"

    def side_by_side(self, left: str, right: str, apart: bool) -> str:
        return left + _MULTIPLY + (_GAP if _CALLED.match(right) else "") + right

    def shape(self, rows: str, columns: str, *, apart: bool = False) -> str:
        return f"{rows}<mo>×</mo>{columns}"

    def matrix(self, cells: Cells, style: Style) -> str:
        rows = "".join(f"<mtr>{''.join(f'<mtd>{cell}</mtd>' for cell in line)}</mtr>" for line in cells)
        left, right = "[]" if style.brackets == "square" else "()"
        return f"<mrow><mo>{left}</mo><mtable>{rows}</mtable><mo>{right}</mo></mrow>"

    def counted(self, cells: Cells, number: str, what: str, style: Style) -> str:
        brace = f'<munder>{self.matrix(cells, style)}<mo stretchy="true">⏟</mo></munder>'
        return f"<munder>{brace}<mrow>{number}{self.verbatim(f' {what}')}</mrow></munder>"

    def document(self, inside: str, spoken: str) -> str:
        alternative = escape(" ".join(spoken.split()), quote=True)
        told = _OF_NUMBER.sub(self.sign_of_number, inside)
        return f'<math xmlns="{_NAMESPACE}" display="block" alttext="{alternative}">{told}</math>'

    def equalities(self, rows: Sequence[tuple[str, str, str, str]]) -> str:
        told = "".join(
            f"<mtr>{_SIDE}{goal}</mtd>{_OTHER_SIDE}{sign}{side}</mtd>"
            f'<mtd style="text-align:left;padding-left:1.5em"><mrow>{reason}</mrow></mtd></mtr>'
            for goal, sign, side, reason in rows
        )
        return f'<mtable displaystyle="true">{told}</mtable>'

    def stacked(self, lines: Sequence[str]) -> str:
        cell = '<mtd style="text-align:left;padding-left:0">'
        rows = "".join(f"<mtr>{cell}{line}</mtd></mtr>" for line in lines)
        return f'<mtable displaystyle="true">{rows}</mtable>'

    def aligned(self, lines: Sequence[tuple[str, str]]) -> str:
        rows = "".join(f"<mtr>{_SIDE}{left}</mtd>{_OTHER_SIDE}{right}</mtd></mtr>" for left, right in lines)
        return f'<mtable displaystyle="true">{rows}</mtable>'

    def glossary(self, entries: Sequence[tuple[str, str]]) -> str:
        cell = '<mtd style="text-align:left;padding-right:0.8em">'
        rows = "".join(f"<mtr>{cell}{_STRUT}{symbol}</mtd>{cell}{meaning}</mtd></mtr>" for symbol, meaning in entries)
        return f"<mtable>{rows}</mtable>"

    def titled(self, title: str, relations: str) -> str:
        return self.stacked([title, relations])

    def explained(self, relations: str, word: str, glossary: str) -> str:
        return self.stacked([relations, word, glossary])

    def table(self, headings: Sequence[str], rows: Cells) -> str:
        style = "text-align:left;padding:0.6ex 1em 0.6ex 0"
        heads = "".join(f'<mtd style="{style};border-bottom:1px solid">{cell}</mtd>' for cell in headings)
        lines = ["".join(f'<mtd style="{style}">{cell}</mtd>' for cell in row) for row in rows]
        # Fractions are as large as in a display, and all rows as high as one with tall and deep letters.
        told = "".join(f"<mtr>{line.replace('>', f'>{_STRUT}', 1)}</mtr>" for line in (heads, *lines))
        return f'<mtable displaystyle="true">{told}</mtable>'

    def framed(self, titles: Sequence[str], rows: Sequence[tuple[str, Sequence[str]]], parted: Collection[int]) -> str:
        wall = "padding:0.3ex 0.6em;border:1px solid"
        lines = ["<mtd></mtd>" + "".join(f"<mtd>{title}</mtd>" for title in titles)] if titles else []
        for label, cells in rows:
            told = [
                f'<mtd style="{wall}{";border-right:4px double" if number in parted else ""}">{cell}</mtd>'
                for number, cell in enumerate(cells)
            ]
            lines.append(f"<mtd>{label}</mtd>{''.join(told)}")
        return f"<mtable>{''.join(f'<mtr>{line}</mtr>' for line in lines)}</mtable>"

    def apart(self, displays: Sequence[str]) -> str:
        rows = "".join(f'<mtr><mtd style="text-align:left;padding:0.8ex 0">{inside}</mtd></mtr>' for inside in displays)
        return f"<mtable>{rows}</mtable>"


MATHML = MathMl()


def _row(text: str) -> str:
    """One element, as scripts and fractions need."""
    return text if _SINGLE.fullmatch(text) else f"<mrow>{_in_elements(text)}</mrow>"


def _in_elements(text: str) -> str:
    """Elements, with letters, digits and signs that stand between them in elements of their own: a browser shows no
    others."""
    told, is_within = [], False
    for piece in _TAG.split(text):
        if piece.startswith("<"):
            is_within = piece.startswith(("<mi", "<mn", "<mo>", "<mo ", "<mtext"))
        told.append(piece if piece.startswith("<") or is_within or not piece.strip() else _indices(unescape(piece)))
    return "".join(told)


def _label(parts: NameParts) -> str:
    """What stands above and is no power."""
    if parts.raised == STAR:
        return _sign("⋆")
    return _indices(greek_letters(parts.raised)) if parts.raised else ""


def _letter(parts: NameParts, bold: bool) -> str:
    """The letters of a name, an interaction in brackets, under their accent."""
    letters = "".join(_word(word, bold) for word in parts.words)
    if len(parts.words) > 1:
        letters = f"<mrow>{_sign('(')}{letters}{_sign(')')}</mrow>"
    return f'<mover accent="true">{letters}<mo>{_ACCENTS[parts.accent]}</mo></mover>' if parts.accent else letters


def _word(word: str, bold: bool) -> str:
    text = GREEK[word][1] if word in GREEK else word
    return f"<mi>{escape(bold_letters(text) if bold else text)}</mi>"


def _subscripts(parts: Sequence[str]) -> str:
    inner = (
        ("" if are_beside(parts) else MathMl.comma)
        .join(_part(part) for part in parts)
        .replace(_BAR + MathMl.comma, _BAR)
    )
    return f"<mrow>{inner}</mrow>" if inner else ""


def _part(part: str) -> str:
    part = greek_letters(part)
    alone = is_label(part) or ":" in part or (len(part) == 1 and not part.isdecimal())
    return f"<mi>{escape(part)}</mi>" if alone else _indices(part)


def _indices(below: str) -> str:
    """Indices, an element each; digits that follow each other stand together, and a dot is a raised one."""
    pieces = re.findall(rf"\d+(?:\.\d+)?|\D[{''.join(MARK_NAMES)}]?", normalize("NFD", below))
    marked = "".join(map(_index, pieces))
    return f"<mrow>{marked}</mrow>"


def _index(piece: str) -> str:
    """A number, a letter that may have a hat, or a sign."""
    if piece[0].isdecimal():
        return f"<mn>{piece}</mn>"
    if piece[1:] in MARK_NAMES:
        return f'<mover accent="true"><mi>{piece[0]}</mi><mo>{_ACCENTS[MARK_NAMES[piece[1:]]]}</mo></mover>'
    return f"<mi>{piece}</mi>" if piece.isalpha() else _sign(piece)


def _sign(letter: str) -> str:
    return f'<mo stretchy="false">{escape(_SIGNS.get(letter, letter))}</mo>'


_BAR = _sign("|")
"""Between an index and what it is nested in."""


def _scripts(base: str, below: str, above: str) -> str:
    if below and above:
        return f"<msubsup>{base}{below}{_row(above)}</msubsup>"
    if below:
        return f"<msub>{base}{below}</msub>"
    return f"<msup>{base}{_row(above)}</msup>" if above else base
