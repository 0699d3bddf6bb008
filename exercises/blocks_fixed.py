"""Blocks as fixed effects: their columns in X, the rank, and a variance without blocks."""

import random

from tutor import Exercise, Hint, Mistake, Question, in_numbers, rcbd, sheet, worked

STORIES = (("varieties of sorghum", "fields at Colby", "the yield of a plot, in t/ha"),
           ("diets", "litters of piglets", "the gain of a piglet, in kg"),
           ("ways to freeze", "batches of berries", "the loss of weight, in g"),
           ("fertilizers", "rows of an orchard", "the yield of a tree, in kg"))  # fmt: skip


def make(rng: random.Random) -> Exercise:
    t, b = rng.choice(((2, 3), (3, 2), (2, 4), (4, 2)))
    compared, used, response = rng.choice(STORIES)
    m, n, rank = rcbd(treatments=t, blocks=b, blocks_are="fixed"), t * b, t + b - 1
    i, j = rng.randint(1, t), rng.randint(1, b)
    of_treatment = [[int(row % t == level) for level in range(t)] for row in range(n)]
    of_block = [[int(row // t == block) for block in range(b)] for row in range(n)]
    rows = [[1, *one, *other] for one, other in zip(of_treatment, of_block, strict=True)]
    effects = ", ".join([rf"\tau_{k + 1}" for k in range(t)] + [rf"\rho_{k + 1}" for k in range(b)])
    return Exercise(
        title="Blocks among the fixed effects",
        story=f"{t} {compared} are compared in {b} {used}, the blocks; $y_{{ij}}$ is {response}.\n\n"
        r"$$y_{ij} = \mu + \tau_i + \rho_j + \varepsilon_{ij}, \quad \varepsilon_{ij} \sim N(0, \sigma^2)$$" "\n\n"
        rf"The rows are block by block, and $\boldsymbol{{\beta}} = [\mu, {effects}]'$.",
        model=m, tags=("blocks", "fixed effects", "design matrix", "rank"), prerequisites=("design_matrix_factor",),
        questions=(
            Question("q1", r"Write $\mathbf{X}$ with its entries.", m.X, without=("X",), points=3, room=5,
                hints=(Hint("Each row has three ones: for the mean, for a treatment, and for a block."),
                       Hint(f"The first row is {', '.join(map(str, rows[0]))}.", 0.25)),
                solution=worked(
                    "X", (m.derive("X").result, "columns for μ, for the treatments and for the blocks"),
                    (rows, "in each row a 1 for μ, for its treatment and for its block"), of=m),
                also_right=(str(rows),),
                mistakes=(
                    Mistake(str([[1, *row] for row in of_treatment]), None, "Which columns belong to the blocks?"),
                    Mistake(str([row[1:] for row in rows]), "missing-intercept", "Which column belongs to μ?"))),
            Question("q2", rf"$\mathbf{{X}}$ has {1 + t + b} columns. What is its rank?", rank, room=1.5,
                hints=(
                    Hint("The columns of the treatments add up to a column that you know. And those of the blocks?"),
                    Hint("Two columns are sums of others.", 0.25)),
                solution=in_numbers("p - 2", {"p": 1 + t + b}, because="the columns of the treatments add up to that "
                    "of ones, and so do those of the blocks"),
                mistakes=(
                    Mistake(str(rank + 1), None, "Do the columns of the blocks add up to a known column, too?"),
                    Mistake(str(rank + 2), None, "Are some of the columns sums of others?"))),
            Question.from_derivation("q3", m.derive(f"E(y_{i}{j})"),
                hints=(Hint("Which terms of the model are fixed?"),),
                mistakes=(Mistake(rf"\mu + \tau_{i}", "missing-term", "Are the blocks random here?"),)),
            Question.from_derivation("q4", m.derive("Var(y)"), without=("V", "R"), room=2,
                prompt=r"Write $\mathrm{Var}(\mathbf{y})$ with its size.",
                hints=(Hint("Which terms of the model vary?"),
                       Hint(r"$\mathbf{R}$ is the variance of the errors.", 0.25)),
                mistakes=(Mistake(f"σ² J_{n}", "ones-for-identity", "Do all errors vary together?"),)),
        ))  # fmt: skip


if __name__ == "__main__":
    raise SystemExit(sheet(__file__))
