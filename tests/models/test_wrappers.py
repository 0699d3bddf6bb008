"""Structures of random terms in formulas: Σ, G and V by the formula of each, and what is refused."""

from __future__ import annotations

import math
from collections.abc import Callable
from typing import Any

import numpy as np
import pytest

from tutor import data
from tutor.errors import DataError, FormulaError
from tutor.models.from_formula import model
from tutor.models.mixed import MixedModel

AGES = (8, 10, 12, 14)


def orthodont(random: str) -> MixedModel:
    return model(f"distance ~ age + {random}", data.path("orthodont.csv"))


def by_steps(entry: Callable[[int, int], float]) -> np.ndarray:
    return np.array([[entry(i, j) for j in range(4)] for i in range(4)])


S = (1.0, 2.0, 3.0, 4.0)
SDS = {f"sigma2_u_{i + 1}": s**2 for i, s in enumerate(S)}


@pytest.mark.parametrize(
    ("wrapper", "values", "entry"),
    [
        ("ar1", {"sigma2_u": 2, "rho_u": 0.5}, lambda i, j: 2 * 0.5 ** abs(i - j)),
        ("hetar1", {**SDS, "rho_u": 0.5}, lambda i, j: S[i] * S[j] * 0.5 ** abs(i - j)),
        ("cs", {**SDS, "rho_u": 0.5}, lambda i, j: S[i] * S[j] * (1 if i == j else 0.5)),
        ("diag", SDS, lambda i, j: S[i] ** 2 if i == j else 0),
        ("exp", {"sigma2_u": 2, "theta_u": 3}, lambda i, j: 2 * math.exp(-abs(AGES[i] - AGES[j]) / 3)),
        ("gau", {"sigma2_u": 2, "theta_u": 3}, lambda i, j: 2 * math.exp(-(((AGES[i] - AGES[j]) / 3) ** 2))),
        ("ou", {"sigma2_u": 2, "rho_u": 0.5}, lambda i, j: 2 * 0.5 ** abs(AGES[i] - AGES[j])),
    ],
)
def test_the_matrix_of_each_structure(
    wrapper: str, values: dict[str, float], entry: Callable[[int, int], float]
) -> None:
    group = "Sex" if wrapper == "diag" else "Subject"  # effects of one row each are no different from residuals
    sigma, found = by_steps(entry), orthodont(f"{wrapper}(0 + factor(age) | {group})")
    assert found.Z is not None and found.G is not None
    levels = int(found.random[0].size)  # pyright: ignore[reportArgumentType]
    Z, G = found.Z.numpy(), np.kron(np.eye(levels), sigma)
    assert np.allclose(found.G.numpy(**values), G)
    assert np.allclose(found.V.numpy(sigma2=3, **values), Z @ G @ Z.T + 3 * np.eye(108))


def test_us_is_what_a_bar_alone_is() -> None:
    assert orthodont("us(age | Subject)").G.numpy(sigma2_u0=2, sigma2_u1=1, sigma_u01=0.5).tolist() == (  # pyright: ignore[reportOptionalMemberAccess]
        orthodont("(age | Subject)").G.numpy(sigma2_u0=2, sigma2_u1=1, sigma_u01=0.5).tolist()  # pyright: ignore[reportOptionalMemberAccess]
    )


def test_diag_of_a_slope_is_two_bars() -> None:
    one, two = orthodont("diag(age | Subject)"), orthodont("(age || Subject)")
    V = one.V.numpy(sigma2=1, sigma2_u_1=2, sigma2_u_2=3)
    assert np.allclose(V, two.V.numpy(sigma2=1, sigma2_u=2, sigma2_v=3))


def test_the_equation_tells_the_structure() -> None:
    told = str(orthodont("diag(age | Subject)").equation("index"))
    assert "[u_0j, u_1j]' ~ N(0, Σ_u),  Σ_u = [[σ²_{u,1}, 0], [0, σ²_{u,2}]]" in told


@pytest.mark.parametrize(
    ("random", "words", "place"),
    [
        ("ar2(0 + factor(age) | Subject)", "Did you mean ar1", "ar2"),
        ("ar1(age | Subject)", "one coefficient for each level", "ar1(age | Subject)"),
        ("exp(1 | Subject)", "one coefficient for each level", "exp(1 | Subject)"),
        ("us(age | Subject, hom = TRUE)", "takes no hom", "hom = TRUE"),
        ("cs(age | Subject, hom = MAYBE)", "hom = MAYBE", "hom = MAYBE"),
        ("ar1(0 + factor(age) | Subject, het = TRUE)", "takes no het", "het = TRUE"),
        ("diag(age || Subject)", "both tell", "diag(age || Subject)"),
        ("exp(0 + Sex | Subject)", "levels of Sex are text", "exp(0 + Sex | Subject)"),
        ("Sex (1 | Subject)", "operator is missing", "("),
    ],
)
def test_what_a_structure_cannot_be_is_refused_at_its_place(random: str, words: str, place: str) -> None:
    with pytest.raises(FormulaError, match=words) as told:
        orthodont(random)
    error: Any = told.value
    assert error.text[error.start : error.end] == place


@pytest.mark.parametrize("wrapper", ["homcs", "homtoep", "homdiag"])
def test_what_cannot_be_told_from_independent_residuals_is_refused(wrapper: str) -> None:
    with pytest.raises(DataError, match="cannot be told apart"):
        orthodont(f"{wrapper}(0 + factor(age) | Subject)")


@pytest.mark.parametrize(
    ("random", "program", "expected"),
    [
        ("ar1(0 + factor(age) | Subject)", "glmmTMB", "+ ar1(0 + factor(age) | Subject), data = d, REML = TRUE)"),
        ("ar1(0 + factor(age) | Subject)", "sas", "random age_level / subject=Subject type=ar(1);"),
        ("exp(0 + factor(age) | Subject)", "glmmTMB", "d$age.place <- numFactor(d$age)"),
        ("cs(0 + factor(age) | Subject)", "lme4", "cs(0 + factor(age) | Subject)"),
        ("diag(age | Subject)", "nlme", "list(Subject = pdDiag(~ 1 + age))"),
        ("diag(age | Subject)", "sas", "random intercept age / subject=Subject type=un(1);"),
    ],
)
def test_the_code(random: str, program: Any, expected: str) -> None:
    assert expected in orthodont(random).code(program)


@pytest.mark.parametrize(
    ("wrapped", "same"),
    [
        ("diag(age | Subject, hom = TRUE)", "homdiag(age | Subject)"),
        ("diag(age | Subject, hom=F)", "diag(age | Subject)"),
        ("cs(age | Subject, hom = TRUE)", "homcs(age | Subject)"),
        ("cs(0 + factor(age) | Subject, hom = FALSE)", "cs(0 + factor(age) | Subject)"),
        ("ar1(0 + factor(age) | Subject, hom = TRUE)", "ar1(0 + factor(age) | Subject)"),
        ("ar1(0 + factor(age) | Subject, hom = FALSE)", "hetar1(0 + factor(age) | Subject)"),
        *((f"{wrapper}(1 | Subject)", "(1 | Subject)") for wrapper in ("us", "diag", "cs", "ar1", "toep")),
        ("diag(0 + age | Subject)", "(0 + age | Subject)"),
    ],
)
def test_the_words_of_lme4_mean_what_those_of_glmmTMB_do(wrapped: str, same: str) -> None:
    mine, theirs = (model(f"distance ~ age + {term}", data.path("orthodont.csv")) for term in (wrapped, same))
    assert mine.V == theirs.V
    assert mine.G is not None and theirs.G is not None and mine.G.definition == theirs.G.definition
    assert [p.key for p in mine.parameters] == [p.key for p in theirs.parameters]
