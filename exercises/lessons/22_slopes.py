"""Random slopes: lines that differ from group to group."""

from __future__ import annotations

from tutor import Lesson, Page, Practice, random_slopes


def make() -> Lesson:
    m = random_slopes(5, [0, 1, 2])
    return Lesson(
        title="Lines that differ",
        about="A random slope makes the variance of an observation depend on where it was taken.",
        day=2,
        parts=(
            Page(
                "Two random effects for each group",
                r"Each group has an intercept and a slope of its own, which may vary together.",
                shown=m.equation("index"),
            ),
            Page(
                "A variance that changes",
                r"Where $x$ is 0 the slope adds nothing. Further out it adds more and more.",
                shown=m.derive("Var(y_31)"),
                picture=random_slopes(4, [0, 1, 2]).plot_variance,
            ),
            Practice("slopes_that_vary"),
        ),
    )
