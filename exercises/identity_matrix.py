"""The identity matrix, and what Var(y) = σ²I says of each observation and each pair."""

from __future__ import annotations

import random

import sympy

from tutor import Exercise, Hint, Mistake, Question, identity, lecture_vocabulary, read, sheet


def make(rng: random.Random) -> Exercise:
    n = rng.choice((3, 4, 5))
    variance = rng.randint(2, 9)
    first, second = sorted(rng.sample(range(1, n + 1), 2))
    vocabulary = lecture_vocabulary()
    spread = read(rf"\sigma^2 \mathbf{{I}}_{n}", vocabulary).tree
    ones = r"\begin{bmatrix}" + r" \\ ".join([" & ".join(["1"] * n)] * n) + r"\end{bmatrix}"
    return Exercise(
        title="The identity matrix",
        story=(
            rf"${n}$ observations have equal variances and do not vary together: "
            rf"$\mathbf{{y}} \sim N(\boldsymbol{{\mu}}, \sigma^2\mathbf{{I}}_{n})$."
        ),
        tags=("identity matrix", "variance", "covariance"),
        questions=(
            Question(
                key="q1",
                prompt=rf"Write $\mathbf{{I}}_{n}$ with its entries.",
                reference=identity(n).explicit(),
                hints=(Hint("A matrix times the identity stays what it is."),),
                solution=rf"Ones on the diagonal and zeros elsewhere: $${sympy.latex(sympy.eye(n), mat_delim='[')}$$",
                mistakes=(Mistake(ones, None, "What does this matrix do to a vector: does it stay?"),),
                room=3.5,
            ),
            Question(
                key="q2",
                prompt=r"Write $\mathrm{Var}(\mathbf{y}) = \sigma^2\mathbf{I}$ with its entries.",
                reference=spread,
                vocabulary=vocabulary,
                without=("I", "V", "R"),
                points=2,
                hints=(Hint(r"Each entry of $\mathbf{I}$ is multiplied by $\sigma^2$."),),
                solution=(
                    r"The variances stand on the diagonal, each $\sigma^2$; every covariance is $0$: "
                    rf"$${sympy.latex(sympy.Symbol('sigma^2') * sympy.eye(n), mat_delim='[')}$$"
                ),
                also_right=(_diagonal(r"\sigma^2", n),),
                mistakes=(
                    Mistake(_diagonal(r"\sigma", n), "sd-for-variance", "Is σ a variance or a standard deviation?"),
                    Mistake(_diagonal("1", n), None, "How large is the variance of each observation?"),
                ),
                room=3.5,
            ),
            Question(
                key="q3",
                prompt=rf"Let $\sigma^2 = {variance}$. What is $\mathrm{{Cov}}(y_{first}, y_{second})$?",
                reference=sympy.Integer(0),
                hints=(Hint(rf"Look at row {first}, column {second} of $\sigma^2\mathbf{{I}}_{n}$."),),
                solution=rf"Row {first}, column {second} of $\sigma^2\mathbf{{I}}_{n}$ is off the diagonal: $0$.",
                mistakes=(Mistake(str(variance), None, "That is the variance of each. Do the two vary together?"),),
                room=2,
            ),
        ),
    )


def _diagonal(entry: str, n: int) -> str:
    """A diagonal matrix in LaTeX."""
    rows = [" & ".join(entry if column == row else "0" for column in range(n)) for row in range(n)]
    return r"\begin{bmatrix}" + r" \\ ".join(rows) + r"\end{bmatrix}"


if __name__ == "__main__":
    raise SystemExit(sheet(__file__))
