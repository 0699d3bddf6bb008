"""What moves from X to Z when blocks are random: Z, G and R with their entries."""

from __future__ import annotations

import random

from tutor import Exercise, Hint, Mistake, Question, rcbd, sheet, worked, write

SIZES = ((2, 3), (3, 2), (2, 4), (4, 2), (2, 5), (5, 2), (3, 4), (4, 3))
"""Treatments and blocks: Z is at most 12 × 5, which can be written by hand."""

STORIES = (
    ("varieties of barley", "fields"),
    ("diets", "litters of piglets"),
    ("ways to fry", "days of frying"),
    ("rootstocks", "rows of an orchard"),
    ("sprays", "greenhouses"),
    ("ways to teach fractions", "schools"),
    ("eye drops", "patients"),
    ("glues", "sheets of veneer"),
    ("yeasts", "batches of must"),
    ("ways to count cells", "laboratories"),
    ("coatings", "rolls of paper"),
    ("pedals", "cyclists"),
)


def make(rng: random.Random) -> Exercise:
    treatments, blocks = rng.choice(SIZES)
    compared, used = rng.choice(STORIES)
    m = rcbd(treatments=treatments, blocks=blocks)
    n = treatments * blocks
    by_block = [[int(row // treatments == block) for block in range(blocks)] for row in range(n)]
    by_treatment = [[int(row % treatments == level) for level in range(treatments)] for row in range(n)]
    return Exercise(
        title="What moves from X to Z",
        story=(
            f"{treatments} {compared} are compared in {blocks} {used}, the blocks. The blocks are random: "
            r"$u_j \sim N(0, \sigma^2_u)$. The rows of $\mathbf{y}$ are block by block: $y_{11}, y_{21}, \dots$"
            "\n\n"
            r"$$\mathbf{y} = \mathbf{X}\boldsymbol{\beta} + \mathbf{Z}\mathbf{u} + \boldsymbol{\varepsilon}, \quad "
            r"\mathbf{u} \sim N(\mathbf{0}, \mathbf{G}), \quad "
            r"\boldsymbol{\varepsilon} \sim N(\mathbf{0}, \mathbf{R})$$"
        ),
        model=m, tags=("blocks", "random effects", "Z, G and R"),
        questions=(
            Question(
                "q1", r"Write $\mathbf{Z}$ with its entries.", m.Z, without=("Z",), points=2, room=5,
                hints=(
                    Hint("There is a row for each observation, and a column for each block."),
                    Hint(rf"The first {treatments} observations are those of block 1.", cost=0.25),
                ),
                solution=worked(
                    "Z",
                    (rf"\mathbf{{I}}_{blocks} \otimes \mathbf{{1}}_{treatments}", "a column of ones for each block"),
                    (by_block, "each row has a 1 in the column of its block"), of=m,
                ),
                also_right=(rf"\mathbf{{I}}_{blocks} \otimes \mathbf{{1}}_{treatments}",),
                mistakes=(
                    Mistake(str([list(column) for column in zip(*by_block, strict=True)]), "transpose-lost",
                            "How many observations are there?"),
                    Mistake(str(by_treatment), "wrong-size",
                            "Do these columns belong to the blocks or to the treatments?"),
                ),
            ),
            Question(
                "q2", r"Write $\mathbf{G} = \mathrm{Var}(\mathbf{u})$ with its entries, or shorter.", m.G,
                without=("G",), room=3,
                hints=(Hint("Do the effects of two blocks vary together?"),),
                solution=worked(
                    "Var(u)",
                    (rf"σ²_u \mathbf{{I}}_{blocks}", "each block has the variance σ²_u, and two share nothing"), of=m,
                ),
                also_right=(write(m.Var("u").explicit()),),
                mistakes=(Mistake(rf"\sigma^2 \mathbf{{I}}_{blocks}", None, "Whose variance is that?"),),
            ),
            Question(
                "q3", r"Write $\mathbf{R} = \mathrm{Var}(\boldsymbol{\varepsilon})$ with its size.", m.R,
                without=("R",), room=2.5,
                hints=(Hint("There is an error for each observation."),),
                solution=worked(
                    "Var(ε)", (rf"σ² \mathbf{{I}}_{{{n}}}", f"{n} independent errors of one variance"), of=m
                ),
                mistakes=(Mistake(rf"\sigma^2 \mathbf{{I}}_{blocks}", "wrong-size", "How many errors are there?"),),
            ),
        ),
    )  # fmt: skip


if __name__ == "__main__":
    raise SystemExit(sheet(__file__))
