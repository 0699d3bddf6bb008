"""The analysis of variance of a block design: degrees of freedom, expected mean squares and the F ratio."""

import random

from tutor import Exercise, Hint, Mistake, Question, in_numbers, rcbd, sheet, worked

STORIES = (("varieties", "fields", "yield in t/ha"), ("drugs", "litters of mice", "weight gain in g"),
           ("methods", "laboratories", "measured content"))  # fmt: skip


def make(rng: random.Random) -> Exercise:
    treatments, blocks, response = rng.choice(STORIES)
    t, b = rng.choice(((3, 4), (4, 3), (3, 5), (4, 6), (5, 4), (6, 4)))
    m, n = rcbd(t, b), t * b
    of_residual = worked("tb - 1 - (t - 1) - (b - 1)", (
        "(t - 1)(b - 1)", "of tb the mean takes 1, the treatments take t − 1 and the blocks b − 1"))  # fmt: skip
    return Exercise(
        title="The table of a block design",
        story=f"{t} {treatments} are compared in {b} {blocks}, each once in each of them: {response}.\n\n"
        r"$$y_{ij} = \mu + \tau_i + u_j + \varepsilon_{ij}, \quad u_j \sim N(0, \sigma^2_u), \quad "
        r"\varepsilon_{ij} \sim N(0, \sigma^2)$$",
        model=m, tags=("ANOVA", "expected mean squares"), prerequisites=("blocks_to_z",),
        questions=(
            Question("q1", "How many degrees of freedom has the residual?", (t - 1) * (b - 1), room=1.5,
                hints=(
                    Hint("Take those of the mean, the treatments and the blocks from the number of observations."),
                    Hint(rf"${n} - 1 - ({t} - 1) - ({b} - 1)$", 0.5)),
                solution=in_numbers(of_residual, {"t": t, "b": b}),
                mistakes=(
                    Mistake(str(t * (b - 1)), None, f"That is left where there are no {blocks}."),
                    Mistake(str(n - 1), None, "That is all there is to share."))),
            Question.from_derivation("q2", m.anova()["block"].derivation, points=2, room=2,
                prompt=r"What is $\mathrm{E}(MS_{block})$?",
                hints=(
                    Hint(f"It is {t} times the sample variance of the means of the {blocks}."),
                    Hint(rf"The mean of a block has the variance $\sigma^2_u + \sigma^2/{t}$.", 0.25)),
                mistakes=(
                    Mistake(r"\sigma^2 + \sigma^2_u", None, f"Each of the {blocks} has {t} observations."),
                    Mistake(rf"\sigma^2 + {b}\sigma^2_u", None, "How many observations has a block?"),
                    Mistake(rf"{t}\sigma^2_u", "missing-residual", "Do the means not vary by the errors, too?"))),
            Question.from_options("q3", "Which ratio tests the treatments?", rng,
                right=(r"$MS_{treatment}/MS_{residual}$",), wrong={
                    r"$MS_{treatment}/MS_{block}$": (
                        "wrong-error-term", "What would both have as expectation if the treatments were alike?"),
                    r"$MS_{block}/MS_{residual}$": ("wrong-comparison", f"That asks whether the {blocks} vary.")},
                hints=(Hint("Both expectations have to be the same if there is no effect of treatment."),),
                solution=r"$\mathrm{E}(MS_{treatment}) = \sigma^2 + Q$, and $Q = 0$ if the treatments are alike. Then "
                r"$\mathrm{E}(MS_{residual}) = \sigma^2$ is the same."),
            Question.from_options("q4", "Why does $\\sigma^2_u$ not stand in the expectation of the treatments' mean "
                "square?", rng, right=(f"Each treatment stands in the same {blocks}.",), wrong={
                    f"The {blocks} are random.": "That alone would not do: look at a design with incomplete blocks.",
                    "The treatments are fixed.": "Fixed treatments may be confounded with blocks all the same."},
                hints=(Hint("What do the means of two treatments have in common?"),),
                solution="Each treatment's mean has the same mean of all $u_j$ in it, which falls out of differences."),
        ))  # fmt: skip


if __name__ == "__main__":
    raise SystemExit(sheet(__file__))
