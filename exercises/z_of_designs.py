"""Z of each design with effects within effects: a column for each block, plot or herd, by its structure."""

import random

from tutor import Exercise, Hint, Mistake, Question, crd, nested, rcbd, sheet, split_plot, worked


def make(rng: random.Random) -> Exercise:
    t, r, s = rng.choice(((2, 3, 2), (3, 2, 2), (2, 2, 3), (2, 3, 3), (3, 2, 3)))
    a, b, k = rng.choice(((2, 2, 3), (2, 3, 2), (3, 2, 2), (2, 3, 3), (3, 2, 3)))
    asked = (
        ("samples", crd(t, r, samples=s), f"Of each of {t * r} plots, which come one after the other, {s} samples are "
         "measured; the plots are random.", _kron(t * r, s), f"The plots come one after the other, {s} rows each.",
         "a column of ones for each plot"),
        ("factorial", rcbd((a, b), k), f"{a} varieties with {b} doses each, all combinations in each of {k} random "
         r"blocks; $\mathbf{y}$ goes block by block.", _kron(k, a * b), "How many observations has a block?",
         "a column of ones for each block, as long as there are combinations"),
        ("plots", split_plot(a, b, k), f"A split plot: {k} random blocks, {a} random whole plots in each, {b} subplots "
         r"in each of those; $\mathbf{y}$ goes whole plot by whole plot.",
         _beside(_kron(k, a * b), _kron(k * a, b)), f"A block has {a * b} rows and a whole plot {b}.",
         "a column for each block, then one for each whole plot"),
        ("herds", nested(a, b, k), f"{a} random herds, {b} random cows of each, {k} samples of each cow; "
         r"$\mathbf{y}$ goes cow by cow.",
         _beside(_kron(a, b * k), _kron(a * b, k)), f"A herd has {b * k} rows and a cow {k}.",
         "a column for each herd, then one for each cow"),
    )  # fmt: skip
    return Exercise(
        title="Z of each design",
        story=r"Each question has a design of its own. Write $\mathbf{Z}$ with its entries or by its structure, as "
        r"$\mathbf{I}_2 \otimes \mathbf{1}_3$ or $\begin{bmatrix} \mathbf{Z}_u & \mathbf{Z}_v \end{bmatrix}$ with what "
        "stands for both; its columns may come in any order.",
        tags=("Z, G and R", "designed experiments"), prerequisites=("blocks_to_z", "which_unit_was_randomized"),
        questions=tuple(
            Question(key, f"{told} What is $\\mathbf{{Z}}$?", m.Z, without=("Z",), up_to="column-order", room=3,
                hints=(Hint("A row for each observation, a column for each random effect, a 1 where it belongs to it."),
                       Hint(hint, 0.25)),
                solution=worked("Z", (right, why), of=m), also_right=(right,),
                mistakes=(Mistake(rf"\mathbf{{I}}_{{{m.n}}}", None, "Has each observation a random effect alone?"),))
            for key, m, told, right, hint, why in asked
        ))  # fmt: skip


def _kron(groups: int, each: int) -> str:
    """Groups one after the other, with so many rows each."""
    return rf"\mathbf{{I}}_{{{groups}}} \otimes \mathbf{{1}}_{{{each}}}"


def _beside(left: str, right: str) -> str:
    return rf"\begin{{bmatrix}} {left} & {right} \end{{bmatrix}}"


if __name__ == "__main__":
    raise SystemExit(sheet(__file__))
