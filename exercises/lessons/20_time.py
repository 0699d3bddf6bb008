"""Repeated measures: correlations that fade with time, and AR(1)."""

from __future__ import annotations

from tutor import Lesson, Page, Practice, covariance


def make() -> Lesson:
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
            ),
            Practice("ar1_in_time"),
            Page(
                "Changes",
                r"The variance of a difference of two times is that of both less twice their covariance. The nearer in "
                r"time, the less a change varies.",
            ),
            Practice("change_over_time"),
        ),
    )
