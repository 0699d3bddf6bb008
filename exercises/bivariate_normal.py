"""Mean, variance, covariance and correlation, read off a bivariate normal distribution."""

import random

from sympy import Rational

from tutor import Exercise, Hint, Mistake, Question, in_numbers, matrix, sheet, write

STORIES = (("the yields of two neighbouring plots, in t/ha", "plots"),
           ("the weights of two piglets of one litter, in kg", "piglets"),
           ("the scores of two pupils of one class", "pupils"))  # fmt: skip


def make(rng: random.Random) -> Exercise:
    (about, units), (first, second) = rng.choice(STORIES), rng.sample(range(40, 90), 2)
    correlation = Rational(rng.choice(("1/2", "1/3", "2/3", "1/4", "3/4", "-1/2")))
    # The covariance comes out as a whole number, and no variance stands for the other.
    pairs = [(a, b) for a in range(2, 7) for b in range(2, 7) if a != b and (correlation * a * b).is_integer]
    sd_1, sd_2 = rng.choice(pairs)
    v_1, v_2, covariance = sd_1**2, sd_2**2, correlation * sd_1 * sd_2
    moments = {"Cov(y_1, y_2)": covariance, "Var(y_1)": v_1, "Var(y_2)": v_2}
    return Exercise(
        title="A bivariate normal distribution",
        story=f"$y_1$ and $y_2$ are {about}.\n\n"
        rf"$$\begin{{bmatrix}} y_1 \\ y_2 \end{{bmatrix}} \sim MVN\left({write(matrix([first, second]))}, "
        rf"{write(matrix([[v_1, covariance], [covariance, v_2]]))}\right)$$",
        tags=("mean", "variance", "covariance", "correlation"),
        questions=(
            Question("q1", r"What is $\mathrm{E}(y_2)$?", second, room=2,
                hints=(Hint("The first argument of a normal distribution is the vector of means."),),
                solution=f"$y_2$ is the second entry of the vector, so its mean is the second of these: ${second}$.",
                mistakes=(
                    Mistake(str(first), None, "Which of the two entries belongs to the second observation?"),
                    Mistake(str(v_2), None, "Is that in the vector of means, or in the matrix of variances?"))),
            Question("q2", r"What is $\mathrm{Var}(y_1)$?", v_1, room=2,
                hints=(Hint("Variances stand on the diagonal."),),
                solution=rf"Row 1, column 1 holds $\mathrm{{Cov}}(y_1, y_1) = \mathrm{{Var}}(y_1) = {v_1}$.",
                mistakes=(Mistake(str(sd_1), None, "That is its root. Which numbers stand on the diagonal?"),
                          Mistake(str(v_2), None, f"That is the variance of the other of the two {units}."))),
            Question("q3", r"What is $\mathrm{Cov}(y_1, y_2)$?", covariance, room=2,
                hints=(Hint("Covariances stand off the diagonal, each twice."),),
                solution=f"Row 1 belongs to $y_1$ and column 2 to $y_2$; the entry there is ${covariance}$.",
                mistakes=(Mistake("0", None, "Which number stands in row 1 and column 2?"),)),
            Question("q4", "What is the correlation of $y_1$ and $y_2$?", correlation, points=2, room=3,
                hints=(Hint("A correlation is a covariance divided by two standard deviations."),
                       Hint(rf"The standard deviations are $\sqrt{{{v_1}}} = {sd_1}$ and $\sqrt{{{v_2}}}$.", 0.25)),
                solution=in_numbers(r"\frac{Cov(y_1, y_2)}{\sqrt{Var(y_1) Var(y_2)}}", moments),
                also_right=(rf"\frac{{{covariance}}}{{\sqrt{{{v_1} \cdot {v_2}}}}}",),
                mistakes=(
                    Mistake(f"{covariance}/{v_1 * v_2}", None, "Divide by the standard deviations, not the variances."),
                    Mistake(str(covariance), None, "That is the covariance. Between which bounds is a correlation?"))),
        ))  # fmt: skip


if __name__ == "__main__":
    raise SystemExit(sheet(__file__))
