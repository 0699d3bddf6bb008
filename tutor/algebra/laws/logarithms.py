"""The laws of the logarithm of numbers, by which log |V| splits into logarithms of the parts of V."""

from __future__ import annotations

from typing import TypeGuard

import sympy

from tutor.algebra.applied import Applied
from tutor.algebra.build import symbol
from tutor.algebra.deductions.mirror import MINUS_ONE
from tutor.algebra.facts import known
from tutor.algebra.laws.joining import sum_of
from tutor.algebra.nodes import Determinant, Inverse, Product, Scalar, Scaled
from tutor.algebra.rules import Rewrite, Rule
from tutor.algebra.tree import Tree
from tutor.display import writer

_S, _T = (symbol(name, "n", "n", facts=["positive definite"]) for name in "ST")
_c = Scalar(sympy.Symbol("c", positive=True))


def log(tree: Tree) -> Applied:
    """log a, of a number above 0: 1 × 1."""
    return Applied("log", (tree,))


def _inside(tree: Tree) -> Tree | None:
    """The a of log a for a tree a of one row and one column."""
    found = tree.arguments[0] if isinstance(tree, Applied) and tree.function == "log" else None
    return found if found is not None and found.is_scalar else None


def _is_power(tree: Tree) -> TypeGuard[Applied]:
    return isinstance(tree, Applied) and tree.function == "power"


def _positive(*trees: Tree) -> str | None:
    """What must be assumed for all of these numbers to be above 0; None where one is known not to be."""
    bases = [tree.arguments[0] if _is_power(tree) else tree for tree in trees]
    told = [(tree, known("positive definite", tree).value) for tree in bases]
    if any(value is False for _, value in told):
        return None
    return ", ".join(f"{writer().inline(tree)} > 0" for tree, value in told if not value)


def _of_product(tree: Tree) -> Rewrite | None:
    inside = _inside(tree)
    if isinstance(inside, Scaled):
        parts: tuple[Tree, ...] = (inside.scalar, inside.tree)
    elif isinstance(inside, Product) and all(factor.is_scalar for factor in inside.factors):
        parts = inside.factors
    else:
        return None
    assumed = _positive(*parts)
    return None if assumed is None else Rewrite(sum_of(map(log, parts)), None, assumed or None)


def _of_inverse(tree: Tree) -> Rewrite | None:
    inside = _inside(tree)
    return Rewrite(Scaled(MINUS_ONE, log(inside.tree))) if isinstance(inside, Inverse) else None


def _of_power(tree: Tree) -> Rewrite | None:
    inside = _inside(tree)
    if inside is None or not _is_power(inside):
        return None
    base, exponent = inside.arguments
    assumed = _positive(base)
    return None if assumed is None else Rewrite(Scaled(exponent, log(base)), None, assumed or None)


def _of_number(tree: Tree) -> Rewrite | None:
    """log of a parameter, or of an expression in parameters, with the logarithms of its factors apart."""
    inside = _inside(tree)
    if not isinstance(inside, Scalar) or not inside.value.is_positive:
        return None
    return Rewrite(Scalar(sympy.expand_log(sympy.log(inside.value))))


LOG_OF_PRODUCT = Rule(
    "log-of-product", "log ab = log a + log b", _of_product, lambda: log(Scaled(Determinant(_S), Determinant(_T)))
)
LOG_OF_INVERSE = Rule("log-of-inverse", "log(1/a) = −log a", _of_inverse, lambda: log(Inverse(Determinant(_S))))
LOG_OF_POWER = Rule(
    "log-of-power",
    "log aⁿ = n log a",
    _of_power,
    lambda: log(Applied("power", (Determinant(_S), Scalar(sympy.Integer(3))))),
)
LOG_OF_NUMBER = Rule(
    "log-of-number", "log ab = log a + log b, and log aⁿ = n log a", _of_number, lambda: log(Scalar(_c.value**3))
)

LOGARITHMS = (LOG_OF_NUMBER, LOG_OF_INVERSE, LOG_OF_POWER, LOG_OF_PRODUCT)
"""What brings logarithms down to letters and to determinants of letters."""
