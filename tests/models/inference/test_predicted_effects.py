"""Elements of û as averages of y, each line verified and the last one equal to GZ'V⁻¹(y − Xβ̂) in numbers."""

from __future__ import annotations

from functools import cache

import numpy as np
import pytest

import tutor
from tests.exact import assert_derivation_holds
from tutor.algebra.nodes import Scaled, Sum, Symbol
from tutor.errors import TutorError
from tutor.models.mixed import MixedModel

MAKERS = {
    "groups": lambda: tutor.one_way(3, 4),
    "rcbd": lambda: tutor.rcbd(3, 4),
    "rcbd of letters": lambda: tutor.rcbd("t", "b"),
    "split plot of letters": lambda: tutor.split_plot("a", "s", "r"),
    "incomplete blocks": lambda: tutor.bibd(4, 4, 3),
    "incomplete blocks of letters": lambda: tutor.bibd("t", "b", "k"),
    "slopes": lambda: tutor.random_slopes(3, [1, 2, 4]),
    "unbalanced": lambda: tutor.model("y ~ 1 + (1 | g)", {"y": [3, 1, 4, 1, 5], "g": list("aaabb")}),
}


@cache
def made(name: str) -> MixedModel:
    return MAKERS[name]()


@pytest.mark.parametrize(
    ("name", "what"),
    [
        ("groups", r"\hat u_1"),
        ("groups", r"\hat\mu + \hat u_1"),
        ("rcbd", r"\hat u_1 - \hat u_2"),
        ("rcbd", r"\hat\mu + \hat\tau_1 + \hat u_1"),
        ("rcbd of letters", r"\hat u_1"),
        ("rcbd of letters", r"\hat u_1 - \hat u_2"),
        ("split plot of letters", r"\hat v_{1(1)}"),
        ("incomplete blocks", r"\hat u_2"),
        ("slopes", r"\hat u_11"),
        ("unbalanced", r"\hat u_2 - \hat u_1"),
    ],
)
def test_each_step_holds(name: str, what: str) -> None:
    assert_derivation_holds(made(name).derive(what), seeds=2)


@pytest.mark.parametrize("moment", ["E", "Var"])
@pytest.mark.parametrize("name", ["rcbd of letters", "split plot of letters"])
def test_an_average_that_cancels_leaves_each_step_of_a_moment_verified(name: str, moment: str) -> None:
    derivation = made(name).derive(rf"{moment}(\hat u_1 - \hat u_2)")
    assert_derivation_holds(derivation, seeds=2)


@pytest.mark.parametrize(("what", "k"), [(r"\hat u_1", [1, 0]), (r"\hat u_2 - 3\hat u_1", [-3, 1])])
def test_the_result_is_that_of_the_dense_formula(what: str, k: list[int]) -> None:
    m = made("unbalanced")
    y = np.array([3.0, 1, 4, 1, 5])
    variances = {"sigma2": 2.0, "sigma2_u": 3.0}
    X, V = m.X.numpy(), m.V.numpy(**variances)
    assert m.Z is not None
    weighted = X.T @ np.linalg.inv(V)
    residual = y - X @ np.linalg.solve(weighted @ X, weighted @ y)
    expected = 3.0 * np.array(k) @ m.Z.numpy().T @ np.linalg.solve(V, residual)
    result = m.derive(what).result
    assert isinstance(result, Sum)
    total = 0.0
    for term in result.terms:
        assert isinstance(term, Scaled) and isinstance(term.tree, Symbol)
        total += float(term.scalar.numpy(**variances)[0, 0]) * y[int(term.tree.name.removeprefix("y_")) - 1]
    assert total == pytest.approx(expected, rel=1e-12)


def test_in_letters_it_is_shrunken_to_the_mean() -> None:
    told = str(made("rcbd of letters").derive(r"\hat u_1").result)
    assert told == "−(t σ²_u/(σ² + t σ²_u)) ȳ_{··} + (t σ²_u/(σ² + t σ²_u)) ȳ_{·1}"


@pytest.mark.parametrize(
    ("name", "what", "told"),
    [
        ("rcbd", r"\hat\mu + \hat u_1", "μ is not estimable"),
        ("incomplete blocks of letters", r"\hat u_1", "not told as deviations of means"),
    ],
)
def test_what_has_no_averages_is_refused_in_words(name: str, what: str, told: str) -> None:
    with pytest.raises(TutorError, match=told):
        made(name).derive(what)
