"""Find the fault in a matrix that was printed as a variance: what no covariance matrix can be."""

import random

from tutor import Exercise, Hint, Question, matrix, sheet, write

STORIES = (("the yields of four plots of one block", "A thesis"), ("four measurements of one patient", "A paper"),
           ("the scores of four pupils of one class", "A report"),
           ("the weights of four piglets of one litter", "A handout"))  # fmt: skip
UNEQUAL, NEGATIVE = "It is not symmetric.", "One of its variances is negative."
TOO_LARGE = "One of its correlations is larger than 1."
FAULTS = {UNEQUAL: "Compare each entry with the one mirrored in the diagonal: are they unequal anywhere?",
          NEGATIVE: "Look at the diagonal: is any entry below zero?",
          TOO_LARGE: "Is any covariance larger than the root of the product of its two variances?"}  # fmt: skip


def make(rng: random.Random) -> Exercise:
    (about, source), fault = rng.choice(STORIES), rng.choice(sorted(FAULTS))
    variances, shared = [rng.choice((9, 16, 25)) for _ in range(4)], rng.randint(2, 5)
    rows = [[variances[i] if i == j else shared for j in range(4)] for i in range(4)]
    i, j = sorted(rng.sample(range(4), 2))
    unlike = rng.choice([value for value in range(2, 8) if value != shared])
    first, second = f"y_{i + 1}", f"y_{j + 1}"
    if fault == UNEQUAL:
        rows[i][j] = unlike
        told = (f"Row {i + 1}, column {j + 1} is {unlike}, and row {j + 1}, column {i + 1} is {shared}; both are the "
                f"covariance of ${first}$ and ${second}$.")  # fmt: skip
    elif fault == NEGATIVE:
        j = i
        rows[i][i] = -variances[i]
        told = f"The variance of ${first}$ is {rows[i][i]}, and a mean of squares is never negative."
    else:
        rows[i][j] = rows[j][i] = rng.choice((26, 30, 32))
        told = (f"The covariance of ${first}$ and ${second}$ is {rows[i][j]}, and the product of their variances "
                rf"${variances[i]} \cdot {variances[j]} = {variances[i] * variances[j]}$; the correlation would be "
                "above 1.")  # fmt: skip
    elsewhere = [(row, column) for row in range(4) for column in range(row, 4) if (row, column) != (i, j)]
    return Exercise(
        title="Find the fault",
        story=f"{source} prints this as the variance of {about}: "
        rf"$$\mathrm{{Var}}(\mathbf{{y}}) = {write(matrix(rows))}$$",
        tags=("covariance", "symmetric", "find the error"), prerequisites=("correlation_matrix",),
        questions=(
            Question.from_options("q1", "Why can this be no variance?", rng, points=2, right=(fault,),
                wrong={**{name: ask for name, ask in FAULTS.items() if name != fault},
                       "Its covariances are not zero.":
                           ("diagonal-only", "Observations that share something do covary.")},
                hints=(Hint("Look at the diagonal, then at each pair of mirrored entries, then at each size."),
                       Hint(FAULTS[fault], 0.25)),
                solution=f"{fault} {told}"),
            Question.from_options("q2", "Where is the fault?", rng, right=(f"row {i + 1}, column {j + 1}",),
                wrong={f"row {row + 1}, column {column + 1}": "Is it possible, beside the entry that mirrors it?"
                       for row, column in rng.sample(elsewhere, 3)},
                hints=(Hint("Which entry did you stumble over in the question before?"),
                       Hint(f"It is in row {i + 1}.", 0.25)),
                solution=told),
        ))  # fmt: skip


if __name__ == "__main__":
    raise SystemExit(sheet(__file__))
