"""The analysis of covariance with letters for sizes: as that of rows with values for the covariate."""

from __future__ import annotations

from typing import Any

import pytest
import sympy

import tutor
from tests.exact import assert_derivation_holds
from tutor.algebra.sizes import size
from tutor.errors import TutorError
from tutor.models.inference.source_parts import RESIDUAL

X = [1, 4, 2, 8, 5, 7, 3, 3, 9, 2, 6, 1]

CASES: list[tuple[Any, Any, dict[str, int], dict[str, Any]]] = [
    ("t", 3, {"t": 3, "r": 4}, {}),
    ("t", 4, {"t": 4, "r": 3}, {"blocks_are": "random"}),
    ("t", 3, {"t": 3, "r": 4}, {"blocks_are": "fixed"}),
    ({"A": 2, "B": "b"}, {"A": 2, "B": 3}, {"b": 3, "r": 2}, {}),
]


@pytest.mark.parametrize(("letters", "numbers", "sizes", "more"), CASES)
def test_the_table_of_letters_is_that_of_rows(
    letters: Any, numbers: Any, sizes: dict[str, int], more: dict[str, Any]
) -> None:
    found = tutor.ancova(letters, "r", **more).anova()
    expected = tutor.ancova(numbers, sizes["r"], x=X, **more).anova()
    at: Any = {size(name): sympy.Integer(number) for name, number in sizes.items()}
    assert [line.name for line in found] == [line.name for line in expected]
    for mine, theirs in zip(found, expected, strict=True):
        assert mine.source.degrees_of_freedom.xreplace(at) == theirs.source.degrees_of_freedom
        told = {str(symbol): sympy.cancel(share.xreplace(at)) for symbol, share in mine.source.coefficients}
        assert told == {str(symbol): share for symbol, share in theirs.source.coefficients}, mine.name
        assert mine.source.means == theirs.source.means, mine.name
        assert str(mine.test and mine.test.denominator) == str(theirs.test and theirs.test.denominator)


@pytest.mark.parametrize("source", ["block", "x", "treatment", RESIDUAL])
def test_each_step_to_an_expected_mean_square_beside_a_covariate_holds(source: str) -> None:
    derivation = tutor.ancova("t", "r", blocks_are="random").anova()[source].derivation
    assert derivation is not None
    assert_derivation_holds(derivation)


def table_of(model: Any, at: Any) -> list[tuple[object, ...]]:
    """The lines at numbers for sizes."""
    return [
        (
            line.name,
            line.source.degrees_of_freedom.xreplace(at),
            {str(symbol): sympy.cancel(share.xreplace(at)) for symbol, share in line.source.coefficients},
            line.source.means,
            str(line.test and line.test.denominator),
        )
        for line in model.anova()
    ]


@pytest.mark.parametrize("values", [[1, 4, 2], [1, 4, 2, 7]])
def test_lines_with_the_same_values_in_each_group_are_orthogonal_to_the_groups(values: list[int]) -> None:
    m, at = tutor.random_intercepts("g", "n"), {size("g"): sympy.Integer(3), size("n"): sympy.Integer(len(values))}
    assert table_of(m, at) == table_of(tutor.random_intercepts(3, values), {})
    for line in m.anova():
        assert_derivation_holds(line.derivation, seeds=1)


def test_each_treatment_has_a_slope() -> None:
    m, at = tutor.ancova("t", "r", slopes="separate"), {size("t"): sympy.Integer(3), size("r"): sympy.Integer(4)}
    assert table_of(m, at) == table_of(tutor.ancova(3, 4, slopes="separate", x=X), {})
    for line in m.anova():
        assert_derivation_holds(line.derivation, seeds=1)


def test_several_variances_of_a_group_have_no_mean_square() -> None:
    with pytest.raises(TutorError, match="more than one variance"):
        tutor.random_slopes("g", "n").anova()
