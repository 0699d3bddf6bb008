"""The Latin square: observations, columns of X, degrees of freedom, and random rows and columns."""

from __future__ import annotations

import random

from tutor import Exercise, Hint, Mistake, MixedModel, Question, in_numbers, latin_square, sheet, worked

STORIES = (
    ("cows", "periods", "diets", "milk yield"),
    ("drivers", "days", "fuels", "litres per 100 km"),
    ("benches", "positions on a bench", "varieties", "height"),
)


def make(rng: random.Random) -> Exercise:
    rows, columns, treatments, response = rng.choice(STORIES)
    n = rng.choice((4, 5, 6))
    m, rank = latin_square(n), int(latin_square(n, rows_and_columns_are="fixed").rank)
    i, j, k = rng.sample(range(1, n + 1), 3)
    here, in_row, in_column = (_element(m, *cell) for cell in ((i, j), (i, k), (k, j)))
    return Exercise(
        title="Two kinds of blocks that cross",
        story=f"{n} {treatments} are compared in a Latin square: {n} {rows} are its rows and {n} {columns} its "
            f"columns, and each of the {treatments} stands once in each row and once in each column. $y_{{ijk}}$ is "
            f"the {response} in row $i$ and column $j$, where treatment $k$ stands.\n\n"
            r"$$y_{ijk} = \mu + \tau_k + r_i + c_j + \varepsilon_{ijk}, \quad \varepsilon_{ijk} \sim N(0, \sigma^2)$$",
        model=m, tags=("Latin square", "degrees of freedom"),
        questions=(
            Question(
                "q1", "How many observations are there?", n * n,
                hints=(Hint("One in each cell of the square."),),
                solution=in_numbers("t^2", {"t": n}, because="one in each cell of t rows and t columns"),
                mistakes=(Mistake(str(n**3), None, "Does each cell have every treatment?"),),
                room=1.5,
            ),
            Question(
                "q2",
                r"Rows, columns and treatments are fixed, each with an effect for each level, beside $\mu$. "
                r"What is the rank of $\mathbf{X}$?",
                rank,
                hints=(
                    Hint(rf"$\mathbf{{X}}$ has $1 + 3 \cdot {n}$ columns; how many relations are there among them?"),
                    Hint(r"The columns of each of the three factors add up to that of $\mu$.", cost=0.25),
                ),
                solution=in_numbers(
                    "1 + 3(t - 1)", {"t": n},
                    because="a column of ones, to which those of rows, of columns and of treatments add up: of each "
                    "of the three kinds one is not needed",
                ),
                mistakes=(
                    Mistake(str(1 + 3 * n), None, "Do columns of X add up to another?"),
                    Mistake(str(3 * (n - 1)), None, "Does the column of μ count?"),
                ),
                room=1.5,
            ),
            Question(
                "q3", "How many degrees of freedom are left for the error?", n * n - rank,
                hints=(Hint(r"The observations less the rank of $\mathbf{X}$."),),
                solution=in_numbers(
                    worked("t^2 - 1 - 3(t - 1)", ("(t - 1)(t - 2)", "the observations less the rank, in a product")),
                    {"t": n},
                ),
                mistakes=(Mistake(str((n - 1) ** 2), None, "That is left with one kind of blocks. Here are two."),),
                room=1.5,
            ),
            Question.from_derivation(
                "q4", m.derive(f"Cov({here}, {in_row})"),
                prompt=r"Now rows and columns are random, $r_i \sim N(0, \sigma^2_r)$ and $c_j \sim N(0, \sigma^2_c)$. "
                f"What is the covariance of the observations in row {i}, columns {j} and {k}?",
                hints=(Hint("Which of the two do they share?"),),
                mistakes=(
                    Mistake(r"\sigma^2_c", "components-swapped", "Do they stand in one row, or in one column?"),
                    Mistake(r"\sigma^2_r + \sigma^2_c", None, "Do they share both?"),
                ),
            ),
            Question.from_derivation(
                "q5", m.derive(f"Cov({here}, {in_column})"),
                prompt=f"And of those in column {j}, rows {i} and {k}?",
                hints=(Hint("Which of the two do they share?"),),
                mistakes=(Mistake(r"\sigma^2_r", "components-swapped", "Do they stand in one row?"),),
            ),
        ),
    )  # fmt: skip


def _element(m: MixedModel, row: int, column: int) -> str:
    """The name of the observation in a row and a column, which ends in the number of its treatment."""
    labels = m.y.row_labels or ()
    return next(label.split()[0] for label in labels if label.startswith(f"y_{row}{column}"))


if __name__ == "__main__":
    raise SystemExit(sheet(__file__))
