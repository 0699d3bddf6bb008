r"""A second set of models of which words tell a part, written after the reader of words and before it was run."""

from __future__ import annotations

from tests.models.equation_texts import ANY, IN_WORDS, MISSING, Text

BUILT: dict[str, Text] = {
    "a methods section of ecology": Text(
        r"""We modelled seedling height as $h_{ij} = \beta_0 + \beta_1 L_{ij} + g_j + \epsilon_{ij}$, where $L_{ij}$
        is light, $g_j \sim N(0, \sigma_g^2)$ is a random intercept for gap $j$ and $\epsilon_{ij} \sim N(0,
        \sigma^2)$. Gaps were selected haphazardly; seedlings within a gap were chosen at random.""",
        {"i": 4, "j": 3}, (2, 3), {}, {("11", "21"): "sigma2_g"}, questions=ANY,
    ),
    "independent of each other": Text(
        r"""The model $y_{ijk} = \mu + \alpha_i + \beta_j + \gamma_{ij} + \varepsilon_{ijk}$ has the fixed effects
        $\alpha_i$ of drugs; the $\beta_j$, $\gamma_{ij}$ and $\varepsilon_{ijk}$ are independent of each other,
        with $\beta_j \sim N(0, \sigma_\beta^2)$, $\gamma_{ij} \sim N(0, \sigma_\gamma^2)$, $\varepsilon_{ijk} \sim
        N(0, \sigma^2)$.""",
        {"i": 2, "j": 3, "k": 2}, (3, 9), {"j": "sigma2_beta", "ij": "sigma2_gamma", "ijk": "sigma2"},
    ),
    "zero-mean Gaussian": Text(
        r"""$y_{ij} = \mu + \tau_i + \nu_j + \varepsilon_{ij}$ with zero-mean Gaussian batch effects $\nu_j$ of
        variance $\sigma_\nu^2$ and zero-mean Gaussian noise $\varepsilon_{ij}$ of variance $\sigma^2$.""",
        {"i": 3, "j": 4}, (4, 4), {"j": "sigma2_nu", "ij": "sigma2"}, questions=IN_WORDS, about="ν",
    ),
    "each is normal": Text(
        r"""Let $y_{ij} = \beta_0 + \beta_1 x_{ij} + \alpha_j + \varepsilon_{ij}$. Each $\alpha_j$ is normally
        distributed with mean $0$ and variance $\tau^2$, independently of the others, and each $\varepsilon_{ij}$ is
        normally distributed with mean $0$ and variance $\sigma^2$.""",
        {"i": 4, "j": 3}, (2, 3), {"j": "tau2", "ij": "sigma2"}, questions=IN_WORDS, about="α",
    ),
    "plain text with Greek letters": Text(
        "y_ij = μ + α_i + β_j + ε_ij. The block effects β_j are assumed to be independent normal random variables with "
        "mean 0 and variance σ²_β. The errors ε_ij are independent normal with mean 0 and variance σ².",
        {"i": 3, "j": 4}, (4, 4), {"j": "sigma2_beta", "ij": "sigma2"}, questions=IN_WORDS, about="β",
    ),
    "German, mit Mittelwert 0": Text(
        r"""Gegeben sei $y_{ij} = \mu + \alpha_i + b_j + e_{ij}$. Die $b_j$ seien normalverteilt mit Mittelwert 0
        und Varianz $\sigma_b^2$, die $e_{ij}$ normalverteilt mit Mittelwert 0 und Varianz $\sigma^2$; alle sind
        unabhängig.""",
        {"i": 3, "j": 4}, (4, 4), {"j": "sigma2_b", "ij": "sigma2"}, questions=IN_WORDS, about="b",
    ),
    "vectors with a named matrix in words": Text(
        r"""$y_{ij} = \beta_0 + \beta_1 t_{ij} + b_{0i} + b_{1i} t_{ij} + \varepsilon_{ij}$, where $(b_{0i},
        b_{1i})'$ has a bivariate normal distribution with mean zero and covariance matrix $\mathbf{D}$ and
        $\varepsilon_{ij} \sim N(0, \sigma^2)$.""",
        {"i": 3, "j": 4}, (2, 6), covariances={("11", "21"): "0"}, questions=IN_WORDS, about="b",
    ),
    "a genetics trial": Text(
        r"""Phenotypes were analysed by $y_{ijk} = \mu + g_i + l_j + (gl)_{ij} + e_{ijk}$, with genotype $g_i \sim
        N(0, \sigma_g^2)$, location $l_j \sim N(0, \sigma_l^2)$, their interaction $(gl)_{ij} \sim N(0,
        \sigma_{gl}^2)$ and error $e_{ijk} \sim N(0, \sigma_e^2)$, all treated as random. Heritability is the
        proportion of genetic variance.""",
        {"i": 2, "j": 3, "k": 2}, (1, 11), {"i": "sigma2_g", "j": "sigma2_l", "ij": "sigma2_gl", "ijk": "sigma2"},
    ),
    "patients within hospitals": Text(
        r"""Patients are nested within hospitals, so outcomes of one hospital are correlated. $Y_{ij} = \gamma_0 +
        \gamma_1 A_{ij} + u_j + r_{ij}$, $u_j \sim N(0, \tau^2)$, $r_{ij} \sim N(0, \sigma^2)$, where $u_j$ captures
        the heterogeneity of hospitals.""",
        {"i": 4, "j": 3}, (2, 3), {"j": "tau2", "ij": "sigma2"},
    ),
    "rows fixed, columns random with a line": Text(
        r"""$y_{ijk} = \mu + \tau_k + \rho_i + c_j + e_{ijk}$. Treatments ($\tau_k$) and rows ($\rho_i$) are fixed,
        columns random: $c_j \sim N(0, \sigma_c^2)$. Residuals are iid $N(0, \sigma^2)$.""",
        {"i": 2, "j": 3, "k": 2}, (5, 3), {"j": "sigma2_c", "ijk": "sigma2"}, questions=ANY,
    ),
    "a Bayesian with priors of variances": Text(
        r"""$y_{ij} = \beta_0 + \beta_1 x_{ij} + a_j + e_{ij}$, $a_j \sim N(0, \sigma_a^2)$, $e_{ij} \sim N(0,
        \sigma^2)$. We use weakly informative priors for the coefficients and half-Cauchy priors for the standard
        deviations.""",
        {"i": 4, "j": 3}, (2, 3), {"j": "sigma2_a", "ij": "sigma2"},
    ),
    "a variance function is not told": Text(
        r"""$y_{ij} = \mu + \tau_i + b_j + e_{ij}$, $b_j \sim N(0, \sigma_b^2)$, $e_{ij} \sim N(0, \sigma^2)$, where
        $b_j$ is the effect of block $j$ and $\tau_i$ that of treatment $i$. Blocks are a random sample of all
        possible blocks; the treatments are those of interest. Variation among blocks is measured by $\sigma_b^2$.""",
        {"i": 3, "j": 4}, (4, 4), {"j": "sigma2_b", "ij": "sigma2"},
    ),
    "fixed effects of an economist": Text(
        r"""The two-way fixed effects model is $y_{it} = \alpha_i + \lambda_t + \beta x_{it} + \varepsilon_{it}$
        with firm fixed effects $\alpha_i$, year fixed effects $\lambda_t$ and idiosyncratic errors
        $\varepsilon_{it}$. Unlike in the random effects model, $\alpha_i$ may be correlated with the regressors.""",
        {"i": 3, "t": 4}, (8, 0), questions=ANY,
    ),
    "a factorial with replicates": Text(
        r"""A $2 \times 3$ factorial was run in random order: $y_{ijk} = \mu + \alpha_i + \beta_j +
        (\alpha\beta)_{ij} + \varepsilon_{ijk}$, where the errors $\varepsilon_{ijk}$ are normally and independently
        distributed with mean zero and variance $\sigma^2$.""",
        {"i": 2, "j": 3, "k": 2}, (12, 0), {"ijk": "sigma2"},
    ),
    "a covariance model": Text(
        r"""In the analysis of covariance $y_{ij} = \mu + \tau_i + \beta x_{ij} + \varepsilon_{ij}$ the covariate
        $x_{ij}$ is measured without error, the slopes are the same in all groups and the $\varepsilon_{ij}$ have
        constant variance $\sigma^2$.""",
        {"i": 3, "j": 4}, (5, 0), {"ij": "sigma2"},
    ),
    "soil varies": Text(
        r"""Because soil fertility varies across the field, plots were grouped into blocks. The model is $y_{ij} =
        \mu + \tau_i + \beta_j + \varepsilon_{ij}$ with treatment effects $\tau_i$, block effects $\beta_j$, both
        fixed, and errors $\varepsilon_{ij} \sim N(0, \sigma^2)$.""",
        {"i": 3, "j": 4}, (8, 0), {"ij": "sigma2"},
    ),
    "festes Modell": Text(
        r"""Im festen Modell $y_{ij} = \mu + \alpha_i + \beta_j + \varepsilon_{ij}$ sind alle Effekte außer den
        Fehlern $\varepsilon_{ij}$ fest; die Fehler sind unabhängig normalverteilt.""",
        {"i": 3, "j": 4}, (8, 0), {"ij": "sigma2"},
    ),
    "disegno a blocchi": Text(
        r"""In un disegno a blocchi randomizzati $y_{ij} = \mu + \tau_i + \beta_j + \varepsilon_{ij}$, con effetti
        fissi $\tau_i$ e $\beta_j$ ed errori casuali $\varepsilon_{ij}$ normali.""",
        {"i": 3, "j": 4}, (8, 0), {"ij": "sigma2"},
    ),
}  # fmt: skip
"""What should be built."""

ASKED: dict[str, Text] = {
    "operators are drawn": Text(
        r"""$y_{ijk} = \mu + \pi_i + \omega_j + \varepsilon_{ijk}$ with $\pi_i$ for parts and $\omega_j$ for
        operators. The operators were drawn at random from the staff.""",
        {"i": 2, "j": 3, "k": 2}, questions=MISSING, about="ω",
    ),
    "school-specific deviations": Text(
        r"""$y_{ij} = \beta_0 + \beta_1 x_{ij} + \nu_j + \varepsilon_{ij}$, with $\nu_j$ a school-specific random
        deviation from the overall intercept.""",
        {"i": 4, "j": 3}, questions=MISSING, about="ν",
    ),
    "two components of variance in words": Text(
        r"""$y_{ij} = \mu + \alpha_i + \varepsilon_{ij}$. The total variance is the sum of a between-group and a
        within-group component, $\sigma_B^2 + \sigma_W^2$.""",
        {"i": 3, "j": 4}, questions=MISSING, about="α",
    ),
    "fitted by REML": Text(
        r"""The model $y_{ij} = \mu + \tau_i + \gamma_j + \varepsilon_{ij}$ was fitted as a mixed model by REML,
        with sites $\gamma_j$ random.""",
        {"i": 3, "j": 4}, questions=MISSING, about="γ",
    ),
    "random except": Text(
        r"""$y_{ijk} = \mu + \alpha_i + \beta_j + \gamma_k + \varepsilon_{ijk}$. All factors other than the treatment
        $\alpha_i$ are random.""",
        {"i": 2, "j": 3, "k": 2}, questions=MISSING, about="β",
    ),
    "a table of kinds": Text(
        "$y_{ijk} = \\mu + \\alpha_i + \\beta_j + (\\alpha\\beta)_{ij} + \\varepsilon_{ijk}$\n\n"
        "| term | meaning | kind |\n"
        "|---|---|---|\n| $\\alpha_i$ | machine | fixed |\n| $\\beta_j$ | worker | random |\n"
        "| $(\\alpha\\beta)_{ij}$ | machine by worker | random |\n| $\\varepsilon_{ijk}$ | residual | random |",
        {"i": 2, "j": 3, "k": 2}, questions=MISSING, about="β",
    ),
    "subject to subject": Text(
        r"""$y_{ij} = \mu + \tau_j + \pi_i + \varepsilon_{ij}$, where the subject effect $\pi_i$ accounts for
        subject-to-subject variability.""",
        {"i": 3, "j": 4}, questions=MISSING, about="π",
    ),
    "a frailty": Text(
        r"""$y_{ij} = \beta_0 + \beta_1 x_{ij} + \omega_i + \varepsilon_{ij}$ with a Gaussian frailty $\omega_i$
        shared by the members of a family.""",
        {"i": 3, "j": 4}, questions=MISSING, about="ω",
    ),
    "not fixed but random": Text(
        r"""$y_{ij} = \mu + \tau_i + \beta_j + \varepsilon_{ij}$. The block effects $\beta_j$ are not fixed but
        random.""",
        {"i": 3, "j": 4}, questions=MISSING, about="β",
    ),
    "blocs tires au hasard": Text(
        r"""$y_{ij} = \mu + \tau_i + \beta_j + \varepsilon_{ij}$, où $\beta_j$ est l'effet du bloc $j$. Les blocs
        ont été tirés au hasard dans une population de blocs.""",
        {"i": 3, "j": 4}, questions=MISSING, about="β",
    ),
    "zufaellig ausgewaehlte Betriebe": Text(
        r"""$y_{ij} = \mu + \tau_i + \beta_j + \varepsilon_{ij}$, wobei $\beta_j$ den Effekt des Betriebs $j$
        bezeichnet. Die Betriebe wurden zufällig ausgewählt.""",
        {"i": 3, "j": 4}, questions=MISSING, about="β",
    ),
    "muestra aleatoria de fincas": Text(
        r"""$y_{ij} = \mu + \tau_i + \beta_j + \varepsilon_{ij}$, donde $\beta_j$ es el efecto de la finca $j$. Las
        fincas son una muestra aleatoria.""",
        {"i": 3, "j": 4}, questions=MISSING, about="β",
    ),
    "within-person and between-person": Text(
        r"""$y_{ij} = \mu + \eta_i + \varepsilon_{ij}$, where between-person differences $\eta_i$ and within-person
        fluctuations $\varepsilon_{ij}$ are uncorrelated.""",
        {"i": 3, "j": 4}, questions=ANY,
    ),
    "the random part of a package": Text(
        r"""Fixed part: $\mu + \tau_i$. Random part: $\rho_j$ and the residual. Altogether $y_{ij} = \mu + \tau_i +
        \rho_j + \varepsilon_{ij}$.""",
        {"i": 3, "j": 4}, questions=ANY,
    ),
    "two random, one line": Text(
        r"""$y_{ijk} = \mu + \alpha_i + \beta_j + \gamma_k + \varepsilon_{ijk}$, $\beta_j \sim N(0,
        \sigma_\beta^2)$. Judges and sessions are random, varieties fixed, where $\alpha_i$ is the effect of variety
        $i$, $\beta_j$ that of judge $j$ and $\gamma_k$ that of session $k$.""",
        {"i": 2, "j": 3, "k": 2}, questions=MISSING, about="γ",
    ),
    "batches within labs": Text(
        r"""$y_{ijk} = \mu + \lambda_i + \beta_j + \varepsilon_{ijk}$, $\lambda_i \sim N(0, \sigma_\lambda^2)$,
        $\beta_j \sim N(0, \sigma_\beta^2)$, where the batches $\beta_j$ are nested within laboratories.""",
        {"i": 2, "j": 3, "k": 2}, questions=ANY,
    ),
    "growth curves, correlated in words": Text(
        r"""$y_{ij} = \beta_0 + \beta_1 t_{ij} + u_{0i} + u_{1i} t_{ij} + e_{ij}$, $u_{0i} \sim N(0,
        \sigma_{u0}^2)$, $u_{1i} \sim N(0, \sigma_{u1}^2)$, $e_{ij} \sim N(0, \sigma^2)$. The random intercept and
        slope are allowed to covary.""",
        {"i": 3, "j": 4}, questions=ANY,
    ),
    "an iid sequence": Text(
        r"""$y_{ij} = \mu + \tau_i + \beta_j + \varepsilon_{ij}$, in which $\{\beta_j\}$ and $\{\varepsilon_{ij}\}$
        are two independent sequences of i.i.d. variables.""",
        {"i": 3, "j": 4}, questions=MISSING, about="β",
    ),
    "years as random": Text(
        "Y_ijk = mu + G_i + Y_j + GY_ij + e_ijk, where G is genotype and Y is year; years and the interaction were "
        "random.",
        {"i": 2, "j": 3, "k": 2}, questions=ANY,
    ),
    "litter as random": Text(
        r"""Weights follow $w_{ij} = \mu + \delta_i + \lambda_j + \varepsilon_{ij}$, where $\delta_i$ is the diet
        effect and litter, $\lambda_j$, is included as a random effect.""",
        {"i": 3, "j": 4}, questions=MISSING, about="λ",
    ),
    "a sentence with two kinds": Text(
        r"""$y_{ij} = \mu + \tau_i + \beta_j + \varepsilon_{ij}$ where treatments are fixed effects and blocks random
        effects.""",
        {"i": 3, "j": 4}, questions=MISSING, about="β",
    ),
    "covariance of records": Text(
        r"""$y_{ij} = \mu + \tau_j + \pi_i + \varepsilon_{ij}$. Two records of animal $i$ have the covariance
        $\sigma_\pi^2$.""",
        {"i": 3, "j": 4}, questions=MISSING, about="π",
    ),
}  # fmt: skip
"""What should be asked for."""

FURTHER_WORDED = BUILT | ASKED
