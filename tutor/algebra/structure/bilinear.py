"""Bilinear forms x'Ay by the strata of a balanced A, for vectors that are Kronecker products of 1 and unit vectors.

The variance of a mean of treatments is such a form, x = (1/b)(1_b ⊗ e_i): x'Ay = Σ λ_k x'P_ky with the eigenvalues
λ_k of A, each x'P_ky found factor by factor, so that sizes may be letters.
"""

from __future__ import annotations

import sympy

from tutor.algebra.balanced import closed_form
from tutor.algebra.laws.joining import sum_of, times
from tutor.algebra.laws.kronecker import MIXED_PRODUCT
from tutor.algebra.nodes import Inverse, Product, Scalar, Transpose, Zero
from tutor.algebra.rules import Derivation, Step
from tutor.algebra.structure.conditions import normal
from tutor.algebra.structure.exchangeable import spectral, strata_symbols
from tutor.algebra.structure.forms import balanced
from tutor.algebra.tree import Tree
from tutor.display import writer
from tutor.errors import TutorError


def bilinear_form(x: Tree, A: Tree, y: Tree) -> Derivation:
    """x'Ay, a number, for a balanced A, n × n, or the inverse of one, and vectors of n rows.

    Raises
    ------
    ShapeError
        Unless the shapes meet.
    DomainError
        For the inverse of a singular matrix.
    TutorError
        Where A is not balanced, or a vector is no sum of Kronecker products of columns that meet its factors.

    >>> import sympy
    >>> from tutor.algebra.build import identity, kron, ones
    >>> from tutor.algebra.sizes import size
    >>> from tutor.algebra.unit_vector import UnitVector
    >>> s, u = sympy.symbols("s u", positive=True)
    >>> b, t = size("b"), size("t")
    >>> x = kron(ones(b), UnitVector(t, 1)) / b
    >>> print(bilinear_form(x, kron(identity(b), s * identity(t) + u * ones(t, t)), x).result)
    (s + u)/b
    """
    goal = Product((Transpose(x), A, y))
    inside = A.tree if isinstance(A, Inverse) else A
    element = balanced(inside)
    if element is None:
        raise TutorError(
            f"{writer().inline(inside)} is no sum of Kronecker products of I and J.",
            tip="Work with its entries: x.T @ A @ y with numbers for the sizes.",
        )
    if inside is not A:
        element.require_invertible()
    named = [(1 / each.value if inside is not A else each.value, P) for each, P in strata_symbols(element)]
    kept = [(normal(value), P) for value, P in named if value != 0]
    told = ", ".join(f"{P} = {P.definition}" for _, P in kept)
    forms = [(value, Product((Transpose(x), P, y))) for value, P in kept]
    numbers = [(value, _number(form)) for value, form in forms]
    lines = (
        (Product((Transpose(x), spectral(kept), y)), f"the strata of the matrix: {told}"),
        (sum_of(times(value, form) for value, form in forms), "a product is linear in each of its factors"),
        (
            sum_of(times(value, Scalar(number)) for value, number in numbers),
            MIXED_PRODUCT.because,
        ),
        (Scalar(normal(sympy.Add(*(value * number for value, number in numbers)))), "by arithmetic"),
    )
    steps: list[Step] = []
    line: Tree = goal
    for after, because in lines:
        if after != line:
            steps.append(Step("bilinear-form", because, line, after))
            line = after
    return Derivation(goal, tuple(steps))


def _number(form: Product) -> sympy.Expr:
    """x'P_ky, which the sizes alone tell."""
    closed = closed_form(form)
    if isinstance(closed, Zero):
        return sympy.S.Zero
    if not isinstance(closed, Scalar):
        raise TutorError(f"{writer().inline(form)} is no number that the sizes alone tell.",
                         tip="Take vectors that are Kronecker products of 1 and unit vectors.")  # fmt: skip
    return closed.value
