r"""What kind of thing a plain letter is, where its text shows it: vectors, Greek matrices, and indices of blocks.

Only where names are open: the letters of a model are what they are.
"""

from __future__ import annotations

from functools import lru_cache

from tutor.algebra.sizes import Size, size
from tutor.notation.light_value import light_value
from tutor.notation.meaning.shown_blocks import UNITS, blocks, is_derivative_beside_projection
from tutor.notation.meaning.shown_vectors import vectors
from tutor.notation.meaning.usage import Factor, Product, Usage
from tutor.notation.names import BELOW
from tutor.notation.parsing import syntax


@light_value
class Kinds:
    """The plain letters that a text shows to be vectors, and the indices of its blocks."""

    vectors: frozenset[str]
    blocks: frozenset[str]


@lru_cache(maxsize=8)
def shown(usage: Usage) -> Kinds:
    """What a text shows of its plain letters."""
    return Kinds(vectors(usage), blocks(usage))


def indices(usage: Usage) -> frozenset[str]:
    """The indices below the letters of a text that may name blocks: units, or times at which there are several."""
    return frozenset(factor.below for factor in usage.factors if not factor.glued and _may_have_unit(factor))


def _may_have_unit(factor: Factor) -> bool:
    is_index = factor.below == "t" or (0 < len(factor.below) < 4 and UNITS.issuperset(factor.below))
    is_number = len(factor.below) == 1 and factor.below.isdigit()
    is_letter = factor.is_capital or factor.is_greek_capital or factor.letter in {"epsilon", "y", "e", "b", "u"}
    return is_letter and (is_index or is_number)


@lru_cache(maxsize=8)
def is_about_all(usage: Usage) -> bool:
    """Whether a text has the vector of all observations, y or ε, so that a block Z_1 has a row for each of them."""
    is_whole = any(f.letter in {"y", "Y", "e", "epsilon"} and not f.below for f in usage.factors)
    return is_whole or any(map(is_derivative_beside_projection, usage.products)) or _is_over_terms(usage)


def _is_over_terms(usage: Usage) -> bool:
    """Σ_k Z_kG_kZ_k' + R: over the random terms, each with a row for each observation, and not over units."""
    for node in usage.of(syntax.Sum):
        for added, (_, behind) in zip(node.terms, usage.terms(node)[1:], strict=False):
            body = added.body if isinstance(added, syntax.Operated) and added.operator.operation == "sum" else None
            if body is not None and _ends_transposed(usage.product(body)) and _is_residual(behind):
                return True
    return False


def _ends_transposed(product: Product) -> bool:
    """Z_kZ_k'σ²_k is written as often as σ²_kZ_kZ_k'."""
    matrices = [factor for factor in product if factor.letter != "sigma"]
    return bool(matrices) and matrices[-1].is_transposed


def _is_residual(product: Product) -> bool:
    first, last = product[0], product[-1]
    return (first.letter == "R" and not first.below) or (first.letter == "sigma" and last.letter == "I")


@lru_cache(maxsize=32)
def rows_of_unit(index: str, usage: Usage) -> Size:
    """How many observations a unit has: n_i, or what a text writes below the I and the 1 of a unit, N_i, or n or T
    where each has as many."""
    told = {factor.below for factor in usage.factors if factor.letter in {"I", "J", "1", "0"}}
    if f"N{BELOW}{index}" in told:
        return size(f"N_{index}")
    alike = next((letter for letter in ("n", "T") if letter in told), "")
    return size(alike) if alike and f"n{BELOW}{index}" not in told else size(f"n_{index}")
