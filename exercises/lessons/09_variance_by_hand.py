"""V by hand: ZGZ', its zeros, its derivation, and blocks of different sizes."""

from __future__ import annotations

from tutor import Lesson, Page, Practice, matrix, model, rcbd


def make() -> Lesson:
    m = rcbd(treatments=2, blocks=2)
    litters = model("weight ~ 1 + (1 | litter)", data={"weight": [8, 9, 11, 7, 6], "litter": list("AAABB")})
    return Lesson(
        title="V by hand",
        about="ZGZ' entry by entry, where V is zero and why, and its derivation line by line.",
        parts=(
            Page(
                "Two rows of Z",
                r"The entry of row $i$ and column $j$ of $\mathbf{Z}\mathbf{G}\mathbf{Z}'$ is made of row $i$ and "
                r"row $j$ of $\mathbf{Z}$. "
                "If both have their 1 in the same column, the two observations share a block, and the entry is "
                r"$\sigma^2_u$; if not, it is $0$.",
                shown=m.Z,
                picture=lambda: m.plot_matrix("Z"),
            ),
            Practice("zgz_by_hand"),
            Page(
                "The pattern of ZGZ'",
                r"All pairs of rows together give a square of $\sigma^2_u$ for each block, and $0$ for each pair of "
                r"observations from two blocks.",
                shown=matrix((m.V - m.R).explicit().tolist()),
                picture=lambda: m.plot_matrix("ZGZ'"),
            ),
            Page(
                "What R adds",
                r"$\mathbf{R} = \sigma^2\mathbf{I}$ adds $\sigma^2$ on the diagonal and nothing elsewhere. So "
                r"$\mathbf{V}$ has a square for each block along the diagonal, and zeros beyond.",
                shown=matrix(m.V.explicit().tolist()),
                picture=m.plot_variance,
            ),
            Practice("zeros_of_v"),
            Page(
                "The same for all models",
                "Nothing in this derivation is about blocks. Each line has its reason, and one of the reasons is "
                "that "
                r"$\mathbf{u}$ and $\boldsymbol{\varepsilon}$ are not correlated.",
                shown=m.derive("Var(y)"),
            ),
            Practice("derive_variance"),
            Page(
                "When groups are not alike",
                r"Litters have different numbers of piglets. Nothing changes but the sizes of the squares: "
                r"$\mathbf{Z}$ still has one 1 in each row.",
                shown=litters.Z,
                picture=litters.plot_variance,
            ),
            Practice("unequal_blocks"),
        ),
    )
