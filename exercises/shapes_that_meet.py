"""Dimensions that meet: which products exist, and how large they are."""

import random

from tutor import Dimensions, Exercise, Hint, Mistake, Question, sheet

STORIES = (
    "{n} plots of maize, and {p} parameters of the mean",
    "{n} children of a study of growth, and {p} parameters of the mean",
    "{n} classes of a school district, and {p} parameters of the mean",
)


def make(rng: random.Random) -> Exercise:
    p, q = rng.sample(range(2, 7), 2)
    n = p * q + rng.randint(1, 5)
    shapes = {r"\mathbf{X}": (n, p), r"\mathbf{Z}": (n, q), r"\boldsymbol{\beta}": (p, 1), r"\mathbf{y}": (n, 1)}
    told = ", ".join(rf"${name}$ is ${rows} \times {columns}$" for name, (rows, columns) in shapes.items())
    right = (r"$\mathbf{X}'\mathbf{Z}$", r"$\mathbf{Z}'\mathbf{y}$", r"$\mathbf{X}\boldsymbol{\beta}$")
    wrong = {
        r"$\mathbf{X}\mathbf{Z}$": f"{p} columns cannot meet {n} rows.",
        r"$\mathbf{Z}\boldsymbol{\beta}$": f"{q} columns cannot meet {p} rows.",
        r"$\boldsymbol{\beta}\mathbf{X}$": f"1 column cannot meet {n} rows.",
        r"$\mathbf{X}\mathbf{y}$": f"{p} columns cannot meet {n} rows.",
        r"$\boldsymbol{\beta}'\mathbf{X}$": f"{p} columns cannot meet {n} rows.",
    }
    return Exercise(
        title="Dimensions that meet",
        story=f"There are {rng.choice(STORIES).format(n=n, p=p)}. {told}.\n\n"
        "A product exists if the columns of the left factor are as many as the rows of the right one.",
        tags=("dimensions", "product", "transpose"), prerequisites=("notation_table",),
        questions=(
            Question.from_options("q1", "Which of these products exist?", rng, right=tuple(rng.sample(right, 2)),
                wrong={text: ("shapes-do-not-meet", said) for text, said in rng.sample(sorted(wrong.items()), 3)},
                hints=(
                    Hint("Write the dimensions of both factors side by side. The two in the middle have to be equal."),
                    Hint(rf"A prime turns rows and columns: $\mathbf{{X}}'$ is ${p} \times {n}$.", 0.25),
                ),
                solution="Those whose numbers in the middle are equal: rows × **columns** times **rows** × columns.",
            ),
            size("q2", r"\mathbf{X}'\mathbf{Z}", (p, q), "The outer numbers are left.", ((n, n), (q, p))),
            size(
                "q3", r"\mathbf{X}\boldsymbol{\beta}", (n, 1), r"$\boldsymbol{\beta}$ has one column.", ((n, p), (1, n))
            ),
            size("q4", r"\mathbf{y}\mathbf{y}'", (n, n), "A column times a row.", ((1, 1),)),
        ))  # fmt: skip


def size(key: str, product: str, shape: tuple[int, int], hint: str, wrong: tuple[tuple[int, int], ...]) -> Question:
    rows, columns = shape
    return Question(
        key, rf"What are the dimensions of ${product}$, rows × columns?", Dimensions(rows, columns), room=1.5,
        hints=(Hint("What is left when the two numbers in the middle have met?"), Hint(hint, 0.25)),
        solution=rf"The outer numbers are left: ${rows} \times {columns}$.",
        mistakes=tuple(
            Mistake(f"{a} x {b}", None, "Put the dimensions of the factors side by side.") for a, b in wrong
        ))  # fmt: skip


if __name__ == "__main__":
    raise SystemExit(sheet(__file__))
