"""An edit that begins with an inverse is refuted without it only where it has another value."""

from __future__ import annotations

import random

import numpy as np
import pytest

from tests.checking.misconceptions.designs import reference
from tutor.algebra.doubles import Floating
from tutor.algebra.draw import DrawnInstance
from tutor.algebra.nodes import Scalar
from tutor.algebra.walk import walk
from tutor.checking.misconceptions.reach import is_out_of_reach
from tutor.checking.misconceptions.refuted import is_refuted
from tutor.checking.probe import Probe

INVERTED = ["V^{-1}", "3V^{-1}X", "(X'X)^{-}X'", r"(X'V^{-1}X)^{-}X'V^{-1}y", "-2(V + R)^{-1}Z"]


@pytest.mark.parametrize("text", INVERTED)
def test_only_another_value_is_refuted(text: str) -> None:
    tree = reference("blocks", text)
    instance = DrawnInstance((tree,), random.Random(5), proper=True, arithmetic=Floating(), sizes={})
    vector = np.array([[1.0 + k] for k in range(instance.size(tree.columns))])
    value = Probe(instance).product(tree, vector)
    assert not is_refuted(Probe(instance), tree, vector, value)
    assert is_refuted(Probe(instance), tree, vector, 1.01 * value)


@pytest.mark.parametrize("text", ["ZGZ' + R", "ZG", r"X\beta"])
def test_what_begins_with_no_inverse_is_not_refuted(text: str) -> None:
    tree = reference("blocks", text)
    instance = DrawnInstance((tree,), random.Random(5), proper=True, arithmetic=Floating(), sizes={})
    vector = np.ones((instance.size(tree.columns), 1))
    assert not is_refuted(Probe(instance), tree, vector, np.zeros((instance.size(tree.rows), 1)))


@pytest.mark.parametrize(("text", "times"), [("3V^{-1}X", 5), ("2V + R", 7), (r"5(X'V^{-1}X)^{-}X'V^{-1}y", 2)])
def test_what_another_number_gives_is_within_its_reach_and_nothing_else_is(text: str, times: int) -> None:
    tree, other = reference("blocks", text), reference("blocks", text.replace(text[0], str(times), 1))
    instance = DrawnInstance((tree,), random.Random(5), proper=True, arithmetic=Floating(), sizes={})
    vector = np.array([[1.0 + k] for k in range(instance.size(tree.columns))])
    number = next(node for node in walk(tree) if isinstance(node, Scalar) and str(node) == text[0])
    value = Probe(instance).product(other, vector)
    assert not is_out_of_reach(Probe(instance), tree, number, vector, value)
    stray = value + np.sin(np.arange(len(value))).reshape(-1, 1) * np.abs(value).max()
    assert is_out_of_reach(Probe(instance), tree, number, vector, stray)
