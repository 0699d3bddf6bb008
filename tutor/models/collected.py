"""Formulas in variances, written as a lecture writes them."""

from __future__ import annotations

import sympy

from tutor.algebra.nodes import Scalar
from tutor.algebra.structure.conditions import normal
from tutor.algebra.tree import Tree
from tutor.algebra.walk import transform


def collected(expression: sympy.Expr) -> sympy.Expr:
    """One fraction, its sums ordered by variances: ((t − 1)σ² + t(k − 1)σ²_u) in place of all products."""
    factors = sympy.Mul.make_args(normal(expression))
    variances = sorted((s for s in expression.free_symbols if str(s).startswith("sigma")), key=str)
    found = []
    for factor in factors:
        base, exponent = factor.as_base_exp()
        if base.is_Add:
            base = sympy.collect(sympy.expand(base), variances, func=sympy.factor)
        found.append(base**exponent)
    return sympy.Mul(*found)  # pyright: ignore[reportReturnType]


def in_factors(expression: sympy.Expr) -> sympy.Expr:
    """One fraction in lowest terms, in factors, with 1 − ρ in the place of ρ − 1: σ²(1 − ρ) for −σ²(ρ − 1)."""
    sign: sympy.Expr = sympy.S.One
    found = []
    for factor in sympy.Mul.make_args(normal(expression)):
        base, exponent = factor.as_base_exp()
        letter = base + 1
        if exponent.is_Integer and letter.is_Symbol and str(letter).startswith("rho"):
            base, sign = 1 - letter, sign * (-1) ** exponent
        found.append(base**exponent)
    return sympy.Mul(sign, *found)  # pyright: ignore[reportReturnType]


def with_short_numbers(tree: Tree) -> Tree:
    """The tree with each number in factors where that is shorter: σ²_u/(σ² + tσ²_u) for σ²_u/σ² −
    tσ⁴_u/(σ²(σ² + tσ²_u)), while 1/σ²_u + t/σ² stays."""

    def change(node: Tree) -> Tree | None:
        if not isinstance(node, Scalar):
            return None
        return Scalar(min(node.value, in_factors(node.value), key=sympy.count_ops))

    return transform(tree, change)
