"""The variance of a treatment mean and of a difference, for random and for fixed blocks."""

from __future__ import annotations

import random

from tutor import Exercise, Hint, Mistake, Question, rcbd, sheet


def make(rng: random.Random) -> Exercise:
    treatments, blocks = rng.choice([(t, b) for t in (2, 3, 4, 5) for b in (3, 4, 5, 6, 8, 10) if t != b])
    first, second = sorted(rng.sample(range(1, treatments + 1), 2))
    random_blocks = rcbd(treatments=treatments, blocks=blocks)
    fixed_blocks = rcbd(treatments=treatments, blocks=blocks, blocks_are="fixed")
    mean, difference = f"ybar_{first}.", f"ybar_{first}. - ybar_{second}."
    written = rf"\bar{{y}}_{{{first}\cdot}}", rf"\bar{{y}}_{{{first}\cdot}} - \bar{{y}}_{{{second}\cdot}}"
    return Exercise(
        title="Means and differences",
        story=(
            f"{treatments} treatments are compared in {blocks} complete blocks: "
            r"$y_{ij} = \mu + \tau_i + u_j + \varepsilon_{ij}$ with $\mathrm{Var}(u_j) = \sigma^2_u$ and "
            r"$\mathrm{Var}(\varepsilon_{ij}) = \sigma^2$. "
            rf"$\bar{{y}}_{{i\cdot}}$ is the mean of treatment $i$ over the {blocks} blocks."
        ),
        model=random_blocks,
        tags=("blocks", "variance", "means and differences"),
        prerequisites=("same_block",),
        questions=(
            Question(
                key="q1",
                prompt=f"The blocks are random. What is $\\mathrm{{Var}}({written[0]})$?",
                reference=random_blocks.Var(mean),
                points=2,
                hints=(
                    Hint("Average the model over the blocks: which means of random effects are left?"),
                    Hint(rf"$\mathrm{{Var}}(\bar{{u}}_\cdot) = \sigma^2_u/{blocks}$.", cost=0.25),
                ),
                solution=random_blocks.derive(f"Var({mean})"),
                also_right=(rf"\frac{{\sigma^2 + \sigma^2_u}}{{{blocks}}}", f"(sigma2 + sigma2_u)/{blocks}"),
                mistakes=(
                    Mistake(rf"\frac{{\sigma^2}}{{{blocks}}}", "missing-random", "Do the blocks vary too?"),
                    Mistake(r"\sigma^2 + \sigma^2_u", "missing-replication", "How many observations are averaged?"),
                    Mistake(
                        rf"\sqrt{{\frac{{\sigma^2 + \sigma^2_u}}{{{blocks}}}}}",
                        "sd-for-variance",
                        "If y is in kg, what is this in?",
                    ),
                ),
                room=3.5,
            ),
            Question(
                key="q2",
                prompt=f"The blocks are random. What is $\\mathrm{{Var}}({written[1]})$?",
                reference=random_blocks.Var(difference),
                points=2,
                hints=(
                    Hint("Both means are over the same blocks. What is left of the blocks in the difference?"),
                    Hint("Only the errors are left, and they are independent.", cost=0.25),
                ),
                solution=random_blocks.derive(f"Var({difference})"),
                also_right=(rf"\frac{{2\sigma^2}}{{{blocks}}}", f"2*sigma2/{blocks}"),
                mistakes=(
                    Mistake(
                        rf"\frac{{2(\sigma^2 + \sigma^2_u)}}{{{blocks}}}",
                        "blocks-in-difference",
                        "Do the two means have their blocks in common?",
                    ),
                    Mistake("0", None, "Are the errors of the two means the same?"),
                    Mistake(rf"\frac{{\sigma^2}}{{{blocks}}}", "factor-2", "Of how many means is that the variance?"),
                ),
                room=3.5,
            ),
            Question(
                key="q3",
                prompt=f"Now the blocks are fixed. What is $\\mathrm{{Var}}({written[0]})$?",
                reference=fixed_blocks.Var(mean),
                hints=(Hint("Which effects vary now?"),),
                solution=fixed_blocks.derive(f"Var({mean})"),
                also_right=(rf"\frac{{\sigma^2}}{{{blocks}}}",),
                mistakes=(Mistake(r"\sigma^2", "missing-replication", "How many observations are averaged?"),),
                room=3,
            ),
        ),
    )


if __name__ == "__main__":
    raise SystemExit(sheet(__file__))
