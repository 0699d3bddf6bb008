"""E, Var and Cov of β̂ and û, of what they make, and of their elements."""

from __future__ import annotations

from functools import cache

import numpy as np
import pytest
import sympy

import tutor
from tests.exact import assert_derivation_holds, assert_same_value
from tutor import check
from tutor.algebra.nodes import Scalar
from tutor.algebra.rules import Derivation
from tutor.data import path
from tutor.errors import TutorError
from tutor.models.mixed import MixedModel

MAKERS = {
    "rcbd": lambda: tutor.rcbd(3, 2),
    "rcbd of letters": lambda: tutor.rcbd("t", "b"),
    "split plot": lambda: tutor.split_plot(2, 2, 2),
    "regression": lambda: tutor.regression([1, 2, 4, 7]),
    "slopes": lambda: tutor.random_slopes(3, [0, 1, 3]),
    "unbalanced": lambda: tutor.model(
        "y ~ x + (1 | g)", {"y": [1, 2, 3, 4, 5], "x": [0, 1, 0, 1, 2], "g": list("aabbb")}
    ),
}
FULL = ("regression", "slopes", "unbalanced")
"""Models whose X has full column rank."""

FIXED = ["Var(X beta_hat)", "E(X beta_hat)", "Var(y - X beta_hat)", "Cov(y - X beta_hat, X beta_hat)",
         "Cov(X beta_hat, ε)", "Var(X(beta_hat - beta))", "Cov(X beta_hat_OLS, X beta_hat)", "Var(X beta_hat_OLS)",
         "E(X(beta_hat - beta))"]  # fmt: skip
RANDOM = ["Var(u_hat)", "E(u_hat)", "Cov(u_hat, u)", "Cov(u, u_hat)", "Var(u_hat - u)", "Var(u - u_hat)",
          "Cov(u_hat, y)", "Cov(u_hat, X beta_hat)", "Var(X beta_hat + Z u_hat)", "E(X beta_hat + Z u_hat)",
          "Cov(u_hat - u, X beta_hat)", "Var(y - X beta_hat - Z u_hat)", "Cov(u_hat, u_hat - u)"]  # fmt: skip


@cache
def made(name: str) -> MixedModel:
    return MAKERS[name]()


@pytest.mark.slow
@pytest.mark.parametrize("name", MAKERS)
@pytest.mark.parametrize("what", FIXED + RANDOM)
def test_each_step_of_a_derivation_holds(name: str, what: str) -> None:
    if name == "regression" and what in RANDOM:
        with pytest.raises(TutorError):
            made(name).derive(what)
        return
    assert_derivation_holds(made(name).derive(what), seeds=2)


@pytest.mark.parametrize("name", FULL)
@pytest.mark.parametrize("what", [r"Var(\hat\beta)", r"E(\hat\beta)", r"Var(\hat\beta_{OLS})", r"Cov(\hat\beta, y)"])
def test_estimates_that_are_unique_have_moments(name: str, what: str) -> None:
    assert_derivation_holds(made(name).derive(what), seeds=2)


ELEMENTS = [
    ("rcbd", "tau_1_hat - tau_2_hat"),
    ("rcbd", "u_1_hat"),
    ("rcbd", "u_1_hat - u_1"),
    ("rcbd", "mu_hat + tau_1_hat + u_2_hat"),
    ("rcbd", "y_11 - mu_hat - tau_1_hat - u_1_hat"),
    ("split plot", "u_1_hat - u_1"),
    ("slopes", "beta_1_hat"),
    ("slopes", "u_01_hat - u_01"),
    ("unbalanced", "beta_1_hat"),
]


@pytest.mark.parametrize(("name", "what"), ELEMENTS)
def test_each_step_of_a_moment_of_elements_holds(name: str, what: str) -> None:
    for moment in (f"Var({what})", f"E({what})"):
        _, *lines = made(name).derive(moment).lines  # elements are numbers to the instance, vectors are not
        assert_same_value(*lines, seeds=2)
        assert isinstance(lines[-1], Scalar)


@pytest.mark.slow
def test_the_variance_of_an_element_is_that_of_the_vector() -> None:
    model, names = made("slopes"), ["u_01", "u_11", "u_02", "u_12", "u_03", "u_13"]

    def variance(of: str) -> np.ndarray:
        return model.Var(of, sigma2=2.0, sigma2_u0=3.0, sigma2_u1=1.5, sigma_u01=0.5)

    each = [variance(f"{name}_hat - {name}") for name in names]
    assert np.allclose(each, np.diag(variance("u_hat - u")), rtol=1e-12)


@pytest.mark.parametrize(("t", "b"), [(2, 3), (4, 2), (3, 5)])
def test_letters_agree_with_numbers(t: int, b: int) -> None:
    found = made("rcbd of letters").Var("tau_1_hat - tau_2_hat", b=b, sigma2=3.0)
    assert found == pytest.approx(tutor.rcbd(t, b).Var("tau_1_hat - tau_2_hat", sigma2=3.0))
    assert made("rcbd of letters").E("tau_1_hat - tau_2_hat").value == sympy.Symbol("tau_1", real=True) - sympy.Symbol(
        "tau_2", real=True
    )


@pytest.mark.parametrize("what", ["Var(beta_hat)", "E(beta_hat)", "Var(tau_1_hat)", "Cov(beta_hat, y)"])
@pytest.mark.parametrize("name", ["rcbd", "rcbd of letters"])
def test_what_depends_on_the_solution_is_refused_with_what_does_not(name: str, what: str) -> None:
    with pytest.raises(TutorError, match=r"not (unique: X has|estimable).* The means are estimable"):
        made(name).derive(what)


@pytest.mark.slow
@pytest.mark.parametrize("name", ["one way", "rcbd"])
@pytest.mark.parametrize(
    "what", ["Var(uhat_1 | u)", "E(uhat_1 | u)", "Cov(uhat_1, uhat_2 | u)", "Var(uhat_1 - u_1 | u)"]
)
def test_given_the_effects_only_the_residuals_vary(name: str, what: str) -> None:
    m = {"one way": tutor.one_way(3, 2), "rcbd": tutor.rcbd(2, 3)}[name]
    values = {"sigma2": 1.5, "sigma2_u": 2.0}
    assert m.Z is not None
    X, Z, V = m.X.numpy(), m.Z.numpy(), m.V.numpy(**values)
    weight = np.linalg.inv(V)
    P = weight - weight @ X @ np.linalg.pinv(X.T @ weight @ X) @ X.T @ weight
    C = 2.0 * Z.T @ P
    found = m.derive(what)
    named, *steps = found.steps  # the first tells what the names of the elements are
    assert_derivation_holds(Derivation(named.after, tuple(steps)))
    assert isinstance(found.result, Scalar) and m.u is not None and m.u.entries is not None
    value = found.result.value
    if what.startswith("E"):
        u = np.array([0.3, -1.0, 0.5])
        put = {str(letter): float(x) for letter, x in zip(m.u.entries.flat(), u, strict=True)}
        expected = (C @ Z @ u)[0]
    else:
        put, expected = {}, 1.5 * (C @ C.T)[0, 1 if "Cov" in what else 0]
    put |= values
    assert float(value.subs({x: put[str(x)] for x in value.free_symbols})) == pytest.approx(expected)


def test_a_model_of_many_rows_has_the_variance_of_a_slope() -> None:
    sleep = tutor.model("Reaction ~ Days + (Days | Subject)", data=path("sleepstudy.csv"))
    at = {"sigma2": 654.94, "sigma2_u0": 612.1, "sigma2_u1": 35.07, "sigma_u01": 9.604}
    X, V = sleep.X.numpy(), sleep.V.numpy(**at)
    expected = np.linalg.inv(X.T @ np.linalg.solve(V, X))[1, 1]
    found = sleep.Var("beta_1_hat")
    assert isinstance(found, Scalar)
    assert found.numpy(sigma2=654.94, sigma2_u1=35.07)[0, 0] == pytest.approx(expected, rel=1e-10)


@pytest.mark.parametrize("what", ["Var(u_hat' u_hat)", "Var(y_hat)", "Var(MSE^2)"])
def test_what_is_not_linear_is_refused(what: str) -> None:
    with pytest.raises(TutorError):
        made("rcbd").derive(what)


@pytest.mark.parametrize("spelled", [r"\hat\beta", "beta_hat", "betahat", "β̂", r"\hat{\boldsymbol\beta}",
                                     r"\hat\beta_{GLS}"])  # fmt: skip
def test_the_estimate_has_many_spellings(spelled: str) -> None:
    assert made("slopes").Var(spelled) == made("slopes").Var(r"\hat\beta")


JUDGED = [
    # a model, the question, an answer, and its outcome
    ("regression", r"Var(\hat\beta)", "(X'V^{-1}X)^{-1}", "correct"),
    ("regression", r"Var(\hat\beta)", r"\sigma^2 (X'X)^{-1}", "correct"),
    ("regression", r"Var(\hat\beta)", r"\sigma^2 X'X", "incorrect"),
    ("unbalanced", r"Var(\hat\beta)", "(X'V^{-1}X)^{-1}", "correct"),
    ("unbalanced", r"Var(\hat\beta)", r"\sigma^2 (X'X)^{-1}", "incorrect"),
    ("unbalanced", r"Var(\hat\beta)", "(X'X)^{-1}X'VX(X'X)^{-1}", "incorrect"),
    ("unbalanced", r"Var(\hat\beta_{OLS})", "(X'X)^{-1}X'VX(X'X)^{-1}", "correct"),
    ("unbalanced", r"\hat\beta", "(X'V^{-1}X)^{-1}X'V^{-1}y", "correct"),
    ("unbalanced", r"\hat\beta", "(X'X)^{-1}X'y", "incorrect"),
    ("unbalanced", r"\hat u", r"GZ'V^{-1}(y - X\hat\beta)", "correct"),
    ("unbalanced", r"\hat u", r"GZ'V^{-1}(y - X\beta)", "undecided"),
    ("unbalanced", r"GZ'V^{-1}(y - X\beta)", r"\hat u = GZ'V^{-1}(y - X\beta)", "correct"),
    ("unbalanced", r"GZ'V^{-1}(y - X\beta)", r"û = GZ'V^{-1}(y - X\beta)", "correct"),
    ("unbalanced", r"GZ'V^{-1}(y - X\beta)", r"u_hat = GZ'V^{-1}(y - X\beta)", "correct"),
    ("unbalanced", r"Var(\hat u - u)", r"G - Var(\hat u)", "correct"),
    ("rcbd", r"Var(\hat\beta)", "(X'V^{-1}X)^-", "undecided"),
    ("rcbd", r"Var(X\hat\beta)", "X(X'V^{-1}X)^-X'", "correct"),
    ("rcbd", r"Var(\hat\tau_1 - \hat\tau_2)", r"\sigma^2", "correct"),
    ("rcbd", r"Var(\hat\tau_1 - \hat\tau_2)", r"\sigma^2 + \sigma^2_u", "incorrect"),
    ("rcbd of letters", r"Var(\hat\tau_1 - \hat\tau_2)", r"2\sigma^2/b", "correct"),
    ("rcbd of letters", r"Var(\hat\tau_1 - \hat\tau_2)", r"2\sigma^2/t", "incorrect"),
]


@pytest.mark.parametrize(("name", "question", "answer", "outcome"), JUDGED)
def test_answers_are_judged_by_what_the_model_tells(name: str, question: str, answer: str, outcome: str) -> None:
    verdict = check(answer, question, vocabulary=made(name).vocabulary)
    assert verdict.outcome == outcome, verdict.feedback
