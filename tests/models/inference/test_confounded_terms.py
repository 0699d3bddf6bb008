"""Fixed terms that are confounded with random blocks have their line in the stratum of these, as in R's aov."""

from __future__ import annotations

from itertools import product
from random import Random
from typing import Any

import pytest
from flint import fmpq_mat

import tutor
from tests.exact import assert_derivation_holds
from tests.models.inference.dense import Dense, identity, ratio, trace
from tutor.models.mixed import MixedModel


def npk(drop: int = 0) -> dict[str, list[object]]:
    """Six blocks of four cells, of which N:P:K has one sign in each."""
    rows = [
        (f"b{block}", f"n{n}", f"p{p}", f"k{k}", (7 * block + 5 * n + 3 * p * block + k) % 11)
        for block in range(1, 7)
        for n, p, k in product((0, 1), repeat=3)
        if (n + p + k) % 2 == block % 2
    ]
    kept = rows[: len(rows) - drop]
    return {name: [row[place] for row in kept] for place, name in enumerate(("block", "N", "P", "K", "yield"))}


@pytest.fixture
def confounded() -> MixedModel:
    return tutor.model("yield ~ N * P * K + (1 | block)", npk())


def test_a_confounded_interaction_is_tested_against_blocks(confounded: MixedModel) -> None:
    table = confounded.anova()
    told = {line.name: dict(line.source.coefficients) for line in table}
    assert told["N:P:K"] == told["block"] and table["N:P:K"].source.means == ("N:P:K",)
    assert table["block"].source.means == () and "σ² + 4σ²_u + Q(N:P:K)" in str(table)
    assert str(table["N:P:K"].test.denominator) == "MS_block" and str(table["N"].test.denominator) == "MS_residual"  # pyright: ignore[reportOptionalMemberAccess]
    degrees = {line.name: int(line.source.degrees_of_freedom) for line in table}  # pyright: ignore[reportArgumentType]
    assert degrees["block"] == 4 and degrees["residual"] == 12 and sum(degrees.values()) == 23


def test_sums_of_squares_of_strata_are_those_of_projections(confounded: MixedModel) -> None:
    d, table = Dense.of(confounded), confounded.anova()
    response = fmpq_mat([[int(value)] for value in npk()["yield"]])  # pyright: ignore[reportArgumentType]
    factors: list[frozenset[str]] = []
    before = d.projection(factors)
    for line in table:
        factors += [] if line.name == "residual" else [line.source.part.variables]
        now = identity(before.nrows()) if line.name == "residual" else d.projection(factors)
        A, before = now - before, now
        assert line.observed is not None
        square = (response.transpose() * A * response)[0, 0]
        assert float(line.observed.sum_of_squares) == pytest.approx(float(square.p) / float(square.q))
        told = {str(symbol): share for symbol, share in line.source.coefficients}
        expected = sum(ratio(d.values[key]) * ratio(share) for key, share in told.items())
        assert expected == trace(A, d.V) / trace(A, A)


def test_rows_that_are_missing_leave_the_blocks_first() -> None:
    table = tutor.model("yield ~ N * P * K + (1 | block)", npk(1)).anova()
    assert next(line.name for line in table) == "block"
    found = table.derive("sigma2_u")  # by the blocks adjusted for all treatments
    assert "block-after-N" in str(found.goal) and str(found.result) == "σ²_u"
    assert_derivation_holds(found, seeds=1)


def test_long_fractions_of_rows_without_balance_stand_below_the_table() -> None:
    rng, rows = Random(5), range(67)
    data: dict[str, list[Any]] = {
        name: [rng.choice(levels) for _ in rows] for name, levels in (("r", "abcdefg"), ("c", "uvwxyz"), ("t", "ABC"))
    }
    data["y"] = [row % 7 for row in rows]
    table = tutor.model("y ~ t + (1 | r) + (1 | c)", data).anova()
    shares = {share for line in table for _, share in line.source.coefficients}
    long = [share for share in shares if len(str(share)) > 9]
    assert long and all(f"{share} ≈ {float(share):.6g}" in str(table) for share in long)
    expected = str(table).partition("where")[0]
    assert not any(str(share) in expected for share in long)
