"""Which matrices can be the variance of two observations."""

import random

from tutor import Exercise, Hint, Question, matrix, sheet, write

STORIES = ("the yields of two plots", "two measurements of one patient", "the scores of two pupils",
           "the weights of two piglets")  # fmt: skip


def make(rng: random.Random) -> Exercise:
    sd_1, sd_2 = rng.sample(range(2, 8), 2)
    first, second = sd_1**2, sd_2**2
    bound = sd_1 * sd_2  # of a covariance, where the correlation is 1
    covariance, beyond = rng.randint(1, bound - 1), rng.randint(bound + 1, bound + 5)
    mirrored = rng.choice([value for value in range(1, bound) if value != covariance])
    return Exercise(
        title="What a variance can be",
        story=f"$\\mathbf{{y}} = [y_1, y_2]'$ holds {rng.choice(STORIES)}.",
        tags=("covariance", "symmetric", "find the error"), prerequisites=("find_the_fault",),
        questions=(
            Question.from_options("q1", r"Which of these can be $\mathrm{Var}(\mathbf{y})$?", rng,
                right=(shown(first, -covariance, -covariance, second), shown(second, 0, 0, first)),
                wrong={shown(first, beyond, beyond, second): "What would the correlation be?",
                       shown(first, covariance, mirrored, second): ("asymmetric", "Is it symmetric?"),
                       shown(first, covariance, covariance, -second): "What would the variance of the second be?"},
                hints=(Hint("Negative covariances are possible, and zeros too."),
                       Hint("Check symmetry, the signs on the diagonal, and the correlation.", 0.25)),
                solution="A variance is symmetric, has no negative entry on the diagonal, and no correlation beyond −1 "
                "and 1. Covariances may be negative or zero."),
            Question.from_options("q2", f"The variances are {first} and {second}. Which covariances are possible?", rng,
                right=(f"those from $-{bound}$ to ${bound}$",),
                wrong={f"those from $0$ to ${bound}$": "May one of the two be large where the other one is small?",
                       f"those from $-{first * second}$ to ${first * second}$": (
                           "squared-twice", "By what is a covariance divided to get a correlation?"),
                       "any number": "Between which bounds is a correlation?"},
                hints=(Hint("A correlation is between −1 and 1."),
                       Hint(f"The standard deviations are {sd_1} and {sd_2}.", 0.5)),
                solution=rf"A covariance is a correlation times both standard deviations, $\sqrt{{{first}}} \cdot "
                rf"\sqrt{{{second}}} = {bound}$."),
        ))  # fmt: skip


def shown(*entries: int) -> str:
    """A 2 × 2 matrix by its rows."""
    return f"${write(matrix([list(entries[:2]), list(entries[2:])]))}$"


if __name__ == "__main__":
    raise SystemExit(sheet(__file__))
