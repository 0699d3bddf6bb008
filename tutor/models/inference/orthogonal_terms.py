"""Whether the terms of listed rows are orthogonal in pairs, as those of a Latin square, whose cells are not all there.

Two terms are orthogonal where, among the rows that agree in the factors of both, their levels meet in proportion, and
every level of a term is there equally often. Then each term has the projection that it has with all cells. Source:
Bailey (2008), Design of Comparative Experiments, section 10.5; Tjur (1984), Analysis of variance models in orthogonal
designs, Int. Statist. Rev. 52, 33–65.
"""

from __future__ import annotations

from collections import Counter
from itertools import combinations
from typing import TYPE_CHECKING

from tutor.models.effects import INTERCEPT

if TYPE_CHECKING:
    from tutor.models.mixed import MixedModel


def terms_are_orthogonal(model: MixedModel) -> bool:
    """Whether the terms of a model with an intercept meet in proportion, each level of one equally often; False where
    the rows are not listed and for covariates."""
    codes = {factor.name: factor.codes for factor in model.factors}
    terms = [frozenset(term.variables) for term in (*model.fixed, *model.random)]
    if any(variable not in codes or codes[variable] is None for term in terms for variable in term):
        return False
    if all(term.name != INTERCEPT for term in model.fixed):
        return False
    return all(_are_equally_often(term, codes) for term in terms) and all(
        _meet_in_proportion(one, other, codes) for one, other in combinations(terms, 2)
    )


Codes = dict[str, tuple[int, ...] | None]


def _are_equally_often(term: frozenset[str], codes: Codes) -> bool:
    return not term or len(set(Counter(_rows(term, codes)).values())) == 1


def _meet_in_proportion(one: frozenset[str], other: frozenset[str], codes: Codes) -> bool:
    """n_st n_c = n_s n_t for all levels s and t in a class c of what both have, those that never meet too."""
    if one <= other or other <= one:
        return True
    mine, theirs, shared = (_rows(term, codes) for term in (one, other, one & other))
    if not shared:
        shared = [()] * len(mine)
    together = Counter(zip(mine, theirs, strict=True))
    first, second, classes = Counter(mine), Counter(theirs), Counter(shared)
    of_first, of_second = dict(zip(mine, shared, strict=True)), dict(zip(theirs, shared, strict=True))
    return all(
        together[s, t] * classes[of_first[s]] == first[s] * second[t]
        for s in first
        for t in second
        if of_first[s] == of_second[t]
    )


def _rows(term: frozenset[str], codes: Codes) -> list[tuple[int, ...]]:
    """The level of a term in each row."""
    columns = [codes[name] or () for name in sorted(term)]
    return list(zip(*columns, strict=True))
