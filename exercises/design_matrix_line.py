"""Intercept and slope in matrix notation: X for a covariate, and the mean of each observation."""

from __future__ import annotations

import random

from tutor import Exercise, Hint, Mistake, Question, regression, sheet

STORIES = (
    ("the dose of a fertilizer, in kg/ha", "the yield of plot $i$, in t/ha"),
    ("the age of a child, in years", "the height of child $i$, in cm"),
    ("the days without enough sleep", "the reaction time on day $i$, in ms"),
)


def make(rng: random.Random) -> Exercise:
    covariate, response = rng.choice(STORIES)
    n = rng.choice((3, 4, 5))
    x = sorted(rng.sample(range(2, 13), n))
    m = regression(x)
    i = rng.randint(1, n)
    return Exercise(
        title="Intercept and slope",
        story=(
            f"$x_i$ is {covariate}, and $y_i$ is {response}.\n\n"
            r"$$y_i = \beta_0 + x_i\beta_1 + \varepsilon_i, \quad \varepsilon_i \sim N(0, \sigma^2)$$"
            f"\n\nThe values of $x$ are {', '.join(map(str, x[:-1]))} and {x[-1]}."
        ),
        model=m,
        tags=("design matrix", "covariate", "mean"),
        questions=(
            Question(
                key="q1",
                prompt=r"Write $\mathbf{X}$ with its entries, so that "
                r"$\mathrm{E}(\mathbf{y}) = \mathbf{X}\boldsymbol{\beta}$ with "
                r"$\boldsymbol{\beta} = [\beta_0, \beta_1]'$.",
                reference=m.X,
                without=("X",),
                points=2,
                hints=(
                    Hint("There is a row for each observation, and a column for each parameter."),
                    Hint(r"By which number is $\beta_0$ multiplied in each row?", cost=0.25),
                ),
                solution=r"The intercept is multiplied by 1 in each row, the slope by $x_i$: $$\begin{bmatrix}"
                + r" \\ ".join(f"1 & {value}" for value in x)
                + r"\end{bmatrix}$$",
                also_right=(str([[1, value] for value in x]),),
                mistakes=(
                    Mistake(_column(x), "missing-intercept", "By which number is the intercept multiplied?"),
                    Mistake(
                        str([[1] * n, x]), "transpose-lost", "Is there a row for each observation, or a column?"
                    ),
                    Mistake(
                        str([[value, 1] for value in x]), None, "Which parameter comes first in β?"
                    ),
                ),
                room=4,
            ),
            Question(
                key="q2",
                prompt=rf"What is $\mathrm{{E}}(y_{i})$?",
                reference=m.E(f"y_{i}"),
                hints=(Hint(rf"Row {i} of $\mathbf{{X}}$ times $\boldsymbol{{\beta}}$."),),
                solution=m.derive(f"E(y_{i})"),
                also_right=(rf"\beta_0 + {x[i - 1]}\beta_1", f"beta_0 + {x[i - 1]}*beta_1"),
                mistakes=(
                    Mistake(rf"{x[i - 1]}\beta_1", "missing-intercept", "And where x is 0, what is the mean?"),
                    Mistake(rf"\beta_0 + {i}\beta_1", None, f"Which value has x for observation {i}?"),
                ),
                room=2,
            ),
            Question(
                key="q3",
                prompt=r"Write $\mathrm{E}(\mathbf{y})$ for all observations at once, in matrix notation.",
                reference=m.E(m.y),
                hints=(Hint("One matrix and one vector are enough."),),
                solution=m.derive("E(y)"),
                also_right=(r"\mathbf{X}\boldsymbol{\beta}",),
                mistakes=(
                    Mistake(r"\mathbf{X}\boldsymbol{\beta} + \boldsymbol{\varepsilon}", "error-in-mean",
                            "What is the mean of the errors?"),
                    Mistake(r"\boldsymbol{\beta}\mathbf{X}", "shapes-do-not-meet", "Which shapes do the two have?"),
                ),
                room=2,
            ),
        ),
    )  # fmt: skip


def _column(entries: list[int]) -> str:
    """A column in LaTeX."""
    return r"\begin{bmatrix}" + r" \\ ".join(map(str, entries)) + r"\end{bmatrix}"


if __name__ == "__main__":
    raise SystemExit(sheet(__file__))
