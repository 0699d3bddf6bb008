"""Sums of mean squares with a given expectation."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import sympy

from tutor.models.inference.source_parts import Source


def mean_square(name: str) -> sympy.Symbol:
    """MS of a source as a letter."""
    return sympy.Symbol(f"MS_{name}", positive=True)


def combination(
    expected: Mapping[sympy.Symbol, sympy.Expr], sources: Sequence[Source]
) -> list[tuple[Source, sympy.Expr]] | None:
    """Multiples of mean squares that add up to an expectation; None where none do.

    ``sources`` are in the order of the table and without fixed effects. Each has a variance of its own, which those
    after it do not have, so that there is one way to reach a sum.
    """
    left = dict(expected)
    found: list[tuple[Source, sympy.Expr]] = []
    for each in sources:
        own = each.part.variance
        shares = dict(each.coefficients)
        if own is None or own not in shares or left.get(own, sympy.S.Zero) == 0:
            continue
        times = left[own] / shares[own]
        found.append((each, times))
        for variance, share in shares.items():
            left[variance] = _less(left.get(variance, sympy.S.Zero), times * share)
    return found if all(value == 0 for value in left.values()) else None


def _less(whole: sympy.Expr, part: sympy.Expr) -> sympy.Expr:
    """The difference in lowest terms; the factors of one part alone stay as they are, (bk − t) and not −(t − bk)."""
    return -part if whole == 0 else sympy.cancel(whole - part)


def sum_of(multiples: Sequence[tuple[Source, sympy.Expr]]) -> sympy.Expr:
    """Multiples of mean squares MS_… as one sum."""
    return sympy.Add(*(share * mean_square(each.name) for each, share in multiples))
