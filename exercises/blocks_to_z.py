"""What moves from X to Z when blocks are random: Z, G and R with their entries."""

from __future__ import annotations

import random

from tutor import Exercise, Hint, Mistake, Question, rcbd, sheet

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
        model=m,
        tags=("blocks", "random effects", "Z, G and R"),
        questions=(
            Question(
                key="q1",
                prompt=r"Write $\mathbf{Z}$ with its entries.",
                reference=m.Z,
                without=("Z",),
                points=2,
                hints=(
                    Hint("There is a row for each observation, and a column for each block."),
                    Hint(rf"The first {treatments} observations are those of block 1.", cost=0.25),
                ),
                solution=rf"Each row has one 1, in the column of its block: $$\mathbf{{Z}} = {_matrix(by_block)}$$",
                also_right=(rf"\mathbf{{I}}_{blocks} \otimes \mathbf{{1}}_{treatments}", str(by_block)),
                mistakes=(
                    Mistake(_matrix(_turned(by_block)), "transpose-lost", "How many observations are there?"),
                    Mistake(_matrix(by_treatment), "wrong-size" if treatments != blocks else None,
                            "Do these columns belong to the blocks or to the treatments?"),
                ),
                room=5,
            ),
            Question(
                key="q2",
                prompt=r"Write $\mathbf{G} = \mathrm{Var}(\mathbf{u})$ with its entries, or shorter.",
                reference=m.G,
                without=("G",),
                hints=(Hint("Do the effects of two blocks vary together?"),),
                solution=rf"Each block has the variance $\sigma^2_u$, and two blocks share nothing: "
                rf"$\mathbf{{G}} = \sigma^2_u \mathbf{{I}}_{blocks}$.",
                also_right=(rf"\sigma^2_u \mathbf{{I}}_{blocks}", _matrix(_diagonal(r"\sigma^2_u", blocks))),
                mistakes=(
                    Mistake(r"\sigma^2_u", "missing-identity", "How many blocks are there?"),
                    Mistake(rf"\sigma_u \mathbf{{I}}_{blocks}", "sd-for-variance", "Is that a variance?"),
                    Mistake(rf"\sigma^2_u \mathbf{{J}}_{blocks}", "ones-for-identity", "Do two blocks vary together?"),
                    Mistake(rf"\sigma^2 \mathbf{{I}}_{blocks}", None, "Whose variance is that?"),
                ),
                room=3,
            ),
            Question(
                key="q3",
                prompt=r"Write $\mathbf{R} = \mathrm{Var}(\boldsymbol{\varepsilon})$ with its size.",
                reference=m.R,
                without=("R",),
                hints=(Hint("There is an error for each observation."),),
                solution=rf"${n}$ independent errors of one variance: $\mathbf{{R}} = \sigma^2 \mathbf{{I}}_{{{n}}}$.",
                also_right=(rf"\sigma^2 \mathbf{{I}}_{{{n}}}",),
                mistakes=(
                    Mistake(rf"\sigma^2 \mathbf{{I}}_{blocks}", "wrong-size", "How many errors are there?"),
                    Mistake(rf"\sigma \mathbf{{I}}_{{{n}}}", "sd-for-variance", "Is that a variance?"),
                ),
                room=2.5,
            ),
        ),
    )  # fmt: skip


def _turned(rows: list[list[int]]) -> list[list[int]]:
    return [list(column) for column in zip(*rows, strict=True)]


def _diagonal(entry: str, n: int) -> list[list[str]]:
    return [[entry if row == column else "0" for column in range(n)] for row in range(n)]


def _matrix(rows: list[list[int]] | list[list[str]]) -> str:
    """A matrix in LaTeX."""
    return r"\begin{bmatrix}" + r" \\ ".join(" & ".join(map(str, row)) for row in rows) + r"\end{bmatrix}"


if __name__ == "__main__":
    raise SystemExit(sheet(__file__))
