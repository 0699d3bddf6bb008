"""Moments of single observations and of averages by their indices: against the entries of V, at several sizes."""

from __future__ import annotations

from functools import cache
from itertools import combinations_with_replacement
from typing import Any

import pytest
import sympy
from hypothesis import given, settings
from hypothesis import strategies as st

from tests import strategies
from tests.exact import assert_derivation_holds
from tests.models.designs import CASES, Case
from tests.models.sized_designs import DESIGNS, DRAWN, Sizes, of_letters, of_numbers
from tutor.algebra.nodes import Scalar
from tutor.algebra.sizes import size
from tutor.errors import TutorError
from tutor.models.levels import DOT, key_at
from tutor.models.mixed import MixedModel
from tutor.models.observations.derive import derive_elements
from tutor.notation.read import read


@cache
def of_case(number: int) -> MixedModel:
    return CASES[number].model


def at_sizes(found: object, name: str, sizes: Sizes) -> sympy.Expr:
    """A result with numbers for the letters of sizes."""
    assert isinstance(found, Scalar)
    letters = DESIGNS[name][1]
    return found.value.subs({size(letter): number for letter, number in zip(letters, sizes, strict=True)})


def levels_of(key: str) -> tuple[int, ...]:
    """The levels below an element: y_1_12 has 1 and 12."""
    _, _, below = key.partition("_")
    return tuple(map(int, below.split("_") if "_" in below else below))


def same(left: sympy.Expr, right: Any) -> bool:
    return sympy.simplify(left - right) == 0


@pytest.mark.slow
@settings(max_examples=120, deadline=None)
@given(st.data())
def test_two_observations_of_a_design_vary_together_as_v_says(data: st.DataObject) -> None:
    m = of_case(data.draw(st.integers(0, len(CASES) - 1)))
    assert m.y.entries is not None
    i, j = (data.draw(st.integers(0, int(m.n) - 1)) for _ in range(2))
    one, other = (str(m.y.entries[place, 0]) for place in (i, j))
    V: Any = m.V.explicit()
    mean = m.mean.explicit()
    assert same(m.Cov(one, other).value, V[i, j])
    assert same(m.Var(one).value, V[i, i])
    assert same(m.E(one).value, mean[i, 0])
    correlation = m.correlation(one, other).value
    assert same(correlation**2 * V[i, i] * V[j, j], V[i, j] ** 2) and same(correlation, 1) == (i == j)


@pytest.mark.slow
@pytest.mark.parametrize("name", DESIGNS)
def test_observations_with_letters_for_sizes_vary_together_as_with_numbers(name: str) -> None:
    symbolic = of_letters(name)
    for sizes in DESIGNS[name][2]:
        m = of_numbers(name, sizes)
        assert m.y.entries is not None
        V, keys = m.V.explicit(), [str(entry) for entry in m.y.entries.flat()]
        for i, j in combinations_with_replacement(range(0, len(keys), max(1, len(keys) // 6)), 2):
            assert same(at_sizes(symbolic.Cov(keys[i], keys[j]), name, sizes), V[i, j]), (sizes, keys[i], keys[j])
            assert same(at_sizes(symbolic.E(keys[i]), name, sizes), m.mean.explicit()[i, 0]), (sizes, keys[i])


@settings(max_examples=120, deadline=None)
@given(st.sampled_from(DRAWN), st.data())
def test_averages_with_letters_for_sizes_have_the_moments_of_their_sums(
    drawn: tuple[str, Sizes], data: st.DataObject
) -> None:
    name, sizes = drawn
    m, symbolic = of_numbers(name, sizes), of_letters(name)
    assert m.y.entries is not None
    cells = [levels_of(str(entry)) for entry in m.y.entries.flat()]
    patterns = [data.draw(strategies.averaged(cells)) for _ in range(2)]
    keys = [key_at(m.index.response, pattern) for pattern in patterns]
    sums = []
    for pattern in patterns:
        own = [
            entry for entry, cell in zip(m.y.entries.flat(), cells, strict=True)
            if all(level in (DOT, index) for level, index in zip(pattern, cell, strict=True))
        ]  # fmt: skip
        sums.append(sympy.Add(*own) / len(own))
    try:
        covariance = symbolic.Cov(*(Scalar(sympy.Symbol(key, real=True)) for key in keys))
    except TutorError as refused:
        assert "square" in name and any(word in str(refused) for word in ("square", "plot")), refused
        return
    rows = [sympy.Matrix([[total.coeff(entry) for entry in m.y.entries.flat()]]) for total in sums]
    expected = (rows[0] * m.V.explicit() * rows[1].T)[0, 0]
    found = at_sizes(covariance, name, sizes)
    covariates = {s for s in found.free_symbols if str(s).startswith("xbar")}
    if covariates:
        xs = [s for s in m.X.explicit().free_symbols if str(s).startswith("x_")]
        mean = sympy.Add(*xs) / dict(zip(DESIGNS[name][1], sizes, strict=True))["n"]
        found = found.subs(dict.fromkeys(covariates, mean))
    assert same(found, expected), (keys, sizes)


STEPS = {
    "randomized blocks": [
        "E(y_11)", "Var(y_11)", "Cov(y_11, y_21)", "Cov(y_11, y_12)", "Corr(y_11, y_21)", "Corr(y_11, y_12)",
        r"Var(\bar{y}_{1\cdot} - \bar{y}_{2\cdot})", r"Var(\bar{y}_{1\cdot})", r"Cov(\bar{y}_{1\cdot}, y_{11})",
        r"E(\bar{y}_{1\cdot} - \bar{y}_{2\cdot})", "Var(2y_11 - y_21/3 + 4)", "Cov(u_1, y_11)", "Var(u_1 - u_2)",
        "Cov(y_ij, y_i'j)", "Cov(y_{ij}, y_{ij'})", "Var(y_{ij})", "E(y_11 | u)", "Var(y_11 | u)",
        r"Corr(\bar{y}_{1\cdot}, \bar{y}_{2\cdot})", "E(y_11 - μ)", "Cov(y_11, e_11)",
        "Corr(y_ij, y_i'j')", "Cov(y_11, y_21 | u)", r"Var(\bar{y}_{1\cdot} - \bar{y}_{2\cdot} | u)",
    ],
    "split plot": [
        "Cov(y_111, y_121)", "Corr(y_111, y_211)", r"Var(\bar{y}_{1\cdot\cdot} - \bar{y}_{2\cdot\cdot})",
        r"Var(\bar{y}_{11\cdot} - \bar{y}_{21\cdot})", "E(y_111 | v)", "Cov(y_111, y_121 | v)", "Var(y_111 | u)",
    ],
    "nested": ["Corr(y_111, y_112)", "Corr(y_111, y_121)", "Var(v_{1(1)})", r"Var(\bar{y}_{1\cdot\cdot})"],
    "latin square": ["Cov(y_111, y_122)", r"Cov(\bar{y}_{\cdot\cdot 1}, \bar{y}_{1\cdot\cdot})"],
    "autoregression": ["Cov(y_11, y_31)", "Corr(y_11, y_31)", "Var(y_11 - y_21)"],
    "lines": ["Cov(y_11, y_21)", "Var(y_11)", "Var(y_11 - y_21)", "E(y_11)", "Corr(y_11, y_12)"],
}  # fmt: skip


@pytest.mark.parametrize(("name", "what"), [(name, what) for name, each in STEPS.items() for what in each])
def test_each_step_holds_on_random_instances(name: str, what: str) -> None:
    assert_derivation_holds(of_letters(name).derive(what))


@pytest.mark.parametrize("what", ["Cov(y_11, y_21)", "Var(y_11)", "E(y_11)", "Var(y_11 | u)", "Corr(y_11, y_21)"])
def test_the_steps_are_the_same_for_numbers_and_for_letters(what: str) -> None:
    numbers, letters = (
        of_numbers("randomized blocks", (3, 2)).derive(what),
        of_letters("randomized blocks").derive(what),
    )
    assert str(numbers) == str(letters)
    assert_derivation_holds(numbers)


@pytest.mark.parametrize("case", CASES, ids=str)
def test_a_line_of_effects_ends_where_a_vector_of_coefficients_does(case: Case) -> None:
    m = case.model
    assert m.y.entries is not None
    first, last = m.y.entries[0, 0], m.y.entries[m.y.entries.rows - 1, 0]
    goal = read(f"Cov({first}, {last})", m.vocabulary).tree
    assert goal is not None
    found = derive_elements(m, goal)
    if found is not None:
        assert isinstance(found.result, Scalar)
        assert same(found.result.value, m.V.explicit()[0, int(m.n) - 1])
        assert_derivation_holds(found)


@pytest.mark.parametrize("name", ["completely randomized", "randomized blocks", "split plot", "nested", "crossed"])
def test_averages_of_numbers_are_derived_as_averages(name: str) -> None:
    m = of_numbers(name, DESIGNS[name][2][0])
    letters = m.index.response.indices
    for place in range(len(letters)):
        key = key_at(m.index.response, [1 if i == place else DOT for i in range(len(letters))])
        for what in (f"E({key})", f"Var({key})", f"Cov({key}, {key.replace('1', '2')})"):
            derivation = m.derive(what)
            assert "bar" not in str(derivation.result) and "ȳ" in str(derivation.goal), what
            assert_derivation_holds(derivation)


def test_the_mean_of_an_average_is_told_in_the_effects_of_the_model() -> None:
    assert str(of_numbers("randomized blocks", (3, 2)).E("ybar_.1")) == "μ + τ_1/3 + τ_2/3 + τ_3/3"
    assert str(of_letters("randomized blocks").E("ybar_.1")) == "μ + τ̄_·"
    assert of_numbers("randomized blocks", (3, 2)).E("ybar_.1", mu=1, tau_1=3, tau_2=0, tau_3=0) == 2


CLOSED = {
    # FACTS of textbooks: Searle, Casella and McCulloch (1992); Cochran and Cox (1957)
    ("randomized blocks", r"Var(\bar{y}_{1\cdot})"): "(σ² + σ²_u)/b",
    ("randomized blocks", r"Var(\bar{y}_{1\cdot} - \bar{y}_{2\cdot})"): "2σ²/b",
    ("fixed blocks", r"Var(\bar{y}_{1\cdot})"): "σ²/b",
    ("split plot", r"Var(\bar{y}_{1\cdot\cdot} - \bar{y}_{2\cdot\cdot})"): "2(σ² + s σ²_v)/(rs)",
    ("split plot", r"Var(\bar{y}_{\cdot 1\cdot} - \bar{y}_{\cdot 2\cdot})"): "2σ²/(ar)",
    ("split plot", r"Var(\bar{y}_{11\cdot} - \bar{y}_{12\cdot})"): "2σ²/r",
    ("split plot", r"Var(\bar{y}_{11\cdot} - \bar{y}_{21\cdot})"): "2(σ² + σ²_v)/r",
    ("random groups", r"Var(\bar{y}_{1\cdot})"): "(σ² + n σ²_u)/n",
    ("random groups", "Corr(y_11, y_12)"): "σ²_u/(σ² + σ²_u)",
    ("nested", "Corr(y_111, y_112)"): "(σ²_u + σ²_v)/(σ² + σ²_u + σ²_v)",
    ("nested", "Corr(y_111, y_121)"): "σ²_u/(σ² + σ²_u + σ²_v)",
    ("autoregression", "Corr(y_11, y_41)"): "ρ³",
    ("latin square", r"Var(\bar{y}_{\cdot\cdot 1} - \bar{y}_{\cdot\cdot 2})"): "2σ²/t",
    ("randomized blocks", r"E(\bar{y}_{1\cdot} - \bar{y}_{2\cdot})"): "τ_1 − τ_2",
}


@pytest.mark.parametrize(("name", "what"), CLOSED)
def test_the_formulas_of_textbooks_come_out_as_they_are_written(name: str, what: str) -> None:
    assert str(of_letters(name).derive(what).result) == CLOSED[name, what]


REFUSED = [
    ("randomized blocks", "Var(y_111)", "y_ij has 2 indices, treatment i, block j"),
    ("randomized blocks", "Var(y_1)", "y_ij has 2 indices"),
    ("randomized blocks", "Var(y_0)", "y_ij has 2 indices"),
    ("randomized blocks", "Var(y_{0,1})", "treatment i goes from 1 to t"),
    ("randomized blocks", "Var(y_{ji})", "has j in the place of treatment i"),
    ("randomized blocks", "Cov(y_{1j}, y_11)", "Whether j and 1 are the same block is not told"),
    ("randomized blocks", "E(y_11^3)", "not linear"),
    ("randomized blocks", "Var(y_11 y_21)", "not linear"),
    ("randomized blocks", "Cov(y_11, y)", "does not follow from the indices"),
    ("randomized blocks", "Var(y_11 | v)", "cannot be given"),
    ("randomized blocks", "Cov(y_11, y_21 | tau_1)", "cannot be given"),
    ("randomized blocks", "Corr(y_11, u_1 | u)", "does not vary"),
    ("randomized blocks", "Corr(y, u)", "two elements"),
    ("fixed blocks", "E(y_11 | u)", "no random effects"),
    ("latin square", "Cov(y_111, y_112)", "row 1 and column 1 meet in one plot"),
    ("latin square", r"Var(\bar{y}_{12\cdot})", "nothing to average over"),
    ("split plot", "E(y | v)", "A vector can be given u"),
]


@pytest.mark.parametrize(("name", "what", "told"), REFUSED)
def test_what_does_not_follow_is_refused_in_words(name: str, what: str, told: str) -> None:
    with pytest.raises(TutorError) as refused:
        of_letters(name).derive(what)
    assert told in str(refused.value)
