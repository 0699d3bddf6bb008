"""The family and the link that fit a response, and what a link is for."""

import random

from tutor import Exercise, Hint, Question, sheet

RESPONSES = (
    ("the number of weeds on a square metre", "Poisson", "log", "It counts, and has no upper limit."),
    ("whether a seed germinates", "Bernoulli", "logit", "It is yes or no."),
    ("how many of 20 seeds germinate", "binomial", "logit", "It counts successes among a known number."),
    ("the share of a leaf that is diseased, between 0 and 1", "Beta", "logit", "It is a share that is measured."),
    ("the time until a battery is empty, in hours", "Gamma", "log", "It is positive and skewed to the right."),
    ("the yield of a plot in t/ha, about 8 with a spread of 1", "normal", "identity",
     "It is measured, and far from its limits for its spread."))  # fmt: skip
UNSUITED = {
    "Poisson": "A Poisson variable counts without an upper limit.",
    "Bernoulli": "A Bernoulli variable is 0 or 1.",
    "binomial": "A binomial variable counts successes among a known number of trials.",
    "Beta": "A Beta variable lies strictly between 0 and 1.",
    "Gamma": "A Gamma variable is positive and continuous.",
    "normal": "A normal variable may be negative, and takes every value between two others.",
}
USUAL = {"log": "The mean is positive, and its logarithm can be any number.",
         "logit": "A probability or a share lies between 0 and 1, and its logit can be any number.",
         "identity": "The mean can be any number as it is."}  # fmt: skip


def make(rng: random.Random) -> Exercise:
    response, family, link, because = rng.choice(RESPONSES)
    others = rng.sample([name for name in UNSUITED if name != family], 3)
    limits = "Between which limits is the mean? The link takes it to all real numbers."
    return Exercise(
        title="A family and a link",
        story=f"Fields are a random sample. The response is {response}.\n\n"
        r"A generalized linear mixed model has a family, the distribution of $y$ given the random effects, and "
        r"a link $g$ with $g(\mu) = \eta$ and $\eta = \mathbf{X}\boldsymbol{\beta} + \mathbf{Z}\mathbf{u}$.",
        tags=("GLMM", "family", "link"),
        questions=(
            Question.from_options("q1", "Which family suits the response?", rng, right=(family,),
                wrong={name: ("wrong-family", UNSUITED[name]) for name in others},
                hints=(Hint("Which values can it take?"),),
                solution=f"{because} {UNSUITED[family]}"),
            Question.from_options("q2", "Which link is usual with it?", rng, right=(link,),
                wrong={name: limits for name in USUAL if name != link},
                hints=(Hint("Which values can the mean take?"),),
                solution=f"{USUAL[link]} So the {link} link is usual."),
        ))  # fmt: skip


if __name__ == "__main__":
    raise SystemExit(sheet(__file__))
