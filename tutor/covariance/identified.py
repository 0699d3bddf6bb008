"""Whether data can tell the parameters of a covariance matrix apart: decided by the rank of the derivative.

Two values of the parameters near each other give different matrices if the derivative of the entries by the parameters
has full column rank; where its rank is lower throughout a region, some direction of the parameters changes nothing.
The rank is that at a random point, which is the largest of its region but for points of measure 0. Source: Rothenberg
(1971), Identification in parametric models, Econometrica 39, 577-591.
"""

from __future__ import annotations

import math
import random
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

import sympy
from sympy.polys.domains import QQ
from sympy.polys.matrices import DomainMatrix

DRAWN = 10**6
"""Numerators of a random point are up to this, so that it lies on the zeros of a polynomial once in a million."""

MOST_POWER = 2000
"""The highest power of a rational number that is worked out exactly."""

DIGITS, STEP, SMALL = 120, sympy.Float("1e-40", 120), sympy.Float("1e-30", 120)
"""Digits of numbers that are not rational, the step of their difference quotients, and what counts as 0 among them."""


def loose_parameters(matrix: sympy.MatrixBase, parameters: Sequence[sympy.Symbol]) -> tuple[sympy.Symbol, ...]:
    """The parameters that no data can tell apart, as the symmetric matrix n × n depends on them; none if all can.

    Entries that are cut off at a range, max(0, 1 − d/θ), are tried with ranges between any two distances: parameters
    can be told apart if they can with one of them.

    >>> a, b, c = sympy.symbols("a b c", positive=True)
    >>> loose_parameters(sympy.Matrix([[a + b, b], [b, a + b]]), [a, b])
    ()
    >>> loose_parameters(sympy.Matrix([[a + b, c], [c, a + b]]), [a, b, c])
    (a, b)
    """
    distinct = dict.fromkeys(matrix[i, j] for i in range(matrix.rows) for j in range(i + 1))
    entries = [entry for entry in distinct if entry.free_symbols & set(parameters)]
    found = [_loose(within, parameters) for within in _without_cuts(entries)]
    return min(found, key=len)


def _without_cuts(entries: Sequence[sympy.Expr]) -> Iterator[list[sympy.Expr]]:
    """The entries in each region of a range that cuts some off: max(0, 1 − d/θ) is one or the other in all of it."""
    cuts = sorted({cut for entry in entries for cut in entry.atoms(sympy.Max)}, key=str)
    if not cuts:
        yield list(entries)
        return
    ends = {cut: _end_of(cut) for cut in cuts}
    for reached in sorted({end for _, end in ends.values()}):
        pieces = {cut: piece if end <= reached else sympy.S.Zero for cut, (piece, end) in ends.items()}
        yield [_put(entry, pieces) for entry in entries]


def _end_of(cut: sympy.Expr) -> tuple[sympy.Expr, sympy.Expr]:
    """The piece 1 − d/θ of max(0, 1 − d/θ), and the range d up to which it is cut off."""
    (piece,) = (argument for argument in cut.args if argument != 0)
    (range_,) = piece.free_symbols
    (end,) = sympy.solve(piece, range_)
    return piece, end  # pyright: ignore[reportReturnType]


def _loose(entries: Sequence[sympy.Expr], parameters: Sequence[sympy.Symbol]) -> tuple[sympy.Symbol, ...]:
    placed, free = _placed(entries, parameters)
    is_rational = all(entry.is_rational_function(*free) for entry in placed)
    slopes = (_exact_slopes if is_rational else _numeric_slopes)(placed, free)
    rank = _rank(slopes)
    if rank == len(parameters):
        return ()
    # A column is in a relation among the columns if the rank stays the same without it.
    others = ([[*row[:at], *row[at + 1 :]] for row in slopes] for at in range(len(parameters)))
    return tuple(p for p, left in zip(parameters, others, strict=True) if _rank(left) == rank)


# Entries that are rational in other parameters


def _placed(
    entries: Sequence[sympy.Expr], parameters: Sequence[sympy.Symbol]
) -> tuple[list[sympy.Expr], list[sympy.Symbol]]:
    """The entries as functions of as many other parameters, one for each: rational ones where that can be.

    A change of one parameter at a time, σ² = s² or θ by exp(−1/θ) = z, changes no rank.
    """
    free = [sympy.Symbol(f"p{at}", positive=True) for at in range(len(parameters))]
    placed = list(entries)
    for old, new in zip(parameters, free, strict=True):
        placed = [_by_exponential(entry, old, new, placed) for entry in placed]
        if any(old in entry.free_symbols for entry in placed):
            power = _denominator(old, placed)
            placed = [_put(entry, {old: new**power}) for entry in placed]
    return placed, free


def _by_exponential(
    entry: sympy.Expr, old: sympy.Symbol, new: sympy.Symbol, entries: Sequence[sympy.Expr]
) -> sympy.Expr:
    """An entry with z^c for exp(c g) where the parameter is in the others by exp(g) only.

    The powers c are whole numbers unless those are so large that exact arithmetic would take long.
    """
    powers = {e for each in entries for e in each.atoms(sympy.exp) if old in e.free_symbols}
    if not powers:
        return entry
    ordered = sorted(powers, key=str)
    exponents = {e: sympy.log(e) for e in ordered}  # real, so that this is the exponent
    ratios = {e: sympy.cancel(exponents[e] / exponents[ordered[0]]) for e in ordered}
    if not all(ratio.is_Rational for ratio in ratios.values()):
        return entry
    scale = math.lcm(*(int(ratio.q) for ratio in ratios.values()))  # pyright: ignore[reportAttributeAccessIssue]
    if max(abs(ratio) for ratio in ratios.values()) * scale > MOST_POWER:
        scale = 1 / min(abs(ratio) for ratio in ratios.values())  # the least distance tells, however far the others are
    put = _put(entry, {e: new ** (ratio * scale) for e, ratio in ratios.items()})
    return entry if old in put.free_symbols else put


def _denominator(parameter: sympy.Symbol, entries: Sequence[sympy.Expr]) -> int:
    """The least power whose roots in the entries are powers again: 2 where the square root of a variance is."""
    powers = {power for entry in entries for power in entry.atoms(sympy.Pow) if power.base == parameter}
    return math.lcm(*(int(power.exp.q) for power in powers if power.exp.is_Rational))  # pyright: ignore[reportAttributeAccessIssue]


def _exact_slopes(entries: Sequence[sympy.Expr], parameters: Sequence[sympy.Symbol]) -> list[list[sympy.Expr]]:
    """The derivative at a random point, rational numbers."""
    drawn = random.Random(1)  # any point but those of a null set will do, so the same is taken each time
    point = {p: sympy.Rational(drawn.randint(1, DRAWN), DRAWN + 1) for p in parameters}
    return [
        [_put(entry.diff(p), point) if p in entry.free_symbols else sympy.S.Zero for p in parameters]
        for entry in entries
    ]  # fmt: skip


# Other entries, as powers of distances in a plane and Bessel functions


def _numeric_slopes(entries: Sequence[sympy.Expr], parameters: Sequence[sympy.Symbol]) -> list[list[sympy.Expr]]:
    """The derivative at a random point as symmetric difference quotients, true to more digits than `SMALL` asks."""
    drawn = random.Random(1)
    point = {p: sympy.Float(drawn.randint(DRAWN // 4, DRAWN) / DRAWN, DIGITS) for p in parameters}
    return [
        [_quotient(entry, p, point) if p in entry.free_symbols else sympy.S.Zero for p in parameters]
        for entry in entries
    ]  # fmt: skip


def _quotient(
    entry: sympy.Expr, parameter: sympy.Symbol, point: Mapping[sympy.Symbol, sympy.Float]
) -> sympy.Expr:  # fmt: skip
    ahead, behind = (
        _put(entry, {**point, parameter: point[parameter] + step}).evalf(DIGITS) for step in (STEP, -STEP)
    )  # fmt: skip
    return (ahead - behind) / (2 * STEP)


def _put(entry: sympy.Expr, values: Mapping[Any, sympy.Expr]) -> sympy.Expr:
    placed = entry.xreplace(dict(values))
    assert isinstance(placed, sympy.Expr)
    return placed


def _rank(rows: Sequence[Sequence[sympy.Expr]]) -> int:
    """The rank: exact of rational numbers, by elimination with what is below `SMALL` as 0 of others."""
    if not rows or not rows[0]:
        return 0
    if all(entry.is_Rational for row in rows for entry in row):
        return DomainMatrix([[QQ.from_sympy(entry) for entry in row] for row in rows],
                            (len(rows), len(rows[0])), QQ).to_sparse().rank()  # fmt: skip
    left, rank = [list(row) for row in rows], 0
    for column in range(len(rows[0])):
        pivot = max(left, key=lambda row: abs(row[column]), default=None)
        if pivot is None or abs(pivot[column]) < SMALL:
            continue
        left.remove(pivot)
        rank += 1
        left = [[a - row[column] / pivot[column] * b for a, b in zip(row, pivot, strict=True)] for row in left]
    return rank
