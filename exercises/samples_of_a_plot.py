"""Samples of a plot: they share what the plot does, and more of them do little for a mean."""

import random

from tutor import Exercise, Hint, Mistake, Question, crd, sheet

STORIES = (("fertilizers", "plots", "plants", "yield"), ("feeds", "pens", "chickens", "weight"),
           ("machine settings", "batches", "specimens", "strength"))  # fmt: skip


def make(rng: random.Random) -> Exercise:
    treatments, units, items, response = rng.choice(STORIES)
    t, r, s = rng.choice(((2, 3, 4), (3, 4, 2), (2, 5, 3), (3, 2, 5), (4, 3, 2)))
    m = crd(t, r, samples=s)
    i = rng.randint(1, t)
    first, second = rng.sample(range(1, r + 1), 2)
    one, other = rng.sample(range(1, s + 1), 2)
    return Exercise(
        title="Several samples of each unit",
        story=f"{t} {treatments} are given by lot to {t * r} {units}, each to {r} of them; of each of the {units} {s} "
        f"{items} are measured: {response}.\n\n"
        r"$$y_{ijk} = \mu + \tau_i + v_{j(i)} + \varepsilon_{ijk}, \quad v_{j(i)} \sim N(0, \sigma^2_v), \quad "
        r"\varepsilon_{ijk} \sim N(0, \sigma^2)$$" "\n\n"
        f"$i$ counts the {treatments}, $j$ the {units} of each, $k$ the {items} of one.",
        model=m, tags=("subsampling", "variance"), prerequisites=("which_unit_was_randomized",),
        questions=(
            Question.from_derivation("q1", m.derive(f"Cov(y_{i}{first}{one}, y_{i}{first}{other})"),
                hints=(Hint(f"They are of one of the {units}."),),
                mistakes=(Mistake("0", None, f"Are they of different {units}?"),
                          Mistake(r"\sigma^2_v + \sigma^2", None, "Do the two have one error, or each its own?"))),
            Question.from_derivation("q2", m.derive(f"Cov(y_{i}{first}{one}, y_{i}{second}{one})"),
                hints=(Hint("Is there any random term that both have?"),),
                mistakes=(Mistake(r"\sigma^2_v", None, f"Are they of one of the {units}?"),
                          Mistake(r"\sigma^2", None, "Do the two have one error?"))),
            Question.from_derivation("q3", m.derive(f"Var(ȳ_{i}··)"), points=2,
                hints=(Hint(f"It is a mean over {r} {units} and {r * s} {items}."),
                       Hint(r"How many different $v$ are in it, and how many $\varepsilon$?", 0.25)),
                mistakes=(
                    Mistake(rf"\frac{{\sigma^2_v + \sigma^2}}{{{r * s}}}", None,
                            f"Are there {r * s} effects of {units} in this mean?"),
                    Mistake(rf"\frac{{\sigma^2_v + \sigma^2}}{{{r}}}", None, f"Over how many {items} is the mean?"),
                    Mistake(rf"\frac{{\sigma^2}}{{{r * s}}}", "missing-random", f"Do the {units} not vary?"))),
            Question.from_options("q4",
                f"Money is left for twice as many {items}. Where do they help a mean of a treatment most?", rng,
                right=(f"in new {units}",),
                wrong={f"in the {units} that there are": (
                           "pseudoreplication", "Which of the two variances becomes smaller then?"),
                       "it makes no difference": ("pseudoreplication", "Compare what each variance is divided by.")},
                hints=(Hint("Look at the two denominators of the variance."),),
                solution=rf"New {units} divide both variances by more, new {items} of the old ones only $\sigma^2$."),
        ))  # fmt: skip


if __name__ == "__main__":
    raise SystemExit(sheet(__file__))
