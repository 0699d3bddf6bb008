"""Henderson's mixed model equations: the blocks of their left side."""

import random

from tutor import Exercise, Hint, Mistake, Question, rcbd, read, sheet

STORIES = (("varieties", "fields"), ("rations", "herds"), ("treatments", "clinics"), ("recipes", "bakers"),
           ("fuels", "engines"), ("textbooks", "schools"), ("dyes", "bolts of cloth"))  # fmt: skip


def make(rng: random.Random) -> Exercise:
    treatments, blocks = rng.choice(STORIES)
    t, b = rng.choice([(t, b) for t in range(2, 6) for b in range(3, 9) if t != b])
    m = rcbd(t, b)
    return Exercise(
        title="The mixed model equations",
        story=f"{t} {treatments} are compared in {b} random {blocks}.\n\n"
        r"$$\mathbf{y} = \mathbf{X}\boldsymbol{\beta} + \mathbf{Z}\mathbf{u} + \boldsymbol{\varepsilon}, \quad "
        r"\mathbf{u} \sim N(\mathbf{0}, \mathbf{G}), \quad \boldsymbol{\varepsilon} \sim N(\mathbf{0}, \mathbf{R})$$"
        "\n\n" r"Henderson's equations have the form $\mathbf{C}_{11}\hat{\boldsymbol{\beta}} + "
        r"\mathbf{C}_{12}\hat{\mathbf{u}} = \mathbf{X}'\mathbf{R}^{-1}\mathbf{y}$ and "
        r"$\mathbf{C}_{21}\hat{\boldsymbol{\beta}} + \mathbf{C}_{22}\hat{\mathbf{u}} = "
        r"\mathbf{Z}'\mathbf{R}^{-1}\mathbf{y}$.",
        model=m, tags=("Henderson", "BLUP"), prerequisites=("best_estimates",),
        questions=(
            Question("q1", r"Write $\mathbf{C}_{12}$, for any such matrices.", read("X'R^-1 Z", m).tree,
                general=True, room=2,
                hints=(Hint(r"It is in the line of $\boldsymbol{\beta}$ and belongs to $\mathbf{u}$."),),
                solution=r"Where the sum of squares with the weights $\mathbf{R}^{-1}$ is smallest, its derivative by "
                r"$\boldsymbol{\beta}$ is zero: $$\mathbf{X}'\mathbf{R}^{-1}(\mathbf{y} - "
                r"\mathbf{X}\hat{\boldsymbol{\beta}} - \mathbf{Z}\hat{\mathbf{u}}) = \mathbf{0}$$ Multiplied out, "
                r"$\mathbf{C}_{12} = \mathbf{X}'\mathbf{R}^{-1}\mathbf{Z}$ stands before $\hat{\mathbf{u}}$.",
                mistakes=(Mistake("Z'R^{-1}X", None, "Which of the two lines is that block in?"),
                          Mistake("X'V^{-1}Z", "R-for-V", "These equations do without V."))),
            Question("q2", r"Write $\mathbf{C}_{22}$, for any such matrices.", read("Z'R^-1 Z + G^-1", m).tree,
                general=True, points=2, room=2,
                hints=(Hint(r"What would stand there if $\mathbf{u}$ were fixed? What tells that it is not?"),
                       Hint(r"The density of $\mathbf{u}$ adds $\mathbf{u}'\mathbf{G}^{-1}\mathbf{u}$.", 0.25)),
                solution=r"For fixed effects $\mathbf{Z}'\mathbf{R}^{-1}(\mathbf{y} - "
                r"\mathbf{X}\hat{\boldsymbol{\beta}} - \mathbf{Z}\hat{\mathbf{u}})$ would be zero. The density "
                r"of $\mathbf{u}$ adds $\mathbf{u}'\mathbf{G}^{-1}\mathbf{u}$ to what is made small, so it is "
                r"$\mathbf{G}^{-1}\hat{\mathbf{u}}$. Before $\hat{\mathbf{u}}$ stands $\mathbf{C}_{22} = "
                r"\mathbf{Z}'\mathbf{R}^{-1}\mathbf{Z} + \mathbf{G}^{-1}$.",
                mistakes=(
                    Mistake("Z'R^{-1}Z", "missing-term", "That would take the effects for fixed."),
                    Mistake("Z'R^{-1}Z + G", "G-for-inverse", "Do effects that vary much shrink more, or less?"))),
        ))  # fmt: skip


if __name__ == "__main__":
    raise SystemExit(sheet(__file__))
