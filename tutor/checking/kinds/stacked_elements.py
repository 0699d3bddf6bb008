"""What is said of some elements of a vector that stand below one another, as [u_0j, u_1j]' ~ N(0, Σ_u), as a claim of
the whole vector: the same for each j, and nothing shared by two."""

from __future__ import annotations

from dataclasses import replace
from itertools import product

import sympy
from sympy.matrices.immutable import ImmutableDenseMatrix

from tutor.algebra.nodes import Explicit, Identity, Kronecker, Ones, Symbol, Transpose, Zero
from tutor.algebra.tree import Tree
from tutor.checking.kinds.claims import Claim, is_nothing

MOST_LETTERS = 3
"""Index letters that are free in the elements of a stack."""

LEVELS = "123456789"
"""Levels that have one digit: the names of the elements of more levels are not looked up."""


def stack_of(subject: Tree) -> list[str] | None:
    """The names of the elements of [u_0j, u_1j]', also of (u_0j, u_1j)'; None for what is no such stack."""
    inner = subject.tree if isinstance(subject, Transpose) else subject
    if not isinstance(inner, Explicit) or subject.columns != 1 or not inner.rows.is_Integer:
        return None
    cells = inner.matrix.flat()
    return [str(cell) for cell in cells] if all(isinstance(cell, sympy.Symbol) for cell in cells) else None


def of_stack(claim: Claim, vector: Symbol) -> Claim | None:
    """What is said of a stack of elements of ``vector``, of the whole of it; None where they are not all of them, or
    do not stand in it as blocks do."""
    names, mean, variance = stack_of(claim.subject), claim.mean, claim.variance
    if names is None or vector.entries is None or mean is None or variance is None:
        return None
    blocks = _blocks(names, [str(entry) for entry in vector.entries])
    if blocks is None:
        return None
    number, order, together = blocks
    if order != sorted(order):
        if not isinstance(variance, Explicit) or not is_nothing(mean):
            return None
        variance = _reordered(variance, order)
    if number == 1:
        return replace(claim, subject=vector, mean=Zero(vector.rows, vector.columns) if is_nothing(mean) else mean,
                       variance=variance)  # fmt: skip
    size = sympy.Integer(number)
    pair = (Identity(size), variance) if together else (variance, Identity(size))
    means = (Ones(size, sympy.S.One), mean) if together else (mean, Ones(size, sympy.S.One))
    return replace(
        claim,
        subject=vector,
        mean=Zero(vector.rows, vector.columns) if is_nothing(mean) else Kronecker(means),
        variance=Kronecker(pair),
    )


def _blocks(names: list[str], entries: list[str]) -> tuple[int, list[int], bool] | None:
    """How many such stacks the entries are, in which order the names stand in each, and whether those of one stand
    together; None where the entries are not made of them."""
    letters = sorted({sign for name in names for sign in name.partition("_")[2] if sign.isalpha()})
    size, places = len(names), {entry: place for place, entry in enumerate(entries)}
    if not letters or len(letters) > MOST_LETTERS or len(set(names)) < size or len(entries) % size:
        return None
    found: list[list[int]] = []
    for levels in product(LEVELS, repeat=len(letters)):
        table = str.maketrans(dict(zip(letters, levels, strict=True)))
        keys = [base + mark + below.translate(table) for base, mark, below in (name.partition("_") for name in names)]
        if all(key in places for key in keys):
            found.append([places[key] for key in keys])
    if sorted(place for stack in found for place in stack) != list(range(len(entries))):
        return None
    number = len(found)
    for step, together in ((1, True), (number, False)):
        orders = [[(place - min(stack)) // step for place in stack] for stack in found]
        starts = sorted(min(stack) for stack in found)
        wanted = list(range(0, len(entries), size)) if together else list(range(number))
        alike = all(order == orders[0] and sorted(order) == list(range(size)) for order in orders)
        if alike and starts == wanted and all((p - min(s)) % step == 0 for s in found for p in s):
            return number, orders[0], together
    return None


def _reordered(variance: Explicit, order: list[int]) -> Explicit:
    """A variance with its rows and columns in the order of the vector."""
    old = sorted(range(len(order)), key=lambda place: order[place])
    matrix = variance.matrix
    return Explicit(ImmutableDenseMatrix([[matrix[i, j] for j in old] for i in old]))
