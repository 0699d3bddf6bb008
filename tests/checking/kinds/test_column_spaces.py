"""A design matrix in another coding of the same column space is right where the coding is free, with its β told."""

from __future__ import annotations

from random import Random
from typing import Any

import numpy as np
import pytest
import sympy
from hypothesis import given, settings
from hypothesis import strategies as st

from tutor import check, crd, model, rcbd, regression
from tutor.checking.verdict import Part

FREE = "column-space"
C = crd(treatments=3, reps=2)
B = rcbd(treatments=2, blocks=2, blocks_are="fixed")
LINE = regression([1, 2, 4])
LETTERS = crd(treatments="t", reps="r")
DATA = {"y": [1, 2, 3, 4, 5, 6], "a": ["p", "p", "q", "q", "r", "r"]}
TREATMENT = model("y ~ a", DATA)

MEANS = "[[1,0,0],[1,0,0],[0,1,0],[0,1,0],[0,0,1],[0,0,1]]"
CODED = "[[1,0,0],[1,0,0],[1,1,0],[1,1,0],[1,0,1],[1,0,1]]"
SUMS = "[[1,1,0],[1,1,0],[1,0,1],[1,0,1],[1,-1,-1],[1,-1,-1]]"
HELMERT = "[[1,-1,-1],[1,-1,-1],[1,1,-1],[1,1,-1],[1,0,2],[1,0,2]]"
EFFECTS = "[[1,1,0,0],[1,1,0,0],[1,0,1,0],[1,0,1,0],[1,0,0,1],[1,0,0,1]]"
TWO = "[[1,1],[1,1],[1,0],[1,0],[1,0],[1,0]]"
ROWS = "[[1,0],[1,0],[0,1],[0,1],[0,0],[0,0]]"

RIGHT: list[tuple[Any, Any, list[str]]] = [
    (C.X, MEANS, ["μ + τ_1", "μ + τ_2", "μ + τ_3"]),
    (C.X, CODED, ["μ + τ_1", "τ_2 − τ_1", "τ_3 − τ_1"]),
    (C.X, SUMS, ["μ + (1/3) τ_1 + (1/3) τ_2 + (1/3) τ_3", "(2/3) τ_1 − (1/3) τ_2 − (1/3) τ_3",
                 "(2/3) τ_2 − (1/3) τ_1 − (1/3) τ_3"]),
    (C.X, HELMERT, ["μ + (1/3) τ_1 + (1/3) τ_2 + (1/3) τ_3", "(1/2) τ_2 − (1/2) τ_1",
                    "(1/3) τ_3 − (1/6) τ_1 − (1/6) τ_2"]),
    (C.X, "I_3 ⊗ 1_2", ["μ + τ_1", "μ + τ_2", "μ + τ_3"]),
    (C.X, "2 (I_3 ⊗ 1_2)", ["(1/2) μ + (1/2) τ_1", "(1/2) μ + (1/2) τ_2", "(1/2) μ + (1/2) τ_3"]),
    (C.X, sympy.Matrix([[1, 0, 0]] * 2 + [[0, 1, 0]] * 2 + [[0, 0, 1]] * 2), ["μ + τ_1", "μ + τ_2", "μ + τ_3"]),
    (C.X, np.kron(np.eye(3, dtype=int), np.ones((2, 1), dtype=int)), ["μ + τ_1", "μ + τ_2", "μ + τ_3"]),
    (C.X, "X", []),
    (C.X, EFFECTS, []),
    (C.X, "[[1,0,0,1],[1,0,0,1],[0,1,0,1],[0,1,0,1],[0,0,1,1],[0,0,1,1]]", []),
    (TREATMENT.X, MEANS, ["β_0", "β_0 + β_1", "β_0 + β_2"]),
    (TREATMENT.X, CODED, []),
    (TREATMENT.X, EFFECTS, ["b_1 + b_2", "b_3 − b_2", "b_4 − b_2"]),
    (LINE.X, "[[1,0],[1,1],[1,3]]", ["β_0 + β_1", "β_1"]),
    (LINE.X, "[[1,10],[1,20],[1,40]]", ["β_0", "(1/10) β_1"]),
    (LINE.X, "[[1,1],[2,1],[4,1]]", ["β_1", "β_0"]),
    (LINE.X, "[[3,1],[2,2],[0,4]]", ["(1/4) β_0", "(1/4) β_0 + β_1"]),
    (B.X, "[[1,1,0],[1,0,0],[1,1,1],[1,0,1]]", ["μ + τ_2 + ρ_1", "τ_1 − τ_2", "ρ_2 − ρ_1"]),
    (B.X, "[[1,1,1],[1,-1,1],[1,1,-1],[1,-1,-1]]", []),
    (LETTERS.X, "I_t ⊗ 1_r", []),
    (C.X, "[[1,1,1,0],[1,1,1,0],[1,1,0,1],[1,1,0,1],[1,1,0,0],[1,1,0,0]]", []),
    (C.X, "[[5,0,0],[5,0,0],[0,-3,0],[0,-3,0],[1,1,1],[1,1,1]]", []),
    (B.X, "[[0,1,0],[0,0,1],[1,1,0],[1,0,1]]", []),
    (C.X, "[[1,2,3],[1,2,3],[0,1,1],[0,1,1],[0,0,1],[0,0,1]]", []),
]  # fmt: skip

WRONG: list[tuple[Any, Any, str, list[str]]] = [
    (C.X, TWO, FREE, ["the model's τ2", "the model's τ3"]),
    (C.X, ROWS, FREE, ["the model's μ", "the model's τ3"]),
    (C.X, "[[1],[1],[1],[1],[1],[1]]", FREE, ["the model's τ1", "the model's τ2", "the model's τ3"]),
    (C.X, "I_6", FREE, [f"your column {j}" for j in range(1, 7)]),
    (C.X, "[[1,0],[0,1],[1,0],[0,1],[1,0],[0,1]]", FREE, ["the model's τ1", "the model's τ2", "the model's τ3",
                                                       "your column 1", "your column 2"]),
    (C.X, "[[1,1,0],[1,1,0],[1,0,1],[1,0,1],[1,0,0],[1,0,1]]", FREE, ["the model's τ2", "the model's τ3",
     "your column 3"]),
    (LINE.X, "[[1,1],[1,2],[1,3]]", FREE, ["the model's β1 x", "your column 2"]),
    (LINE.X, "[[1,1],[1,4],[1,16]]", FREE, ["the model's β1 x", "your column 2"]),
    (LINE.X, "[[1],[1],[1]]", FREE, ["the model's β1 x"]),
    (LINE.X, "[[1,1,1],[1,2,4],[1,4,16]]", FREE, ["your column 3"]),
    (B.X, "[[1,1],[1,0],[1,1],[1,0]]", FREE, ["the model's ρ1", "the model's ρ2"]),
    (B.X, "[[1,1,0,0],[1,0,0,0],[1,1,1,1],[1,0,1,0]]", FREE, ["your column 4"]),
    (LETTERS.X, "1_t ⊗ I_r", FREE, []),
    (LETTERS.X, "I_t ⊗ I_r", FREE, []),
    (C.X, "[[0,0,0],[0,0,0],[0,0,0],[0,0,0],[0,0,0],[0,0,0]]", FREE, []),
]  # fmt: skip


@pytest.mark.parametrize(("asked", "answer", "coefficients"), RIGHT)
def test_another_coding_is_right_and_its_coefficients_are_told(
    asked: Any, answer: object, coefficients: list[str]
) -> None:
    verdict = check(answer, asked, up_to=FREE)
    assert (verdict.outcome, verdict.score) == ("correct", 1.0), verdict.feedback
    if coefficients:
        assert [value for key, value in verdict.facts.items() if key != "coding"] == coefficients
        assert all(told in verdict.feedback for told in coefficients)


@pytest.mark.parametrize(("asked", "answer", "key", "places"), WRONG)
def test_another_space_is_wrong_and_its_columns_are_told(
    asked: Any, answer: object, key: str, places: list[str]
) -> None:
    verdict = check(answer, asked, up_to=FREE)
    assert (verdict.outcome, verdict.misconception) == ("incorrect", key), verdict.feedback
    if places:
        assert [place.name for place in verdict.where] == places
    assert all(isinstance(place, Part) for place in verdict.where)


def test_the_intercept_is_told_where_it_alone_is_missing() -> None:
    verdict = check("[[1],[2],[4]]", LINE.X, up_to=FREE)
    assert verdict.misconception == "missing-intercept"


@pytest.mark.parametrize(
    ("answer", "key"), [(CODED, "other-coding"), (SUMS, "other-coding"), (HELMERT, "other-coding")]
)
def test_without_the_freedom_another_coding_is_told_apart_from_the_one_asked_for(answer: str, key: str) -> None:
    verdict = check(answer, C.X)
    assert (verdict.correct, verdict.misconception) == (False, key)
    assert "τ_2 − τ_1" in check(CODED, C.X).feedback
    assert check(MEANS, TREATMENT.X).misconception == "other-coding"
    assert check(EFFECTS, C.X).correct is True


def test_rows_that_do_not_fit_are_a_wrong_shape() -> None:
    assert check("[[1,0],[0,1]]", C.X, up_to=FREE).misconception == "wrong-size"


@settings(max_examples=50, deadline=None)
@given(st.integers(0, 10**9), st.sampled_from([C, B, LINE, TREATMENT]))
def test_any_nonsingular_recoding_is_right_and_a_perturbed_column_is_not(seed: int, of: Any) -> None:
    draw = Random(seed)
    full = sympy.Matrix(of.X.explicit())
    base = full.extract(list(range(full.rows)), list(full.rref()[1]))
    T = sympy.zeros(base.cols)
    while T.det() == 0:
        T = sympy.Matrix(base.cols, base.cols, lambda i, j: draw.randint(-3, 3))
    answer = base * T
    assert check(answer, of.X, up_to=FREE).correct is True
    outside = full.T.nullspace()
    if outside:
        j = draw.randrange(answer.cols)
        answer[:, j] = answer[:, j] + draw.randint(1, 9) * draw.choice(outside)
        verdict = check(answer, of.X, up_to=FREE)
        assert verdict.correct is False
        assert f"your column {j + 1}" in [place.name for place in verdict.where]


@settings(max_examples=30, deadline=None)
@given(st.integers(0, 10**9))
def test_the_coefficients_that_are_told_give_the_same_means(seed: int) -> None:
    """X* β* = Xβ for every β, with β* put together from the words."""
    draw = Random(seed)
    full = sympy.Matrix(C.X.explicit())
    T = sympy.zeros(3)
    while T.det() == 0:
        T = sympy.Matrix(3, 3, lambda i, j: draw.randint(-2, 3))
    answer = full[:, 1:] * T
    verdict = check(answer, C.X, up_to=FREE)
    names = {"μ": "mu", "τ_1": "tau_1", "τ_2": "tau_2", "τ_3": "tau_3"}
    beta = sympy.Matrix(sympy.symbols("mu tau_1:4"))
    told = sympy.Matrix([_value(verdict.facts[f"b_{j}"], names) for j in (1, 2, 3)])
    assert (answer * told - full * beta).expand() == sympy.zeros(6, 1)


def _value(told: str, names: dict[str, str]) -> sympy.Expr:
    """A sum of names with numbers in front, as the feedback tells it."""
    total = sympy.Integer(0)
    for term in told.replace("−", "+ −").split("+"):
        bare = term.strip()
        if not bare:
            continue
        sign = -1 if bare.startswith("−") else 1
        *number, name = bare.lstrip("− ").split()
        size = sympy.Rational(number[0].strip("()")) if number else sympy.Integer(1)
        total += sign * size * sympy.Symbol(names[name])
    return total
