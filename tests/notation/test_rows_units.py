r"""Vectors and matrices of the elements of units, with dots that leave out some of a unit or whole units: each row is
one spelling, and the same thing written in another way."""

from __future__ import annotations

import pytest

from tests.notation.test_displays import bmatrix
from tests.notation.test_round_trip import meaning
from tests.notation.test_rows_expressions import assert_reads_back
from tutor.errors import ReadError
from tutor.notation.read import read

LISTS = [
    # all units have as many elements
    (r"(y_{11}, y_{12}, y_{13}, y_{21}, y_{22}, \ldots, y_{n3})'", r"(y_{11}, y_{12}, \ldots, y_{n3})'"),
    (bmatrix("y_{11}", r"\vdots", "y_{1n}", r"\vdots", "y_{mn}"), r"(y_{11}, y_{12}, \ldots, y_{mn})'"),
    (bmatrix("y_{11}", "y_{12}", r"\vdots", "y_{1n}", "y_{21}", r"\vdots", "y_{2n}", r"\vdots", "y_{mn}"),
     r"(y_{11}, y_{12}, \ldots, y_{mn})'"),
    (bmatrix("y_{11}", r"\vdots", "y_{1n}", r"\vdots", "y_{m1}", r"\vdots",
     "y_{mn}"), r"(y_{11}, y_{12}, \ldots, y_{mn})'"),
    (r"(y_{11}, \ldots, y_{1n}, y_{21}, \ldots, y_{2n})'", r"(y_{11}, y_{12}, \ldots, y_{2n})'"),
    (r"(y_{11}, y_{21}, \ldots, y_{m1}, \ldots, y_{mn})'", r"(y_{11}, y_{21}, \ldots, y_{mn})'"),
    (r"(y_{11}, y_{12}, \ldots, y_{1,n-1}, y_{1n}, y_{21}, \ldots, y_{mn})'", r"(y_{11}, y_{12}, \ldots, y_{mn})'"),
    (r"(y_{11}, y_{12}, \ldots, y_{32})'", r"(y_{11}, y_{12}, y_{21}, y_{22}, y_{31}, y_{32})'"),
    # an index that counts from 0
    (r"(u_{10}, u_{11}, u_{20}, u_{21}, \ldots, u_{40}, u_{41})'",
     r"(u_{10}, u_{11}, u_{20}, u_{21}, u_{30}, u_{31}, u_{40}, u_{41})'"),
    (r"(u_{01}, u_{11}, u_{02}, u_{12}, \ldots, u_{04}, u_{14})'",
     r"(u_{01}, u_{11}, u_{02}, u_{12}, u_{03}, u_{13}, u_{04}, u_{14})'"),
    (r"(u_{10}, u_{11}, ...., u_{mq})", r"(u_{10}, u_{11}, \ldots, u_{mq})"),
    # units have n_1, n_2, … elements
    (r"(y_{11}, \ldots, y_{1n_1}, y_{21}, \ldots, y_{mn_m})'", r"(y_{11}, y_{12}, \ldots, y_{mn_m})'"),
    (r"(y_{1,1}, \ldots, y_{1,n_1}, y_{2,1}, \ldots, y_{m,n_m})'", r"(y_{11}, y_{12}, \ldots, y_{mn_{m}})'"),
    (bmatrix("y_{11}", "y_{12}", r"\vdots", "y_{1n_1}", "y_{21}", r"\vdots", "y_{2n_2}", r"\vdots", "y_{k1}",
     r"\vdots", "y_{kn_k}"),
     r"(y_{11}, \ldots, y_{k n_k})'"),
    (r"(Y_{11}, Y_{12}, ...., Y_{mn_{m}})", r"(Y_{11}, \ldots, Y_{m,n_m})"),
]  # fmt: skip


@pytest.mark.parametrize(("text", "meant"), LISTS)
def test_elements_of_units_with_dots_are_one_vector(text: str, meant: str) -> None:
    reading = read(text)
    assert meaning(reading.parts) == meaning(read(meant).parts)
    assert_reads_back(reading)


def test_vectors_of_units_with_their_own_numbers_of_elements_are_one_vector() -> None:
    blocks = bmatrix(r"\mathbf{y}_1", r"\vdots", r"\mathbf{y}_m")
    elements = bmatrix("y_{1,1}", r"\vdots", "y_{1,n_1}", "y_{2,1}", r"\vdots", "y_{m,n_m}")
    assert meaning(read(rf"\mathbf{{y}} = {blocks} = {elements}").parts) == meaning(
        read(rf"\mathbf{{y}} = \mathbf{{y}} = {elements}").parts
    )


@pytest.mark.parametrize(("text", "shape"), [
    (r"(y_{11}, y_{12}, \ldots, y_{mn})'", "(m*n, 1)"),
    (r"(u_{10}, u_{11}, \ldots, u_{mq})'", "(m*(q + 1), 1)"),
    (r"(u_{01}, u_{11}, u_{02}, u_{12}, \ldots, u_{0m}, u_{1m})'", "(2*m, 1)"),
    (r"(y_{11}, y_{12}, y_{13}, y_{21}, \ldots, y_{n3})'", "(3*n, 1)"),
])  # fmt: skip
def test_a_vector_of_units_is_as_long_as_its_indices_tell(text: str, shape: str) -> None:
    assert str(read(text).shape) == shape


@pytest.mark.parametrize("text", [
    r"(y_{11}, \ldots, y_{1n}, y_{31}, \ldots, y_{mn})'",  # the second unit is left out, and no dots are there
    r"(y_{11}, \ldots, y_{1n_1}, y_{22}, \ldots, y_{mn_m})'",  # and here an element
    r"(y_{11}, y_{13}, y_{15}, \ldots, y_{1n}, \ldots, y_{mn})'",
    r"(y_{12}, \ldots, y_{1n_1}, \ldots, y_{mn_m})'",
    r"(y_{11}, \ldots, y_{mn_k})'",
])  # fmt: skip
def test_elements_of_units_that_do_not_follow_each_other_are_refused(text: str) -> None:
    with pytest.raises(ReadError):
        read(text)


MATRICES = [
    # incidence matrices, each unit with as many rows
    (bmatrix(r"1 & 0 & \cdots & 0", r"1 & 0 & \cdots & 0", r"0 & 1 & \cdots & 0", r"0 & 1 & \cdots & 0",
             r"\vdots & \vdots & \ddots & \vdots", r"0 & 0 & \cdots & 1", r"0 & 0 & \cdots & 1")
             + r"\mathbf{u}_{q \times 1}",
     r"(\mathbf{I}_q \otimes \mathbf{1}_2)\mathbf{u}_{q \times 1}"),
    (r"\mathbf{Z} = " + bmatrix(r"1 & 0 & \cdots & 0", r"1 & 0 & \cdots & 0", r"1 & 0 & \cdots & 0",
     r"0 & 1 & \cdots & 0",
             r"0 & 1 & \cdots & 0", r"0 & 1 & \cdots & 0", r"\vdots & \vdots &  & \vdots", r"0 & 0 & \cdots & 1"),
     r"\mathbf{Z} = \mathbf{I}_q \otimes \mathbf{1}_3"),
    # a Kronecker product by its blocks
    (bmatrix(r"a_{11}\mathbf{B} & a_{12}\mathbf{B} & \cdots & a_{1n}\mathbf{B}",
     r"a_{21}\mathbf{B} & a_{22}\mathbf{B} & \cdots & a_{2n}\mathbf{B}",
             r"\vdots & \vdots & \ddots & \vdots", r"a_{m1}\mathbf{B} & a_{m2}\mathbf{B} & \cdots & a_{mn}\mathbf{B}"),
     bmatrix(r"a_{11} & \cdots & a_{1n}", r"\vdots & \ddots & \vdots", r"a_{m1} & \cdots & a_{mn}")
     + r" \otimes \mathbf{B}"),
    (bmatrix(r"a_{11}\mathbf{B} & \cdots & a_{1n}\mathbf{B}", r"\vdots & \ddots & \vdots",
     r"a_{m1}\mathbf{B} & \cdots & a_{mn}\mathbf{B}"),
     bmatrix(r"a_{11} & \cdots & a_{1n}", r"\vdots & \ddots & \vdots", r"a_{m1} & \cdots & a_{mn}")
     + r" \otimes \mathbf{B}"),
    (bmatrix(r"x_1\mathbf{B}", r"x_2\mathbf{B}", r"\vdots",
     r"x_n\mathbf{B}"), r"(x_1, x_2, \ldots, x_n)' \otimes \mathbf{B}"),
    # blocks on the diagonal, each written out
    (bmatrix(r"1 & \rho & 0 & 0 & \cdots & 0 & 0", r"\rho & 1 & 0 & 0 & \cdots & 0 & 0",
     r"0 & 0 & 1 & \rho & \cdots & 0 & 0",
             r"0 & 0 & \rho & 1 & \cdots & 0 & 0", r"\vdots & \vdots & \vdots & \vdots & \ddots & \vdots & \vdots",
             r"0 & 0 & 0 & 0 & \cdots & 1 & \rho", r"0 & 0 & 0 & 0 & \cdots & \rho & 1") + r"\mathbf{a}_{2m \times 1}",
     r"(\mathbf{I}_m \otimes " + bmatrix(r"1 & \rho", r"\rho & 1") + r")\mathbf{a}_{2m \times 1}"),
    (bmatrix(r"\sigma_1^2 & \rho_1 & 0 & 0 & \cdots & 0 & 0", r"\rho_1 & \sigma_1^2 & 0 & 0 & \cdots & 0 & 0",
             r"0 & 0 & \sigma_2^2 & \rho_2 & \cdots & 0 & 0", r"0 & 0 & \rho_2 & \sigma_2^2 & \cdots & 0 & 0",
             r"\vdots & \vdots & \vdots & \vdots & \ddots & \vdots & \vdots",
             r"0 & 0 & 0 & 0 & \cdots & \sigma_m^2 & \rho_m", r"0 & 0 & 0 & 0 & \cdots & \rho_m & \sigma_m^2"),
     r"\bigoplus_{i=1}^m " + bmatrix(r"\sigma_i^2 & \rho_i", r"\rho_i & \sigma_i^2")),
    # a general member amid the dots
    (bmatrix(r"y_{11} & \ldots & y_{1J}", r"\vdots & y_{ij} & \vdots", r"y_{I1} & \ldots & y_{IJ}"),
     bmatrix(r"y_{11} & \ldots & y_{1J}", r"\vdots & \ddots & \vdots", r"y_{I1} & \ldots & y_{IJ}")),
    (bmatrix(r"x_{11} & \cdots & x_{1j} & \cdots & x_{1p}", r"\vdots & & \vdots & & \vdots",
     r"x_{i1} & \cdots & x_{ij} & \cdots & x_{ip}",
             r"\vdots & & \vdots & & \vdots", r"x_{n1} & \cdots & x_{nj} & \cdots & x_{np}"),
     bmatrix(r"x_{11} & \cdots & x_{1p}", r"\vdots & \ddots & \vdots", r"x_{n1} & \cdots & x_{np}")),
    (bmatrix(r"x_{11} & \cdots & x_{1p}", r"\vdots & & \vdots", r"x_{i1} & \cdots & x_{ip}", r"\vdots & & \vdots",
             r"x_{n1} & \cdots & x_{np}"),
     bmatrix(r"x_{11} & \cdots & x_{1p}", r"\vdots & \ddots & \vdots", r"x_{n1} & \cdots & x_{np}")),
]  # fmt: skip


@pytest.mark.parametrize(("text", "meant"), MATRICES)
def test_a_matrix_of_units_with_dots_is_its_structure(text: str, meant: str) -> None:
    reading = read(text)
    assert meaning(reading.parts) == meaning(read(meant).parts)
    assert_reads_back(reading)


@pytest.mark.parametrize("text", [
    # one unit has another number of rows
    bmatrix(r"1 & 0 & \cdots & 0", r"1 & 0 & \cdots & 0", r"0 & 1 & \cdots & 0", r"\vdots & \vdots & \ddots & \vdots",
            r"0 & 0 & \cdots & 1", r"0 & 0 & \cdots & 1", r"0 & 0 & \cdots & 1"),
    # the dots cut units short, and nothing tells how many there are
    bmatrix(r"1 & 0 & \cdots & 0", r"1 & 0 & \cdots & 0", r"1 & 0 & \cdots & 0", r"0 & 1 & \cdots & 0",
            r"\vdots & \vdots & \ddots & \vdots", r"0 & 0 & \cdots & 1"),
    # a block is cut short
    bmatrix(r"1 & \rho & 0 & 0 & \cdots & 0", r"\rho & 1 & 0 & 0 & \cdots & 0", r"0 & 0 & 1 & \rho & \cdots & 0",
            r"0 & 0 & \rho & 1 & \cdots & 0", r"\vdots & \vdots & \vdots & \vdots & \ddots & \vdots",
            r"0 & 0 & 0 & 0 & \cdots & 1"),
    # a row of numbers between two rows of dots is no general member
    bmatrix(r"x_{11} & \cdots & x_{1p}", r"\vdots & & \vdots", r"x_{51} & \cdots & x_{5p}", r"\vdots & & \vdots",
            r"x_{n1} & \cdots & x_{np}"),
    # blocks that are not all of one matrix
    bmatrix(r"a_{11}\mathbf{B} & \cdots & a_{1n}\mathbf{B}", r"\vdots & \ddots & \vdots",
    r"a_{m1}\mathbf{C} & \cdots & a_{mn}\mathbf{B}"),
])  # fmt: skip
def test_a_matrix_whose_dots_leave_its_units_open_is_refused(text: str) -> None:
    with pytest.raises(ReadError):
        read(text)
