"""The order in which a statistician writes the factors of a product and the terms of a sum."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Any

import sympy

from tutor.algebra.figure import Figure, with_letters
from tutor.notation.names import GREEK, split_key
from tutor.notation.writing.effects import EFFECTS, is_of_a_mean

LAST = ("u", "v", "w", "e")
"""Bases of random effects and of the residual, which end a model equation."""


@lru_cache(maxsize=4096)
def symbol_rank(symbol: sympy.Symbol) -> tuple[Any, ...]:
    """Where a symbol stands among the factors of a product: sizes, variances (σ² first), effects, the rest."""
    base, squared, subscripts = split_key(symbol.name)
    natural = tuple(
        (0, int(piece), "") if piece.isdecimal() else (1, 0, piece)
        for part in subscripts
        for piece in re.findall(r"\d+|\D+", part)
    )
    if symbol.is_integer:
        return 0, 0, symbol.name, natural
    if base == "sigma":
        residual = not subscripts or subscripts in (("e",), ("epsilon",))
        return 1, (0 if residual else 1 if squared else 2), "", natural
    if base == "phi":  # a dispersion, before the mean
        return 1, 3, "", natural
    if base in EFFECTS:
        # The intercept β_0 stands where μ does.
        intercept = base == "beta" and bool(subscripts) and subscripts[0].startswith("0")
        return 2, 0 if intercept else EFFECTS.index(base), base, natural
    if base in GREEK:
        return 2, len(EFFECTS), base, natural
    return 3, (1 + LAST.index(base) if base in LAST else 0), base, natural


def factor_rank(base: sympy.Expr) -> tuple[Any, ...]:
    """Numbers, constants of a density, symbols, sums of sizes, other functions, sums, standard errors, exponentials."""
    if base == sympy.E:
        return (4,)
    if isinstance(base, sympy.Number | sympy.NumberSymbol):
        return 0, isinstance(base, sympy.NumberSymbol)
    if isinstance(base, Figure):
        return factor_rank(base.letter)
    if isinstance(base, sympy.binomial | sympy.gamma):
        return 1, base.sort_key()
    if isinstance(base, sympy.Symbol) and split_key(base.name)[0] == "SE":
        return 3, 2, base.sort_key()  # t SE, and before brackets it would be a function
    if isinstance(base, sympy.Symbol):
        return 2, symbol_rank(base)
    if base.is_Add and _is_of_sizes(with_letters(base)):
        return 2, (9,), base.sort_key()  # (n − p) log 2π
    return 3, bool(base.is_Add), base.sort_key()


def _is_of_sizes(expression: sympy.Expr) -> bool:
    """Whether each letter is an integer: asked of the letters, as SymPy's answer for fractions within fractions
    takes three times as long with each further one."""
    return all(symbol.is_integer for symbol in expression.free_symbols)


def _degrees(term: sympy.Expr) -> dict[sympy.Expr, sympy.Expr]:
    _, rest = term.as_coeff_Mul()
    return {base: sympy.sympify(exponent, strict=True) for base, exponent in rest.as_powers_dict().items() if base != 1}


def _by_exponents(told: list[tuple[int, float]]) -> list[tuple[float, ...]]:
    """A key by which terms stand as by the list of all their exponents, the higher one first, of which only those are
    told that are not 0: so that the work on n terms of n bases is not n²."""
    return [*((0, at, -number) if number > 0 else (2, -at, -number) for at, number in told), (1,)]


def ordered_terms(expression: sympy.Expr) -> list[sympy.Expr]:
    """The terms of a sum as a person writes them: μ + τ_1, σ² + tσ²_u, 1 − ρ, n − 1, 1 + ρ + ρ².

    Low degrees come first, except among sizes alone; within a degree the first letters have the highest powers.
    A number stands first, or last if it is subtracted or added to a size; a sum starts with no minus sign if any
    of its terms has none. A mean stands before a variance: μ + τ_1 + σ²/2.
    """
    terms = list(sympy.Add.make_args(expression))
    if not isinstance(expression, sympy.Add):
        return terms
    if expression.has(Figure):
        places = {with_letters(term): term for term in terms}
        return [places[term] for term in ordered_terms(with_letters(expression))]
    powers = {term: _degrees(term) for term in terms}
    bases = sorted({base for degrees in powers.values() for base in degrees}, key=factor_rank)
    counts = _is_of_sizes(expression)
    if not counts:
        # A size in front of a variance is but its coefficient.
        bases = [base for base in bases if not (_is_of_sizes(base) and base.is_integer)]

    means = {term for term in terms if is_of_a_mean(powers[term])}
    means = means if len(means) < len(terms) else set[sympy.Expr]()

    places = {base: at for at, base in enumerate(bases)}
    told_below = [number for degrees in powers.values() for base, number in degrees.items() if base in places]
    all_below = all(number.is_negative for number in told_below)  # 1/σ²_1 + 1/σ²_2: no letter has a higher power

    def rank(term: sympy.Expr) -> tuple[Any, ...]:
        told = sorted(
            (places[base], float(abs(exponent) if all_below else exponent) if exponent.is_Rational else 1.5)
            for base, exponent in powers[term].items()
            if base in places
        )
        degree = sum(abs(number) for _, number in told)
        return term not in means, -degree if counts else degree, _by_exponents(told), term.sort_key()

    numbers = [term for term in terms if term.is_Number]
    others = sorted((term for term in terms if not term.is_Number), key=rank)
    positive = [term for term in others if not term.could_extract_minus_sign()]
    number_is_positive = bool(numbers) and numbers[0].is_extended_negative is not True
    number_first = number_is_positive and (not counts or not positive)
    if not number_first and positive and others[0] is not positive[0]:
        others.remove(positive[0])
        others.insert(0, positive[0])
    return [*numbers, *others] if number_first else [*others, *numbers]
