"""Remarks on effects that are random because others are: (αb)_ij where b_j is, B_j(i) where A_i is, b_1i by b_0i."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator

from tutor.algebra.nodes import Explicit, Scalar
from tutor.algebra.tree import Tree
from tutor.algebra.walk import walk
from tutor.notation.finding import Finding
from tutor.notation.linted import Linted, given_law, names_of
from tutor.notation.names import greek_letters, split_key, unicode_name
from tutor.notation.statement import Equation

_NESTED = re.compile(r"[a-z]\(:?(?P<within>[a-z]+)\)")
_NUMBERED = re.compile(r"[0-9](?P<indices>[a-z]+)")
_NO_EFFECTS = frozenset({"x", "z", "w", "X", "Z", "W", "y", "Y", "e", "ε"})
"""Letters of what is observed, and of the residual, of which another rule tells that it lacks a distribution."""


def law_beside_others(told: Linted) -> Iterator[Finding]:
    """An effect without a distribution that is random, since one with a distribution is part of it or around it."""
    given = {name for part in told.parts for tree in given_law(part) for name in _elements(tree)}
    equations = [part for part in told.parts if isinstance(part, Equation)]
    explained = {name for part in equations for name in _elements(part.sides[0])}
    for part in equations:
        names = dict.fromkeys(name for side in part.sides[1:] for name in _elements(side))
        for name in names:
            cause = _cause(name, names, given) if name not in given | explained else None
            if cause is not None:
                effect, other = unicode_name(name), unicode_name(cause)
                yield Finding(
                    "distribution-missing", part.start, part.end,
                    f"{effect} is random, as {other} is: say how it is distributed, as {effect} ~ N(0, …).",
                )  # fmt: skip


def _cause(name: str, names: Collection[str], given: Collection[str]) -> str | None:
    """The effect with a distribution for which another one, without, is random."""
    letters, below = _letters(name), _below(name)
    same = [known for known in given if _letters(known) == letters]
    if (numbered := _NUMBERED.fullmatch(below)) is not None:
        return next((known for known in sorted(same) if _below(known)[1:] == numbered["indices"]), None)
    if same or letters in _NO_EFFECTS:
        return None
    if len(letters) > 1 and set(letters) <= set(map(_letters, names)):
        return next((known for known in sorted(given) if _letters(known) in letters), None)
    nested = _NESTED.fullmatch(below)
    around = (known for known in sorted(given) if nested is not None and _below(known) == nested["within"])
    return next((known for known in around if _letters(known) not in _NO_EFFECTS), None)


def _letters(name: str) -> str:
    """The letters of an effect, one for each Greek name: αb of alphab_ij."""
    return greek_letters(split_key(name)[0])


def _below(name: str) -> str:
    return "".join(split_key(name)[2])


def _elements(tree: Tree) -> list[str]:
    """The names with an index in a tree, α_i, b_j and (αb)_ij, without variances."""
    names: set[str] = set()
    for node in walk(tree):
        value = node.value if isinstance(node, Scalar) else node.matrix if isinstance(node, Explicit) else None
        names.update(names_of(value.free_symbols) if value is not None else ())
    return sorted(name for name in names if "_" in name and not split_key(name)[1])
