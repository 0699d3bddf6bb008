"""V of each design: what observations of one block, plot, herd, rater or subject share, by its structure."""

from __future__ import annotations

import random

from tutor import (
    Exercise,
    Hint,
    Mistake,
    Question,
    crd,
    crossed,
    latin_square,
    nested,
    rcbd,
    repeated_measures,
    sheet,
    split_plot,
    worked,
)


def make(rng: random.Random) -> Exercise:
    t, r, s = rng.choice(((2, 3, 2), (3, 2, 2), (2, 2, 3), (2, 3, 3), (3, 2, 3)))
    a, b, k = rng.choice(((2, 2, 3), (2, 3, 2), (3, 2, 2), (2, 3, 3), (3, 2, 3)))
    side = rng.choice((3, 4))
    times = rng.choice((3, 4))
    of_unit = rf"\sigma^2 {_eye(s)} + \sigma^2_v {_ones(s)}"
    of_plot = rf"\sigma^2 {_eye(b)} + \sigma^2_v {_ones(b)}"
    of_cow = rf"\sigma^2 {_eye(k)} + \sigma^2_v {_ones(k)}"
    ar1 = [r"\sigma^2", r"\sigma^2\rho", r"\sigma^2\rho^2", r"\sigma^2\rho^3"][:times]
    asked = (
        ("samples", crd(t, r, samples=s), f"{s} samples of each of {t * r} random plots, $v$; "
         r"$\mathbf{y}$ goes plot by plot.", rf"{_eye(t * r)} \otimes ({of_unit})"),
        ("square", latin_square(side), f"A Latin square of {side} random rows, $r$, and {side} random columns, $c$; "
         r"$\mathbf{y}$ goes along the first row, then along the second.",
         rf"\sigma^2 {_eye(side * side)} + \sigma^2_r {_eye(side)} \otimes {_ones(side)} "
         rf"+ \sigma^2_c {_ones(side)} \otimes {_eye(side)}"),
        ("factorial", rcbd((a, b), k), f"{a} varieties with {b} doses each, all combinations in each of {k} random "
         r"blocks, $u$; $\mathbf{y}$ goes block by block.",
         rf"{_eye(k)} \otimes (\sigma^2 {_eye(a * b)} + \sigma^2_u {_ones(a * b)})"),
        ("plots", split_plot(a, b, k), f"A split plot: {k} random blocks, $u$, {a} random whole plots in each, $v$, "
         rf"{b} subplots in each of those; $\mathbf{{y}}$ goes whole plot by whole plot.",
         rf"{_eye(k)} \otimes (\sigma^2_u {_ones(a * b)} + {_eye(a)} \otimes ({of_plot}))"),
        ("herds", nested(a, b, k), f"{a} random herds, $u$, {b} random cows of each, $v$, {k} samples of each cow; "
         r"$\mathbf{y}$ goes cow by cow.",
         rf"{_eye(a)} \otimes (\sigma^2_u {_ones(b * k)} + {_eye(b)} \otimes ({of_cow}))"),
        ("raters", crossed(t, r), f"Each of {t} random raters, $u$, sees each of {r} random essays, $v$; "
         r"$\mathbf{y}$ goes rater by rater.",
         rf"\sigma^2 {_eye(t * r)} + \sigma^2_u {_eye(t)} \otimes {_ones(r)} "
         rf"+ \sigma^2_v {_ones(t)} \otimes {_eye(r)}"),
        ("times", repeated_measures(2, times, 2, within="ar1"), f"4 subjects at {times} times, one week apart; the "
         r"errors of a subject have an AR(1) structure with the variance $\sigma^2$ and the correlation $\rho$. "
         r"$\mathbf{y}$ goes subject by subject.", rf"{_eye(4)} \otimes {_toeplitz(ar1)}"),
    )  # fmt: skip
    why = "subjects share nothing; within one the errors d weeks apart have the covariance σ² ρ^d"
    return Exercise(
        title="V of each design",
        story=r"Each question has a design of its own. Write $\mathbf{V} = \mathrm{Var}(\mathbf{y})$ with its entries "
        r"or by its structure, as $\mathbf{I}_2 \otimes (\sigma^2 \mathbf{I}_3 + \sigma^2_u \mathbf{J}_3)$. The "
        r"variance of random effects has their letter below.",
        tags=("variance", "designed experiments"), prerequisites=("zgz_by_hand", "z_of_designs", "ar1_in_time"),
        questions=tuple(
            Question(
                key, f"{told} What is $\\mathbf{{V}}$?", m.V, without=("V", "Z", "G", "R"), room=3.5,
                hints=(
                    Hint("Which random terms do two observations share, and which of them are all alike?"),
                    Hint(r"A block of $\mathbf{J}$ for what is shared, $\mathbf{I}$ for what each has.", cost=0.25),
                ),
                solution=m.derive("V") if m.Z is not None else worked("V", (right, why), of=m), also_right=(right,),
                mistakes=(Mistake(rf"\sigma^2 \mathbf{{I}}_{{{m.n}}}", None, "Do no two observations vary together?"),),
            )
            for key, m, told, right in asked
        ),
    )  # fmt: skip


def _eye(order: int) -> str:
    return rf"\mathbf{{I}}_{{{order}}}"


def _ones(order: int) -> str:
    return rf"\mathbf{{J}}_{{{order}}}"


def _toeplitz(row: list[str]) -> str:
    """The matrix of a first row, of which each entry depends on the distance only."""
    order = range(len(row))
    body = r" \\ ".join(" & ".join(row[abs(i - j)] for j in order) for i in order)
    return rf"\begin{{bmatrix}} {body} \end{{bmatrix}}"


if __name__ == "__main__":
    raise SystemExit(sheet(__file__))
