"""The mean of what is linear in random vectors, or of the second degree, on an instance.

E(x'My) = Σ M_ij E(x_i y_j) and E(x m y') = m E(xy'), with E(x_i y_j) = Cov(x_i, y_j) + E(x_i) E(y_j).
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from tutor.algebra.affine import affine, is_random
from tutor.algebra.arithmetic import Matrix
from tutor.algebra.nodes import Covariance, Expectation, Product, Scaled, Sum, Symbol, Transpose
from tutor.algebra.sizes import ONE
from tutor.algebra.tree import Tree
from tutor.errors import DomainError

if TYPE_CHECKING:
    from tutor.algebra.evaluate import Instance


def mean_value(tree: Tree, instance: Instance) -> Matrix:
    """E of a tree, of its shape.

    Raises
    ------
    DomainError
        Where the tree is neither linear in its random vectors nor of the second degree.
    """
    arithmetic = instance.arithmetic
    if not is_random(tree):
        return instance.value(tree)
    if isinstance(tree, Transpose):
        return arithmetic.transpose(mean_value(tree.tree, instance))
    if isinstance(tree, Sum):
        total = mean_value(tree.terms[0], instance)
        for term in tree.terms[1:]:
            total = arithmetic.add(total, mean_value(term, instance))
        return total
    if isinstance(tree, Scaled) and not is_random(tree.scalar):
        return arithmetic.scale(arithmetic.entry(instance.value(tree.scalar), 0, 0), mean_value(tree.tree, instance))
    if isinstance(tree, Product | Scaled):
        factors = tree.factors if isinstance(tree, Product) else (tree.scalar, tree.tree)
        return _mean_of_product(Product(factors), instance)
    if isinstance(tree, Symbol) and tree.is_scalar and tree.definition is not None:
        return mean_value(tree.definition, instance)
    return _mean_of_linear(tree, instance)


def _mean_of_linear(tree: Tree, instance: Instance) -> Matrix:
    form = affine(tree, instance)
    total = form.constant
    for vector, matrix in form.coefficients.items():
        total = instance.arithmetic.add(total, instance.arithmetic.multiply(matrix, instance.mean(vector)))
    return total


def _mean_of_product(tree: Product, instance: Instance) -> Matrix:
    places = [place for place, factor in enumerate(tree.factors) if is_random(factor)]
    first, last = places[0], places[-1]
    before, behind = tree.factors[:first], tree.factors[last + 1 :]
    if len(places) == 1:
        inner = mean_value(tree.factors[first], instance)
    elif len(places) == 2:
        inner = _mean_of_pair(tree.factors[first], tree.factors[first + 1 : last], tree.factors[last], instance)
    else:
        raise DomainError(f"{tree} is of a higher degree than 2 in its random vectors.")
    for factor in reversed(before):
        inner = instance.arithmetic.multiply(instance.value(factor), inner)
    for factor in behind:
        inner = instance.arithmetic.multiply(inner, instance.value(factor))
    return inner


def _mean_of_pair(left: Tree, between: tuple[Tree, ...], right: Tree, instance: Instance) -> Matrix:
    """E of x'My, or of x m y' with a number m, for random vectors x and y."""
    arithmetic = instance.arithmetic
    a = left.tree if isinstance(left, Transpose) else left
    b = right.tree if isinstance(right, Transpose) else right
    if a.columns != ONE or b.columns != ONE:
        raise DomainError(f"{Product((left, *between, right))} is no product of two random vectors.")
    means = [instance.value(Expectation(vector)) for vector in (a, b)]
    second = arithmetic.add(
        instance.value(Covariance(a, b)), arithmetic.multiply(means[0], arithmetic.transpose(means[1]))
    )
    middle = None
    for factor in between:
        value = instance.value(factor)
        middle = value if middle is None else arithmetic.multiply(middle, value)
    if left.columns == ONE and right.rows == ONE:
        return second if middle is None else arithmetic.scale(arithmetic.entry(middle, 0, 0), second)
    rows, columns = arithmetic.shape(second)
    total = arithmetic.rational(0)
    for i in range(rows):
        for j in range(columns):
            weight = arithmetic.rational(int(i == j)) if middle is None else arithmetic.entry(middle, i, j)
            total = total + weight * arithmetic.entry(second, i, j)
    return arithmetic.matrix(1, 1, {(0, 0): total})
