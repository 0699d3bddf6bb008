"""Groups of different sizes, told as a list of numbers."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import sympy

from tutor.algebra.sizes import Size, whole
from tutor.errors import SizeError
from tutor.models.design import design_size
from tutor.models.words import count


@dataclass(frozen=True, slots=True)
class GroupSizes:
    """For each row its group and its number within it, from 1; the largest group; and the sizes in words."""

    groups: tuple[int, ...]
    numbers: tuple[int, ...]
    largest: Size
    told: str


def group_sizes(what: str, groups: Size, given: Sequence[int]) -> GroupSizes:
    """The rows of groups of these sizes, one for each group.

    Raises
    ------
    SizeError
        For a list that has not one whole number for each group.
    """
    sizes = [design_size(f"{what}[{place}]", each) for place, each in enumerate(given)]
    if len(sizes) != groups or not all(each.is_Integer for each in sizes):
        raise SizeError(
            f"{what} has {len(sizes)} sizes for {count(groups, 'group')}; expected a whole number for each group.",
            tip='For example one_way(3, [2, 4, 3]); "n_i" stands for a size of each group that is a letter.',
        )
    numbers = list(map(whole, sizes))
    rows = [(group, row) for group, number in enumerate(numbers, start=1) for row in range(1, number + 1)]
    of_group, of_row = zip(*rows, strict=True)
    told = f"{', '.join(map(str, numbers[:-1]))} and {numbers[-1]} observations"
    return GroupSizes(of_group, of_row, sympy.Integer(max(numbers)), told)
