"""Rows in which a value is missing are left out, as lme4 does, and the model says so; or they are refused."""

from __future__ import annotations

import json
import subprocess
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.models.r_matrices import REASON, r_is_here
from tutor import model
from tutor.covariance import ar1
from tutor.errors import DataError, UnknownNameError

ROWS = 24
WHOLE: dict[str, list[Any]] = {
    "y": [float(7 * i % 11) + i / 8 for i in range(ROWS)],
    "x": [float(5 * i % 7) for i in range(ROWS)],
    "t": [i % 4 + 1 for i in range(ROWS)],
    "s": [f"s{i // 4}" for i in range(ROWS)],
    "f": [("u", "v", "w")[i % 3] for i in range(ROWS)],
    "unused": [float(i) for i in range(ROWS)],
}


def with_holes(holes: set[tuple[str, int]]) -> dict[str, list[Any]]:
    return {
        name: [None if (name, row) in holes else value for row, value in enumerate(values)]
        for name, values in WHOLE.items()
    }


HOLES = st.sets(st.tuples(st.sampled_from(["y", "x", "s", "f"]), st.integers(0, ROWS - 1)), max_size=4)


@pytest.mark.slow
@given(holes=HOLES)
def test_the_model_is_that_of_the_rows_without_a_missing_value(holes: set[tuple[str, int]]) -> None:
    formula = "y ~ x * f + (x | s)"
    out = sorted({row for _, row in holes})
    kept = {name: [v for row, v in enumerate(values) if row not in out] for name, values in WHOLE.items()}
    ours, other = model(formula, with_holes(holes)), model(formula, kept)
    assert ours.left_out == tuple(row + 1 for row in out)
    assert ours.X.definition == other.X.definition
    assert ours.Z is not None and other.Z is not None and ours.Z.definition == other.Z.definition
    assert np.array_equal(ours.observed, other.observed)
    assert ours.remarks[len(ours.remarks) - len(other.remarks) :] == other.remarks
    if out:
        assert f"{ROWS - len(out)} of {ROWS} are used" in ours.remarks[0]
        assert "left out" in ours.title and "left out" in str(ours)


def test_a_column_that_is_not_used_may_have_holes() -> None:
    ours = model("y ~ x + (1 | s)", with_holes({("unused", 3), ("f", 2)}))
    assert (ours.n, ours.left_out, ours.remarks) == (ROWS, (), ())


def test_the_columns_of_the_structure_of_R_are_used() -> None:
    ours = model("y ~ x", with_holes({("t", 5)}), R=ar1("t", group="s"))
    assert ours.left_out == (6,)
    V = ours.V.numpy(sigma2=1, rho=0.5)
    assert V[4, 5] == 0.5**2  # times 1 and 3 of the second subject


def test_rows_with_a_missing_value_are_refused_where_that_is_asked() -> None:
    with pytest.raises(DataError, match="x is missing in rows 4 and 6"):
        model("y ~ x", with_holes({("x", 3), ("x", 5)}), missing="fail")
    with pytest.raises(UnknownNameError, match="missing ="):
        model("y ~ x", WHOLE, missing="pass")  # pyright: ignore[reportArgumentType]


def test_data_without_a_complete_row_are_refused() -> None:
    with pytest.raises(DataError, match="Every row of the data has a missing value"):
        model("y ~ x", {**WHOLE, "x": [None] * ROWS})


def test_a_level_without_rows_left_is_no_level() -> None:
    rows = {("y", row) for row in range(4)}
    ours = model("y ~ x + (1 | s)", with_holes(rows))
    assert ours.random[0].levels == ("s1", "s2", "s3", "s4", "s5")


SCRIPT = """
suppressPackageStartupMessages({library(lme4); library(jsonlite)})
told <- fromJSON(file("stdin"))
d <- as.data.frame(told$columns)
m <- lmer(as.formula(told$formula), data = d)
cat(toJSON(list(n = nobs(m), loglik = as.numeric(logLik(m)), X = unname(model.matrix(m))), digits = NA))
"""


@pytest.mark.slow
@pytest.mark.skipif(not r_is_here(), reason=REASON)
def test_lme4_leaves_out_the_same_rows() -> None:
    columns = with_holes({("y", 0), ("x", 7), ("f", 9), ("s", 20)})
    ours = model("y ~ x + f + (1 | s)", columns)
    done = subprocess.run(
        ["Rscript", "--vanilla", "-e", SCRIPT],
        input=json.dumps({"formula": "y ~ x + f + (1 | s)", "columns": columns}),
        capture_output=True,
        encoding="utf-8",
        check=False,
    )
    assert done.returncode == 0, done.stderr
    told = json.loads(done.stdout)
    assert told["n"] == [ours.n]
    assert np.array_equal(np.array(told["X"]), ours.X.numpy())
    assert told["loglik"][0] == pytest.approx(ours.fit().log_likelihood, abs=1e-6)
