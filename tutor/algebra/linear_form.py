"""Elements of vectors: y_11 − y_21 is k'y with a vector k of numbers, to which the laws of vectors apply."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import sympy
from sympy.matrices.immutable import ImmutableDenseMatrix

from tutor.algebra.nodes import Explicit, Product, Scalar, Symbol, Transpose
from tutor.algebra.single import sum_or_term
from tutor.algebra.sizes import ONE
from tutor.algebra.tree import Tree
from tutor.errors import TutorError


def linear_form(tree: Tree, vectors: Sequence[Symbol], letters: Iterator[str]) -> Tree:
    """k'y for a scalar in which elements of these vectors stand, with the next letter for k; Ky for a vector that is
    written out; any other tree as it is.

    Raises
    ------
    TutorError
        For a function of elements that is not linear.
    """
    if isinstance(tree, Explicit) and tree.columns == ONE and tree.rows != ONE:
        return _vector_form(tree, vectors, letters)
    if not isinstance(tree, Scalar):
        return tree
    terms: list[Tree] = []
    rest = sympy.expand(tree.value)
    every = {entry for vector in vectors if vector.entries is not None for entry in vector.entries.flat()}
    for vector in vectors:
        assert vector.entries is not None
        entries = [entry for entry in vector.entries.flat() if entry in rest.free_symbols]
        if not entries:
            continue
        position = {entry: i for i, entry in enumerate(vector.entries.flat())}
        column = sympy.zeros(len(position), 1)
        for entry in entries:
            coefficient = rest.coeff(entry)
            column[position[entry], 0] = coefficient
            rest = sympy.expand(rest - coefficient * entry)
        if rest.free_symbols & set(entries) or any(c.free_symbols & every for c in column.flat()):
            raise TutorError(f"{tree} is not linear in y, u and ε.", tip="These laws know sums with constant factors.")
        name = next(letters, "d")
        k = Symbol(name, vector.rows, ONE, definition=Explicit(ImmutableDenseMatrix(column)))
        terms.append(Product((Transpose(k), vector)))
    if not terms:
        return tree
    if rest != 0:
        terms.append(Scalar(rest))
    return sum_or_term(terms)


def _vector_form(tree: Explicit, vectors: Sequence[Symbol], letters: Iterator[str]) -> Tree:
    """Ky + c for a vector whose entries are linear in elements of these vectors; any other vector as it is."""
    terms: list[Tree] = []
    rest = [sympy.expand(cell) for cell in tree.matrix.flat()]
    every = {entry for vector in vectors if vector.entries is not None for entry in vector.entries.flat()}
    for vector in vectors:
        assert vector.entries is not None
        entries = vector.entries.flat()
        rows = [[cell.coeff(entry) if entry in cell.free_symbols else 0 for entry in entries] for cell in rest]
        if not any(any(row) for row in rows):
            continue
        coefficients = ImmutableDenseMatrix(rows)
        taken = coefficients * ImmutableDenseMatrix(vector.entries)
        rest = [sympy.expand(cell - part) for cell, part in zip(rest, taken.flat(), strict=True)]
        own = set(entries)
        if any(cell.free_symbols & own for cell in rest) or coefficients.free_symbols & every:
            raise TutorError(f"{tree} is not linear in y, u and ε.", tip="These laws know sums with constant factors.")
        name = next(letters, "d").upper()
        terms.append(Product((Symbol(name, tree.rows, vector.rows, definition=Explicit(coefficients)), vector)))
    if not terms:
        return tree
    if any(rest):
        terms.append(Explicit(ImmutableDenseMatrix(len(rest), 1, rest)))
    return sum_or_term(terms)
