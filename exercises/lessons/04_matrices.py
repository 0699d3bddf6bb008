"""Variances in a matrix: the identity, and what stands on the diagonal and off it."""

from __future__ import annotations

from tutor import Lesson, Page, Practice, plot_bivariate


def make() -> Lesson:
    return Lesson(
        title="Variances in a matrix",
        about="How one matrix tells the variance of each observation and how each pair varies together.",
        parts=(
            Page(
                "A table of all pairs",
                r"The variance of a vector is a matrix: $\mathrm{Var}(y_i)$ stands on the diagonal, in row $i$ and "
                r"column $i$; $\mathrm{Cov}(y_i, y_j)$ stands in row $i$ and column $j$, and in row $j$, column $i$."
                "\n\n"
                r"$$\mathrm{Var}(\mathbf{y}) = \begin{bmatrix} \mathrm{Var}(y_1) & \mathrm{Cov}(y_1, y_2) \\ "
                r"\mathrm{Cov}(y_2, y_1) & \mathrm{Var}(y_2) \end{bmatrix}$$",
            ),
            Practice("identity_matrix"),
            Page(
                "Two observations that vary together",
                r"If $y_1$ is above its mean, is $y_2$ likely to be so too? The covariance tells; the correlation "
                r"tells it on a scale from $-1$ to $1$. With variances $4$ and $9$ and a covariance of $3$ it is "
                r"$3/\sqrt{4 \cdot 9} = 1/2$.",
                picture=lambda: plot_bivariate([[4, 3], [3, 9]], mean=(20, 18)),
            ),
            Practice("bivariate_normal"),
            Practice("correlation_matrix"),
            Page(
                "What a sum does",
                r"$\mathrm{Var}(\mathbf{a}'\mathbf{y}) = \mathbf{a}'\,\mathrm{Var}(\mathbf{y})\,\mathbf{a}$ adds up "
                r"the entries of the matrix, each multiplied by two entries of $\mathbf{a}$. For $y_1 + y_2$ both "
                r"are $1$, so that the covariance is added twice:"
                "\n\n"
                r"$$\begin{bmatrix} 1 & 1 \end{bmatrix} \begin{bmatrix} 4 & 1 \\ 1 & 9 \end{bmatrix} "
                r"\begin{bmatrix} 1 \\ 1 \end{bmatrix} = 4 + 1 + 1 + 9 = 15$$",
                picture=lambda: plot_bivariate([[4, 1], [1, 9]]),
            ),
            Practice("sum_and_difference"),
            Page(
                "What no variance can be",
                r"$\mathrm{Cov}(y_i, y_j) = \mathrm{Cov}(y_j, y_i)$, so a variance is symmetric. No variance is "
                r"negative, and no correlation is beyond $-1$ and $1$. Printed matrices break these rules more often "
                "than one would think. Here the correlation would be $5/\\sqrt{4 \\cdot 4}$, more than 1:"
                "\n\n"
                r"$$\begin{bmatrix} 4 & 5 \\ 5 & 4 \end{bmatrix}$$",
            ),
            Practice("find_the_fault"),
            Practice("possible_variances"),
        ),
    )
