"""A response whose logarithm is normal: the median, the mean, and what the blocks do to each."""

from __future__ import annotations

import random

from sympy import Rational, exp

from tutor import Exercise, Hint, Mistake, Question, lecture_vocabulary, sheet

STORIES = (
    ("barns", "concentration of ammonia"),
    ("lakes", "number of cells in a millilitre"),
    ("patients", "level of a hormone"),
    ("wells", "concentration of nitrate"),
    ("streets", "number of soot particles in a litre of air"),
    ("villages", "income of a household"),
    ("trees", "area of a leaf"),
)


def make(rng: random.Random) -> Exercise:
    groups, response = rng.choice(STORIES)
    mu, between, within = rng.choice((1, 2, 3)), rng.choice((2, 3, 4)), rng.choice((1, 2, 3))
    vocabulary = lecture_vocabulary()
    return Exercise(
        title="Back from the logarithm",
        story=(
            f"$y_{{ij}}$ is the {response}, in a random sample of {groups}. Its logarithm is normal.\n\n"
            r"$$\log(y_{ij}) = \mu + u_j + \varepsilon_{ij}, \quad u_j \sim N(0, \sigma^2_u), \quad "
            r"\varepsilon_{ij} \sim N(0, \sigma^2)$$"
            "\n\n"
            r"If $x \sim N(m, s^2)$, then the median of $e^x$ is $e^m$ and its mean $e^{m + s^2/2}$."
        ),
        tags=("GLMM", "lognormal"),
        prerequisites=("poisson_counts",),
        questions=(
            Question(
                key="q1",
                prompt=r"What is $\mathrm{Var}(\log(y_{ij}))$?",
                reference=r"\sigma^2 + \sigma^2_u",
                vocabulary=vocabulary,
                hints=(Hint("On this scale it is the model that you know."),),
                solution=r"$\sigma^2_u + \sigma^2$",
                mistakes=(
                    Mistake(r"\sigma^2", None, f"Do the {groups} not vary?"),
                    Mistake(r"\sigma^2_u", None, "Has it no error?"),
                ),
                room=2,
            ),
            Question(
                key="q2",
                prompt=rf"What is $\mathrm{{E}}(y_{{ij}})$, over all {groups}?",
                reference=r"e^{\mu + (\sigma^2 + \sigma^2_u)/2}",
                vocabulary=vocabulary,
                points=2,
                hints=(
                    Hint("Which mean and which variance has its logarithm?"),
                    Hint(r"Put $m = \mu$ and $s^2 = \sigma^2 + \sigma^2_u$ into the mean of $e^x$.", cost=0.25),
                ),
                solution=r"$$e^{\mu + (\sigma^2 + \sigma^2_u)/2}$$",
                mistakes=(
                    Mistake(r"e^{\mu}", None, "Is the mean of a function the function of the mean?"),
                    Mistake(r"e^{\mu + \sigma^2/2}", None, f"Do the {groups} not vary?"),
                    Mistake(r"e^{\mu + \sigma^2 + \sigma^2_u}", None, "Look again at the mean of eˣ."),
                ),
                room=2.5,
            ),
            Question(
                key="q3",
                prompt=(
                    rf"Let $\mu = {mu}$, $\sigma^2_u = {between}$ and $\sigma^2 = {within}$. By which factor is the "
                    rf"mean "
                    "larger than the median?"
                ),
                reference=exp(Rational(between + within, 2)),
                hints=(Hint("Divide one by the other before you put numbers in."),),
                solution=rf"$e^{{(\sigma^2 + \sigma^2_u)/2}} = e^{{{Rational(between + within, 2)}}}$",
                mistakes=(Mistake(f"e^{{{between + within}}}", None, "What stands below the line in the exponent?"),),
                room=2,
            ),
        ),
    )  # fmt: skip


if __name__ == "__main__":
    raise SystemExit(sheet(__file__))
