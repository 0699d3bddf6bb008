"""Rational functions in factors, by FLINT: what SymPy's `factor` writes, some ten times as fast."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from functools import lru_cache
from math import comb

import sympy
from flint import Ordering, fmpq, fmpz, fmpz_mpoly, fmpz_mpoly_ctx

MOST_TERMS = 5_000
"""Terms of a polynomial that is put in factors."""

MOST_PRODUCTS = 200_000
"""Products of terms in what is multiplied out, which takes some tens of milliseconds."""


class NotRationalFunctionError(Exception):
    """The expression has roots, functions, letters in exponents or irrational numbers, or is too large."""


def factored(expression: sympy.Expr) -> sympy.Expr:
    """A rational function of symbols with rational coefficients as a number times powers of irreducible polynomials.

    Each polynomial has whole coefficients without a common divisor, the first in the order of its letters positive,
    as `sympy.factor` gives it. Raises NotRationalFunctionError for what is no such function.
    """
    if expression.is_Rational:
        return expression
    letters = _in_order(frozenset(expression.free_symbols))  # pyright: ignore[reportArgumentType]
    if not letters:
        raise NotRationalFunctionError
    reader = _Reader(letters)
    coefficient, powers = reader.read(expression)
    irreducible = _Reader(letters)
    found: Powers = Counter()
    for place, times in powers.items():
        polynomial = reader.polynomials[place]
        if polynomial.is_zero():
            return sympy.S.Zero
        if len(polynomial) > MOST_TERMS:
            raise NotRationalFunctionError
        unit, factors = polynomial.factor()
        coefficient *= fmpq(unit) ** times
        for factor, repeats in factors:
            found[irreducible.place(factor)] += int(repeats) * times
    product = sympy.Mul(
        *(_expression(irreducible.polynomials[place], letters) ** times for place, times in found.items())
    )
    return _times(sympy.Integer(int(coefficient.p)) / int(coefficient.q), product)


@lru_cache(maxsize=1024)
def _in_order(letters: frozenset[sympy.Symbol]) -> tuple[sympy.Symbol, ...]:
    """Letters in the order in which SymPy's polynomials have them."""
    return sympy.Poly(sympy.Add(*letters)).gens if letters else ()  # pyright: ignore[reportReturnType]  (of symbols)


Powers = Counter[int]
"""The powers of polynomials, by their places among all that were met."""

Product = tuple[fmpq, Powers]
"""A number times powers of polynomials, which may have common divisors."""


class _Reader:
    """Expressions in given letters as products of powers of polynomials; only sums are multiplied out."""

    def __init__(self, letters: tuple[sympy.Symbol, ...]) -> None:
        self._context = fmpz_mpoly_ctx.get(tuple(f"x{i}" for i in range(len(letters))), Ordering.lex)
        self._letters = dict(zip(letters, self._context.gens(), strict=True))
        self.polynomials: list[fmpz_mpoly] = []

    def place(self, polynomial: fmpz_mpoly) -> int:
        """The place of a polynomial among those that were met; FLINT's have no hash."""
        if polynomial not in self.polynomials:
            self.polynomials.append(polynomial)
        return self.polynomials.index(polynomial)

    def read(self, expression: sympy.Basic) -> Product:
        if isinstance(expression, sympy.Symbol):
            return fmpq(1), Counter({self.place(self._letters[expression]): 1})
        if isinstance(expression, sympy.Rational):
            return fmpq(int(expression.p), int(expression.q)), Counter()
        if isinstance(expression, sympy.Mul):
            return self._product(map(self.read, expression.args))
        if isinstance(expression, sympy.Pow) and isinstance(expression.exp, sympy.Integer):
            return self._power(self.read(expression.base), int(expression.exp))
        if isinstance(expression, sympy.Add):
            return self._sum([self.read(term) for term in expression.args])
        raise NotRationalFunctionError

    def _product(self, parts: Iterable[Product]) -> Product:
        coefficient, powers = fmpq(1), Powers()
        for number, more in parts:
            coefficient *= number
            for place, times in more.items():
                powers[place] += times
        return coefficient, powers

    def _power(self, of: Product, times: int) -> Product:
        number, powers = of
        if times < 0 and any(self.polynomials[place].is_zero() for place in powers):
            raise NotRationalFunctionError  # a division by 0, which is told elsewhere
        return number**times, Counter({place: n * times for place, n in powers.items()})

    def _sum(self, terms: list[Product]) -> Product:
        """Over the highest powers that are divided by, and the least common multiple of the numbers below."""
        divisor, below = fmpz(1), Powers()
        for number, powers in terms:
            divisor = divisor.lcm(number.q)
            for place, times in powers.items():
                below[place] = max(below[place], -times)
        total = self._context.constant(0)
        for number, powers in terms:
            whole = self._context.constant(int((number * divisor).p))
            for place in {**below, **powers}:
                power = self._multiplied_out(self.polynomials[place], powers[place] + below[place])
                if len(whole) * len(power) > MOST_PRODUCTS:
                    raise NotRationalFunctionError
                whole *= power
            total += whole
        found = Counter({place: -times for place, times in below.items() if times})
        found[self.place(total)] += 1
        return fmpq(1, divisor), found

    def _multiplied_out(self, polynomial: fmpz_mpoly, times: int) -> fmpz_mpoly:
        terms = len(polynomial)
        if terms > 1 and times > 1 and comb(terms + times - 1, times) > MOST_TERMS:
            raise NotRationalFunctionError
        return polynomial**times


def _expression(polynomial: fmpz_mpoly, letters: tuple[sympy.Symbol, ...]) -> sympy.Expr:
    return sympy.Add(
        *(
            sympy.Mul(int(number), *(letter ** int(n) for letter, n in zip(letters, exponents, strict=True) if n))
            for exponents, number in polynomial.to_dict().items()
        )
    )


def _times(number: sympy.Expr, product: sympy.Expr) -> sympy.Expr:
    """A number in front of a product, which is not multiplied into a sum that stands alone; but −1 is."""
    if product == 1 or number == 1:
        return number if product == 1 else product
    if number == -1:
        return -product
    factors = sympy.Mul.make_args(product)
    return sympy.Mul(number, *factors, evaluate=False)
