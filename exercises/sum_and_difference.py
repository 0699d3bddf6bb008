"""Variance of a sum and of a difference of two observations that vary together: a'Σa."""

import random

from tutor import Exercise, Hint, Mistake, Question, in_numbers, matrix, sheet, write

STORIES = (("the milk of a cow in the morning and in the evening, in kg", "the milk of the day"),
           ("the yields of a tree in two years, in kg", "the yield of both years"),
           ("the marks of a pupil in two tests, in points", "the sum of the marks"),
           ("the sleep of a patient in two nights, in hours", "the sleep of both nights"))  # fmt: skip


def make(rng: random.Random) -> Exercise:
    about, total = rng.choice(STORIES)
    mean, (v_1, v_2) = rng.sample(range(5, 20), 2), rng.sample(range(4, 13), 2)
    # a covariance that keeps |ρ| < 1, and for which no two of the answers are equal
    covariance = rng.choice([value for value in (-2, -1, 1, 2, 3) if value**2 < v_1 * v_2])
    added, taken = v_1 + v_2 + 2 * covariance, v_1 + v_2 - 2 * covariance
    moments = {"Var(y_1)": v_1, "Var(y_2)": v_2, "Cov(y_1, y_2)": covariance}
    means, sigma = {"E(y_1)": mean[0], "E(y_2)": mean[1]}, [[v_1, covariance], [covariance, v_2]]
    return Exercise(
        title="Sums and differences",
        story=f"$y_1$ and $y_2$ are {about}.\n\n"
        rf"$$\begin{{bmatrix}} y_1 \\ y_2 \end{{bmatrix}} \sim MVN\left({write(matrix(mean))}, "
        rf"{write(matrix(sigma))}\right)$$" "\n\n"
        r"A sum of multiples of them is $\mathbf{a}'\mathbf{y}$, with "
        r"$\mathrm{Var}(\mathbf{a}'\mathbf{y}) = \mathbf{a}'\boldsymbol{\Sigma}\mathbf{a}$.",
        tags=("variance", "covariance", "linear combination"), prerequisites=("bivariate_normal", "product_by_hand"),
        questions=(
            Question("q1", r"$y_1 - y_2 = \mathbf{a}'\mathbf{y}$. Write $\mathbf{a}$.", matrix([1, -1]), room=1.5,
                hints=(Hint(r"By which number is each entry of $\mathbf{y}$ multiplied?"),
                       Hint("A column of two.", 0.25)),
                solution=r"$\mathbf{a} = [1, -1]'$: once the first, less once the second.",
                also_right=("[1, -1]'", "c(1, -1)"),
                mistakes=(Mistake("[1, 1]'", None, "That is their sum."),
                          Mistake("[1, -1]", "transpose-lost", "Is a a row or a column?"))),
            Question("q2", f"What is the variance of $y_1 + y_2$, {total}?", added, room=2,
                hints=(Hint(r"$\mathbf{a}' = [1, 1]$. Which entries of $\boldsymbol{\Sigma}$ does it add up?"),
                       Hint("All four entries: both variances, and the covariance twice.", 0.25)),
                solution=in_numbers("Var(y_1) + Var(y_2) + 2 Cov(y_1, y_2)", moments,
                                    because="all four entries of Σ are added up"),
                mistakes=(Mistake(str(v_1 + v_2), None, "That would hold if they did not vary together."),
                          Mistake(str(v_1 + v_2 + covariance), None, "How often does their covariance stand in Σ?"))),
            Question("q3", "What is the variance of $y_1 - y_2$?", taken, points=2, room=2,
                hints=(Hint("With a minus sign in a, which of the four entries change theirs?"),
                       Hint("Those of both variances do not: minus times minus is plus.", 0.25)),
                solution=in_numbers("Var(y_1) + Var(y_2) - 2 Cov(y_1, y_2)", moments,
                                    because="the covariances change their sign, the variances do not"),
                mistakes=(Mistake(str(added), None, "That is the sum's. What does the minus do to the covariance?"),
                          Mistake(str(v_1 - v_2), None, "Is a difference less variable than each of the two?"),
                          Mistake(str(v_1 + v_2), None, "That would hold if they did not vary together."))),
            Question("q4", r"What is $\mathrm{E}(y_1 - y_2)$?", mean[0] - mean[1], room=1.5,
                hints=(Hint("The mean of a difference is the difference of the means."),),
                solution=in_numbers("E(y_1) - E(y_2)", means),
                mistakes=(Mistake(str(mean[1] - mean[0]), None, "Which is taken from which?"),)),
        ))  # fmt: skip


if __name__ == "__main__":
    raise SystemExit(sheet(__file__))
