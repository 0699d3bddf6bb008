"""Models by elements with other fixed effects and the same means: μ_ij for μ + τ_i + α_j + (τα)_ij, α + β (x_i − 3).

An effect with the indices S that is multiplied by f, a polynomial in covariates, adds any function of S times f. The
functions of S are the sums of those of each subset T that have no part of a smaller one (Searle 1971, Linear Models,
chapter 8), so that all means are the sum over T of such functions times the space W_T that the f of all effects with
T ⊆ S span. Two models have the same means in every layout if each W_T is the same in both.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from itertools import combinations

import sympy
from sympy.matrices.immutable import ImmutableDenseMatrix

from tutor.checking.kinds.index_models import Effect, IndexModel

Function = sympy.Expr
Means = dict[tuple[str, str, frozenset[str]], Function]
"""Each fixed effect by its letter, number and indices, with the polynomial that multiplies it."""

Names = Mapping[tuple[str, str, frozenset[str]], str]


def other_means(
    asked: IndexModel, said: IndexModel, letters: Mapping[str, str], *, is_free: bool
) -> dict[str, str] | None:
    """The fixed effects of an answer in those of the reference, where they give the same means; empty where that is not
    unique, and None where they give other means.

    Where the parametrization is not free, a model says that its effects are others: they are means μ_ij, or the same
    effects with covariates that are centred.
    """
    theirs = _means(asked, {letter: letter for each in _fixed(asked) for letter in each.element.indices})
    mine = _means(said, letters)
    if theirs is None or mine is None or not (is_free or _says_so(theirs, mine)) or not _same_spaces(theirs, mine):
        return None
    return _in_terms(theirs, mine, _names(asked), _names(said)) if _keep_letters(letters) else {}


def _fixed(model: IndexModel) -> list[Effect]:
    return [each for each in model.effects if model.distribution(each) is None]


def _means(model: IndexModel, letters: Mapping[str, str]) -> Means | None:
    """The fixed effects with what multiplies each; None where a covariate has an index that the response has not."""
    found: Means = {}
    for effect in _fixed(model):
        element = effect.element
        function: Function = effect.factor
        for covariate in effect.covariates:
            if not covariate.indices <= model.response.indices:
                return None
            # A covariate without an index is a number, as x̄ is; x_i is x_ij too.
            name = covariate.key if not covariate.indices else f"{covariate.base}_{covariate.number}_"
            function = sympy.Mul(function, sympy.Symbol(name))
        place = (element.letter, element.number, element.with_indices(letters))
        found[place] = sympy.Add(found.get(place, sympy.S.Zero), function)
    return found


def _says_so(theirs: Means, mine: Means) -> bool:
    """Whether an answer shows that its effects are others: means μ_ij without a μ, or covariates that are centred."""
    is_of_means = any(letter == "mu" and indices for letter, _, indices in mine)
    has_level = any(not indices and function.is_number for (_, _, indices), function in mine.items())
    if is_of_means and not has_level:
        return True
    centred = [Counter((place[2], function) for place, function in means.items()) for means in (theirs, mine)]
    plain = [Counter((place[2], _leading(function)) for place, function in means.items()) for means in (theirs, mine)]
    return centred[0] != centred[1] and plain[0] == plain[1]


def _leading(function: Function) -> Function:
    """The terms of a polynomial with the most covariates: x of x − 3."""
    degrees = {term: _degree(term) for term in sympy.Add.make_args(sympy.expand(function))}
    return sympy.Add(*(term for term, degree in degrees.items() if degree == max(degrees.values())))


def _degree(term: sympy.Basic) -> int:
    """How many covariates a product has."""
    powers = (factor.as_base_exp() for factor in sympy.Mul.make_args(term))  # pyright: ignore[reportArgumentType, reportAttributeAccessIssue]
    return sum(int(power) for name, power in powers if _is_covariate(name))


def _is_covariate(name: sympy.Basic) -> bool:
    return name.is_Symbol and str(name).endswith("_")


def _same_spaces(theirs: Means, mine: Means) -> bool:
    groups = {indices for means in (theirs, mine) for _, _, indices in means}
    subsets = {
        frozenset(subset)
        for group in groups
        for size in range(len(group) + 1)
        for subset in combinations(sorted(group), size)
    }
    return all(_span_alike(_spanning(theirs, subset), _spanning(mine, subset)) for subset in subsets)


def _spanning(means: Means, subset: frozenset[str]) -> list[Function]:
    """The polynomials of the effects whose indices include these."""
    return [function for (_, _, indices), function in means.items() if subset <= indices]


def _span_alike(first: Sequence[Function], second: Sequence[Function]) -> bool:
    top, bottom = _rows(first, second)
    return top.rank() == bottom.rank() == top.col_join(bottom).rank()


def _rows(*groups: Sequence[Function]) -> list[ImmutableDenseMatrix]:
    """The coefficients of polynomials, a matrix for each group and a row for each polynomial, over the products of
    covariates; constants are coefficients."""
    told = [[sympy.expand(function) for function in functions] for functions in groups]
    every = [each for functions in told for each in functions]
    names = sorted({name for each in every for name in each.free_symbols if _is_covariate(name)}, key=str)
    monomials = sorted({monomial for each in every for monomial in _split(each, names)}, key=str)
    return [
        ImmutableDenseMatrix(len(functions), len(monomials), [
            _split(each, names).get(monomial, sympy.S.Zero) for each in functions for monomial in monomials])
        for functions in told
    ]  # fmt: skip


def _split(function: Function, names: Sequence[sympy.Basic]) -> dict[sympy.Expr, sympy.Expr]:
    """The coefficient of each product of covariates."""
    found: dict[sympy.Expr, sympy.Expr] = {}
    for term in sympy.Add.make_args(function):
        coefficient, monomial = term.as_independent(*names) if names else (term, sympy.S.One)
        found[monomial] = sympy.Add(found.get(monomial, sympy.S.Zero), coefficient)
    return found


# The effects of an answer in those of the reference


def _keep_letters(letters: Mapping[str, str]) -> bool:
    return all(mine == theirs for mine, theirs in letters.items())


def _names(model: IndexModel) -> Names:
    return {(each.element.letter, each.element.number, each.element.indices): each.element.name
            for each in _fixed(model)}  # fmt: skip


def _in_terms(theirs: Means, mine: Means, their_names: Names, my_names: Names) -> dict[str, str]:
    """Each effect of the answer as a sum of those of the reference: each f of the reference as a sum of multiples of
    those of the answer, which is unique where these are independent."""
    own, asked = _rows(list(mine.values()), list(theirs.values()))
    if own.rank() < len(mine):
        return {}
    weights = asked * own.T * (own * own.T).inv()
    told: dict[str, str] = {}
    for column, (place, _) in enumerate(mine.items()):
        terms: list[str] = []
        for row, (other, _) in enumerate(theirs.items()):
            weight = sympy.simplify(weights[row, column])
            if weight == 0:
                continue
            if not other[2] <= place[2]:
                return {}
            terms.append(_term(weight, their_names[other], is_first=not terms))
        told[my_names[place]] = " ".join(terms) or "0"
    return told


def _term(weight: sympy.Expr, name: str, *, is_first: bool) -> str:
    is_negative = weight.could_extract_minus_sign()
    size = -weight if is_negative else weight
    number = "" if size == 1 else f"{size} " if size.is_Integer or size.is_Symbol else f"({size}) "
    sign = ("−" if is_negative else "") if is_first else ("− " if is_negative else "+ ")
    return f"{sign}{number.replace('xbar', 'x̄')}{name}"
