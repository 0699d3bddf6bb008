"""The covariance matrices G and R, made of named parameters."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import sympy
from sympy.matrices.immutable import ImmutableDenseMatrix

from tutor.algebra.build import symbol
from tutor.algebra.nodes import Explicit, Identity, Kronecker, Scalar, Scaled, Symbol
from tutor.algebra.sizes import Size
from tutor.algebra.tree import Tree
from tutor.covariance.over import Over
from tutor.covariance.parameters import Parameter

LETTERS = ("u", "v", "w")
"""The random vectors in the order in which a model names them; u4, u5, … follow."""


@dataclass(frozen=True, slots=True)
class Covariance:
    """A covariance matrix and its parameters.

    ``blocks`` are the matrices of two or more parameters that must be positive definite; a variance on its own is
    positive by its symbol. ``over`` is the structure by name with its columns of the data, where it has one, and
    ``levels`` are those of its column in their order, ``crossed`` those of the other factor where it is a Kronecker
    product, ``largest`` the most rows that one group has.
    """

    tree: Tree
    parameters: tuple[Parameter, ...]
    blocks: tuple[ImmutableDenseMatrix, ...] = ()
    over: Over | None = None
    levels: tuple[str, ...] = ()
    largest: int = 0
    crossed: tuple[str, ...] = ()

    @property
    def of_one_level(self) -> ImmutableDenseMatrix:
        """The covariance matrix of the effects of one level, k × k; σ² alone where they have one variance.

        One that is diagonal is none of the ``blocks``, whose definiteness has to be checked.
        """
        if self.blocks:
            return self.blocks[0]
        inner = self.tree.factors[-1] if isinstance(self.tree, Kronecker) else self.tree
        first, *others = self.parameters
        if isinstance(inner, Symbol) and inner.definition is not None and others:
            return inner.definition.explicit()
        return ImmutableDenseMatrix([first.symbol])


def random_letter(position: int) -> str:
    """The letter of the random vector at this position of the model, from 0.

    >>> [random_letter(k) for k in range(5)]
    ['u', 'v', 'w', 'u4', 'u5']
    """
    return LETTERS[position] if position < len(LETTERS) else f"u{position + 1}"


def variance_symbol(subscript: str = "") -> sympy.Symbol:
    """The variance σ² with this subscript, positive."""
    return sympy.Symbol(f"sigma2_{subscript}" if subscript else "sigma2", positive=True)


def residual_covariance(rows: Size) -> Covariance:
    """R = σ² I_n, n × n."""
    parameter = Parameter(variance_symbol(), "variance of the residuals")
    return Covariance(Scaled(Scalar(parameter.symbol), Identity(rows)), (parameter,))


def random_covariance(letter: str, levels: Size, group: str, coefficients: Sequence[str]) -> Covariance:
    """Var(u) of one random term: levels are independent of each other, the coefficients of one level are not.

    σ²_u I for one coefficient, I ⊗ Σ for more, with a k × k matrix Σ of variances and covariances.
    The vector is level by level, coefficients within.
    """
    if len(coefficients) == 1:
        (name,) = coefficients
        what = f"the effects of {group}" if name == "(Intercept)" else f"the coefficients of {name} for {group}"
        parameter = Parameter(variance_symbol(letter), f"variance of {what}")
        return Covariance(Scaled(Scalar(parameter.symbol), Identity(levels)), (parameter,))
    block, parameters = _unstructured(letter, group, coefficients)
    inner = symbol(
        f"Sigma_{letter}",
        len(coefficients),
        len(coefficients),
        role="unknown",
        facts=("symmetric", "positive definite"),
        definition=Explicit(block),
    )
    return Covariance(Kronecker((Identity(levels), inner)), parameters, (block,))


def _unstructured(
    letter: str, group: str, coefficients: Sequence[str]
) -> tuple[ImmutableDenseMatrix, tuple[Parameter, ...]]:
    names = ["random intercepts" if c == "(Intercept)" else f"coefficients of {c}" for c in coefficients]
    parameters: dict[tuple[int, int], Parameter] = {}
    for i, first in enumerate(names):
        parameters[i, i] = Parameter(variance_symbol(f"{letter}{i}"), f"variance of the {first} for {group}")
        for j, second in enumerate(names[i + 1 :], start=i + 1):
            subscript = f"{i}{j}" if j < 10 else f"{i}_{j}"
            parameters[i, j] = Parameter(
                sympy.Symbol(f"sigma_{letter}{subscript}", real=True),
                f"covariance of the {first} and the {second} for {group}",
            )
    size = len(coefficients)
    block = ImmutableDenseMatrix(size, size, lambda i, j: parameters[min(i, j), max(i, j)].symbol)
    return block, tuple(parameters.values())
