"""A slip is found whatever was judged before: a tree that equals an earlier one has nodes of its own all the same."""

from __future__ import annotations

from collections.abc import Iterator

from tutor import check, one_way
from tutor.algebra.nodes import Sum
from tutor.algebra.tree import Tree
from tutor.checking.misconceptions.edit import replaced_once
from tutor.models.mixed import MixedModel


def test_a_node_is_found_in_each_of_two_equal_trees() -> None:
    for tree in (one_way(4, 3).V for _ in range(2)):
        assert isinstance(tree, Sum)
        first, second = tree.terms

        def change(node: Tree, first: Tree = first, second: Tree = second) -> Iterator[Tree]:
            if node is first:
                yield second

        assert list(replaced_once(tree, change)) == [Sum((second, second))]


def slips_of(m: MixedModel) -> list[str | None]:
    return [check(answer, m.V).misconception for answer in ("I_4 ⊗ σ_u J_3", "ZGZ'", "R", "J_4 ⊗ (σ² I_3)")]


def test_an_equal_model_has_the_same_slips() -> None:
    assert slips_of(one_way(4, 3)) == slips_of(one_way(4, 3))
