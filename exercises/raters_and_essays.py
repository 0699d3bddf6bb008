"""Crossed random effects: Z, and what a pair of observations shares in a row, in a column or not at all."""

import random

from tutor import Dimensions, Exercise, Hint, Mistake, Question, crossed, sheet

STORIES = (("teachers", "essays", "mark"), ("judges", "wines", "score"), ("laboratories", "samples of soil", "pH"),
           ("nurses", "wounds", "measured length"))  # fmt: skip


def make(rng: random.Random) -> Exercise:
    rows, columns, response = rng.choice(STORIES)
    a, b = rng.choice(((3, 4), (4, 3), (3, 5), (5, 3), (4, 6)))
    m = crossed(a, b)
    i, other_i = rng.sample(range(1, a + 1), 2)
    j, other_j = rng.sample(range(1, b + 1), 2)
    in_common = f"Have they one of the {rows} in common, or one of the {columns}?"
    return Exercise(
        title="Crossed, not nested",
        story=f"Each of {a} {rows} sees each of the same {b} {columns} once; both are random samples. $y_{{ij}}$ is "
        f"the {response} that $i$ gives to $j$.\n\n"
        r"$$y_{ij} = \mu + u_i + v_j + \varepsilon_{ij}, \quad u_i \sim N(0, \sigma^2_u), \quad "
        r"v_j \sim N(0, \sigma^2_v), \quad \varepsilon_{ij} \sim N(0, \sigma^2)$$",
        model=m, tags=("crossed", "covariance"), prerequisites=("nested_pairs",),
        questions=(
            Question("q1", r"$\mathbf{u}$ holds all $u_i$ and all $v_j$. What are the dimensions of $\mathbf{Z}$?",
                Dimensions(a * b, a + b), room=1.5,
                hints=(Hint("A row for each observation, a column for each random effect."),),
                solution=rf"${a * b} \times {a + b}$: {a} columns for the {rows} and {b} for the {columns}.",
                mistakes=(
                    Mistake(f"{a * b} x {a * b}", None, "Is there an effect of each combination?"),
                    Mistake(f"{a + b} x {a * b}", "transposed-dimensions", "What are the rows of this matrix?"))),
            Question.from_derivation("q2", m.derive(f"Cov(y_{i}{j}, y_{i}{other_j})"),
                hints=(Hint(in_common),),
                mistakes=(
                    Mistake(r"\sigma^2_v", "components-swapped", "Which index do the two have in common?"),
                    Mistake(r"\sigma^2_u + \sigma^2_v", None, f"Are they of one of the {columns}?"))),
            Question.from_derivation("q3", m.derive(f"Cov(y_{i}{j}, y_{other_i}{j})"),
                hints=(Hint(in_common),),
                mistakes=(Mistake("0", None, f"They are of one of the {columns}, which are not nested."),)),
            Question.from_derivation("q4", m.derive(f"Cov(y_{i}{j}, y_{other_i}{other_j})"),
                hints=(Hint("Do they share a random term at all?"),),
                mistakes=(Mistake(r"\sigma^2_u + \sigma^2_v", None, "Which of their random terms are the same?"),)),
            Question.from_derivation("q5", m.derive(f"Var(ȳ_{{·{j}}})"), points=2,
                hints=(
                    Hint(f"The mean of one of the {columns} over all {rows}."),
                    Hint(r"How many $u$, how many $v$ and how many $\varepsilon$ are in it?", 0.25)),
                mistakes=(Mistake(rf"\frac{{\sigma^2_u + \sigma^2_v + \sigma^2}}{{{a}}}", None,
                                  "Is v_j averaged over anything?"),)),
        ))  # fmt: skip


if __name__ == "__main__":
    raise SystemExit(sheet(__file__))
