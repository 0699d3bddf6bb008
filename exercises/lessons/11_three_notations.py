"""Three notations of one model, and the way from each to the others."""

from __future__ import annotations

from tutor import Lesson, Page, Practice, rcbd


def make() -> Lesson:
    m = rcbd(treatments=3, blocks=4)
    return Lesson(
        title="From one notation to another",
        about="The model with random blocks by its elements, in matrices and as a distribution; and back.",
        parts=(
            Page(
                "By its elements",
                "This form shows the design: an index for each factor, and a term for each effect.",
                shown=m.equation("index"),
            ),
            Page(
                "In matrices",
                "This form shows how effects reach observations, and is the same for all designs.",
                shown=m.equation("matrix"),
                picture=lambda: m.plot_matrix("X|Z"),
            ),
            Page(
                "As a distribution",
                "This form shows what the data are like: where they lie, and how they vary together. The random "
                "effects have gone into the variance.",
                shown=m.equation("distribution"),
                picture=m.plot_variance,
            ),
            Practice("blocks_in_three_forms"),
            Practice("matrices_to_index"),
        ),
    )
