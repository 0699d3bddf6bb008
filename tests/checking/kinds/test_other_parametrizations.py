"""Whole models in another parametrization are right where their means are the same; what their effects are is told."""

from __future__ import annotations

from typing import Any

import pytest

from tutor import check, crd, model, rcbd, regression, split_plot

POTS, LINE, PLOTS, BLOCKS = crd(3, 2), regression([1, 2, 3, 6]), split_plot(2, 3, 4), rcbd(2, 3)
DATA = {"y": [1, 2, 3, 4], "trt": list("ABAB"), "x": [1, 2, 4, 3], "blk": list("ppqq")}
COVARIATE = model("y ~ trt + x + (1 | blk)", DATA)
FREE = {"up_to": "column-space"}
STRATA = ", u_k ~ N(0, σ_u²), v_ik ~ N(0, σ_v²), e_ijk ~ N(0, σ²)"
DRAWN = ", u_j ~ N(0, σ_u²), ε_ij ~ N(0, σ²)"

TOLD: list[tuple[Any, str, dict[str, str]]] = [
    (PLOTS, "y_ijk = μ_ij + u_k + v_ik + e_ijk" + STRATA, {"μ_ij": "μ + τ_i + α_j + (τα)_ij"}),
    (LINE, "y_i = α + β(x_i - 3) + ε_i, ε_i ~ N(0, σ²)", {"α": "β_0 + 3 β_1", "β": "β_1"}),
    (POTS, "y_ij = μ_i + ε_ij, ε_ij ~ N(0, σ²)", {"μ_i": "μ + τ_i"}),
    (COVARIATE, "y_ij = μ_i + β x_ij + u_j + ε_ij" + DRAWN, {"μ_i": "β_0 + τ_i", "β": "β_2"}),
    (COVARIATE, "y_ij = μ + τ_i + β(x_ij - x̄_..) + u_j + ε_ij" + DRAWN, {}),
    (POTS, "y = Xβ + ε, X = I_3 ⊗ 1_2, ε ~ N(0, σ²I)", {"b_1": "μ + τ_1"}),
    (POTS, "y ~ N((I_3 ⊗ 1_2)β, σ²I)", {"b_3": "μ + τ_3"}),
]

WRONG: list[tuple[Any, str, dict[str, Any]]] = [
    (PLOTS, "y_ijk = μ_i + u_k + v_ik + e_ijk" + STRATA, FREE),
    (PLOTS, "y_ijk = μ + (τα)_ij + u_k + v_ik + e_ijk" + STRATA, {}),
    (PLOTS, "y_ijk = μ_ij + u_k + e_ijk, u_k ~ N(0, σ_u²), e_ijk ~ N(0, σ²)", FREE),
    (LINE, "y_i = β(x_i - 3) + ε_i, ε_i ~ N(0, σ²)", FREE),
    (LINE, "y_i = α + β(x_i - 3) + γ x_i² + ε_i, ε_i ~ N(0, σ²)", FREE),
    (COVARIATE, "y_ij = μ_i + β_i x_ij + u_j + ε_ij" + DRAWN, FREE),
    (BLOCKS, "y_ij = μ - τ_i + u_j + ε_ij" + DRAWN, {}),
    (POTS, "y = Xβ + ε, X = J_6, ε ~ N(0, σ²I)", {}),
    (POTS, "y ~ N((1_2 ⊗ I_3)β, σ²I)", FREE),
    (COVARIATE, "y ~ N(Xβ, 5 I_4)", FREE),
    (COVARIATE, "y ~ N(2Xβ, V)", FREE),
    (COVARIATE, "y ~ N((2X)β, V)", FREE),
    (COVARIATE, "y = Xβ + Zu + ε, u ~ N(0, 3σ_u² I), ε ~ N(0, σ² I)", FREE),
]


@pytest.mark.parametrize(("asked", "answer", "told"), TOLD)
def test_other_effects_with_the_same_means_are_right_and_told(asked: Any, answer: str, told: dict[str, str]) -> None:
    verdict = check(answer, asked)
    assert verdict.correct, verdict.feedback
    assert verdict.facts["coding"] == "other"
    assert told.items() <= verdict.facts.items()


@pytest.mark.parametrize(("asked", "answer", "options"), WRONG)
def test_other_means_and_another_variance_are_wrong(asked: Any, answer: str, options: dict[str, Any]) -> None:
    verdict = check(answer, asked, **options)
    assert verdict.correct is False, verdict.feedback


def test_effects_without_a_level_are_right_where_the_parametrization_is_free() -> None:
    answer = "y_ij = τ_i + ε_ij, ε_ij ~ N(0, σ²)"
    assert check(answer, POTS).misconception == "missing-intercept"
    assert check(answer, POTS, up_to="column-space").facts["τ_i"] == "μ + τ_i"
