"""E, Var and Cov of single random effects given y: exactly those of the joint normal distribution, in every form."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from itertools import product
from typing import Any

import numpy as np
import pytest
import sympy

import tutor
from tests.exact import assert_derivation_holds
from tutor.algebra.nodes import Scalar
from tutor.errors import TutorError
from tutor.models.element_names import letters_of
from tutor.models.levels import DOT, key_at
from tutor.models.mixed import MixedModel
from tutor.models.observations.cells import levels_below
from tutor.notation.write import latex

Make = Callable[..., MixedModel]

CASES: list[Any] = [
    (tutor.one_way, ("a", "n"), (3, 2), ["u_1", "u_1 - u_2"]),
    (tutor.rcbd, ("t", "b"), (3, 2), ["u_1", "2 u_1 + u_2"]),
    (tutor.nested, ("a", "b", "n"), (2, 3, 2), ["u_1", "v_1(2)", "v_1(1) - v_2(1)"]),
    pytest.param(tutor.crossed, ("a", "b", "n"), (2, 3, 2), ["u_1", "v_2"], marks=pytest.mark.slow),
    (tutor.split_plot, ("a", "s", "r"), (2, 3, 2), ["u_1", "v_1(2)", "u_2 + v_1(2)"]),
    (partial(tutor.repeated_measures, within="cs", side="G"), ("s", "t", "g"), (2, 3, 2), ["u_11"]),
]


def in_numbers(letters: MixedModel, value: sympy.Expr, sizes: dict[str, int]) -> sympy.Expr:
    """The value at sizes, with averages as sums of elements."""
    plan = letters.plan
    assert plan is not None
    told: dict[sympy.Basic, sympy.Expr] = {}
    for letter in value.free_symbols:
        base, _, below = str(letter).partition("_")
        names = [term.coefficient for term in letters.index.terms] + [letters.index.response]
        name = next((each for each in names if f"{''.join(each.bases)}bar" == base), None)
        levels = None if name is None else levels_below(below, name)
        if str(letter) in sizes:
            told[letter] = sympy.Integer(sizes[str(letter)])
        elif name is not None and levels is not None:
            ranges = [range(1, sizes[str(plan.layout.size(index))] + 1) if level == DOT else [level]
                      for index, level in zip(letters_of(name), levels, strict=True)]  # fmt: skip
            elements = [sympy.Symbol(plain(key_at(name, own)), real=True) for own in product(*ranges)]
            told[letter] = sympy.Add(*elements) / len(elements)
    return value.xreplace(told)  # pyright: ignore[reportReturnType]


def plain(key: str) -> str:
    return key.replace("(", "").replace(")", "")


def value_of(m: MixedModel, what: str) -> sympy.Expr:
    result = m.derive(what).result
    assert isinstance(result, Scalar)
    return result.value


@pytest.mark.parametrize(("make", "letters", "sizes", "whats"), CASES, ids=range(len(CASES)))
def test_letters_give_what_the_rows_give(
    make: Make, letters: tuple[str, ...], sizes: tuple[int, ...], whats: list[str]
) -> None:
    of_letters, numbers = make(*letters), make(*sizes)
    known = dict(zip(letters, sizes, strict=True))
    asks = [f"{kind}({what} | y)" for what in whats for kind in ("E", "Var")] + [f"Cov({whats[0]}, {whats[-1]} | y)"]
    for ask in asks:
        mine, theirs = in_numbers(of_letters, value_of(of_letters, ask), known), value_of(numbers, ask)
        by_name = {letter: sympy.Symbol(plain(str(letter))) for letter in mine.free_symbols | theirs.free_symbols}
        assert sympy.cancel((mine - theirs).xreplace(by_name)) == 0, ask
        for m in (numbers, of_letters):
            assert_derivation_holds(m.derive(ask), seeds=1)
            assert latex(m.derive(ask))


def test_the_numbers_are_those_of_the_matrices() -> None:
    m = tutor.random_slopes(3, [1, 2, 4])
    values: dict[str, Any] = {"sigma2": 2.0, "sigma2_u0": 1.5, "sigma2_u1": 0.5, "sigma_u01": 0.25}
    of_u = {name: value for name, value in values.items() if name != "sigma2"}
    G, Z, V = m.G.numpy(**of_u), m.Z.numpy(), m.V.numpy(**values)  # pyright: ignore[reportOptionalMemberAccess]
    expected = G - G @ Z.T @ np.linalg.solve(V, Z @ G)
    assert m.Var("u_01 | y", **values) == pytest.approx(expected[0, 0], rel=1e-12)
    assert m.Cov("u_01 | y", "u_11 | y", **values) == pytest.approx(expected[0, 1], rel=1e-12)
    assert m.Cov("u_01", "u_11", given="y", **values) == pytest.approx(expected[0, 1], rel=1e-12)


@pytest.mark.parametrize(
    ("m", "what", "form"),
    [
        (tutor.one_way("a", "n"), "E(u_1 | y)", "n σ²_u (ȳ_{1·} − μ)/(σ² + n σ²_u)"),
        (tutor.one_way("a", "n"), "E(u_i | y)", "n σ²_u (ȳ_{i·} − μ)/(σ² + n σ²_u)"),
        (tutor.rcbd("t", "b"), "Var(u_1 | y)", "σ² σ²_u/(σ² + t σ²_u)"),
        (tutor.rcbd("t", "b"), "Cov(u_1, u_2 | y)", "0"),
        (tutor.nested("a", "b", "n"), "Cov(u_1, v_1(1) | y)", "−n σ²_u σ²_v/(σ² + bn σ²_u + n σ²_v)"),
        (tutor.latin_square("t"), "Cov(r_1, c_2 | y)", "−σ²_c σ²_r/(σ² + t σ²_c + t σ²_r)"),
        (tutor.one_way(2, 2), "E(u_1 | y)", "σ²_u (y_11 − 2μ + y_12)/(σ² + 2σ²_u)"),
    ],
)
def test_the_forms_are_those_of_a_lecture(m: MixedModel, what: str, form: str) -> None:
    assert str(m.derive(what).result) == form


@pytest.mark.parametrize(
    ("m", "what", "words"),
    [
        (tutor.rcbd("t", "b", blocks_are="fixed"), "Var(y_11 | y)", "no random effects"),
        (tutor.rcbd("t", "b"), "E(u_1 + y_11 | y)", "no sum of random effects"),
        (tutor.rcbd("t", "b"), "Cov(u_1, u_j | y)", "Whether 1 and j are one level is open"),
        (tutor.crossover("n", "t", carryover=True), "E(u_1(1) | y)", "not all combinations of its indices"),
        (tutor.one_way("a", "n_i"), "Var(u_1 | y)", "levels of indices"),
    ],
)
def test_what_y_does_not_tell_is_refused_with_the_reason(m: MixedModel, what: str, words: Any) -> None:
    with pytest.raises(TutorError, match=words):
        m.derive(what)


@pytest.mark.parametrize(("m", "mean", "variance"), [
    (tutor.rcbd("t", "b"), "RV⁻¹(y − Xβ)", "(σ² σ²_u/(σ² + t σ²_u)) (I_b ⊗ J_t)"),
    (tutor.crd("t", "r"), "RV⁻¹(y − Xβ)", "0_{rt×rt}"),
    (
        tutor.model("y ~ 1 + offset(o) + (1 | g)", {"y": [1, 2, 4], "o": [1, 0, 2], "g": [*"ppq"]}),
        "RV⁻¹(y − o − Xβ)", "R − RV⁻¹R",
    ),
])  # fmt: skip
def test_errors_given_data_are_what_is_left_of_y(m: MixedModel, mean: str, variance: str) -> None:
    for what, expected in (("E(e | y)", mean), ("Var(e | y)", variance)):
        found = m.derive(what)
        assert_derivation_holds(found, seeds=2)
        assert str(found.result) == expected
