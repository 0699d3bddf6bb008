"""The identity matrix, and what Var(y) = σ²I says of each observation and each pair."""

from __future__ import annotations

import random

import sympy

from tutor import Exercise, Hint, Mistake, Question, identity, lecture_vocabulary, matrix, sheet, worked, write


def make(rng: random.Random) -> Exercise:
    n = rng.choice((3, 4, 5))
    variance = rng.randint(2, 9)
    first, second = sorted(rng.sample(range(1, n + 1), 2))
    eye, ones = identity(n).explicit(), write(matrix([[1] * n] * n))
    spread = worked(
        rf"\sigma^2 \mathbf{{I}}_{n}",
        (write(sympy.Symbol("sigma2") * eye), "σ² multiplies each entry: all variances are σ², covariances 0"),
        of=lecture_vocabulary(),
    )
    return Exercise(
        title="The identity matrix",
        story=(
            rf"${n}$ observations have equal variances and do not vary together: "
            rf"$\mathbf{{y}} \sim N(\boldsymbol{{\mu}}, \sigma^2\mathbf{{I}}_{n})$."
        ),
        tags=("identity matrix", "variance", "covariance"),
        questions=(
            Question(
                "q1", rf"Write $\mathbf{{I}}_{n}$ with its entries.", eye, room=3.5,
                hints=(Hint("A matrix times the identity stays what it is."),),
                solution=worked(rf"\mathbf{{I}}_{n}", (eye, "entry i of Iy is once y_i and nothing of the others")),
                mistakes=(Mistake(ones, None, "What does this matrix do to a vector: does it stay?"),),
            ),
            Question.from_derivation(
                "q2", spread, prompt=r"Write $\mathrm{Var}(\mathbf{y}) = \sigma^2\mathbf{I}$ with its entries.",
                without=("I", "V", "R"), points=2, room=3.5,
                hints=(Hint(r"Each entry of $\mathbf{I}$ is multiplied by $\sigma^2$."),),
                mistakes=(
                    Mistake(
                        write(sympy.Symbol("sigma") * eye), "sd-for-variance",
                        "Is σ a variance or a standard deviation?",
                    ),
                    Mistake(write(eye), None, "How large is the variance of each observation?"),
                ),
            ),
            Question(
                "q3", rf"Let $\sigma^2 = {variance}$. What is $\mathrm{{Cov}}(y_{first}, y_{second})$?", 0, room=2,
                hints=(Hint(rf"Look at row {first}, column {second} of $\sigma^2\mathbf{{I}}_{n}$."),),
                solution=rf"It stands in row {first}, column {second} of $\sigma^2\mathbf{{I}}_{n}$. That is off the "
                r"diagonal, where $\mathbf{I}$ is $0$ and $\sigma^2$ times it is, too: $0$, whatever $\sigma^2$ is.",
                mistakes=(Mistake(str(variance), None, "That is the variance of each. Do the two vary together?"),),
            ),
        ),
    )  # fmt: skip


if __name__ == "__main__":
    raise SystemExit(sheet(__file__))
