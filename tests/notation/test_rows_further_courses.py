r"""Formulas in the shapes of further public courses on mixed models, longitudinal data, kriging and breeding values,
each beside a note of its meaning in the plainest notation, or node by node, that was made before it was read."""

from __future__ import annotations

import pytest

from tests.notation.outlines import outline
from tests.notation.test_round_trip import meaning
from tests.notation.test_rows_expressions import assert_reads_back
from tests.notation.test_rows_lectures import without_places
from tutor.notation.read import read

NOTED: list[tuple[str, str]] = [
    # what a course writes, and the note
    (r"\boldsymbol{Y} = \boldsymbol{X\beta} + \boldsymbol{Zu} + \boldsymbol{e}",
     r"\mathbf{Y} = \mathbf{X}\boldsymbol\beta + \mathbf{Z}\mathbf{u} + \mathbf{e}"),
    (r"\begin{pmatrix} \boldsymbol{u}\\ \boldsymbol{e} \end{pmatrix} \sim \mathcal{N} \begin{pmatrix} \begin{pmatrix} "
     r"\boldsymbol{0}\\ \boldsymbol{0} \end{pmatrix}, \begin{pmatrix} \boldsymbol{G} & \boldsymbol{0}\\ "
     r"\boldsymbol{0} & \boldsymbol{R} \end{pmatrix} \end{pmatrix}",
     r"\begin{bmatrix} \mathbf{u}\\ \mathbf{e} \end{bmatrix} \sim N\left(\begin{bmatrix} \mathbf{0}\\ \mathbf{0} "
     r"\end{bmatrix}, \begin{bmatrix} \mathbf{G} & \mathbf{0}\\ \mathbf{0} & \mathbf{R} \end{bmatrix}\right)"),
    (r"(2\pi)^{-\frac{n}{2}} |\boldsymbol{\Sigma}|^{-\frac{1}{2}} \text{exp}[-\frac{1}{2}(\boldsymbol{y} - "
     r"\boldsymbol{\mu})^{T}\boldsymbol{\Sigma}^{-1}(\boldsymbol{y} - \boldsymbol{\mu})]",
     r"(2\pi)^{-n/2} |\Sigma|^{-1/2} \exp(-\frac{1}{2}(\mathbf{y} - \boldsymbol\mu)'\Sigma^{-1}(\mathbf{y} - "
     r"\boldsymbol\mu))"),
    (r"V_i(\alpha, \sigma^2_\epsilon) = Z_iD(\alpha)Z_i' + \sigma^2_\epsilon I_{n_i}",
     r"V_i = Z_i D Z_i' + \sigma^2_\epsilon I_{n_i}"),
    (r"\frac{\partial \ell}{\partial \beta} = \sum_i X_i' V_i(\alpha, \sigma^2_\epsilon)^{-1}(Y_i - X_i\beta) = 0",
     r"\frac{\partial \ell}{\partial \beta} = \sum_i X_i' V_i^{-1}(Y_i - X_i\beta) = 0"),
    (r"\hat{\beta} \sim N\left[\beta, \left(\sum_i X_i' V_i^{-1} X_i\right)^{-1}\right]",
     r"\hat{\beta} \sim N(\beta, (\sum_i X_i' V_i^{-1} X_i)^{-1})"),
    (r"E[X_i' V_i^{-1}(Y_i - X_i\beta)] = X_i' V_i^{-1} E[(Y_i - X_i\beta)] = 0",
     r"E(X_i' V_i^{-1}(Y_i - X_i\beta)) = X_i' V_i^{-1} E(Y_i - X_i\beta) = 0"),
    (r"\hat Z(s_0) = \sum_{i=1}^n \lambda_i Z(s_i), \quad \sum_{i=1}^n \lambda_i = 1",
     r"\hat Z(s_0) = \sum_{i=1}^n \lambda_i Z(s_i); \sum_{i=1}^n \lambda_i = 1"),
    (r"u \sim N(0, A\sigma_a^2), \quad e \sim N(0, I\sigma_e^2)",
     r"\mathbf{u} \sim N(\mathbf{0}, \sigma_a^2\mathbf{A}), \mathbf{e} \sim N(\mathbf{0}, \sigma_e^2\mathbf{I})"),
    (r"\ell_R = -\frac{1}{2}\left\{\log|V| + \log|X'V^{-1}X| + y'Py\right\}",
     r"\ell_R = -\frac{1}{2}(\log|\mathbf{V}| + \log|\mathbf{X}'\mathbf{V}^{-1}\mathbf{X}| + "
     r"\mathbf{y}'\mathbf{P}\mathbf{y})"),
    (r"E(y'Ay) = \mathrm{tr}(AV) + \mu'A\mu",
     r"E(\mathbf{y}'\mathbf{A}\mathbf{y}) = tr(\mathbf{A}\mathbf{V}) + \boldsymbol\mu'\mathbf{A}\boldsymbol\mu"),
    (r"\mathrm{Var}(\hat u - u) = G - GZ'PZG",
     r"Var(\hat{\mathbf{u}} - \mathbf{u}) = \mathbf{G} - \mathbf{G}\mathbf{Z}'\mathbf{P}\mathbf{Z}\mathbf{G}"),
    (r"u \sim N(0, G_0 \otimes A)", r"\mathbf{u} \sim N(\mathbf{0}, \mathbf{G}_0 \otimes \mathbf{A})"),
    (r"R_0 \otimes I_n", r"\mathbf{R}_0 \otimes \mathbf{I}_n"),
    (r"\sum_j 2p_j(1-p_j)", r"\sum_j 2 \cdot p_j \cdot (1-p_j)"),
    (r"\sum_{j=1}^2 p_j(1-p_j)", r"p_1 \cdot (1-p_1) + p_2 \cdot (1-p_2)"),
]  # fmt: skip

TOLD: list[tuple[str, str]] = [
    # what a course writes, and what it means, node by node
    (r"\Sigma_i = \mathbf{Z}_i G \mathbf{Z}_i^\top + R_i",
     "equation: Sigma_i[n_i,n_i] = (Z_i[n_i,q] @ G[q,q] @ transpose(Z_i[n_i,q])) + R_i[n_i,n_i]"),
    (r"V_i = \mathbf{A}_i^{1/2} R(\alpha) \mathbf{A}_i^{1/2}",
     "equation: V_i[n,n] = power[n,n](A_i[n,n], 1/2) @ R[n,n] @ power[n,n](A_i[n,n], 1/2)"),
    (r"\hat V_R = \left(\sum_i D_i'V_i^{-1}D_i\right)^{-1}",
     "equation: Vhat_R[n,n] = inv(sum over i from 1 to levels_i of "
     "(transpose(D_i[n_i,n]) @ inv(V_i[n_i,n_i]) @ D_i[n_i,n]))"),
    (r"h^2 = \frac{\sigma_a^2}{\sigma_a^2 + \sigma_e^2}", "equation: h**2 = sigma2_a/(sigma2 + sigma2_a)"),
    (r"\hat\mu_i - \mu = \frac{n\sigma_u^2}{n\sigma_u^2+\sigma_e^2}(\bar y_{i.} - \mu)",
     "equation: -mu + muhat_i = n*sigma2_u*(-mu + ybar_i.)/(n*sigma2_u + sigma2)"),
    (r"Y_{ij} = (\beta_0 + b_{0i}) + (\beta_1 + b_{1i})t_{ij} + \epsilon_{ij}",
     "index-model: Y_ij = b_0i + beta_0 + e_ij + t_ij*(b_1i + beta_1)"),
    (r"\mathrm{Cov}(Y_{ij}, Y_{ik}) = \sigma^2\rho^{|j-k|}",
     "equation: Cov(Y_ij, Y_ik) = rho**Abs(j - k)*sigma2"),
    (r"A^{-1} = (T^{-1})'D^{-1}T^{-1}",
     "equation: inv(A[n,n]) = transpose(inv(T[n,n])) @ inv(D[n,n]) @ inv(T[n,n])"),
]  # fmt: skip


@pytest.mark.parametrize(("text", "note"), NOTED, ids=[text for text, _ in NOTED])
def test_a_formula_of_a_course_says_what_was_noted_of_it(text: str, note: str) -> None:
    readings = [read(written) for written in (text, note)]
    told = [[meaning(without_places(part)) for part in reading.parts] for reading in readings]
    assert told[0] == told[1]
    assert_reads_back(readings[0])


@pytest.mark.parametrize(("text", "told"), TOLD, ids=[text for text, _ in TOLD])
def test_a_formula_of_a_course_means_what_was_noted_of_it(text: str, told: str) -> None:
    reading = read(text)
    assert outline(reading) == told
    assert_reads_back(reading)
