"""Which of the two errors of a split plot belongs to which factor."""

import random

from tutor import Exercise, Hint, Question, sheet, split_plot

STORIES = (("irrigation", "varieties", "fields"), ("oven temperatures", "recipes", "days"),
           ("ways of ploughing", "manures", "farms"), ("stables", "feeds", "months"))  # fmt: skip


def make(rng: random.Random) -> Exercise:
    whole, sub, blocks = rng.choice(STORIES)
    a, b, r = rng.choice(((2, 3, 4), (3, 2, 4), (3, 4, 5), (2, 4, 3), (4, 3, 2)))
    errors = ("the whole plots", "the subplots")
    return Exercise(
        title="Which error for which factor",
        story=f"A: {a} {whole}, drawn by lot for the whole plots of each of {r} {blocks}. B: {b} {sub}, drawn by lot "
        "for the subplots of each whole plot. An F has the mean square of what is tested above, and below it that of "
        "the error of some units: it says whether the levels differ by more than such units do.",
        model=split_plot(a, b, r), tags=("ANOVA", "split plot"), prerequisites=("anova_of_split_plots",),
        questions=tuple(
            Question.from_options(key, f"Against the error of which units is {what} tested?", rng, right=(right,),
                wrong={other: ("wrong-error-term", hint) for other in errors if other != right},
                hints=(Hint("Which units were its levels drawn by lot for?"),),
                solution=f"{because} So F is the MS of {what} over that of the error of {right}.")
            for key, what, right, hint, because in (
                ("q1", "A", "the whole plots", "Do two levels of A ever stand on one whole plot?",
                 "Two levels of A never stand on one whole plot, so their difference holds that of whole plots."),
                ("q2", "B", "the subplots", "All levels of B stand on each whole plot, so its effect falls out.",
                 "All levels of B stand on each whole plot, so that its effect falls out of differences."),
                ("q3", "the interaction AB", "the subplots", "It is made of differences between levels of B.",
                 "It is made of differences between levels of B, out of which the whole plots fall."))
        ))  # fmt: skip


if __name__ == "__main__":
    raise SystemExit(sheet(__file__))
