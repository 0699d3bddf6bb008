"""Families, links and the linear predictor."""

from __future__ import annotations

from tutor import Lesson, Page, Practice


def make() -> Lesson:
    return Lesson(
        title="When the response is not normal",
        about="A family for the response, a link for its mean, and a linear predictor with the random effects in it.",
        day=3,
        parts=(
            Page(
                "Family and link",
                r"What can the response be: a count, a yes or no, a share, a time? That is the *family*. The *link* "
                r"takes its mean to the whole line, where a linear predictor may lie.",
            ),
            Practice("family_and_link"),
            Page(
                "The linear predictor",
                r"$\boldsymbol{\eta} = \mathbf{X}\boldsymbol{\beta} + \mathbf{Z}\mathbf{u}$ looks as before, but there "
                r"is no $\boldsymbol{\varepsilon}$ in it: given $\mathbf{u}$, the family says how $\mathbf{y}$ varies.",
            ),
            Practice("predictor_with_link"),
        ),
    )
