"""Counts: a link, a linear predictor, and two different means."""

from __future__ import annotations

from tutor import Lesson, Page, Practice, glmm, one_way


def make() -> Lesson:
    fields = glmm(one_way(4, 3), "Poisson")
    return Lesson(
        title="When the response is a count",
        about="With a log link the mean given the group and the mean over all groups are not the same.",
        day=3,
        parts=(
            Page(
                "Three parts",
                r"A generalized linear mixed model has a *family*, the distribution of $y$ given the random effects; "
                r"a *linear predictor*, $\eta = \mu + u$; and a *link* between the mean and the predictor, "
                r"$\log(\lambda) = \eta$. The random effect acts within the link, so a mean over all groups is one of "
                r"$e^{\mu + u}$.",
                shown=fields.equation("index"),
                picture=lambda: fields.plot_means(mu=1, sigma2_u=1),
            ),
            Page(
                "Two means",
                r"Half of the groups have $u = 1$ and half $u = -1$, and $\mu = 1$. In the first $\lambda$ is $e^2$, "
                r"about 7.4, in the second it is 1; the mean of all is 4.2. In a group in the middle, with $u = 0$, it "
                r"is about 2.7 only: the curve rises more above the middle than it falls below.",
            ),
            Practice("poisson_counts"),
            Page(
                "Two sources of variance",
                r"A Poisson count varies even when its mean is known, and the means vary from group to group. Both "
                r"add to the variance over all groups, which is larger than the mean: *overdispersion*. In the two "
                r"kinds of groups above the means are $7.4$ and $1$, each 3.2 away from 4.2. That adds the square, "
                r"10.2, to the $4.2$ that counts vary by on average.",
            ),
            Practice("overdispersed_counts"),
            Page(
                "Logarithms of a normal kind",
                r"When $\log(y)$ is normal, undoing the logarithm gives medians. The mean is larger, by what the "
                r"variances add: if $\log(y)$ is $-1$, $0$ or $1$ equally often, then $y$ is $0.37$, $1$ or $2.7$. "
                r"The median is $1$ and the mean $1.36$.",
            ),
            Practice("back_from_logarithms"),
        ),
    )
