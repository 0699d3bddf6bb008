r"""Further spellings of the first fifty patterns of lectures: other letters, fonts, spacing, environments and dialects.

Each row is a pattern, a spelling, and the same in the plainest notation, whose meaning the other tables pin. What is
read is also written, in each dialect, and read again.
"""

from __future__ import annotations

import pytest

from tests.notation.test_round_trip import meaning
from tests.notation.test_rows_expressions import assert_reads_back
from tutor.errors import ReadError
from tutor.models.catalogue import rcbd
from tutor.notation.read import read
from tutor.notation.statement import Distribution

ROWS = [
    ("Greek", r"\mathit{\Gamma}(\nu/2)", r"\Gamma(\frac{\nu}{2})"),
    ("Greek", "σ²_u + ρ·σ²_e", r"\sigma^2_u + \rho \sigma^2_e"),
    ("Greek", r"\sigma^2_{\varepsilon}+\kappa\,\tau_k", r"\sigma^2_e + \kappa \tau_k"),
    ("delimiter: grouping", r"\left(c-1\right)\left(d-1\right)", "(c-1)(d-1)"),
    ("delimiter: grouping", r"\{(a-1)(n-1)\}", "(a-1)(n-1)"),
    ("relation: equals", r"\mathrm{Var}(\bm e) := \mathbf{R} = \sigma^2_e\mathbf{I}_n",
     r"Var(\mathbf{e}) = \mathbf{R} = \sigma^2 \mathbf{I}_n"),
    ("relation: equals", r"\begin{aligned}\theta &= \mu+\tau_2\\ &= \mu_2\end{aligned}",
     r"\theta = \mu + \tau_2 = \mu_2"),
    ("subscript: one letter", "β₀ + β₁x_i", r"\beta_0 + \beta_1 x_i"),
    ("operator: terms", r"\eta - \left( \tau_1 + \tau_2 \right)", r"\eta - (\tau_1 + \tau_2)"),
    ("operator: terms", r"\mu + \alpha_i + \beta_j + \alpha\beta_{ij}",
     r"\mu + \alpha_i + \beta_j + (\alpha\beta)_{ij}"),
    ("operator: terms", r"\eta + \tau_k + \rho_l + \tau\rho_{kl}", r"\eta + \tau_k + \rho_l + (\tau\rho)_{kl}"),
    ("operator: terms", r"\mu + \tau_i + \alpha\beta_{ij}", r"\mu + \tau_i + \alpha \cdot \beta_{ij}"),
    ("superscript: square", r"\left(y_{kl}-\bar y_{k\cdot}\right)^2", r"(y_{kl} - \bar{y}_{k.})^{2}"),
    ("superscript: square", r"(\mu - c)^{2}/s^2", r"\frac{(\mu - c)^2}{s^2}"),
    ("subscript: indices", "y_{i j k l}", "y_{ijkl}"),
    ("relation: distributed", r"g_i\sim\mathrm{N}\left(0,\sigma_g^2\right)", r"g_i \sim N(0, \sigma^2_g)"),
    ("relation: distributed", r"b_k \stackrel{\text{iid}}{\sim} \mathcal{N}(0,\,\tau^2)",
     r"b_k \sim \text{iid } N(0, \tau^2)"),
    ("distribution: N", r"$$\mathbf{y}\sim\mathrm{MVN}(\mathbf{X}\boldsymbol{\beta},\,\sigma^2\mathbf{I})$$",
     r"\mathbf{y} \sim N(\mathbf{X}\boldsymbol\beta, \sigma^2\mathbf{I})"),
    ("font: bold", r"\pmb{\beta}", r"\boldsymbol{\beta}"),
    ("font: bold", r"\mathrm{\mathbf{X}}", r"\mathbf{X}"),
    ("font: bold", r"\mathbf{K}'\hat{\boldsymbol{\beta}}", r"\mathbf{K}^\top\boldsymbol{\hat\beta}"),
    ("superscript: before subscript", r"\sigma^{2}_{g}/(\sigma^2_g+\sigma^2_e)",
     r"\frac{\sigma^2_g}{\sigma^2_g + \sigma^2_e}"),
    ("operator: fraction", r"\dfrac{1}{\,\frac{1}{a}+\frac{1}{b}\,}", "1/(1/a + 1/b)"),
    ("operator: fraction", r"\tfrac{1}{2}\left(\mu_{11}-\mu_{12}\right)", r"(\mu_{11} - \mu_{12})/2"),
    ("separator: lines", r"\begin{gather*}\mathrm{E}(w)=ab\\ \operatorname{Var}(w)=ab^2\end{gather*}",
     r"E(w) = ab \\ Var(w) = ab^2"),
    ("separator: lines", r"\begin{align} E(\bm u)&=\bm 0,\\ \operatorname{Var}(\bm u)&=\bm G.\end{align}",
     r"E(\mathbf{u}) = \mathbf{0}; Var(\mathbf{u}) = \mathbf{G}"),
    ("accent: hat", r"\bm{\hat u}", r"\hat{\mathbf{u}}"),
    ("environment: bmatrix", r"\left[\begin{array}{rr} 2 & -1 \\ -1 & 2 \end{array}\right]",
     r"\begin{bmatrix} 2 & -1 \\ -1 & 2 \end{bmatrix}"),
    ("operator: product", r"t(X) %*% solve(V) %*% y", r"\mathbf{X}'\mathbf{V}^{-1}\mathbf{y}"),
    ("subscript: on a bracket", r"(\beta\tau)_{jk} - (\beta\tau)_{j l}", r"(\beta\tau)_{jk} - (\beta\tau)_{jl}"),
    ("subscript: on a bracket", r"(A \times B)_{ij}", "(AB)_{ij}"),
    ("relation: given", r"\mathrm{Var}\left(y_{ij}\,\middle|\,u_j\right)=\sigma^2", r"Var(y_{ij}|u_j) = \sigma^2"),
    ("relation: chain", r"\bm V = \operatorname{Var}(\bm y) = \bm{Z G Z}^\top + \bm{R}",
     r"\mathbf{V} = Var(\mathbf{y}) = \mathbf{Z}\mathbf{G}\mathbf{Z}' + \mathbf{R}"),
    ("operator: scalar times matrix", r"\bm{I}_b\,\sigma^2_b", r"\sigma^2_b\mathbf{I}_b"),
    ("subscript: block", r"\bm{x}_{ij}^\top\bm\beta", r"\mathbf{x}_{ij}'\boldsymbol{\beta}"),
    ("name: se", r"\mathrm{se}(\hat\tau_1-\hat\tau_2)", r"s.e.(\hat{\tau}_1 - \hat{\tau}_2)"),
    ("operator: root", r"\sqrt{\dfrac{2\,\mathrm{MSE}}{r}}", r"\sqrt{2 MSE/r}"),
    ("name: density", r"P(T > t^\ast)", r"P(T > t^\star)"),
    ("name: density", r"\ell(\theta) = \log\mathcal{L}(\theta)", r"\ell(\theta) = \ln(\mathcal{L}(\theta))"),
    ("name: Var", r"V(y_{ij}) = \sigma^2_b+\sigma^2", r"Var(y_{ij}) = \sigma^2_b + \sigma^2"),
    ("name: log", r"\log\left(\tfrac{p}{1-p}\right)", r"\text{log}(p/(1-p))"),
    ("name: identity", r"\mathbf{I}_4 - \tfrac14\mathbf{J}_4", r"I_4 - \frac{1}{4} J_4"),
    ("superscript: prime", r"\left[\mathbf{X}\boldsymbol\beta\right]'", r"(\mathbf{X}\boldsymbol\beta)^T"),
    ("ellipsis: list", r"i=1,\dots,a;\ j=1,\dots,b", r"i = 1, 2, ..., a \\ j = 1, 2, ..., b"),
    ("operator: interval", r"\hat\mu\pm t_{0.975,\nu}\,\mathrm{se}(\hat\mu)",
     r"\hat{\mu} \pm t_{0.975, \nu} \cdot se(\hat{\mu})"),
]  # fmt: skip


@pytest.mark.parametrize(("pattern", "text", "meant"), ROWS)
def test_a_further_spelling_means_the_same(pattern: str, text: str, meant: str) -> None:
    reading = read(text)
    assert meaning(reading.parts) == meaning(read(meant).parts), pattern
    assert_reads_back(reading)


def test_an_interaction_without_brackets_is_one_term_of_its_model() -> None:
    written = read(r"y_{ijk} = \mu + \alpha_i + \beta_j + \alpha\beta_{ij} + e_{ijk}")
    assert meaning(written.parts) == meaning(
        read(r"y_{ijk} = \mu + \alpha_i + \beta_j + (\alpha\beta)_{ij} + e_{ijk}").parts
    )
    assert "brackets-missing" in {finding.key for finding in written.findings}


@pytest.mark.parametrize(
    ("text", "with_subject"),
    [
        (r"N(0, \sigma^2)", r"u_j \sim N(0, \sigma^2)"),
        (r"N(\mathbf{X}\boldsymbol{\beta}, \mathbf{V})", r"\mathbf{y} \sim N(\mathbf{X}\boldsymbol\beta, \mathbf{V})"),
        (r"\mathcal{N}\left(\mathbf{0}, \mathbf{R}\right)", r"\mathbf{e} \sim N(\mathbf{0}, \mathbf{R})"),
        (r"N_n(\bm{X\beta},\ \bm{\Sigma})", r"\mathbf{y} \sim N_n(\bm{X\beta}, \bm{\Sigma})"),
        (r"\mathrm{MVN}(\mathbf{0}, \mathbf{G})", r"\mathbf{u} \sim MVN(\mathbf{0}, \mathbf{G})"),
        (r"\text{Beta}(a, b)", r"p \sim Beta(a, b)"),
    ],
)
def test_a_distribution_alone_is_a_statement_without_a_subject(text: str, with_subject: str) -> None:
    reading = read(text)
    (alone,), (full,) = reading.parts, read(with_subject).parts
    assert isinstance(alone, Distribution) and isinstance(full, Distribution)
    assert (reading.kind, alone.subject) == ("distribution", None)
    assert (alone.family, alone.arguments, alone.below) == (full.family, full.arguments, full.below)
    assert_reads_back(reading)


@pytest.mark.parametrize(
    "text", ["U(0, 1)", r"t_\nu(\mu, \sigma^2)", r"y = N(0, \sigma^2)", r"2 N(0, 1)", r"N(0, 1) + \mu"]
)
def test_a_distribution_is_no_factor(text: str) -> None:
    with pytest.raises(ReadError) as refused:
        read(text)
    assert refused.value.kind == "distribution"
    assert refused.value.tip


def test_an_answer_about_a_model_says_what_has_a_distribution() -> None:
    with pytest.raises(ReadError) as refused:
        read(r"N(0, \sigma^2_u)", rcbd(3, 2).vocabulary)
    assert refused.value.kind == "distribution"


@pytest.mark.parametrize("text", ["h(s, t)", r"\rho(d, t)", r"\sigma^2 + k\left(s, t\right)"])
def test_a_letter_before_two_arguments_is_no_factor_of_a_row(text: str) -> None:
    with pytest.raises(ReadError) as refused:
        read(text)
    assert refused.value.kind == "ambiguous-call"
    assert refused.value.tip


@pytest.mark.parametrize("text", [r"\rho [1, 2]", r"\rho (1, 2)'", "2(1, 2)"])
def test_a_row_may_have_a_factor(text: str) -> None:
    assert read(text).shape in {(1, 2), (2, 1)}
