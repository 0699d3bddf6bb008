"""A matrix in LaTeX with some of its entries in boxes, as a teacher marks what differs."""

from __future__ import annotations

from collections.abc import Collection

from sympy import MatrixBase

from tutor.notation.style import Style
from tutor.notation.writing.dialects import LATEX
from tutor.notation.writing.pen import Pen


def marked_matrix(matrix: MatrixBase, marked: Collection[tuple[int, int]], style: Style | None = None) -> str:
    r"""The entries, rows × columns, those at the ``marked`` places, counted from 0, within \boxed{…}.

    >>> from sympy import eye
    >>> marked_matrix(eye(2), {(0, 1)})
    '\\begin{bmatrix} 1 & \\boxed{0} \\\\ 0 & 1 \\end{bmatrix}'
    """
    pen = Pen(LATEX, style or Style())
    cells = [[pen.whole(matrix[row, column]) for column in range(matrix.cols)] for row in range(matrix.rows)]
    for row, column in marked:
        cells[row][column] = rf"\boxed{{{cells[row][column]}}}"
    return pen.dialect.matrix(cells, pen.style)
