"""Vectors of covariates in an equation in elements, x_ij'β and z_ij'b_i, which are written out."""

from __future__ import annotations

import pytest

from tutor import from_equation
from tutor.errors import SizeError

MARGIN = r"y_{ij} = %s + u_i + \varepsilon_{ij}, u_i \sim N(0, \sigma^2_u)"


@pytest.mark.parametrize(
    "vectors",
    [r"x_{ij}'\beta", r"\mathbf{x}_{ij}^\top\boldsymbol\beta", r"\bm x_{ij}^{\mathsf T}\bm{\beta}", "x_ij'β"],
)
def test_a_product_of_vectors_is_the_sum_of_its_elements(vectors: str) -> None:
    m = from_equation(MARGIN % vectors, levels={"i": 2, "j": 3, "p": 2})
    of_elements = from_equation(MARGIN % r"\beta_1 x_{1ij} + \beta_2 x_{2ij}", levels={"i": 2, "j": 3})
    assert m.X.explicit() == of_elements.X.explicit()
    assert str(m.equation("index")) == str(of_elements.equation("index"))


def test_random_coefficients_are_a_vector_too() -> None:
    m = from_equation(
        r"y_{ij} = x_{ij}'\beta + z_{ij}'b_i + \varepsilon_{ij}, b_i \sim N(0, D)",
        levels={"i": 2, "j": 3, "p": 1, "q": 2},
    )
    assert m.Z is not None
    assert [str(entry) for entry in m.Z.explicit().row(0)] == ["z_111", "z_211", "0", "0"]
    assert "[b_1i, b_2i]' ~ N(0, Σ_b)" in str(m)


def test_of_data_each_element_is_a_column() -> None:
    data = {"g": [1, 1, 2], "x1": [1, 1, 1], "x2": [3, 4, 5]}
    m = from_equation(MARGIN % r"x_{ij}'\beta", levels={"i": "g", "p": 2}, data=data)
    assert m.X.explicit().tolist() == [[1, 3], [1, 4], [1, 5]]


@pytest.mark.parametrize(
    ("levels", "told"),
    [
        ({}, "p covariates: how many"),
        ({"p": 0}, "p = 0 covariates; expected"),
        ({"p": "k"}, "p = 'k'"),
    ],
)
def test_the_number_of_covariates_is_asked_for(levels: dict[str, object], told: str) -> None:
    with pytest.raises(SizeError, match=told):
        from_equation(MARGIN % r"x_{ij}'\beta", levels={"i": 2, "j": 3, **levels})  # pyright: ignore[reportArgumentType]
