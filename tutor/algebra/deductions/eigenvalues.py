"""Facts of sums of Kronecker products of I and J, from their eigenvalues and how often they are there.

Such a matrix is Σ λ P with projections P of which one times another is 0, so that it is definite, idempotent,
orthogonal or singular as the numbers λ are. Source: Searle, Casella and McCulloch (1992), Variance Components,
appendix M; an eigenvalue counts against a fact only where it is there for every size.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import lru_cache

import sympy

from tutor.algebra.applied import Indexed
from tutor.algebra.deductions.known import Found, listed, size_name
from tutor.algebra.nodes import Fact, Identity, Kronecker, Ones, Product, Scalar, Scaled, Sum, Symbol, Transpose, Zero
from tutor.algebra.structure.conditions import has_denominator, is_zero, normal
from tutor.algebra.structure.element import balanced
from tutor.algebra.structure.strata import Eigenvalue
from tutor.algebra.tree import Tree

MOST_TOLD = 4
"""Eigenvalues that are told one by one in a reason."""

_MADE_OF = (Identity, Ones, Zero, Scalar, Scaled, Sum, Product, Kronecker, Transpose)


@lru_cache(maxsize=2**12)
def eigenvalues(tree: Tree) -> tuple[Eigenvalue, ...] | None:
    """Those of a sum of Kronecker products of I and J; None for another tree.

    >>> from tutor.algebra.build import identity, ones
    >>> [(str(each.value), str(each.multiplicity)) for each in eigenvalues(identity("t") + ones("t", "t")) or ()]
    [('t + 1', '1'), ('1', 't - 1')]
    """
    if not isinstance(tree, Sum | Product | Kronecker | Scaled) or not all(_is_made_of_them(tree)):
        return None
    element = balanced(tree)
    return None if element is None else element.eigenvalues


def _is_made_of_them(tree: Tree) -> Iterator[bool]:
    if isinstance(tree, Symbol) and tree.definition is not None and tree.role != "random":
        yield from _is_made_of_them(tree.definition)
        return
    yield isinstance(tree, _MADE_OF) and not isinstance(tree, Indexed)
    for part in tree.parts:
        yield from _is_made_of_them(part)


def fact_of_eigenvalues(fact: Fact, tree: Tree) -> Found[bool] | None:
    """Whether all eigenvalues are such as the fact wants; None where their signs do not tell."""
    wanted = _WANTED.get(fact)
    found = eigenvalues(tree)
    if found is not None and fact == "symmetric":
        return Found(True, "it is a sum of Kronecker products of I and J")
    if wanted is None or found is None:
        return None
    held = [wanted(each.value) for each in found]
    if all(held):
        return Found(True, f"its eigenvalues are {_told(found)}")
    for each, holds in zip(found, held, strict=True):
        if holds is False and each.multiplicity.is_positive:
            return Found(False, f"{size_name(_short(each.value))} is an eigenvalue of it")
    return None


def rank_of_eigenvalues(tree: Tree) -> Found[sympy.Expr] | None:
    """How many eigenvalues are not 0; None where one may be."""
    found = eigenvalues(tree)
    if found is None or any(_is_nonzero(each.value) is None for each in found):
        return None
    other = tuple(each for each in found if _is_nonzero(each.value))
    value = normal(sympy.Add(*(each.multiplicity for each in other)))
    return Found(value, f"its eigenvalues are {_told(found)}, and it is symmetric")


def _is_nonzero(value: sympy.Expr) -> bool | None:
    return False if is_zero(value) else _short(value).is_nonzero


def _is_positive(value: sympy.Expr) -> bool | None:
    return False if is_zero(value) else _short(value).is_positive


def _is_nonnegative(value: sympy.Expr) -> bool | None:
    return True if is_zero(value) else _short(value).is_nonnegative


def _is_root_of(polynomial: Callable[[sympy.Expr], sympy.Expr]) -> Callable[[sympy.Expr], bool | None]:
    def is_root(value: sympy.Expr) -> bool | None:
        left = polynomial(value)
        if is_zero(left):
            return True
        return False if _short(left).is_nonzero else None

    return is_root


_WANTED: dict[Fact, Callable[[sympy.Expr], bool | None]] = {
    "positive definite": _is_positive,
    "positive semidefinite": _is_nonnegative,
    "idempotent": _is_root_of(lambda value: value**2 - value),
    "orthogonal": _is_root_of(lambda value: value**2 - 1),
}
"""Fact of a symmetric matrix: whether a number may be an eigenvalue of it."""


def _short(value: sympy.Expr) -> sympy.Expr:
    return normal(value) if has_denominator(value) else sympy.expand(value)


def _told(found: tuple[Eigenvalue, ...]) -> str:
    """σ² + tσ²_u (b times) and σ² (bt − b times)."""
    if len(found) > MOST_TOLD:
        return f"those of its {len(found)} strata"
    told = [f"{size_name(_short(each.value))} ({size_name(each.multiplicity)} times)" for each in found]
    return listed(len(told)).format(*told)
