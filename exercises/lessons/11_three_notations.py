"""Three notations of one model, and the way from each to the others."""

from __future__ import annotations

from tutor import Lesson, Page, Practice, model


def make() -> Lesson:
    m = model("effort ~ Type + (1 | Subject)", data="ergostool.csv")
    return Lesson(
        title="From one notation to another",
        about="The model with random blocks by its elements, in matrices and as a distribution; and back.",
        parts=(
            Page(
                "By its elements",
                "This form shows the design: an index for each factor, and a term for each effect. Below it is that of "
                r"four stools and nine persons (`ergostool.csv`), as R codes it: $\tau_1 = 0$, so $\mu$ is the mean of "
                "the first stool.",
                shown=m.equation("index"),
            ),
            Page(
                "In matrices",
                "This form shows how effects reach observations, and is the same for all designs. The design is in the "
                "tables: 36 rows, four columns for the stools and nine for the persons.",
                shown=m.equation("matrix"),
                picture=lambda: m.plot_matrix("X|Z"),
            ),
            Page(
                "As a distribution",
                "This form shows what the data are like: where they lie, and how they vary together. The random "
                r"effects have gone into the variance. With the estimates $\sigma^2_u = 1.78$ and $\sigma^2 = 1.21$ "
                "two answers of one person have the covariance 1.78, and one has the variance 2.99.",
                shown=m.equation("distribution"),
                picture=m.plot_variance,
            ),
            Practice("blocks_in_three_forms"),
            Practice("matrices_to_index"),
        ),
    )
