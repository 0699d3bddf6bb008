r"""Pages about models without random effects, and about models whose random effects all have a distribution, with much
talk of randomness beside: nothing of it needs a question."""

from __future__ import annotations

# ruff: noqa: E501 (pages have long lines)

FIXED_PAGES: dict[str, str] = {
    "a tutorial with a list": r"""Two-way ANOVA writes each observation as $$Y_{ij} = \mu + \alpha_i + \beta_j + \epsilon_{ij}$$
where:
- $\mu$ = grand mean
- $\alpha_i$ = main effect of factor A at level $i$
- $\beta_j$ = main effect of factor B at level $j$
- $\epsilon_{ij} \sim N(0, \sigma^2)$ = residual noise

The total variation is split into parts; the $F$ statistic compares the variance between groups with that within groups.""",
    "a block design in a textbook": r"""In the randomized block design a nuisance variable is known in advance, and blocking removes its
effect from the error. With $Y_{ij} = \mu + \tau_i + \beta_j + \varepsilon_{ij}$ each treatment appears once in each block, and
the order of runs is random. If units vary a lot, the variance within groups inflates and power drops.""",
    "a store experiment": r"""The model is $$Y_{ij} = \mu + \tau_i + \beta_j + \epsilon_{ij}$$ where

-   $Y_{ij}$ is the sales outcome for layout $i$ in location $j$.

-   $\tau_i$ is the effect of layout $i$.

-   $\beta_j$ represents the block effect (location).

-   $\epsilon_{ij}$ is the random error.""",
    "assumptions in bullets": r"""The model $y_{ij} = \mu + \tau_i + \beta_j + \varepsilon_{ij}$ makes these assumptions:

- **Independence**: observations are independent within and across treatments.
- **Normality**: the residuals are normally distributed.
- **Equal variance**: the variance of $\varepsilon_{ij}$ is the same in all groups.""",
    "bold words": r"""$$Y_{ij} = \mu + \tau_i + \beta_j + \varepsilon_{ij}$$

- $\tau_i$ (tau) is the **fixed effect** of the $i$-th treatment.
- $\beta_j$ (beta) is the **fixed effect** of the $j$-th block.
- $\varepsilon_{ij}$ is a **random error**, assumed to be i.i.d. normal with mean zero.""",
    "three parts of the variability": r"""$Y_{ij} = \mu + \alpha_i + \pi_j + \epsilon_{ij}$, where $\alpha_i$ is the effect of the $i$th
condition, $\pi_j$ the effect of the $j$th subject and $\epsilon_{ij}$ the random error term. The total variability of the data
is parted into three components.""",
    "Spanish notes": r"""Modelo de los efectos: $y_{ij} = \mu + \tau_i + \beta_j + \varepsilon_{ij}$.

- $\tau_i$: efecto del tratamiento $i$; $\beta_j$: efecto del bloque $j$; $\varepsilon_{ij} \sim N(0, \sigma^2)$.
- Tratamientos y bloques son fijos. La corrida se hace en orden aleatorio.""",
    "Portuguese notes": r"""$$Y_{ij} = \mu + \tau_i + \beta_j + \epsilon_{ij}$$ onde $\tau_i$ é o efeito do tratamento $i$;
$\beta_j$ é o efeito do bloco $j$; $\epsilon_{ij}$ é o erro aleatório. O delineamento é em blocos casualizados.""",
    "a table in French": "Le modèle : $$Y_{ij} = \\mu + \\alpha_i + \\beta_j + \\varepsilon_{ij}$$\n\n| Terme | Signification |\n"
    "|---|---|\n| $\\alpha_i$ | effet du groupe $i$ (écart à la moyenne générale) |\n| $\\beta_j$ | effet du bloc $j$ |\n"
    "| $\\varepsilon_{ij}$ | erreur aléatoire |\n\nL'analyse de la variance compare la variance entre groupes à la variance "
    "résiduelle.",
    "Greek letters without marks": "Y_ij = μ + τ_i + β_j + ε_ij where τ_i is the effect of the i-th auditory condition (fixed) and "
    "β_j is the effect of the j-th tester (fixed). Condition order was randomized per session.",
    "typed in a mail": "y_ij = mu + tau_i + beta_j + e_ij, where tau_i is the treatment effect, beta_j the block effect and e_ij the "
    "random error, e_ij ~ N(0, sigma^2). Plots were assigned at random within blocks.",
    "tests of contrasts": r"""For $y_{ij} = \mu + \tau_i + \beta_j + \varepsilon_{ij}$ with independent, normal errors of constant
variance, contrasts of the $\tau_i$ are tested by $t$ tests. A normal quantile plot of the residuals shows no departure from
normality. The null distribution of $F$ is an $F$ distribution.""",
    "deutsches Skript": r"""Wir betrachten $y_{ij} = \mu + \tau_i + \beta_j + \varepsilon_{ij}$. Dabei ist $\tau_i$ der Effekt der
Behandlung $i$, $\beta_j$ der Effekt des Blocks $j$ und $\varepsilon_{ij}$ der zufällige Fehler. Die Fehler sind unabhängig und
normalverteilt mit Varianz $\sigma^2$. Die Behandlungen werden den Parzellen zufällig zugeordnet.""",
}
"""Of i = 1, 2, 3 and j = 1, …, 4, with 8 columns of X and none of Z."""

MIXED_PAGES: dict[str, str] = {
    "notes on random effects": r"""In many studies the levels of a factor are a random sample from a population. The simplest mixed
effects model is $$y_{ij} = \mu + \alpha_i + \beta_j + \epsilon_{ij}$$ where $\mu, \alpha_1, \ldots, \alpha_3$ are unknown
constants, $\beta_j \sim N(0, \sigma_\beta^2)$ and $\epsilon_{ij} \sim N(0, \sigma^2)$. The $\mu$ and $\alpha_i$ are the fixed
effects and the $\beta_j$ are the random effects; $\beta_j$ and $\epsilon_{ij}$ are independent.""",
    "a mass spectrometer": r"""$$y_{ij} = \mu + \alpha_i + \beta_j + \epsilon_{ij}$$
* $\alpha_i$ is the fixed effect of the peptide.
* $\beta_j \sim N(0, \sigma^2_R)$ is the random effect of the run, capturing technical variation.
* $\epsilon_{ij} \sim N(0, \sigma^2)$ is the residual error.

By modeling runs as random effects, the variance components are estimated correctly.""",
    "what two observations share": r"""$y_{ij} = \mu + \alpha_i + u_j + e_{ij}$ with $u_j \sim N(0, \sigma_u^2)$ and $e_{ij} \sim N(0,
\sigma^2)$. Observations of one subject are correlated because they share the random effect $u_j$; those of different subjects
are independent. The subjects are randomly sampled; the conditions $\alpha_i$ are not.""",
    "a thesis": r"""Tree height was modelled with a linear mixed-effects model, $y_{ij} = \mu + \tau_i + s_j + \varepsilon_{ij}$, where
$\tau_i$ is the fixed effect of provenance $i$, $s_j \sim N(0, \sigma_s^2)$ the random effect of site $j$ and $\varepsilon_{ij} \sim
N(0, \sigma^2)$ the residual. The random effect accounts for variation among sites that were chosen at random. Variances were
estimated by REML, and provenance means are adjusted for the sites.""",
}
"""With 4 columns of X and 4 of Z."""
