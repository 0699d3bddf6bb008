"""Var(y) line by line, in a model with random blocks."""

import random

from tutor import Exercise, Hint, Lines, Mistake, Question, rcbd, sheet

STORIES = (("varieties of sorghum", "fields"), ("drugs", "hospitals"), ("diets", "litters of piglets"),
           ("ways to teach", "schools"), ("recipes", "days of baking"), ("fertilizers", "orchards"))  # fmt: skip


def make(rng: random.Random) -> Exercise:
    treatments, blocks = rng.choice(((2, 3), (3, 4), (4, 3), (3, 5), (5, 4), (2, 6)))
    compared, used = rng.choice(STORIES)
    m = rcbd(treatments=treatments, blocks=blocks)
    mean, variance = m.derive("E(y)"), m.derive("Var(y)")
    return Exercise(
        title="The variance of y, line by line",
        story=f"{treatments} {compared} are compared in {blocks} {used}, which are random blocks; there are "
        f"{treatments * blocks} observations.\n\n"
        r"$$\mathbf{y} = \mathbf{X}\boldsymbol{\beta} + \mathbf{Z}\mathbf{u} + \boldsymbol{\varepsilon}, \quad "
        r"\mathbf{u} \sim N(\mathbf{0}, \mathbf{G}), \quad \boldsymbol{\varepsilon} \sim N(\mathbf{0}, \mathbf{R}), "
        r"\quad \mathrm{Cov}(\mathbf{u}, \boldsymbol{\varepsilon}) = \mathbf{0}$$",
        model=m, tags=("variance", "derivation", "random effects"), prerequisites=("derive_mean", "blocks_to_z"),
        questions=(
            Question("q1", r"Derive $\mathrm{E}(\mathbf{y})$ line by line, beginning with the model.",
                Lines(mean, step_size=4), 2,
                hints=(
                    Hint("Begin with the model, and take the mean of each term."),
                    Hint(r"$\mathrm{E}(\mathbf{Z}\mathbf{u}) = \mathbf{Z}\,\mathrm{E}(\mathbf{u})$.", 0.25)),
                solution=mean, also_right=("E(y) = E(Xβ + Zu + ε)\n= Xβ + Z E(u) + E(ε)\n= Xβ",),
                mistakes=(
                    Mistake("E(y) = E(Xβ + Zu + ε)\n= Xβ + Zu", None, "What is the mean of a random effect?"),
                    Mistake("E(y) = Xβ + ZGZ'\n= Xβ", None, "A mean has no variance in it."))),
            Question("q2", r"Derive $\mathrm{Var}(\mathbf{y})$ line by line, down to $\mathbf{G}$ and $\mathbf{R}$.",
                Lines(variance, step_size=3), 3, room=5,
                hints=(
                    Hint("Which term does not vary? What may be taken apart, and why?"),
                    Hint(r"$\mathrm{Var}(\mathbf{Z}\mathbf{u}) = \mathbf{Z}\,\mathrm{Var}(\mathbf{u})\,\mathbf{Z}'$.",
                         0.25)),
                solution=variance,
                also_right=("Var(y) = Var(Xβ + Zu + ε)\n= Var(Zu) + Var(ε)\n= Z Var(u) Z' + Var(ε)\n= ZGZ' + R",),
                mistakes=(
                    Mistake("Var(y) = Var(Xβ + Zu + ε)\n= Xβ + Var(Zu) + Var(ε)\n= Xβ + ZGZ' + R", None,
                            "How much does a constant vary?"),
                    Mistake("Var(y) = Var(Zu) + Var(ε)\n= Z Var(u) + Var(ε)\n= ZG + R", None,
                            "On which sides of Var(u) does Z stand?"))),
            Question.from_options("q3", r"Where was $\mathrm{Cov}(\mathbf{u}, \boldsymbol{\varepsilon}) = \mathbf{0}$ "
                "needed?", rng,
                right=(r"to take $\mathrm{Var}(\mathbf{Z}\mathbf{u} + \boldsymbol{\varepsilon})$ apart",), wrong={
                    r"to leave out $\mathbf{X}\boldsymbol{\beta}$": "A constant does not vary, whatever u and ε do.",
                    r"to take $\mathbf{Z}$ out of $\mathrm{Var}(\mathbf{Z}\mathbf{u})$":
                        "That holds for any known matrix and any vector, and ε is not in it.",
                    r"for $\mathrm{Var}(\mathbf{u}) = \mathbf{G}$": "That says what G is."},
                hints=(Hint("Which line says something of u and of ε at once?"),),
                solution="The variance of a sum is the sum of the variances and of the covariances. Without the "
                "assumption two covariances would stand beside the two variances."),
        ))  # fmt: skip


if __name__ == "__main__":
    raise SystemExit(sheet(__file__))
