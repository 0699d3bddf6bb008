"""The four assumptions of a linear model, and where each of them lives in its equation."""

import random

from tutor import Exercise, Hint, Question, sheet

STORIES = ("the yield of a plot of sorghum, in t/ha, and $x_i$ the nitrogen it was given, in kg/ha",
           "the weight of a lamb, in kg, and $x_i$ its age, in weeks",
           "the pulse of a patient, in beats per minute, and $x_i$ the dose of a drug, in mg",
           "the score of a pupil, in points, and $x_i$ the hours of study",
           "the height of a tree, in m, and $x_i$ the diameter of its trunk, in cm")  # fmt: skip
PLACES = {"Linearity": r"in $\mathbf{X}\boldsymbol{\beta}$: each mean is a sum of parameters times known numbers",
          "Constant variance": r"in $\sigma^2\mathbf{I}$: the same number all along the diagonal",
          "Independence": r"in $\sigma^2\mathbf{I}$: zeros everywhere beside the diagonal",
          "Normality": "in the letter $N$: the family of the distribution"}  # fmt: skip
MEANINGS = {"Linearity": "the mean changes by the same amount with each unit of $x$",
            "Constant variance": "observations with a large mean scatter as much as those with a small one",
            "Independence": "that one error is positive says nothing of any other",
            "Normality": "errors are spread around $0$ like a bell"}  # fmt: skip
ASK = {"Linearity": "What does that place say of the means?",
       "Constant variance": "What does that say of one observation beside another: their scatter?",
       "Independence": "What does that say of two errors together?",
       "Normality": "What does that say of the shape of the distribution?"}  # fmt: skip
SLIPS = {("Constant variance", "Independence"): "covariance-for-variance",
         ("Independence", "Constant variance"): "variance-for-covariance"}  # fmt: skip


def slip(asked: str, chosen: str, say: str) -> str | tuple[str, str]:
    """What to say to one assumption that is taken for another, with its key where it is the other half of σ²I."""
    return (SLIPS[asked, chosen], say) if (asked, chosen) in SLIPS else say


def where(rng: random.Random, key: str, assumption: str) -> Question:
    return Question.from_options(
        key, f"Where in the model is this assumption: {assumption.lower()}?", rng, right=(PLACES[assumption],),
        wrong={place: slip(assumption, name, ASK[name]) for name, place in PLACES.items() if name != assumption},
        hints=(Hint("Is it about the mean, about the scatter of one, about two together, or about the shape?"),
               Hint(ASK[assumption], 0.25)),
        solution=f"{assumption} is {PLACES[assumption]}.")  # fmt: skip


def make(rng: random.Random) -> Exercise:
    first, second = rng.sample(sorted(PLACES), 2)
    third = rng.choice(sorted(set(PLACES) - {first, second}))
    others = {said: slip(third, name, f"That is {name.lower()}.") for name, said in MEANINGS.items() if name != third}
    return Exercise(
        title="Four assumptions, three places",
        story=f"$y_i$ is {rng.choice(STORIES)}.\n\n$$\\mathbf{{y}} \\sim N(\\mathbf{{X}}\\boldsymbol{{\\beta}}, "
        "\\sigma^2\\mathbf{I})$$\n\nThe model assumes linearity, constant variance, independence and normality.",
        tags=("assumptions", "distribution", "identity matrix"), prerequisites=("line_in_three_forms",),
        questions=(where(rng, "q1", first), where(rng, "q2", second),
            Question.from_options("q3", f"What does {third.lower()} mean here?", rng,
                right=(MEANINGS[third],), wrong=others,
                hints=(Hint("Say it of two plots, patients or trees in your own words first."),),
                solution=f"{third}: {MEANINGS[third]}."),
        ))  # fmt: skip


if __name__ == "__main__":
    raise SystemExit(sheet(__file__))
