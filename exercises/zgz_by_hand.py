"""ZGZ' by hand for three blocks: ZG, then ZGZ', and what each entry says of a pair."""

from __future__ import annotations

import random

from tutor import Exercise, Hint, Mistake, Question, matrix, rcbd, sheet, worked, write

STORIES = (
    ("varieties of beans", "fields"),
    ("rations", "litters"),
    ("recipes", "days"),
    ("drugs", "wards"),
    ("textbooks", "schools"),
)

BLOCKS = 3


def make(rng: random.Random) -> Exercise:
    compared, used = rng.choice(STORIES)
    treatments = 2
    variance = rng.randint(2, 9)
    m = rcbd(treatments=treatments, blocks=BLOCKS)
    n = treatments * BLOCKS
    z, g = m.Z, m.G
    assert z is not None and g is not None
    z_g, spread = (z @ g).explicit(), (z @ g @ z.T).explicit()
    block = [row // treatments for row in range(n)]
    first, second = sorted(rng.sample(range(n), 2))
    shared = variance if block[first] == block[second] else 0
    return Exercise(
        title="ZGZ' by hand",
        story=f"{treatments} {compared} are compared in {BLOCKS} {used}, which are random blocks. Block by block,\n\n"
            rf"$$\mathbf{{Z}} = {write(z.explicit())}, \quad \mathbf{{G}} = \sigma^2_u \mathbf{{I}}_3$$",
        model=m, tags=("Z, G and R", "blocks", "product", "variance"), prerequisites=("blocks_to_z", "product_by_hand"),
        questions=(
            Question(
                "q1", r"Write $\mathbf{Z}\mathbf{G}$ with its entries.", z @ g, without=("Z", "G"), room=4,
                hints=(
                    Hint("How large is it? What does a multiple of the identity do to a matrix?"),
                    Hint(r"Each 1 of $\mathbf{Z}$ becomes $\sigma^2_u$.", cost=0.25),
                ),
                solution=worked(
                    z @ g, ("σ²_u Z", "G = σ²_u I, and Z times the identity stays Z"),
                    (z_g, "each 1 of Z becomes σ²_u"), of=m,
                ),
                also_right=(write(z_g),),
                mistakes=(
                    Mistake(write(z_g.T), "transpose-lost",
                            "A 6 × 3 matrix times a 3 × 3 matrix: how large is that?"),
                    Mistake(r"\sigma^2_u \mathbf{I}_3", None, "That is G. How many rows has the product?"),
                ),
            ),
            Question(
                "q2", r"Write $\mathbf{Z}\mathbf{G}\mathbf{Z}'$ with its entries, or by its structure with $\otimes$.",
                z @ g @ z.T, without=("Z", "G", "V"), points=3, room=6,
                hints=(
                    Hint("Row i of ZG times row j of Z: when do the two have their entry in the same column?"),
                    Hint("Two rows give a number other than zero if and only if they belong to one block.", cost=0.25),
                ),
                solution=worked(
                    z @ g @ z.T, ("σ²_u ZZ'", "G = σ²_u I: the number can be put in front"),
                    (spread, "two rows of Z have their 1 in the same column only if they share a block"),
                    ("σ²_u (I_3 ⊗ J_2)", "the same square of ones for each of the 3 blocks"), of=m,
                ),
                also_right=(write(spread), r"\sigma^2_u (\mathbf{I}_3 \otimes \mathbf{J}_2)"),
                mistakes=(
                    Mistake(rf"\sigma^2_u \mathbf{{I}}_{n}", None, "Do two observations of one block share nothing?"),
                    Mistake(rf"\sigma^2_u \mathbf{{J}}_{n}", None, "Do all observations share one block?"),
                    Mistake(r"\sigma^2_u (\mathbf{J}_3 \otimes \mathbf{I}_2)", "wrong-grouping",
                            "Which rows of Z are alike?"),
                ),
            ),
            Question(
                "q3",
                rf"Let $\sigma^2_u = {variance}$. What is the entry of $\mathbf{{Z}}\mathbf{{G}}\mathbf{{Z}}'$ in row "
                f"{first + 1} and column {second + 1}?",
                matrix([[shared]]),
                hints=(
                    Hint("To which blocks do the two observations belong?"),
                    Hint(f"Row {first + 1} belongs to block {block[first] + 1}.", cost=0.25),
                ),
                solution=f"Rows {first + 1} and {second + 1} belong to blocks {block[first] + 1} and "
                f"{block[second] + 1}. The entry is $\\sigma^2_u$ if these are one block, and 0 if not: ${shared}$.",
                mistakes=(
                    Mistake(str(variance - shared), None, "Are the two in one block?"),
                    Mistake("1", None, "And how much do the blocks vary?"),
                ),
                room=1.5,
            ),
        ),
    )  # fmt: skip


if __name__ == "__main__":
    raise SystemExit(sheet(__file__))
