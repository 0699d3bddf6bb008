"""What moves from X to Z when blocks are random: Z, G and R with their entries."""

import random

from tutor import Exercise, Hint, Mistake, Question, rcbd, sheet, worked, write

STORIES = (("varieties of barley", "fields"), ("diets", "litters of piglets"), ("ways to fry", "days of frying"),
           ("rootstocks", "rows of an orchard"), ("sprays", "greenhouses"), ("ways to teach fractions", "schools"),
           ("eye drops", "patients"), ("glues", "sheets of veneer"), ("yeasts", "batches of must"),
           ("ways to count cells", "laboratories"), ("coatings", "rolls of paper"), ("pedals", "cyclists"))  # fmt: skip


def make(rng: random.Random) -> Exercise:
    # treatments and blocks: Z is at most 12 × 5, which can be written by hand
    t, b = rng.choice(((2, 3), (3, 2), (2, 4), (4, 2), (2, 5), (5, 2), (3, 4), (4, 3)))
    compared, used = rng.choice(STORIES)
    m, n = rcbd(treatments=t, blocks=b), t * b
    by_block = [[int(row // t == block) for block in range(b)] for row in range(n)]
    by_treatment = [[int(row % t == level) for level in range(t)] for row in range(n)]
    structure = rf"\mathbf{{I}}_{b} \otimes \mathbf{{1}}_{t}"
    return Exercise(
        title="What moves from X to Z",
        story=f"{t} {compared} are compared in {b} {used}, the blocks. The blocks are random: "
        r"$u_j \sim N(0, \sigma^2_u)$. The rows of $\mathbf{y}$ are block by block: $y_{11}, y_{21}, \dots$" "\n\n"
        r"$$\mathbf{y} = \mathbf{X}\boldsymbol{\beta} + \mathbf{Z}\mathbf{u} + \boldsymbol{\varepsilon}, \quad "
        r"\mathbf{u} \sim N(\mathbf{0}, \mathbf{G}), \quad \boldsymbol{\varepsilon} \sim N(\mathbf{0}, \mathbf{R})$$",
        model=m, tags=("blocks", "random effects", "Z, G and R"),
        questions=(
            Question("q1", r"Write $\mathbf{Z}$ with its entries.", m.Z, without=("Z",), points=2, room=5,
                hints=(Hint("There is a row for each observation, and a column for each block."),
                       Hint(rf"The first {t} observations are those of block 1.", 0.25)),
                solution=worked("Z", (structure, "a column of ones for each block"),
                                (by_block, "each row has a 1 in the column of its block"), of=m),
                also_right=(structure,),
                mistakes=(
                    Mistake(str([list(column) for column in zip(*by_block, strict=True)]), "transpose-lost",
                            "How many observations are there?"),
                    Mistake(str(by_treatment), "wrong-size",
                            "Do these columns belong to the blocks or to the treatments?"))),
            Question("q2", r"Write $\mathbf{G} = \mathrm{Var}(\mathbf{u})$ with its entries, or shorter.", m.G,
                without=("G",), room=3,
                hints=(Hint("Do the effects of two blocks vary together?"),),
                solution=worked("Var(u)", (rf"σ²_u \mathbf{{I}}_{b}", "each block has the variance σ²_u, and two share "
                                           "nothing"), of=m),
                also_right=(write(m.Var("u").explicit()),),
                mistakes=(Mistake(rf"\sigma^2 \mathbf{{I}}_{b}", None, "Whose variance is that?"),)),
            Question("q3", r"Write $\mathbf{R} = \mathrm{Var}(\boldsymbol{\varepsilon})$ with its size.", m.R,
                without=("R",), room=2.5,
                hints=(Hint("There is an error for each observation."),),
                solution=worked("Var(ε)", (f"σ² I_{n}", f"{n} independent errors of one variance"), of=m),
                mistakes=(Mistake(rf"\sigma^2 \mathbf{{I}}_{b}", "wrong-size", "How many errors are there?"),)),
        ))  # fmt: skip


if __name__ == "__main__":
    raise SystemExit(sheet(__file__))
