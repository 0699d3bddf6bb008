r"""Answers whose rows and columns have labels, in the order of what was asked for.

A pandas frame or series, a mapping of labels to columns, and a LaTeX matrix below a row of labels,
\begin{array}{cc} \text{b1} & \text{b2} \\ \begin{bmatrix} … \end{bmatrix} \end{array}. Labels that are not those of
what was asked for say nothing, and the order stays.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from sympy.matrices.immutable import ImmutableDenseMatrix

from tutor.algebra.labels import labels
from tutor.algebra.nodes import Explicit, Symbol
from tutor.algebra.tree import Tree
from tutor.notation.names import unicode_name
from tutor.notation.vocabulary import Vocabulary

Names = tuple[str, ...] | None

_LABEL_ROW = re.compile(
    r"\\begin\s*\{array\}\s*\{[^{}]*\}(?P<row>[^\[\]]*?)\\\\\s*\\begin\s*\{[bpvB]?matrix\}", re.DOTALL
)
_LABEL = re.compile(r"\\(?:text|mathrm|mathbf|textrm)\s*\{([^{}]*)\}")

COEFFICIENTS = {"X": "beta", "Z": "u"}
"""Design matrix: the vector whose elements its columns belong to, by whose names they may be labelled."""


def unlabelled(answer: Any) -> tuple[Any, Names, Names]:
    """An answer without its labels, and the labels of its rows and of its columns."""
    if isinstance(answer, str):
        return answer, None, _labels_above(answer)
    if isinstance(answer, Mapping):
        columns = [list(column) if isinstance(column, Sequence) else [column] for column in answer.values()]
        length = max(map(len, columns), default=0)
        rows = [[column[i] for column in columns if i < len(column)] for i in range(length)]
        return rows, None, tuple(map(str, answer))
    # A pandas frame or series: pandas is an extra, and its types need not be there to be known.
    if hasattr(answer, "index") and hasattr(answer, "to_numpy") and not callable(answer.index):
        told = getattr(answer, "columns", None)
        rows = answer.to_numpy().tolist()
        return rows, _names(answer.index), None if told is None else _names(told)
    return answer, None, None


def _names(index: Any) -> Names:
    """The labels of an axis; None for the numbers that it has by itself."""
    told = [" ".join(map(str, label)) if isinstance(label, tuple) else str(label) for label in index]
    return None if told == [str(number) for number in range(len(told))] else tuple(told)


def _labels_above(text: str) -> Names:
    found = _LABEL_ROW.search(text)
    told = tuple(_LABEL.findall(found["row"])) if found else ()
    return told or None


def in_order_of(asked: Tree, answer: Tree, rows: Names, columns: Names, vocabulary: Vocabulary) -> Tree:
    """The answer with its rows and columns in the order of those of what was asked for, where the labels tell it."""
    if not isinstance(answer, Explicit) or (rows is None and columns is None):
        return answer
    matrix = answer.matrix
    for names, axis in ((rows, 0), (columns, 1)):
        order = None if names is None or len(names) != matrix.shape[axis] else _order(asked, names, axis, vocabulary)
        if order is not None:
            every = list(range(matrix.shape[1 - axis]))
            matrix = matrix.extract(order, every) if axis == 0 else matrix.extract(every, order)
    return Explicit(ImmutableDenseMatrix(matrix))


def _order(asked: Tree, names: Sequence[str], axis: int, vocabulary: Vocabulary) -> list[int] | None:
    """Where the labels of what was asked for stand among those of the answer; None unless all of them do, once."""
    place = {_plain(name): i for i, name in enumerate(names)}
    if len(place) < len(names):
        return None
    for known in _known_labels(asked, axis, vocabulary):
        order = [place.get(_plain(label)) for label in known]
        if len(order) == len(names) and None not in order:
            return [i for i in order if i is not None]
    return None


def _known_labels(asked: Tree, axis: int, vocabulary: Vocabulary) -> Iterator[Sequence[str]]:
    """The ways in which rows or columns may be labelled: as the model does, by the first word, by their elements."""
    known = labels(asked)[axis]
    if known is not None:
        yield known
        yield [label.split()[0] if label.split() else label for label in known]
        yield [label.partition(" ")[2] for label in known]
    vector = COEFFICIENTS.get(asked.name) if isinstance(asked, Symbol) and axis == 1 else "y"
    told = vocabulary.lookup(vector) if vector else None
    if told is not None and isinstance(told.tree, Symbol) and told.tree.entries is not None:
        yield [str(entry) for entry in told.tree.entries.flat()]


def _plain(label: str) -> str:
    """A label without what spellings differ in: blanks, capitals, underscores, names for Greek letters."""
    shown = unicode_name(label) if label.isidentifier() and label.isascii() else label
    return re.sub(r"[\W_]", "", shown).translate(_SUBSCRIPTS).lower()


_SUBSCRIPTS = str.maketrans("₀₁₂₃₄₅₆₇₈₉", "0123456789")
