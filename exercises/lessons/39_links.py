"""Families, links and the linear predictor."""

from __future__ import annotations

from tutor import Lesson, Page, Practice, glmm, rcbd


def make() -> Lesson:
    weeds = glmm(rcbd(2, 4), "Poisson")
    return Lesson(
        title="When the response is not normal",
        about="A family for the response, a link for its mean, and a linear predictor with the random effects in it.",
        day=3,
        parts=(
            Page(
                "Family and link",
                r"What can the response be: a count, a yes or no, a share, a time? That is the *family*. The *link* "
                r"takes its mean to the whole line, where a linear predictor may lie."
                "\n\n"
                r"A mean number of weeds is positive, and its logarithm is any real number. A probability is between "
                r"0 and "
                r"1; $\log(\pi/(1 - \pi))$, its logit, is any real number again: $0$ for $\pi = 1/2$, and $-2.2$ for "
                r"$\pi = 0.1$.",
            ),
            Practice("family_and_link"),
            Page(
                "The linear predictor",
                r"$\boldsymbol{\eta} = \mathbf{X}\boldsymbol{\beta} + \mathbf{Z}\mathbf{u}$ looks as before, but "
                r"there is no $\boldsymbol{\varepsilon}$ in it: given $\mathbf{u}$, the family says how $\mathbf{y}$ "
                r"varies. Weeds are counted on two plots of each of four blocks:",
                shown=weeds.equation("index"),
            ),
            Practice("what_a_link_does"),
            Practice("predictor_with_link"),
        ),
    )
