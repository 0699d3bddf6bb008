r"""Short cuts of lectures: dots on the line, names of traits, nested sources, columns in a row, blank zeros. Each row
is one spelling, and the same thing written in full."""

from __future__ import annotations

import pytest

from tests.notation.test_displays import bmatrix
from tests.notation.test_round_trip import meaning
from tests.notation.test_rows_expressions import assert_reads_back
from tutor.errors import ReadError, ShapeError
from tutor.models.catalogue import rcbd
from tutor.notation.read import read

ROWS = [
    # dots on the line behind a mean or a total
    (r"E(\bar{y}..) = \mu", r"E(\bar{y}_{..}) = \mu"),
    (r"\bar{y}.. - \bar{y}_{i.}", r"\bar{y}_{..} - \bar{y}_{i.}"),
    (r"\bar{y}_{i}. - \bar{y}..", r"\bar{y}_{i.} - \bar{y}_{..}"),
    (r"\sum_i (\bar{y}_{i}. - \bar{y}..)^2", r"\sum_i (\bar{y}_{i.} - \bar{y}_{..})^2"),
    (r"(\bar{Y}_{i}.. - \bar{Y}...)^2", r"(\bar{Y}_{i..} - \bar{Y}_{...})^2"),
    (r"\left(\bar{y}_{ij}. - \bar{y}_{i}..\right)", r"(\bar{y}_{ij.} - \bar{y}_{i..})"),
    (r"y.. = \sum_i y_{i}.", r"y_{..} = \sum_i y_i"),
    (r"y_{i}. = \sum_j y_{ij}", r"y_{i.} = \sum_j y_{ij}"),
    ("y_i. - y..", "y_{i.} - y_{..}"),
    (r"\bar{y}.", r"\bar{y}"),  # the end of a sentence
    (r"x = \bar{y}_{i}. \\ z = 1", r"x = \bar{y}_{i} \\ z = 1"),
    # the number of a trait
    (r"y_{i:1} = \mu + e_{i:1}", r"y_{i:1} = \mu + e_{i : 1}"),
    # a source of variation within another
    (r"SS(Leaf(Plant))", r"SS_{Leaf(Plant)}"),
    (r"MS(\text{Leaf}(\text{Plant}))", r"MS_{Leaf(Plant)}"),
    (r"SS(B(A)) + SS_E", r"SS_{B(A)} + SS_E"),
    # columns of several lengths in a row
    (r"\boldsymbol\theta = (\boldsymbol\beta, \sigma^2)",
     r"\boldsymbol\theta = \begin{bmatrix} \boldsymbol\beta \\ \sigma^2 \end{bmatrix}"),
    (r"\boldsymbol\theta = (\boldsymbol\beta, \sigma^2)'", r"\boldsymbol\theta = (\boldsymbol\beta', \sigma^2)'"),
    (r"\boldsymbol\theta = (\boldsymbol\beta, \mathbf{u})",
     r"\boldsymbol\theta = \begin{bmatrix} \boldsymbol\beta \\ \mathbf{u} \end{bmatrix}"),
    (r"\boldsymbol\theta = (\beta_0, \boldsymbol\beta)^\top", r"\boldsymbol\theta = (\beta_0, \boldsymbol\beta')^\top"),
    # a row of a function
    (r"\mathbf{x}'(t)\boldsymbol\beta", r"\mathbf{x}(t)'\boldsymbol\beta"),
    (r"\mathbf{x}^T(\mathbf{s})\boldsymbol\beta", r"\mathbf{x}(\mathbf{s})'\boldsymbol\beta"),
    (r"\mathbf{a}'(\mathbf{y})", r"\mathbf{a}'\mathbf{y}"),  # a product
    # integrals of numbers that vectors make, and densities with a mean of zero
    (r"\int \exp(x_{ij}^T\beta + b) \phi(b; 0, \sigma_b^2)\, db",
     r"\int \exp(x_{ij}'\beta + b)\phi(b; 0, \sigma_b^2)\,db"),
    (r"\int \phi(\mathbf{u}; \mathbf{0}, \mathbf{G}) d\mathbf{u}",
     r"\int \phi(\mathbf{u}; \mathbf{0}_q, \mathbf{G})\,d\mathbf{u}"),
    # elements of an inverse
    (r"r^{e12} + a^{ij}", r"a^{ij} + r^{ e12 }"),
    # vectors of ones and zeros by names that authors give them
    (r"\ones_n\ones_n' + \mu\indic_n\one_n'", r"\mathbf{1}_n\mathbf{1}_n' + \mu\mathbf{1}_n\mathbf{1}_n'"),
    # a remark in brackets
    (r"y_i = \mu \quad (\text{for } i = 1, \ldots, n)", r"y_i = \mu \quad \text{for } i = 1, \ldots, n"),
    (r"y_i = \mu \quad \text{(for } i = 1, \ldots, n\text{)}", r"y_i = \mu \quad \text{for } i = 1, \ldots, n"),
    (r"y_i = \mu, \; (\text{where } \mu = E(y_i))", r"y_i = \mu, \; \text{where } \mu = E(y_i)"),
    (r"y_i = \mu \quad \text{since } \sigma^2 > 0", r"y_i = \mu \\ \sigma^2 > 0"),
    (r"y_i = \mu \quad \text{(written } m\text{)}", r"y_i = \mu"),
    # blank cells that are 0 whether they mirror the others or not
    (bmatrix("0 & ", "0 & 0"), bmatrix("0 & 0", "0 & 0")),
    (bmatrix("1 & ", "0 & 1"), bmatrix("1 & 0", "0 & 1")),
    (bmatrix("a & 0 & 0", " & b & 0", " & & c"), bmatrix("a & 0 & 0", "0 & b & 0", "0 & 0 & c")),
]  # fmt: skip


@pytest.mark.parametrize(("text", "meant"), ROWS)
def test_a_short_cut_is_read_in_full(text: str, meant: str) -> None:
    reading = read(text)
    assert meaning(reading.parts) == meaning(read(meant).parts)
    assert_reads_back(reading)


@pytest.mark.parametrize("text", [
    r"Y_{ij} = \mathbf{f}'(\mathbf{x}_{ij})\boldsymbol{\beta} + \gamma_i",  # a function, and no product
    r"f(\text{if } x)", r"(\text{if } x)f",  # no remark behind a statement
    r"x_1 + \bar{y}_{1}...",  # dots that leave something out
    r"y_{1:n}", r"y_{1:1}",  # many elements
    r"[\boldsymbol\beta, \sigma^2]", r"(\mathbf{X}, \sigma^2)",  # no columns
    bmatrix(r"1 & ", r"\rho & 1"), bmatrix("1 & & ", "0 & 1 & ", "0 & 2 & 1"),  # mirrored, or zeros
])  # fmt: skip
def test_a_short_cut_that_leaves_the_meaning_open_is_refused(text: str) -> None:
    with pytest.raises((ReadError, ShapeError)):
        read(text)


def test_columns_in_a_row_are_a_slip_where_a_model_is_asked_for() -> None:
    with pytest.raises((ReadError, ShapeError)):
        read(r"(\boldsymbol\beta, \mathbf{u})", rcbd(treatments=3, blocks=5))
