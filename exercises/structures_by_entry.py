"""Covariance structures by entry: compound symmetry and AR(1) with letters, and one entry in numbers."""

import random

from sympy import Integer, Rational

from tutor import Exercise, Hint, Mistake, Question, covariance, in_numbers, repeated_measures, sheet, worked, write

STORIES = (("a cow is milked in {t} weeks", "milk yields"), ("a rat is weighed on {t} days", "weights"),
           ("a pupil takes {t} tests", "scores"), ("a patient is seen at {t} visits", "blood pressures"))  # fmt: skip


def make(rng: random.Random) -> Exercise:
    what, values = rng.choice(STORIES)
    rho, variance = rng.choice((Rational(1, 2), Rational(1, 4), Rational(3, 4))), Integer(rng.choice((64, 128, 192)))
    lag = rng.choice((2, 3))
    first = rng.randint(1, 5 - lag)
    names = repeated_measures(subjects=2, times=3).vocabulary
    cs, ar1 = (covariance.structure(key).matrix(3) for key in ("cs", "ar1"))
    return Exercise(
        title="Write the structure",
        story=f"{what.format(t=3).capitalize()}. The variance of the three {values} of one of them is a 3 × 3 matrix, "
        r"with $\sigma^2$ all along its diagonal.",
        tags=("covariance structures", "correlation"), prerequisites=("structures_by_name",),
        questions=(
            Question.from_derivation("q1",
                worked(cs, (cs.explicit(), "σ²(1 − ρ) + σ²ρ = σ² on the diagonal, σ²ρ beside it"), of=names),
                prompt=r"All correlations are $\rho$. Write this variance, which is called *compound symmetry*.",
                without=("R", "V"), points=2, room=4,
                hints=(Hint("A covariance is a correlation times two standard deviations."),
                       Hint(r"Beside the diagonal stands $\sigma^2\rho$ everywhere.", 0.25)),
                also_right=(write(cs.explicit()), r"\sigma^2((1 - \rho)\mathbf{I} + \rho\mathbf{J})"),
                mistakes=(Mistake("[[σ², ρ, ρ], [ρ, σ², ρ], [ρ, ρ, σ²]]", "correlation-for-covariance",
                                  "Is ρ a covariance, by its units?"),
                          Mistake(write(ar1.explicit()), "wrong-structure", "Are all pairs of times alike here?"))),
            Question.from_derivation("q2",
                worked(ar1, (ar1.explicit(), "σ² times each: σ²ρ to the power |i − j|"), of=names),
                without=("R", "V"), points=2, room=4,
                prompt=r"The correlation is $\rho$ for neighbours in time, and is multiplied by $\rho$ with each "
                r"further step. Write this variance, which is called *AR(1)*.",
                hints=(Hint("How many steps lie between the first time and the third?"),
                       Hint(r"The first row begins with $\sigma^2, \sigma^2\rho$.", 0.25)),
                also_right=(write(ar1.explicit()),),
                mistakes=(Mistake(write(cs.explicit()), None, "Are times 1 and 3 as close as neighbours?"),)),
            Question("q3",
                rf"Let $\sigma^2 = {variance}$ and $\rho = {write(rho)}$, with AR(1) and five times. "
                f"What is the covariance of times {first} and {first + lag}?",
                variance * rho**lag,
                hints=(Hint(f"They are {lag} steps apart."), Hint(rf"It is $\sigma^2\rho^{lag}$.", 0.25)),
                solution=in_numbers(rf"σ²\rho^{lag}", {"σ²": variance, "ρ": rho}),
                mistakes=(Mistake(str(rho**lag), None, "That is their correlation."),
                          Mistake(str(variance * rho), None, "That is for neighbours.")),
                room=2),
        ))  # fmt: skip


if __name__ == "__main__":
    raise SystemExit(sheet(__file__))
