"""Tokens to syntax: the LALR parser, built once a process, and what it says when a text is no formula."""

from __future__ import annotations

import re
from functools import cache
from typing import Any

from lark import UnexpectedToken

from tutor.errors import ReadError
from tutor.notation.finding import Finding
from tutor.notation.parsing import slips, syntax
from tutor.notation.parsing.arrange import arrange
from tutor.notation.parsing.automaton import Automaton
from tutor.notation.parsing.builder import SyntaxBuilder
from tutor.notation.parsing.environments import LABELLED, pairs
from tutor.notation.parsing.equation_numbers import without_wide_blanks
from tutor.notation.parsing.explain import explained
from tutor.notation.parsing.factor_dots import with_factor_dots
from tutor.notation.parsing.functions import FUNCTIONS
from tutor.notation.parsing.generic_member import rows_without_member, without_member
from tutor.notation.parsing.lexer import Lexer
from tutor.notation.parsing.operators import Operator
from tutor.notation.parsing.plain_cells import PlainCells
from tutor.notation.parsing.rows import DOTS, blanks, mirrored_cells
from tutor.notation.parsing.spelling import RAISED, SUBSCRIPT_CHARACTERS, SUPERSCRIPT_CHARACTERS
from tutor.notation.parsing.tables import tables
from tutor.notation.parsing.token import CaseRows, Grid, Span, Spelling, Token

MOST_CELL_TEXT = 100_000
"""Characters in the different cells of all matrices of one text."""

MOST_DIFFERENT_CELLS = 6_000
"""Different cells of one text that are more than a number; a 72 × 72 matrix has 5,184."""

MOST_DEPTH = 8
"""Matrices, and values below bars, within each other."""

_INTEGER = re.compile(r"[0-9]{1,300}\Z")
_SIZED = frozenset("IJ10")


@cache
def _automaton() -> Automaton:
    return Automaton(tables(), SyntaxBuilder())


class Parse:
    """One text being read: its cells are parsed once for each different text."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.borders = pairs(text) if "\\begin" in text or "\\end" in text else {}
        self.cells: dict[str, syntax.Node] = {}
        self.cell_text = 0
        self.numbers = 0
        self.depth = 0
        self.findings: list[Finding] = []
        self.size_names: set[syntax.Node] = set()
        self.triangles: set[syntax.Node] = set()
        self.plain: set[syntax.Node] = set()  # cells that are plain sums
        self.symmetric: set[syntax.Node] = set()  # those whose cells say that they are
        self.reading_size = False
        self.plain_cells = PlainCells(text)

    def display(self, start: int, end: int) -> syntax.Display:
        """The statements of a part of the text. Raises ReadError."""
        tokens = arrange(self._tokens(start, end), self.findings)
        if not tokens:
            raise ReadError("There is nothing to read.", text=self.text, start=start, kind="empty",
                            tip="Type a formula, as ZGZ' + R.")  # fmt: skip
        return self._parsed(with_factor_dots(tokens), "display")

    def expression(self, start: int, end: int) -> syntax.Node:
        """One expression in a part of the text, a cell or a subscript. Raises ReadError."""
        tokens = without_wide_blanks(self._tokens(start, end))
        if not tokens:
            raise ReadError("Something is missing here.", text=self.text, start=start, end=end, kind="missing-operand")
        return self._parsed(with_factor_dots(tokens, in_cell=True), "expression")

    def _tokens(self, start: int, end: int) -> list[Token]:
        text = self.text
        if self.reading_size and not text[start:end].isascii():
            # A size below a letter, as in I₁₂, or the limit of a sum, ∑ᵢ₌₁ᵐ, is read as one on the line.
            lowered = text[start:end].translate(SUBSCRIPT_CHARACTERS)
            lowered = lowered.translate(SUPERSCRIPT_CHARACTERS) if RAISED.fullmatch(lowered) else lowered
            text = text[:start] + lowered + text[end:]
        lexer = Lexer(text, start, end, self.borders)
        tokens = lexer.read()
        self.findings += lexer.findings
        return [self._prepared(token) for token in tokens]

    def _prepared(self, token: Token) -> Token:
        """A token whose inner texts, cells and sizes, are read too."""
        value = token.value
        if token.type == "MATRIX" and isinstance(value, Grid):
            if value.environment == LABELLED:
                body = syntax.Group(token.start, token.end, self._cell(value.rows[0][0]))
                return Token("MATRIX", body, token.start, token.end)
            rows, triangle, told = self._rows(value)
            sizes = () if value.below is None else self._sizes_below(value.below)
            matrix = syntax.Matrix(token.start, token.end, rows, value.environment, sizes, triangle)
            if triangle:
                (self.symmetric if told else self.triangles).add(matrix)
            return Token("MATRIX", matrix, token.start, token.end)
        if token.type == "CASES" and isinstance(value, CaseRows):
            told = tuple((self._cell(span), words) for span, words in value.rows)
            return Token("CASES", told, token.start, token.end)
        if isinstance(value, Operator) and token.type != "OPTIMUM":
            limits = [span and self._on_the_line(span.start, span.end) for span in (value.first, value.last)]
            told = syntax.Operator(token.start, token.end, value.operation, value.indices, value.below, *limits)
            return Token(token.type, told, token.start, token.end)
        if token.type == "AT" and isinstance(value, Span):
            return Token("AT", self._place(value), token.start, token.end)
        if token.type in {"NAME", "DIFFERENTIAL"} and isinstance(value, Spelling):
            named = syntax.Named(token.start, token.end, value, self._sizes(value))
            return Token(token.type, named, token.start, token.end)
        return token

    def _place(self, span: Span) -> tuple[tuple[syntax.Node, ...], tuple[syntax.Node, ...]]:
        """The names that have values where something is evaluated, and the values; of one value the name may miss."""
        self._deepen(span)
        told = self.display(span.start, span.end).statements
        self.depth -= 1
        if len(told) == 1 and not isinstance(told[0], syntax.Relation):
            return (), told
        sides = [part.sides for part in told if isinstance(part, syntax.Relation) and part.signs == ("=",)]
        if len(sides) < len(told):
            raise ReadError("Here is told where what stands before the bar is taken.", text=self.text, start=span.start,
                            end=span.end, kind="evaluation", tip="Write names and their values, as x = 0.")  # fmt: skip
        return tuple(name for name, _ in sides), tuple(value for _, value in sides)

    def _deepen(self, span: Span) -> None:
        """Go one level down. Raises ReadError "too-deep"."""
        self.depth += 1
        if self.depth > MOST_DEPTH:
            raise ReadError(f"Matrices are nested more than {MOST_DEPTH} deep here.", text=self.text, start=span.start,
                            kind="too-deep")  # fmt: skip

    def _rows(self, grid: Grid) -> tuple[tuple[tuple[syntax.Node, ...], ...], str, bool]:
        """The cells of a matrix, which triangle of it is left blank, and whether a word says that it mirrors the other;
        other blank cells are zeros."""
        mirrored = mirrored_cells(self.text, grid.rows)
        written = grid.rows if mirrored is None else mirrored
        meant = blanks(self.text, written)
        if meant:
            blank = next(span for row in written for span in row if span.start == span.end)
            if meant == "missing":
                raise ReadError("This cell is empty.", text=self.text, start=blank.start, kind="missing-operand",
                                tip="Write 0 where the entry is zero.")  # fmt: skip
            self.cells[""] = syntax.Number(blank.start, blank.end, "0")
            if meant == "zero":
                self.findings.append(slips.blank_cells(blank.start))
        rows = _with_one_gap(tuple(tuple(map(self._cell, row)) for row in written))
        return rows, meant if meant in {"above", "below"} else "", mirrored is not None

    def _cell(self, span: Span) -> syntax.Node:
        content = self.text[span.start : span.end]
        known = self.cells.get(content)
        if known is not None:
            return known
        if _INTEGER.match(content):
            self.numbers += 1
            node: syntax.Node = syntax.Number(span.start, span.end, content)
            self.plain.add(node)
        elif DOTS.fullmatch(content):
            node = syntax.Ellipsis(span.start, span.end)
        else:
            self.cell_text += len(content)
            if self.cell_text > MOST_CELL_TEXT or len(self.cells) > MOST_DIFFERENT_CELLS + self.numbers:
                raise ReadError("The different cells of this matrix are too many to be read.", kind="too-long",
                                text=self.text, start=span.start, tip="Write it by its structure.")  # fmt: skip
            node = self._cell_of_formula(span)
        self.cells[content] = node
        return node

    def _cell_of_formula(self, span: Span) -> syntax.Node:
        plain = self.plain_cells.cell(span.start, span.end, self.plain_name)
        if plain is not None:
            self.plain.add(plain)
            return plain
        self._deepen(span)
        node = self.expression(span.start, span.end)
        self.depth -= 1
        return node

    def plain_name(self, start: int, end: int) -> syntax.Node | None:
        """A name without sizes, or its power by a number, that a part of the text is with nothing to remark on."""
        remarks = len(self.findings)
        try:
            node = self.expression(start, end)
        except ReadError:
            return None  # the cell is refused where it is read as a whole
        if len(self.findings) > remarks:
            del self.findings[remarks:]
            return None
        power = node if isinstance(node, syntax.Power) and isinstance(node.exponent, syntax.Number) else None
        name = node if power is None else power.base
        is_name = isinstance(name, syntax.Named) and not name.sizes and name.spelling.letters not in FUNCTIONS
        is_euler = power is not None and isinstance(name, syntax.Named) and name.spelling.letters == "e"
        return node if is_name and not is_euler else None

    def _sizes(self, spelling: Spelling) -> tuple[syntax.Node, ...]:
        """The subscript as sizes, where it may be one: of I, J, 1 and 0, and wherever it has a ×."""
        below = spelling.below
        if below is None or not (spelling.letters in _SIZED or "×" in spelling.subscript):
            return ()
        return self._sizes_below(below)

    def _sizes_below(self, below: Span) -> tuple[syntax.Node, ...]:
        raw = self.text[below.start : below.end]
        sizes = []
        start = below.start
        for sign in re.finditer(r"\\times(?![A-Za-z])|×|,|$", raw):
            if raw[start - below.start : sign.start()].strip():
                sizes.append(self._size(start, below.start + sign.start()))
            start = below.start + sign.end()
        return tuple(sizes)

    def _on_the_line(self, start: int, end: int) -> syntax.Node:
        """What stands below or above something, its small characters read as those on the line."""
        before, self.reading_size = self.reading_size, True
        node = self.expression(start, end)
        self.reading_size = before
        return node

    def _size(self, start: int, end: int) -> syntax.Node:
        size = self._on_the_line(start, end)
        self.size_names.update(syntax.postorder(size))
        return size

    def _parsed(self, tokens: list[Token], start: str) -> Any:
        try:
            return _automaton().parse(tokens, start)
        except UnexpectedToken as error:
            token: Token = error.token  # pyright: ignore[reportAssignmentType]  (the automaton takes this package's)
            raise explained(self.text, tokens, token) from None


def _with_one_gap(rows: tuple[tuple[syntax.Node, ...], ...]) -> tuple[tuple[syntax.Node, ...], ...]:
    """The cells of a vector without a general member between two gaps; those of another matrix as they are."""
    if len(rows) == 1:
        return (without_member(rows[0]),)
    if all(len(row) == 1 for row in rows):
        return tuple((cell,) for cell in without_member([row[0] for row in rows]))
    return rows_without_member(rows)
