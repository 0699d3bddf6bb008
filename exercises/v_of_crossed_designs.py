"""V of designs whose random effects cross: rows and columns of a square, raters and essays, by its structure."""

import random

from tutor import Exercise, Hint, Mistake, Question, crossed, latin_square, sheet

STORIES = (("raters", "essays", "rater"), ("judges", "wines", "judge"), ("nurses", "wounds", "nurse"))


def make(rng: random.Random) -> Exercise:
    side, (t, r) = rng.choice((3, 4)), rng.choice(((2, 3), (3, 2), (2, 4), (4, 2), (3, 4)))
    raters, essays, rater = rng.choice(STORIES)
    asked = (
        ("q1", latin_square(side), f"A Latin square of {side} random rows, $r$, and {side} random columns, $c$; "
         r"$\mathbf{y}$ goes along the first row, then along the second.", ("r", "c"), side, side,
         "The observations of a row stand side by side, those of a column do not.",
         "Do the observations of a column stand side by side, as those of a row do?"),
        ("q2", crossed(t, r), f"Each of {t} random {raters}, $u$, sees each of {r} random {essays}, $v$; "
         rf"$\mathbf{{y}}$ goes {rater} by {rater}.", ("u", "v"), t, r,
         f"The {essays} come in the same order for each {rater}.", f"Which observations share one of the {essays}?"),
    )  # fmt: skip
    return Exercise(
        title="V of designs that cross",
        story=r"Each question has a design of its own, with two random effects of which neither is within the other. "
        r"Write $\mathbf{V} = \mathrm{Var}(\mathbf{y})$ with its entries or by its structure, as $\mathbf{I}_2 \otimes "
        r"(\sigma^2 \mathbf{I}_3 + \sigma^2_u \mathbf{J}_3)$. The variance of random effects has their letter below.",
        tags=("variance", "crossed", "designed experiments"), prerequisites=("v_of_designs", "z_of_crossed_designs"),
        questions=tuple(
            Question(key, f"{told} What is $\\mathbf{{V}}$?", m.V, without=("V", "Z", "G", "R"), room=3.5,
                hints=(Hint("Which random terms do two observations share, and which of them are all alike?"),
                       Hint(hint),
                       Hint(r"A block of $\mathbf{J}$ for what is shared, $\mathbf{I}$ for what each has.", 0.25)),
                solution=m.derive("V"),
                also_right=(_sum(a * b, (one, f"{_eye(a)} ⊗ {_ones(b)}"), (two, f"{_ones(a)} ⊗ {_eye(b)}")),),
                mistakes=(
                    Mistake(rf"\sigma^2 {_eye(a * b)}", None, "Do no two observations vary together?"),
                    Mistake(_sum(a * b, (one, f"{_eye(a)} ⊗ {_ones(b)}"), (two, f"{_eye(b)} ⊗ {_ones(a)}")), None,
                            slip)))
            for key, m, told, (one, two), a, b, hint, slip in asked
        ))  # fmt: skip


def _eye(order: int) -> str:
    return rf"\mathbf{{I}}_{{{order}}}"


def _ones(order: int) -> str:
    return rf"\mathbf{{J}}_{{{order}}}"


def _sum(order: int, *parts: tuple[str, str]) -> str:
    """The variance of the errors, and that of each random effect with the pattern of those that share it."""
    return rf"\sigma^2 {_eye(order)} + " + " + ".join(rf"\sigma^2_{effect} ({pattern})" for effect, pattern in parts)


if __name__ == "__main__":
    raise SystemExit(sheet(__file__))
