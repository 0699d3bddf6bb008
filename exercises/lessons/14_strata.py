"""Split plots and nested effects: more than one random effect, and what pairs share."""

from __future__ import annotations

from tutor import Lesson, Page, Practice, model, nested, split_plot


def make() -> Lesson:
    plots, herds = split_plot(2, 3, 4), nested(3, 2, 4)
    oats = model("yield ~ nitro + (1 | Block/Variety)", data="oats.csv")
    pastes = model("strength ~ 1 + (1 | batch/cask)", data="pastes.csv")
    return Lesson(
        title="More than one random effect",
        about="Which unit was randomized decides which effects there are, and which pairs vary together.",
        day=2,
        parts=(
            Page(
                "Two sizes of plots",
                r"In a split plot two things were randomized: A to whole plots, B to subplots within them. Each whole "
                r"plot has an effect of its own, which all its subplots share. The double lines part whole plots.",
                shown=split_plot(2, 3, 3).layout(seed=1),
            ),
            Page(
                "What two subplots share",
                r"Two subplots of one whole plot share its effect and the block's; two of one block and different "
                r"whole plots the block's only; and two of different blocks nothing. That is all there is to "
                r"$\mathrm{Var}(\mathbf{y})$.",
                shown=plots.derive("Cov(y_111, y_121)"),
                picture=split_plot(2, 3, 2).plot_variance,
            ),
            Practice("split_plot_pairs"),
            Page(
                "What falls out of a difference",
                r"Two levels of B stand side by side on each whole plot, so its effect falls out of their difference. "
                r"Two levels of A never do.",
                shown=plots.se_difference("alpha"),
            ),
            Page(
                "Oats at Rothamsted",
                r"In each of six blocks three varieties of oats were drawn for whole plots, and four doses of nitrogen "
                r"for the subplots of each (`oats.csv`). Estimates are $\sigma^2_u = 210$, $\sigma^2_v = 121$ and "
                r"$\sigma^2 = 166$, 497 together: two subplots of one whole plot have the correlation $(210 + 121)/497 "
                r"= 0.67$, two of one block and different whole plots $210/497 = 0.42$.",
                shown=oats,
            ),
            Practice("split_plot_differences"),
            Page(
                "Effects within effects",
                r"A cow is in one herd only: $v_{j(i)}$ is read as cow $j$ of herd $i$. Two samples of a cow share "
                r"the cow and the herd.",
                shown=herds.derive("Var(y_111)"),
                picture=nested(2, 2, 3).plot_variance,
            ),
            Page(
                "Batches, casks and tests",
                r"Three casks of each of ten batches of a paste were tested twice each (`pastes.csv`). Estimates are "
                r"$\sigma^2_u = 1.66$ for batches, $\sigma^2_v = 8.43$ for casks and $\sigma^2 = 0.68$. Two tests of "
                r"one cask have the correlation $(1.66 + 8.43)/10.77 = 0.94$, two casks of one batch $1.66/10.77 = "
                r"0.15$: it is the casks that differ.",
                shown=pastes,
            ),
            Practice("nested_pairs"),
        ),
    )
