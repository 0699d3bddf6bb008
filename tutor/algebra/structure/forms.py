"""Balanced matrices from trees (`element`), and as trees: in I and J, or as Σ λ P of their strata."""

from __future__ import annotations

import operator
from collections.abc import Iterable, Sequence
from itertools import product

import sympy

from tutor.algebra.laws.joining import negated
from tutor.algebra.nodes import Identity, Kronecker, Ones, Scalar, Scaled, Sum, Zero
from tutor.algebra.single import sum_or_term
from tutor.algebra.sizes import ONE, Size
from tutor.algebra.structure.element import balanced as balanced
from tutor.algebra.structure.strata import Balanced, Factor, Subset, subsets
from tutor.algebra.terms import Term, assemble
from tutor.algebra.tree import Tree


def in_identities(element: Balanced) -> Tree:
    """Σ c_T ⊗ (I or J), like a closed form: common factors in front, the finest term first."""
    terms = tuple(
        Term(
            coefficient,
            tuple(
                Identity(factor.size) if keep else Ones(factor.size, factor.size)
                for factor, keep in zip(element.factors, kept, strict=True)
            ),
        )
        for kept, coefficient in element.coefficients()
    )
    return assemble(terms, element.order, element.order)


def projection(factors: Sequence[Factor], members: Iterable[Subset]) -> Tree:
    """Σ P_S over subsets S, as few Kronecker products of I, I − J/n and J/n as are found.

    >>> from tutor.algebra.structure.strata import factors
    >>> print(projection(factors(block="b", plot="t"), [(False, True), (True, True)]))
    I_b ⊗ (I_t − (1/t) J_t)
    """
    alone = [factor.size == ONE for factor in factors]
    real = [subset for subset in subsets(len(factors)) if not any(map(operator.and_, subset, alone))]
    kept = set(real) & set(members)
    order = sympy.Mul(*(factor.size for factor in factors))
    patterns = _patterns(len(factors), kept)
    if len(patterns) > 1:
        others = _patterns(len(factors), set(real) - kept)
        if len(others) == 1:
            return Sum((Identity(order), negated(_pattern_tree(factors, others[0]))))
    terms = [_pattern_tree(factors, pattern) for pattern in patterns] or [Zero(order, order)]
    return sum_or_term(terms)


Pattern = tuple[bool | None, ...]
"""For each factor whether it is in S; None where it may be or not, so that (I − J/n) + J/n = I stands there."""


def _patterns(number: int, members: set[Subset]) -> list[Pattern]:
    """Disjoint patterns that make up the subsets, the widest first."""
    every: list[Pattern] = sorted(product((None, False, True), repeat=number), key=lambda p: -p.count(None))
    found, rest = [], set(members)
    for pattern in every:
        inside = {
            subset
            for subset in subsets(number)
            if all(asked is None or asked == has for asked, has in zip(pattern, subset, strict=True))
        }
        if inside <= rest:
            found.append(pattern)
            rest -= inside
    return found


def _pattern_tree(factors: Sequence[Factor], pattern: Pattern) -> Tree:
    """⊗ of I, I − J/n and J, with the numbers of the J's in front; neighbours of one kind are joined."""
    runs: list[tuple[bool | None, Size]] = []
    for factor, inside in zip(factors, pattern, strict=True):
        if factor.size == ONE:
            continue
        if runs and runs[-1][0] is inside and inside is not True:
            runs[-1] = (inside, runs[-1][1] * factor.size)
        else:
            runs.append((inside, factor.size))
    common = sympy.Mul(*(extent for inside, extent in runs if inside is False))
    atoms = tuple(_atom(inside, extent) for inside, extent in runs) or (Identity(ONE),)
    body = atoms[0] if len(atoms) == 1 else Kronecker(atoms)
    return body if common == 1 else Scaled(Scalar(1 / common), body)


def _atom(inside: bool | None, extent: Size) -> Tree:
    if inside is None:
        return Identity(extent)
    ones = Ones(extent, extent)
    return Sum((Identity(extent), Scaled(Scalar(-1 / extent), ones))) if inside else ones
