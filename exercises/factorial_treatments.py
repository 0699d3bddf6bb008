"""Factorial treatments: the columns of X, its rank, and the degrees of freedom of the interaction."""

import random

from tutor import Dimensions, Exercise, Hint, Mistake, Question, in_numbers, rcbd, sheet, worked

STORIES = (("nitrogen", "phosphate", "blocks of a field", "yield"), ("drug", "diet", "litters", "weight gain"),
           ("temperature", "time in the oven", "days", "volume of a loaf"),
           ("pressure", "alloy", "furnaces", "strength"), ("light", "variety", "chambers", "height"),
           ("salt", "time of storage", "batches", "number of germs"))  # fmt: skip


def make(rng: random.Random) -> Exercise:
    first, second, blocks, response = rng.choice(STORIES)
    a, b, r = rng.choice([(a, b, r) for a in (2, 3, 4) for b in (2, 3, 4) for r in (3, 4, 5, 6) if len({a, b, r}) == 3])
    m, n, columns = rcbd((a, b), r), a * b * r, 1 + a + b + a * b
    of_interaction = worked("ab - 1 - (a - 1) - (b - 1)", (
        "(a - 1)(b - 1)", "of ab − 1 between the combinations A takes a − 1 and B b − 1"))  # fmt: skip
    return Exercise(
        title="Two factors at once",
        story=f"A ({first}) has {a} levels and B ({second}) {b}. All {a * b} combinations stand once in each of {r} "
        f"random {blocks}: {response}.\n\n"
        r"$$y_{ijk} = \mu + \tau_i + \alpha_j + (\tau\alpha)_{ij} + u_k + \varepsilon_{ijk}, \quad "
        r"u_k \sim N(0, \sigma^2_u), \quad \varepsilon_{ijk} \sim N(0, \sigma^2)$$",
        model=m, tags=("factorial", "X", "interaction"), prerequisites=("crd_means",),
        questions=(
            Question("q1", r"$\boldsymbol{\beta}$ holds $\mu$, all $\tau_i$, all $\alpha_j$ and all "
                r"$(\tau\alpha)_{ij}$. What are the dimensions of $\mathbf{X}$?", Dimensions.of(m.X), room=1.5,
                hints=(Hint("Count the fixed effects of each kind."),),
                solution=rf"There are ${a} \cdot {b} \cdot {r} = {n}$ observations, and "
                rf"$1 + {a} + {b} + {a * b} = {columns}$ fixed effects: ${n} \times {columns}$.",
                mistakes=(Mistake(f"{n} x {a * b}", None, "Those are the combinations; what else is fixed?"),)),
            Question("q2", r"What is the rank of $\mathbf{X}$?", int(m.rank), room=1.5,
                hints=(Hint("How many different means are there?"),),
                solution=in_numbers("ab", {"a": a, "b": b},
                    because="the columns of the combinations are independent, and all others are sums of them"),
                mistakes=(
                    Mistake(str(columns), None, "Do some columns of X add up to another?"),
                    Mistake(str(a + b - 1), None, "That is without the interaction."))),
            Question("q3", "How many degrees of freedom has the interaction?", (a - 1) * (b - 1), room=1.5,
                hints=(Hint(f"What A, B and the interaction have together is ${a * b} - 1$."),),
                solution=in_numbers(of_interaction, {"a": a, "b": b}),
                mistakes=(
                    Mistake(str(a * b - 1), None, "Of these some belong to A and some to B."),
                    Mistake(str(a * b), None, "Count what is free beside the main effects."))),
        ))  # fmt: skip


if __name__ == "__main__":
    raise SystemExit(sheet(__file__))
