"""Groups within groups of unequal sizes, as letters n_ij and as lists of numbers, against matrices of entries."""

from __future__ import annotations

import random
from collections.abc import Iterator
from typing import Any

import pytest
import sympy

from tests.exact import are_same
from tutor.algebra.draw import DrawnInstance
from tutor.algebra.facts import facts
from tutor.algebra.indices import Total, at_numbers, depends, letter_at, total
from tutor.algebra.nodes import Determinant, Explicit, Inverse
from tutor.algebra.sizes import size
from tutor.algebra.tree import Tree
from tutor.algebra.walk import walk
from tutor.errors import SizeError
from tutor.models import catalogue as c
from tutor.models.from_formula import model
from tutor.models.mixed import MixedModel

GROUPS = [[[2, 3], [4, 1]], [[1, 2, 2], [3, 1, 4]], [[2, 2], [1, 5], [3, 3]], [[2, 3], [4]], [[2, 2], [2, 2]]]
"""The observations of each inner group, outer group by outer group."""

DEEP = [[[[2, 3], [4]], [[1, 2]]], [[[1, 2], [2, 1]], [[3, 1], [2, 2]]]]


def rows(groups: list[Any], name: str = "") -> Iterator[tuple[str, ...]]:
    for number, inner in enumerate(groups, start=1):
        label = f"{name}g{number}"
        below = [()] * inner if isinstance(inner, int) else rows(inner, label)
        yield from ((label, *row) for row in below)


def from_data(groups: list[Any], depth: int) -> MixedModel:
    """The same model by lme4's formula, on data."""
    every = list(rows(groups))
    columns = {f"f{n}": [row[n] for row in every] for n in range(depth)}
    return model(
        f"y ~ 1 + (1 | {'/'.join(columns)})", data={"y": list(range(len(every))), **columns}, contrasts="effects"
    )


def sizes_of(groups: list[Any]) -> dict[sympy.Symbol, int]:
    """The letters of nested("a", "b", "n_ij") or nested("a", "b_i", "n_ij")."""
    found = {"a": len(groups), "b": len(groups[0])}
    for i, inner in enumerate(groups, start=1):
        found[f"b_{i}"] = len(inner)
        found.update({f"n_{i}{j}": number for j, number in enumerate(inner, start=1)})
    return {size(letter): number for letter, number in found.items()}  # pyright: ignore[reportReturnType]


def assert_closed(V: Tree, dense: Tree, instance: DrawnInstance) -> None:
    value = instance.value(dense)
    assert are_same(instance.value(V), value)
    inverse, determinant = V.inv().closed_form(), V.det().closed_form()
    assert instance.value(inverse) == value.inv()
    assert instance.value(determinant)[0, 0] == value.det()
    for tree in (inverse, determinant):
        assert not any(isinstance(node, Determinant) or (isinstance(node, Inverse) and not node.is_scalar)
                       for node in walk(tree))  # fmt: skip
        assert not any(isinstance(node, Explicit) for node in walk(tree)), "nothing is told entry by entry"


@pytest.mark.parametrize("groups", GROUPS, ids=str)
def test_letters_for_the_size_of_each_inner_group(groups: list[list[int]]) -> None:
    dense = from_data(groups, 2)
    is_even = len(set(map(len, groups))) == 1
    for design in [c.nested("a", "b_i", "n_ij"), *([c.nested("a", "b", "n_ij")] if is_even else [])]:
        instance = DrawnInstance([dense.V], random.Random(1), sizes=sizes_of(groups))
        assert_closed(design.V, dense.V, instance)
        one = instance.value(dense.X)
        information = (design.X.T @ design.V.inv() @ design.X).closed_form()
        assert instance.value(information) == one.transpose() * instance.value(dense.V).inv() * one
        logarithm = design.derive("log|V|").result
        assert are_same(*(instance.in_balls().value(tree) for tree in (logarithm, dense.derive("log|V|").goal)))


@pytest.mark.parametrize("groups", GROUPS, ids=str)
def test_lists_of_numbers(groups: list[list[int]]) -> None:
    dense, design = from_data(groups, 2), c.nested(reps=groups)
    instance = DrawnInstance([dense.V], random.Random(1))
    assert_closed(design.V, dense.V, instance)
    assert instance.value(design.X) == instance.value(dense.X)
    assert design.n == sum(map(sum, groups))


@pytest.mark.parametrize("groups", DEEP, ids=str)
def test_three_depths_in_lists(groups: list[Any]) -> None:
    dense, design = from_data(groups, 3), c.nested(reps=groups)
    assert_closed(design.V, dense.V, DrawnInstance([dense.V], random.Random(1)))


@pytest.mark.parametrize("arguments", [("a", "b", "n_ij"), ("a", 2, "n_ij"), (2, "b", "n_ij"), (2, 2, "n_ij")])
@pytest.mark.parametrize("what", ["V^-1", "|V|", "log|V|", "X'V^{-1}X"])
def test_each_step_holds_at_random_sizes(arguments: tuple[Any, ...], what: str) -> None:
    design = c.nested(*arguments)
    lines = design.derive(what).lines
    for seed in range(2):
        instance = DrawnInstance([design.V, *lines], random.Random(seed))
        instance = instance.in_balls() if "log" in what else instance
        first = instance.value(lines[0])
        assert all(are_same(instance.value(line), first) for line in lines)


def test_four_depths_with_letters() -> None:
    design = c.nested("a", "b", "c", "n_ijk")
    instance = DrawnInstance([design.V], random.Random(0), sizes={
        **{size(letter): 2 for letter in "abc"},  # pyright: ignore[reportArgumentType]
        **{size(f"n_{i}{j}{k}"): i + j * k - 1 for i in (1, 2) for j in (1, 2) for k in (1, 2)},
    })  # fmt: skip
    assert_closed(design.V, design.V, instance)


def test_the_closed_forms_name_their_blocks() -> None:
    design = c.nested("a", "b", "n_ij")
    assert str(design.V.closed_form()) == "⨁_{i=1}^a (⨁_{j=1}^b (σ² I_{n_ij} + σ²_v J_{n_ij}) + σ²_u J_{n_{i·}})"
    assert str(design.V.det().closed_form()) == (
        "(σ²)^(n_{··} − ab) (∏_{i=1}^a (∏_{j=1}^b (σ² + n_ij σ²_v))(1 + σ²_u (∑_{j=1}^b (n_ij/(σ² + n_ij σ²_v)))))"
    )
    assert "n_{··} = ∑_{i=1}^a n_{i·}, n_{i·} = ∑_{j=1}^b n_ij" in str(design)


def test_facts_are_told_of_sizes_with_totals() -> None:
    known = facts(c.nested("a", "b", "n_ij").V)
    assert known["positive definite"].value and "n_{··}" in str(facts(c.nested("a", "b", "n_ij").Z.T))  # pyright: ignore[reportOptionalMemberAccess]
    assert known.rank.value == c.nested("a", "b", "n_ij").n


@pytest.mark.parametrize(
    ("call", "told"),
    [
        (lambda: c.nested(2, 2, reps=[[2, 3], [4]]), "Size 2 is 2, and reps has 2, 1"),
        (lambda: c.nested(3, [2, 1], reps=[[2, 3], [4]]), "Size 1 is 3, and reps has 2"),
        (lambda: c.nested(reps=[2, 3]), "expected two or more"),
        (lambda: c.nested(reps=[[2, 3], 4]), r"reps\[1\] is 4; expected a list"),
        (lambda: c.nested(reps=[[2, "n"], [3]]), r"reps\[0\]\[1\] is n; expected a whole number"),
        (lambda: c.nested(reps=[[2, 0], [3]]), "positive whole number"),
        (lambda: c.nested(2, [2, 1], 3), "A list of sizes tells only part"),
    ],
)
def test_lists_that_do_not_fit_are_refused(call: Any, told: str) -> None:
    with pytest.raises(SizeError, match=told):
        call()


def test_totals_are_added_up_again() -> None:
    a, b, n_ij = size("a"), size("b"), size("n_ij")
    inner = total(n_ij, "j", b)
    outer = total(inner, "i", a)
    assert str(outer) == "n_.." and isinstance(outer, Total)
    assert outer.free_symbols == {a, b}
    assert depends(inner, "i") and not depends(outer, "i") and not depends(inner, "j")
    assert str(letter_at(inner, "i", 2)) == "n_2."  # pyright: ignore[reportArgumentType]
    numbers = {a: 2, b: 2} | {size(f"n_{i}{j}"): 10 * i + j for i in (1, 2) for j in (1, 2)}
    assert at_numbers(outer, numbers) == 11 + 12 + 21 + 22  # pyright: ignore[reportArgumentType]
    ragged = total(total(n_ij, "j", size("b_i")), "i", a)
    assert ragged.free_symbols == {a}
    several = {a: 2, size("b_1"): 1, size("b_2"): 2, size("n_11"): 5, size("n_21"): 6, size("n_22"): 7}
    assert at_numbers(ragged, several) == 18  # pyright: ignore[reportArgumentType]
