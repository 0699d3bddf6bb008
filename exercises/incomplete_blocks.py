"""Balanced incomplete blocks: what the parameters of the design determine, and what incompleteness costs."""

from __future__ import annotations

import random

from sympy import Rational, Symbol

from tutor import Exercise, Hint, Mistake, Question, in_numbers, lecture_vocabulary, sheet

STORIES = (
    ("wines", "tasters", "glasses"),
    ("tyres", "cars", "wheels"),
    ("ointments", "patients", "patches of skin"),
    ("seedlots", "trays", "places"),
    ("detergents", "washing machines", "loads"),
    ("hay mixtures", "cows", "weeks"),
)

DESIGNS = (
    (4, 2, 3), (4, 3, 3), (5, 2, 4), (5, 3, 6), (5, 4, 4), (6, 2, 5), (6, 3, 5), (6, 3, 10), (6, 5, 5), (7, 3, 3),
    (7, 4, 4), (7, 6, 6), (8, 4, 7), (9, 3, 4), (11, 5, 5), (13, 4, 4),
)  # fmt: skip
"""Treatments, places in a block, replicates."""


def make(rng: random.Random) -> Exercise:
    treatments, blocks, places = rng.choice(STORIES)
    t, k, r = rng.choice(DESIGNS)
    b, pairs = t * r // k, Rational(r * (k - 1), t - 1)
    efficiency = Rational(t * (k - 1), k * (t - 1))
    variance = Rational(2, r) / efficiency * Symbol("sigma2", positive=True)
    return Exercise(
        title="Blocks that are too small",
        story=(
            f"{t} {treatments} are compared by {blocks}, each of which has only {k} {places}. Each of the {treatments} "
            f"is used {r} times, at most once by each of the {blocks}, and any two of them come together equally "
            "often: a balanced incomplete block design."
        ),
        tags=("incomplete blocks", "efficiency"), prerequisites=("latin_square_counts",),
        questions=(
            Question(
                "q1", f"How many {blocks} are needed?", b,
                hints=(Hint("Count the observations in two ways."),),
                solution=in_numbers(
                    r"\frac{tr}{k}", {"t": t, "r": r, "k": k},
                    because=f"counted by {treatments} there are tr observations, and counted by {blocks} bk",
                ),
                mistakes=(Mistake(str(t * r), None, "That is the number of observations."),),
                room=1.5,
            ),
            Question(
                "q2", f"In how many of the {blocks} do two given {treatments} come together?", pairs,
                hints=(
                    Hint(f"One of the {treatments} meets {k - 1} other ones in each block it is in."),
                    Hint(rf"It is in {r} blocks, and there are {t - 1} others.", cost=0.5),
                ),
                solution=in_numbers(
                    r"\frac{r(k - 1)}{t - 1}", {"t": t, "r": r, "k": k},
                    because="in each of r blocks one of them meets k − 1 others; the t − 1 others share these equally",
                ),
                mistakes=(Mistake(str(r * (k - 1)), None, "That counts its meetings with all others."),),
                room=1.5,
            ),
            Question(
                "q3",
                "With fixed effects of blocks the variance of a difference of two treatments is "
                r"$2\sigma^2/r$ over the efficiency factor. What is this factor, a number?",
                efficiency, points=2, hints=(Hint("With $k$ places in a block it is $t(k - 1)/(k(t - 1))$."),),
                solution=in_numbers(
                    r"\frac{t(k - 1)}{k(t - 1)}", {"t": t, "k": k},
                    because="the formula for balanced blocks; it would be 1 if one had room for all, k = t",
                ),
                mistakes=(
                    Mistake("1", None, "Only complete blocks lose nothing."),
                    Mistake(str(Rational(k, t)), None, f"That is the share of the {treatments} in a block."),
                ),
                room=2,
            ),
            Question(
                "q4", r"What is that variance, in terms of $\sigma^2$?", variance,
                vocabulary=lecture_vocabulary(),
                hints=(Hint(rf"Divide $2\sigma^2/{r}$ by the efficiency factor."),),
                solution=in_numbers(
                    r"\frac{2σ²}{r} \frac{k(t - 1)}{t(k - 1)}", {"t": t, "r": r, "k": k},
                    because="2σ²/r, as with complete blocks, is divided by the efficiency factor",
                ),
                mistakes=(Mistake(rf"\frac{{2\sigma^2}}{{{r}}}", None, "That would be complete blocks."),),
                room=2,
            ),
        ),
    )  # fmt: skip


if __name__ == "__main__":
    raise SystemExit(sheet(__file__))
