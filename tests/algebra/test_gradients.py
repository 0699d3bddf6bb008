"""The value of ∂f/∂x on instances, and its laws: against derivatives by SymPy."""

from __future__ import annotations

import operator
import random
from functools import reduce
from typing import Any

import pytest
import sympy

from tests.exact import assert_derivation_holds
from tutor.algebra.applied import Applied
from tutor.algebra.build import symbol, zero
from tutor.algebra.draw import DrawnInstance
from tutor.algebra.laws.gradients import GRADIENTS, gradient
from tutor.algebra.nodes import Determinant, Explicit, Inverse, Product, Symbol
from tutor.algebra.rules import derive
from tutor.algebra.tree import Tree

b = symbol("beta", 2, role="unknown")
c, X = symbol("c", 3), symbol("X", 3, 2)
S, W = symbol("S", 3, 3, facts=["symmetric"]), symbol("W", 3, 3, facts=["positive definite"])
K = symbol("K", 3, 3)
r = c - X @ b

FORMS = [
    r.T @ W.inv() @ r,
    r.T @ K @ r,
    2 * (r.T @ S @ r) - b.T @ b + c.T @ c,
    c.T @ X @ b + b.T @ X.T @ c,
    W.det() * (b.T @ X.T @ X @ b),
]


def by_sympy(of: Tree, by: Symbol, instance: DrawnInstance) -> list[sympy.Expr]:
    """The partial derivatives of a form whose other letters have the values of the instance."""
    letters: Any = sympy.symbols("x_1 x_2")
    place = dict(zip(letters, values(instance, by), strict=True))

    def put(tree: Tree) -> Any:
        if tree == by:
            return sympy.Matrix(letters)
        if isinstance(tree, Symbol | Inverse | Determinant):
            entries: Any = instance.arithmetic.entries(instance.value(tree))
            return sympy.Matrix([[sympy.Rational(int(v.p), int(v.q)) for v in line] for line in entries])
        if isinstance(tree, Product):
            return reduce(operator.mul, map(put, tree.factors))
        return OPERATIONS[type(tree).__name__](tree, put)

    form = sympy.expand(put(of)[0, 0])
    return [form.diff(letter).subs(place) for letter in letters]


OPERATIONS = {
    "Sum": lambda tree, put: sum((put(term) for term in tree.terms[1:]), start=put(tree.terms[0])),
    "Scaled": lambda tree, put: put(tree.scalar)[0, 0] * put(tree.tree),
    "Scalar": lambda tree, put: sympy.Matrix([[tree.value]]),
    "Transpose": lambda tree, put: put(tree.tree).T,
}


def values(instance: DrawnInstance, tree: Tree) -> list[sympy.Rational]:
    entries = instance.arithmetic.entries(instance.value(tree))
    return [sympy.Rational(int(line[0].p), int(line[0].q)) for line in entries]  # pyright: ignore[reportAttributeAccessIssue, reportReturnType]


@pytest.mark.parametrize("form", FORMS, ids=str)
@pytest.mark.parametrize("seed", range(3))
def test_a_gradient_has_the_value_of_the_partial_derivatives(form: Tree, seed: int) -> None:
    instance = DrawnInstance([form], random.Random(seed), friendly=True)
    assert values(instance, gradient(form, b)) == by_sympy(form, b, instance)
    assert not instance.is_uninterpreted


@pytest.mark.parametrize("form", [FORMS[0], *FORMS[2:]], ids=str)
def test_the_laws_work_out_a_gradient(form: Tree) -> None:
    derivation = derive(gradient(form, b), GRADIENTS)
    assert_derivation_holds(derivation)
    assert not any(isinstance(part, Applied) for part in walked(derivation.result))


def walked(tree: Tree) -> list[Tree]:
    return [tree, *(node for part in tree.parts for node in walked(part))]


def test_a_form_without_a_symmetric_matrix_is_left_alone() -> None:
    assert not derive(gradient(FORMS[1], b), GRADIENTS).steps


def test_what_was_observed_does_not_move_with_the_parameter() -> None:
    """y is Xβ + ε, and in (y − Xβ)'(y − Xβ) it stays what it was while β varies."""
    e = symbol("e", 3, role="random")
    y = symbol("y", 3, role="random", definition=X @ b + e)
    residual = y - X @ b
    instance = DrawnInstance([residual], random.Random(1))
    expected = instance.value(-2 * (X.T @ residual))
    assert instance.value(gradient(residual.T @ residual, b)) == expected != instance.value(zero(2))


@pytest.mark.parametrize(
    "of",
    [
        Product((b.T @ b, b.T @ b)),
        Applied("log", (b.T @ b,)),
        Explicit(sympy.ImmutableMatrix([[sympy.Symbol("l")]])),
    ],
    ids=["fourth degree", "logarithm", "a name"],
)
def test_another_function_has_no_known_gradient(of: Tree) -> None:
    instance = DrawnInstance([of, b], random.Random(0)).in_balls()
    first = instance.value(gradient(of, b))
    assert instance.arithmetic.shape(first) == (2, 1)
    assert instance.is_uninterpreted
