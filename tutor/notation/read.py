"""Reading: text to tree, or a located, worded refusal."""

from __future__ import annotations

import re
from dataclasses import dataclass

from tutor.algebra.sizes import Shape
from tutor.algebra.tree import Tree
from tutor.errors import ReadError
from tutor.notation.finding import Finding
from tutor.notation.lint import in_order, lint
from tutor.notation.meaning.context import Context
from tutor.notation.meaning.state import statements
from tutor.notation.parsing.characters import clean
from tutor.notation.parsing.parse import Parse
from tutor.notation.statement import Expression, Kind, Statement, kind_of
from tutor.notation.vocabulary import Vocabulary, lecture_vocabulary

MOST_TEXT = 20_000
"""Characters of a text outside matrices. A thesis formula has some hundred."""

MOST_MATRIX_TEXT = 600_000
"""Characters of a text with matrices in it: a 72 × 72 matrix of long entries has some 150,000."""

_HAS_CELLS = re.compile(r"\\begin\s*\{|\[\s*\[|\bmatrix\s*\(")


@dataclass(frozen=True, slots=True)
class Reading:
    """What a text says.

    ``kind`` is what it is as a whole, ``tree`` the tree of a single expression, ``parts`` the statements,
    ``findings`` remarks on its notation.
    """

    text: str
    kind: Kind
    parts: tuple[Statement, ...]
    findings: tuple[Finding, ...] = ()

    @property
    def tree(self) -> Tree | None:
        """The tree of a single expression; None for equations, distributions and several statements."""
        return self.parts[0].tree if len(self.parts) == 1 and isinstance(self.parts[0], Expression) else None

    @property
    def shape(self) -> Shape | None:
        """Rows and columns of a single expression."""
        return None if self.tree is None else self.tree.shape


def read(text: str, vocabulary: Vocabulary | None = None, *, shape: Shape | None = None) -> Reading:
    """Read a formula in LaTeX, Unicode, plain text, R, NumPy or SymPy spelling.

    ``vocabulary`` says what the letters are (the lecture's, if none is given); ``shape`` is the shape that is
    expected of the whole, used only for the size of an I, J, 1 or 0 that nothing else determines.

    Raises
    ------
    ReadError
        With ``kind``, ``start`` and ``end``, for a text that is no formula of this vocabulary.
    ShapeError
        For sums and products whose shapes do not meet.

    >>> read(r"\\mathbf{X}\\boldsymbol{\\beta}").shape
    (n, 1)
    """
    _check_length(text)
    cleaned = clean(text)
    parse = Parse(cleaned)
    display = parse.display(0, len(cleaned))
    context = Context(cleaned, vocabulary or lecture_vocabulary(), frozenset(parse.size_names))
    parts = statements(display, context, shape)
    inverses = [
        Finding("inverse-without-braces", span.start, span.end, "In LaTeX an inverse is written V^{-1}, with braces.")
        for span in parse.unbraced_inverses
        if "\\" in text
    ]
    findings = in_order([*inverses, *lint(cleaned, display, parts, context.vocabulary)])
    return Reading(text, kind_of(parts), parts, findings)


def _check_length(text: str) -> None:
    limit = MOST_TEXT
    if len(text) > limit and _HAS_CELLS.search(text[:MOST_TEXT]):
        limit = MOST_MATRIX_TEXT
    if len(text) > limit:
        raise ReadError(
            f"This text has {len(text):,} characters; at most {limit:,} can be read.", text=text[:200], start=0,
            kind="too-long", tip="Write only the formula that was asked for.",
        )  # fmt: skip
