"""A factor as R codes it: the first level as the reference, and what each coefficient means."""

import random

from tutor import Exercise, Hint, Mistake, Question, in_numbers, model, sheet, worked

STORIES = (("variety", ("Arina", "Forno", "Runal"), "yield", "t/ha"),
           ("drug", ("aspirin", "ibuprofen", "placebo"), "pain", "points"),
           ("method", ("book", "film", "group"), "score", "points"),
           ("diet", ("barley", "maize", "oats"), "gain", "kg"))  # fmt: skip


def make(rng: random.Random) -> Exercise:
    factor, levels, response, unit = rng.choice(STORIES)
    means, which = rng.sample(range(10, 60), 3), rng.choice((1, 2))
    first, other = levels[0], levels[which]
    own = [[int(level == column) for column in range(3)] for level in (0, 0, 1, 1, 2, 2)]
    rows = [[1, *row[1:]] for row in own]
    values = [mean + up for mean in means for up in (-1, 1)]
    m = model(f"{response} ~ {factor}", data={response: values, factor: [each for each in levels for _ in (1, 2)]})
    told = [f"{mean} {unit} for {level}" for mean, level in zip(means, levels, strict=True)]
    return Exercise(
        title="The first level is the reference",
        story=f"In R, `lm({response} ~ {factor})` codes the factor {factor} by its levels in alphabetical order, "
        f"{', '.join(levels)}: a column of ones, and a column for each level but the first, with a 1 in the "
        "rows of that level. There are 2 observations of each, in this order.\n\n"
        r"$$\mathrm{E}(\mathbf{y}) = \mathbf{X}\boldsymbol{\beta}, \quad \boldsymbol{\beta} = "
        r"[\beta_0, \beta_1, \beta_2]'$$",
        model=m, tags=("design matrix", "factor", "coding"), prerequisites=("design_matrix_factor",),
        questions=(
            Question("q1", r"Write $\mathbf{X}$ with its entries.", m.X, without=("X",), points=2, room=4,
                hints=(Hint(f"How many rows are there? What stands in the rows of {first}?"),
                       Hint(f"The rows of {first} are 1, 0, 0.", 0.25)),
                solution=worked("X", (rows, f"ones, then a 1 in the rows of {levels[1]}, and of {levels[2]}; {first} "
                                            "has neither"), of=m),
                also_right=(str(rows),),
                mistakes=(Mistake(str(own), None, "Is there a column of ones?"),
                          Mistake(str([row[1:] for row in rows]), "missing-intercept", "Is there a column of ones?"))),
            Question.from_options("q2", rf"What is $\beta_{which}$?", rng,
                right=(f"how much the mean of {other} is above that of {first}",),
                wrong={f"the mean of {other}": ("other-coding", f"That mean is β_0 + β_{which}."),
                       f"the mean of {first}": ("wrong-index", "In its rows only the column of ones is not zero."),
                       f"how much the mean of {other} is above the mean of all": ("other-coding",
                           f"What is the mean where all columns but the first are zero? That of {first}.")},
                hints=(Hint(f"Write the mean of {first} and that of {other} as rows times β."),
                       Hint(rf"The mean of {first} is $\beta_0$.", 0.25)),
                solution=rf"The mean of {first} is $\beta_0$ and that of {other} is $\beta_0 + \beta_{which}$; "
                rf"their difference is $\beta_{which}$."),
            Question("q3", rf"The means are {told[0]}, {told[1]} and {told[2]}. What is $\beta_{which}$?",
                means[which] - means[0], room=2,
                hints=(Hint("A difference of two means."), Hint(rf"$\beta_0 = {means[0]}$.", 0.25)),
                solution=in_numbers(f"μ_{which + 1} - μ_1", {f"μ_{which + 1}": means[which], "μ_1": means[0]},
                    because=f"the mean of {other}, β_0 + β_{which}, less that of {first}, β_0"),
                mistakes=(Mistake(str(means[which]), None, f"That is β_0 + β_{which}."),
                          Mistake(str(means[0] - means[which]), "sign", "Which of the two is the reference?"))),
        ))  # fmt: skip


if __name__ == "__main__":
    raise SystemExit(sheet(__file__))
