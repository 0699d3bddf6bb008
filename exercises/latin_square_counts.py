"""The Latin square: observations, columns of X, and degrees of freedom."""

import random

from tutor import Exercise, Hint, Mistake, Question, in_numbers, latin_square, sheet, worked

STORIES = (("cows", "periods", "diets", "milk yield"), ("drivers", "days", "fuels", "litres per 100 km"),
           ("benches", "positions on a bench", "varieties", "height"))  # fmt: skip


def make(rng: random.Random) -> Exercise:
    rows, columns, treatments, response = rng.choice(STORIES)
    n = rng.choice((4, 5, 6))
    m = latin_square(n, rows_and_columns_are="fixed")
    rank = int(m.rank)
    return Exercise(
        title="Two kinds of blocks that cross",
        story=f"{n} {treatments} are compared in a Latin square: {n} {rows} are its rows and {n} {columns} its "
        f"columns, and each of the {treatments} stands once in each row and once in each column. $y_{{ijk}}$ is "
        f"the {response} in row $i$ and column $j$, where treatment $k$ stands.\n\n"
        r"$$y_{ijk} = \mu + \tau_k + r_i + c_j + \varepsilon_{ijk}, \quad \varepsilon_{ijk} \sim N(0, \sigma^2)$$"
        "\n\n" r"Rows, columns and treatments are fixed, each with an effect for each level, beside $\mu$.",
        model=m, tags=("Latin square", "degrees of freedom"),
        questions=(
            Question("q1", "How many observations are there?", n * n, room=1.5,
                hints=(Hint("One in each cell of the square."),),
                solution=in_numbers("t^2", {"t": n}, because="one in each cell of t rows and t columns"),
                mistakes=(Mistake(str(n**3), None, "Does each cell have every treatment?"),)),
            Question("q2", r"What is the rank of $\mathbf{X}$?", rank, room=1.5,
                hints=(
                    Hint(rf"$\mathbf{{X}}$ has $1 + 3 \cdot {n}$ columns; how many relations are there among them?"),
                    Hint(r"The columns of each of the three factors add up to that of $\mu$.", 0.25)),
                solution=in_numbers("1 + 3(t - 1)", {"t": n}, because="a column of ones, to which those of rows, of "
                    "columns and of treatments add up: of each of the three kinds one is not needed"),
                mistakes=(Mistake(str(1 + 3 * n), None, "Do columns of X add up to another?"),
                          Mistake(str(3 * (n - 1)), None, "Does the column of μ count?"))),
            Question("q3", "How many degrees of freedom are left for the error?", n * n - rank, room=1.5,
                hints=(Hint(r"The observations less the rank of $\mathbf{X}$."),),
                solution=in_numbers(
                    worked("t^2 - 1 - 3(t - 1)", ("(t - 1)(t - 2)", "the observations less the rank, in a product")),
                    {"t": n}),
                mistakes=(Mistake(str((n - 1) ** 2), None, "That is left with one kind of blocks. Here are two."),)),
        ))  # fmt: skip


if __name__ == "__main__":
    raise SystemExit(sheet(__file__))
