"""Small changes of a tree: one sign, factor, transpose, index or cell, as a slip of the pen makes them."""

from __future__ import annotations

import random
from collections.abc import Iterator
from typing import Any

import sympy
from sympy.matrices.immutable import ImmutableDenseMatrix

from tutor.algebra.nodes import Explicit, Inverse, Product, Scalar, Scaled, Sum, Symbol, Transpose
from tutor.algebra.tree import Tree
from tutor.errors import TutorError


def mutants(tree: Tree, rng: random.Random) -> Iterator[Tree]:
    """Trees of the same shape that differ from this one at one node, without end."""
    while True:
        try:
            changed = _changed(tree, rng)
        except (TutorError, ValueError, ZeroDivisionError):
            continue
        if changed.shape == tree.shape:
            yield changed


def _changed(tree: Tree, rng: random.Random) -> Tree:
    """The tree with one node changed; each node, from the top, is as likely as all of its parts."""
    here = _changes(tree, rng)
    if tree.parts and (not here or rng.random() < 0.6):
        place = rng.randrange(len(tree.parts))
        return tree.rebuild((*tree.parts[:place], _changed(tree.parts[place], rng), *tree.parts[place + 1 :]))
    if not here:
        return -1 * tree
    return rng.choice(here)


def _changes(tree: Tree, rng: random.Random) -> list[Tree]:
    if isinstance(tree, Scalar):
        return [Scalar(value) for value in _numbers(tree.value, rng)]
    if isinstance(tree, Explicit):
        cells = sympy.Matrix(tree.explicit())
        i, j = rng.randrange(cells.rows), rng.randrange(cells.cols)
        cells[i, j] = rng.choice(_numbers(cells[i, j], rng))
        return [Explicit(ImmutableDenseMatrix(cells))]
    if isinstance(tree, Sum):
        place = rng.randrange(len(tree.terms))
        rest = [term for number, term in enumerate(tree.terms) if number != place]
        dropped = rest[0] if len(rest) == 1 else Sum(tuple(rest))
        return [dropped, Sum((*rest, -1 * tree.terms[place])), Sum((*rest, 2 * tree.terms[place]))]
    if isinstance(tree, Scaled):
        return [tree.tree, -1 * tree]
    if isinstance(tree, Inverse):
        return [tree.tree]
    if isinstance(tree, Transpose):
        return [tree.tree]
    if isinstance(tree, Product):
        place = rng.randrange(len(tree.factors) - 1)
        before, after = tree.factors[:place], tree.factors[place + 2 :]
        first, second = tree.factors[place : place + 2]
        made = []
        for middle in ((second, first), (first,), (second,), (Transpose(first), second)):
            try:
                factors = (*before, *middle, *after)
                made.append(factors[0] if len(factors) == 1 else Product(factors))
            except TutorError:
                continue  # a product that does not exist is no mutant that is worth a test
        return made
    if isinstance(tree, Symbol) and not tree.is_scalar:
        return [Transpose(tree), 2 * tree]
    return []


def _numbers(value: Any, rng: random.Random) -> list[Any]:
    """Another sign, a 2 too many, a parameter in place of another, a root."""
    letters = sorted(value.free_symbols, key=str)
    made = [-value, 2 * value, value + 1]
    if letters:
        letter = rng.choice(letters)
        made += [value.xreplace({letter: sympy.sqrt(letter)}), value.xreplace({letter: letter**2})]
        made += [value.xreplace({letter: other}) for other in letters if other != letter]
    return [number for number in made if number != value]
