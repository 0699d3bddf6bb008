"""From an equation for one observation to Xβ for all: X for a covariate."""

from __future__ import annotations

from tutor import Lesson, Page, Practice, regression


def make() -> Lesson:
    m = regression([0, 1, 2, 5])
    return Lesson(
        title="From one observation to all",
        about="The same model as an equation for each observation, and as one equation in matrices.",
        parts=(
            Page(
                "The same mean in every row",
                r"Each row of $\mathbf{X}$ holds the numbers by which the parameters are multiplied in one "
                r"observation. Row by row, $\mathbf{X}\boldsymbol{\beta}$ is the mean of $\mathbf{y}$.",
                shown=m.X,
            ),
            Page(
                "Its expected value, line by line",
                r"A mean of a sum is the sum of the means, and the errors have mean $0$. Nothing else is needed.",
                shown=m.derive("E(y)"),
            ),
            Practice("design_matrix_line"),
        ),
    )
