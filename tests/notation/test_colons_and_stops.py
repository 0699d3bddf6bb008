r"""A colon below a name joins factors, as in R; a full stop behind a subscript without braces ends the sentence."""

from __future__ import annotations

import pytest

from tests.notation.test_rows_expressions import assert_reads_back
from tutor.notation.read import read


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        (r"\mathbf{Z}_{rep:block}\mathbf{u}_{rep:block}", "Z_{rep:block} u_{rep:block}"),
        (r"\mathbf{Z}_{\text{gen}:\text{env}}", "Z_{gen:env}"),
        (r"\sigma^2_{rep : block}", "σ²_{rep:block}"),
    ],
)
def test_factors_may_be_joined_by_a_colon(text: str, shown: str) -> None:
    reading = read(text)
    assert str(reading) == shown
    assert_reads_back(reading)


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        (r"4813 = 4\hat{\sigma}^2_W + \hat{\sigma}^2_S.", "4813 = σ̂_S² + 4σ̂_W²"),
        (r"\hat\tau_i.", "τ̂_i"),
        (r"\tilde{u}_j.", "ũ_j"),
        (r"\bar{y}_i. = \mu + \tau_i", "ȳ_{i·} = μ + τ_i"),  # below a mean a dot is an index
    ],
)
def test_a_full_stop_is_no_index_but_below_a_mean(text: str, shown: str) -> None:
    assert str(read(text)) == shown
