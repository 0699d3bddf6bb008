"""Expected value and error of real observations: reaction time over days without enough sleep."""

import random

from sympy import Integer

from tutor import Exercise, Hint, Mistake, Question, Rounded, in_numbers, regression, sheet

SUBJECTS = {
    308: (250, 259, 251, 321, 357, 415, 382, 290, 431, 466), 330: (322, 300, 284, 285, 286, 298, 280, 318, 305, 354),
    335: (242, 274, 254, 271, 251, 255, 245, 235, 236, 237), 350: (256, 243, 256, 256, 269, 330, 379, 363, 394, 389),
}  # fmt: skip
"""Average reaction time in ms on days 0 to 9, rounded: Belenky et al. (2003), J. Sleep Research 12:1-12."""


def make(rng: random.Random) -> Exercise:
    subject, times = rng.choice(tuple(SUBJECTS.items()))
    intercept, slope = rng.choice((240, 250, 260)), rng.choice((5, 10, 15))
    # an error of 0 would ask nothing
    day = rng.choice([day for day in range(1, 10) if times[day] != intercept + slope * day])
    mean, line = intercept + slope * day, {"β_0": intercept, "β_1": slope}
    middle = Integer(intercept) + Integer(slope) * 9 / 2
    return Exercise(
        title="What was expected, and what was seen",
        story=f"Subject {subject} of a study slept three hours a night. On day {day} the reaction time was "
        f"{times[day]} ms. Suppose that the model\n\n"
        r"$$y_i = \beta_0 + x_i\beta_1 + \varepsilon_i$$" "\n\n"
        rf"holds for the days 0 to 9 with $\beta_0 = {intercept}$ ms and $\beta_1 = {slope}$ ms a day.",
        model=regression(list(range(10))), tags=("mean", "error", "real data"), prerequisites=("design_matrix_line",),
        questions=(
            Question("q1", f"What is the expected reaction time on day {day}, in ms?",
                Rounded(mean, decimals=0, unit="ms"), room=2,
                hints=(Hint("An expected value has no error in it."), Hint(f"Put {day} in for x.", 0.25)),
                solution=in_numbers("β_0 + x_i β_1", {"x_i": day} | line, because="the error has the mean 0"),
                mistakes=(Mistake(str(times[day]), None, "That was observed. What does the model expect?"),
                          Mistake(str(slope * day), None, "And on day 0?"))),
            Question("q2", rf"What is the error $\varepsilon_i$ on day {day}, in ms?",
                Rounded(times[day] - mean, decimals=0, unit="ms"), room=2,
                hints=(Hint("What is left of the observed time?"), Hint("Observed less expected.", 0.25)),
                solution=in_numbers("y_i - (β_0 + x_i β_1)", {"y_i": times[day], "x_i": day} | line,
                                    because="the model solved for the error"),
                mistakes=(
                    Mistake(str(mean - times[day]), "sign", "What has to be added to the mean to get the observation?"),
                    Mistake("0", None, "That is its mean. What was it on this day?"))),
            Question("q3", r"$\bar{y}$ is the mean of the ten observations. What is $\mathrm{E}(\bar{y})$, in ms, to "
                "one decimal?", Rounded(middle, decimals=1, unit="ms"), points=2, room=2,
                hints=(Hint("The mean of a mean is the mean of the means."),
                       Hint("The mean of 0, 1, …, 9 is 4.5.", 0.25)),
                solution=in_numbers("β_0 + x̄ β_1", {"x̄": "4.5"} | line, decimals=1,
                                    because="the mean of the days is 4.5, and that of all errors 0"),
                mistakes=(Mistake(str(intercept + 9 * slope), None, "What is the mean of the days 0, 1, …, 9?"),
                          Mistake(str(intercept), None, "That is expected on day 0 only."))),
        ))  # fmt: skip


if __name__ == "__main__":
    raise SystemExit(sheet(__file__))
