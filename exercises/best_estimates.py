"""The best linear unbiased estimate and predictor in matrix notation, for any X, Z, G and R."""

from __future__ import annotations

import random

from tutor import Exercise, Hint, Mistake, Question, random_intercepts, read, sheet

STORIES = (
    ("days without enough sleep", "subjects", "reaction time"),
    ("ages of children", "children", "distance in the jaw"),
    ("doses", "patients", "blood pressure"),
    ("weeks of training", "athletes", "pulse"),
    ("hours of light", "hens", "number of eggs"),
    ("weeks on the pasture", "cows", "yield of milk"),
    ("amounts of nitrogen", "fields", "yield of wheat"),
    ("temperatures", "batches of dough", "volume of the loaf"),
)


def make(rng: random.Random) -> Exercise:
    covariate, groups, response = rng.choice(STORIES)
    number = rng.choice((3, 4, 5, 6))
    values = rng.choice(([0, 1, 2], [0, 1, 2, 3], [1, 2, 4]))
    m = random_intercepts(number, values)
    estimate = r"(\mathbf{X}'\mathbf{V}^{-1}\mathbf{X})^{-1}\mathbf{X}'\mathbf{V}^{-1}\mathbf{y}"
    predictor = r"\mathbf{G}\mathbf{Z}'\mathbf{V}^{-1}(\mathbf{y} - \mathbf{X}\boldsymbol{\beta})"
    spread = r"(\mathbf{X}'\mathbf{V}^{-1}\mathbf{X})^{-1}"
    return Exercise(
        title="Best estimates and predictors",
        story=(
            f"The {response} of {number} {groups} is related to {covariate}, coded "
            f"as {', '.join(map(str, values))}.\n\n"
            r"$$\mathbf{y} = \mathbf{X}\boldsymbol{\beta} + \mathbf{Z}\mathbf{u} + \boldsymbol{\varepsilon}, \quad "
            r"\mathrm{Var}(\mathbf{y}) = \mathbf{V} = \mathbf{Z}\mathbf{G}\mathbf{Z}' + \mathbf{R}$$"
            "\n\n"
            r"$\mathbf{X}$ has full rank, and $\mathbf{G}$ and $\mathbf{R}$ are known. Answer for any such matrices."
        ),
        model=m,
        tags=("BLUE", "BLUP", "matrix notation"),
        prerequisites=("rcbd_variance",),
        questions=(
            Question(
                key="q1",
                prompt=r"Write the best linear unbiased estimate $\hat{\boldsymbol{\beta}}$.",
                reference=read(estimate, m.vocabulary).tree,
                general=True,
                points=2,
                hints=(
                    Hint("Least squares, with the observations weighed by how they vary."),
                    Hint(r"Put $\mathbf{V}^{-1}$ between $\mathbf{X}'$ and what follows it.", cost=0.25),
                ),
                solution=rf"$$\hat{{\boldsymbol{{\beta}}}} = {estimate}$$",
                mistakes=(
                    Mistake(r"(X'X)^{-1}X'y", "ols-for-gls", "Do all observations weigh alike?"),
                    Mistake(r"(X'VX)^{-1}X'Vy", None, "Does an observation that varies more weigh more?"),
                ),
                room=3,
            ),
            Question(
                key="q2",
                prompt=r"What is $\mathrm{Var}(\hat{\boldsymbol{\beta}})$?",
                reference=read(spread, m.vocabulary).tree,
                general=True,
                hints=(Hint(r"$\mathrm{Var}(\mathbf{A}\mathbf{y}) = \mathbf{A}\mathbf{V}\mathbf{A}'$."),),
                solution=rf"$$\mathrm{{Var}}(\hat{{\boldsymbol{{\beta}}}}) = {spread}$$",
                mistakes=(
                    Mistake(r"X'V^{-1}X", "inverse-lost", "Does it become smaller with more observations?"),
                    Mistake(r"\sigma^2 (X'X)^{-1}", None, "Is that right if the observations vary together?"),
                ),
                room=3,
            ),
            Question(
                key="q3",
                prompt=(
                    r"$\boldsymbol{\beta}$ is known. Write the best linear predictor $\hat{\mathbf{u}}$ of "
                    r"$\mathbf{u}$, in terms of $\mathbf{V}^{-1}$."
                ),
                reference=read(predictor, m.vocabulary).tree,
                general=True,
                points=2,
                hints=(
                    Hint(r"It begins with $\mathrm{Cov}(\mathbf{u}, \mathbf{y})$."),
                    Hint(r"$\mathrm{Cov}(\mathbf{u}, \mathbf{y}) = \mathbf{G}\mathbf{Z}'$.", cost=0.25),
                ),
                solution=rf"$$\hat{{\mathbf{{u}}}} = {predictor}$$",
                mistakes=(
                    Mistake(r"GZ'V^{-1}y", "mean-not-subtracted", "What is predicted for an average observation?"),
                    Mistake(r"Z'V^{-1}(y - X\beta)", "missing-factor", "How much do the effects vary?"),
                    Mistake(r"GZ'R^{-1}(y - X\beta)", "R-for-V", "What varies in y − Xβ?"),
                ),
                room=3,
            ),
        ),
    )


if __name__ == "__main__":
    raise SystemExit(sheet(__file__))
