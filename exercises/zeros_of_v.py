"""V with its zeros: one row of it, how many entries are zero, and what the others are."""

import random

from tutor import Exercise, Hint, Mistake, Question, in_numbers, rcbd, sheet, worked, write

STORIES = (("varieties of wheat", "fields", "plots"), ("drugs", "hospitals", "patients"),
           ("diets", "litters", "piglets"), ("ways to teach", "schools", "classes"),
           ("coatings", "furnace loads", "plates"))  # fmt: skip


def make(rng: random.Random) -> Exercise:
    t, b = rng.choice(((2, 3), (3, 2), (2, 4), (4, 2)))
    compared, used, units = rng.choice(STORIES)
    m, n = rcbd(t, b), t * b
    row = rng.randrange(n)
    block, element = row // t + 1, f"y_{{{row % t + 1}{row // t + 1}}}"
    written = m.V.explicit().row(row)
    in_block, itself = [int(k // t + 1 == block) for k in range(n)], [int(k == row) for k in range(n)]
    zeros, covariances = n * n - b * t**2, b * t * (t - 1)
    return Exercise(
        title="Where V is zero",
        story=f"{t} {compared} are compared in {b} {used}, which are random blocks, on {n} {units}: "
        r"$y_{ij} = \mu + \tau_i + u_j + \varepsilon_{ij}$. The rows are block by block, $y_{11}, y_{21}, \dots$, and "
        r"$\mathbf{V} = \mathrm{Var}(\mathbf{y}) = \mathbf{Z}\mathbf{G}\mathbf{Z}' + \mathbf{R}$.",
        model=m, tags=("variance", "covariance", "blocks"), prerequisites=("zgz_by_hand",),
        questions=(
            Question.from_derivation("q1", worked(f"Cov({element}, y)", (
                    written, f"σ²_u with all of block {block}, σ² more with itself, else zeros"), of=m), points=2,
                prompt=rf"Write row {row + 1} of $\mathbf{{V}}$, that of ${element}$.", room=3,
                hints=(
                    Hint(f"It has {n} entries: the covariances of ${element}$ with each observation."),
                    Hint(f"Which columns belong to block {block}?", 0.25)),
                also_right=(write(written),),
                mistakes=(
                    Mistake(f"σ²_u {in_block}", None, "What else makes the observation itself vary?"),
                    Mistake(f"σ²_u 1_{n}' + σ² {itself}", None, "Does it share an effect with those of other blocks?"),
                    Mistake(f"(σ² + σ²_u) {itself}", None, "With which others does it share its block?"))),
            Question("q2", rf"$\mathbf{{V}}$ has {n * n} entries. How many of them are zero?", zeros, 2, room=2,
                hints=(
                    Hint("How many entries of one row are not zero?"),
                    Hint(f"Each of the {b} blocks has a square of {t} × {t}.", 0.25)),
                solution=in_numbers("n^2 - b t^2", {"n": n, "b": b, "t": t},
                    because="not zero are b squares of t × t along the diagonal"),
                mistakes=(
                    Mistake(str(n * n - n), None, "Are all entries beside the diagonal zero?"),
                    Mistake("0", None, "Do two observations of different blocks vary together?"))),
            Question("q3", r"How many of its entries are $\sigma^2_u$, without $\sigma^2$?", covariances, room=2,
                hints=(
                    Hint("They stand beside the diagonal, within the squares of the blocks."),
                    Hint(f"In one row there are {t - 1}.", 0.25)),
                solution=in_numbers("n(t - 1)", {"n": n, "t": t},
                    because="each of n observations shares its block with t − 1 others"),
                mistakes=(
                    Mistake(str(b * t**2), None, "Does that count the diagonal, too?"),
                    Mistake(str(n * n - n), None, "Do all pairs share a block?"))),
        ))  # fmt: skip


if __name__ == "__main__":
    raise SystemExit(sheet(__file__))
