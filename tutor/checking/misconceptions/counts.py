"""Slips in a count: degrees of freedom, numbers of parameters, rows and levels."""

from __future__ import annotations

from sympy import Integer, expand

from tutor.algebra.applied import Applied
from tutor.algebra.nodes import Scalar
from tutor.checking.case import Case, Diagnosis
from tutor.checking.misconceptions.roles import groups_of, is_size


def other_count(case: Case) -> Diagnosis | None:
    """Another count of the model than was asked for, or one that is off by one; both sides are numbers as they stand.

    Only what the model counts is a count: any other number may be a variance, of which half is half.
    """
    if _is_in_letters(case.reference) and (_is_in_letters(case.answer) or _whole(case.answer) is not None):
        difference = expand(case.answer.value - case.reference.value)  # pyright: ignore[reportAttributeAccessIssue]
        return None if difference == 0 else Diagnosis("off-by-one" if abs(difference) == 1 else "wrong-count")
    if _is_counted(case.reference) and _is_in_letters(case.answer):
        return Diagnosis("off-by-one" if _is_off_by_one(case) else "wrong-count")
    theirs, mine = _whole(case.reference), _whole(case.answer)
    known = counts_of(case)
    if theirs is None or mine is None or theirs == mine or theirs not in known:
        return None
    if abs(theirs - mine) == 1:
        return Diagnosis("off-by-one")
    if theirs == mine**2 or mine == theirs**2:
        return None  # a root, or a square, is likelier
    if mine in known:
        return Diagnosis("wrong-count", {"counted": known[mine]})
    return Diagnosis("wrong-count") if mine in (2 * theirs, theirs / Integer(2)) else None


def counts_of(case: Case) -> dict[int, str]:
    """What the model of a case counts, and in words what; of two that are equal the first is told."""
    groups = groups_of(case.symbols)
    if not groups:
        return {}
    rows = len(groups[0][1])
    levels = [(name, len(set(of))) for name, of in groups]
    counts = [(rows, "the observations"), *((count, f"the levels of {name}") for name, count in levels)]
    counts += [(rows - 1, "the observations less one")]
    counts += [(count - 1, f"the levels of {name} less one") for name, count in levels]
    counts += [
        ((one - 1) * (other - 1), f"{first} and {second} together, each less one")
        for place, (first, one) in enumerate(levels)
        for second, other in levels[:place]
    ]
    counts += [(rows - count, f"the observations less the levels of {name}") for name, count in levels]
    told: dict[int, str] = {}
    for count, what in counts:
        if count > 0:
            told.setdefault(count, what)
    return told


def _whole(tree: object) -> int | None:
    """A positive whole number that stands by itself."""
    if isinstance(tree, Scalar) and isinstance(tree.value, Integer) and tree.value.is_positive:
        return int(tree.value)
    return None


def _is_counted(tree: object) -> bool:
    """The rank of a matrix whose sizes are letters."""
    return isinstance(tree, Applied) and tree.function == "rank"


def _is_off_by_one(case: Case) -> bool:
    entry = (point.instance.arithmetic.entry for point in case.points)
    pairs = ((of(point.answer, 0, 0), of(point.reference, 0, 0)) for of, point in zip(entry, case.points, strict=True))
    differences = {str(mine - theirs) for mine, theirs in pairs}
    return differences in ({"1"}, {"-1"})


def _is_in_letters(tree: object) -> bool:
    """A number that is counted from the letters of sizes alone, as (a − 1)(b − 1); b/2 or 1/b is none."""
    if not isinstance(tree, Scalar) or not tree.value.free_symbols:
        return False
    return bool(tree.value.is_integer) and all(map(is_size, tree.value.free_symbols))
