"""A value that is handed in where lines are judged: in a sentence, with a name of one's own, of one observation y."""

from __future__ import annotations

from functools import cache

import pytest

from tutor import check, glmm, one_way

MODEL = cache(lambda family: glmm(one_way(4, 3), family))

RIGHT = [
    ("Poisson", "E(y_11)", "λ = exp(μ + σ_u²/2)"),
    ("Poisson", "E(y_11)", "E(y) = exp(μ + σ_u²/2)"),
    ("Poisson", "E(y_11)", "E(y) = E(E(y|u)) = E(e^{μ+u_1}) = e^{μ+σ_u²/2}"),
    ("Poisson", "E(y_11)", "by the mean of a lognormal, exp(μ+σ_u²/2)"),
    ("Poisson", "E(y_11)", "exp(mu + s2u/2)  # lognormal"),
    ("Poisson", "Var(y_11)", "E(Var(y|u)) + Var(E(y|u)) = m + m²(e^{σ_u²} − 1) with m = e^{μ+σ_u²/2}"),
    ("Poisson", "Var(y_11)", "E(y²) − E(y)² = E(E(y²|u)) − m² = m + e^{2μ+2σ_u²} − m², m = e^{μ+σ_u²/2}"),
    ("Poisson", "Var(y_11)", "E(y_11²) − E(y_11)² = E(E(y_11²|u)) − m² = m + e^{2μ+2σ_u²} − m², m = e^{μ+σ_u²/2}"),
    ("Bernoulli", "E(y_11|u)", "p = 1/(1+exp(−(μ+u_1)))"),
    ("Bernoulli", "E(y_11|u)", "E(y_11|u) = p_1 = 1/(1+exp(−(μ+u_1)))"),
    ("Bernoulli", "E(y_11|u)", "π_1 = 1/(1+e^{−η_1}), η_1 = μ+u_1"),
    ("Bernoulli", "E(y_11|u)", "inv_logit(mu + u_1)"),
    ("Bernoulli", "Var(y_11|u)", "E(y_11²|u) − E(y_11|u)² = p − p² = p(1−p), p = 1/(1+e^{−(μ+u_1)})"),
]

WRONG = [
    ("Poisson", "E(y_11)", "λ = exp(μ + σ_u²)"),
    ("Poisson", "E(y_11)", "μ = exp(μ + σ_u²/2)"),
    ("Poisson", "E(y_11)", "u_1 = exp(μ + σ_u²/2)"),
    ("Poisson", "E(y_11)", "Var(y) = exp(μ + σ_u²/2)"),
    ("Poisson", "Var(y_11)", "E(y²) − E(y)² = E(E(y²|u)) − m² = e^{2μ+2σ_u²} − m², m = e^{μ+σ_u²/2}"),
    ("Poisson", "E(y_11)", "by the mean of a lognormal, exp(μ+σ_u²)"),
    ("Bernoulli", "E(y_11|u)", "p = 1/(1+exp(μ+u_1))"),
    ("Bernoulli", "Var(y_11|u)", "E(y_11²|u) − E(y_11|u)² = p² − p, p = 1/(1+e^{−(μ+u_1)})"),
]


@pytest.mark.parametrize(("family", "asked", "answer"), RIGHT)
def test_a_right_value_is_right(family: str, asked: str, answer: str) -> None:
    verdict = check(answer, MODEL(family).derive(asked))
    assert verdict.correct is True, verdict.feedback


@pytest.mark.parametrize(("family", "asked", "answer"), WRONG)
def test_a_wrong_value_is_not(family: str, asked: str, answer: str) -> None:
    verdict = check(answer, MODEL(family).derive(asked))
    assert verdict.correct is False, verdict.feedback


@pytest.mark.parametrize(
    ("answer", "is_right"),
    [
        ("E(y_11²) − E(y_11)² = σ_u² + σ²", True),
        ("E((y_11 − μ)²) = σ_u² + σ²", True),
        ("E(y_11²) = σ_u² + σ²", False),
        ("E(y_11²) − μ = σ_u² + σ²", False),
    ],
)
def test_the_mean_of_a_square_is_a_variance_and_a_square(answer: str, is_right: bool) -> None:
    m = one_way(4, 3)
    assert check(answer, "Var(y_11)", m.vocabulary).correct is is_right
