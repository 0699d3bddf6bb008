"""The degree of a tree in the variances: by the way it is written, and as its values have it."""

from __future__ import annotations

import numpy as np
import pytest

from tutor import rcbd, read, split_plot
from tutor.algebra.nodes import Symbol
from tutor.algebra.tree import Tree
from tutor.checking.misconceptions.homogeneous import FACTOR, Degrees, degree_of_values
from tutor.checking.misconceptions.roles import parameters

VALUES = {"sigma2": 1.7, "sigma2_u": 0.6, "sigma2_v": 2.3}
MODELS = {
    "blocks": rcbd(treatments=3, blocks=4),
    "split plots": split_plot(2, 2, 3),
}

WRITTEN = [
    ("V", 1), ("V^{-1}", -1), ("ZGZ' + R", 1), ("ZG^{-1}Z'", -1), ("R^{-1}ZGZ'R", 1), ("X'V^{-1}X", -1), ("X'X", 0),
    ("GZ'V^{-1}", 0), ("(X'V^{-1}X)^{-}X'V^{-1}", 0), ("tr(V)", 1), ("\\sigma^2 I_{12}", 1), ("\\sigma I_{12}", 0.5),
    ("\\sigma_u^2/(\\sigma_u^2 + \\sigma^2)", 0), ("V \\otimes R", 2),
]  # fmt: skip
"""What is homogeneous of a degree that follows from how it is written."""

MIXED = ["ZGZ' + R^{-1}", "ZZ' + R", "\\sigma^2 I_{12} + 3J_{12}", "V^{-1} + R", "\\sigma^2 + \\sigma"]
"""What is not homogeneous."""


def tree_of(model: str, text: str) -> Tree:
    tree = read(text, MODELS[model].vocabulary).tree
    assert tree is not None
    return tree


def written(model: str, tree: Tree) -> float | None:
    def defined(symbol: Symbol) -> Tree | None:
        return symbol.definition

    return Degrees(parameters([MODELS[model].V]), defined).of(tree)


def by_values(tree: Tree) -> tuple[bool, float | None]:
    known = {parameter.name: VALUES[parameter.name] for parameter in parameters([tree])}
    value, scaled = (tree.numpy(**{name: c * x for name, x in known.items()}) for c in (1, FACTOR))
    return degree_of_values(value, scaled)


@pytest.mark.parametrize("model", MODELS)
@pytest.mark.parametrize(("text", "degree"), WRITTEN)
def test_the_way_it_is_written_tells_the_degree_that_the_values_have(model: str, text: str, degree: float) -> None:
    tree = tree_of(model, text)
    assert written(model, tree) == degree
    assert by_values(tree) == (True, degree)


@pytest.mark.parametrize("model", MODELS)
@pytest.mark.parametrize("text", MIXED)
def test_what_is_not_homogeneous_has_no_degree(model: str, text: str) -> None:
    tree = tree_of(model, text)
    assert written(model, tree) is None
    assert by_values(tree) == (True, None)


def test_terms_that_cancel_are_told_by_values_alone() -> None:
    tree = tree_of("blocks", "V + R^{-1} - R^{-1}")
    assert written("blocks", tree) is None
    assert by_values(tree) == (True, 1)


def test_zero_and_what_is_not_finite_tell_no_degree() -> None:
    assert degree_of_values(np.zeros((2, 2)), np.zeros((2, 2))) == (False, None)
    assert degree_of_values(np.ones((1, 1)), np.array([[np.inf]])) == (False, None)


def test_another_sign_is_no_degree() -> None:
    assert degree_of_values(np.ones((1, 1)), -np.ones((1, 1))) == (True, None)
