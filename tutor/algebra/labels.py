"""The labels of the rows and columns of a tree, from those of its symbols."""

from __future__ import annotations

from functools import singledispatch

from tutor.algebra.nodes import Covariance, Expectation, Inverse, Product, Scaled, Sum, Symbol, Transpose, Variance
from tutor.algebra.tree import Tree

Labels = tuple[str, ...] | None


@singledispatch
def labels(tree: Tree) -> tuple[Labels, Labels]:
    """Labels of rows and of columns; None where none are known.

    A product takes its rows' labels from the first factor and its columns' from the last; a sum from the first
    term that has them.
    """
    return None, None


@labels.register
def _labels_of_symbol(tree: Symbol) -> tuple[Labels, Labels]:
    return tree.row_labels, tree.column_labels


@labels.register
def _labels_of_scaled(tree: Scaled) -> tuple[Labels, Labels]:
    return labels(tree.tree)


@labels.register
def _labels_of_sum(tree: Sum) -> tuple[Labels, Labels]:
    known = [labels(term) for term in tree.terms]
    rows = next((rows for rows, _ in known if rows is not None), None)
    columns = next((columns for _, columns in known if columns is not None), None)
    return rows, columns


@labels.register
def _labels_of_product(tree: Product) -> tuple[Labels, Labels]:
    return labels(tree.factors[0])[0], labels(tree.factors[-1])[1]


@labels.register
def _labels_of_transpose(tree: Transpose) -> tuple[Labels, Labels]:
    rows, columns = labels(tree.tree)
    return columns, rows


@labels.register
def _labels_of_inverse(tree: Inverse) -> tuple[Labels, Labels]:
    rows, columns = labels(tree.tree)
    return columns, rows


@labels.register
def _labels_of_expectation(tree: Expectation) -> tuple[Labels, Labels]:
    return labels(tree.tree)


@labels.register
def _labels_of_variance(tree: Variance) -> tuple[Labels, Labels]:
    rows = labels(tree.tree)[0]
    return rows, rows


@labels.register
def _labels_of_covariance(tree: Covariance) -> tuple[Labels, Labels]:
    return labels(tree.left)[0], labels(tree.right)[0]
