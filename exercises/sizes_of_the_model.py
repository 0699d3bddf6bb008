"""How large X, Z, G, R, ZGZ' and u are in a block design with random blocks."""

import random

from tutor import Dimensions, Exercise, Hint, Mistake, Question, rcbd, sheet

STORIES = (("varieties of oats", "fields"), ("rations", "litters"), ("recipes", "days"), ("drugs", "hospitals"),
           ("textbooks", "schools"))  # fmt: skip


def make(rng: random.Random) -> Exercise:
    t, b = rng.choice([(t, b) for t in range(3, 10) for b in range(3, 10) if b not in (t, t + 1)])
    (compared, used), m, n, p = rng.choice(STORIES), rcbd(treatments=t, blocks=b), t * b, t + 1
    sizes = {  # each with its size, the reason, and a wrong size
        r"\mathbf{X}": ((n, p), "A row for each observation, a column for μ and for each treatment.", (p, n)),
        r"\mathbf{Z}": ((n, b), "A row for each observation, a column for each block.", (n, t)),
        r"\mathbf{G}": ((b, b), "The variance of u, which has an entry for each block.", (n, n)),
        r"\mathbf{R}": ((n, n), "The variance of ε, which has an entry for each observation.", (b, b)),
        r"\mathbf{Z}\mathbf{G}\mathbf{Z}'": ((n, n), "The outer numbers are left.", (b, b)),
        r"\mathbf{u}": ((b, 1), "An entry for each block.", (n, 1)),
    }
    asked = [r"\mathbf{Z}", *rng.sample([name for name in sizes if name != r"\mathbf{Z}"], 3)]
    return Exercise(
        title="How large is each of them?",
        story=f"{t} {compared} are compared in {b} {used}, the blocks, once in each. The blocks are random.\n\n"
        r"$$\mathbf{y} = \mathbf{X}\boldsymbol{\beta} + \mathbf{Z}\mathbf{u} + \boldsymbol{\varepsilon}, \quad "
        r"\mathbf{u} \sim N(\mathbf{0}, \mathbf{G}), \quad "
        r"\boldsymbol{\varepsilon} \sim N(\mathbf{0}, \mathbf{R})$$" "\n\n"
        r"$\boldsymbol{\beta}$ holds $\mu$ and an effect for each treatment.",
        model=m, tags=("dimensions", "blocks", "Z, G and R"), prerequisites=("shapes_that_meet", "fixed_or_random"),
        questions=tuple(
            Question(f"q{number}", f"What are the dimensions of ${name}$, rows × columns?", Dimensions(rows, columns),
                room=1.5,
                hints=(Hint(f"How many observations are there? How many {used}?"), Hint(because, 0.25)),
                solution=rf"{because} ${rows} \times {columns}$.",
                also_right=(f"{rows} x {columns}",),
                mistakes=(Mistake(f"{wrong[0]} x {wrong[1]}", None, "For what is there a row, and a column?"),))
            for number, name in enumerate(asked, 1)
            for (rows, columns), because, wrong in (sizes[name],)
        ))  # fmt: skip


if __name__ == "__main__":
    raise SystemExit(sheet(__file__))
