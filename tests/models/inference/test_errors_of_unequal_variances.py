"""Standard errors where each level of an index has a variance of its own and other sizes are letters: against
k'(X'V⁻¹X)⁻k of designs with numbers, exactly."""

from __future__ import annotations

from itertools import product
from typing import Any

import pytest

import tutor
from tests.models.inference.exact_errors import assert_error_holds, at, direct, parameters_of
from tutor.errors import TutorError
from tutor.models.inference.asked_means import differences_of, means_of
from tutor.models.mixed import MixedModel
from tutor.notation.write import unicode

BLOCKS = "y_ij = mu + tau_i + b_j + ε_ij, i = 1,…,{}, j = 1,…,3, ε_ij ~ N(0, σ^2_j)"
TRIALS = "y_ijk = mu + tau_i + l_j + {} + ε_ijk, i = 1,…,{{}}, j = 1,…,3, k = 1,…,{{}}, ε_ijk ~ N(0, σ^2_j)"
CASES: dict[str, tuple[str, list[str], str]] = {
    "fixed blocks": (BLOCKS, ["tau", "b"], "t"),
    "random blocks": (BLOCKS + ", b_j ~ N(0, σ^2_b)", ["tau"], "t"),
    "groups": ("y_ij = mu + tau_j + ε_ij, i = 1,…,{}, j = 1,…,3, ε_ij ~ N(0, σ^2_j)", ["tau"], "r"),
    "fixed environments": (TRIALS.format("(tau l)_ij") + "", ["tau", "l", "(tau l)"], "tr"),
    "without interaction": (TRIALS.format("b_jk") + ", b_jk ~ N(0, σ^2_b)", ["tau", "l"], "tr"),
    "random interaction": (TRIALS.format("v_ij + b_jk") + ", b_jk ~ N(0, σ^2_b), v_ij ~ N(0, σ^2_v)", ["tau", "l"],
                           "tr"),
    "random environments": (TRIALS.format("v_ij") + ", l_j ~ N(0, σ^2_l), v_ij ~ N(0, σ^2_v)", ["tau"], "tr"),
}  # fmt: skip


def made(name: str, *sizes: object) -> MixedModel:
    equation, fixed, letters = CASES[name]
    return tutor.from_equation(equation.format(*(sizes or letters)), fixed=fixed)


@pytest.mark.parametrize("name", CASES)
def test_means_and_differences_have_the_variance_of_every_size(name: str) -> None:
    of_letters, sizes = made(name), {"t": 4, "r": 2}
    m = made(name, *(sizes[letter] for letter in CASES[name][2]))
    values = {**parameters_of(m), **sizes}
    factors = dict.fromkeys(name for term in m.fixed for name in term.variables)
    for effect, others in product(factors, ((), *factors)):
        if effect == others:
            continue
        for found, functions in (
            (of_letters.se_means(effect, others), means_of(m, effect, others)),
            (of_letters.se_differences(effect, others), differences_of(m, effect, others)),
        ):
            expected = {k: direct(m, k) for k in functions.values()}  # some levels are those of one function
            variances = [at(kind.error, values) for kind in found.kinds]
            assert set(variances) == set(expected.values())
            k = next(k for k, value in expected.items() if value == variances[-1])
            assert_error_holds(found.kinds[-1].error, of_letters, m, values, [k])
            if len(variances) > 1:
                counted = [at_number(kind.number, sizes) for kind in found.kinds]
                assert counted == [[*expected.values()].count(value) for value in variances]


def at_number(number: Any, sizes: dict[str, int]) -> int:
    return int(number.subs({letter: sizes[str(letter)] for letter in number.free_symbols}))


def test_a_difference_weighs_the_blocks_by_their_variances() -> None:
    m = made("fixed blocks")
    for found in (m.se_difference("tau"), m.se("tau_1 - tau_2")):
        assert unicode(found.tree) == "√(2/(1/σ²_1 + 1/σ²_2 + 1/σ²_3))"
    assert "weights 1/d_j are best" in unicode(m.se_difference("tau"))


def test_differences_within_environments_are_told_for_each() -> None:
    m = made("fixed environments")
    with pytest.raises(TutorError, match="each level of j has a variance of its own") as told:
        m.se_difference("tau", "j")
    assert 'm.se_differences("tau", "j")' in str(told.value)
    assert [unicode(kind.error.tree) for kind in m.se_differences("tau", "j").kinds] == [
        f"√(2σ²_{j}/r)" for j in (1, 2, 3)
    ]


def test_independent_effects_beside_unequal_variances_have_their_distribution() -> None:
    assert "b_j ~ N(0, σ²_b)" in unicode(made("random blocks"))
