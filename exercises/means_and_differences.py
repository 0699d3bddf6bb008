"""The variance of a treatment mean and of a difference, for random and for fixed blocks."""

from __future__ import annotations

import random

from tutor import Exercise, Hint, Mistake, Question, rcbd, sheet, write


def make(rng: random.Random) -> Exercise:
    treatments, blocks = rng.choice([(t, b) for t in (2, 3, 4, 5) for b in (3, 4, 5, 6, 8, 10) if t != b])
    first, second = sorted(rng.sample(range(1, treatments + 1), 2))
    m = rcbd(treatments=treatments, blocks=blocks)
    of_mean, of_difference = m.derive(f"Var(ybar_{first}.)"), m.derive(f"Var(ybar_{first}. - ybar_{second}.)")
    of_fixed = rcbd(treatments=treatments, blocks=blocks, blocks_are="fixed").derive(f"Var(ybar_{first}.)")
    return Exercise(
        title="Means and differences",
        story=f"{treatments} treatments are compared in {blocks} complete blocks: "
        r"$y_{ij} = \mu + \tau_i + u_j + \varepsilon_{ij}$ with $\mathrm{Var}(u_j) = \sigma^2_u$ and "
        r"$\mathrm{Var}(\varepsilon_{ij}) = \sigma^2$. "
        rf"$\bar{{y}}_{{i\cdot}}$ is the mean of treatment $i$ over the {blocks} blocks.",
        model=m, tags=("blocks", "variance", "means and differences"), prerequisites=("same_block",),
        questions=(
            Question.from_derivation(
                "q1", of_mean, prompt=f"The blocks are random. What is ${write(of_mean.goal)}$?", points=2, room=3.5,
                hints=(
                    Hint("Average the model over the blocks: which means of random effects are left?"),
                    Hint(rf"$\mathrm{{Var}}(\bar{{u}}_\cdot) = \sigma^2_u/{blocks}$.", cost=0.25),
                ),
                mistakes=(
                    Mistake(f"sigma2/{blocks}", "missing-random", "Do the blocks vary too?"),
                    Mistake("sigma2 + sigma2_u", "missing-replication", "How many observations are averaged?"),
                    Mistake(
                        f"sqrt((sigma2 + sigma2_u)/{blocks})", "sd-for-variance", "If y is in kg, what is this in?"
                    ),
                ),
            ),
            Question.from_derivation(
                "q2", of_difference, prompt=f"The blocks are random. What is ${write(of_difference.goal)}$?", points=2,
                room=3.5,
                hints=(
                    Hint("Both means are over the same blocks. What is left of the blocks in the difference?"),
                    Hint("Only the errors are left, and they are independent.", cost=0.25),
                ),
                mistakes=(
                    Mistake(
                        f"2*(sigma2 + sigma2_u)/{blocks}", "blocks-in-difference",
                        "Do the two means have their blocks in common?",
                    ),
                    Mistake("0", None, "Are the errors of the two means the same?"),
                    Mistake(f"sigma2/{blocks}", "factor-2", "Of how many means is that the variance?"),
                ),
            ),
            Question.from_derivation(
                "q3", of_fixed, prompt=f"Now the blocks are fixed. What is ${write(of_fixed.goal)}$?", room=3,
                hints=(Hint("Which effects vary now?"),),
                mistakes=(Mistake("sigma2", "missing-replication", "How many observations are averaged?"),),
            ),
        ),
    )  # fmt: skip


if __name__ == "__main__":
    raise SystemExit(sheet(__file__))
