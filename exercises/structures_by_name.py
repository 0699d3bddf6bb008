"""Covariance structures by name: which one a matrix of numbers has."""

import random
from itertools import combinations

from sympy import Integer, Rational

from tutor import Exercise, Hint, Question, matrix, sheet, write

NAMES = {"identity": "independent, with one variance", "diag": "independent, with a variance each",
         "cs": "compound symmetry", "ar1": "AR(1)", "un": "unstructured"}  # fmt: skip
ASK = {
    "identity": "Are all entries beside the diagonal zero, and all on it alike?",
    "diag": "Are all entries beside the diagonal zero?",
    "cs": "Are all entries beside the diagonal alike?",
    "ar1": "Is each correlation the power of one number, by the distance from the diagonal?",
    "un": "Is there really no rule in it?",
}
STORIES = ("the milk yield of a cow in {t} weeks", "the height of a plant on {t} days",
           "the blood pressure of a patient at {t} visits", "the scores of a pupil in {t} tests")  # fmt: skip


def make(rng: random.Random) -> Exercise:
    key, t = rng.choice(sorted(NAMES)), rng.choice((3, 4))
    rows = numbers(rng, key, t)
    return Exercise(
        title="Name the structure",
        story=f"An analysis of {rng.choice(STORIES).format(t=t)} finds that the variance is about "
        f"$${write(matrix(rows))}$$",
        tags=("covariance structures", "correlation"), prerequisites=("correlation_matrix",),
        questions=(
            Question.from_options("q1", "Which structure with the fewest parameters has this matrix?", rng, points=2,
                right=(NAMES[key],),
                wrong={name: ("wrong-structure", ASK[each]) for each, name in NAMES.items() if each != key},
                hints=(Hint("Look at the diagonal first, then along the first row."),
                       Hint("Divide the first row by its first entry, and see how it goes on.", 0.25)),
                solution=f"It is {NAMES[key]}. {ASK[key]} Yes."),
        ))  # fmt: skip


def numbers(rng: random.Random, key: str, t: int) -> list[list[Integer]]:
    """A matrix of whole numbers with the structure."""
    rho = rng.choice((Rational(1, 2), Rational(1, 4)))
    variance = Integer(rng.choice((64, 128, 192)))  # so large that every power of rho leaves a whole number
    if key == "diag":
        variances = rng.sample(range(4, 30), t)
        return [[Integer(variances[i] * (i == j)) for j in range(t)] for i in range(t)]
    if key == "un":
        deviations, links = rng.sample((10, 11, 12, 13), t), iter(rng.sample(range(5, 50), t * (t - 1) // 2))
        above = {pair: next(links) for pair in combinations(range(t), 2)}
        pairs = [[deviations[i] ** 2 if i == j else above[min(i, j), max(i, j)] for j in range(t)] for i in range(t)]
        return [[Integer(entry) for entry in row] for row in pairs]
    powers = {"identity": lambda lag: Integer(lag == 0), "cs": lambda lag: rho ** min(lag, 1), "ar1": rho.__pow__}
    return [[variance * powers[key](abs(i - j)) for j in range(t)] for i in range(t)]


if __name__ == "__main__":
    raise SystemExit(sheet(__file__))
