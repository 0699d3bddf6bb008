"""Edits of powers of a correlation in a matrix: ρ for ρ^d, a lag that is one off."""

from __future__ import annotations

from collections.abc import Callable, Iterator
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
    for key, lag in LAGS:

        def change(node: Tree, lag: Lag = lag) -> Iterator[Tree]:
            if isinstance(node, ByDistance) and node.order.is_Integer and node.order <= MOST_ROWS:  # pyright: ignore[reportOperatorIssue]
                node = Explicit(node.explicit())
            if isinstance(node, Explicit) and node.given.shape[0] == node.given.shape[1] <= MOST_ROWS:
                changed = _relagged(node.matrix, lag)
                if changed is not None:
                    yield Explicit(changed)

        for edited in replaced_once(tree, change):
            yield Edit(Diagnosis(key), edited)


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
