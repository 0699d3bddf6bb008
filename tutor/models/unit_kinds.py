"""Kinds of unit that lie within or across each other, and the groups of observations that they make.

Each set of kinds that has, with a kind, all that it lies within makes a stratum: its groups are the combinations of
the units of these kinds. Source: Bailey (2008), Design of comparative experiments, ancestral subsets of a poset block
structure; Nelder (1965), Proc. R. Soc. A 283, 147–178, for nesting and crossing.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import combinations

from tutor.algebra.sizes import Size


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of unit: its name, how many there are within the units that hold it, and the names of those."""

    name: str
    size: Size
    within: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Assigned:
    """A treatment factor, its levels, and the kind of unit to which these were assigned at random.

    Two kinds stand for the cells where they cross. ``names`` are those of the levels, if they have any.
    """

    name: str
    levels: Size
    to: tuple[str, ...]
    names: tuple[str, ...] | None = None


@dataclass(frozen=True, slots=True)
class Effect:
    """What a kind of unit, or the cells where several cross, adds to an observation."""

    units: tuple[str, ...]
    key: str
    letter: str
    fixed: bool = False


def closure(kinds: Sequence[Kind], names: Iterable[str]) -> set[str]:
    """The kinds of these names and all that hold them."""
    within = {kind.name: kind.within for kind in kinds}
    found = set(names)
    for name in [*found]:
        found |= closure(kinds, within[name])
    return found


def smallest(kinds: Sequence[Kind]) -> tuple[str, ...]:
    """The kinds that hold no others."""
    return tuple(kind.name for kind in kinds if not any(kind.name in other.within for other in kinds))


def groups(kinds: Sequence[Kind]) -> list[tuple[str, ...]]:
    """What parts the observations into groups, the whole and each alone left out: a kind, or the cells of several.

    In the order of the kinds, what is held after what holds it.
    """
    names = [kind.name for kind in kinds]
    found = [
        chosen
        for number in range(1, len(names))
        for chosen in combinations(names, number)
        if not any(one in closure(kinds, [other]) for one in chosen for other in chosen if one != other)
        and closure(kinds, chosen) != {*names}
    ]
    return sorted(found, key=lambda chosen: len(closure(kinds, chosen)))
