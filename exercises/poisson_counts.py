"""Counts with a log link: the mean given the random effect, and the mean over all groups."""

import random

from sympy import Rational, Symbol

from tutor import Exercise, Hint, Mistake, Question, glmm, in_numbers, one_way, sheet, write

STORIES = (("fields", "weeds in a square metre"), ("beehives", "mites on a bee"), ("hospitals", "falls in a month"),
           ("lakes", "algae in a drop of water"), ("crossings", "accidents in a year"), ("nights", "bats at a lamp"),
           ("looms", "faults in a metre of cloth"), ("cows", "germs in a drop of milk"),
           ("cellars", "spiders on a wall"), ("hedges", "nests in a hundred metres"))  # fmt: skip


def make(rng: random.Random) -> Exercise:
    groups, counted = rng.choice(STORIES)
    effect = rng.choice([Rational(halves, 2) for halves in range(-6, 7)])
    m, predictor = glmm(one_way(5, 3), "Poisson"), Symbol("mu", real=True) + effect
    given, over_all = in_numbers(m.derive("E(y_11 | u_1)"), {"u_1": effect}), m.derive("E(y_11)")
    return Exercise(
        title="Counts, given the group and over all groups",
        story=f"$y_{{ij}}$ is the number of {counted}, in a random sample of {groups}.\n\n"
        r"$$y_{ij} \mid u_i \sim Poisson(\lambda_i), \quad \log(\lambda_i) = \eta_{ij} = \mu + u_i, \quad "
        r"u_i \sim N(0, \sigma^2_u)$$" "\n\n"
        r"If $x \sim N(m, s)$, then $\mathrm{E}(e^x) = e^{m + s/2}$.",
        model=m, tags=("link", "conditional and marginal", "mean"),
        questions=(
            Question.from_derivation("q1", given, room=2.5,
                prompt=rf"In the first of the {groups} $u_1 = {effect}$. What is $\mathrm{{E}}(y_{{11}} \mid u_1 = "
                f"{effect})$?",
                hints=(Hint("The link is the logarithm. What undoes it?"),),
                mistakes=(Mistake(str(predictor), "link-forgotten",
                                  "That is the predictor. On which scale are the counts?"),)),
            Question.from_derivation("q2", over_all, points=2, room=3,
                prompt=f"What is ${write(over_all.goal)}$, over all {groups}?",
                hints=(Hint(r"$\mathrm{E}(y_{11}) = \mathrm{E}(\mathrm{E}(y_{11} \mid u_1))$."),
                       Hint(r"$\mu + u_1 \sim N(\mu, \sigma^2_u)$.", 0.25)),
                also_right=(r"e^\mu e^{\frac{\sigma^2_u}{2}}",),
                mistakes=(Mistake(r"e^{\mu}", "jensen", "Is the mean of a function the function of the mean?"),
                          Mistake(r"e^{\mu + \sigma^2_u}", None, "Look again at the mean of exp(x)."))),
        ))  # fmt: skip


if __name__ == "__main__":
    raise SystemExit(sheet(__file__))
