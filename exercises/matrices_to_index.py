"""From matrices back to an equation: which design has this X and this Z."""

from __future__ import annotations

import random

from tutor import Exercise, Hint, Mistake, Question, rcbd, sheet, write

STORIES = (
    ("oat varieties", "fields", "the yield of a plot, in t/ha"),
    ("sprays", "orchards", "the share of sound apples, in %"),
    ("diets", "kennels", "the weight of a dog, in kg"),
    ("ways to teach", "schools", "the mean score of a class"),
    ("glazes", "kilns", "the hardness of a tile"),
)


def make(rng: random.Random) -> Exercise:
    treatments, blocks = rng.choice(((2, 3), (3, 2)))
    compared, used, response = rng.choice(STORIES)
    fixed = rng.random() < 0.5
    kind, other = ("fixed", "random") if fixed else ("random", "fixed")
    m = rcbd(treatments=treatments, blocks=blocks, blocks_are=kind)
    row = rng.randrange(treatments * blocks)
    i, j = row % treatments + 1, row // treatments + 1
    block = r"\rho_j" if fixed else "u_j"
    drawn, error = r"u_j \sim N(0, \sigma^2_u)", r"\varepsilon_{ij} \sim N(0, \sigma^2)"
    with_fixed = rf"y_{{ij}} = \mu + \tau_i + \rho_j + \varepsilon_{{ij}}, \quad {error}"
    with_random = rf"y_{{ij}} = \mu + \tau_i + u_j + \varepsilon_{{ij}}, \quad {drawn}, \quad {error}"
    shown = rf"\mathbf{{X}} = {write(m.X.explicit())}"
    shown += "" if m.Z is None else rf", \quad \mathbf{{Z}} = {write(m.Z.explicit())}"
    told = "There is no Z." if fixed else r"The random effects have the variance $\mathbf{G} = \sigma^2_u\mathbf{I}$."
    return Exercise(
        title="Read the design from its matrices",
        story=f"{treatments} {compared} are compared in {blocks} {used}; $y$ is {response}. {told} "
        rf"The errors have the variance $\mathbf{{R}} = \sigma^2\mathbf{{I}}$. $${shown}$$",
        model=m, tags=("three notations", "design matrix", "fixed and random"),
        prerequisites=("blocks_in_three_forms", "blocks_fixed"),
        questions=(
            Question.from_options(
                "q1", f"Are the {used} fixed or random in this model?", rng, right=(kind,),
                wrong={other: ("fixed-random-confused", "In which matrix do you find their columns?")},
                hints=(Hint(f"Look for {blocks} columns with a 1 in the rows of one of the {used}."),),
                solution=f"The rows come {treatments} by {treatments}, one of the {used} after the other. The columns "
                f"that are 1 in such rows are in {'X' if fixed else 'Z'}, where the {kind} effects have theirs.",
            ),
            Question(
                "q2", "Write the model for one observation, $y_{ij}$, with its distributions; $i$ is the treatment.", m,
                form="index", points=3, room=3,
                hints=(
                    Hint("Each set of columns that add up to ones is a factor; each factor is a term."),
                    Hint("A mean, a treatment, a block and an error: which of them have a distribution?", cost=0.25),
                ),
                solution=rf"The column of ones is $\mu$, the {treatments} columns that take turns are $\tau_i$, and "
                rf"those of the {used} are ${block}$. What is random has a distribution. "
                f"$${with_fixed if fixed else with_random}$$",
                mistakes=(
                    Mistake(
                        with_random if fixed else with_fixed, None, "In which matrix are the columns of the blocks?"
                    ),
                    Mistake(with_fixed.replace(r" + \rho_j", ""), None, "Which columns are left over?"),
                ),
            ),
            Question.from_derivation(
                "q3", m.derive(f"E(y_{i}{j})"),
                prompt=rf"Row {row + 1} belongs to $y_{{{i}{j}}}$. What is $\mathrm{{E}}(y_{{{i}{j}}})$?",
                hints=(Hint(rf"Row {row + 1} of $\mathbf{{X}}$ times $\boldsymbol{{\beta}}$."),),
                mistakes=(
                    Mistake(rf"\tau_{i}" + rf" + \rho_{j}" * fixed, "missing-intercept", "What is in all rows?"),
                    Mistake(rf"\mu + \tau_{i}", "missing-term", "Is the effect of the block not fixed here?")
                    if fixed
                    else Mistake(rf"\mu + \tau_{i} + u_{j}", "random-in-mean", "What is the mean of u_j?"),
                ),
            ),
        ),
    )  # fmt: skip


if __name__ == "__main__":
    raise SystemExit(sheet(__file__))
