r"""Index models as lectures write them: how many observations, columns of X and columns of Z each has, or what is
asked for where a line is missing or says what no linear mixed model can."""

from __future__ import annotations

import pytest

from tutor import from_equation
from tutor.errors import ReadError

MODELS: list[tuple[str, dict[str, int | str], tuple[str, str, str]]] = [
    # the text, the levels of its indices, and n, the columns of X and those of Z
    ("y_ij = mu + tau_i + u_j + e_ij, u_j ~ N(0, sigma2_u), Var(u_j) = sigma2_u, i = 1..3, j = 1..2",
     {}, ("6", "4", "2")),
    (r"y_{ij} = \mu + \tau_i + \varepsilon_{ij}, \varepsilon_{ij} \sim N(0,\sigma^2)",
     {"i": 3, "j": 2}, ("6", "4", "0")),
    (r"y_{ij} = \mu + \tau_i + \rho_j + \varepsilon_{ij}, \varepsilon_{ij} \sim N(0,\sigma^2)",
     {"i": 3, "j": 2}, ("6", "6", "0")),
    (r"y_{ij} = \mu + \tau_i + u_j + \varepsilon_{ij}, u_j \sim N(0, \sigma_u^2), "
     r"\varepsilon_{ij} \sim N(0,\sigma^2)",
     {"i": 3, "j": 2}, ("6", "4", "2")),
    (r"y_{ij} = \mu + \tau_i + u_j + \varepsilon_{ij}; u_j \overset{iid}{\sim} N(0, "
     r"\sigma_u^2); \varepsilon_{ij} \overset{iid}{\sim} N(0,\sigma^2)",
     {"i": 3, "j": 2}, ("6", "4", "2")),
    (r"y_{ij} = \mu + \tau_i + u_j + \varepsilon_{ij} \\ u_j \stackrel{\text{iid}}{\sim} \mathcal{N}(0"
     r", \sigma_u^2) \\ \varepsilon_{ij} \sim NID(0,\sigma^2)",
     {"i": 3, "j": 2}, ("6", "4", "2")),
    (r"y_{ij} = \mu + \tau_i + b_j + e_{ij}, b_j \sim N(0, \sigma_b^2), e_{ij} \sim N(0,\sigma_e^2)",
     {"i": 3, "j": 2}, ("6", "4", "2")),
    (r"y_ij = μ + τ_i + u_j + ε_ij, u_j ~ N(0, σ²_u), ε_ij ~ N(0, σ²)",
     {"i": 3, "j": 2}, ("6", "4", "2")),
    (r"y_ij = mu + tau_i + u_j + e_ij; u_j ~ N(0, sigma2_u); e_ij ~ N(0, sigma2)",
     {"i": 3, "j": 2}, ("6", "4", "2")),
    (r"y[i,j] = mu + tau[i] + u[j] + e[i,j], u[j] ~ N(0, sigma_u^2), e[i,j] ~ N(0, sigma^2)",
     {"i": 3, "j": 2}, ("6", "4", "2")),
    (r"y_{ijk} = \mu + \tau_i + \alpha_j + (\tau\alpha)_{ij} + \varepsilon_{ijk}, "
     r"\varepsilon_{ijk} \sim N(0,\sigma^2)",
     {"i": 2, "j": 3, "k": 2}, ("12", "12", "0")),
    (r"y_{ijk} = \mu + \tau_i + \alpha_j + \tau\alpha_{ij} + \varepsilon_{ijk}, "
     r"\varepsilon_{ijk} \sim N(0,\sigma^2)",
     {"i": 2, "j": 3, "k": 2}, ("12", "12", "0")),
    (r"y_{ijk} = \mu + \tau_i + \alpha_j + (\tau\times\alpha)_{ij} + \varepsilon_{ijk}, "
     r"\varepsilon_{ijk} \sim N(0,\sigma^2)",
     {"i": 2, "j": 3, "k": 2}, ("12", "12", "0")),
    (r"y_{ijk} = \mu + \tau_i + \alpha_j + (\tau\alpha)_{ij} + u_k + v_{i(k)} + \varepsilon_{ijk}, "
     r"u_k \sim N(0,\sigma_u^2), v_{i(k)} \sim N(0,\sigma_v^2), \varepsilon_{ijk} \sim N(0,\sigma^2)",
     {"i": 2, "j": 3, "k": 2}, ("12", "12", "6")),
    (r"y_{ijk} = \mu + \tau_i + \alpha_j + (\tau\alpha)_{ij} + u_k + v_{ik} + \varepsilon_{ijk}, "
     r"u_k \sim N(0,\sigma_u^2), v_{ik} \sim N(0,\sigma_v^2), \varepsilon_{ijk} \sim N(0,\sigma^2)",
     {"i": 2, "j": 3, "k": 2}, ("12", "12", "6")),
    (r"y_{ijk} = \mu + u_i + v_{j(i)} + \varepsilon_{ijk}, u_i \sim N(0,\sigma_u^2), "
     r"v_{j(i)} \sim N(0,\sigma_v^2), \varepsilon_{ijk} \sim N(0,\sigma^2)",
     {"i": 2, "j": 3, "k": 2}, ("12", "1", "8")),
    (r"y_{ijk} = \mu + a_i + b_{j(i)} + e_{k(ij)}, a_i \sim N(0,\sigma_a^2), "
     r"b_{j(i)} \sim N(0,\sigma_b^2), e_{k(ij)} \sim N(0,\sigma_e^2)",
     {"i": 2, "j": 3, "k": 2}, ("12", "1", "8")),
    (r"y_{ijk} = \mu + \alpha_i + \beta_{j(i)} + \varepsilon_{ijk}, "
     r"\beta_{j(i)} \sim N(0,\sigma_\beta^2), \varepsilon_{ijk} \sim N(0,\sigma^2)",
     {"i": 2, "j": 3, "k": 2}, ("12", "3", "6")),
    (r"y_{ijk} = \mu + u_i + v_j + w_{ij} + \varepsilon_{ijk}, u_i \sim N(0,\sigma_u^2), "
     r"v_j \sim N(0,\sigma_v^2), w_{ij} \sim N(0,\sigma_w^2), \varepsilon_{ijk} \sim N(0,\sigma^2)",
     {"i": 2, "j": 3, "k": 2}, ("12", "1", "11")),
    (r"y_{ijk} = \mu + \alpha_i + b_j + (\alpha b)_{ij} + e_{ijk}, b_j \sim N(0,\sigma_b^2), "
     r"(\alpha b)_{ij} \sim N(0,\sigma_{\alpha b}^2), e_{ijk} \sim N(0,\sigma^2)",
     {"i": 2, "j": 3, "k": 2}, ("12", "3", "9")),
    (r"y_{ij} = \beta_0 + \beta_1 x_{ij} + u_j + \varepsilon_{ij}, u_j \sim N(0,\sigma_u^2), "
     r"\varepsilon_{ij} \sim N(0,\sigma^2)",
     {"i": 3, "j": 2}, ("6", "2", "2")),
    (r"y_{ij} = \beta_0 + \beta_1 x_{i} + u_j + \varepsilon_{ij}, u_j \sim N(0,\sigma_u^2), "
     r"\varepsilon_{ij} \sim N(0,\sigma^2)",
     {"i": 3, "j": 2}, ("6", "2", "2")),
    (r"y_{ij} = \beta_0 + \beta_1 t_{ij} + u_{0j} + u_{1j} t_{ij} + \varepsilon_{ij}, "
     r"u_{0j} \sim N(0,\sigma_{u0}^2), u_{1j} \sim N(0,\sigma_{u1}^2), "
     r"\varepsilon_{ij} \sim N(0,\sigma^2)",
     {"i": 3, "j": 2}, ("6", "2", "4")),
    (r"y_{ijk} = \mu + \tau_k + r_i + c_j + \varepsilon_{ijk}, r_i \sim N(0,\sigma_r^2), "
     r"c_j \sim N(0,\sigma_c^2), \varepsilon_{ijk} \sim N(0,\sigma^2)",
     {"i": 3, "j": 3, "k": 3}, ("27", "4", "6")),
    (r"y_{ij} = \mu_i + u_j + \varepsilon_{ij}, u_j \sim N(0,\sigma_u^2), "
     r"\varepsilon_{ij} \sim N(0,\sigma^2)",
     {"i": 3, "j": 2}, ("6", "3", "2")),
    (r"y_i = \beta_0 + \beta_1 x_i + \varepsilon_i, \varepsilon_i \sim N(0, \sigma^2)",
     {"i": 5}, ("5", "2", "0")),
    (r"y_i = \beta_0 + \beta_1 x_{1i} + \beta_2 x_{2i} + \varepsilon_i, \varepsilon_i \sim N(0, "
     r"\sigma^2)",
     {"i": 5}, ("5", "3", "0")),
    (r"y_i = \mu + \varepsilon_i, \varepsilon_i \sim N(0, \sigma^2)",
     {"i": 5}, ("5", "1", "0")),
    (r"y_{ij} = \mu + \tau_i + u_j + \varepsilon_{ij}, u_j \sim N(0,\sigma_u^2), "
     r"\varepsilon_{ij} \sim N(0,\sigma^2), i = 1, 2, 3, j = 1, \dots, 4",
     {}, ("12", "4", "4")),
    (r"y_{ij} = \mu + \tau_i + u_j + \varepsilon_{ij}, i = 1, \ldots, t, j = 1, \ldots, b, "
     r"u_j \sim N(0,\sigma_u^2), \varepsilon_{ij} \sim N(0,\sigma^2)",
     {}, ("b*t", "t + 1", "b")),
    (r"y_{ij} = \mu + \tau_i + u_j + \varepsilon_{ij}, u_j \sim N(0,\sigma_u^2), "
     r"\varepsilon_{ij} \sim N(0,\sigma^2)",
     {"i": "t", "j": "b"}, ("b*t", "t + 1", "b")),
    (r"y_{ij} = \mu + \tau_i + u_j + \varepsilon_{ij}, u_j \sim N(0,\sigma_u^2)",
     {"i": 3, "j": 2}, ("6", "4", "2")),
    (r"y_{ij} \mid u_j \sim N(\mu + \tau_i + u_j, \sigma^2), u_j \sim N(0, \sigma_u^2)",
     {"i": 3, "j": 2}, ("6", "4", "2")),
    (r"y_{ij} \sim N(\mu_{ij}, \sigma^2), \mu_{ij} = \mu + \tau_i + u_j, u_j \sim N(0,\sigma_u^2)",
     {"i": 3, "j": 2}, ("6", "4", "2")),
    (r"y_{ij} = \mu + \tau_i + \beta_i x_{ij} + \varepsilon_{ij}, \varepsilon_{ij} \sim N(0,\sigma^2)",
     {"i": 3, "j": 2}, ("6", "7", "0")),
    (r"y_{ijk} = \mu + \alpha_i + \beta_j + \gamma_k + (\alpha\beta)_{ij} + (\alpha\gamma)_{ik} + (\be"
     r"ta\gamma)_{jk} + \varepsilon_{ijk}, \varepsilon_{ijk} \sim N(0,\sigma^2)",
     {"i": 2, "j": 3, "k": 2}, ("12", "24", "0")),
    (r"y_{ijk} = \mu + G_i + E_j + GE_{ij} + B_{k(j)} + \varepsilon_{ijk}, E_j \sim N(0,\sigma_E^2), "
     r"GE_{ij} \sim N(0,\sigma_{GE}^2), B_{k(j)} \sim N(0,\sigma_B^2), "
     r"\varepsilon_{ijk} \sim N(0,\sigma^2)",
     {"i": 2, "j": 3, "k": 2}, ("12", "3", "15")),
    (r"y_{ijk} = \mu + G_i + E_j + (GE)_{ij} + \varepsilon_{ijk}, G_i \sim N(0,\sigma_G^2), "
     r"(GE)_{ij} \sim N(0,\sigma_{GE}^2), \varepsilon_{ijk} \sim N(0,\sigma^2)",
     {"i": 2, "j": 3, "k": 2}, ("12", "4", "8")),
    ("\\begin{align} y_{ij} &= \\mu + \\tau_i + u_j + \\varepsilon_{ij} \\\\ u_j &\\sim N(0,\\sigma_u^2) \\\\ \\"
     r"varepsilon_{ij} &\sim N(0,\sigma^2) \end{align}",
     {"i": 3, "j": 2}, ("6", "4", "2")),
    (r"y_{ij} = \mu + \tau_i + u_j + \varepsilon_{ij} \quad u_j \sim N(0,\sigma_u^2) \quad \varepsilon"
     r"_{ij} \sim N(0,\sigma^2)",
     {"i": 3, "j": 2}, ("6", "4", "2")),
    (r"y_{ij} = \mu + \tau_i + u_j + \varepsilon_{ij}, "
     r"\text{ where } u_j \sim N(0,\sigma_u^2) \text{ and } \varepsilon_{ij} \sim N(0,\sigma^2)",
     {"i": 3, "j": 2}, ("6", "4", "2")),
    (r"y_{ij} = \mu + \tau_i + u_j + e_{ij}, Var(u_j) = \sigma_u^2, Var(e_{ij}) = \sigma^2",
     {"i": 3, "j": 2}, ("6", "4", "2")),
    (r"y_{ij} = \mu + \tau_i + u_j + \varepsilon_{ij}, "
     r"\text{ with } u_j \text{ iid } N(0,\sigma_u^2), \varepsilon_{ij} \text{ iid } N(0,\sigma^2)",
     {"i": 3, "j": 2}, ("6", "4", "2")),
    (r"y_{ij} = \mu + \tau_i + u_j + \varepsilon_{ij}, "
     r"u_j \sim N(0,\sigma_u^2) \perp \varepsilon_{ij} \sim N(0,\sigma^2)",
     {"i": 3, "j": 2}, ("6", "4", "2")),
    (r"y_{ij} = \mu + \tau_i + u_j + e_{ij}, u_j \sim (0,\sigma_u^2), e_{ij} \sim iid(0,\sigma^2)",
     {"i": 3, "j": 2}, ("6", "4", "2")),
    (r"y_{ij} = \beta_0 + \beta_1 t_{ij} + b_{0i} + b_{1i} t_{ij} + e_{ij}, b_i = (b_{0i}, b_{1i})', b_i \sim N(0, D)",
     {"i": 2, "j": 3}, ("6", "2", "4")),
    (r"Y_{ij} | b_i \sim N(b_i + \beta x_{ij}, \sigma^2), b_i \sim N(\beta_0, \sigma^2_b)",
     {"i": 2, "j": 3}, ("6", "2", "2")),
    (r"y_{ij} = \mu + \alpha_i + \varepsilon_{ij}, i = 1, 2, 3 \rightarrow a = 3, j = 1, 2", {}, ("6", "4", "0")),
    (r"y_{ij} = \mu_y + \beta_c c_{ij} + \beta_{cg} c_{ij} g_i + u_j + e_{ij}, u_j \sim N(0, \sigma^2_u)",
     {"i": 3, "j": 2}, ("6", "3", "2")),
    ("$$\\beta_{0j} = \\gamma_{00} + u_{0j} \\ (1.1)$$\n$$y_{ij} = \\beta_{0j} + \\beta_1 x_{ij} + e_{ij} \\ (1.2)$$\n"
     "The matrix $$T = \\begin{bmatrix} \\tau_{00} & \\\\ \\tau_{10} & \\tau_{11} \\end{bmatrix}$$ is of others; "
     "$u_{0j}$ 是 $i.i.d. N(0, \\sigma^2_u)$. Fitted by `lmer(y ~ x + (1 | g))`.",
     {"i": 3, "j": 2}, ("6", "2", "2")),
    ("#' \\deqn{y_{ij} = \\mu + u_j\n#'   + e_{ij},}\n#' where \\eqn{u_j \\sim N(0, \\sigma_u^2)} is the effect of j.",
     {"i": 3, "j": 2}, ("6", "1", "2")),
    (r"Y_{ij} = \mu + \tau_i + \epsilon_{ij} = \mu_i + \epsilon_{ij},\ \epsilon_{ij} \sim NID(0, \sigma^2)",
     {"i": 3, "j": 2}, ("6", "4", "0")),
    (r"<p>The model</p> \mjseqn{Y_{ij} = \mu + u_i + e_{ij}} with \mjseqn{u_i \sim N(0, \sigma_b^2)} for "
     r"\code{f = 'g'}, and \mjseqn{\rho^2 = \mu^2 + \sigma_b^2}.", {"i": 3, "j": 2}, ("6", "1", "3")),
]  # fmt: skip

REFUSED: list[tuple[str, dict[str, int | str], str]] = [
    (r"y_{ij} = \mu + \tau_i + u_j + e_{ij}, u_j \sim N(0, \sigma_u^2), u_j \sim N(0, \sigma_b^2)",
     {"i": 3, "j": 2}, "told-twice"),
    (r"y_{ij} = \mu + \tau_i + u_j + e_{ij}, u_j \sim N(0, \sigma^2)", {"i": 3, "j": 2}, "one-variance"),
    (r"y_{ij} = \mu + \tau_i + u_j + e_{ij}, u_j \sim N(0, \sigma^2), e_{ij} \sim N(0, \sigma^2)",
     {"i": 3, "j": 2}, "one-variance"),
    (r"y_{ij} = \mu + \tau_i u_j + e_{ij}, u_j \sim N(0, \sigma_u^2)", {"i": 3, "j": 2}, "effects-multiplied"),
    (r"y_{ij} = \mu + \tau_i + u_j + e_{ijk}, u_j \sim N(0, \sigma_u^2)", {"i": 3, "j": 2}, "index-on-one-side"),
    (r"y_{ij} = \mu + \tau_i + u_j + e_{ij} u_j \sim N(0, \sigma_u^2)", {"i": 3, "j": 2}, "missing-comma"),
    (r"y_{ij} = \mu + \tau_i + u_j + e_{ij}, u_j \sim N(\sigma_u^2)", {"i": 3, "j": 2}, "distribution"),
    ("yield ~ nitro + (1 | Block/Variety)", {}, "formula"),
    (r"y_{ij} = \mu + \tau_i + u_j + \varepsilon_{ij}, \varepsilon_{ij} \sim N(0,\sigma^2)",
     {"i": 3, "j": 2}, "distribution-missing"),
    (r"y_{ij} = \mu + \tau_i + u_j + \varepsilon_{ij}",
     {"i": 3, "j": 2}, "distribution-missing"),
    (r"y_{ij} = \mu + \tau_i + u_j + \varepsilon_{ij}, u_j \sim N(0,\sigma_u), "
     r"\varepsilon_{ij} \sim N(0,\sigma^2)",
     {"i": 3, "j": 2}, "deviation-for-variance"),
    (r"y_{ij} = \mu + \tau_i + u_j + \varepsilon_{ij}, u_j \sim N(0,\tau^2), "
     r"\varepsilon_{ij} \sim N(0,\sigma^2)",
     {"i": 3, "j": 2}, "no-index-model"),
    (r"y_{ij} = \mu + \tau_i - u_j + \varepsilon_{ij}, u_j \sim N(0,\sigma_u^2), "
     r"\varepsilon_{ij} \sim N(0,\sigma^2)",
     {"i": 3, "j": 2}, "no-index-model"),
    (r"y_{ij} = \mu + 2\tau_i + u_j + \varepsilon_{ij}, u_j \sim N(0,\sigma_u^2), "
     r"\varepsilon_{ij} \sim N(0,\sigma^2)",
     {"i": 3, "j": 2}, "no-index-model"),
    (r"y_{ij} = \mu + \tau_i + u_j^2 + \varepsilon_{ij}, u_j \sim N(0,\sigma_u^2), "
     r"\varepsilon_{ij} \sim N(0,\sigma^2)",
     {"i": 3, "j": 2}, "no-index-model"),
    (r"y_{ij} = \mu + \tau_i + u_k + \varepsilon_{ij}, u_k \sim N(0,\sigma_u^2), "
     r"\varepsilon_{ij} \sim N(0,\sigma^2)",
     {"i": 3, "j": 2}, "index-on-one-side"),
    (r"y_{ij} = \mu + \tau_i + u_j + \varepsilon_{ij}, u_j \sim N(1,\sigma_u^2), "
     r"\varepsilon_{ij} \sim N(0,\sigma^2)",
     {"i": 3, "j": 2}, "no-index-model"),
    (r"y_{ij} = \mu + \tau_i + u_j + \varepsilon_{ij}, u_j \sim \text{Gamma}(a, b), "
     r"\varepsilon_{ij} \sim N(0,\sigma^2)",
     {"i": 3, "j": 2}, "not-normal"),
    (r"\log y_{ij} = \mu + \tau_i + u_j + \varepsilon_{ij}, u_j \sim N(0,\sigma_u^2), "
     r"\varepsilon_{ij} \sim N(0,\sigma^2)",
     {"i": 3, "j": 2}, "no-index-model"),
    (r"y_{ij} = \mu + \tau_i + \beta x_{ij} + \gamma \bar{x}_{\cdot\cdot} + \varepsilon_{ij}, "
     r"\varepsilon_{ij} \sim N(0,\sigma^2)",
     {"i": 3, "j": 2}, "no-index-model"),
    (r"y_{ij} = \beta_0 + \beta_1 x_{ij} + \beta_2 \log(x_{ij}) + u_i + \varepsilon_{ij}, "
     r"u_i \sim N(0,\sigma_u^2), \varepsilon_{ij} \sim N(0,\sigma^2)",
     {"i": 3, "j": 4}, "no-index-model"),
    (r"y_{ij} = \mu + \tau_i + u_j + e_{ij}, \quad u_j, e_{ij} \text{ independent}, "
     r"u_j \sim N(0,\sigma_u^2), e_{ij} \sim N(0,\sigma^2)",
     {"i": 3, "j": 2}, "missing-operand"),
    (r"\[y_{ij} = \mu + P_i + E_{ij}\] where $i = 1, 2,\; \mu$ is a constant, and $P_i, E_{ij}$ are independent "
     "normal random variables with means of zero.", {"i": 2, "j": 2}, "distribution-missing"),
    (r"y_{ij} = \mu + u_j + e_{ij}, u_j \sim N(0, \sigma_u^2), \sigma_u^2 = 16", {"i": 2, "j": 3}, "no-index-model"),
    ("A simple model is : yij = μ + αi + eij, where μ is the mean. The α’s are random effects.",
     {"i": 2, "j": 2}, "distribution-missing"),
]  # fmt: skip


@pytest.mark.parametrize(("text", "levels", "counts"), MODELS)
def test_an_index_model_has_its_matrices(
    text: str, levels: dict[str, int | str], counts: tuple[str, str, str]
) -> None:  # fmt: skip
    model = from_equation(text, levels=levels)
    random_columns = 0 if model.Z is None else model.Z.columns
    assert (str(model.y.rows), str(model.X.columns), str(random_columns)) == counts
    assert model.X.rows == model.y.rows == model.V.rows


@pytest.mark.parametrize(("text", "levels", "kind"), REFUSED)
def test_what_is_missing_or_cannot_be_is_said(text: str, levels: dict[str, int | str], kind: str) -> None:
    with pytest.raises(ReadError) as caught:
        from_equation(text, levels=levels)
    assert caught.value.kind == kind
