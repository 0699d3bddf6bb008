"""Variances in a matrix: the identity, and what stands on the diagonal and off it."""

from __future__ import annotations

from tutor import Lesson, Page, Practice, plot_bivariate


def make() -> Lesson:
    return Lesson(
        title="Variances in a matrix",
        about="How one matrix tells the variance of each observation and how each pair varies together.",
        parts=(
            Page(
                "One letter for many numbers",
                r"A scalar is one number, $y$; a vector is a column of them, $\mathbf{y} = [y_1, y_2, \dots, y_n]'$; a "
                r"matrix is a table, $\mathbf{X}$. Vectors are bold and lower case, matrices bold and upper case."
                "\n\n"
                r"The variance of a vector is a matrix: $\mathrm{Var}(y_i)$ stands on the diagonal, in row $i$ and "
                r"column $i$; $\mathrm{Cov}(y_i, y_j)$ stands in row $i$ and column $j$, and in row $j$, column $i$.",
            ),
            Practice("identity_matrix"),
            Page(
                "Two observations that vary together",
                r"If $y_1$ is above its mean, is $y_2$ likely to be so too? The covariance tells; the correlation "
                r"tells it on a scale from $-1$ to $1$.",
                picture=lambda: plot_bivariate(0.6, mean=(10, 8)),
            ),
            Practice("bivariate_normal"),
        ),
    )
