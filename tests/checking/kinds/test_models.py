"""Whole models: other letters, another order, other forms are right; what is missing or confused is named."""

from __future__ import annotations

from random import Random
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import tutor
from tests.models.design_case import Case
from tests.models.designs import CASES
from tutor import (
    MixedModel,
    check,
    crd,
    crossed,
    nested,
    one_way,
    random_slopes,
    rcbd,
    read,
    repeated_measures,
    split_plot,
)
from tutor.checking.judge import written

R = rcbd(3, 4)
S = split_plot(2, 3, 4)
N = nested(3, 2, 2)
C = crossed(2, 3, 2)
RS = tutor.random_slopes(3, [1, 2, 3])
AR = repeated_measures(3, 4, 2)
FIXED = rcbd(3, 4, blocks_are="fixed")

EQUATION = "y_ij = μ + τ_i + u_j + ε_ij"
D = ", u_j ~ N(0, σ²_u), ε_ij ~ N(0, σ²)"
PLOTS = "y_ijk = μ + τ_i + α_j + (τα)_ij + u_k + v_i(k) + ε_ijk"
STRATA = ", u_k ~ N(0, σ²_u), v_i(k) ~ N(0, σ²_v), ε_ijk ~ N(0, σ²)"
SLOPES = "y_ij = β_0 + β_1 x_i + u_0j + u_1j x_i + ε_ij, ε_ij ~ N(0, σ²)"

RIGHT = [
    (R, EQUATION + D),
    (R, "y_kl = μ + τ_k + u_l + ε_kl, u_l ~ N(0, σ²_u), ε_kl ~ N(0, σ²)"),
    (R, "y_ji = μ + τ_j + u_i + ε_ji, u_i ~ N(0, σ²_u), ε_ji ~ N(0, σ²)"),
    (R, "y_ij = u_j + τ_i + μ + ε_ij" + D),
    (R, "y_ij = μ + t_i + b_j + e_ij; b_j ~ N(0, σ²_b); e_ij ~ N(0, σ²_e)"),
    (R, "Y_ij = μ + α_i + γ_j + e_ij where γ_j ~ N(0, σ²_γ) and e_ij ~ N(0, σ²)"),
    (R, "y_ij = β_0 + τ_i + u_j + ε_ij" + D),
    (R, "y_ij = μ + τ_i + u_j + ε_ij, i = 1, 2, 3, j = 1, …, 4" + D),
    (R, "y_ij = μ + τ_i + u_j + ε_ij, i = 1, …, t, j = 1, …, b" + D),
    (R, "y_ij = μ + τ_i + u_j + ε_ij, u ~ N(0, σ²_u I), ε ~ N(0, σ² I)"),
    (R, "y_ij | u_j ~ N(μ + τ_i + u_j, σ²), u_j ~ N(0, σ²_u)"),
    (R, r"y_{ij} = \mu + \tau_i + u_j + \varepsilon_{ij}, \quad u_j \overset{iid}{\sim} N(0, \sigma_u^2), \quad "
        r"\varepsilon_{ij} \sim N(0, \sigma^2)"),
    (R, "y_ij = η_ij + ε_ij, η_ij = μ + τ_i + u_j" + D),
    (R, "y_ij = μ_i + u_j + ε_ij" + D),
    (RS, SLOPES.replace("x_i ", "x_ij ") + ", [u_0j; u_1j] ~ N([0; 0], Σ)"),
    (R, "y = Xβ + Zu + ε, u ~ N(0, G), ε ~ N(0, R)"),
    (R, "y = Zu + Xβ + e, e ~ N(0, R), u ~ N(0, G), Cov(u, e) = 0"),
    (R, "y = Xβ + Zu + ε, u ~ N(0, σ_u² I), ε ~ N(0, σ² I)"),
    (R, "y ~ N(Xβ, V)"),
    (R, "y ~ N(Xβ, ZGZ' + R), G = σ²_u I, R = σ² I"),
    (R, "y|u ~ N(Xβ + Zu, R), u ~ N(0, G)"),
    (FIXED, "y_ij = μ + τ_i + β_j + ε_ij, ε_ij ~ N(0, σ²)"),
    (S, PLOTS + STRATA),
    (S, "y_ijk = μ + τ_i + α_j + (τα)_ij + u_k + v_ik + ε_ijk, u_k ~ N(0, σ²_u), v_ik ~ N(0, σ²_v), ε_ijk ~ N(0, σ²)"),
    (S, "y_ijk = μ + a_i + b_j + (ab)_ij + r_k + w_ik + e_ijk, r_k ~ N(0, σ²_r), w_ik ~ N(0, σ²_w), e_ijk ~ N(0, σ²)"),
    (S, "y_ijk = μ + α_i + β_j + (αβ)_ij + r_k + w_ik + e_ijk, r_k ~ N(0, σ²_r), w_ik ~ N(0, σ²_w), e_ijk ~ N(0, σ²)"),
    (R, "y_ij = mu + tau_i + rho_j + e_ij, rho_j ~ N(0, sigma_rho^2), e_ij ~ N(0, sigma^2)"),
    (S,
     "y_lmn = μ + τ_l + α_m + (τα)_lm + u_n + v_l(n) + ε_lmn, u_n ~ N(0, σ²_u), v_l(n) ~ N(0, σ²_v), ε_lmn ~ N(0, σ²)"),
    (R, "y_ij = μ + τ_i - u_j - ε_ij" + D),  # −u_j is distributed as u_j
    (N, "y_ijk = μ + u_i + v_ij + ε_ijk, u_i ~ N(0, σ²_u), v_ij ~ N(0, σ²_v), ε_ijk ~ N(0, σ²)"),
    (RS, SLOPES + ", (u_0j, u_1j)' ~ N(0, Σ_u), Σ_u = [[σ²_u0, σ_u01], [σ_u01, σ²_u1]]"),
    (RS, "y_ij = β_0 + u_0j + (β_1 + u_1j) x_i + ε_ij, ε_ij ~ N(0, σ²), "
         "(u_0j, u_1j)' ~ N(0, [[σ²_u0, σ_u01], [σ_u01, σ²_u1]])"),
]  # fmt: skip

WRONG = [
    (R, EQUATION, "missing-distribution", ["the distribution of u_j", "the distribution of ε_ij"]),
    (R, EQUATION + ", u_j ~ N(0, σ²_u)", "missing-distribution", ["the distribution of ε_ij"]),
    (R, EQUATION + ", τ_i ~ N(0, σ²_τ), ε_ij ~ N(0, σ²)", "fixed-random-confused",
     ["the term τ_i", "the distribution of u_j"]),
    (R, "y_ij = μ + τ_i + ρ_j + ε_ij, ε_ij ~ N(0, σ²)", "fixed-random-confused", ["the distribution of ρ_j"]),
    (R, "y_ij = μ + τ_i + ρ_j + ε_ij", "missing-distribution", ["the distribution of ρ_j", "the distribution of ε_ij"]),
    (RS, "y_ij = β_0 + β_1 x_i + u_0j + ε_ij, u_0j ~ N(0, σ²_u0), ε_ij ~ N(0, σ²)", "missing-random",
     ["a random effect"]),
    (R, EQUATION + D + ", τ_i ~ N(0, σ²_τ)", "fixed-random-confused", ["the term τ_i"]),
    (R, "y_ij = τ_i + u_j + ε_ij" + D, "missing-intercept", ["the intercept"]),
    (R, "y_ij = μ + τ_i + ε_ij, ε_ij ~ N(0, σ²)", "missing-random", ["a random effect"]),
    (R, "y_ij = μ + τ_i + u_j" + D, "missing-residual", ["the residual"]),
    (R, "y_ij = μ + u_j + ε_ij" + D, "missing-term", ["a fixed effect"]),
    (R, "y_ij = μ + τ_i + u_i + ε_ij, u_i ~ N(0, σ²_u), ε_ij ~ N(0, σ²)", "wrong-index", ["the term u_i"]),
    (R, "y_kl = μ + τ_k + u_j + ε_kl, u_j ~ N(0, σ²_u), ε_kl ~ N(0, σ²)", "wrong-index", ["the term u_j"]),
    (R, "y_ij = μ + τ_i + u_ij + ε_ij, u_ij ~ N(0, σ²_u), ε_ij ~ N(0, σ²)", "wrong-index", ["the term u_ij"]),
    (R, "y_ij = μ + τ_i + u_j + (τu)_ij + ε_ij" + D, "extra-term", ["the term (τu)_ij"]),
    (R, EQUATION + ", u_j ~ N(0, σ_u), ε_ij ~ N(0, σ)", "sd-for-variance",
     ["the distribution of u_j", "the distribution of ε_ij"]),
    (R, EQUATION + ", u_j ~ N(0, σ²), ε_ij ~ N(0, σ²_u)", "components-swapped",
     ["the distribution of u_j", "the distribution of ε_ij"]),
    (R, EQUATION + ", u_j ~ N(0, σ²), ε_ij ~ N(0, σ²)", "components-swapped", ["the distribution of u_j"]),
    (R, EQUATION + ", u_j ~ N(0, σ²_b), ε_ij ~ N(0, σ²_b)", "wrong-index", ["the distribution of ε_ij"]),
    (R, EQUATION + ", u_j ~ N(μ, σ²_u), ε_ij ~ N(0, σ²)", "mean-not-zero", ["the distribution of u_j"]),
    (R, EQUATION + ", u_j ~ N(σ²_u, 0), ε_ij ~ N(0, σ²)", "mean-variance-swapped", ["the distribution of u_j"]),
    (R, EQUATION + ", u_j ~ (0, σ²_u), ε_ij ~ N(0, σ²)", "missing-family", ["the distribution of u_j"]),
    (R, EQUATION + ", i = 1, …, 4, j = 1, 2, 3" + D, "wrong-range", ["the range of i", "the range of j"]),
    (R, "y_ij = μ - τ_i + u_j + ε_ij" + D, "sign", ["the term τ_i"]),
    (RS, "y_ij = β_0 + β_1 x_i - u_0j + u_1j x_i + ε_ij, (u_0j, u_1j)' ~ N(0, [[σ²_u0, σ_u01], [σ_u01, σ²_u1]]), "
         "ε_ij ~ N(0, σ²)", "sign", ["the term u_0j"]),
    (R, "y_ij = μ + 2τ_i + u_j + ε_ij" + D, "extra-factor", ["the term τ_i"]),
    (R, EQUATION + ", Var(u_j) = σ²_u, Var(ε_ij) = σ²", "missing-family", None),
    (R, "y_i = μ + τ_i + u_i + ε_i, u_i ~ N(0, σ²_u), ε_i ~ N(0, σ²)", "wrong-index", None),
    (R, "y_ij ~ N(μ + τ_i, σ²)", "missing-random", ["a random effect"]),
    (R, "y = Xβ + Zu + ε", "missing-distribution", ["the distribution of u", "the distribution of ε"]),
    (R, "y = Xβ + ε, ε ~ N(0, R)", "missing-random", None),
    (R, "y = Xβ + Zu, u ~ N(0, G)", "missing-residual", None),
    (R, "y = Xβ + Zu + ε, u ~ N(0, R), ε ~ N(0, G)", "wrong-size", ["the variance of u", "the variance of ε"]),
    (R, "y ~ N(Xβ, R)", "missing-random", ["the variance"]),
    (FIXED, "y_ij = μ + τ_i + ρ_j + ε_ij, ρ_j ~ N(0, σ²_ρ), ε_ij ~ N(0, σ²)",
     "fixed-random-confused", ["the term ρ_j"]),
    (S, PLOTS.replace(" + v_i(k)", "") + STRATA.replace("v_i(k) ~ N(0, σ²_v), ", ""),
     "missing-random", ["a random effect"]),
    (S, (PLOTS + STRATA).replace("v_i(k)", "v_j(k)"), "wrong-index", None),
    (S, (PLOTS + STRATA).replace("v_i(k)", "v_i"), "wrong-index", None),
    (S, PLOTS.replace(" + (τα)_ij", "") + STRATA, "missing-term", ["a fixed effect"]),
    (S, (PLOTS + STRATA).replace("σ²_u", "σ²_w").replace("σ²_v", "σ²_u"), "components-swapped", None),
    (N, "y_ijk = μ + u_i + v_j + ε_ijk, u_i ~ N(0, σ²_u), v_j ~ N(0, σ²_v), ε_ijk ~ N(0, σ²)",
     "wrong-index", ["the term v_j"]),
    (RS, SLOPES + ", u_0j ~ N(0, σ²_u0), u_1j ~ N(0, σ²_u1)", "covariance-missing", None),
    (AR, "y_ijk = μ + τ_i + α_j + (τα)_ij + ε_ijk, ε_ijk ~ N(0, σ²)", "wrong-structure", None),
    (RS, SLOPES.replace("u_0j", "u_1j") + ", (u_0j, u_1j)' ~ N(0, Σ_u), ε_ij ~ N(0, σ²)", "wrong-index",
     ["the term u_1j x_i"]),
    (RS, SLOPES.replace("β_1", "β_0") + ", (u_0j, u_1j)' ~ N(0, Σ_u), ε_ij ~ N(0, σ²)", "wrong-index",
     ["the term β_0 x_i"]),
    (R, EQUATION + ", u_j ~ N(0, s_u), ε_ij ~ N(0, s²)", "sd-for-variance", ["the distribution of u_j"]),
    (R, EQUATION + ", u_j ~ N(0, s_u²), ε_ij ~ N(0, s)", "sd-for-variance", ["the distribution of ε_ij"]),
]  # fmt: skip


@pytest.mark.parametrize(("model", "answer"), RIGHT)
def test_a_model_is_right_in_other_letters_and_forms(model: MixedModel, answer: str) -> None:
    verdict = check(answer, model)
    assert (verdict.outcome, verdict.score) == ("correct", 1.0), verdict.feedback


@pytest.mark.parametrize(("model", "answer", "key", "places"), WRONG)
def test_what_is_wrong_with_a_model_is_named(
    model: MixedModel, answer: str, key: str, places: list[str] | None
) -> None:
    verdict = check(answer, model)
    assert (verdict.outcome, verdict.misconception) == ("incorrect", key), verdict.feedback
    if places is not None:
        assert [place.name for place in verdict.where] == places
    assert 0 < verdict.score < 1
    assert "?" in verdict.feedback
    example = verdict.counterexample
    if example is None:  # nothing that was said has another value: a distribution or its family is what is missing
        assert any("distribution" in place.name or "variance" in place.name for place in verdict.where)
        assert "missing" in key or "has no distribution here" in verdict.feedback
    else:
        assert example.answer != example.reference and example.quantity


@pytest.mark.parametrize(
    ("model", "answer", "example"),
    [
        (R, "y_ij = μ + τ_i + ε_ij, ε_ij ~ N(0, σ²)", ("Var(y_11)", {"σ²": "1", "σ²_u": "4"}, "1", "5")),
        (R, EQUATION + ", u_j ~ N(0, σ²), ε_ij ~ N(0, σ²_u)",
         ("Cov(y_11, y_21)", {"σ²": "1", "σ²_u": "4"}, "1", "4")),
        (R, "y_ij = μ + τ_j + u_j + ε_ij" + D, ("E(y_12)", {"μ": "3", "τ_1": "7", "τ_2": "8"}, "11", "10")),
        (R, EQUATION + ", u_j ~ N(0, σ²_b), ε_ij ~ N(0, σ²_b)",
         ("Var(y_11)", {"σ²": "1", "σ²_u": "4", "σ²_b": "4"}, "8", "5")),
        (N, "y_ijk = μ + u_i + v_j + ε_ijk, u_i ~ N(0, σ²_u), v_j ~ N(0, σ²_v), ε_ijk ~ N(0, σ²)",
         ("Cov(y_111, y_211)", {"σ²_v": "4"}, "4", "0")),
        (RS, SLOPES.replace("u_0j", "u_1j") + ", (u_0j, u_1j)' ~ N(0, Σ_u), ε_ij ~ N(0, σ²)",
         ("Var(y_11)", {"σ²_u0": "4", "x_1": "4", "σ_u01": "1", "σ²_u1": "16", "σ²": "1"}, "401", "269")),
        (RS, SLOPES.replace("β_1", "β_0") + ", (u_1j, u_0j)' ~ N(0, Σ_u), ε_ij ~ N(0, σ²)",
         ("E(y_11)", {"β_0": "3", "x_1": "7", "β_1": "9"}, "24", "66")),
        (R, EQUATION + ", u_j ~ N(0, s_u²), ε_ij ~ N(0, s)",
         ("Var(y_11)", {"σ²": "4", "s": "2", "σ²_u": "9", "s_u": "3"}, "11", "13")),
    ],
)  # fmt: skip
def test_a_wrong_model_is_shown_by_a_moment_of_one_or_two_observations(
    model: MixedModel, answer: str, example: tuple[str, dict[str, str], str, str]
) -> None:
    found = check(answer, model).counterexample
    assert found is not None
    assert (found.quantity, found.values, found.answer, found.reference) == example


@pytest.mark.slow
@pytest.mark.parametrize("case", CASES, ids=str)
def test_each_form_of_each_design_is_a_right_answer_to_it(case: Case) -> None:
    model = case.model
    for form in ("index", "matrix", "distribution"):
        verdict = check(str(model.equation(form, "latex")), model)
        assert verdict.correct is True, verdict.feedback
    assert check(written(model), model, form="index").score == 1


@pytest.mark.parametrize("form", ["index", "matrix", "distribution"])
def test_one_of_the_three_forms_can_be_demanded(form: str) -> None:
    answers = {
        "index": EQUATION + D,
        "matrix": "y = Xβ + Zu + ε, u ~ N(0, G), ε ~ N(0, R)",
        "distribution": "y ~ N(Xβ, V)",
    }
    for name, answer in answers.items():
        verdict = check(answer, R, form=form)
        assert verdict.correct is True
        assert verdict.form == (None if name == form else form)
        assert verdict.costs_attempt is (name == form)
    assert check(answers["index"], R, form=form, weights={"form": 1}).score == (1 if form == "index" else 0)


def test_a_model_may_be_asked_for_by_its_text() -> None:
    assert check("y_kl = μ + α_k + b_l + e_kl, b_l ~ N(0, σ²_b), e_kl ~ N(0, σ²)", EQUATION + D).correct
    assert check(EQUATION, read(EQUATION + D)).misconception == "missing-distribution"
    assert check(R, R).correct is True
    assert check(S, R).correct is False


@pytest.mark.parametrize(
    "answer", ["", "blah", "y_ij = ", "ZGZ' + R", 3, "y_ij = μ τ_i^2 + ε_ij", "a_ij = b_ij, b_ij = a_ij"]
)
def test_what_is_no_model_is_unreadable(answer: object) -> None:
    verdict = check(answer, R)
    assert (verdict.outcome, verdict.costs_attempt) == ("unreadable", False)


@settings(max_examples=60, deadline=None)
@given(st.permutations("ijklm"), st.integers(0, 10**6))
def test_indices_may_be_renamed_alike_and_terms_reordered(letters: list[str], seed: int) -> None:
    draw = Random(seed)
    i, j, k, other = letters[:4]
    terms = ["μ", f"τ_{i}", f"α_{j}", f"(τα)_{i}{j}", f"u_{k}", f"v_{i}{k}", f"ε_{i}{j}{k}"]
    lines = [f"u_{k} ~ N(0, σ²_u)", f"v_{i}{k} ~ N(0, σ²_v)", f"ε_{i}{j}{k} ~ N(0, σ²)"]
    draw.shuffle(terms)
    draw.shuffle(lines)
    answer = ", ".join([f"y_{i}{j}{k} = {' + '.join(terms)}", *lines])
    assert check(answer, S).correct is True
    broken = draw.choice([f"τ_{i}", f"α_{j}", f"(τα)_{i}{j}", f"u_{k}"])
    renamed = broken[:-1] + other
    verdict = check(answer.replace(broken, renamed, 1), S)
    assert verdict.correct is False
    assert "wrong-index" in (verdict.misconception or "")


@settings(max_examples=40, deadline=None)
@given(st.integers(0, 10**6))
def test_a_model_without_one_of_its_terms_or_lines_is_wrong(seed: int) -> None:
    draw = Random(seed)
    model = draw.choice([R, S, N, C, FIXED, crd(3, 2)])
    equation, *lines = str(model.equation("index")).split("\n")
    left, _, right = equation.partition(",        ")[0].partition(" = ")
    terms = right.split(" + ")
    statements = [part for line in lines for part in line.split(",  ") if "~" in part]
    gone = draw.randrange(len(terms) + len(statements))
    kept = [term for place, term in enumerate(terms) if place != gone]
    told = [part for place, part in enumerate(statements) if place + len(terms) != gone]
    assert check(", ".join([f"{left} = {' + '.join(terms)}", *statements]), model).correct is True
    assert check(", ".join([f"{left} = {' + '.join(kept)}", *told]), model).correct is False


@pytest.mark.parametrize("variance", ["u_j", "u_j²", "u", "ε_ij"])
def test_an_effect_is_no_name_of_its_variance(variance: str) -> None:
    verdict = check(f"{EQUATION}, u_j ~ N(0, {variance}), ε_ij ~ N(0, σ²)", R)
    assert (verdict.outcome, [place.name for place in verdict.where]) == ("incorrect", ["the distribution of u_j"])
    assert "is an effect, and no variance" in verdict.feedback
    for name in ("s_u²", "v_u", "ω", "σ²_b"):
        assert check(f"{EQUATION}, u_j ~ N(0, {name}), ε_ij ~ N(0, s²)", R).correct, name


@pytest.mark.parametrize("sizes", [("a", "n"), (4, 3)])
@pytest.mark.parametrize("answer", ["y ~ N(1μ, σ_u² ZZ' + σ² I)", "y = 1μ + Zu + ε, u ~ N(0, σ_u² I), ε ~ N(0, σ² I)"])
def test_a_model_with_one_mean_is_told_by_it(sizes: tuple[Any, Any], answer: str) -> None:
    assert check(answer, one_way(*sizes)).correct is True
    assert check(answer.replace("1μ", "2μ1").replace("σ_u²", "σ_u"), one_way(*sizes)).correct is not True


def test_the_cells_of_a_variance_may_have_blanks_between_them() -> None:
    told = "y_ij = β_0 + β_1 x_i + u_0j + u_1j x_i + ε_ij, (u_0j, u_1j)' ~ N(0, [σ_u0² {}; {} σ_u1²]), ε_ij ~ N(0, σ²)"
    m = random_slopes(3, [0, 1, 2])
    assert check(told.format("σ_u01", "σ_u01"), m).correct is True
    assert check(told.format("0", "0"), m).correct is False
