"""Fixed and random effects, and blocks among the fixed ones."""

from __future__ import annotations

from tutor import Lesson, Page, Practice, rcbd


def make() -> Lesson:
    fixed = rcbd(treatments=2, blocks=3, blocks_are="fixed")
    return Lesson(
        title="Fixed or random",
        about="What makes an effect random, and what a model with fixed blocks looks like.",
        parts=(
            Page(
                "About these, or about many",
                "Three varieties are compared, and a farmer will choose one of them: the question is about these "
                "three, and their effects are *fixed*. They are grown in six fields, and the farmer has other "
                "fields: the six "
                r"stand for many, and their effects are *random*, with a distribution, $u_j \sim N(0, \sigma^2_u)$.",
            ),
            Practice("fixed_or_random"),
            Page(
                "First, blocks that are fixed",
                r"Then each block has a parameter $\rho_j$ and a column in $\mathbf{X}$, as each treatment has. Only "
                r"the errors vary, and $\mathrm{Var}(\mathbf{y}) = \sigma^2\mathbf{I}$ as before.",
                shown=fixed.X,
                picture=lambda: fixed.plot_matrix("X"),
            ),
            Practice("blocks_fixed"),
        ),
    )
