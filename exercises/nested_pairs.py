"""Nested random effects: variances and covariances by level, and the intraclass correlations."""

import random

from tutor import Exercise, Hint, Mistake, Question, nested, sheet

STORIES = (("herds", "cows", "milk samples"), ("batches of paste", "casks", "tests of strength"),
           ("schools", "classes", "pupils"))  # fmt: skip


def make(rng: random.Random) -> Exercise:
    outer, inner, repeats = rng.choice(((3, 2, 4), (4, 3, 2), (3, 4, 2), (5, 2, 3)))
    outers, inners, samples = rng.choice(STORIES)
    m = nested(outer, inner, repeats)
    i, other_i = rng.sample(range(1, outer + 1), 2)
    j, other_j = rng.sample(range(1, inner + 1), 2)
    here, same, cousin = f"y_{i}{j}1", f"y_{i}{j}2", f"y_{i}{other_j}1"
    return Exercise(
        title="Effects within effects",
        story=f"There are {outer} {outers}, {inner} {inners} in each of them, and {repeats} {samples} of each.\n\n"
        r"$$y_{ijk} = \mu + u_i + v_{j(i)} + \varepsilon_{ijk}, \quad u_i \sim N(0, \sigma^2_u), \quad "
        r"v_{j(i)} \sim N(0, \sigma^2_v), \quad \varepsilon_{ijk} \sim N(0, \sigma^2)$$",
        model=m, tags=("nested", "covariance", "intraclass correlation"), prerequisites=("same_block",),
        questions=(
            Question.from_derivation("q1", m.derive(f"Cov({here}, {same})"),
                hints=(Hint(f"Both {samples} are of one of the {inners}."),),
                mistakes=(
                    Mistake(r"\sigma^2_v", "missing-random", f"Are the {inners} not in one of the {outers}, too?"),
                    Mistake(r"\sigma^2_u + \sigma^2_v + \sigma^2", None, "Do they share an error?"))),
            Question.from_derivation("q2", m.derive(f"Cov({here}, {cousin})"),
                hints=(Hint(f"They are of different {inners}."),),
                mistakes=(Mistake(r"\sigma^2_u + \sigma^2_v", None, f"Are they of one of the {inners}?"),
                          Mistake("0", None, f"Are they of one of the {outers}?"))),
            Question.from_derivation("q3", m.derive(f"Cov({here}, y_{other_i}{j}1)"),
                hints=(Hint("What do the two share?"),),
                mistakes=(Mistake(r"\sigma^2_u", None, f"Are they of one of the {outers}?"),)),
            Question.from_derivation("q4", m.derive(f"Corr({here}, {same})"),
                hints=(Hint("Divide their covariance by the variance of one observation."),),
                mistakes=(
                    Mistake(r"\sigma^2_u + \sigma^2_v", "covariance-for-correlation", "Between which bounds is it?"),
                    Mistake(r"\frac{\sigma^2_u}{\sigma^2_u + \sigma^2_v + \sigma^2}", None, "What do they share?"))),
        ))  # fmt: skip


if __name__ == "__main__":
    raise SystemExit(sheet(__file__))
