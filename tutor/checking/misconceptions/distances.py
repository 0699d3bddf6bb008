"""Edits of powers of a correlation in a matrix: ρ for ρ^d, a lag that is one off."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import lru_cache
from typing import Any

import sympy
from sympy.matrices.immutable import ImmutableDenseMatrix

from tutor.algebra.by_distance import ByDistance
from tutor.algebra.nodes import Explicit
from tutor.algebra.tree import Tree
from tutor.checking.case import Case, Diagnosis
from tutor.checking.misconceptions.edit import Edit, replaced_once
from tutor.checking.misconceptions.roles import is_correlation

MOST_ROWS = 20

Lag = Callable[[Any, bool], Any]
"""Another power for the power of a correlation; told whether it is on the diagonal."""

LAGS: tuple[tuple[str, Lag], ...] = (
    ("wrong-structure", lambda power, on: power if on else power.base if power.is_Pow else power),
    ("off-by-one", lambda power, on: power if on else _raised(power, 1)),
    ("off-by-one", lambda power, on: power if on else _raised(power, -1)),
    ("off-by-one", lambda power, on: _raised(power, 1)),
)


def other_lags(case: Case, tree: Tree) -> Iterator[Edit]:
    """Every power of a correlation one more, one less, or lost, beside the diagonal or everywhere."""
    del case
    for place, (key, _) in enumerate(LAGS):

        def change(node: Tree, place: int = place) -> Iterator[Tree]:
            if isinstance(node, ByDistance | Explicit) and node.rows.is_Integer and node.rows <= MOST_ROWS:  # pyright: ignore[reportOperatorIssue]
                changed = _with_lag(node, place)
                if changed is not None:
                    yield changed

        for edited in replaced_once(tree, change):
            yield Edit(Diagnosis(key), edited)


@lru_cache(maxsize=64)  # one matrix stands in several places of a form, and in several forms
def _with_lag(node: ByDistance | Explicit, place: int) -> Tree | None:
    """A matrix with the powers of one of LAGS; None for one that has none."""
    matrix = node.matrix if isinstance(node, Explicit) else node.explicit()
    changed = _relagged(matrix, LAGS[place][1]) if matrix.rows == matrix.cols else None
    return None if changed is None else Explicit(changed)


def _relagged(matrix: ImmutableDenseMatrix, lag: Lag) -> ImmutableDenseMatrix | None:
    letters = [s for s in matrix.free_symbols if isinstance(s, sympy.Symbol) and is_correlation(s)]
    if len(letters) != 1:
        return None
    (rho,) = letters
    rows = range(matrix.rows)
    changed = [[_entry(matrix[i, j], rho, lag, i == j) for j in rows] for i in rows]  # pyright: ignore[reportArgumentType]
    return ImmutableDenseMatrix(changed)


def _entry(entry: Any, rho: sympy.Symbol, lag: Lag, on_diagonal: bool) -> Any:
    """An entry c ρ^d with another d; what is no single power stays as it is."""
    if entry.is_zero:
        return entry
    scale, power = entry.as_independent(rho, as_Add=False)
    if power == 1 and on_diagonal:
        return scale * lag(sympy.Pow(rho, 0, evaluate=False), True)
    if power == rho or (isinstance(power, sympy.Pow) and power.base == rho):
        return scale * lag(power, on_diagonal)
    return entry


def _raised(power: Any, by: int) -> Any:
    """ρ^(d + by) for ρ^d."""
    base, exponent = power.args if isinstance(power, sympy.Pow) else (power, sympy.Integer(1))
    return base ** (exponent + by)
