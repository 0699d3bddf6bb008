"""Rational functions in factors: what SymPy's `factor` writes, sign by sign."""

from __future__ import annotations

import pytest
import sympy
from hypothesis import given
from hypothesis import strategies as st

from tests.strategies import scalars
from tutor.algebra.structure.conditions import normal
from tutor.algebra.structure.rational import NotRationalFunctionError, factored

a, b, n, t = sympy.symbols("a b", positive=True) + sympy.symbols("n t", integer=True, positive=True)
s2, g2 = sympy.symbols("sigma^2 sigma_u^2", positive=True)
rho = sympy.Symbol("rho", real=True)


@given(st.lists(scalars(), min_size=1, max_size=4), st.sampled_from((1, -1, 2)))
def test_the_factors_are_those_of_sympy(terms: list[sympy.Expr], power: int) -> None:
    total = sympy.Add(*terms)
    expression = total**power if total != 0 else total
    try:
        found = factored(expression)
    except NotRationalFunctionError:  # 1/0, that the numerator is 0 seen late
        assert power < 0 and sympy.factor(total) == 0
        return
    assert sympy.srepr(found) == sympy.srepr(sympy.factor(expression))


@pytest.mark.parametrize(
    ("expression", "told"),
    [
        (1 / s2 - g2 / (s2 * (s2 + t * g2)), "(sigma^2 + sigma_u^2*t - sigma_u^2)/(sigma^2*(sigma^2 + sigma_u^2*t))"),
        (a * n - n, "n*(a - 1)"),
        (-a - b, "-a - b"),
        (2 * a + 2 * b, "2*(a + b)"),
        ((1 - rho**2) / (1 - rho), "rho + 1"),
        (a / 2 + b / 3, "(3*a + 2*b)/6"),
        (a - a * (b + 1) + a * b, "0"),
        (sympy.Rational(3, 4), "3/4"),
    ],
)
def test_factors_of_closed_forms(expression: sympy.Expr, told: str) -> None:
    assert str(factored(expression)) == told


@pytest.mark.parametrize(
    "expression",
    [
        sympy.sqrt(a) + 1,
        rho**n,
        sympy.log(a) * b,
        sympy.sqrt(2),
        (a + b + n) ** 400 + 1,
        (a + b + n) ** 12 * (s2 + g2 + rho) ** 12 + 1,
    ],
)
def test_what_is_no_rational_function_or_too_large_is_left_to_sympy(expression: sympy.Expr) -> None:
    with pytest.raises(NotRationalFunctionError):
        factored(expression)


def test_the_normal_form_of_other_functions_is_that_of_sympy() -> None:
    assert normal(a * sympy.sqrt(b) - sympy.sqrt(b)) == sympy.sqrt(b) * (a - 1)


def test_a_division_by_nought_is_none_of_a_rational_function() -> None:
    with pytest.raises(NotRationalFunctionError):
        factored(1 / (a * (a + 1) - a**2 - a))
