"""Covariances over the times of one subject: what R or G repeats for each."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

import sympy
from sympy.matrices.immutable import ImmutableDenseMatrix

from tutor.algebra.build import symbol
from tutor.algebra.by_distance import DISTANCE, ByDistance
from tutor.algebra.nodes import Explicit, Identity, Kronecker, Ones, Scalar, Scaled, Sum
from tutor.algebra.sizes import Size
from tutor.algebra.tree import Tree
from tutor.errors import SizeError, UnknownNameError
from tutor.models.covariance import Covariance, Parameter, variance_symbol

RHO = sympy.Symbol("rho", real=True)

Made = tuple[Tree, tuple[Parameter, ...]]


@dataclass(frozen=True, slots=True)
class Over:
    """What a structure is made for: the number of times, the subscript of its variances, and whose it is."""

    times: Size
    letter: str
    of: str

    def variance(self) -> Parameter:
        return Parameter(variance_symbol(self.letter), f"variance of the {self.of}")


def _compound_symmetry(over: Over) -> Made:
    """σ²((1 − ρ)I + ρJ)."""
    variance, rho = over.variance(), Parameter(RHO, f"correlation of any two {over.of} of one subject")
    s2 = variance.symbol
    tree = Sum((
        Scaled(Scalar(s2 * (1 - RHO)), Identity(over.times)),
        Scaled(Scalar(s2 * RHO), Ones(over.times, over.times)),
    ))  # fmt: skip
    return tree, (variance, rho)


def _autoregressive(over: Over) -> Made:
    """σ² ρ^|j − j'|."""
    variance, rho = over.variance(), Parameter(RHO, f"correlation of two {over.of} that follow each other")
    return Scaled(Scalar(variance.symbol), ByDistance(over.times, (), RHO**DISTANCE)), (variance, rho)


def _unstructured(over: Over) -> Made:
    """A variance for each time and a covariance for each pair."""
    if not over.times.is_Integer:
        raise SizeError("An unstructured covariance has a parameter for each pair of times.",
                        tip="Give the number of times as a number.")  # fmt: skip
    times = int(over.times)  # pyright: ignore[reportArgumentType]
    found: dict[tuple[int, int], Parameter] = {}
    for i in range(1, times + 1):
        found[i, i] = Parameter(variance_symbol(f"{over.letter}{i}"), f"variance of the {over.of} at time {i}")
        for j in range(i + 1, times + 1):
            name = f"sigma_{over.letter}{i}{j}" if times < 10 else f"sigma_{over.letter}{i}_{j}"
            found[i, j] = Parameter(sympy.Symbol(name, real=True), f"covariance of the {over.of} at times {i} and {j}")
    block = ImmutableDenseMatrix(times, times, lambda i, j: found[min(i, j) + 1, max(i, j) + 1].symbol)
    return Explicit(block), tuple(found.values())


STRUCTURES: Mapping[str, Callable[[Over], Made]] = {
    "cs": _compound_symmetry,
    "ar1": _autoregressive,
    "un": _unstructured,
}
"""Key: what makes the covariance of one subject."""


def within_subjects(key: str, subjects: Size, times: Size, letter: str, of: str) -> Covariance:
    """I ⊗ Σ: subjects are independent, the times of each have a structure. Rows are subject by subject.

    ``letter`` is the subscript of the variances, "" for residuals; ``of`` says what varies.

    Raises
    ------
    UnknownNameError
        For a structure that is not known.
    SizeError
        For a structure with a parameter for each time, and a letter for their number.
    """
    if key not in STRUCTURES:
        raise UnknownNameError("The structure", key, STRUCTURES)
    tree, parameters = STRUCTURES[key](Over(times, letter, of))
    inner = symbol(
        f"Sigma_{letter or 'e'}",
        times,
        times,
        role="unknown",
        facts=("symmetric", "positive definite"),
        definition=tree,
    )
    blocks = (ImmutableDenseMatrix(tree.explicit()),) if times.is_Integer else ()
    return Covariance(Kronecker((Identity(subjects), inner)), parameters, blocks)
