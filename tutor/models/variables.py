"""The variables of a formula on data: factors with levels, covariates with exact numbers."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import sympy

from tutor.errors import DataError, nearest
from tutor.models.calculated import calculated, compared, finite_values, spread
from tutor.models.contrasts import CODINGS, orthonormal
from tutor.models.data import Column, Table
from tutor.models.design import Factor
from tutor.models.expressions import (
    COMPARISONS,
    Call,
    Expression,
    Number,
    Operation,
    Source,
    Variable,
    arguments_of,
    is_true,
)
from tutor.models.factors import factor_of_call, fixed_factor
from tutor.models.formula import FACTOR_CALLS, label_of
from tutor.models.numbers import double, number_of_text

if TYPE_CHECKING:
    pass

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
            return Covariate(name, finite_values(column, data))
        case Call(function=function) if function in FACTOR_CALLS:
            return factor_of_call(expression, data, source)
        case Call(function="I", arguments=(Operation(operator=operator) as comparison,)) if operator in COMPARISONS:
            return _logical(label_of(expression), compared(comparison, data, source))
        case Call(function="scale"):
            return _scaled(expression, data, source)
        case Call(function="C"):
            return _with_contrasts(expression, data, source)
        case Call(function="poly"):
            return _polynomial(expression, data, source)
        case _:
            return Covariate(label_of(expression), calculated(expression, data, source))


def _with_contrasts(call: Call, data: Table, source: Source) -> Factor:
    """C(f, sum): the factor with contrasts of its own."""
    match call.arguments:
        case (Variable() | Call(function="factor" | "as.factor" | "relevel") as inner, Variable(name=contrasts)):
            if contrasts.removeprefix("contr.") not in CODINGS:
                known = ", ".join(CODINGS)
                close = nearest(contrasts, CODINGS)
                raise source.error("contrasts", f"The contrasts {contrasts} are not known.", call.arguments[1].span,
                                   f"Did you mean {close}?" if close else f"Known: {known}.")  # fmt: skip
            if isinstance(inner, Call):
                found = factor_of_call(inner, data, source)
                return replace(found, name=label_of(call), contrasts=contrasts)
            column = data.column(inner.name)
            found = replace(fixed_factor(label_of(call), column), contrasts=contrasts)
            _check_all_used(found, column)
            return found
    raise source.error("contrasts", "C() takes a column and the name of contrasts.", call.span, "As in C(f, sum).")


def _check_all_used(factor: Factor, column: Column) -> None:
    """Contrasts that C() sets are of all levels; R drops them, with a warning, where one of these has no row."""
    unused = [level for level in column.levels or () if level not in (factor.levels or ())]
    if unused:
        have = "has" if len(unused) == 1 else "have"
        raise DataError(
            f"{factor.name} is of all levels of {column.name}, of which {', '.join(unused)} {have} no rows: "
            "R then takes treatment contrasts in its place.",
            tip=f"Write C(factor({column.name}), {factor.contrasts}), which is of the levels that have rows.",
        )


def _logical(name: str, holds: tuple[bool, ...]) -> Factor:
    """A comparison as a factor with the levels FALSE and TRUE, as R has it."""
    if len(set(holds)) == 1:
        raise DataError(f"{name} is {str(holds[0]).upper()} in all rows: it compares nothing.",
                        tip=f"Leave {name} out of the formula.")  # fmt: skip
    return Factor(name, sympy.Integer(2), ("FALSE", "TRUE"), tuple(map(int, holds)))


def _scaled(call: Call, data: Table, source: Source) -> Covariate:
    """scale(x): x less its mean, over its standard deviation; R's definition where one of the two is left out."""
    given = arguments_of(call, ("x", "center", "scale"), source)
    if "x" not in given:
        raise source.error("arguments", "scale() takes a covariate.", call.span, "As in scale(x).")
    values = calculated(given["x"], data, source)
    centre = sympy.Add(*values) / len(values) if is_true(given, "center", True, source) else sympy.S.Zero
    length = spread(values, centre) if is_true(given, "scale", True, source) and len(values) > 1 else sympy.S.One
    if length == 0:
        raise DataError(f"{label_of(given['x'])} is the same in all rows: it has no scale.",
                        tip="Leave it out of the formula.")  # fmt: skip
    return Covariate(label_of(call), tuple((value - centre) / length for value in values))


def _polynomial(call: Call, data: Table, source: Source) -> Basis:
    """poly(x, 2): orthonormal polynomials of a covariate over the rows; its powers with raw = TRUE."""
    given = arguments_of(call, ("x", "degree", "raw"), source)
    number = given.get("degree")
    if "x" not in given or not isinstance(number, Number) or not number.text.isdigit() or int(number.text[:4]) < 1:
        raise source.error("poly", "poly() takes a covariate and a degree.", call.span, "As in poly(x, 2).")
    inner, degree = given["x"], int(number.text[:4])
    values = calculated(inner, data, source)
    if degree >= len(set(values)):
        raise DataError(
            f"{label_of(inner)} has {len(set(values))} different values: the degree of poly() is less than that.",
        )
    if is_true(given, "raw", False, source):
        return Basis(label_of(call), tuple(tuple(value**power for value in values) for power in range(1, degree + 1)))
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


def response_values(expression: Expression, data: Table, source: Source) -> tuple[float, ...]:
    """The response as numbers. Raises DataError for text, missing or infinite values."""
    return tuple(double(value) for value in calculated(expression, data, source))
