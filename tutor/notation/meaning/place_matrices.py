r"""Matrices with dots whose entries are values at places, C(s_1, s_1), …, C(s_n, s_n), and their borders, as kriging
has them: the values of one function at n places are one matrix, and those at n places and one more a vector.
"""

from __future__ import annotations

import re
from collections.abc import Mapping

import sympy

from tutor.algebra.applied import Applied
from tutor.algebra.function_value import FunctionValue, as_tree
from tutor.algebra.nodes import Covariance, Scalar, Symbol, Variance
from tutor.algebra.sizes import ONE, Size, size
from tutor.algebra.tree import Tree
from tutor.notation.meaning.patterns import Place

Cells = Mapping[tuple[Place, Place], Tree]

_INDEXED = re.compile(r"([A-Za-z]+)_([0-9]+|[A-Za-z])")
_PAIR = re.compile(r"[a-z]+_([0-9]|[a-z])([0-9]|[a-z])")
_ELEMENT = re.compile(r"([A-Za-z]+)_([0-9]|[a-z])(0)")
_CORNER: Place = (True, 0)


def of_places(cells: Cells) -> Tree | None:
    """The matrix or the vector that such entries make up; None for other cells.

    Of C(s_i, s_j), and of C(s_i − s_j) with C(0) on the diagonal, it is a symmetric matrix by the letter of the
    function, of C(s_i, s_0) a vector with the index of the place that stays.
    """
    told = {place: _value(tree) for place, tree in cells.items()}
    letters = {value[0] for value in told.values() if value is not None}
    if len(letters) != 1 or None in told.values():
        return None
    pairs = {place: value[1] for place, value in told.items() if value is not None}
    rows, columns = {row for row, _ in cells}, {column for _, column in cells}
    letter = letters.pop()
    if len(columns) == 1 or len(rows) == 1:
        return _of_one_place(
            letter, {row if len(columns) == 1 else column: pair for (row, column), pair in pairs.items()}
        )
    labels = {row: pair[0] for (row, column), pair in pairs.items() if pair is not None and row != column}
    across = {column: pair[1] for (row, column), pair in pairs.items() if pair is not None and row != column}
    last = labels.get(_CORNER)
    are_counted = last is not None and _count_on(labels) and labels == across
    fits = all(pair in (None, (labels.get(row), labels.get(column))) for (row, column), pair in pairs.items())
    nought = [place for place, pair in pairs.items() if pair is None]
    if not (are_counted and fits and last is not None) or any(row != column for row, column in nought):
        return None
    count = _size(last)
    function, _, place = letter.partition(" ")
    if place:
        return None if count.is_Integer else Variance(Symbol(place, count, ONE, "random"))
    return Symbol(function, count, count, "known", frozenset({"symmetric"}))


def above_last(cells: Cells) -> Tree | None:
    """The vector that the cells of a column above its last one make up, C_10, …, C_n0 above a 1; None for others."""
    if len({column for _, column in cells}) != 1 or (True, 1) not in {row for row, _ in cells}:
        return None
    return of_places({(_nearer(row), column): tree for (row, column), tree in cells.items() if row != _CORNER})


def without_border(cells: Cells) -> dict[tuple[Place, Place], Tree] | None:
    """The cells of a matrix without its last row and its last column, which are ones but for a nought in the corner;
    None for other matrices."""
    edge = {place for place in cells if _CORNER in place}
    corner = cells.get((_CORNER, _CORNER))
    are_ones = all(cells[place] == Scalar(sympy.S.One) for place in edge if place != (_CORNER, _CORNER))
    if corner != Scalar(sympy.S.Zero) or len(edge) < 5 or not are_ones:
        return None
    return {
        (_nearer(row), _nearer(column)): tree for (row, column), tree in cells.items() if _CORNER not in (row, column)
    }


def _nearer(place: Place) -> Place:
    from_end, at = place
    return (True, at - 1) if from_end else place


def _value(tree: Tree) -> tuple[str, tuple[str, str] | None] | None:
    """The letter of a function and the indices of its two places, which are None for C(0)."""
    if isinstance(tree, Scalar) and isinstance(tree.value, FunctionValue):
        tree = as_tree(tree.value)
    if isinstance(tree, Scalar):
        found = _ELEMENT.fullmatch(str(tree.value))  # C_10, …, C_n0
        return None if found is None else (found[1], (found[2], found[3]))
    if isinstance(tree, Variance) and isinstance(tree.tree, Scalar):
        found = _INDEXED.fullmatch(str(tree.tree.value))
        return None if found is None else (f"Cov {found[1]}", (found[2], found[2]))
    if isinstance(tree, Covariance):
        letter, arguments = "Cov", [part.value for part in tree.parts if isinstance(part, Scalar)]
    elif isinstance(tree, Applied) and not tree.below and tree.is_scalar:
        letter, arguments = tree.function, [part.value for part in tree.arguments if isinstance(part, Scalar)]
        if len(arguments) == 1:
            (difference,) = arguments
            if difference == 0:
                return letter, None
            pair = _PAIR.fullmatch(str(difference))  # γ(h_ij)
            if pair is not None:
                return letter, (pair[1], pair[2])
            arguments = _ends(difference)
    else:
        return None
    places = [_INDEXED.fullmatch(str(argument)) for argument in arguments]
    if len(places) != 2 or places[0] is None or places[1] is None or places[0][1] != places[1][1]:
        return None
    return (f"{letter} {places[0][1]}" if letter == "Cov" else letter), (places[0][2], places[1][2])


def _ends(difference: sympy.Expr) -> list[sympy.Expr]:
    """s_i and s_j of s_i − s_j."""
    terms = dict(difference.as_coefficients_dict())
    ahead = [letter for letter, factor in terms.items() if factor == 1]
    behind = [letter for letter, factor in terms.items() if factor == -1]
    return [*ahead, *behind] if len(ahead) == len(behind) == 1 == len(terms) - 1 else []


def _of_one_place(letter: str, line: Mapping[Place, tuple[str, str] | None]) -> Tree | None:
    pairs = {place: pair for place, pair in line.items() if pair is not None}
    for fixed in (1, 0) if len(pairs) == len(line) else ():
        kept = {pair[fixed] for pair in pairs.values()}
        counted = {place: pair[1 - fixed] for place, pair in pairs.items()}
        if len(kept) == 1 and _count_on(counted):
            return _vector(letter, kept.pop(), _size(counted[max(counted)]))
    return None


def _vector(letter: str, kept: str, count: Size) -> Tree:
    function, _, place = letter.partition(" ")
    if function == "Cov" and place:
        vector = Symbol(place, count, ONE, "random")
        return Covariance(vector, Scalar(sympy.Symbol(f"{place}_{kept}", real=True)))
    return Symbol(f"{letter}_{kept}", count, ONE, "known")


def _count_on(labels: Mapping[Place, str]) -> bool:
    """Whether places are labelled 1, 2, … and the last by a letter or a number."""
    ahead = all(label == str(at + 1) for (from_end, at), label in labels.items() if not from_end)
    last = [label for (from_end, _), label in labels.items() if from_end]
    return ahead and len(last) == 1 and any(not from_end for from_end, _ in labels) and last[0] not in {"0", "1"}


def _size(label: str) -> Size:
    return size(int(label) if label.isdigit() else label)
