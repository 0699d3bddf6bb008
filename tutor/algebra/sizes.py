"""Sizes of matrices: positive integers, or products and sums of positive integer symbols."""

from __future__ import annotations

from functools import lru_cache

import sympy

from tutor.errors import SizeError

Size = sympy.Expr
"""A SymPy Integer, a positive integer symbol, or a polynomial in such symbols."""

Shape = tuple[Size, Size]
"""Rows and columns."""

SizeLike = int | str | sympy.Expr

ONE = sympy.Integer(1)


@lru_cache(maxsize=4096)
def _symbol(name: str) -> sympy.Symbol:
    return sympy.Symbol(name, integer=True, positive=True)


def size(value: SizeLike) -> Size:
    """The size that a number, a letter or a SymPy expression stands for.

    A letter stands for a positive integer that is not given.

    Raises
    ------
    SizeError
        For zero, a negative or broken number, or a text that is no name.

    >>> size(3), size("n")
    (3, n)
    """
    if isinstance(value, bool):
        raise SizeError(f"A size is a positive whole number or a letter, not {value}.")
    if isinstance(value, str):
        if value.isdigit():
            return size(int(value))
        if not value.isidentifier():
            raise SizeError(f"A size is a positive whole number or a letter, not {value!r}.")
        return _symbol(value)
    if isinstance(value, int):
        value = sympy.Integer(value)
    try:
        integer = sympy.sympify(value, strict=True)
    except sympy.SympifyError:
        raise SizeError(f"A size is a positive whole number or a letter, not {value!r}.") from None
    if integer.is_Integer:
        if integer < 1:
            raise SizeError(f"A size is a positive whole number or a letter, not {integer}.")
        return integer
    if integer.is_integer is not True or integer.is_number:
        raise SizeError(f"A size is a positive whole number or a letter, not {integer}.")
    return integer


def open_size(number: int) -> Size:
    """A size that nothing tells, as that of I alone; no text can spell its name."""
    return sympy.Symbol(f"?{number}", integer=True, positive=True)


def is_open(extent: Size) -> bool:
    """Whether nothing tells this size, or a part of it."""
    return not extent.is_Integer and any(str(symbol).startswith("?") for symbol in extent.free_symbols)


def same_size(first: Size, second: Size) -> bool:
    """Whether two sizes are equal for every value of their letters."""
    if first is second or first == second:  # SymPy has each whole number once
        return True
    if first.is_Integer and second.is_Integer:
        return False
    return sympy.expand(first - second) == 0


def same_shape(first: Shape, second: Shape) -> bool:
    """Whether two shapes are equal for every value of their letters."""
    return first == second or (same_size(first[0], second[0]) and same_size(first[1], second[1]))


@lru_cache(maxsize=4096)
def times(first: Size, second: Size) -> Size:
    """The product of two sizes, kept: the same few are multiplied in every Kronecker product."""
    return first * second


@lru_cache(maxsize=4096)
def divides(divisor: Size, extent: Size) -> bool:
    """Whether a size is a whole multiple of another for every value of their letters, which are not 0."""
    if divisor in (ONE, extent):
        return True
    quotient = sympy.cancel(extent / divisor)
    return quotient.is_integer is True and sympy.denom(quotient) == 1 and not quotient.is_zero


def whole(value: Size, what: str = "the size") -> int:
    """A size as a Python integer.

    Raises
    ------
    SizeError
        When the size is a letter: entries can only be listed for a number.
    """
    if value.is_Integer:
        return int(value)  # pyright: ignore[reportArgumentType]  (SymPy's Integer converts)
    raise SizeError(
        f"Entries need a number for {what}, which is {value} here.",
        tip="Build the model with a number in place of the letter, or stay with the symbolic form.",
    )
