"""The assumptions of a linear model: what they say, and where in the model they stand."""

from __future__ import annotations

from tutor import Lesson, Page, Practice, matrix, one_way, plot_regression


def make() -> Lesson:
    pens = one_way(3, 2)
    return Lesson(
        title="What a model takes for granted",
        about="Linearity, constant variance, independence and normality, each in its place in the model.",
        parts=(
            Page(
                "Four words and one line",
                r"$$\mathbf{y} \sim N(\mathbf{X}\boldsymbol{\beta}, \sigma^2\mathbf{I})$$"
                "\n\n"
                r"The whole model is in this line. It says which *family* the distribution is of, where the *means* "
                r"are, how large each *variance* is, and how each *pair* varies together. A mixed model will change "
                r"one of the four only.",
                picture=lambda: plot_regression([0, 1, 2, 3, 4, 5], [2.1, 2.4, 3.9, 4.2, 4.6, 6.1], at=[1, 4]),
            ),
            Practice("four_assumptions"),
            Page(
                "When one of them fails",
                "A story tells which: observations that share something are not independent; a scatter that grows "
                "with "
                "the mean is not constant; a count or a yes is not normal; and what rises and falls again is no line."
                "\n\n"
                r"Here two pigs of each of three pens were weighed. Independence fails: beside the diagonal of "
                r"$\mathrm{Var}(\mathbf{y})$ not all is $0$.",
                shown=matrix(pens.V.explicit().tolist()),
                picture=pens.plot_variance,
            ),
            Practice("broken_assumption"),
            Practice("assumption_in_v"),
        ),
    )
