"""Find the fault in a matrix that was printed as a variance: what no covariance matrix can be."""

from __future__ import annotations

import random

from tutor import Exercise, Hint, Question, matrix, sheet, write

STORIES = (
    ("the yields of four plots of one block", "A thesis"),
    ("four measurements of one patient", "A paper"),
    ("the scores of four pupils of one class", "A report"),
    ("the weights of four piglets of one litter", "A handout"),
)

FAULTS = {
    "It is not symmetric.": "Compare each entry with the one mirrored in the diagonal: are they unequal anywhere?",
    "One of its variances is negative.": "Look at the diagonal: is any entry below zero?",
    "One of its correlations is larger than 1.": (
        "Is any covariance larger than the root of the product of its two variances?"
    ),
}


def make(rng: random.Random) -> Exercise:
    about, source = rng.choice(STORIES)
    fault = rng.choice(sorted(FAULTS))
    variances = [rng.choice((9, 16, 25)) for _ in range(4)]
    shared = rng.randint(2, 5)
    rows = [[variances[i] if i == j else shared for j in range(4)] for i in range(4)]
    i, j = sorted(rng.sample(range(4), 2))
    mended = rng.choice([value for value in range(2, 8) if value != shared])
    if fault == "It is not symmetric.":
        rows[i][j] = mended
    elif fault == "One of its variances is negative.":
        rows[i][i] = -variances[i]
    else:
        rows[i][j] = rows[j][i] = rng.choice((26, 30, 32))
    place = (i, i) if fault == "One of its variances is negative." else (i, j)
    elsewhere = [(row, column) for row in range(4) for column in range(row, 4) if (row, column) != place]
    told = {
        "It is not symmetric.": (
            f"Row {i + 1}, column {j + 1} is {rows[i][j]}, and row {j + 1}, column {i + 1} is {rows[j][i]}; both are "
            f"the covariance of $y_{i + 1}$ and $y_{j + 1}$."
        ),
        "One of its variances is negative.": (
            f"The variance of $y_{i + 1}$ is {rows[i][i]}, and a mean of squares is never negative."
        ),
        "One of its correlations is larger than 1.": (
            rf"The covariance of $y_{i + 1}$ and $y_{j + 1}$ is {rows[i][j]}, and the product of their variances "
            rf"${variances[i]} \cdot {variances[j]} = {variances[i] * variances[j]}$; the correlation would be above 1."
        ),
    }[fault]
    return Exercise(
        title="Find the fault",
        story=(
            f"{source} prints this as the variance of {about}: "
            rf"$$\mathrm{{Var}}(\mathbf{{y}}) = {write(matrix(rows))}$$"
        ),
        tags=("covariance", "symmetric", "find the error"), prerequisites=("correlation_matrix",),
        questions=(
            Question.from_options(
                "q1", "Why can this be no variance?", rng, points=2, right=(fault,),
                wrong={
                    **{name: ask for name, ask in FAULTS.items() if name != fault},
                    "Its covariances are not zero.": ("diagonal-only", "Observations that share something do covary."),
                },
                hints=(
                    Hint("Look at the diagonal, then at each pair of mirrored entries, then at each size."),
                    Hint(FAULTS[fault], cost=0.25),
                ),
                solution=f"{fault} {told}",
            ),
            Question.from_options(
                "q2", "Where is the fault?", rng, right=(f"row {place[0] + 1}, column {place[1] + 1}",),
                wrong={
                    f"row {row + 1}, column {column + 1}": "Is this entry possible, beside the one that mirrors it?"
                    for row, column in rng.sample(elsewhere, 3)
                },
                hints=(
                    Hint("Which entry did you stumble over in the question before?"),
                    Hint(f"It is in row {place[0] + 1}.", cost=0.25),
                ),
                solution=told,
            ),
        ),
    )  # fmt: skip


if __name__ == "__main__":
    raise SystemExit(sheet(__file__))
