"""X for a factor: a column for the mean and one for each treatment, its rank, and the mean of an observation."""

import random

from tutor import Exercise, Hint, Mistake, Question, crd, in_numbers, matrix, sheet, worked, write

STORIES = (("rations", "pigs", "the gain of pig $j$ on ration $i$, in kg"),
           ("drugs", "patients", "the pulse of patient $j$ on drug $i$, in beats per minute"),
           ("varieties of rice", "pots", "the yield of pot $j$ of variety $i$, in g"),
           ("ways to teach", "classes", "the mean score of class $j$ taught in way $i$"))  # fmt: skip


def make(rng: random.Random) -> Exercise:
    t, repeats = rng.choice(((2, 3), (3, 2), (2, 4), (4, 2), (2, 5)))
    compared, units, response = rng.choice(STORIES)
    m, n = crd(t, repeats), t * repeats
    i, j = rng.randint(1, t), rng.randint(1, repeats)
    own = [[int(row // repeats == level) for level in range(t)] for row in range(n)]
    rows = [[1, *row] for row in own]
    by_turns = [[1, *(int(row % t == level) for level in range(t))] for row in range(n)]
    effects = ", ".join(rf"\tau_{level}" for level in range(1, t + 1))
    return Exercise(
        title="A column for each treatment",
        story=f"{t} {compared} are assigned to {n} {units} at random, {repeats} each; $y_{{ij}}$ is {response}.\n\n"
        r"$$y_{ij} = \mu + \tau_i + \varepsilon_{ij}$$" "\n\n"
        rf"$\boldsymbol{{\beta}} = [\mu, {effects}]'$. The rows of $\mathbf{{y}}$ are treatment by treatment: "
        r"$y_{11}, y_{12}, \dots$",
        model=m, tags=("design matrix", "factor", "rank"), prerequisites=("design_matrix_line",),
        questions=(
            Question("q1", r"Write $\mathbf{X}$ with its entries.", m.X, without=("X",), points=2, room=5,
                hints=(Hint(r"Row by row: which entries of $\boldsymbol{\beta}$ are in the mean of this observation?"),
                       Hint(r"The first row belongs to $y_{11}$, with the mean $\mu + \tau_1$.", 0.25)),
                solution=worked("X", (m.derive("X").result, "a column for μ, and one for each treatment"),
                                (rows, "a 1 for μ in each row, and a 1 for its treatment"), of=m),
                also_right=(str(rows),),
                mistakes=(Mistake(write(matrix(own)), "missing-intercept", "By which number is μ multiplied?"),
                          Mistake(str(by_turns), None, "Are the rows treatment by treatment?"))),
            Question("q2", rf"$\mathbf{{X}}$ has {t + 1} columns. What is its rank?", t, room=1.5,
                hints=(Hint("Add up the columns of the treatments. What comes out?"),
                       Hint("The first column is the sum of the others, so it tells nothing new.", 0.25)),
                solution=in_numbers("p - 1", {"p": 1 + t},
                                    because="the columns of the treatments add up to that of ones"),
                mistakes=(Mistake(str(t + 1), None, "Is one of the columns a sum of others?"),
                          Mistake(str(n), None, "Can the rank be larger than the number of columns?"))),
            Question.from_derivation("q3", m.derive(f"E(y_{i}{j})"),
                hints=(Hint(r"Which entries of $\boldsymbol{\beta}$ does its row of $\mathbf{X}$ pick?"),),
                mistakes=(Mistake(rf"\tau_{i}", "missing-intercept", "Which column has a 1 in each row?"),)),
        ))  # fmt: skip


if __name__ == "__main__":
    raise SystemExit(sheet(__file__))
