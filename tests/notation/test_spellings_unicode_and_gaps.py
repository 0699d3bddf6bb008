r"""Small characters as limits and exponents, the small sign of a direct sum, and lists with a general member."""

from __future__ import annotations

import pytest

from tests.notation.test_round_trip import meaning
from tests.notation.test_rows_expressions import assert_reads_back
from tutor.errors import ReadError
from tutor.notation.read import read

SAME = [
    ("∑ᵢ₌₁ᵐ xᵢ", r"\sum_{i=1}^m x_i"),
    ("∑ᵢ₌₁ⁿ (yᵢ − ȳ)²", r"\sum_{i=1}^{n} (y_i - \bar{y})^2"),
    ("∑ᵢ₌₁ᵗ⁻¹ τᵢ", r"\sum_{i=1}^{t-1} \tau_i"),
    ("∑ⱼ₌₁³ uⱼ", "u_1 + u_2 + u_3"),
    ("∏ᵢ₌₁ⁿ f(yᵢ)", r"\prod_{i=1}^n f(y_i)"),
    ("⊕ᵢ₌₁ᵐ Vᵢ", r"\bigoplus_{i=1}^m V_i"),
    ("ρᵏ", r"\rho^k"),
    ("σ²ρᵗ⁻¹", r"\sigma^2\rho^{t-1}"),
    ("I_{n²}", "I_{n^2}"),
    (r"\oplus_{j=1}^b \mathbf{V}_j", r"\bigoplus_{j=1}^b \mathbf{V}_j"),
    (r"\mathbf{V} = \oplus_{j=1}^{b} \mathbf{V}_j", r"\mathbf{V} = \bigoplus_{j=1}^b \mathbf{V}_j"),
    ("i = 1, …, k, …, n", "i = 1, …, n"),
    ("i = 1, 2, …, k, …, n; j = 1, …, b", "i = 1, 2, …, n; j = 1, …, b"),
    (r"y_1, \dots, y_k, \dots, y_n", r"y_1, \dots, y_n"),
    (r"\mathbf{y} = [y_1, \dots, y_k, \dots, y_n]'", r"\mathbf{y} = [y_1, \dots, y_n]'"),
    (r"\begin{bmatrix} y_1 \\ \vdots \\ y_i \\ \vdots \\ y_n \end{bmatrix}", r"[y_1, \dots, y_n]'"),
    (r"\operatorname{diag}(\sigma^2_1, \dots, \sigma^2_k, \dots, \sigma^2_n)",
     r"\operatorname{diag}(\sigma^2_1, \dots, \sigma^2_n)"),
    (r"\mathbf{V}_1 \oplus \dots \oplus \mathbf{V}_i \oplus \dots \oplus \mathbf{V}_m",
     r"\bigoplus_{i=1}^m \mathbf{V}_i"),
    (r"y_1 + \dots + y_k + \dots + y_n", r"\sum_{i=1}^n y_i"),
    (r"y_1 y_2 \cdots y_k \cdots y_n", r"\prod_{i=1}^n y_i"),
]  # fmt: skip


@pytest.mark.parametrize(("text", "plain"), SAME, ids=[text for text, _ in SAME])
def test_it_means_what_the_plain_spelling_means(text: str, plain: str) -> None:
    reading = read(text)
    assert meaning(reading.parts) == meaning(read(plain).parts)
    assert_reads_back(reading)


@pytest.mark.parametrize(
    "text",
    [
        "y_1, …, x_k, …, y_n",  # another letter
        "[y_1, …, y_3, …, y_n]",  # a number, which may be the second or not
        r"y_1 - \dots + y_k - \dots - y_n",  # other signs around it
        "[1, …, ρ, …, n]",
    ],
)
def test_what_is_no_general_member_is_not_left_out(text: str) -> None:
    with pytest.raises(ReadError) as refused:
        read(text)
    assert refused.value.kind == "ellipsis"
