r"""Letters that are vectors because one of them is transposed before the other, λ_i'F_t and B_it'θ, or behind itself,
v_iv_i': nobody transposes a number. Asked for where a text has no meaning otherwise, or one in which a number is
transposed.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

import sympy

from tutor.algebra.nodes import Scalar, Symbol
from tutor.algebra.sizes import ONE, Size, size
from tutor.notation.meaning.usage import Factor, Product, Usage, pairs, triples
from tutor.notation.vocabulary import Name, Vocabulary

_NO_VECTORS = frozenset({"e", "V", "R", "G", "I", "J", "Sigma", "sigma", "pi", "y", "Y"})
"""Letters of which another meaning is sure."""

_OF_ONE_OBSERVATION = frozenset({"y", "Y", "e", "epsilon", "v", "nu", "V"})
"""Letters of one observation, its error and the variance of that, beside a product of two vectors."""

_DESIGNS = frozenset({"X", "Z"})
"""Letters of matrices, of vectors for one observation, X_it, and of means, X̄_i."""


def of_pairs(vocabulary: Vocabulary, usage: Usage) -> Mapping[str, Name]:
    """The names of such vectors, by their keys: two that are multiplied are of one length.

    >>> from tutor.notation.parsing.parse import Parse
    >>> from tutor.notation.vocabulary import lecture_vocabulary
    >>> text = "y_{it} = a_i'f_t + e_{it}"
    >>> sorted(of_pairs(lecture_vocabulary(), Usage(text, Parse(text).display(0, len(text)))))
    ['a_i', 'e_it', 'f_t', 'y_it']
    """
    lengths: dict[str, str] = {}
    rows: dict[str, Size] = {}
    for row, column in _rows_and_columns(usage):
        first, second = _base(row), _base(column)
        if {first, second}.isdisjoint(_NO_VECTORS | {""}):
            length = lengths.get(first) or lengths.get(second) or second
            lengths |= {first: length, second: length}
        of = vocabulary.lookup("" if second in _NO_VECTORS else second)
        if _is_row_of_design(row) and of is not None and of.tree.columns == ONE and not of.tree.is_scalar:
            rows[row.key] = of.tree.rows
    for product in usage.products:
        if (vector := _squared(product)) is not None and _base(vector):
            lengths.setdefault(_base(vector), _base(vector))
    names = {key: Name(key, Symbol(key, extent, ONE)) for key, extent in rows.items()}
    for factor in usage.factors if lengths or rows else ():
        key, base = factor.key, _base(factor)
        if base in lengths:
            names[key] = Name(key, Symbol(key, _size(lengths, lengths[base], vocabulary, usage), ONE))
        elif base in _OF_ONE_OBSERVATION and factor.below:
            names[key] = Name(key, Scalar(sympy.Symbol(key, real=True)))
    return names


def _rows_and_columns(usage: Usage) -> Iterator[tuple[Factor, Factor]]:
    """What is transposed, with what stands right behind it."""
    for product in usage.products:
        yield from (pair for pair in pairs(product) if pair[0].is_transposed or pair[0].above == "t")


def _squared(product: Product) -> Factor | None:
    """The x_it of x_it x_it' and of Dx_it(Dx_it)' without brackets, DxDx'; None for another product."""
    half = len(product) // 2
    if len(product) % 2 or not product[-1].is_transposed:
        return None
    same = all(a.key == b.key and not a.above for a, b in zip(product[:half], product[half:], strict=True))
    return product[-1] if same else None


def _is_row_of_design(factor: Factor) -> bool:
    """Whether this is the X_i of X_i'β, which is a vector: its transpose has a column for each coefficient."""
    return factor.letter in _DESIGNS and not factor.accent and factor.below.isalpha() and len(factor.below) < 4


def _size(lengths: Mapping[str, str], length: str, vocabulary: Vocabulary, usage: Usage) -> Size:
    members = {letter for letter, told in lengths.items() if told == length}
    covariance = vocabulary.lookup("V")
    if covariance is not None and members & _with_covariances(usage):
        return covariance.tree.rows
    known = vocabulary.lookup("beta" if "beta" in members else "u")
    if members & {"beta", "u", "b"} and known is not None:
        return known.tree.rows
    design = vocabulary.lookup(length.upper()) if length in {"X", "x", "Z", "z"} else None
    return size(f"p_{length}") if design is None else design.tree.columns


def _with_covariances(usage: Usage) -> set[str]:
    """The a of a'Σa, as long as the vector with this covariance matrix."""
    return {
        row.letter
        for product in usage.products
        for row, matrix, column in triples(product)
        if row.is_small and row.is_transposed and row.letter == column.letter and matrix.letter in {"Sigma", "V"}
    }


def _base(factor: Factor) -> str:
    """The letter of what may be a vector; "" for a design matrix, and for what is no letter."""
    is_letter = factor.is_greek or (len(factor.letter) == 1 and factor.letter.isalpha())
    is_design = factor.letter in _DESIGNS and len(factor.below) < 2 and factor.below != "t" and not factor.accent
    return factor.letter if is_letter and not is_design else ""
