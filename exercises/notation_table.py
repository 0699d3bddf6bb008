"""The notation table: which symbols are scalars, which are vectors and which are matrices."""

import random

from tutor import Dimensions, Exercise, Hint, Mistake, Question, lecture_vocabulary, read, sheet

STORIES = (("plots of wheat", "yield"), ("patients of a clinic", "blood pressure"), ("pupils of a school", "score"),
           ("dairy cows", "milk yield"))  # fmt: skip
SCALARS = ("y_3", r"\sigma^2", r"\beta_0", r"\varepsilon_{12}", "x_{1,2}", "n")
VECTORS = (r"\mathbf{y}", r"\boldsymbol{\beta}", r"\boldsymbol{\varepsilon}", r"\mathbf{x}_1", r"\mathbf{u}")
MATRICES = (r"\mathbf{X}", r"\mathbf{I}", r"\mathbf{G}", r"\mathbf{Z}", r"\mathbf{V}")

KINDS = {
    "scalar": ("not-bold", "It is neither bold nor upper case: one number."),
    "vector": ("lower-case", "It is bold and lower case: a column of numbers."),
    "matrix": ("upper-case", "It is bold and upper case: a table of numbers."),
}
"""What is overlooked in a symbol of each kind that is taken for one of another, and what to say of it."""


def make(rng: random.Random) -> Exercise:
    units, response = rng.choice(STORIES)
    n, p = rng.randint(12, 60), rng.randint(2, 5)
    return Exercise(
        title="One number, a column, a table",
        story=f"The {response} of {n} {units} is modelled with {p} parameters.\n\n"
        r"$$\mathbf{y} = \mathbf{X}\boldsymbol{\beta} + \boldsymbol{\varepsilon}, \quad "
        r"\boldsymbol{\varepsilon} \sim N(\mathbf{0}, \sigma^2\mathbf{I})$$",
        tags=("notation", "scalar", "vector", "matrix"),
        questions=(
            ask(rng, "q1", "vector", VECTORS, {"scalar": SCALARS, "matrix": MATRICES}),
            ask(rng, "q2", "matrix", MATRICES, {"scalar": SCALARS, "vector": VECTORS}),
            Question("q3", f"The {response} of all {n} {units} together is one vector. Write its symbol.",
                read(r"\mathbf{y}", lecture_vocabulary()).tree, vocabulary=lecture_vocabulary(), room=1.5,
                hints=(Hint("It stands on the left of the model."),),
                solution=r"$\mathbf{y} \equiv [y_1, y_2, \dots, y_n]'$, bold and lower case.", also_right=("y",),
                mistakes=(Mistake(r"\boldsymbol{\varepsilon}", None, "Those are the errors. What was observed?"),)),
            Question("q4", r"What are the dimensions of $\mathbf{X}$, rows × columns?", Dimensions(n, p), room=1.5,
                hints=(Hint("There is a row for each observation."), Hint("Each parameter has a column.", 0.25)),
                solution=rf"A row for each observation and a column for each parameter: ${n} \times {p}$.",
                also_right=(f"{n} x {p}", f"({n}, {p})"),
                mistakes=(Mistake(f"{p} x {n}", "transposed-dimensions", "For what is there a row?"),
                          Mistake(f"{n} x {n}", "wrong-dimension", "For what is there a column?"))),
        ))  # fmt: skip


Symbols = tuple[str, ...]


def ask(rng: random.Random, key: str, kind: str, fitting: Symbols, others: dict[str, Symbols]) -> Question:
    """Which of some symbols are of a kind: two of four or five are."""
    wrong = {f"${symbol}$": KINDS[other] for other, symbols in others.items() for symbol in rng.sample(symbols, 2)}
    right = tuple(f"${symbol}$" for symbol in rng.sample(fitting, 2))
    plural = {"vector": "vectors", "matrix": "matrices"}[kind]
    return Question.from_options(
        key, f"Which of these symbols are {plural}?", rng, right=right, wrong=wrong,
        hints=(Hint("Look at whether a symbol is bold, and whether it is upper case."), Hint(KINDS[kind][1], 0.25)),
        solution=f"{' and '.join(right)}: {plural} are bold and {'lower' if kind == 'vector' else 'upper'} case.",
    )  # fmt: skip


if __name__ == "__main__":
    raise SystemExit(sheet(__file__))
