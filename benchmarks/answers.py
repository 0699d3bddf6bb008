r"""Right and wrong answers on which judges are compared, and the wrong ones that cost the search for a slip most.

Each question has what is right as a tree of ours and as text in LaTeX, which is what another judge is given. An answer
is right or wrong by the mathematics: \mathbf{G}\mathbf{Z}\mathbf{Z}' + \mathbf{R} is no product that exists.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from importlib.resources import files
from typing import Any

import sympy

from tutor import (
    MixedModel,
    bibd,
    crossed,
    latin_square,
    model,
    nested,
    random_slopes,
    rcbd,
    read,
    repeated_measures,
    split_plot,
    split_split_plot,
    strip_plot,
)
from tutor.algebra.nodes import Explicit
from tutor.algebra.tree import Tree
from tutor.notation.vocabulary import Vocabulary
from tutor.notation.write import write


@dataclass(frozen=True, slots=True)
class Question:
    """What is asked, the names that answers may use, and answers with whether they are right."""

    name: str
    asked: Tree
    reference: str
    vocabulary: Vocabulary
    answers: tuple[tuple[str, bool], ...]


def in_entries(tree: Tree, change: Callable[[int, int, Any], Any] = lambda i, j, x: x) -> str:
    """A matrix in LaTeX entry by entry, each as a rule makes it of what stands there."""
    cells = sympy.Matrix(tree.explicit())
    return write(Explicit(sympy.ImmutableMatrix(cells.rows, cells.cols, lambda i, j: change(i, j, cells[i, j]))))


def questions() -> list[Question]:
    """Each question with its answers; the matrices are of 12 and of 30 rows."""
    small, large = rcbd(treatments=3, blocks=4), rcbd(treatments=5, blocks=6)
    names = small.vocabulary
    return [
        Question("Var(y)", small.V, r"\mathbf{Z}\mathbf{G}\mathbf{Z}' + \mathbf{R}", names, OF_VARIANCE),
        Question("E(y)", _tree(r"X\beta", names), r"\mathbf{X}\boldsymbol{\beta}", names, OF_MEAN),
        Question("the inverse of Var(y)", _tree("V^{-1}", names), r"\mathbf{V}^{-1}", names, OF_INVERSE),
        Question("a correlation", _tree(CORRELATION, names), CORRELATION, names, OF_CORRELATION),
        Question("the variance of a difference", _tree(DIFFERENCE, names), DIFFERENCE, names, OF_DIFFERENCE),
        _of_entries("V, 12 × 12", small.V, names),
        _of_entries("its inverse, 12 × 12", small.V.inv(), names),
        _of_entries("V, 30 × 30", large.V, large.vocabulary),
    ]


def _tree(text: str, vocabulary: Vocabulary) -> Tree:
    tree = read(text, vocabulary).tree
    assert tree is not None
    return tree


def _of_entries(name: str, asked: Tree, vocabulary: Vocabulary) -> Question:
    """A matrix that is right in two spellings, and wrong in five ways."""
    twice = in_entries(asked, lambda i, j, x: sympy.Mul(2, x, sympy.Rational(1, 2), evaluate=False))
    answers = (
        (in_entries(asked), True),
        (twice, True),
        (in_entries(asked, lambda i, j, x: x if i == j else sympy.S.Zero), False),
        (in_entries(asked, lambda i, j, x: x + 1 if (i, j) == (0, 1) else x), False),
        (in_entries(asked, lambda i, j, x: -x), False),
        (in_entries(asked, lambda i, j, x: x.subs({s: sympy.sqrt(s) for s in x.free_symbols})), False),
        (in_entries(asked, lambda i, j, x: 2 * x if i == j else x), False),
    )
    return Question(name, asked, in_entries(asked), vocabulary, answers)


OF_VARIANCE = (
    (r"\mathbf{Z}\mathbf{G}\mathbf{Z}' + \mathbf{R}", True),
    (r"\mathbf{R} + \mathbf{Z}\mathbf{G}\mathbf{Z}^\top", True),
    (r"ZGZ^T + R", True),
    (r"\sigma_u^2 \mathbf{Z}\mathbf{Z}' + \sigma^2 \mathbf{I}", True),
    (r"\mathbf{I}_4 \otimes (\sigma^2 \mathbf{I}_3 + \sigma_u^2 \mathbf{J}_3)", True),
    (r"\mathbf{Z}\mathbf{G}\mathbf{Z}'", False),
    (r"\mathbf{R}", False),
    (r"\mathbf{Z}\mathbf{G}\mathbf{Z} + \mathbf{R}", False),
    (r"\mathbf{G}\mathbf{Z}\mathbf{Z}' + \mathbf{R}", False),
    (r"\mathbf{Z}'\mathbf{G}\mathbf{Z} + \mathbf{R}", False),
    (r"\mathbf{Z}\mathbf{G}\mathbf{Z}' - \mathbf{R}", False),
    (r"\sigma_u \mathbf{Z}\mathbf{Z}' + \sigma \mathbf{I}", False),
    (r"\mathbf{I}_3 \otimes (\sigma^2 \mathbf{I}_4 + \sigma_u^2 \mathbf{J}_4)", False),
)
OF_MEAN = (
    (r"\mathbf{X}\boldsymbol{\beta}", True),
    (r"X\beta", True),
    (r"\mathbf{X}\boldsymbol{\beta} + \mathbf{Z}\mathbf{u}", False),
    (r"\boldsymbol{\beta}\mathbf{X}", False),
    (r"\mathbf{X}'\boldsymbol{\beta}", False),
)
OF_INVERSE = (
    (r"(\mathbf{Z}\mathbf{G}\mathbf{Z}' + \mathbf{R})^{-1}", True),
    (
        r"\mathbf{R}^{-1} - \mathbf{R}^{-1}\mathbf{Z}(\mathbf{G}^{-1} + \mathbf{Z}'\mathbf{R}^{-1}\mathbf{Z})^{-1}"
        r"\mathbf{Z}'\mathbf{R}^{-1}",
        True,
    ),
    (r"\mathbf{R}^{-1}", False),
    (r"(\mathbf{Z}\mathbf{G}\mathbf{Z}')^{-1} + \mathbf{R}^{-1}", False),
    (
        r"\mathbf{R}^{-1} + \mathbf{R}^{-1}\mathbf{Z}(\mathbf{G}^{-1} + \mathbf{Z}'\mathbf{R}^{-1}\mathbf{Z})^{-1}"
        r"\mathbf{Z}'\mathbf{R}^{-1}",
        False,
    ),
)
CORRELATION = r"\frac{\sigma_u^2}{\sigma_u^2 + \sigma^2}"
OF_CORRELATION = (
    (r"\frac{\sigma^2_u}{\sigma^2 + \sigma^2_u}", True),
    (r"1 - \frac{\sigma^2}{\sigma_u^2 + \sigma^2}", True),
    (r"\frac{1}{1 + \sigma^2/\sigma_u^2}", True),
    (r"\frac{\sigma_u}{\sigma_u + \sigma}", False),
    (r"\frac{\sigma^2}{\sigma_u^2 + \sigma^2}", False),
    (r"\frac{\sigma_u^2}{\sigma^2}", False),
    (r"\sigma_u^2", False),
)
DIFFERENCE = r"\frac{2\sigma^2}{4}"
OF_DIFFERENCE = (
    (r"\frac{\sigma^2}{2}", True),
    (r"\frac{1}{2}\sigma^2", True),
    (r"0.5\sigma^2", True),
    (r"\frac{2(\sigma^2 + \sigma_u^2)}{4}", False),
    (r"\frac{\sigma^2}{4}", False),
    (r"\frac{\sigma}{2}", False),
)

DESIGNS: dict[str, Callable[[], Any]] = {
    "oats": lambda: model("yield ~ nitro + (1 | Block/Variety)", str(files("tutor.data") / "oats.csv")),
    "blocks, 12 rows": lambda: rcbd(treatments=3, blocks=4),
    "split plots, 72 rows": lambda: split_plot(3, 4, 6),
    "split-split plots, 72 rows": lambda: split_split_plot(3, 2, 4, 3),
    "a Latin square, 36 rows": lambda: latin_square(6),
    "strip plots, 72 rows": lambda: strip_plot(3, 4, 6),
    "AR(1) over time, 40 rows": lambda: repeated_measures(4, 5, treatments=2),
    "nested, 48 rows": lambda: nested(4, 3, 4),
    "crossed, 60 rows": lambda: crossed(4, 5, 3),
    "incomplete blocks, 30 rows": lambda: bibd(6, 10, 3),
    "slopes, 30 rows": lambda: random_slopes(6, [0, 1, 2, 3, 4]),
}
"""Designs whose slips are searched for; what has no name costs the most, all being tried."""

WRONG: tuple[tuple[str, str], ...] = (
    ("V", "ZGZ'"),
    ("V", "5R + 7ZGZ'"),
    ("V", "ZZ' + 3R"),
    ("V", "ZGZ' + R + 5I"),
    ("V", "ZG^{-1}Z' + 3R^{-1}"),
    ("V", r"\sigma^2 I + 3J"),
    ("V^{-1}", "R^{-1}"),
    ("V^{-1}", "3R^{-1} - 5ZGZ'"),
    ("V^{-1}", r"\frac{1}{\sigma^2} I - 7J"),
    ("V^{-1}", "R^{-1} + 3R^{-1}Z(G^{-1} + Z'R^{-1}Z)^{-1}Z'R^{-1}"),
    (r"X\beta", r"3X\beta + 2Zu"),
    ("X'V^{-1}X", "3X'X"),
    ("ZG", "5Z"),
    (r"GZ'V^{-1}(y - X\beta)", r"3GZ'R(y - 5X\beta)"),
    (r"(X'V^{-1}X)^{-}X'V^{-1}y", "3(X'RX)^{-}X'y"),
    ("V^{-1} - V^{-1}X(X'V^{-1}X)^{-}X'V^{-1}", "V^{-1} - 5X(X'RX)^{-}X'"),
)
"""What is asked, and an answer that is wrong."""


def wrong_answers(m: MixedModel) -> list[tuple[str, str]]:
    """The wrong answers that a model can be asked for; one without random effects has no Z, G or u to be written."""
    return [pair for pair in WRONG if m.Z is not None or not any(letter in "ZGu" for text in pair for letter in text)]
