"""Derivations between two forms in the names of a model or of the lecture."""

from __future__ import annotations

from functools import cache

import pytest

import tutor
from tests.exact import assert_derivation_holds
from tutor.algebra.facts import known, rank
from tutor.algebra.nodes import Expectation, Inverse, Variance
from tutor.errors import DomainError, NotEqualError, ReadError, ShapeError
from tutor.models.mixed import MixedModel

UNBALANCED = {"y": [1, 2, 3, 4, 5], "x": [0, 1, 0, 1, 2], "g": list("aabbb")}

MAKERS = {
    "rcbd": lambda: tutor.rcbd(3, 2),
    "rcbd of letters": lambda: tutor.rcbd("t", "b"),
    "split plot": lambda: tutor.split_plot(2, 3, 2),
    "regression": lambda: tutor.regression([1, 2, 4, 7]),
    "slopes": lambda: tutor.random_slopes(3, [0, 1, 3]),
    "unbalanced": lambda: tutor.model(
        "y ~ x + (1 | g)", {"y": [1, 2, 3, 4, 5], "x": [0, 1, 0, 1, 2], "g": list("aabbb")}
    ),
}
FULL = ("regression", "slopes", "unbalanced")
"""Models whose X has full column rank."""


@cache
def made(name: str) -> MixedModel:
    return MAKERS[name]()


FORMS = [
    ("Var(My)", "MVM"),
    ("MM", "M"),
    ("PP", "P"),
    ("MX", "0"),
    ("X'M", "0"),
    ("PX", "X"),
    ("y'(I - P)'(I - P)y", "y'y - y'Py"),
    ("E(My)", "0"),
    ("V^{-1}V", "I"),
    ("Var(y)", "V"),
    ("tr(P)", "rank(X)"),
    ("tr(M)", "n - rank(X)"),
    ("E(y'My)", "tr(MV)"),
    ("E(y'y)", r"tr(V) + \beta'X'X\beta"),
    (r"E((y - X\beta)'V^{-1}(y - X\beta))", "n"),
]


@pytest.mark.parametrize("name", MAKERS)
@pytest.mark.parametrize(("start", "goal"), FORMS)
def test_each_step_between_two_forms_of_a_model_holds(name: str, start: str, goal: str) -> None:
    assert_derivation_holds(made(name).derive(start, to=goal))


@pytest.mark.parametrize("name", FULL)
@pytest.mark.parametrize(
    ("start", "goal"),
    [
        ("Var((X'V^{-1}X)^{-1}X'V^{-1}y)", "(X'V^{-1}X)^{-1}"),
        ("E((X'V^{-1}X)^{-1}X'V^{-1}y)", r"\beta"),
        ("(X'X)^{-1}X'X", "I"),
        ("Cov((X'V^{-1}X)^{-1}X'V^{-1}y, My)", "(X'V^{-1}X)^{-1}X'M"),
    ],
)
def test_what_needs_independent_columns_is_derived_where_they_are(name: str, start: str, goal: str) -> None:
    derivation = made(name).derive(start, to=goal)
    assert_derivation_holds(derivation)
    assert not any("full column rank" in (step.assumption or "") for step in derivation.steps)


@pytest.mark.parametrize("name", ["slopes", "unbalanced", "rcbd", "rcbd of letters"])
@pytest.mark.parametrize(
    ("start", "goal"),
    [
        (r"(Z'R^{-1}Z + G^{-1})^{-1}Z'R^{-1}(y - X\beta)", r"GZ'V^{-1}(y - X\beta)"),
        ("V^{-1}", "R^{-1} - R^{-1}Z(Z'R^{-1}Z + G^{-1})^{-1}Z'R^{-1}"),
        ("Cov(u, y)", "GZ'"),
        (r"Var(GZ'V^{-1}(y - X\beta))", "GZ'V^{-1}ZG"),
        (r"Cov(u, GZ'V^{-1}(y - X\beta))", "GZ'V^{-1}ZG"),
    ],
)
def test_predictions_are_derived_where_there_are_random_effects(name: str, start: str, goal: str) -> None:
    assert_derivation_holds(made(name).derive(start, to=goal))


def test_a_closed_form_is_reached_by_the_structure_of_the_design() -> None:
    m = made("rcbd of letters")
    closed = m.V.closed_form()
    assert m.derive("Var(y)", to=closed).result == closed
    assert m.derive("V", to=closed).result == closed
    assert m.derive("Var(y)", to="ZGZ' + R").result == m.V


@pytest.mark.parametrize("name", ["rcbd", "rcbd of letters", "split plot"])
@pytest.mark.parametrize("text", ["(X'X)^{-1}X'X", "Var((X'V^{-1}X)^{-1}X'V^{-1}y)"])
def test_an_inverse_of_dependent_columns_is_refused_with_the_columns(name: str, text: str) -> None:
    with pytest.raises(DomainError, match=r"does not exist: .*Among the columns μ = ∑_i τ_i"):
        made(name).derive(text, to=text)


@pytest.mark.parametrize("name", ["rcbd", "split plot"])
def test_nor_is_it_worked_out(name: str) -> None:
    m = made(name)
    values = {parameter.key: 1.0 for parameter in m.parameters}
    for inverse, given in ((Inverse(m.X.T @ m.X), {}), (Inverse(m.X.T @ Inverse(m.covariance) @ m.X), values)):
        with pytest.raises(DomainError, match=r"Among the columns μ = ∑_i τ_i"):
            inverse.explicit()
        with pytest.raises(DomainError, match=r"Among the columns μ = ∑_i τ_i"):
            inverse.numpy(**given)


def test_columns_of_data_are_named_in_the_refusal() -> None:
    data = {"y": [1, 2, 3, 4], "a": list("ppqq"), "b": list("rrss")}
    m = tutor.model("y ~ a + b", data)
    with pytest.raises(DomainError, match="aq = bs"):
        Inverse(m.X.T @ m.X).explicit()


@pytest.mark.parametrize("name", MAKERS)
def test_the_projections_of_a_model_have_their_ranks(name: str) -> None:
    m = made(name)
    assert rank(m.P).value == m.rank
    assert rank(m.M).value is not None and (rank(m.M).value - (m.n - m.rank)).expand() == 0
    for projection in (m.P, m.M):
        assert known("symmetric", projection).value and known("idempotent", projection).value


def test_a_mean_square_is_reached_through_the_rank_of_a_projection() -> None:
    assert_derivation_holds(tutor.regression([1, 2, 4, 7]).derive("E(y'My)", to=r"2\sigma^2"))
    for m in (tutor.crd("t", "r"), tutor.rcbd(3, 4, "fixed"), tutor.regression([1, 2, 4])):
        assert_derivation_holds(m.derive("E(y'My)", to=r"\sigma^2 (n - rank(X))"))
        assert_derivation_holds(m.derive("E(y'My/(n - rank(X)))", to=r"\sigma^2"))
        with pytest.raises(NotEqualError):
            m.derive("E(y'My)", to=r"\sigma^2 (n - rank(X) - 1)")


def test_forms_that_differ_are_told_with_numbers() -> None:
    told = r"at σ² = 1, σ²_u = 2 entry \(1, 1\) is 2 in the first and 3 in the second"
    with pytest.raises(NotEqualError, match=told):
        made("rcbd").derive("ZGZ'", to="V")


@pytest.mark.parametrize(
    ("start", "goal", "error"),
    [("V", "Z", ShapeError), ("V", "Q", ReadError), ("y = V", "V", tutor.TutorError), ("V +", "V", ReadError)],
)
def test_what_cannot_be_derived_is_refused_in_words(start: str, goal: str, error: type[Exception]) -> None:
    with pytest.raises(error):
        made("rcbd").derive(start, to=goal)


@pytest.mark.parametrize(
    ("start", "goal"),
    [
        ("(X'V^-1X)^-1X'V^-1 V V^-1X(X'V^-1X)^-1", "(X'V^-1X)^-1"),
        ("Var((X'V^-1X)^-1X'V^-1y)", "(X'V^-1X)^-1"),
        (r"(Z'R^{-1}Z + G^{-1})^{-1}Z'R^{-1}(y - X\beta)", r"GZ'V^{-1}(y - X\beta)"),
        ("tr(X(X'X)^{-1}X')", "p"),
        ("Var(My)", "MVM"),
        ("y'y", "y'Py + y'My"),
        (r"|V|", r"|R||G||G^{-1} + Z'R^{-1}Z|"),
        ("(I - X(X'X)^{-1}X')(I - X(X'X)^{-1}X')", "I - X(X'X)^{-1}X'"),
    ],
)
def test_the_lecture_s_letters_do_without_a_model(start: str, goal: str) -> None:
    assert_derivation_holds(tutor.derive(start, to=goal))


def test_trees_may_be_given_as_well() -> None:
    m = made("rcbd")
    assert m.derive(Variance(m.y), to=m.V).result == m.V
    assert m.derive(Expectation(m.M @ m.y), to="0").result.shape == (6, 1)


@pytest.mark.parametrize("request_", ["Var(u | y)", "Cov(u, y)", "ZGZ'", "E(u_1)"])
def test_a_model_without_random_effects_says_so(request_: str) -> None:
    with pytest.raises(ReadError, match=r"This model has no random effects, and so no [uZ]\."):
        tutor.regression([1, 2, 3]).derive(request_)
