"""Inverses, determinants and functions of matrices that go by groups: blocks over an index, and groups all alike."""

from __future__ import annotations

from dataclasses import replace

from tutor.algebra.applied import Applied, Indexed
from tutor.algebra.nodes import Determinant, Identity, Inverse, Kronecker, Ones
from tutor.algebra.sizes import size
from tutor.algebra.structure.method import Line, Lines, Structure
from tutor.algebra.structure.over_index import Groups, copies, diagonal_over
from tutor.algebra.tree import Tree

BY_GROUPS = "every part is 0 outside of the blocks of the groups: ⊕A_i ⊕B_i = ⊕ A_i B_i"


ALIKE = "the groups are alike, and every part is 0 outside of their blocks: (I ⊗ A)(I ⊗ B) = I ⊗ AB"


def _inverse_of_copies(tree: Tree) -> Lines:
    found = copies(tree)
    return () if found is None else (Line(Inverse(found), ALIKE),)


def _determinant_of_copies(tree: Tree) -> Lines:
    found = copies(tree)
    return () if found is None else (Line(Determinant(found), ALIKE),)


def _function_of_copies(tree: Applied) -> Lines:
    inner, *others = tree.arguments
    found = copies(inner)
    return () if found is None else (Line(replace(tree, arguments=(found, *others)), ALIKE),)


def _inverse_over_index(tree: Tree) -> Lines:
    found = None if isinstance(tree, Indexed) else diagonal_over(tree)
    return () if found is None else (Line(Inverse(found), BY_GROUPS),)


def _determinant_over_index(tree: Tree) -> Lines:
    found = None if isinstance(tree, Indexed) else diagonal_over(tree)
    return () if found is None else (Line(Determinant(found), BY_GROUPS),)


def _function_over_index(tree: Applied) -> Lines:
    inner, *others = tree.arguments
    found = None if isinstance(inner, Indexed) else diagonal_over(inner)
    return () if found is None else (Line(replace(tree, arguments=(found, *others)), BY_GROUPS),)


def _example() -> Tree:
    Z = Groups("i", size("a")).over("direct sum", Ones(size("n_i")))
    return Z @ Z.T + Identity(Z.rows)


def _example_of_copies() -> Tree:
    Z = Kronecker((Identity(size("b")), Groups("i", size("a")).over("direct sum", Ones(size("n_i")))))
    return Z @ Z.T + Identity(Z.rows)


COPIES = Structure("groups-alike", _inverse_of_copies, _determinant_of_copies, _example_of_copies, _function_of_copies)
OVER_INDEX = Structure(
    "blocks-over-an-index", _inverse_over_index, _determinant_over_index, _example, _function_over_index
)
