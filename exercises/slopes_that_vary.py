"""Random intercepts and slopes: a variance that changes with x, and what the covariance of the two does."""

import random

from tutor import Dimensions, Exercise, Hint, Mistake, Question, random_slopes, sheet

STORIES = (("subjects", "days without enough sleep", "reaction time"),
           ("children", "years since the first visit", "height"),
           ("vineyards", "years since planting", "yield"))  # fmt: skip


def make(rng: random.Random) -> Exercise:
    groups, covariate, response = rng.choice(STORIES)
    count, values = rng.choice(((5, (0, 1, 2)), (6, (0, 1, 2, 3)), (4, (0, 1, 3)), (8, (0, 2, 4))))
    m, times, x = random_slopes(count, list(values)), len(values), values[-1]
    j = rng.randint(1, count)
    return Exercise(
        title="Lines that differ",
        story=f"{count} {groups} are measured at {', '.join(map(str, values))} {covariate}: {response}. Each has a "
        "line of its own.\n\n"
        r"$$y_{ij} = \beta_0 + x_i\beta_1 + u_{0j} + x_i u_{1j} + \varepsilon_{ij}$$" "\n\n"
        r"$\sigma^2_{u0}$ and $\sigma^2_{u1}$ are the variances of $u_{0j}$ and $u_{1j}$, $\sigma_{u01}$ is their "
        rf"covariance, and $\varepsilon_{{ij}} \sim N(0, \sigma^2)$. $i$ counts the {times} times.",
        model=m, tags=("random slopes", "variance"), prerequisites=("design_matrix_line",),
        questions=(
            Question("q1", r"What are the dimensions of $\mathbf{Z}$?", Dimensions(times * count, 2 * count), room=1.5,
                hints=(Hint(f"Each of the {groups} has how many random effects?"),),
                solution=rf"${times * count} \times {2 * count}$: an intercept and a slope for each.",
                mistakes=(Mistake(f"{times * count} x {count}", None, "Do the slopes not vary?"),
                          Mistake(f"{times * count} x 2", None, "Has every group the same line?"))),
            Question.from_derivation("q2", m.derive(f"Var(y_1{j})"),
                prompt=rf"What is $\mathrm{{Var}}(y_{{1{j}}})$, where $x_1 = 0$?",
                hints=(Hint("Put $x_1 = 0$ into the model first."),),
                mistakes=(
                    Mistake(r"\sigma^2", "missing-random", f"Have all {groups} one intercept?"),
                    Mistake(r"\sigma^2 + \sigma^2_{u0} + \sigma^2_{u1}", None, "What is the slope multiplied by?"))),
            Question.from_derivation("q3", m.derive(f"Var(y_{times}{j})"), points=2,
                prompt=rf"What is $\mathrm{{Var}}(y_{{{times}{j}}})$, where $x_{times} = {x}$?",
                hints=(Hint(rf"It is $\mathrm{{Var}}(u_{{0j}} + {x}u_{{1j}} + \varepsilon)$."),
                       Hint(r"$\mathrm{Var}(a + cb) = \mathrm{Var}(a) + c^2\mathrm{Var}(b) + 2c\,\mathrm{Cov}(a, b)$",
                            0.25)),
                mistakes=(
                    Mistake(rf"\sigma^2 + \sigma^2_{{u0}} + {x * x}\sigma^2_{{u1}}", "variance-of-sum",
                            "Are intercept and slope of one line independent?"),
                    Mistake(rf"\sigma^2 + \sigma^2_{{u0}} + {x}\sigma^2_{{u1}} + {2 * x}\sigma_{{u01}}", None,
                            "What becomes of a factor when the variance is taken?"))),
            Question.from_derivation("q4", m.derive(f"Cov(y_1{j}, y_{times}{j})"), points=2,
                hints=(Hint(rf"$\mathrm{{Cov}}(u_{{0j}}, u_{{0j}} + {x}u_{{1j}})$"),),
                mistakes=(
                    Mistake(r"\sigma^2_{u0}", "variance-of-sum", "Do the slope and the intercept vary together?"),
                    Mistake("0", None, f"Are the two not of one of the {groups}?"))),
        ))  # fmt: skip


if __name__ == "__main__":
    raise SystemExit(sheet(__file__))
