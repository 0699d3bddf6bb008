"""The strip plot: two factors on strips that cross, and three errors."""

import random

from tutor import Derivation, Exercise, Hint, Mistake, Question, sheet, strip_plot, worked

STORIES = (("ploughing", "irrigation", "fields"), ("varnish", "drying", "boards"), ("sowing", "spraying", "farms"))
TESTED = {"A": "row strips", "B": "column strips", "AB": "cells where strips cross"}


def make(rng: random.Random) -> Exercise:
    rows, columns, blocks = rng.choice(STORIES)
    a, b, r = rng.choice(((2, 3, 4), (3, 2, 4), (3, 4, 5), (2, 4, 3)))
    m = strip_plot(a, b, r)
    k = rng.randint(1, r)
    drawn_for = ("wrong-error-term", "What were its levels drawn by lot for?")

    def shared(goal: str, effects: str) -> Derivation:
        """The covariance of two observations by what they share; the model written out would be too long for a page."""
        whole = m.derive(goal)
        why = f"they share {effects}; all else is fixed or independent"
        return worked(whole.goal, (whole.lines[-2], why), (whole.result, "as the model gives them"), of=m)

    return Exercise(
        title="Strips that cross",
        story=f"In each of {r} {blocks}, {a} kinds of {rows} (A) are drawn by lot for row strips, and {b} kinds "
        f"of {columns} (B) for column strips.\n\n"
        r"$$y_{ijk} = \mu + \tau_i + \alpha_j + (\tau\alpha)_{ij} + u_k + v_{i(k)} + w_{j(k)} + \varepsilon_{ijk}$$"
        "\n\n" r"$u_k$, $v_{i(k)}$, $w_{j(k)}$ and $\varepsilon_{ijk}$ have the variances $\sigma^2_u$, $\sigma^2_v$, "
        r"$\sigma^2_w$ and $\sigma^2$.",
        model=m, tags=("strip plot", "covariance"), prerequisites=("split_plot_pairs",),
        questions=(
            Question.from_derivation("q1", shared(f"Cov(y_11{k}, y_12{k})", f"u_{k} and v_{{1({k})}}"),
                hints=(Hint("Which kind of strip do they share?"),),
                mistakes=(Mistake(r"\sigma^2_u", "missing-random", "Are they on one strip?"),
                          Mistake(r"\sigma^2_u + \sigma^2_w", "components-swapped", "Which index is the same?"))),
            Question.from_derivation("q2", shared(f"Cov(y_11{k}, y_21{k})", f"u_{k} and w_{{1({k})}}"),
                hints=(Hint("Which kind of strip do they share?"),),
                mistakes=(Mistake(r"\sigma^2_u + \sigma^2_v", "components-swapped", "Which index is the same?"),)),
            Question.from_derivation("q3", shared(f"Cov(y_11{k}, y_22{k})", f"u_{k}"),
                hints=(Hint("They share no strip. Do they share anything?"),),
                mistakes=(Mistake("0", None, f"They are in one of the {blocks}."),
                          Mistake(r"\sigma^2_u + \sigma^2_v + \sigma^2_w", None, "Which indices are the same?"))),
            *(Question.from_options(key, f"Against the error of what is {what} tested?", rng, right=(right,),
                wrong={other: drawn_for for other in TESTED.values() if other != right},
                hints=(Hint("Look for the units that got its levels."),),
                solution=f"{what} is tested against the error of the {right}.")
              for key, (what, right) in zip(("q4", "q5", "q6"), TESTED.items(), strict=True)),
        ))  # fmt: skip


if __name__ == "__main__":
    raise SystemExit(sheet(__file__))
