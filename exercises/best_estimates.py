"""The best linear unbiased estimate and predictor in matrix notation, for any X, Z, G and R."""

import random

from tutor import Exercise, Hint, Mistake, Question, random_intercepts, sheet, worked

STORIES = (("days without enough sleep", "subjects", "reaction time"),
           ("ages of children", "children", "distance in the jaw"), ("doses", "patients", "blood pressure"),
           ("weeks of training", "athletes", "pulse"), ("hours of light", "hens", "number of eggs"),
           ("weeks on the pasture", "cows", "yield of milk"), ("amounts of nitrogen", "fields", "yield of wheat"),
           ("temperatures", "batches of dough", "volume of the loaf"))  # fmt: skip


def make(rng: random.Random) -> Exercise:
    covariate, groups, response = rng.choice(STORIES)
    number = rng.choice((3, 4, 5, 6))
    values = rng.choice(([0, 1, 2], [0, 1, 2, 3], [1, 2, 4]))
    m = random_intercepts(number, values)
    predictor = worked(
        "Cov(u, y) V^{-1} (y - Xβ)", ("Cov(u, Zu) V^{-1} (y - Xβ)", "Xβ does not vary, and Cov(u, ε) = 0"),
        ("Var(u) Z' V^{-1} (y - Xβ)", "Cov(u, Au) = Var(u) A' for a matrix A that is known"),
        ("GZ'V^{-1} (y - Xβ)", "Var(u) = G"), of=m, general=True,
    )  # fmt: skip
    return Exercise(
        title="Best estimates and predictors",
        story=f"The {response} of {number} {groups} is related to {covariate}, coded as "
        f"{', '.join(map(str, values))}.\n\n"
        r"$$\mathbf{y} = \mathbf{X}\boldsymbol{\beta} + \mathbf{Z}\mathbf{u} + \boldsymbol{\varepsilon}, \quad "
        r"\mathrm{Var}(\mathbf{y}) = \mathbf{V} = \mathbf{Z}\mathbf{G}\mathbf{Z}' + \mathbf{R}$$" "\n\n"
        r"$\mathbf{X}$ has full rank, and $\mathbf{G}$ and $\mathbf{R}$ are known. Answer for any such matrices.",
        model=m, tags=("BLUE", "BLUP", "matrix notation"), prerequisites=("rcbd_variance",),
        questions=(
            Question.from_derivation("q1", m.derive(r"\hat\beta"), general=True, points=2, room=3,
                prompt=r"Write the best linear unbiased estimate $\hat{\boldsymbol{\beta}}$.",
                hints=(Hint("Least squares, with the observations weighed by how they vary."),
                       Hint(r"Put $\mathbf{V}^{-1}$ between $\mathbf{X}'$ and what follows it.", 0.25)),
                mistakes=(Mistake("(X'X)^{-1}X'y", "ols-for-gls", "Do all observations weigh alike?"),
                          Mistake("(X'VX)^{-1}X'Vy", None, "Does an observation that varies more weigh more?"))),
            Question.from_derivation("q2", m.derive(r"Var(\hat\beta)", to="(X'V^-1X)^-1"), general=True, room=3,
                prompt=r"What is $\mathrm{Var}(\hat{\boldsymbol{\beta}})$?",
                hints=(Hint(r"$\mathrm{Var}(\mathbf{A}\mathbf{y}) = \mathbf{A}\mathbf{V}\mathbf{A}'$."),),
                mistakes=(
                    Mistake("X'V^{-1}X", "inverse-lost", "Does it become smaller with more observations?"),
                    Mistake(r"\sigma^2 (X'X)^{-1}", None, "Is that right if the observations vary together?"))),
            Question.from_derivation("q3", predictor, general=True, points=2, room=3,
                prompt=r"$\boldsymbol{\beta}$ is known. Write the best linear predictor $\hat{\mathbf{u}}$ of "
                r"$\mathbf{u}$, in terms of $\mathbf{V}^{-1}$.",
                hints=(Hint(r"It begins with $\mathrm{Cov}(\mathbf{u}, \mathbf{y})$."),
                       Hint(r"$\mathrm{Cov}(\mathbf{u}, \mathbf{y}) = \mathbf{G}\mathbf{Z}'$.", 0.25)),
                mistakes=(Mistake("GZ'V^{-1}y", "mean-not-subtracted", "What is predicted for an average observation?"),
                          Mistake("Z'V^{-1}(y - Xβ)", "missing-factor", "How much do the effects vary?"),
                          Mistake("GZ'R^{-1}(y - Xβ)", "R-for-V", "What varies in y − Xβ?"))),
        ))  # fmt: skip


if __name__ == "__main__":
    raise SystemExit(sheet(__file__))
