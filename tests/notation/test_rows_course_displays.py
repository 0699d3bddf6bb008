# ruff: noqa: E501  (a display stands on one line)
r"""Further displays in the shapes of public course pages on mixed models, each beside a note of its meaning.

The notes are in the plainest notation, and were made before any display was read: manuals of programs, courses on
experiments, repeated measures, estimating equations and multilevel models, then breeding values, maps, panels, priors.
"""

from __future__ import annotations

import pytest

from tests.notation.test_round_trip import meaning
from tests.notation.test_rows_lectures import without_places
from tutor.notation.read import read

CORE: list[tuple[str, str]] = [
    # penalized least squares and estimation
    (r"(\mathcal{Y} | \mathcal{B}=\bf{b}) \sim\mathcal{N}(\bf{ X\beta + Z b},\sigma^2\bf{I})",
     r"\mathcal{Y} | \mathcal{B} = \mathbf{b} \sim N(\mathbf{X}\boldsymbol\beta + \mathbf{Z}\mathbf{b}, \sigma^2\mathbf{I})"),
    (r"r^2(\theta,\beta,\mathbf{u})=\|\mathbf{y} - \mathbf{X}\beta -\mathbf{Z}\Lambda_\theta\mathbf{u}\|^2+\|\mathbf{u}\|^2",
     r"r^2(\theta, \beta, \mathbf{u}) = \lVert \mathbf{y} - \mathbf{X}\beta - \mathbf{Z}\Lambda_\theta\mathbf{u} \rVert^2 + \lVert \mathbf{u} \rVert^2"),
    (r"{\bf L}_\theta{\bf L}_\theta'=\Lambda_\theta'{\bf Z}'{\bf Z}\Lambda_\theta+{\bf I}_q",
     r"\mathbf{L}_\theta\mathbf{L}_\theta^T = \Lambda_\theta^T\mathbf{Z}^T\mathbf{Z}\Lambda_\theta + \mathbf{I}_q"),
    (r"\widehat{\sigma^2}_\theta=\frac{r^2_\theta}{n}",
     r"\hat\sigma^2_\theta = r^2_\theta / n"),
    (r"\beta = {(\sum_{i=1}^n X_{i}'V_i^{-1}X_{i})}^{-1}(\sum_{i=1}^n X_{i}'V_i^{-1}y_{i})",
     r"\boldsymbol\beta = \left(\sum_{i=1}^n X_i^T V_i^{-1} X_i\right)^{-1} \sum_{i=1}^n X_i^T V_i^{-1} y_i"),
    (r"\mathbf{K}'\mathbf{y} \sim N(\mathbf{0}, \mathbf{K}'\mathbf{V}\mathbf{K}), \quad \text{where } \mathbf{K}'\mathbf{X} = \mathbf{0}",
     r"\mathbf{K}^T\mathbf{y} \sim N(\mathbf{0}, \mathbf{K}^T\mathbf{V}\mathbf{K}); \mathbf{K}^T\mathbf{X} = \mathbf{0}"),
    (r"\frac{\partial \ell_R}{\partial \theta_j} = -\frac{1}{2}\text{tr}\left(\mathbf{P}\frac{\partial\mathbf{V}}{\partial\theta_j}\right) + \frac12\mathbf{y}'\mathbf{P}\frac{\partial\mathbf{V}}{\partial\theta_j}\mathbf{P}\mathbf{y}",
     r"\frac{\partial \ell_R}{\partial \theta_j} = -\frac{1}{2} \operatorname{tr}(\mathbf{P} \frac{\partial \mathbf{V}}{\partial \theta_j}) + \frac{1}{2} \mathbf{y}^T\mathbf{P} \frac{\partial \mathbf{V}}{\partial \theta_j} \mathbf{P}\mathbf{y}"),
    (r"\mathcal{I}_{jk} = \frac{1}{2}\text{tr}(\mathbf{P}\mathbf{V}_j\mathbf{P}\mathbf{V}_k)",
     r"\mathcal{I}_{jk} = \frac{1}{2} \operatorname{tr}(\mathbf{P} \mathbf{V}_j \mathbf{P} \mathbf{V}_k)"),
    (r"t = \frac{\mathbf{k}'\hat{\boldsymbol\beta}}{\sqrt{\mathbf{k}'\hat{\mathbf{C}}\mathbf{k}}} \sim t_\nu",
     r"t = \mathbf{k}^T\hat{\boldsymbol\beta} / \sqrt{\mathbf{k}^T\hat{\mathbf{C}}\mathbf{k}}; t \sim t_\nu"),
    (r"\hat{\mathbf{C}} = (\mathbf{X}'\hat{\mathbf{V}}^{-1}\mathbf{X})^{-1}, \qquad \hat{\mathbf{V}} = \mathbf{Z}\hat{\mathbf{G}}\mathbf{Z}' + \hat{\mathbf{R}}",
     r"\hat{\mathbf{C}} = (\mathbf{X}^T\hat{\mathbf{V}}^{-1}\mathbf{X})^{-1}; \hat{\mathbf{V}} = \mathbf{Z}\hat{\mathbf{G}}\mathbf{Z}^T + \hat{\mathbf{R}}"),
    (r"\begin{pmatrix}X'R^{-1}X&X'R^{-1}Z\\Z'R^{-1}X&Z'R^{-1}Z+G^{-1}\end{pmatrix} \begin{pmatrix}\widehat{\beta} \\ \widehat{u} \end{pmatrix}= \begin{pmatrix}X'R^{-1}y\\Z'R^{-1}y\end{pmatrix}",
     r"\begin{bmatrix} \mathbf{X}^T\mathbf{R}^{-1}\mathbf{X} & \mathbf{X}^T\mathbf{R}^{-1}\mathbf{Z} \\ \mathbf{Z}^T\mathbf{R}^{-1}\mathbf{X} & \mathbf{Z}^T\mathbf{R}^{-1}\mathbf{Z} + \mathbf{G}^{-1} \end{bmatrix} \begin{bmatrix} \hat{\boldsymbol\beta} \\ \hat{\mathbf{u}} \end{bmatrix} = \begin{bmatrix} \mathbf{X}^T\mathbf{R}^{-1}\mathbf{y} \\ \mathbf{Z}^T\mathbf{R}^{-1}\mathbf{y} \end{bmatrix}"),
    # designed experiments
    (r"\boldsymbol{y} = \boldsymbol{X b} + \boldsymbol{Z a} + \boldsymbol{e}, \quad \boldsymbol{R} = \sigma^2_e \boldsymbol{I}",
     r"\mathbf{y} = \mathbf{X}\mathbf{b} + \mathbf{Z}\mathbf{a} + \mathbf{e}; \mathbf{R} = \sigma^2_e\mathbf{I}"),
    (r"\boldsymbol{G} = \boldsymbol{B} \bigoplus \boldsymbol{M} = \begin{bmatrix} \sigma^2_B \boldsymbol{I} & \boldsymbol{0} \\ \boldsymbol{0} & \sigma^2_M \boldsymbol{I} \end{bmatrix}",
     r"\mathbf{G} = \mathbf{B} \oplus \mathbf{M} = \begin{bmatrix} \sigma^2_B\mathbf{I} & \mathbf{0} \\ \mathbf{0} & \sigma^2_M\mathbf{I} \end{bmatrix}"),
    (r"\begin{cases} \mu_i \sim_{\text{iid}} {\cal N}(\mu, \sigma^2_b) & i=1, \ldots, I \\ (y_{ij} \mid \mu_i) \sim_{\text{iid}} {\cal N}(\mu_i, \sigma^2_w) & j = 1, \ldots, J \end{cases}",
     r"\mu_i \sim \text{iid } N(\mu, \sigma^2_b); i = 1, \ldots, I; y_{ij} | \mu_i \sim \text{iid } N(\mu_i, \sigma^2_w); j = 1, \ldots, J"),
    (r"\bar{Y}_{\bullet\bullet} \sim {\cal N}\left(\mu, \frac{J\sigma_b^2 + \sigma_w^2}{IJ}\right)",
     r"\bar{Y}_{\cdot\cdot} \sim N(\mu, \frac{J \cdot \sigma^2_b + \sigma^2_w}{I \cdot J})"),
    (r"y_{ijk} = \mu + \alpha_i + \epsilon_{ij} + \beta_k + (\alpha\beta)_{ik} + \delta_{ijk}, \quad \epsilon_{ij} \sim N(0, \sigma^2_\epsilon), \; \delta_{ijk} \sim N(0, \sigma^2_\delta)",
     r"y_{ijk} = \mu + \alpha_i + \epsilon_{ij} + \beta_k + (\alpha\beta)_{ik} + \delta_{ijk}; \epsilon_{ij} \sim N(0, \sigma^2_\epsilon); \delta_{ijk} \sim N(0, \sigma^2_\delta)"),
    (r"\hat\sigma^2_\tau = \frac{MS_{Treatments} - MS_E}{n}",
     r"\hat\sigma^2_\tau = \frac{1}{n}(MS_{Treatments} - MS_E)"),
    (r"L = \frac{1}{n}\left[\frac{MS_{Treatments}}{MS_E}\frac{1}{F_{\alpha/2,\,a-1,\,N-a}} - 1\right]",
     r"L = \frac{1}{n} \cdot (MS_{Treatments} / (MS_E \cdot F_{\alpha/2, a-1, N-a}) - 1)"),
    (r"V(y_{ij}) = \sigma_\tau^2 + \sigma^2",
     r"\operatorname{Var}(y_{ij}) = \sigma^2_\tau + \sigma^2"),
    (r"y_{ij(k)} = \mu + \rho_i + \gamma_j + \tau_{(k)} + \varepsilon_{ij(k)}",
     r"y_{ij(k)} = \mu + \rho_i + \gamma_j + \tau_{(k)} + \varepsilon_{ij(k)}"),
    (r"y_{ij} = \mu + \tau_i + \beta(x_{ij} - \bar{x}_{..}) + \varepsilon_{ij}",
     r"y_{ij} = \mu + \tau_i + \beta x_{ij} - \beta \bar{x}_{\cdot\cdot} + \varepsilon_{ij}"),
    (r"\mathbf{V}^{-1} = \mathbf{I}_b \otimes \frac{1}{\sigma^2}\left(\mathbf{I}_t - \frac{\sigma_b^2}{\sigma^2+t\sigma_b^2}\mathbf{J}_t\right)",
     r"\mathbf{V}^{-1} = \mathbf{I}_b \otimes (\frac{1}{\sigma^2} (\mathbf{I}_t - \frac{\sigma^2_b}{\sigma^2 + t\sigma^2_b} \mathbf{J}_t))"),
    (r"\hat\varepsilon_{GG} = \frac{\left(\sum_{i} \lambda_i\right)^2}{(t-1)\sum_{i}\lambda_i^2}",
     r"\hat\varepsilon_{GG} = (\sum_i \lambda_i)^2 / ((t - 1) \cdot \sum_i \lambda_i^2)"),
    (r"E(MS_{Plots}) = \sigma^2_{\varepsilon} + b\,\sigma^2_{w}, \quad E(MS_{Error}) = \sigma^2_\varepsilon",
     r"E(MS_{Plots}) = \sigma^2_\varepsilon + b \sigma^2_w; E(MS_{Error}) = \sigma^2_\varepsilon"),
    (r"LSD_{0.05} = t_{0.025,\,df_e}\sqrt{\frac{2MSE}{r}}",
     r"LSD_{0.05} = t_{0.025, df_e} \cdot \sqrt{2 \cdot MSE / r}"),
    # repeated measures and estimating equations
    (r"\sum_{i=1}^{m} \left(\frac{\partial \boldsymbol{\mu}_i}{\partial \boldsymbol\beta}\right)^{\top} \mathbf{V}_i^{-1}(\mathbf{Y}_i - \boldsymbol\mu_i) = \mathbf{0}",
     r"\sum_{i=1}^m (\frac{\partial \boldsymbol\mu_i}{\partial \boldsymbol\beta})' \mathbf{V}_i^{-1} (\mathbf{Y}_i - \boldsymbol\mu_i) = \mathbf{0}"),
    (r"\text{Var}(\mathbf{Y}_i) = \phi\, \mathbf{A}_i^{1/2}\mathbf{R}_i(\alpha)\mathbf{A}_i^{1/2}",
     r"\operatorname{Var}(\mathbf{Y}_i) = \phi \mathbf{A}_i^{1/2}\mathbf{R}_i\mathbf{A}_i^{1/2}"),
    (r"\mathbf{\Sigma}_i = \begin{pmatrix} \sigma_1^2 & \sigma_{12} & \cdots & \sigma_{1n} \\ \sigma_{21} & \sigma_2^2 & \cdots & \sigma_{2n} \\ \vdots & \vdots & \ddots & \vdots \\ \sigma_{n1} & \sigma_{n2} & \cdots & \sigma_n^2 \end{pmatrix}",
     r"\boldsymbol\Sigma_i = \begin{bmatrix} \sigma_1^2 & \sigma_{12} & \sigma_{13} & \cdots & \sigma_{1n} \\ \sigma_{21} & \sigma_2^2 & \sigma_{23} & \cdots & \sigma_{2n} \\ \vdots & \vdots & \vdots & \ddots & \vdots \\ \sigma_{n1} & \sigma_{n2} & \sigma_{n3} & \cdots & \sigma_n^2 \end{bmatrix}"),
    (r"\mathbf{V} = \begin{bmatrix} \mathbf{V}_1 & & \\ & \ddots & \\ & & \mathbf{V}_m \end{bmatrix}",
     r"\mathbf{V} = \bigoplus_{i=1}^m \mathbf{V}_i"),
    (r"\rho_{jk} = \text{Corr}(Y_{ij}, Y_{ik}) = \frac{\sigma_{jk}}{\sqrt{\sigma_j^2\sigma_k^2}}",
     r"\rho_{jk} = \operatorname{Corr}(Y_{ij}, Y_{ik}) = \sigma_{jk} / \sqrt{\sigma_j^2 \cdot \sigma_k^2}"),
    (r"Y_{ij} = \beta_0 + \beta_1 t_{ij} + \beta_2 Trt_i + \beta_3 (t_{ij} \times Trt_i) + b_{0i} + b_{1i} t_{ij} + \varepsilon_{ij}",
     r"Y_{ij} = \beta_0 + \beta_1 t_{ij} + \beta_2 Trt_i + \beta_3 t_{ij} Trt_i + b_{0i} + b_{1i} t_{ij} + \varepsilon_{ij}"),
    (r"\text{Cov}(Y_{ij}, Y_{ik}) = \sigma_{b0}^2 + (t_{ij} + t_{ik})\sigma_{b01} + t_{ij}t_{ik}\sigma_{b1}^2",
     r"\operatorname{Cov}(Y_{ij}, Y_{ik}) = \sigma^2_{b0} + t_{ij}\sigma_{b01} + t_{ik}\sigma_{b01} + t_{ij} t_{ik} \sigma^2_{b1}"),
    (r"\hat{\mathbf{b}}_i = E(\mathbf{b}_i \mid \mathbf{Y}_i) = \hat{\mathbf{D}}\mathbf{Z}_i'\hat{\mathbf{V}}_i^{-1}(\mathbf{Y}_i - \mathbf{X}_i\hat{\boldsymbol\beta})",
     r"\hat{\mathbf{b}}_i = E(\mathbf{b}_i | \mathbf{Y}_i) = \hat{\mathbf{D}}\mathbf{Z}_i^T\hat{\mathbf{V}}_i^{-1}(\mathbf{Y}_i - \mathbf{X}_i\hat{\boldsymbol\beta})"),
    # multilevel and generalized models
    (r"\begin{aligned} \text{Level-1 Model:} \quad & Y_{ti} = \pi_{0i} + \pi_{1i}\text{Time}_{ti} + e_{ti} \\ \text{Level-2 Model:} \quad & \pi_{0i} = \beta_{00} + \beta_{01}X_i + r_{0i} \\ & \pi_{1i} = \beta_{10} + \beta_{11} X_i + r_{1i} \end{aligned}",
     r"Y_{ti} = \pi_{0i} + \pi_{1i} Time_{ti} + e_{ti}; \pi_{0i} = \beta_{00} + \beta_{01} X_i + r_{0i}; \pi_{1i} = \beta_{10} + \beta_{11} X_i + r_{1i}"),
    (r"\begin{bmatrix} r_{0i} \\ r_{1i} \end{bmatrix} \sim N(\mathbf{0}, \mathbf{T}), \quad \mathbf{T} = \begin{bmatrix} \tau_{00} & \tau_{01} \\ \tau_{10} & \tau_{11} \end{bmatrix}",
     r"\begin{pmatrix} r_{0i} \\ r_{1i} \end{pmatrix} \sim N(\mathbf{0}, \mathbf{T}); \mathbf{T} = \begin{pmatrix} \tau_{00} & \tau_{01} \\ \tau_{10} & \tau_{11} \end{pmatrix}"),
    (r"n_{eff} = \frac{nJ}{1 + (n-1)\rho}",
     r"n_{eff} = J n / (1 + (n - 1) \cdot \rho)"),
    (r"\rho_{school} = \frac{\sigma^2_{v}}{\sigma^2_v + \sigma^2_u + \sigma^2_e}",
     r"\rho_{school} = \sigma^2_v / (\sigma^2_v + \sigma^2_u + \sigma^2_e)"),
    (r"ICC = \frac{\sigma_u^2}{\sigma_u^2 + \frac{\pi^2}{3}} \approx \frac{\sigma_u^2}{\sigma_u^2 + 3.29}",
     r"ICC = \sigma^2_u / (\sigma^2_u + \pi^2 / 3) \approx \sigma^2_u / (\sigma^2_u + 3.29)"),
    (r"\text{MOR} = \exp\left(\sqrt{2\sigma_u^2}\,\Phi^{-1}(0.75)\right)",
     r"MOR = \exp(\sqrt{2 \cdot \sigma^2_u} \cdot \Phi^{-1}(0.75))"),
    (r"Y_{ij} \mid b_i \sim \text{NB}(\mu_{ij}, \theta), \quad \text{Var}(Y_{ij} \mid b_i) = \mu_{ij} + \frac{\mu_{ij}^2}{\theta}",
     r"Y_{ij} | b_i \sim \operatorname{NB}(\mu_{ij}, \theta); \operatorname{Var}(Y_{ij} | b_i) = \mu_{ij} + \mu_{ij}^2 / \theta"),
    (r"\begin{pmatrix} X^TWX & X^TWZ \\ Z^TWX & Z^TWZ + G^{-1} \end{pmatrix}\begin{pmatrix} \hat\beta \\ \hat u \end{pmatrix} = \begin{pmatrix} X^TWz \\ Z^TWz \end{pmatrix}",
     r"\begin{bmatrix} \mathbf{X}'\mathbf{W}\mathbf{X} & \mathbf{X}'\mathbf{W}\mathbf{Z} \\ \mathbf{Z}'\mathbf{W}\mathbf{X} & \mathbf{Z}'\mathbf{W}\mathbf{Z} + \mathbf{G}^{-1} \end{bmatrix} \begin{bmatrix} \hat{\boldsymbol\beta} \\ \hat{\mathbf{u}} \end{bmatrix} = \begin{bmatrix} \mathbf{X}'\mathbf{W}\mathbf{z} \\ \mathbf{Z}'\mathbf{W}\mathbf{z} \end{bmatrix}"),
    (r"\Pr(Y_{ij} \le k \mid b_i) = \frac{\exp(\theta_k - \eta_{ij})}{1 + \exp(\theta_k - \eta_{ij})}",
     r"\Pr(Y_{ij} \le k | b_i) = \exp(\theta_k - \eta_{ij}) / (1 + \exp(\theta_k - \eta_{ij}))"),
    (r"L_i(\boldsymbol\beta, \mathbf{D}) = \int \prod_{j=1}^{n_i} f(y_{ij} \mid \mathbf{b}_i)\, f(\mathbf{b}_i \mid \mathbf{D})\, d\mathbf{b}_i",
     r"L_i(\boldsymbol\beta, \mathbf{D}) = \int \left(\prod_{j=1}^{n_i} f(y_{ij} | \mathbf{b}_i)\right) f(\mathbf{b}_i | \mathbf{D}) d\mathbf{b}_i"),
    (r"D = -2\{\ell(\hat{\boldsymbol\mu}; \mathbf{y}) - \ell(\mathbf{y}; \mathbf{y})\}",
     r"D = -2(\ell(\hat{\boldsymbol\mu}; \mathbf{y}) - \ell(\mathbf{y}; \mathbf{y}))"),
    (r"\text{logit}\{P(Y_{ij}=1 \mid \mathbf{b}_i)\} = \mathbf{x}_{ij}'\boldsymbol\beta + \mathbf{z}_{ij}'\mathbf{b}_i",
     r"\operatorname{logit}(P(Y_{ij} = 1 | \mathbf{b}_i)) = \mathbf{x}_{ij}^T\boldsymbol\beta + \mathbf{z}_{ij}^T\mathbf{b}_i"),
]  # fmt: skip

NEIGHBOURING: list[tuple[str, str]] = [
    # breeding values
    (r"\boldsymbol{g}_1 \sim MN(\boldsymbol 0, \sigma^2_1 \boldsymbol G_1)",
     r"\mathbf{g}_1 \sim MVN(\mathbf{0}, \sigma^2_1\mathbf{G}_1)"),
    (r"\left[\begin{array}{ll} \mathbf{X}'\mathbf{R}^{-1}\mathbf{X} & \mathbf{X}'\mathbf{R}^{-1}\mathbf{Z} \\ \mathbf{Z}'\mathbf{R}^{-1}\mathbf{X} & \mathbf{Z}'\mathbf{R}^{-1}\mathbf{Z} + \mathbf{A}_{u}^{-1}/\sigma_u^{2} \end{array}\right]",
     r"\begin{bmatrix} \mathbf{X}^T\mathbf{R}^{-1}\mathbf{X} & \mathbf{X}^T\mathbf{R}^{-1}\mathbf{Z} \\ \mathbf{Z}^T\mathbf{R}^{-1}\mathbf{X} & \mathbf{Z}^T\mathbf{R}^{-1}\mathbf{Z} + \frac{1}{\sigma^2_u} (\mathbf{A}_u)^{-1} \end{bmatrix}"),
    (r"\mathbf{b} = \mathbf{P}^{-1}\mathbf{G}\mathbf{a}, \quad I = \mathbf{b}'\mathbf{x}",
     r"\mathbf{b} = (\mathbf{P})^{-1}\mathbf{G}\mathbf{a}; I = \mathbf{b}^T\mathbf{x}"),
    (r"r_G = \frac{\sigma_{A_{12}}}{\sigma_{A_1}\sigma_{A_2}}",
     r"r_G = \sigma_{A_{12}} / (\sigma_{A_1} \cdot \sigma_{A_2})"),
    (r"\mathbf{G} = \begin{bmatrix} \sigma^2_{a_1} & \sigma_{a_{12}} \\ \sigma_{a_{12}} & \sigma^2_{a_2} \end{bmatrix} \otimes \mathbf{A}",
     r"\mathbf{G} = \begin{pmatrix} \sigma^2_{a_1} & \sigma_{a_{12}} \\ \sigma_{a_{12}} & \sigma^2_{a_2} \end{pmatrix} \otimes \mathbf{A}"),
    (r"\hat{\mathbf{g}} = \mathbf{G}\mathbf{Z}'(\mathbf{Z}\mathbf{G}\mathbf{Z}' + \mathbf{I}\lambda)^{-1}(\mathbf{y} - \mathbf{1}\hat\mu)",
     r"\hat{\mathbf{g}} = \mathbf{G}\mathbf{Z}^T(\mathbf{Z}\mathbf{G}\mathbf{Z}^T + \lambda\mathbf{I})^{-1}(\mathbf{y} - \hat\mu\mathbf{1})"),
    (r"\Delta G = \frac{i\, r\, \sigma_A}{L}",
     r"\Delta G = i \cdot r \cdot \sigma_A / L"),
    # maps and panels
    (r"\hat{Z}(\mathbf{s}_0) = \boldsymbol\lambda'\mathbf{z}, \quad \boldsymbol\lambda = \boldsymbol\Sigma^{-1}\boldsymbol\sigma_0",
     r"\hat{Z}(\mathbf{s}_0) = \boldsymbol\lambda^T\mathbf{z}; \boldsymbol\lambda = (\boldsymbol\Sigma)^{-1}\boldsymbol\sigma_0"),
    (r"\mathbf{y} = \rho\mathbf{W}\mathbf{y} + \mathbf{X}\boldsymbol\beta + \boldsymbol\varepsilon, \quad \mathbf{y} = (\mathbf{I} - \rho\mathbf{W})^{-1}(\mathbf{X}\boldsymbol\beta + \boldsymbol\varepsilon)",
     r"\mathbf{y} = \rho \mathbf{W} \mathbf{y} + \mathbf{X}\boldsymbol\beta + \boldsymbol\varepsilon; \mathbf{y} = (\mathbf{I} - \rho \mathbf{W})^{-1} (\mathbf{X}\boldsymbol\beta + \boldsymbol\varepsilon)"),
    (r"\text{Cov}(Z(\mathbf{s}_i), Z(\mathbf{s}_j)) = \sigma^2\exp\left(-\frac{\|\mathbf{s}_i - \mathbf{s}_j\|}{\phi}\right)",
     r"\operatorname{Cov}(Z(\mathbf{s}_i), Z(\mathbf{s}_j)) = \sigma^2 \exp(-\lVert \mathbf{s}_i - \mathbf{s}_j \rVert / \phi)"),
    (r"y_{it} - \bar{y}_i = (\mathbf{x}_{it} - \bar{\mathbf{x}}_i)'\boldsymbol\beta + (u_{it} - \bar{u}_i)",
     r"y_{it} - \bar{y}_i = (\mathbf{x}_{it} - \bar{\mathbf{x}}_i)^T\boldsymbol\beta + (u_{it} - \bar{u}_i)"),
    # priors and smoothing
    (r"\pi(\sigma^2_u) \propto (\sigma_u^2)^{-(a+1)}\exp\left(-\frac{b}{\sigma_u^2}\right)",
     r"\pi(\sigma^2_u) \propto (\sigma^2_u)^{-a-1} \exp(-b / \sigma^2_u)"),
    (r"\theta_j \mid \mu, \tau \sim N(\mu, \tau^2), \quad p(\mu, \tau) \propto 1",
     r"\theta_j | \mu, \tau \sim N(\mu, \tau^2); p(\mu, \tau) \propto 1"),
    (r"\hat{\mathbf{f}} = \mathbf{C}(\mathbf{C}'\mathbf{C} + \lambda\mathbf{D})^{-1}\mathbf{C}'\mathbf{y}",
     r"\hat{\mathbf{f}} = \mathbf{C}(\mathbf{C}^T\mathbf{C} + \lambda\mathbf{D})^{-1}\mathbf{C}^T\mathbf{y}"),
    (r"\beta_j \sim \text{Normal}(0, 10), \quad \sigma \sim \text{Half-Normal}(0, 1), \quad \mathbf{R} \sim \text{LKJ}(2)",
     r"\beta_j \sim N(0, 10); \sigma \sim \text{Half-Normal}(0, 1); \mathbf{R} \sim \operatorname{LKJ}(2)"),
]  # fmt: skip

NOTED = CORE + NEIGHBOURING


@pytest.mark.parametrize(("text", "note"), NOTED, ids=[text for text, _ in NOTED])
def test_a_display_of_a_course_says_what_was_noted_of_it(text: str, note: str) -> None:
    told = [[meaning(without_places(part)) for part in read(written).parts] for written in (text, note)]
    assert told[0] == told[1]
