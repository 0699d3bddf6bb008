"""Fixed and random effects, and blocks among the fixed ones."""

from __future__ import annotations

from tutor import Lesson, Page, Practice, model, rcbd


def make() -> Lesson:
    fixed = rcbd(treatments=2, blocks=3, blocks_are="fixed")
    stools = model("effort ~ Type + (1 | Subject)", data="ergostool.csv")
    persons_fixed = model("effort ~ Type + factor(Subject)", data="ergostool.csv")
    return Lesson(
        title="Fixed or random",
        about="What makes an effect random, and what a model with fixed blocks looks like.",
        parts=(
            Page(
                "About these, or about many",
                "Nine persons rose from each of four types of stool, and told how hard it was (`ergostool.csv`; Devore "
                "2000). One of the four will be built: the question is about these, and their effects are *fixed*. "
                "Others will sit on it: the nine persons "
                r"stand for many, and their effects are *random*, with a distribution, $u_j \sim N(0, \sigma^2_u)$.",
                shown=stools,
            ),
            Practice("fixed_or_random"),
            Page(
                "First, blocks that are fixed",
                r"Then each block has a parameter $\rho_j$ and a column in $\mathbf{X}$, as each treatment has. Only "
                r"the errors vary, and $\mathrm{Var}(\mathbf{y}) = \sigma^2\mathbf{I}$ as before.",
                shown=fixed.X,
                picture=lambda: fixed.plot_matrix("X"),
            ),
            Page(
                "A parameter for each person",
                r"If the question were about the nine persons themselves, $\mathbf{X}$ would have a column of ones, "
                r"three for the stools and eight for the persons, as R codes them. They leave $36 - 12 = 24$ degrees "
                r"of freedom to the errors, whose variance is estimated as $\sigma^2 = 1.21$.",
                shown=persons_fixed,
                picture=lambda: persons_fixed.plot_matrix("X"),
            ),
            Practice("blocks_fixed"),
        ),
    )
