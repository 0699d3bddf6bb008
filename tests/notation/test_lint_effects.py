r"""Remarks on effects that have no distribution and are random, since others of the same model are."""

from __future__ import annotations

import pytest

from tutor.notation.proofread import proofread

_RESIDUAL = r", e_{ijk} \sim N(0, \sigma^2)"

MISSING: list[tuple[str, str, str]] = [
    # a model, the effect without a distribution, and the one for which it is random
    (r"y_{ijk} = \mu + \alpha_i + b_j + (\alpha b)_{ij} + e_{ijk}, b_j \sim N(0, \sigma_b^2)", "(αb)_ij", "b_j"),
    (r"y_{ijk} = \mu + G_i + E_j + (GE)_{ij} + e_{ijk}, \operatorname{Var}(G_i) = \sigma_G^2", "(GE)_ij", "G_i"),
    (r"y_{ijk} = \mu + g_i + l_j + gl_{ij} + e_{ijk}, g_i \sim N(0, \sigma_g^2)", "gl_ij", "g_i"),
    (r"y_{ijk} = \mu + A_i + B_{j(i)} + e_{ijk}, A_i \sim N(0, \sigma_A^2)", "B_{j(i)}", "A_i"),
    (r"y_{ijk} = \beta_0 + b_{0i} + b_{1i} x_{ij} + e_{ijk}, b_{0i} \sim N(0, \sigma_0^2)", "b_1i", "b_0i"),
]

NOT_MISSING = [
    r"y_{ijk} = \mu + \alpha_i + b_j + (\alpha b)_{ij} + e_{ijk}, b_j \sim N(0, \sigma_b^2), "
    r"(\alpha b)_{ij} \sim N(0, \sigma_{\alpha b}^2)",
    r"y_{ijk} = \mu + a_i + b_j + ab_{ij} + e_{ijk}, a_i \sim N(0, 1), ab_{ij} \sim N(0, \sigma_{ab}^2)",
    r"y_{ijk} = \mu + \tau_i + \rho_j + (\tau\rho)_{ij} + w_{k(i)} + e_{ijk}, w_{k(i)} \sim N(0, \sigma_w^2)",
    r"y_{ijk} = \mu + \tau_i + \text{block}_j + e_{ijk}, \text{block}_j \sim N(0, \sigma_b^2)",
    r"y_{ijk} = \beta_{0j} + \beta_{1j} x_{ij} + e_{ijk}, \beta_{0j} \sim N(0, \tau^2), \beta_{1j} = \gamma_{10}",
    r"y_{ijk} = \mu + b_{0i} + b_{1i} x_{ij} + e_{ijk}, (b_{0i}, b_{1i})' \sim N(\mathbf{0}, \mathbf{D})",
    r"y_{ijk} = \mu + A_i + \beta x_{j(i)} + e_{ijk}, A_i \sim N(0, \sigma_A^2)",
]


def _missing(text: str) -> list[str]:
    return [finding.sentence for finding in proofread(text + _RESIDUAL) if finding.key == "distribution-missing"]


@pytest.mark.parametrize(("text", "effect", "cause"), MISSING, ids=[row[1] for row in MISSING])
def test_effect_beside_random_ones_needs_a_distribution(text: str, effect: str, cause: str) -> None:
    assert _missing(text) == [f"{effect} is random, as {cause} is: say how it is distributed, as {effect} ~ N(0, …)."]


@pytest.mark.parametrize("text", NOT_MISSING)
def test_fixed_effects_and_those_with_a_law_have_no_remark(text: str) -> None:
    assert _missing(text) == []


def test_names_of_interactions_are_those_of_the_text() -> None:
    text = r"(\alpha\beta)_{ij} \sim N(0, \sigma_{\alpha\beta}^2), \beta_j \sim N(0, \sigma^2_\beta)"
    assert [finding.sentence.partition(" is")[0] for finding in proofread(text)] == ["How (αβ) and β vary together"]
