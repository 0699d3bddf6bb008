# ruff: noqa: E501  (a display stands on one line)
r"""Displays in the shapes of public teaching pages on analysis of variance, growth models and likelihoods of mixed
models, each beside a note of its meaning.

The notes are in the plainest notation, and were made before any display was read.
"""

from __future__ import annotations

import pytest

from tests.notation.outlines import outline
from tests.notation.test_round_trip import meaning
from tests.notation.test_rows_lectures import without_places
from tutor.errors import ShapeError
from tutor.notation.read import read
from tutor.notation.write import DialectName, write

NOTED: list[tuple[str, str]] = [
    # two factors, fixed
    (r"y_{...}=\sum_i\sum_j\sum_k y_{ijk},\ \ \bar y_{...}=\frac{y_{...}}{abn}",
     r"y_{\cdot\cdot\cdot} = \sum_i \sum_j \sum_k y_{ijk}; \bar{y}_{\cdot\cdot\cdot} = y_{\cdot\cdot\cdot} / (a b n)"),
    (r"\sum_i\sum_j\sum_k (y_{ijk}-\bar y_{...})^2 = bn\sum_i(\bar y_{i..}-\bar y_{...})^2 + an\sum_j(\bar y_{.j.}-\bar y_{...})^2 + n\sum_i\sum_j(\bar y_{ij.}-\bar y_{i..}-\bar y_{.j.}+\bar y_{...})^2 + \sum_i\sum_j\sum_k (y_{ijk}-\bar y_{ij.})^2",
     r"\sum_i \sum_j \sum_k (y_{ijk} - \bar{y}_{\cdot\cdot\cdot})^2 = b n \sum_i (\bar{y}_{i\cdot\cdot} - \bar{y}_{\cdot\cdot\cdot})^2 + a n \sum_j (\bar{y}_{\cdot j\cdot} - \bar{y}_{\cdot\cdot\cdot})^2 + n \sum_i \sum_j (\bar{y}_{ij\cdot} - \bar{y}_{i\cdot\cdot} - \bar{y}_{\cdot j\cdot} + \bar{y}_{\cdot\cdot\cdot})^2 + \sum_i \sum_j \sum_k (y_{ijk} - \bar{y}_{ij\cdot})^2"),
    (r"SS_T = SS_A + SS_B + SS_{AB} + SS_E",
     r"SS_T = SS_A + SS_B + SS_{AB} + SS_E"),
    (r"E(MS_A)=\sigma^2+\frac{bn\sum_i\tau_i^2}{a-1},\quad E(MS_B)=\sigma^2+\frac{an\sum_j\beta_j^2}{b-1},\quad E(MS_{AB})=\sigma^2+\frac{n\sum_i\sum_j(\tau\beta)_{ij}^2}{(a-1)(b-1)},\quad E(MS_E)=\sigma^2",
     r"E(MS_A) = \sigma^2 + \frac{b n}{a - 1} \sum_i \tau_i^2; E(MS_B) = \sigma^2 + \frac{a n}{b - 1} \sum_j \beta_j^2; E(MS_{AB}) = \sigma^2 + \frac{n}{(a - 1)(b - 1)} \sum_i \sum_j (\tau\beta)_{ij}^2; E(MS_E) = \sigma^2"),
    (r"(ab-1)-(a-1)-(b-1)=(a-1)(b-1)",
     r"(a b - 1) - (a - 1) - (b - 1) = (a - 1)(b - 1)"),
    (r"\varepsilon_{ijk}\sim\text{NID}(0,\sigma^2)",
     r"\varepsilon_{ijk} \sim \text{ind } N(0, \sigma^2)"),
    (r"SS_{AB} = \frac{1}{n}\sum_i\sum_j y_{ij.}^2-\frac{y_{...}^2}{abn} - SS_A - SS_B",
     r"SS_{AB} = \frac{1}{n} \sum_i \sum_j y_{ij\cdot}^2 - \frac{1}{a b n} y_{\cdot\cdot\cdot}^2 - SS_A - SS_B"),
    (r"bn\sum(\bar y_{i..}-\bar y_{...})^2",
     r"b n \sum (\bar{y}_{i\cdot\cdot} - \bar{y}_{\cdot\cdot\cdot})^2"),
    # nested factors
    (r"E(MS_{B(A)}) = \sigma^2+\dfrac{n\sum\sum\beta_{j(i)}^2}{a(b-1)}",
     r"E(MS_{B(A)}) = \sigma^2 + \frac{n}{a (b - 1)} \sum \sum \beta_{j(i)}^2"),
    (r"E(MS_A) = \sigma^2+n\sigma_\beta^2+bn\sigma_\tau^2",
     r"E(MS_A) = \sigma^2 + n\sigma^2_\beta + b n\sigma^2_\tau"),
    (r"SS_{B(A)}=SS_B+SS_{AB}",
     r"SS_{B(A)} = SS_B + SS_{AB}"),
    (r"F_0 = MS_A/MS_{B(A)} \sim F_{a-1,\,a(b-1)}",
     r"F_0 = MS_A / MS_{B(A)}; F_0 \sim F_{a-1, a(b-1)}"),
    # one factor
    (r"MS_{trt}=\frac{SS_{trt}}{k-1}\implies E(MS_{trt})=\sigma^2_{\varepsilon}+n\sigma^2_{\tau}",
     r"MS_{trt} = \frac{1}{k - 1} SS_{trt}; E(MS_{trt}) = \sigma^2_\varepsilon + n\sigma^2_\tau"),
    (r"E(SS_{trt})=(k-1)\sigma_\varepsilon^2+n\sum_{i=1}^k\tau_i^2",
     r"E(SS_{trt}) = (k - 1)\sigma^2_\varepsilon + n \sum_{i=1}^k \tau_i^2"),
    (r"\sum_{j=1}^{n}(y_{ij}-\bar y_{i\cdot})=0",
     r"\sum_{j=1}^n (y_{ij} - \bar{y}_{i\cdot}) = 0"),
    (r"N-1=(a-1)+(N-a)",
     r"N - 1 = (a - 1) + (N - a)"),
    (r"MS_{\text{Treatments}} = \frac{SS_{\text{Treatments}}}{a-1}",
     r"MS_{Treatments} = SS_{Treatments} / (a - 1)"),
    (r"E(MS_{\text{Treatments}}) = \sigma^2 + \frac{n\sum_{i=1}^{a}\tau_i^2}{a-1}",
     r"E(MS_{Treatments}) = \sigma^2 + \frac{n}{a - 1} \sum_{i=1}^a \tau_i^2"),
    (r"F_0 = \frac{MS_{\text{Treatments}}}{MS_E}",
     r"F_0 = MS_{Treatments} / MS_E"),
    (r"\omega^2 = \frac{SS_{\text{between}} - (k - 1)MS_{\text{within}}}{SS_{\text{total}} + MS_{\text{within}}}",
     r"\omega^2 = (SS_{between} - (k - 1) \cdot MS_{within}) / (SS_{total} + MS_{within})"),
    (r"\omega^2 = \frac{df_{\text{between}}(F - 1)}{df_{\text{between}}(F - 1) + N}",
     r"\omega^2 = df_{between} \cdot (F - 1) / (df_{between} \cdot (F - 1) + N)"),
    (r"\eta^2 = \frac{SS_{\text{between}}}{SS_{\text{total}}}",
     r"\eta^2 = SS_{between} / SS_{total}"),
    (r"F = \frac{MS_B}{MS_{AB}} \quad \longrightarrow \quad \frac{E(MS_B)}{E(MS_{AB})} = \frac{\sigma^2 + n\sigma_{AB}^2 + an\sigma_B^2}{\sigma^2 + n\sigma_{AB}^2}",
     r"F = MS_B / MS_{AB} \rightarrow E(MS_B) / E(MS_{AB}) = (\sigma^2 + n\sigma^2_{AB} + a n\sigma^2_B) / (\sigma^2 + n\sigma^2_{AB})"),
    (r"\operatorname{Var}(\hat\beta_1)=\sigma^2/S_{xx}",
     r"\operatorname{Var}(\hat\beta_1) = \sigma^2 / S_{xx}"),
    (r"\operatorname{Var}(\hat\beta_0)=\sigma^2(1/n+\bar x^2/S_{xx})",
     r"\operatorname{Var}(\hat\beta_0) = \sigma^2 (\frac{1}{n} + \bar{x}^2 / S_{xx})"),
    (r"\operatorname{Cov}(\hat\beta_0,\hat\beta_1)=\sigma^2\sum_id_ic_i =\sigma^2\Big(\frac1n\sum_ic_i-\bar x\sum_ic_i^2\Big)=-\frac{\bar x\sigma^2}{S_{xx}} .",
     r"\operatorname{Cov}(\hat\beta_0, \hat\beta_1) = \sigma^2 \sum_i d_i c_i = \sigma^2 (\frac{1}{n} \sum_i c_i - \bar{x} \sum_i c_i^2) = -\bar{x}\sigma^2 / S_{xx}"),
    (r"E(MS_{\rm res})=\frac{E(SS_{\rm res})}{n-2}=\frac{(n-2)\sigma^2}{n-2}=\sigma^2 .",
     r"E(MS_{res}) = E(SS_{res}) / (n - 2) = (n - 2)\sigma^2 / (n - 2) = \sigma^2"),
    (r"\hat{\mu} = \bar{y}_{..} \quad \text{(grand mean)}",
     r"\hat\mu = \bar{y}_{\cdot\cdot}"),
    (r"\hat{\tau}_i = \bar{y}_{i.} - \bar{y}_{..} \quad \text{(deviation of level i from grand mean)}",
     r"\hat\tau_i = \bar{y}_{i\cdot} - \bar{y}_{\cdot\cdot}"),
    (r"SS_{Treatments} = \sum_{i=1}^{k}\sum_{j=1}^{n_i}(\bar{y}_{i.} - \bar{y}_{..})^2",
     r"SS_{Treatments} = \sum_{i=1}^k \sum_{j=1}^{n_i} (\bar{y}_{i\cdot} - \bar{y}_{\cdot\cdot})^2"),
    (r"E(MS_{Tr}) = \sigma^2 + \frac{n}{k-1}\sum\tau_i^2",
     r"E(MS_{Tr}) = \sigma^2 + \frac{n}{k - 1} \sum \tau_i^2"),
    # power of a contrast
    (r"\mathbf{V}=\mathbf{Z} \mathbf{G} \mathbf{Z}^{\prime}+\mathbf{R}",
     r"\mathbf{V} = \mathbf{Z}\mathbf{G}\mathbf{Z}' + \mathbf{R}"),
    (r"\operatorname{SE}\left(\mathbf{k}^{\prime} \hat{\boldsymbol{\beta}}\right)=\sqrt{\mathbf{k}^{\prime}\left(\mathbf{X}^{\prime} \mathbf{V}^{-1} \mathbf{X}\right)^{-} \mathbf{k}}",
     r"\operatorname{se}(\mathbf{k}'\hat{\boldsymbol\beta}) = \sqrt{\mathbf{k}'(\mathbf{X}'\mathbf{V}^{-1}\mathbf{X})^{-}\mathbf{k}}"),
    (r"\mathbf{k}^{\prime} \hat{\boldsymbol{\beta}} \pm t_{(\alpha, v)} \sqrt{\mathbf{k}^{\prime}\left(\mathbf{X}^{\prime} \mathbf{V}^{-1} \mathbf{X}\right)^{-} \mathbf{k}}",
     r"\mathbf{k}'\hat{\boldsymbol\beta} \pm t_{(\alpha, v)} \cdot \sqrt{\mathbf{k}'(\mathbf{X}'\mathbf{V}^{-1}\mathbf{X})^{-}\mathbf{k}}"),
    (r"\mathrm{N}\left(\mathbf{k}^{\prime} \boldsymbol{\beta}, \mathbf{k}^{\prime}\left[\mathbf{X}^{\prime} \mathbf{V}^{-1} \mathbf{X}\right]^{-1} \mathbf{k}\right)",
     r"N(\mathbf{k}'\boldsymbol\beta, \mathbf{k}'(\mathbf{X}'\mathbf{V}^{-1}\mathbf{X})^{-1}\mathbf{k})"),
    # likelihoods
    (r"\mathbf{y} = \mathbf{X} \boldsymbol{\beta} + \mathbf{Z} \mathbf{u} + \boldsymbol{\varepsilon}, \quad \mathbf{u} \sim \mathcal{N}(\mathbf{0}, \mathbf{G}(\boldsymbol{\theta})), \quad \boldsymbol{\varepsilon} \sim \mathcal{N}(\mathbf{0}, \mathbf{R})",
     r"\mathbf{y} = \mathbf{X}\boldsymbol\beta + \mathbf{Z}\mathbf{u} + \boldsymbol\varepsilon; \mathbf{u} \sim N(\mathbf{0}, \mathbf{G}); \boldsymbol\varepsilon \sim N(\mathbf{0}, \mathbf{R})"),
    (r"\mathbf{V}(\mathbf{G}) = \mathbf{Z} \mathbf{G} \mathbf{Z}^T + \sigma_e^2 \mathbf{I}_n",
     r"\mathbf{V} = \mathbf{Z}\mathbf{G}\mathbf{Z}' + \sigma^2_e\mathbf{I}_n"),
    (r"\ell_{\mathrm{REML}}(\mathbf{G}) = -\frac{1}{2}\left[ \log \det \mathbf{V} + \log \det(\mathbf{X}^T \mathbf{V}^{-1} \mathbf{X}) + \mathbf{y}^T \mathbf{P}_{\mathbf{V}} \mathbf{y} + (n - p)\log(2\pi) \right]",
     r"\ell_{REML}(\mathbf{G}) = -\frac{1}{2} (\log|\mathbf{V}| + \log|\mathbf{X}'\mathbf{V}^{-1}\mathbf{X}| + \mathbf{y}'\mathbf{P}_{\mathbf{V}}\mathbf{y} + (n - p) \log(2\pi))"),
    (r"\mathbf{P}_{\mathbf{V}} = \mathbf{V}^{-1} - \mathbf{V}^{-1} \mathbf{X} (\mathbf{X}^T \mathbf{V}^{-1} \mathbf{X})^{-1} \mathbf{X}^T \mathbf{V}^{-1}",
     r"\mathbf{P}_V = \mathbf{V}^{-1} - \mathbf{V}^{-1}\mathbf{X}(\mathbf{X}'\mathbf{V}^{-1}\mathbf{X})^{-1}\mathbf{X}'\mathbf{V}^{-1}"),
    (r"\mathcal{I}_{\mathrm{AI}} = \frac{1}{2} \mathbf{y}^T \mathbf{P} \frac{\partial \mathbf{V}}{\partial \theta_j} \mathbf{P} \frac{\partial \mathbf{V}}{\partial \theta_k} \mathbf{P} \mathbf{y}",
     r"I_{AI} = \frac{1}{2} \mathbf{y}'\mathbf{P} \frac{\partial \mathbf{V}}{\partial \theta_j} \mathbf{P} \frac{\partial \mathbf{V}}{\partial \theta_k} \mathbf{P}\mathbf{y}"),
    # growth models
    (r"\begin{aligned} \text{Level 1}& \\ Y_{ij} &= \beta_{0j} + R_{ij}\\ \text{Level 2}& \\ \beta_{0j} &= \gamma_{00} + U_{0j} \\ \end{aligned}",
     r"Y_{ij} = \beta_{0j} + R_{ij}; \beta_{0j} = \gamma_{00} + U_{0j}"),
    (r"U_{0j} \sim\mathcal{N}(0, ~\tau_{00}^2) ,",
     r"U_{0j} \sim N(0, \tau_{00}^2)"),
    (r"\begin{aligned} \text{Level 1}& \\ Y_{ij} &= \beta_{0j} + \beta_{1j}t_{ij} + R_{ij}\\ \text{Level 2}& \\ \beta_{0j} &= \gamma_{00} + \gamma_{01} TX_j + U_{0j} \\ \beta_{1j} &= \gamma_{10} + \gamma_{11} TX_j + U_{1j} \\ \end{aligned}",
     r"Y_{ij} = \beta_{0j} + \beta_{1j} t_{ij} + R_{ij}; \beta_{0j} = \gamma_{00} + \gamma_{01} \cdot TX_j + U_{0j}; \beta_{1j} = \gamma_{10} + \gamma_{11} \cdot TX_j + U_{1j}"),
    (r"\begin{pmatrix} U_{0j} \\ U_{1j} \end{pmatrix} \sim\mathcal{N} \left( \begin{matrix} 0 &\\ 0 \end{matrix} , \begin{matrix} \tau_{00}^2 & \tau_{01}\\ \tau_{01} & \tau_{10}^2 \end{matrix} \right) ,",
     r"\begin{bmatrix} U_{0j} \\ U_{1j} \end{bmatrix} \sim N\left(\begin{bmatrix} 0 \\ 0 \end{bmatrix}, \begin{bmatrix} \tau_{00}^2 & \tau_{01} \\ \tau_{01} & \tau_{10}^2 \end{bmatrix}\right)"),
    (r"\begin{aligned} \text{Level 1}& \\ Y_{ijk} &= \beta_{0jk} + \beta_{1jk}t_{ijk} + R_{ijk}\\ \text{Level 2}& \\ \beta_{0jk} &= \gamma_{00k} + U_{0jk} \\ \beta_{1jk} &= \gamma_{10k} + U_{1jk} \\ \text{Level 3}& \\ \gamma_{00k} &= \delta_{000} + \delta_{001} TX_k + V_{0k} \\ \gamma_{10k} &= \delta_{100} + \delta_{101} TX_k + V_{1k} \\ \end{aligned}",
     r"Y_{ijk} = \beta_{0jk} + \beta_{1jk} t_{ijk} + R_{ijk}; \beta_{0jk} = \gamma_{00k} + U_{0jk}; \beta_{1jk} = \gamma_{10k} + U_{1jk}; \gamma_{00k} = \delta_{000} + \delta_{001} \cdot TX_k + V_{0k}; \gamma_{10k} = \delta_{100} + \delta_{101} \cdot TX_k + V_{1k}"),
    (r"\begin{pmatrix} V_{0k} \\ V_{1k} \\ \end{pmatrix} \sim\mathcal{N} \left( \begin{matrix} 0 &\\ 0 \end{matrix} , \begin{matrix} \varphi_{00}^2 & \varphi_{01} \\ \varphi_{01} & \varphi_{10}^2 \end{matrix} \right) ,",
     r"\begin{bmatrix} V_{0k} \\ V_{1k} \end{bmatrix} \sim N\left(\begin{bmatrix} 0 \\ 0 \end{bmatrix}, \begin{bmatrix} \varphi_{00}^2 & \varphi_{01} \\ \varphi_{01} & \varphi_{10}^2 \end{bmatrix}\right)"),
    (r"\begin{pmatrix} V_{0k} \\ V_{1k} \\ V_{2k} \\ V_{3k} \end{pmatrix} \sim\mathcal{N} \left( \begin{matrix} 0 &\\ 0 &\\ 0 &\\ 0 \end{matrix} , \begin{matrix} \varphi_{00}^2 & \varphi_{01} & 0 & 0 \\ \varphi_{01} & \varphi_{10}^2 & 0 & 0 \\ 0 & 0 & \varphi_{20}^2 & \varphi_{23} \\ 0 & 0 & \varphi_{23} & \varphi_{30}^2 \end{matrix} \right)",
     r"\begin{bmatrix} V_{0k} \\ V_{1k} \\ V_{2k} \\ V_{3k} \end{bmatrix} \sim N\left(\begin{bmatrix} 0 \\ 0 \\ 0 \\ 0 \end{bmatrix}, \begin{bmatrix} \varphi_{00}^2 & \varphi_{01} & 0 & 0 \\ \varphi_{01} & \varphi_{10}^2 & 0 & 0 \\ 0 & 0 & \varphi_{20}^2 & \varphi_{23} \\ 0 & 0 & \varphi_{23} & \varphi_{30}^2 \end{bmatrix}\right)"),
    (r"cov(V_{2k}, V_{3k}) = \varphi_{23}",
     r"\operatorname{Cov}(V_{2k}, V_{3k}) = \varphi_{23}"),
    (r"\begin{aligned} (R_{ij} \ | \ \text{TX} = 0) &\sim\mathcal{N}(0, ~\sigma_0^2) \\ (R_{ij} \ | \ \text{TX} = 1) &\sim\mathcal{N}(0, ~\sigma_1^2) \end{aligned}",
     r"R_{ij} | \text{TX} = 0 \sim N(0, \sigma_0^2); R_{ij} | \text{TX} = 1 \sim N(0, \sigma_1^2)"),
    (r"\Sigma = \sigma^2 \begin{pmatrix} 1 & \rho & \rho^2 & \cdots & \rho^{T-1} \\ \rho & 1 & \rho & \cdots & \rho^{T-2} \\ \rho^2 & \rho & 1 & \cdots & \rho^{T-3} \\ \vdots & \vdots & \vdots & \ddots & \vdots \\ \rho^{T-1} & \rho^{T-2} & \rho^{T-3} & \cdots & 1 \end{pmatrix}",
     r"\boldsymbol\Sigma = \sigma^2 \begin{bmatrix} 1 & \rho & \cdots & \rho^{T-1} \\ \rho & 1 & \cdots & \rho^{T-2} \\ \vdots & \vdots & \ddots & \vdots \\ \rho^{T-1} & \rho^{T-2} & \cdots & 1 \end{bmatrix}"),
    (r"R_{ij} \sim\mathcal{N} \left( 0 , \Sigma \right)",
     r"R_{ij} \sim N(\mathbf{0}, \boldsymbol\Sigma)"),
    (r"\begin{aligned} \text{Level 1}& \\ Y_{ij} &= \beta_{0j} + \beta_{1j}t_{1ij} + \beta_{2j}t_{1ij}^2 + R_{ij}\\ \text{Level 2}& \\ \beta_{0j} &= \gamma_{00} + \gamma_{01} TX_j + U_{0j} \\ \beta_{1j} &= \gamma_{10} + \gamma_{11} TX_j + U_{1j} \\ \beta_{2j} &= \gamma_{20} + \gamma_{21} TX_j + U_{2j} \\ \end{aligned}",
     r"Y_{ij} = \beta_{0j} + \beta_{1j} t_{1ij} + \beta_{2j} t_{1ij}^2 + R_{ij}; \beta_{0j} = \gamma_{00} + \gamma_{01} \cdot TX_j + U_{0j}; \beta_{1j} = \gamma_{10} + \gamma_{11} \cdot TX_j + U_{1j}; \beta_{2j} = \gamma_{20} + \gamma_{21} \cdot TX_j + U_{2j}"),
    (r"\rho(\beta_{0j},\beta_{1j}) = \tau_{01}/(\tau_{00}\tau_{11})^{1/2}",
     r"\rho(\beta_{0j}, \beta_{1j}) = \tau_{01} / \sqrt{\tau_{00}\tau_{11}}"),
    # means of samples and trials
    (r"\text{Var}(\bar{y}_{st}) = \sum_{h=1}^{L} W_h^2 \cdot \frac{s_h^2}{n_h} \cdot \left(1 - \frac{n_h}{N_h}\right)",
     r"\operatorname{Var}(\bar{y}_{st}) = \sum_{h=1}^L W_h^2 \cdot \frac{s_h^2}{n_h} \cdot (1 - n_h / N_h)"),
    (r"\text{Deff} = \frac{\text{Var}(\bar{y}_{design})}{\text{Var}(\bar{y}_{srs})}",
     r"\mathrm{Deff} = \operatorname{Var}(\bar{y}_{design}) / \operatorname{Var}(\bar{y}_{srs})"),
    (r"\text{Cov}(\widehat{\theta}_{kj}, \widehat{\theta}_{k'j}) = \frac{1}{\sigma^2} \text{Var}(\bar{Y}_{0j}) = \frac{1}{\sigma^2} \cdot \frac{\sigma^2}{n_{0j}} = \frac{1}{n_{0j}}",
     r"\operatorname{Cov}(\hat\theta_{kj}, \hat\theta_{k'j}) = \frac{1}{\sigma^2} \operatorname{Var}(\bar{Y}_{0j}) = 1 / n_{0j} = 1 / n_{0j}"),
    (r"\widehat{\theta}_{kj} = \frac{\bar{Y}_{kj} - \bar{Y}_{0j}}{\sigma}, \widehat{\theta}_{k'j} = \frac{\bar{Y}_{k'j} - \bar{Y}_{0j}}{\sigma}",
     r"\hat\theta_{kj} = \frac{1}{\sigma} (\bar{Y}_{kj} - \bar{Y}_{0j}); \hat\theta_{k'j} = \frac{1}{\sigma} (\bar{Y}_{k'j} - \bar{Y}_{0j})"),
    (r"\text{Corr}(Z_{kj}, Z_{k'j})= \frac{r}{r_0 + r}, \qquad k \ne k'",
     r"\operatorname{Corr}(Z_{kj}, Z_{k'j}) = \frac{r}{r_0 + r}; k \ne k'"),
    (r"\sigma^2_{\text{within}} = \frac{1}{M} \sum_{m=1}^{M} \sigma^2_{m}",
     r"\sigma^2_{within} = \frac{1}{M} \sum_{m=1}^M \sigma^2_m"),
    (r"\text{ICC} = \frac{\sigma^2_{\text{between}}}{\sigma^2_{\text{between}} + \sigma^2_{\text{within}}}",
     r"ICC = \sigma^2_{between} / (\sigma^2_{between} + \sigma^2_{within})"),
    (r"\hat\beta_{ridge} = (X^T X + \lambda I)^{-1} X^T \mathbf{y}",
     r"\hat{\boldsymbol\beta}_{ridge} = (\mathbf{X}'\mathbf{X} + \lambda\mathbf{I})^{-1}\mathbf{X}'\mathbf{y}"),
]  # fmt: skip


@pytest.mark.parametrize(("text", "note"), NOTED, ids=[text for text, _ in NOTED])
def test_a_display_of_a_teaching_page_says_what_was_noted_of_it(text: str, note: str) -> None:
    told = [[meaning(without_places(part)) for part in read(written).parts] for written in (text, note)]
    assert told[0] == told[1]


OUTLINED: list[tuple[str, str]] = [
    (r"PEV(\hat{u}) = \operatorname{Var}(\hat{u} - u)",
     "equation: PEV[q,q](uhat[q,1]) = Var(uhat[q,1] + ((-1) * u[q,1]))"),
    (r"RSS(V_0) = (y - X\hat\beta)'V_0^{-1}(y - X\hat\beta)",
     "equation: RSS(V_0[n,n]) = transpose(y[n,1] + ((-1) * (X[n,p] @ betahat[p,1]))) @ inv(V_0[n,n]) @ (y[n,1] + ((-1) * (X[n,p] @ betahat[p,1])))"),
    (r"\gamma(u) = \frac{1}{2} E[(Y(t) - Y(t-u))^2]",
     "equation: gamma(u) = 1/2 * E((Y(t) + ((-1) * Y(t - u))) * (Y(t) + ((-1) * Y(t - u))))"),
    (r"E(X) = \mu, \operatorname{Var}(X) = \Sigma",
     "several: E(X[n,1]) = mu[n,1] ; Var(X[n,1]) = V[n,n]"),
    (r"E(y) = \mu, \operatorname{Var}(y) = V",
     "several: E(y[n,1]) = mu[n,1] ; Var(y[n,1]) = V[n,n]"),
    (r"E(Y) = \mu, \operatorname{Var}(Y) = \sigma^2",
     "several: E(Y) = mu ; Var(Y) = sigma2"),
    (r"\operatorname{Cov}(X, Y) = \Sigma_{XY}",
     "equation: Cov(X[n,1], Y[n,1]) = Sigma_XY[n,n]"),
    (r"y_{ij} = \mu + \alpha_{n_a} + e_{ij}",
     "index-model: y_ij = alpha_n‿a + e_ij + mu"),
    (r"\hat{\beta_{0j}}^* = \lambda_j \bar{y}_j + (1 - \lambda_j)\hat\gamma_{00}",
     "equation: betahat_*_0j = gammahat_00*(1 - lambda_j) + lambda_j*ybar_j"),
    (r"y_{ij} = \underset{\text{fixed}}{\beta_0 + \beta_1 x_{ij}} + \underset{\text{random}}{u_{0j}} + e_{ij}",
     "index-model: y_ij = beta_0 + beta_1*x_ij + e_ij + u_0j"),
    (r"\varepsilon_i \sim N(0, \sigma^2 I_{\!n_i})",
     "distribution: e_i[n_i,1] ~ N(Zero[n_i,1], sigma2 * I[n_i])"),
    (r"\Lambda \sim \chi^2_{q_1 - q_0} \text{ under } H_0",
     "distribution: Lambda ~ chi2_q‿1-q‿0()"),
    (r"Z'Z + \gamma^{-1}I",
     "matrix-expression: (transpose(Z[n,q]) @ Z[n,q]) + ((1/gamma) * I[q])"),
    (r"\frac{1}{M} \sum_{m=1}^M \hat\beta_m",
     "scalar: (1/M) * (sum over m from 1 to M of betahat_m)"),
    (r"\frac{\partial Q}{\partial \beta} = -2X'(y - X\beta) = 0",
     "equation: ∂[p,1](Q, beta[p,1]) = (-2) * (transpose(X[n,p]) @ (y[n,1] + ((-1) * (X[n,p] @ beta[p,1])))) = Zero[p,1]"),
    (r"\hat{y} = Hy",
     "equation: yhat[n,1] = H[n,n] @ y[n,1]"),
    (r"\hat\beta_W = (X'WX)^{-1}X'Wy",
     "equation: betahat_W[p,1] = inv(transpose(X[n,p]) @ W[n,n] @ X[n,p]) @ transpose(X[n,p]) @ W[n,n] @ y[n,1]"),
    (r"V(G) = ZGZ' + R",
     "equation: V[n,n] = (Z[n,q] @ G[q,q] @ transpose(Z[n,q])) + R[n,n]"),
    (r"\theta = (\beta', \alpha')'",
     "equation: theta[n + p,1] = transpose(block[transpose(beta[p,1]), transpose(alpha[n,1])])"),
    (r"b'x",
     "scalar: transpose(b[q,1]) @ x[q,1]"),
    (r"u'v",
     "scalar: transpose(u[q,1]) @ v[q,1]"),
    (r"k'x",
     "scalar: transpose(k[p,1]) @ x[p,1]"),
    (r"\operatorname{Var}(a'x) = a'\Sigma a",
     "equation: Var(transpose(a[n,1]) @ x[n,1]) = transpose(a[n,1]) @ V[n,n] @ a[n,1]"),
    (r"\operatorname{Cov}(y_{ij}, y_{ik}) = \sigma_{|j-k|}",
     "equation: Cov(y_ij, y_ik) = sigma_⎸j-k⎸"),
    (r"\operatorname{Cov}(y_{ij}, y_{ik}) = \sigma^2\rho_{\lvert j-k \rvert}",
     "equation: Cov(y_ij, y_ik) = rho_⎸j-k⎸*sigma2"),
    (r"\operatorname{Cov}(Y_i) = \Sigma_i",
     "equation: Var(Y_i[n_i,1]) = Sigma_i[n_i,n_i]"),
    (r"\operatorname{Cov}(b_i) = D, \operatorname{Cov}(e_i) = \sigma^2 V_0",
     "several: Var(b_i[q,1]) = D[q,q] ; Var(e_i[n_i,1]) = sigma2 * V_0[n,n]"),
    (r"\operatorname{Var}(b_i) = D",
     "equation: Var(b_i[q,1]) = D[q,q]"),
    (r"E(Y_i) = \mu_i, \operatorname{Var}(Y_i) = \phi V(\mu_i)",
     "several: E(Y_i) = mu_i ; Var(Y_i) = phi * V(mu_i)"),
    (r"\operatorname{Var}(Y_i) = Z_iDZ_i' + \sigma^2 I",
     "equation: Var(Y_i[n_i,1]) = (Z_i[n_i,q] @ D[q,q] @ transpose(Z_i[n_i,q])) + (sigma2 * I[n_i])"),
    (r"E(b_i|y_i) = DZ_i'V_i^{-1}(y_i - X_i\beta)",
     "equation: E(b_i|y_i[q,1]) = D[q,q] @ transpose(Z_i[n_i,q]) @ inv(V_i[n_i,n_i]) @ (y_i[n_i,1] + ((-1) * (X_i[n_i,p] @ beta[p,1])))"),
    (r"\lambda_i(t) = \lambda_0(t)\exp(x_i(t)^\top\beta)",
     "equation: lambda_i(t) = lambda_0(t) * exp(transpose(x_i[p,1](t)) @ beta[p,1])"),
    (r"\mathcal{B}=\Lambda_\theta\mathcal{U}",
     "equation: B[n,n] = Lambda_theta[n,n] @ U[n,n]"),
    (r"\tilde{\mathbf b} = \mathbf{A}\tilde{\mathbf u}",
     "equation: btilde[n,1] = A[n,q] @ utilde[q,1]"),
    (r"\tilde{\bf b}_{\widehat{\theta}}=\Lambda_{\widehat{\theta}}\tilde{\bf u}_{\widehat{\theta}}",
     "equation: btilde_thetâ[n,1] = Lambda_thetâ[n,q] @ utilde_thetâ[q,1]"),
    (r"H(\boldsymbol\beta) \;=\; -X^\top W X",
     "equation: H[p,p] = (-1) * (transpose(X[n,p]) @ W[n,n] @ X[n,p])"),
    (r"\operatorname{Cov}(y_{is}, y_{it}) = \sigma_u^2 \quad (\text{for } s \neq t)",
     "several: Cov(y_is, y_it) = sigma2_u ; s ≠ t"),
    (r"Y = X \beta + Z \alpha + \epsilon",
     "equation: Y[n,1] = (X[n,p] @ beta[p,1]) + (Z[n,q] @ alpha[q,1]) + e[n,1]"),
    (r"y_i = X_i^t\beta +\epsilon_i",
     "equation: y_i = (transpose(X_i[p,1]) @ beta[p,1]) + epsilon_i"),
    (r"Y_i = \mathbf{X}_i^\top\boldsymbol\beta + \varepsilon_i",
     "equation: Y_i = (transpose(X_i[p,1]) @ beta[p,1]) + e_i"),
    (r"g(\mu_{ij}) = \mathbf{X}_{ij}'\boldsymbol\beta + \mathbf{Z}_{ij}'\mathbf{b}_i",
     "equation: g(mu_ij) = (transpose(X_ij[p,1]) @ beta[p,1]) + (transpose(Z_ij[q,1]) @ b_i[q,1])"),
    (r"Y_{ij} = X_{ij}^T\beta + Z_{ij}^Tb_i + \varepsilon_{ij}",
     "equation: Y_ij = (transpose(X_ij[p,1]) @ beta[p,1]) + (transpose(Z_ij[q,1]) @ b_i[q,1]) + epsilon_ij"),
    (r"r^2_{\beta,\theta}",
     "scalar: r_beta_theta**2"),
    (r"R_1 \oplus R_2",
     "matrix: blockdiag(R_1[n,n], R_2[n,n])"),
    (r"f(Y_i^o, Y_i^m)",
     "scalar: f(Y_^o_i, Y_^m_i)"),
    (r"y_i^m",
     "scalar: y_i**m"),
    (r"(y_{hi} - \hat\mu_h)(y_{hi} - \hat\mu_h)'",
     "matrix-expression: (y_hi[n,1] + ((-1) * muhat_h[n,1])) @ transpose(y_hi[n,1] + ((-1) * muhat_h[n,1]))"),
]  # fmt: skip


@pytest.mark.parametrize(("text", "expected"), OUTLINED, ids=[text for text, _ in OUTLINED])
def test_a_statement_of_a_course_page_is_read_as_it_is_meant(text: str, expected: str) -> None:
    assert outline(read(text)) == expected


WRITTEN = [
    (r"r^2_{\beta,\theta}", r"r_{\beta,\theta}^2"),
    (r"\operatorname{Cov}(y_{ij}, y_{ik}) = \sigma_{|j-k|}", r"\operatorname{Cov}(y_{ij}, y_{ik}) = \sigma_{|j-k|}"),
    (r"E(\mathbf{b}_i|\mathbf{y}_i)", r"\operatorname{E}(\mathbf{b}_i \mid \mathbf{y}_i)"),
    (r"\mathbf{y}_1|\mathbf{y}_2", r"\mathbf{y}_1 \mid \mathbf{y}_2"),
]


@pytest.mark.parametrize(("text", "expected"), WRITTEN, ids=[text for text, _ in WRITTEN])
def test_a_statement_of_a_course_page_is_written_as_it_was_meant(text: str, expected: str) -> None:
    assert write(read(text), "latex") == expected


SIGMA_BY_DIFFERENCE: list[tuple[DialectName, str]] = [
    ("unicode", "σ_{|j-k|}"),
    ("typst", "$ σ_(| j − k |) $"),
    ("spoken", "sigma sub bar j minus k bar end sub"),
]


@pytest.mark.parametrize(("dialect", "expected"), SIGMA_BY_DIFFERENCE, ids=[name for name, _ in SIGMA_BY_DIFFERENCE])
def test_bars_around_a_difference_below_a_name_are_written(dialect: DialectName, expected: str) -> None:
    assert write(read(r"\sigma_{|j-k|}"), dialect) == expected


def test_a_letter_that_is_a_number_elsewhere_behind_a_row_is_refused() -> None:
    with pytest.raises(ShapeError):
        read("c_k + k'x + k")
