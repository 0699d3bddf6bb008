"""Balanced incomplete blocks: what the parameters of the design determine."""

import random

from sympy import Rational

from tutor import Exercise, Hint, Mistake, Question, in_numbers, sheet

STORIES = (("wines", "tasters", "glasses"), ("tyres", "cars", "wheels"), ("ointments", "patients", "patches of skin"),
           ("seedlots", "trays", "places"), ("detergents", "washing machines", "loads"),
           ("hay mixtures", "cows", "weeks"))  # fmt: skip
DESIGNS = ((4, 2, 3), (4, 3, 3), (5, 2, 4), (5, 3, 6), (5, 4, 4), (6, 2, 5), (6, 3, 5), (6, 3, 10), (6, 5, 5),
           (7, 3, 3), (7, 4, 4), (7, 6, 6), (8, 4, 7), (9, 3, 4), (11, 5, 5), (13, 4, 4))  # fmt: skip
"""Treatments, places in a block, replicates."""


def make(rng: random.Random) -> Exercise:
    treatments, blocks, places = rng.choice(STORIES)
    t, k, r = rng.choice(DESIGNS)
    return Exercise(
        title="Blocks that are too small",
        story=f"{t} {treatments} are compared by {blocks}, each of which has only {k} {places}. Each of the "
        f"{treatments} is used {r} times, at most once by each of the {blocks}, and any two of them come together "
        "equally often: a balanced incomplete block design.",
        tags=("incomplete blocks",), prerequisites=("latin_square_counts",),
        questions=(
            Question("q1", f"How many {blocks} are needed?", t * r // k, room=1.5,
                hints=(Hint("Count the observations in two ways."),),
                solution=in_numbers(r"\frac{tr}{k}", {"t": t, "r": r, "k": k},
                    because=f"counted by {treatments} there are tr observations, and counted by {blocks} bk"),
                mistakes=(Mistake(str(t * r), None, "That is the number of observations."),)),
            Question("q2", f"In how many of the {blocks} do two given {treatments} come together?",
                Rational(r * (k - 1), t - 1), room=1.5,
                hints=(
                    Hint(f"One of the {treatments} meets {k - 1} other ones in each block it is in."),
                    Hint(rf"It is in {r} blocks, and there are {t - 1} others.", 0.5)),
                solution=in_numbers(r"\frac{r(k - 1)}{t - 1}", {"t": t, "r": r, "k": k},
                    because="in each of r blocks one of them meets k − 1 others; the t − 1 others share these equally"),
                mistakes=(Mistake(str(r * (k - 1)), None, "That counts its meetings with all others."),)),
        ))  # fmt: skip


if __name__ == "__main__":
    raise SystemExit(sheet(__file__))
