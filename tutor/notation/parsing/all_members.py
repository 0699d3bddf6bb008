r"""What is said of the first to the last of a list, y_1, …, y_n \sim N(\mu, \sigma^2), is said of each of them: of y_i,
where i runs from 1 to n."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from tutor.notation.names import BELOW
from tutor.notation.parsing.syntax import Ellipsis, Matrix, Named, Node, Number, Range, postorder
from tutor.notation.parsing.token import Spelling

_NORMAL = frozenset({"N", "MVN", "Normal", "MN", "MvNormal", "MVNormal"})
_INDICES = "ijklmh"
_WHOLE = re.compile(r"[0-9]+")
_COUNT = re.compile(rf"[A-Za-z](?:{BELOW}[a-z])?")
"""The letter of a count, n, or one with an index of its own, n_i."""


def below_each_other(
    subjects: Sequence[Node], family: Spelling, arguments: Sequence[Node], *, given: bool = True
) -> Sequence[Node]:
    """What has a normal distribution together as one column: whole vectors, β, u | y ~ N(m, C), and as many numbers as
    the mean has, u_0, u_1 ~ N((0, 0)', G); others as they are."""
    are_whole = all(isinstance(subject, Named) and not subject.spelling.subscript for subject in subjects)
    mean = arguments[0] if arguments else None
    is_column = isinstance(mean, Matrix) and len(mean.rows) == len(subjects) and all(len(row) == 1 for row in mean.rows)
    if not (is_column or (are_whole and given)) or family.letters not in _NORMAL:
        return subjects
    return [Matrix(subjects[0].start, subjects[-1].end, tuple((subject,) for subject in subjects), "bmatrix")]


def each_of(items: Sequence[Node], arguments: Sequence[Node]) -> tuple[Node, ...] | None:
    """One member with letters for the indices that run, and what each runs through; None for a list that is no such
    row of names.

    The list has one gap, and behind it the last member. ``arguments`` are those of the distribution: an index in them,
    the i of μ_i, that the members have not is theirs.
    """
    *first, gap, last = items
    known = [item for item in first if isinstance(item, Named)]
    if not (isinstance(gap, Ellipsis) and isinstance(last, Named)) or not known or len(known) < len(first):
        return None
    if any(_base(item) != _base(last) for item in known):
        return None
    *told, ends = [_parts(item.spelling.subscript) for item in (*known, last)]
    if ends != told[0] and len(told[0]) == 1 and last.spelling.subscript.isdecimal():
        ends = [last.spelling.subscript]  # y_1, …, y_20
    starts = told[0]
    if any(len(parts) != len(ends) for parts in told):
        return None
    places = [at for at, (start, end) in enumerate(zip(starts, ends, strict=True)) if start != end]
    if not places or not all(_WHOLE.fullmatch(starts[at]) and _runs_to(ends[at]) for at in places):
        return None
    if len(places) == 1 and not _counts_on([parts[places[0]] for parts in told]):
        return None
    below, ranges = list(starts), []
    for at in places:
        index = below[at] = _index(below, arguments)
        count = _count(ends[at], last)
        ranges.append(Range(gap.start, last.end, _named(last, index), Number(gap.start, gap.end, starts[at]), count))
    subscript = "".join(below) if all(len(part) == 1 for part in below) else "_".join(below)
    member = replace(last, start=items[0].start, spelling=replace(last.spelling, subscript=subscript, loose=False))
    return member, *ranges


def _runs_to(end: str) -> bool:
    return bool(_WHOLE.fullmatch(end) or _COUNT.fullmatch(end))


def _counts_on(values: Sequence[str]) -> bool:
    """Whether the members before the gap are numbered one after the other."""
    return all(_WHOLE.fullmatch(value) for value in values) and [int(value) for value in values] == list(
        range(int(values[0]), int(values[0]) + len(values))
    )


def _count(end: str, place: Node) -> Node:
    letter, _, own = end.partition(BELOW)
    return Number(place.start, place.end, end) if end.isdecimal() else _named(place, letter, own)


def _base(name: Named) -> tuple[str, bool, str]:
    return name.spelling.letters, name.spelling.bold, name.spelling.accent


def _parts(subscript: str) -> list[str]:
    """The indices of a subscript, each of which is a letter or a number."""
    if "_" in subscript:
        return subscript.split("_")
    return re.findall(rf"[A-Za-z]{BELOW}[a-z]|.", subscript)


def _index(below: Sequence[str], arguments: Sequence[Node]) -> str:
    """The letter of an index that runs: one that stands in the arguments only, otherwise the first that is free."""
    in_arguments = {
        letter
        for argument in arguments
        for node in postorder(argument)
        if isinstance(node, Named) and node.spelling.letters != "sigma"
        for letter in node.spelling.subscript
    }
    free = [letter for letter in _INDICES if letter not in below]
    return next((letter for letter in free if letter in in_arguments), free[0])


def _named(place: Node, letter: str, below: str = "") -> Named:
    return Named(place.start, place.end, Spelling(letter, subscript=below))
