"""R as a Kronecker product over two columns, UN@AR(1) of SAS: several traits at several times of a subject."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import product
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.models.truth import log_likelihoods
from tutor import model
from tutor.covariance import ar1, cs, diag, exp, kron, nugget, toep, un
from tutor.covariance.over import Over
from tutor.errors import DataError, DomainError, TutorError
from tutor.models.mixed import MixedModel

ROWS = list(product("abc", ("height", "weight"), (1, 2, 4)))
"""Subject, trait and time of each observation."""


def fitted(structure: Over, rows: Sequence[tuple[str, str, int]] = ROWS) -> MixedModel:
    subjects, traits, times = (list(column) for column in zip(*rows, strict=True))
    response = [float(7 * i % 5) for i in range(len(rows))]
    return model("y ~ trait", {"y": response, "subject": subjects, "trait": traits, "time": times}, R=structure)


TRAITS = np.array([[2.0, 1.0], [1.0, 3.0]])
STEPS = np.abs(np.subtract.outer([0, 1, 2], [0, 1, 2]))
DAYS = np.abs(np.subtract.outer([1, 2, 4], [1, 2, 4]))
OF_TRAITS = {"sigma2_1": 2.0, "sigma2_2": 3.0, "sigma_12": 1.0}

CASES: dict[str, tuple[Over, dict[str, float], np.ndarray]] = {
    "un by ar1": (kron(un("trait"), ar1("time"), group="subject"), OF_TRAITS | {"rho": 0.5},
                  np.kron(TRAITS, 0.5**STEPS)),
    "un by cs": (kron(un("trait"), cs("time"), group="subject"), OF_TRAITS | {"rho": 0.3},
                 np.kron(TRAITS, 0.3 + 0.7 * np.eye(3))),
    "un by exp": (kron(un("trait"), exp("time"), group="subject"), OF_TRAITS | {"theta": 2.0},
                  np.kron(TRAITS, np.exp(-DAYS / 2))),
    "cs by cs": (kron(cs("trait"), cs("time"), group="subject"), {"sigma2_a": 2.0, "rho_a": 0.4, "rho_b": 0.3},
                 np.kron(2 * (0.4 + 0.6 * np.eye(2)), 0.3 + 0.7 * np.eye(3))),
    "diag by ar1": (kron(diag("trait"), ar1("time"), group=["subject"]),
                    {"sigma2_1": 2.0, "sigma2_2": 3.0, "rho": -0.5}, np.kron(np.diag([2.0, 3.0]), (-0.5) ** STEPS)),
}  # fmt: skip
"""The structure, values of its parameters, and what it is of one subject then."""


@pytest.mark.slow
@pytest.mark.parametrize("name", CASES)
@given(order=st.permutations(range(len(ROWS))), left_out=st.integers(0, 4))
def test_each_pair_of_rows_has_the_product_of_both_entries(name: str, order: list[int], left_out: int) -> None:
    structure, values, of_subject = CASES[name]
    kept = order[left_out:]
    V = fitted(structure, [ROWS[row] for row in kept]).V.numpy(**values)
    assert pytest.approx(np.kron(np.eye(3), of_subject)[np.ix_(kept, kept)], rel=1e-12, abs=1e-12) == V


def test_rows_in_order_keep_the_product() -> None:
    ours = fitted(CASES["un by ar1"][0])
    assert str(ours.V.closed_form()) == "I₃ ⊗ Σ_e"
    told = {each.key: each.meaning for each in ours.parameters}
    assert told["sigma_12"] == "covariance of trait height and weight, of the residuals"
    assert told["rho"] == "correlation of neighbours of the residuals over time"


def test_the_entries_are_told_with_both_columns() -> None:
    ours = fitted(CASES["un by ar1"][0])
    assert str(ours.Cov("y_1", "y_5")) == "σ_12 ρ"
    why = ours.why_correlated("y_1", "y_5")
    assert "trait and time" in why and "height, 1 and weight, 2" in why


def test_sas_has_the_product_and_others_say_that_they_have_not() -> None:
    ours = fitted(CASES["un by ar1"][0])
    code = str(ours.code("sas"))
    assert "class trait subject time;" in code
    assert "repeated trait time / subject=subject type=un@ar(1);" in code
    for program in ("nlme", "glmmTMB", "lme4", "statsmodels"):
        with pytest.raises(TutorError, match="Kronecker product of un and ar1"):
            ours.code(program)
    with pytest.raises(TutorError, match="No program here has it"):
        fitted(CASES["un by exp"][0]).code("sas")


def test_values_outside_a_domain_are_refused_with_the_boundary() -> None:
    ours = fitted(CASES["un by cs"][0])
    with pytest.raises(DomainError, match="boundary is −1/2"):
        ours.V.numpy(**OF_TRAITS, rho=-0.6)
    with pytest.raises(DomainError, match="positive definite"):
        ours.V.numpy(**(OF_TRAITS | {"sigma_12": 5.0}), rho=0.2)


@pytest.mark.parametrize(
    ("make", "words"),
    [
        (lambda: kron(un("trait"), ar1("trait")), "Both factors are over trait"),
        (lambda: kron(un("trait", group="subject"), ar1("time")), "groups of its own"),
        (lambda: kron(un("trait"), nugget(ar1("time"))), "no single structure"),
        (lambda: kron(un("trait"), kron(toep("a"), ar1("b"))), "no single structure"),
        (lambda: kron(un("trait"), "ar1"), "no structure over a column"),  # pyright: ignore[reportArgumentType, reportCallIssue]
        (lambda: nugget(kron(un("trait"), ar1("time"), group="subject")), "takes no nugget"),
    ],
)
def test_what_makes_no_product_is_refused(make: Any, words: str) -> None:
    with pytest.raises(TutorError, match=words):
        make()


def test_rows_that_cannot_be_told_apart_are_refused() -> None:
    with pytest.raises(DataError, match="both of subject a at trait, time height, 1"):
        fitted(CASES["un by ar1"][0], [*ROWS, ROWS[0]])
    with pytest.raises(DataError, match="no group is named"):
        fitted(kron(un("trait"), ar1("time")))


def test_a_fit_has_the_likelihood_of_its_estimates() -> None:
    ours = fitted(CASES["un by ar1"][0])
    found = ours.fit()
    reml = log_likelihoods(ours, ours.V.numpy(**found.values))[1]
    assert found.log_likelihood == pytest.approx(reml, rel=1e-9)
