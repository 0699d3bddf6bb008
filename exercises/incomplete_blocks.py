"""Balanced incomplete blocks: what the parameters of the design determine, and what incompleteness costs."""

from __future__ import annotations

import random

from sympy import Rational, Symbol

from tutor import Exercise, Hint, Mistake, Question, lecture_vocabulary, sheet

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
    sigma2 = Symbol("sigma2", positive=True)
    return Exercise(
        title="Blocks that are too small",
        story=(
            f"{t} {treatments} are compared by {blocks}, each of which has only {k} {places}. Each of the {treatments} "
            f"is used {r} times, at most once by each of the {blocks}, and any two of them come together equally "
            f"often: "
            "a balanced incomplete block design."
        ),
        tags=("incomplete blocks", "efficiency"),
        prerequisites=("latin_square_counts",),
        questions=(
            Question(
                key="q1",
                prompt=f"How many {blocks} are needed?",
                reference=b,
                hints=(Hint("Count the observations in two ways."),),
                solution=rf"${t} \cdot {r} = b \cdot {k}$, so $b = {b}$.",
                mistakes=(Mistake(str(t * r), None, "That is the number of observations."),),
                room=1.5,
            ),
            Question(
                key="q2",
                prompt=f"In how many of the {blocks} do two given {treatments} come together?",
                reference=pairs,
                hints=(
                    Hint(f"One of the {treatments} meets {k - 1} other ones in each block it is in."),
                    Hint(rf"It is in {r} blocks, and there are {t - 1} others.", cost=0.5),
                ),
                solution=rf"${r}({k} - 1)/({t} - 1) = {pairs}$",
                mistakes=(Mistake(str(r * (k - 1)), None, "That counts its meetings with all others."),),
                room=1.5,
            ),
            Question(
                key="q3",
                prompt=(
                    "With fixed effects of blocks the variance of a difference of two treatments is "
                    r"$2\sigma^2/r$ over the efficiency factor. What is this factor, a number?"
                ),
                reference=efficiency,
                points=2,
                hints=(
                    Hint("With $k$ places in a block it is $t(k - 1)/(k(t - 1))$."),
                ),
                solution=rf"${t}({k} - 1)/({k}({t} - 1)) = {efficiency}$",
                mistakes=(
                    Mistake("1", None, "Only complete blocks lose nothing."),
                    Mistake(str(Rational(k, t)), None, f"That is the share of the {treatments} in a block."),
                ),
                room=2,
            ),
            Question(
                key="q4",
                prompt=r"What is that variance, in terms of $\sigma^2$?",
                reference=2 * sigma2 / (r * efficiency),
                vocabulary=lecture_vocabulary(),
                hints=(Hint(rf"Divide $2\sigma^2/{r}$ by the efficiency factor."),),
                solution=rf"$$\frac{{2\sigma^2}}{{{r} \cdot {efficiency}}}$$",
                mistakes=(
                    Mistake(rf"\frac{{2\sigma^2}}{{{r}}}", None, "That would be complete blocks."),
                ),
                room=2,
            ),
        ),
    )  # fmt: skip


if __name__ == "__main__":
    raise SystemExit(sheet(__file__))
