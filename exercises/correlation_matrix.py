"""From variances and covariances to correlations, and back."""

import random
from itertools import permutations

from sympy import Integer, Rational

from tutor import Exercise, Hint, Mistake, Question, in_numbers, matrix, sheet, write

STORIES = (("plant height, ear length and yield of a maize plant", "trait"),
           ("systolic pressure, diastolic pressure and pulse of a patient", "measurement"),
           ("the scores of a pupil in reading, writing and arithmetic", "score"),
           ("the weights of a calf at one, two and three months", "weight"))  # fmt: skip
CORRELATIONS = (Rational(1, 2), Rational(1, 4), Rational(3, 4), Rational(-1, 2), Rational(-1, 4), Integer(0))
TRIPLES = [(a, b, c) for a, b, c in permutations(CORRELATIONS, 3) if 1 + 2 * a * b * c > a**2 + b**2 + c**2]
"""Three different correlations that are possible together: the determinant of their matrix is positive."""


def make(rng: random.Random) -> Exercise:
    about, what = rng.choice(STORIES)
    sd, r = rng.sample((2, 4, 6, 8), 3), rng.choice(TRIPLES)
    rho = [[1, r[0], r[1]], [r[0], 1, r[2]], [r[1], r[2], 1]]
    sigma = [[rho[i][j] * sd[i] * sd[j] for j in range(3)] for i in range(3)]
    new = rng.choice([value for value in (3, 5, 7) if value != sd[0]])
    by_rows = [[sigma[i][j] / Integer(sigma[i][i]) for j in range(3)] for i in range(3)]
    above = {f"σ_{i + 1}{j + 1}": sigma[i][j] for i, j in ((0, 1), (0, 2), (1, 2))}
    return Exercise(
        title="Covariance and correlation",
        story=rf"$\mathbf{{y}} = [y_1, y_2, y_3]'$ holds {about}. "
        rf"$$\mathrm{{Var}}(\mathbf{{y}}) = \boldsymbol{{\Sigma}} = {write(matrix(sigma))}$$",
        tags=("covariance", "correlation", "variance"), prerequisites=("bivariate_normal",),
        questions=(
            Question("q1", "What is the standard deviation of $y_2$?", Integer(sd[1]), room=1.5,
                hints=(Hint(f"Where does the variance of the second {what} stand?"), Hint("Take its root.", 0.25)),
                solution=in_numbers(r"\sqrt{Var(y_2)}", {"Var(y_2)": sigma[1][1]}, because="row 2, column 2 of Σ"),
                mistakes=(Mistake(str(sigma[1][1]), None, "That is the variance. In which unit is it?"),
                          Mistake(str(sd[0]), None, f"That belongs to the first {what}."))),
            Question("q2", r"Write the matrix of the correlations of $y_1$, $y_2$ and $y_3$.", matrix(rho), points=3,
                room=4,
                hints=(Hint("Divide each entry by two standard deviations. What comes out on the diagonal?"),
                       Hint(rf"Row 1, column 2: ${sigma[0][1]}/({sd[0]} \cdot {sd[1]})$.", 0.25)),
                solution=in_numbers(
                    r"\begin{bmatrix} 1 & \frac{σ_12}{σ_1 σ_2} & \frac{σ_13}{σ_1 σ_3} \\ \frac{σ_12}{σ_1 σ_2} & 1 & "
                    r"\frac{σ_23}{σ_2 σ_3} \\ \frac{σ_13}{σ_1 σ_3} & \frac{σ_23}{σ_2 σ_3} & 1 \end{bmatrix}",
                    {"σ_1": sd[0], "σ_2": sd[1], "σ_3": sd[2]} | above,
                    because="each covariance divided by two standard deviations, the roots of the diagonal"),
                mistakes=(
                    Mistake(write(matrix(by_rows)), None,
                            "By which two numbers is a covariance divided? Is a matrix of correlations symmetric?"),
                    Mistake(write(matrix(sigma)), None, "Those are covariances. How large can a correlation be?"))),
            Question("q3", f"In another sample the correlations are the same, but the standard deviation of $y_1$ is "
                rf"{new}. What is $\mathrm{{Cov}}(y_1, y_2)$ there?", r[0] * new * sd[1], room=2,
                hints=(Hint("A covariance is a correlation times two standard deviations."),
                       Hint(f"That of $y_2$ still is {sd[1]}.", 0.25)),
                solution=in_numbers("ρ_12 σ_1 σ_2", {"ρ_12": r[0], "σ_1": new, "σ_2": sd[1]}),
                mistakes=(Mistake(str(r[0] * new**2 * sigma[1][1]), None, "Variances, or their roots?") if r[0]
                          else Mistake(str(new * sd[1]), None, "What is their correlation?"),)),
        ))  # fmt: skip


if __name__ == "__main__":
    raise SystemExit(sheet(__file__))
