"""Links: g(μ) = η, with inverse and derivative."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, cast

import sympy

from tutor.errors import UnknownNameError
from tutor.models.glmm.functions import LETTERS, Functions


@dataclass(frozen=True, slots=True)
class Link:
    """A link g and its inverse: η = g(μ), μ = g⁻¹(η).

    ``formula`` is g as an expression; ``inverse`` takes the functions it is made of, and η. ``range`` says which μ the
    inverse can give when η runs through all numbers. ``has_mean`` is False where g⁻¹(η) of a normal η has no mean.
    """

    key: str
    formula: Callable[[sympy.Expr], sympy.Expr]
    inverse: Callable[[Functions, Any], Any]
    range: str
    name: str = ""
    has_mean: bool = True

    def __reduce__(self) -> tuple[Any, ...]:
        return link_named, (self.key,)

    def of(self, mu: sympy.Expr) -> sympy.Expr:
        """g(μ) as a lecture writes it: log(μ), logit(μ), and √μ, 1/μ or μ itself."""
        return sympy.Function(self.name, real=True)(mu) if self.name else self.formula(mu)

    def mean(self, eta: sympy.Expr) -> sympy.Expr:
        """μ = g⁻¹(η), as an expression."""
        return self.inverse(LETTERS, eta)

    def derivative(self, eta: sympy.Expr) -> sympy.Expr:
        """dμ/dη, as an expression; φ is the density of the standard normal.

        >>> str(LINKS["log"].derivative(sympy.Symbol("eta")))
        'exp(eta)'
        """
        if self.key == "probit":
            return sympy.Function("phi", real=True)(eta)
        letter = sympy.Dummy(real=True)
        return cast(sympy.Expr, sympy.diff(self.mean(letter), letter).xreplace({letter: eta}))


_ALL = (
    Link("identity", lambda mu: mu, lambda f, eta: eta, "−∞ < μ < ∞"),
    Link("log", sympy.log, lambda f, eta: f.exp(eta), "μ > 0"),
    Link("logit", lambda mu: sympy.log(mu / (1 - mu)), lambda f, eta: 1 / (1 + f.exp(-eta)), "0 < μ < 1", "logit"),
    Link("probit", sympy.Function("probit", real=True), lambda f, eta: f.Phi(eta), "0 < μ < 1"),
    Link(
        "cloglog", lambda mu: sympy.log(-sympy.log(1 - mu)), lambda f, eta: -f.expm1(-f.exp(eta)), "0 < μ < 1",
        "cloglog",
    ),
    # Where η is near 0 its density is positive, and 1/η has no integral there.
    Link("inverse", lambda mu: 1 / mu, lambda f, eta: 1 / eta, "μ ≠ 0", has_mean=False),
    Link("sqrt", sympy.sqrt, lambda f, eta: eta**2, "μ ≥ 0"),
)  # fmt: skip

LINKS: Mapping[str, Link] = {link.key: link for link in _ALL}
"""Links by their keys."""


def link_named(key: str) -> Link:
    """The link of a key. Raises UnknownNameError for one that is not known."""
    if key not in LINKS:
        raise UnknownNameError("The link", str(key), LINKS)
    return LINKS[key]
