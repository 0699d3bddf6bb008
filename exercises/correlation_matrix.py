"""From variances and covariances to correlations, and back."""

from __future__ import annotations

import random
from itertools import permutations

from sympy import Integer, Rational

from tutor import Exercise, Hint, Mistake, Question, in_numbers, matrix, sheet, write

STORIES = (
    ("plant height, ear length and yield of a maize plant", "trait"),
    ("systolic pressure, diastolic pressure and pulse of a patient", "measurement"),
    ("the scores of a pupil in reading, writing and arithmetic", "score"),
    ("the weights of a calf at one, two and three months", "weight"),
)

CORRELATIONS = (Rational(1, 2), Rational(1, 4), Rational(3, 4), Rational(-1, 2), Rational(-1, 4), Integer(0))

TRIPLES = [(a, b, c) for a, b, c in permutations(CORRELATIONS, 3) if 1 + 2 * a * b * c > a**2 + b**2 + c**2]
"""Three different correlations that are possible together: the determinant of their matrix is positive."""


def make(rng: random.Random) -> Exercise:
    about, what = rng.choice(STORIES)
    deviations = rng.sample((2, 4, 6, 8), 3)
    r = rng.choice(TRIPLES)
    pairs = {(0, 1): r[0], (0, 2): r[1], (1, 2): r[2]}
    correlation = [[Integer(1) if i == j else pairs[min(i, j), max(i, j)] for j in range(3)] for i in range(3)]
    sigma = [[correlation[i][j] * deviations[i] * deviations[j] for j in range(3)] for i in range(3)]
    new = rng.choice([value for value in (3, 5, 7) if value != deviations[0]])
    return Exercise(
        title="Covariance and correlation",
        story=(
            rf"$\mathbf{{y}} = [y_1, y_2, y_3]'$ holds {about}. "
            rf"$$\mathrm{{Var}}(\mathbf{{y}}) = \boldsymbol{{\Sigma}} = {write(matrix(sigma))}$$"
        ),
        tags=("covariance", "correlation", "variance"), prerequisites=("bivariate_normal",),
        questions=(
            Question(
                "q1", "What is the standard deviation of $y_2$?", Integer(deviations[1]), room=1.5,
                hints=(Hint(f"Where does the variance of the second {what} stand?"), Hint("Take its root.", cost=0.25)),
                solution=in_numbers(r"\sqrt{Var(y_2)}", {"Var(y_2)": sigma[1][1]}, because="row 2, column 2 of Σ"),
                mistakes=(
                    Mistake(str(sigma[1][1]), None, "That is the variance. In which unit is it?"),
                    Mistake(str(deviations[0]), None, f"That belongs to the first {what}."),
                ),
            ),
            Question(
                "q2", r"Write the matrix of the correlations of $y_1$, $y_2$ and $y_3$.", matrix(correlation), points=3,
                room=4,
                hints=(
                    Hint("Divide each entry by two standard deviations. What comes out on the diagonal?"),
                    Hint(rf"Row 1, column 2: ${sigma[0][1]}/({deviations[0]} \cdot {deviations[1]})$.", cost=0.25),
                ),
                solution=in_numbers(
                    r"\begin{bmatrix} 1 & \frac{σ_12}{σ_1 σ_2} & \frac{σ_13}{σ_1 σ_3} \\ \frac{σ_12}{σ_1 σ_2} & 1 & "
                    r"\frac{σ_23}{σ_2 σ_3} \\ \frac{σ_13}{σ_1 σ_3} & \frac{σ_23}{σ_2 σ_3} & 1 \end{bmatrix}",
                    {f"σ_{i + 1}": deviations[i] for i in range(3)}
                    | {f"σ_{i + 1}{j + 1}": sigma[i][j] for i, j in pairs},
                    because="each covariance divided by two standard deviations, the roots of the diagonal",
                ),
                mistakes=(
                    Mistake(
                        write(matrix([[sigma[i][j] / sigma[i][i] for j in range(3)] for i in range(3)])), None,
                        "By which two numbers is a covariance divided? Is a matrix of correlations symmetric?",
                    ),
                    Mistake(write(matrix(sigma)), None, "Those are covariances. How large can a correlation be?"),
                ),
            ),
            Question(
                "q3",
                f"In another sample the correlations are the same, but the standard deviation of $y_1$ is {new}. "
                rf"What is $\mathrm{{Cov}}(y_1, y_2)$ there?",
                correlation[0][1] * new * deviations[1],
                hints=(
                    Hint("A covariance is a correlation times two standard deviations."),
                    Hint(f"That of $y_2$ still is {deviations[1]}.", cost=0.25),
                ),
                solution=in_numbers("ρ_12 σ_1 σ_2", {"ρ_12": correlation[0][1], "σ_1": new, "σ_2": deviations[1]}),
                mistakes=(
                    Mistake(str(correlation[0][1] * new**2 * sigma[1][1]), None, "Variances, or their roots?")
                    if correlation[0][1]
                    else Mistake(str(new * deviations[1]), None, "What is their correlation?"),
                ),
                room=2,
            ),
        ),
    )  # fmt: skip


if __name__ == "__main__":
    raise SystemExit(sheet(__file__))
