"""ZGZ' by hand for three blocks: ZG, then ZGZ', and what each entry says of a pair."""

import random

from tutor import Exercise, Hint, Mistake, Question, matrix, rcbd, sheet, worked, write

STORIES = (("varieties of beans", "fields"), ("rations", "litters"), ("recipes", "days"), ("drugs", "wards"),
           ("textbooks", "schools"))  # fmt: skip


def make(rng: random.Random) -> Exercise:
    compared, used = rng.choice(STORIES)
    variance = rng.randint(2, 9)
    m = rcbd(treatments=2, blocks=3)
    z, g = m.Z, m.G
    assert z is not None and g is not None
    z_g, spread = (z @ g).explicit(), (z @ g @ z.T).explicit()
    first, second = sorted(rng.sample(range(6), 2))
    zgz = r"\mathbf{Z}\mathbf{G}\mathbf{Z}'"
    shared = variance if first // 2 == second // 2 else 0
    return Exercise(
        title="ZGZ' by hand",
        story=f"2 {compared} are compared in 3 {used}, which are random blocks. Block by block,\n\n"
        rf"$$\mathbf{{Z}} = {write(z.explicit())}, \quad \mathbf{{G}} = \sigma^2_u \mathbf{{I}}_3$$",
        model=m, tags=("Z, G and R", "blocks", "product", "variance"), prerequisites=("blocks_to_z", "product_by_hand"),
        questions=(
            Question("q1", r"Write $\mathbf{Z}\mathbf{G}$ with its entries.", z @ g, without=("Z", "G"), room=4,
                hints=(Hint("How large is it? What does a multiple of the identity do to a matrix?"),
                       Hint(r"Each 1 of $\mathbf{Z}$ becomes $\sigma^2_u$.", 0.25)),
                solution=worked(z @ g, ("σ²_u Z", "G = σ²_u I, and Z times the identity stays Z"),
                                (z_g, "each 1 of Z becomes σ²_u"), of=m),
                also_right=(write(z_g),),
                mistakes=(
                    Mistake(write(z_g.T), "transpose-lost", "A 6 × 3 matrix times a 3 × 3 matrix: how large is that?"),
                    Mistake(r"\sigma^2_u \mathbf{I}_3", None, "That is G. How many rows has the product?"))),
            Question("q2", rf"Write ${zgz}$ with its entries, or by its structure with $\otimes$.", z @ g @ z.T,
                without=("Z", "G", "V"), points=3, room=6,
                hints=(
                    Hint("Row i of ZG times row j of Z: when do the two have their entry in the same column?"),
                    Hint("Two rows give a number other than zero if and only if they belong to one block.", 0.25)),
                solution=worked(z @ g @ z.T, ("σ²_u ZZ'", "G = σ²_u I: the number can be put in front"),
                    (spread, "two rows of Z have their 1 in the same column only if they share a block"),
                    ("σ²_u (I_3 ⊗ J_2)", "the same square of ones for each of the 3 blocks"), of=m),
                also_right=(write(spread), r"\sigma^2_u (\mathbf{I}_3 \otimes \mathbf{J}_2)"),
                mistakes=(
                    Mistake(r"\sigma^2_u \mathbf{I}_6", None, "Do two observations of one block share nothing?"),
                    Mistake(r"\sigma^2_u \mathbf{J}_6", None, "Do all observations share one block?"),
                    Mistake("σ²_u (J_3 ⊗ I_2)", "wrong-grouping", "Which rows of Z are alike?"))),
            Question("q3", rf"Let $\sigma^2_u = {variance}$. What is the entry of ${zgz}$ in row {first + 1} and "
                f"column {second + 1}?", matrix([[shared]]), room=1.5,
                hints=(Hint("To which blocks do the two observations belong?"),
                       Hint(f"Row {first + 1} belongs to block {first // 2 + 1}.", 0.25)),
                solution=f"Rows {first + 1} and {second + 1} belong to blocks {first // 2 + 1} and {second // 2 + 1}. "
                f"The entry is $\\sigma^2_u$ if these are one block, and 0 if not: ${shared}$.",
                mistakes=(Mistake(str(variance - shared), None, "Are the two in one block?"),
                          Mistake("1", None, "And how much do the blocks vary?"))),
        ))  # fmt: skip


if __name__ == "__main__":
    raise SystemExit(sheet(__file__))
