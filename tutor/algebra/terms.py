"""Terms c · A_1 ⊗ A_2 ⊗ …: how they are multiplied factor by factor, cut at common places, and put together as trees.

Each factor is I, J or 1 of a size that may be a letter, or a tree taken as it is.
"""

from __future__ import annotations

from dataclasses import dataclass

import sympy

from tutor.algebra.nodes import (
    Explicit,
    Identity,
    Kronecker,
    Ones,
    Product,
    Scalar,
    Scaled,
    Symbol,
    Transpose,
    Zero,
)
from tutor.algebra.single import sum_or_term
from tutor.algebra.sizes import ONE, Size, divides, same_size
from tutor.algebra.tree import Tree
from tutor.algebra.unit_vector import UnitVector


class NoStructureError(Exception):
    """The tree is no sum of Kronecker products. Never reaches a user."""


@dataclass(frozen=True, slots=True)
class Term:
    """coefficient · atoms[0] ⊗ atoms[1] ⊗ …; each atom is an Identity, a Ones, or a tree taken as it is."""

    coefficient: sympy.Expr
    atoms: tuple[Tree, ...]


Terms = tuple[Term, ...]


# Multiplying


def multiplied(left: Term, right: Term) -> Term:
    """(A_1 ⊗ A_2 ⊗ …)(B_1 ⊗ B_2 ⊗ …), after I, J and 1 are split so that the factors meet one by one."""
    coefficient = left.coefficient * right.coefficient
    lefts, rights = list(left.atoms), list(right.atoms)
    atoms: list[Tree] = []
    unit = Identity(ONE)
    while lefts or rights:
        a = lefts.pop(0) if lefts else unit
        b = rights.pop(0) if rights else unit
        if not same_size(a.columns, b.rows):
            if a.columns == ONE:
                rights.insert(0, b)
                b = unit
            elif b.rows == ONE:
                lefts.insert(0, a)
                a = unit
            # The last factor is as large as all that it meets, so that it is a multiple of the first of those.
            elif divides(a.columns, b.rows) or (lefts and not rights):
                b, rest = _split(b, a.columns, by_rows=True)
                rights.insert(0, rest)
            elif divides(b.rows, a.columns) or (rights and not lefts):
                a, rest = _split(a, b.rows, by_rows=False)
                lefts.insert(0, rest)
            else:
                raise NoStructureError
        factor, atom = _atom_product(a, b)
        coefficient *= factor
        atoms.append(atom)
    return Term(coefficient, tuple(atoms))


def _split(atom: Tree, extent: Size, *, by_rows: bool) -> tuple[Tree, Tree]:
    """I_{ab} = I_a ⊗ I_b, J_{ab} = J_a ⊗ J_b, 1_{ab} = 1_a ⊗ 1_b, and all ones of ab × c, or of c × ab, with c in one
    factor; nothing else can be split without its entries."""
    if isinstance(atom, Identity):
        return Identity(extent), Identity(_quotient(atom.order, extent))
    if isinstance(atom, Ones):
        rows, columns = atom.shape
        top = extent if rows != ONE else ONE
        left = extent if columns != ONE else ONE
        if ONE not in (rows, columns) and not same_size(rows, columns):
            if by_rows:
                return Ones(extent, columns), Ones(_quotient(rows, extent))
            return Ones(rows, extent), Ones(ONE, _quotient(columns, extent))
        return Ones(top, left), Ones(_quotient(rows, top), _quotient(columns, left))
    raise NoStructureError


def _quotient(extent: Size, divisor: Size) -> Size:
    """A size divided by one that divides it, n/b + c for b c + n."""
    found = sympy.cancel(extent / divisor)
    return found if sympy.denom(found) == 1 else sympy.expand(found)


def _atom_product(left: Tree, right: Tree) -> tuple[sympy.Expr, Tree]:
    if isinstance(left, Identity):
        return sympy.S.One, right
    if isinstance(right, Identity):
        return sympy.S.One, left
    if isinstance(left, Ones) and isinstance(right, Ones):
        return left.columns, Ones(left.rows, right.columns)
    if isinstance(right, UnitVector):
        row = left.tree if isinstance(left, Transpose) else None
        if isinstance(left, Ones):
            return sympy.S.One, Ones(left.rows, ONE)
        if isinstance(row, UnitVector):
            return sympy.Integer(row.place == right.place), Identity(ONE)
    if isinstance(right, Ones) and isinstance(left, Transpose) and isinstance(left.tree, UnitVector):
        return sympy.S.One, Ones(ONE, right.columns)
    return sympy.S.One, left @ right


def transposed(atom: Tree) -> Tree:
    """The transpose of a factor, without a sign where it is symmetric."""
    if isinstance(atom, Identity):
        return atom
    if isinstance(atom, Ones):
        return Ones(atom.columns, atom.rows)
    if isinstance(atom, Transpose):
        return atom.tree
    if isinstance(atom, Symbol) and atom.facts & {"symmetric", "positive definite", "diagonal"}:
        return atom
    if isinstance(atom, Product):
        return Product(tuple(transposed(factor) for factor in reversed(atom.factors)))
    if isinstance(atom, Explicit) and atom.matrix == atom.matrix.T:  # as written; SymPy would simplify each difference
        return atom
    return Transpose(atom)


# Putting together


def assemble(terms: Terms, rows: Size, columns: Size) -> Tree:
    """A sum of terms as a tree, like terms collected and common leading factors in front."""
    cut = refined([_without_units(term) for term in terms])
    collected: dict[tuple[Tree, ...], sympy.Expr] = {}
    for term in cut:
        collected[term.atoms] = collected.get(term.atoms, sympy.S.Zero) + term.coefficient
    kept = [Term(coefficient, atoms) for atoms, coefficient in collected.items() if coefficient != 0]
    if not kept:
        return Zero(rows, columns)
    kept.sort(key=lambda term: [not isinstance(atom, Identity) for atom in term.atoms])
    return _factored(kept)


def _factored(terms: list[Term]) -> Tree:
    """c_1 A ⊗ B + c_2 A ⊗ C as A ⊗ (c_1 B + c_2 C)."""
    common: list[Tree] = []
    if len(terms) > 1:
        while all(len(term.atoms) > len(common) + 1 for term in terms):
            heads = {term.atoms[len(common)] for term in terms}
            if len(heads) > 1:
                break
            common.append(heads.pop())
    tails = [_term_tree(Term(term.coefficient, merged_atoms(term.atoms[len(common) :]))) for term in terms]
    inner = sum_or_term(tails)
    front = merged_atoms(tuple(common))
    return Kronecker((*front, inner)) if front else inner


def _term_tree(term: Term) -> Tree:
    if not term.atoms:
        return Scalar(term.coefficient)
    body = term.atoms[0] if len(term.atoms) == 1 else Kronecker(term.atoms)
    if term.coefficient == 1:
        return body
    return Scaled(Scalar(term.coefficient), body)


def _without_units(term: Term) -> Term:
    return Term(term.coefficient, tuple(atom for atom in term.atoms if not atom.is_scalar or _opaque(atom)))


def _opaque(atom: Tree) -> bool:
    return not isinstance(atom, Identity | Ones)


def merged_atoms(atoms: tuple[Tree, ...]) -> tuple[Tree, ...]:
    """Neighbours of one kind joined: I_a ⊗ I_b = I_{ab}, J_a ⊗ J_b = J_{ab}."""
    merged: list[Tree] = []
    for atom in atoms:
        last = merged[-1] if merged else None
        if isinstance(atom, Identity) and isinstance(last, Identity):
            merged[-1] = Identity(sympy.expand(last.order * atom.order))
        elif isinstance(atom, Ones) and isinstance(last, Ones):
            merged[-1] = Ones(sympy.expand(last.rows * atom.rows), sympy.expand(last.columns * atom.columns))
        else:
            merged.append(atom)
    return tuple(merged)


def refined(terms: list[Term]) -> list[Term]:
    """The terms over one common sequence of factor sizes, as far as I, J and 1 can be split."""
    if len(terms) < 2:
        return terms
    rests = [list(term.atoms) for term in terms]
    done: list[list[Tree]] = [[] for _ in terms]
    while all(rests):
        # The smallest leading factor decides where all are cut. One that is all that is left of its term is as large as
        # what is left of the others, so that it is a multiple of their first.
        heads = [rest[0] for rest in rests]
        smallest, *others = [rest[0] for rest in rests if len(rest) > 1] or heads
        for head in others:
            if divides(head.rows, smallest.rows) and not same_size(head.rows, smallest.rows):
                smallest = head
        try:
            cut = [
                (head, None)
                if same_size(head.rows, smallest.rows)
                else split_atom(head, smallest.rows, whole=len(rest) == 1)
                for head, rest in zip(heads, rests, strict=True)
            ]
        except NoStructureError:
            break
        for rest, finished, (head, tail) in zip(rests, done, cut, strict=True):
            rest[:1] = [] if tail is None else [tail]
            finished.append(head)
    return [
        Term(term.coefficient, tuple(finished + rest)) for term, finished, rest in zip(terms, done, rests, strict=True)
    ]


def split_atom(atom: Tree, extent: Size, *, whole: bool = False) -> tuple[Tree, Tree]:
    """The atom as a Kronecker product whose first factor has so many rows; raises NoStructureError for no such one.

    ``whole`` tells that the rows are known to be a multiple.
    """
    oblong = isinstance(atom, Ones) and ONE not in atom.shape and not same_size(*atom.shape)
    if oblong or not (
        whole or divides(extent, atom.rows)
    ):  # where the columns of all ones are cut is not told by their rows
        raise NoStructureError
    return _split(atom, extent, by_rows=True)
