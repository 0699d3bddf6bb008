r"""Models as course pages and papers write them in words and equations, each with the model that it states.

What is expected of a text: the levels of its indices, the columns of X and of Z, and which observations vary together.
`Share` says by how much two observations covary that have the same level of some indices, as {"j": "sigma2_u"}; all of
them together add up to the covariance. Where only words say what is random, a question by name is right, too.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any


@dataclass(frozen=True, slots=True)
class Text:
    """A text, and the model that it states, or the kinds of questions that are right to ask."""

    text: str
    levels: dict[str, Any]
    columns: tuple[int, int] = (0, 0)
    """Of X and of Z."""
    shares: dict[str, str] = field(default_factory=dict)
    """By the indices that two observations share: their covariance, where it needs no covariate."""
    covariances: dict[tuple[str, str], str] = field(default_factory=dict)
    """By two observations, for what shares do not tell."""
    questions: frozenset[str] = frozenset()
    """Kinds of questions that are right as well, or where there are no columns, alone."""
    about: str = ""
    """What such a question must name."""
    parameters: frozenset[str] = frozenset()
    """Of a generalized model."""


MISSING = frozenset({"distribution-missing"})
IN_WORDS = frozenset({"distribution-missing", "told-in-words"})
ANY = frozenset({"*"})
"""Any refusal is right: no mixed model of one response comes of it, or none that the text determines."""

PAGES: dict[str, Text] = {
    "one-way, NID of two": Text(
        r"""The random-effects model is
        $$y_{ij} = \mu + \tau_i + \epsilon_{ij}, \quad i = 1, 2, \ldots, a; \; j = 1, 2, \ldots, n,$$
        where both the treatment effects $\tau_i$ and $\epsilon_{ij}$ are random variables. We will assume that the
        treatment effects $\tau_i$ are NID$(0, \sigma_\tau^2)$ random variables and that the errors $\epsilon_{ij}$ are
        NID$(0, \sigma^2)$ random variables.""",
        {"a": 3, "n": 4}, (1, 3), {"i": "sigma2_tau", "ij": "sigma2"}, questions=IN_WORDS, about="τ",
    ),
    "two factors, words for fixed and random": Text(
        r"""Consider the two-factor mixed model
        \[ y_{ijk} = \mu + \tau_i + \beta_j + (\tau\beta)_{ij} + \epsilon_{ijk} \]
        Here $\tau_i$ is a fixed effect, $\beta_j$ is a random effect, the interaction $(\tau\beta)_{ij}$ is assumed to
        be a random effect, and $\epsilon_{ijk}$ is a random error.""",
        {"i": 2, "j": 3, "k": 4}, questions=MISSING, about="β",
    ),
    "the restricted model": Text(
        r"""$y_{ijk} = \mu + \tau_i + \beta_j + (\tau\beta)_{ij} + \epsilon_{ijk}$ with $\beta_j \sim N(0,
        \sigma_\beta^2)$,
        $(\tau\beta)_{ij} \sim N(0, \frac{a-1}{a}\sigma_{\tau\beta}^2)$, $\sum_{i=1}^{a} (\tau\beta)_{ij} = 0$ for each
        $j$, and $\epsilon_{ijk} \sim N(0, \sigma^2)$.""",
        {"i": 2, "j": 3, "k": 4}, questions=ANY,
    ),
    "two levels with T": Text(
        r"""Level 1: $Y_{ij} = \beta_{0j} + \beta_{1j} X_{ij} + r_{ij}$

        Level 2: $\beta_{0j} = \gamma_{00} + \gamma_{01} W_j + u_{0j}$, $\beta_{1j} = \gamma_{10} + \gamma_{11} W_j +
        u_{1j}$, where $r_{ij} \sim N(0, \sigma^2)$ and
        $$\begin{pmatrix} u_{0j} \\ u_{1j} \end{pmatrix} \sim N\left( \begin{pmatrix} 0 \\ 0 \end{pmatrix},
        \begin{pmatrix} \tau_{00} & \tau_{01} \\ \tau_{01} & \tau_{11} \end{pmatrix} \right).$$""",
        {"i": 4, "j": 3}, (4, 6), covariances={
            ("11", "21"): "tau_00 + tau_01*(X_11 + X_21) + tau_11*X_11*X_21", ("11", "12"): "0",
            ("11", "11"): "tau_00 + 2*tau_01*X_11 + tau_11*X_11**2 + sigma2",
        },
    ),
    "the combined model, variances in words": Text(
        r"""Substituting the level-2 equations into the level-1 equation gives the combined model
        $$Y_{ij} = \gamma_{00} + \gamma_{10} X_{ij} + \gamma_{01} W_j + \gamma_{11} W_j X_{ij} + u_{0j} + u_{1j} X_{ij}
        + r_{ij},$$ where $u_{0j}$ and $u_{1j}$ are normally distributed with mean zero, variances $\tau_{00}$ and
        $\tau_{11}$ and covariance $\tau_{01}$, and $r_{ij} \sim N(0, \sigma^2)$.""",
        {"i": 4, "j": 3}, (4, 6), covariances={
            ("11", "21"): "tau_00 + tau_01*(X_11 + X_21) + tau_11*X_11*X_21", ("11", "12"): "0",
        }, questions=IN_WORDS, about="u",
    ),
    "three levels": Text(
        r"""Level-1 model: $Y_{ijk} = \pi_{0jk} + e_{ijk}$. Level-2 model: $\pi_{0jk} = \beta_{00k} + r_{0jk}$.
        Level-3 model: $\beta_{00k} = \gamma_{000} + u_{00k}$. We assume $e_{ijk} \sim N(0, \sigma^2)$,
        $r_{0jk} \sim N(0, \tau_\pi)$ and $u_{00k} \sim N(0, \tau_\beta)$.""",
        {"i": 2, "j": 3, "k": 4}, (1, 16), {"k": "tau_beta", "jk": "tau_pi", "ijk": "sigma2"},
    ),
    "a split plot in Unicode": Text(
        "y_ijk = μ + r_i + α_j + (rα)_ij + β_k + (αβ)_jk + ε_ijk, where r_i ~ N(0, σ²_r) is the effect of replicate i, "
        "(rα)_ij ~ N(0, σ²_w) is the whole-plot error and ε_ijk ~ N(0, σ²) is the sub-plot error.",
        {"i": 4, "j": 2, "k": 3}, (12, 12), {"i": "sigma2_r", "ij": "sigma2_w", "ijk": "sigma2"},
    ),
    "a Latin square": Text(
        r"""For a Latin square with random rows and columns the model is $$y_{ij(k)} = \mu + \rho_i + \kappa_j +
        \tau_{(k)}
        + \varepsilon_{ij(k)}$$ with $\rho_i \overset{iid}{\sim} N(0, \sigma^2_\rho)$, $\kappa_j \overset{iid}{\sim}
        N(0, \sigma^2_\kappa)$ and $\varepsilon_{ij(k)} \overset{iid}{\sim} N(0, \sigma^2)$.""",
        {"i": 3, "j": 3, "k": 3}, (4, 6), covariances={
            ("111", "122"): "sigma2_rho", ("111", "212"): "sigma2_kappa", ("122", "212"): "0",
            ("111", "111"): "sigma2 + sigma2_rho + sigma2_kappa",
        },
    ),
    "nested, respectively": Text(
        r"""$y_{ijk} = \mu + a_i + b_{j(i)} + e_{ijk}$. The $a_i$, $b_{j(i)}$ and $e_{ijk}$ are independent normal
        random
        variables with zero means and variances $\sigma_a^2$, $\sigma_b^2$ and $\sigma^2$, respectively.""",
        {"i": 2, "j": 3, "k": 4}, (1, 8), {"i": "sigma2_a", "ij": "sigma2_b", "ijk": "sigma2"},
        questions=IN_WORDS, about="a",
    ),
    "intercepts about a mean": Text(
        r"""We fit the varying-intercept model $y_{ij} \sim N(\alpha_j + \beta x_{ij}, \sigma_y^2)$, with the intercepts
        $\alpha_j \sim N(\mu_\alpha, \sigma_\alpha^2)$.""",
        {"i": 4, "j": 3}, (2, 3), {"j": "sigma2_alpha", "ij": "sigma2_y"},
    ),
    "groups of n_i": Text(
        r"""The one-way random effects model can be written $y_{ij} = \beta + b_i + \epsilon_{ij}$, $i = 1, \ldots, M$,
        $j = 1, \ldots, n_i$, with $b_i \sim \mathcal{N}(0, \sigma_b^2)$ and $\epsilon_{ij} \sim \mathcal{N}(0,
        \sigma^2)$,
        where $\beta$ is the mean travel time across the population of rails.""",
        {"i": 3, "j": 4}, (1, 3), {"i": "sigma2_b", "ij": "sigma2"}, questions=ANY,
    ),
    "subjects and items": Text(
        r"""$$Y_{si} = \beta_0 + S_{0s} + I_{0i} + (\beta_1 + S_{1s}) X_{si} + e_{si}$$
        $$(S_{0s}, S_{1s}) \sim N\left(0, \begin{bmatrix} \tau_{00}^2 & \rho\,\tau_{00}\tau_{11} \\
        \rho\,\tau_{00}\tau_{11}
        & \tau_{11}^2 \end{bmatrix}\right)$$ $$I_{0i} \sim N(0, \omega_{00}^2)$$ $$e_{si} \sim N(0, \sigma^2)$$""",
        {"s": 3, "i": 4}, (2, 10), covariances={
            ("11", "21"): "omega2_00", ("11", "22"): "0",
        }, questions=frozenset({"no-index-model"}), about="variance",
    ),
    "variances as equations": Text(
        r"""The empty model: $Y_{ij} = \gamma_{00} + U_{0j} + R_{ij}$, with $\operatorname{var}(R_{ij}) = \sigma^2$ and
        $\operatorname{var}(U_{0j}) = \tau_0^2$.""",
        {"i": 4, "j": 3}, (1, 3), {"j": "tau2_0", "ij": "sigma2"}, questions=MISSING, about="U",
    ),
    "a bold vector of effects": Text(
        r"""$Y_{ij} = \beta_1 + \beta_2 t_{ij} + \beta_3 \text{Group}_i + \beta_4 t_{ij} \times \text{Group}_i +
        b_{1i} +
        b_{2i} t_{ij} + \epsilon_{ij}$, where $\mathbf{b}_i = (b_{1i}, b_{2i})' \sim N(\mathbf{0}, \mathbf{G})$ and
        $\epsilon_{ij} \sim N(0, \sigma^2)$.""",
        {"i": 3, "j": 4}, (4, 6), covariances={("11", "21"): "0"}, questions=ANY,
    ),
    "growth": Text(
        r"""Level-1 (within-person): $Y_{ij} = \pi_{0i} + \pi_{1i} TIME_{ij} + \varepsilon_{ij}$
        Level-2 (between-person): $\pi_{0i} = \gamma_{00} + \zeta_{0i}$, $\pi_{1i} = \gamma_{10} + \zeta_{1i}$
        where $\varepsilon_{ij} \sim N(0, \sigma^2_\varepsilon)$ and $\begin{bmatrix} \zeta_{0i} \\ \zeta_{1i}
        \end{bmatrix}
        \sim N\left(\begin{bmatrix} 0 \\ 0 \end{bmatrix}, \begin{bmatrix} \sigma_0^2 & \sigma_{01} \\ \sigma_{10} &
        \sigma_1^2 \end{bmatrix}\right)$""",
        {"i": 3, "j": 4}, (2, 6), covariances={("11", "21"): "0"},
    ),
    "blocks ~ iid in words": Text(
        r"""$Y_{ij} = \mu + \tau_i + \beta_j + \varepsilon_{ij}$, $i = 1, \dots, t$, $j = 1, \dots, b$, where the
        block effects
        are random: $\beta_j \sim \text{iid } N(0, \sigma^2_B)$, independent of $\varepsilon_{ij} \sim \text{iid }
        N(0, \sigma^2)$.""",
        {"t": 3, "b": 4}, (4, 4), {"j": "sigma2_B", "ij": "sigma2"},
    ),
    "an identity link": Text(
        r"""Distributions: $y_{ij} \mid r_j \sim N(\mu_{ij}, \sigma^2)$, $r_j \sim NI(0, \sigma_r^2)$.
        Linear predictor: $\eta_{ij} = \eta + \tau_i + r_j$. Link: identity, $\eta_{ij} = \mu_{ij}$.""",
        {"i": 3, "j": 4}, (4, 4), {"j": "sigma2_r", "ij": "sigma2"},
    ),
    "counts": Text(
        r"""Conditional on $b_i$, $Y_{ij} \mid b_i \sim \text{Poisson}(\mu_{ij})$ with
        $\log(\mu_{ij}) = \beta_0 + \beta_1 x_{ij} + b_i$ and $b_i \sim N(0, \sigma_b^2)$.""",
        {"i": 3, "j": 4}, (2, 3), parameters=frozenset({"sigma2_b"}),
    ),
    "a probability given an effect": Text(
        r"""$\operatorname{logit}\{\Pr(Y_{ij} = 1 \mid b_i)\} = \beta_0 + \beta_1 t_{ij} + b_i$, where $b_i \sim
        N(0, \sigma_b^2)$.""",
        {"i": 3, "j": 4}, (2, 3), parameters=frozenset({"sigma2_b"}), questions=ANY,
    ),
    "a strip plot, random in words": Text(
        r"""$Y_{ijk} = \mu + \rho_i + \alpha_j + (\rho\alpha)_{ij} + \beta_k + (\rho\beta)_{ik} + (\alpha\beta)_{jk} +
        \varepsilon_{ijk}$, where $\rho_i$, $(\rho\alpha)_{ij}$, $(\rho\beta)_{ik}$ and $\varepsilon_{ijk}$ are
        random and
        mutually independent.""",
        {"i": 4, "j": 2, "k": 3}, questions=MISSING, about="ρ",
    ),
    "subjects in treatments": Text(
        r"""\[ y_{ijk} = \mu + \alpha_i + d_{ij} + \tau_k + (\alpha\tau)_{ik} + e_{ijk} \] where $d_{ij}$ is the
        random effect
        associated with the $j$th subject in treatment $i$, $d_{ij} \sim iid\, N(0, \sigma_d^2)$, and $e_{ijk} \sim
        iid\,
        N(0, \sigma_e^2)$.""",
        {"i": 2, "j": 4, "k": 3}, (12, 8), {"ij": "sigma2_d", "ijk": "sigma2"},
    ),
    "blocks random by a sentence of nouns": Text(
        r"""$y_{ij} = \mu + \tau_i + \beta_j + \epsilon_{ij}$ where $\tau_i$ is the effect of treatment $i$ and
        $\beta_j$ is
        the effect of block $j$. Treatments are fixed and blocks are random.""",
        {"i": 3, "j": 4}, questions=MISSING, about="β",
    ),
    "the random effect of the farm": Text(
        r"""The model was $y_{ijk} = \mu + \tau_i + \gamma_j + \varepsilon_{ijk}$, where $\tau_i$ denotes the
        treatment effect,
        $\gamma_j$ the random effect of the farm and $\varepsilon_{ijk}$ the residual.""",
        {"i": 2, "j": 3, "k": 4}, questions=MISSING, about="γ",
    ),
    "an intercept with a variance": Text(
        r"""$y_{ij} = \beta_0 + \beta_1 x_{ij} + u_j + e_{ij}$, where $u_j$ is a random intercept for school $j$
        with variance
        $\sigma_u^2$, and $e_{ij}$ is a residual with variance $\sigma_e^2$.""",
        {"i": 4, "j": 3}, (2, 3), {"j": "sigma2_u", "ij": "sigma2"}, questions=IN_WORDS, about="u",
    ),
    "normal with mean and variance": Text(
        r"""Let $y_{ij} = \mu + \tau_i + \beta_j + \varepsilon_{ij}$. The block effects $\beta_j$ are iid normal
        with mean 0 and
        variance $\sigma_b^2$ and the errors are iid normal with mean 0 and variance $\sigma^2$.""",
        {"i": 3, "j": 4}, (4, 4), {"j": "sigma2_b", "ij": "sigma2"}, questions=IN_WORDS, about="β",
    ),
    "relatives": Text(
        r"""$y_{ij} = \mu + h_j + a_i + e_{ij}$, where $h_j$ is a fixed herd effect, $\mathbf{a} \sim N(\mathbf{0},
        \mathbf{A}\sigma_a^2)$ and $e_{ij} \sim N(0, \sigma_e^2)$, $\mathbf{A}$ being the numerator relationship
        matrix.""",
        {"i": 3, "j": 4}, questions=ANY,
    ),
    "serial correlation in words": Text(
        r"""$y_{ijk} = \mu + \alpha_i + \tau_k + (\alpha\tau)_{ik} + \varepsilon_{ijk}$ where the errors of one
        subject follow a
        first-order autoregressive process.""",
        {"i": 2, "j": 3, "k": 4}, questions=frozenset({"told-in-words"}), about="autoregressive",
    ),
    "serial correlation as a formula": Text(
        r"""$y_{ij} = \mu + \tau_j + \varepsilon_{ij}$, where observations of different subjects are independent and
        $\operatorname{Cov}(\varepsilon_{ij}, \varepsilon_{ik}) = \sigma^2 \rho^{|j-k|}$.""",
        {"i": 3, "j": 4}, (5, 0), covariances={
            ("11", "13"): "sigma2*rho**2", ("11", "21"): "0", ("11", "11"): "sigma2",
        },
    ),
    "variances of treatments": Text(
        r"""The errors are heteroscedastic: $y_{ij} = \mu + \tau_i + \varepsilon_{ij}$, $\varepsilon_{ij} \sim N(0,
        \sigma_i^2)$.""",
        {"i": 3, "j": 4}, (4, 0), covariances={("11", "11"): "sigma2_1", ("21", "21"): "sigma2_2", ("11", "12"): "0"},
    ),
    "names of factors": Text(
        "Yield_ijk = mu + Gen_i + Env_j + (GenEnv)_ij + Rep_jk + e_ijk, where Env, GenEnv and Rep are random.",
        {"i": 2, "j": 3, "k": 4}, questions=MISSING, about="Env",
    ),
    "ASCII of a forum": Text(
        "y_ij = beta_0 + beta_1*x_ij + u_0j + u_1j*x_ij + e_ij\nu_0j ~ N(0, sigma_u0^2)\nu_1j ~ N(0, sigma_u1^2)\n"
        "e_ij ~ N(0, sigma_e^2)",
        {"i": 4, "j": 3}, (2, 6), covariances={("11", "21"): "sigma2_u0 + sigma2_u1*x_11*x_21", ("11", "12"): "0"},
    ),
    "clusters": Text(
        r"""For individual $i$ in cluster $j$, $$Y_{ij} = \alpha + \delta\, \text{treat}_j + u_j +
        \varepsilon_{ij},$$ with
        $u_j \sim N(0, \sigma_b^2)$, $\varepsilon_{ij} \sim N(0, \sigma_w^2)$, and intracluster correlation
        $\rho = \sigma_b^2 / (\sigma_b^2 + \sigma_w^2)$.""",
        {"i": 4, "j": 3}, (2, 3), {"j": "sigma2_b", "ij": "sigma2_w"},
    ),
    "a crossover with carry-over": Text(
        r"""$y_{ijk} = \mu + s_{ik} + \pi_j + \tau_{d(i,j)} + \lambda_{d(i,j-1)} + \varepsilon_{ijk}$, $s_{ik} \sim N(0,
        \sigma_s^2)$, $\varepsilon_{ijk} \sim N(0, \sigma^2)$.""",
        {"i": 2, "j": 3, "k": 4}, questions=ANY,
    ),
    "a stepped wedge": Text(
        r"""$Y_{ijk} = \mu + \alpha_i + \beta_j + X_{ij}\theta + e_{ijk}$, where $\alpha_i \sim N(0, \tau^2)$ is
        the random effect
        for cluster $i$, $\beta_j$ is a fixed effect of time $j$ in $1, \ldots, T$, $X_{ij}$ is an indicator of the
        treatment mode, $\theta$ is the treatment effect, and $e_{ijk} \sim N(0, \sigma_e^2)$.""",
        {"i": 2, "j": 3, "k": 4}, (5, 2), {"i": "tau2", "ijk": "sigma2"},
    ),
    "three lines of a blog": Text(
        "The math score of student $i$ in school $j$:\n\n$$\n\\begin{aligned}\ny_{ij} &= \\beta_{0j} + \\beta_1 "
        "x_{ij} + "
        "\\epsilon_{ij} \\\\\n\\beta_{0j} &= \\gamma_{00} + u_{0j}\n\\end{aligned}\n$$\n\nwith $u_{0j} \\sim "
        "\\mathcal{N}(0, \\tau^2_{00})$ and $\\epsilon_{ij} \\sim \\mathcal{N}(0, \\sigma^2)$.",
        {"i": 4, "j": 3}, (2, 3), {"j": "tau2_00", "ij": "sigma2"},
    ),
    "a split-split plot": Text(
        r"""\begin{align*}
        y_{ijkl} &= \mu + b_i + \alpha_j + w_{ij} + \beta_k + (\alpha\beta)_{jk} + s_{ijk} \\
        &\quad + \gamma_l + (\alpha\gamma)_{jl} + (\beta\gamma)_{kl} + (\alpha\beta\gamma)_{jkl} + e_{ijkl}, \\
        b_i &\sim N(0, \sigma_b^2), \quad w_{ij} \sim N(0, \sigma_w^2), \quad s_{ijk} \sim N(0, \sigma_s^2), \quad
        e_{ijkl} \sim N(0, \sigma^2)
        \end{align*}""",
        {"i": 3, "j": 2, "k": 2, "l": 2}, (27, 21),
        {"i": "sigma2_b", "ij": "sigma2_w", "ijk": "sigma2_s", "ijkl": "sigma2"},
    ),
    "a deviation in Normal": Text(
        r"""\begin{align*} y_{ij} &\sim \text{Normal}(\mu_{ij}, \sigma) \\ \mu_{ij} &= \alpha + a_j + \beta x_{ij} \\
        a_j &\sim \text{Normal}(0, \sigma_a) \end{align*}""",
        {"i": 4, "j": 3}, questions=frozenset({"deviation-for-variance"}), about="standard deviation",
    ),
    "known variances": Text(
        r"""The random-effects model of a meta-analysis is $y_i = \mu + u_i + e_i$ with $u_i \sim N(0, \tau^2)$ and
        $e_i \sim N(0, v_i)$, where the $v_i$ are known.""",
        {"i": 4}, questions=ANY,
    ),
    "German words": Text(
        r"""$y_{ijk} = \mu + \alpha_i + b_j + (\alpha b)_{ij} + e_{ijk}$, wobei $b_j \sim N(0, \sigma_b^2)$ der
        zufällige Effekt
        des Blocks $j$ ist, $(\alpha b)_{ij} \sim N(0, \sigma_{\alpha b}^2)$ und $e_{ijk} \sim N(0, \sigma^2)$.""",
        {"i": 2, "j": 3, "k": 4}, (3, 9), {"j": "sigma2_b", "ij": "sigma2_alpha_b", "ijk": "sigma2"},
    ),
    "fixed in words": Text(
        r"""$y_{ijk} = \mu + v_i + s_k + b_{jk} + e_{ijk}$, where $v_i$ is the fixed effect of variety $i$, $s_k
        \sim N(0,
        \sigma_s^2)$ is the effect of site $k$, $b_{jk} \sim N(0, \sigma_b^2)$ that of block $j$ at site $k$ and
        $e_{ijk} \sim
        N(0, \sigma_e^2)$.""",
        {"i": 3, "j": 4, "k": 2}, (4, 10), {"k": "sigma2_s", "jk": "sigma2_b", "ijk": "sigma2"},
        questions=MISSING, about="v",
    ),
}  # fmt: skip

FURTHER: dict[str, Text] = {
    "random intercepts for subjects": Text(
        r"""We fitted a linear mixed model with random intercepts for subjects: $Y_{ij} = \beta_0 + \beta_1 T_{ij}
        + b_i +
        \varepsilon_{ij}$.""",
        {"i": 3, "j": 4}, questions=MISSING, about="b",
    ),
    "random intercepts, a Greek letter": Text(
        r"""We fitted a linear mixed model with random intercepts for subjects: $Y_{ij} = \beta_0 + \beta_1 x_{ij}
        + \alpha_i +
        \varepsilon_{ij}$.""",
        {"i": 3, "j": 4}, questions=MISSING, about="α",
    ),
    "genotypes and environments": Text(
        r"""The model for the multi-environment trial was $Y_{ijk} = \mu + E_j + R_{k(j)} + G_i + GE_{ij} +
        \varepsilon_{ijk}$,
        where genotypes were considered fixed, and environments, replicates within environments and their interaction
        with genotypes random.""",
        {"i": 2, "j": 3, "k": 4}, questions=MISSING, about="E",
    ),
    "all effects but the mean": Text(
        r"""$y_{ijk} = \mu + \alpha_i + \beta_j + (\alpha\beta)_{ij} + \varepsilon_{ijk}$, where all effects except
        $\mu$ are
        random.""",
        {"i": 2, "j": 3, "k": 4}, questions=MISSING, about="α",
    ),
    "gauge study": Text(
        r"""\begin{equation} y_{ijk} = \mu + P_i + O_j + (PO)_{ij} + \varepsilon_{ijk} \end{equation} where $P_i
        \sim N(0,
        \sigma_P^2)$, $O_j \sim N(0, \sigma_O^2)$, $(PO)_{ij} \sim N(0, \sigma_{PO}^2)$ and $\varepsilon_{ijk} \sim N(0,
        \sigma^2)$ are all mutually independent.""",
        {"i": 4, "j": 3, "k": 2}, (1, 19), {"i": "sigma2_P", "j": "sigma2_O", "ij": "sigma2_PO", "ijk": "sigma2"},
    ),
    "sire model": Text(
        r"""The sire model is $y_{ij} = \mu + s_i + e_{ij}$ with $E(s_i) = 0$, $Var(s_i) = \sigma_s^2$,
        $Var(e_{ij}) = \sigma_e^2$
        and all covariances zero.""",
        {"i": 3, "j": 4}, (1, 3), {"i": "sigma2_s", "ij": "sigma2"}, questions=IN_WORDS, about="s",
    ),
    "random slopes uncorrelated": Text(
        "y_ij = (β_0 + b_0i) + (β_1 + b_1i) t_ij + ε_ij\nb_0i ~ N(0, σ²_0), b_1i ~ N(0, σ²_1), ε_ij ~ N(0, σ²), all "
        "independent.",
        {"i": 3, "j": 4}, (2, 6), covariances={
            ("11", "12"): "sigma2_0 + sigma2_1*t_11*t_12", ("11", "21"): "0",
            ("11", "11"): "sigma2_0 + sigma2_1*t_11**2 + sigma2",
        },
    ),
    "intercepts and slopes as outcomes": Text(
        r"""Level 1: \[ Y_{ij} = \beta_{0j} + \beta_{1j}(X_{ij} - \bar{X}_{\cdot j}) + r_{ij}, \quad r_{ij} \sim
        N(0, \sigma^2) \]
        Level 2: \[ \beta_{0j} = \gamma_{00} + \gamma_{01} W_j + u_{0j}, \quad u_{0j} \sim N(0, \tau_{00}) \]
        \[ \beta_{1j} = \gamma_{10} \]""",
        {"i": 4, "j": 3}, (3, 3), {"j": "tau_00", "ij": "sigma2"},
    ),
    "a fixed slope in the second level": Text(
        r"""L1: $MATH_{ij} = \beta_{0j} + \beta_{1j} SES_{ij} + e_{ij}$; L2: $\beta_{0j} = \gamma_{00} + u_{0j}$,
        $\beta_{1j} = \gamma_{10} + u_{1j}$; $e_{ij} \sim N(0, \sigma^2)$; $\mathbf{u}_j \sim N(\mathbf{0},
        \mathbf{T})$.""",
        {"i": 4, "j": 3}, (2, 6), covariances={("11", "12"): "0"}, questions=ANY,
    ),
    "two random factors in one line": Text(
        r"""$$y_{ijk} = \mu + a_i + b_j + c_{ij} + e_{ijk},$$ $a_i \sim N(0, \sigma^2_a)$; $b_j \sim N(0,
        \sigma^2_b)$; $c_{ij}
        \sim N(0, \sigma^2_{ab})$; $e_{ijk} \sim N(0, \sigma^2_e)$.""",
        {"i": 2, "j": 3, "k": 4}, (1, 11), {"i": "sigma2_a", "j": "sigma2_b", "ij": "sigma2_ab", "ijk": "sigma2"},
    ),
    "fixed factor named by fixed": Text(
        r"""$Y_{ijk} = \mu + \alpha_i + b_j + (\alpha b)_{ij} + e_{ijk}$. Factor A is fixed with $\sum_i \alpha_i =
        0$. Factor B is
        random, $b_j \sim N(0, \sigma_b^2)$, and so is the interaction, $(\alpha b)_{ij} \sim N(0, \sigma_{\alpha
        b}^2)$.""",
        {"i": 2, "j": 3, "k": 4}, (3, 9), {"j": "sigma2_b", "ij": "sigma2_alpha_b", "ijk": "sigma2"},
    ),
    "the interaction is forgotten": Text(
        r"""$Y_{ijk} = \mu + \alpha_i + \beta_j + (\alpha\beta)_{ij} + e_{ijk}$. Factor A is fixed. Factor B is
        random, $\beta_j \sim
        N(0, \sigma_\beta^2)$, and therefore the interaction is random as well.""",
        {"i": 2, "j": 3, "k": 4}, questions=MISSING, about="αβ",
    ),
    "whole plots": Text(
        r"""$y_{ijk} = \mu + \rho_i + \alpha_j + \eta_{ij} + \beta_k + (\alpha\beta)_{jk} + \varepsilon_{ijk}$
        where $\rho_i$ is the
        (fixed) effect of block $i$, $\eta_{ij} \sim N(0, \sigma_\eta^2)$ the whole-plot error and
        $\varepsilon_{ijk} \sim
        N(0, \sigma_\varepsilon^2)$ the split-plot error.""",
        {"i": 4, "j": 2, "k": 3}, (16, 8), {"ij": "sigma2_eta", "ijk": "sigma2"},
    ),
    "whole-plot error without a law": Text(
        r"""$y_{ijk} = \mu + \rho_i + \alpha_j + \eta_{ij} + \beta_k + (\alpha\beta)_{jk} + \varepsilon_{ijk}$
        where $\rho_i$ is the
        block effect, $\eta_{ij}$ is the whole-plot error, and $\varepsilon_{ijk}$ is the split-plot error.""",
        {"i": 4, "j": 2, "k": 3}, questions=MISSING, about="η",
    ),
    "subject error": Text(
        r"""In the repeated measures model $y_{ijk} = \mu + \alpha_i + \delta_{ij} + \tau_k + (\alpha\tau)_{ik} +
        \varepsilon_{ijk}$,
        $\delta_{ij}$ is the between-subject error and $\varepsilon_{ijk}$ the within-subject error.""",
        {"i": 2, "j": 4, "k": 3}, questions=MISSING, about="δ",
    ),
    "Spanish": Text(
        r"""El modelo es $y_{ij} = \mu + \tau_i + \beta_j + \varepsilon_{ij}$, donde $\beta_j \sim N(0,
        \sigma_\beta^2)$ es el efecto
        aleatorio del bloque y $\varepsilon_{ij} \sim N(0, \sigma^2)$ el error.""",
        {"i": 3, "j": 4}, (4, 4), {"j": "sigma2_beta", "ij": "sigma2"},
    ),
    "French, blocks random": Text(
        r"""Le modèle est $y_{ij} = \mu + \tau_i + \beta_j + \varepsilon_{ij}$, où $\tau_i$ est l'effet fixe du
        traitement et
        $\beta_j$ l'effet aléatoire du bloc.""",
        {"i": 3, "j": 4}, questions=MISSING, about="β",
    ),
    "BLUP of lines": Text(
        r"""$$y_{ij} = \mu + g_i + b_j + e_{ij}$$ where $y_{ij}$ is the yield of line $i$ in block $j$; $\mu$ the
        mean; $g_i \sim N(0,
        \sigma^2_g)$ the random effect of line $i$; $b_j$ the fixed effect of block $j$; $e_{ij} \sim N(0,
        \sigma^2_e)$.""",
        {"i": 4, "j": 3}, (4, 4), {"i": "sigma2_g", "ij": "sigma2"}, questions=MISSING, about="b",
    ),
    "a caption": Text(
        r"""Model: $y_{ijk} = \mu + \alpha_i + \beta_{j(i)} + \varepsilon_{k(ij)}$ with $\alpha_i$ the fixed effect
        of the $i$-th
        brand, $\beta_{j(i)}$ the random effect of the $j$-th car within brand $i$, $\beta_{j(i)} \sim N(0,
        \sigma_C^2)$, and
        $\varepsilon_{k(ij)} \sim N(0, \sigma^2)$.""",
        {"i": 2, "j": 3, "k": 4}, (3, 6), {"ij": "sigma2_C", "ijk": "sigma2"},
    ),
    "bullets": Text(
        "$$y_{ijk} = \\mu + \\tau_i + u_j + v_{ij} + e_{ijk}$$\n\n- $\\tau_i$: effect of treatment $i$ (fixed)\n- "
        "$u_j$: effect "
        "of block $j$, $u_j \\sim N(0, \\sigma_u^2)$\n- $v_{ij}$: block-by-treatment interaction, $v_{ij} \\sim N(0, "
        "\\sigma_v^2)$\n- $e_{ijk}$: residual, $e_{ijk} \\sim N(0, \\sigma^2)$",
        {"i": 2, "j": 3, "k": 4}, (3, 9), {"j": "sigma2_u", "ij": "sigma2_v", "ijk": "sigma2"},
    ),
    "bullets without laws": Text(
        "$$y_{ijk} = \\mu + \\tau_i + \\rho_j + \\delta_{ij} + \\varepsilon_{ijk}$$\n\n- $\\tau_i$: treatment "
        "(fixed)\n- $\\rho_j$: "
        "block (random)\n- $\\delta_{ij}$: experimental error (random)\n- $\\varepsilon_{ijk}$: sampling error "
        "(random)",
        {"i": 2, "j": 3, "k": 4}, questions=MISSING, about="ρ",
    ),
    "binomial": Text(
        r"""$Y_{ij} \mid u_j \sim \text{Binomial}(n_{ij}, \pi_{ij})$, $\operatorname{logit}(\pi_{ij}) = \mu +
        \tau_i + u_j$, $u_j \sim
        N(0, \sigma_u^2)$.""",
        {"i": 3, "j": 4}, (4, 4), parameters=frozenset({"sigma2_u", "n_ij"}),
    ),
    "time as an index": Text(
        r"""$y_{it} = \alpha_i + \gamma_t + \varepsilon_{it}$ with $\alpha_i \sim N(\mu, \sigma_\alpha^2)$,
        $\gamma_t$ fixed, and
        $\varepsilon_{it} \sim N(0, \sigma^2)$.""",
        {"i": 3, "t": 4}, (5, 3), covariances={("11", "12"): "sigma2_alpha", ("11", "21"): "0"},
    ),
    "a coefficient for each group in words": Text(
        r"""The slope may vary between schools: $Y_{ij} = \beta_0 + \beta_{1j} x_{ij} + \varepsilon_{ij}$, where
        the $\beta_{1j}$ are
        normally distributed over schools with mean $\beta_1$ and variance $\sigma_1^2$.""",
        {"i": 4, "j": 3}, (2, 3), covariances={("11", "21"): "sigma2_1*x_11*x_21"}, questions=IN_WORDS, about="β",
    ),
    "exchangeable": Text(
        r"""$y_{ij} = \mu + \theta_j + \epsilon_{ij}$; the school effects $\theta_j$ are exchangeable draws from a
        normal
        distribution with standard deviation $\tau$.""",
        {"i": 4, "j": 3}, (1, 3), {"j": "tau2", "ij": "sigma2"}, questions=IN_WORDS, about="θ",
    ),
    "sampled levels": Text(
        r"""$y_{ij} = \mu + \tau_i + \varepsilon_{ij}$, where the levels of $\tau$ are a random sample from a large
        population of
        levels.""",
        {"i": 3, "j": 4}, questions=MISSING, about="τ",
    ),
    "components of variance": Text(
        r"""For the components of variance model $y_{ij} = \mu + \alpha_i + \varepsilon_{ij}$ we have $E(y_{ij}) =
        \mu$ and
        $Var(y_{ij}) = \sigma_\alpha^2 + \sigma^2$.""",
        {"i": 3, "j": 4}, questions=ANY,
    ),
    "cov of the same group": Text(
        r"""$y_{ij} = \mu + u_i + e_{ij}$, $u_i \sim N(0, \sigma_u^2)$, $e_{ij} \sim N(0, \sigma^2)$, so that
        $Cov(y_{ij}, y_{ij'}) =
        \sigma_u^2$ for $j \ne j'$ and $Var(y_{ij}) = \sigma_u^2 + \sigma^2$.""",
        {"i": 3, "j": 4}, (1, 3), {"i": "sigma2_u", "ij": "sigma2"}, questions=ANY,
    ),
    "lambda of a package": Text(
        r"""$y_{ij} = \beta_0 + \beta_1 x_{ij} + b_{0i} + b_{1i} x_{ij} + \varepsilon_{ij}$, $(b_{0i}, b_{1i})^\top
        \sim N(0, \Psi)$,
        $\Psi = \begin{pmatrix} \psi_{11} & \psi_{12} \\ \psi_{12} & \psi_{22} \end{pmatrix}$, $\varepsilon_{ij}
        \sim N(0,
        \sigma^2)$.""",
        {"i": 3, "j": 4}, (2, 6), covariances={("11", "12"): "psi_11 + psi_12*(x_11 + x_12) + psi_22*x_11*x_12"},
    ),
    "treated as random": Text(
        r"""Observations follow $Y_{ijk} = \mu + \alpha_i + \beta_j + \gamma_k + \varepsilon_{ijk}$, in which
        $\alpha_i$ is the variety,
        $\beta_j$ the location and $\gamma_k$ the year. Locations and years were treated as random.""",
        {"i": 2, "j": 3, "k": 4}, questions=MISSING, about="β",
    ),
}  # fmt: skip
"""A second set, written after the first was mended."""
