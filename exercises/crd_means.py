"""The completely randomized design: X and its rank, the variance of y, and of a mean."""

import random

from tutor import Dimensions, Exercise, Hint, Mistake, Question, crd, in_numbers, sheet

STORIES = (("fertilizers", "pots", "dry weight"), ("packages", "steaks", "growth of bacteria"),
           ("fabrics", "strips", "time to burn"), ("diets", "fish", "weight gain"),
           ("glues", "joints", "force at which it breaks"), ("teas", "cups", "amount of caffeine"),
           ("paints", "boards", "loss of colour"))  # fmt: skip


def make(rng: random.Random) -> Exercise:
    treatments, units, response = rng.choice(STORIES)
    t, r = rng.choice([(t, r) for t in (2, 3, 4, 5) for r in (3, 4, 5, 6) if t != r])
    n, m = t * r, crd(t, r)
    return Exercise(
        title="No blocks: the completely randomized design",
        story=f"{t} {treatments} are given by lot to {n} {units}, each to {r} of them; $y_{{ij}}$ is the {response} of "
        "unit $j$ with treatment $i$.\n\n"
        r"$$y_{ij} = \mu + \tau_i + \varepsilon_{ij}, \quad \varepsilon_{ij} \sim N(0, \sigma^2)$$" "\n\n"
        r"In matrix notation, $\mathbf{y} = \mathbf{X}\boldsymbol{\beta} + \boldsymbol{\varepsilon}$ with "
        rf"$\boldsymbol{{\beta}} = (\mu, \tau_1, \dots, \tau_{t})'$.",
        model=m, tags=("CRD", "X", "variance"),
        questions=(
            Question("q1", r"What are the dimensions of $\mathbf{X}$?", Dimensions.of(m.X), room=1.5,
                hints=(Hint(r"A row for each observation, a column for each element of $\boldsymbol{\beta}$."),),
                solution=rf"${n} \times {t + 1}$: ${t} \cdot {r}$ observations, and a column for $\mu$ beside those "
                f"of the ${t}$ treatments.",
                mistakes=(Mistake(f"{n} x {t}", None, "Which elements has β?"),)),
            Question("q2", r"What is the rank of $\mathbf{X}$?", int(m.rank), room=1.5,
                hints=(Hint(r"Add up the columns of the $\tau_i$."),),
                solution=in_numbers("p - 1", {"p": t + 1}, because="the columns of the τ_i add up to that of μ"),
                mistakes=(Mistake(str(t + 1), None, "Do some columns of X add up to another?"),)),
            Question.from_derivation("q3", m.derive("Var(y)"), without=("V", "R"), room=4,
                hints=(Hint("Which terms of the model vary?"),
                       Hint("The units have nothing in common but their treatments, which are fixed.", 0.25)),
                also_right=(rf"I_{t} \otimes (\sigma^2 I_{r})",),
                mistakes=(Mistake(rf"\sigma^2 J_{{{n}}}", None, "Do all units have the same error?"),)),
            Question.from_derivation("q4", m.derive("Var(ȳ_1·)"),
                hints=(Hint(f"It is a mean of {r} observations that are independent of each other."),),
                mistakes=(Mistake(r"\sigma^2", None, "Does a mean vary as much as one observation?"),
                          Mistake(rf"\frac{{\sigma^2}}{{{n}}}", None, "Over how many observations is it taken?"))),
        ))  # fmt: skip


if __name__ == "__main__":
    raise SystemExit(sheet(__file__))
