"""What the data of a model cannot tell: variances that two effects share, and those of effects that are fixed too."""

from __future__ import annotations

from itertools import combinations
from typing import TYPE_CHECKING

import numpy as np
import sympy

from tutor.algebra.nodes import Scalar
from tutor.errors import TutorError
from tutor.models.data import rows_text
from tutor.models.effects import INTERCEPT
from tutor.models.usual_values import usual_values
from tutor.notation.write import unicode

if TYPE_CHECKING:
    from collections.abc import Sequence

    from tutor.models.mixed import MixedModel

MOST_OBSERVATIONS = 150
"""Observations up to which V is looked at as a whole; with more, groups that are the same are looked for."""

STEP, SMALL = 1e-4, 1e-6
"""The step of difference quotients, relative to a parameter, and what counts as 0 among singular values."""


def remarks(model: MixedModel) -> tuple[str, ...]:
    """What no data of this layout can tell, a sentence each; none where every parameter can be estimated.

    First the rows that were left out.

    The likelihood of REML depends on K'VK, where K spans what is orthogonal to the columns of X: parameters on which it
    depends through fewer numbers cannot be told apart. Source: Harville (1977), J. Am. Stat. Assoc. 72, 320-338.
    """
    told = _left_out(model)
    if not model.n.is_Integer or not model.random or model.y.entries is None:
        return told
    found = [*_copies(model)]
    if not found and model.n <= MOST_OBSERVATIONS:
        loose = _loose(model)
        if loose:
            names = ", ".join(unicode(Scalar(sympy.Symbol(key))) for key in loose)
            found.append(
                f"No data can tell {names} {'apart' if len(loose) > 1 else 'from 0'}: what is left when the fixed "
                "effects are taken out depends on fewer numbers."
            )
    return (*told, *found)


def _left_out(model: MixedModel) -> tuple[str, ...]:
    rows = model.left_out
    if not rows:
        return ()
    verb = "has a missing value and was" if len(rows) == 1 else "have a missing value and were"
    whole = model.n + len(rows)
    return (f"{rows_text(rows).capitalize()} of the data {verb} left out, as R does: {model.n} of {whole} are used.",)


def _copies(model: MixedModel) -> list[str]:
    """The pairs of random intercepts whose groups are the same sets of observations, under two names."""
    partitions: list[tuple[str, sympy.Symbol, tuple[int, ...]]] = []
    columns = dict(model.columns)
    for term in model.random:
        plain = term.coefficients == (INTERCEPT,) and term.covariance.over is None
        if plain and all(name in columns for name in term.variables):
            cells = list(zip(*(columns[name] for name in term.variables), strict=True))
            first = {cell: row for row, cell in reversed(list(enumerate(cells)))}
            partitions.append((term.group, term.parameters[0].symbol, tuple(first[cell] for cell in cells)))
    return [
        f"{one} and {other} are the same groups of observations: no data can tell {unicode(Scalar(a))} and "
        f"{unicode(Scalar(b))} apart, only their sum."
        for (one, a, left), (other, b, right) in combinations(partitions, 2)
        if left == right
    ]


def _loose(model: MixedModel) -> Sequence[str]:
    """The parameters on which K'VK depends through fewer numbers than they are."""
    structures = [model.residual, *(term.covariance for term in model.random)]
    if any(s and s.over and s.over.row.options & {"positions", "covariate"} for s in structures):
        return ()  # whether distances tell a range depends on the range
    keys = [parameter.key for parameter in model.parameters]
    usual = usual_values(model)
    point = {key: usual[key] * (1 + at / 100) for at, key in enumerate(keys)}
    try:
        X = model.X.numpy()
        slopes = []
        for key in keys:
            step = STEP * abs(point[key])
            ahead, behind = (model.V.numpy(**{**point, key: point[key] + h}) for h in (step, -step))
            slopes.append((ahead - behind) / (2 * step))
    except TutorError:
        return ()  # covariates that are letters, or values that make no covariance matrix
    left, singular, _ = np.linalg.svd(X, full_matrices=True)
    K = left[:, int(np.sum(singular > SMALL * singular[0])) :]
    if not K.shape[1]:
        return keys
    columns = np.column_stack([(K.T @ slope @ K).ravel() for slope in slopes])
    lengths = np.array([np.linalg.norm(slope) for slope in slopes])
    columns = columns / np.where(lengths == 0, 1, lengths)
    rank = _rank(columns)
    return [
        key for at, key in enumerate(keys) if rank < len(keys) and _rank(np.delete(columns, at, axis=1)) == rank
    ]  # fmt: skip


def _rank(columns: np.ndarray) -> int:
    return int(np.sum(np.linalg.svd(columns, compute_uv=False) > SMALL)) if columns.size else 0
