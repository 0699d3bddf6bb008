"""Henderson's equations: fixed and random effects in one system."""

from __future__ import annotations

from tutor import Lesson, Page, Practice, one_way, rcbd


def make() -> Lesson:
    groups = one_way(2, 2)
    return Lesson(
        title="The mixed model equations",
        about="One system of equations gives the best estimate and the best predictor, without an inverse of V.",
        day=2,
        parts=(
            Page(
                "One system for both",
                r"The joint density of $\mathbf{y}$ and $\mathbf{u}$ is largest where its derivatives are 0. That "
                r"gives the equations of least squares, with $\mathbf{G}^{-1}$ added where the random effects stand: "
                r"it is what makes them shrink.",
                shown=rcbd(3, 4).equation("matrix"),
            ),
            Practice("henderson_equations"),
            Page(
                "Two groups of two",
                r"Let $\sigma^2 = \sigma^2_u = 1$, and let $3$ and $5$ be observed in one group, $9$ and $7$ in the "
                r"other. The counts of observations stand on the left, with $\sigma^2/\sigma^2_u = 1$ added for each "
                r"group; on the right stand the sums. Without what is added it would be $2$ instead of $3$, and no "
                r"unique solution."
                "\n\n"
                r"$$\begin{bmatrix} 4 & 2 & 2 \\ 2 & 3 & 0 \\ 2 & 0 & 3 \end{bmatrix} \begin{bmatrix} \hat\mu \\ "
                r"\hat{u}_1 \\ \hat{u}_2 \end{bmatrix} = \begin{bmatrix} 24 \\ 8 \\ 16 \end{bmatrix}$$"
                "\n\n"
                r"The solution is $\hat\mu = 6$, $\hat{u}_1 = -4/3$ and $\hat{u}_2 = 4/3$. The groups' means are 2 "
                r"below and 2 above that of all: the predictors go two thirds of the way.",
                shown=groups.Z,
                picture=lambda: groups.plot_matrix("X|Z"),
            ),
            Practice("ratios_of_variances"),
        ),
    )
