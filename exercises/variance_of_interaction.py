"""The interaction of two factors as a difference of differences: the variance of one mean, and that of all four."""

import random

from tutor import Exercise, Hint, Mistake, Question, in_numbers, rcbd, sheet

STORIES = (("nitrogen", "phosphate", "blocks of a field", "yield"), ("drug", "diet", "litters", "weight gain"),
           ("temperature", "time in the oven", "days", "volume of a loaf"),
           ("pressure", "alloy", "furnaces", "strength"), ("light", "variety", "chambers", "height"),
           ("salt", "time of storage", "batches", "number of germs"))  # fmt: skip


def make(rng: random.Random) -> Exercise:
    first, second, blocks, response = rng.choice(STORIES)
    a, b, r = rng.choice([(a, b, r) for a in (2, 3, 4) for b in (2, 3, 4) for r in (3, 5, 6, 7) if len({a, b, r}) == 3])
    m = rcbd((a, b), r)
    return Exercise(
        title="A difference of differences",
        story=f"A ({first}) has {a} levels and B ({second}) {b}. All {a * b} combinations stand once in each of {r} "
        f"random {blocks}: {response}.\n\n"
        r"$$y_{ijk} = \mu + \tau_i + \alpha_j + (\tau\alpha)_{ij} + u_k + \varepsilon_{ijk}, \quad "
        r"u_k \sim N(0, \sigma^2_u), \quad \varepsilon_{ijk} \sim N(0, \sigma^2)$$" "\n\n"
        rf"$\bar{{y}}_{{ij\cdot}}$ is the mean of one combination over the {blocks}.",
        model=m, tags=("factorial", "interaction", "means and differences"),
        prerequisites=("factorial_treatments", "means_and_differences"),
        questions=(
            Question.from_derivation("q1", m.derive("Var(ȳ_11·)"), room=2,
                hints=(Hint(f"It is a mean over {r} {blocks}, each of which varies, and {r} errors."),),
                mistakes=(
                    Mistake("σ² + σ²_u", None, "That is the variance of one observation."),
                    Mistake(rf"\frac{{\sigma^2}}{{{r}}}", "missing-random", f"Do the {blocks} not vary?"))),
            Question.from_derivation("q2", m.derive("Var(ȳ_11· − ȳ_12· − ȳ_21· + ȳ_22·)"), points=2,
                prompt=r"What is the variance of the interaction of the first two levels, "
                r"$\bar{y}_{11\cdot} - \bar{y}_{12\cdot} - \bar{y}_{21\cdot} + \bar{y}_{22\cdot}$?",
                hints=(
                    Hint(f"Each of the four is a mean over the {r} {blocks}."),
                    Hint(r"The $u_k$ fall out: two have them with plus, two with minus.", 0.25)),
                solution=in_numbers("4σ²/r", {"r": r},
                    because="in four means ū_· is twice with plus and twice with minus, and falls out; the means of "
                    "their errors are independent and have the variance σ²/r"),
                mistakes=(
                    Mistake(rf"\frac{{2\sigma^2}}{{{r}}}", None, "How many means are in it?"),
                    Mistake(rf"\frac{{4(\sigma^2 + \sigma^2_u)}}{{{r}}}", "blocks-in-difference",
                            f"Do the four means not stand in the same {blocks}?"))),
        ))  # fmt: skip


if __name__ == "__main__":
    raise SystemExit(sheet(__file__))
