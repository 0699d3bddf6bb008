r"""Statements with dots between them: each row is one spelling, and the general statement with the range of its
index."""

from __future__ import annotations

import pytest

from tests.notation.test_round_trip import meaning
from tests.notation.test_rows_expressions import assert_reads_back
from tutor.errors import ReadError
from tutor.notation.read import read

GENERAL = r"u_i \sim N(0, \sigma_i^2), i = 1, \dots, r"
LINE = r"y_i = \beta_0 + \beta_1 x_i + e_i, i = 1, \dots, n"
ROWS = [
    (r"u_1 \sim N(0, \sigma_1^2), \ldots, u_r \sim N(0, \sigma_r^2)", GENERAL),
    (r"u_1 \sim N(0, \sigma_1^2), u_2 \sim N(0, \sigma_2^2), \ldots, u_r \sim N(0, \sigma_r^2)", GENERAL),
    (r"u_1 \sim N(0, \sigma_1^2),\quad \ldots,\quad u_r \sim N(0, \sigma_r^2)", GENERAL),
    (r"u_1 \sim N(0, \sigma_1^2); \dots; u_r \sim N(0, \sigma_r^2)", GENERAL),
    (r"u_1 \sim N(0, \sigma_1^2) \\ \vdots \\ u_r \sim N(0, \sigma_r^2)", GENERAL),
    ("u_1 ~ N(0, sigma2_1), ..., u_r ~ N(0, sigma2_r)", "u_i ~ N(0, sigma2_i), i = 1, ..., r"),
    (r"u_1 \sim N(0, \sigma_1^2), \ldots, u_r \sim N(0, \sigma_r^2) \text{ and } \varepsilon \sim N(0, \sigma^2)",
     GENERAL + r", \varepsilon \sim N(0, \sigma^2)"),
    (r"\varepsilon \sim N(0, \sigma^2), u_1 \sim N(0, \sigma_1^2), \ldots, u_r \sim N(0, \sigma_r^2)",
     r"\varepsilon \sim N(0, \sigma^2), " + GENERAL),
    (r"u_1 \sim N(0, \sigma_1^2), \ldots, u_r \sim N(0, \sigma_r^2), \varepsilon_i \sim N(0, \sigma^2)",
     r"u_j \sim N(0, \sigma_j^2), j = 1, \dots, r, \varepsilon_i \sim N(0, \sigma^2)"),
    (r"\mathbf{u}_1 \sim N(\mathbf{0}, \sigma_1^2 \mathbf{I}_{t_1}), \ldots, \mathbf{u}_r \sim N(\mathbf{0}, "
     r"\sigma_r^2 \mathbf{I}_{t_r})",
     r"\mathbf{u}_i \sim N(\mathbf{0}, \sigma_i^2 \mathbf{I}_{t_i}), i = 1, \dots, r"),
    (r"u_1 \sim N(0, \sigma_1^2), \ldots, u_5 \sim N(0, \sigma_5^2)", r"u_i \sim N(0, \sigma_i^2), i = 1, \dots, 5"),
    (r"y_1 = \beta_0 + \beta_1 x_1 + e_1, \ldots, y_n = \beta_0 + \beta_1 x_n + e_n", LINE),
    (r"\begin{aligned} y_1 &= \beta_0 + \beta_1 x_1 + e_1 \\ y_2 &= \beta_0 + \beta_1 x_2 + e_2 \\ &\vdots \\ "
     r"y_n &= \beta_0 + \beta_1 x_n + e_n \end{aligned}", LINE),
    (r"\begin{aligned} y_1 &= \beta_0 + \beta_1 x_1 + e_1 \\ & \;\; \vdots \\ y_n &= \beta_0 + \beta_1 x_n + "
     r"e_n \end{aligned}",
     LINE),
    (r"E(y_1) = \mu_1, \ldots, E(y_n) = \mu_n", r"E(y_i) = \mu_i, i = 1, \dots, n"),
]  # fmt: skip


@pytest.mark.parametrize(("text", "meant"), ROWS)
def test_statements_with_dots_are_the_general_one(text: str, meant: str) -> None:
    reading = read(text)
    assert meaning(reading.parts) == meaning(read(meant).parts)
    assert_reads_back(reading)


@pytest.mark.parametrize(("text", "meant"), [
    (r"i = 1, \ldots, a = 4", r"i = 1, \ldots, 4"),  # one range
    (r"i = 1, \ldots, t, j = 1, \ldots, b", r"i = 1, \ldots, t; j = 1, \ldots, b"),  # two
    (r"y_1, \ldots, y_n \sim N(\mu, \sigma^2)", r"y_i \sim N(\mu, \sigma^2), i = 1, \dots, n"),
])  # fmt: skip
def test_dots_of_lists_and_ranges_part_no_statements(text: str, meant: str) -> None:
    assert meaning(read(text).parts) == meaning(read(meant).parts)


@pytest.mark.parametrize("text", [
    r"u_1 \sim N(0, \sigma_1^2), u_3 \sim N(0, \sigma_2^2), \ldots, u_r \sim N(0, \sigma_r^2)",  # 2 is left out
    r"u_1 \sim N(0, \sigma_1^2), \ldots, u_r \sim N(0, \sigma_s^2)",  # two ends
    r"u_1 \sim N(0, \sigma_1^2), \ldots, u_r \sim t(0, \sigma_r^2)",  # two families
    r"u_1 \sim N(0, \sigma_1^2) \\ \vdots",  # no end
    r"\vdots \\ u_r \sim N(0, \sigma_r^2)",  # no beginning
])  # fmt: skip
def test_statements_that_do_not_tell_how_they_go_on_are_refused(text: str) -> None:
    with pytest.raises(ReadError):
        read(text)
