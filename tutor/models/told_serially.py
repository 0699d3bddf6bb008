r"""What is told of two elements along an index: Cov(ε_ij, ε_ij') = σ²ρ^{|j−j'|}, ε_ij = ρε_{i,j−1} + δ_ij."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any

import sympy

from tutor.algebra.applied import Applied
from tutor.algebra.by_distance import DISTANCE, ByDistance
from tutor.algebra.nodes import Covariance, Scalar
from tutor.algebra.tree import Tree
from tutor.notation.statement import Equation

_INDEX = re.compile(r"[A-Za-z]'?(?:-1)?|[0-9]+")
_DEFAULT = sympy.Symbol("sigma2", positive=True)


@dataclass(frozen=True, slots=True)
class Serial:
    """What is told of two elements that differ in one index.

    ``key`` is that of the first, ε_ij, ``whole`` the same with a dot for the index, ``over`` that index; ``value`` is
    what was written, in `DISTANCE`; ``is_correlation`` says that it is to be multiplied by the variance, ``innovation``
    is the key of δ_ij in a first-order autoregression, of which ``value`` is ρ.
    """

    key: str
    whole: str
    over: str
    value: sympy.Expr
    is_correlation: bool
    innovation: str
    statement: Equation

    def matrix(self, variance: sympy.Symbol | None) -> ByDistance:
        """The covariance matrix over the index, with a letter for the number of its levels.

        ``variance`` is that of an element, or of the innovation. The autoregression is the stationary one, whose
        elements have the variance σ²/(1 − ρ²) (Diggle, Heagerty, Liang and Zeger 2002, section 4.2.2).
        """
        order = sympy.Symbol(f"levels_{self.over}", integer=True, positive=True)
        if self.innovation:
            rho = self.value
            return ByDistance(order, (), (variance or _DEFAULT) / (1 - rho**2) * rho**DISTANCE)
        near: Any = self.value.xreplace({DISTANCE: sympy.Integer(0)})
        own = variance or (near if not self.is_correlation and self.value.has(DISTANCE) else _DEFAULT)
        value = own * self.value if self.is_correlation else self.value
        at_nought = value.xreplace({DISTANCE: sympy.Integer(0)})
        return ByDistance(order, () if at_nought == own and value.has(DISTANCE) else (own,), value)


def serial(part: Equation) -> Serial | None:
    """What an equation tells of two elements along an index; None for any other."""
    left, last = part.sides[0], part.sides[-1]
    pair: tuple[Tree, ...] = ()
    if isinstance(left, Covariance):
        pair = left.parts
    elif isinstance(left, Applied) and left.function == "Corr":
        pair = left.arguments
    if len(pair) == 2 and isinstance(last, Scalar):
        found = _two_places(*map(_name, pair))
        if found is None:
            return None
        key, whole, first, second = found
        value = _by_distance(last.value, first, second)
        if value is None or value == 0:
            return None
        return Serial(key, whole, first, value, isinstance(left, Applied), "", part)
    return _autoregression(part) if len(part.sides) == 2 and len(part.terms) == 2 else None


def _autoregression(part: Equation) -> Serial | None:
    """ε_ij = ρε_{i,j−1} + δ_ij."""
    (key,), terms = (_name(part.sides[0]),), [[_name(factor) for factor in term.factors] for term in part.terms]
    lagged = next((term for term in terms if len(term) == 2), None)
    drawn = next((term[0] for term in terms if len(term) == 1), "")
    if lagged is None or not drawn or not key:
        return None
    before = next((name for name in lagged if name.endswith("-1")), "")
    rho = next((name for name in lagged if name != before), "")
    found = _two_places(key, before) if before and rho else None
    if found is None or found[3] != f"{found[2]}-1":
        return None
    return Serial(key, found[1], found[2], sympy.Symbol(rho, real=True), False, drawn, part)


def _name(tree: Tree) -> str:
    """The key of a single element; none of anything else."""
    return tree.value.name if isinstance(tree, Scalar) and isinstance(tree.value, sympy.Symbol) else ""


def _two_places(one: str, other: str) -> tuple[str, str, str, str] | None:
    """The key of the first of two elements that differ in one index, the same with a dot for that, and the two
    indices."""
    base, _, below = one.partition("_")
    second, _, there = other.partition("_")
    own, others = (_INDEX.findall(text.replace("_", "")) for text in (below, there))
    if not base or base != second or len(own) != len(others) or not own:
        return None
    places = [at for at, (first, last) in enumerate(zip(own, others, strict=True)) if first != last]
    if len(places) != 1 or not own[places[0]].isalpha():
        return None
    (at,) = places
    return one, f"{base}_{''.join([*own[:at], '.', *own[at + 1 :]])}", own[at], others[at]


def _by_distance(value: sympy.Expr, first: str, second: str) -> sympy.Expr | None:
    """A value with the distance of two indices, |j − j'|, as one letter; None where they stand otherwise in it."""
    indices = {first, second}
    distances = {one: DISTANCE for one in value.atoms(sympy.Abs) if {str(s) for s in one.free_symbols} == indices}
    told = value.xreplace(distances)
    return None if indices & {str(symbol) for symbol in told.free_symbols} else told  # pyright: ignore[reportReturnType]
