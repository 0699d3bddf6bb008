"""Edits that put one known matrix in the place of another: R or I for V, Z for X, G for R."""

from __future__ import annotations

from collections.abc import Iterator

from sympy.matrices.immutable import ImmutableDenseMatrix

from tutor.algebra.nodes import Explicit, Identity, Inverse, Product, Scalar, Scaled, Symbol, Transpose
from tutor.algebra.tree import Tree
from tutor.algebra.walk import transform, walk
from tutor.checking.case import Case, Diagnosis
from tutor.checking.misconceptions.edit import Edit, only_equal, replaced_everywhere, replaced_once
from tutor.checking.misconceptions.roles import is_residual, names_in, parameters, symbol_named
from tutor.errors import TutorError


def simpler_variances(case: Case, tree: Tree) -> Iterator[Edit]:
    """R, or I, for V; in an estimate that is least squares that knows no covariance."""
    V, R = symbol_named(case, "V"), symbol_named(case, "R")
    if V is None or V.definition is None or R is None:
        return
    inverted = {node.tree for node in walk(tree) if isinstance(node, Inverse)}
    estimate = any(isinstance(inner, Product) for inner in inverted)
    between = any(_stands_between(node, inverted) for node in walk(tree))
    residual = next((p for p in parameters([case.answer]) if is_residual(case, p)), None)
    multiple = () if residual is None else (Scaled(Scalar(residual), Identity(R.rows)),)
    for variance in (V, V.definition):
        if variance in inverted:
            for simpler in (R, *((Identity(R.rows), *multiple) if estimate or between else ())):
                ordinary = simpler != R or (estimate and _knows_one_variance(case, R))
                named = simpler == R and "R" in names_in(case.answer)
                weighs = isinstance(tree, Product) or (isinstance(tree, Inverse) and not named)
                unweighted = isinstance(simpler, Identity) and estimate
                key = "ols-for-gls" if ordinary and (weighs or unweighted) else "R-for-V"
                yield Edit(Diagnosis(key), replaced_everywhere(tree, variance, simpler))
        for edited in replaced_once(tree, only_equal(variance, R)) if tree != variance else ():
            yield Edit(Diagnosis("R-for-V"), edited)
    yield from _variance_of_ordinary(V, tree)


def _variance_of_ordinary(V: Symbol, tree: Tree) -> Iterator[Edit]:
    """(X'X)⁻¹X'VX(X'X)⁻¹ for (X'V⁻¹X)⁻¹: the variance of the ordinary estimate for that of the generalized one."""
    if not isinstance(tree, Inverse) or not isinstance(tree.tree, Product) or len(tree.tree.factors) != 3:
        return
    left, middle, right = tree.tree.factors
    if middle in (Inverse(V), *(() if V.definition is None else (Inverse(V.definition),))) and left == Transpose(right):
        inverse = Inverse(Product((left, right)))
        yield Edit(Diagnosis("ols-for-gls"), Product((inverse, left, V, right, inverse)))


MOST_ROWS = 12
"""Rows of V up to which its diagonal alone is put in its place."""


def diagonal_variances(case: Case, tree: Tree) -> Iterator[Edit]:
    """The diagonal of V for V in a formula that inverts it: X'X/(σ² + σ²_u) for X'V⁻¹X."""
    V = symbol_named(case, "V")
    if V is None or V.definition is None or tree in (V, V.definition) or not V.rows.is_Integer or V.rows > MOST_ROWS:  # pyright: ignore[reportOperatorIssue]
        return
    if not any(isinstance(node, Inverse) and node.tree == V for node in walk(tree)):
        return
    cells = V.explicit()
    diagonal = Explicit(ImmutableDenseMatrix.diag(*(cells[i, i] for i in range(cells.rows))))
    yield Edit(Diagnosis("diagonal-only"), replaced_everywhere(tree, V, diagonal))


def _knows_one_variance(case: Case, R: Symbol) -> bool:
    """Whether R is σ²I, so that to weigh by it is to weigh all alike; where it may be any R, it is not."""
    if case.points and case.points[0].instance.is_general:  # as all of them are
        return False
    return isinstance(R.definition, Scaled) and isinstance(R.definition.tree, Identity)


def _stands_between(node: Tree, inverted: set[Tree]) -> bool:
    """Whether an inverse stands between a matrix and its transpose, as V⁻¹ in X'V⁻¹X."""
    if not isinstance(node, Product):
        return False
    triples = zip(node.factors, node.factors[1:], node.factors[2:], strict=False)
    return any(
        isinstance(b, Inverse) and b.tree in inverted and a == Transpose(c) and "X" in names_in(c)
        for a, b, c in triples
    )


def swapped_names(case: Case, tree: Tree) -> Iterator[Edit]:
    """Z where X belongs and G where R belongs, where the shapes let them."""
    for first, second, key in (("X", "Z", "fixed-random-confused"), ("G", "R", "components-swapped")):
        one, other = symbol_named(case, first), symbol_named(case, second)
        if one is None or other is None or one.shape != other.shape:
            continue
        exchange: dict[Tree, Tree] = {one: other, other: one}
        facts = {"parameter": f"{one} and {other}"}
        try:
            yield Edit(Diagnosis(key, facts), transform(tree, exchange.get))
        except TutorError:
            continue
        for known, new in exchange.items():
            for edited in replaced_once(tree, only_equal(known, new)):
                yield Edit(Diagnosis(key, facts), edited)
