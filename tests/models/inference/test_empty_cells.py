"""Where cells of two factors have no observations, those means are told that are estimable, and which are not."""

from __future__ import annotations

import numpy as np
import pytest

from tutor.errors import TutorError
from tutor.models.from_formula import model
from tutor.models.mixed import MixedModel

A, B = [*"aaaaabbbbcccc"], [*"xxyyzxxyyxzzz"]
DATA = {"y": [1.0, 3, 2, 5, 4, 7, 6, 8, 9, 12, 11, 10, 3], "A": A, "B": B, "g": [*"1234512345123"]}
M = model("y ~ A * B + (1 | g)", DATA)
AT = {"sigma2": 1.0, "sigma2_u": 2.0}


def by_cells(m: MixedModel, weights: dict[tuple[str, str], float]) -> float:
    """√k'(X'V⁻¹X)⁻k for a sum of the means of cells, which are rows of X."""
    X, V = m.X.numpy(), m.V.numpy(**AT)
    rows = {cell: X[i] for i, cell in enumerate(zip(A, B, strict=True))}
    k = sum((weight * rows[cell] for cell, weight in weights.items()), np.zeros(X.shape[1]))
    return float(np.sqrt(k @ np.linalg.pinv(X.T @ np.linalg.solve(V, X)) @ k))


def test_a_mean_over_cells_that_are_all_there_is_told() -> None:
    found = M.se_means("A")
    ((kind,), (remark,)) = found.kinds, found.remarks
    assert kind.members == ("a",) and remark.startswith("Not estimable: b, c. There are no observations of b and z")
    assert kind.error.number(**AT) == pytest.approx(by_cells(M, {("a", level): 1 / 3 for level in "xyz"}))


def test_differences_within_a_level_are_those_of_cells() -> None:
    found = M.se_differences("A", at="B")
    told = {name: kind.error.number(**AT) for kind in found.kinds for name in kind.members}
    assert set(told) == {"a:x − b:x", "a:x − c:x", "b:x − c:x", "a:y − b:y", "a:z − c:z"}
    for name, value in told.items():
        one, other = (tuple(part.split(":")) for part in name.split(" − "))
        assert value == pytest.approx(by_cells(M, {(one[0], one[1]): 1, (other[0], other[1]): -1}))
    assert "a:z − b:z" in found.remarks[0] and "a:x − c:z" not in found.remarks[0]


def test_where_none_is_estimable_the_cell_is_named() -> None:
    with pytest.raises(TutorError, match="no observations of b and z"):
        M.se_differences("A")


def test_one_standard_error_for_all_means_is_refused() -> None:
    with pytest.raises(TutorError, match="no observations of b and z"):
        M.se_mean("A")
