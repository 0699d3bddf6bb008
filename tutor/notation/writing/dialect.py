"""What a dialect must say: signs, brackets, fractions, names. Precedence is not decided in it."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Collection, Sequence
from typing import Protocol

from tutor.notation.style import Style

Cells = Sequence[Sequence[str]]


class Dialect(Protocol):
    """How the pieces of a formula are spelled; every argument is text in the dialect, with its brackets."""

    minus: str
    plus: str
    comma: str
    semicolon: str
    times: str
    kronecker: str
    hadamard: str
    direct_sum: str
    fractions_bind: bool
    """Whether a fraction shows its extent, so that no brackets are needed around it or in it."""
    columns_are_transposed: bool
    """Whether a column vector is written as a row with a prime."""

    dots: tuple[str, str, str]
    """What is left out of a row, of a column, and of both."""

    listed: str
    """What is left out between commas."""

    between: str
    """What parts statements on one line."""
    inset: str
    """Before a reason that stands below a formula."""

    anything: str
    """What stands for any argument of a function, as in g(·)."""

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
        """A sign: = < > ≤ ≥ ≪ ≫ ≠ ≈ ∝ → ≡ ∈ : ~ (distributed as) ≁ | (given) ; (between statements); or ~ with words
        over it, "iid", "ind" or "approx"."""
        ...

    def indexed(self, base: str, below: str) -> str:
        """A base with indices below, told as plain text: "ij", "i(k)", "4,ij"."""
        ...

    def letter(self, letter: str, *, bold: bool = True) -> str:
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

    def absolute(self, inside: str, tall: bool = False) -> str:
        """Bars around a number."""
        ...

    def binomial(self, above: str, below: str) -> str:
        """A binomial coefficient."""
        ...

    def factorial(self, base: str) -> str:
        """The product of the numbers up to one."""
        ...

    def evaluated(self, inside: str, place: str) -> str:
        """Something, with a bar and the place where it is taken."""
        ...

    def determinant(self, inside: str, tall: bool = False) -> str:
        """Bars around a matrix."""
        ...

    def applied(self, name: str, arguments: Sequence[str], tall: bool = False, *, below: str = "") -> str:
        """A function or a distribution of arguments; ``below`` is the subscript of its name."""
        ...

    def applied_to_bars(self, name: str, bars: str) -> str:
        """A function of what has bars around it, which are brackets enough: log |V|."""
        ...

    def called(self, function: str, arguments: Sequence[str], tall: bool = False) -> str:
        """A function whose name is text in the dialect, with its arguments."""
        ...

    def operator(self, sign: str, below: str = "", above: str = "") -> str:
        """A large sign, ∑ ∏ ⨁ or ∫, or a word, lim or argmin, with what stands below and above it; its body follows."""
        ...

    def differential(self, variable: str) -> str:
        """What ends an integral: the variable over which it is taken."""
        ...

    def one_sided(self, target: str, sign: str) -> str:
        """What a variable goes to from above, "+", or from below, "-"."""
        ...

    def derivation(self, variable: str) -> str:
        """The sign before what is derived by a variable."""
        ...

    def fenced(self, inside: str, brackets: str) -> str:
        """Values between two of the brackets ( ) [ ] { }, which need not match."""
        ...

    def cases(self, values: Sequence[str], conditions: Sequence[str]) -> str:
        """Values below each other, each with the condition under which it holds, as it was written."""
        ...

    def side_by_side(self, left: str, right: str, apart: bool) -> str:
        """Two factors without a sign between them; ``apart`` asks for a gap."""
        ...

    def seems_called(self, left: str, right: str) -> bool:
        """Whether a letter at the end of one factor names a function too, of what the next has in its brackets."""
        ...

    def shape(self, rows: str, columns: str, *, apart: bool = False) -> str:
        """Rows × columns; ``apart`` where it is no subscript."""
        ...

    def matrix(self, cells: Cells, style: Style) -> str:
        """A matrix of cells within a formula."""
        ...

    def column(self, entries: Sequence[str], style: Style) -> str:
        """A column vector of scalars within a formula."""
        ...


class Drawing(Dialect, Protocol):
    """A dialect that has a way to say how often something repeats in a matrix."""

    def counted(self, cells: Cells, number: str, what: str, style: Style) -> str:
        """A square of cells with dots among them, and below it the number of what there is: b blocks, n columns."""
        ...


class Setting(Drawing, Protocol):
    """A dialect that also sets whole displays by itself."""

    def document(self, inside: str, spoken: str) -> str:
        """A display, ready to be put into a page; ``spoken`` is the same for those who hear it."""
        ...

    def equalities(self, rows: Sequence[tuple[str, str, str, str]]) -> str:
        """What goals equal, line by line: the goal, the sign, the formula and its reason; what is empty goes on."""
        ...

    def stacked(self, lines: Sequence[str]) -> str:
        """Formulas below each other."""
        ...

    def aligned(self, lines: Sequence[tuple[str, str]]) -> str:
        """Relations below each other, each parted before its first sign, which stand below each other too."""
        ...

    def glossary(self, entries: Sequence[tuple[str, str]]) -> str:
        """Symbols below each other, and beside each what it means."""
        ...

    def titled(self, title: str, relations: str) -> str:
        """Relations below what they are about."""
        ...

    def explained(self, relations: str, word: str, glossary: str) -> str:
        """Relations, below them a word, "where", and below that what their symbols mean."""
        ...

    def table(self, headings: Sequence[str], rows: Cells) -> str:
        """Cells in columns below their headings."""
        ...

    def framed(self, titles: Sequence[str], rows: Sequence[tuple[str, Sequence[str]]], parted: Collection[int]) -> str:
        """Cells between walls, a label before each row, perhaps titles above; a double wall behind the cells whose
        numbers are ``parted``, counted from 0."""
        ...

    def apart(self, displays: Sequence[str]) -> str:
        """Whole displays below each other, each with columns of its own."""
        ...


class PlainDigits:
    """Numbers in a dialect that writes their digits and nothing around them."""

    def number(self, digits: str) -> str:
        return digits

    def is_number(self, text: str) -> bool:
        return text.isdecimal()

    def starts_with_digit(self, text: str) -> bool:
        return text[0].isdecimal()

    def ends_with_digit(self, text: str) -> bool:
        return text[-1].isdecimal()


class UnicodeSigns(PlainDigits):
    """The signs of a dialect that has Unicode's, with blanks around those between factors."""

    minus = "−"
    plus = "+"
    comma = ", "
    times = " · "
    kronecker = " ⊗ "
    hadamard = " ⊙ "
    direct_sum = " ⊕ "
    listed = "…"
    anything = "·"


class Upright(ABC):
    """A dialect in which fractions and columns stand upright, and one pair of bars serves numbers and matrices."""

    fractions_bind = True
    columns_are_transposed = False

    @abstractmethod
    def matrix(self, cells: Cells, style: Style) -> str: ...

    @abstractmethod
    def determinant(self, inside: str, tall: bool = False) -> str: ...

    def column(self, entries: Sequence[str], style: Style) -> str:
        return self.matrix([[entry] for entry in entries], style)

    def absolute(self, inside: str, tall: bool = False) -> str:
        return self.determinant(inside, tall)

    def seems_called(self, left: str, right: str) -> bool:
        return False  # a page is not read back
