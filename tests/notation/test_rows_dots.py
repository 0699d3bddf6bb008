r"""Sums and blocks with dots: each row is one spelling, and the same thing written with its index and limits, or out.

What is read is also written, in each dialect, and read again.
"""

from __future__ import annotations

from dataclasses import replace

import pytest
import sympy
from hypothesis import given
from hypothesis import strategies as st

from tests.notation.test_displays import bmatrix
from tests.notation.test_round_trip import meaning
from tests.notation.test_rows_expressions import assert_reads_back
from tutor.algebra.nodes import Scalar
from tutor.errors import ReadError
from tutor.notation.read import read
from tutor.notation.vocabulary import lecture_vocabulary

SPELLED = (r"\dots", r"\ldots", r"\cdots", "...", "…", "⋯")

SUMS = [
    (r"y_1 + y_2 + \dots + y_n", r"\sum_{i=1}^n y_i"),
    (r"y_1 + \dots + y_n", r"\sum_{i=1}^n y_i"),
    (r"\frac{1}{n}(y_1 + \dots + y_n)", r"\frac{1}{n}(\sum_{i=1}^n y_i)"),
    (r"\frac{y_1 + y_2 + \dots + y_n}{n}", r"\frac{\sum_{i=1}^n y_i}{n}"),
    (r"a_1 b_1 + a_2 b_2 + \dots + a_n b_n", r"\sum_{i=1}^n a_i b_i"),
    (r"y_1^2 + y_2^2 + \dots + y_n^2", r"\sum_{i=1}^n y_i^2"),
    (r"(y_1-\mu)^2 + \dots + (y_n-\mu)^2", r"\sum_{i=1}^n (y_i-\mu)^2"),
    (r"y_1 + y_2 + \dots + y_5", "y_1 + y_2 + y_3 + y_4 + y_5"),
    (r"y_1 + y_2 + \dots + y_{11} + y_{12}", " + ".join(f"y_{{{at}}}" for at in range(1, 13))),
    (r"y_1 + y_2 + \dots + y_{n-1}", r"\sum_{i=1}^{n-1} y_i"),
    (r"y_0 + y_1 + \dots + y_n", r"\sum_{i=0}^n y_i"),
    (r"y_{i1} + y_{i2} + \dots + y_{it}", r"\sum_{j=1}^t y_{ij}"),
    (r"\mu + y_1 + \dots + y_n + \eta", r"\mu + \sum_{i=1}^n y_i + \eta"),
    (r"\eta - y_1 - y_2 - \dots - y_n", r"\eta - \sum_{i=1}^n y_i"),
    (r"\beta_0 + \beta_1 x_1 + \beta_2 x_2 + \dots + \beta_p x_p", r"\beta_0 + \sum_{i=1}^p \beta_i x_i"),
    (r"1 + 2 + \dots + n", r"\sum_{i=1}^n i"),
    (r"2 + 4 + \dots + 2n", r"\sum_{i=1}^n 2i"),
    (r"1 + 4 + 9 + \dots + n^2", r"\sum_{i=1}^n i^2"),
    (r"1 + 2 + \dots + 10", "55"),
    (r"1 + \rho + \rho^2 + \dots + \rho^{t-1}", r"\sum_{i=1}^t \rho^{i-1}"),
    (r"1 + \rho + \dots + \rho^4", r"1 + \rho + \rho^2 + \rho^3 + \rho^4"),
    (r"\mathbf{Z}_1\mathbf{u}_1 + \dots + \mathbf{Z}_r\mathbf{u}_r", r"\sum_{i=1}^r \mathbf{Z}_i\mathbf{u}_i"),
    (r"\mathbf{x}_1\mathbf{x}_1' + \dots + \mathbf{x}_n\mathbf{x}_n'", r"\sum_{i=1}^n \mathbf{x}_i\mathbf{x}_i'"),
    (r"\sigma_1^2 \mathbf{V}_1 + \sigma_2^2 \mathbf{V}_2 + \dots + \sigma_k^2 \mathbf{V}_k",
     r"\sum_{i=1}^k \sigma_i^2 \mathbf{V}_i"),
    (r"\mathbf{X}\boldsymbol\beta + \mathbf{Z}_1\mathbf{u}_1 + \dots + \mathbf{Z}_r\mathbf{u}_r",
     r"\mathbf{X}\boldsymbol\beta + \sum_{i=1}^r \mathbf{Z}_i\mathbf{u}_i"),
    (r"Var(y_1) + \dots + Var(y_n)", r"\sum_{i=1}^n Var(y_i)"),
]  # fmt: skip

BLOCKS = [
    (r"\mathbf{R}_1 \oplus \dots \oplus \mathbf{R}_n", r"\bigoplus_{i=1}^n \mathbf{R}_i"),
    (r"\mathbf{R}_1 \oplus \mathbf{R}_2 \oplus \dots \oplus \mathbf{R}_5", r"\bigoplus_{i=1}^5 \mathbf{R}_i"),
    (r"\operatorname{blockdiag}(\mathbf{Z}_1, \dots, \mathbf{Z}_b)", r"\bigoplus_{i=1}^b \mathbf{Z}_i"),
    (r"\operatorname{diag}(\mathbf{Z}_1, \mathbf{Z}_2, \dots, \mathbf{Z}_b)", r"\bigoplus_{i=1}^b \mathbf{Z}_i"),
    (r"\operatorname{diag}(d_1, \dots, d_n)", r"\bigoplus_{i=1}^n d_i"),
    (r"\operatorname{blockdiag}(\mathbf{Z}_1\mathbf{G}\mathbf{Z}_1', \dots, \mathbf{Z}_b\mathbf{G}\mathbf{Z}_b')",
     r"\bigoplus_{i=1}^b \mathbf{Z}_i\mathbf{G}\mathbf{Z}_i'"),
    (bmatrix(r"\mathbf{V}_1 & & ", r"& \ddots & ", r" & & \mathbf{V}_m"), r"\bigoplus_{i=1}^m \mathbf{V}_i"),
    (bmatrix(r"\mathbf{Z}_1\mathbf{G}\mathbf{Z}_1' & & ", r"& \ddots & ", r" & & \mathbf{Z}_b\mathbf{G}\mathbf{Z}_b'"),
     r"\bigoplus_{i=1}^b \mathbf{Z}_i\mathbf{G}\mathbf{Z}_i'"),
    (r"\mathbf{I}_{6} + \operatorname{blockdiag}(\mathbf{J}_2, \dots, \mathbf{J}_2)",
     r"\mathbf{I}_6 + \mathbf{I}_3 \otimes \mathbf{J}_2"),
    (bmatrix(r"\mathbf{x}_1'", r"\mathbf{x}_2'", r"\vdots", r"\mathbf{x}_n'"), r"\mathbf{X}"),
    (bmatrix(r"\mathbf{x}_1'", r"\vdots", r"\mathbf{x}_3'"),
     bmatrix(r"\mathbf{x}_1'", r"\mathbf{x}_2'", r"\mathbf{x}_3'")),
]  # fmt: skip

PRODUCTS = [
    (r"x_1 x_2 \cdots x_n", r"\prod_{i=1}^n x_i"),
    (r"x_1 \cdot x_2 \cdots x_n", r"\prod_{i=1}^n x_i"),
    (r"y_1 \cdot y_2 \cdot \ldots \cdot y_n", r"\prod_{i=1}^n y_i"),
    (r"y_1 \times y_2 \times \dots \times y_n", r"\prod_{i=1}^n y_i"),
    ("y_1 * y_2 * ... * y_n", r"\prod_{i=1}^n y_i"),
    ("y_1 y_2 ⋯ y_n", r"\prod_{i=1}^n y_i"),
    (r"\lambda_1 \lambda_2 \cdots \lambda_n", r"\prod_{i=1}^n \lambda_i"),
    (r"\lambda_1 \cdots \lambda_n", r"\prod_{i=1}^n \lambda_i"),
    (r"\lambda_1^{m_1} \cdots \lambda_k^{m_k}", r"\prod_{i=1}^k \lambda_i^{m_i}"),
    (r"1 \cdot 2 \cdots n", r"\prod_{i=1}^n i"),
    (r"2 \cdot 4 \cdots 2n", r"\prod_{i=1}^n 2i"),
    (r"1 \cdot 2 \cdots 6", "720"),
    (r"A_1 A_2 \cdots A_k", r"\prod_{i=1}^k A_i"),
    (r"\mathbf{A}_1 \mathbf{A}_2 \cdots \mathbf{A}_k", r"\prod_{i=1}^k \mathbf{A}_i"),
    (r"\mathbf{A}_1 \cdots \mathbf{A}_4", r"\mathbf{A}_1 \mathbf{A}_2 \mathbf{A}_3 \mathbf{A}_4"),
    (r"\mathbf{A}_1 \cdots \mathbf{A}_n \mathbf{x}", r"(\prod_{i=1}^n \mathbf{A}_i) \mathbf{x}"),
    (r"a_1 b_1 \cdots a_n b_n", r"\prod_{i=1}^n a_i b_i"),
    (r"x_0 x_1 \cdots x_n", r"\prod_{i=0}^n x_i"),
    (r"x_1 x_2 \cdots x_{n-1}", r"\prod_{i=1}^{n-1} x_i"),
    (r"\eta x_1 x_2 \cdots x_n", r"\eta \prod_{i=1}^n x_i"),
    (r"\mu + x_1 x_2 \cdots x_n + \eta", r"\mu + \prod_{i=1}^n x_i + \eta"),
    (r"(1-p_1)(1-p_2) \cdots (1-p_n)", r"\prod_{i=1}^n (1-p_i)"),
    (r"f(y_1) f(y_2) \cdots f(y_n)", r"\prod_{i=1}^n f(y_i)"),
    (r"f(y_1 | \theta) f(y_2 | \theta) \cdots f(y_n | \theta)", r"\prod_{i=1}^n f(y_i | \theta)"),
    (r"f(y_1 | u_1) \cdots f(y_n | u_n)", r"\prod_{i=1}^n f(y_i | u_i)"),
    (r"\log(x_1 \cdots x_n)", r"\log(\prod_{i=1}^n x_i)"),
    (r"|\mathbf{R}_1| |\mathbf{R}_2| \cdots |\mathbf{R}_n|", r"\prod_{i=1}^n |\mathbf{R}_i|"),
    (r"x_{11} x_{12} \cdots x_{1p}", r"\prod_{i=1}^p x_{1i}"),
]  # fmt: skip


@pytest.mark.parametrize(("text", "meant"), PRODUCTS)
def test_factors_with_dots_are_the_product_over_their_index(text: str, meant: str) -> None:
    reading = read(text)
    assert reading.tree == read(meant).tree
    assert_reads_back(reading)


@given(st.integers(0, 3), st.integers(4, 15), st.integers(1, 2), st.sampled_from(["y", "x", r"\tau", r"\mathbf{A}"]))
def test_a_product_written_out_and_shortened_by_dots_is_the_same(first: int, count: int, shown: int, name: str) -> None:
    factors = [f"{name}_{{{at}}}" for at in range(first, first + count)]
    short = " ".join([*factors[:shown], r"\cdots", factors[-1]])
    assert read(short).tree == read(" ".join(factors)).tree


@pytest.mark.parametrize("text", [r"i = 1 \cdots n", r"i = 1 \dots n"])
def test_the_values_of_an_index_are_no_product(text: str) -> None:
    assert meaning(read(text).parts) == meaning(read("i = 1, …, n").parts)


@pytest.mark.parametrize("dots", SPELLED)
@pytest.mark.parametrize(("text", "meant"), [*SUMS, *BLOCKS])
def test_terms_with_dots_are_the_sum_over_their_index(text: str, meant: str, dots: str) -> None:
    assert read(text.replace(r"\dots", dots)).tree == read(meant).tree


@pytest.mark.parametrize("text", [text for text, _ in [*SUMS, *BLOCKS]])
def test_what_dots_stand_for_reads_back(text: str) -> None:
    assert_reads_back(read(text))


REFUSED = [
    r"y_1 + y_3 + \dots + y_n", r"y_1 + y_2 + y_4 + \dots + y_9", r"y_1 - y_2 + \dots + y_n", r"y + \dots + y",
    r"y_1 + \dots", r"y_1 + \dots + y_2", r"y_1 + \dots + x_n", r"1 + 2 + 4 + \dots + 10",
    r"y_1 + \dots + y_n + \dots + y_m", r"x_1 x_2 \cdots", r"x_1 x_3 \cdots x_n",
    r"x \cdots x", r"x_1 \cdots x_n \cdots x_m", r"x_1 \dots x_n", r"[x_1 \cdots x_n]", r"(x_1 \cdots x_n)'",
    r"\frac{1}{x_1} x_2 / \cdots / x_n", r"2 \cdot 2 \cdots 2", bmatrix(r"x_1 \cdots x_n"),
    bmatrix(r"1 \cdots 0", r"0 \cdots 1"), r"x_1 / x_2 \cdots x_n", r"n \cdot (n - 1) \cdots 1",
    r"\mathbf{R}_1 \oplus \mathbf{R}_3 \oplus \dots \oplus \mathbf{R}_n",
    r"\operatorname{blockdiag}(\mathbf{R}_1, \dots)", r"\operatorname{blockdiag}(\mathbf{R}_1, \dots, \mathbf{Z}_b)",
    r"\mathbf{R} \oplus \dots \oplus \mathbf{R}", bmatrix(r"\mathbf{x}_1'", r"\vdots", r"\mathbf{z}_n'"),
]  # fmt: skip


@pytest.mark.parametrize("text", REFUSED)
def test_terms_that_do_not_tell_how_they_go_on_are_refused_with_a_reason(text: str) -> None:
    with pytest.raises(ReadError) as refused:
        read(text)
    assert refused.value.kind == "ellipsis"
    assert refused.value.start is not None
    assert refused.value.tip


@given(st.integers(0, 3), st.integers(4, 15), st.integers(1, 2), st.sampled_from(["y", "x", r"\tau", r"\beta"]))
def test_a_sum_written_out_and_shortened_by_dots_is_the_same(first: int, count: int, shown: int, name: str) -> None:
    terms = [f"{name}_{{{at}}}" for at in range(first, first + count)]
    short = " + ".join([*terms[:shown], r"\dots", terms[-1]])
    assert read(short).tree == read(" + ".join(terms)).tree


@given(st.integers(4, 12), st.integers(1, 3), st.integers(1, 2), st.sampled_from(["R", "V", "Z"]))
def test_blocks_written_out_and_shortened_by_dots_are_the_same(count: int, shown: int, end: int, name: str) -> None:
    blocks = [rf"\mathbf{{{name}}}_{{{at}}}" for at in range(1, count + 1)]
    if shown + end < count:
        short = [*blocks[:shown], r"\dots", *blocks[-end:]]
        assert read(rf"\operatorname{{blockdiag}}({', '.join(short)})").tree == read(
            rf"\operatorname{{blockdiag}}({', '.join(blocks)})"
        ).tree  # fmt: skip


def test_a_letter_that_counts_a_known_number_writes_the_sum_out() -> None:
    vocabulary = replace(lecture_vocabulary(), sizes={"n": Scalar(sympy.Integer(4))})
    assert read(r"y_1 + \dots + y_n", vocabulary).tree == read("y_1 + y_2 + y_3 + y_4", vocabulary).tree
