"""Which assumption fails, seen in the variance of y."""

import random

from tutor import Exercise, Hint, Mistake, Question, matrix, sheet, write

STORIES = ("yields of four plots", "weights of four piglets", "scores of four pupils", "readings of four thermometers")


def make(rng: random.Random) -> Exercise:
    variance, shared, other = rng.randint(4, 9), rng.randint(1, 3), rng.randint(10, 16)
    fails = rng.choice(("independence", "constant variance"))
    if fails == "independence":
        rows = [[variance if i == j else shared * (i // 2 == j // 2) for j in range(4)] for i in range(4)]
        holds, slip = "constant variance", ("covariance-for-variance", "Are not all entries of the diagonal alike?")
        because = "The variances are all alike, but some covariances are not zero: these observations share something."
    else:
        rows = [[(variance if i < 2 else other) * (i == j) for j in range(4)] for i in range(4)]
        holds, slip = "independence", ("variance-for-covariance", "Is any entry beside the diagonal not zero?")
        because = "The covariances are all zero, but the variances on the diagonal differ."
    i, j = rng.choice(((1, 2), (3, 4)))
    return Exercise(
        title="Which assumption fails in V?",
        story=f"$\\mathbf{{y}}$ holds the {rng.choice(STORIES)}. "
        f"$$\\mathrm{{Var}}(\\mathbf{{y}}) = {write(matrix(rows))}$$",
        tags=("assumptions", "variance", "covariance"), prerequisites=("four_assumptions", "identity_matrix"),
        questions=(
            Question.from_options("q1", "Which assumption fails?", rng, right=(fails,),
                wrong={holds: slip,
                       "linearity": ("mean-in-variance", "Does a variance tell anything about the mean?"),
                       "normality": "Does a variance tell which family the distribution is of?"},
                hints=(Hint(r"Compare it with $\sigma^2\mathbf{I}$: first the diagonal, then the rest."),),
                solution=because),
            Question("q2", f"What is $\\mathrm{{Cov}}(y_{i}, y_{j})$?", rows[i - 1][j - 1], room=1.5,
                hints=(Hint("In which row and which column does it stand?"),),
                solution=f"Row {i} is that of $y_{i}$, and column {j} that of $y_{j}$: ${rows[i - 1][j - 1]}$.",
                mistakes=(Mistake(str(rows[i - 1][i - 1]), None, "That is a variance. Of which is it?"),)),
        ))  # fmt: skip


if __name__ == "__main__":
    raise SystemExit(sheet(__file__))
