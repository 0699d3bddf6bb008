"""SD(x) is the root of Var(x), in any spelling; SD without brackets is a statistic."""

from __future__ import annotations

import pytest

from tests.notation.test_rows_expressions import assert_reads_back
from tutor import check
from tutor.models.catalogue import rcbd
from tutor.notation.read import read


@pytest.mark.parametrize(
    ("text", "meant"),
    [
        (r"\operatorname{SD}(y_{11})", r"\sqrt{\operatorname{Var}(y_{11})}"),
        (r"\mathrm{sd}(\bar{y}_{1\cdot} - \bar{y}_{2\cdot})",
         r"\sqrt{\operatorname{Var}(\bar{y}_{1\cdot} - \bar{y}_{2\cdot})}"),
        ("SD(y_11 | u)", r"\sqrt{\operatorname{Var}(y_{11} \mid \mathbf{u})}"),
        ("sd(u)", r"\sqrt{\operatorname{Var}(u)}"),
        (r"\theta_1 \frac{\operatorname{SD}(b_{1i})}{\operatorname{SD}(b_{2i})}",
         r"\theta_1 \frac{\sqrt{\operatorname{Var}(b_{1i})}}{\sqrt{\operatorname{Var}(b_{2i})}}"),
    ],
)  # fmt: skip
def test_a_standard_deviation_is_the_root_of_a_variance(text: str, meant: str) -> None:
    assert read(text).tree == read(meant).tree
    assert_reads_back(read(text))


def test_without_brackets_it_is_a_statistic() -> None:
    assert str(read(r"CV = SD/\bar{y}")) == "CV = SD/ȳ"


def test_an_answer_may_have_it() -> None:
    m = rcbd(treatments=3, blocks=4)
    right = check("SD(y_11)", "sqrt(sigma^2_u + sigma^2)", m)
    assert right.correct, right
    assert not check("SD(y_11)", "sigma^2_u + sigma^2", m).correct
