"""What is calculated with patterns is what is calculated with cells, in every operation and for unequal sizes."""

from __future__ import annotations

import random

import pytest
import sympy
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from tests.strategies import patterned_trees
from tutor import rcbd, split_split_plot
from tutor.algebra.arithmetic import Arithmetic, Exact, NotRationalError
from tutor.algebra.build import identity, kron, ones
from tutor.algebra.draw import DrawnInstance
from tutor.algebra.nodes import Inverse, Product, Sum
from tutor.algebra.patterned import Patterned
from tutor.algebra.residues import Residues, random_prime
from tutor.algebra.tiles import NotPatternedError
from tutor.algebra.tree import Tree
from tutor.algebra.unit_vector import UnitVector
from tutor.errors import DomainError

A, B, C, R, T = (sympy.Symbol(name, integer=True, positive=True) for name in "abcrt")
LARGE = {A: 10**17 + 3, B: 10**16 + 61, C: 10**15 + 37, R: 10**14 + 31, T: 10**13 + 37}


def at(tree: Tree, sizes: dict[sympy.Symbol, int], arithmetic: Arithmetic) -> DrawnInstance:
    return DrawnInstance((tree,), random.Random(1), sizes=sizes, arithmetic=arithmetic, friendly=True, squares=False)


@given(patterned_trees(), st.permutations([2, 3, 4]))
@settings(max_examples=150, deadline=None)
def test_patterns_are_what_cells_are(tree: Tree, levels: list[int]) -> None:
    sizes = dict(zip((A, B, C), levels, strict=True))
    dense, patterned = at(tree, sizes, Exact()), at(tree, sizes, Patterned(Exact(), sizes))
    try:
        expected = dense.value(tree)
    except DomainError:
        with pytest.raises((DomainError, NotPatternedError)):
            patterned.value(tree)
        return
    try:
        found = patterned.value(tree)
    except NotPatternedError:
        assume(False)
        raise
    assert patterned.arithmetic.entries(found) == dense.arithmetic.entries(expected)


def test_most_trees_are_made_of_patterns() -> None:
    """The property above would say nothing of trees that are refused."""
    outcomes: list[bool] = []

    @given(patterned_trees())
    @settings(max_examples=100, deadline=None, database=None)
    def value(tree: Tree) -> None:
        sizes = {A: 2, B: 3, C: 4}
        try:
            at(tree, sizes, Patterned(Exact(), sizes)).value(tree)
            outcomes.append(True)
        except NotPatternedError:
            outcomes.append(False)
        except DomainError:
            pass

    value()
    assert sum(outcomes) > 0.7 * len(outcomes)


SPLIT = split_split_plot("a", "b", "c", "r")


@pytest.mark.parametrize(
    ("left", "right", "same"),
    [
        (identity(A * B), kron(identity("a"), identity("b")), True),
        (identity(A * B), kron(identity("b"), identity("a")), True),
        (kron(identity("a"), ones("b", "b")), kron(identity("b"), ones("a", "a")), None),
        (kron(identity("a"), ones("b", "b")), kron(ones("a", "a"), identity("b")), False),
        (ones("a", "a") @ ones("a", "a"), A * ones("a", "a"), True),
        (ones("a", "a") @ ones("a", "a"), B * ones("a", "a"), False),
        (ones("a").T @ ones("a"), identity(1) * A, True),
        (identity(12), kron(identity(4), identity(3)), True),
        (ones(12), kron(ones(2), ones(6)), True),
        ((identity("a") + ones("a", "a")).inv(), identity("a") - ones("a", "a") / (1 + A), True),
        ((identity("a") + ones("a", "a")).inv(), identity("a") - ones("a", "a") / A, False),
        ((identity("a") * 2).det(), sympy.Integer(2) ** A * identity(1), True),
        ((identity("a") + ones("a", "a")).det(), (1 + A) * identity(1), True),
        (kron(identity("a"), identity("b") + ones("b", "b")).det(), (1 + B) ** A * identity(1), True),
        (kron(identity("a"), identity("b") + ones("b", "b")).det(), (1 + A) ** B * identity(1), False),
        (SPLIT.V, SPLIT.V.closed_form(), True),
        (SPLIT.V.inv(), SPLIT.V.closed_form().inv(), True),
        (Product((SPLIT.V, Inverse(SPLIT.V))), identity(SPLIT.V.rows), True),
        (Sum((SPLIT.V, SPLIT.R)), SPLIT.V, False),
    ],
)
def test_equal_means_equal_at_sizes_that_no_matrix_could_have(left: Tree, right: Tree, same: bool | None) -> None:
    instance = at(Sum((left, right)), LARGE, Patterned(Residues(random_prime(random.Random(3))), LARGE))
    values = instance.value(left), instance.value(right)
    if same is None:
        with pytest.raises(NotPatternedError):
            instance.arithmetic.same(*values)
    else:
        assert instance.arithmetic.same(*values) is same


def test_what_has_cells_of_its_own_is_refused_at_once() -> None:
    m, unit_vector = rcbd("t", "b"), UnitVector(T, 1)
    for tree in (m.y, m.y.T, 2 * m.y, unit_vector):
        with pytest.raises(NotRationalError):
            at(tree, LARGE, Patterned(Exact(), LARGE)).value(tree)
