r"""The blocks of one unit of a panel, y_i = X_iβ + 1_Tα_i + u_i: a row for each of the T times that I_T and 1_T tell,
and what stands behind 1_T is one number.

Only for a text that is about no model in particular.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

import sympy

from tutor.algebra.nodes import Scalar, Symbol
from tutor.algebra.sizes import ONE, Size, size
from tutor.notation.meaning.residual_letters import of_residuals
from tutor.notation.meaning.usage import Factor, Usage
from tutor.notation.names import BELOW, LATIN_E
from tutor.notation.vocabulary import Name, Vocabulary

_TIMES = "T"
_COUNTS = frozenset({_TIMES, *(f"{count}{BELOW}{unit}" for count in "nT" for unit in "gi")})
"""What may stand below the ones of a unit: how many times there are, or how many the unit has."""

_VALUES = frozenset("abcuv")
_BLOCKS = frozenset("yYXZeuvVR") | {"epsilon", "Omega", "Sigma", "eta", "nu"}


def of_panels(vocabulary: Vocabulary, usage: Usage) -> Mapping[str, Name]:
    """The names of the blocks of a unit, by their keys, where I_T or 1_T stands, and of effects behind ones."""
    names: dict[str, Name] = {}
    if any(f.below == _TIMES and (f.letter in {"I", "J"} or _are_ones(f)) for f in usage.factors):
        names |= {name.key: name for name in _rows_of_ones(usage)}
        names |= _blocks(vocabulary, usage)
    for key in (factor.key for factor in _values_of_units(usage)):
        names[key] = Name(key, Scalar(sympy.Symbol(key, real=True)))
    return names


def _are_ones(factor: Factor) -> bool:
    return factor.letter in {"1", "iota"} or (factor.letter in {"i", "j"} and factor.bold)


def _rows_of_ones(usage: Usage) -> Iterator[Name]:
    """The j of j_T', by a letter of ones."""
    for factor in usage.factors:
        if factor.letter in {"j", "l", "e"} and factor.below == _TIMES and factor.is_transposed and not factor.bold:
            yield Name(factor.key, Symbol(factor.key, size(_TIMES), ONE))


def _blocks(vocabulary: Vocabulary, usage: Usage) -> Mapping[str, Name]:
    """The y_i, X_i and u_i of a unit; the u_i behind Z_i are no errors."""
    apart = "e" in {key.partition("_")[0] for key in of_residuals(vocabulary, usage)}
    units = [(f.letter, f.unit) for f in usage.factors if f.letter in _BLOCKS]
    units = [(letter, index) for letter, index in units if index in {"g", "i"}]
    has_design = any(letter == "Z" for letter, _ in units)
    names: dict[str, Name] = {}
    for letter, index in units:
        if not (has_design and letter in {"u", "v"}):
            base = LATIN_E if letter == "e" and apart else letter
            block = Symbol(f"{base}_{index}", size(_TIMES), _columns(letter, vocabulary))
            names[f"{letter}_{index}"] = Name(block.name, block, bold=block)
    return names


def _columns(letter: str, vocabulary: Vocabulary) -> Size:
    """How many columns a block has: X_i and Z_i as many as X and Z, a covariance matrix as many as rows."""
    design = vocabulary.lookup(letter) if letter in {"X", "Z"} else None
    if design is not None:
        return design.tree.columns
    return size(_TIMES) if letter[0].isupper() and letter != "Y" else ONE


def _values_of_units(usage: Usage) -> Iterator[Factor]:
    """The α_i of 1_T α_i and α_i 1_T: one value for a unit."""
    for first, second in usage.beside:
        if _are_ones(first) and first.below in _COUNTS | {""} and not first.above and _is_value(second):
            yield second
        if _is_value(first) and _are_ones(second) and second.below in _COUNTS:
            yield first


def _is_value(factor: Factor) -> bool:
    is_letter = factor.letter in _VALUES or factor.is_small_greek
    return is_letter and factor.below in {"g", "i", "j"} and not (factor.bold or factor.accent or factor.above)
