"""Probabilities: averaging flattens, with a closed form for the probit and none for the logit."""

from __future__ import annotations

from tutor import Lesson, Page, Practice


def make() -> Lesson:
    return Lesson(
        title="When the response is yes or no",
        about="The probability in one group and the probability over all groups are not the same.",
        day=3,
        parts=(
            Page(
                "Averaging flattens",
                r"Groups differ in their probabilities. The mean of these is nearer to 1/2 than the probability of a "
                r"group in the middle, since the curve of the link bends.",
            ),
            Practice("probit_and_logit"),
        ),
    )
