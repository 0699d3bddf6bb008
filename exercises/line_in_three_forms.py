"""Intercept and slope in three forms: by observation, as a distribution, and in matrices."""

import random

from tutor import Exercise, Hint, Mistake, Question, regression, sheet

STORIES = (
    ("the yield of a plot of wheat, in t/ha", "the nitrogen it was given, in kg/ha"),
    ("the systolic blood pressure of a patient, in mmHg", "the age, in years"),
    ("the score of a pupil, in points", "the hours of study in a week"),
    ("the weight of a calf, in kg", "its age, in days"), ("the height of a seedling, in cm", "its age, in weeks"),
    ("the travel time of a wave, in nanoseconds", "the distance, in mm"),
)  # fmt: skip


def make(rng: random.Random) -> Exercise:
    response, covariate = rng.choice(STORIES)
    n = rng.randint(8, 40)
    m = regression(n)
    in_elements = r"y_i = \beta_0 + x_i\beta_1 + \varepsilon_i, \quad \varepsilon_i \sim N(0, \sigma^2)"
    in_matrices = (r"\mathbf{y} = \mathbf{X}\boldsymbol{\beta} + \boldsymbol{\varepsilon}, \quad "
                   r"\boldsymbol{\varepsilon} \sim N(\mathbf{0}, \sigma^2\mathbf{I})")  # fmt: skip
    return Exercise(
        title="One model, three ways to write it",
        story=f"$y_i$ is {response}, and $x_i$ is {covariate}; $i = 1, 2, \\dots, {n}$. The mean of $y_i$ lies on a "
        r"line with intercept $\beta_0$ and slope $\beta_1$, and the errors are independent and normal with variance "
        r"$\sigma^2$.",
        model=m, tags=("three notations", "covariate", "distribution"), prerequisites=("notation_table",),
        questions=(
            Question("q1", "Write the model for one observation, with the distribution of its error.", m, form="index",
                points=2, room=2.5,
                hints=(Hint("Three things are added up: where the line starts, how far it rises, and an error."),
                       Hint(r"The distribution is $\varepsilon_i \sim N(\dots, \dots)$: mean, then variance.", 0.25)),
                solution=r"The line at $x_i$ is $\beta_0 + x_i\beta_1$, and $y_i$ differs from it by its error, which "
                rf"has the mean $0$ and the variance $\sigma^2$: $${in_elements}$$",
                also_right=("y_i = b0 + b1 x_i + e_i, e_i ~ N(0, sigma^2)",),
                mistakes=(Mistake(in_elements.replace(r"\sigma^2", r"\sigma"), None, "Is σ a variance?"),
                          Mistake(in_elements.replace(r"\beta_0 + ", ""), None, "Where does the line start?"))),
            Question("q2", "Write the same as the distribution of $y_i$, with its mean and its variance.",
                r"y_i \sim N(\beta_0 + x_i\beta_1, \sigma^2)", vocabulary=m.vocabulary, points=2, room=2.5,
                hints=(Hint(r"$\mathrm{E}(y_i)$ is the model without its error."),
                       Hint("Adding a constant to an error changes its mean only.", 0.25)),
                solution=r"$\mathrm{E}(y_i) = \beta_0 + x_i\beta_1 + \mathrm{E}(\varepsilon_i)$, and an error has "
                r"the mean $0$. $\mathrm{Var}(y_i) = \mathrm{Var}(\varepsilon_i)$, as the line is a constant. "
                r"$$y_i \sim N(\beta_0 + x_i\beta_1, \sigma^2)$$",
                mistakes=(Mistake(r"y_i \sim N(0, \sigma^2)", None, "That is the distribution of the error."),
                          Mistake(r"y_i \sim N(\beta_0 + x_i\beta_1, \sigma)", None, "Is σ a variance?"))),
            Question("q3", f"Write it in matrices, for all {n} observations, with the distribution of the errors.", m,
                form="matrix", points=2, room=2.5,
                hints=(Hint(r"The column of all $\beta_0 + x_i\beta_1$ is a matrix times a vector."),
                       Hint(r"The errors are a vector. Its variance is a matrix: a number times $\mathbf{I}$.", 0.25)),
                solution=rf"Row $i$ of $\mathbf{{X}}$ is $[1, x_i]$; times $\boldsymbol{{\beta}} = [\beta_0, \beta_1]'$"
                rf" it is $\beta_0 + x_i\beta_1$. Independent errors have the variance $\sigma^2\mathbf{{I}}$. "
                f"$${in_matrices}$$",
                also_right=("y = Xβ + ε, ε ~ N(0, σ²I)",),
                mistakes=(Mistake(in_matrices.replace(r"\sigma^2\mathbf", r"\sigma\mathbf"), None, "Is σ a variance?"),
                          Mistake(in_matrices.replace(r"\mathbf{I}", ""), None, "Is that a matrix?"))),
        ))  # fmt: skip


if __name__ == "__main__":
    raise SystemExit(sheet(__file__))
