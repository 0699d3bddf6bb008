"""Standard errors of a mean and of a difference in numbers, with blocks fixed and with blocks random."""

import random

from sympy import Integer, sqrt

from tutor import Exercise, Hint, Mistake, Question, Rounded, in_numbers, sheet

STORIES = (("varieties of oats", "fields", "yield", "t/ha"), ("stools", "persons", "effort to rise", ""),
           ("washing powders", "loads of shirts", "whiteness", "%"))  # fmt: skip


def make(rng: random.Random) -> Exercise:
    treatments, blocks, response, unit = rng.choice(STORIES)
    t, b = rng.choice(((3, 4), (4, 9), (3, 6), (5, 8), (4, 5)))
    within, between = rng.choice([s2 for s2 in (2, 3, 5, 6) if 2 * s2 != b]), rng.choice((4, 7, 9, 12))
    difference, both = sqrt(Integer(2 * within) / b), sqrt(Integer(2 * (within + between)) / b)
    mean, alone, one = sqrt(Integer(within + between) / b), sqrt(Integer(within) / b), sqrt(Integer(within + between))
    numbers = {r"\hatσ^2": within, "b": b}
    return Exercise(
        title="Standard errors, in numbers",
        story=f"{t} {treatments}, each once in each of {b} {blocks}: {response}{f' in {unit}' if unit else ''}. The "
        rf"variance within {blocks} is estimated as $\hat\sigma^2 = {within}$, that of {blocks} as "
        rf"$\hat\sigma^2_u = {between}$.",
        tags=("standard errors",), prerequisites=("means_and_differences",),
        questions=(
            Question("q1", "The standard error of a difference of two treatment means, with two decimals?",
                Rounded(difference, decimals=2, unit=unit), room=2,
                hints=(Hint(f"Both means are over the same {blocks}."), Hint(r"$\sqrt{2\hat\sigma^2/b}$", 0.25)),
                solution=in_numbers(r"\sqrt{2\hatσ^2/b}", numbers, decimals=2,
                    because=f"the {blocks} fall out; the errors of both means have the variance σ²/b"),
                mistakes=(
                    Mistake(f"{float(both):.2f}", None, f"Do the {blocks} not fall out of the difference?"),
                    Mistake(f"{float(difference**2):.2f}", None, "Is that a standard error, or a variance?"),
                    Mistake(f"{float(alone):.2f}", None, "How many means vary?"))),
            Question("q2", f"The standard error of a treatment mean, when the {blocks} are random?",
                Rounded(mean, decimals=2, unit=unit), points=2, room=2,
                hints=(Hint(f"The mean is over {b} {blocks}, which would be others next time."),
                       Hint(r"$\sqrt{(\hat\sigma^2 + \hat\sigma^2_u)/b}$", 0.25)),
                solution=in_numbers(r"\sqrt{(\hatσ^2 + \hatσ^2_u)/b}", {**numbers, r"\hatσ^2_u": between}, decimals=2,
                                    because=f"the means of b {blocks} and of b errors both vary"),
                mistakes=(Mistake(f"{float(alone):.2f}", None, f"Would the same {blocks} be used again?"),
                          Mistake(f"{float(one):.2f}", None, "Over how many observations is it?"))),
            Question("q3", f"And when the {blocks} are fixed, at their average?",
                Rounded(alone, decimals=2, unit=unit), room=2,
                hints=(Hint("What of a treatment mean varies then?"),),
                solution=in_numbers(r"\sqrt{\hatσ^2/b}", numbers, decimals=2, because="only the errors vary"),
                mistakes=(Mistake(f"{float(mean):.2f}", None, f"Do fixed {blocks} vary?"),)),
        ))  # fmt: skip


if __name__ == "__main__":
    raise SystemExit(sheet(__file__))
