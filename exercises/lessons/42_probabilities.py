"""Probabilities: averaging flattens, with a closed form for the probit and none for the logit."""

from __future__ import annotations

from tutor import Lesson, Page, Practice, glmm, one_way


def make() -> Lesson:
    herds = glmm(one_way(4, 3), "Bernoulli", "probit")
    return Lesson(
        title="When the response is yes or no",
        about="The probability in one group and the probability over all groups are not the same.",
        day=3,
        parts=(
            Page(
                "Averaging flattens",
                r"Groups differ in their probabilities. The mean of these is nearer to 1/2 than the probability of a "
                r"group in the middle, since the curve of the link bends."
                "\n\n"
                r"Two groups have predictors of $0$ and $4$ on the scale of the logit: their probabilities are $0.50$ "
                r"and $0.98$, with a mean of $0.74$. A group in the middle, at $2$, has $0.88$.",
                shown=herds.equation("index"),
                picture=lambda: herds.plot_means(mu=0, sigma2_u=2),
            ),
            Practice("probit_and_logit"),
        ),
    )
