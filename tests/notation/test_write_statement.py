"""Statements as a lecture displays them, in each dialect; that they read back is shown in test_round_trip."""

from __future__ import annotations

import pytest

from tutor.notation.read import read
from tutor.notation.write import Style, inline, latex, write

LISTED = [
    (r"\boldsymbol\beta \equiv (\beta_0, \beta_1, \dots, \beta_p)'",
     r"\boldsymbol{\beta} \equiv \begin{bmatrix} \beta_0 \\ \beta_1 \\ \vdots \\ \beta_p \end{bmatrix}",
     "β ≡ [β_0, β_1, …, β_p]'"),
    (r"[y_1, \ldots, y_n]", r"\begin{bmatrix} y_1 & \cdots & y_n \end{bmatrix}", "[[y_1, …, y_n]]"),
]  # fmt: skip


@pytest.mark.parametrize(("text", "tex", "plain"), LISTED)
def test_a_vector_that_was_listed_is_listed(text: str, tex: str, plain: str) -> None:
    assert (write(read(text)), write(read(text), "unicode").strip()) == (tex, plain)


STATEMENTS: list[tuple[str, str, str, str]] = [
    (
        r"Var(\mathbf{y})=\mathbf{V}=\mathbf{ZGZ}'+\mathbf{R}",
        r"\operatorname{Var}(\mathbf{y}) = \mathbf{V} = \mathbf{Z}\mathbf{G}\mathbf{Z}' + \mathbf{R}",
        "Var(y) = V = ZGZ' + R",
        "the variance of vector y equals V equals Z G Z transpose plus R",
    ),
    (
        r"y_{ij}=\mu+\tau_i+u_j+\varepsilon_{ij}",
        r"y_{ij} = \mu + \tau_i + u_j + \varepsilon_{ij}",
        "y_ij = μ + τ_i + u_j + ε_ij",
        "y sub i j equals mu plus tau sub i plus u sub j plus epsilon sub i j",
    ),
    (
        r"y_i=\beta_0+x_i\beta_1-\varepsilon_i",
        r"y_i = \beta_0 + x_i \beta_1 - \varepsilon_i",
        "y_i = β_0 + x_i β_1 − ε_i",
        "y sub i equals beta sub 0 plus x sub i beta sub 1 minus epsilon sub i",
    ),
    (
        r"\mathbf{y}|\mathbf{u}\sim MVN(\mathbf{X}\boldsymbol\beta+\mathbf{Zu},\mathbf{R})",
        r"\mathbf{y} \mid \mathbf{u} \sim N(\mathbf{X}\boldsymbol{\beta} + \mathbf{Z}\mathbf{u}, \mathbf{R})",
        "y | u ~ N(Xβ + Zu, R)",
        "vector y given vector u is distributed as normal with mean X vector beta plus Z vector u and variance R",
    ),
    (
        r"\mathbf{u}\sim N(\mathbf{0},\mathbf{G})",
        r"\mathbf{u} \sim N(\mathbf{0}, \mathbf{G})",
        "u ~ N(0, G)",
        "vector u is distributed as normal with mean zero and variance G",
    ),
    (
        r"cov(\mathbf{u},\boldsymbol\varepsilon)=\mathbf{0}",
        r"\operatorname{Cov}(\mathbf{u}, \boldsymbol{\varepsilon}) = \mathbf{0}",
        "Cov(u, ε) = 0",
        "the covariance of vector u and vector epsilon equals zero",
    ),
    (r"\mathbf{Z}:n\times q", r"\mathbf{Z}: n \times q", "Z: n × q", "Z: n by q"),
    (r"i=1,2,\ldots,t", r"i = 1, \dots, t", "i = 1, …, t", "i equals 1, and so on, t"),
    ("j=1,2,3", "j = 1, 2, 3", "j = 1, 2, 3", "j equals 1, 2, 3"),
    (r"0<\rho\le 1", r"0 < \rho \leq 1", "0 < ρ ≤ 1", "0 is less than rho is at most 1"),
    (
        r"y\sim t_\nu(\mu,\sigma^2)",
        r"y \sim t_{\nu}(\mu, \sigma^2)",
        "y ~ t_ν(μ, σ²)",
        "y is distributed as t sub nu of open bracket mu, sigma squared close bracket",
    ),
    (
        r"y\sim Binomial(n,\pi)",
        r"y \sim \operatorname{Binomial}(n, \pi)",
        "y ~ Binomial(n, π)",
        "y is distributed as Binomial of n and pi",
    ),
    (
        r"\varepsilon_{ij} \sim iid\ N(0, \sigma^2)",
        r"\varepsilon_{ij} \overset{\text{iid}}{\sim} N(0, \sigma^2)",
        "ε_ij ~ iid N(0, σ²)",
        "epsilon sub i j is independently and identically distributed as normal with mean 0 and variance sigma squared",
    ),
    (
        r"\tau_1=\tau_2=\dots=\tau_t",
        r"\tau_1 = \tau_2 = \cdots = \tau_t",
        "τ_1 = τ_2 = … = τ_t",
        "tau sub 1 equals tau sub 2 equals and so on equals tau sub t",
    ),
]


@pytest.mark.parametrize(("told", "tex", "text", "spoken"), STATEMENTS, ids=[text for *_, text, _ in STATEMENTS])
def test_a_statement_is_written_in_each_dialect(told: str, tex: str, text: str, spoken: str) -> None:
    reading = read(told)
    assert write(reading, "latex") == tex
    assert write(reading, "markdown") == f"$${tex}$$"
    assert write(reading, "unicode") == text
    assert write(reading, "spoken") == spoken


WRITTEN: list[tuple[str, str, str]] = [
    (
        r"\boldsymbol\mu=g^{-1}(\boldsymbol\eta)",
        r"\boldsymbol{\mu} = g^{-1}(\boldsymbol{\eta})",
        "𝝁 = g⁻¹(𝜼)",
    ),
    (r"g(\boldsymbol\mu)=\boldsymbol\eta", r"g(\boldsymbol{\mu}) = \boldsymbol{\eta}", "g(𝝁) = 𝜼"),
    (
        r"\ell(\boldsymbol\theta)=\log L(\boldsymbol\theta)",
        r"\ell(\boldsymbol{\theta}) = \log(L(\boldsymbol{\theta}))",
        "ℓ(𝜽) = log(L(𝜽))",
    ),
    (r"E(y)=b'(\theta)", r"\operatorname{E}(y) = b'(\theta)", "E(y) = b'(θ)"),
    (r"P(Y\le y)", r"P(Y \leq y)", "P(Y ≤ y)"),
    (
        r"Cov(y_1,y_2)=\begin{cases}\rho&\text{if } i = i'\text{ and } j = j'\\0&\text{otherwise}\end{cases}",
        r"\operatorname{Cov}(y_1, y_2) = \begin{cases} \rho & \text{if } i = i' \text{ and } j = j' \\ "
        r"0 & \text{otherwise} \end{cases}",
        "Cov(y_1, y_2) = {ρ, if i = i' and j = j';  0, otherwise}",
    ),
]
"""Text, and how LaTeX and Unicode write it."""


@pytest.mark.parametrize(("told", "tex", "text"), WRITTEN, ids=[told for told, *_ in WRITTEN])
def test_a_formula_is_written_as_it_was_told(told: str, tex: str, text: str) -> None:
    assert latex(read(told)) == tex
    assert inline(read(told)) == text


def test_a_joint_distribution_shows_its_blocks_with_plain_zeros() -> None:
    told = (
        r"\begin{bmatrix} \mathbf{u} \\ \boldsymbol\varepsilon \end{bmatrix} \sim N\left(\begin{bmatrix} \mathbf{0} \\"
        r" \mathbf{0} \end{bmatrix}, \begin{bmatrix} \mathbf{G} & \mathbf{0} \\ \mathbf{0} & \mathbf{R} \end{bmatrix}"
        r"\right)"
    )
    assert write(read(told)) == told.replace(r"\boldsymbol\varepsilon", r"\boldsymbol{\varepsilon}")
    assert write(read(told), "unicode") == "[[u], [ε]] ~ N([[0], [0]], [[G, 0], [0, R]])"


def test_a_style_reaches_every_part_of_a_statement() -> None:
    told = read(r"\mathbf{u}\sim N(\mathbf{0},\sigma^2_u\mathbf{I}_q)")
    assert write(told, style=Style(random="b", bold=False)) == r"b \sim N(0, \sigma^2_b I_q)"
    assert write(told, "unicode", Style(dimensions=True)) == "u_{q×1} ~ N(0, σ²_u I_{q×q})"


def test_statements_of_a_display_stand_on_one_line_with_semicolons() -> None:
    told = read(r"\mathbf{G} = \sigma^2_u \mathbf{I}_q, \quad \mathbf{R} = \sigma^2 \mathbf{I}_n")
    assert write(told, "unicode") == "G = σ²_u I_q;  R = σ² I_n"
