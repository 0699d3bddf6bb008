"""The element of the balanced algebra that a tree is."""

from __future__ import annotations

from collections.abc import Sequence

import sympy

from tutor.algebra.balanced import expand
from tutor.algebra.nodes import Identity, Ones
from tutor.algebra.sizes import ONE, same_size
from tutor.algebra.structure.strata import Balanced, Factor
from tutor.algebra.terms import NoStructureError, Term, refined, split_atom
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
