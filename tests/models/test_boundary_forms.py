"""At a variance of 0: which component is 0, why a form has no value there, and the value by the form that has one."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
import pytest

from tutor.algebra.boundary import NoInverseError, is_singular
from tutor.algebra.nodes import Scalar
from tutor.errors import DomainError
from tutor.models.catalogue import rcbd, split_plot
from tutor.models.designs.lines import random_slopes
from tutor.models.from_formula import model
from tutor.models.mixed import MixedModel
from tutor.notation.read import read
from tutor.notation.write import inline

BLOCKS = rcbd(3, 2)
SPLIT = split_plot(2, 2, 3)
SLOPES = random_slopes(3, [1, 2, 4])

NONE = {"sigma2": 1.0, "sigma2_u": 0.0}
NO_WHOLE_PLOTS = {"sigma2": 1.0, "sigma2_u": 2.0, "sigma2_v": 0.0}
NO_SLOPES = {"sigma2": 1.0, "sigma2_u0": 4.0, "sigma_u01": 0.0, "sigma2_u1": 0.0}
CORRELATED = {"sigma2": 1.0, "sigma2_u0": 4.0, "sigma_u01": 2.0, "sigma2_u1": 1.0}

AT_0 = [(BLOCKS, NONE), (SPLIT, NO_WHOLE_PLOTS), (SLOPES, NO_SLOPES), (SLOPES, CORRELATED)]


def dense(m: MixedModel, values: Mapping[str, float]) -> tuple[np.ndarray, ...]:
    """X, Z, G, V as they are defined, without an inverse of G."""
    assert m.Z is not None and m.G is not None
    G = m.G.numpy(**{key: value for key, value in values.items() if key != "sigma2"})
    Z = m.Z.numpy()
    return m.X.numpy(), Z, G, Z @ G @ Z.T + values["sigma2"] * np.eye(len(Z))


@pytest.mark.parametrize(("m", "values"), AT_0)
def test_each_moment_of_u_and_its_prediction_has_a_value_at_0(m: MixedModel, values: Mapping[str, float]) -> None:
    X, Z, G, V = dense(m, values)
    W = np.linalg.inv(V)
    P = W - W @ X @ np.linalg.pinv(X.T @ W @ X) @ X.T @ W
    expected = {
        "u | y": G - G @ Z.T @ W @ Z @ G,
        r"\hat u": G @ Z.T @ P @ Z @ G,
        r"\hat u - u": G - G @ Z.T @ P @ Z @ G,
    }
    for asked, value in expected.items():
        assert np.allclose(m.Var(asked, given=None, **values), value, atol=1e-12), asked


@pytest.mark.parametrize(("m", "values"), AT_0)
def test_a_form_with_the_inverse_of_G_names_the_component_and_the_form_that_has_a_value(
    m: MixedModel, values: Mapping[str, float]
) -> None:
    _, Z, G, V = dense(m, values)
    with pytest.raises(NoInverseError) as raised:
        read("(Z'R^{-1}Z + G^{-1})^{-1}", m.vocabulary).tree.numpy(**values)  # pyright: ignore[reportOptionalMemberAccess]
    error = raised.value
    zero = {key for key, value in values.items() if value == 0 and key.startswith("sigma2")}
    for parameter in m.parameters:
        if parameter.key in zero:
            assert f"{inline(Scalar(parameter.symbol))} = 0" in error.problem
            assert parameter.meaning.removeprefix("variance of ") in error.problem
    assert "G is singular there" in error.problem
    assert error.tip is not None and "= G − GZ'(ZGZ' + R)⁻¹ZG" in error.tip
    assert error.value is not None
    assert np.allclose(error.value, G - G @ Z.T @ np.linalg.inv(V) @ Z @ G, atol=1e-12)


def test_what_has_no_other_form_says_so() -> None:
    G = BLOCKS.G
    assert G is not None
    with pytest.raises(NoInverseError, match=r"G⁻¹ does not exist at σ²_u = 0.*the effects of the blocks do not vary"):
        G.inv().numpy(sigma2_u=0)
    with pytest.raises(DomainError, match="1/σ²_u does not exist at σ²_u = 0: it divides by 0"):
        G.inv().closed_form().numpy(sigma2_u=0)
    with pytest.raises(DomainError, match="does not exist at sigma2_u = 0"):
        read("log|G|", BLOCKS.vocabulary).tree.numpy(sigma2_u=0)  # pyright: ignore[reportOptionalMemberAccess]


@pytest.mark.parametrize("pair", [("u_1", "u_2"), ("u_1", "y_11"), (r"\hat u_1", r"\hat u_2"), ("u_1 | y", "u_2 | y")])
def test_a_correlation_with_what_does_not_vary_is_0_over_0(pair: tuple[str, str]) -> None:
    with pytest.raises(DomainError, match=r"At sigma2_u = 0, .* does not vary: a correlation with it is 0/0"):
        BLOCKS.correlation(*pair, given=None, **NONE)
    assert BLOCKS.Cov(*pair, given=None, **NONE) == 0
    assert BLOCKS.correlation("y_11", "y_21", given=None, **NONE) == 0  # these do vary


def test_with_letters_for_sizes_the_values_are_the_same() -> None:
    m = rcbd("t", "b")
    assert np.array_equal(m.derive("Var(u | y)").result.numpy(t=3, b=2, **NONE), np.zeros((2, 2)))
    assert np.array_equal(m.derive("V^-1").result.numpy(t=3, b=2, **NONE), np.eye(6))


def test_a_fit_at_the_boundary_gives_the_form_that_has_a_value() -> None:
    fit = model("y ~ 1 + (1 | g)", {"y": [1.0, 2, 3, 1.1, 2.1, 2.9, 0.9, 1.8, 3.2], "g": list("aaabbbccc")}).fit()
    with pytest.raises(NoInverseError, match="does not exist at these estimates: σ²_u") as raised:
        fit.number("(Z'R^{-1}Z + G^{-1})^{-1}")
    assert raised.value.value is not None and not raised.value.value.any()
    assert not fit.number("G - GZ'V^{-1}ZG").any()


@pytest.mark.parametrize(
    ("matrix", "told"),
    [
        (np.diag([1e-14, 1.0]), False),  # small, not 0: variances in other units
        (np.array([[4.0, 2], [2, 1]]), True),
        (np.array([[4e-20, 2e-10], [2e-10, 1.001]]), False),
        (np.diag([0.0, 1.0]), True),
        (np.ones((3, 3)), True),
    ],
)
def test_singular_is_told_whatever_the_units(matrix: np.ndarray, told: bool) -> None:
    assert is_singular(matrix) is told
