"""Covariances of two observations and variances of means where V is a sum of variances that observations share."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations
from typing import TYPE_CHECKING

import sympy

from tutor.algebra.nodes import Scaled
from tutor.algebra.sizes import Size, same_size, whole
from tutor.algebra.structure.conditions import normal
from tutor.models.effects import INTERCEPT
from tutor.models.inference.sources import is_orthogonal as is_orthogonal_by_rows

if TYPE_CHECKING:
    from tutor.models.mixed import MixedModel


@dataclass(frozen=True, slots=True)
class Share:
    """A variance that two observations share when they agree on these factors; on None where they must be the same."""

    factors: frozenset[str] | None
    variance: sympy.Symbol


def shares_of(model: MixedModel) -> tuple[Share, ...] | None:
    """The variances of which covariances are sums; None where effects are correlated or multiplied by covariates."""
    found: list[Share] = []
    for term in model.random:
        tree = term.covariance.tree
        if not isinstance(tree, Scaled) or term.coefficients != (INTERCEPT,):
            return None
        found.append(Share(frozenset(term.variables), term.parameters[0].symbol))
    residual = model.R.definition
    if not isinstance(residual, Scaled):
        return None
    return (*found, Share(None, model.parameters[0].symbol))


def sizes_of(model: MixedModel) -> dict[str, Size] | None:
    """The number of levels of each factor, where all combinations come equally often; otherwise None."""
    sizes = {factor.name: factor.size for factor in model.factors}
    cells = sympy.Mul(*sizes.values())
    if not all(factor.codes is not None for factor in model.factors):
        return None if _incomplete(model) else sizes  # other designs of letters have all combinations
    counts: dict[tuple[int, ...], int] = {}
    for cell in zip(*(factor.codes or () for factor in model.factors), strict=True):
        counts[cell] = counts.get(cell, 0) + 1
    return sizes if len(counts) == cells and len(set(counts.values())) == 1 else None


def covariance_of(shares: Iterable[Share], agree: frozenset[str], same: bool) -> sympy.Expr:
    """Cov of two observations that agree on these factors; ``same`` where they are one observation."""
    shared = (s.variance for s in shares if (same if s.factors is None else s.factors <= agree))
    return sympy.Add(*shared)


def mean_variance(shares: Iterable[Share], sizes: dict[str, Size], n: Size, fixed: Sequence[str]) -> sympy.Expr:
    """Var of the mean over all observations at one level of each factor in ``fixed``."""
    return sympy.Add(*(s.variance / _number(s, sizes, n, fixed) for s in shares))


def difference_variance(shares: Iterable[Share], sizes: dict[str, Size], n: Size, name: str) -> sympy.Expr:
    """Var of the difference of the means of two levels of a factor: effects that both means share cancel."""
    own = (s for s in shares if s.factors is None or name in s.factors)
    return 2 * sympy.Add(*(s.variance / _number(s, sizes, n, (name,)) for s in own))


def _number(share: Share, sizes: dict[str, Size], n: Size, fixed: Sequence[str]) -> sympy.Expr:
    """How many different effects of this kind are in the mean."""
    if share.factors is None:
        return sympy.cancel(n / sympy.Mul(*(sizes[name] for name in fixed)))
    return sympy.Mul(*(sizes[name] for name in share.factors if name not in fixed))


def is_orthogonal(name: str, models: Sequence[MixedModel]) -> bool:
    """Whether means of the levels of a factor estimate them, so that their variances are read off V.

    Each level comes equally often, in as many groups of each effect, and with each level of every other fixed effect:
    as the treatments of a Latin square, or treatments to which subjects are nested.
    """
    factors = {factor.name: factor for model in models for factor in model.factors}
    own = factors[name].codes or ()
    fixed = {term.variables for model in models for term in model.fixed}
    groups = fixed | {term.variables for model in models for term in model.random}
    if len(set(Counter(own).values())) > 1 or any(each not in factors for group in fixed for each in group):
        return False
    for group in groups:
        others = [factors[each].codes or () for each in group if each in factors and each != name]
        if not others:
            continue
        cells = Counter(zip(own, *others, strict=True))
        crossed = len(cells) == len(set(own)) * len(set(zip(*others, strict=True)))
        nested = group not in fixed and len({cell[1:] for cell in cells}) == len(cells)
        if len(set(cells.values())) > 1 or not (crossed or nested):
            return False
    return True


def factored(value: sympy.Expr) -> sympy.Expr:
    """A value as a product, the sign inside: σ²(1 − ρ)/4 and not −σ²(ρ − 1)/4.

    >>> rho = sympy.Symbol("rho")
    >>> factored(2 - 2 * rho)
    2*(1 - rho)
    """
    found = normal(value)
    if not found.could_extract_minus_sign():
        return found
    coefficient, rest = found.as_coeff_Mul()
    factors = [coefficient, *sympy.Mul.make_args(rest)]
    turned = next((each for each in factors if isinstance(each, sympy.Add) and each.as_coeff_Add()[0] < 0), None)
    if turned is None or not coefficient < 0:
        return found
    others = [each for each in factors if each not in (coefficient, turned)]
    product = [each for each in (-coefficient, *others, -turned) if each != 1]
    return sympy.Mul(*product, evaluate=False)  # pyright: ignore[reportReturnType]


# Covariances of two observations


def factors_of(models: Sequence[MixedModel]) -> list[str]:
    return list(dict.fromkeys(factor.name for model in models for factor in model.factors))


def compared(models: Sequence[MixedModel]) -> list[str]:
    """The factors whose means are compared: those with a fixed effect in both models."""
    fixed = [{name for term in model.fixed for name in term.variables} for model in models]
    return [name for name in factors_of(models) if all(name in names for names in fixed)]


def exist(names: Sequence[str], models: Sequence[MixedModel], chosen: frozenset[str]) -> bool:
    """Whether two observations may agree on exactly these factors.

    Models in which a factor has other levels in other rows are of data ordered or laid out otherwise: then each is
    asked about its own factors.
    """
    codes: dict[str, tuple[int, ...]] = {}
    for model in models:
        for factor in model.factors:
            if factor.codes is None:
                return _exist_by_size(names, models[0], chosen)
            if codes.setdefault(factor.name, factor.codes) != factor.codes:
                own = [(model, frozenset(factor.name for factor in model.factors)) for model in models]
                return all(exist(sorted(known), (model,), chosen & known) for model, known in own)
    return _number_of_pairs(names, codes, chosen, whole(models[0].n)) > 0


def _exist_by_size(names: Sequence[str], model: MixedModel, chosen: frozenset[str]) -> bool:
    """The same for letters as sizes: two observations of one cell are there unless each cell has one."""
    sizes = {factor.name: factor.size for factor in model.factors}
    incomplete = _incomplete(model)
    if chosen & incomplete:
        # Which treatments come again beside each other is not known; it changes no covariance but that of samples.
        return any(incomplete <= frozenset(term.variables) <= chosen for term in model.random)
    square = frozenset[str]() if incomplete else _square(model)
    if len(chosen & square) >= 2 and not square <= chosen:
        return False  # any two lines of a square tell its cell
    across = [*(name for name in names if name not in square), *sorted(square)[:2]]
    one_a_cell = set(names) <= set(sizes) and sympy.Mul(*(sizes[name] for name in across)) == model.n
    return not one_a_cell or chosen != frozenset(names)


def _incomplete(model: MixedModel) -> frozenset[str]:
    """The factors whose level in a row is not known where sizes are letters, but for those of a square."""
    if model.plan is None or model.plan.layout.codes is not None or is_orthogonal_by_rows(model):
        return frozenset()
    layout = model.plan.layout
    return frozenset(index.name for index in layout.indices if index.letter in layout.determined)


def _square(model: MixedModel) -> frozenset[str]:
    """The factors of a Latin square, any two of which tell its cell; none of another design."""
    if model.plan is None or not model.plan.layout.determined:
        return frozenset()
    layout = model.plan.layout
    sizes = [index.size for index in layout.indices if index.letter in layout.determined]
    return frozenset(index.name for index in layout.indices if any(same_size(index.size, size) for size in sizes))


def _number_of_pairs(
    names: Sequence[str], codes: Mapping[str, tuple[int, ...]], chosen: frozenset[str], rows: int
) -> int:
    """How many pairs of rows agree on exactly these factors: by inclusion and exclusion from groups of rows."""
    others = [name for name in names if name not in chosen]
    found = 0
    for number in range(len(others) + 1):
        for more in combinations(others, number):
            columns = [codes[name] for name in (*chosen, *more)]
            groups = Counter(zip(*columns, strict=True)).values() if columns else [rows]
            found += (-1) ** number * sum(size * (size - 1) // 2 for size in groups)
    return found
