r"""Letters with numbers that a text shows to be blocks, by how they are listed with dots: V_1, …, V_m on a diagonal."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from tutor.notation.meaning.usage import Usage, triples
from tutor.notation.parsing import syntax
from tutor.notation.parsing.spelling import GREEK_COMMANDS

NO_BLOCKS = frozenset("NFT")
"""Capitals that count or test, with whatever index."""

_NUMBERS_BEHIND = frozenset("3456789")
_LAST = re.compile("[A-Za-z0-9]")
_PART_OF_ERRORS = re.compile(r"\([1-3]\)([g-m])")
"""Below ε: one of the parts of the errors of a unit, ε_{(2)i}."""

_MATRICES = frozenset("ABCDEFGHKLMNOPQRSTUVWXYZ")


def numbered_blocks(usage: Usage) -> frozenset[str]:
    """The indices 1, 2 and the last of the blocks that a text lists: on a diagonal, in diag( ), and the rows of X."""
    found = set(_parts_of_errors(usage)) | set(_in_quadratic_forms(usage))
    if usage.of(syntax.Ellipsis):
        ends = {last for rule in (_on_diagonals, _in_diag, _below_each_other) for last in rule(usage)}
        found |= ends | {"1", "2"} if ends else set()
    return frozenset(found)


def _on_diagonals(usage: Usage) -> Iterator[str]:
    """The last index of V_1 and V_m at the corners of a matrix with dots."""
    for matrix in usage.of(syntax.Matrix):
        cells = [cell for row in matrix.rows for cell in row]
        has_dots = any(isinstance(cell, syntax.Ellipsis) for cell in cells)
        if has_dots and len(matrix.rows) > 1 and len(cells) > len(matrix.rows):
            yield from _last_of(cells, usage)


def _in_diag(usage: Usage) -> Iterator[str]:
    """diag(V_1, …, V_m)."""
    for call in usage.of(syntax.Call):
        if call.function in {"diag", "blockdiag"} and any(isinstance(x, syntax.Ellipsis) for x in call.arguments):
            yield from _last_of(call.arguments, usage)


def _below_each_other(usage: Usage) -> Iterator[str]:
    """X = (X_1; …; X_m), the rows of each unit, also in a line, X = (X_1', …, X_m')'."""
    for whole, side in usage.equations():
        subject, cells = usage.single(whole), _stacked(side, usage)
        is_design = subject.letter in {"X", "Z"} and subject.is_bare
        if is_design and cells and usage.single(cells[0]).letter == subject.letter:
            yield from (last for last in _last_of(cells, usage) if last.isalpha())


def _stacked(side: syntax.Node, usage: Usage) -> Sequence[syntax.Node]:
    """The cells of a column with dots, in a line those that are transposed; none of what is no column."""
    while isinstance(side, syntax.Prime | syntax.Group):
        side = side.inner
    cells: Sequence[syntax.Node] = ()
    if isinstance(side, syntax.Matrix) and all(len(row) == 1 for row in side.rows):
        cells = [row[0] for row in side.rows]
    elif isinstance(side, syntax.Listed) and usage.single(side.items[0]).is_transposed:
        cells = side.items
    return cells if any(isinstance(cell, syntax.Ellipsis) for cell in cells) else ()


def _last_of(cells: Sequence[syntax.Node], usage: Usage) -> Iterator[str]:
    """The last index of blocks from 1 on, by the first and the last of them, and the numbers behind 2."""
    first, last = usage.single(cells[0]), usage.single(cells[-1])
    is_listed = first.below == "1" and first.letter == last.letter and _LAST.fullmatch(last.below)
    if is_listed and may_be_block(first.letter):
        yield last.below
        named = (cell for cell in cells if isinstance(cell, syntax.Named) and cell.spelling.letters == first.letter)
        yield from {cell.spelling.subscript for cell in named} & _NUMBERS_BEHIND


def may_be_block(letter: str) -> bool:
    """Whether a letter with an index may be a matrix of one unit, as S_i and Λ_i."""
    is_letter = len(letter) == 1 or letter in GREEK_COMMANDS
    return is_letter and letter[:1].isupper() and letter not in NO_BLOCKS


def _parts_of_errors(usage: Usage) -> Iterator[str]:
    """The unit and the numbered parts of the errors of a unit where one of them is told to be a vector, as
    ε_{(2)i} ~ N(0, σ²I_{n_i}): serial errors and those of measurement of all observations of a unit."""
    for node in usage.of(syntax.Distributed):
        subject = usage.single(node.subject)
        part = _PART_OF_ERRORS.fullmatch(subject.below) if subject.letter == "epsilon" else None
        if part is None or len(node.arguments) != 2:
            continue
        mean, variance = map(usage.product, node.arguments)
        if mean[0].bold or any(factor.is_capital and factor.below for factor in variance):
            yield from (part[1], *(f"({number}){part[1]}" for number in "123"))


def _in_quadratic_forms(usage: Usage) -> Iterator[str]:
    """The 1 of y'A_1y: between a vector and its transpose stands no number."""
    for product in usage.products:
        for row, matrix, vector in triples(product):
            is_form = row.letter == vector.letter and row.is_transposed and vector.is_bare and not row.below
            is_vector = (row.is_small or row.letter == "Y") and is_form
            if is_vector and matrix.letter in _MATRICES and matrix.is_numbered:
                yield matrix.below
