"""The variance of a treatment mean and of a difference, for random and for fixed blocks."""

import random

from tutor import Exercise, Hint, Mistake, Question, rcbd, sheet, write


def make(rng: random.Random) -> Exercise:
    t, b = rng.choice([(t, b) for t in (2, 3, 4, 5) for b in (3, 4, 5, 6, 8, 10) if t != b])
    first, second = sorted(rng.sample(range(1, t + 1), 2))
    m, fixed = rcbd(treatments=t, blocks=b), rcbd(treatments=t, blocks=b, blocks_are="fixed")
    of_mean, of_difference = m.derive(f"Var(ybar_{first}.)"), m.derive(f"Var(ybar_{first}. - ybar_{second}.)")
    of_fixed = fixed.derive(f"Var(ybar_{first}.)")
    return Exercise(
        title="Means and differences",
        story=f"{t} treatments are compared in {b} complete blocks: $y_{{ij}} = \\mu + \\tau_i + u_j + "
        r"\varepsilon_{ij}$ with $\mathrm{Var}(u_j) = \sigma^2_u$ and $\mathrm{Var}(\varepsilon_{ij}) = \sigma^2$. "
        rf"$\bar{{y}}_{{i\cdot}}$ is the mean of treatment $i$ over the {b} blocks.",
        model=m, tags=("blocks", "variance", "means and differences"), prerequisites=("same_block",),
        questions=(
            Question.from_derivation("q1", of_mean, points=2, room=3.5,
                prompt=f"The blocks are random. What is ${write(of_mean.goal)}$?",
                hints=(Hint("Average the model over the blocks: which means of random effects are left?"),
                       Hint(rf"$\mathrm{{Var}}(\bar{{u}}_\cdot) = \sigma^2_u/{b}$.", 0.25)),
                mistakes=(
                    Mistake(f"sigma2/{b}", "missing-random", "Do the blocks vary too?"),
                    Mistake("sigma2 + sigma2_u", "missing-replication", "How many observations are averaged?"),
                    Mistake(f"sqrt((sigma2 + sigma2_u)/{b})", "sd-for-variance", "If y is in kg, what is this in?"))),
            Question.from_derivation("q2", of_difference, points=2, room=3.5,
                prompt=f"The blocks are random. What is ${write(of_difference.goal)}$?",
                hints=(Hint("Both means are over the same blocks. What is left of the blocks in the difference?"),
                       Hint("Only the errors are left, and they are independent.", 0.25)),
                mistakes=(
                    Mistake(f"2*(sigma2 + sigma2_u)/{b}", "blocks-in-difference",
                            "Do the two means have their blocks in common?"),
                    Mistake("0", None, "Are the errors of the two means the same?"),
                    Mistake(f"sigma2/{b}", "factor-2", "Of how many means is that the variance?"))),
            Question.from_derivation("q3", of_fixed, room=3,
                prompt=f"Now the blocks are fixed. What is ${write(of_fixed.goal)}$?",
                hints=(Hint("Which effects vary now?"),),
                mistakes=(Mistake("sigma2", "missing-replication", "How many observations are averaged?"),)),
        ))  # fmt: skip


if __name__ == "__main__":
    raise SystemExit(sheet(__file__))
