"""Distributions are judged by their parts: subject, family, mean and variance, in whatever way they are said."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.checking.marking import label
from tutor import MixedModel, check, random_slopes, rcbd, repeated_measures
from tutor.checking.verdict import Part, Verdict

M = rcbd(treatments=2, blocks=3)
LETTERS = rcbd(treatments="t", blocks="b")

MARGINAL = "y ~ N(Xβ, V)"
EFFECT = "u_j ~ N(0, σ²_u)"
BOTH = "u ~ N(0, G), ε ~ N(0, R)"
JOINT = "[u; e] ~ N([0;0],[G,0;0,R])"
WITH_Y = "[y; u] ~ N([Xβ;0],[V,ZG;GZ',G])"
GIVEN = "y | u ~ N(Xβ + Zu, R)"
ELEMENT = "y_ij ~ N(μ + τ_i, σ² + σ²_u)"
GIVEN_ELEMENT = "y_ij | u_j ~ N(μ + τ_i + u_j, σ²)"
WHOLE = "y ~ N(Xβ, V), G = σ²_u I, R = σ² I"

RIGHT = [
    (MARGINAL, r"\mathbf{y} \sim N(\mathbf{X}\boldsymbol{\beta}, \mathbf{V})"),
    (MARGINAL, r"\mathbf{y} \sim \mathcal{N}(\mathbf{X}\boldsymbol{\beta}, \mathbf{ZGZ}' + \mathbf{R})"),
    (MARGINAL, "N(Xβ, V)"),
    (MARGINAL, "y ~ MVN(Xβ, ZGZ'+R)"),
    (MARGINAL, "y ~ N_6(Xβ, V)"),
    (MARGINAL, "y ~ N_n(Xβ, Σ)"),
    (MARGINAL, "y ~ N(Xβ, I_3 ⊗ (σ² I_2+σ_u² J_2))"),
    (MARGINAL, "y ~ N(Xβ, σ_u² ZZ' + σ² I)"),
    (MARGINAL, "y is multivariate normal with mean Xβ and variance matrix V."),
    (MARGINAL, "y ~ N(mean = Xβ, var = V)"),
    (MARGINAL, "multivariate normal with mean Xβ and covariance matrix V"),
    (MARGINAL, "normal: mean Xβ, covariance ZGZ' + R"),
    (MARGINAL, "y ~ N(mean Xβ, variance V)"),
    (ELEMENT, "normal with mean μ + τ_i and variance σ_u² + σ²"),
    (ELEMENT, "N(μ + τ_i, sd = sqrt(σ_u² + σ²))"),
    (MARGINAL, "y ~ N(Xβ, V), u ~ N(0, G)"),
    (EFFECT, "u_i ~ N(0, σ_u^2)"),
    (EFFECT, r"u_j \overset{iid}{\sim} N(0, \sigma^2_u)"),
    (EFFECT, "b_j ~ iid N(0, σ²_u)"),
    (EFFECT, "u ~ N(0, σ²_u I)"),
    (EFFECT, "u ~ N(0, G)"),
    (EFFECT, "N(0, σ²_u)"),
    (BOTH, "ε ~ N(0, R), u ~ N(0, G)"),
    (BOTH, "u ~ N(0, G); e ~ N(0, R)"),
    (BOTH, JOINT),
    (BOTH, "[u; e] ~ N(0, diag(G, R))"),
    (BOTH, "u_j ~ N(0, σ²_u), ε_ij ~ N(0, σ²)"),
    (BOTH, "e ~ N(0, σ²I), u ~ N(0, σ_u²I), Cov(u, ε) = 0"),
    (JOINT, "u ~ N(0, G), ε ~ N(0, R), Cov(u, ε) = 0"),
    (JOINT, "ε ~ N(0, R), u ~ N(0, G), Cov(ε, u) = 0"),
    (JOINT, "u ~ N(0, G), ε ~ N(0, R), u and e are independent"),
    (JOINT, "[e; u] ~ N(0,[R,0;0,G])"),
    (WITH_Y, "[u; y] ~ N([0;Xβ],[G,GZ';ZG,V])"),
    (WITH_Y, "y ~ N(Xβ,V), u ~ N(0,G), Cov(u,y)=GZ'"),
    (GIVEN, "y|u ~ N(Zu + Xβ, σ²I)"),
    (ELEMENT, "y_kl ~ N(μ + τ_k, σ²_u + σ²)"),
    (ELEMENT, "y_ij ~ N(τ_i + μ, σ² + σ_u^2)"),
    (GIVEN_ELEMENT, "y_kl | u_l ~ N(μ + τ_k + u_l, σ²)"),
    (BOTH, "u ~ N(0, σ²_u I), ε_kl ~ iid N(0, σ²)"),
    (WHOLE, "R = σ² I_6, G = σ_u² I_3, y ~ N(Xβ, ZGZ' + R)"),
]

WRONG = [
    (MARGINAL, "y ~ (Xβ, V)", "missing-family", 0.8),
    (MARGINAL, "E(y) = Xβ, Var(y) = V", "missing-family", 0.8),
    (MARGINAL, "mean Xβ, variance V", "missing-family", 0.8),
    (MARGINAL, "normal with mean Xβ and variance R", "missing-random", 0.6),
    (MARGINAL, "y ~ N(V, Xβ)", "mean-variance-swapped", 0.2),
    (MARGINAL, "y ~ N(Xβ, R)", "missing-random", 0.6),
    (MARGINAL, "y ~ N(Xβ, ZGZ')", "missing-residual", 0.6),
    (MARGINAL, "y ~ N(Xβ + Zu, V)", "random-in-mean", 0.6),
    (MARGINAL, "y ~ N(Xβ + e, V)", "error-in-mean", 0.6),
    (MARGINAL, "y ~ N(Xβ + Zu, R)", "conditional-for-marginal", 0.2),
    (MARGINAL, "y|u ~ N(Xβ + Zu, R)", "conditional-for-marginal", 0.5 / 3.5),
    (MARGINAL, "u ~ N(0, G)", "wrong-subject", 0),
    (MARGINAL, "y ~ N(Xβ + Zu, ZGZ')", "random-in-mean+missing-residual", 0.2),
    (MARGINAL, "y ~ N_5(Xβ, V)", "wrong-dimension", 0.8),
    (MARGINAL, "y ~ N(Xβ, σ_u ZZ' + σ²I)", "sd-for-variance", 0.6),
    (MARGINAL, "y ~ N(Xβ, V), u ~ N(0, G²)", None, 2.5 / 3.5),
    (MARGINAL, "y ~ Poisson(Xβ)", "wrong-family", 0),
    (EFFECT, "u_j ~ N(0, σ_u)", "sd-for-variance", 0.6),
    (EFFECT, "u_j ~ N(σ²_u, 0)", "mean-variance-swapped", 0.2),
    (EFFECT, "u_j ~ N(0, σ²)", "components-swapped", 0.6),
    (EFFECT, "u_j ~ N(μ, σ²_u)", "mean-not-zero", 0.6),
    (EFFECT, "u ~ N(0, σ_u² J)", "ones-for-identity", 0.6),
    (BOTH, "u ~ N(0, G)", "missing-distribution", 0.5),
    (BOTH, "u ~ N(0, R), ε ~ N(0, G)", "wrong-size", 0.6),
    (BOTH, "u_j ~ N(0, σ_u), ε_ij ~ N(0, σ)", "sd-for-variance", 0.6),
    (BOTH, "u ~ N(0, G), ε ~ N(0, R), Cov(u, ε) = Z'", None, 5 / 6),
    (JOINT, "u ~ N(0, G), ε ~ N(0, R)", "covariance-not-told", 5 / 5.5),
    (WITH_Y, "y ~ N(Xβ,V), u ~ N(0,G), Cov(y,u)=GZ'", "transpose-lost", 5 / 5.5),
    (GIVEN, "y ~ N(Xβ, V)", "marginal-for-conditional", 0.5 / 3.5),
    (ELEMENT, "y_ij ~ N(μ + τ_j, σ² + σ²_u)", "wrong-index", 0.6),
    (ELEMENT, "y_ij ~ N(μ + τ_i, σ²)", "missing-random", 0.6),
    (ELEMENT, "y_ij ~ N(μ + τ_i, σ²_u)", "missing-residual", 0.6),
    (ELEMENT, "y_ij ~ N(μ + τ_i + u_j, σ² + σ²_u)", "random-in-mean", 0.6),
    (ELEMENT, "y_ij ~ N(μ + τ_i + u_j, σ²)", "conditional-for-marginal", 0.2),
    (ELEMENT, "y_ij ~ N(μ + τ_i, σ + σ_u)", "sd-for-variance", 0.6),
    (GIVEN_ELEMENT, "y_kl | u_k ~ N(μ + τ_k + u_k, σ²)", None, None),
    (BOTH, "u ~ N(0, G), ε ~ N(0, σ²)", "missing-identity", 0.8),
    (GIVEN, "y|u ~ N(Xβ, R)", "missing-random", 0.6),
    (GIVEN, "y|u ~ N(Xβ + Zu, V)", None, 0.6),
    (WHOLE, "y ~ N(Xβ, V), R = σ² I", "missing-equation", 4.5 / 6.5),
]


def judged(reference: str, answer: str, **how: object) -> Verdict:
    return check(answer, reference, M.vocabulary, **how)  # pyright: ignore[reportArgumentType]


@pytest.mark.parametrize(("reference", "answer"), RIGHT)
def test_a_right_distribution_is_right_in_every_spelling(reference: str, answer: str) -> None:
    verdict = judged(reference, answer)
    assert (verdict.outcome, verdict.score) == ("correct", 1.0), verdict.feedback


@pytest.mark.parametrize(("reference", "answer", "key", "score"), WRONG)
def test_a_wrong_part_is_named_and_the_others_keep_their_credit(
    reference: str, answer: str, key: str | None, score: float | None
) -> None:
    verdict = judged(reference, answer)
    assert verdict.outcome == "incorrect"
    if key is not None:
        assert verdict.misconception == key, verdict.feedback
    assert score is None or verdict.score == pytest.approx(score)
    assert verdict.feedback.startswith("Not yet.")
    assert verdict.where
    assert all(isinstance(place, Part) for place in verdict.where)
    assert sum(credit.weight for credit in verdict.credit) == pytest.approx(1)


def test_the_right_part_is_told_with_the_wrong_one_and_its_counterexample() -> None:
    verdict = judged(MARGINAL, "y ~ N(Xβ, R)")
    assert verdict.feedback.startswith("Not yet. The family and the mean are right; the variance is not.")
    assert verdict.counterexample is not None
    assert verdict.counterexample.answer != verdict.counterexample.reference
    assert verdict.told("nudge") == "Not yet. Of its 3 parts, 2 are right. Which is not?"


def test_the_weights_belong_to_the_question() -> None:
    weights = {"family": 0, "mean": 1, "variance": 3}
    assert judged(MARGINAL, "y ~ N(Xβ, R)", weights=weights).score == pytest.approx(0.25)
    assert judged(BOTH, "u ~ N(0, G)", weights={"ε": 0, "e": 0}).score == pytest.approx(1)


@pytest.mark.parametrize("answer", ["y ~ N(Xβ", "y ~ N(Qβ, V)", "y ~ ", 3.5])
def test_what_says_nothing_is_unreadable_and_costs_nothing(answer: object) -> None:
    verdict = check(answer, MARGINAL, M.vocabulary)
    assert (verdict.outcome, verdict.costs_attempt) == ("unreadable", False)


def test_sizes_may_be_letters() -> None:
    assert check("y ~ N(Xβ, I_b ⊗ (σ² I_t + σ²_u J_t))", MARGINAL, LETTERS.vocabulary).correct
    assert check("y ~ N(Xβ, I_t ⊗ (σ² I_b + σ²_u J_b))", MARGINAL, LETTERS.vocabulary).correct is False


@settings(max_examples=25, deadline=None)
@given(
    st.sampled_from(["V", "ZGZ' + R", "R + ZGZ'", "σ_u² ZZ' + σ² I", "I_3 ⊗ (σ² I_2 + σ²_u J_2)"]),
    st.sampled_from(["Xβ", "E(y)", "X β"]),
    st.permutations(["u ~ N(0, G)", "ε ~ N(0, R)", "{y}", "Cov(u, ε) = 0"]),
    st.integers(2, 9),
)
def test_order_does_not_matter_and_a_factor_does(variance: str, mean: str, order: list[str], factor: int) -> None:
    reference = f"{MARGINAL}, {BOTH}"
    right = "; ".join(order).replace("{y}", f"y ~ N({mean}, {variance})")
    wrong = "; ".join(order).replace("{y}", f"y ~ N({mean}, {factor}({variance}))")
    assert judged(reference, right).correct is True
    verdict = judged(reference, wrong)
    assert verdict.correct is False
    assert [place.name for place in verdict.where] == ["the variance of y"]


SLOPES = random_slopes(3, [0, 2, 4])
SERIAL = repeated_measures(3, 3, treatments=2)


@pytest.mark.parametrize(
    ("model", "asked", "answer", "key"),
    [
        (SLOPES, "u ~ N(0, G)", "[u_0j, u_1j]' ~ N(0, Σ_u)", "correct"),
        (SLOPES, "u ~ N(0, G)", "(u_1j, u_0j)' ~ N(0, [[σ²_u1, σ_u01], [σ_u01, σ²_u0]])", "correct"),
        (SLOPES, "u ~ N(0, G)", "(u_1j, u_0j)' ~ N(0, [[σ²_u0, σ_u01], [σ_u01, σ²_u1]])", "components-swapped"),
        (SLOPES, "u ~ N(0, G)", "(u_0j, u_1j)' ~ N(0, [[σ²_u0, 0], [0, σ²_u1]])", "diagonal-only"),
        (SLOPES, "u ~ N(0, G)", "(u_0j, u_1j)' ~ N((β_0, β_1)', Σ_u)", "mean-not-zero"),
        (SLOPES, "u ~ N(0, G)", "[u_01, u_11]' ~ N(0, Σ_u)", "wrong-subject"),  # of one group alone
        (SLOPES, "u ~ N(0, G)", "[u_0j, u_1k]' ~ N(0, Σ_u)", "wrong-subject"),
        (SERIAL, "ε ~ N(0, R)", "(ε_i1k, ε_i2k, ε_i3k)' ~ N(0, Σ_e)", "correct"),
        (SERIAL, "ε ~ N(0, R)", "(ε_i1k, ε_i2k)' ~ N(0, σ² I_2)", "wrong-subject"),
    ],
)
def test_a_distribution_of_stacked_elements_is_one_of_the_vector(
    model: MixedModel, asked: str, answer: str, key: str
) -> None:
    assert label(check(answer, asked, model.vocabulary)) == key
