"""What a written piece of a formula is, and the function that writes one.

A piece knows how tightly it binds, so that brackets are decided in one place for all dialects. `written` is open:
a module that has something new to write registers a handler.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass, replace
from enum import IntEnum
from functools import singledispatch
from itertools import pairwise
from typing import Any

import sympy

from tutor.errors import TutorError
from tutor.notation.style import Style
from tutor.notation.writing.dialect import Dialect


class Bind(IntEnum):
    """How tightly the outermost operation of a piece holds it together, the loosest first."""

    SUM = 1
    KRONECKER = 2
    QUOTIENT = 3
    PRODUCT = 4
    POWER = 5
    ATOM = 6


@dataclass(frozen=True, slots=True)
class Piece:
    """A written piece: its text without a leading minus sign, and what its neighbours must know of it.

    ``negative`` tells of the minus sign, which a sum writes as its operator. ``tall`` asks for brackets that
    stretch, ``word`` for room on both sides, ``open_end`` for room after it, lest a subscript take in what follows.
    """

    text: str
    bind: Bind = Bind.ATOM
    negative: bool = False
    tall: bool = False
    word: bool = False
    open_end: bool = False


MOST_DECIMALS = 12
"""Places of a number that is written with decimals; a longer one is a fraction."""

_TENTHS = 10**MOST_DECIMALS


@dataclass(frozen=True, slots=True)
class Pen:
    """A dialect with a style: what a piece is written with."""

    dialect: Dialect
    style: Style
    most_cells: int | None = None
    """A matrix of entries with more rows or columns within a formula has dots in it."""

    decimals: frozenset[sympy.Rational] = frozenset()
    """Numbers that were typed as decimals, and are written so."""

    def as_decimal(self, value: sympy.Rational) -> str:
        """The digits, without a sign, of a number that was typed as a decimal or came of such; none for a fraction.

        What came of decimals has a 5 in its denominator; a half and a quarter are as often fractions that were typed.
        """
        if not self.decimals or value.q == 1 or _TENTHS % value.q:
            return ""
        if value not in self.decimals and -value not in self.decimals and value.q % 5:
            return ""
        digits = str(abs(value.p) * (_TENTHS // value.q)).rjust(MOST_DECIMALS + 1, "0")
        return f"{digits[:-MOST_DECIMALS]}.{digits[-MOST_DECIMALS:].rstrip('0')}"

    def whole(self, thing: Any) -> str:
        """The text of a thing that stands alone."""
        return self.signed(written(thing, self)).text

    def signed(self, piece: Piece) -> Piece:
        """The piece with its minus sign, if it has one, in the text."""
        if not piece.negative:
            return piece
        return replace(piece, text=self.dialect.minus + piece.text, negative=False, bind=min(piece.bind, Bind.SUM))

    def at_least(self, bind: Bind, piece: Piece) -> Piece:
        """The piece, in brackets if it binds less tightly than its place needs or starts with a minus sign."""
        if piece.bind >= bind and not piece.negative:
            return piece
        return Piece(self.dialect.bracketed(self.signed(piece).text, piece.tall), tall=piece.tall)

    def sum(self, pieces: list[Piece]) -> Piece:
        """The pieces with plus and minus signs between them."""
        parts = [piece if piece.bind > Bind.SUM else self.at_least(Bind.KRONECKER, piece) for piece in pieces]
        first = self.signed(parts[0]).text
        rest = "".join(
            f" {(self.dialect.minus if part.negative else self.dialect.plus).strip()} {part.text}" for part in parts[1:]
        )
        return Piece(first + rest, Bind.SUM, tall=any(part.tall for part in parts), open_end=parts[-1].open_end)

    def negated(self, piece: Piece) -> Piece:
        """The piece with a minus sign in front; a sum gets brackets."""
        if piece.bind < Bind.KRONECKER or piece.negative:
            piece = self.at_least(Bind.ATOM, piece)
        return replace(piece, negative=True, bind=min(piece.bind, Bind.PRODUCT))

    def product(self, pieces: list[Piece], dotted: Collection[int] = ()) -> Piece:
        """The pieces side by side, as matrices are multiplied; ``dotted`` are those with a sign behind them."""
        parts = [self.at_least(Bind.POWER, piece) for piece in pieces]
        text = parts[0].text
        for number, (left, right) in enumerate(pairwise(parts)):
            apart = left.word or left.open_end or right.word
            text = text + self.dialect.times + right.text if number in dotted else self.beside(text, right.text, apart)
        return Piece(
            text,
            Bind.PRODUCT,
            tall=any(part.tall for part in parts),
            word=parts[0].word or parts[-1].word,
            open_end=parts[-1].open_end,
        )

    def scaled(self, scalar: Piece, piece: Piece) -> Piece:
        """A scalar in front of a piece; its minus sign is that of the whole."""
        factor = self.at_least(Bind.PRODUCT, replace(scalar, negative=False))
        inner = self.at_least(Bind.PRODUCT, piece)
        apart = inner.word or not self.dialect.is_number(factor.text)
        return Piece(
            self.beside(factor.text, inner.text, apart),
            Bind.PRODUCT,
            negative=scalar.negative,
            tall=factor.tall or inner.tall,
            open_end=inner.open_end,
        )

    def letter(self, letter: str) -> str:
        """One of the letters I, J, 1 and 0 of the matrices with those names."""
        return self.dialect.letter(letter, bold=self.style.bold)

    def beside(self, left: str, right: str, apart: bool) -> str:
        """Two factors without a sign, but for a number after a digit and brackets after the letter of a function."""
        is_number_split = self.dialect.ends_with_digit(left) and self.dialect.starts_with_digit(right)
        if is_number_split or self.dialect.seems_called(left, right):
            return left + self.dialect.times + right
        return self.dialect.side_by_side(left, right, apart)

    def call(self, name: str, *arguments: Any) -> Piece:
        """A function applied to things."""
        pieces = [self.signed(written(argument, self)) for argument in arguments]
        tall = any(piece.tall for piece in pieces)
        return Piece(self.dialect.applied(name, [piece.text for piece in pieces], tall), tall=tall, word=True)


@singledispatch
def written(thing: Any, pen: Pen) -> Piece:
    """The piece that stands for a thing.

    Raises
    ------
    TutorError
        For a thing that no handler knows.
    """
    raise TutorError(
        f"There is no notation for {type(thing).__name__}.", tip="Trees, derivations and models can be written."
    )
