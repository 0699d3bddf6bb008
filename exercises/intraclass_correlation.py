"""The intraclass correlation, from published data: rails, casks of paste and workers."""

import random

from sympy import Rational

from tutor import Exercise, Hint, Mistake, Question, Rounded, in_numbers, one_way, sheet

STUDIES = (
    ("rails", "measurements", "the travel time of a wave, in ns", 6, 3, "615.3", "16.17", "Devore 2000"),
    ("casks", "tests", "the strength of a paste, in %", 30, 2, "9.977", "0.678", "Davies and Goldsmith 1972"),
    ("workers", "runs", "the score on machine A, in points", 6, 3, "16.51", "1.323", "Milliken and Johnson 1992"),
    ("workers", "runs", "the score on machine B, in points", 6, 3, "74.37", "0.998", "Milliken and Johnson 1992"),
    ("workers", "runs", "the score on machine C, in points", 6, 3, "19.42", "0.453", "Milliken and Johnson 1992"),
)
"""Groups, repeats, response, numbers of both, REML estimates of σ²_u and σ² of a one-way model, and the source."""


def make(rng: random.Random) -> Exercise:
    groups, repeats, response, number, each, between, within, source = rng.choice(STUDIES)
    m, u, s = one_way(number, each), Rational(between), Rational(within)
    sought, error = Rational(*rng.choice(((1, 2), (3, 4), (4, 5), (9, 10), (1, 4)))), rng.choice((2, 4, 6, 8, 12))
    return Exercise(
        title="How alike are those of one group?",
        story=f"{number} {groups} were drawn, with {each} {repeats} each; $y_{{ij}}$ is {response} ({source}).\n\n"
        r"$$y_{ij} = \mu + u_i + \varepsilon_{ij}, \quad u_i \sim N(0, \sigma^2_u), \quad "
        r"\varepsilon_{ij} \sim N(0, \sigma^2)$$",
        model=m, tags=("intraclass correlation", "covariance", "real data"), prerequisites=("same_block",),
        questions=(
            Question.from_derivation("q1", m.derive("Corr(y_11, y_12)"),
                prompt=f"Write the correlation of two {repeats} within one of the {groups}.",
                hints=(Hint("A covariance divided by two standard deviations."),
                       Hint(r"They share $u_i$. Both have the variance $\sigma^2_u + \sigma^2$.", 0.25)),
                mistakes=(
                    Mistake(r"\sigma^2_u", "covariance-for-correlation", "Between which bounds is a correlation?"),
                    Mistake(r"\frac{\sigma^2_u}{\sigma^2}", None, "Of what is the variance of one made up?"))),
            Question("q2", rf"Estimates are $\sigma^2_u = {between}$ and $\sigma^2 = {within}$. What is this "
                "correlation, to two decimals?", Rounded(u / (u + s), decimals=2, percent=True), room=2,
                hints=(Hint("Put the numbers in."), Hint(f"Divide by {float(u + s):g}.", 0.25)),
                solution=in_numbers(r"\frac{σ²_u}{σ²_u + σ²}", {"σ²_u": between, "σ²": within}, decimals=2,
                                    because="the estimates put in"),
                mistakes=(Mistake(f"{float(s / (u + s)):.2f}", None, "Which of the two variances do they share?"),
                          Mistake(f"{float(u / s):.2f}", None, "Is that within the bounds of a correlation?"))),
            Question("q3", rf"In another study $\sigma^2 = {error}$ and the correlation is ${sought}$. What is "
                r"$\sigma^2_u$?", error * sought / (1 - sought), points=2, room=3,
                hints=(Hint(r"Write the correlation with $\sigma^2_u$ unknown, and solve for it."),
                       Hint(f"The share of the error is {1 - sought} of the whole variance.", 0.25)),
                solution=in_numbers(r"\frac{σ²ρ}{1 - ρ}", {"σ²": error, "ρ": sought},
                                    because="ρ(σ²_u + σ²) = σ²_u is solved for σ²_u"),
                mistakes=(Mistake(str(sought * error), None, "Is that a share of the error, or of the whole variance?"),
                          Mistake(str(error / (1 - sought)), None, "That is the whole variance of one observation."))),
        ))  # fmt: skip


if __name__ == "__main__":
    raise SystemExit(sheet(__file__))
