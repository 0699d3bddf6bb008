r"""Matrices as people lay them out: environments, rules, labels, blank and left-out cells, dots; each with its entries.

A matrix of numbers and letters is told by the plainest list of lists, [[1, 2], [3, 4]], one of blocks by its LaTeX.
"""

from __future__ import annotations

import pytest

from tests.notation.test_round_trip import meaning
from tests.notation.test_rows_expressions import assert_reads_back
from tutor.errors import ReadError
from tutor.notation.read import read

BANDED = (
    r"\begin{bmatrix} 2 & -1 & 0 & \cdots & 0 \\ -1 & 2 & -1 & \cdots & 0 \\ 0 & -1 & 2 & \cdots & 0 \\"
    r" \vdots & \vdots & \vdots & \ddots & \vdots \\ 0 & 0 & 0 & \cdots & 2 \end{bmatrix}_{5 \times 5}"
)
AR1 = (
    r"\begin{bmatrix} 1 & \rho & \rho^2 & \cdots & \rho^4 \\ \rho & 1 & \rho & \cdots & \rho^3 \\"
    r" \vdots & & & \ddots & \vdots \\ \rho^4 & \rho^3 & \rho^2 & \cdots & 1 \end{bmatrix}"
)
EQUAL = (
    r"\begin{bmatrix} 1 & \rho & \cdots & \rho \\ \rho & 1 & \cdots & \rho \\ \vdots & \vdots & \ddots & \vdots \\"
    r" \rho & \rho & \cdots & 1 \end{bmatrix}_{4 \times 4}"
)
ONES_ALONG = (
    r"\begin{bmatrix} \mathbf{1}_3 & \mathbf{0} & \cdots & \mathbf{0} \\ \mathbf{0} & \mathbf{1}_3 & \cdots &"
    r" \mathbf{0} \\ \vdots & \vdots & \ddots & \vdots \\ \mathbf{0} & \mathbf{0} & \cdots & \mathbf{1}_3"
    r" \end{bmatrix}_{12 \times 4}"
)
DIAGONAL = "[[σ²_1, 0, 0, 0], [0, σ²_2, 0, 0], [0, 0, σ²_3, 0], [0, 0, 0, σ²_4]]"


def corners(zero: str) -> str:
    return rf"\begin{{bmatrix}} \sigma^2_1 & & {zero} \\ & \ddots & \\ {zero} & & \sigma^2_4 \end{{bmatrix}}"


ENTRIES = [
    # environments
    (r"\begin{bmatrix} 1 & 2 \\ 3 & 4 \end{bmatrix}", "[[1, 2], [3, 4]]"),
    (r"\begin{pmatrix} a & b \\ c & d \end{pmatrix}", "[[a, b], [c, d]]"),
    (r"\begin{Bmatrix} 1 & 2 \\ 3 & 4 \end{Bmatrix}", "[[1, 2], [3, 4]]"),
    (r"\begin{vmatrix} a & b \\ c & d \end{vmatrix}", "|[[a, b], [c, d]]|"),
    (r"\left|\begin{array}{cc} a & b \\ c & d \end{array}\right|", "|[[a, b], [c, d]]|"),
    (r"\begin{Vmatrix} 1 & 2 \\ 3 & 4 \end{Vmatrix}", "‖[[1, 2], [3, 4]]‖"),
    (r"\left(\begin{matrix} 1 & 0 \\ 0 & 1 \end{matrix}\right)", "[[1, 0], [0, 1]]"),
    (r"\left[\begin{smallmatrix} 1 & \rho \\ \rho & 1 \end{smallmatrix}\right]", "[[1, ρ], [ρ, 1]]"),
    (r"\bigl(\begin{smallmatrix} 1 & \rho \\ \rho & 1 \end{smallmatrix}\bigr)", "[[1, ρ], [ρ, 1]]"),
    (r"\left[\begin{array}{cc|c} 1 & 0 & a \\ 0 & 1 & b \end{array}\right]", "[[1, 0, a], [0, 1, b]]"),
    (r"\left[\begin{array}{@{}lr@{}} 1 & 2 \\ \cline{1-2} 3 & 4 \end{array}\right]", "[[1, 2], [3, 4]]"),
    (r"\left[\begin{array}{*{3}{c}} 1 & 2 & 3 \\ 4 & 5 & 6 \end{array}\right]", "[[1, 2, 3], [4, 5, 6]]"),
    (r"\begin{bmatrix*}[r] 1 & -1 \\ -1 & 1 \end{bmatrix*}", "[[1, -1], [-1, 1]]"),
    ("[1, 2; 3, 4]", "[[1, 2], [3, 4]]"),
    ("[1; 2; 3]", "[1, 2, 3]'"),
    ("c(1, 2, 3)", "[1, 2, 3]'"),
    # between rows and beside entries
    (r"\begin{bmatrix} 1 & 2 \\[2pt] 3 & 4 \\ \end{bmatrix}", "[[1, 2], [3, 4]]"),
    (r"\begin{bmatrix} 1 & 2 \\[1.5ex] 3 & 4 \\[0.5em] \end{bmatrix}", "[[1, 2], [3, 4]]"),
    (r"\begin{bmatrix} 1 & 2 \\* 3 & 4 \end{bmatrix}", "[[1, 2], [3, 4]]"),
    (r"\begin{bmatrix} 1 & 2 \cr 3 & 4 \cr \end{bmatrix}", "[[1, 2], [3, 4]]"),
    (r"\begin{bmatrix} 1 & 0 \\ 0 & 1 \\ \hline 1 & 1 \end{bmatrix}", "[[1, 0], [0, 1], [1, 1]]"),
    (r"\begin{bmatrix} \phantom{-}1 & -1 \\ -1 & \phantom{-}1 \end{bmatrix}", "[[1, -1], [-1, 1]]"),
    (r"\begin{bmatrix} 1 & 0.5 \\ 0.5 & 1 \end{bmatrix}", "[[1, 1/2], [1/2, 1]]"),
    (r"\left[\begin{array}{cc} \multicolumn{1}{c|}{1} & 2 \\ 3 & 4 \end{array}\right]", "[[1, 2], [3, 4]]"),
    (r"\begin{bmatrix} \multicolumn{2}{c}{0} \\ 1 & 2 \end{bmatrix}", "[[0, 0], [1, 2]]"),
    # labels
    (r"\begin{array}{cc} \text{a} & \text{b} \\ \begin{bmatrix} 1 & 2 \\ 3 & 4 \end{bmatrix} \end{array}",
     "[[1, 2], [3, 4]]"),
    (r"\bordermatrix{ & u_1 & u_2 \cr y_1 & 1 & 0 \cr y_2 & 0 & 1 \cr}", "[[1, 0], [0, 1]]"),
    (r"\begin{matrix} & \begin{matrix} \text{b1} & \text{b2} \end{matrix} \\ \begin{matrix} \text{y1} \\ \text{y2}"
     r" \end{matrix} & \begin{bmatrix} 1 & 0 \\ 0 & 1 \end{bmatrix} \end{matrix}", "[[1, 0], [0, 1]]"),
    (r"\begin{array}{c|cc} & \text{b1} & \text{b2} \\ \hline y_1 & 1 & 0 \\ y_2 & 0 & 1 \end{array}",
     "[[1, 0], [0, 1]]"),
    (r"\left[\begin{array}{cc} \text{Int} & \text{x} \\ 1 & x_1 \\ 1 & x_2 \end{array}\right]",
     "[[1, x_1], [1, x_2]]"),
    # a factor outside
    (r"\begin{bmatrix} 2 & -1 \\ -1 & 2 \end{bmatrix} \frac{\sigma^2}{3}", "(σ²/3)[[2, -1], [-1, 2]]"),
    (r"\begin{bmatrix} 2 & -1 \\ -1 & 2 \end{bmatrix}/3", "(1/3)[[2, -1], [-1, 2]]"),
    # cells left out
    (r"\begin{bmatrix} \sigma^2_1 & \sigma_{12} \\ \text{sym.} & \sigma^2_2 \end{bmatrix}",
     "[[σ²_1, σ_12], [σ_12, σ²_2]]"),
    (r"\begin{bmatrix} \sigma^2_1 & * \\ \sigma_{12} & \sigma^2_2 \end{bmatrix}", "[[σ²_1, σ_12], [σ_12, σ²_2]]"),
    (r"\begin{bmatrix} 1 & a & b \\ \cdot & 1 & c \\ \cdot & \cdot & 1 \end{bmatrix}",
     "[[1, a, b], [a, 1, c], [b, c, 1]]"),
    (r"\begin{bmatrix} \sigma^2_1 & & \\ & \sigma^2_2 & \\ & & \sigma^2_3 \end{bmatrix}",
     "[[σ²_1, 0, 0], [0, σ²_2, 0], [0, 0, σ²_3]]"),
    (corners(r"\mathbf{0}"), DIAGONAL),
    (corners("0"), DIAGONAL),
    (corners(r"\text{\Large 0}"), DIAGONAL),
    (corners(r"\mbox{\huge 0}"), DIAGONAL),
    (corners(r"\Large{0}"), DIAGONAL),
    (corners(r"\bigzero"), DIAGONAL),
    # dots
    (r"\begin{bmatrix} 1 \\ 2 \\ \vdots \\ 6 \end{bmatrix}", "[1, 2, 3, 4, 5, 6]'"),
    (r"\begin{bmatrix} 2 \\ 4 \\ \vdots \\ 10 \end{bmatrix}", "[2, 4, 6, 8, 10]'"),
    (r"\begin{bmatrix} y_{11} \\ y_{12} \\ \vdots \\ y_{22} \end{bmatrix}", "[y_11, y_12, y_21, y_22]'"),
    (r"\begin{bmatrix} 1 & 1 \\ 1 & 2 \\ \vdots & \vdots \\ 1 & 4 \end{bmatrix}", "[[1, 1], [1, 2], [1, 3], [1, 4]]"),
    (r"\begin{bmatrix} 1 & x_1 \\ \vdots & \vdots \\ 1 & x_3 \end{bmatrix}", "[[1, x_1], [1, x_2], [1, x_3]]"),
    (r"\operatorname{diag}(\sigma^2_1, \dots, \sigma^2_4)", DIAGONAL),
    (BANDED, "[[2,-1,0,0,0], [-1,2,-1,0,0], [0,-1,2,-1,0], [0,0,-1,2,-1], [0,0,0,-1,2]]"),
    (AR1, "[[1,ρ,ρ²,ρ³,ρ^4], [ρ,1,ρ,ρ²,ρ³], [ρ²,ρ,1,ρ,ρ²], [ρ³,ρ²,ρ,1,ρ], [ρ^4,ρ³,ρ²,ρ,1]]"),
    (EQUAL, "[[1,ρ,ρ,ρ], [ρ,1,ρ,ρ], [ρ,ρ,1,ρ], [ρ,ρ,ρ,1]]"),
    # blocks
    (ONES_ALONG, r"\mathbf{I}_4 \otimes \mathbf{1}_3"),
    (r"\left(\begin{array}{c|c} \mathbf{G} & \mathbf{0} \\ \hline \mathbf{0} & \mathbf{R} \end{array}\right)",
     r"\begin{bmatrix} \mathbf{G} & \mathbf{0} \\ \mathbf{0} & \mathbf{R} \end{bmatrix}"),
    (r"\begin{bmatrix} \mathbf{V}_1 & & \\ & \ddots & \\ & & \mathbf{V}_3 \end{bmatrix}",
     r"\mathbf{V}_1 \oplus \mathbf{V}_2 \oplus \mathbf{V}_3"),
    (r"\begin{bmatrix} \mathbf{V}_1 & & \mathbf{0} \\ & \ddots & \\ \mathbf{0} & & \mathbf{V}_m \end{bmatrix}",
     r"\bigoplus_{i=1}^m \mathbf{V}_i"),
    (r"\begin{bmatrix} x_{11} & \cdots & x_{1p} \\ \vdots & \ddots & \vdots \\ x_{n1} & \cdots & x_{np} \end{bmatrix}",
     r"\mathbf{X}"),
]  # fmt: skip


@pytest.mark.parametrize(("text", "entries"), ENTRIES, ids=[text for text, _ in ENTRIES])
def test_a_layout_has_these_entries(text: str, entries: str) -> None:
    reading = read(text)
    assert meaning(reading.parts) == meaning(read(entries).parts)
    assert_reads_back(reading)


REFUSED = [
    (r"\begin{bmatrix} 1 & 2 \\ 3 \end{bmatrix}", "ragged-row", "row 2"),
    (r"\begin{bmatrix} 1 & 2 & \\ 3 \end{bmatrix}", "ragged-row", "row 2"),
    ("[1, 2; 3]", "ragged-row", "Row 2 of the matrix has 1 cell"),
    (r"\begin{bmatrix} 1 & \rho & \rho^2 \\ & 1 & \rho \\ & & 1 \end{bmatrix}", "missing-operand",
     "below the diagonal"),
    (r"\begin{bmatrix} 1 & \cdot \\ \cdot & 1 \end{bmatrix}", "missing-operand", ""),
    (r"\begin{bmatrix} a & \cdots & b \\ c & \cdots & d \end{bmatrix}", "ellipsis", "do not tell how it goes on"),
    (r"\begin{bmatrix} 1 & 3 & \cdots & 8 \end{bmatrix}", "ellipsis", "do not tell how it goes on"),
    (r"\begin{bmatrix} 1 & \cdots \\ 0 & 1 \end{bmatrix}", "ellipsis", "no row and no column of dots"),
    (r"\begin{bmatrix} 1 & 0 & \dots & 0 \\ 0 & 1 & \dots & 0 \\ \vdots & \vdots & \ddots & \vdots \\ 0 & 0 & \dots & 1"
     r" \end{bmatrix}", "ellipsis", "How large"),
    (r"\begin{bmatrix} \vdots \\ y_n \end{bmatrix}", "ellipsis", "at the edge"),
    (r"\begin{bmatrix} y_1 \\ \vdots \\ y_2 \end{bmatrix}", "ellipsis", ""),
    (r"\begin{bmatrix} 1 & 2 \end{pmatrix}", "unbalanced", "is closed by"),
    (r"\begin{bmatrix} \multicolumn{2}{c}{\sigma^2} \\ 1 & 2 \end{bmatrix}", "spanning-cell", "2 columns"),
    (r"\begin{bmatrix} \end{bmatrix}", "empty-matrix", "no entries"),
]  # fmt: skip


@pytest.mark.parametrize(("text", "kind", "reason"), REFUSED, ids=[text for text, _, _ in REFUSED])
def test_what_is_no_matrix_is_refused_with_the_reason(text: str, kind: str, reason: str) -> None:
    with pytest.raises(ReadError) as refused:
        read(text)
    assert refused.value.kind == kind
    assert reason in str(refused.value)
