"""The analysis of variance of a split plot: degrees of freedom of its two errors, and an expected mean square."""

import random

from tutor import Exercise, Hint, Mistake, Question, in_numbers, sheet, split_plot, worked

STORIES = (("irrigation", "varieties", "fields"), ("oven temperatures", "recipes", "days"),
           ("ways of ploughing", "manures", "farms"))  # fmt: skip


def make(rng: random.Random) -> Exercise:
    whole, sub, blocks = rng.choice(STORIES)
    a, b, r = rng.choice(((2, 3, 4), (3, 2, 4), (3, 4, 5), (2, 4, 3), (4, 3, 2)))
    m = split_plot(a, b, r)
    of_whole_plots = worked("ar - 1 - (a - 1) - (r - 1)", (
        "(a - 1)(r - 1)",
        "of (ar − 1) of the whole plots the levels of A take a − 1 and the blocks r − 1"))  # fmt: skip
    of_subplots = worked("ar(b - 1) - (b - 1) - (a - 1)(b - 1)", (
        "a(b - 1)(r - 1)",
        "of ar(b − 1) within whole plots the levels of B take b − 1, the interaction (a − 1)(b − 1)"))  # fmt: skip
    return Exercise(
        title="Two errors in one table",
        story=f"A: {a} {whole}, drawn by lot for the whole plots of each of {r} {blocks}. B: {b} {sub}, drawn by lot "
        "for the subplots of each whole plot.\n\n"
        r"$$y_{ijk} = \mu + \tau_i + \alpha_j + (\tau\alpha)_{ij} + u_k + v_{i(k)} + \varepsilon_{ijk}$$" "\n\n"
        r"with $u_k \sim N(0, \sigma^2_u)$ for the blocks, $v_{i(k)} \sim N(0, \sigma^2_v)$ for the whole plots, "
        r"and $\varepsilon_{ijk} \sim N(0, \sigma^2)$ for the subplots.",
        model=m, tags=("ANOVA", "split plot", "expected mean squares"),
        prerequisites=("split_plot_pairs", "anova_of_blocks"),
        questions=(
            Question("q1", "How many degrees of freedom has the error of the whole plots?", (a - 1) * (r - 1), room=1.5,
                hints=(Hint("Forget the subplots: the whole plots are a block design of their own."),),
                solution=in_numbers(of_whole_plots, {"a": a, "r": r}),
                mistakes=(Mistake(str(a * (b - 1) * (r - 1)), None, "That is left for the subplots."),)),
            Question("q2", "And the error of the subplots?", a * (b - 1) * (r - 1), room=1.5,
                hints=(
                    Hint(rf"There are ${a} \cdot {r}$ whole plots, with ${b} - 1$ degrees of freedom within each."),
                    Hint(rf"B and AB take ${b} - 1$ and $({a} - 1)({b} - 1)$ of them.", 0.25)),
                solution=in_numbers(of_subplots, {"a": a, "b": b, "r": r}),
                mistakes=(Mistake(str((b - 1) * (r - 1)), None, "There are more whole plots than blocks."),)),
            Question.from_derivation("q3", m.anova()["block:A"].derivation, points=2, room=2,
                prompt="What is the expected mean square of the error of the whole plots?",
                hints=(Hint(f"The mean of a whole plot is one of {b} subplots."),),
                mistakes=(
                    Mistake(r"\sigma^2 + \sigma^2_v", None, f"A whole plot has {b} subplots."),
                    Mistake(rf"\sigma^2 + {b}\sigma^2_v + {a * b}\sigma^2_u", None, "All of A is in each block."),
                    Mistake(rf"{b}\sigma^2_v", "missing-residual", "Do the subplots not vary, too?"))),
        ))  # fmt: skip


if __name__ == "__main__":
    raise SystemExit(sheet(__file__))
