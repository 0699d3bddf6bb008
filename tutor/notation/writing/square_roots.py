"""The square roots of a product under one root, as a person writes them."""

from __future__ import annotations

import sympy

from tutor.notation.names import split_key


def _is_root(factor: sympy.Expr) -> bool:
    return isinstance(factor, sympy.Pow) and factor.exp == sympy.S.Half


def _is_estimated_deviation(factor: sympy.Expr) -> bool:
    """Whether a factor is σ̂, or σ̂_u, whose square is what was estimated."""
    return isinstance(factor, sympy.Symbol) and split_key(factor.name)[0] == "sigmahat"


def joined_roots(above: list[sympy.Expr], below: list[sympy.Expr]) -> tuple[list[sympy.Expr], list[sympy.Expr]]:
    """Factors with their square roots under one, √(2σ²/b) or 1/√(2πσ²); one alone stays, and so do standard deviations.

    SymPy has √2/2 for 1/√2, which stands below if another root does. What may be negative is divided by in a root
    of its own, for only then is the root read as it was held.
    """
    roots_above, roots_below = ([factor for factor in part if _is_root(factor)] for part in (above, below))
    above, below = ([factor for factor in part if not _is_root(factor)] for part in (above, below))
    if roots_above:  # of σ̂ √(2/r)
        deviations = [factor for factor in above if _is_estimated_deviation(factor)]
        above = [factor for factor in above if factor not in deviations]
        roots_above += [sympy.Pow(factor**2, sympy.S.Half, evaluate=False) for factor in deviations]
    was_divided = False
    for root in [root for root in roots_above if root.args[0].is_Integer and roots_below]:
        number = root.args[0]
        multiple = next((factor for factor in below if factor.is_Integer and (factor / number).is_Integer), None)
        if multiple is not None:
            was_divided = True
            roots_above.remove(root)
            roots_below.append(root)
            below.remove(multiple)
            below += [multiple / number] if multiple != number else []
    if was_divided and _may_be_joined(roots_below, roots_above):
        return above, [*below, *_one_root(roots_below, roots_above)]
    if roots_above and _may_be_joined(roots_above, roots_below):
        return [*above, *_one_root(roots_above, roots_below)], below
    if _may_be_joined(roots_above, []):
        roots_above = _one_root(roots_above, [])
    if _may_be_joined(roots_below, []):
        roots_below = _one_root(roots_below, [])
    return [*above, *roots_above], [*below, *roots_below]


def _may_be_joined(factors: list[sympy.Expr], divisors: list[sympy.Expr]) -> bool:
    """Whether the root of the product, divided by the other ones, is held as the same roots are apart."""
    signs = [root.args[0].is_nonnegative for root in factors]
    return signs.count(True) >= len(signs) - 1 and all(root.args[0].is_nonnegative for root in divisors)


def _one_root(factors: list[sympy.Expr], divisors: list[sympy.Expr]) -> list[sympy.Expr]:
    bases = [root.args[0] for root in (*factors, *divisors)]
    if len(bases) < 2 or all(isinstance(base, sympy.Symbol) and split_key(base.name)[1] for base in bases):
        return [*factors, *(1 / root for root in divisors)]
    inside = sympy.Mul(*(root**2 for root in factors), *(root**-2 for root in divisors))
    return [sympy.Pow(inside, sympy.S.Half, evaluate=False)]
