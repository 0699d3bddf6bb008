"""Moments given u: of forms in y, u and ε, and of estimates, which are biased given u. Each line has the value of its
goal on random instances."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import pytest

import tutor
from tests.exact import assert_derivation_holds
from tutor.errors import ReadError, TutorError
from tutor.models.mixed import MixedModel
from tutor.notation.read import read
from tutor.notation.write import latex, unicode

DATA = {"y": [1, 2, 4, 3, 5, 2], "x": [1, 2, 3, 4, 5, 7], "g": [*"aabbba"], "h": [*"pqpqqp"]}
MAKERS: dict[str, Callable[[], MixedModel]] = {
    "blocks": lambda: tutor.rcbd(3, 2),
    "blocks, letters": lambda: tutor.rcbd("t", "b"),
    "split plot, letters": lambda: tutor.split_plot("a", "s", "r"),
    "random slopes": lambda: tutor.model("y ~ x + (x | g)", DATA),
    "crossed": lambda: tutor.model("y ~ x + (1 | g) + (1 | h)", DATA),
}
FORMS = {
    "E(Xβ + Zu + ε | u)": "Xβ + Zu",
    "E(X'y | u)": "X'(Xβ + Zu)",
    "E(Zu | u)": "Zu",
    "E(ε | u)": "0_bt",
    "Var(ε | u)": "R",
    "Var(Zu + ε | u)": "R",
    "Var(y - Xβ | u)": "σ² I_bt",
    "Cov(y, ε | u)": "R",
    "Cov(y, u | u)": "0_{bt×b}",
    "E(û | u)": "GZ'P_V Zu",
    "Var(û | u)": "GZ'P_V R(GZ'P_V)'",
    "E(û - u | u)": "GZ'P_V Zu − u",
    "Var(û - u | u)": "GZ'P_V R(GZ'P_V)'",
    "Cov(û, u | u)": "0_{b×b}",
    "E(Xβ̂ | u)": "Xβ + X (X'V⁻¹X)⁻ X'V⁻¹Zu",
    "Var(Xβ̂ | u)": "X (X'V⁻¹X)⁻ X'V⁻¹R((X'V⁻¹X)⁻ X'V⁻¹)'X'",
    "E(ε̂ | u)": "RP_V Zu",
    "Var(ε̂ | u)": "RP_V R(RP_V)'",
    "E(y - Xβ̂ | u)": "Zu − X (X'V⁻¹X)⁻ X'V⁻¹Zu",
}


@pytest.mark.parametrize("ask", FORMS)
def test_the_forms_are_those_of_a_lecture(ask: str) -> None:
    derivation = MAKERS["blocks, letters"]().derive(ask)
    assert unicode(derivation.result) == FORMS[ask]
    assert latex(derivation) and all(step.because for step in derivation.steps)


@pytest.mark.parametrize("ask", [*FORMS, "E(y'y | u)", "Cov(Xβ̂, û | u)", "Cov(Xβ̂, y | u)", "Var(2y | u)"])
@pytest.mark.parametrize("name", MAKERS)
def test_each_line_holds(name: str, ask: str) -> None:
    assert_derivation_holds(MAKERS[name]().derive(ask), seeds=2)


@pytest.mark.parametrize("name", ["random slopes", "crossed"])
@pytest.mark.parametrize("ask", ["E(β̂ | u)", "Var(β̂ | u)", "Cov(β̂, û | u)", "E(β̂_OLS | u)", "Var(β̂_OLS | u)"])
def test_estimates_that_are_unique_have_their_moments(name: str, ask: str) -> None:
    assert_derivation_holds(MAKERS[name]().derive(ask), seeds=2)


def test_the_mean_of_a_predictor_given_u_is_shrunken() -> None:
    m = MAKERS["blocks"]()
    values = {"sigma2": 2.0, "sigma2_u": 3.0}
    V, X, Z = m.V.numpy(**values), m.X.numpy(), m.Z.numpy()  # pyright: ignore[reportOptionalMemberAccess]
    W = np.linalg.inv(V)
    P = W - W @ X @ np.linalg.pinv(X.T @ W @ X) @ X.T @ W
    expected = 3.0 * Z.T @ P @ (2.0 * np.eye(6)) @ P @ Z * 3.0
    assert m.Var("uhat", given="u", **values) == pytest.approx(expected)
    assert str(m.E("uhat", given="u")) == "GZ'P_V Zu"
    assert str(m.Cov("y", "e", given="u")) == "R"


def test_a_difference_of_estimates_given_u_has_the_effects_that_do_not_cancel() -> None:
    """Block effects cancel in a difference of treatments, those of whole plots do not in a difference of A."""
    assert str(MAKERS["blocks, letters"]().derive("E(tauhat_1 - tauhat_2 | u)").result) == "τ_1 − τ_2"
    split = MAKERS["split plot, letters"]()
    found = split.derive("E(ybar_1.. - ybar_2.. | u)")
    assert "v̄" in str(found.result)
    assert_derivation_holds(found, seeds=2)


def test_an_offset_is_taken_off_before_what_is_estimated() -> None:
    m = tutor.model("y ~ x + offset(o) + (1 | g)", {**DATA, "o": [1, 0, 2, 1, 3, 1]})
    plain = tutor.model("y ~ x + (1 | g)", DATA)
    for ask in ("E(uhat_1 | u)", "Var(uhat_1 | u)"):
        assert str(m.derive(ask).result) == str(plain.derive(ask).result)
    for ask in ("E(û | u)", "E(ε̂ | u)", "E(β̂ | u)", "Var(û | u)"):
        assert_derivation_holds(m.derive(ask), seeds=2)


@pytest.mark.parametrize("ask", ["Var(X'y | u)", "E(Xβ + Zu + ε | u)", "Cov(2y, X'ε | u)", "E(y'y | u)", "E(Zu | u)"])
def test_what_is_given_is_told_once_and_reads_back(ask: str) -> None:
    m = MAKERS["blocks"]()
    tree = read(ask, m).tree
    for written in (unicode(tree), latex(tree)):
        assert written.count("|") + written.count(r"\mid") == 1
        assert read(written, m).tree == tree


@pytest.mark.parametrize(
    ("ask", "why"),
    [
        ("E(β̂ | u)", "not unique"),
        ("Var(y | ε)", "is not known in this model"),
        ("E(y | Zu)", "should be names"),
    ],
)
def test_what_is_not_known_is_told(ask: str, why: str) -> None:
    with pytest.raises((TutorError, ReadError), match=why):
        MAKERS["blocks"]().derive(ask)
