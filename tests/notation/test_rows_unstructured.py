r"""Covariance matrices of which dots leave out cells that no number tells, as course pages on repeated measures write
them: unstructured, by times, by lags and by distances, whole or one triangle of them.

Each row is a display and the outline of what it says; what is read is written in each dialect and read again.
"""

from __future__ import annotations

import pytest

from tests.notation.outlines import outline
from tests.notation.test_rows_expressions import assert_reads_back
from tutor.errors import ReadError
from tutor.notation.read import read

LAST_ROWS = r"\\ \vdots & \vdots & \ddots & \vdots \\"

WHOLE = [
    (r"\Sigma = \begin{bmatrix} \sigma_1^2 & \sigma_{12} & \cdots & \sigma_{1t} \\ \sigma_{21} & \sigma_2^2 & \cdots"
     rf" & \sigma_{{2t}} {LAST_ROWS} \sigma_{{t1}} & \sigma_{{t2}} & \cdots & \sigma_t^2 \end{{bmatrix}}",
     "equation: V[t,t] = entries_i,j[t,t](sigma2_i, sigma_ij)"),
    (r"\Sigma = \begin{bmatrix} \sigma^2_{1} & \sigma_{1,2} & \cdots & \sigma_{1,T} \\ \sigma_{2,1} & \sigma^2_{2} &"
     rf" \cdots & \sigma_{{2,T}} {LAST_ROWS} \sigma_{{T,1}} & \sigma_{{T,2}} & \cdots & \sigma_T^2 \end{{bmatrix}}",
     "equation: V[T,T] = entries_i,j[T,T](sigma2_i, sigma_ij)"),
    (r"\Sigma = \begin{bmatrix} \sigma_1^2 & \sigma_1\sigma_2\rho_{12} & \cdots & \sigma_1\sigma_n\rho_{1n} \\"
     rf" \sigma_2\sigma_1\rho_{{21}} & \sigma_2^2 & \cdots & \sigma_2\sigma_n\rho_{{2n}} {LAST_ROWS}"
     r" \sigma_n\sigma_1\rho_{n1} & \sigma_n\sigma_2\rho_{n2} & \cdots & \sigma_n^2 \end{bmatrix}",
     "equation: V[n,n] = entries_i,j[n,n](sigma2_i, rho_ij*sqrt(sigma2_i)*sqrt(sigma2_j))"),
    (r"\begin{pmatrix} 1 & \rho_{12} & \cdots & \rho_{1n} \\ \rho_{21} & 1 & \cdots & \rho_{2n}"
     rf" {LAST_ROWS} \rho_{{n1}} & \rho_{{n2}} & \cdots & 1 \end{{pmatrix}}",
     "matrix-expression: entries_i,j[n,n](1, rho_ij)"),
]  # fmt: skip

SYMMETRIC = [
    (r"\begin{pmatrix} 1 & \rho_{12} & \cdots & \rho_{1n} \\ \rho_{12} & 1 & \cdots & \rho_{2n}"
     rf" {LAST_ROWS} \rho_{{1n}} & \rho_{{2n}} & \cdots & 1 \end{{pmatrix}}",
     "matrix-expression: entries_i<j[n,n](1, rho_ij)"),
    (r"\begin{bmatrix} \sigma_1^2 & \rho\sigma_1\sigma_2 & \cdots & \rho\sigma_1\sigma_t \\ \rho\sigma_1\sigma_2 &"
     rf" \sigma_2^2 & \cdots & \rho\sigma_2\sigma_t {LAST_ROWS} \rho\sigma_1\sigma_t & \rho\sigma_2\sigma_t & \cdots &"
     r" \sigma_t^2 \end{bmatrix}",
     "matrix-expression: entries_i<j[t,t](sigma2_i, rho*sqrt(sigma2_i)*sqrt(sigma2_j))"),
    (r"\mathbf{R}_i = \begin{bmatrix} \sigma_1^2 & \sigma_{12} & \cdots & \sigma_{1n_i} \\ & \sigma_2^2 & \cdots &"
     r" \sigma_{2n_i} \\ & & \ddots & \vdots \\ & & & \sigma_{n_i}^2 \end{bmatrix}",
     "equation: R_i[n_i,n_i] = entries_j<k[n_i,n_i](sigma2_j, sigma_jk)"),
]  # fmt: skip

NAMED = [text for text, _ in WHOLE + SYMMETRIC]

DESIGNS = [
    (r"\mathbf{X} = \begin{bmatrix} 1 & x_{11} & \cdots & x_{1p} \\ 1 & x_{21} & \cdots & x_{2p} \\ \vdots & \vdots &"
     r" \ddots & \vdots \\ 1 & x_{n1} & \cdots & x_{np} \end{bmatrix}", "X[n,p + 1]"),
    (r"\mathbf{X} = \begin{bmatrix} 1 & x_{11} & \cdots & x_{1,p-1} \\ 1 & x_{21} & \cdots & x_{2,p-1} \\ \vdots &"
     r" \vdots & \ddots & \vdots \\ 1 & x_{n1} & \cdots & x_{n,p-1} \end{bmatrix}", "X[n,p]"),
]  # fmt: skip

UNCLEAR = [
    # σ_{3t} stands where σ_{2t} should
    r"\Sigma = \begin{bmatrix} \sigma_1^2 & \sigma_{12} & \cdots & \sigma_{1t} \\ \sigma_{21} & \sigma_2^2 & \cdots &"
    rf" \sigma_{{3t}} {LAST_ROWS} \sigma_{{t1}} & \sigma_{{t2}} & \cdots & \sigma_t^2 \end{{bmatrix}}",
    # the last row ends with another letter
    r"\Sigma = \begin{bmatrix} \sigma_1^2 & \sigma_{12} & \cdots & \sigma_{1t} \\ \sigma_{21} & \sigma_2^2 & \cdots &"
    rf" \sigma_{{2t}} {LAST_ROWS} \sigma_{{t1}} & \sigma_{{t2}} & \cdots & \sigma_s^2 \end{{bmatrix}}",
]


@pytest.mark.parametrize(("text", "told"), WHOLE + SYMMETRIC, ids=NAMED)
def test_the_cells_that_dots_leave_out_are_those_of_their_places(text: str, told: str) -> None:
    assert outline(read(text)) == told


@pytest.mark.parametrize("text", NAMED)
def test_a_matrix_by_the_places_of_its_cells_reads_back(text: str) -> None:
    assert_reads_back(read(text))


def test_as_many_cells_as_a_number_tells_are_all_written_out() -> None:
    text = (
        r"\begin{bmatrix} \sigma_1^2 & \sigma_{12} & \cdots & \sigma_{14} \\ \sigma_{21} & \sigma_2^2 & \cdots &"
        rf" \sigma_{{24}} {LAST_ROWS} \sigma_{{41}} & \sigma_{{42}} & \cdots & \sigma_4^2 \end{{bmatrix}}"
    )
    assert "sigma_31, sigma_32, sigma2_3, sigma_34" in outline(read(text))


@pytest.mark.parametrize(("text", "told"), DESIGNS, ids=[told for _, told in DESIGNS])
def test_a_design_with_dots_is_as_wide_as_its_columns_are_told_to_be(text: str, told: str) -> None:
    assert outline(read(text)).startswith(f"equation: {told} = block[Ones[n,1], ")


@pytest.mark.parametrize("text", UNCLEAR)
def test_cells_that_contradict_their_places_are_refused(text: str) -> None:
    with pytest.raises(ReadError) as caught:
        read(text)
    assert caught.value.kind == "ellipsis"
