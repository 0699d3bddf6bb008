"""Where a matrix is wrong, in words: the wrong cells by what their rows and columns have in common."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

import numpy as np

from tutor.checking.verdict import Cell

Groups = Sequence[tuple[str, tuple[str, ...]]]
"""The factors of a model by name, each with its level in every row."""

Place = tuple[int, int]

MOST_NAMED = 3
"""Wrong cells that are named one by one."""

_WORDS = "two three four five six seven eight nine ten eleven twelve"
NUMBERS = dict(enumerate(_WORDS.split(), start=2))
"""The numbers that are written as words."""


def pattern_of(cells: Sequence[Cell], shape: tuple[int, int], groups: Groups = (), *, symmetric: bool = True) -> str:
    """What the wrong cells are, as "every covariance within a block"; "" where no words fit.

    ``cells`` are the wrong ones of a matrix of this shape, ``groups`` the factors by which its rows are told apart,
    where there are any, ``symmetric`` whether it is a matrix of variances and covariances.
    """
    rows, columns = shape
    wrong = {(cell.row, cell.column) for cell in cells}
    if not wrong or len(wrong) == rows * columns:
        return "every entry" if wrong and rows * columns > 1 else ""
    square = rows == columns and symmetric and rows > 1
    if square:
        told = _of_square(wrong, rows, groups)
        if told:
            return told
    line = _line(wrong, cells, rows, columns)
    if line:
        return line
    if square and len(wrong) == 2 and {(j, i) for i, j in wrong} == wrong:
        return f"{_entry(cells[0])} with its mirror image"
    if len(wrong) <= MOST_NAMED:
        return " and ".join(map(_entry, cells))
    return ""


def _entry(cell: Cell) -> str:
    return f"the entry ({_named(cell.row_label, cell.row)}, {_named(cell.column_label, cell.column)})"


def sentence(cells: Sequence[Cell], shape: tuple[int, int], groups: Groups = (), *, symmetric: bool = True) -> str:
    """The pattern of the wrong cells with what is right beside them; "" where no words fit, or all is wrong.

    >>> sentence([Cell(0, 0), Cell(1, 1)], (2, 2))
    'The covariances are right; the diagonal, where the variances are, is wrong.'
    """
    pattern = pattern_of(cells, shape, groups, symmetric=symmetric)
    if not pattern or pattern == "every entry":
        return ""
    if symmetric and shape[0] == shape[1]:
        on_diagonal = sum(cell.row == cell.column for cell in cells)
        if not on_diagonal:
            return f"The {NUMBERS.get(shape[0], shape[0])} variances are right; {_is_wrong(pattern)}."
        if on_diagonal == len(cells) == shape[0]:
            return f"The covariances are right; {_is_wrong(pattern)}."
    told = _is_wrong(pattern)
    return f"{told[:1].upper()}{told[1:]}; the rest is right."


def _is_wrong(pattern: str) -> str:
    """That a pattern of cells is wrong."""
    comma = "," if ", " in pattern and " and " not in pattern else ""
    return f"{pattern}{comma} {'are' if _is_several(pattern) else 'is'} wrong"


def _is_several(pattern: str) -> bool:
    return " and every " in pattern or " and the entry" in pattern


def _of_square(wrong: set[Place], rows: int, groups: Groups) -> str:
    cells = np.zeros((rows, rows), dtype=bool)
    cells[tuple(np.array(list(wrong)).T)] = True
    diagonal = np.eye(rows, dtype=bool)
    if np.array_equal(cells, diagonal):
        return "the diagonal, where the variances are"
    every = ~diagonal
    if np.array_equal(cells, every):
        return "every covariance, beside the diagonal"
    told = [(name, _same_level(levels)) for name, levels in _coarse_first(groups, rows)]
    for name, same in told:
        for what, place in ((every & same, f"within {_a(name)}"), (~same, f"between two levels of {name}")):
            if what.any() and np.array_equal(cells, what):
                return f"every covariance {place}"
            if what.any() and np.array_equal(cells, what | diagonal):
                return f"every variance and every covariance {place}"
    for name, same in told:
        for other, others in reversed(told):
            chosen = same & ~others
            if other != name and chosen.any() and np.array_equal(cells, chosen):
                return f"every covariance within {_a(name)} and between two levels of {other}"
    distances = np.abs(np.subtract.outer(np.arange(rows), np.arange(rows)))
    lags = set(distances[cells].tolist())
    return _lags(lags, rows) if np.array_equal(cells, np.isin(distances, list(lags))) else ""


def _a(name: str) -> str:
    """A name with its article."""
    return f"{'an' if name[:1].lower() in 'aeiou' else 'a'} {name}"


def _same_level(levels: tuple[str, ...]) -> np.ndarray:
    """Which pairs of rows share a level, rows × rows."""
    return np.equal.outer(*[np.unique(levels, return_inverse=True)[1]] * 2)


def _coarse_first(groups: Groups, rows: int) -> list[tuple[str, tuple[str, ...]]]:
    """The factors that group the rows, those with the fewest levels last, the blocks as they are told last first."""
    return [(name, levels) for name, levels in reversed(list(groups)) if len(levels) == rows]


def _lags(lags: set[int], rows: int) -> str:
    if len(lags) == 1:
        (lag,) = lags
        return f"every entry {lag} place{'s' if lag > 1 else ''} beside the diagonal"
    if lags == set(range(min(lags), rows)):
        return f"every entry {min(lags)} or more places beside the diagonal"
    return ""


def _line(wrong: set[Place], cells: Sequence[Cell], rows: int, columns: int) -> str:
    """All wrong cells in one row, one column, or a row and the column that mirrors it."""
    first = {row for row, _ in wrong}
    second = {column for _, column in wrong}
    by_place = {(cell.row, cell.column): cell for cell in cells}
    if columns == 1:
        return _list_of(by_place[place] for place in sorted(wrong)) if len(wrong) <= MOST_NAMED else ""
    if len(first) == 1 and len(wrong) > 1:
        (row,) = first
        whole = "the whole" if len(wrong) == columns else "a part of the"
        return f"{whole} row {_named(by_place[min(wrong)].row_label, row)}"
    if len(second) == 1 and len(wrong) > 1:
        (column,) = second
        whole = "the whole" if len(wrong) == rows else "a part of the"
        return f"{whole} column {_named(by_place[min(wrong)].column_label, column)}"
    return ""


def _list_of(cells: Iterable[Cell]) -> str:
    return " and ".join(f"the entry in row {_named(cell.row_label, cell.row)}" for cell in cells)


def _named(label: str | None, place: int) -> str:
    words = () if label is None else label.split()
    return words[0] if words and "_" in words[0] else label or str(place + 1)
