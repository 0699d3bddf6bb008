"""How large y, X, β, Z, u, G and R are in a block design with random blocks."""

from __future__ import annotations

import random

from tutor import Dimensions, Exercise, Hint, Mistake, Question, rcbd, sheet

STORIES = (
    ("varieties of oats", "fields"),
    ("rations", "litters"),
    ("recipes", "days"),
    ("drugs", "hospitals"),
    ("textbooks", "schools"),
)


def make(rng: random.Random) -> Exercise:
    treatments, blocks = rng.choice([(t, b) for t in range(3, 10) for b in range(3, 10) if b not in (t, t + 1)])
    compared, used = rng.choice(STORIES)
    m = rcbd(treatments=treatments, blocks=blocks)
    n, p = treatments * blocks, treatments + 1
    sizes = {
        r"\mathbf{X}": ((n, p), "A row for each observation, a column for μ and for each treatment.", (p, n)),
        r"\mathbf{Z}": ((n, blocks), "A row for each observation, a column for each block.", (n, treatments)),
        r"\mathbf{G}": ((blocks, blocks), "The variance of u, which has an entry for each block.", (n, n)),
        r"\mathbf{R}": ((n, n), "The variance of ε, which has an entry for each observation.", (blocks, blocks)),
        r"\mathbf{Z}\mathbf{G}\mathbf{Z}'": ((n, n), "The outer numbers are left.", (blocks, blocks)),
        r"\mathbf{u}": ((blocks, 1), "An entry for each block.", (n, 1)),
    }
    asked = ["\\mathbf{Z}", *rng.sample([name for name in sizes if name != "\\mathbf{Z}"], 3)]
    return Exercise(
        title="How large is each of them?",
        story=f"{treatments} {compared} are compared in {blocks} {used}, the blocks, once in each. The blocks are "
        f"random.\n\n"
        r"$$\mathbf{y} = \mathbf{X}\boldsymbol{\beta} + \mathbf{Z}\mathbf{u} + \boldsymbol{\varepsilon}, \quad "
        r"\mathbf{u} \sim N(\mathbf{0}, \mathbf{G}), \quad "
        r"\boldsymbol{\varepsilon} \sim N(\mathbf{0}, \mathbf{R})$$"
        "\n\n"
        r"$\boldsymbol{\beta}$ holds $\mu$ and an effect for each treatment.",
        model=m, tags=("dimensions", "blocks", "Z, G and R"), prerequisites=("shapes_that_meet", "fixed_or_random"),
        questions=tuple(
            Question(
                f"q{number}", f"What are the dimensions of ${name}$, rows × columns?", Dimensions(*sizes[name][0]),
                room=1.5,
                hints=(Hint(f"How many observations are there? How many {used}?"), Hint(sizes[name][1], cost=0.25)),
                solution=rf"{sizes[name][1]} ${sizes[name][0][0]} \times {sizes[name][0][1]}$.",
                also_right=(f"{sizes[name][0][0]} x {sizes[name][0][1]}",),
                mistakes=(
                    Mistake(
                        f"{sizes[name][2][0]} x {sizes[name][2][1]}", None, "For what is there a row, and a column?"
                    ),
                ),
            )
            for number, name in enumerate(asked, 1)
        ),
    )  # fmt: skip


if __name__ == "__main__":
    raise SystemExit(sheet(__file__))
