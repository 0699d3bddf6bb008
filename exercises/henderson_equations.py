"""Henderson's mixed model equations: their blocks, and what they become with ratios of variances."""

from __future__ import annotations

import random

from sympy import Integer

from tutor import Exercise, Hint, Mistake, Question, rcbd, read, sheet

STORIES = (
    ("varieties", "fields"),
    ("rations", "herds"),
    ("treatments", "clinics"),
)


def make(rng: random.Random) -> Exercise:
    treatments, blocks = rng.choice(STORIES)
    t, b = rng.choice(((3, 4), (4, 3), (2, 5), (5, 3), (3, 6)))
    within, between = rng.choice(((6, 2), (6, 3), (8, 2), (4, 2), (9, 3), (8, 4)))
    m = rcbd(t, b)
    lower = r"\mathbf{Z}'\mathbf{R}^{-1}\mathbf{Z} + \mathbf{G}^{-1}"
    return Exercise(
        title="The mixed model equations",
        story=(
            f"{t} {treatments} are compared in {b} random {blocks}.\n\n"
            r"$$\mathbf{y} = \mathbf{X}\boldsymbol{\beta} + \mathbf{Z}\mathbf{u} + \boldsymbol{\varepsilon}, \quad "
            r"\mathbf{u} \sim N(\mathbf{0}, \mathbf{G}), \quad \boldsymbol{\varepsilon} \sim N(\mathbf{0}, "
            r"\mathbf{R})$$"
            "\n\n"
            r"Henderson's equations have the form "
            r"$\mathbf{C}_{11}\hat{\boldsymbol{\beta}} + \mathbf{C}_{12}\hat{\mathbf{u}}"
            r" = \mathbf{X}'\mathbf{R}^{-1}\mathbf{y}$ and $\mathbf{C}_{21}\hat{\boldsymbol{\beta}} + "
            r"\mathbf{C}_{22}\hat{\mathbf{u}} = \mathbf{Z}'\mathbf{R}^{-1}\mathbf{y}$."
        ),
        model=m,
        tags=("Henderson", "BLUP"),
        prerequisites=("best_estimates",),
        questions=(
            Question(
                key="q1",
                prompt=r"Write $\mathbf{C}_{12}$, for any such matrices.",
                reference=read(r"\mathbf{X}'\mathbf{R}^{-1}\mathbf{Z}", m.vocabulary).tree,
                general=True,
                hints=(Hint(r"It is in the line of $\boldsymbol{\beta}$ and belongs to $\mathbf{u}$."),),
                solution=r"$\mathbf{C}_{12} = \mathbf{X}'\mathbf{R}^{-1}\mathbf{Z}$",
                mistakes=(
                    Mistake("Z'R^{-1}X", None, "Which of the two lines is that block in?"),
                    Mistake("X'V^{-1}Z", "R-for-V", "These equations do without V."),
                ),
                room=2,
            ),
            Question(
                key="q2",
                prompt=r"Write $\mathbf{C}_{22}$, for any such matrices.",
                reference=read(lower, m.vocabulary).tree,
                general=True,
                points=2,
                hints=(
                    Hint(r"What would stand there if $\mathbf{u}$ were fixed? What tells that it is not?"),
                    Hint(r"The density of $\mathbf{u}$ adds $\mathbf{u}'\mathbf{G}^{-1}\mathbf{u}$.", cost=0.25),
                ),
                solution=rf"$\mathbf{{C}}_{{22}} = {lower}$",
                mistakes=(
                    Mistake("Z'R^{-1}Z", "missing-term", "That would take the effects for fixed."),
                    Mistake("Z'R^{-1}Z + G", "G-for-inverse", "Do effects that vary much shrink more, or less?"),
                ),
                room=2,
            ),
            Question(
                key="q3",
                prompt=(
                    rf"Let $\sigma^2 = {within}$ and $\sigma^2_u = {between}$. Multiplied by $\sigma^2$, the "
                    rf"diagonal of "
                    r"$\mathbf{C}_{22}$ holds one number. Which?"
                ),
                reference=t + Integer(within) / between,
                points=2,
                hints=(
                    Hint(rf"$\mathbf{{Z}}'\mathbf{{Z}}$ counts the observations of each of the {blocks}."),
                    Hint(r"$\sigma^2\mathbf{G}^{-1} = (\sigma^2/\sigma^2_u)\mathbf{I}$", cost=0.25),
                ),
                solution=rf"${t} + {within}/{between} = {t + Integer(within) / between}$",
                mistakes=(
                    Mistake(str(t), None, "Is G⁻¹ in it?"),
                    Mistake(str(t + Integer(between) / within), None, "Which variance is divided by which?"),
                    Mistake(str(b + Integer(within) / between), None, f"How large is one of the {blocks}?"),
                ),
                room=2,
            ),
            Question.from_options(
                "q4", r"What becomes of $\hat{\mathbf{u}}$ when $\sigma^2_u$ is very large?", rng,
                right=("It becomes what it would be if the effects were fixed.",),
                wrong={
                    "It becomes 0.": ("G-for-inverse", "Then G⁻¹ would have to be very large."),
                    "It does not change.": "Look at G⁻¹.",
                },
                hints=(Hint(r"What becomes of $\mathbf{G}^{-1}$?"),),
                solution=r"$\mathbf{G}^{-1}$ goes to zero, and nothing shrinks any more.",
            ),
        ),
    )  # fmt: skip


if __name__ == "__main__":
    raise SystemExit(sheet(__file__))
