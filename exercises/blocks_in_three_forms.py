"""The model with random blocks in three forms: by its elements, in matrices, and as a distribution."""

import random

from tutor import Exercise, Hint, Mistake, Question, rcbd, sheet

STORIES = (("varieties of wheat", "fields", "the yield of a plot, in t/ha"),
           ("drugs", "hospitals", "the pulse, in beats/min"), ("diets", "litters", "the gain of a piglet, in kg"),
           ("ways to teach", "schools", "the mean score of a class"),
           ("recipes", "days", "the volume of a loaf, in litres"))  # fmt: skip
ELEMENTS = (r"y_{ij} = \mu + \tau_i + u_j + \varepsilon_{ij}, \quad u_j \sim N(0, \sigma^2_u), \quad "
            r"\varepsilon_{ij} \sim N(0, \sigma^2)")  # fmt: skip
MATRICES = (r"\mathbf{y} = \mathbf{X}\boldsymbol{\beta} + \mathbf{Z}\mathbf{u} + \boldsymbol{\varepsilon}, \quad "
            r"\mathbf{u} \sim N(\mathbf{0}, \mathbf{G}), \quad "
            r"\boldsymbol{\varepsilon} \sim N(\mathbf{0}, \mathbf{R})")  # fmt: skip
DISTRIBUTION = r"\mathbf{y} \sim N(\mathbf{X}\boldsymbol{\beta}, \mathbf{Z}\mathbf{G}\mathbf{Z}' + \mathbf{R})"


def make(rng: random.Random) -> Exercise:
    treatments, blocks = rng.choice([(t, b) for t in range(2, 6) for b in range(3, 9) if t != b])
    compared, used, response = rng.choice(STORIES)
    m = rcbd(treatments=treatments, blocks=blocks)
    return Exercise(
        title="Random blocks, written three times",
        story=f"{treatments} {compared} are compared in {blocks} {used}, the blocks, once in each; $y_{{ij}}$ is "
        rf"{response}. The treatments are fixed, with effects $\tau_i$. The blocks are random, with effects $u_j$ of "
        r"variance $\sigma^2_u$, and independent of the errors, which have the variance $\sigma^2$. All are normal.",
        model=m, tags=("three notations", "blocks", "random effects", "distribution"),
        prerequisites=("line_in_three_forms", "blocks_to_z"),
        questions=(
            Question("q1", "Write the model for one observation, with all its distributions.", m, 2, form="index",
                hints=(Hint("Four terms are added up. Two of them have a distribution."),
                       Hint(r"The distributions are those of $u_j$ and of $\varepsilon_{ij}$.", 0.25)), room=3,
                solution="A mean, an effect of the treatment, one of the block and an error are added up; what is "
                f"random has a distribution with mean 0 and its variance: $${ELEMENTS}$$",
                also_right=(ELEMENTS, "y_ij = mu + tau_i + u_j + e_ij, u_j ~ N(0, sigma_u^2), e_ij ~ N(0, sigma^2)"),
                mistakes=(Mistake("y_ij = μ + τ_i + u_j + ε_ij, ε_ij ~ N(0, σ²)", None, "What is said of the blocks?"),
                          Mistake("y_ij = μ + τ_i + u_j + ε_ij, u_j ~ N(0, σ_u), ε_ij ~ N(0, σ²)", None,
                                  "Is the second argument a variance?"))),
            Question("q2", r"Write it in matrices, with $\mathbf{G}$ and $\mathbf{R}$ for the variances.", m, 2,
                hints=(Hint("The effects of all blocks are a vector. Which matrix gives each row its block?"),
                       Hint(r"$\mathbf{Z}\mathbf{u}$ is added to the model without blocks.", 0.25)), room=3,
                solution=r"$\mathbf{X}\boldsymbol{\beta}$ holds each $\mu + \tau_i$, and $\mathbf{Z}$ gives a row the "
                rf"$u_j$ of its block: $${MATRICES}$$", form="matrix",
                also_right=(MATRICES, "y = Xβ + Zu + ε, u ~ N(0, σ²_u I), ε ~ N(0, σ² I)"),
                mistakes=(Mistake("y = Xβ + ε, u ~ N(0, G), ε ~ N(0, R)", None, "Where are the blocks?"),
                          Mistake("y = Xβ + Zu + ε, u ~ N(0, R), ε ~ N(0, R)", None, "How large is Var(u)?"))),
            Question("q3", r"Write the distribution of $\mathbf{y}$, with the same matrices.", DISTRIBUTION, 2,
                hints=(Hint("A mean and a variance: which terms are in which?"),
                       Hint(r"$\mathrm{Var}(\mathbf{Z}\mathbf{u}) = \mathbf{Z}\mathbf{G}\mathbf{Z}'$.", 0.25)),
                solution=r"$\mathbf{u}$ and $\boldsymbol{\varepsilon}$ have the mean zero, so the mean is "
                r"$\mathbf{X}\boldsymbol{\beta}$. They are independent, so $\mathrm{Var}(\mathbf{Z}\mathbf{u}) = "
                r"\mathbf{Z}\mathbf{G}\mathbf{Z}'$ and $\mathrm{Var}(\boldsymbol{\varepsilon}) = \mathbf{R}$ add up. "
                rf"Sums of normal variables are normal: $${DISTRIBUTION}$$",
                also_right=(DISTRIBUTION, "N(Xβ, R + ZGZ^T)"), vocabulary=m.vocabulary, without=("V",), room=2,
                mistakes=(Mistake("y ~ N(Xβ + Zu, ZGZ' + R)", None, "What is the mean of a random effect?"),
                          Mistake("y ~ N(Xβ, ZGZ')", None, "What else varies?"))),
        ))  # fmt: skip


if __name__ == "__main__":
    raise SystemExit(sheet(__file__))
