"""Balanced matrices from trees, and as trees: in I and J, or as Σ λ P of their strata."""

from __future__ import annotations

import operator
from collections.abc import Iterable, Sequence
from itertools import product

import sympy

from tutor.algebra.balanced import expand
from tutor.algebra.laws.joining import negated
from tutor.algebra.nodes import Identity, Kronecker, Ones, Scalar, Scaled, Sum, Zero
from tutor.algebra.single import sum_or_term
from tutor.algebra.sizes import ONE, Size, same_size
from tutor.algebra.structure.strata import Balanced, Factor, Subset, subsets
from tutor.algebra.terms import NoStructureError, Term, assemble, refined, split_atom
from tutor.algebra.tree import Tree


def balanced(tree: Tree, factors: Sequence[Factor] | None = None) -> Balanced | None:
    """A tree as an element of the balanced algebra, or None where it is none.

    ``factors`` are those of the design, in the order of its rows; without them they are found from the sizes of the
    Kronecker factors, and have no names.

    >>> from tutor.algebra.build import identity, kron, ones
    >>> Z = kron(identity("b"), ones("t"))
    >>> balanced(Z @ Z.T).values
    (t, 0, t, 0)
    """
    if not same_size(*tree.shape):
        return None
    try:
        form = expand(tree)
        if form.heights[1:] or form.widths[1:]:
            return None
        terms = [_squares(term) for term in form.blocks[0][0]]
        if factors is None:
            terms = refined(terms)
            factors = tuple(Factor("", atom.rows) for atom in terms[0].atoms) if terms else (Factor("", tree.rows),)
        terms = [_along(term, factors) for term in terms]
    except NoStructureError:
        return None
    total = Balanced(tuple(factors), (sympy.S.Zero,) * 2 ** len(factors))
    for term in terms:
        kept = [isinstance(atom, Identity) for atom in term.atoms]
        total = total + Balanced.kronecker(factors, kept) * term.coefficient
    return total


def _squares(term: Term) -> Term:
    """A term of I and J alone, without factors of one row; raises NoStructureError for another."""
    for atom in term.atoms:
        if not isinstance(atom, Identity | Ones) or not same_size(*atom.shape):
            raise NoStructureError
    return Term(term.coefficient, tuple(a for a in term.atoms if a.rows != ONE) or (Identity(ONE),))


def _along(term: Term, factors: Sequence[Factor]) -> Term:
    """The term cut so that it has one atom for each factor; raises NoStructureError where it cannot be."""
    rest = list(term.atoms)
    atoms: list[Tree] = []
    for factor in factors:
        if factor.size == ONE:
            atoms.append(Identity(ONE))
            continue
        if not rest:
            raise NoStructureError
        head = rest.pop(0)
        if not same_size(head.rows, factor.size):
            head, tail = split_atom(head, factor.size, whole=not rest)
            rest.insert(0, tail)
        atoms.append(head)
    if any(atom.rows != ONE for atom in rest):
        raise NoStructureError
    return Term(term.coefficient, tuple(atoms))


# As notation


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
