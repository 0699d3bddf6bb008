"""V of each design with effects within effects, or errors in time: equal blocks on the diagonal, by their structure."""

import random

from tutor import Exercise, Hint, Mistake, Question, crd, nested, rcbd, repeated_measures, sheet, split_plot, worked


def make(rng: random.Random) -> Exercise:
    t, r, s = rng.choice(((2, 3, 2), (3, 2, 2), (2, 2, 3), (2, 3, 3), (3, 2, 3)))
    a, b, k = rng.choice(((2, 2, 3), (2, 3, 2), (3, 2, 2), (2, 3, 3), (3, 2, 3)))
    times = rng.choice((3, 4))
    powers = ["1", r"\rho", r"\rho^2", r"\rho^3"]
    rows = r" \\ ".join(" & ".join(powers[abs(i - j)] for j in range(times)) for i in range(times))
    ar1 = rf"\begin{{bmatrix}} {rows} \end{{bmatrix}}"
    asked = (
        ("samples", crd(t, r, samples=s), f"{s} samples of each of {t * r} random plots, $v$; $\\mathbf{{y}}$ goes "
         "plot by plot.", rf"{_eye(t * r)} \otimes ({_alike('v', s)})"),
        ("factorial", rcbd((a, b), k), f"{a} varieties with {b} doses each, all combinations in each of {k} random "
         r"blocks, $u$; $\mathbf{y}$ goes block by block.", rf"{_eye(k)} \otimes ({_alike('u', a * b)})"),
        ("plots", split_plot(a, b, k), f"A split plot: {k} random blocks, $u$, {a} random whole plots in each, $v$, "
         rf"{b} subplots in each of those; $\mathbf{{y}}$ goes whole plot by whole plot.",
         rf"{_eye(k)} \otimes (\sigma^2_u {_ones(a * b)} + {_eye(a)} \otimes ({_alike('v', b)}))"),
        ("herds", nested(a, b, k), f"{a} random herds, $u$, {b} random cows of each, $v$, {k} samples of each cow; "
         r"$\mathbf{y}$ goes cow by cow.",
         rf"{_eye(a)} \otimes (\sigma^2_u {_ones(b * k)} + {_eye(b)} \otimes ({_alike('v', k)}))"),
        ("times", repeated_measures(2, times, 2, within="ar1"), f"4 subjects at {times} times, one week apart; the "
         r"errors of a subject have an AR(1) structure with the variance $\sigma^2$ and the correlation $\rho$. "
         r"$\mathbf{y}$ goes subject by subject.", rf"\sigma^2 {_eye(4)} \otimes {ar1}"),
    )  # fmt: skip
    why = "subjects share nothing; within one the errors d weeks apart have the covariance σ² ρ^d"
    return Exercise(
        title="V of each design",
        story=r"Each question has a design of its own. Write $\mathbf{V} = \mathrm{Var}(\mathbf{y})$ with its entries "
        r"or by its structure, as $\mathbf{I}_2 \otimes (\sigma^2 \mathbf{I}_3 + \sigma^2_u \mathbf{J}_3)$. The "
        r"variance of random effects has their letter below.",
        tags=("variance", "designed experiments"), prerequisites=("zgz_by_hand", "z_of_designs", "ar1_in_time"),
        questions=tuple(
            Question(key, f"{told} What is $\\mathbf{{V}}$?", m.V, without=("V", "Z", "G", "R"), room=3.5,
                hints=(Hint("Which random terms do two observations share, and which of them are all alike?"),
                       Hint(r"A block of $\mathbf{J}$ for what is shared, $\mathbf{I}$ for what each has.", 0.25)),
                solution=m.derive("V") if m.Z is not None else worked("V", (right, why), of=m), also_right=(right,),
                mistakes=(Mistake(rf"\sigma^2 \mathbf{{I}}_{{{m.n}}}", None, "Do no two observations vary together?"),))
            for key, m, told, right in asked
        ))  # fmt: skip


def _eye(order: int) -> str:
    return rf"\mathbf{{I}}_{{{order}}}"


def _ones(order: int) -> str:
    return rf"\mathbf{{J}}_{{{order}}}"


def _alike(effect: str, order: int) -> str:
    """The variance of observations that have one effect in common."""
    return rf"\sigma^2 {_eye(order)} + \sigma^2_{effect} {_ones(order)}"


if __name__ == "__main__":
    raise SystemExit(sheet(__file__))
