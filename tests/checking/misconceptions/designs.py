"""The designs that wrong answers are about, by short names, and matrices made of their variances by a rule."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import sympy

from tests.checking.answers import UNEQUAL
from tutor import (
    crd,
    crossed,
    lecture_vocabulary,
    nested,
    one_way,
    random_slopes,
    rcbd,
    read,
    regression,
    repeated_measures,
    split_plot,
    strip_plot,
)
from tutor.algebra.build import symbol
from tutor.algebra.tree import Tree
from tutor.notation.vocabulary import Vocabulary

DESIGNS: dict[str, Any] = {
    "blocks": rcbd(treatments=2, blocks=3),
    "more blocks": rcbd(treatments=3, blocks=4),
    "blocks by letters": rcbd(treatments="t", blocks="b"),
    "fixed blocks": rcbd(treatments=2, blocks=3, blocks_are="fixed"),
    "plots": crd(treatments=3, reps=4),
    "plots by letters": crd(treatments="t", reps="r"),
    "split plots": split_plot(2, 3, 2),
    "split plots by letters": split_plot("a", "s", "r"),
    "nested": nested(2, 3, 2),
    "nested by letters": nested("a", "b", "n"),
    "crossed by letters": crossed("a", "b", "n"),
    "strips by letters": strip_plot("a", "c", "r"),
    "groups": one_way(3, 2),
    "groups by letters": one_way("a", "n"),
    "times": repeated_measures(2, 4),
    "times, compound symmetry": repeated_measures(2, 4, within="cs"),
    "times, unstructured": repeated_measures(2, 3, within="un"),
    "line": regression([1, 2, 4]),
    "slopes": random_slopes(2, [1, 2, 3]),
    "unequal groups": UNEQUAL,
}

Answer = str | Callable[[sympy.Matrix], Any]
"""Text, or a rule that makes the cells of an answer from those of the reference."""


def vocabulary(design: str) -> Vocabulary:
    """The names of a design; of "lecture" those of the course with sizes left open, of "square" square matrices."""
    if design == "square":
        return lecture_vocabulary().with_names(*(symbol(letter, "n", "n", facts=["invertible"]) for letter in "ABC"))
    return lecture_vocabulary() if design == "lecture" else DESIGNS[design].vocabulary


def reference(design: str, text: str) -> Tree:
    """What is asked for, in the words of the design."""
    tree = read(text, vocabulary(design)).tree
    assert tree is not None, text
    return tree


def answer(given: Answer, asked: Tree) -> Any:
    """The answer itself."""
    return given if isinstance(given, str) else given(sympy.Matrix(asked.explicit()))


def changed(rule: Callable[[int, int, Any], Any]) -> Callable[[sympy.Matrix], Any]:
    """The reference with each cell (i, j) by a rule, rows and columns counted from 0."""
    return lambda cells: sympy.Matrix(cells.rows, cells.cols, lambda i, j: rule(i, j, cells[i, j]))


def put(value: Callable[[Any], Any], *places: tuple[int, int]) -> Callable[[sympy.Matrix], Any]:
    """The reference with other values in a few places."""
    return changed(lambda i, j, x: value(x) if (i, j) in places else x)


def rows_in_order(*order: int) -> Callable[[sympy.Matrix], Any]:
    """The reference with its rows, and its columns if it is square, in another order."""

    def made(cells: sympy.Matrix) -> Any:
        columns = order if cells.rows == cells.cols else range(cells.cols)
        return sympy.Matrix([[cells[i, j] for j in columns] for i in order])

    return made
