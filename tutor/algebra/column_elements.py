"""Elements and averages of columns of a covariate: x_3 is in the third row of x, n × 1, also while n is a letter."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping

import sympy

from tutor.algebra.nodes import Symbol
from tutor.algebra.parameters import definitions_of
from tutor.algebra.sizes import Size
from tutor.algebra.tree import Tree
from tutor.algebra.walk import symbols_of

_SUBSCRIPT = re.compile(r"\.|[0-9]+")

_DOT = "."
"""The index over which an average is taken."""


def open_columns(*trees: Tree) -> dict[str, Symbol]:
    """The columns in trees of which nothing is known but where their elements are, by their names."""
    return {
        symbol.name: symbol
        for tree in definitions_of(*trees)
        for symbol in symbols_of(tree)
        if symbol.levels is not None and symbol.definition is None and symbol.entries is None
    }


def rows_of(
    columns: Mapping[str, Symbol], letter: sympy.Symbol, number: Callable[[Size], int]
) -> tuple[Symbol, list[int]] | None:
    """The column of which a letter is an element, x_12 or x_12_3, and its row, or an average, x̄_1·, and the rows of it,
    from 0, by the ``number`` of a size; None for another letter, and a level that there is not.

    >>> n = sympy.Symbol("n", integer=True, positive=True)
    >>> x = {"x": Symbol("x", n, sympy.S.One, levels=((n, sympy.S.One),))}
    >>> four = {n: 4, sympy.S.One: 1}.get
    >>> rows_of(x, sympy.Symbol("x_3"), four)[1], rows_of(x, sympy.Symbol("xbar_."), four)[1]
    ([2], [0, 1, 2, 3])
    >>> rows_of(x, sympy.Symbol("x_5"), four) is None
    True
    """
    name, _, below = letter.name.partition("_")
    column = columns.get(name.removesuffix("bar"))
    if column is None or column.levels is None:
        return None
    is_average = name.endswith("bar")
    told = _SUBSCRIPT.findall(below)
    if len(told) != len(column.levels):
        told = list(below)  # x_12 is x_1,2
    if is_average and not below:
        told = [_DOT] * len(column.levels)  # x̄ is the mean of all
    if len(told) != len(column.levels) or is_average != (_DOT in told):
        return None
    rows = [0]
    for level, (size, stride) in zip(told, column.levels, strict=True):
        levels = range(1, number(size) + 1)
        if level != _DOT and not (level.isdecimal() and int(level) in levels):
            return None
        picked = levels if level == _DOT else [int(level)]
        rows = [row + (each - 1) * number(stride) for row in rows for each in picked]
    return column, rows
