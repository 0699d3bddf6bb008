"""Formulas as a lecturer reads them aloud, for screen readers.

A capital letter alone is a matrix, a small bold one is called a vector, so that y and its elements y sub i are told
apart by ear. What opens is closed in words wherever its end could be mistaken.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence
from unicodedata import normalize

from tutor.notation.bars import BARS
from tutor.notation.indices import is_label
from tutor.notation.names import (
    GREEK,
    MARK_NAMES,
    RAISED_LETTERS,
    STAR,
    are_beside,
    greek_letters,
)
from tutor.notation.style import Style
from tutor.notation.writing.dialect import Cells, PlainDigits
from tutor.notation.writing.name_parts import NameParts, name_parts

_FUNCTIONS = {
    "E": "the expectation of",
    "Var": "the variance of",
    "Cov": "the covariance of",
    "cov": "the covariance of",
    "ℐ": "the information on",
    "tr": "the trace of",
    "det": "the determinant of",
    "exp": "the exponential of",
    "log": "the logarithm of",
    "diag": "the diagonal matrix of",
    "blockdiag": "the block diagonal matrix of",
}
_PLAIN_DIGITS = str.maketrans("₀₁₂₃₄₅₆₇₈₉", "0123456789")
_SAID = {letter: f"capital {key.lower()}" if key[0].isupper() else key for key, (_, letter) in GREEK.items()} | {
    "=": "equals",
    "∂": "partial",
    "+": "plus",
    "−": "minus",
    "×": "by",
    "·": "times",
    "⊗": "Kronecker",
    "⊕": "direct sum",
    "⊙": "Hadamard",
    "~": "follows",
    "±": "plus or minus",
    "½": "one half",
    "∑": "the sum of",
    "∏": "the product of",
    "²": "squared",
    "³": "cubed",
    "⁻": "to the minus",
    "¹": "1",
    "√": "the square root of",
    "≤": "is at most",
    "≥": "is at least",
    "<": "less than",
    ">": "more than",
    "≠": "is not",
}
_RELATIONS = {
    "=": "equals",
    "~": "is distributed as",
    "≁": "is not distributed as",
    "iid": "is independently and identically distributed as",
    "ind": "is independently distributed as",
    "approx": "is approximately distributed as",
    "|": "given",
    ";": ", ",
    ":": ":",
    "<": "is less than",
    ">": "is greater than",
    "≤": "is at most",
    "≥": "is at least",
    "≪": "is much less than",
    "≫": "is much greater than",
    "≠": "is not equal to",
    "≈": "is about",
    "∝": "is proportional to",
    "→": "tends to",
    "⊥": "is independent of",
    "≡": "is defined as",
    "∈": "is in",
    "±": "plus or minus",
}
_OPERATORS = {
    "∑": "the sum", "∏": "the product", "⨁": "the direct sum", "∫": "the integral", "lim": "the limit",
    "argmin": "the arg min", "argmax": "the arg max", "min": "the minimum", "max": "the maximum",
}  # fmt: skip
_SIGNS = {
    "|": "within", "(": "in", ")": "", ",": "comma", ".": "dot", "·": "dot", "'": "prime", "+": "plus", "-": "minus",
    "/": "over", "*": "times", "×": "by", BARS: "bar", **MARK_NAMES,
}  # fmt: skip
_BARS = re.compile(r"\|(?![^|]*[A-Za-z]{4})([^|]*[A-Z][^|]*)\|")
"""A determinant within a sentence."""

_ACCENTED = re.compile(f"([A-Za-zα-ωΑ-Ω)])([{''.join(MARK_NAMES)}])")
"""A letter, or a bracket, and the mark above it."""

_STRUCK = re.compile(".\N{COMBINING LONG SOLIDUS OVERLAY}")
"""A sign of a relation and the stroke that denies it: ≠."""

_RAISED = re.compile(f"([ⁿ{''.join(RAISED_LETTERS)}])")
_POWERS = {"2": "squared", "3": "cubed", "minus ": "generalized inverse", "plus": "Moore-Penrose inverse"}
_ENDINGS = {"2": "square", "3": "cube", "4": "fourth"}


class Spoken(PlainDigits):
    """English words, without signs that a voice would leave out."""

    minus = "minus "
    plus = "plus"
    comma = ", "
    semicolon = "; "
    times = " times "
    kronecker = " Kronecker "
    hadamard = " Hadamard "
    direct_sum = " direct sum "
    fractions_bind = True
    columns_are_transposed = False
    dots: tuple[str, str, str] = ("and so on", "and so on", "and so on")
    listed = "and so on"
    between = ", "
    inset = ""
    anything = "anything"

    def name(self, key: str, *, bold: bool = False) -> str:
        parts = name_parts(key)
        above = [*(["squared"] if parts.is_squared else []), *_label(parts)]
        return " ".join([_letters(parts, bold), *above, *_subscripts(parts.subscripts)])

    def verbatim(self, text: str) -> str:
        blank = " " if text.endswith(" ") else ""
        return (" " if text.startswith(" ") else "") + said(text) + blank

    def relation(self, sign: str) -> str:
        return _RELATIONS[sign]

    def indexed(self, base: str, below: str) -> str:
        return f"{base} sub {_indices(below)}"

    def letter(self, letter: str, *, bold: bool = True) -> str:
        return {"1": "vector 1", "0": "zero"}.get(letter, letter)

    def subscript(self, base: str, below: str) -> str:
        return f"{base} sub {below}" if _is_word(below) else f"{base} sub {below} end sub"

    def grouped(self, base: str) -> str:
        return base

    def power(self, base: str, exponent: str) -> str:
        if exponent in _POWERS:
            return f"{base} {_POWERS[exponent]}"
        return f"{base} to the power {exponent}" + ("" if _is_word(exponent) else " end power")

    def root_power(self, key: str, exponent: str) -> str:
        parts = name_parts(key)
        letters = _letters(parts, False)
        told = self.power(letters, exponent) if exponent else letters
        return " ".join([told, *_label(parts), *_subscripts(parts.subscripts)])

    def transposed(self, base: str, style: Style) -> str:
        return f"{base} transpose"

    def inverted(self, base: str) -> str:
        return f"{base} inverse"

    def root(self, inside: str, degree: str = "") -> str:
        which = _ENDINGS.get(degree or "2", f"{degree}th")
        return f"the {which} root of {inside}" + ("" if _is_word(inside) else " end root")

    def fraction(self, above: str, below: str) -> str:
        return f"the fraction {above} over {below} end fraction"

    def bracketed(self, inside: str, tall: bool = False) -> str:
        return f"open bracket {inside} close bracket"

    def absolute(self, inside: str, tall: bool = False) -> str:
        return f"the absolute value of {self._argument(inside)}"

    def binomial(self, above: str, below: str) -> str:
        return f"{self._argument(above)} choose {self._argument(below)}"

    def factorial(self, base: str) -> str:
        return f"{base} factorial"

    def evaluated(self, inside: str, place: str) -> str:
        return f"the value of {inside} at {place} end value"

    def determinant(self, inside: str, tall: bool = False) -> str:
        return f"the determinant of {self._argument(inside)}"

    def operator(self, sign: str, below: str = "", above: str = "") -> str:
        name = _OPERATORS.get(sign, f"the {sign}")
        below = below.replace(_RELATIONS["~"], "adjacent to")  # below an operator ~ is between neighbours
        if sign == "lim":
            return f"{name} as {below} of"
        if below and above:
            return f"{name} from {below} to {above} of"
        return f"{name} over {below} of" if below else f"{name} of"

    def differential(self, variable: str) -> str:
        return f"with respect to {variable}"

    def one_sided(self, target: str, sign: str) -> str:
        return f"{target} from {'above' if sign == '+' else 'below'}"

    def derivation(self, variable: str) -> str:
        return f"the derivative with respect to {variable} of"

    def fenced(self, inside: str, brackets: str) -> str:
        what = {"{}": "the set", "()": "the open interval", "[]": "the closed interval"}.get(brackets, "the interval")
        return f"{what} {inside}, end"

    def cases(self, values: Sequence[str], conditions: Sequence[str]) -> str:
        told = [f"{value} {said(words)}" for value, words in zip(values, conditions, strict=True)]
        return "; ".join(told)

    def applied(self, name: str, arguments: Sequence[str], tall: bool = False, *, below: str = "") -> str:
        if below:
            return self.called(f"{name} sub {below}", arguments)
        if name == "N" and len(arguments) == 2:
            return f"normal with mean {arguments[0]} and variance {arguments[1]}"
        return self._of(_FUNCTIONS.get(name, f"{name} of"), arguments)

    def applied_to_bars(self, name: str, bars: str) -> str:
        return self.applied(name, [bars])

    def called(self, function: str, arguments: Sequence[str], tall: bool = False) -> str:
        return self._of(f"{function} of", arguments)

    def _of(self, words: str, arguments: Sequence[str]) -> str:
        if len(arguments) == 1:
            return f"{words} {self._argument(arguments[0])}"
        if len(arguments) == 2 and all(map(_is_word, arguments)):
            return f"{words} {arguments[0]} and {arguments[1]}"
        return f"{words} {self.bracketed(self.comma.join(arguments))}"

    def seems_called(self, left: str, right: str) -> bool:
        return False  # brackets are spoken as such

    def side_by_side(self, left: str, right: str, apart: bool) -> str:
        # What is applied ends with the pause of a comma: the trace of V, times V.
        if " of " in left:
            return f"{left}, times {right}"
        return f"{left} times {right}" if " of " in right else f"{left} {right}"

    def shape(self, rows: str, columns: str, *, apart: bool = False) -> str:
        return f"{rows} by {columns}"

    def matrix(self, cells: Cells, style: Style) -> str:
        body = "; ".join(f"row {number}: {', '.join(line)}" for number, line in enumerate(cells, 1))
        return f"the {len(cells)} by {len(cells[0])} matrix; {body}; end matrix"

    def counted(self, cells: Cells, number: str, what: str, style: Style) -> str:
        shortened = any(all(cell == self.dots[1] for cell in line) for line in cells)
        rows = []
        for place, line in enumerate(cells, 1):
            said_row = "last row" if shortened and place == len(cells) else f"row {place}"
            left_out = all(cell == self.dots[1] for cell in line)
            rows.append(self.dots[1] if left_out else f"{said_row}: {', '.join(line)}")
        return f"the matrix of {number} {what}; {'; '.join(rows)}; end matrix"

    def column(self, entries: Sequence[str], style: Style) -> str:
        return f"the column vector {', '.join(entries)}; end vector"

    def _argument(self, inside: str) -> str:
        return inside if _is_word(inside) else self.bracketed(inside)

    def document(self, inside: str, spoken: str) -> str:
        return inside

    def equalities(self, rows: Sequence[tuple[str, str, str, str]]) -> str:
        return "\n".join(
            f"{goal} {sign} {side}".strip() + (f", because: {said(reason)}." if reason else ".")
            for goal, sign, side, reason in rows
        )

    def stacked(self, lines: Sequence[str]) -> str:
        return "\n".join(f"{line}." for line in lines)

    def aligned(self, lines: Sequence[tuple[str, str]]) -> str:
        return self.stacked([f"{left} {right}".strip() for left, right in lines])

    def glossary(self, entries: Sequence[tuple[str, str]]) -> str:
        return self.stacked([f"{symbol}: {meaning}" for symbol, meaning in entries])

    def titled(self, title: str, relations: str) -> str:
        return f"{title}.\n{relations}"

    def explained(self, relations: str, word: str, glossary: str) -> str:
        return f"{relations}\n{word}:\n{glossary}"

    def table(self, headings: Sequence[str], rows: Sequence[Sequence[str]]) -> str:
        return self.stacked([self.comma.join(filter(None, row)) for row in (headings, *rows)])

    def framed(self, titles: Sequence[str], rows: Sequence[tuple[str, Sequence[str]]], parted: Collection[int]) -> str:
        heads = [f"columns: {self.comma.join(titles)}"] if titles else []
        told = [f"{label}: {self.comma.join(cells)}" if label else self.comma.join(cells) for label, cells in rows]
        return self.stacked([*heads, *told])

    def apart(self, displays: Sequence[str]) -> str:
        return "\n".join(displays)


SPOKEN = Spoken()


def said(text: str) -> str:
    """A sentence with formulas in Unicode, with words for the signs that a voice would leave out.

    >>> said("G = σ²_u I₂, so Var(Zu) = ZGZ'")
    'G equals sigma squared sub u I sub 2, so the variance of (Zu) equals ZGZ transpose'
    """
    text = _STRUCK.sub(lambda match: normalize("NFC", match[0]), normalize("NFD", text))
    text = _ACCENTED.sub(lambda match: f"{match[1]} {_SIGNS[match[2]]} ", text)
    text = re.sub(r"[Σ∑]_([h-o]) ", r"the sum over \1 of ", text)
    for name, words in _FUNCTIONS.items():
        text = re.sub(rf"\b([b-zA-HJ-Z]) {name}(?=\()", rf"\1 times {name}", text)
        text = re.sub(rf"\b{name}\((\w)\) (?=[A-Z]['′ᵀ])", rf"{words} \1, times ", text)
        text = re.sub(rf"\b{name}\((\w)(?:, (\w))?\)", lambda found, words=words: _of_letters(words, found), text)
        text = re.sub(rf"\b{name}(?=\()", f"{words} ", text)
    text = _BARS.sub(lambda match: f" the determinant of {_grouped(match[1])} ", text)
    text = re.sub(r"(?:(?<=[A-Z)\]])|(?<=[A-Z]_\w))(?:['′](?!s\b)|ᵀ)", " transpose ", text)
    text = re.sub("⁻¹", " inverse ", text)
    text = re.sub("⁻(?![⁰¹²³⁴-⁹])", " generalized inverse ", text)
    text = _RAISED.sub(lambda match: f" to the power {RAISED_LETTERS.get(match[1], 'n')} ", text)
    text = text.replace("^(", " to the power (")
    text = re.sub("[₀-₉]+", lambda match: f" sub {match.group().translate(_PLAIN_DIGITS)} ", text)
    text = re.sub(r" ?_(?:\{([^{}]+)\}|([\w·]+))", lambda match: f" sub {_part(match[1] or match[2])} ", text)
    spelled = "".join(f" {_SAID[letter]} " if letter in _SAID else letter for letter in text)
    tight = re.sub(r" +(?=[,.;:)]|$)", "", re.sub(" +", " ", spelled)).replace("( ", "(")
    return normalize("NFC", tight.strip())


def _of_letters(words: str, found: re.Match[str]) -> str:
    """A function of one letter or of two: the covariance of u and epsilon."""
    return f"{words} {' and '.join(filter(None, found.groups()))}"


def _grouped(inside: str) -> str:
    return inside if len(inside) == 1 else f"({inside})"


def _is_word(text: str) -> bool:
    """Whether nothing in a text could be taken for what follows it."""
    return " " not in text.removeprefix("vector ") and ";" not in text


def _label(parts: NameParts) -> list[str]:
    """What stands above and is no power."""
    if not parts.raised:
        return []
    signs = {STAR: "star", "'": "prime"}
    return [signs.get(parts.raised) or f"with label {_indices(parts.raised.strip('()'))}"]


def _letters(parts: NameParts, bold: bool) -> str:
    """The letters of a name and their accent: vector beta hat."""
    return " ".join([*(_word(word, bold) for word in parts.words), *([parts.accent] if parts.accent else [])])


def _word(base: str, bold: bool) -> str:
    word = base.lower() if base in GREEK else base
    if base[:1].isupper():
        return f"capital {word}" if base in GREEK or (not bold and len(base) == 1) else word
    return f"vector {word}" if bold else word


def _subscripts(parts: Sequence[str]) -> list[str]:
    if len(parts) < 2:
        closed = any(sign in part for part in parts for sign in "+-/")
        return [*(["sub"] if parts else []), *map(_part, parts), *(["end sub"] if closed else [])]
    between = " " if are_beside(parts) else " comma "
    told = between.join(part if part.isdecimal() else _part(part) for part in parts)
    return ["sub", told.replace("within comma", "within")]


def _part(part: str) -> str:
    part = greek_letters(part)
    return part if is_label(part) else _indices(part)


def _indices(below: str) -> str:
    """Indices one by one; i(k) is i in k."""
    pieces = re.findall(r"\d+\.\d+|\d|\D", normalize("NFD", below))
    return " ".join(filter(None, (_SIGNS.get(piece, _SAID.get(piece, piece)) for piece in pieces)))
