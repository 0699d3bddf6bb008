"""Tokens to syntax: the LALR parser, built once a process, and what it says when a text is no formula."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from importlib.resources import files
from typing import Any, NamedTuple

from lark import Lark, Transformer, UnexpectedToken
from lark.lexer import Lexer as LarkLexer

from tutor.errors import ReadError
from tutor.notation.parsing import syntax
from tutor.notation.parsing.arrange import arrange
from tutor.notation.parsing.environments import pairs
from tutor.notation.parsing.explain import explained
from tutor.notation.parsing.lexer import Lexer
from tutor.notation.parsing.spelling import ELLIPSES, SUBSCRIPT_CHARACTERS
from tutor.notation.parsing.token import Grid, Span, Spelling, Token

MOST_CELL_TEXT = 100_000
"""Characters in the different cells of all matrices of one text."""

_DOTS = re.compile(r"\\(?:" + "|".join(sorted(ELLIPSES)) + r")|[…⋯⋮⋱]|\.\.\.")
_INTEGER = re.compile(r"[0-9]{1,300}\Z")
_TRUTH = {"TRUE": "1", "T": "1", "True": "1", "FALSE": "0", "F": "0", "False": "0"}
_SIZED = frozenset("IJ10")


class _TokenStream(LarkLexer):
    """Hands the tokens on: this package's lexer has done the work."""

    __future_interface__ = 2

    def __init__(self, lexer_conf: Any) -> None:
        pass

    def lex(self, lexer_state: Any, parser_state: Any) -> Iterator[Any]:
        return iter(lexer_state.text)


class _Braced(NamedTuple):
    """An argument with the place of its braces."""

    start: int
    end: int
    inner: syntax.Node


def _unbraced(argument: _Braced | syntax.Node) -> syntax.Node:
    return argument.inner if isinstance(argument, _Braced) else argument


class _SyntaxBuilder(Transformer[Any, Any]):
    """Makes a node of syntax of each rule of the grammar; methods are named as the rules."""

    def display(self, found: list[Any]) -> syntax.Display:
        statements = tuple(item for item in found if not isinstance(item, Token))
        return syntax.Display(statements[0].start, statements[-1].end, statements)

    def relation(self, found: list[Any]) -> syntax.Relation:
        signs = tuple(token.value for token in found[1::2])
        return syntax.Relation(found[0].start, found[-1].end, signs, tuple(found[::2]))

    def range(self, found: list[Any]) -> syntax.Range:
        last = found[4] if len(found) > 4 else None
        return syntax.Range(found[0].start, found[-1].end, found[0], found[2], last)

    def dimension(self, found: list[Any]) -> syntax.Dimension:
        return syntax.Dimension(found[0].start, found[2].end, found[0], found[2], found[1].value)

    membership = dimension

    def relation_without_right_side(self, found: list[Any]) -> syntax.Relation:
        raise UnexpectedToken(Token("$END", "", found[1].end, found[1].end), set())  # pyright: ignore[reportArgumentType]

    def distribution(self, found: list[Any]) -> syntax.Distributed:
        subject, _, (name, arguments, end) = found
        return syntax.Distributed(subject.start, end, subject, (), name, arguments)

    def conditional_distribution(self, found: list[Any]) -> syntax.Distributed:
        subject, _, given, _, (name, arguments, end) = found
        return syntax.Distributed(subject.start, end, subject, given, name, arguments)

    def family(self, found: list[Any]) -> tuple[Spelling, tuple[syntax.Node, ...], int]:
        return found[0].value, found[2], found[3].end

    def family_alone(self, found: list[Any]) -> tuple[Spelling, tuple[syntax.Node, ...], int]:
        return found[0].value, (), found[0].end

    def items(self, found: list[Any]) -> tuple[syntax.Node, ...]:
        return tuple(found[::2])

    def sum(self, found: list[Any]) -> syntax.Sum:
        start = found[0].start
        if not isinstance(found[0], Token):
            found = [Token("PLUS", "+", start, start), *found]
        signs = tuple(token.value for token in found[::2])
        return syntax.Sum(start, found[-1].end, signs, tuple(found[1::2]))

    def kronecker(self, found: list[Any]) -> syntax.Kronecker:
        return syntax.Kronecker(found[0].start, found[-1].end, tuple(found[::2]))

    def chain(self, found: list[Any]) -> syntax.Chain:
        signs: list[str] = [""]
        factors: list[syntax.Node] = [found[0]]
        sign = ""
        for item in found[1:]:
            if isinstance(item, Token):
                sign = str(item.value)
                continue
            signs.append(sign)
            factors.append(item)
            sign = ""
        return syntax.Chain(found[0].start, found[-1].end, tuple(signs), tuple(factors))

    def signed_factor(self, found: list[Any]) -> syntax.Node:
        sign, factor = found[0], _unbraced(found[1])
        return syntax.Negated(sign.start, found[1].end, factor) if sign.type == "MINUS" else factor

    def prefixed(self, found: list[Any]) -> syntax.Call:
        name, argument = found
        return syntax.Call(name.start, argument.end, name.value, Spelling(name.value), (argument,), ("",))

    def percents(self, found: list[Any]) -> syntax.Node:
        result = found[0]
        for operator, factor in zip(found[1::2], found[2::2], strict=True):
            start, end = result.start, factor.end
            if operator.value == "%x%":
                result = syntax.Kronecker(start, end, (result, factor))
            elif isinstance(result, syntax.Chain):
                result = syntax.Chain(start, end, (*result.signs, "@"), (*result.factors, factor))
            else:
                result = syntax.Chain(start, end, ("", "@"), (result, factor))
        return result

    # A suffix is told as (kind, what it carries, end) until its base is known.

    def prime(self, found: list[Any]) -> tuple[str, Any, int]:
        return "prime", found[0].value, found[0].end

    def inverse(self, found: list[Any]) -> tuple[str, Any, int]:
        return "inverse", None, found[0].end

    def method(self, found: list[Any]) -> tuple[str, Any, int]:
        return "method", found[0].value, found[0].end

    def raised(self, found: list[Any]) -> tuple[str, Any, int]:
        return "raised", _unbraced(found[1]), found[1].end

    def dotted(self, found: list[Any]) -> tuple[str, Any, int]:
        return "dotted", found[2], found[3].end

    def suffixed(self, found: list[Any]) -> syntax.Node:
        base, *suffixes = found
        while suffixes:
            kind, carried, end = suffixes.pop(0)
            if kind == "raised":
                # 2**3**2 is 2**(3**2)
                tower = [carried]
                while suffixes and suffixes[0][0] == "raised":
                    _, carried, end = suffixes.pop(0)
                    tower.append(carried)
                exponent = tower.pop()
                while tower:
                    lower = tower.pop()
                    exponent = syntax.Power(lower.start, exponent.end, lower, exponent)
                base = syntax.Power(base.start, end, base, exponent)
            else:
                base = _suffixed(base, kind, carried, end)
        return base

    def braces(self, found: list[Any]) -> _Braced:
        return _Braced(found[0].start, found[2].end, found[1])

    def group(self, found: list[Any]) -> syntax.Group:
        return syntax.Group(found[0].start, found[2].end, found[1])

    def bars(self, found: list[Any]) -> syntax.Bars:
        return syntax.Bars(found[0].start, found[2].end, found[1])

    def listed(self, found: list[Any]) -> syntax.Listed:
        return syntax.Listed(found[0].start, found[-1].end, tuple(found[1:-1:2]))

    def number(self, found: list[Any]) -> syntax.Number:
        return syntax.Number(found[0].start, found[0].end, found[0].value)

    def named(self, found: list[Any]) -> syntax.Named:
        return found[0].value

    def matrix(self, found: list[Any]) -> syntax.Matrix:
        return found[0].value

    def fraction(self, found: list[Any]) -> syntax.Fraction:
        return syntax.Fraction(found[0].start, found[2].end, _unbraced(found[1]), _unbraced(found[2]))

    def root(self, found: list[Any]) -> syntax.Root:
        degree = found[2] if len(found) > 2 else None
        return syntax.Root(found[0].start, found[-1].end, _unbraced(found[-1]), degree)

    def call(self, found: list[Any]) -> syntax.Call:
        name, _, items, closing = found
        keywords = tuple(item[0] if isinstance(item, tuple) else "" for item in items)
        arguments = tuple(item[1] if isinstance(item, tuple) else item for item in items)
        return syntax.Call(name.start, closing.end, name.value[0], name.value[1], arguments, keywords)

    def ellipsis(self, found: list[Any]) -> syntax.Ellipsis:
        return syntax.Ellipsis(found[0].start, found[0].end)

    def keyword(self, found: list[Any]) -> tuple[str, syntax.Node]:
        return found[0].value, _truth(found[1])

    def conditional(self, found: list[Any]) -> syntax.Conditional:
        return syntax.Conditional(found[0].start, found[2].end, found[0], found[2])


def _truth(value: syntax.Node) -> syntax.Node:
    """R's TRUE as 1 and FALSE as 0, after a keyword."""
    if isinstance(value, syntax.Named) and value.spelling.letters in _TRUTH:
        return syntax.Number(value.start, value.end, _TRUTH[value.spelling.letters])
    return value


def _suffixed(base: syntax.Node, kind: str, carried: Any, end: int) -> syntax.Node:
    if kind == "prime":
        if isinstance(carried, str):
            return syntax.Prime(base.start, end, base, 1, carried)
        return syntax.Prime(base.start, end, base, carried)
    if kind == "inverse":
        return syntax.Inverse(base.start, end, base)
    if kind == "dotted":
        group = syntax.Group(carried.start, end, carried)
        return syntax.Chain(base.start, end, ("", "@"), (base, group))
    return syntax.Call(base.start, end, carried, Spelling(carried), (base,), ("",))


@cache
def _parser() -> Lark:
    grammar = files("tutor.notation.parsing").joinpath("answer.lark").read_text(encoding="utf-8")
    return Lark(
        grammar, parser="lalr", lexer=_TokenStream, start=["display", "expression"], transformer=_SyntaxBuilder(),
        maybe_placeholders=False,
    )  # fmt: skip


class Parse:
    """One text being read: its cells are parsed once for each different text."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.borders = pairs(text) if "\\begin" in text or "\\end" in text else {}
        self.cells: dict[str, syntax.Node] = {}
        self.cell_text = 0
        self.depth = 0
        self.unbraced_inverses: list[Span] = []
        self.size_names: set[syntax.Node] = set()
        self.reading_size = False

    def display(self, start: int, end: int) -> syntax.Display:
        """The statements of a part of the text. Raises ReadError."""
        tokens = arrange(self._tokens(start, end))
        if not tokens:
            raise ReadError("There is nothing to read.", text=self.text, start=start, kind="empty",
                            tip="Type a formula, as ZGZ' + R.")  # fmt: skip
        return self._parsed(tokens, "display")

    def expression(self, start: int, end: int) -> syntax.Node:
        """One expression in a part of the text, a cell or a subscript. Raises ReadError."""
        tokens = self._tokens(start, end)
        if not tokens:
            raise ReadError("Something is missing here.", text=self.text, start=start, end=end, kind="missing-operand")
        return self._parsed(tokens, "expression")

    def _tokens(self, start: int, end: int) -> list[Token]:
        text = self.text
        if not text.isascii() and (lowered := text[start:end].translate(SUBSCRIPT_CHARACTERS)) != text[start:end]:
            # A size below a letter, as in I₁₂, is read as one on the line.
            text = text[:start] + lowered + text[end:] if self.reading_size else text
        tokens = Lexer(text, start, end, self.borders).read()
        return [self._prepared(token) for token in tokens]

    def _prepared(self, token: Token) -> Token:
        """A token whose inner texts, cells and sizes, are read too."""
        value = token.value
        if token.type == "MATRIX" and isinstance(value, Grid):
            rows = self._rows(value)
            sizes = () if value.below is None else self._sizes_below(value.below)
            matrix = syntax.Matrix(token.start, token.end, rows, value.environment, sizes)
            return Token("MATRIX", matrix, token.start, token.end)
        if token.type == "NAME" and isinstance(value, Spelling):
            named = syntax.Named(token.start, token.end, value, self._sizes(value))
            return Token("NAME", named, token.start, token.end)
        if token.type == "INVERSE" and token.value == "unbraced":
            self.unbraced_inverses.append(Span(token.start, token.end))
        return token

    def _rows(self, grid: Grid) -> tuple[tuple[syntax.Node, ...], ...]:
        """The cells of a matrix; beside dots a blank cell is a zero."""
        spans = [span for row in grid.rows for span in row]
        blank = next((span for span in spans if span.start == span.end), None)
        if blank is not None and not any(_DOTS.fullmatch(self.text, span.start, span.end) for span in spans):
            raise ReadError("This cell is empty.", text=self.text, start=blank.start, kind="missing-operand",
                            tip="Write 0 where the entry is zero.")  # fmt: skip
        if blank is not None:
            self.cells[""] = syntax.Number(blank.start, blank.end, "0")
        return tuple(tuple(map(self._cell, row)) for row in grid.rows)

    def _cell(self, span: Span) -> syntax.Node:
        content = self.text[span.start : span.end]
        known = self.cells.get(content)
        if known is not None:
            return known
        if _INTEGER.match(content):
            node: syntax.Node = syntax.Number(span.start, span.end, content)
        elif _DOTS.fullmatch(content):
            node = syntax.Ellipsis(span.start, span.end)
        else:
            self.cell_text += len(content)
            if self.cell_text > MOST_CELL_TEXT:
                raise ReadError(f"The different cells hold more than {MOST_CELL_TEXT:,} characters.", kind="too-long",
                                text=self.text, start=span.start, tip="Write it by its structure.")  # fmt: skip
            self.depth += 1
            if self.depth > 8:
                raise ReadError("Matrices are nested more than 8 deep here.", text=self.text, start=span.start,
                                kind="too-deep")  # fmt: skip
            node = self.expression(span.start, span.end)
            self.depth -= 1
        self.cells[content] = node
        return node

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

    def _size(self, start: int, end: int) -> syntax.Node:
        before, self.reading_size = self.reading_size, True
        size = self.expression(start, end)
        self.reading_size = before
        self.size_names.update(syntax.postorder(size))
        return size

    def _parsed(self, tokens: list[Token], start: str) -> Any:
        try:
            return _parser().parse(tokens, start=start)  # pyright: ignore[reportArgumentType]  (a lexer of our own)
        except UnexpectedToken as error:
            token = error.token if isinstance(error.token, Token) else Token("$END", "", tokens[-1].end, tokens[-1].end)
            raise explained(self.text, tokens, token) from None
