"""From an equation for one observation to Xβ for all: X for a covariate."""

from __future__ import annotations

from tutor import Lesson, Page, Practice, plot_regression, regression


def make() -> Lesson:
    m = regression([0, 1, 2, 5])
    return Lesson(
        title="From one observation to all",
        about="The same model as an equation for each observation, and as one equation in matrices.",
        parts=(
            Page(
                "A line, and what is beside it",
                r"The intercept-and-slope model says of each observation where its mean lies, $\beta_0 + "
                r"x_i\beta_1$, and that it differs from it by an error, $\varepsilon_i \sim N(0, \sigma^2)$. The "
                r"second argument of $N$ is "
                "a variance, not a standard deviation.",
                shown=m.equation("index"),
                picture=lambda: plot_regression([0, 1, 2, 3, 4, 5], [2.1, 2.4, 3.9, 4.2, 4.6, 6.1], at=[1, 4]),
            ),
            Practice("line_in_three_forms"),
            Page(
                "The same mean in every row",
                r"Each row of $\mathbf{X}$ holds the numbers by which the parameters are multiplied in one "
                r"observation. Row by row, $\mathbf{X}\boldsymbol{\beta}$ is the mean of $\mathbf{y}$. In the "
                r"last row below it is $1 \cdot \beta_0 + 5 \cdot \beta_1$.",
                shown=m.X,
                picture=lambda: m.plot_matrix("X"),
            ),
            Practice("design_matrix_line"),
            Page(
                "What is expected, and what is left",
                r"Let the line be $\beta_0 = 10$ and $\beta_1 = 3$. At $x_i = 2$ the model expects "
                r"$10 + 3 \cdot 2 = 16$. If $y_i = 18$ was observed, its error is $\varepsilon_i = 18 - 16 = 2$."
                "\n\n"
                r"$$\begin{bmatrix} 9 \\ 14 \\ 18 \end{bmatrix} = \begin{bmatrix} 1 & 0 \\ 1 & 1 \\ 1 & 2 "
                r"\end{bmatrix} \begin{bmatrix} 10 \\ 3 \end{bmatrix} + \begin{bmatrix} -1 \\ 1 \\ 2 "
                r"\end{bmatrix}$$",
            ),
            Practice("fitted_and_error"),
            Page(
                "Its expected value, line by line",
                r"A mean of a sum is the sum of the means, and the errors have mean $0$. Nothing else is needed.",
                shown=m.derive("E(y)"),
            ),
            Practice("derive_mean"),
        ),
    )
