"""k'β is estimable exactly if k is in the row space of X, and the reason given proves it."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache
from typing import Any

import pytest
import sympy
from hypothesis import given, settings
from hypothesis import strategies as st

import tutor
from tutor.errors import ReadError, SizeError, TutorError
from tutor.models.estimability import Estimability
from tutor.models.mixed import MixedModel

CELLS = {"y": [1, 2, 3, 4, 5, 6, 7], "a": list("ppqqqrr"), "b": list("uvuvuuu"), "x": [1, 2, 3, 4, 5, 6, 8]}
"""Unbalanced; the cell r:v is missing."""

MAKERS = {
    "crd": lambda: tutor.crd(3, 2),
    "rcbd": lambda: tutor.rcbd(3, 2),
    "rcbd, blocks fixed": lambda: tutor.rcbd(3, 2, "fixed"),
    "split plot": lambda: tutor.split_plot(2, 3, 2),
    "bibd": lambda: tutor.bibd(4, 4, 3),
    "regression": lambda: tutor.regression([1, 2, 4]),
    "ancova": lambda: tutor.model("y ~ a * x", CELLS),
    "ancova with all effects": lambda: tutor.model("y ~ a * x", CELLS, contrasts="effects"),
    "missing cell": lambda: tutor.model("y ~ a * b", CELLS, contrasts="effects"),
    "missing cell, treatment contrasts": lambda: tutor.model("y ~ a + b", CELLS),
    "letters as covariate": lambda: tutor.from_equation("y_ij = mu + tau_i + beta x_i + e_ij", {"i": 3, "j": 2}),
}


@cache
def made(name: str) -> MixedModel:
    return MAKERS[name]()


def in_row_space(m: MixedModel, k: sympy.Matrix) -> bool:
    """By ranks, as a textbook decides it."""
    X = sympy.Matrix(m.X.explicit())
    return X.rank(simplify=True) == X.col_join(k.T).rank(simplify=True)


def assert_proved(m: MixedModel, found: Estimability) -> None:
    """The combination gives k, or the change shows in k'β and in no mean."""
    X, k = m.X.explicit(), found.coefficients
    if found.estimable:
        assert found.combination is not None
        assert (X.T * found.combination - k).applyfunc(sympy.cancel).is_zero_matrix
        assert "is estimable: it is" in found.because
    else:
        assert found.change is not None
        assert (X * found.change).expand().is_zero_matrix
        assert sympy.expand((k.T * found.change)[0, 0]) != 0
        assert "is not estimable" in found.because and "changes no mean E(y)" in found.because


@pytest.mark.parametrize("name", MAKERS)
@settings(max_examples=20, deadline=None)
@given(drawn=st.data())
def test_estimable_is_what_lies_in_the_row_space(name: str, drawn: st.DataObject) -> None:
    m = made(name)
    p = int(m.p)
    k = drawn.draw(st.lists(st.integers(-2, 2), min_size=p, max_size=p))
    found = m.estimable(k)
    assert bool(found) == in_row_space(m, sympy.Matrix(k))
    assert_proved(m, found)


@pytest.mark.parametrize("name", [name for name in MAKERS if name != "letters as covariate"])
@settings(max_examples=20, deadline=None)
@given(drawn=st.data())
def test_sums_of_means_are_estimable(name: str, drawn: st.DataObject) -> None:
    m = made(name)
    n = int(m.n)
    a = drawn.draw(st.lists(st.integers(-2, 2), min_size=n, max_size=n))
    found = m.estimable(list((m.X.explicit().T * sympy.Matrix(a)).flat()))
    assert found
    assert_proved(m, found)


@pytest.mark.parametrize(
    ("name", "text", "told"),
    [
        ("rcbd", "tau_1 - tau_2", "τ_1 − τ_2 is estimable: it is E(y_11 − y_21)."),
        ("rcbd", "mu + tau_1", "μ + τ_1 is estimable: it is E(y_11)."),
        (
            "rcbd",
            "tau_1",
            "τ_1 is not estimable: adding 1 to μ and subtracting 1 from every τ_i changes no mean E(y), but changes "
            "τ_1 by −1.",
        ),
        (
            "rcbd, blocks fixed",
            "mu + tau_1",
            "μ + τ_1 is not estimable: adding 1 to μ and subtracting 1 from every ρ_j changes no mean E(y), but "
            "changes μ + τ_1 by 1.",
        ),
        (
            "split plot",
            "tau_1 - tau_2",
            "τ_1 − τ_2 is not estimable: adding 1 to τ_1 and subtracting 1 from every (τα)_1j changes "
            "no mean E(y), but changes τ_1 − τ_2 by 1.",
        ),
        (
            "missing cell",
            "beta_4",
            "β_4 is not estimable: adding 1 to β_0 (Intercept) and subtracting 1 from β_4 (bu) and β_5 (bv) changes no "
            "mean E(y), but changes β_4 by −1.",
        ),
        ("letters as covariate", "mu + tau_1 + beta x_1", "μ + τ_1 + β x_1 is estimable: it is E(y_11)."),
    ],
)
def test_the_reason_is_told_in_the_words_of_the_model(name: str, text: str, told: str) -> None:
    found = made(name).estimable(text)
    assert found.because == told and str(found) == told
    assert_proved(made(name), found)


def test_an_interaction_contrast_is_a_difference_of_differences() -> None:
    m = tutor.split_plot(2, 2, 2)
    k = r"(\tau\alpha)_{11} - (\tau\alpha)_{12} - (\tau\alpha)_{21} + (\tau\alpha)_{22}"
    assert "E(y_111 − y_121 − y_211 + y_221)" in m.estimable(k).because


def test_coefficients_and_trees_say_the_same_as_text() -> None:
    m = made("rcbd")
    same = [m.estimable("tau_1 - tau_2"), m.estimable([0, 1, -1, 0]), m.estimable(sympy.Matrix([0, 1, -1, 0]))]
    assert len({found.because for found in same}) == 1
    assert m.estimable([0, 0.5, -0.5, 0]).because.startswith("(τ_1 − τ_2)/2 is estimable")


@pytest.mark.parametrize(
    ("what", "error", "match"),
    [
        ("tau_1^2", TutorError, "no sum of the fixed effects"),
        ("y_11", TutorError, "no sum of the fixed effects"),
        ("sigma^2", TutorError, "no sum of the fixed effects"),
        ("y", TutorError, "more than one function"),
        ("E(y) = X beta", TutorError, "no function"),
        ("k", ReadError, "no name"),
        ([1, 2], TutorError, "Expected 4 coefficients"),
        (["a", 0, 0, 0], TutorError, "coefficient 1"),
        (None, TutorError, "Expected 4 coefficients"),
    ],
)
def test_what_is_no_function_of_fixed_effects_is_refused(what: Any, error: type[Exception], match: str) -> None:
    with pytest.raises(error, match=match):
        made("rcbd").estimable(what)


LETTERS: dict[str, tuple[Callable[[], MixedModel], Callable[[], MixedModel]]] = {
    "rcbd": (lambda: tutor.rcbd("t", "b"), lambda: tutor.rcbd(5, 4)),
    "rcbd, blocks fixed": (lambda: tutor.rcbd("t", "b", "fixed"), lambda: tutor.rcbd(5, 4, "fixed")),
    "split plot": (lambda: tutor.split_plot("a", "s", "r"), lambda: tutor.split_plot(4, 5, 2)),
    "strip plot": (lambda: tutor.strip_plot("a", "c", "b"), lambda: tutor.strip_plot(4, 3, 2)),
    "number of blocks known": (lambda: tutor.rcbd("t", 3), lambda: tutor.rcbd(6, 3)),
}
"""A design with letters for its sizes, and the same with numbers."""


@pytest.mark.parametrize("name", LETTERS)
@pytest.mark.parametrize("text", ["tau_1", "tau_1 - tau_2", "tau_1 - tau_3", "mu + tau_2", "mu"])
def test_what_is_estimable_in_a_balanced_design_does_not_depend_on_its_sizes(name: str, text: str) -> None:
    letters, numbers = (make() for make in LETTERS[name])
    assert letters.estimable(text).because == numbers.estimable(text).because


NESTED = "y_ijk = mu + tau_i + alpha_j(i) + e_ijk"
OF_LEVEL = "y_ij = mu + tau_i + beta x_i + e_ij"

TOLD_OF_LETTERS: dict[str, tuple[Callable[[], MixedModel], Callable[[], MixedModel], dict[str, str]]] = {
    "regression": (
        lambda: tutor.regression("n"),
        lambda: tutor.regression(7),
        {
            "beta_1": "β_1 is estimable: it is E(y_1/(x_1 − x_2) − y_2/(x_1 − x_2)), where x_1 ≠ x_2.",
            "beta_0 + 3 beta_1": "",
        },
    ),
    "ancova": (
        lambda: tutor.ancova("t", "r"),
        lambda: tutor.ancova(4, 3),
        {
            "beta": "β is estimable: it is E(y_11/(x_11 − x_12) − y_12/(x_11 − x_12)), where x_11 ≠ x_12.",
            "tau_1": "",
            "tau_1 - tau_2": "",
            "mu + tau_2": "",
            "mu": "",
        },
    ),
    "ancova in blocks": (
        lambda: tutor.ancova("t", "b", "fixed"),
        lambda: tutor.ancova(4, 3, "fixed"),
        {
            "mu + tau_1": "",
            "tau_1 - tau_2": "",
        },
    ),
    "lines": (lambda: tutor.random_intercepts("g", "n"), lambda: tutor.random_intercepts(3, 4), {"beta_1": ""}),
    "slopes": (lambda: tutor.random_slopes("g", "n"), lambda: tutor.random_slopes(3, 4), {"beta_0": ""}),
    "lines with values": (
        lambda: tutor.random_slopes("g", [1, 2, 4]),
        lambda: tutor.random_slopes(3, [1, 2, 4]),
        {"beta_1": "β_1 is estimable: it is E(y_21 − y_11).", "beta_0 + 3 beta_1": ""},
    ),
    "lines at one value": (
        lambda: tutor.random_intercepts("g", [2, 2]),
        lambda: tutor.random_intercepts(3, [2, 2]),
        {
            "beta_1": "β_1 is not estimable: adding 2 to β_0 and subtracting 1 from β_1 changes no mean E(y), but "
            "changes β_1 by −1.",
            "beta_0 + 2 beta_1": "",
        },
    ),
    "nested treatments": (
        lambda: tutor.from_equation(NESTED, {"i": "a", "j": "b", "k": "n"}),
        lambda: tutor.from_equation(NESTED, {"i": 4, "j": 3, "k": 2}),
        {
            "tau_1 - tau_2": "τ_1 − τ_2 is not estimable: adding 1 to τ_1 and subtracting 1 from every α_j(1) changes "
            "no mean E(y), but changes τ_1 − τ_2 by 1.",
            r"\alpha_{1(1)} - \alpha_{2(1)}": "α_11 − α_21 is estimable: it is E(y_111 − y_121).",
            r"\mu + \tau_2 + \alpha_{1(2)}": "",
            "tau_1": "",
        },
    ),
    "a covariate of the treatments": (
        lambda: tutor.from_equation(OF_LEVEL, {"i": "t", "j": "r"}),
        lambda: tutor.from_equation(OF_LEVEL, {"i": 5, "j": 3}),
        {
            "tau_1 - tau_2": "τ_1 − τ_2 is not estimable: adding x_i to every τ_i and subtracting 1 from β changes no "
            "mean E(y), but changes τ_1 − τ_2 by x_1 − x_2.",
            "beta": "",
            "mu + tau_1": "",
        },
    ),
    "samples of plots": (
        lambda: tutor.rcbd("t", "b", samples="s"),
        lambda: tutor.rcbd(4, 3, samples=2),
        {
            "tau_1": "",
            "tau_1 - tau_2": "",
            "mu + tau_1": "",
        },
    ),
    "unequal replicates": (lambda: tutor.crd("t", "r_i"), lambda: tutor.crd(3, 4), {"tau_1": "", "mu": ""}),
    "nested samples": (lambda: tutor.nested("a", "b", "n_ij"), lambda: tutor.nested(reps=[[2, 3], [4]]), {"mu": ""}),
}
"""A design with letters, the same with numbers, and what is told of functions: the same of both, or also this."""


@pytest.mark.parametrize("name", TOLD_OF_LETTERS)
def test_letters_are_told_what_numbers_are(name: str) -> None:
    letters, numbers, told = TOLD_OF_LETTERS[name]
    for text, expected in told.items():
        found, of_numbers = letters().estimable(text), numbers().estimable(text)
        assert found.because == of_numbers.because, text
        assert_proved(numbers(), of_numbers)
        if expected:
            assert found.because == expected


@pytest.mark.parametrize("text", ["tau_1", "mu", "tau_1 - tau_2", "tau_1 + tau_2 - 2 tau_3", "mu + tau_2"])
@pytest.mark.parametrize("name", ["Latin square", "incomplete blocks"])
def test_treatments_that_stand_in_rows_unknown_are_told_by_their_levels(name: str, text: str) -> None:
    square = name == "Latin square"
    letters = tutor.latin_square("t") if square else tutor.bibd("t", "b", "k")
    numbers = tutor.latin_square(4) if square else tutor.bibd(4, 6, 2)
    found, of_numbers = letters.estimable(text), numbers.estimable(text)
    assert bool(found) == bool(of_numbers)
    assert found or found.because == of_numbers.because
    if text == "tau_1 - tau_2":
        y, index = ("E(y_ijk)", "k") if square else ("E(y_ij)", "i")
        assert found.because.endswith(f"it is {y} where {index} is 1 less {y} where {index} is 2.")


def test_pairs_of_treatments_of_orthogonal_squares_each_have_a_row() -> None:
    assert tutor.graeco_latin("t").estimable("tau_1 - tau_2")
    assert tutor.graeco_latin(5).estimable("tau_1 - tau_2")


def test_an_interaction_is_told_for_any_number_of_levels() -> None:
    m = tutor.split_plot("a", "s", "r")
    assert "subtracting 1 from every (τα)_1j" in m.estimable("tau_1 - tau_2").because
    k = r"(\tau\alpha)_{11} - (\tau\alpha)_{12} - (\tau\alpha)_{21} + (\tau\alpha)_{22}"
    assert m.estimable(k).because == tutor.split_plot(3, 4, 2).estimable(k).because


@pytest.mark.parametrize(
    ("model", "what"),
    [
        (lambda: tutor.rcbd("t", "b"), [0, 1, -1]),
        (lambda: tutor.from_equation("y_ij = mu + tau_i + rho_j + e_ij", {"i": "t", "j": "b"}), [0, 1, -1]),
        (lambda: tutor.crossover("n", "t", carryover=True), [0, 1, -1]),
    ],
    ids=["a list of coefficients", "a list for an equation", "a list beside a carry-over"],
)
def test_other_letters_for_sizes_need_numbers(model: Callable[[], MixedModel], what: Any) -> None:
    with pytest.raises(SizeError, match="numbers"):
        model().estimable(what)


def test_a_name_that_no_number_of_levels_brings_is_no_name() -> None:
    with pytest.raises(ReadError, match="no name"):
        tutor.rcbd("t", "b").estimable("rubbish")


def test_indices_of_two_digits_are_told_apart() -> None:
    told = tutor.split_plot(2, 12, 2).estimable("alpha_10 - alpha_11").because
    assert "(τα)_{1,10} and (τα)_{2,10}" in told


@pytest.mark.parametrize("dialect", ["unicode", "latex", "markdown"])
def test_the_reason_is_written_in_each_dialect(dialect: Any) -> None:
    assert "estimable" in tutor.write(made("rcbd").estimable("tau_1"), dialect)
