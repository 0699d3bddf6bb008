"""Typst: the inside of a formula between dollar signs. Letters and signs are Unicode's, which Typst sets as such."""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence
from unicodedata import normalize

from tutor.notation.bars import BARS
from tutor.notation.indices import is_label
from tutor.notation.names import (
    GREEK,
    MARK_NAMES,
    STAR,
    are_beside,
    greek_letters,
)
from tutor.notation.style import Style
from tutor.notation.writing.dialect import Cells, UnicodeSigns, Upright
from tutor.notation.writing.name_parts import NameParts, name_parts

_ACCENTS = {"hat": "hat", "tilde": "tilde", "bar": "macron", "dot": "dot", "ddot": "dot.double"}
_SIGNS = {".": "dot.op", "|": "∣", "-": "−", "/": r"\/", "*": "∗", BARS: "|"}
_KNOWN_FUNCTIONS = {"exp": "exp", "log": "log", "det": "det", "tr": "tr", "E": "upright(E)", "ℐ": "cal(I)", "N": "N"}


class Typst(UnicodeSigns, Upright):
    """Typst 0.11 and newer, and no package."""

    semicolon = r"\; "
    dots: tuple[str, str, str] = ("⋯", "⋮", "⋱")
    between = ", quad "
    inset = "quad quad "

    def name(self, key: str, *, bold: bool = False) -> str:
        parts = name_parts(key)
        label = _label(parts)
        square = "2" if parts.is_squared else ""
        above = f"^({square}{label})" if label else f"^{square}" if square else ""
        return _letters(parts, bold) + _subscripts(parts.subscripts) + above

    def verbatim(self, text: str) -> str:
        return _quoted(text)

    def relation(self, sign: str) -> str:
        if sign.isalpha():
            return f'limits(∼)^"{sign}"'
        return {"~": "∼", "|": "∣", ";": r"\; quad "}.get(sign, sign)

    def indexed(self, base: str, below: str) -> str:
        return f"{base}_({_indices(below)})"

    def starts_with_digit(self, text: str) -> bool:
        # A bold 1 behind 12 would seem to be a digit of it.
        return text[0].isdecimal() or re.match(r"upright\(bold\(\d", text) is not None

    def letter(self, letter: str, *, bold: bool = True) -> str:
        return f"upright(bold({letter}))" if bold else letter

    def subscript(self, base: str, below: str) -> str:
        return f"{base}_({below})"

    def grouped(self, base: str) -> str:
        # Content of its own: in a formula, brackets that group are shown where a subscript follows.
        return f"#[${base}$]"

    def power(self, base: str, exponent: str) -> str:
        return f"{base}^({exponent})"

    def root_power(self, key: str, exponent: str) -> str:
        parts = name_parts(key)
        above = exponent + _label(parts)
        return _letters(parts, False) + _subscripts(parts.subscripts) + (f"^({above})" if above else "")

    def transposed(self, base: str, style: Style) -> str:
        # After a subscript, ' would become part of it.
        prime = "^prime" if base.endswith(")") else "'"
        return base + {"prime": prime, "T": "^upright(T)", "top": "^⊤"}[style.transpose]

    def inverted(self, base: str) -> str:
        return f"{base}^(−1)"

    def root(self, inside: str, degree: str = "") -> str:
        return f"root({degree}, {inside})" if degree else f"sqrt({inside})"

    def fraction(self, above: str, below: str) -> str:
        return f"frac({above}, {below})"

    def bracketed(self, inside: str, tall: bool = False) -> str:
        return f"({inside})"

    def binomial(self, above: str, below: str) -> str:
        return f"binom({above}, {below})"

    def factorial(self, base: str) -> str:
        return f"{base}!"

    def evaluated(self, inside: str, place: str) -> str:
        return f"lr({inside}|)_({place})"

    def determinant(self, inside: str, tall: bool = False) -> str:
        return f"abs({inside})"

    def applied(self, name: str, arguments: Sequence[str], tall: bool = False, *, below: str = "") -> str:
        function = _KNOWN_FUNCTIONS.get(name) or (name if len(name) == 1 else f"op({_quoted(name)})")
        function = self.subscript(function, below) if below else function
        return self.called(function, arguments, tall)

    def applied_to_bars(self, name: str, bars: str) -> str:
        return f"{_KNOWN_FUNCTIONS[name]} {bars}"

    def called(self, function: str, arguments: Sequence[str], tall: bool = False) -> str:
        # After a blank the brackets are those of the formula, not of a call in Typst.
        return f"{function} ({', '.join(arguments)})"

    def operator(self, sign: str, below: str = "", above: str = "") -> str:
        told = sign if len(sign) == 1 else "lim" if sign == "lim" else f"op({_quoted(sign)}, limits: #true)"
        return told + (f"_({below})" if below else "") + (f"^({above})" if above else "")

    def differential(self, variable: str) -> str:
        return f"dif {variable}"

    def one_sided(self, target: str, sign: str) -> str:
        return f"{target}^{sign}"

    def derivation(self, variable: str) -> str:
        return f"frac(dif, dif {variable})"

    def fenced(self, inside: str, brackets: str) -> str:
        return f"\\{brackets[0]}{inside}\\{brackets[1]}"

    def cases(self, values: Sequence[str], conditions: Sequence[str]) -> str:
        lines = [f"{value} & {_quoted(words)}" for value, words in zip(values, conditions, strict=True)]
        return f"cases({', '.join(lines)})"

    def side_by_side(self, left: str, right: str, apart: bool) -> str:
        return f"{left} {right}"

    def shape(self, rows: str, columns: str, *, apart: bool = False) -> str:
        return f"{rows} × {columns}"

    def matrix(self, cells: Cells, style: Style) -> str:
        left = "[" if style.brackets == "square" else "("
        return f'mat(delim: "{left}", {"; ".join(", ".join(line) for line in cells)})'

    def counted(self, cells: Cells, number: str, what: str, style: Style) -> str:
        return f"underbrace({self.matrix(cells, style)}, {number}{_quoted(f' {what}')})"

    def document(self, inside: str, spoken: str) -> str:
        return f"$ {inside} $"

    def equalities(self, rows: Sequence[tuple[str, str, str, str]]) -> str:
        return " \\\n  ".join(
            f"{goal} &{f'{sign} {side}'.strip()} & quad & {reason}".lstrip() for goal, sign, side, reason in rows
        )

    def stacked(self, lines: Sequence[str]) -> str:
        return " \\\n  ".join(f"& {line}" for line in lines)

    def aligned(self, lines: Sequence[tuple[str, str]]) -> str:
        return " \\\n  ".join(f"{left} & {right}" for left, right in lines)

    def glossary(self, entries: Sequence[tuple[str, str]]) -> str:
        cells = ",\n  ".join(f"[${symbol}$], [${meaning}$]" for symbol, meaning in entries)
        return f"#grid(columns: 2, align: left, column-gutter: 1.2em, row-gutter: 0.7em,\n  {cells})"

    def titled(self, title: str, relations: str) -> str:
        return f"#[{_TO_THE_LEFT} #grid(align: left, row-gutter: 0.8em, [${title}$], [$ {relations} $])]"

    def explained(self, relations: str, word: str, glossary: str) -> str:
        cells = f"[$ {relations} $],\n  [${word}$],\n  {glossary.removeprefix('#')}"
        return f"#[{_TO_THE_LEFT} #grid(align: left, row-gutter: 0.8em,\n  {cells})]"

    def table(self, headings: Sequence[str], rows: Cells) -> str:
        settings = f"columns: {len(headings)}, inset: (x: 0.5em, y: 0.35em), align: left + horizon"
        lines = [", ".join(f"[$ {cell} $]" if cell else "[]" for cell in row) for row in (headings, *rows)]
        grid = f"#grid({settings}, {lines[0]}, grid.hline(stroke: 0.5pt), {', '.join(lines[1:])})"
        return f"#[{_TO_THE_LEFT} {grid}]"

    def framed(self, titles: Sequence[str], rows: Sequence[tuple[str, Sequence[str]]], parted: Collection[int]) -> str:
        width = max(len(cells) for _, cells in rows)
        first = 1 if titles else 0
        settings = f"columns: {width + 1}, stroke: (x, y) => if x > 0 and y >= {first} {{ 0.5pt }}"
        walls = [f"table.vline(x: {number + 2}, start: {first}, stroke: 2pt)" for number in sorted(parted)]
        lines = [["", *titles], *([label, *cells] for label, cells in rows)][1 - first :]
        padded = [[*line, *[""] * (width + 1 - len(line))] for line in lines]
        told = [f"[${cell}$]" if cell else "[]" for line in padded for cell in line]
        return f"#table({settings}, {', '.join([*walls, *told])})"

    def apart(self, displays: Sequence[str]) -> str:
        # A display of each: alignment points of one formula belong together.
        return " $\n\n$ ".join(displays)


TYPST = Typst()

_TO_THE_LEFT = "#show math.equation: set align(left)\n"
"""Before displays in the cells of a grid; formulas in text would overlap there, where they are tall."""


def _label(parts: NameParts) -> str:
    """What stands above and is no power."""
    return "⋆" if parts.raised == STAR else greek_letters(parts.raised)


def _letters(parts: NameParts, bold: bool) -> str:
    """The letters of a name, an interaction in brackets, under their accent."""
    letters = " ".join(_word(word, bold) for word in parts.words)
    if len(parts.words) > 1:
        letters = f"({letters})"
    return f"{_ACCENTS[parts.accent]}({letters})" if parts.accent else letters


def _word(word: str, bold: bool) -> str:
    if word in GREEK:
        letter = GREEK[word][1]
        return f"bold({letter})" if bold else letter
    letters = word if len(word) == 1 and word.isascii() and word.isalpha() else _quoted(word)
    return f"upright(bold({letters}))" if bold else letters


def _subscripts(parts: Sequence[str]) -> str:
    inner = (" " if are_beside(parts) else ",").join(_part(part) for part in parts).replace("∣,", "∣ ")
    return f"_({inner})" if inner else ""


def _part(part: str) -> str:
    part = greek_letters(part)
    part = normalize("NFD", part)
    signs = rf"[A-Za-zα-ωΑ-Ωℓ0-9.()'|{BARS}+\-/*×{''.join(MARK_NAMES)}]*"
    plain = re.fullmatch(signs, part) is not None and not is_label(part)
    return _indices(part) if plain else _quoted(part)


def _indices(below: str) -> str:
    """Indices with a blank between letters, which would be the name of one thing together."""
    accented = rf"[^\W\d][{''.join(MARK_NAMES)}]"
    pieces = re.findall(rf"\d+(?:\.\d+)?|{accented}|[^\W\d]|[(),.·'|{BARS}+\-/*×]", below)
    pieces = [f"{_ACCENTS[MARK_NAMES[piece[1]]]}({piece[0]})" if piece[1:] in MARK_NAMES else piece for piece in pieces]
    return " ".join(_SIGNS.get(str(piece), str(piece)) for piece in pieces).replace(" '", "'")


def _quoted(text: str) -> str:
    escaped = text.replace("\\", "\\\\").replace('"', '\\"')
    printable = "".join(letter if letter.isprintable() else " " for letter in escaped)
    return f'"{printable}"'
