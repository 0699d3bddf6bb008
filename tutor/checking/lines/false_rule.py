"""A false rule that students use from one line to the next, beside the law that it breaks.

Each holds under some condition, or nowhere: the condition is told, since a step that is right only under it is how the
rule was learnt.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from tutor.algebra.single import product_or_factor
from tutor.algebra.tree import Tree
from tutor.errors import ShapeError

Replaced = tuple[Tree, ...]
"""What stands in the place of a node: one tree, or terms whose shapes may not meet."""


@dataclass(frozen=True, slots=True)
class FalseRule:
    """``key`` is that of the misconception, ``law`` the true law, ``holds_if`` when the false one is true.

    ``fits`` tells, by the terms of the line that a student wrote and by its text, whether the words can be meant: of
    numbers the terms are collected, and 2σ² + σ² can be told from 4σ² − σ² by the text alone.
    """

    key: str
    law: str
    holds_if: str
    seen: str
    question: str
    rewrite: Callable[[Tree], Iterator[Replaced]]
    fits: Callable[[Replaced, str], bool] = lambda terms, text: True


def conforming(*factors: Tree) -> Iterator[Replaced]:
    """The product of one or more factors, if it exists."""
    try:
        yield (product_or_factor(factors),)
    except ShapeError:
        return
