"""The share that each component has in the variance of a mean: divided by another number than are averaged."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import sympy

from tutor.algebra.expansion import expanded
from tutor.algebra.tree import Tree
from tutor.checking.case import Case, Diagnosis
from tutor.checking.misconceptions.formulas import DIVIDED_TOO_LITTLE, DIVIDED_TOO_OFTEN
from tutor.checking.misconceptions.one_formula import formula_of, is_long
from tutor.checking.misconceptions.roles import (
    groups_of,
    is_correlation,
    is_covariance,
    is_random,
    is_residual,
    is_size,
    parameters,
    sizes_of_groups,
)

MOST_NODES = 60
"""Nodes of a formula of which the shares are compared."""

Shares = Mapping[sympy.Symbol, Any]


def other_shares(case: Case) -> Diagnosis | None:
    """σ²_u/2 + σ²/4 for σ²_u/2 + σ²/24, in which one component, or several, are divided by too few; by too many; or by
    the number of groups where these are of unequal size."""
    theirs, mine = _shares(case, case.reference), _shares(case, case.answer)
    if theirs is None or mine is None or theirs.keys() != mine.keys():
        return None
    return of_shares(case, mine, theirs)


def of_shares(case: Case, mine: Shares, theirs: Shares) -> Diagnosis | None:
    """The number by which components are divided that is another one than it should be, or None; both sides have the
    same components."""
    ratios = {letter: sympy.cancel(mine[letter] / theirs[letter]) for letter in theirs}
    other = [letter for letter, ratio in ratios.items() if ratio != 1]
    if not other or set(ratios.values()) <= {sympy.Integer(2), sympy.S.Half}:
        return None  # a factor of 2 of the whole is another slip
    if all(_is_multiple(ratios[letter], theirs[letter]) for letter in other):
        return Diagnosis("missing-replication", DIVIDED_TOO_LITTLE)
    twice = {letter for letter in other if 1 / ratios[letter] == sympy.fraction(sympy.together(theirs[letter]))[1]}
    if all(letter in twice or _is_divided(case, 1 / ratios[letter], mine[letter]) for letter in other):
        return Diagnosis("missing-replication", DIVIDED_TOO_OFTEN)
    if len({ratios[letter] for letter in other}) == 1 and _is_other_size(case, ratios[other[0]]):
        return Diagnosis("missing-replication")
    if all(_is_recounted(ratios[letter]) or _is_even(case, mine[letter], theirs[letter]) for letter in other):
        return Diagnosis("missing-replication")
    return None


def _shares(case: Case, tree: Tree) -> Shares | None:
    """What each component is multiplied by in a sum of components; None for another number."""
    formula = formula_of(tree) if tree.is_scalar else None
    if formula is None or is_long(formula.value, MOST_NODES):
        return None
    letters = parameters([formula])
    if not letters or not all(_is_component(case, letter) for letter in letters):
        return None
    found = shares_in(formula.value, letters)
    return None if found is None or len(found) < len(letters) else found


def shares_in(formula: Any, letters: Sequence[sympy.Symbol]) -> Shares | None:
    """What each letter is multiplied by in a sum of multiples of them, where it is not 0; None for what is none."""
    if not formula.is_rational_function(*letters) or _is_divided_by(formula, letters):
        return None
    found = {letter: sympy.together(sympy.diff(formula, letter)) for letter in letters}
    if any(not share.free_symbols.isdisjoint(letters) for share in found.values()):
        return None
    rest = expanded(formula - sympy.Add(*(share * letter for letter, share in found.items())))
    is_sum = rest == 0 or sympy.cancel(rest) == 0  # (aσ² − σ²)/(a − 1) is σ²
    return {letter: share for letter, share in found.items() if share != 0} if is_sum else None


def _is_divided_by(formula: Any, letters: Sequence[sympy.Symbol]) -> bool:
    """Whether a letter stands in a divisor: derivatives of fractions within fractions grow without end."""
    return any(power.exp.could_extract_minus_sign() and power.has(*letters) for power in formula.atoms(sympy.Pow))


def _is_component(case: Case, letter: sympy.Symbol) -> bool:
    is_variance = is_random(case, letter) or is_residual(case, letter)
    return is_variance and not is_correlation(letter) and not is_covariance(letter)


def _is_whole(number: Any) -> bool:
    """Whether it is a count larger than 1, a number or in letters of sizes."""
    return bool(number.is_Integer and number > 1) or bool(number.free_symbols and is_size(number))


def _is_multiple(ratio: Any, share: Any) -> bool:
    """Whether a count is lost from what a share is divided by."""
    return _is_whole(ratio) and is_size(sympy.cancel(sympy.fraction(sympy.together(share))[1] / ratio))


def _is_divided(case: Case, ratio: Any, share: Any) -> bool:
    """Whether a share is divided by one count more, which are no more than the observations in all."""
    if not _is_whole(ratio):
        return False
    groups = groups_of(case.symbols)
    divisor = sympy.fraction(sympy.together(share))[1]
    return not divisor.is_Integer or not groups or len(groups[0][1]) % int(divisor) == 0


def _is_recounted(ratio: Any) -> bool:
    """Whether a letter that counts stands in the place of another."""
    above, below = sympy.fraction(ratio)
    is_letter = all(side.as_coeff_Mul()[0] == 1 for side in (above, below) if side.free_symbols)  # 5r/12 counts nothing
    return _is_whole(above) and _is_whole(below) and bool(ratio.free_symbols) and is_letter


def _is_other_size(case: Case, ratio: Any) -> bool:
    """Whether the number of levels of one factor stands for that of another."""
    counts = sizes_of_groups(case)
    return bool(ratio.is_Rational and ratio.p in counts and ratio.q in counts)


def _is_even(case: Case, mine: Any, theirs: Any) -> bool:
    """Whether groups of unequal size are counted alike: a third each, where Σ n_i²/n² is more."""
    if not (mine.is_Rational and theirs.is_Rational and theirs.p > 1):
        return False
    counts = sizes_of_groups(case)
    return bool(mine < theirs < 1) and mine.p == 1 and int(mine.q) in counts
