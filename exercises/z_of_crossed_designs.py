"""Z of designs whose random effects cross: rows and columns of a square, raters and essays, by its structure."""

import random

from tutor import Exercise, Hint, Mistake, Question, crossed, latin_square, sheet, worked

STORIES = (("raters", "essays", "rater"), ("judges", "wines", "judge"), ("nurses", "wounds", "nurse"))


def make(rng: random.Random) -> Exercise:
    side, (t, r) = rng.choice((3, 4)), rng.choice(((2, 3), (3, 2), (2, 4), (4, 2), (3, 4)))
    raters, essays, rater = rng.choice(STORIES)
    asked = (
        ("q1", latin_square(side), side, side, f"A Latin square of {side} random rows and {side} random columns; "
         r"$\mathbf{y}$ goes along the first row, then along the second.",
         "A row of the square is a run of observations; the columns come in the same order in each.",
         "the rows one after the other; the columns in each of them"),
        ("q2", crossed(t, r), t, r, f"Each of {t} random {raters} sees each of {r} random {essays}; "
         rf"$\mathbf{{y}}$ goes {rater} by {rater}.", f"The {essays} come in the same order for each {rater}.",
         f"the {raters} one after the other; the {essays} for each of them"),
    )  # fmt: skip
    return Exercise(
        title="Z of designs that cross",
        story=r"Each question has a design of its own, with two random effects of which neither is within the other. "
        r"Write $\mathbf{Z}$ with its entries or by its structure, as $\begin{bmatrix} \mathbf{Z}_u & \mathbf{Z}_v "
        r"\end{bmatrix}$ with what stands for both; its columns may come in any order.",
        tags=("Z, G and R", "crossed", "designed experiments"), prerequisites=("z_of_designs", "raters_and_essays"),
        questions=tuple(
            Question(key, f"{told} What is $\\mathbf{{Z}}$?", m.Z, without=("Z",), up_to="column-order", room=3,
                hints=(Hint("A row for each observation, a column for each random effect, a 1 where it belongs to it."),
                       Hint(hint, 0.25)),
                solution=worked("Z", (_beside(_runs(a, b), _turns(a, b)), why), of=m),
                also_right=(_beside(_runs(a, b), _turns(a, b)),),
                mistakes=(Mistake(rf"\mathbf{{I}}_{{{m.n}}}", None, "Has each observation a random effect alone?"),
                          Mistake(_runs(a, b), None, "Where are the other random effects?")))
            for key, m, a, b, told, hint, why in asked
        ))  # fmt: skip


def _runs(groups: int, each: int) -> str:
    """Groups one after the other, with so many rows each."""
    return rf"\mathbf{{I}}_{{{groups}}} \otimes \mathbf{{1}}_{{{each}}}"


def _turns(times: int, members: int) -> str:
    """The same members, one row each, so many times over."""
    return rf"\mathbf{{1}}_{{{times}}} \otimes \mathbf{{I}}_{{{members}}}"


def _beside(left: str, right: str) -> str:
    return rf"\begin{{bmatrix}} {left} & {right} \end{{bmatrix}}"


if __name__ == "__main__":
    raise SystemExit(sheet(__file__))
