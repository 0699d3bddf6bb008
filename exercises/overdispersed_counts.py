"""Counts whose groups vary: why their variance exceeds their mean, and how two of a group vary together."""

from __future__ import annotations

import random

from sympy import Symbol, exp

from tutor import Exercise, Hint, Mistake, Question, lecture_vocabulary, sheet

STORIES = (
    ("orchards", "insects in a trap"),
    ("herds", "parasites of an animal"),
    ("clinics", "seizures in a week"),
    ("streams", "larvae in a net"),
    ("forests", "beetles in a trap"),
    ("ships", "failures in a year"),
    ("wards", "infections in a month"),
    ("gardens", "slugs in a bed"),
)


def make(rng: random.Random) -> Exercise:
    groups, counted = rng.choice(STORIES)
    effect = rng.choice((0, 1, 2, -1))
    shift = "" if effect == 0 else f" + {effect}" if effect > 0 else f" - {-effect}"
    mu, between = Symbol("mu", real=True), Symbol("sigma2_u", positive=True)
    vocabulary = lecture_vocabulary()
    mean = exp(mu + between / 2)
    shared = exp(2 * mu + between) * (exp(between) - 1)
    return Exercise(
        title="Counts that vary more than counts do",
        story=(
            f"$y_{{ij}}$ is the number of {counted}, in a random sample of {groups}.\n\n"
            r"$$y_{ij} \mid u_j \sim Poisson(\lambda_j), \quad \log(\lambda_j) = \mu + u_j, \quad "
            r"u_j \sim N(0, \sigma^2_u)$$"
            "\n\n"
            r"If $x \sim N(m, s^2)$, then $\mathrm{E}(e^x) = e^{m + s^2/2}$ and "
            r"$\mathrm{Var}(e^x) = e^{2m + s^2}(e^{s^2} - 1)$."
        ),
        tags=("GLMM", "Poisson", "overdispersion"),
        prerequisites=("poisson_counts",),
        questions=(
            Question(
                key="q1",
                prompt=rf"One of the {groups} has $u_j = {effect}$. What is the variance of its counts?",
                reference=exp(mu + effect),
                vocabulary=vocabulary,
                hints=(Hint("What do mean and variance of a Poisson variable have to do with each other?"),),
                solution=rf"$\mathrm{{Var}}(y_{{ij}} \mid u_j = {effect}) = \lambda_j = e^{{\mu{shift}}}$",
                mistakes=(
                    Mistake(rf"\mu{shift}", None, "On which scale are the counts?"),
                    Mistake(r"\sigma^2_u", None, "Given u_j, does it vary?"),
                ),
                room=2,
            ),
            Question(
                key="q2",
                prompt=rf"What is the covariance of two counts of one of the {groups}?",
                reference=shared,
                vocabulary=vocabulary,
                points=2,
                hints=(
                    Hint("Given $u_j$ they are independent. What do they share?"),
                    Hint(r"It is $\mathrm{Var}(\lambda_j)$.", cost=0.25),
                ),
                solution=(
                    r"$$\mathrm{Cov}(y_{1j}, y_{2j}) = \mathrm{Var}(\lambda_j) = \mathrm{Var}(e^{\mu + u_j}) = "
                    r"e^{2\mu + \sigma^2_u}(e^{\sigma^2_u} - 1)$$"
                ),
                also_right=(r"e^{2\mu + 2\sigma^2_u} - e^{2\mu + \sigma^2_u}",),
                mistakes=(
                    Mistake(r"\sigma^2_u", None, "That is their covariance on the scale of the predictor."),
                    Mistake("0", None, f"Have counts of one of the {groups} nothing in common?"),
                ),
                room=3,
            ),
            Question(
                key="q3",
                prompt=rf"What is $\mathrm{{Var}}(y_{{ij}})$, over all {groups}?",
                reference=mean + shared,
                vocabulary=vocabulary,
                points=2,
                hints=(
                    Hint(r"It is $\mathrm{E}(\mathrm{Var}(y \mid u)) + \mathrm{Var}(\mathrm{E}(y \mid u))$"),
                    Hint(r"Both are made of $\lambda_j$: its mean, and its variance.", cost=0.25),
                ),
                solution=(
                    r"$$\mathrm{E}(\lambda_j) + \mathrm{Var}(\lambda_j) = e^{\mu + \sigma^2_u/2} + "
                    r"e^{2\mu + \sigma^2_u}(e^{\sigma^2_u} - 1)$$"
                ),
                mistakes=(
                    Mistake(r"e^{\mu + \sigma^2_u/2}", None, f"So much it would vary if the {groups} did not."),
                    Mistake(r"e^{2\mu + \sigma^2_u}(e^{\sigma^2_u} - 1)", None, "Do the counts not vary given u_j?"),
                ),
                room=3,
            ),
            Question.from_options(
                "q4", "How do the variance and the mean of such a count compare?", rng,
                right=("The variance is larger.",),
                wrong={
                    "They are equal, as for every Poisson variable.": (
                        "conditional-for-marginal", "Given u_j they are; over all groups?"
                    ),
                    "It depends on $\\mu$.": "Look at the sign of what is added to the mean.",
                },
                hints=(Hint("The variance is the mean, and something else."),),
                solution=r"What is added, $\mathrm{Var}(\lambda_j)$, is positive as soon as $\sigma^2_u$ is.",
            ),
        ),
    )  # fmt: skip


if __name__ == "__main__":
    raise SystemExit(sheet(__file__))
