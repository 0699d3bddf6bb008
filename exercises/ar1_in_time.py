"""Repeated measures with AR(1) errors: the variance of one subject by entry, and correlations by lag."""

import random

from sympy import Rational

from tutor import Exercise, Hint, Mistake, Question, covariance, in_numbers, repeated_measures, sheet, worked, write

STORIES = (("subject", "one week", "weeks"), ("tree", "one year", "years"), ("patient", "one month", "months"),
           ("river", "one day", "days"))  # fmt: skip


def make(rng: random.Random) -> Exercise:
    (who, step, unit), times = rng.choice(STORIES), rng.choice((3, 4))
    rho = Rational(rng.choice(("1/2", "1/3", "2/3", "1/4", "3/4", "2/5", "3/5", "4/5", "3/10")))
    lag = rng.choice((2, 3)) if times == 4 else 2
    first, m = rng.randint(1, times - lag), repeated_measures(subjects=2, times=times)
    ar1, cs = (covariance.structure(name).matrix(times) for name in ("ar1", "cs"))
    correlations = rf"\frac{{1}}{{\sigma^2}} {write(ar1.explicit())}"
    return Exercise(
        title="Correlation that fades with time",
        story=f"Each {who} is measured at {times} times, {step} apart. The errors of one {who} have an AR(1) "
        r"structure: the variance is $\sigma^2$ at each time, and the correlation of two times that are $d$ "
        rf"{unit} apart is $\rho^d$. $\varepsilon_{{ij}}$ is the error at time $i$ of {who} $j$.",
        tags=("covariance structures", "repeated measures", "correlation"), prerequisites=("bivariate_normal",),
        questions=(
            Question.from_derivation("q1",
                worked(ar1, (ar1.explicit(), "σ² times each: σ²ρ to the power |i − j|"), of=m),
                prompt=f"Write the variance of the {times} errors of one {who} with its entries.", without=("R", "V"),
                points=2,
                hints=(Hint("How far apart are the times of row 1 and column 3?"),
                       Hint(r"The first row begins with $\sigma^2, \sigma^2\rho$.", 0.25)),
                mistakes=(Mistake(write(cs.explicit()), None, "Are all pairs of times equally far apart?"),
                          Mistake(correlations, None, "What stands on the diagonal?"))),
            Question.from_derivation("q2", m.derive(f"Corr(ε_{first}1, ε_{first + lag}1)"),
                hints=(Hint(f"They are {lag} {unit} apart."),),
                mistakes=(Mistake(rf"\sigma^2\rho^{lag}", None, "That is their covariance."),)),
            Question("q3", rf"Let $\rho = {rho}$. What number is that?", rho**lag, room=2.5,
                hints=(Hint(rf"Put it into $\rho^{lag}$."),),
                solution=in_numbers(rf"\rho^{lag}", {"ρ": rho}),
                mistakes=(Mistake(str(rho), None, f"That is for times {step} apart."),
                          Mistake(str(rho * lag), None, "Does a correlation grow with the distance in time?"))),
        ))  # fmt: skip


if __name__ == "__main__":
    raise SystemExit(sheet(__file__))
