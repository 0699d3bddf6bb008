"""From matrices back to an equation: which design has this X and this Z."""

import random

from tutor import Exercise, Hint, Mistake, Question, rcbd, sheet, write

STORIES = (("oat varieties", "fields", "the yield of a plot, in t/ha"),
           ("sprays", "orchards", "the share of sound apples, in %"),
           ("diets", "kennels", "the weight of a dog, in kg"),
           ("ways to teach", "schools", "the mean score of a class"),
           ("glazes", "kilns", "the hardness of a tile"))  # fmt: skip


def make(rng: random.Random) -> Exercise:
    t, b = rng.choice(((2, 3), (3, 2)))
    compared, used, response = rng.choice(STORIES)
    fixed = rng.random() < 0.5
    kind, other = ("fixed", "random") if fixed else ("random", "fixed")
    m = rcbd(treatments=t, blocks=b, blocks_are=kind)
    row = rng.randrange(t * b)
    i, j = row % t + 1, row // t + 1
    drawn, error = r"u_j \sim N(0, \sigma^2_u)", r"\varepsilon_{ij} \sim N(0, \sigma^2)"
    with_fixed = rf"y_{{ij}} = \mu + \tau_i + \rho_j + \varepsilon_{{ij}}, \quad {error}"
    with_random = rf"y_{{ij}} = \mu + \tau_i + u_j + \varepsilon_{{ij}}, \quad {drawn}, \quad {error}"
    right, wrong, block = (with_fixed, with_random, r"\rho_j") if fixed else (with_random, with_fixed, "u_j")
    z = "" if m.Z is None else rf", \quad \mathbf{{Z}} = {write(m.Z.explicit())}"
    told = "There is no Z." if fixed else r"The random effects have the variance $\mathbf{G} = \sigma^2_u\mathbf{I}$."
    return Exercise(
        title="Read the design from its matrices",
        story=f"{t} {compared} are compared in {b} {used}; $y$ is {response}. {told} The errors have the variance "
        rf"$\mathbf{{R}} = \sigma^2\mathbf{{I}}$. $$\mathbf{{X}} = {write(m.X.explicit())}{z}$$",
        model=m, tags=("three notations", "design matrix", "fixed and random"),
        prerequisites=("blocks_in_three_forms", "blocks_fixed"),
        questions=(
            Question.from_options("q1", f"Are the {used} fixed or random in this model?", rng, right=(kind,),
                wrong={other: ("fixed-random-confused", "In which matrix do you find their columns?")},
                hints=(Hint(f"Look for {b} columns with a 1 in the rows of one of the {used}."),),
                solution=f"The rows come {t} by {t}, one of the {used} after the other. The columns that are 1 in such "
                f"rows are in {'X' if fixed else 'Z'}, where the {kind} effects have theirs."),
            Question("q2",
                "Write the model for one observation, $y_{ij}$, with its distributions; $i$ is the treatment.", m,
                form="index", points=3, room=3,
                hints=(Hint("Each set of columns that add up to ones is a factor; each factor is a term."),
                       Hint("A mean, a treatment, a block and an error: which of them have a distribution?", 0.25)),
                solution=rf"The column of ones is $\mu$, the {t} columns that take turns are $\tau_i$, and those of "
                f"the {used} are ${block}$. What is random has a distribution. $${right}$$",
                also_right=(right,),
                mistakes=(
                    Mistake(wrong, None, "In which matrix are the columns of the blocks?"),
                    Mistake(with_fixed.replace(r" + \rho_j", ""), None, "Which columns are left over?"))),
            Question.from_derivation("q3", m.derive(f"E(y_{i}{j})"),
                prompt=rf"Row {row + 1} belongs to $y_{{{i}{j}}}$. What is $\mathrm{{E}}(y_{{{i}{j}}})$?",
                hints=(Hint(rf"Row {row + 1} of $\mathbf{{X}}$ times $\boldsymbol{{\beta}}$."),),
                mistakes=(
                    Mistake(rf"\tau_{i}" + rf" + \rho_{j}" * fixed, "missing-intercept", "What is in all rows?"),
                    Mistake(rf"\mu + \tau_{i}", "missing-term", "Is the effect of the block not fixed here?") if fixed
                    else Mistake(rf"\mu + \tau_{i} + u_{j}", "random-in-mean", "What is the mean of u_j?"))),
        ))  # fmt: skip


if __name__ == "__main__":
    raise SystemExit(sheet(__file__))
