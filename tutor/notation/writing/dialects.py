"""What differs between LaTeX and Unicode: signs, brackets, fractions, names. Precedence is not decided here.

MathML, Typst and speech are dialects too, in files of their own.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Protocol

from tutor.notation.escape import escaped
from tutor.notation.names import SUPERSCRIPT, latex_name, unicode_name, unicode_subscript
from tutor.notation.style import Style

MOST_BMATRIX_COLUMNS = 10
"""amsmath's bmatrix takes no more columns, unless the counter MaxMatrixCols is raised."""

Cells = Sequence[Sequence[str]]


class Dialect(Protocol):
    """How the pieces of a formula are spelled; every argument is text in the dialect, with its brackets."""

    minus: str
    plus: str
    comma: str
    times: str
    kronecker: str
    fractions_bind: bool
    """Whether a fraction shows its extent, so that no brackets are needed around it or in it."""
    columns_are_transposed: bool
    """Whether a column vector is written as a row with a prime."""

    dots: tuple[str, str, str]
    """What is left out of a row, of a column, and of both."""

    def name(self, key: str, *, bold: bool = False) -> str:
        """The name with this key."""
        ...

    def number(self, digits: str) -> str:
        """A whole or decimal number without a sign."""
        ...

    def is_number(self, text: str) -> bool:
        """Whether a text is a whole number and nothing else."""
        ...

    def starts_with_digit(self, text: str) -> bool:
        """Whether a number to the left of the text would run into it."""
        ...

    def ends_with_digit(self, text: str) -> bool:
        """Whether a number to the right of the text would run into it."""
        ...

    def verbatim(self, text: str) -> str:
        """Plain text for what the dialect has no spelling for, and for words."""
        ...

    def relation(self, sign: str) -> str:
        """One of the signs =, ~ (distributed as), | (given), ; (between statements)."""
        ...

    def indexed(self, base: str, below: str) -> str:
        """A base with indices below, told as plain text: "ij", "i(k)", "4,ij"."""
        ...

    def letter(self, letter: str) -> str:
        """One of the letters I, J, 1 and 0 of the matrices with those names."""
        ...

    def subscript(self, base: str, below: str) -> str:
        """A base with a subscript that is a whole expression."""
        ...

    def grouped(self, base: str) -> str:
        """A base with a subscript, made ready for one more."""
        ...

    def power(self, base: str, exponent: str) -> str:
        """A base raised to an exponent."""
        ...

    def root_power(self, key: str, exponent: str) -> str:
        """A power of the root of a variance parameter: σ_u, or σ⁴_u; no exponent is told as ""."""
        ...

    def transposed(self, base: str, style: Style) -> str:
        """The transpose."""
        ...

    def inverted(self, base: str) -> str:
        """The inverse."""
        ...

    def root(self, inside: str, degree: str = "") -> str:
        """The square root, or that of another degree."""
        ...

    def fraction(self, above: str, below: str) -> str:
        """A fraction."""
        ...

    def bracketed(self, inside: str, tall: bool = False) -> str:
        """Round brackets; they stretch around what is tall."""
        ...

    def determinant(self, inside: str, tall: bool = False) -> str:
        """Bars around a matrix."""
        ...

    def applied(self, name: str, arguments: Sequence[str], tall: bool = False) -> str:
        """A function or a distribution of arguments."""
        ...

    def side_by_side(self, left: str, right: str, apart: bool) -> str:
        """Two factors without a sign between them; ``apart`` asks for a gap."""
        ...

    def shape(self, rows: str, columns: str) -> str:
        """Rows × columns."""
        ...

    def matrix(self, cells: Cells, style: Style) -> str:
        """A matrix of cells within a formula."""
        ...

    def column(self, entries: Sequence[str], style: Style) -> str:
        """A column vector of scalars within a formula."""
        ...


class Setting(Dialect, Protocol):
    """A dialect that also sets whole displays by itself."""

    def document(self, inside: str, spoken: str) -> str:
        """A display, ready to be put into a page; ``spoken`` is the same for those who hear it."""
        ...

    def equalities(self, goal: str, lines: Sequence[tuple[str, str]]) -> str:
        """The goal and what it equals, line by line, each with its reason."""
        ...

    def stacked(self, lines: Sequence[str]) -> str:
        """Formulas below each other."""
        ...


class Latex:
    """LaTeX with amsmath, and nothing else."""

    minus = "-"
    plus = "+"
    comma = ", "
    times = r" \cdot "
    kronecker = r" \otimes "
    fractions_bind = True
    columns_are_transposed = False
    dots: tuple[str, str, str] = (r"\cdots", r"\vdots", r"\ddots")

    def name(self, key: str, *, bold: bool = False) -> str:
        return latex_name(key, bold=bold)

    def number(self, digits: str) -> str:
        return digits

    def is_number(self, text: str) -> bool:
        return text.isdecimal()

    def starts_with_digit(self, text: str) -> bool:
        return text[0].isdecimal()

    def ends_with_digit(self, text: str) -> bool:
        return text[-1].isdecimal()

    def verbatim(self, text: str) -> str:
        return rf"\text{{{escaped(text)}}}"

    def relation(self, sign: str) -> str:
        return {"~": r"\sim", "|": r"\mid", ";": r";\; "}.get(sign, sign)

    def indexed(self, base: str, below: str) -> str:
        return self.subscript(base, below)

    def letter(self, letter: str) -> str:
        return rf"\mathbf{{{letter}}}"

    def subscript(self, base: str, below: str) -> str:
        return f"{base}_{below}" if len(below) == 1 else f"{base}_{{{below}}}"

    def grouped(self, base: str) -> str:
        return f"{{{base}}}"

    def power(self, base: str, exponent: str) -> str:
        return f"{base}^{exponent}" if len(exponent) == 1 else f"{base}^{{{exponent}}}"

    def root_power(self, key: str, exponent: str) -> str:
        base, _, below = latex_name(key).partition("^2")
        return (self.power(base, exponent) if exponent else base) + below

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

    def determinant(self, inside: str, tall: bool = False) -> str:
        return rf"\left|{inside}\right|" if tall else f"|{inside}|"

    def applied(self, name: str, arguments: Sequence[str], tall: bool = False) -> str:
        known = {"exp": r"\exp", "log": r"\log", "E": r"\mathrm{E}", "det": r"\det", "N": "N"}
        function = known.get(name) or rf"\operatorname{{{name}}}"
        return function + self.bracketed(", ".join(arguments), tall)

    def side_by_side(self, left: str, right: str, apart: bool) -> str:
        # A letter after a control word would become part of it.
        swallowed = right[0].isalpha() and re.search(r"\\[A-Za-z]+$", left)
        return f"{left} {right}" if apart or swallowed else left + right

    def shape(self, rows: str, columns: str) -> str:
        return rf"{rows} \times {columns}"

    def matrix(self, cells: Cells, style: Style) -> str:
        body = r" \\ ".join(" & ".join(line) for line in cells)
        width = max(len(line) for line in cells)
        if width <= MOST_BMATRIX_COLUMNS:
            environment = "bmatrix" if style.brackets == "square" else "pmatrix"
            return rf"\begin{{{environment}}} {body} \end{{{environment}}}"
        left, right = "[]" if style.brackets == "square" else "()"
        return rf"\left{left}\begin{{array}}{{{'c' * width}}} {body} \end{{array}}\right{right}"

    def column(self, entries: Sequence[str], style: Style) -> str:
        return self.matrix([[entry] for entry in entries], style)


class Unicode:
    """One line of text for a terminal."""

    minus = "−"
    plus = "+"
    comma = ", "
    times = " · "
    kronecker = " ⊗ "
    fractions_bind = False
    columns_are_transposed = True
    dots: tuple[str, str, str] = ("…", "⋮", "⋱")

    def name(self, key: str, *, bold: bool = False) -> str:
        return unicode_name(key)

    def number(self, digits: str) -> str:
        return digits

    def is_number(self, text: str) -> bool:
        return text.isdecimal()

    def starts_with_digit(self, text: str) -> bool:
        return text[0].isdecimal()

    def ends_with_digit(self, text: str) -> bool:
        return text[-1].isdecimal()

    def verbatim(self, text: str) -> str:
        return text

    def relation(self, sign: str) -> str:
        return ";  " if sign == ";" else sign

    def indexed(self, base: str, below: str) -> str:
        return f"{base}_{below}"

    def letter(self, letter: str) -> str:
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
        base, _, below = unicode_name(key).partition("²")
        return (self.power(base, exponent) if exponent else base) + below

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

    def determinant(self, inside: str, tall: bool = False) -> str:
        return f"|{inside}|"

    def applied(self, name: str, arguments: Sequence[str], tall: bool = False) -> str:
        return name + self.bracketed(", ".join(arguments))

    def side_by_side(self, left: str, right: str, apart: bool) -> str:
        return f"{left} {right}" if apart else left + right

    def shape(self, rows: str, columns: str) -> str:
        return f"{rows}×{columns}"

    def matrix(self, cells: Cells, style: Style) -> str:
        lines = [f"[{', '.join(line)}]" for line in cells]
        return f"[{', '.join(lines)}]"

    def column(self, entries: Sequence[str], style: Style) -> str:
        return self.transposed(f"[{', '.join(entries)}]", style)


LATEX = Latex()
UNICODE = Unicode()
