"""V with its zeros: one row of it, how many entries are zero, and what the others are."""

from __future__ import annotations

import random

from tutor import Exercise, Hint, Mistake, Question, in_numbers, rcbd, sheet, worked, write

STORIES = (
    ("varieties of wheat", "fields", "plots"),
    ("drugs", "hospitals", "patients"),
    ("diets", "litters", "piglets"),
    ("ways to teach", "schools", "classes"),
    ("coatings", "furnace loads", "plates"),
)


def make(rng: random.Random) -> Exercise:
    treatments, blocks = rng.choice(((2, 3), (3, 2), (2, 4), (4, 2)))
    compared, used, units = rng.choice(STORIES)
    m = rcbd(treatments=treatments, blocks=blocks)
    n = treatments * blocks
    row = rng.randrange(n)
    block = row // treatments
    written = m.V.explicit().row(row)
    in_block, itself = [int(k // treatments == block) for k in range(n)], [int(k == row) for k in range(n)]
    zeros, covariances = n * n - blocks * treatments**2, blocks * treatments * (treatments - 1)
    element = f"y_{{{row % treatments + 1}{block + 1}}}"
    return Exercise(
        title="Where V is zero",
        story=f"{treatments} {compared} are compared in {blocks} {used}, which are random blocks, on {n} {units}: "
            r"$y_{ij} = \mu + \tau_i + u_j + \varepsilon_{ij}$. The rows are block by block, $y_{11}, y_{21}, "
            r"\dots$, and $\mathbf{V} = \mathrm{Var}(\mathbf{y}) = \mathbf{Z}\mathbf{G}\mathbf{Z}' + \mathbf{R}$.",
        model=m, tags=("variance", "covariance", "blocks"), prerequisites=("zgz_by_hand",),
        questions=(
            Question.from_derivation(
                "q1",
                worked(
                    f"Cov({element}, y)",
                    (written, f"σ²_u with all of block {block + 1}, σ² more with itself, else zeros"),
                    of=m,
                ),
                prompt=rf"Write row {row + 1} of $\mathbf{{V}}$, that of ${element}$.", points=2,
                hints=(
                    Hint(f"It has {n} entries: the covariances of ${element}$ with each observation."),
                    Hint(f"Which columns belong to block {block + 1}?", cost=0.25),
                ),
                also_right=(write(written),),
                mistakes=(
                    Mistake(rf"\sigma^2_u {in_block}", None, "What else makes the observation itself vary?"),
                    Mistake(rf"\sigma^2_u \mathbf{{1}}_{n}' + \sigma^2 {itself}", None,
                            "Does it share an effect with observations of other blocks?"),
                    Mistake(rf"(\sigma^2 + \sigma^2_u) {itself}", None, "With which others does it share its block?"),
                ),
                room=3,
            ),
            Question(
                "q2", rf"$\mathbf{{V}}$ has {n * n} entries. How many of them are zero?", zeros, points=2,
                room=2,
                hints=(
                    Hint("How many entries of one row are not zero?"),
                    Hint(f"Each of the {blocks} blocks has a square of {treatments} × {treatments}.", cost=0.25),
                ),
                solution=in_numbers(
                    "n^2 - b t^2", {"n": n, "b": blocks, "t": treatments},
                    because="not zero are b squares of t × t along the diagonal",
                ),
                mistakes=(
                    Mistake(str(n * n - n), None, "Are all entries beside the diagonal zero?"),
                    Mistake("0", None, "Do two observations of different blocks vary together?"),
                ),
            ),
            Question(
                "q3", r"How many of its entries are $\sigma^2_u$, without $\sigma^2$?", covariances, room=2,
                hints=(
                    Hint("They stand beside the diagonal, within the squares of the blocks."),
                    Hint(f"In one row there are {treatments - 1}.", cost=0.25),
                ),
                solution=in_numbers(
                    "n(t - 1)", {"n": n, "t": treatments},
                    because="each of n observations shares its block with t − 1 others",
                ),
                mistakes=(
                    Mistake(str(blocks * treatments**2), None, "Does that count the diagonal, too?"),
                    Mistake(str(n * n - n), None, "Do all pairs share a block?"),
                ),
            ),
        ),
    )  # fmt: skip


if __name__ == "__main__":
    raise SystemExit(sheet(__file__))
