"""Blocks as fixed effects: their columns in X, the rank, and a variance without blocks."""

from __future__ import annotations

import random

from tutor import Exercise, Hint, Mistake, Question, in_numbers, rcbd, sheet, worked

STORIES = (
    ("varieties of sorghum", "fields at Colby", "the yield of a plot, in t/ha"),
    ("diets", "litters of piglets", "the gain of a piglet, in kg"),
    ("ways to freeze", "batches of berries", "the loss of weight, in g"),
    ("fertilizers", "rows of an orchard", "the yield of a tree, in kg"),
)


def make(rng: random.Random) -> Exercise:
    treatments, blocks = rng.choice(((2, 3), (3, 2), (2, 4), (4, 2)))
    compared, used, response = rng.choice(STORIES)
    m = rcbd(treatments=treatments, blocks=blocks, blocks_are="fixed")
    n = treatments * blocks
    i, j = rng.randint(1, treatments), rng.randint(1, blocks)
    of_treatment = [[int(row % treatments == level) for level in range(treatments)] for row in range(n)]
    of_block = [[int(row // treatments == block) for block in range(blocks)] for row in range(n)]
    rows = [[1, *a, *b] for a, b in zip(of_treatment, of_block, strict=True)]
    effects = ", ".join([rf"\tau_{k + 1}" for k in range(treatments)] + [rf"\rho_{k + 1}" for k in range(blocks)])
    rank = treatments + blocks - 1
    return Exercise(
        title="Blocks among the fixed effects",
        story=(
            f"{treatments} {compared} are compared in {blocks} {used}, the blocks; $y_{{ij}}$ is {response}.\n\n"
            r"$$y_{ij} = \mu + \tau_i + \rho_j + \varepsilon_{ij}, \quad \varepsilon_{ij} \sim N(0, \sigma^2)$$"
            "\n\n"
            rf"The rows are block by block, and $\boldsymbol{{\beta}} = [\mu, {effects}]'$."
        ),
        model=m, tags=("blocks", "fixed effects", "design matrix", "rank"), prerequisites=("design_matrix_factor",),
        questions=(
            Question(
                "q1", r"Write $\mathbf{X}$ with its entries.", m.X, without=("X",), points=3, room=5,
                hints=(
                    Hint("Each row has three ones: for the mean, for a treatment, and for a block."),
                    Hint(f"The first row is {', '.join(map(str, rows[0]))}.", cost=0.25),
                ),
                solution=worked(
                    "X", (m.derive("X").result, "columns for μ, for the treatments and for the blocks"),
                    (rows, "in each row a 1 for μ, for its treatment and for its block"), of=m,
                ),
                also_right=(str(rows),),
                mistakes=(
                    Mistake(str([[1, *row] for row in of_treatment]), None, "Which columns belong to the blocks?"),
                    Mistake(str([row[1:] for row in rows]), "missing-intercept", "Which column belongs to μ?"),
                ),
            ),
            Question(
                "q2", rf"$\mathbf{{X}}$ has {1 + treatments + blocks} columns. What is its rank?", rank,
                room=1.5,
                hints=(
                    Hint("The columns of the treatments add up to a column that you know. And those of the blocks?"),
                    Hint("Two columns are sums of others.", cost=0.25),
                ),
                solution=in_numbers(
                    "p - 2", {"p": 1 + treatments + blocks},
                    because="the columns of the treatments add up to that of ones, and so do those of the blocks",
                ),
                mistakes=(
                    Mistake(str(rank + 1), None, "Do the columns of the blocks add up to a known column, too?"),
                    Mistake(str(rank + 2), None, "Are some of the columns sums of others?"),
                ),
            ),
            Question.from_derivation(
                "q3", m.derive(f"E(y_{i}{j})"), hints=(Hint("Which terms of the model are fixed?"),),
                mistakes=(Mistake(rf"\mu + \tau_{i}", "missing-term", "Are the blocks random here?"),),
            ),
            Question.from_derivation(
                "q4", m.derive("Var(y)"), prompt=r"Write $\mathrm{Var}(\mathbf{y})$ with its size.", without=("V", "R"),
                room=2,
                hints=(
                    Hint("Which terms of the model vary?"),
                    Hint(r"$\mathbf{R}$ is the variance of the errors.", cost=0.25),
                ),
                mistakes=(
                    Mistake(rf"\sigma^2 \mathbf{{J}}_{{{n}}}", "ones-for-identity", "Do all errors vary together?"),
                ),
            ),
        ),
    )  # fmt: skip


if __name__ == "__main__":
    raise SystemExit(sheet(__file__))
