"""What incomplete blocks cost: the efficiency factor, and the variance of a difference."""

import random

from sympy import Rational, Symbol

from tutor import Exercise, Hint, Mistake, Question, in_numbers, lecture_vocabulary, sheet

STORIES = (("wines", "tasters", "glasses"), ("tyres", "cars", "wheels"), ("creams", "patients", "patches of skin"),
           ("seedlots", "trays", "places"), ("detergents", "washing machines", "loads"),
           ("hay mixtures", "cows", "weeks"))  # fmt: skip
DESIGNS = ((4, 2, 3), (5, 2, 4), (5, 3, 6), (5, 4, 4), (6, 2, 5), (6, 3, 5), (6, 3, 10), (6, 5, 5),
           (7, 3, 3), (7, 4, 4), (7, 6, 6), (8, 4, 7), (9, 3, 4), (11, 5, 5), (13, 4, 4))  # fmt: skip
"""Treatments, places in a block, replicates."""


def make(rng: random.Random) -> Exercise:
    treatments, blocks, places = rng.choice(STORIES)
    t, k, r = rng.choice(DESIGNS)
    efficiency = Rational(t * (k - 1), k * (t - 1))
    return Exercise(
        title="What blocks that are too small cost",
        story=f"A balanced incomplete block design has {t} {treatments}, each used {r} times, and {t * r // k} "
        f"{blocks} with {k} {places} each. The effects of the {blocks} are fixed. Then the variance of a difference of "
        rf"two of the {treatments} is $2\sigma^2/r$, as with complete blocks, divided by the *efficiency factor*.",
        tags=("incomplete blocks", "efficiency"), prerequisites=("incomplete_blocks",),
        questions=(
            Question("q1", "What is the efficiency factor, a number?", efficiency, points=2, room=2,
                hints=(Hint("With $k$ places in a block it is $t(k - 1)/(k(t - 1))$."),),
                solution=in_numbers(r"\frac{t(k - 1)}{k(t - 1)}", {"t": t, "k": k},
                    because="the formula for balanced blocks; it would be 1 if one had room for all, k = t"),
                mistakes=(
                    Mistake("1", None, "Only complete blocks lose nothing."),
                    Mistake(str(Rational(k, t)), None, f"That is the share of the {treatments} in a block."))),
            Question("q2", r"What is that variance, in terms of $\sigma^2$?",
                Rational(2, r) / efficiency * Symbol("sigma2", positive=True), vocabulary=lecture_vocabulary(), room=2,
                hints=(Hint(rf"Divide $2\sigma^2/{r}$ by the efficiency factor."),),
                solution=in_numbers(r"\frac{2σ²}{r} \frac{k(t - 1)}{t(k - 1)}", {"t": t, "r": r, "k": k},
                    because="2σ²/r, as with complete blocks, is divided by the efficiency factor"),
                mistakes=(Mistake(rf"\frac{{2\sigma^2}}{{{r}}}", None, "That would be complete blocks."),)),
        ))  # fmt: skip


if __name__ == "__main__":
    raise SystemExit(sheet(__file__))
