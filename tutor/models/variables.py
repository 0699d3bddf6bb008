"""The variables of a formula on data: factors with levels, covariates with exact numbers."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

import sympy

from tutor.errors import DataError, nearest
from tutor.models.contrasts import CODINGS, orthonormal
from tutor.models.data import Column, Table, rows_text
from tutor.models.design import Factor
from tutor.models.expressions import Bar, Call, Expression, Number, Operation, Sign, Source, Variable
from tutor.models.formula import FACTOR_CALLS, label_of
from tutor.models.numbers import number_of_text

if TYPE_CHECKING:
    from tutor.models.data import Cell

MOST_BITS = 20_000
"""Exact powers that need more are refused: no covariate has so many digits."""

STRAY = 0.1
"""The share of texts up to which a column of the fixed part is one of numbers with slips in it, not a factor."""


@dataclass(frozen=True, slots=True)
class Covariate:
    """A variable of exact numbers, one a row; logarithms and roots stay as they are written."""

    name: str
    values: tuple[sympy.Expr, ...]

    suffixes = ("",)

    def rows(self) -> Iterator[tuple[tuple[int, sympy.Expr], ...]]:
        """The entries of its column, row by row."""
        return (((0, value),) for value in self.values)


@dataclass(frozen=True, slots=True)
class Basis:
    """Several columns that one function makes of a covariate, as poly(x, 2) does; a tuple of numbers for each."""

    name: str
    columns: tuple[tuple[sympy.Expr, ...], ...]

    @property
    def suffixes(self) -> tuple[str, ...]:
        """What follows the name in the labels of the columns: 1, 2, …, nothing for one column."""
        if len(self.columns) == 1:
            return ("",)
        return tuple(str(number) for number in range(1, len(self.columns) + 1))

    def rows(self) -> Iterator[tuple[tuple[int, sympy.Expr], ...]]:
        """The entries of its columns, row by row."""
        return (tuple(enumerate(values)) for values in zip(*self.columns, strict=True))


FormulaVariable = Factor | Covariate | Basis


def variable(expression: Expression, data: Table, source: Source) -> FormulaVariable:
    """What an expression of a formula is on the data: a factor, or a covariate.

    Text and declared factors are factors, numbers are covariates unless ``factor()`` says otherwise.

    Raises
    ------
    UnknownNameError
        For a column that there is not.
    FormulaError
        For a function that there is not.
    DataError
        For missing or infinite values, a factor with one level, arithmetic that has no result.
    """
    match expression:
        case Variable(name=name):
            column = data.column(name)
            _check_stray(column, data)
            if column.is_text or column.levels is not None:
                return fixed_factor(name, column)
            return Covariate(name, _finite(column, data))
        case Call(function=function, arguments=(Variable(name=name),)) if function in FACTOR_CALLS:
            return fixed_factor(label_of(expression), data.column(name))
        case Call(function=function) if function in FACTOR_CALLS:
            raise source.error(
                "factor", f"{function}() takes the name of one column.", expression.span, "As in factor(nitro)."
            )
        case Call(function="C"):
            return _with_contrasts(expression, data, source)
        case Call(function="poly"):
            return _polynomial(expression, data, source)
        case _:
            return Covariate(label_of(expression), calculated(expression, data, source))


def _with_contrasts(call: Call, data: Table, source: Source) -> Factor:
    """C(f, sum): the factor with contrasts of its own."""
    match call.arguments:
        case (Variable(name=name), Variable(name=contrasts)):
            if contrasts.removeprefix("contr.") not in CODINGS:
                known = ", ".join(CODINGS)
                close = nearest(contrasts, CODINGS)
                raise source.error("contrasts", f"The contrasts {contrasts} are not known.", call.arguments[1].span,
                                   f"Did you mean {close}?" if close else f"Known: {known}.")  # fmt: skip
            return replace(fixed_factor(label_of(call), data.column(name)), contrasts=contrasts)
    raise source.error("contrasts", "C() takes a column and the name of contrasts.", call.span, "As in C(f, sum).")


def _polynomial(call: Call, data: Table, source: Source) -> Basis:
    """poly(x, 2): orthonormal polynomials of a covariate over the rows."""
    match call.arguments:
        case (inner, Number(text=text)) if text.isdigit() and int(text[:4]) >= 1:
            values = calculated(inner, data, source)
        case _:
            raise source.error("poly", "poly() takes a covariate and a degree.", call.span, "As in poly(x, 2).")
    degree = int(text[:4])
    if degree >= len(set(values)):
        raise DataError(
            f"{label_of(inner)} has {len(set(values))} different values: the degree of poly() is less than that.",
        )
    if not all(isinstance(value, sympy.Rational) for value in values):
        raise DataError(f"{label_of(inner)} has values that are no fractions, which poly() needs.",
                        tip="Write its powers with I(), as x + I(x^2).")  # fmt: skip
    return Basis(label_of(call), tuple(map(tuple, orthonormal(values, degree))))


def _check_stray(column: Column, data: Table) -> None:
    """Refuse numbers with a few texts among them: a slip of the pen would turn a covariate into a factor."""
    if column.levels is not None or not column.is_text:
        return
    texts = [row for row, cell in enumerate(column.cells, start=1) if number_of_text(str(cell)) is None]
    if 0 < len(texts) <= len(column.cells) * STRAY:
        raise DataError(
            f"{column.name} holds numbers, but {column.cells[texts[0] - 1]!r} in row {texts[0]} of {data.source} is "
            "none.",
            tip=f"Correct it; if {column.name} is a factor, write factor({column.name}).",
        )


def fixed_factor(name: str, column: Column) -> Factor:
    """A factor of the fixed part. Raises DataError when it has one level: then it compares nothing."""
    found = grouping(name, column)
    assert found.levels is not None
    if len(found.levels) == 1:
        raise DataError(
            f"The factor {name} has one level, {found.levels[0]}: a factor needs two or more to compare.",
            tip=f"Leave {name} out of the formula.",
        )
    return found


def grouping(name: str, column: Column) -> Factor:
    """A column as a factor: its levels in declared order, or sorted, those without rows left out.

    Raises
    ------
    DataError
        For a value that is not among the declared levels.
    """
    labels = column.labels()
    present = set(labels)
    if column.levels:
        strange = sorted(present.difference(column.levels))
        if strange:
            raise DataError(
                f"{column.name} holds {strange[0]!r}, which is not among its levels {', '.join(column.levels)}."
            )
        levels = [level for level in dict.fromkeys(column.levels) if level in present]
    elif column.is_text:
        levels = sorted(present)
    else:
        numbers: dict[str, Any] = dict(zip(labels, column.cells, strict=True))
        levels = sorted(present, key=lambda label: numbers[label])
    position = {level: number for number, level in enumerate(levels)}
    codes = tuple(position[label] for label in labels)
    # R codes ordered factors by polynomials.
    contrasts = "poly" if column.ordered else "treatment"
    return Factor(name, sympy.Integer(len(levels)), tuple(levels), codes, contrasts)


def response_values(expression: Expression, data: Table, source: Source) -> tuple[float, ...]:
    """The response as numbers. Raises DataError for text, missing or infinite values."""
    return tuple(float(value) for value in calculated(expression, data, source))


# Arithmetic


def calculated(expression: Expression, data: Table, source: Source) -> tuple[sympy.Expr, ...]:
    """The value of an arithmetic expression in each row, exactly.

    Raises
    ------
    FormulaError
        For operators and calls that are no arithmetic.
    DataError
        For a column of text, and where the result is no real number, with the rows.
    """
    names = columns_of(expression)
    columns = {name: _finite(data.column(name), data) for name in names}
    if isinstance(expression, Variable):
        return columns[expression.name]
    known: dict[tuple[sympy.Expr, ...], sympy.Expr] = {}
    values: list[sympy.Expr] = []
    for row in zip(*columns.values(), strict=True) if columns else [()] * data.rows:
        if row not in known:
            known[row] = _value(expression, dict(zip(names, row, strict=True)), source)
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
        case Number():
            return ()


def _finite(column: Column, data: Table) -> tuple[sympy.Expr, ...]:
    texts = [row for row, cell in enumerate(column.cells, start=1) if isinstance(cell, str)]
    if texts:
        row = next((row for row in texts if number_of_text(str(column.cells[row - 1])) is None), texts[0])
        text = f"{column.cells[row - 1]!r} in row {row} of {data.source}"
        raise DataError(
            f"{column.name} holds text where numbers are needed: {text}.",
            tip="A factor cannot be the response or be calculated with.",
        )
    infinite = [row for row, cell in enumerate(column.cells, start=1) if not _is_finite(cell)]
    if infinite:
        raise DataError(
            f"{column.name} is infinite, or too long to be a measurement, in {rows_text(infinite)} of {data.source}."
        )
    return tuple(cell for cell in column.cells if isinstance(cell, sympy.Expr))


def _is_finite(cell: Cell) -> bool:
    return isinstance(cell, sympy.Rational)


_FUNCTIONS: Mapping[str, Callable[[sympy.Expr], sympy.Expr]] = {
    "I": lambda x: x,
    "log": sympy.log,
    "log2": lambda x: sympy.log(x, 2),
    "log10": lambda x: sympy.log(x, 10),
    "exp": sympy.exp,
    "sqrt": sympy.sqrt,
}


def _value(expression: Expression, row: Mapping[str, sympy.Expr], source: Source) -> sympy.Expr:
    """The value in one row; zoo or nan where there is none."""
    match expression:
        case Variable(name=name):
            return row[name]
        case Number(text=text):
            number = number_of_text(text)
            if number is None:
                raise source.error("number", f"{text} is too large or too long.", expression.span)
            return number
        case Sign(sign=sign, operand=operand):
            value = _value(operand, row, source)
            return -value if sign == "-" else value
        case Call(function=function, arguments=arguments):
            if function not in _FUNCTIONS:
                known = (*_FUNCTIONS, "factor")
                close = nearest(function, known)
                tip = f"Did you mean {close}()?" if close else f"Known: {', '.join(known)}."
                raise source.error("function", f"The function {function}() is not known here.", expression.span, tip)
            if len(arguments) != 1:
                raise source.error("arguments", f"{function}() takes one argument.", expression.span)
            return _FUNCTIONS[function](_value(arguments[0], row, source))
        case Operation(operator=operator, left=left, right=right) if operator in "+-*/^":
            return _operated(operator, _value(left, row, source), _value(right, row, source))
        case _:
            raise source.error("arithmetic", f"{source.of(expression.span)} is no arithmetic.", expression.span)


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
