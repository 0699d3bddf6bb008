"""Variance components by equating mean squares to what they are expected to be, and what a negative one means."""

import random

from sympy import Rational

from tutor import Exercise, Hint, Mistake, Question, Rounded, in_numbers, one_way, sheet

STORIES = (("bulls", "daughters", "milk yield in kg/d", "kg²/d²"), ("batches", "tests", "strength in N", "N²"),
           ("schools", "pupils", "score", ""))  # fmt: skip


def make(rng: random.Random) -> Exercise:
    groups, members, response, unit = rng.choice(STORIES)
    a, n = rng.choice(((5, 4), (6, 5), (8, 3), (4, 10), (10, 2)))
    within, between = rng.choice((2, 3, 4, 6, 8)), rng.choice((1, 2, 3, 5))
    m, mean_square = one_way(a, n), within + n * between
    return Exercise(
        title="From mean squares to variances",
        story=f"{n} {members} of each of {a} {groups}, all drawn at random: {response}.\n\n"
        r"$$y_{ij} = \mu + u_i + \varepsilon_{ij}, \quad u_i \sim N(0, \sigma^2_u), \quad "
        r"\varepsilon_{ij} \sim N(0, \sigma^2)$$" "\n\n"
        rf"The analysis of variance gave $MS_{{group}} = {mean_square}$ and $MS_{{residual}} = {within}$.",
        tags=("variance components", "ANOVA"), prerequisites=("anova_of_blocks",),
        questions=(
            Question.from_derivation("q1", m.anova()["group"].derivation, room=2,
                prompt=r"What is $\mathrm{E}(MS_{group})$ in terms of $\sigma^2$ and $\sigma^2_u$?",
                hints=(Hint(f"It is {n} times the sample variance of the means of the {groups}."),),
                mistakes=(
                    Mistake(r"\sigma^2 + \sigma^2_u", None, "That is the variance of a single observation."),
                    Mistake(rf"\sigma^2 + {a}\sigma^2_u", None, f"How many {members} has each of the {groups}?"))),
            Question("q2", r"Estimate $\sigma^2_u$.", Rounded(between, decimals=1, unit=unit), room=2,
                hints=(
                    Hint("Put the two mean squares in the place of their expectations."),
                    Hint(rf"${mean_square} = {within} + {n}\hat\sigma^2_u$", 0.5)),
                solution=in_numbers(rf"\frac{{MS_{{group}} - MS_{{residual}}}}{{{n}}}",
                    {"MS_{group}": mean_square, "MS_{residual}": within},
                    because=f"σ² + {n}σ²_u less σ² is {n}σ²_u: mean squares take the place of their expectations"),
                mistakes=(
                    Mistake(str(mean_square - within), None, "How often is σ²_u in that difference?"),
                    Mistake(str(mean_square), None, "Does that mean square hold σ²_u alone?"))),
            Question("q3", f"Estimate the correlation of two {members} of one of the {groups}, with two decimals.",
                Rounded(Rational(between, between + within), decimals=2), room=2,
                hints=(Hint("Their covariance is one of the two variances; what is their variance?"),),
                solution=in_numbers(m.derive("Corr(y_11, y_12)"), {"σ²_u": between, "σ²": within}, decimals=2),
                mistakes=(Mistake(f"{between / within:.2f}", None, "What is the variance of one?"),)),
            Question.from_options("q4", r"In another sample $MS_{group}$ is smaller than $MS_{residual}$. What then?",
                rng, right=(r"The estimate is negative, and is set to 0: $\sigma^2_u$ may be 0 or small.",), wrong={
                    "There is an error in the sums, for a variance cannot be negative.": (
                        "estimate-for-parameter", "A variance cannot; an estimate of one can."),
                    r"$\sigma^2_u$ is negative.": (
                        "estimate-for-parameter", "A variance is never negative. What is it that is?")},
                hints=(Hint("Put such numbers into the formula."),),
                solution="The difference of two mean squares may come out negative by chance."),
        ))  # fmt: skip


if __name__ == "__main__":
    raise SystemExit(sheet(__file__))
