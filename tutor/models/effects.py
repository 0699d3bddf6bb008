"""The fixed and the random part of a model, as terms and the matrices that they become."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from sympy.matrices.immutable import ImmutableDenseMatrix

from tutor.algebra.build import hstack
from tutor.algebra.nodes import BlockDiagonal
from tutor.algebra.sizes import Size
from tutor.algebra.tree import Tree
from tutor.covariance.parameters import Parameter
from tutor.models.covariance import Covariance

INTERCEPT = "(Intercept)"
"""R's name for the column of ones, and ours where a model comes from a formula."""


@dataclass(frozen=True, slots=True)
class FixedTerm:
    """A term of the fixed part: its name, the factors and covariates in it, and the labels of its columns of X.

    ``columns`` is None where the number of levels is a letter; ``contrasts`` are the factors whose first level has no
    column, because the others are compared with it.
    """

    name: str
    variables: tuple[str, ...]
    columns: tuple[str, ...] | None
    contrasts: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class FixedPart:
    """X, n × p, with its terms, the keys of β's elements, the labels of the columns, and X's rank."""

    matrix: Tree
    terms: tuple[FixedTerm, ...]
    keys: tuple[str, ...] | None
    labels: tuple[str, ...] | None
    rank: Size


@dataclass(frozen=True, slots=True)
class RandomColumn:
    """One column of Z: the level of a group to which it belongs, and the coefficient of that level."""

    group: str
    level: str
    coefficient: str


@dataclass(frozen=True, slots=True)
class RandomTerm:
    """A random term: coefficients that vary over the levels of a group.

    ``letter`` names its vector u, ``variables`` are the factors that make the group (Block and Variety of
    Block:Variety), ``coefficients`` what varies ("(Intercept)", "Days"). ``levels`` are the names of the levels in
    the order of the columns, or None where their number ``size`` is a letter. ``matrix`` is Z_k,
    n × (size · coefficients), level by level with the coefficients within; ``covariance`` is Var(u_k) = G_k. ``keys``
    name the elements of u_k where they have other names than the letter and a number; ``effects`` are the terms whose
    columns the coefficients are, besides the intercept, each the variables whose product it is.
    """

    letter: str
    group: str
    variables: tuple[str, ...]
    coefficients: tuple[str, ...]
    size: Size
    levels: tuple[str, ...] | None
    matrix: Tree
    covariance: Covariance
    nested: bool = False
    keys: tuple[str, ...] | None = None
    effects: tuple[tuple[str, ...], ...] = ()

    @property
    def columns(self) -> tuple[RandomColumn, ...] | None:
        """What each column of Z_k stands for; None where the levels are not listed."""
        if self.levels is None:
            return None
        return tuple(RandomColumn(self.group, level, c) for level in self.levels for c in self.coefficients)

    @property
    def labels(self) -> tuple[str, ...] | None:
        """The labels of the columns of Z_k: group and level, and the coefficient where it is not the intercept only."""
        columns = self.columns
        if columns is None:
            return None
        plain = self.coefficients == (INTERCEPT,)
        return tuple(f"{c.group} {c.level}" if plain else f"{c.group} {c.level} {c.coefficient}" for c in columns)

    @property
    def parameters(self) -> tuple[Parameter, ...]:
        return self.covariance.parameters


def random_matrix(terms: Sequence[RandomTerm]) -> Tree:
    """Z = [Z_1 Z_2 …], n × q."""
    return hstack(*(term.matrix for term in terms))


def random_blocks(terms: Sequence[RandomTerm]) -> Tree:
    """G, q × q: the covariance matrices of the terms along the diagonal."""
    trees = [term.covariance.tree for term in terms]
    return trees[0] if len(trees) == 1 else BlockDiagonal(tuple(trees))


def covariance_blocks(terms: Sequence[RandomTerm]) -> tuple[ImmutableDenseMatrix, ...]:
    """The blocks of parameters that must be positive definite together."""
    return tuple(block for term in terms for block in term.covariance.blocks)
