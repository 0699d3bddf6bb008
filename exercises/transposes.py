"""The transpose: a number or a table from one column, and what it does to a product."""

import random

from tutor import Exercise, Hint, Mistake, Question, matrix, regression, row_by_column, sheet, worked, write

STORIES = (("the deviations of three plots from their mean, in kg", "plots"),
           ("the changes in weight of three patients, in kg", "patients"),
           ("the errors of three measurements, in mm", "measurements"))  # fmt: skip


def make(rng: random.Random) -> Exercise:
    about, units = rng.choice(STORIES)
    a, b = rng.sample([-4, -3, -2, -1, 1, 2, 3, 4], 2)
    e = [a, b, -a - b] if a + b else [a, 2 * a, -3 * a]
    square, table = sum(value * value for value in e), [[i * j for j in e] for i in e]
    diagonal = [[e[i] ** 2 if i == j else 0 for j in range(3)] for i in range(3)]
    m, row, column = regression([0, 1, 3]), matrix([e]), matrix(e)
    product = worked("(Xβ)'", ("β'X'", "both are turned, and change places"), of=m, general=True)
    return Exercise(
        title="A prime makes the difference",
        story=rf"$\mathbf{{e}} = [{', '.join(map(str, e))}]'$ holds {about}. "
        "The prime turns a row into a column, and a column into a row.",
        tags=("transpose", "product", "sum of squares"), prerequisites=("shapes_that_meet",),
        questions=(
            Question("q1", r"Calculate $\mathbf{e}'\mathbf{e}$.", matrix([[square]]), room=2,
                hints=(Hint("A row times a column: how large is that?"), Hint("It is the sum of squares.", 0.25)),
                solution=worked(row @ column, (row_by_column(row, column), "row times column: the sum of squares"),
                                (square, "the sum")),
                also_right=(str(square),),
                mistakes=(
                    Mistake(str(sum(e)), None, "Each entry is multiplied by itself first."),
                    Mistake(str([value**2 for value in e]), None, "Products of a row and a column are added up."))),
            Question("q2", r"Calculate $\mathbf{e}\mathbf{e}'$.", matrix(table), points=2, room=3.5,
                hints=(Hint("A column times a row: how large is that?"),
                       Hint("The entry of row 1 and column 2 is the first number times the second.", 0.25)),
                solution=worked(column @ row,
                                (row_by_column(column, row), "row i, column j holds entry i times entry j"),
                                (table, f"a row and a column for each of the {units}")),
                also_right=(str(table),),
                mistakes=(
                    Mistake(str(square), None, "That is e'e. Which of the two is turned here?"),
                    Mistake(write(matrix(diagonal)), "diagonal-only", "What is the first entry times the second?"))),
            Question.from_derivation("q3", product, general=True, without=("(Xβ)'",), room=2,
                prompt=r"$\mathbf{X}$ and $\boldsymbol{\beta}$ are any that can be multiplied. "
                r"Write $(\mathbf{X}\boldsymbol{\beta})'$ without brackets.",
                hints=(Hint("Turn both. Can they stay in this order?"),
                       Hint(r"$\boldsymbol{\beta}'$ is $1 \times p$, and $\mathbf{X}'$ is $p \times n$.", 0.25)),
                also_right=(r"\boldsymbol{\beta}'\mathbf{X}'", "t(β) %*% t(X)", "β.T @ X.T"),
                mistakes=(
                    Mistake(r"\mathbf{X}'\boldsymbol{\beta}'", "shapes-do-not-meet", "Which shapes do the two have?"),
                    Mistake(r"\boldsymbol{\beta}'\mathbf{X}", "shapes-do-not-meet", "Which shapes do the two have?"),
                    Mistake(r"\mathbf{X}\boldsymbol{\beta}", "transpose-lost", "Is the result a row or a column?"))),
        ))  # fmt: skip


if __name__ == "__main__":
    raise SystemExit(sheet(__file__))
