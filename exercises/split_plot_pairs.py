"""Split plots: the covariance of two observations of one whole plot, of one block, and of different blocks."""

import random

from tutor import Exercise, Hint, Mistake, Question, sheet, split_plot

STORIES = (("irrigations", "fields", "varieties of sorghum"), ("oven temperatures", "oven loads", "recipes"),
           ("tillage methods", "strips", "seeding rates"))  # fmt: skip


def make(rng: random.Random) -> Exercise:
    whole, sub, blocks = rng.choice(((2, 3, 4), (3, 2, 4), (2, 4, 3), (3, 4, 2)))
    on_whole, units, on_sub = rng.choice(STORIES)
    m = split_plot(whole, sub, blocks)
    i, other_i = rng.sample(range(1, whole + 1), 2)
    j, other_j = rng.sample(range(1, sub + 1), 2)
    k, other_k = rng.sample(range(1, blocks + 1), 2)
    here = f"y_{i}{j}{k}"
    return Exercise(
        title="What two observations of a split plot share",
        story=f"In each of {blocks} random blocks there are {whole} {units}; {whole} {on_whole} are assigned to them. "
        f"Each of the {units} is split in {sub}, to which {sub} {on_sub} are assigned.\n\n"
        r"$$y_{ijk} = \mu + \tau_i + \alpha_j + (\tau\alpha)_{ij} + u_k + v_{i(k)} + \varepsilon_{ijk}$$" "\n\n"
        r"$u_k \sim N(0, \sigma^2_u)$ is the effect of a block, $v_{i(k)} \sim N(0, \sigma^2_v)$ that of a whole "
        r"plot, and $\varepsilon_{ijk} \sim N(0, \sigma^2)$.",
        model=m, tags=("split plot", "covariance"), prerequisites=("same_block",),
        questions=(
            Question.from_derivation("q1", m.derive(f"Var({here})"),
                hints=(Hint("Which terms of the model vary?"),),
                mistakes=(Mistake(r"\sigma^2", "missing-random", "Which other terms vary?"),)),
            Question.from_derivation("q2", m.derive(f"Cov({here}, y_{i}{other_j}{k})"),
                hints=(Hint("They stand on one whole plot. What do they share?"),),
                mistakes=(Mistake(r"\sigma^2_u", "missing-random", "Do they share a whole plot as well?"),
                          Mistake(r"\sigma^2 + \sigma^2_v + \sigma^2_u", None, "Do they share an error?"))),
            Question.from_derivation("q3", m.derive(f"Cov({here}, y_{other_i}{j}{k})"),
                hints=(Hint("They share a block. Do they share a whole plot?"),),
                mistakes=(Mistake(r"\sigma^2_u + \sigma^2_v", None, "Are they on one whole plot?"),
                          Mistake("0", None, "Are they in one block?"))),
            Question.from_derivation("q4", m.derive(f"Cov({here}, y_{i}{j}{other_k})"),
                hints=(Hint("Effects of different blocks are independent."),),
                mistakes=(Mistake(r"\sigma^2_v", None, "Is a whole plot of one block also one of another?"),)),
        ))  # fmt: skip


if __name__ == "__main__":
    raise SystemExit(sheet(__file__))
