"""Yes and no: the mean given the group and over all groups, with a probit and with a logit."""

import random

from sympy import Integer

from tutor import Exercise, Hint, Mistake, Question, glmm, in_numbers, one_way, sheet

STORIES = (("litters", "a piglet survives"), ("classes", "a pupil passes"), ("vineyards", "a shoot is infected"))
ROOTS = {3: 2, 8: 3, 15: 4}  # variances v for which the root of 1 + v is whole


def make(rng: random.Random) -> Exercise:
    groups, event = rng.choice(STORIES)
    between = rng.choice(tuple(ROOTS))
    root = ROOTS[between]
    predictor = root * rng.choice((1, 2, -1, 3))
    m = glmm(one_way(5, 3), "Bernoulli", "probit")
    return Exercise(
        title="Probabilities, given the group and over all groups",
        story=f"$y_{{ij}}$ is 1 if {event}, and 0 if not; the {groups} are a random sample.\n\n"
        r"$$y_{ij} \mid u_j \sim Bernoulli(p_j), \quad \Phi^{-1}(p_j) = \mu + u_j, \quad u_j \sim N(0, \sigma^2_u)$$"
        "\n\n" r"$\Phi$ is the distribution function of the standard normal. If $x \sim N(m, s^2)$, then "
        r"$\mathrm{E}(\Phi(x)) = \Phi(m/\sqrt{1 + s^2})$.",
        tags=("GLMM", "probit", "logit"), prerequisites=("family_and_link",),
        questions=(
            Question.from_derivation("q1", in_numbers(m.derive("E(y_11 | u_1)"), {"u_1": 0}), room=2,
                prompt=r"What is $\mathrm{E}(y_{ij} \mid u_j = 0)$, by $\mu$?",
                hints=(Hint("The mean of a variable that is 0 or 1 is a probability."),),
                mistakes=(Mistake(r"\mu", None, "Is that between 0 and 1?"),)),
            Question.from_derivation("q2", m.derive("E(y_11)"), points=2, room=2.5,
                prompt=rf"What is $\mathrm{{E}}(y_{{ij}})$, over all {groups}?",
                hints=(Hint(r"$\mathrm{E}(y_{ij}) = \mathrm{E}(\Phi(\mu + u_j))$."),
                       Hint(r"$\mu + u_j \sim N(\mu, \sigma^2_u)$", 0.25)),
                mistakes=(Mistake(r"\Phi(\mu)", None, "Is the mean of a function the function of the mean?"),
                          Mistake(r"\Phi(\mu + \sigma^2_u/2)", None, "That is how it goes with a logarithm."))),
            Question("q3", rf"$\mu = {predictor}$ and $\sigma^2_u = {between}$. Over all {groups} the probability is "
                r"$\Phi(z)$. What is $z$?", Integer(predictor) / root, room=1.5,
                hints=(Hint(rf"$\sqrt{{1 + {between}}} = {root}$"),),
                solution=in_numbers(r"\mu/\sqrt{1 + σ²_u}", {"μ": predictor, "σ²_u": between}),
                mistakes=(Mistake(str(predictor), None, "That is the one for a group with u_j = 0."),
                          Mistake(rf"{predictor}/\sqrt{{{between}}}", None, "Is there not a 1 under the root?"))),
            Question.from_options("q4", "Which of the two probabilities is nearer to 1/2?", rng,
                right=(f"that over all {groups}",),
                wrong={"that of a group with $u_j = 0$": "Which of the two predictors is nearer to 0?",
                       "neither": ("conditional-for-marginal", "What does a division by √(1 + σ²_u) do?")},
                hints=(Hint("The predictor is divided by a number above 1."),),
                solution=r"$\mu/\sqrt{1 + \sigma^2_u}$ is nearer to 0 than $\mu$ is: averaging flattens."),
            Question.from_options("q5", r"With a logit link, $\mathrm{E}(y_{ij})$ has no closed form. Why?", rng,
                right=("The integral of a logistic function times a normal density has none.",),
                wrong={r"The mean of $y_{ij}$ does not exist.": "A variable that is 0 or 1 always has a mean.",
                       "The logit of a probability may be any real number.":
                           "So may the probit, which has a closed form."},
                hints=(Hint("Write the mean as an integral over $u_j$."),),
                solution="A probit adds a normal error below a threshold, and two normal variables make a normal one. "
                "A logistic and a normal one do not make any known kind; the integral is done by quadrature."),
        ))  # fmt: skip


if __name__ == "__main__":
    raise SystemExit(sheet(__file__))
