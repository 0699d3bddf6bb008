"""A tree as an affine function of its random vectors, on an instance.

Means, variances and covariances are linear: once y is c + Σ A_k r_k, E(y) is c + Σ A_k E(r_k), and Cov(y, z) is
Σ Σ A_k Cov(r_k, s_l) B_l'.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import singledispatch
from typing import TYPE_CHECKING

from tutor.algebra.arithmetic import Matrix
from tutor.algebra.nodes import Block, Covariance, Expectation, Identity, Product, Scaled, Sum, Symbol, Variance, Zero
from tutor.algebra.single import product_or_factor
from tutor.algebra.sizes import ONE
from tutor.algebra.tree import Tree
from tutor.errors import DomainError

if TYPE_CHECKING:
    from tutor.algebra.evaluate import Instance


@dataclass(frozen=True, slots=True)
class Affine:
    """c + Σ A_k r_k: a constant n × m, and for each random vector r_k (q_k × 1) a matrix A_k, n × q_k."""

    constant: Matrix
    coefficients: Mapping[Symbol, Matrix]


def affine(tree: Tree, instance: Instance) -> Affine:
    """A tree as an affine function of its random vectors.

    Raises
    ------
    DomainError
        Where the tree is not linear in them: a product of two, an inverse, a determinant.
    """
    if not is_random(tree):
        return Affine(instance.value(tree), {})
    return _affine(tree, instance)


def is_random(tree: Tree) -> bool:
    """Whether a random vector occurs in the tree outside of E, Var and Cov."""
    if isinstance(tree, Symbol):
        return tree.role == "random"
    if isinstance(tree, Expectation | Variance | Covariance):
        return False
    return any(is_random(part) for part in tree.parts)


def are_uncorrelated(one: Symbol, other: Symbol) -> bool:
    """Whether two random vectors are declared to be uncorrelated, or one has no variance, as u | u."""
    declared = one in other.uncorrelated or other in one.uncorrelated
    return declared or any(isinstance(vector.variance, Zero) for vector in (one, other))


@singledispatch
def _affine(tree: Tree, instance: Instance) -> Affine:
    raise DomainError(f"{tree} is not linear in its random vectors.")


@_affine.register(Symbol)
def _affine_symbol(tree: Symbol, instance: Instance) -> Affine:
    if tree.definition is not None:
        return affine(tree.definition, instance)
    zero = instance.arithmetic.zeros(tree.row_size, ONE, instance.size)
    return Affine(zero, {tree: instance.value(Identity(tree.row_size))})


@_affine.register(Sum)
def _affine_sum(tree: Sum, instance: Instance) -> Affine:
    parts = [affine(term, instance) for term in tree.terms]
    constant, coefficients = parts[0].constant, dict(parts[0].coefficients)
    for part in parts[1:]:
        constant = instance.arithmetic.add(constant, part.constant)
        for vector, matrix in part.coefficients.items():
            known = coefficients.get(vector)
            coefficients[vector] = matrix if known is None else instance.arithmetic.add(known, matrix)
    return Affine(constant, coefficients)


@_affine.register(Scaled)
def _affine_scaled(tree: Scaled, instance: Instance) -> Affine:
    if is_random(tree.scalar):
        raise DomainError(f"{tree} is not linear in its random vectors.")
    scalar = instance.arithmetic.entry(instance.value(tree.scalar), 0, 0)
    inner = affine(tree.tree, instance)
    scaled = {vector: instance.arithmetic.scale(scalar, matrix) for vector, matrix in inner.coefficients.items()}
    return Affine(instance.arithmetic.scale(scalar, inner.constant), scaled)


@_affine.register(Product)
def _affine_product(tree: Product, instance: Instance) -> Affine:
    *left, last = tree.factors
    if any(is_random(factor) for factor in left):
        raise DomainError(f"{tree} is not linear in its random vectors.")
    matrix = instance.value(product_or_factor(left))
    inner = affine(last, instance)
    product = {v: instance.arithmetic.multiply(matrix, a) for v, a in inner.coefficients.items()}
    return Affine(instance.arithmetic.multiply(matrix, inner.constant), product)


@_affine.register(Block)
def _affine_block(tree: Block, instance: Instance) -> Affine:
    if len(tree.grid[0]) > 1:
        raise DomainError(f"{tree} is no vector.")
    parts = [affine(line[0], instance) for line in tree.grid]
    heights = [instance.arithmetic.shape(part.constant)[0] for part in parts]
    tops = [sum(heights[:k]) for k in range(len(parts))]
    total = sum(heights)
    constant = instance.arithmetic.paste(
        total, 1, [(top, 0, part.constant) for top, part in zip(tops, parts, strict=True)]
    )
    coefficients = {}
    for vector in {v: None for part in parts for v in part.coefficients}:
        placed = [
            (top, 0, part.coefficients[vector])
            for top, part in zip(tops, parts, strict=True)
            if vector in part.coefficients
        ]
        coefficients[vector] = instance.arithmetic.paste(total, instance.size(vector.row_size), placed)
    return Affine(constant, coefficients)
