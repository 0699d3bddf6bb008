"""Shrinkage: how far a predicted effect of a group moves towards the mean, in symbols and in numbers."""

import random
from math import gcd

from sympy import Rational

from tutor import Exercise, Hint, Mistake, Question, in_numbers, one_way, read, sheet, worked

STORIES = (("rails", "the travel time of a wave", "microseconds"), ("herds", "the milk yield of a cow", "kg"),
           ("schools", "the score of a pupil", "points"))  # fmt: skip


def make(rng: random.Random) -> Exercise:
    groups, response, unit = rng.choice(STORIES)
    number, repeats = rng.choice(((6, 3), (5, 4), (4, 2), (8, 5)))
    # Variances that make the factor a fraction with a small denominator.
    within, between = rng.choice(((1, 1), (2 * repeats, 1), (repeats, 3), (repeats, 4)))
    total = within + repeats * between
    factor = Rational(repeats * between, total)
    above = total // gcd(total, repeats * between) * rng.randint(2, 6)
    m = one_way(number, repeats)
    shrunk = rf"\frac{{{repeats}\sigma^2_u}}{{\sigma^2 + {repeats}\sigma^2_u}}"
    share = rf"\frac{{\sigma^2_u}}{{\sigma^2_u + \sigma^2/{repeats}}}"
    return Exercise(
        title="Towards the mean",
        story=f"{number} {groups} were drawn at random and measured {repeats} times each: $y_{{ij}}$ is {response}.\n\n"
        r"$$y_{ij} = \mu + u_i + \varepsilon_{ij}, \quad u_i \sim N(0, \sigma^2_u), \quad "
        r"\varepsilon_{ij} \sim N(0, \sigma^2)$$" "\n\n"
        r"The best linear unbiased predictor of $u_i$ is $c\,(\bar{y}_{i\cdot} - \bar{y}_{\cdot\cdot})$.",
        model=m, tags=("BLUP", "shrinkage"), prerequisites=("best_estimates",),
        questions=(
            Question("q1", r"Write $c$ in terms of $\sigma^2$ and $\sigma^2_u$.", read(shrunk, m.vocabulary).tree,
                points=2, room=3,
                hints=(Hint(r"$c$ is the part of the variance of $\bar{y}_{i\cdot}$ that is due to the groups."),
                       Hint(rf"$\mathrm{{Var}}(\bar{{y}}_{{i\cdot}}) = \sigma^2_u + \sigma^2/{repeats}$.", 0.25)),
                solution=worked(
                    m.derive("Cov(u_1, ybar_1.)").goal @ m.derive("Var(ybar_1.)").goal.inv(),
                    (share, f"they share u_1; the mean has u_1 and the mean of {repeats} errors in it"),
                    (shrunk, f"numerator and denominator times {repeats}"), of=m),
                also_right=(share,),
                mistakes=(
                    Mistake(r"\frac{\sigma^2_u}{\sigma^2 + \sigma^2_u}", None,
                            "That is for a single measurement of each. How many are averaged?"),
                    Mistake(rf"\frac{{\sigma^2}}{{\sigma^2 + {repeats}\sigma^2_u}}", None,
                            "If the groups do not vary, how far should the prediction be from 0?"))),
            Question("q2", rf"Let $\sigma^2 = {within}$ and $\sigma^2_u = {between}$. The mean of one of the "
                f"{groups} is {above} {unit} above the mean of all. What is the predictor of its effect?",
                factor * above, room=3,
                hints=(Hint("Put the numbers into $c$ first."),),
                solution=in_numbers(rf"{shrunk} d", {"σ²": within, "σ²_u": between, "d": above},
                                    because="c times the difference d"),
                mistakes=(
                    Mistake(str(above), None, "That is its estimate if the effects were fixed."),
                    Mistake(str(above - factor * above), None, "That is how far it moves. Where does it arrive?"))),
        ))  # fmt: skip


if __name__ == "__main__":
    raise SystemExit(sheet(__file__))
