"""Repeated measures: correlations that fade with time, and AR(1)."""

from __future__ import annotations

from tutor import Lesson, Page, Practice, covariance, crossed, matrix, model, repeated_measures


def make() -> Lesson:
    m, ratings = repeated_measures(2, 4), crossed(2, 3)
    children = model("distance ~ age + (1 | Subject)", data="orthodont.csv")
    return Lesson(
        title="Measured again and again",
        about="Observations of one subject are correlated, and neighbours in time more than others.",
        day=2,
        parts=(
            Page(
                "Near in time, near in value",
                r"Two measurements of one subject a week apart are more alike than two that are a month apart. An "
                r"AR(1) structure says so with one parameter: the correlation of two times $d$ steps apart "
                r"is $\rho^d$.",
                shown=covariance.structure("ar1").matrix(4),
                picture=m.plot_variance,
            ),
            Practice("ar1_in_time"),
            Page(
                "Changes",
                r"The variance of a difference of two times is that of both less twice their covariance. The nearer "
                r"in time, the less a change varies.",
                shown=m.derive("Var(y_11 - y_21)"),
            ),
            Page(
                "Jaws that grow",
                r"A distance in the jaw of 27 children was measured at 8, 10, 12 and 14 years (`orthodont.csv`). With "
                r"an intercept for each child all pairs of ages are equally correlated. Estimates are $\sigma^2_u = "
                r"4.47$ and $\sigma^2 = 2.05$, so the correlation is $4.47/6.52 = 0.69$, and a change has the variance "
                r"$2 \cdot 2.05 = 4.10$, over two years as over six. AR(1) would make the longer one vary more.",
                shown=children,
            ),
            Practice("change_over_time"),
            Page(
                "One block for each",
                r"Whatever is random within a subject, a block or a herd, those that share nothing give "
                r"$\mathbf{V}$ zeros between them: one block for each on the diagonal, all alike where the sizes are.",
                shown=m.V.closed_form(),
            ),
            Practice("v_of_designs"),
            Page(
                "When effects cross",
                r"Then no order of the rows makes all that share something neighbours. With rows of raters, those of "
                r"one rater are a block on the diagonal; those of one essay are as far apart as there are essays.",
                shown=matrix(ratings.V.explicit().tolist()),
                picture=ratings.plot_variance,
            ),
            Practice("v_of_crossed_designs"),
        ),
    )
