"""A wrong answer entry by entry, with the entries that differ in boxes, for displays that typeset LaTeX."""

from __future__ import annotations

from tutor.algebra.nodes import Inverse
from tutor.algebra.tree import Tree
from tutor.algebra.walk import walk
from tutor.checking.verdict import Verdict
from tutor.errors import TutorError
from tutor.notation.writing.marked_matrix import marked_matrix

MOST_ROWS, MOST_COLUMNS = 12, 10
"""A larger matrix is hard to take in, and its wrong cells are told in words."""


def marked_answer(answer: Tree | None, verdict: Verdict) -> str | None:
    """Markdown with the answer's entries, the wrong ones in boxes; None where that shows nothing, or is too large.

    An answer with an inverse is not written out: its entries would be long, and no student has worked them out.
    """
    wrong = {(cell.row, cell.column) for cell in verdict.cells}
    if answer is None or not wrong or not _fits(answer) or any(isinstance(node, Inverse) for node in walk(answer)):
        return None
    try:
        entries = answer.explicit()
    except TutorError:
        return None  # symbols that stand for no entries
    rows, columns = entries.shape
    if len(wrong) == rows * columns or any(row >= rows or column >= columns for row, column in wrong):
        return None
    return f"$${marked_matrix(entries, wrong)}$$\n\nYour answer, entry by entry; the boxes are what differs."


def _fits(answer: Tree) -> bool:
    rows, columns = answer.shape
    return bool(rows.is_Integer and columns.is_Integer and 1 < rows <= MOST_ROWS and columns <= MOST_COLUMNS)
