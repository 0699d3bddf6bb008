"""y_ij ~ Binomial(n_ij, p_ij): each observation has its own number of trials."""

from __future__ import annotations

import re

import numpy as np
import pytest

from tutor import from_equation
from tutor.errors import DomainError
from tutor.models.glmm.model import GeneralizedModel

TEXT = r"y_{{ij}} \sim Binomial({n}, p_{{ij}}), {link}(p_{{ij}}) = \beta_0 + u_j, u_j \sim N(0, \sigma^2_u)"
VALUES = {"beta_0": 0.4, "sigma2_u": 1.5}
TRIALS = [2, 5, 9, 4]


def of_rows(link: str = "logit") -> GeneralizedModel:
    return from_equation(TEXT.format(n="n_{ij}", link=link), levels={"i": 2, "j": 2})


def with_trials(number: int, link: str = "logit") -> GeneralizedModel:
    return from_equation(TEXT.format(n=number, link=link), levels={"i": 2, "j": 2})


def test_the_letters_are_those_of_the_observation() -> None:
    model = of_rows("probit")
    assert "Binomial(n_ij, π_ij)" in str(model)
    assert str(model.E("y_21")).startswith("n_21")
    assert {"n_11", "n_21"} <= set(re.findall(r"n_\d\d", str(model.Cov("y_11", "y_21"))))
    assert str(model.E("y_11", given="u")) == "n_11 Φ(β_0 + u_1)"


@pytest.mark.parametrize("link", ["logit", "probit"])
def test_moments_scale_with_the_trials_of_their_rows(link: str) -> None:
    # given u, y/n has the mean p: E(y) = n E(p), Cov(y, y*) = n n* Cov(p, p*); variances are those of n trials
    model = of_rows(link)
    one = with_trials(1, link)
    variances = np.diag([with_trials(n, link).variance_matrix(**VALUES)[0, 0] for n in TRIALS])
    of_one = one.variance_matrix(**VALUES) * (1 - np.eye(4))
    expected = variances + np.outer(TRIALS, TRIALS) * of_one
    assert np.allclose(model.variance_matrix(**VALUES, n=TRIALS), expected, rtol=1e-10)
    mean = float(one.value("E(y_11)", **VALUES))
    found = [row[2] for row in model.compare_means(**VALUES, n=TRIALS).rows]
    assert np.allclose(np.array(found, dtype=float), [n * mean for n in TRIALS])


def test_trials_are_given_by_name_for_all_or_as_a_list() -> None:
    model = of_rows()
    by_name = model.value("Cov(y_11, y_21)", **VALUES, n_11=2, n_21=5)
    assert float(by_name) == float(model.value("Cov(y_11, y_21)", **VALUES, n=TRIALS))
    assert float(model.value("E(y_11)", **VALUES, n=3)) == float(model.value("E(y_11)", **VALUES, n_11=3))
    with pytest.raises(DomainError, match="n has 2 numbers; there are 4 observations"):
        model.value("E(y_11)", **VALUES, n=[1, 2])
    with pytest.raises(DomainError, match="n_11"):
        model.value("E(y_11)", **VALUES)


def test_a_response_is_no_more_than_its_trials() -> None:
    drawn = np.array([of_rows().simulate(seed=seed, **VALUES, n=TRIALS) for seed in range(12)])
    assert (drawn <= TRIALS).all()
    assert (drawn.max(axis=0) > [1, 2, 4, 2]).all()


def test_code_has_a_column_of_trials() -> None:
    assert "cbind(y, n - y)" in str(of_rows().code("lme4"))


def test_law_of_total_variance_has_them_in_a_diagonal() -> None:
    assert "Var(Nπ)" in str(of_rows().total_variance())
