"""A model equation in elements: y_ij = μ + τ_i + u_j + ε_ij, as data."""

from __future__ import annotations

from dataclasses import dataclass, field

from tutor.algebra.sizes import Size
from tutor.models.covariance import Covariance


@dataclass(frozen=True, slots=True)
class Name:
    """A subscripted name: τ_i, v_i(k), (τα)_ij, u_0j, x_ij.

    ``bases`` are keys of names.py, more than one for an interaction; ``number`` is the digit that tells coefficients
    apart, or the capitals, as in β_W and β_B, ``indices`` the letters, ``within`` those in brackets. Of a covariate
    from which a mean is taken off ``mean`` is what stands below that mean: ".." in x_ij − x̄_··, "i." in x_ij − x̄_i·,
    "i" in x_ij − x̄_i, "" in x_i − x̄; with ``is_mean`` the covariate is that mean itself, x̄_i·, and ``indices`` are
    those that it keeps. ``power`` is 2 in x_ij².
    """

    bases: tuple[str, ...]
    indices: str = ""
    within: str = ""
    number: str = ""
    mean: str | None = None
    power: int = 1
    is_mean: bool = False


@dataclass(frozen=True, slots=True)
class IndexRange:
    """An index: its letter and how far it runs from 1.

    ``extent`` is a size, or the name of a number that differs from cell to cell, as n_ij. ``size_letter`` is what a
    lecture calls the size (t treatments, b blocks), also where it is a number.
    """

    letter: str
    extent: Size | Name
    size_letter: str = ""


@dataclass(frozen=True, slots=True)
class IndexTerm:
    """One term of the equation: a coefficient, and the covariates by which it is multiplied.

    The coefficient is written first, β_1 x_i, unless ``covariates_first`` asks for x_i β_1. ``source`` is the name of
    the formula's term that it comes from; poly(x, 2) makes two.
    """

    coefficient: Name
    covariates: tuple[Name, ...] = ()
    covariates_first: bool = False
    source: str = field(default="", compare=False)

    @property
    def factors(self) -> tuple[Name, ...]:
        """The names of the term in the order in which they are written."""
        if self.covariates_first:
            return (*self.covariates, self.coefficient)
        return (self.coefficient, *self.covariates)


@dataclass(frozen=True, slots=True)
class IndexEffects:
    """The distribution of the effects of one random term: names of its coefficients, and their covariances."""

    names: tuple[Name, ...]
    covariance: Covariance


@dataclass(frozen=True, slots=True)
class IndexModel:
    """The equation of one observation.

    ``response`` and ``residual`` carry all indices; ``terms`` are the right-hand side without the residual;
    ``effects`` the distributions of the random ones; ``zeros`` are effects that the coding sets to 0; ``glossary``
    says which column of the data each name speaks of. ``repeated`` is the index over which residuals, and effects with
    that index, are correlated; none where the residuals are independent. ``cells`` are the indices of the variance of
    the residuals, σ²_ij, where each combination of their levels has its own.
    """

    response: Name
    terms: tuple[IndexTerm, ...]
    residual: Name
    effects: tuple[IndexEffects, ...]
    ranges: tuple[IndexRange, ...]
    zeros: tuple[Name, ...] = ()
    glossary: tuple[tuple[Name, str], ...] = ()
    repeated: str = ""
    offset: Name | None = None
    cells: str = ""
