"""Which assumption fails, in the story of a study."""

import random

from tutor import Exercise, Hint, Question, sheet

FAILURES = {
    "independence": (
        "Each of 10 cows is milked on 5 days, and the 50 yields are analysed as one sample.",
        "Pupils of 6 classes take a test, and the classes are left out of the model.",
        "The soil of a field is sampled every metre along a line.",
        "Two leaves are taken from each of 12 plants, and the 24 leaves are analysed as one sample."),
    "constant variance": (
        "The weights of mice and of elephants are modelled together.",
        "The larger the dose, the more the patients differ from one another in their response.",
        "Half of the samples were measured with an old balance, which is much less precise."),
    "linearity": (
        "A line is fitted to yields that rise with nitrogen up to 120 kg/ha and fall beyond.",
        "A line is fitted to the heights of people from birth to the age of 40.",
        "A line is fitted to the number of bacteria in a culture that doubles every hour."),
    "normality": (
        "The response is whether a seed has germinated: 0 or 1.",
        "The response is the number of weeds on a plot, and on most plots there is none or one.",
        "The response is a waiting time: most are short, and a few are very long."),
}  # fmt: skip
ASK = {"independence": "Do any of the observations share something?",
       "constant variance": "Is the scatter larger for some of them?",
       "linearity": "Is the mean no line?",
       "normality": "Is the response unlike a bell, given its mean?"}  # fmt: skip


def make(rng: random.Random) -> Exercise:
    failing = rng.choice(sorted(FAILURES))
    return Exercise(
        title="Which assumption fails?",
        story="A model assumes linearity, constant variance, independence and normality. "
        f"Here is how somebody went about it:\n\n*{rng.choice(FAILURES[failing])}*",
        tags=("assumptions",), prerequisites=("four_assumptions",),
        questions=(
            Question.from_options("q1", "Which assumption fails first of all?", rng, right=(failing,),
                wrong={name: ASK[name] for name in FAILURES if name != failing},
                hints=(Hint("Go through the four, and ask of each what it would mean here."),
                       Hint(ASK[failing], 0.25)),
                solution=f"{ASK[failing]} Yes: it is {failing} that fails."),
        ))  # fmt: skip


if __name__ == "__main__":
    raise SystemExit(sheet(__file__))
