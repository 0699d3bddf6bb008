"""From an equation for one observation to Xβ for all: X for a covariate."""

from __future__ import annotations

from tutor import Lesson, Page, Practice, plot_regression, regression


def make() -> Lesson:
    ages, distances = [8, 10, 12, 14], [26, 25, 29, 31]  # boy M01 of orthodont.csv
    m = regression(ages)
    return Lesson(
        title="From one observation to all",
        about="The same model as an equation for each observation, and as one equation in matrices.",
        parts=(
            Page(
                "A line, and what is beside it",
                r"The intercept-and-slope model says of each observation where its mean lies, $\beta_0 + "
                r"x_i\beta_1$, and that it differs from it by an error, $\varepsilon_i \sim N(0, \sigma^2)$. The "
                r"second argument of $N$ is "
                "a variance, not a standard deviation."
                "\n\n"
                "The picture has a distance in the jaw of one boy at the ages 8, 10, 12 and 14, in mm "
                "(`orthodont.csv`; Potthoff and Roy 1964).",
                shown=m.equation("index"),
                picture=lambda: plot_regression(ages, distances, at=[9, 13]),
            ),
            Practice("line_in_three_forms"),
            Page(
                "The same mean in every row",
                r"Each row of $\mathbf{X}$ holds the numbers by which the parameters are multiplied in one "
                r"observation. Row by row, $\mathbf{X}\boldsymbol{\beta}$ is the mean of $\mathbf{y}$. In the "
                r"last row below, the boy at 14, it is $1 \cdot \beta_0 + 14 \cdot \beta_1$.",
                shown=m.X,
                picture=lambda: m.plot_matrix("X"),
            ),
            Practice("design_matrix_line"),
            Page(
                "What is expected, and what is left",
                r"Take the boy's line of least squares, $\beta_0 = 17.3$ mm and $\beta_1 = 0.95$ mm a year, for the "
                r"true one. At 14 it expects $17.3 + 0.95 \cdot 14 = 30.6$ mm. Observed were 31, so the error is "
                r"$31 - 30.6 = 0.4$."
                "\n\n"
                r"$$\begin{bmatrix} 26 \\ 25 \\ 29 \\ 31 \end{bmatrix} = \begin{bmatrix} 1 & 8 \\ 1 & 10 \\ 1 & 12 "
                r"\\ 1 & 14 \end{bmatrix} \begin{bmatrix} 17.3 \\ 0.95 \end{bmatrix} + \begin{bmatrix} 1.1 \\ -1.8 \\ "
                r"0.3 \\ 0.4 \end{bmatrix}$$",
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
