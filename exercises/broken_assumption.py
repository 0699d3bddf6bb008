"""Which assumption fails: in a story, and in a variance matrix."""

from __future__ import annotations

import random

from sympy import Integer

from tutor import Exercise, Hint, Mistake, Question, matrix, sheet, write

FAILURES = {
    "independence": (
        "Each of 10 cows is milked on 5 days, and the 50 yields are analysed as one sample.",
        "Pupils of 6 classes take a test, and the classes are left out of the model.",
        "The soil of a field is sampled every metre along a line.",
        "Two leaves are taken from each of 12 plants, and the 24 leaves are analysed as one sample.",
    ),
    "constant variance": (
        "The weights of mice and of elephants are modelled together.",
        "The larger the dose, the more the patients differ from one another in their response.",
        "Half of the samples were measured with an old balance, which is much less precise.",
    ),
    "linearity": (
        "A line is fitted to yields that rise with nitrogen up to 120 kg/ha and fall beyond.",
        "A line is fitted to the heights of people from birth to the age of 40.",
        "A line is fitted to the number of bacteria in a culture that doubles every hour.",
    ),
    "normality": (
        "The response is whether a seed has germinated: 0 or 1.",
        "The response is the number of weeds on a plot, and on most plots there is none or one.",
        "The response is a waiting time: most are short, and a few are very long.",
    ),
}

ASK = {
    "independence": "Do any of the observations share something?",
    "constant variance": "Is the scatter larger for some of them?",
    "linearity": "Is the mean no line?",
    "normality": "Is the response unlike a bell, given its mean?",
}


def make(rng: random.Random) -> Exercise:
    failing = rng.choice(sorted(FAILURES))
    variance, shared, other = rng.randint(4, 9), rng.randint(1, 3), rng.randint(10, 16)
    fails = rng.choice(("independence", "constant variance"))
    if fails == "independence":
        rows = [[variance if i == j else shared * (i // 2 == j // 2) for j in range(4)] for i in range(4)]
        holds, slip = "constant variance", ("covariance-for-variance", "Are not all entries of the diagonal alike?")
        because = "The variances are all alike, but some covariances are not zero: these observations share something."
    else:
        rows = [[(variance if i < 2 else other) * (i == j) for j in range(4)] for i in range(4)]
        holds, slip = "independence", ("variance-for-covariance", "Is any entry beside the diagonal not zero?")
        because = "The covariances are all zero, but the variances on the diagonal differ."
    pair = rng.choice(((1, 2), (3, 4)))
    return Exercise(
        title="Which assumption fails?",
        story=(
            "A model assumes linearity, constant variance, independence and normality. "
            "Here is how somebody went about it:\n\n"
            f"*{rng.choice(FAILURES[failing])}*"
        ),
        tags=("assumptions", "variance", "covariance"), prerequisites=("four_assumptions", "identity_matrix"),
        questions=(
            Question.from_options(
                "q1", "Which assumption fails first of all?", rng, right=(failing,),
                wrong={name: ASK[name] for name in FAILURES if name != failing},
                hints=(
                    Hint("Go through the four, and ask of each what it would mean here."),
                    Hint(ASK[failing], cost=0.25),
                ),
                solution=f"{ASK[failing]} Yes: it is {failing} that fails.",
            ),
            Question.from_options(
                "q2",
                f"In another model $\\mathrm{{Var}}(\\mathbf{{y}})$ is $${write(matrix(rows))}$$ Which assumption "
                f"fails?",
                rng, right=(fails,),
                wrong={
                    holds: slip,
                    "linearity": ("mean-in-variance", "Does a variance tell anything about the mean?"),
                    "normality": "Does a variance tell which family the distribution is of?",
                },
                hints=(Hint(r"Compare it with $\sigma^2\mathbf{I}$: first the diagonal, then the rest."),),
                solution=because,
            ),
            Question(
                "q3", rf"In that model, what is $\mathrm{{Cov}}(y_{pair[0]}, y_{pair[1]})$?",
                Integer(rows[pair[0] - 1][pair[1] - 1]), room=1.5,
                hints=(Hint("In which row and which column does it stand?"),),
                solution=rf"Row {pair[0]} is that of $y_{pair[0]}$, and column {pair[1]} that of $y_{pair[1]}$: "
                f"${rows[pair[0] - 1][pair[1] - 1]}$.",
                mistakes=(Mistake(str(rows[pair[0] - 1][pair[0] - 1]), None, "That is a variance. Of which is it?"),),
            ),
        ),
    )  # fmt: skip


if __name__ == "__main__":
    raise SystemExit(sheet(__file__))
