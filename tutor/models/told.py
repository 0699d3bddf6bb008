"""What the statements of a text about a model by elements tell."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

import sympy

from tutor.algebra.nodes import Scalar
from tutor.algebra.sizes import Size
from tutor.algebra.tree import Tree
from tutor.errors import ReadError
from tutor.models.about_their_means import as_sum, deviations, is_about_mean, is_deviation, keys_of, letters_of_tree
from tutor.models.index import Name
from tutor.models.told_serially import Serial
from tutor.notation.statement import Distribution, Equation, Statement

Variance = sympy.Symbol | Tree | None
"""A parameter, a matrix of parameters, or None for a matrix of which only the name is known."""


@dataclass(frozen=True, slots=True)
class Effects:
    """Names with a common normal distribution of mean 0, and their covariance matrix as it was written.

    With ``over`` it is the distribution of a single name over all levels of that index, as ε_i1k, …, ε_itk.
    """

    names: tuple[Name, ...]
    variance: Variance
    statement: Statement
    over: str = ""


@dataclass(frozen=True, slots=True)
class Stacked:
    """A vector of elements with a distribution of mean 0: which they are only the equation tells.

    ``keys`` are those of its elements, (u_0j, u_1j)' or (e_i1k, …, e_i4k)'; a single one stands for a whole vector,
    with a dot for the index that runs, e_i.k, or without that index, e_ik.
    """

    keys: tuple[str, ...]
    variance: Variance
    statement: Statement


@dataclass(slots=True)
class Told:
    """What the statements of a text tell.

    ``equations`` are those of elements by the key of the left side; ``means`` the distributions that are not about 0,
    as y_ij | u_j ~ N(μ_ij, σ²): mean, variance and place; ``random`` those of effects; ``stacked`` those of vectors of
    elements; ``vectors`` those of a whole vector by its letter; ``covariances`` those of two names; ``matrices`` what
    the name of a matrix stands for; ``links`` the link of an element, as log(μ_ij) = η_ij, by the key of the element:
    the key of the link, and the equation of what it equals; ``laws`` the distributions that are not normal; ``serial``
    what is told of two elements along an index; ``columns`` the keys of the elements of a vector by its name, as of
    b_i = (b_0i, b_1i)'; ``deviated`` the keys of deviations of effects from their means.
    """

    text: str
    equations: dict[str, Equation] = field(default_factory=dict)
    means: dict[str, tuple[Tree, sympy.Symbol, Statement]] = field(default_factory=dict)
    random: list[Effects] = field(default_factory=list)
    stacked: list[Stacked] = field(default_factory=list)
    vectors: dict[str, tuple[Variance, Statement]] = field(default_factory=dict)
    covariances: dict[frozenset[str], tuple[sympy.Symbol, Statement]] = field(default_factory=dict)
    matrices: dict[str, Tree] = field(default_factory=dict)
    columns: dict[str, tuple[str, ...]] = field(default_factory=dict)
    links: dict[str, tuple[str, Equation]] = field(default_factory=dict)
    laws: list[Distribution] = field(default_factory=list)
    ranges: dict[str, Size | None] = field(default_factory=dict)
    zeros: list[str] = field(default_factory=list)
    serial: list[Serial] = field(default_factory=list)
    deviated: set[str] = field(default_factory=set)

    def define(self, keys: Sequence[str], part: Equation) -> None:
        """Keep what defines elements; beside η_ij = η + τ_i the equation η_ij = μ_ij says that μ_ij is that, too."""
        alone = _single(part)
        for key in keys:
            before = self.equations.get(key)
            other = "" if before is None else _single(before)
            if before is not None and alone:
                self.equations.setdefault(alone, before)
                continue
            if other:
                self.equations.setdefault(other, part)
            self.equations[key] = part

    def error(self, problem: str, kind: str, tip: str, place: Statement) -> ReadError:
        """A ReadError at a statement."""
        return ReadError(problem, text=self.text, start=place.start, end=place.end, kind=kind, tip=tip)

    def about_means(self, keys: Sequence[str], means: Sequence[Tree], place: Statement) -> list[str]:
        """The keys of what effects deviate by from their means, after β_0j = γ_00 + u_0j was put in their place.

        Raises
        ------
        ReadError
            Where the means are numbers, or the effects themselves are called u, which has the mean 0.
        """
        written = {key for equation in self.equations.values() for key in keys_of(equation)} | self.means.keys()
        bases = {key.partition("_")[0] for key in written - self.deviated}
        found = deviations(keys, bases, self.deviated)
        elsewhere = written | {key for mean, _, _ in self.means.values() for key in letters_of_tree(mean)}
        is_twice = any(
            is_deviation(key) and letters_of_tree(mean) & elsewhere for key, mean in zip(keys, means, strict=True)
        )
        if found is None or is_twice or not all(map(is_about_mean, keys, means)):
            raise self.error("A random effect has the mean 0: its mean belongs to the fixed effects.",
                             "no-index-model", "Write N(0, σ²_u), and its mean in the equation.", place)  # fmt: skip
        for key, mean, deviation in zip(keys, means, found, strict=True):
            self.equations[key] = as_sum(key, mean, deviation, place)
        self.deviated.update(found)
        return found

    def unread_covariance(self, place: Statement) -> ReadError:
        """The error for a covariance that is not one of two coefficients of a group."""
        return self.error("This covariance is not one of two random coefficients by their names, as u_0j and u_1j.",
                          "no-index-model", "Give the vector its matrix: (ε_i1, …, ε_it)' ~ N(0, Σ), Σ = ….",
                          place)  # fmt: skip


def _single(part: Equation) -> str:
    """The key of the element that is the right side of an equation; none of any other."""
    last = part.sides[-1]
    return str(last.value) if isinstance(last, Scalar) and last.value.is_Symbol else ""
