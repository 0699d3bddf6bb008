"""Counts whose groups vary: why their variance exceeds their mean, and how two of a group vary together."""

import random

from sympy import Symbol

from tutor import Exercise, Hint, Mistake, Question, glmm, in_numbers, one_way, sheet, write

STORIES = (("orchards", "insects in a trap"), ("herds", "parasites of an animal"), ("clinics", "seizures in a week"),
           ("streams", "larvae in a net"), ("forests", "beetles in a trap"), ("ships", "failures in a year"),
           ("wards", "infections in a month"), ("gardens", "slugs in a bed"))  # fmt: skip


def make(rng: random.Random) -> Exercise:
    groups, counted = rng.choice(STORIES)
    effect = rng.choice((0, 1, 2, -1))
    m = glmm(one_way(5, 3), "Poisson")
    predictor, variance = Symbol("mu", real=True) + effect, m.derive("Var(y_11)")
    return Exercise(
        title="Counts that vary more than counts do",
        story=f"$y_{{ij}}$ is the number of {counted}, in a random sample of {groups}.\n\n"
        r"$$y_{ij} \mid u_i \sim Poisson(\lambda_i), \quad \log(\lambda_i) = \eta_{ij} = \mu + u_i, \quad "
        r"u_i \sim N(0, \sigma^2_u)$$" "\n\n"
        r"If $x \sim N(m, s)$, then $\mathrm{E}(e^x) = e^{m + s/2}$ and $\mathrm{Var}(e^x) = e^{2m + s}(e^s - 1)$.",
        tags=("GLMM", "Poisson", "overdispersion"), prerequisites=("poisson_counts",),
        questions=(
            Question.from_derivation("q1", in_numbers(m.derive("Var(y_11 | u_1)"), {"u_1": effect}), room=2,
                prompt=rf"The first of the {groups} has $u_1 = {effect}$. What is the variance of its counts?",
                hints=(Hint("What do mean and variance of a Poisson variable have to do with each other?"),),
                mistakes=(Mistake(str(predictor), None, "On which scale are the counts?"),
                          Mistake(r"\sigma^2_u", None, "Given u_1, does it vary?"))),
            Question.from_derivation("q2", m.derive("Cov(y_11, y_12)"), points=2, room=3,
                prompt=rf"What is the covariance of two counts of one of the {groups}, $y_{{11}}$ and $y_{{12}}$?",
                hints=(Hint("Given $u_1$ they are independent. What do they share?"),
                       Hint(r"It is $\mathrm{Var}(\lambda_1)$.", 0.25)),
                mistakes=(Mistake(r"\sigma^2_u", None, "That is their covariance on the scale of the predictor."),
                          Mistake("0", None, f"Have counts of one of the {groups} nothing in common?"))),
            Question.from_derivation("q3", variance, points=2, room=3,
                prompt=rf"What is ${write(variance.goal)}$, over all {groups}?",
                hints=(Hint(r"It is $\mathrm{E}(\mathrm{Var}(y \mid u)) + \mathrm{Var}(\mathrm{E}(y \mid u))$"),
                       Hint(r"Both are made of $\lambda_1$: its mean, and its variance.", 0.25)),
                mistakes=(
                    Mistake(r"e^{\mu + \sigma^2_u/2}", None, f"So much it would vary if the {groups} did not."),
                    Mistake(r"e^{2\mu + \sigma^2_u}(e^{\sigma^2_u} - 1)", None, "Do the counts not vary given u_1?"))),
            Question.from_options("q4", "How do the variance and the mean of such a count compare?", rng,
                right=("The variance is larger.",),
                wrong={"They are equal, as for every Poisson variable.": (
                           "conditional-for-marginal", "Given u_1 they are; over all groups?"),
                       r"It depends on $\mu$.": "Look at the sign of what is added to the mean."},
                hints=(Hint("The variance is the mean, and something else."),),
                solution=r"The variance is $\mathrm{E}(\lambda_1) + \mathrm{Var}(\lambda_1)$. The first is their mean "
                r"and the second is positive as soon as $\sigma^2_u$ is."),
        ))  # fmt: skip


if __name__ == "__main__":
    raise SystemExit(sheet(__file__))
