r"""Letters that a reading took for numbers, and of which their place tells otherwise: a number stands in front of
matrices and not behind them, as the r_i of Z_i'Σ_i⁻¹r_i, and none stands between a vector and its transpose."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from tutor.algebra.sizes import ONE
from tutor.algebra.tree import Tree
from tutor.notation.meaning.other_kinds import DESIGNS, Change, may_change
from tutor.notation.meaning.usage import Factor, Product, Usage, pairs, triples
from tutor.notation.vocabulary import Letter

_COEFFICIENTS = frozenset({"beta", "gamma", "delta", "theta", "eta", "xi", "zeta", "alpha", "mu", "tau"})
"""Greek letters that stand behind a matrix as vectors; others do so as numbers too, Jρ."""


def doubts(usage: Usage, taken: Mapping[Letter, Tree]) -> tuple[Change, ...]:
    """The letters that a reading took for numbers where their place shows another kind: a number stands in front of
    matrices and not behind them, and none stands between a vector and its transpose."""
    found: dict[Change, None] = {}
    if not any(tree.is_scalar for tree in taken.values()):
        return ()
    for product in usage.products:
        found |= dict.fromkeys(_behind_matrix(product, taken))
        found |= dict.fromkeys(_between(product, taken))
        found |= dict.fromkeys(_designs(product, taken))
    return tuple(found)


def _behind_matrix(product: Product, taken: Mapping[Letter, Tree]) -> Iterator[Change]:
    """The r_i of Z_i'Σ_i⁻¹r_i, and the μ of k'μ."""
    for before, factor in pairs(product[-2:]):
        tree = taken.get(before.spelled)
        is_matrix = tree is not None and (ONE not in tree.shape or (before.is_transposed and not tree.is_scalar))
        is_letter = (factor.is_small or factor.letter in _COEFFICIENTS) and not factor.above and may_change(factor)
        if is_matrix and is_letter and _is_number(factor, taken):
            yield factor.spelled, "vector"


def _between(product: Product, taken: Mapping[Letter, Tree]) -> Iterator[Change]:
    """The S_i of w_i'S_iw_i."""
    for row, factor, column in triples(product):
        is_form = row.is_transposed and row.spelled == column.spelled and not column.above
        if is_form and (factor.is_capital or factor.is_greek_capital) and _is_number(factor, taken):
            yield factor.spelled, "matrix"


def _designs(product: Product, taken: Mapping[Letter, Tree]) -> Iterator[Change]:
    """The X^* of X^*β^*."""
    for factor, behind in pairs(product):
        tree = taken.get(behind.spelled)
        is_before_vector = tree is not None and tree.columns == ONE and not tree.is_scalar and not behind.above
        if factor.letter in DESIGNS and not factor.above and is_before_vector and _is_number(factor, taken):
            yield factor.spelled, "matrix"


def _is_number(factor: Factor, taken: Mapping[Letter, Tree]) -> bool:
    tree = taken.get(factor.spelled)
    return tree is not None and tree.is_scalar
