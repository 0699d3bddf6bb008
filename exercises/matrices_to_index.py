"""From matrices back to an equation: which design has this X and this Z."""

from __future__ import annotations

import random

from tutor import Exercise, Hint, Mistake, Question, matrix, rcbd, sheet, write

STORIES = (
    ("oat varieties", "fields", "the yield of a plot, in t/ha"),
    ("sprays", "orchards", "the share of sound apples, in %"),
    ("diets", "kennels", "the weight of a dog, in kg"),
    ("ways to teach", "schools", "the mean score of a class"),
    ("glazes", "kilns", "the hardness of a tile"),
)


def make(rng: random.Random) -> Exercise:
    treatments, blocks = rng.choice(((2, 3), (3, 2)))
    compared, used, response = rng.choice(STORIES)
    are_fixed = rng.random() < 0.5
    m = rcbd(treatments=treatments, blocks=blocks, blocks_are="fixed" if are_fixed else "random")
    n = treatments * blocks
    by_treatment = [[int(row % treatments == k) for k in range(treatments)] for row in range(n)]
    by_block = [[int(row // treatments == k) for k in range(blocks)] for row in range(n)]
    x = [[1, *a, *(b if are_fixed else ())] for a, b in zip(by_treatment, by_block, strict=True)]
    row = rng.randrange(n)
    i, j = row % treatments + 1, row // treatments + 1
    right = r"y_{ij} = \mu + \tau_i + " + (r"\rho_j" if are_fixed else "u_j") + r" + \varepsilon_{ij}, \quad "
    drawn = "" if are_fixed else r"u_j \sim N(0, \sigma^2_u), \quad "
    other = r"y_{ij} = \mu + \tau_i + " + ("u_j" if are_fixed else r"\rho_j") + r" + \varepsilon_{ij}, \quad "
    other += r"u_j \sim N(0, \sigma^2_u), \quad " if are_fixed else ""
    error = r"\varepsilon_{ij} \sim N(0, \sigma^2)"
    shown = rf"\mathbf{{X}} = {write(matrix(x))}" + (
        "" if are_fixed else rf", \quad \mathbf{{Z}} = {write(matrix(by_block))}"
    )
    told = (
        "There is no Z." if are_fixed else r"The random effects have the variance $\mathbf{G} = \sigma^2_u\mathbf{I}$."
    )
    return Exercise(
        title="Read the design from its matrices",
        story=(
            f"{treatments} {compared} are compared in {blocks} {used}; $y$ is {response}. {told} "
            rf"The errors have the variance $\mathbf{{R}} = \sigma^2\mathbf{{I}}$. $${shown}$$"
        ),
        model=m,
        tags=("three notations", "design matrix", "fixed and random"),
        prerequisites=("blocks_in_three_forms", "blocks_fixed"),
        questions=(
            Question.from_options(
                "q1",
                f"Are the {used} fixed or random in this model?",
                rng,
                right=("fixed" if are_fixed else "random",),
                wrong={
                    "random" if are_fixed else "fixed": (
                        "fixed-random-confused",
                        "In which matrix do you find their columns?",
                    )
                },
                hints=(Hint(f"Look for {blocks} columns with a 1 in the rows of one of the {used}."),),
                solution="Their columns are in X: they are fixed."
                if are_fixed
                else "Their columns are in Z: they are random.",
            ),
            Question(
                key="q2",
                prompt="Write the model for one observation, $y_{ij}$, with its distributions; $i$ is the treatment.",
                reference=m,
                form="index",
                points=3,
                hints=(
                    Hint("Each set of columns that add up to ones is a factor; each factor is a term."),
                    Hint("A mean, a treatment, a block and an error: which of them have a distribution?", cost=0.25),
                ),
                solution=f"$${right}{drawn}{error}$$",
                also_right=(right + drawn + error,),
                mistakes=(
                    Mistake(other + error, None, "In which matrix are the columns of the blocks?"),
                    Mistake(
                        r"y_{ij} = \mu + \tau_i + \varepsilon_{ij}, \quad " + error,
                        None,
                        "Which columns are left over?",
                    ),
                ),
                room=3,
            ),
            Question.from_derivation(
                "q3",
                m.derive(f"E(y_{i}{j})"),
                prompt=rf"Row {row + 1} belongs to $y_{{{i}{j}}}$. What is $\mathrm{{E}}(y_{{{i}{j}}})$?",
                hints=(Hint(rf"Row {row + 1} of $\mathbf{{X}}$ times $\boldsymbol{{\beta}}$."),),
                mistakes=(
                    Mistake(
                        rf"\tau_{i}" + (rf" + \rho_{j}" if are_fixed else ""),
                        "missing-intercept",
                        "What is in all rows?",
                    ),
                    Mistake(
                        rf"\mu + \tau_{i}" if are_fixed else rf"\mu + \tau_{i} + u_{j}",
                        "missing-term" if are_fixed else "random-in-mean",
                        "Is the effect of the block fixed here, or is its mean zero?",
                    ),
                ),
            ),
        ),
    )


if __name__ == "__main__":
    raise SystemExit(sheet(__file__))
