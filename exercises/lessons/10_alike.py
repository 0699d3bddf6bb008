"""What variances mean: how alike observations of a group are, and what means and differences suffer."""

from __future__ import annotations

from tutor import Lesson, Page, Practice, model, plot_bivariate, rcbd


def make() -> Lesson:
    m = rcbd(treatments=3, blocks=4)
    stools = model("effort ~ Type + (1 | Subject)", data="ergostool.csv")
    return Lesson(
        title="What the variances mean",
        about="The intraclass correlation of real data, and means and differences in numbers.",
        parts=(
            Page(
                "A share of the whole",
                r"The variance of one observation is $\sigma^2_u + \sigma^2$. The share of the first is the "
                r"correlation of two observations of one group, the *intraclass correlation*: near 1 if groups differ "
                r"much, near 0 if they hardly do.",
                shown=m.derive("Corr(y_11, y_21)"),
                picture=lambda: plot_bivariate([[4, 3], [3, 4]], names=("y₁₁", "y₂₁")),
            ),
            Practice("intraclass_correlation"),
            Page(
                "For these blocks, or for others",
                "With fixed blocks a mean is one over these blocks, and only errors make it vary. With random blocks "
                "it shall hold for others, too, and their variance comes in. A difference is taken within each "
                "block: there the two agree.",
                shown=m.derive("Var(ybar_1.)"),
            ),
            Page(
                "The same in numbers",
                r"Four blocks, $\sigma^2_u = 6$ and $\sigma^2 = 2$. The mean of a treatment has the variance "
                r"$(6 + 2)/4 = 2$ if it shall hold for other blocks, and $2/4 = 0.5$ if it shall not. The difference "
                r"of two has $2 \cdot 2/4 = 1$ in both cases: less than the sum of two means, since the blocks fall "
                r"out.",
            ),
            Page(
                "Nine persons and four stools",
                r"Each of nine persons rose from each of four types of stool, and told how hard it was "
                r"(`ergostool.csv`). The persons are blocks. Estimates by REML are $\sigma^2_u = 1.78$ and $\sigma^2 = "
                r"1.21$: two answers of one person have the correlation $1.78/2.99 = 0.59$. The mean of a type has the "
                r"variance $2.99/9 = 0.33$ for other persons; a difference of two types has $2 \cdot 1.21/9 = 0.27$ "
                r"only.",
                shown=stools,
                picture=stools.plot_variance,
            ),
            Practice("fixed_against_random"),
        ),
    )
