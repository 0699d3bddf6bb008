"""Blocks as random effects: what moves from X to Z, and the variance of y."""

from __future__ import annotations

from tutor import Lesson, Page, Practice, model, rcbd


def make() -> Lesson:
    m = rcbd(treatments=2, blocks=3)
    stools = model("effort ~ Type + (1 | Subject)", data="ergostool.csv")
    return Lesson(
        title="Blocks as random effects",
        about="An experiment in blocks: which effects are random, and what that does to the variance of y.",
        parts=(
            Page(
                "Two ways to see a block",
                r"Two treatments are compared in three blocks. If the blocks are *fixed*, each has a parameter "
                r"$\rho_j$ of its own in $\boldsymbol{\beta}$. If they are *random*, they are a sample of many that "
                r"could have been used: $u_j \sim N(0, \sigma^2_u)$, and they move from $\mathbf{X}$ to "
                r"$\mathbf{Z}$.",
                shown=m.equation("index"),
            ),
            Practice("blocks_to_z"),
            Page(
                "Two tables side by side",
                r"The columns of the blocks look as they did in $\mathbf{X}$, and each row still has a 1 in one "
                r"of them. But what they are multiplied by is drawn at random now: $\mathbf{u}$ stands beside "
                r"$\boldsymbol{\beta}$ and has a distribution.",
                shown=m.Z,
                picture=lambda: m.plot_matrix("X|Z"),
            ),
            Practice("sizes_of_the_model"),
            Page(
                "Where the variance comes from",
                r"Two observations of one block share $u_j$, so they vary together. "
                r"Read the derivation line by line; each has its reason.",
                shown=m.derive("Var(y)"),
                picture=m.plot_variance,
            ),
            Page(
                "Nine persons as blocks",
                r"Among the stools (`ergostool.csv`) $\mathbf{X}$ keeps four columns, and $\mathbf{Z}$ has nine, one "
                r"for each person. Estimates are $\sigma^2_u = 1.78$ and $\sigma^2 = 1.21$: each of the 36 answers has "
                r"the variance $1.78 + 1.21 = 2.99$, two of one person have the covariance $1.78$, and two of "
                r"different persons $0$. So $\mathbf{V}$ is nine squares of $4 \times 4$ along the diagonal.",
                shown=stools,
                picture=stools.plot_variance,
            ),
            Practice("rcbd_variance"),
            Page(
                "Pairs, means and differences",
                r"What two observations share makes them vary together; what two means share falls out of their "
                r"difference. So blocks, which a mean suffers from, cost a difference nothing.",
                shown=m.derive("Var(ybar_1. - ybar_2.)"),
            ),
            Practice("same_block"),
            Practice("means_and_differences"),
        ),
    )
