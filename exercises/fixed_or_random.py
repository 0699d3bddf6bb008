"""Fixed or random: what an experiment wants to know, and what its effects then have."""

import random

from tutor import Exercise, Hint, Question, sheet

RANDOM = {
    "20 farms, drawn from a list of all farms of a region": "they stand for all farms that could have been drawn.",
    "8 batches of raw material, taken as they came": "they stand for all batches that will come.",
    "12 classes of a city, drawn by lot": "they stand for all classes of the city.",
    "6 sires, bought at random to represent a breed": "they stand for their breed.",
    "9 patients, each measured four times": "they stand for all such patients.",
    "10 fields, each a block of an experiment that shall hold for other fields": "they stand for other fields.",
    "5 days on which loaves were baked": "they stand for other days.",
}
FIXED = {
    "4 doses of a drug, between which one has to decide": "These four are what is asked about.",
    "3 varieties of wheat that can be bought": "These three are what is asked about.",
    "2 ways to teach reading": "These two are what is asked about.",
    "women and men": "There are no other levels from which these were drawn.",
    "irrigated and not irrigated": "These two are what is asked about.",
    "5 amounts of nitrogen, 0 to 160 kg/ha": "These amounts were chosen.",
}
ABOUT = ("What does the model say of an effect that is random?",
         "What does a random effect have that a fixed one does not?")  # fmt: skip


def make(rng: random.Random) -> Exercise:
    drawn, chosen = rng.sample(sorted(RANDOM), 2), rng.sample(sorted(FIXED), 3)
    no_mean = ("random-in-mean", "The mean of a random effect is zero.")
    return Exercise(
        title="Fixed or random?",
        story="The levels of a factor are *fixed* if the question is about these levels and no others. They are "
        "*random* if they are a sample, and the question is about what they were drawn from.",
        tags=("random effects", "fixed effects"), prerequisites=("design_matrix_factor",),
        questions=(
            Question.from_options("q1", "Whose effects are best taken as random?", rng, points=2, right=tuple(drawn),
                wrong={text: ("fixed-random-confused", FIXED[text]) for text in chosen},
                hints=(Hint("If the experiment were done again, would it have the same levels?"),
                       Hint("Would another experiment use other levels, drawn from the same many? Is one of these "
                            "levels itself of interest?", 0.25)),
                solution=" ".join(f"{text[0].upper()}{text[1:]}: {RANDOM[text]}" for text in drawn)),
            Question.from_options("q2", rng.choice(ABOUT), rng, right=("a distribution, with a variance",),
                wrong={"a column in the design matrix": ("fixed-random-confused",
                           "Both have one: fixed effects in X, random ones in Z."),
                       "a value that is not known": "Neither value is known.",
                       "a mean for each of its levels": ("fixed-random-confused", "That is what a fixed effect has.")},
                hints=(Hint(r"Compare $\tau_i$ with $u_j \sim N(0, \sigma^2_u)$."),),
                solution=r"A distribution: $u_j \sim N(0, \sigma^2_u)$. What is estimated is $\sigma^2_u$."),
            Question.from_options("q3",
                "A model has fixed treatments and random blocks. Where does the effect of the blocks show?", rng,
                right=(r"in $\mathrm{Var}(\mathbf{y})$",),
                wrong={r"in $\mathrm{E}(\mathbf{y})$": no_mean, "in both": no_mean,
                       "in neither": ("missing-random", "Do two observations of one block not share something?")},
                hints=(Hint("Which is the mean of a random effect?"),),
                solution=r"$\mathrm{E}(\mathbf{u}) = \mathbf{0}$, so the mean has no blocks in it. Two observations of "
                "one block share its effect, which is part of their variance and their covariance."),
        ))  # fmt: skip


if __name__ == "__main__":
    raise SystemExit(sheet(__file__))
