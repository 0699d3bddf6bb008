"""Counts: a link, a linear predictor, and two different means."""

from __future__ import annotations

from tutor import Lesson, Page, Practice


def make() -> Lesson:
    return Lesson(
        title="When the response is a count",
        about="With a log link the mean given the group and the mean over all groups are not the same.",
        day=3,
        parts=(
            Page(
                "Three parts",
                r"A generalized linear mixed model has a *family*, the distribution of $y$ given the random effects; a "
                r"*linear predictor*, $\eta = \mu + u$; and a *link* between the mean and the predictor, "
                r"$\log(\lambda) = \eta$. The random effect acts within the link, so a mean over all groups is one "
                r"of $e^{\mu + u}$.",
            ),
            Practice("poisson_counts"),
            Page(
                "Two sources of variance",
                r"A Poisson count varies even when its mean is known, and the means vary from group to group. Both add "
                r"to the variance over all groups, which is larger than the mean: *overdispersion*.",
            ),
            Practice("overdispersed_counts"),
            Page(
                "Logarithms of a normal kind",
                r"When $\log(y)$ is normal, undoing the logarithm gives medians. The mean is larger, by what the "
                r"variances add.",
            ),
            Practice("back_from_logarithms"),
        ),
    )
