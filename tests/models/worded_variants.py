r"""A third set, short: what is said of effects in many other ways, each beside the same models."""

from __future__ import annotations

BLOCKS = r"$y_{ij} = \mu + \tau_i + \beta_j + \varepsilon_{ij}$"
"""τ_i and β_j have no distribution."""

SITES = r"$y_{ijk} = \mu + \tau_i + s_j + \gamma_k + \varepsilon_{ijk}$, $s_j \sim N(0, \sigma_s^2)$"
"""s_j has a distribution, τ_i and γ_k have none."""

ASKED_OF_BLOCKS = [
    r"The $\beta_j$ constitute a random sample.",
    r"Here $\tau_i$ is a parameter and $\beta_j$ a random variable.",
    r"Whereas $\tau_i$ is fixed, $\beta_j$ is not.  It is random.",
    r"The $\beta_j$'s are assumed to come from a common normal population.",
    r"$\beta_j$ is the contribution of litter $j$, whose variance is of interest.",
    r"The between-block variance $\sigma_b^2$ is estimated from the block mean square.",
    r"$\beta_j$ is the effect of year $j$; years are a sample of future years.",
    r"Years ($\beta_j$) are random, varieties ($\tau_i$) are fixed.",
    r"Random effects: $\beta_j$. Fixed effects: $\tau_i$.",
    r"The experiment has treatments as fixed and blocks as random factors.",
    r"Blocks were regarded as randomly chosen, treatments as chosen deliberately.",
    r"Let $\beta_j$ denote a Gaussian block effect.",
    r"Inference about $\beta_j$ is by BLUP.",
    r"The effects $\beta_j$ are shrunk towards zero.",
    r"$\beta_j$, the random contribution of rater $j$.",
    r"where $\beta_j$ (the animal effect) has zero mean and is independent of $\varepsilon_{ij}$.",
    r"The latent ability of person $j$ is $\beta_j$, sampled from a population.",
    r"$\mathrm{Var}(\beta_j)$ is the variance between blocks.",
    r"Exchangeability of the $\beta_j$ is assumed.",
    r"A mixed-effects analysis was carried out.",
    r"Fit with lmer, blocks as a random intercept.",
    r"Block was included as a random effect.",
    r"Block effects are treated as random draws.",
    r"We allow the level of each patient to vary at random around the mean, by $\beta_j$.",
    r"Die Blockeffekte sind Zufallsvariablen.",
    r"$\beta_j$ ist eine normalverteilte Zufallsgröße.",
    r"Der Effekt $\beta_j$ des Tieres wird als zufällig angenommen.",
    r"Les effets $\beta_j$ sont des variables aléatoires indépendantes.",
    r"Le facteur bloc est aléatoire.",
    r"On suppose que $\beta_j$ suit une loi normale centrée.",
    r"El factor bloque es aleatorio.",
    r"Los $\beta_j$ son variables aleatorias normales.",
    r"O fator bloco é aleatório.",
    r"Os $\beta_j$ são variáveis aleatórias.",
    r"Il fattore blocco è casuale.",
    r"Gli effetti $\beta_j$ sono variabili casuali.",
    r"De blokken zijn een aselecte steekproef.",
    r"De effecten $\beta_j$ zijn toevalsvariabelen.",
    r"$\beta_j$ はランダム効果である。",
    r"$\beta_j$ 是随机效应。",
]
"""Behind the model of BLOCKS: β_j must be asked for, or named among those that may be meant."""

ASKED_OF_SITES = [
    r"Years $\gamma_k$ are random, too.",
    r"The random effects $s_j$ and $\gamma_k$ are independent.",
    r"$s_j$ is the effect of site $j$ and $\gamma_k$ that of year $k$. Both sites and years are random.",
    r"where $\gamma_k$ is the effect of year $k$; years are a random sample.",
    r"The variances $\sigma_s^2$ and $\sigma_\gamma^2$ are unknown.",
    r"with $\gamma_k$ normal.",
    r"$\mathrm{Cov}(s_j, \gamma_k) = 0$.",
    r"$\tau_i$ is the effect of treatment $i$ and $\gamma_k$ that of batch $k$. Batches vary at random.",
    r"All effects but those of treatments, $\tau_i$, are random.",
    r"Here $\tau_i$ is fixed; $s_j$ and $\gamma_k$ are random.",
    r"Years are random.",
    r"Year effects were sampled from a normal distribution.",
    r"The second grouping factor, indexed by $k$, is random as well.",
    r"Sites and years are both random factors.",
    r"Sites, years and their errors are random.",
    r"where $s_j$ and $\gamma_k$ are crossed random effects.",
    r"$\gamma_k$ is the effect of operator $k$, $s_j$ that of session $j$, $\tau_i$ that of method $i$; "
    r"operators and sessions are random.",
    r"There are two variance components besides the residual, $\sigma_s^2$ and $\sigma_g^2$.",
    r"The $\gamma_k$ are treated in the same way as the $s_j$, as random.",
    r"Random effects of years, $\gamma_k$, were added.",
    r"with random year effects.",
    r"$(s_j, \gamma_k)$ are independent random variables.",
    r"Die Jahre sind ebenfalls zufällig.",
    r"Les années $\gamma_k$ sont aléatoires.",
]
"""Behind the model of SITES: γ_k must be asked for."""

BUILT_OF_BLOCKS = [
    r"The $\tau_i$ and $\beta_j$ are parameters, the $\varepsilon_{ij}$ random variables.",
    r"Only the error $\varepsilon_{ij}$ is random.",
    r"The errors are a random sample from a normal distribution.",
    r"Neither treatments nor blocks are random.",
    r"There are no random effects in this model.",
    r"Treatments were allotted at random, separately in each block.",
    r"The variance of the errors is the same in all blocks.",
    r"where $\varepsilon_{ij}$ has mean zero and variance $\sigma^2$.",
    r"The responses are normally distributed.",
    r"Animals of the same weight were put into one block.",
    r"Differences of the $\tau_i$ are estimated with the variance $2\sigma^2/b$.",
    r"The residuals were plotted against normal quantiles.",
    r"We assume that the errors are uncorrelated and have the same variance.",
    r"$\tau_i$ and $\beta_j$ are fixed unknown constants with $\sum_i \tau_i = \sum_j \beta_j = 0$.",
    r"The random error $\varepsilon_{ij}$ includes the variation of plots within blocks.",
    r"Die Varianz der Fehler ist in allen Blöcken gleich.",
    r"Les erreurs sont aléatoires, les effets sont fixes.",
    r"Los errores son variables aleatorias independientes y normales.",
    r"Os erros são independentes e têm distribuição normal.",
    r"Gli errori sono casuali e normali.",
    r"De fouten zijn normaal verdeeld.",
]
"""Behind the model of BLOCKS: nothing is asked."""

BUILT_OF_SITES = [
    r"where $\tau_i$ and $\gamma_k$ are fixed and $s_j$ is random.",
    r"Sites are random.",
    r"The random site effects $s_j$ and the errors are independent and normal.",
    r"Observations of one site are correlated.",
    r"$\tau_i$ is the effect of treatment $i$, $\gamma_k$ that of year $k$ and $s_j$ the random effect of site $j$.",
    r"Sites vary in fertility; their variance is $\sigma_s^2$.",
    r"The sites are a random sample of the farms of the region, $s_j$ being the effect of site $j$.",
    r"This is a mixed model, fitted by REML.",
    r"The variance components are $\sigma_s^2$ and $\sigma^2$.",
    r"Treatments and years are fixed factors, sites are a random factor.",
    r"Die Orte sind zufällig, alle anderen Effekte fest.",
    r"where $s_j$ is the random effect of site $j$, and $\gamma_k$ is the effect of year $k$.",
    r"Sites were sampled, treatments and years were chosen.",
    r"The random effect $s_j$ makes observations of a site correlated.",
    r"Variances are estimated by REML and effects $\tau_i$ by generalized least squares.",
    r"The site variance $\sigma_s^2$ is large.",
    r"All random terms are normal and independent of each other.",
    r"Random effects are predicted by $\tilde s_j$.",
    r"The treatment effects $\tau_i$ and the year effects $\gamma_k$ are fixed, the site effects random.",
    r"Each site has a random effect, and sites are independent.",
    r"The covariance of two observations of one site is $\sigma_s^2$.",
    r"$\mathrm{Cov}(y_{1j1}, y_{2j1})$ is due to $s_j$.",
]
"""Behind the model of SITES: nothing is asked."""

LAST_ASKED_OF_BLOCKS = [
    r"The $\beta_j$ are thought to follow a bell-shaped distribution.",
    r"Dispersion among the $\beta_j$ is what interests us.",
    r"We model $\beta_j$ hierarchically.",
    r"Partial pooling is applied to the $\beta_j$.",
    r"The levels of the second factor were sampled.",
    r"Hospitals, indexed by $j$, are a random subset of all hospitals.",
    r"The $\beta_j$ are random shocks.",
    r"$\beta_j$ is a disturbance common to all plots of block $j$.",
    r"In a second stage, the $\beta_j$ are given a normal distribution.",
    r"$\beta_j$ is the $j$th draw from a population of workers.",
    r"We are interested in the variability of the $\beta_j$.",
    r"Treatments are fixed, and everything else is random.",
    r"The model contains the random term $\beta_j$.",
    r"The first factor is fixed, the second one random.",
    r"The term $\beta_j$ induces a correlation of observations in the same block.",
    r"A subject-specific random effect, $\beta_j$, is included.",
    r"Model II analysis of variance: random $\beta_j$.",
    r"Persons ($j$) are random; items ($i$) are fixed.",
    r"Since the $\beta_j$ are unobserved random quantities, they are predicted.",
    r"The $\beta_j$ are independent with a common variance.",
    r"$\beta_j$ varies by chance.",
    r"The county effects $\beta_j$ have a prior.",
    r"The ICC is 0.3.",
    r"$\beta_j$ sei eine zufällige Größe mit Erwartungswert null.",
    r"Als zufällige Effekte gehen die Blöcke $\beta_j$ ein.",
    r"Les $\beta_j$ sont supposés gaussiens.",
    r"Los efectos de los bloques se suponen aleatorios.",
    r"Si considerano casuali gli effetti $\beta_j$ dei blocchi.",
    r"Considera-se $\beta_j$ aleatório.",
    r"$\beta_j$ wordt als toevallig beschouwd.",
    r"Treatment effects $\tau_i$ are constants, block effects $\beta_j$ stochastic quantities.",
    r"Each $\beta_j$ has its own value, taken from a population with mean zero.",
    r"We think of $\beta_j$ as an outcome of a random experiment.",
    r"The blocks used stand for a larger set of blocks from which they were picked at random.",
    r"$\beta_j$ (random)",
    r"Blocks ($\beta_j$): random; treatments ($\tau_i$): fixed.",
    r"The $\beta_j$ account for clustering of observations within blocks and are normal.",
    r"Between-block variation is captured by $\beta_j$, with between-block standard deviation $\sigma_b$.",
    r"The repeatability is the share of the variance between animals, $\beta_j$.",
    r"where $\beta_j$ is a zero-mean random effect.",
    r"It is a two-level model with pupils in classes.",
    r"Random-intercept model with one intercept $\beta_j$ for each clinic.",
    r"The heritability is the ratio of the genetic variance to the total variance, $\beta_j$ being the genetic "
    r"effect of line $j$.",
    r"For statistical inference the $\beta_j$ are integrated out.",
    r"The effect of the $j$th laboratory is random.",
    r"Laboratories, $\beta_j$, were drawn from those that take part in ring tests.",
    r"We are not interested in the blocks as such but in the population they come from.",
    r"Wir fassen die Blöcke als Zufallsstichprobe auf.",
    r"Die $\beta_j$ streuen zufällig um null.",
    r"Le bloc est un facteur à effets aléatoires.",
    r"Los efectos $\beta_j$ provienen de una población normal.",
    r"Gli effetti dei blocchi sono estratti da una popolazione.",
    r"Blocos aleatórios.",
    r"Blokken worden als random beschouwd.",
    r"Random effects $\beta_j$ are assigned to the blocks.",
]
"""As ASKED_OF_BLOCKS, written last."""

LAST_BUILT_OF_BLOCKS = [
    r"All effects are fixed and only the errors vary at random.",
    r"The plots of a block were treated in random sequence.",
    r"Because the population of varieties is small, all of them are tested, and their effects $\tau_i$ are fixed.",
    r"Random numbers were used for the layout.",
    r"The $\varepsilon_{ij}$ are assumed to be independent, with the same normal distribution.",
    r"Homoscedasticity of the errors is assumed.",
    r"The sample size is $n = 12$.",
    r"The design is a randomised block design with four blocks.",
    r"Samples of soil were taken from each plot.",
    r"$R^2$ is the share of the variance that the model explains.",
    r"The error term $\varepsilon_{ij}$ accounts for unexplained variation.",
    r"A residual $\varepsilon_{ij}$ is drawn from a normal distribution with variance $\sigma^2$.",
    r"The order of treatments in a block was determined by lot.",
    r"Blocks were not random but chosen on purpose.",
    r"Mean squares are compared by an F test under normality.",
    r"The parameters $\mu$, $\tau_i$ and $\beta_j$ are estimated by least squares, which is best when errors "
    r"are normal.",
    r"Blocks reduce the error variance.",
    r"Treatments were arranged at random within each block.",
    r"The $\varepsilon_{ij}$ are i.i.d. with mean 0.",
    r"The blocks differ in soil, and this difference is measured by $\beta_j$.",
    r"$\tau_i$ is the effect of variety $i$, $\beta_j$ the effect of location $j$, and $\varepsilon_{ij}$ the "
    r"residual, which is normal.",
    r"The plots within a block are similar, those of different blocks vary.",
    r"Independence of the $\varepsilon_{ij}$ is guaranteed by randomization.",
    r"Under $H_0$ the ratio of mean squares has an $F$ distribution.",
    r"An unbiased estimator of $\sigma^2$ is the residual mean square.",
    r"The linear model has fixed effects only; the error is the one random term.",
    r"Standard errors of treatment means are $\sqrt{\sigma^2/b}$.",
    r"Responses in one block are compared with each other.",
    r"Wir nehmen an, dass die Fehler normalverteilt sind.",
    r"Les effets $\tau_i$ et $\beta_j$ sont fixes.",
]
"""As BUILT_OF_BLOCKS, written last."""

SHORT_PAGES: list[tuple[str, dict[str, int], str | tuple[int, int]]] = [
    # the text, the levels of its indices, and what must be asked for, or the columns of X and Z
    (
        r"Weight gain of calf $j$ of sire $i$ was modelled as $w_{ij} = \mu + \phi_i + \varepsilon_{ij}$. Sires were "
        r"taken from the breeding population, and we report the sire variance.",
        {"i": 3, "j": 4}, "φ",
    ),
    (
        r"$y_{ijk} = \mu + \alpha_i + \delta_{ij} + \varepsilon_{ijk}$, where $\alpha_i$ is the diet effect, "
        r"$\delta_{ij}$ the effect of pen $j$ on diet $i$ and $\varepsilon_{ijk}$ the effect of the animal. Pens and "
        r"animals are random.",
        {"i": 2, "j": 3, "k": 2}, "δ",
    ),
    (
        r"Raters differ in severity. $y_{ij} = \mu + \theta_i + \lambda_j + \varepsilon_{ij}$ with essays $\theta_i$ "
        r"and raters $\lambda_j$, both facets of a random two-facet design.",
        {"i": 3, "j": 4}, "λ",
    ),
    (
        r"The response is $y_{ij} = \mu + \tau_i + b_j + e_{ij}$ with $b_j$ as block effects. The $b_j$ and $e_{ij}$ "
        r"are independent normal variates with means 0 and variances $\sigma_b^2$ and $\sigma_e^2$.",
        {"i": 3, "j": 4}, (4, 4),
    ),
    (
        r"$y_{ij} = \beta_0 + \beta_1 x_{ij} + u_j + e_{ij}$ where the random effects $u_j$ are assumed to follow "
        r"$N(0, \sigma_u^2)$ and the errors $e_{ij}$ follow $N(0, \sigma_e^2)$, independently.",
        {"i": 4, "j": 3}, (2, 3),
    ),
    (
        r"For the analysis of the field trial $y_{ij} = \mu + \gamma_i + \rho_j + \varepsilon_{ij}$ both genotypes "
        r"$\gamma_i$ and replicates $\rho_j$ were taken as fixed. Spatial variation was small. Means were compared by "
        r"Tukey's test.",
        {"i": 3, "j": 4}, (8, 0),
    ),
    (
        r"Model: $y_{ijk} = \mu + g_i + e_j + (ge)_{ij} + \varepsilon_{ijk}$; all of $g_i \sim N(0, \sigma_g^2)$, $e_j "
        r"\sim N(0, \sigma_E^2)$, $(ge)_{ij} \sim N(0, \sigma_{ge}^2)$ and $\varepsilon_{ijk} \sim N(0, \sigma^2)$ are "
        r"random.",
        {"i": 2, "j": 3, "k": 2}, (1, 11),
    ),
    (
        r"Let $\mu_j$ be the true mean of lot $j$ and $y_{ij} = \mu_j + \varepsilon_{ij}$. Lots vary, so the $\mu_j$ "
        r"are modelled as draws from a normal distribution with mean $\mu$.",
        {"i": 4, "j": 3}, "μ",
    ),
    (
        r"$y_{ij} = \mu + \tau_i + \pi_j + \varepsilon_{ij}$. Here $\pi_j$ is the period effect. Subjects were "
        r"randomized to sequences, and errors within a subject were assumed independent.",
        {"i": 3, "j": 4}, (8, 0),
    ),
    (
        r"An ANOVA was computed: $y_{ijk} = \mu + \alpha_i + \beta_j + (\alpha\beta)_{ij} + \varepsilon_{ijk}$, "
        r"$\varepsilon_{ijk} \sim N(0, \sigma^2)$; with $\alpha_i$ for temperature and $\beta_j$ for humidity, both "
        r"chosen by the experimenter. Runs were made in random order.",
        {"i": 2, "j": 3, "k": 2}, (12, 0),
    ),
    (
        r"Sei $y_{ij} = \mu + \alpha_i + \beta_j + \varepsilon_{ij}$ mit festem $\alpha_i$ und zufälligem $\beta_j$.",
        {"i": 3, "j": 4}, "β",
    ),
    (
        r"Sei $y_{ij} = \mu + \alpha_i + b_j + e_{ij}$ mit unabhängigen $b_j \sim N(0, \sigma_b^2)$ und $e_{ij} \sim "
        r"N(0, \sigma^2)$; die Prüfer sind zufällig gezogen.",
        {"i": 3, "j": 4}, (4, 4),
    ),
    (
        r"Soit $y_{ij} = \mu + \alpha_i + \beta_j + e_{ij}$. Les fermes ont été choisies au hasard, d'où des effets "
        r"$\beta_j$ aléatoires.",
        {"i": 3, "j": 4}, "β",
    ),
    (
        r"Sean $y_{ij} = \mu + \alpha_i + \beta_j + e_{ij}$; $\alpha_i$ fijo, $\beta_j$ aleatorio.",
        {"i": 3, "j": 4}, "β",
    ),
    (
        r"The yield model $y_{ij} = \mu + \tau_i + \beta_j + \varepsilon_{ij}$ with replicate effects. To recover "
        r"inter-block information, $\beta_j$ is considered random.",
        {"i": 3, "j": 4}, "β",
    ),
    (
        r"$y_{ij} = \mu + \tau_i + \beta_j + \varepsilon_{ij}$ assumes additive effects; nonadditivity would show in "
        r"the residuals, whose variance $\sigma^2$ is estimated from the table.",
        {"i": 3, "j": 4}, (8, 0),
    ),
    (
        r"$y_{ijk} = \mu + \alpha_i + u_{ij} + \varepsilon_{ijk}$, $u_{ij} \sim N(0, \sigma_u^2)$, where $u_{ij}$ is "
        r"the random effect of plant $j$ in pot treatment $i$, plants being nested in treatments, and "
        r"$\varepsilon_{ijk}$ the error of leaf $k$.",
        {"i": 2, "j": 3, "k": 2}, (3, 6),
    ),
    (
        r"Performance is $y_{ij} = \mu + \psi_i + \varepsilon_{ij}$, where person parameters $\psi_i$ follow a common "
        r"but unknown distribution.",
        {"i": 3, "j": 4}, "ψ",
    ),
]  # fmt: skip
