"""The family and the link that fit a response, and what a link is for."""

from __future__ import annotations

import random

from tutor import Exercise, Hint, Question, sheet

RESPONSES = (
    ("the number of weeds on a square metre", "Poisson", "log", "It counts, and has no upper limit."),
    ("whether a seed germinates", "Bernoulli", "logit", "It is yes or no."),
    ("how many of 20 seeds germinate", "binomial", "logit", "It counts successes among a known number."),
    ("the share of a leaf that is diseased, between 0 and 1", "Beta", "logit", "It is a share that is measured."),
    ("the time until a battery is empty, in hours", "Gamma", "log", "It is positive and skewed to the right."),
    ("the yield of a plot in t/ha, about 8 with a spread of 1", "normal", "identity",
     "It is measured, and far from its limits for its spread."),
)  # fmt: skip
UNSUITED = {
    "Poisson": "A Poisson variable counts without an upper limit.",
    "Bernoulli": "A Bernoulli variable is 0 or 1.",
    "binomial": "A binomial variable counts successes among a known number of trials.",
    "Beta": "A Beta variable lies strictly between 0 and 1.",
    "Gamma": "A Gamma variable is positive and continuous.",
    "normal": "A normal variable may be negative, and takes every value between two others.",
}
USUAL = {
    "log": "The mean is positive, and its logarithm can be any number.",
    "logit": "A probability or a share lies between 0 and 1, and its logit can be any number.",
    "identity": "The mean can be any number as it is.",
}
RANGES = {
    "log": ("the positive numbers", r"$e^\eta$ is positive for each $\eta$."),
    "logit": ("the numbers between 0 and 1", r"$1/(1 + e^{-\eta})$ is between 0 and 1 for each $\eta$."),
}


def make(rng: random.Random) -> Exercise:
    response, family, link, because = rng.choice(RESPONSES)
    linked, (range_, why) = rng.choice(tuple(RANGES.items()))
    others = rng.sample([name for name in UNSUITED if name != family], 3)
    return Exercise(
        title="A family and a link",
        story=(
            f"Fields are a random sample. The response is {response}.\n\n"
            r"A generalized linear mixed model has a family, the distribution of $y$ given the random effects, and "
            r"a link $g$ with $g(\mu) = \eta$ and $\eta = \mathbf{X}\boldsymbol{\beta} + \mathbf{Z}\mathbf{u}$."
        ),
        tags=("GLMM", "family", "link"),
        questions=(
            Question.from_options(
                "q1", "Which family suits the response?", rng,
                right=(family,),
                wrong={name: ("wrong-family", UNSUITED[name]) for name in others},
                hints=(Hint("Which values can it take?"),),
                solution=f"{because} {UNSUITED[family]}",
            ),
            Question.from_options(
                "q2", "Which link is usual with it?", rng,
                right=(link,),
                wrong={
                    name: "Between which limits is the mean? The link takes it to all real numbers."
                    for name in ("log", "logit", "identity")
                    if name != link
                },
                hints=(Hint("Which values can the mean take?"),),
                solution=f"{USUAL[link]} So the {link} link is usual.",
            ),
            Question.from_options(
                "q3", f"Whatever $\\eta$ is, a {linked} link keeps the mean within what?", rng,
                right=(range_,),
                wrong={
                    **{other: "Undo the link and see." for other, _ in RANGES.values() if other != range_},
                    "all real numbers": ("link-forgotten", "That is where the linear predictor lies."),
                    "the whole numbers": "A mean of counts need not be whole.",
                },
                hints=(Hint(r"What is the inverse of the link?"),),
                solution=why,
            ),
            Question.from_options(
                "q4", "What do the random effects act on?", rng,
                right=("the linear predictor",),
                wrong={
                    "the response, to which they are added": (
                        "link-forgotten", "Only with an identity link is that the same."
                    ),
                    "the mean, to which they are added": (
                        "link-forgotten", "Only with an identity link is that the same."
                    ),
                },
                hints=(Hint(r"Where does $\mathbf{Z}\mathbf{u}$ stand?"),),
                solution=r"They stand in $\eta$, and the mean is what the inverse of the link makes of $\eta$.",
            ),
        ),
    )  # fmt: skip


if __name__ == "__main__":
    raise SystemExit(sheet(__file__))
