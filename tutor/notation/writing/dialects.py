"""The dialects that are read as well: LaTeX and Unicode.

MathML, Typst and speech are dialects too, in files of their own.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from tutor.notation.bold import bold_letters
from tutor.notation.escape import escaped
from tutor.notation.names import SUPERSCRIPT, latex_name, root_key, unicode_name, unicode_subscript
from tutor.notation.style import Style
from tutor.notation.writing.called_letters import seems_called_in_latex, seems_called_in_unicode
from tutor.notation.writing.dialect import Cells, PlainDigits, UnicodeSigns, Upright
from tutor.notation.writing.prose import words_to_latex

MOST_BMATRIX_COLUMNS = 10
"""amsmath's bmatrix takes no more columns, unless the counter MaxMatrixCols is raised."""

_RELATIONS = {
    "~": r"\sim",
    "≁": r"\nsim",
    "iid": r"\overset{\text{iid}}{\sim}",
    "ind": r"\overset{\text{ind}}{\sim}",
    "approx": r"\overset{\text{approx}}{\sim}",
    "|": r"\mid",
    ";": r";\; ",
    "≡": r"\equiv",
    "≤": r"\leq",
    "⊥": r"\perp",
    "≥": r"\geq",
    "≪": r"\ll",
    "≫": r"\gg",
    "≠": r"\neq",
    "≈": r"\approx",
    "∝": r"\propto",
    "→": r"\to",
    "∈": r"\in",
    "±": r"\pm",
}
"""Signs that LaTeX has commands for."""

_IN_WORDS = {"iid": "~ iid", "ind": "~ ind.", "approx": "~ approx."}
"""How something is distributed, in words beside the sign."""

_ENTRY = re.compile(r"\[[0-9, ]+\]")
"""What is an entry behind a name, as in a[1, 2] of R, and a row of numbers apart from it."""
_BASE = re.compile(r"^[^\W\d_]+")

_FUNCTIONS = {
    "exp": r"\exp", "log": r"\log", "E": r"\operatorname{E}", "det": r"\det", "max": r"\max", "min": r"\min",
    "ℐ": r"\mathcal{I}",
}  # fmt: skip
_OPERATORS = {"∑": r"\sum", "∏": r"\prod", "⨁": r"\bigoplus", "∫": r"\int", "lim": r"\lim"}


class Latex(PlainDigits, Upright):
    """LaTeX with amsmath, and nothing else."""

    minus = "-"
    plus = "+"
    comma = ", "
    semicolon = "; "
    times = r" \cdot "
    kronecker = r" \otimes "
    hadamard = r" \odot "
    direct_sum = r" \oplus "
    dots: tuple[str, str, str] = (r"\cdots", r"\vdots", r"\ddots")
    listed = r"\dots"
    between = r", \quad "
    inset = r"\qquad "
    anything = r"\cdot"

    def name(self, key: str, *, bold: bool = False) -> str:
        return latex_name(key, bold=bold)

    def verbatim(self, text: str) -> str:
        return rf"\text{{{escaped(text)}}}"

    def relation(self, sign: str) -> str:
        return _RELATIONS.get(sign, sign)

    def indexed(self, base: str, below: str) -> str:
        return self.subscript(base, below)

    def letter(self, letter: str, *, bold: bool = True) -> str:
        return rf"\mathbf{{{letter}}}" if bold else letter

    def starts_with_digit(self, text: str) -> bool:
        # A bold 1 behind 12 would seem to be a digit of it.
        return text[0].isdecimal() or re.match(r"\\mathbf\{\d", text) is not None

    def subscript(self, base: str, below: str) -> str:
        return f"{base}_{below}" if len(below) == 1 else f"{base}_{{{below}}}"

    def grouped(self, base: str) -> str:
        return f"{{{base}}}"

    def power(self, base: str, exponent: str) -> str:
        # A minus sign without braces would take in a number that follows: A^- 1_n.
        return f"{base}^{exponent}" if len(exponent) == 1 and exponent != self.minus else f"{base}^{{{exponent}}}"

    def root_power(self, key: str, exponent: str) -> str:
        if not exponent:
            return latex_name(root_key(key))
        base, _, below = latex_name(key).partition("^2")
        return self.power(base, exponent) + below

    def transposed(self, base: str, style: Style) -> str:
        return base + {"prime": "'", "T": "^T", "top": r"^\top"}[style.transpose]

    def inverted(self, base: str) -> str:
        return f"{base}^{{-1}}"

    def root(self, inside: str, degree: str = "") -> str:
        return rf"\sqrt[{degree}]{{{inside}}}" if degree else rf"\sqrt{{{inside}}}"

    def fraction(self, above: str, below: str) -> str:
        return rf"\frac{{{above}}}{{{below}}}"

    def bracketed(self, inside: str, tall: bool = False) -> str:
        return rf"\left({inside}\right)" if tall else f"({inside})"

    def binomial(self, above: str, below: str) -> str:
        return rf"\binom{{{above}}}{{{below}}}"

    def factorial(self, base: str) -> str:
        return f"{base}!"

    def evaluated(self, inside: str, place: str) -> str:
        return rf"\left.{inside}\right|_{{{place}}}"

    def determinant(self, inside: str, tall: bool = False) -> str:
        # Bars that open and close alike: one inside would seem to be the second.
        return rf"\left|{inside}\right|" if tall or "|" in inside else f"|{inside}|"

    def applied(self, name: str, arguments: Sequence[str], tall: bool = False, *, below: str = "") -> str:
        is_letter = len(name.rstrip("'")) == 1
        function = _FUNCTIONS.get(name) or (name if is_letter else rf"\operatorname{{{name}}}")
        function = self.subscript(function, below) if below else function
        return self.called(function, arguments, tall)

    def applied_to_bars(self, name: str, bars: str) -> str:
        return _FUNCTIONS[name] + bars

    def called(self, function: str, arguments: Sequence[str], tall: bool = False) -> str:
        return function + self.bracketed(", ".join(arguments), tall)

    def operator(self, sign: str, below: str = "", above: str = "") -> str:
        told = _OPERATORS.get(sign) or rf"\operatorname{{{sign}}}"
        told = self.subscript(told, below) if below else told
        return self.power(told, above) if above else told

    def differential(self, variable: str) -> str:
        return rf"\, {self.side_by_side('d', variable, False)}"

    def one_sided(self, target: str, sign: str) -> str:
        return self.power(target, sign)

    def derivation(self, variable: str) -> str:
        return self.fraction("d", self.side_by_side("d", variable, False))

    def fenced(self, inside: str, brackets: str) -> str:
        left, right = (f"\\{sign}" if sign in "{}" else sign for sign in brackets)
        return f"{left}{inside}{right}"

    def cases(self, values: Sequence[str], conditions: Sequence[str]) -> str:
        told = zip(values, map(words_to_latex, conditions), strict=True)
        body = r" \\ ".join(rf"{value} & {words}" for value, words in told)
        return rf"\begin{{cases}} {body} \end{{cases}}"

    def side_by_side(self, left: str, right: str, apart: bool) -> str:
        # A letter after a control word would become part of it.
        swallowed = right[0].isalpha() and re.search(r"\\[A-Za-z]+$", left)
        if left.endswith("|") and right.startswith(("|", r"\left|")):
            # Two determinants side by side: their bars would seem to be those of a norm.
            return rf"{left} \, {right}"
        return f"{left} {right}" if apart or swallowed else left + right

    def seems_called(self, left: str, right: str) -> bool:
        return seems_called_in_latex(left, right)

    def shape(self, rows: str, columns: str, *, apart: bool = False) -> str:
        return rf"{rows} \times {columns}"

    def matrix(self, cells: Cells, style: Style) -> str:
        body = r" \\ ".join(" & ".join(line) for line in cells)
        width = max(len(line) for line in cells)
        if width <= MOST_BMATRIX_COLUMNS:
            environment = "bmatrix" if style.brackets == "square" else "pmatrix"
            return rf"\begin{{{environment}}} {body} \end{{{environment}}}"
        left, right = "[]" if style.brackets == "square" else "()"
        return rf"\left{left}\begin{{array}}{{{'c' * width}}} {body} \end{{array}}\right{right}"

    def counted(self, cells: Cells, number: str, what: str, style: Style) -> str:
        return rf"\underbrace{{{self.matrix(cells, style)}}}_{{{number} \text{{ {what}}}}}"


class Unicode(UnicodeSigns):
    """One line of text for a terminal."""

    semicolon = "; "
    fractions_bind = False
    columns_are_transposed = True
    dots: tuple[str, str, str] = ("…", "⋮", "⋱")
    between = ",  "
    inset = "    "

    def name(self, key: str, *, bold: bool = False) -> str:
        return unicode_name(key)

    def verbatim(self, text: str) -> str:
        return text

    def relation(self, sign: str) -> str:
        return ";  " if sign == ";" else _IN_WORDS.get(sign, sign)

    def indexed(self, base: str, below: str) -> str:
        return f"{base}_{below}"

    def letter(self, letter: str, *, bold: bool = True) -> str:
        return letter

    def subscript(self, base: str, below: str) -> str:
        if below.isdecimal():
            return base + unicode_subscript(below)
        # Without braces a raised digit would seem to be the power of the whole.
        return f"{base}_{below}" if below.isalpha() else f"{base}_{{{below}}}"

    def grouped(self, base: str) -> str:
        return f"({base})"

    def power(self, base: str, exponent: str) -> str:
        raised = exponent.replace("−", "-").translate(SUPERSCRIPT)
        if all(new != old for new, old in zip(raised, exponent, strict=True)):
            return base + raised
        return f"{base}^{exponent}" if len(exponent) == 1 else f"{base}^({exponent})"

    def root_power(self, key: str, exponent: str) -> str:
        if not exponent:
            return unicode_name(root_key(key))
        base, _, below = unicode_name(key).partition("²")
        return self.power(base, exponent) + below

    def transposed(self, base: str, style: Style) -> str:
        return base + ("'" if style.transpose == "prime" else "ᵀ")

    def inverted(self, base: str) -> str:
        return f"{base}⁻¹"

    def root(self, inside: str, degree: str = "") -> str:
        root = {"": "√", "3": "∛", "4": "∜"}.get(degree)
        if root is None:
            return f"({inside})^(1/{degree})"
        return root + inside if len(inside) == 1 or inside.isdecimal() else f"{root}({inside})"

    def fraction(self, above: str, below: str) -> str:
        return f"{above}/{below}"

    def bracketed(self, inside: str, tall: bool = False) -> str:
        return f"({inside})"

    def absolute(self, inside: str, tall: bool = False) -> str:
        return self.called("abs", [inside]) if "|" in inside else f"|{inside}|"

    def binomial(self, above: str, below: str) -> str:
        return self.called("binomial", [above, below])

    def factorial(self, base: str) -> str:
        return f"{base}!"

    def evaluated(self, inside: str, place: str) -> str:
        return f"({inside})|_{{{place}}}"

    def determinant(self, inside: str, tall: bool = False) -> str:
        # All bars are alike: one inside would seem to be the second.
        return self.called("det", [inside]) if "|" in inside else f"|{inside}|"

    def applied(self, name: str, arguments: Sequence[str], tall: bool = False, *, below: str = "") -> str:
        return self.called(self.subscript(name, below) if below else name, arguments)

    def applied_to_bars(self, name: str, bars: str) -> str:
        return f"{name} {bars}"

    def called(self, function: str, arguments: Sequence[str], tall: bool = False) -> str:
        return function + self.bracketed(", ".join(arguments))

    def operator(self, sign: str, below: str = "", above: str = "") -> str:
        told = sign
        for mark, limit in (("_", below), ("^", above)):
            # A small ⁿ after the sign would be a power that has no base; what is longer than a letter shows its extent.
            told += "" if not limit else mark + (limit if len(limit) == 1 else f"{{{limit}}}")
        return told

    def differential(self, variable: str) -> str:
        return f"d{variable}"

    def one_sided(self, target: str, sign: str) -> str:
        return target + {"+": "⁺", "-": "⁻"}[sign]

    def derivation(self, variable: str) -> str:
        return f"d/d{variable}"

    def fenced(self, inside: str, brackets: str) -> str:
        return f"{brackets[0]}{inside}{brackets[1]}"

    def cases(self, values: Sequence[str], conditions: Sequence[str]) -> str:
        told = [f"{value}, {words.replace(';', ',')}" for value, words in zip(values, conditions, strict=True)]
        return f"{{{';  '.join(told)}}}"

    def side_by_side(self, left: str, right: str, apart: bool) -> str:
        seems_entry = _ENTRY.match(right) is not None and not left.endswith(("]", ")"))
        return f"{left} {right}" if apart or seems_entry else left + right

    def seems_called(self, left: str, right: str) -> bool:
        return seems_called_in_unicode(left, right)

    def shape(self, rows: str, columns: str, *, apart: bool = False) -> str:
        return f"{rows} × {columns}" if apart else f"{rows}×{columns}"

    def matrix(self, cells: Cells, style: Style) -> str:
        lines = [f"[{', '.join(line)}]" for line in cells]
        return f"[{', '.join(lines)}]"

    def column(self, entries: Sequence[str], style: Style) -> str:
        return self.transposed(f"[{', '.join(entries)}]", style)


class BoldUnicode(Unicode):
    """Unicode in which bold letters are letters of their own: what a density is of tells y from one observation."""

    def name(self, key: str, *, bold: bool = False) -> str:
        plain = unicode_name(key)
        return _BASE.sub(lambda found: bold_letters(found[0]), plain, count=1) if bold else plain


LATEX = Latex()
UNICODE = Unicode()
BOLD_UNICODE = BoldUnicode()
