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
]
"""As BUILT_OF_BLOCKS, written last."""
