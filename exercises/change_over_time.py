"""The variance of a change: how the correlation of two times makes it small, by AR(1) and by compound symmetry."""

import random

from sympy import Rational

from tutor import Exercise, Hint, Mistake, Question, in_numbers, repeated_measures, sheet

STORIES = (("patients", "weeks", "blood pressure"), ("heifers", "months", "weight"),
           ("reactors", "hours", "concentration"))  # fmt: skip


def make(rng: random.Random) -> Exercise:
    subjects, steps, response = rng.choice(STORIES)
    rho = rng.choice((Rational(1, 2), Rational(1, 3), Rational(2, 3), Rational(3, 4)))
    first, lag = rng.randint(1, 3), rng.choice((2, 3))
    last = first + lag
    change = f"Var(y_{last}1 - y_{first}1)"
    return Exercise(
        title="What varies in a change",
        story=f"The {response} of each of several {subjects} is measured {steps} apart; $y_{{ij}}$ is the value of "
        r"$j$ at time $i$. At each time $\mathrm{Var}(y_{ij}) = \sigma^2$.",
        tags=("covariance structures", "repeated measures", "variance"), prerequisites=("ar1_in_time",),
        questions=(
            Question.from_derivation("q1", repeated_measures(2, last, within="cs").derive(change),
                prompt=r"All times of one subject have the correlation $\rho$ (compound symmetry). What is the "
                f"variance of the change $y_{{{last}1}} - y_{{{first}1}}$?",
                hints=(Hint(r"$\mathrm{Var}(a - b) = \mathrm{Var}(a) + \mathrm{Var}(b) - 2\mathrm{Cov}(a, b)$"),
                       Hint(r"Their covariance is $\rho\sigma^2$.", 0.25)),
                mistakes=(Mistake(r"2\sigma^2", None, "Are the two values of one subject independent?"),
                          Mistake(r"2\sigma^2(1 + \rho)", None, "Is it a difference, or a sum?"))),
            Question.from_derivation("q2", repeated_measures(2, last, within="ar1").derive(change),
                prompt=rf"Now the correlation of two times that are $d$ {steps} apart is $\rho^d$ (AR(1)). What is the "
                "variance of the same change?",
                hints=(Hint(f"How far apart are times {first} and {last}?"),),
                mistakes=(Mistake(r"2\sigma^2(1 - \rho)", None, "How far apart are the two times?"),
                          Mistake(rf"2\sigma^2(1 - {lag}\rho)", None, "Does a correlation grow with the distance?"))),
            Question("q3", rf"Let $\sigma^2 = 1$ and $\rho = {rho}$. By how much is the second variance larger?",
                2 * (rho - rho**lag), room=2,
                hints=(Hint("Put the numbers into both, and subtract."),),
                solution=in_numbers(rf"2σ²(1 - \rho^{lag}) - 2σ²(1 - ρ)", {"σ²": 1, "ρ": rho}),
                mistakes=(Mistake(str(2 * (1 - rho**lag)), None, "That is the second variance itself."),)),
            Question.from_options("q4",
                "Which differences does a positive correlation within subjects make more exact?", rng,
                right=("changes within a subject",),
                wrong={"differences between two subjects at one time": (
                           "wrong-comparison", "Have two subjects an error in common?"),
                       "both alike": ("covariance-missing", "Look at which pairs are correlated.")},
                hints=(Hint("In which of them does something fall out?"),),
                solution="What a subject keeps over time falls out of its changes. Between subjects nothing falls "
                "out."),
        ))  # fmt: skip


if __name__ == "__main__":
    raise SystemExit(sheet(__file__))
