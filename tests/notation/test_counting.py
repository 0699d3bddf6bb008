"""Sums, direct sums, rows of vectors and moments with dots mean what is meant when all of it is written."""

from __future__ import annotations

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from tests.notation.test_round_trip import meaning
from tutor.errors import ReadError
from tutor.models.catalogue import one_way, rcbd
from tutor.notation.read import read
from tutor.notation.write import latex, unicode

SAME = {
    r"y_1 + y_2 + \dots + y_n": r"\sum_{i=1}^n y_i",
    r"y_1 + \cdots + y_n": r"\sum_{i=1}^n y_i",
    "y_1 + ... + y_n": r"\sum_{i=1}^n y_i",
    "y_1 + y_2 + … + y_n": "∑_{i=1}^n y_i",
    r"\frac{1}{n}(y_1 + y_2 + \ldots + y_n)": r"\frac{1}{n}\sum_{i=1}^n y_i",
    r"\frac{y_1 + \dots + y_n}{n}": r"\frac{\sum_{i=1}^n y_i}{n}",
    r"a_1 b_1 + a_2 b_2 + \dots + a_n b_n": r"\sum_{i=1}^n a_i b_i",
    r"\beta_0 + \beta_1 x_1 + \dots + \beta_p x_p": r"\beta_0 + \sum_{i=1}^p \beta_i x_i",
    r"\beta_0 + \beta_1 x_{i1} + \beta_2 x_{i2} + \dots + \beta_p x_{ip} + \varepsilon_i":
        r"\beta_0 + \sum_{j=1}^p \beta_j x_{ij} + \varepsilon_i",
    r"y_{i1} + y_{i2} + \cdots + y_{in}": r"\sum_{j=1}^n y_{ij}",
    r"\sigma^2_1 + \dots + \sigma^2_k": r"\sum_{i=1}^k \sigma^2_i",
    r"1 + 2 + \dots + n": r"\sum_{i=1}^n i",
    r"\mathbf{Z}_1\mathbf{u}_1 + \dots + \mathbf{Z}_k\mathbf{u}_k": r"\sum_{i=1}^k \mathbf{Z}_i\mathbf{u}_i",
    r"\lambda_1 \mathbf{P}_1 + \dots + \lambda_k \mathbf{P}_k": r"\sum_{i=1}^k \lambda_i \mathbf{P}_i",
    r"\mathbf{x}_1\mathbf{x}_1' + \dots + \mathbf{x}_n\mathbf{x}_n'": r"\sum_{i=1}^n \mathbf{x}_i\mathbf{x}_i'",
    r"\mathbf{R}_1 \oplus \dots \oplus \mathbf{R}_n": r"\bigoplus_{i=1}^n \mathbf{R}_i",
    r"\operatorname{blockdiag}(\mathbf{Z}_1, \mathbf{Z}_2, \dots, \mathbf{Z}_b)": r"\bigoplus_{i=1}^b \mathbf{Z}_i",
    r"\operatorname{diag}(\mathbf{V}_1, \dots, \mathbf{V}_m)": r"\bigoplus_{i=1}^m \mathbf{V}_i",
    "y_1 + ... + y_5": "y_1 + y_2 + y_3 + y_4 + y_5",
    "y_1 + y_2 + ... + y_11 + y_12": "y_1 + y_2 + y_3 + y_4 + y_5 + y_6 + y_7 + y_8 + y_9 + y_10 + y_11 + y_12",
    "R_1 ⊕ … ⊕ R_4": "R_1 ⊕ R_2 ⊕ R_3 ⊕ R_4",
    r"\mathbf{R}_1 \oplus \mathbf{R}_2 \oplus \dots \oplus \mathbf{R}_4":
        r"\mathbf{R}_1 \oplus \mathbf{R}_2 \oplus \mathbf{R}_3 \oplus \mathbf{R}_4",
    r"[\mathbf{Z}_1, \dots, \mathbf{Z}_4]": r"[\mathbf{Z}_1, \mathbf{Z}_2, \mathbf{Z}_3, \mathbf{Z}_4]",
    r"\begin{bmatrix} Var(y_1) & \dots & Cov(y_1,y_3) \\ \vdots & \ddots & \vdots \\ Cov(y_3,y_1) & \dots & Var(y_3)"
    r"\end{bmatrix}": r"Var(\begin{bmatrix}y_1 \\ y_2 \\ y_3\end{bmatrix})",
}  # fmt: skip
"""A text with dots, and one without them that has the same meaning."""

REFUSED = [
    "y_1 + ... + y_n + ... + y_m", "y_1 - ... + y_n", "a + b + ... + z",
    r"\mathbf{R}_1 \oplus \dots \oplus \mathbf{G}_n",
    r"\begin{bmatrix} Var(y_1) & \dots & Cov(y_1,y_3) \\ \vdots & \ddots & \vdots \\ Cov(y_3,y_2) & \dots & Var(y_3)"
    r"\end{bmatrix}",
]  # fmt: skip


@pytest.mark.parametrize("text", SAME)
def test_dots_mean_what_is_meant_without_them(text: str) -> None:
    assert read(text).tree == read(SAME[text]).tree


@pytest.mark.parametrize("text", SAME)
def test_what_dots_stand_for_reads_back(text: str) -> None:
    tree = read(text).tree
    assert tree is not None
    assert meaning(read(latex(tree)).parts) == meaning(read(text).parts)


@pytest.mark.parametrize("text", REFUSED)
def test_dots_that_could_stand_for_anything_are_refused_with_their_place(text: str) -> None:
    with pytest.raises(ReadError) as told:
        read(text)
    assert told.value.kind == "ellipsis"
    assert told.value.start < told.value.end


@given(st.integers(1, 3), st.integers(5, 14), st.sampled_from(["y", "x", "mu", "tau"]), st.sampled_from([1, 2]))
def test_a_shortened_sum_is_the_whole_one(ahead: int, count: int, letter: str, behind: int) -> None:
    terms = [f"{letter}_{i}" if i < 10 else f"{letter}_{{{i}}}" for i in range(1, count + 1)]
    assume(ahead + behind < count)
    short = " + ".join([*terms[:ahead], "...", *terms[-behind:]])
    assert read(short).tree == read(" + ".join(terms)).tree


@given(st.integers(1, 3), st.integers(5, 9))
def test_a_shortened_direct_sum_is_the_whole_one(ahead: int, count: int) -> None:
    blocks = [rf"\mathbf{{R}}_{i}" for i in range(1, count + 1)]
    short = r" \oplus ".join([*blocks[:ahead], r"\dots", blocks[-1]])
    assert read(short).tree == read(r" \oplus ".join(blocks)).tree


def test_in_a_model_the_letter_of_a_size_is_its_number() -> None:
    m = rcbd(3, 4)
    assert read(r"\tau_1 + \dots + \tau_t", m.vocabulary).tree == read("tau_1 + tau_2 + tau_3", m.vocabulary).tree


@pytest.mark.parametrize(
    ("text", "rows", "columns"),
    [(r"\mathbf{y}: 12 \times 1", "12", "1"), (r"\mathbf{X}: bt \times (t+1)", "b*t", "t + 1"), ("Z: n × q", "n", "q")],
)
def test_dimensions_of_one_design_are_declared_for_the_letters_of_the_lecture(
    text: str, rows: str, columns: str
) -> None:
    (part,) = read(text).parts
    assert (str(part.rows), str(part.columns)) == (rows, columns)  # pyright: ignore[reportAttributeAccessIssue]


@pytest.mark.parametrize("text", [r"\mathbf{Z}: n \times p", r"\mathbf{y}: 12 \times 2", r"\mathbf{X}: p \times n"])
def test_dimensions_that_are_others_are_refused(text: str) -> None:
    with pytest.raises(ReadError) as told:
        read(text)
    assert told.value.kind == "wrong-dimension"


@pytest.mark.parametrize(
    ("text", "meant"),
    [
        ("1'V^-1 1", r"\mathbf{1}'\mathbf{V}^{-1}\mathbf{1}"),
        ("(1/n) 1'y", r"\frac{1}{n}\mathbf{1}'\mathbf{y}"),
        ("(I - (1/n) 1 1')y", r"(\mathbf{I} - \frac{1}{n}\mathbf{1}\mathbf{1}')\mathbf{y}"),
    ],
)
def test_in_plain_text_1_beside_a_matrix_is_the_vector_of_ones(text: str, meant: str) -> None:
    assert read(text).tree == read(meant).tree


def test_a_model_of_one_column_has_X_beta_and_knows_pi() -> None:
    m = one_way("a", "n")
    assert read("X beta", m.vocabulary).tree == m.mean
    assert unicode(read("n log(2 pi)", rcbd(3, 4).vocabulary).tree) == "12 log(2π)"
