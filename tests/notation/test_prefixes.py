r"""How far a logarithm without brackets reaches: 2π and 2πσ² belong to it, another factor does not."""

from __future__ import annotations

import pytest

from tests.notation.test_rows_expressions import assert_reads_back
from tutor.notation.read import read
from tutor.notation.write import write

SAME = [
    (r"\log 2\pi", r"\log(2\pi)"),
    ("log 2π", r"\log(2\pi)"),
    (r"(n - p)\log 2\pi", r"(n - p)\log(2\pi)"),
    (r"-\frac{n}{2}\log 2\pi\sigma^2 - \frac12\log|\mathbf{V}|",
     r"-\frac{n}{2}\log(2\pi\sigma^2) - \frac12\log|\mathbf{V}|"),
    (r"n\ln 2\pi + n\ln\sigma^2", r"n\ln(2\pi) + n\ln(\sigma^2)"),
    (r"\log(2)\pi", r"\pi\log(2)"),
    (r"\log 2\,\tau_1", r"\log(2\tau_1)"),
    (r"\log 2\,y", r"y\log(2)"),
    (r"\ln\det\mathbf{V}", r"\log|\mathbf{V}|"),
]  # fmt: skip


@pytest.mark.parametrize(("text", "meant"), SAME, ids=[text for text, _ in SAME])
def test_a_logarithm_reaches_as_far_as_it_is_meant(text: str, meant: str) -> None:
    reading = read(text)
    assert reading.tree == read(meant).tree
    assert_reads_back(reading)


def test_products_of_degrees_of_freedom_keep_their_brackets() -> None:
    text = r"F \sim F_{a-1, (a-1)(b-1)}"
    assert write(read(text)) == text


def test_sizes_stand_before_a_logarithm() -> None:
    assert write(read(r"(n - p)\log 2\pi")) == r"(n - p) \log(2\pi)"
