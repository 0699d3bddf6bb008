"""The variance of y in a randomized complete block design: in matrices, with its entries, and in numbers."""

import random

from tutor import Exercise, Hint, Mistake, Question, in_numbers, rcbd, read, sheet

STORIES = (("wheat varieties", "fields", "the yield of a plot, in t/ha"),
           ("fertilizers", "orchards", "the yield of a tree, in kg"),
           ("diets", "litters", "the daily gain of a piglet, in g"),
           ("teaching methods", "schools", "the mean score of a class"),
           ("baking temperatures", "days", "the volume of a loaf, in litres"))  # fmt: skip


def make(rng: random.Random) -> Exercise:
    (t, b), (varieties, fields, response) = rng.choice(((2, 3), (3, 2), (2, 4), (4, 2))), rng.choice(STORIES)
    (above, below), unit = rng.choice(((1, 5), (1, 4), (2, 5), (3, 5), (3, 4), (4, 5))), rng.choice((1, 2, 3))
    between, within, total = above * unit, (below - above) * unit, below * unit  # above/below is a short decimal
    m, n, inner = rcbd(treatments=t, blocks=b), t * b, rf"\sigma^2 \mathbf{{I}}_{t} + \sigma^2_u \mathbf{{J}}_{t}"
    return Exercise(
        title="The variance of y in a randomized complete block design",
        story=f"A randomized complete block design compares {t} {varieties} in {b} {fields}, the blocks. Each of the "
        f"{t} {varieties} is used once in each of the {fields}; $y_{{ij}}$ is {response}.\n\n"
        r"$$y_{ij} = \mu + \tau_i + u_j + \varepsilon_{ij}, \quad u_j \sim N(0, \sigma^2_u), \quad \varepsilon_{ij} "
        r"\sim N(0, \sigma^2), \quad \mathrm{Cov}(\mathbf{u}, \boldsymbol{\varepsilon}) = \mathbf{0}$$" "\n\n"
        r"The rows of $\mathbf{y}$ are block by block: $y_{11}, y_{21}, \dots$ In matrix notation, $\mathbf{y} = "
        r"\mathbf{X}\boldsymbol{\beta} + \mathbf{Z}\mathbf{u} + \boldsymbol{\varepsilon}$ with "
        r"$\mathrm{Var}(\mathbf{u}) = \mathbf{G}$ and $\mathrm{Var}(\boldsymbol{\varepsilon}) = \mathbf{R}$.",
        model=m, tags=("blocks", "random effects", "variance"), prerequisites=("blocks_to_z",),
        questions=(
            Question("q1", r"Write $\mathrm{Var}(\mathbf{y})$ with the matrices $\mathbf{Z}$, $\mathbf{G}$ and "
                r"$\mathbf{R}$.", m.V, points=2, room=4.5, on_right="Yes. Now see what this looks like with entries.",
                hints=(Hint("Which terms on the right of the model vary, and which do not?"), Hint(
                    r"$\mathrm{Var}(\mathbf{A}\mathbf{x}) = \mathbf{A}\,\mathrm{Var}(\mathbf{x})\mathbf{A}'$.", 0.25)),
                solution=m.derive("Var(y)"), also_right=(r"\mathbf{R} + \mathbf{Z}\mathbf{G}\mathbf{Z}^\top",
                    r"\sigma_u^2 ZZ' + \sigma^2 \mathbf{I}", "Z %*% G %*% t(Z) + R", "Z @ G @ Z.T + R"),
                mistakes=(
                    Mistake("ZGZ'", "missing-residual", "What else makes one observation vary?"),
                    Mistake("GZZ' + R", "shapes-do-not-meet", f"G is {b} × {b} and Z has {n} rows. Which comes first?"),
                    Mistake("σ_u ZZ' + σ² I", "sd-for-variance", "Which of the two terms is a standard deviation?"))),
            Question("q2", rf"Write $\mathbf{{V}} = \mathrm{{Var}}(\mathbf{{y}})$, ${n} \times {n}$, with its entries "
                r"in $\sigma^2$ and $\sigma^2_u$; or shorter, by its structure, with $\otimes$, $\mathbf{I}$ and "
                r"$\mathbf{J}$.", m.V, points=3, without=("Z", "G", "R", "V"), room=7.5,
                hints=(Hint("Two observations of one block share one effect. Which one?"),
                       Hint("All blocks look alike. What is the variance of a single one?", 0.25)),
                solution=m.derive("V"), also_right=(rf"\mathbf{{I}}_{b} \otimes ({inner})",),
                mistakes=(
                    Mistake(f"σ² I_{n}", "missing-random", "Have no two observations a block in common?"),
                    Mistake(rf"({inner}) \otimes \mathbf{{I}}_{b}", "kronecker-swapped",
                            "This is the order for rows that are sorted by treatment. Which rows share a block here?"),
                    Mistake(f"σ²_u J_{n} + σ² I_{n}", "covariance-everywhere", "Do all observations share a block?"))),
            Question("q3", rf"Let $\sigma^2 = {within}$ and $\sigma^2_u = {between}$. What is the correlation of two "
                "observations in one block?", read(f"{between}/{total}").tree, points=2, room=3.5,
                hints=(Hint("A correlation is a covariance divided by two standard deviations."),),
                solution=in_numbers(m.derive("Corr(y_11, y_21)"), {"σ²_u": between, "σ²": within}, decimals=2),
                also_right=(f"{between}/{total}", rf"\frac{{{between}}}{{{between} + {within}}}"),
                mistakes=(
                    Mistake(f"{between}", "covariance-for-correlation", "That is their covariance. Can it exceed 1?"),
                    Mistake(f"{between}/{within}", None, "The variance of y_11 has two parts; divide by both."),
                    Mistake(f"{within}/{total}", "components-swapped",
                            "Which of the two variances is shared by the observations of one block?"))),
        ))  # fmt: skip


if __name__ == "__main__":
    raise SystemExit(sheet(__file__))
