"""Designs without and with blocks: what was randomized, and what X has to hold."""

from __future__ import annotations

from tutor import Lesson, Page, Practice, crd, latin_square, rcbd


def make() -> Lesson:
    square = latin_square(4)
    return Lesson(
        title="What was randomized",
        about="The units that the lot was drawn for decide what is a replicate, and which effects a model has.",
        day=2,
        parts=(
            Page(
                "The experimental unit",
                r"A treatment is given to a unit as a whole: a plot, a pen, a class. What is measured within one of "
                r"them "
                r"is a sample of it, not a replicate of the treatment.",
            ),
            Practice("which_unit_was_randomized"),
            Page(
                "No blocks",
                r"In a completely randomized design the lot is drawn for all units at once. They share nothing but "
                r"their "
                r"treatments, so the variance of $\mathbf{y}$ is $\sigma^2\mathbf{I}$.",
                shown=crd(3, 4).equation("matrix"),
            ),
            Practice("crd_means"),
            Page(
                "Two kinds of blocks",
                r"In a Latin square each treatment stands once in each row and once in each column. Both fall out of "
                r"the differences of treatments.",
                shown=square.layout(),
            ),
            Practice("latin_square_counts"),
            Page(
                "Two factors",
                r"Each combination of levels is a treatment, and $(\tau\alpha)_{ij}$ is what the two do together "
                r"beyond "
                r"what each does alone.",
                shown=rcbd((2, 3), 4).equation("index"),
            ),
            Practice("factorial_treatments"),
            Page(
                "Blocks that are too small",
                r"A block need not hold every treatment. When any two come together equally often, all differences are "
                r"estimated equally well, and a little worse than with complete blocks.",
            ),
            Practice("incomplete_blocks"),
        ),
    )
