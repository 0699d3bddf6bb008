"""Means of functions of jointly normal variables, in closed form where they have one.

With η normal, mean m and variance s: E(exp(η)) = exp(m + s/2), the mean of a lognormal variable;
E(Φ(η)) = Φ(m/√(1 + s)), because Φ(η) = P(z ≤ η | η) for a standard normal z, and z − η ~ N(−m, 1 + s);
E(Φ(η)Φ(η')) = P(z ≤ η, z' ≤ η'), an orthant of two such differences, whose correlation is
Cov(η, η')/√((1 + s)(1 + s')); and E(η g(η)) = m E(g(η)) + s E(g'(η)) for polynomials (Stein
1981, Annals of Statistics 9).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import cast

import sympy

from tutor.models.glmm.functions import Phi2
from tutor.notation.meaning.functions import Phi


@dataclass(frozen=True, slots=True)
class Normals:
    """Jointly normal variables: each with its mean, and their covariances by pairs; a variance is that of (η, η)."""

    means: Mapping[sympy.Symbol, sympy.Expr]
    covariances: Mapping[tuple[sympy.Symbol, sympy.Symbol], sympy.Expr]

    def covariance(self, one: sympy.Symbol, other: sympy.Symbol) -> sympy.Expr:
        """Cov of two of them, in either order."""
        found = self.covariances.get((one, other))
        return self.covariances[other, one] if found is None else found


def mean_of(expression: sympy.Expr, normals: Normals) -> sympy.Expr | None:
    """E of a sum of products of exp, Φ or powers of normal variables; None where no closed form is known.

    >>> eta, m, s = sympy.symbols("eta m s")
    >>> mean_of(sympy.exp(2 * eta), Normals({eta: m}, {(eta, eta): s}))
    exp(2*m + 2*s)
    """
    total: sympy.Expr = sympy.S.Zero
    for term in sympy.Add.make_args(sympy.expand(expression, power_exp=False)):
        constant, random = term.as_independent(*normals.means, as_Add=False)
        mean = _mean_of_product(random, normals)
        if mean is None:
            return None
        total = total + constant * mean
    return total


def _mean_of_product(product: sympy.Expr, normals: Normals) -> sympy.Expr | None:
    product = combined(product)
    if isinstance(product, sympy.exp):
        return _mean_of_exponential(cast(sympy.Expr, product.args[0]), normals)
    factors = [factor.as_base_exp() for factor in sympy.Mul.make_args(product) if factor != 1]
    if not all(power.is_Integer and power.is_positive for _, power in factors):
        return None
    powers = {base: int(power) for base, power in factors if isinstance(base, sympy.Symbol) and base in normals.means}
    if len(powers) == len(factors):
        return _mean_of_powers(powers, normals)
    ends = [base.args[0] for base, power in factors if isinstance(base, Phi) for _ in range(int(power))]
    letters = [end for end in ends if isinstance(end, sympy.Symbol) and end in normals.means]
    if all(isinstance(base, Phi) for base, _ in factors) and len(letters) == len(ends):
        return _mean_of_probabilities(letters, normals)
    return None


def combined(product: sympy.Expr) -> sympy.Expr:
    """A product with its exponentials as one, exp(a) exp(b) as exp(a + b), which SymPy does not always join."""
    factors = sympy.Mul.make_args(product)
    exponents = [cast(sympy.Expr, factor.args[0]) for factor in factors if isinstance(factor, sympy.exp)]
    if len(exponents) < 2:
        return product
    others = [factor for factor in factors if not isinstance(factor, sympy.exp)]
    return sympy.Mul(*others, sympy.exp(sympy.expand(sympy.Add(*exponents))))


def _mean_of_exponential(exponent: sympy.Expr, normals: Normals) -> sympy.Expr | None:
    """E(exp(a + k'η)) = exp(a + k'm + k'Σk/2)."""
    letters = tuple(normals.means)
    polynomial = exponent.as_poly(*letters)
    if polynomial is None or polynomial.total_degree() > 1:
        return None
    weights = {letter: polynomial.coeff_monomial(letter) for letter in letters}
    mean = polynomial.coeff_monomial(1) + sympy.Add(*(weights[a] * normals.means[a] for a in letters))
    variance = sympy.Add(*(weights[a] * weights[b] * normals.covariance(a, b) for a in letters for b in letters))
    return sympy.exp(sympy.expand(mean + variance / 2))


def _mean_of_powers(powers: Mapping[sympy.Symbol, int], normals: Normals) -> sympy.Expr:
    """E(∏ η^k) by Stein's identity: one factor η taken out, m E(rest) + Σ Cov(η, η') E(∂ rest/∂η')."""
    first = next((letter for letter, power in powers.items() if power), None)
    if first is None:
        return sympy.S.One
    rest = {**powers, first: powers[first] - 1}
    total = normals.means[first] * _mean_of_powers(rest, normals)
    for letter, power in rest.items():
        if power:
            lower = _mean_of_powers({**rest, letter: power - 1}, normals)
            total = total + power * normals.covariance(first, letter) * lower
    return sympy.expand(total)


def _mean_of_probabilities(letters: list[sympy.Symbol], normals: Normals) -> sympy.Expr | None:
    if len(letters) > 2:
        return None
    scales = [sympy.sqrt(1 + normals.covariance(letter, letter)) for letter in letters]
    ends = [normals.means[letter] / scale for letter, scale in zip(letters, scales, strict=True)]
    if len(letters) == 1:
        return cast(sympy.Expr, Phi(ends[0]))
    variances = [normals.covariance(letter, letter) for letter in letters]
    # One root of the product, which SymPy would part in two.
    below = sympy.Pow((1 + variances[0]) * (1 + variances[1]), -sympy.S.Half, evaluate=letters[0] == letters[1])
    correlation = normals.covariance(letters[0], letters[1]) * below
    return cast(sympy.Expr, Phi2(*ends, correlation))
