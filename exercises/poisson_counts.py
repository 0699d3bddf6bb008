"""Counts with a log link: the mean given the random effect, and the mean over all groups."""

from __future__ import annotations

import random

from sympy import Rational, Symbol, exp

from tutor import Exercise, Hint, Mistake, Question, lecture_vocabulary, sheet

STORIES = (
    ("fields", "weeds in a square metre"),
    ("beehives", "mites on a bee"),
    ("hospitals", "falls in a month"),
    ("lakes", "algae in a drop of water"),
    ("crossings", "accidents in a year"),
    ("nights", "bats at a lamp"),
    ("looms", "faults in a metre of cloth"),
    ("cows", "germs in a drop of milk"),
    ("cellars", "spiders on a wall"),
    ("hedges", "nests in a hundred metres"),
)


def make(rng: random.Random) -> Exercise:
    groups, counted = rng.choice(STORIES)
    effect = rng.choice([Rational(halves, 2) for halves in range(-6, 7)])
    shown, shift = str(effect), "" if effect == 0 else f" + {effect}" if effect > 0 else f" - {-effect}"
    mu, between = Symbol("mu", real=True), Symbol("sigma2_u", positive=True)
    vocabulary = lecture_vocabulary()
    mean = exp(mu + between / 2)
    return Exercise(
        title="Counts, given the group and over all groups",
        story=(
            f"$y_{{ij}}$ is the number of {counted}, in a random sample of {groups}.\n\n"
            r"$$y_{ij} \mid u_j \sim Poisson(\lambda_j), \quad \log(\lambda_j) = \mu + u_j, \quad "
            r"u_j \sim N(0, \sigma^2_u)$$"
            "\n\n"
            r"If $x \sim N(m, s^2)$, then $\mathrm{E}(e^x) = e^{m + s^2/2}$."
        ),
        tags=("link", "conditional and marginal", "mean"),
        questions=(
            Question(
                key="q1",
                prompt=rf"In one of the {groups} $u_j = {shown}$. What is $\mathrm{{E}}(y_{{ij}} \mid u_j = {shown})$?",
                reference=exp(mu + effect),
                vocabulary=vocabulary,
                hints=(Hint("The link is the logarithm. What undoes it?"),),
                solution=rf"$\log(\lambda_j) = \mu{shift}$, so $\lambda_j = e^{{\mu{shift}}}$.",
                also_right=(rf"e^{{\mu{shift}}}", rf"\exp(\mu{shift})"),
                mistakes=(
                    Mistake(
                        rf"\mu{shift}",
                        "link-forgotten",
                        "That is the linear predictor. On which scale are the counts?",
                    ),
                ),
                room=2.5,
            ),
            Question(
                key="q2",
                prompt=rf"What is $\mathrm{{E}}(y_{{ij}})$, over all {groups}?",
                reference=mean,
                vocabulary=vocabulary,
                points=2,
                hints=(
                    Hint(r"$\mathrm{E}(y_{ij}) = \mathrm{E}(\mathrm{E}(y_{ij} \mid u_j))$."),
                    Hint(r"$\mu + u_j \sim N(\mu, \sigma^2_u)$.", cost=0.25),
                ),
                solution=r"$$\mathrm{E}(y_{ij}) = \mathrm{E}(e^{\mu + u_j}) = e^{\mu + \sigma^2_u/2}$$",
                also_right=(r"e^{\mu + \sigma^2_u/2}", r"e^\mu e^{\frac{\sigma^2_u}{2}}"),
                mistakes=(
                    Mistake(r"e^{\mu}", "jensen", "Is the mean of a function the function of the mean?"),
                    Mistake(r"e^{\mu + \sigma^2_u}", None, "Look again at the mean of exp(x)."),
                ),
                room=3,
            ),
        ),
    )


if __name__ == "__main__":
    raise SystemExit(sheet(__file__))
