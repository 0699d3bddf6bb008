"""A product with a vector is that of the whole value, and a large matrix has its slip named as a small one has."""

from __future__ import annotations

import random
from fractions import Fraction

import numpy as np
import pytest

from tests.checking.misconceptions.designs import reference
from tutor import check, rcbd, split_plot
from tutor.algebra.arithmetic import Exact
from tutor.algebra.doubles import Floating
from tutor.algebra.draw import DrawnInstance, draw_sizes
from tutor.algebra.tree import Tree
from tutor.checking.misconceptions.forms import forms_of
from tutor.checking.probe import Probe

ASKED = ["V", "V^{-1}", "ZGZ' + R", "Z'V^{-1}X", "R^{-1} - R^{-1}Z(G^{-1} + Z'R^{-1}Z)^{-1}Z'R^{-1}", "3GZ'"]
MIXED = ["blocks", "more blocks", "blocks by letters", "split plots", "split plots by letters", "nested", "slopes"]


@pytest.mark.parametrize("design", MIXED)
@pytest.mark.parametrize("text", ASKED)
def test_the_product_with_a_vector_is_that_of_the_value(design: str, text: str) -> None:
    for tree in forms_of(reference(design, text)):
        rng = random.Random(7)
        instance = DrawnInstance((tree,), rng, proper=True, arithmetic=Floating(), sizes=draw_sizes((tree,), rng))
        vector = np.array([[rng.uniform(0.5, 1.5)] for _ in range(instance.size(tree.columns))])
        probe = Probe(instance)
        once, again = probe.product(tree, vector), probe.product(tree, vector)
        expected = instance.value(tree) @ vector
        assert np.allclose(once, expected, rtol=1e-9) and np.allclose(again, expected, rtol=1e-9)
        assert np.allclose(Probe(instance, [tree]).product(tree, vector), expected, rtol=1e-12)


@pytest.mark.parametrize("design", [name for name in MIXED if "letters" not in name])
@pytest.mark.parametrize("text", ASKED)
def test_what_a_change_of_parameters_leaves_is_what_it_is_anew(design: str, text: str) -> None:
    asked = reference(design, text)
    trees: list[Tree] = [asked, reference(design, "Z")]
    instance = DrawnInstance(trees, random.Random(3), arithmetic=Exact())
    before = [instance.value(tree) for tree in trees]
    for name in list(instance.scalars):
        other = instance.changed({name: Fraction(instance.scalars[name]) * 4 + 1})
        anew = DrawnInstance(trees, random.Random(3), arithmetic=Exact())
        anew.scalars.update(other.scalars)
        assert [other.value(tree) for tree in trees] == [anew.value(tree) for tree in trees]
    assert [instance.value(tree) for tree in trees] == before


@pytest.mark.parametrize(
    ("answer", "slip"),
    [("ZGZ'", "missing-residual"), ("R", "missing-random"), ("ZG^{-1}Z' + R", "inverse-for-G"), ("ZGZ' - R", "sign"),
     (r"\sigma^2 ZZ' + \sigma^2_u I", "components-swapped")],
)  # fmt: skip
def test_a_matrix_of_more_than_150_rows_has_its_slip_named(answer: str, slip: str) -> None:
    assert check(answer, rcbd(treatments=8, blocks=20).V).misconception == slip


def test_of_a_large_matrix_of_two_strata_the_slip_is_named() -> None:
    assert check("ZGZ'", split_plot(4, 4, 10).V).misconception == "missing-residual"
