"""Derivatives by a parameter: as notation, and exactly on instances by dual numbers."""

from __future__ import annotations

import random
from collections.abc import Callable

import pytest
import sympy

from tests.exact import assert_same_value
from tutor.algebra.applied import Applied
from tutor.algebra.arithmetic import NotRationalError
from tutor.algebra.build import identity, kron, ones, symbol
from tutor.algebra.differentiate import depends_on_parameter, derivative, differentiated
from tutor.algebra.draw import DrawnInstance
from tutor.algebra.dual import slope_of
from tutor.algebra.nodes import BlockDiagonal, Determinant, Inverse, Scalar, Scaled, Trace, Zero
from tutor.algebra.tree import Tree
from tutor.models import catalogue as c
from tutor.models.mixed import MixedModel

a, b, rho = sympy.Symbol("a", positive=True), sympy.Symbol("b", positive=True), sympy.Symbol("rho", real=True)


def times(scalar: sympy.Expr, tree: Tree) -> Tree:
    return Scaled(Scalar(scalar), tree)


V: Tree = times(a, identity("n")) + times(b, ones("n", "n"))
x = symbol("x", "n")

NUMBERS: list[tuple[sympy.Expr, sympy.Symbol]] = [
    (a**3 / (a + b), a),
    (sympy.sqrt(a * b) + 2 * b, b),
    (sympy.exp(-1 / a), a),
    (sympy.log(a + b) * a, a),
    (a ** (b / (a + b)), a),
    (sympy.tanh(rho) * a, rho),
]

TREES: list[Callable[[], Tree]] = [
    lambda: V,
    lambda: Inverse(V),
    lambda: x.T @ Inverse(V) @ x,
    lambda: kron(identity("m"), V) @ kron(identity("m"), V),
    lambda: BlockDiagonal((V, times(a**2, identity("m")))),
    lambda: times(b, V @ V.T),
]

MODELS: dict[str, Callable[[], MixedModel]] = {
    "split plot": lambda: c.split_plot("a", "s", "r"),
    "ar1 of letters": lambda: c.repeated_measures("s", "p", "a"),
    "ar1 and intercepts": lambda: c.repeated_measures(2, 3, 2, random_intercept=True),
    "arh1": lambda: c.repeated_measures(2, 3, 2, within="arh1"),
    "exponential": lambda: c.repeated_measures(2, 3, 2, within="exp"),
    "unstructured": lambda: c.repeated_measures(2, 3, 2, within="un"),
    "slopes": lambda: c.random_slopes(3, [0, 1, 3]),
    "unequal groups": lambda: c.one_way("a", "n_i"),
}


@pytest.mark.parametrize(("expression", "parameter"), NUMBERS)
def test_the_derivative_of_a_number_is_that_of_SymPy(expression: sympy.Expr, parameter: sympy.Symbol) -> None:
    slope = expression.diff(parameter)
    assert_same_value(derivative(Scalar(expression), parameter), Scalar(slope))  # pyright: ignore[reportArgumentType]
    assert differentiated(Scalar(expression), parameter) == Scalar(slope)  # pyright: ignore[reportArgumentType]


@pytest.mark.parametrize("make", TREES)
def test_the_derivative_of_a_matrix_is_found_both_ways(make: Callable[[], Tree]) -> None:
    tree = make()
    for parameter in (a, b):
        assert_same_value(derivative(tree, parameter), differentiated(tree, parameter))


@pytest.mark.parametrize("name", MODELS)
def test_that_of_V_and_of_what_is_made_of_it(name: str) -> None:
    m = MODELS[name]()
    W = m.covariance
    for parameter in m.parameters:
        slope = differentiated(W, parameter.symbol)
        assert_same_value(derivative(W, parameter.symbol), slope, seeds=2)
        logarithm = Applied("log", (Determinant(W),))
        assert_same_value(derivative(logarithm, parameter.symbol), Trace(Inverse(W) @ slope), seeds=2)
        form = m.y.T @ Inverse(W) @ m.y
        expected = -1 * (m.y.T @ Inverse(W) @ slope @ Inverse(W) @ m.y)
        assert_same_value(derivative(form, parameter.symbol), expected, seeds=2)


def test_what_does_not_depend_on_a_parameter_has_the_derivative_0() -> None:
    assert differentiated(x, a) == Zero(x.rows, x.columns)
    m = c.rcbd(3, 2)
    assert not depends_on_parameter(m.y, m.parameters[0].symbol), "a response is what it is, whatever its variance"
    assert depends_on_parameter(m.covariance, m.parameters[0].symbol)


def test_a_determinant_that_does_not_change_is_told_from_one_that_does() -> None:
    """|aI + bJ| by its closed form aⁿ⁻¹(a + nb)."""
    n = V.rows
    expected = a ** (n - 1) + (n - 1) * a ** (n - 2) * (a + n * b)
    assert_same_value(derivative(Determinant(V), a), Scalar(expected))


def test_the_derivative_of_what_is_a_name_only_stays_unknown() -> None:
    likelihood = Applied("L", (Scalar(a),))
    instance = DrawnInstance([likelihood], random.Random(1))
    with pytest.raises(NotRationalError, match="only the name"):
        slope_of(likelihood, a, instance)
    instance.value(derivative(likelihood, a))
    assert instance.is_uninterpreted


def test_a_generalized_inverse_that_changes_has_no_derivative_here() -> None:
    tree = Applied("generalized inverse", (V,))
    with pytest.raises(NotRationalError, match="generalized inverse"):
        slope_of(tree, a, DrawnInstance([tree], random.Random(1)))
    constant = times(a, Applied("generalized inverse", (ones("n", "n"),)))
    assert_same_value(derivative(constant, a), Applied("generalized inverse", (ones("n", "n"),)))
