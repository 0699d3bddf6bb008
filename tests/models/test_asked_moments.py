"""E, Var, Cov and correlation as they are asked of a model, and why two observations are correlated."""

from __future__ import annotations

from typing import Any

import pytest
import sympy

import tutor
from tests.exact import assert_derivation_holds
from tests.models.sized_designs import DESIGNS, of_letters, of_numbers
from tutor import check, data
from tutor.algebra.sizes import size
from tutor.errors import DomainError, NotEqualError, SizeError, TutorError, UnknownNameError
from tutor.models import catalogue as c
from tutor.notation.write import latex


def test_the_methods_give_trees_and_numbers() -> None:
    for m in (of_numbers("randomized blocks", (3, 2)), of_letters("randomized blocks")):
        assert m.E(m.y) == m.X @ m.beta
        assert m.Var(m.y) == m.V.closed_form()
        assert m.u is not None
        assert m.Cov(m.u, m.y).shape == (m.u.rows, m.n)
        assert m.Var("y_11", sigma2=1, sigma2_u=2) == 3
        assert m.Cov("y_11", "y_21", sigma2=1, sigma2_u=2) == 2
        assert m.correlation("y_11", "y_21", sigma2=1, sigma2_u=2) == pytest.approx(2 / 3)
        assert latex(m.correlation("y_11", "y_21")) == r"\frac{\sigma^2_u}{\sigma^2 + \sigma^2_u}"
    assert of_letters("randomized blocks").Var("ybar_1.", sigma2=1, sigma2_u=2, b=4) == 0.75
    found = of_numbers("randomized blocks", (3, 2)).Var("y", sigma2=1, sigma2_u=2)
    assert found.shape == (6, 6) and found[0, 0] == 3 and found[0, 1] == 2 and found[0, 3] == 0


@pytest.mark.parametrize("name", ["randomized blocks", "nested", "split plot"])
def test_what_is_given_does_not_vary(name: str) -> None:
    for m in (of_numbers(name, DESIGNS[name][2][0]), of_letters(name)):
        first, second = ("y_11", "y_21") if len(m.index.response.indices) == 2 else ("y_111", "y_112")
        sigma2 = sympy.Symbol("sigma2", positive=True)
        assert m.Var(first, given="u").value == m.Var(f"{first} | u").value == sigma2
        assert m.Cov(first, second, given="u").value == 0
        assert m.Var(m.y, given=m.u) == m.Var("y | u") == m.R.definition
        assert m.Z is not None and m.u is not None
        assert str(m.E(m.y, given="u")) == str(m.E("y | u")) == "Xβ + Zu"
        assert m.Cov(m.u, m.y, given="u").explicit().is_zero_matrix if m.n.is_Integer else True
        assert m.E(first, given="u").value - m.E(first).value != 0


@pytest.mark.parametrize(
    ("text", "told"),
    [(r"Var(\bar{y}_{1\cdot} | u)", "σ²/{b}"), ("Var(y_11 - y_21 | u)", "2σ²"), (r"E(\bar{y}_{1\cdot} | u)", None)],
)
def test_a_sum_of_elements_may_be_given_something(text: str, told: str | None) -> None:
    for m, b in ((of_numbers("randomized blocks", (3, 2)), "2"), (of_letters("randomized blocks"), "b")):
        expected = told.format(b=b) if told else {"2": "μ + τ_1 + u_1/2 + u_2/2", "b": "μ + τ_1 + ū_·"}[b]
        assert str(m.derive(text).result) == expected


def test_elements_that_are_numbered_by_rows_are_given_u_as_well() -> None:
    m = tutor.model("y ~ x + (1 | g)", {"y": [1, 2, 3, 4, 5], "x": [0, 1, 0, 1, 2], "g": list("aabbb")})
    assert str(m.Var("y_1 | u")) == "σ²" and m.Cov("y_1", "y_2", given="u").value == 0
    assert str(m.E("y_2 | u")) == "β_0 + β_1 + u_1"
    assert str(m.correlation("y_1", "y_2")) == "σ²_u/(σ² + σ²_u)" and m.correlation("y_2", "y_3").value == 0
    with pytest.raises(TutorError, match="others are not"):
        m.Cov("y_1 | u", "y_2")


WRONG_VALUES = [
    ({"sigma2": 1}, DomainError, "sigma2_u"),
    ({"sigma2": -1, "sigma2_u": 2}, DomainError, "positive"),
    ({"sigma2": 1, "sigma2_u": 2, "sigma2_w": 1}, UnknownNameError, "sigma2_w"),
    ({"sigma2": "a", "sigma2_u": 2}, DomainError, "no number"),
]


@pytest.mark.parametrize(("values", "error", "told"), WRONG_VALUES)
def test_values_are_those_of_the_parameters(values: dict[str, Any], error: type[TutorError], told: str) -> None:
    with pytest.raises(error, match=told):
        of_letters("randomized blocks").Var("y_11", **values)


def test_a_variance_that_a_covariance_does_not_have_may_be_given_and_is_looked_at() -> None:
    with pytest.raises(DomainError, match="sigma2 must be positive"):
        of_letters("randomized blocks").Cov("y_11", "y_21", sigma2=-1, sigma2_u=2)


@pytest.mark.parametrize(
    "what",
    ["__import__('os').system('x')", "", "y_11; y_12", "y_11 = 3", "y_{11", "y_11/y_21", "log(y_11)", "y_{1.5,2}", "V",
     "banana(", "y_" + "1" * 300, "y_11^3", None, 3, object()],
)  # fmt: skip
@pytest.mark.parametrize("letters", [False, True])
def test_what_is_no_linear_form_is_refused_in_words(what: Any, letters: bool) -> None:
    m = of_letters("randomized blocks") if letters else of_numbers("randomized blocks", (3, 2))
    for ask in (m.E, m.Var, lambda form: m.Cov("y_11", form), lambda form: m.correlation(form, "y_11")):
        with pytest.raises(TutorError) as refused:
            ask(what)
        assert str(refused.value).strip()


@pytest.mark.parametrize("what", ["y_99", "y_111", "y_1", "y_0"])
def test_elements_that_a_design_does_not_have_are_refused(what: str) -> None:
    with pytest.raises(TutorError, match="y_"):
        c.rcbd(3, 4).Var(what)
    with pytest.raises(TutorError, match=r"goes from 1 to 3"):
        c.rcbd(3, "b").Var("y_51")


def test_groups_of_different_sizes_have_means_of_their_own() -> None:
    m = c.one_way("a", "n_i")
    assert str(m.Var("ybar_1.")) == "(σ² + n_1 σ²_u)/n_1"
    assert str(m.Var("ybar_i.")) == "(σ² + n_i σ²_u)/n_i"
    assert m.Cov("ybar_1.", "ybar_2.").value == 0
    with pytest.raises(SizeError, match="Each group has a size of its own"):
        m.Cov("ybar_..", "ybar_1.")
    numbers = c.one_way(3, [2, 3, 4])
    assert numbers.Var("ybar_1.").value == m.Var("ybar_1.").value.subs(size("n_1"), 2)


def test_incomplete_blocks_do_not_tell_which_treatments_a_block_has() -> None:
    m = c.bibd("t", "b", "k")
    assert str(m.correlation("y_11", "y_21")) == "σ²_u/(σ² + σ²_u)" and m.Cov("y_11", "y_12").value == 0
    with pytest.raises(TutorError, match="Whether treatment 1 is in block 2 is not told by letters"):
        m.Cov("ybar_1.", "ybar_.2")


def test_designs_whose_rows_are_too_many_to_list_are_answered_by_their_indices() -> None:
    m = c.rcbd(300, 100)
    assert m.y.entries is None
    assert str(m.Cov("y_{1,1}", "y_{300,1}")) == "σ²_u"
    assert str(m.Var(r"\bar{y}_{1\cdot}")) == "(σ² + σ²_u)/100"
    assert m.why_correlated("y_11", "y_21") == "y_11 and y_21 share block 1, so their covariance is σ²_u."
    with pytest.raises(TutorError, match=r"y_\{301,1\}"):
        m.Var("y_{301,1}")
    for model in (m, c.rcbd(100, 100)):
        assert check(r"\sigma^2_u", "Cov(y_{1,1}, y_{2,1})", vocabulary=model.vocabulary).correct
        assert check(r"\sigma^2", "Cov(y_{1,1}, y_{2,1})", vocabulary=model.vocabulary).outcome == "incorrect"


@pytest.mark.parametrize("spelling", ["v_{1(2)}", "v_{12}", "v_{1,2}"])
def test_a_nested_effect_is_one_however_it_is_spelled(spelling: str) -> None:
    for m in (of_letters("nested"), of_numbers("nested", (2, 3, 2))):
        assert check(rf"\mu + u_2 + {spelling}", "E(y_{211} | u)", vocabulary=m.vocabulary).correct
        assert m.Cov(spelling, "y_211").value == sympy.Symbol("sigma2_v", positive=True)
        assert m.Cov(spelling, "y_121").value == 0


WHY = [
    ("randomized blocks", "y_11", "y_21", "y_11 and y_21 share block 1, so their covariance is σ²_u."),
    ("randomized blocks", "y_11", "y_22", "y_11 and y_22 share nothing, so their covariance is 0."),
    ("randomized blocks", "y_11", "y_12", "share treatment 1 only, which is fixed, so their covariance is 0."),
    ("randomized blocks", "y_11", "y_11", "its covariance with itself is its variance, σ² + σ²_u."),
    ("randomized blocks", "y_ij", "y_i'j", "share block j, so their covariance is σ²_u."),
    ("randomized blocks", "y_ij", "y_ij'", "share treatment i only, which is fixed, so their covariance is 0."),
    ("split plot", "y_111", "y_121", "share block 1 and whole plot 1 of block 1, so their covariance is σ²_u + σ²_v."),
    ("split plot", "y_111", "y_112", "share A 1 and B 1 only, which are fixed, so"),
    ("nested", "y_111", "y_112", "share outer 1 and inner 1 of outer 1, so their covariance is σ²_u + σ²_v."),
    ("crossed", "y_111", "y_211", "share column 1, so their covariance is σ²_v."),
    ("latin square", "y_122", "y_321", "share column 2, so their covariance is σ²_c."),
    ("autoregression", "y_11", "y_31", "share subject 1 and are 2 times apart, so their covariance is σ² ρ²."),
    ("autoregression of subjects", "y_121", "y_131", "share subject 1 of treatment 1 and are 1 time apart, so"),
    (
        "lines",
        "y_11",
        "y_21",
        "share group 1, its intercept and its slope, so their covariance depends on x_1 and x_2:",
    ),
]


@pytest.mark.parametrize(("name", "one", "other", "told"), WHY)
def test_why_two_observations_are_correlated_is_told_in_the_words_of_the_design(
    name: str, one: str, other: str, told: str
) -> None:
    assert told in of_letters(name).why_correlated(one, other)
    sizes = {"autoregression of subjects": (3, 4, 2), "latin square": (3,)}.get(name, DESIGNS[name][2][-1])
    assert told in of_numbers(name, sizes).why_correlated(one, other)


def test_rows_of_data_share_the_levels_of_their_groups() -> None:
    m = tutor.model("yield ~ nitro + (1 | Block/Variety)", data.path("oats.csv"))
    assert m.why_correlated("y_1", "y_2") == (
        "y_1 and y_2 share Block I and Block:Variety I:Victory, so their covariance is σ²_u + σ²_v."
    )
    m = tutor.model("Reaction ~ Days + (Days | Subject)", data.path("sleepstudy.csv"))
    assert "share Subject 308, its intercept and its coefficient of Days" in m.why_correlated("y_1", "y_3")
    assert "at Days = 0 and 2 is σ²_u0 + 2σ_u01" in m.why_correlated("y_1", "y_3")


@pytest.mark.parametrize(
    ("one", "other"), [("y_11", "u_1"), ("ybar_1.", "y_11"), ("y_11", "y"), ("y_11 + y_12", "y_21")]
)
def test_what_is_no_pair_of_observations_has_no_such_sentence(one: str, other: str) -> None:
    with pytest.raises(TutorError, match="no two observations"):
        of_letters("randomized blocks").why_correlated(one, other)


# From one form to another


@pytest.mark.parametrize("letters", [False, True])
@pytest.mark.parametrize(
    ("start", "goal"),
    [
        ("Cov(y_11, y_21)", r"\sigma^2_u"), ("Var(y_11)", r"\sigma^2_u + \sigma^2"), ("E(y_11)", r"\mu + \tau_1"),
        ("Corr(y_11, y_21)", r"\frac{\sigma^2_u}{\sigma^2_u + \sigma^2}"), ("Var(y_11)", "Var(y_21)"),
        (r"\sigma^2 + Cov(y_11, y_21)", "Var(y_11)"), (r"Var(\bar{y}_{1\cdot})", r"Var(\bar{y}_{2\cdot})"),
    ],
)  # fmt: skip
def test_a_moment_of_elements_is_joined_to_another_form(start: str, goal: str, letters: bool) -> None:
    m = of_letters("randomized blocks") if letters else of_numbers("randomized blocks", (3, 2))
    derivation = m.derive(start, to=goal)
    assert len(derivation) > 0 and not any("does not vary" in step.because for step in derivation.steps)
    assert_derivation_holds(derivation)


@pytest.mark.parametrize("letters", [False, True])
def test_a_wrong_moment_of_elements_is_no_goal(letters: bool) -> None:
    m = of_letters("randomized blocks") if letters else of_numbers("randomized blocks", (3, 2))
    with pytest.raises(NotEqualError, match="at σ² = 1"):
        m.derive("Var(y_11)", to=r"\sigma^2_u")


def test_reasons_with_averages_are_set_in_latex() -> None:
    text = latex(of_letters("split plot").derive("Var(ybar_1.. - ybar_2..)"))
    assert r"\text{$\mu$, $\bar{\alpha}_{\cdot}$ and $\bar{u}_{\cdot}$ cancel}" in text
    assert "U+" not in text and r"\overline{(\tau\alpha)}_{1\cdot}" in text


def test_the_mean_of_a_mean_square_is_asked_for_as_that_of_y_is() -> None:
    m = c.rcbd("t", "b")
    assert str(m.E("MS_block")) == "σ² + t σ²_u" and m.E("MS_block", sigma2=1, sigma2_u=2, t=3) == 7
    assert str(m.E("MS_block")) == str(m.derive("E(MS_block)").result)
    with pytest.raises(TutorError, match="'foo' is not known"):
        m.E("MS_foo")


def test_random_effects_that_a_model_has_not_are_told_of() -> None:
    m = c.crd(3, 2)
    with pytest.raises(TutorError, match="no random effects"):
        m.Cov(m.u, m.y)  # pyright: ignore[reportArgumentType]


def test_a_prime_behind_the_last_index_tells_another_level_in_sums_and_given_y() -> None:
    m = c.rcbd("t", "b")
    assert m.Cov("u_j", "u_j'", given="y").value == 0 and m.correlation("u_j", "u_j'", given="y").value == 0
    assert str(m.Var("y_ij - y_ij'")) == "2σ² + 2σ²_u" and str(m.Var("2y_ij' - y_i'j")) == "5σ² + 5σ²_u"
    assert m.Cov("ybar_.j", "ybar_.j'").value == 0


def test_a_result_takes_every_parameter_of_its_model_and_no_other() -> None:
    m = c.rcbd(3, 4)
    given = {"sigma2": 1.0, "sigma2_u": 2.0, "tau_1": 3.0}
    assert m.Var("ybar_1. - ybar_2.").numpy(**given)[0, 0] == 0.5
    assert m.derive("Cov(y_11, y_12)").result.numpy(**given)[0, 0] == 0
    with pytest.raises(UnknownNameError, match="sigma2_v"):
        m.Var("ybar_1. - ybar_2.").numpy(**given, sigma2_v=1.0)
    with pytest.raises(DomainError, match="must be positive"):
        m.derive("Cov(y_11, y_12)").result.numpy(sigma2=-1.0)
