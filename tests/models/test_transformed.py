"""Covariates of an equation that are centred, x_ij − x̄_··, or powers, x_ij²: columns of X, which answers may name."""

from __future__ import annotations

from fractions import Fraction

import pytest
import sympy

from tutor import ReadError, check, from_equation
from tutor.algebra.nodes import Scalar
from tutor.models.mixed import MixedModel

ANCOVA = (
    r"y_{ij} = \mu + \tau_i + \beta (x_{ij} - %s) + b_j + e_{ij}, b_j \sim N(0, \sigma_b^2), e_{ij} \sim N(0, \sigma^2)"
)
WITHIN = (
    r"y_{ij} = \beta_0 + \beta_1 (x_{ij} - \bar{x}_{i\cdot}) + u_{0i} + u_{1i} (x_{ij} - \bar{x}_{i\cdot}) + e_{ij}, "
    r"u_{0i} \sim N(0, \sigma_0^2), u_{1i} \sim N(0, \sigma_1^2), e_{ij} \sim N(0, \sigma^2)"
)


def letters(*keys: str) -> list[sympy.Symbol]:
    return [sympy.Symbol(key, real=True) for key in keys]


def centred(mean: str = r"\bar{x}_{\cdot\cdot}") -> MixedModel:
    return from_equation(ANCOVA % mean, levels={"i": 2, "j": 3})


@pytest.mark.parametrize(
    ("mean", "key"),
    [(r"\bar{x}_{\cdot\cdot}", "xbar_.."), (r"\bar x_{..}", "xbar_.."), (r"\overline{x}", "xbar"), ("x̄_..", "xbar_..")],
)
def test_the_column_of_a_centred_covariate_has_the_mean_taken_off(mean: str, key: str) -> None:
    first, other = letters("x_11", key)
    assert centred(mean).X.explicit()[0, 3] == first - other


def test_a_mean_of_groups_is_that_of_the_own_group() -> None:
    m = from_equation(WITHIN, levels={"i": 2, "j": 3})
    x_23, mean = letters("x_23", "xbar_2.")
    assert m.X.explicit()[5, 1] == x_23 - mean
    assert m.Z is not None
    assert m.Z.explicit()[5, 3] == x_23 - mean


def test_covariates_that_a_number_tells_apart_have_means_of_their_own() -> None:
    m = from_equation(
        r"y_{ij} = \mu + \beta_1 (x_{1ij} - \bar{x}_{1\cdot\cdot}) + \beta_2 (x_{2ij} - \bar{x}_{2i\cdot}) + e_{ij}",
        levels={"i": 2, "j": 2},
    )
    x_1, mean_1, x_2, mean_2 = letters("x_112", "xbar_1..", "x_212", "xbar_21.")
    assert list(m.X.explicit().row(1)) == [1, x_1 - mean_1, x_2 - mean_2]


def test_the_equation_is_written_as_it_was_read() -> None:
    m = centred()
    assert "β (x_ij − x̄_{··})" in str(m)
    again = from_equation(str(m).split("\n\n")[1].replace("cov(b, ε) = 0", ""), levels={"i": 2, "j": 3})
    assert again.X.explicit() == m.X.explicit()


def test_numbers_are_centred_exactly() -> None:
    data = {"trt": ["a", "a", "b", "b", "b"], "x": [1, 2, 4, 5, 7], "y": [1, 2, 3, 4, 5]}
    equation = r"y_{ij} = \mu + \tau_i + \beta (x_{ij} - %s) + e_{ij}, e_{ij} \sim N(0, \sigma^2)"
    for mean, off in ((r"\bar{x}_{\cdot\cdot}", [Fraction(19, 5)] * 5),
                      (r"\bar{x}_{i\cdot}", [Fraction(3, 2)] * 2 + [Fraction(16, 3)] * 3)):  # fmt: skip
        m = from_equation(equation % mean, levels={"i": "trt"}, data=data)
        told = [Fraction(int(v.p), int(v.q)) for v in m.X.explicit().col(-1)]
        assert told == [x - o for x, o in zip(data["x"], off, strict=True)]


def test_a_difference_of_treatments_does_not_depend_on_the_mean() -> None:
    m, plain = centred(), from_equation((ANCOVA % "0").replace("(x_{ij} - 0)", "x_{ij}"), levels={"i": 2, "j": 3})
    assert m.se_difference("i").variance == plain.se_difference("i").variance
    assert m.derive("E(y_11 - y_21)").result == plain.derive("E(y_11 - y_21)").result


def test_an_answer_may_have_the_mean_and_has_to() -> None:
    m = centred()
    asked = m.derive("E(y_11)").result
    assert check(r"\mu + \tau_1 + \beta(x_{11} - \bar{x}_{\cdot\cdot})", asked, m).outcome == "correct"
    assert check(r"\mu + \tau_1 + \beta x_{11} - \beta \bar x_{..}", asked, m).outcome == "correct"
    assert check(r"\mu + \tau_1 + \beta x_{11}", asked, m).outcome == "incorrect"


def test_an_average_of_observations_has_the_average_of_the_covariate() -> None:
    told = centred().derive(r"E(\bar{y}_{1\cdot})").result
    (x_11, x_12, x_13, mean, beta, mu, tau) = letters("x_11", "x_12", "x_13", "xbar_..", "beta", "mu", "tau_1")
    assert isinstance(told, Scalar)
    assert sympy.expand(told.value - (mu + tau + beta * ((x_11 + x_12 + x_13) / 3 - mean))) == 0


@pytest.mark.parametrize("size", ["t", 3])
def test_sizes_may_be_letters(size: int | str) -> None:
    m = from_equation(ANCOVA % r"\bar{x}_{\cdot\cdot}", levels={"i": size, "j": "b"})
    assert (
        str(m.derive("Var(y)").result)
        == f"I_b ⊗ (σ² I{'₃' if size == 3 else '_t'} + σ²_b J{'₃' if size == 3 else '_t'})"
    )


@pytest.mark.parametrize(
    "mean", [r"\bar{z}_{\cdot\cdot}", r"\bar{x}_{k\cdot}", r"\bar{x}_{\cdot}", r"\bar{z}_{i\cdot}"]
)
def test_another_mean_is_refused(mean: str) -> None:
    with pytest.raises(ReadError, match="The mean of a covariate is taken off no other covariate") as refused:
        centred(mean)
    assert "Write β (x_ij − x̄_i·), or a coefficient of its own for the mean." in str(refused.value)


def test_the_mean_of_all_values_is_no_covariate() -> None:
    with pytest.raises(ReadError, match="The mean of all values of a covariate is no effect") as refused:
        from_equation(r"y_{ij} = \mu + \gamma \bar{x}_{\cdot\cdot} + e_{ij}", levels={"i": 2, "j": 3})
    assert "moves the intercept" in str(refused.value)


# Means of groups, beside or instead of the covariate

BETWEEN = r"y_{ij} = \beta_0 + \beta_W (x_{ij} - %s) + \beta_B %s + u_i + \varepsilon_{ij}, u_i \sim N(0, \sigma^2_u)"


@pytest.mark.parametrize(
    ("mean", "key"), [(r"\bar{x}_{i\cdot}", "xbar_2."), (r"\bar x_i", "xbar_2"), ("x̄_i·", "xbar_2.")]
)
def test_within_and_between_groups_are_two_columns(mean: str, key: str) -> None:
    m = from_equation(BETWEEN % (mean, mean), levels={"i": 2, "j": 3})
    x_23, own = letters("x_23", key)
    assert list(m.X.explicit().row(5)) == [1, x_23 - own, own]
    assert check(
        r"\beta_0 + \beta_W (x_{23} - %s) + \beta_B %s" % ((mean.replace("i", "2"),) * 2), m.E("y_23"), m
    ).correct


def test_of_data_the_mean_of_a_group_is_that_of_its_rows() -> None:
    data = {"g": ["a", "a", "b", "b", "b"], "x": [1, 3, 2, 4, 9]}
    m = from_equation(BETWEEN % ((r"\bar{x}_{i\cdot}",) * 2), levels={"i": "g"}, data=data)
    assert m.X.explicit().tolist() == [[1, -1, 2], [1, 1, 2], [1, -3, 5], [1, -1, 5], [1, 4, 5]]
    assert "y ~ x_c + x_m + (1 | g)" in m.code("lme4")


def test_the_average_of_a_mean_of_groups_is_the_mean_of_all() -> None:
    m = from_equation(r"y_{ij} = \mu + \gamma \bar{x}_{i\cdot} + u_i + e_{ij}, u_i \sim N(0, \sigma^2_u)",
                      levels={"i": "m", "j": "n"})  # fmt: skip
    mu, gamma, mean = letters("mu", "gamma", "xbar_..")
    assert m.E("ybar_..") == Scalar(mu + gamma * mean)
    assert "γ x̄_{i·}" in str(m)


def test_columns_that_add_up_are_told_without_factors() -> None:
    m = from_equation((ANCOVA % "0").replace("(x_{ij} - 0)", "x_{ij}"), levels={"i": 2, "j": 3})
    assert "(μ = τ1 + τ2)" in str(m.blue)


# Powers

QUADRATIC = r"y_{ij} = \beta_0 + \beta_1 x_{ij} + \beta_2 x_{ij}^2 + u_j + e_{ij}, u_j \sim N(0, \sigma_u^2)"


def test_a_power_is_a_column_of_its_own() -> None:
    m = from_equation(QUADRATIC, levels={"i": 2, "j": 2})
    (x,) = letters("x_21")
    assert list(m.X.explicit().row(1)) == [1, x, x**2]
    assert m.X.column_labels == ("β0", "β1 x", "β2 x²")
    assert "β_2 x_ij²" in str(m)
    assert "lmer(y ~ x + I(x^2) + (1 | j)" in m.code("lme4")


def test_a_centred_covariate_may_be_squared() -> None:
    m = from_equation(r"y_i = \beta_0 + \beta_2 (x_i - \bar{x})^2 + e_i", levels={"i": 3})
    x, mean = letters("x_3", "xbar")
    assert m.X.explicit()[2, 1] == (x - mean) ** 2
    assert check(r"\beta_0 + \beta_2 (x_1 - \bar{x})^2", m.derive("E(y_1)").result, m).outcome == "correct"


def test_powers_of_numbers_and_of_an_index_are_exact() -> None:
    data = {"i": [1, 2, 3], "x": [0.5, 1, 1.5], "y": [1, 2, 4]}
    m = from_equation(r"y_i = \beta_0 + \beta_1 x_i + \beta_2 x_i^3 + e_i", data=data)
    assert list(m.X.explicit().col(2)) == [sympy.Rational(1, 8), 1, sympy.Rational(27, 8)]
    m = from_equation(r"y_{it} = \beta_0 + \beta_1 t + \beta_2 t^2 + e_{it}", levels={"i": 2, "t": 3})
    assert list(m.X.explicit().col(2)) == [1, 4, 9, 1, 4, 9]


@pytest.mark.parametrize(
    "equation",
    [
        r"y_{ij} = \mu + b_i^2 + e_{ij}, b_i \sim N(0, \sigma^2_b)",
        r"y_{ij} = \mu + \tau_i^2 + e_{ij}",
        r"y_{ij} = \mu + \beta x_{ij}^{-1} + e_{ij}",
        r"y_{ij} = \mu + \beta x_{ij}^{99} + e_{ij}",
    ],
)
def test_no_other_power_is_a_term(equation: str) -> None:
    with pytest.raises(ReadError, match="is neither an effect nor a covariate"):
        from_equation(equation, levels={"i": 2, "j": 2})


def test_an_average_of_squares_is_no_square_of_an_average() -> None:
    told = from_equation(QUADRATIC, levels={"i": 2, "j": 2}).derive(r"E(\bar{y}_{\cdot 1})").result
    x_11, x_21, b_0, b_1, b_2 = letters("x_11", "x_21", "beta_0", "beta_1", "beta_2")
    assert isinstance(told, Scalar)
    assert sympy.expand(told.value - b_0 - b_1 * (x_11 + x_21) / 2 - b_2 * (x_11**2 + x_21**2) / 2) == 0
