"""The variance of y in a randomized complete block design: in matrices, with its entries, and in numbers."""

from __future__ import annotations

import random

from sympy import Rational

from tutor import Exercise, Hint, Mistake, Question, in_numbers, rcbd, sheet

STORIES = (
    ("wheat varieties", "fields", "the yield of a plot, in t/ha"),
    ("fertilizers", "orchards", "the yield of a tree, in kg"),
    ("diets", "litters", "the daily gain of a piglet, in g"),
    ("teaching methods", "schools", "the mean score of a class"),
    ("baking temperatures", "days", "the volume of a loaf, in litres"),
)

SIZES = ((2, 3), (3, 2), (2, 4), (4, 2))
"""Treatments and blocks: never equal, so that a matrix of the wrong shape shows, and few enough to write out."""

CORRELATIONS = ((1, 5), (1, 4), (2, 5), (3, 5), (3, 4), (4, 5))
"""Correlations within a block with a short decimal form, as fractions; the variances are built from these."""


def make(rng: random.Random) -> Exercise:
    treatments, blocks = rng.choice(SIZES)
    varieties, fields, response = rng.choice(STORIES)
    (above, below), unit = rng.choice(CORRELATIONS), rng.choice((1, 2, 3))
    between, within = above * unit, (below - above) * unit
    m = rcbd(treatments=treatments, blocks=blocks)
    n = treatments * blocks
    inner = rf"\sigma^2 \mathbf{{I}}_{treatments} + \sigma^2_u \mathbf{{J}}_{treatments}"
    return Exercise(
        title="The variance of y in a randomized complete block design",
        story=f"A randomized complete block design compares {treatments} {varieties} in {blocks} {fields}, the blocks. "
        f"Each of the {treatments} {varieties} is used once in each of the {fields}; $y_{{ij}}$ is {response}.\n\n"
        r"$$y_{ij} = \mu + \tau_i + u_j + \varepsilon_{ij}, \quad "
        r"u_j \sim N(0, \sigma^2_u), \quad \varepsilon_{ij} \sim N(0, \sigma^2), \quad "
        r"\mathrm{Cov}(\mathbf{u}, \boldsymbol{\varepsilon}) = \mathbf{0}$$"
        "\n\n"
        rf"The rows of $\mathbf{{y}}$ are block by block: $y_{{11}}, y_{{21}}, \dots$ "
        rf"In matrix notation, $\mathbf{{y}} = \mathbf{{X}}\boldsymbol{{\beta}} + \mathbf{{Z}}\mathbf{{u}} + "
        rf"\boldsymbol{{\varepsilon}}$ with $\mathrm{{Var}}(\mathbf{{u}}) = \mathbf{{G}}$ and "
        rf"$\mathrm{{Var}}(\boldsymbol{{\varepsilon}}) = \mathbf{{R}}$.",
        model=m, tags=("blocks", "random effects", "variance"), prerequisites=("blocks_to_z",),
        questions=(
            Question(
                "q1",
                r"Write $\mathrm{Var}(\mathbf{y})$ with the matrices $\mathbf{Z}$, $\mathbf{G}$ and $\mathbf{R}$.",
                m.V, points=2, room=4.5, solution=m.derive("Var(y)"),
                on_right="Yes. In the next question, see what this looks like with entries.",
                hints=(
                    Hint("Which terms on the right of the model vary, and which do not?"),
                    Hint(r"$\mathrm{Var}(\mathbf{A}\mathbf{x}) = \mathbf{A}\,\mathrm{Var}(\mathbf{x})\,\mathbf{A}'$.",
                         cost=0.25),
                ),
                also_right=(
                    r"\mathbf{R} + \mathbf{Z}\mathbf{G}\mathbf{Z}^\top",
                    r"\sigma_u^2 \mathbf{Z}\mathbf{Z}' + \sigma^2 \mathbf{I}",
                    "Z %*% G %*% t(Z) + R", "Z @ G @ Z.T + R",
                ),
                mistakes=(
                    Mistake(r"\mathbf{Z}\mathbf{G}\mathbf{Z}'", "missing-residual",
                            "What else makes one observation vary?"),
                    Mistake(r"\mathbf{G}\mathbf{Z}\mathbf{Z}' + \mathbf{R}", "shapes-do-not-meet",
                            f"G is {blocks} × {blocks} and Z has {n} rows. Which factor has to come first?"),
                    Mistake(r"\sigma_u \mathbf{Z}\mathbf{Z}' + \sigma^2 \mathbf{I}", "sd-for-variance",
                            "Look at the units of the two terms: which of them is a standard deviation?"),
                ),
            ),
            Question(
                "q2",
                rf"Write $\mathbf{{V}} = \mathrm{{Var}}(\mathbf{{y}})$, ${n} \times {n}$, with its entries in "
                r"$\sigma^2$ and $\sigma^2_u$; or shorter, by its structure, with $\otimes$, $\mathbf{I}$ and "
                r"$\mathbf{J}$.",
                m.V, without=("Z", "G", "R", "V"), points=3, room=7.5, solution=m.derive("V"),
                hints=(
                    Hint("Two observations of one block share one effect. Which one?"),
                    Hint("All blocks look alike. What is the variance of the observations of a single one?", cost=0.25),
                ),
                also_right=(rf"\mathbf{{I}}_{blocks} \otimes ({inner})",),
                mistakes=(
                    Mistake(rf"\sigma^2 \mathbf{{I}}_{{{n}}}", "missing-random",
                            "This would hold if no two observations had a block in common."),
                    Mistake(rf"({inner}) \otimes \mathbf{{I}}_{blocks}", "kronecker-swapped",
                            "This is the order for rows that are sorted by treatment. Which rows share a block here?"),
                    Mistake(rf"\sigma^2_u \mathbf{{J}}_{{{n}}} + \sigma^2 \mathbf{{I}}_{{{n}}}",
                            "covariance-everywhere", "Do two observations of different blocks share an effect?"),
                ),
            ),
            Question(
                "q3",
                rf"Let $\sigma^2 = {within}$ and $\sigma^2_u = {between}$. "
                "What is the correlation of two observations in one block?",
                Rational(between, between + within), points=2, room=3.5,
                hints=(Hint("A correlation is a covariance divided by two standard deviations."),),
                solution=in_numbers(m.derive("Corr(y_11, y_21)"), {"σ²_u": between, "σ²": within}, decimals=2),
                also_right=(f"{between}/{between + within}", rf"\frac{{{between}}}{{{between} + {within}}}"),
                mistakes=(
                    Mistake(f"{between}", "covariance-for-correlation",
                            "This is their covariance. Between which bounds does a correlation lie?"),
                    Mistake(f"{between}/{within}", None,
                            "The variance of one observation has two parts; divide by both."),
                    Mistake(f"{within}/{between + within}", "components-swapped",
                            "Which of the two variances is shared by the observations of one block?"),
                ),
            ),
        ),
    )  # fmt: skip


if __name__ == "__main__":
    raise SystemExit(sheet(__file__))
