"""E(y) line by line: what each step takes, and the whole derivation."""

import random

from tutor import Exercise, Hint, Lines, Mistake, Question, crd, regression, sheet, worked, zero

STORIES = (("the yield of a plot of maize on its nitrogen", None), ("the weight of a child on its age", None),
           ("the reaction time of a driver on the hours awake", None),
           ("the yields of tomatoes under {t} kinds of light", "t"),
           ("the recovery of patients under {t} treatments", "t"),
           ("the scores of pupils under {t} ways to teach", "t"))  # fmt: skip


def make(rng: random.Random) -> Exercise:
    story, factor = rng.choice(STORIES)
    t = rng.randint(2, 4)
    m = crd(t, 5 - t + 2) if factor else regression(rng.randint(4, 12))
    n, whole = int(m.y.rows), m.derive("E(y)")
    mean_of_errors = worked("E(ε)", (zero(n), f"the first argument of the distribution: {n} zeros"), of=m)
    return Exercise(
        title="The mean of y, line by line",
        story=f"A model of {story.format(t=t)}, with {n} observations:\n\n"
        r"$$\mathbf{y} = \mathbf{X}\boldsymbol{\beta} + \boldsymbol{\varepsilon}, \quad "
        r"\boldsymbol{\varepsilon} \sim N(\mathbf{0}, \sigma^2\mathbf{I})$$",
        model=m, tags=("mean", "derivation"), prerequisites=("line_in_three_forms",),
        questions=(
            Question.from_options("q1", "Which of the parts of the model are random?", rng,
                right=(r"$\mathbf{y}$", r"$\boldsymbol{\varepsilon}$"),
                wrong={
                    r"$\mathbf{X}$": ("fixed-random-confused", "It is known before the experiment."),
                    r"$\boldsymbol{\beta}$": ("fixed-random-confused",
                        "It is unknown, but it does not vary from one sample to the next."),
                    r"$\mathbf{X}\boldsymbol{\beta}$": ("fixed-random-confused", "Neither of its factors varies.")},
                hints=(Hint("What would change if the experiment were done again?"),
                       Hint("What has a distribution, or a part that has one?", 0.25)),
                solution=r"The errors, and so $\mathbf{y}$, of which they are a part. $\mathbf{X}$ is known, and "
                r"$\boldsymbol{\beta}$ is fixed."),
            Question.from_derivation("q2", mean_of_errors, room=1.5,
                hints=(Hint("It is the first argument of the distribution."),
                       Hint(f"A vector with {n} entries.", 0.25)),
                also_right=(r"\mathbf{0}",),
                mistakes=(Mistake(r"\sigma^2\mathbf{I}", None, "That is its variance."),)),
            Question("q3", r"Derive $\mathrm{E}(\mathbf{y})$ line by line, beginning with the model.",
                Lines(whole, step_size=3), points=3, room=5,
                hints=(Hint("A mean of a sum is the sum of the means. What is fixed is its own mean."),
                       Hint(r"$\mathrm{E}(\mathbf{X}\boldsymbol{\beta} + \boldsymbol{\varepsilon}) = "
                            r"\mathbf{X}\boldsymbol{\beta} + \mathrm{E}(\boldsymbol{\varepsilon})$.", 0.25)),
                solution=whole,
                also_right=("E(y) = E(Xβ + ε)\n= Xβ + E(ε)\n= Xβ",),
                mistakes=(Mistake("E(y) = E(Xβ + ε)\n= Xβ + ε", None, "What is the mean of an error?"),
                          Mistake("E(y) = Xβ + Var(ε)\n= Xβ", None, "A mean has no variance in it."))),
        ))  # fmt: skip


if __name__ == "__main__":
    raise SystemExit(sheet(__file__))
