"""Estimates of fixed effects, predictors of random ones, and why these are shrunk."""

from __future__ import annotations

from tutor import Lesson, Page, Practice, one_way


def make() -> Lesson:
    m = one_way(4, 5)
    return Lesson(
        title="Estimates and predictors",
        about="What the model says of data: the best estimate of β, and the best predictor of u.",
        day=2,
        parts=(
            Page(
                "Weighed by how they vary",
                r"Ordinary least squares weighs all observations alike. If they vary together, or not equally, the "
                r"best linear unbiased estimate weighs them by $\mathbf{V}^{-1}$. Random effects are not estimated but "
                r"predicted, from what they share with $\mathbf{y}$.",
            ),
            Practice("best_estimates"),
            Page(
                "Part of the way",
                r"A group that is far above the mean is so partly by its effect and partly by chance. The predictor "
                r"goes only part of the way.",
                shown=m.blup.shrinkage,
            ),
            Practice("shrinkage"),
        ),
    )
