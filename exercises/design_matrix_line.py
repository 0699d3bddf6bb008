"""Intercept and slope in matrix notation: X for a covariate, and the mean of each observation."""

import random

from tutor import Exercise, Hint, Mistake, Question, regression, sheet, worked

STORIES = (("the dose of a fertilizer, in kg/ha", "the yield of plot $i$, in t/ha"),
           ("the age of a child, in years", "the height of child $i$, in cm"),
           ("the days without enough sleep", "the reaction time on day $i$, in ms"))  # fmt: skip


def make(rng: random.Random) -> Exercise:
    (covariate, response), n = rng.choice(STORIES), rng.choice((3, 4, 5))
    x = sorted(rng.sample(range(2, 13), n))
    m, i, rows = regression(x), rng.randint(1, n), [[1, value] for value in x]
    own, column, swapped = x[i - 1], [[value] for value in x], [[value, 1] for value in x]
    mean = worked(f"E(y_{i})", (f"E(β_0 + {own}β_1 + ε_{i})", f"row {i} of X is 1 and {own}"),
                  (f"β_0 + {own}β_1 + E(ε_{i})", "β_0 and β_1 are fixed: they are their own means"),
                  (f"β_0 + {own}β_1", "each error has the mean 0"), of=m)  # fmt: skip
    return Exercise(
        title="Intercept and slope",
        story=f"$x_i$ is {covariate}, and $y_i$ is {response}.\n\n"
        r"$$y_i = \beta_0 + x_i\beta_1 + \varepsilon_i, \quad \varepsilon_i \sim N(0, \sigma^2)$$"
        f"\n\nThe values of $x$ are {', '.join(map(str, x[:-1]))} and {x[-1]}.",
        model=m, tags=("design matrix", "covariate", "mean"),
        questions=(
            Question("q1", r"Write the design matrix $\mathbf{X}$ for $\boldsymbol{\beta} = [\beta_0, \beta_1]'$ with "
                "its entries.", m.X, without=("X",), points=2,
                hints=(Hint("There is a row for each observation, and a column for each parameter."),
                       Hint(r"By which number is $\beta_0$ multiplied in each row?", 0.25)),
                solution=worked("X", (rows, "in row i, β_0 is multiplied by 1 and β_1 by x_i"), of=m),
                also_right=(str(rows),),
                mistakes=(
                    Mistake(str(column), "missing-intercept", "By which number is the intercept multiplied?"),
                    Mistake(str([[1] * n, x]), "transpose-lost", "Is there a row for each observation, or a column?"),
                    Mistake(str(swapped), None, "Which parameter comes first in β?"))),
            Question.from_derivation("q2", mean,
                hints=(Hint(rf"Row {i} of $\mathbf{{X}}$ times $\boldsymbol{{\beta}}$."),),
                mistakes=(
                    Mistake(rf"{own}\beta_1", "missing-intercept", "And where x is 0, what is the mean?"),
                    Mistake(rf"\beta_0 + {i}\beta_1", None, f"Which value has x for observation {i}?"))),
            Question.from_derivation("q3", m.derive("E(y)"),
                prompt=r"Write $\mathrm{E}(\mathbf{y})$ for all observations at once, in matrix notation.",
                hints=(Hint("One matrix and one vector are enough."),),
                mistakes=(Mistake("Xβ + ε", "error-in-mean", "What is the mean of the errors?"),)),
        ))  # fmt: skip


if __name__ == "__main__":
    raise SystemExit(sheet(__file__))
