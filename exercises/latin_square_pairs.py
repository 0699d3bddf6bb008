"""The Latin square with random rows and columns: what two observations of a row, or of a column, share."""

import random

from tutor import Exercise, Hint, Mistake, MixedModel, Question, latin_square, sheet

STORIES = (("cows", "periods", "diets", "milk yield"), ("drivers", "days", "fuels", "litres per 100 km"),
           ("benches", "positions on a bench", "varieties", "height"))  # fmt: skip


def make(rng: random.Random) -> Exercise:
    rows, columns, treatments, response = rng.choice(STORIES)
    n = rng.choice((4, 5, 6))
    m = latin_square(n)
    i, j, k = rng.sample(range(1, n + 1), 3)
    here, in_row, in_column, apart = (_element(m, *cell) for cell in ((i, j), (i, k), (k, j), (k, i)))
    return Exercise(
        title="One row, or one column",
        story=f"{n} {treatments} are compared in a Latin square: {n} {rows} are its rows and {n} {columns} its "
        f"columns, both drawn at random. $y_{{ijk}}$ is the {response} in row $i$ and column $j$, where treatment $k$ "
        "stands.\n\n"
        r"$$y_{ijk} = \mu + \tau_k + r_i + c_j + \varepsilon_{ijk}, \quad r_i \sim N(0, \sigma^2_r), \quad "
        r"c_j \sim N(0, \sigma^2_c), \quad \varepsilon_{ijk} \sim N(0, \sigma^2)$$",
        model=m, tags=("Latin square", "covariance"), prerequisites=("latin_square_counts", "same_block"),
        questions=(
            Question.from_derivation("q1", m.derive(f"Cov({here}, {in_row})"),
                prompt=f"What is the covariance of the observations in row {i}, columns {j} and {k}?",
                hints=(Hint("Which of the two do they share?"),),
                mistakes=(Mistake(r"\sigma^2_c", "components-swapped", "Do they stand in one row, or in one column?"),
                          Mistake(r"\sigma^2_r + \sigma^2_c", None, "Do they share both?"))),
            Question.from_derivation("q2", m.derive(f"Cov({here}, {in_column})"),
                prompt=f"And of those in column {j}, rows {i} and {k}?",
                hints=(Hint("Which of the two do they share?"),),
                mistakes=(Mistake(r"\sigma^2_r", "components-swapped", "Do they stand in one row?"),)),
            Question.from_derivation("q3", m.derive(f"Cov({here}, {apart})"),
                prompt=f"And of the one in row {i}, column {j} and the one in row {k}, column {i}?",
                hints=(Hint("Which row and which column does each of them stand in?"),),
                mistakes=(Mistake(r"\sigma^2_r + \sigma^2_c", None, "Do they share a row, or a column?"),)),
        ))  # fmt: skip


def _element(m: MixedModel, row: int, column: int) -> str:
    """The name of the observation in a row and a column, which ends in the number of its treatment."""
    labels = m.y.row_labels or ()
    return next(label.split()[0] for label in labels if label.startswith(f"y_{row}{column}"))


if __name__ == "__main__":
    raise SystemExit(sheet(__file__))
