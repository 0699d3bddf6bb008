"""Scalars, vectors and matrices: how they are written, and which of them can be multiplied."""

from __future__ import annotations

from tutor import Lesson, Page, Practice, regression


def make() -> Lesson:
    m = regression([1, 2, 5])
    return Lesson(
        title="Letters and tables",
        about="How scalars, vectors and matrices are written, and which of them can be multiplied.",
        parts=(
            Page(
                "One letter for many numbers",
                r"A *scalar* is one number, and its letter is neither bold nor upper case: $y_3$, $\sigma^2$, "
                r"$\beta_0$. A *vector* is a column of numbers, bold and lower case: $\mathbf{y}$, "
                r"$\boldsymbol{\beta}$. To save room it is written as a row with a prime, "
                r"$\mathbf{y} \equiv [y_1, y_2, \dots, y_n]'$. A *matrix* is a table of numbers, bold and upper case: "
                r"$\mathbf{X}$, $\mathbf{V}$."
                "\n\n"
                "Rows are told before columns: a table with 3 rows and 2 columns is 3 × 2. In all models of this "
                "course there is a row for each observation.",
                shown=m.X,
            ),
            Practice("notation_table"),
            Page(
                "Columns meet rows",
                r"$\mathbf{A}\mathbf{B}$ exists if $\mathbf{A}$ has as many columns as $\mathbf{B}$ has rows. It has "
                r"the rows of $\mathbf{A}$ and the columns of $\mathbf{B}$: 12 × 3 times 3 × 1 is 12 × 1; 3 × 1 times "
                r"12 × 3 is nothing."
                "\n\n"
                r"A prime turns rows and columns: if $\mathbf{A}$ is 12 × 3, then $\mathbf{A}'$ is 3 × 12.",
            ),
            Practice("shapes_that_meet"),
            Page(
                "Row times column",
                "Row i of the left factor times column j of the right one gives entry (i, j) of the product: first "
                "with first, second with second, and all added up."
                "\n\n"
                r"$$\begin{bmatrix} 1 & 1 \\ 1 & 2 \\ 1 & 5 \end{bmatrix} \begin{bmatrix} 4 \\ 3 \end{bmatrix} = "
                r"\begin{bmatrix} 1 \cdot 4 + 1 \cdot 3 \\ 1 \cdot 4 + 2 \cdot 3 \\ 1 \cdot 4 + 5 \cdot 3 "
                r"\end{bmatrix} = \begin{bmatrix} 7 \\ 10 \\ 19 \end{bmatrix}$$",
            ),
            Practice("product_by_hand"),
            Page(
                "A column beside itself",
                r"$\mathbf{x}'\mathbf{x}$ is a row times a column, one number: the sum of squares. "
                r"$\mathbf{x}\mathbf{x}'$ is a column times a row, a table of all products of two."
                "\n\n"
                r"$$\begin{bmatrix} 1 & 2 & 5 \end{bmatrix} \begin{bmatrix} 1 \\ 2 \\ 5 \end{bmatrix} = 30$$"
                "\n\n"
                r"$$\begin{bmatrix} 1 \\ 2 \\ 5 \end{bmatrix} \begin{bmatrix} 1 & 2 & 5 \end{bmatrix} = "
                r"\begin{bmatrix} 1 & 2 & 5 \\ 2 & 4 & 10 \\ 5 & 10 & 25 \end{bmatrix}$$",
            ),
            Practice("transposes"),
        ),
    )
