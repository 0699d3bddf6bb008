"""Groups of different sizes, told as a list of numbers."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

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


@dataclass(frozen=True, slots=True)
class NestedSizes:
    """For each depth the level of each row within its group, from 1; the largest number of levels at each depth, and
    whether the groups of that depth differ in it."""

    codes: tuple[tuple[int, ...], ...]
    largest: tuple[Size, ...]
    differing: tuple[bool, ...]


def nested_sizes(given: Sequence[Any], depth: int) -> NestedSizes:
    """The rows of groups within groups, told by lists within lists: [[2, 3], [4]] are two groups, of two and of one.

    Raises
    ------
    SizeError
        For lists that do not stand ``depth`` within each other, or something else than whole numbers in them.
    """
    rows = list(_rows(given, depth, ()))
    counts: list[set[int]] = [{len(given)}, *(set() for _ in range(depth))]
    for start in range(1, depth + 1):
        within: dict[tuple[int, ...], int] = {}
        for row in rows:
            within[row[:start]] = max(row[start], within.get(row[:start], 0))
        counts[start] = set(within.values())
    return NestedSizes(
        tuple(zip(*rows, strict=True)),
        tuple(sympy.Integer(max(each)) for each in counts),
        tuple(len(each) > 1 for each in counts),
    )


def _rows(given: Any, depth: int, outer: tuple[int, ...]) -> Iterator[tuple[int, ...]]:
    place = "reps" + "".join(f"[{number - 1}]" for number in outer)
    if depth == 0:
        number = design_size(place, given)
        if not number.is_Integer:
            raise SizeError(f"{place} is {given}; expected a whole number.", tip=NESTED_EXAMPLE)
        yield from ((*outer, row) for row in range(1, whole(number) + 1))
        return
    if isinstance(given, str) or not isinstance(given, Sequence) or not given:
        raise SizeError(f"{place} is {given!r}; expected a list of the sizes of its groups.", tip=NESTED_EXAMPLE)
    for number, inner in enumerate(given, start=1):
        yield from _rows(inner, depth - 1, (*outer, number))


NESTED_EXAMPLE = (
    "For example nested(2, [2, 1], reps=[[2, 3], [4]]): two groups, one of 2 and 3 observations and one of 4."
)


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
