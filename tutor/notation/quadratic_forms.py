"""What an expected mean square of fixed effects is made of, σ² + Q(τ): a part of variances, and a quadratic form of
which lectures write the letter only."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import sympy

from tutor.algebra.tree import Tree


@dataclass(frozen=True, slots=True)
class ExpectedSquare:
    """``rest`` is the part of variances, ``forms`` the quadratic form in effects: as it is, and with effects that add
    up to 0.

    ``multiples`` are what may stand before the letter: it is called Q for the whole, and for the mean of the squares,
    their sum, or the whole without its degrees of freedom. ``names`` are those of the source and of its effects, as in
    Q(A) and Q(τ), and ``others`` those of each other source that has one.
    """

    rest: Tree
    forms: tuple[Tree, ...]
    multiples: tuple[sympy.Expr, ...]
    names: frozenset[str]
    others: Mapping[str, frozenset[str]]
