"""Split plots: the covariance of two observations of one whole plot, of one block, and of different blocks."""

from __future__ import annotations

import random

from tutor import Exercise, Hint, Mistake, MixedModel, Question, sheet, split_plot, write

STORIES = (
    ("irrigations", "fields", "varieties of sorghum"),
    ("oven temperatures", "oven loads", "recipes"),
    ("tillage methods", "strips", "seeding rates"),
)


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
        story=(
            f"In each of {blocks} random blocks there are {whole} {units}; {whole} {on_whole} are assigned to them. "
            f"Each of the {units} is split in {sub}, to which {sub} {on_sub} are assigned.\n\n"
            r"$$y_{ijk} = \mu + \tau_i + \alpha_j + (\tau\alpha)_{ij} + u_k + v_{i(k)} + \varepsilon_{ijk}$$"
            "\n\n"
            r"$u_k \sim N(0, \sigma^2_u)$ is the effect of a block, $v_{i(k)} \sim N(0, \sigma^2_v)$ that of a whole "
            r"plot, and $\varepsilon_{ijk} \sim N(0, \sigma^2)$."
        ),
        model=m,
        questions=(
            _ask(m, "q1", f"Var({here})", "Which terms of the model vary?",
                 Mistake(r"\sigma^2", "missing-random", "Which other terms vary?")),
            _ask(m, "q2", f"Cov({here}, y_{i}{other_j}{k})", "They stand on one whole plot. What do they share?",
                 Mistake(r"\sigma^2_u", "missing-random", "Do they share a whole plot as well?"),
                 Mistake(r"\sigma^2 + \sigma^2_v + \sigma^2_u", None, "Do they share an error?")),
            _ask(m, "q3", f"Cov({here}, y_{other_i}{j}{k})", "They share a block. Do they share a whole plot?",
                 Mistake(r"\sigma^2_u + \sigma^2_v", None, "Are they on one whole plot?"),
                 Mistake("0", None, "Are they in one block?")),
            _ask(m, "q4", f"Cov({here}, y_{i}{j}{other_k})", "Effects of different blocks are independent.",
                 Mistake(r"\sigma^2_v", None, "Is a whole plot of one block also one of another?")),
        ),
    )  # fmt: skip


def _ask(m: MixedModel, key: str, what: str, hint: str, *mistakes: Mistake) -> Question:
    derivation = m.derive(what)
    return Question(
        key=key,
        prompt=f"What is ${write(derivation.goal)}$?",
        reference=derivation.result,
        vocabulary=m.vocabulary,
        hints=(Hint(hint),),
        solution=derivation,
        mistakes=mistakes,
        room=2.5,
    )


if __name__ == "__main__":
    raise SystemExit(sheet(__file__))
