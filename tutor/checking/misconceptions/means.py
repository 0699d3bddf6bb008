"""The mean of another observation than was asked for, and the number of an observation for its covariate."""

from __future__ import annotations

from functools import lru_cache
from typing import Any

import sympy

from tutor.algebra.expansion import expanded
from tutor.algebra.nodes import Symbol
from tutor.algebra.tree import Tree
from tutor.checking.case import Case, Diagnosis
from tutor.checking.misconceptions.one_formula import MOST_ROWS, formula_of
from tutor.checking.misconceptions.roles import symbol_named
from tutor.errors import TutorError

Coefficients = tuple[sympy.Expr, ...]


def other_means(case: Case) -> Diagnosis | None:
    """β_0 + 2β_1 or β_0 + 3β_1 for β_0 + 6β_1, the mean of a third observation with x = 1, 2, 6: another row of X, or
    the place of the row in the place of its covariate."""
    rows = _rows_of_design(case) if case.reference.is_scalar else ()
    if len(set(rows)) < 2:
        return None
    beta = symbol_named(case, "beta")
    assert beta is not None and beta.entries is not None
    letters = tuple(beta.entries.flat())
    asked, said = _coefficients(case.reference, letters), _coefficients(case.answer, letters)
    if asked is None or said is None or asked not in rows or asked == said:
        return None
    differing = [column for column, (one, other) in enumerate(zip(asked, said, strict=True)) if one != other]
    if len(differing) == 1 and said[differing[0]] == 1:
        return None  # of β_0 + β_1 rather the 6 is lost
    if said in rows:
        return Diagnosis("wrong-index")
    if len(differing) != 1:
        return None
    column = differing[0]
    values = list(dict.fromkeys(row[column] for row in rows))
    # 0 and 1 are those of a factor and of the intercept, which no covariate is.
    is_covariate = any(value not in (0, 1) for value in values)
    is_place = is_covariate and said[column] == values.index(asked[column]) + 1
    return Diagnosis("wrong-index") if is_place else None


def _rows_of_design(case: Case) -> tuple[Coefficients, ...]:
    """The rows of X, of numbers, of a model whose size is a number."""
    X, beta = symbol_named(case, "X"), symbol_named(case, "beta")
    if X is None or beta is None or beta.entries is None:
        return ()
    return _rows(X)


@lru_cache(maxsize=64)
def _rows(X: Symbol) -> tuple[Coefficients, ...]:
    if not X.rows.is_Integer or not X.columns.is_Integer or X.rows > MOST_ROWS:  # pyright: ignore[reportOperatorIssue]
        return ()
    try:
        matrix: Any = X.explicit()
    except (TutorError, ValueError):
        return ()
    return () if matrix.free_symbols else tuple(map(tuple, matrix.tolist()))


def _coefficients(tree: Tree, letters: tuple[Any, ...]) -> Coefficients | None:
    """The numbers by which each letter is multiplied in a sum of these and nothing else."""
    try:
        formula = formula_of(tree)
    except TutorError:
        return None
    if formula is None or not formula.value.free_symbols or not formula.value.free_symbols <= set(letters):
        return None
    value: Any = expanded(formula.value)
    if not value.is_polynomial(*letters):
        return None
    found = tuple(value.coeff(letter) for letter in letters)
    is_linear = all(each.is_number for each in found)
    rest = value - sympy.Add(*(each * letter for each, letter in zip(found, letters, strict=True)))
    return found if is_linear and expanded(rest) == 0 else None
