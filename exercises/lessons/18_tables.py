"""Analysis of variance: degrees of freedom, expected mean squares, errors, and components of variance."""

from __future__ import annotations

from tutor import Lesson, Page, Practice, model, rcbd, split_plot


def make() -> Lesson:
    return Lesson(
        title="Tables and what they estimate",
        about="A mean square estimates a sum of variances; which one, tells how to test and what to estimate.",
        day=2,
        parts=(
            Page(
                "The table of a block design",
                r"Each line has degrees of freedom, and a mean square whose expectation is a sum of variances. $Q$ is "
                r"what the fixed effects add; it is 0 if they are alike.",
                shown=rcbd(4, 3).anova(),
            ),
            Practice("anova_of_blocks"),
            Page(
                "Two errors",
                r"A factor is tested against how much the units vary that its levels were drawn for: whole plots "
                r"for one "
                r"factor, subplots for the other.",
                shown=split_plot(2, 3, 4).anova(),
            ),
            Practice("anova_of_split_plots"),
            Page(
                "Which of the two",
                r"Ask what a difference of two levels is made of. If the levels stand on different whole plots, the "
                r"effects of whole plots are in it; if they stand side by side on each, these fall out.",
                shown=split_plot(2, 3, 4).layout(seed=1),
            ),
            Practice("errors_of_split_plots"),
            Page(
                "Back from mean squares",
                r"Put each mean square in the place of its expectation, and solve for the variances. Six rails "
                r"were measured three times each (`rail.csv`): the mean squares below, 1862.1 and 16.17, give "
                r"$\hat{\sigma}^2 = 16.17$ and $\hat{\sigma}^2_u = (1862.1 - 16.17)/3 = 615.3$.",
                shown=model("travel ~ 1 + (1 | Rail)", data="rail.csv").anova(),
            ),
            Practice("components_from_mean_squares"),
            Page(
                "Standard errors",
                r"The same variances give the standard errors. A difference within blocks has less of them than a "
                r"mean.",
                shown=rcbd(4, 3).se_difference("tau"),
            ),
            Practice("standard_errors_in_numbers"),
        ),
    )
