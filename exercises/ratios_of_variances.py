"""Henderson's equations with the ratio of the variances: what stands before the effects, and what it does to them."""

import random

from sympy import Integer

from tutor import Exercise, Hint, Mistake, Question, in_numbers, rcbd, sheet

STORIES = (
    ("hybrids of maize", "fields"),
    ("feeds", "pens"),
    ("ways to teach", "schools"),
)


def make(rng: random.Random) -> Exercise:
    treatments, blocks = rng.choice(STORIES)
    t, b = rng.choice(((3, 4), (4, 3), (2, 5), (5, 3), (3, 6)))
    within, between = rng.choice(((6, 2), (6, 3), (8, 2), (4, 2), (9, 3), (8, 4)))
    number = t + Integer(within) / between
    return Exercise(
        title="The ratio of the variances",
        story=(
            f"{t} {treatments} are compared in {b} random {blocks}, with "
            r"$\mathbf{G} = \sigma^2_u\mathbf{I}$ and $\mathbf{R} = \sigma^2\mathbf{I}$. In the lines of Henderson's "
            rf"equations that belong to the effects of the {blocks}, $\hat{{\mathbf{{u}}}}$ is multiplied by "
            r"$\mathbf{C}_{22} = \mathbf{Z}'\mathbf{R}^{-1}\mathbf{Z} + \mathbf{G}^{-1}$."
        ),
        model=rcbd(t, b), tags=("Henderson", "BLUP", "shrinkage"), prerequisites=("henderson_equations",),
        questions=(
            Question("q1", rf"Let $\sigma^2 = {within}$ and $\sigma^2_u = {between}$. Multiplied by $\sigma^2$, the "
                r"diagonal of $\mathbf{C}_{22}$ holds one number. Which?", number, points=2, room=2,
                hints=(Hint(rf"$\mathbf{{Z}}'\mathbf{{Z}}$ counts the observations of each of the {blocks}."),
                       Hint(r"$\sigma^2\mathbf{G}^{-1} = (\sigma^2/\sigma^2_u)\mathbf{I}$", 0.25)),
                solution=in_numbers(
                    rf"{t} + \frac{{σ²}}{{σ²_u}}", {"σ²": within, "σ²_u": between},
                    because=f"σ² C_22 = Z'Z + (σ²/σ²_u) I, as R = σ² I and G = σ²_u I; and Z'Z = {t} I",
                ),
                mistakes=(Mistake(str(t), None, "Is G⁻¹ in it?"),
                          Mistake(str(t + Integer(between) / within), None, "Which variance is divided by which?"),
                          Mistake(str(b + Integer(within) / between), None, f"How large is one of the {blocks}?"))),
            Question.from_options("q2", r"What becomes of $\hat{\mathbf{u}}$ when $\sigma^2_u$ is very large?", rng,
                right=("It becomes what it would be if the effects were fixed.",),
                wrong={
                    "It becomes 0.": ("G-for-inverse", "Then G⁻¹ would have to be very large."),
                    "It does not change.": "Look at G⁻¹.",
                },
                hints=(Hint(r"What becomes of $\mathbf{G}^{-1}$?"),),
                solution=r"$\mathbf{G}^{-1}$ goes to zero, and nothing shrinks any more."),
        ))  # fmt: skip


if __name__ == "__main__":
    raise SystemExit(sheet(__file__))
