"""Random slopes: lines that differ from group to group."""

from __future__ import annotations

from tutor import Lesson, Page, Practice, model, random_slopes


def make() -> Lesson:
    m = random_slopes(5, [0, 1, 2])
    sleep = model("Reaction ~ Days + (Days | Subject)", data="sleepstudy.csv")
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
            Page(
                "Ten days with little sleep",
                r"The reaction time of 18 persons was measured on days 0 to 9 (`sleepstudy.csv`). Estimates are "
                r"$\sigma^2_{u0} = 612.1$, $\sigma^2_{u1} = 35.07$, $\sigma_{u01} = 9.604$ and $\sigma^2 = 654.9$. On "
                r"day 0 an observation has the variance $612.1 + 654.9 = 1267$, on day 9 it has $612.1 + 81 \cdot "
                r"35.07 + 18 \cdot 9.604 + 654.9 = 4281$: persons grow apart.",
                shown=sleep,
            ),
            Practice("slopes_that_vary"),
        ),
    )
