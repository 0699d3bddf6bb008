"""Columns as factors: by their own levels, and as factor(), ordered() and relevel() of R tell them."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import sympy

from tutor.errors import DataError, nearest
from tutor.models.data import Column, Table, level_name
from tutor.models.design import Factor
from tutor.models.expressions import (
    Call,
    Expression,
    Number,
    Operation,
    Sign,
    Source,
    Text,
    Variable,
    arguments_of,
    is_true,
)
from tutor.models.formula import label_of

MOST_LEVELS = 1000
"""Levels that a range such as 1:12 may stand for."""


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


def grouping_factor(expression: Expression, data: Table, source: Source) -> Factor:
    """The factor whose levels are the groups of a random term: a column, or what factor() or relevel() makes of one.

    Raises
    ------
    FormulaError, DataError
        As `grouping` and `factor_of_call`.
    """
    if isinstance(expression, Call):
        return factor_of_call(expression, data, source)
    return grouping(label_of(expression), data.column(label_of(expression)))


# Calls


def factor_of_call(call: Call, data: Table, source: Source) -> Factor:
    """The factor that factor(x, levels = …, labels = …), ordered(x, …) or relevel(f, ref = …) makes of a column.

    Levels stand in the order in which they are given; those without rows are left out, as everywhere.

    Raises
    ------
    FormulaError
        For arguments that these functions do not take here, or cannot have.
    DataError
        For a value that is not among the levels, which R would make missing; for a factor with one level.
    """
    label = label_of(call)
    if call.function == "relevel":
        return replace(_releveled(call, data, source), name=label)
    allowed = ("x",) if call.function.startswith("as.") else ("x", "levels", "labels", "ordered")
    given = arguments_of(call, allowed, source)
    inner = given.get("x")
    if not isinstance(inner, Variable):
        raise source.error("factor", f"{call.function}() takes the name of one column.", call.span,
                           "As in factor(nitro).")  # fmt: skip
    column = data.column(inner.name)
    if "levels" in given:
        levels = tuple(level_name(each, of_numbers=not column.is_text) for each in _vector(given["levels"], source))
        _check_different(levels, "levels", given["levels"], source)
        column = replace(column, levels=levels)
    found = fixed_factor(label, column)
    if "labels" in given:
        found = _renamed(found, column, given["labels"], source)
    is_ordered = call.function.endswith("ordered") or is_true(given, "ordered", False, source)
    return replace(found, contrasts="poly") if is_ordered else found


def _releveled(call: Call, data: Table, source: Source) -> Factor:
    """relevel(f, ref): the reference comes first, the others keep their order."""
    given = arguments_of(call, ("x", "ref"), source)
    inner = given.get("x")
    if isinstance(inner, Variable):
        column = data.column(inner.name)
        if not column.is_text and column.levels is None:
            raise source.error("factor", f"{inner.name} holds numbers and is no factor.", inner.span,
                               f"Write relevel(factor({inner.name}), …).")  # fmt: skip
        found = fixed_factor(inner.name, column)
    elif isinstance(inner, Call) and inner.function in ("factor", "as.factor", "relevel"):
        found = factor_of_call(inner, data, source)
    else:
        raise source.error("factor", "relevel() takes a factor and its new reference level.", call.span,
                           'As in relevel(treatment, ref = "control").')  # fmt: skip
    if found.contrasts == "poly":
        raise source.error("factor", f"The levels of {found.name} have an order: relevel() is for those without.",
                           call.span)  # fmt: skip
    assert found.levels is not None and found.codes is not None
    place = _reference(given.get("ref"), found.levels, call, source)
    order = [place, *(code for code in range(len(found.levels)) if code != place)]
    new = {code: number for number, code in enumerate(order)}
    return replace(
        found, levels=tuple(found.levels[code] for code in order), codes=tuple(new[code] for code in found.codes)
    )


def _reference(ref: Expression | None, levels: tuple[str, ...], call: Call, source: Source) -> int:
    """The place of the reference level from 0: by its name, or as in R by its number from 1."""
    match ref:
        case Text(text=text):
            if text in levels:
                return levels.index(text)
            close = nearest(text, levels)
            known = ", ".join(levels)
            raise source.error("levels", f"{text!r} is no level with rows; those are {known}.", ref.span,
                               f"Did you mean {close}?" if close else None)  # fmt: skip
        case Number(text=text) if text.isdigit() and 1 <= int(text[:9]) <= len(levels):
            return int(text) - 1
        case Number():
            raise source.error("levels", f"A number as ref is the place of a level, from 1 to {len(levels)}.", ref.span,
                               f'For the level of that name write ref = "{ref.text}".')  # fmt: skip
    raise source.error("factor", "relevel() needs the level that comes first.", call.span,
                       f'As in {label_of(call)[:-1].split(",")[0]}, ref = "{levels[-1]}").')  # fmt: skip


def _vector(expression: Expression, source: Source) -> list[str]:
    """The texts and numbers of c("a", "b"), c(1, 2) or 1:3, as texts."""
    match expression:
        case Text(text=text) | Number(text=text):
            return [text]
        case Sign(sign=sign, operand=Number(text=text)):
            return [text if sign == "+" else f"-{text}"]
        case Operation(operator=":", left=Number(text=first), right=Number(text=last)) if (
            first.isdigit() and last.isdigit() and abs(int(last[:9]) - int(first[:9])) < MOST_LEVELS
        ):
            step = 1 if int(first) <= int(last) else -1
            return [str(number) for number in range(int(first), int(last) + step, step)]
        case Call(function="c", arguments=arguments) if arguments:
            return [each for argument in arguments for each in _vector(argument, source)]
    raise source.error("levels", f"{source.of(expression.span)} is no list of levels.", expression.span,
                       'Write them as c("a", "b") or c(1, 2).')  # fmt: skip


def _check_different(names: tuple[str, ...], what: str, at: Expression, source: Source) -> None:
    twice = next((name for number, name in enumerate(names) if name in names[:number]), None)
    if twice is not None:
        raise source.error("levels", f"{twice!r} is twice among the {what}.", at.span, "Give each once.")


def _renamed(factor: Factor, column: Column, labels: Expression, source: Source) -> Factor:
    """The factor whose levels, with those that have no rows, are called by these labels."""
    assert factor.levels is not None
    known = column.levels or factor.levels
    names = tuple(_vector(labels, source))
    if len(names) != len(known):
        raise source.error("levels", f"There are {len(known)} levels and {len(names)} labels.", labels.span,
                           "Give one label for each level.")  # fmt: skip
    _check_different(names, "labels", labels, source)
    called = dict(zip(known, names, strict=True))
    return replace(factor, levels=tuple(called[level] for level in factor.levels))
