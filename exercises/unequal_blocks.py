"""Blocks of different sizes: Z and V where nothing is balanced."""

import random
from itertools import product

from tutor import Exercise, Hint, Mistake, Question, in_numbers, matrix, model, sheet, worked, write

STORIES = (("litters", "piglets", "the weight of a piglet, in kg"), ("trees", "apples", "the weight of an apple, in g"),
           ("families", "children", "the height of a child, in cm"), ("nests", "chicks", "the length of a wing, in mm"),
           ("cows", "samples", "the fat in a sample of milk, in %"),
           ("classes", "pupils", "the score of a pupil, in points"),
           ("wells", "bottles", "the nitrate in a bottle, in mg"))  # fmt: skip
SIZES = [sizes for number in (2, 3) for sizes in product((1, 2, 3, 4), repeat=number)
         if len(set(sizes)) > 1 and 4 < sum(sizes) < 7]  # fmt: skip
"""Sizes of two or three blocks that differ, with five or six observations in all."""


def make(rng: random.Random) -> Exercise:
    groups, units, response = rng.choice(STORIES)
    sizes = rng.choice(SIZES)
    of = [group for group, size in enumerate(sizes) for _ in range(size)]
    n, q, pairs = len(of), len(sizes), sum(size * (size - 1) for size in sizes)
    m = model("y ~ 1 + (1 | g)", data={"y": list(range(n)), "g": ["ABC"[group] for group in of]})
    z = [[int(group == column) for column in range(q)] for group in of]
    return Exercise(
        title="Blocks of different sizes",
        story=f"From {q} {groups}, {', '.join(map(str, sizes[:-1]))} and {sizes[-1]} {units} were measured; "
        rf"$y_{{ij}}$ is {response}. The rows of $\mathbf{{y}}$ are in the order of the {groups}." "\n\n"
        r"$$y_{ij} = \mu + u_i + \varepsilon_{ij}, \quad u_i \sim N(0, \sigma^2_u), \quad "
        r"\varepsilon_{ij} \sim N(0, \sigma^2)$$",
        model=m, tags=("Z, G and R", "variance", "unbalanced"), prerequisites=("zeros_of_v",),
        questions=(
            Question("q1", r"Write $\mathbf{Z}$ with its entries.", m.Z, 2, without=("Z",),
                hints=(Hint(f"How many {units} are there in all, and how many {groups}?"),
                       Hint(f"The first column has {n - sizes[0]} zeros.", 0.25)),
                solution=worked("Z", (z, "each row has a 1 in the column of its group"), of=m), also_right=(str(z),),
                mistakes=(Mistake(write(matrix([list(column) for column in zip(*z, strict=True)])), "transpose-lost",
                                  "Is there a row for each observation?"),
                          Mistake(write(matrix([[1, *row] for row in z])), None, "Does the column of μ belong to Z?"))),
            Question("q2", r"Write $\mathbf{V} = \mathrm{Var}(\mathbf{y})$ with its entries.", m.V, 3, room=6,
                hints=(Hint(f"Which pairs of {units} share an effect?"),
                       Hint("There is a square on the diagonal for each group, as large as the group.", 0.25)),
                solution=worked(m.V, ("σ²_u ZZ' + σ² I", "G = σ²_u I and R = σ² I"), (
                    m.V.explicit(), "ZZ' has ones where two rows share a group: a square for each group"), of=m),
                also_right=(write(m.V.explicit()),), without=("Z", "G", "R", "V"),
                mistakes=(Mistake(f"(σ² + σ²_u) I_{n}", None, "Do those of one group share nothing?"),
                          Mistake(f"σ² I_{n} + σ²_u J_{n}", None, "Do those of different groups share an effect?"))),
            Question("q3", r"How many entries of $\mathbf{V}$ are $\sigma^2_u$ alone?", pairs, room=2,
                hints=(Hint("Count them square by square, without the diagonal."),
                       Hint("A group of 3 has 3 · 2 of them.", 0.25)),
                solution=in_numbers(" + ".join(f"n_{i}(n_{i} - 1)" for i in range(1, q + 1)),
                    {f"n_{i}": size for i, size in enumerate(sizes, start=1)},
                    because="in the square of a group of n_i each row has n_i − 1 beside the diagonal"),
                mistakes=(Mistake(str(pairs + n), None, "Is the diagonal among them?"),
                          Mistake(str(n * n - n), None, "Do all pairs share a group?"))),
        ))  # fmt: skip


if __name__ == "__main__":
    raise SystemExit(sheet(__file__))
