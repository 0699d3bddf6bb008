"""V by hand: ZGZ', its zeros, its derivation, and blocks of different sizes."""

from __future__ import annotations

from tutor import Lesson, Page, Practice, model, rcbd


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
            ),
            Practice("zgz_by_hand"),
            Page(
                "What R adds",
                r"$\mathbf{R} = \sigma^2\mathbf{I}$ adds $\sigma^2$ on the diagonal and nothing elsewhere. So "
                r"$\mathbf{V}$ has a square for each block along the diagonal, and zeros beyond.",
                shown=m.V.closed_form(),
            ),
            Practice("zeros_of_v"),
            Page(
                "The same for all models",
                "Nothing in this derivation is about blocks. Each line has its reason, and one of the reasons is that "
                r"$\mathbf{u}$ and $\boldsymbol{\varepsilon}$ are not correlated.",
                shown=m.derive("Var(y)"),
            ),
            Practice("derive_variance"),
            Page(
                "When groups are not alike",
                r"Litters have different numbers of piglets. Nothing changes but the sizes of the squares: "
                r"$\mathbf{Z}$ still has one 1 in each row.",
                shown=litters.Z,
            ),
            Practice("unequal_blocks"),
        ),
    )
