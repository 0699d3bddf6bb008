r"""Models of which words tell the distribution, or a part of it, each with the model or the question that is right.

Written before the reader of words was: what is drawn, what is fixed and what is only allocated at random, in the ways
in which theses, manuals and course pages of several languages say so.
"""

from __future__ import annotations

from tests.models.equation_texts import ANY, IN_WORDS, MISSING, Text

TOLD_IN_WORDS: dict[str, Text] = {
    "independent normal with mean and variance": Text(
        r"""$y_{ij} = \mu + \tau_i + b_j + e_{ij}$, where the $b_j$ are independent normal with mean zero and variance
        $\sigma_b^2$ and the $e_{ij}$ are independent normal with mean zero and variance $\sigma^2$.""",
        {"i": 3, "j": 4}, (4, 4), {"j": "sigma2_b", "ij": "sigma2"},
    ),
    "iid N in plain letters": Text(
        "y_ij = mu + tau_i + b_j + e_ij, where the b_j are iid N(0, sigma_b^2) and the e_ij are iid N(0, sigma^2).",
        {"i": 3, "j": 4}, (4, 4), {"j": "sigma2_b", "ij": "sigma2"},
    ),
    "assumed to be normally distributed": Text(
        r"""The yield of variety $i$ on farm $j$ is $y_{ij} = \mu + \alpha_i + \phi_j + \varepsilon_{ij}$. The farm
        effects $\phi_j$ are assumed to be normally distributed with mean 0 and variance $\sigma^2_\phi$, and the
        residuals $\varepsilon_{ij}$ are assumed to be normally distributed with mean 0 and variance $\sigma^2$.""",
        {"i": 3, "j": 4}, (4, 4), {"j": "sigma2_phi", "ij": "sigma2"},
    ),
    "three names, respectively": Text(
        r"""$y_{ijk} = \mu + \tau_i + \beta_j + \delta_{ij} + \varepsilon_{ijk}$; $\beta_j$, $\delta_{ij}$ and
        $\varepsilon_{ijk}$ are mutually independent and normally distributed with means zero and variances
        $\sigma_\beta^2$, $\sigma_\delta^2$ and $\sigma^2$, respectively.""",
        {"i": 2, "j": 3, "k": 2}, (3, 9), {"j": "sigma2_beta", "ij": "sigma2_delta", "ijk": "sigma2"},
    ),
    "follow a normal distribution": Text(
        r"""\[ y_{ij} = \beta_0 + \beta_1 x_{ij} + \theta_j + \varepsilon_{ij} \] The clinic effects $\theta_j$
        follow a normal distribution with zero mean and variance $\sigma_\theta^2$; the errors $\varepsilon_{ij}$
        follow a normal distribution with zero mean and variance $\sigma^2$.""",
        {"i": 4, "j": 3}, (2, 3), {"j": "sigma2_theta", "ij": "sigma2"},
    ),
    "German, normalverteilt": Text(
        r"""Das Modell lautet $y_{ij} = \mu + \tau_i + \beta_j + \varepsilon_{ij}$. Die Blockeffekte $\beta_j$ sind
        unabhängig und normalverteilt mit Erwartungswert 0 und Varianz $\sigma_\beta^2$; die Fehler $\varepsilon_{ij}$
        sind unabhängig und normalverteilt mit Erwartungswert 0 und Varianz $\sigma^2$.""",
        {"i": 3, "j": 4}, (4, 4), {"j": "sigma2_beta", "ij": "sigma2"}, questions=IN_WORDS, about="β",
    ),
    "French, loi normale": Text(
        r"""Le modèle s'écrit $y_{ij} = \mu + \tau_i + \beta_j + \varepsilon_{ij}$, où les effets $\beta_j$ suivent
        une loi normale de moyenne nulle et de variance $\sigma_\beta^2$, et les erreurs $\varepsilon_{ij}$ une loi
        normale de moyenne nulle et de variance $\sigma^2$.""",
        {"i": 3, "j": 4}, (4, 4), {"j": "sigma2_beta", "ij": "sigma2"}, questions=IN_WORDS, about="β",
    ),
    "Spanish, normalmente": Text(
        r"""Sea $y_{ij} = \mu + \tau_i + \beta_j + \varepsilon_{ij}$. Los efectos $\beta_j$ se distribuyen normalmente
        con media cero y varianza $\sigma_\beta^2$ y los errores $\varepsilon_{ij}$ con media cero y varianza
        $\sigma^2$.""",
        {"i": 3, "j": 4}, (4, 4), {"j": "sigma2_beta", "ij": "sigma2"}, questions=IN_WORDS, about="β",
    ),
    "bivariate normal with a covariance matrix": Text(
        r"""$y_{ij} = \beta_0 + \beta_1 x_{ij} + u_{0j} + u_{1j} x_{ij} + e_{ij}$, where $(u_{0j}, u_{1j})'$ is
        bivariate normal with mean vector $\mathbf{0}$ and covariance matrix $\begin{pmatrix} \tau_{00} & \tau_{01}
        \\ \tau_{01} & \tau_{11} \end{pmatrix}$, and $e_{ij} \sim N(0, \sigma^2)$.""",
        {"i": 4, "j": 3}, (2, 6), covariances={
            ("11", "21"): "tau_00 + tau_01*(x_11 + x_21) + tau_11*x_11*x_21", ("11", "12"): "0",
        }, questions=IN_WORDS, about="u",
    ),
    "correlated slopes told in words": Text(
        r"""The response of subject $i$ at time $j$ is $y_{ij} = \beta_0 + \beta_1 t_{ij} + b_{0i} + b_{1i} t_{ij} +
        \varepsilon_{ij}$. The random intercepts $b_{0i}$ and slopes $b_{1i}$ are normally distributed with mean zero,
        variances $\sigma_0^2$ and $\sigma_1^2$ and covariance $\sigma_{01}$; $\varepsilon_{ij} \sim N(0,
        \sigma^2)$.""",
        {"i": 3, "j": 4}, (2, 6), covariances={
            ("11", "12"): "sigma2_0 + sigma_01*(t_11 + t_12) + sigma2_1*t_11*t_12", ("11", "21"): "0",
        }, questions=IN_WORDS, about="b",
    ),
    "correlated slopes without their covariance": Text(
        r"""$y_{ij} = \beta_0 + \beta_1 t_{ij} + b_{0i} + b_{1i} t_{ij} + \varepsilon_{ij}$ with $b_{0i} \sim N(0,
        \sigma_0^2)$, $b_{1i} \sim N(0, \sigma_1^2)$ and $\varepsilon_{ij} \sim N(0, \sigma^2)$, where intercepts and
        slopes of a subject are correlated.""",
        {"i": 3, "j": 4}, questions=ANY,
    ),
    "a random subject effect with mean and variance": Text(
        r"""For observation $j$ of subject $i$, $y_{ij} = \mu + \gamma_j + s_i + \varepsilon_{ij}$, where $s_i$ is a
        random subject effect with mean zero and variance $\sigma_s^2$ and $\varepsilon_{ij} \sim N(0, \sigma^2)$.""",
        {"i": 3, "j": 4}, (5, 3), {"i": "sigma2_s", "ij": "sigma2"}, questions=IN_WORDS, about="s",
    ),
    "drawn from a Gaussian": Text(
        r"""$y_{ij} = \mu + \alpha_i + \eta_j + \epsilon_{ij}$. The $\eta_j$ are drawn independently from a Gaussian
        distribution with mean zero and variance $\sigma_\eta^2$. The $\epsilon_{ij}$ are drawn independently from a
        Gaussian distribution with mean zero and variance $\sigma^2$.""",
        {"i": 3, "j": 4}, (4, 4), {"j": "sigma2_eta", "ij": "sigma2"}, questions=IN_WORDS, about="η",
    ),
    "NID among letters": Text(
        "Y_ij = μ + τ_i + s_j + ε_ij, where the s_j are NID(0, σ²_s) and the ε_ij are NID(0, σ²).",
        {"i": 3, "j": 4}, (4, 4), {"j": "sigma2_s", "ij": "sigma2"},
    ),
    "possessives": Text(
        r"""$y_{ij} = \mu + \alpha_i + \varepsilon_{ij}$ with the $\alpha_i$'s i.i.d. $N(0, \sigma_\alpha^2)$,
        independent of the $\varepsilon_{ij}$'s, which are i.i.d. $N(0, \sigma^2)$.""",
        {"i": 3, "j": 4}, (1, 3), {"i": "sigma2_alpha", "ij": "sigma2"}, questions=IN_WORDS, about="α",
    ),
    "a standard deviation in words": Text(
        r"""$y_{ij} = \mu + \tau_i + u_j + e_{ij}$, where the $u_j$ are normal with mean 0 and standard deviation
        $\sigma_u$ and the $e_{ij}$ are normal with mean 0 and standard deviation $\sigma$.""",
        {"i": 3, "j": 4}, (4, 4), {"j": "sigma2_u", "ij": "sigma2"}, questions=IN_WORDS, about="u",
    ),
    "a variance as an equation beside normal": Text(
        r"""$y_{ij} = \mu + \tau_i + \beta_j + \varepsilon_{ij}$. Block effects are independent and normal with
        $E(\beta_j) = 0$ and $\operatorname{Var}(\beta_j) = \sigma_\beta^2$, errors with $E(\varepsilon_{ij}) = 0$ and
        $\operatorname{Var}(\varepsilon_{ij}) = \sigma^2$.""",
        {"i": 3, "j": 4}, (4, 4), {"j": "sigma2_beta", "ij": "sigma2"}, questions=IN_WORDS, about="β",
    ),
    "herds and their error in one sentence": Text(
        r"""Milk yield: $y_{ij} = \mu + \beta x_{ij} + \eta_j + \varepsilon_{ij}$ with normal herd effects $\eta_j$ of
        mean 0 and variance $\sigma_\eta^2$ and normal errors $\varepsilon_{ij}$ of mean 0 and variance
        $\sigma^2$.""",
        {"i": 4, "j": 3}, (2, 3), {"j": "sigma2_eta", "ij": "sigma2"}, questions=IN_WORDS, about="η",
    ),
}  # fmt: skip
"""Words give the whole distribution: the model should be built."""

TOLD_BY_FORMULAS: dict[str, Text] = {
    "clinics from a population": Text(
        r"""$y_{ij} = \mu + \tau_i + u_j + \varepsilon_{ij}$. The clinics were sampled from a large population of
        clinics, and the random effects $u_j \sim N(0, \sigma_u^2)$ represent the heterogeneity between them;
        $\varepsilon_{ij} \sim N(0, \sigma^2)$ is the random error.""",
        {"i": 3, "j": 4}, (4, 4), {"j": "sigma2_u", "ij": "sigma2"},
    ),
    "a split plot with its randomization": Text(
        r"""Whole-plot treatments were randomly assigned to the whole plots of each block and subplot treatments at
        random to the subplots. \[ y_{ijk} = \mu + \alpha_i + \beta_j + (\alpha\beta)_{ij} + r_k + w_{ik} +
        \varepsilon_{ijk} \] Here $r_k \sim N(0, \sigma_r^2)$ is the random block effect, $w_{ik} \sim N(0,
        \sigma_w^2)$ the whole-plot error and $\varepsilon_{ijk} \sim N(0, \sigma^2)$ the subplot error.""",
        {"i": 2, "j": 2, "k": 3}, (9, 9), {"k": "sigma2_r", "ik": "sigma2_w", "ijk": "sigma2"},
    ),
    "students vary": Text(
        r"""Scores vary among students and schools: $y_{ij} = \gamma_{00} + \gamma_{10} x_{ij} + u_{0j} + e_{ij}$ with
        $u_{0j} \sim N(0, \sigma_u^2)$ and $e_{ij} \sim N(0, \sigma_e^2)$. Students were sampled at random within
        schools. The intraclass correlation $\sigma_u^2 / (\sigma_u^2 + \sigma_e^2)$ is the correlation of two
        students of a school.""",
        {"i": 4, "j": 3}, (2, 3), {"j": "sigma2_u", "ij": "sigma2"},
    ),
    "subjects and items, crossed": Text(
        r"""Response times of subject $i$ to item $j$, both sampled from populations, follow the mixed model
        $$Y_{ij} = \beta_0 + \beta_1 X_{ij} + S_{0i} + I_{0j} + e_{ij}$$ with crossed random effects $S_{0i} \sim N(0,
        \tau_{00}^2)$ and $I_{0j} \sim N(0, \omega_{00}^2)$ and residuals $e_{ij} \sim N(0, \sigma^2)$.""",
        {"i": 3, "j": 4}, (2, 7), {"i": "tau2_00", "j": "omega2_00", "ij": "sigma2"},
    ),
    "subjects and items, levels": Text(
        r"""$$Y_{ij} = \beta_0 + S_{0i} + I_{0j} + e_{ij}, \quad S_{0i} \sim N(0, \tau_{00}^2), \quad I_{0j} \sim N(0,
        \omega_{00}^2), \quad e_{ij} \sim N(0, \sigma^2).$$""",
        {"i": 3, "j": 4}, (1, 7), {"i": "tau2_00", "j": "omega2_00", "ij": "sigma2"},
    ),
    "a multilevel model": Text(
        r"""In the multilevel model the intercept varies randomly across schools. Level 1: $y_{ij} = \beta_{0j} +
        \beta_1 x_{ij} + r_{ij}$, $r_{ij} \sim N(0, \sigma^2)$. Level 2: $\beta_{0j} = \gamma_{00} + u_{0j}$,
        $u_{0j} \sim N(0, \tau_{00})$.""",
        {"i": 4, "j": 3}, (2, 3), {"j": "tau_00", "ij": "sigma2"},
    ),
    "Portuguese": Text(
        r"""O modelo misto é $y_{ij} = \mu + \tau_i + b_j + e_{ij}$, em que $\tau_i$ é o efeito fixo do tratamento,
        $b_j \sim N(0, \sigma_b^2)$ o efeito aleatório do bloco e $e_{ij} \sim N(0, \sigma^2)$ o erro aleatório.""",
        {"i": 3, "j": 4}, (4, 4), {"j": "sigma2_b", "ij": "sigma2"},
    ),
    "Italian": Text(
        r"""Il modello è $y_{ij} = \mu + \tau_i + b_j + e_{ij}$, dove $\tau_i$ è l'effetto fisso del trattamento, $b_j
        \sim N(0, \sigma_b^2)$ l'effetto casuale del blocco ed $e_{ij} \sim N(0, \sigma^2)$ l'errore casuale.""",
        {"i": 3, "j": 4}, (4, 4), {"j": "sigma2_b", "ij": "sigma2"},
    ),
    "Dutch": Text(
        r"""Het model is $y_{ij} = \mu + \tau_i + b_j + e_{ij}$, waarbij $\tau_i$ het vaste effect van de
        behandeling is, $b_j \sim N(0, \sigma_b^2)$ het willekeurige effect van het blok en $e_{ij} \sim N(0,
        \sigma^2)$ de toevallige fout.""",
        {"i": 3, "j": 4}, (4, 4), {"j": "sigma2_b", "ij": "sigma2"},
    ),
    "animals within diets": Text(
        r"""$y_{ijk} = \mu + \delta_i + a_{j(i)} + \varepsilon_{k(ij)}$, where $\delta_i$ is the effect of diet $i$,
        $a_{j(i)} \sim N(0, \sigma_a^2)$ the random effect of animal $j$ nested within diet $i$ and
        $\varepsilon_{k(ij)} \sim N(0, \sigma^2)$. All random effects are mutually independent and normally
        distributed.""",
        {"i": 2, "j": 3, "k": 2}, (3, 6), {"ij": "sigma2_a", "ijk": "sigma2"},
    ),
    "a list with the kinds": Text(
        "The linear mixed model was\n\n$$y_{ijk} = \\mu + \\alpha_i + p_j + (\\alpha p)_{ij} + e_{ijk}$$\n\n- "
        "$\\alpha_i$: fixed effect of dose $i$\n- $p_j$: random effect of patient $j$, $p_j \\sim N(0, \\sigma_p^2)$\n"
        "- $(\\alpha p)_{ij}$: random interaction of dose and patient, $(\\alpha p)_{ij} \\sim N(0, "
        "\\sigma_{\\alpha p}^2)$\n- $e_{ijk}$: random error, $e_{ijk} \\sim N(0, \\sigma^2)$",
        {"i": 2, "j": 3, "k": 2}, (3, 9), {"j": "sigma2_p", "ij": "sigma2_alpha_p", "ijk": "sigma2"},
    ),
    "variance components of REML": Text(
        r"""$y_{ij} = \mu + \tau_i + u_j + \varepsilon_{ij}$, $u_j \sim N(0, \sigma_u^2)$, $\varepsilon_{ij} \sim N(0,
        \sigma^2)$. The variance components $\sigma_u^2$ and $\sigma^2$ are estimated by REML, the random effects
        predicted by their BLUPs; a likelihood ratio test of $\sigma_u^2 = 0$ tells whether sites differ. Normality of
        residuals and homogeneity of variances were checked in plots.""",
        {"i": 3, "j": 4}, (4, 4), {"j": "sigma2_u", "ij": "sigma2"}, questions=ANY,
    ),
    "sites chosen at random": Text(
        r"""Eight sites were chosen at random from all sites of the region, so that their effects $s_j \sim N(0,
        \sigma_s^2)$ are random, while the effects $\tau_i$ of the treatments in $y_{ij} = \mu + \tau_i + s_j +
        e_{ij}$ are fixed; $e_{ij} \sim N(0, \sigma^2)$.""",
        {"i": 3, "j": 4}, (4, 4), {"j": "sigma2_s", "ij": "sigma2"},
    ),
    "an expectation and a variance as formulas": Text(
        r"""The one-way random model is $y_{ij} = \mu + \alpha_i + \varepsilon_{ij}$ with
        $\operatorname{Var}(\alpha_i) = \sigma_\alpha^2$ and $\operatorname{Var}(\varepsilon_{ij}) = \sigma^2$. The
        levels of the factor are a random sample from a population of levels.""",
        {"i": 3, "j": 4}, (1, 3), {"i": "sigma2_alpha", "ij": "sigma2"},
    ),
}  # fmt: skip
"""Formulas give every distribution: words about it ask nothing."""

TOLD_IN_PART: dict[str, Text] = {
    "a sample of possible blocks": Text(
        r"""$y_{ij} = \mu + \tau_i + \beta_j + \varepsilon_{ij}$, $\varepsilon_{ij} \sim N(0, \sigma^2)$, where
        $\beta_j$ is the effect of block $j$. The blocks are thought of as a sample from the many blocks that might
        have been used.""",
        {"i": 3, "j": 4}, questions=MISSING, about="β",
    ),
    "vary from farm to farm": Text(
        r"""$y_{ij} = \mu + \tau_i + \beta_j + \varepsilon_{ij}$. The $\beta_j$ vary randomly from farm to farm.""",
        {"i": 3, "j": 4}, questions=MISSING, about="β",
    ),
    "realizations": Text(
        r"""$y_{ij} = \mu + \tau_i + \rho_j + \varepsilon_{ij}$. We regard the $\rho_j$ as realizations of random
        variables, the $\tau_i$ as unknown constants.""",
        {"i": 3, "j": 4}, questions=MISSING, about="ρ",
    ),
    "a stochastic term": Text(
        r"""$y_{ij} = \mu + \tau_i + \rho_j + \varepsilon_{ij}$ with a deterministic part $\mu + \tau_i$ and the
        stochastic terms $\rho_j$ and $\varepsilon_{ij}$.""",
        {"i": 3, "j": 4}, questions=MISSING, about="ρ",
    ),
    "a variance component by its noun": Text(
        r"""$y_{ij} = \mu + \tau_i + \gamma_j + \varepsilon_{ij}$, where $\gamma_j$ is the effect of clinic $j$. The
        variance component of clinics was larger than that of the residual.""",
        {"i": 3, "j": 4}, questions=MISSING, about="γ",
    ),
    "correlated through an effect": Text(
        r"""$y_{ij} = \mu + \beta x_{ij} + \theta_j + \varepsilon_{ij}$, where the effect $\theta_j$ of school $j$
        makes the scores of pupils of one school correlated.""",
        {"i": 4, "j": 3}, questions=MISSING, about="θ",
    ),
    "heterogeneity between centres": Text(
        r"""$y_{ij} = \mu + \tau_i + \gamma_j + \varepsilon_{ij}$, where $\gamma_j$ captures unobserved heterogeneity
        between centres with between-centre variance $\sigma_c^2$.""",
        {"i": 3, "j": 4}, (4, 4), {"j": "sigma2_c", "ij": "sigma2"}, questions=MISSING, about="γ",
    ),
    "a random factor by its noun": Text(
        r"""$y_{ijk} = \mu + \alpha_i + \beta_j + (\alpha\beta)_{ij} + \varepsilon_{ijk}$, $\alpha_i$ for method $i$
        and $\beta_j$ for laboratory $j$. Method is a fixed factor; laboratory and the interaction are random
        factors.""",
        {"i": 2, "j": 3, "k": 4}, questions=MISSING, about="β",
    ),
    "an intercept that varies": Text(
        r"""$y_{ij} = \beta_{0j} + \beta_1 x_{ij} + \varepsilon_{ij}$, where the intercept $\beta_{0j}$ is allowed
        to vary across schools.""",
        {"i": 4, "j": 3}, questions=MISSING, about="β",
    ),
    "Bloecke als zufaellig": Text(
        r"""$y_{ij} = \mu + \tau_i + \beta_j + \varepsilon_{ij}$ mit den Effekten $\tau_i$ der Sorten und $\beta_j$
        der Blöcke. Die Blöcke werden als zufällig betrachtet.""",
        {"i": 3, "j": 4}, questions=MISSING, about="β",
    ),
    "Zufallseffekt": Text(
        r"""$y_{ij} = \mu + \tau_i + \beta_j + \varepsilon_{ij}$. Der Blockeffekt $\beta_j$ geht als Zufallseffekt
        in das Modell ein, die Fehler $\varepsilon_{ij}$ sind normalverteilt.""",
        {"i": 3, "j": 4}, questions=MISSING, about="β",
    ),
    "effets aleatoires": Text(
        r"""Modèle mixte : $y_{ij} = \mu + \tau_i + \beta_j + \varepsilon_{ij}$. Les blocs sont considérés comme
        aléatoires, les traitements $\tau_i$ comme fixes.""",
        {"i": 3, "j": 4}, questions=MISSING, about="β",
    ),
    "los bloques son aleatorios": Text(
        r"""$y_{ij} = \mu + \tau_i + \beta_j + \varepsilon_{ij}$, $\tau_i$: efecto del tratamiento, $\beta_j$:
        efecto del bloque. Los tratamientos son fijos y los bloques son aleatorios.""",
        {"i": 3, "j": 4}, questions=MISSING, about="β",
    ),
    "effetto casuale": Text(
        r"""Nel modello $y_{ij} = \mu + \tau_i + \beta_j + \varepsilon_{ij}$ si assume casuale l'effetto $\beta_j$ del
        blocco.""",
        {"i": 3, "j": 4}, questions=MISSING, about="β",
    ),
    "considerado aleatorio": Text(
        r"""$y_{ij} = \mu + \tau_i + \beta_j + \varepsilon_{ij}$. O efeito de bloco foi considerado aleatório e o de
        tratamento, fixo.""",
        {"i": 3, "j": 4}, questions=MISSING, about="β",
    ),
    "toevallige effecten": Text(
        r"""In het gemengde model $y_{ij} = \mu + \tau_i + \beta_j + \varepsilon_{ij}$ zijn de blokeffecten $\beta_j$
        toevallig en de effecten $\tau_i$ vast.""",
        {"i": 3, "j": 4}, questions=MISSING, about="β",
    ),
    "the error of main plots": Text(
        r"""$y_{ijk} = \mu + \rho_i + \alpha_j + \delta_{ij} + \beta_k + (\alpha\beta)_{jk} + \varepsilon_{ijk}$, in
        which $\delta_{ij}$ is error (a) of the main plots and $\varepsilon_{ijk}$ is error (b).""",
        {"i": 4, "j": 2, "k": 3}, questions=MISSING, about="δ",
    ),
    "a hierarchical prior": Text(
        r"""$y_{ij} = \mu + \alpha_j + \beta x_{ij} + \varepsilon_{ij}$ with $\varepsilon_{ij} \sim N(0, \sigma^2)$
        and a hierarchical prior for the $\alpha_j$.""",
        {"i": 4, "j": 3}, questions=MISSING, about="α",
    ),
    "partially pooled": Text(
        r"""$y_{ij} = \mu + \alpha_j + \beta x_{ij} + \varepsilon_{ij}$, where the county effects $\alpha_j$ are
        modelled as exchangeable.""",
        {"i": 4, "j": 3}, questions=MISSING, about="α",
    ),
    "rows and columns of REML": Text(
        r"""$y_{ijk} = \mu + \tau_k + \rho_i + \kappa_j + \varepsilon_{ijk}$ for variety $k$ in row $i$ and column
        $j$. In the REML analysis rows and columns entered as random terms.""",
        {"i": 2, "j": 3, "k": 4}, questions=MISSING, about="ρ",
    ),
    "herds of a population": Text(
        r"""$y_{ij} = \mu + \tau_i + \eta_j + \varepsilon_{ij}$. Herds were sampled from the national population of
        herds; $\eta_j$ is the herd effect.""",
        {"i": 3, "j": 4}, questions=MISSING, about="η",
    ),
    "an interaction without its line": Text(
        r"""$y_{ijk} = \mu + \tau_i + u_j + (\tau u)_{ij} + \varepsilon_{ijk}$ with $u_j \sim N(0, \sigma_u^2)$ for
        sites. The interaction of treatments and sites varies at random, too.""",
        {"i": 2, "j": 3, "k": 4}, questions=MISSING, about="τu",
    ),
    "tasters": Text(
        r"""Each of $b$ tasters, regarded as a sample of all consumers, scores every wine: $y_{ij} = \mu + \omega_i +
        \beta_j + \varepsilon_{ij}$, with $\omega_i$ for wine $i$ and $\beta_j$ for taster $j$.""",
        {"i": 3, "j": 4}, questions=MISSING, about="β",
    ),
    "an intraclass correlation": Text(
        r"""$y_{ij} = \mu + \alpha_i + \varepsilon_{ij}$. The intraclass correlation is $\rho = \sigma_\alpha^2 /
        (\sigma_\alpha^2 + \sigma^2)$.""",
        {"i": 3, "j": 4}, questions=ANY,
    ),
    "clusters share variation": Text(
        r"""$y_{ij} = \mu + \beta x_{ij} + \zeta_j + \varepsilon_{ij}$; $\zeta_j$, shared by all members of cluster
        $j$, is a latent variable with zero expectation.""",
        {"i": 4, "j": 3}, questions=MISSING, about="ζ",
    ),
    "one of two with a distribution": Text(
        r"""$y_{ijk} = \mu + \tau_i + \rho_j + \gamma_k + \varepsilon_{ijk}$, where $\rho_j \sim N(0,
        \sigma_\rho^2)$ and $\varepsilon_{ijk} \sim N(0, \sigma^2)$. Both rows ($\rho_j$) and columns ($\gamma_k$)
        are random.""",
        {"i": 2, "j": 3, "k": 4}, questions=MISSING, about="γ",
    ),
    "variances with a distribution of one": Text(
        r"""$y_{ijk} = \mu + \tau_i + \rho_j + \gamma_k + \varepsilon_{ijk}$ with $\rho_j \sim N(0, \sigma_\rho^2)$.
        The variances $\sigma_\rho^2$, $\sigma_\gamma^2$ and $\sigma^2$ are unknown.""",
        {"i": 2, "j": 3, "k": 4}, questions=MISSING, about="γ",
    ),
}  # fmt: skip
"""Words say that something is random of which no distribution is told: it is asked for by name."""

NOTHING_RANDOM: dict[str, Text] = {
    "assumptions of an analysis of variance": Text(
        r"""$y_{ij} = \mu + \tau_i + \rho_j + \varepsilon_{ij}$. Both factors are fixed. An analysis of variance
        assumes that errors are independent and normally distributed with a common variance; normality was checked
        by the Shapiro–Wilk test and homogeneity of variances by Levene's test.""",
        {"i": 3, "j": 4}, (8, 0), {"ij": "sigma2"},
    ),
    "a randomized complete block design": Text(
        r"""In a randomized complete block design the treatments are allocated at random to the plots of each block.
        The model is $y_{ij} = \mu + \tau_i + \beta_j + \varepsilon_{ij}$, with $\tau_i$ the effect of treatment $i$,
        $\beta_j$ the effect of block $j$ and $\varepsilon_{ij}$ independent $N(0, \sigma^2)$ errors.""",
        {"i": 3, "j": 4}, (8, 0), {"ij": "sigma2"},
    ),
    "random error of a regression": Text(
        r"""$y_{i} = \beta_0 + \beta_1 x_{i} + \varepsilon_{i}$, where $\varepsilon_i$ is a random error with mean
        zero and constant variance $\sigma^2$, so that $y_i$ is a random variable with the variance $\sigma^2$.""",
        {"i": 4}, (2, 0),
    ),
    "randomisierte Blockanlage": Text(
        r"""In der randomisierten Blockanlage mit zufälliger Zuordnung gilt $y_{ij} = \mu + \tau_i + \beta_j +
        \varepsilon_{ij}$ mit festen Blockeffekten $\beta_j$ und normalverteilten Fehlern $\varepsilon_{ij}$.""",
        {"i": 3, "j": 4}, (8, 0), {"ij": "sigma2"},
    ),
    "the only blocks of interest": Text(
        r"""$y_{ij} = \mu + \tau_i + \beta_j + \varepsilon_{ij}$. The blocks are the only ones of interest and not a
        random sample of a population, so that their effects $\beta_j$ are fixed.""",
        {"i": 3, "j": 4}, (8, 0), {"ij": "sigma2"},
    ),
    "erreurs, loi normale": Text(
        r"""$y_{ij} = \mu + \tau_i + \beta_j + \varepsilon_{ij}$, où les erreurs $\varepsilon_{ij}$ sont
        indépendantes et suivent une loi normale. Les traitements ont été répartis au hasard.""",
        {"i": 3, "j": 4}, (8, 0), {"ij": "sigma2"},
    ),
    "sampling dates": Text(
        r"""$y_{ijk} = \mu + \tau_i + \delta_j + \varepsilon_{ijk}$, where $\tau_i$ is the fixed effect of the
        treatment, $\delta_j$ the fixed effect of sampling date $j$ and $\varepsilon_{ijk}$ the residual error.""",
        {"i": 2, "j": 3, "k": 4}, (6, 0), {"ijk": "sigma2"},
    ),
    "plots drawn by lot": Text(
        r"""$y_{ij} = \mu + \tau_i + \varepsilon_{ij}$ is the model of a completely randomized design: units were
        drawn at random for each treatment. The $\varepsilon_{ij}$ are i.i.d. normal random variables.""",
        {"i": 3, "j": 4}, (4, 0), {"ij": "sigma2"},
    ),
    "a test statistic": Text(
        r"""$y_{ij} = \mu + \tau_i + \varepsilon_{ij}$, $\varepsilon_{ij} \sim N(0, \sigma^2)$. Under the hypothesis
        that all $\tau_i$ are zero the statistic $F$ follows an $F$ distribution with $t - 1$ and $t(r - 1)$ degrees
        of freedom. Estimates $\hat\tau_i$ have sampling variance $\sigma^2 / r$.""",
        {"i": 3, "j": 4}, (4, 0), {"ij": "sigma2"}, questions=ANY,
    ),
}  # fmt: skip
"""Nothing but the residual is random: the model is built, and nothing is asked."""

WORDED = TOLD_IN_WORDS | TOLD_BY_FORMULAS | TOLD_IN_PART | NOTHING_RANDOM
