"""What m.derive answers besides moments of linear forms: matrices, estimators, quadratic forms, what is given."""

from __future__ import annotations

from functools import cache

import pytest
import sympy
from hypothesis import given, settings
from hypothesis import strategies as st

import tutor
from tests.exact import assert_derivation_holds
from tests.models.test_derivations import UNBALANCED
from tutor.algebra.nodes import Explicit
from tutor.algebra.structure.method import has_root
from tutor.errors import TutorError
from tutor.models.mixed import MixedModel

MAKERS = {
    "rcbd": lambda: tutor.rcbd(3, 2),
    "rcbd of letters": lambda: tutor.rcbd("t", "b"),
    "split plot": lambda: tutor.split_plot(2, 3, 2),
    "split plot of letters": lambda: tutor.split_plot("a", "b", "r"),
    "groups": lambda: tutor.one_way("a", "n_i"),
    "latin square": lambda: tutor.latin_square("t"),
    "slopes": lambda: tutor.random_slopes(3, [0, 1, 3]),
    "unbalanced": lambda: tutor.model("y ~ x + (1 | g)", UNBALANCED),
}


@cache
def made(name: str) -> MixedModel:
    return MAKERS[name]()


def told(name: str, what: str) -> str:
    return str(made(name).derive(what).result)


@pytest.mark.parametrize(
    "what",
    ["V", "P", "M", "X'X", "Z'Z", "X'V", "tr(V)", "tr(VV)", "tr(V^{-1})", "tr(P)", "rank(X)", "ZGZ'", "V^{-1}V",
     "Z'MZ", "tr(MV)"],
)  # fmt: skip
@pytest.mark.parametrize("name", MAKERS)
def test_each_line_to_a_closed_form_has_the_value_of_what_was_asked(name: str, what: str) -> None:
    try:
        derivation = made(name).derive(what)
    except TutorError as refused:
        assert "No other form" in str(refused)
        return
    assert derivation.steps
    assert_derivation_holds(derivation)


@pytest.mark.parametrize(
    ("name", "what", "form"),
    [
        ("rcbd of letters", "V", "I_b ⊗ (σ² I_t + σ²_u J_t)"),
        ("rcbd of letters", "M", "I_bt − (1/b) (J_b ⊗ I_t)"),
        ("rcbd of letters", "Z'Z", "t I_b"),
        ("rcbd of letters", "tr(V)", "bt (σ² + σ²_u)"),
        ("split plot of letters", "tr(V)", "abr (σ² + σ²_u + σ²_v)"),
        ("split plot of letters", "rank(X)", "ab"),
        ("groups", "Z'Z", "diag(n_1, …, n_a)"),
        ("groups", "tr(V)", "n_· (σ² + σ²_u)"),
        ("rcbd", "tr(ZZ')", "6"),
    ],
)
def test_closed_forms_are_those_of_the_lecture(name: str, what: str, form: str) -> None:
    assert told(name, what) == form


def test_products_of_data_are_listed() -> None:
    product = made("unbalanced").derive("X'X").result
    assert isinstance(product, Explicit)
    assert product.matrix == sympy.ImmutableMatrix([[5, 4], [4, 6]])


@pytest.mark.parametrize("what", ["y'V^{-1}y", "V^{-1}y", "X'V^{-1}y"])
@pytest.mark.parametrize("name", ["rcbd of letters", "split plot"])
def test_forms_in_y_are_solved_by_the_structure_of_v(name: str, what: str) -> None:
    derivation = made(name).derive(what)
    assert derivation.steps
    assert_derivation_holds(derivation)


QUADRATIC = ["E(y'y)", "E(y'My)", "E(y'V^{-1}y)", r"E((y - X\beta)'V^{-1}(y - X\beta))", "E(u'u)", "E(ε'ε)", "E(yy')",
             "Var(y'My)", "Var(y'y)", "Cov(y'Py, y'My)", "Cov(y, y'y)", "E(u'Z'My)"]  # fmt: skip


@pytest.mark.slow
@pytest.mark.parametrize("what", QUADRATIC)
@pytest.mark.parametrize("name", MAKERS)
def test_each_step_to_a_moment_of_a_quadratic_form_holds(name: str, what: str) -> None:
    derivation = made(name).derive(what)
    assert derivation.steps
    assert_derivation_holds(derivation)


@pytest.mark.parametrize(
    ("name", "what", "form"),
    [
        ("rcbd of letters", "E(y'My)", "t (b − 1)(σ² + σ²_u)"),
        ("rcbd of letters", r"E((y - X\beta)'V^{-1}(y - X\beta))", "bt"),
        ("rcbd of letters", "Var(y'My)", "2σ⁴ (b − 1)(t − 1) + 2(b − 1)(σ² + t σ²_u)²"),
        ("rcbd of letters", "E(y'V^{-1}y)", "bt + β'X'V⁻¹Xβ"),
        ("groups", "E(u'u)", "a σ²_u"),
        ("split plot of letters", "E(ε'ε)", "abr σ²"),
        ("rcbd", "Cov(y'Py, y'My)", "0"),
    ],
)
def test_moments_of_quadratic_forms_end_in_numbers_where_they_are_known(name: str, what: str, form: str) -> None:
    assert told(name, what) == form


@pytest.mark.parametrize(
    ("what", "form"),
    [
        ("E(y_11^2)", "σ² + σ²_u + (μ + τ_1)²"),
        ("E(y_11 y_21)", "σ²_u + (μ + τ_1)(μ + τ_2)"),
        (r"E((y_11 - \mu - \tau_1)^2)", "σ² + σ²_u"),
        ("E(3 y_11 u_1)", "3σ²_u"),
        ("E((y_11 - y_21)(y_12 - y_22))", "(τ_1 − τ_2)²"),
        ("E(u_1^2)", "σ²_u"),
    ],
)
@pytest.mark.parametrize("name", ["rcbd", "rcbd of letters"])
def test_means_of_products_follow_from_covariances(name: str, what: str, form: str) -> None:
    derivation = made(name).derive(what)
    assert_same_number(str(derivation.result), form, made(name))


def assert_same_number(one: str, other: str, model: MixedModel) -> None:
    values = [tutor.read(text, model.vocabulary).tree for text in (one, other)]
    assert sympy.expand(values[0].value - values[1].value) == 0, (one, other)  # pyright: ignore[reportOptionalMemberAccess, reportAttributeAccessIssue]


@given(coefficients=st.lists(st.integers(-3, 3), min_size=4, max_size=4))
@settings(deadline=None, max_examples=20)
def test_the_mean_of_a_square_is_that_of_its_matrix(coefficients: list[int]) -> None:
    m = made("rcbd")
    form = " + ".join(f"({c}) {name}" for c, name in zip(coefficients, ("y_11", "y_21", "y_12", "y_32"), strict=True))
    found = m.E(f"({form})^2") if any(coefficients) else None
    if found is None:
        return
    k = sympy.Matrix([coefficients[0], coefficients[1], 0, coefficients[2], 0, coefficients[3]])
    X, beta, V = m.X.explicit(), m.beta.explicit(), m.V.explicit()
    exact = (k.T * V * k)[0, 0] + (k.T * X * beta)[0, 0] ** 2
    assert sympy.expand(found.value - exact) == 0


# Given random effects, and given y


@pytest.mark.parametrize(
    ("name", "what", "form"),
    [
        ("rcbd of letters", "E(y_ij | u_j)", "μ + τ_i + u_j"),
        ("rcbd of letters", "Var(y_ij | u_j)", "σ²"),
        ("rcbd of letters", "Var(y_11 | u_2)", "σ² + σ²_u"),
        ("rcbd of letters", "Cov(y_11, y_21 | u_1)", "0"),
        ("rcbd", "E(y_11 | u_1)", "μ + τ_1 + u_1"),
        ("split plot of letters", "Var(y_ijk | u_k)", "σ² + σ²_v"),
        ("split plot of letters", "Var(y_ijk | u_k, v_i(k))", "σ²"),
        ("split plot of letters", "Cov(y_111, y_121 | u_1)", "σ²_v"),
    ],
)
def test_single_random_effects_can_be_given(name: str, what: str, form: str) -> None:
    assert told(name, what) == form


@pytest.mark.parametrize(
    ("name", "what", "words"),
    [
        ("rcbd of letters", r"E(\bar{y}_{1\cdot} | u_1)", "does not follow from the indices"),
        ("rcbd of letters", "E(y_ij | u_1)", "does not follow from the indices"),
        ("rcbd of letters", r"E(y_11 | \tau_1)", "cannot be given here"),
        ("slopes", "E(y_11 | u_01)", "not known in this model"),
        ("rcbd of letters", "E(y_11 | y)", "ask for the whole vector"),
    ],
)
def test_what_cannot_be_given_is_refused_with_the_reason(name: str, what: str, words: str) -> None:
    with pytest.raises(TutorError, match=words):
        made(name).derive(what)


@pytest.mark.parametrize("what", ["E(u | y)", "Var(u | y)"])
@pytest.mark.parametrize("name", MAKERS)
def test_what_y_tells_of_u_is_derived(name: str, what: str) -> None:
    derivation = made(name).derive(what)
    assert len(derivation.steps) >= 2
    assert_derivation_holds(derivation)


def test_the_variance_given_y_is_that_of_the_joint_normal_distribution() -> None:
    m = made("unbalanced")
    u, y = m.G.explicit(), m.V.explicit()  # pyright: ignore[reportOptionalMemberAccess]
    across = u * m.Z.explicit().T  # pyright: ignore[reportOptionalMemberAccess]
    exact = u - across * y.inv() * across.T
    assert (m.derive("Var(u | y)").result.explicit() - exact).applyfunc(sympy.cancel) == sympy.zeros(2)
    assert told("rcbd of letters", "Var(u | y)") == "(σ² σ²_u/(σ² + t σ²_u)) I_b"


# Estimators, and what varies


@pytest.mark.parametrize(
    ("name", "what", "form"),
    [
        ("rcbd", r"\hat\tau_1 - \hat\tau_2", "ȳ_{1·} − ȳ_{2·}"),
        ("rcbd", r"\hat\mu + \hat\tau_1", "ȳ_{1·}"),
        ("unbalanced", r"\hat\beta", "(X'V⁻¹X)⁻¹X'V⁻¹y"),
        ("unbalanced", r"\hat\beta_{OLS}", "(X'X)⁻¹X'y"),
        ("rcbd of letters", r"X\hat\beta", "(1/b) (J_b ⊗ I_t)y"),
        ("rcbd of letters", "y_11", "μ + τ_1 + u_1 + ε_11"),
        ("rcbd of letters", r"\bar{y}_{1\cdot}", "μ + τ_1 + ū_· + ε̄_{1·}"),
        ("rcbd of letters", "y", "Xβ + Zu + ε"),
    ],
)
def test_estimators_and_observations_are_told(name: str, what: str, form: str) -> None:
    assert told(name, what) == form


def test_the_predictor_is_told() -> None:
    assert r"GZ'P_V y" in [str(line) for line in made("rcbd of letters").derive(r"\hat u").lines]


@pytest.mark.parametrize("what", ["SSE", "2", "Xβ", "u", "y'y", "f(y)"])
def test_what_does_not_follow_is_refused_with_what_may_be_asked(what: str) -> None:
    with pytest.raises(TutorError, match="Ask for a moment"):
        made("rcbd").derive(what)


def test_an_estimate_that_is_not_unique_is_refused() -> None:
    with pytest.raises(TutorError, match="τ_1 is not estimable"):
        made("rcbd").derive(r"\hat\tau_1")


@pytest.mark.parametrize("what", ["V^{1/2}", "V^{-1/2}"])
def test_a_root_without_a_closed_form_is_refused_with_the_reason(what: str) -> None:
    for model in (tutor.nested("a", "b", "n_ij"), tutor.repeated_measures("s", "p")):
        with pytest.raises(TutorError, match="a root is made of the eigenvalues"):
            model.derive(what)
    assert not has_root(tutor.nested("a", "b_i", "n").derive(what).result)


@pytest.mark.parametrize("what", ["V^-1", "Var(y)^-1"])
def test_an_inverse_ends_before_entries_that_nobody_can_read(what: str) -> None:
    derived = tutor.repeated_measures(3, 4, 2, side="G").derive(what)
    assert str(derived.result) == "I₆ ⊗ (σ² I₄ + Σ_v)⁻¹"
    tridiagonal = tutor.repeated_measures(3, 4, 2).derive(what)
    assert "[[1, −ρ, 0, 0]," in str(tridiagonal.result)


@pytest.mark.parametrize("what", ["Var(y)^-1", "|Var(y)|"])
def test_an_inverse_of_the_variance_has_the_structure_of_v(what: str) -> None:
    derived = tutor.rcbd(3, 4).derive(what)
    assert str(derived.steps[0].after) == what.replace("Var(y)", "V").replace("^-1", "⁻¹")
    assert derived.steps[1:] == tutor.rcbd(3, 4).derive(what.replace("Var(y)", "V")).steps


@pytest.mark.parametrize(("product", "last"), [("VV", "entries"), ("V^{20}", "closed-form")])
def test_entries_are_listed_only_where_they_can_be_shown(product: str, last: str) -> None:
    derived = MAKERS["slopes"]().derive(product)
    assert derived.steps[-1].rule == last
