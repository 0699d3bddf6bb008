"""Split plots and nested effects: more than one random effect, and what pairs share."""

from __future__ import annotations

from tutor import Lesson, Page, Practice, nested, split_plot


def make() -> Lesson:
    plots, herds = split_plot(2, 3, 4), nested(3, 2, 4)
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
            Practice("split_plot_differences"),
            Page(
                "Effects within effects",
                r"A cow is in one herd only: $v_{j(i)}$ is read as cow $j$ of herd $i$. Two samples of a cow share "
                r"the cow and the herd.",
                shown=herds.derive("Var(y_111)"),
                picture=nested(2, 2, 3).plot_variance,
            ),
            Practice("nested_pairs"),
        ),
    )
