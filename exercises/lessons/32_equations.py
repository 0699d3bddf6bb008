"""Henderson's equations: fixed and random effects in one system."""

from __future__ import annotations

from tutor import Lesson, Page, Practice, rcbd


def make() -> Lesson:
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
        ),
    )
