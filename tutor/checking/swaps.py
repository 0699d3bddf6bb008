"""Slips that put one known matrix or term in the place of another: R or I for V, a term's sign, a term twice."""

from __future__ import annotations

from collections.abc import Iterator

import sympy

from tutor.algebra.nodes import Identity, Inverse, Product, Scalar, Scaled, Sum
from tutor.algebra.tree import Tree
from tutor.algebra.walk import walk
from tutor.checking.case import Case, Diagnosis


def replaced_everywhere(tree: Tree, old: Tree, new: Tree) -> Tree:
    """The tree with each part that equals ``old`` replaced; both have one shape."""
    if tree == old:
        return new
    parts = tuple(replaced_everywhere(part, old, new) for part in tree.parts)
    return tree if parts == tree.parts else tree.rebuild(parts)


def simpler_variances(case: Case, tree: Tree) -> Iterator[tuple[Diagnosis, Tree]]:
    """R, or I, for V wherever V is inverted; in an estimate that is least squares that knows no covariance."""
    covariance = next((s for s in case.symbols if s.name == "V" and s.definition is not None), None)
    residual = next((s for s in case.symbols if s.name == "R"), None)
    if covariance is None or covariance.definition is None or residual is None:
        return
    inverted = {node.tree for node in walk(tree) if isinstance(node, Inverse)}
    estimate = any(isinstance(inner, Product) for inner in inverted)
    for variance in (covariance, covariance.definition):
        if variance in inverted:
            for simpler in (residual, Identity(residual.rows)):
                key = "ols-for-gls" if estimate else "R-for-V"
                yield Diagnosis(key), replaced_everywhere(tree, variance, simpler)


def scaled_terms(case: Case, tree: Tree) -> Iterator[tuple[Diagnosis, Tree]]:
    """One term of a sum with the other sign, twice, or halved."""
    if not isinstance(tree, Sum):
        return
    for key, factor in (
        ("sign", sympy.Integer(-1)),
        ("factor-2", sympy.Integer(2)),
        ("factor-2", sympy.Rational(1, 2)),
    ):
        for place, term in enumerate(tree.terms):
            changed = Scaled(Scalar(factor), term)
            yield Diagnosis(key), Sum((*tree.terms[:place], changed, *tree.terms[place + 1 :]))
