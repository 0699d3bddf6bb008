"""Products by hand: Xβ, X'X and X'y with their numbers."""

import random

from tutor import Exercise, Hint, Mistake, Question, in_numbers, matrix, sheet, write

STORIES = (("the hours of study of a pupil", "the score, in points"),
           ("the dose of a drug, in mg", "the pulse, in beats per minute"),
           ("the nitrogen on a plot, in units of 20 kg/ha", "the yield, in t/ha"))  # fmt: skip


def make(rng: random.Random) -> Exercise:
    (covariate, response), x = rng.choice(STORIES), sorted(rng.sample(range(6), 3))
    b_0, b_1 = rng.sample(range(2, 8), 2)
    y = [b_0 + b_1 * value + rng.choice((-1, 1, 2)) for value in x]
    rows, total, squares = [[1, value] for value in x], sum(x), sum(value * value for value in x)
    with_y = [sum(y), sum(a * b for a, b in zip(x, y, strict=True))]
    not_added, without_1 = [[b_0, b_1 * value] for value in x], [b_1 * value for value in x]
    other_order = [[1 + a * b for b in x] for a in x]
    return Exercise(
        title="Row times column",
        story=f"$x_i$ is {covariate}, and $y_i$ is {response}.\n\n"
        rf"$$\mathbf{{X}} = {write(matrix(rows))}, \quad \boldsymbol{{\beta}} = {write(matrix([b_0, b_1]))}, \quad "
        rf"\mathbf{{y}} = {write(matrix(y))}$$",
        tags=("product", "transpose", "design matrix"), prerequisites=("shapes_that_meet",),
        questions=(
            Question.from_derivation("q1", in_numbers("Xβ", {"X": rows, "β": [b_0, b_1]}), room=3,
                prompt=r"Calculate $\mathbf{X}\boldsymbol{\beta}$.",
                hints=(Hint(r"Each row of $\mathbf{X}$ is multiplied by $\boldsymbol{\beta}$, and gives one number."),
                       Hint(rf"The first number is $1 \cdot {b_0} + {x[0]} \cdot {b_1}$.", 0.25)),
                also_right=(f"{[b_0 + b_1 * value for value in x]}'",),
                mistakes=(Mistake(str(not_added), None, "The products of a row are added up."),
                          Mistake(str(without_1), None, "By what is the 1 of each row multiplied?"))),
            Question.from_derivation("q2", in_numbers("X'X", {"X": rows}), points=2, room=3,
                prompt=r"Calculate $\mathbf{X}'\mathbf{X}$.",
                hints=(Hint(r"The rows of $\mathbf{X}'$ are the columns of $\mathbf{X}$. How large is the product?"),
                       Hint("Its first entry is the column of ones times itself: how many observations there are.",
                            0.25)),
                also_right=(str([[3, total], [total, squares]]),),
                mistakes=(Mistake(str([[3, 0], [0, squares]]), None,
                                  "What is the column of ones times the column of x?"),
                          Mistake(str(other_order), None, "That is the product in the other order, XX'."))),
            Question.from_derivation("q3", in_numbers("X'y", {"X": rows, "y": y}), room=3,
                prompt=r"Calculate $\mathbf{X}'\mathbf{y}$.",
                hints=(Hint("Two rows times one column: two numbers."), Hint("The first is the sum of y.", 0.25)),
                also_right=(f"{with_y}'",),
                mistakes=(Mistake(str(sum(with_y)), None, "How many rows has X'?"),)),
        ))  # fmt: skip


if __name__ == "__main__":
    raise SystemExit(sheet(__file__))
