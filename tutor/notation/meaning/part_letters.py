r"""Letters that are parts of a matrix by where they stand: the X_1 of X = [X_1, X_2], the x of X = [1_n, x].

Only for a text that is about no model in particular.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from tutor.algebra.nodes import Symbol
from tutor.algebra.sizes import ONE, Size, size
from tutor.notation.meaning.usage import NOTHING, Factor, Usage, triples
from tutor.notation.names import BELOW
from tutor.notation.parsing import syntax
from tutor.notation.vocabulary import Name, Vocabulary

Changes = Mapping[str, Name | None]

_NO_COLUMNS = frozenset("ij")


def of_matrix_parts(vocabulary: Vocabulary, usage: Usage) -> Changes:
    """X_1 and β_1 as a part of X and its coefficients, where they stand as X_1 E(β_1); the parts of [X_1, X_2]."""
    parts = {key: letter for rule in (_before_means, _listed) for letter, key in rule(usage)}
    whole = {key: vocabulary.lookup(letter) for key, letter in parts.items()}
    return {
        key: Name(key, Symbol(key, *name.tree.shape, name.tree.role))
        for key, name in whole.items()
        if name is not None and isinstance(name.tree, Symbol)
    }


def _before_means(usage: Usage) -> Iterator[tuple[str, str]]:
    """X_1 E(β_1): coefficients that have a mean are those of a part of X, as a covariate stands behind its own."""
    for product in usage.products:
        for part, mean, brackets in triples(product):
            call = brackets.node
            if not isinstance(call, syntax.Call) or mean.letter != "E" or part.letter != "X" or part.bold:
                continue
            coefficients = usage.single(call.arguments[0]) if len(call.arguments) == 1 else part
            is_numbered = part.is_numbered and coefficients.below == part.below
            if coefficients.letter == "beta" and is_numbered:
                yield from ((part.letter, part.key), (coefficients.letter, coefficients.key))


def _listed(usage: Usage) -> Iterator[tuple[str, str]]:
    """X = [X_1, X_2] and Z = [Z_1, …, Z_m]: parts of a matrix, and no numbers."""
    for left, right in usage.equations():
        whole, *effects = usage.product(left)
        if whole.letter not in {"X", "Z", "W"} or not whole.is_bare:
            continue
        side = usage.terms(right)[0][1][0]
        if side.above:
            continue
        is_whole = not effects or (len(effects) == 1 and effects[0].letter in {"beta", "u"})
        cells = [cell for cell in _cells_in_row(side.node, usage) if not isinstance(cell, syntax.Ellipsis)]
        parts = [usage.single(cell) for cell in cells]
        are_parts = all(part.letter == whole.letter and len(part.below) == 1 and not part.bold for part in parts)
        if is_whole and are_parts and len(parts) > 1 and parts[0].is_numbered:
            yield from ((part.letter, part.key) for part in parts)


def _cells_in_row(node: syntax.Node | None, usage: Usage) -> Sequence[syntax.Node]:
    """The cells of a matrix of one row, in brackets with commas, or in square ones with blanks: in round ones letters
    side by side are a product. None of what is no such row."""
    match node:
        case syntax.Listed(items=items):
            return items
        case syntax.Matrix(rows=(row,)):
            return row
        case syntax.Group(inner=syntax.Chain(factors=factors)) if "[" in usage.text[node.start : node.inner.start]:
            return factors
        case _:
            return ()


def of_columns(vocabulary: Vocabulary, usage: Usage) -> Changes:
    """The x of [1_n, x] is as long as the ones."""
    return {column.key: Name(column.key, Symbol(column.key, rows, ONE)) for column, rows in _beside_ones(usage)}


def _beside_ones(usage: Usage) -> Iterator[tuple[Factor, Size]]:
    """The x and z_1 of [1_n, x, z_1], columns, beside which no number can stand, with the length of the ones."""
    kinds = (syntax.Listed, syntax.Matrix, syntax.Group)
    for node in (node for kind in kinds for node in usage.of(kind)):
        cells = [usage.single(cell) for cell in _cells_in_row(node, usage)]
        ones, columns = (cells[0], cells[1:]) if len(cells) > 1 else (NOTHING, [])
        are_ones = ones.letter == "1" and (ones.bold or ones.below) and not ones.above
        if are_ones and all(map(_is_column, columns)):
            rows = size(ones.below.replace(BELOW, "_") or "n")
            yield from ((column, rows) for column in columns if not column.bold)


def _is_column(factor: Factor) -> bool:
    is_letter = factor.is_small and factor.letter not in _NO_COLUMNS
    return is_letter and len(factor.below) < 2 and not (factor.above or factor.accent)
