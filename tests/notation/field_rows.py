# ruff: noqa: E501  (a meaning stands on one line)
r"""Formulas of the fields that use mixed models, from public pages, each with what its source means by it.

The meanings were written down before any of them was read. `S` marks what is a statement about numbers (elements),
`M` what is one about vectors and matrices; the sentence says which letters are what.
"""

from __future__ import annotations

EXPECTED: list[tuple[str, str, str, str]] = [
    # field, text, S or M, meaning
    # panel data (a textbook's notes, two vendors' manuals, a blog, slides)
    ("panel", r"Y_{it} = X_{it}'\beta + u_i + \varepsilon_{it}", "S", "row of X times the vector β, effect of i, residual"),
    ("panel", r"\bar{Y}_i = \frac{1}{T_i} \sum_{t \in S_i} Y_{it}", "S", "mean over the times t in the set S_i"),
    ("panel", r"\dot{Y}_{it} = Y_{it} - \bar{Y}_i", "S", "deviation from the mean of i"),
    ("panel", r"\bar{Y}_i = (\mathbf{1}_i'\mathbf{1}_i)^{-1}\mathbf{1}_i'\boldsymbol{Y}_i", "M", "number = (1'1)⁻¹ 1'Y_i with 1_i and Y_i vectors of unit i"),
    ("panel", r"\boldsymbol{M}_i = \boldsymbol{I}_i - \mathbf{1}_i(\mathbf{1}_i'\mathbf{1}_i)^{-1}\mathbf{1}_i'", "M", "identity less the averaging projection, of unit i"),
    ("panel", r"\dot{\boldsymbol{Y}}_i = \dot{\boldsymbol{X}}_i\beta + \dot{\boldsymbol{\varepsilon}}_i", "M", "block of X times vector β"),
    ("panel", r"y_{it} = \alpha + X_{it}\beta + u_{it}, \quad u_{it} = \mu_i + \nu_{it}", "S", "scalar covariate or row X_it times β; two error components"),
    ("panel", r"\theta_i = 1 - \sigma_\epsilon / w_i, \quad w_i^2 = T_i\sigma^2_\nu + \sigma^2_\epsilon", "S", "numbers; σ_ε is the root of σ²_ε"),
    ("panel", r"\tilde{y}_{it} = y_{it} - \theta_i\bar{y}_{i\cdot}", "S", "partial deviation"),
    ("panel", r"\theta = 1 - \sqrt{\frac{\sigma_u^2}{\sigma_u^2 + T\sigma_a^2}}", "S", "T a number of times"),
    ("panel", r"\boldsymbol\Omega = \sigma^2_u \mathbf{I}_T + \sigma^2_a \boldsymbol\iota_T\boldsymbol\iota_T'", "M", "T × T; ι_T a column of T ones or a vector"),
    ("panel", r"\hat\beta_{FE} = \left(\sum_{i=1}^N X_i' M_i X_i\right)^{-1} \sum_{i=1}^N X_i' M_i y_i", "M", "vector; X_i, M_i, y_i blocks of unit i"),
    ("panel", r"\mathbf{Q} = \mathbf{I}_N \otimes (\mathbf{I}_T - \bar{\mathbf{J}}_T)", "M", "NT × NT; J̄ = J/T"),
    # animal breeding (a course in a repository, a book, two papers, notes on pedigrees)
    ("breeding", r"\begin{bmatrix} \mathbf{X}^\top\mathbf{X} & \mathbf{X}^\top\mathbf{Z} \\ \mathbf{Z}^\top\mathbf{X} & \mathbf{Z}^\top\mathbf{Z} + \mathbf{A}^{-1}\lambda \end{bmatrix} \begin{bmatrix} \hat{\boldsymbol{\beta}} \\ \hat{\mathbf{a}} \end{bmatrix} = \begin{bmatrix} \mathbf{X}^\top\mathbf{y} \\ \mathbf{Z}^\top\mathbf{y} \end{bmatrix}", "M", "Henderson's equations; λ a number; â of q"),
    ("breeding", r"\lambda = \sigma_e^2 / \sigma_a^2 = (1 - h^2)/h^2", "S", "numbers"),
    ("breeding", r"r_{a,\hat{a}} = \sqrt{1 - PEV/\sigma^2_a}", "S", "a correlation named r with two subscripts; PEV one name"),
    ("breeding", r"\mathbf{A} = \mathbf{T}\mathbf{D}\mathbf{T}'", "M", "n × n each"),
    ("breeding", r"\mathbf{A}^{-1} = (\mathbf{T}^{-1})'\mathbf{D}^{-1}\mathbf{T}^{-1}", "M", "n × n each"),
    ("breeding", r"a_{ii} = 1 + F_i, \quad a_{ij} = \frac12(a_{js} + a_{jd})", "S", "elements of A; F_i the inbreeding of i"),
    ("breeding", r"\mathbf{G} = \frac{\mathbf{M}\mathbf{M}'}{2\sum_j p_j(1 - p_j)}", "M", "M M' over a number"),
    ("breeding", r"y_j = \mu + \sum_i x_{ij} a_i + e_j, \quad e_j \sim N(0, \sigma_e^2)", "S", "sum of numbers"),
    ("breeding", r"\mathbf{y} = \mathbf{X}\mathbf{b} + \mathbf{Z}\mathbf{Q}\mathbf{g} + \mathbf{Z}\mathbf{a} + \mathbf{e}", "M", "genetic groups: b of p (fixed), g, a vectors"),
    ("breeding", r"\log L = -\frac12\left(\log|\mathbf{C}| + \log|\mathbf{R}| + \log|\mathbf{G}| + \mathbf{y}'\mathbf{P}\mathbf{y}\right)", "S", "number; determinants"),
    ("breeding", r"AI_{ij} = \frac12 \mathbf{y}'\mathbf{P}\mathbf{V}_i\mathbf{P}\mathbf{V}_j\mathbf{P}\mathbf{y}", "S", "one name AI_ij equal to a quadratic form"),
    ("breeding", r"h^2 = \frac{\sigma_a^2}{\sigma_a^2 + \sigma_{pe}^2 + \sigma_e^2}", "S", "σ²_pe one name"),
    ("breeding", r"\mathbf{G}^{-1} = \mathbf{A}^{-1} \otimes \mathbf{G}_0^{-1}", "M", "G of several traits"),
    ("breeding", r"\mathbf{H} = \mathbf{A} + \begin{bmatrix} \mathbf{A}_{12}\mathbf{A}_{22}^{-1}(\mathbf{G} - \mathbf{A}_{22})\mathbf{A}_{22}^{-1}\mathbf{A}_{21} & \mathbf{A}_{12}\mathbf{A}_{22}^{-1}(\mathbf{G} - \mathbf{A}_{22}) \\ (\mathbf{G} - \mathbf{A}_{22})\mathbf{A}_{22}^{-1}\mathbf{A}_{21} & \mathbf{G} - \mathbf{A}_{22} \end{bmatrix}", "M", "blocks; A_12 not square"),
    # kriging (lecture, handout, manual, encyclopedia)
    ("kriging", r"var[Y] = E[Y^2] - E[Y]^2", "S", "numbers; E[Y]² is the square of the mean"),
    ("kriging", r"cov[X_i, X_j] = E[X_iX_j] - E[X_i]E[X_j]", "S", "numbers"),
    ("kriging", r"Z(s) = \mu + \varepsilon(s)", "S", "random functions of s"),
    ("kriging", r"\hat{Z}(s_0) = \sum_{i=1}^N \lambda_i Z(s_i)", "S", "weighted sum of values"),
    ("kriging", r"C_z(h) = E[\varepsilon(s)\varepsilon(s + h)]", "S", "functions of s"),
    ("kriging", r"\gamma(h) = \frac12 Var[Z(s + h) - Z(s)]", "S", "semivariogram of h, no product γ·h"),
    ("kriging", r"\gamma(h) = c_0 + c_1\left(1 - e^{-h/a}\right)", "S", "exponential of a number; γ a function of h"),
    ("kriging", r"\sigma^2_{OK} = \sigma^2 - \mathbf{c}'\mathbf{C}^{-1}\mathbf{c} + \frac{(1 - \mathbf{1}'\mathbf{C}^{-1}\mathbf{c})^2}{\mathbf{1}'\mathbf{C}^{-1}\mathbf{1}}", "S", "quadratic forms of vectors c and 1"),
    ("kriging", r"\hat{p}(s_0) = \mathbf{x}_0'\hat{\boldsymbol\beta} + \mathbf{c}'\mathbf{V}^{-1}(\mathbf{y} - \mathbf{X}\hat{\boldsymbol\beta})", "S", "number = row times vector plus linear form"),
    # penalized splines, GAM (a manual, a question, four repositories)
    ("spline", r"p_i = \beta_0 + \beta_1x_i + \sum_{j=1}^K \gamma_j(x_i - t_j)_+", "S", "truncated lines"),
    ("spline", r"Q_p = \|y - X\beta - Fb\|^2 + k\|b\|^2", "S", "norms of vectors; F b a product, k a number"),
    ("spline", r"\begin{bmatrix} X'X & X'F \\ F'X & F'F + kI \end{bmatrix}\begin{bmatrix} \beta \\ b \end{bmatrix} = \begin{bmatrix} X'y \\ F'y \end{bmatrix}", "M", "F a matrix with n rows; k a number; b its coefficients"),
    ("spline", r"\hat{\mathbf{f}} = (\mathbf{I} + \lambda\boldsymbol\Omega)^{-1}\mathbf{y} = \mathbf{S}_\lambda\mathbf{y}", "M", "smoother matrix with a subscript"),
    ("spline", r"\mathrm{df}(\lambda) = \mathrm{tr}(\mathbf{S}_\lambda)", "S", "df a function of λ"),
    ("spline", r"\mathbf{S}_\lambda = \mathbf{N}(\mathbf{N}^T\mathbf{N} + \lambda\boldsymbol\Omega)^{-1}\mathbf{N}^T", "M", "n × n"),
    ("spline", r"\mathrm{GCV}(\lambda) = \frac{\frac1n\sum_{i=1}^n (y_i - \hat{m}_\lambda(x_i))^2}{\left[1 - \frac{\operatorname{tr}(\mathbf{S}_\lambda)}{n}\right]^2}", "S", "a function of λ"),
    ("spline", r"\lambda = \sigma^2_\varepsilon/\sigma^2_u", "S", "numbers"),
    ("spline", r"\mathbf{b} \sim N(\mathbf{0}, \boldsymbol\psi_\theta), \quad \boldsymbol\epsilon \sim N(\mathbf{0}, \mathbf{I}\sigma^2)", "M", "ψ_θ a covariance matrix"),
    ("spline", r"g(\mu_i) = \mathbf{x}_i'\boldsymbol\beta + f_1(x_{1i}) + f_2(x_{2i})", "S", "link of the mean; smooth functions"),
    # GLMM (a consulting page, notes)
    ("glmm", r"\overbrace{\mathbf{y}}^{N \times 1} = \overbrace{\underbrace{\mathbf{X}}_{N \times p}\underbrace{\boldsymbol\beta}_{p \times 1}}^{N \times 1} + \overbrace{\boldsymbol\varepsilon}^{N \times 1}", "M", "y = Xβ + ε with dimensions below and above"),
    ("glmm", r"\mathbf{W} = \operatorname{diag}\left(\frac{1}{V(\mu_i)\,g'(\mu_i)^2}\right)", "M", "diagonal matrix of weights; g' a derivative"),
    ("glmm", r"z = \eta + (y - \mu)g'(\mu)", "S", "working response; g'(μ) a derivative and no transpose"),
    ("glmm", r"L(\beta, \theta) = \int \prod_{i=1}^n f(y_i \mid b)\, f(b)\, db", "S", "integral over b"),
    ("glmm", r"\rho = \frac{\sigma^2_u}{\sigma^2_u + \pi^2/3}", "S", "π the number"),
    # growth curves (two pages)
    ("growth", r"\eta_{1j} = \gamma_{00} + u_{0j}, \quad \eta_{2j} = \gamma_{10} + u_{1j}", "S", "numbers"),
    ("growth", r"y_{it} = \eta_{0i} + \lambda_t\eta_{1i} + \epsilon_{it}", "S", "numbers"),
    ("growth", r"\boldsymbol\Sigma = \boldsymbol\Lambda\boldsymbol\Psi\boldsymbol\Lambda' + \boldsymbol\Theta", "M", "matrices"),
    ("growth", r"\begin{bmatrix} u_{0j} \\ u_{1j} \end{bmatrix} \sim N\left(\begin{bmatrix} 0 \\ 0 \end{bmatrix}, \begin{bmatrix} \tau_{00} & \tau_{01} \\ \tau_{10} & \tau_{11} \end{bmatrix}\right)", "M", "two effects; τ's numbers"),
    # meta-analysis (five repositories, two papers)
    ("meta", r"\hat{\tau}^2_{DL} = \max\left(0, \frac{Q - (k-1)}{C}\right)", "S", "an estimate of a variance; maximum of two numbers"),
    ("meta", r"C = \sum w_i - \frac{\sum w_i^2}{\sum w_i}", "S", "sums over i without limits"),
    ("meta", r"\hat\mu_{RE} = \frac{\sum_{i=1}^k w_i^*\hat\theta_i}{\sum_{i=1}^k w_i^*}", "S", "w_i^* a weight with a star"),
    ("meta", r"w_i^* = \frac{1}{v_i + \hat\tau^2}", "S", "numbers"),
    ("meta", r"Q \sim \chi^2_{k-1}", "S", "chi-squared with k − 1 degrees of freedom"),
    ("meta", r"E[Q] = (k-1) + \tau^2\left(\sum_i w_i - \frac{\sum_i w_i^2}{\sum_i w_i}\right)", "S", "numbers"),
    ("meta", r"I^2 = \frac{Q - (k-1)}{Q} \times 100\%", "S", "I² a statistic and no identity squared"),
    ("meta", r"\hat\theta_i \mid \theta_i \sim N(\theta_i, v_i), \quad \theta_i \sim N(\mu, \tau^2)", "S", "two levels"),
    # state space (four repositories, notes)
    ("state", r"y_t = Z_t\alpha_t + \varepsilon_t, \quad \varepsilon_t \sim N(0, H_t)", "M", "matrix Z_t times state vector, or numbers"),
    ("state", r"\alpha_{t+1} = T_t\alpha_t + R_t\eta_t, \quad \eta_t \sim N(0, Q_t)", "M", "matrices times vectors, or numbers"),
    ("state", r"F_t = Z_tP_{t|t-1}Z_t' + H_t", "M", "matrices with the condition t|t−1 below"),
    ("state", r"K_t = P_{t|t-1}Z_t'F_t^{-1}", "M", "matrices"),
    ("state", r"a_{t|t} = a_{t|t-1} + K_tv_t", "M", "vector plus matrix times vector, or numbers"),
    ("state", r"P_{t|t} = (I - K_tZ_t)P_{t|t-1}", "M", "matrices; I of the size that fits"),
    ("state", r"P_{t|t} = (I - K_tZ_t)P_{t|t-1}(I - K_tZ_t)' + K_tH_tK_t'", "M", "matrices"),
    ("state", r"\mu_t = \mu_{t-1} + \beta_{t-1} + \eta_t", "S", "numbers; t − 1 below"),
    ("state", r"\log L = -\frac12\sum_{t=1}^n\left(\log 2\pi + \log F_t + v_t^2/F_t\right)", "S", "sum of numbers"),
]
