"""Arithmetic of a formula on data: the exact value of an expression in each row."""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping, Sequence
from typing import TYPE_CHECKING

import sympy

from tutor.errors import DataError, nearest
from tutor.models.data import Column, Table, rows_text
from tutor.models.expressions import (
    COMPARISONS,
    Bar,
    Call,
    Expression,
    Named,
    Number,
    Operation,
    Sign,
    Source,
    Text,
    Variable,
)
from tutor.models.formula import label_of
from tutor.models.numbers import number_of_text

if TYPE_CHECKING:
    from tutor.models.data import Cell

MOST_BITS = 20_000
"""Exact powers that need more are refused: no covariate has so many digits."""


def calculated(expression: Expression, data: Table, source: Source) -> tuple[sympy.Expr, ...]:
    """The value of an arithmetic expression in each row, exactly.

    Raises
    ------
    FormulaError
        For operators and calls that are no arithmetic.
    DataError
        For a column of text, and where the result is no real number, with the rows.
    """
    for call in _calls(expression):
        _check_known(call, source)
    names = [name for name in columns_of(expression) if name in data.raw or name not in CONSTANTS]
    columns = {name: finite_values(data.column(name), data) for name in names}
    if isinstance(expression, Variable) and expression.name in columns:
        return columns[expression.name]
    of_columns = {part: _of_column(part, data, source) for part in _calls(expression) if part.function in _OF_COLUMN}
    known: dict[tuple[sympy.Expr, ...], sympy.Expr] = {}
    values: list[sympy.Expr] = []
    for row in zip(*columns.values(), strict=True) if columns else [()] * data.rows:
        if row not in known:
            known[row] = _value(expression, dict(zip(names, row, strict=True)), of_columns, source)
        values.append(known[row])
    real = {value: _is_real(value) for value in set(values)}
    wrong = [number for number, value in enumerate(values, start=1) if not real[value]]
    if wrong:
        raise DataError(f"{label_of(expression)} has no finite real value in {rows_text(wrong)} of {data.source}.")
    return tuple(values)


def _is_real(value: sympy.Expr) -> bool:
    """Whether a value is a real number that a double can hold."""
    if value.is_real is not True:
        return False
    try:
        return math.isfinite(float(value))
    except (OverflowError, TypeError, ValueError):
        return False


def columns_of(expression: Expression) -> tuple[str, ...]:
    """The names of the columns in an expression, each once."""
    match expression:
        case Variable(name=name):
            return (name,)
        case Call(arguments=arguments):
            return tuple(dict.fromkeys(name for argument in arguments for name in columns_of(argument)))
        case Operation(left=left, right=right) | Bar(effects=left, group=right):
            return tuple(dict.fromkeys((*columns_of(left), *columns_of(right))))
        case Sign(operand=operand):
            return columns_of(operand)
        case Number() | Text() | Named():
            return ()


def finite_values(column: Column, data: Table) -> tuple[sympy.Expr, ...]:
    texts = [row for row, cell in enumerate(column.cells, start=1) if isinstance(cell, str)]
    if texts:
        row = next((row for row in texts if number_of_text(str(column.cells[row - 1])) is None), texts[0])
        text = f"{column.cells[row - 1]!r} in row {row} of {data.source}"
        raise DataError(
            f"{column.name} holds text where numbers are needed: {text}.",
            tip="A factor cannot be the response or be calculated with.",
        )
    infinite = [row for row, cell in enumerate(column.cells, start=1) if not _isfinite_values(cell)]
    if infinite:
        raise DataError(
            f"{column.name} is infinite, or too long to be a measurement, in {rows_text(infinite)} of {data.source}."
        )
    return tuple(cell for cell in column.cells if isinstance(cell, sympy.Expr))


def _isfinite_values(cell: Cell) -> bool:
    return isinstance(cell, sympy.Rational)


CONSTANTS: Mapping[str, sympy.Expr] = {"pi": sympy.pi}
"""Numbers that R knows by name; a column of the name comes first, as in R."""

_FUNCTIONS: Mapping[str, Callable[[sympy.Expr], sympy.Expr]] = {
    "I": lambda x: x,
    "log": sympy.log,
    "log2": lambda x: sympy.log(x, 2),
    "log10": lambda x: sympy.log(x, 10),
    "log1p": lambda x: sympy.log(1 + x),
    "exp": sympy.exp,
    "sqrt": sympy.sqrt,
    "abs": sympy.Abs,
    "sin": sympy.sin,
    "cos": sympy.cos,
    "as.numeric": lambda x: x,
}
"""Functions of one number."""


def _mean(values: Sequence[sympy.Expr]) -> sympy.Expr:
    return sympy.Add(*values) / len(values)


def spread(values: Sequence[sympy.Expr], centre: sympy.Expr) -> sympy.Expr:
    """√(Σ (x − c)²/(n − 1)): the standard deviation with the mean for c, what R's scale() divides by."""
    return sympy.sqrt(sympy.Add(*((value - centre) ** 2 for value in values)) / (len(values) - 1))


_OF_COLUMN: Mapping[str, Callable[[Sequence[sympy.Expr]], sympy.Expr]] = {
    "mean": _mean,
    "sd": lambda values: spread(values, _mean(values)),
    "min": lambda values: sympy.Min(*values),
    "max": lambda values: sympy.Max(*values),
}
"""Functions of all rows together, one number as their result."""


def _calls(expression: Expression) -> list[Call]:
    """The calls in an expression."""
    match expression:
        case Call(arguments=arguments):
            return [expression, *(inner for argument in arguments for inner in _calls(argument))]
        case Operation(left=left, right=right):
            return _calls(left) + _calls(right)
        case Sign(operand=operand):
            return _calls(operand)
        case _:
            return []


def _check_known(call: Call, source: Source) -> None:
    """Raise FormulaError for a function that no number comes out of."""
    if call.function in _FUNCTIONS or call.function in _OF_COLUMN:
        return
    known = (*_FUNCTIONS, *_OF_COLUMN, "factor", "ordered", "relevel", "poly", "scale", "C")
    close = nearest(call.function, known)
    tip = f"Did you mean {close}()?" if close else f"Known: {', '.join(known)}."
    raise source.error("function", f"The function {call.function}() is not known here.", call.span, tip)


def _of_column(call: Call, data: Table, source: Source) -> sympy.Expr:
    """The value of a function of all rows."""
    if len(call.arguments) != 1 or isinstance(call.arguments[0], Named | Text):
        raise source.error("arguments", f"{call.function}() takes one argument.", call.span)
    return _OF_COLUMN[call.function](calculated(call.arguments[0], data, source))


def _value(
    expression: Expression, row: Mapping[str, sympy.Expr], of_columns: Mapping[Call, sympy.Expr], source: Source
) -> sympy.Expr:
    """The value in one row; zoo or nan where there is none."""
    match expression:
        case Variable(name=name):
            return row[name] if name in row else CONSTANTS[name]
        case Number(text=text):
            number = number_of_text(text)
            if number is None:
                raise source.error("number", f"{text} is too large or too long.", expression.span)
            return number
        case Sign(sign=sign, operand=operand):
            value = _value(operand, row, of_columns, source)
            return -value if sign == "-" else value
        case Call() if expression in of_columns:
            return of_columns[expression]
        case Call(function=function, arguments=arguments):
            inner = [_value(_unnamed(argument), row, of_columns, source) for argument in arguments]
            if function == "log" and len(inner) == 2:
                return sympy.log(inner[0], inner[1])
            if len(inner) != 1 or isinstance(arguments[0], Named):
                raise source.error("arguments", f"{function}() takes one argument.", expression.span)
            return _FUNCTIONS[function](inner[0])
        case Operation(operator=operator, left=left, right=right) if operator in "+-*/^":
            ends = (_value(side, row, of_columns, source) for side in (left, right))
            return _operated(operator, *ends)
        case _:
            raise source.error("arithmetic", f"{source.of(expression.span)} is no arithmetic.", expression.span)


def _unnamed(argument: Expression) -> Expression:
    """The base of log(x, base = 2) without its name."""
    return argument.value if isinstance(argument, Named) and argument.name == "base" else argument


def _operated(operator: str, left: sympy.Expr, right: sympy.Expr) -> sympy.Expr:
    if operator == "+":
        return left + right
    if operator == "-":
        return left - right
    if operator == "*":
        return left * right
    if operator == "/":
        return sympy.nan if right.is_zero else left / right
    if not isinstance(right, sympy.Rational) or abs(right) * _bits(left) > MOST_BITS:
        raise DataError("A power in the formula has more digits than a covariate can need.")
    return sympy.Pow(left, right)


def _bits(value: sympy.Expr) -> int:
    if not isinstance(value, sympy.Rational):
        return 64
    return int(value.p).bit_length() + int(value.q).bit_length()


# Comparisons


_COMPARED: Mapping[str, Callable[[sympy.Expr, sympy.Expr], bool]] = {
    "<": lambda a, b: bool(a < b),
    ">": lambda a, b: bool(a > b),
    "<=": lambda a, b: bool(a <= b),
    ">=": lambda a, b: bool(a >= b),
    "==": lambda a, b: a == b,
    "!=": lambda a, b: a != b,
}


def compared(expression: Operation, data: Table, source: Source) -> tuple[bool, ...]:
    """Whether a comparison holds in each row: of numbers, or of a column with the text of a level.

    Raises
    ------
    FormulaError
        For texts that are compared otherwise than by == and !=.
    DataError
        As `calculated`.
    """
    assert expression.operator in COMPARISONS
    sides = (expression.left, expression.right)
    if not any(isinstance(side, Text) for side in sides):
        left, right = (calculated(side, data, source) for side in sides)
        return tuple(_COMPARED[expression.operator](a, b) for a, b in zip(left, right, strict=True))
    texts = [side for side in sides if isinstance(side, Text)]
    columns = [side for side in sides if isinstance(side, Variable)]
    if expression.operator not in ("==", "!=") or len(texts) != 1 or len(columns) != 1:
        raise source.error("comparison", f"{source.of(expression.span)} is no comparison of a column with a level.",
                           expression.span, 'Write I(variety == "Victory").')  # fmt: skip
    (text,), (column,) = texts, columns
    labels = data.column(column.name).labels()
    return tuple((label == text.text) == (expression.operator == "==") for label in labels)
