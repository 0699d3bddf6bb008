"""Of y_ij(k) the treatment follows from row and column: a Latin square, and not all combinations."""

from __future__ import annotations

import pytest

from tutor import from_equation, latin_square
from tutor.errors import SizeError

FIXED = r"y_{ij(k)} = \mu + \rho_i + \kappa_j + \tau_k + \varepsilon_{ij(k)}"
RANDOM = (
    r"y_{ij(k)} = \mu + r_i + c_j + \tau_k + \varepsilon_{ij(k)}, r_i \sim N(0, \sigma^2_r), c_j \sim N(0, \sigma^2_c)"
)


@pytest.mark.parametrize("size", [3, 4])
def test_the_square_is_that_of_the_catalogue(size: int) -> None:
    m = from_equation(RANDOM, levels=dict.fromkeys("ijk", size))
    square = latin_square(size)
    assert m.X.explicit() == square.X.explicit()
    assert m.V.explicit() == square.V.explicit()


def test_rows_and_columns_may_be_fixed() -> None:
    equation = FIXED.replace(r"\rho_i + \kappa_j + \tau_k", r"\tau_k + \rho_i + \kappa_j")
    m = from_equation(equation, levels=dict.fromkeys("ijk", 4))
    assert (m.n, m.rank) == (16, 10)
    assert m.X.explicit() == latin_square(4, rows_and_columns_are="fixed").X.explicit()


def test_the_order_may_be_a_letter() -> None:
    m = from_equation(RANDOM, levels=dict.fromkeys("ijk", "t"))
    assert str(m.V.closed_form()) == str(latin_square("t").V.closed_form())
    assert m.se_difference("k").variance == latin_square("t").se_difference("treatment").variance


def test_what_is_no_square_needs_data() -> None:
    for equation, levels in (
        (FIXED, {"i": 3, "j": 4, "k": 3}),
        (FIXED, {"i": "r", "j": "c", "k": "t"}),
        (FIXED.replace("(k)", "(kl)").replace(r"\tau_k", r"\tau_k + \alpha_l"), dict.fromkeys("ijkl", 3)),
    ):
        with pytest.raises(SizeError, match=r"i and j determine k.*and not how\. Give the rows as data"):
            from_equation(equation, levels=levels)
    data = {"i": [1, 1, 2, 2], "j": [1, 2, 1, 2], "k": [1, 2, 2, 1]}
    assert from_equation(FIXED, data=data).n == 4


@pytest.mark.parametrize(
    "equation",
    [
        r"y_{k(ij)} = \mu + \alpha_i + b_{j(i)} + e_{k(ij)}, b_{j(i)} \sim N(0, \sigma_b^2)",
        r"y_{ijk} = \mu + \rho_i + \kappa_j + \tau_k + e_{ijk}",
        r"y_{ij(k)} = \mu + \gamma_k + \pi_{i(k)} + \tau_j + e_{ij(k)}, \pi_{i(k)} \sim N(0, \sigma_p^2)",
    ],
)
def test_an_index_that_others_do_not_determine_has_all_combinations(equation: str) -> None:
    assert from_equation(equation, levels={"i": 2, "j": 3, "k": 2}).n == 12
