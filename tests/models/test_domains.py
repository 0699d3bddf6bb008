"""Values outside the domain of a covariance structure are refused with the boundary named, wherever they are given."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np
import pytest

from tutor import model, repeated_measures
from tutor.covariance import ar1, arh1, cs, csh, exp, gau, hf, kron, show, sph, toep, un
from tutor.covariance.over import Over
from tutor.errors import DomainError
from tutor.models.mixed import MixedModel

ROWS = [(subject, time, repeat) for subject in "abcd" for time in (1, 2, 3) for repeat in (1, 2)]


def of_rows(rows: list[tuple[str, int, int]], formula: str = "y ~ 1", R: Over | None = None) -> MixedModel:
    subject, time, repeat = (list(column) for column in zip(*rows, strict=True))
    data = {"y": [float(7 * i % 5) for i in range(len(rows))], "s": subject, "t": time, "k": repeat}
    return model(formula, data, R=R)


def on_R(structure: Over) -> MixedModel:
    return of_rows([row for row in ROWS if row[2] == 1], R=structure)


def on_G(term: str) -> MixedModel:
    return of_rows(ROWS, f"y ~ 1 + {term}(0 + factor(t) | s)")


VARIANCES = {"sigma2_1": 1, "sigma2_2": 1, "sigma2_3": 1}
OF_EFFECTS = {"sigma2_u_1": 1, "sigma2_u_2": 1, "sigma2_u_3": 1}

CASES: list[tuple[Callable[[], MixedModel], dict[str, Any], dict[str, Any], str]] = [
    (lambda: on_R(cs("t", group="s")), {"sigma2": 1, "rho": -0.49}, {"rho": -0.5}, "The boundary is −1/2"),
    (lambda: on_R(csh("t", group="s")), {**VARIANCES, "rho": 0.9}, {"rho": 1}, "The boundary is 1"),
    (lambda: on_R(ar1("t", group="s")), {"sigma2": 1, "rho": 0.9}, {"rho": -1.1}, "The boundary is −1"),
    (lambda: on_R(arh1("t", group="s")), {**VARIANCES, "rho": 0.9}, {"rho": 1}, "The boundary is 1"),
    (lambda: on_R(toep("t", group="s")), {"sigma2": 1, "sigma_1": 0.5, "sigma_2": 0}, {"sigma_2": -0.9},
     "first 3 rows and columns is negative, and the boundary is at 0"),
    (lambda: on_R(toep("t", group="s")), {"sigma2": 1, "sigma_1": 0.5, "sigma_2": 0}, {"sigma_2": -0.5},
     "first 3 rows and columns is 0, which is the boundary"),
    (lambda: on_R(un("t", group="s")), {**VARIANCES, "sigma_12": 0.5, "sigma_13": 0, "sigma_23": 0}, {"sigma_12": 2},
     "first 2 rows and columns is negative"),
    (lambda: on_R(hf("t", group="s")), {**VARIANCES, "lambda_": 0.5}, {"lambda_": 2.5}, "first 2 rows and columns"),
    (lambda: on_R(exp("t", group="s")), {"sigma2": 1, "theta": 2}, {"theta": -1}, "theta must be positive"),
    (lambda: on_R(gau("t", group="s")), {"sigma2": 1, "theta": 2}, {"theta": 0}, "theta must be positive"),
    (lambda: on_R(sph("t", group="s")), {"sigma2": 1, "theta": 2}, {"theta": -2}, "theta must be positive"),
    (lambda: of_rows(ROWS, R=kron(un("k"), ar1("t"), group="s")),
     {"sigma2_1": 1, "sigma2_2": 1, "sigma_12": 0.5, "rho": 0.5}, {"rho": 1.5}, "The boundary is 1"),
    (lambda: on_G("homcs"), {"sigma2": 1, "sigma2_u": 1, "rho_u": -0.4}, {"rho_u": -0.6}, "The boundary is −1/2"),
    (lambda: on_G("cs"), {"sigma2": 1, **OF_EFFECTS, "rho_u": 0.4}, {"rho_u": -0.6}, "The boundary is −1/2"),
    (lambda: on_G("ar1"), {"sigma2": 1, "sigma2_u": 1, "rho_u": 0.4}, {"rho_u": 1.6}, "The boundary is 1"),
    (lambda: on_G("homtoep"), {"sigma2": 1, "sigma2_u": 1, "sigma_u_1": 0.5, "sigma_u_2": 0}, {"sigma_u_2": -0.9},
     "first 3 rows and columns is negative"),
    (lambda: on_G("us"), {"sigma2": 1, "sigma2_u0": 1, "sigma2_u1": 1, "sigma2_u2": 1, "sigma_u01": 0.5,
                          "sigma_u02": 0, "sigma_u12": 0}, {"sigma_u12": 1.5}, "rows and columns is negative"),
]  # fmt: skip
"""A model, values inside its domain, a value outside, and the boundary as it is named."""


@pytest.mark.parametrize(("built", "inside", "outside", "boundary"), CASES)
def test_a_value_outside_the_domain_is_refused_and_one_inside_is_not(
    built: Callable[[], MixedModel], inside: dict[str, Any], outside: dict[str, Any], boundary: str
) -> None:
    m = built()
    assert np.linalg.eigvalsh(m.V.numpy(**inside))[0] > 0
    with pytest.raises(DomainError, match=boundary):
        m.V.numpy(**{**inside, **outside})


@pytest.mark.parametrize(
    ("within", "inside", "outside", "boundary"),
    [
        ("cs", {"rho": -0.4}, {"rho": -0.6}, "with t = 3 it is −1/2 < ρ < 1. The boundary is −1/2"),
        ("ar1", {"rho": -0.9}, {"rho": 2}, "The boundary is 1"),
    ],
)
def test_a_letter_for_the_times_leaves_the_domain_as_it_is(
    within: str, inside: dict[str, Any], outside: dict[str, Any], boundary: str
) -> None:
    m = repeated_measures("s", "t", within=within)
    assert np.linalg.eigvalsh(m.V.numpy(s=2, t=3, sigma2=1, **inside))[0] > 0
    for tree in (m.V, m.R):
        with pytest.raises(DomainError, match=boundary):
            tree.numpy(s=2, t=3, sigma2=1, **outside)


@pytest.mark.parametrize(("built", "inside", "outside", "boundary"), [CASES[12], CASES[14], CASES[16]])
def test_a_simulation_refuses_the_same_values(
    built: Callable[[], MixedModel], inside: dict[str, Any], outside: dict[str, Any], boundary: str
) -> None:
    m = built()
    assert m.simulate(seed=1, beta_0=0, **inside).shape == (len(ROWS),)
    with pytest.raises(DomainError, match=boundary):
        m.simulate(seed=1, beta_0=0, **{**inside, **outside})


def test_a_parameter_that_is_a_word_of_python_has_a_line_below_it() -> None:
    with pytest.raises(DomainError, match="lambda_=…"):
        show("hf", n=2, sigma2_1=1, sigma2_2=1)
    assert show("hf", n=2, sigma2_1=1, sigma2_2=1, lambda_=0.5)
