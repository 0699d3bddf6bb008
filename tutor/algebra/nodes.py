"""The kinds of nodes: symbols and constants, operations, and moments of random vectors.

Conformability is checked as a node is built: shapes that do not meet raise ShapeError with both shapes, named.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any, Literal

import sympy
from sympy.matrices.immutable import ImmutableDenseMatrix

from tutor.algebra.arrangement import Arranged
from tutor.algebra.conforming import named, require_parts, require_square, require_vector
from tutor.algebra.filled import Filled, FilledCells
from tutor.algebra.sizes import ONE, Shape, Size, same_shape, same_size, size, times
from tutor.algebra.tree import Tree
from tutor.errors import ShapeError, TutorError

Role = Literal["known", "unknown", "random"]
"""What a symbol stands for: a given matrix (X, Z), an unknown constant (β, G), or a random vector (y, u, ε)."""

Fact = Literal[
    "symmetric",
    "positive definite",
    "positive semidefinite",
    "diagonal",
    "invertible",
    "full column rank",
    "idempotent",
    "orthogonal",
]
"""What may be declared of a symbol; instances in `evaluate` respect it."""


@dataclass(frozen=True, slots=True, eq=False)
class Symbol(Tree):
    """A named matrix or vector: shape, role, declared facts, and what is known of it.

    ``definition`` is the tree that the name stands for (Z as I_b ⊗ 1_t, V as ZGZ' + R), ``entries`` the names of
    its cells (β as (μ, τ_1, τ_2)'). A random vector may carry its ``mean`` and ``variance`` and the random vectors with
    which it is ``uncorrelated``. What follows takes no part in equality: ``scope`` is the model to which it belongs, by
    which a reader finds the names that go with it; ``listed`` the first and the last elements by which a text names a
    vector, (β_0, …, β_p)'; ``arranged`` how a matrix known by name only is drawn on an instance; ``levels`` where its
    elements x_ij are: of each index how many levels it has, and the rows from one to the next.
    """

    name: str
    row_size: Size
    column_size: Size
    role: Role = "known"
    facts: frozenset[Fact] = frozenset()
    definition: Tree | None = None
    entries: ImmutableDenseMatrix | None = field(default=None, repr=False)
    mean: Tree | None = field(default=None, repr=False)
    variance: Tree | None = field(default=None, repr=False)
    uncorrelated: frozenset[Symbol] = field(default=frozenset(), repr=False)
    row_labels: tuple[str, ...] | None = field(default=None, repr=False)
    column_labels: tuple[str, ...] | None = field(default=None, repr=False)
    scope: Any = field(default=None, repr=False, compare=False)
    listed: tuple[tuple[sympy.Expr, ...], ...] | None = field(default=None, repr=False, compare=False)
    arranged: Arranged | None = field(default=None, repr=False, compare=False)
    levels: tuple[tuple[Size, Size], ...] | None = field(default=None, repr=False, compare=False)

    def _conform(self) -> Shape:
        shape = (self.row_size, self.column_size)
        for other in (self.definition, self.mean):
            if other is not None and not same_shape(other.shape, shape):
                raise ShapeError("sum", [(self.name, shape), named(other)])
        if self.variance is not None and not same_shape(self.variance.shape, (self.row_size, self.row_size)):
            raise ShapeError("sum", [(f"Var({self.name})", (self.row_size, self.row_size)), named(self.variance)])
        if self.entries is not None and self.entries.shape != shape:
            raise ShapeError("sum", [(self.name, shape), ("the list of its entries", self.entries.shape)])
        if self.facts & {"symmetric", "positive definite", "positive semidefinite", "diagonal", "invertible"} and (
            not same_size(*shape)
        ):
            raise ShapeError("square", [(self.name, shape)])
        return shape


@dataclass(frozen=True, slots=True, eq=False)
class Scalar(Tree):
    """A number or a scalar parameter: 1 × 1, any SymPy expression."""

    value: sympy.Expr

    def _conform(self) -> Shape:
        return ONE, ONE

    def _content(self) -> tuple[Any, ...]:
        return (self.value,)  # as any node's, in less time: a large matrix has thousands of numbers


@dataclass(frozen=True, slots=True, eq=False)
class Identity(Tree):
    """The identity matrix I_n, n × n."""

    order: Size

    def _conform(self) -> Shape:
        return self.order, self.order


@dataclass(frozen=True, slots=True, eq=False)
class Ones(Tree):
    """All ones: the vector 1_n for one column, J_n for n × n."""

    row_size: Size
    column_size: Size = ONE

    def _conform(self) -> Shape:
        return self.row_size, self.column_size


@dataclass(frozen=True, slots=True, eq=False)
class Zero(Tree):
    """All zeros, rows × columns."""

    row_size: Size
    column_size: Size = ONE

    def _conform(self) -> Shape:
        return self.row_size, self.column_size


@dataclass(frozen=True, slots=True, eq=False)
class Explicit(Tree):
    """A matrix given by its entries, each a SymPy expression: SymPy's matrix, or the cells that are not zero."""

    given: ImmutableDenseMatrix | FilledCells
    _filled: Filled = field(init=False, repr=False)

    def _conform(self) -> Shape:
        rows, columns = self.given.shape
        filled = self.given.filled if isinstance(self.given, FilledCells) else self.given.todok()
        object.__setattr__(self, "_filled", filled)
        return size(rows), size(columns)

    @property
    def matrix(self) -> ImmutableDenseMatrix:
        """The entries as SymPy's matrix, rows × columns."""
        return self.given.matrix() if isinstance(self.given, FilledCells) else self.given

    @property
    def filled(self) -> Filled:
        """The entries that are not zero, by (row, column) from 0."""
        return self._filled

    def _content(self) -> tuple[Any, ...]:
        # SymPy's own comparison and hash walk every cell; a matrix of data is nearly all zeros.
        return self.given.shape, self.filled

    def _hashed(self) -> tuple[Any, ...]:
        return self.given.shape, frozenset(self.filled.items())


@lru_cache(maxsize=1024)
def entries_of(symbol: Symbol) -> Explicit | None:
    """The matrix of a symbol's entries as a tree, one for each symbol; None where it has none of its own."""
    return None if symbol.entries is None else Explicit(symbol.entries)


# Operations


@dataclass(frozen=True, slots=True, eq=False)
class Scaled(Tree):
    """A scalar times a tree; the scalar is written first."""

    scalar: Tree
    tree: Tree

    def _conform(self) -> Shape:
        if not self.scalar.is_scalar:
            raise ShapeError("product", [named(self.scalar), named(self.tree)], tip="A scalar was expected first.")
        return self.tree.shape

    @property
    def parts(self) -> tuple[Tree, ...]:
        return self.scalar, self.tree

    def rebuild(self, parts: tuple[Tree, ...]) -> Tree:
        return Scaled(*parts)


@dataclass(frozen=True, slots=True, eq=False)
class Sum(Tree):
    """A sum of two or more terms of one shape, in the order written."""

    terms: tuple[Tree, ...]

    def _conform(self) -> Shape:
        require_parts(self.terms, "a sum")
        first, shape = self.terms[0], self.terms[0]._shape  # no property: of no other kinds are more nodes
        for term in self.terms:
            if term._shape is not shape and not same_shape(shape, term._shape):
                raise ShapeError("sum", [named(first), named(term)])
        return shape

    @property
    def parts(self) -> tuple[Tree, ...]:
        return self.terms

    def rebuild(self, parts: tuple[Tree, ...]) -> Tree:
        return Sum(parts)


@dataclass(frozen=True, slots=True, eq=False)
class Product(Tree):
    """A matrix product of two or more factors, in the order written."""

    factors: tuple[Tree, ...]

    def _conform(self) -> Shape:
        require_parts(self.factors, "a product")
        rows, columns = self.factors[0]._shape
        for left, right in zip(self.factors, self.factors[1:], strict=False):
            inner, (height, columns) = columns, right._shape
            if inner is not height and not same_size(inner, height):
                raise ShapeError("product", [named(left), named(right)])
        return rows, columns

    @property
    def parts(self) -> tuple[Tree, ...]:
        return self.factors

    def rebuild(self, parts: tuple[Tree, ...]) -> Tree:
        return Product(parts)


@dataclass(frozen=True, slots=True, eq=False)
class _Unary(Tree):
    """One part below."""

    tree: Tree

    @property
    def parts(self) -> tuple[Tree, ...]:
        return (self.tree,)

    def rebuild(self, parts: tuple[Tree, ...]) -> Tree:
        return type(self)(*parts)


class Transpose(_Unary):
    """A', columns × rows."""

    __slots__ = ()

    def _conform(self) -> Shape:
        return self.tree.columns, self.tree.rows


class Inverse(_Unary):
    """A⁻¹, n × n; of a scalar, its reciprocal. That A has an inverse is for `evaluate` to find out."""

    __slots__ = ()

    def _conform(self) -> Shape:
        require_square(self.tree)
        return self.tree.shape


class Determinant(_Unary):
    """|A|, 1 × 1."""

    __slots__ = ()

    def _conform(self) -> Shape:
        require_square(self.tree)
        return ONE, ONE


class Trace(_Unary):
    """tr(A), 1 × 1."""

    __slots__ = ()

    def _conform(self) -> Shape:
        require_square(self.tree)
        return ONE, ONE


@dataclass(frozen=True, slots=True, eq=False)
class Kronecker(Tree):
    """The Kronecker product A ⊗ B ⊗ …, in the order written."""

    factors: tuple[Tree, ...]

    def _conform(self) -> Shape:
        require_parts(self.factors, "a Kronecker product")
        rows, columns = ONE, ONE
        for factor in self.factors:
            rows, columns = times(rows, factor.rows), times(columns, factor.columns)
        return rows, columns

    @property
    def parts(self) -> tuple[Tree, ...]:
        return self.factors

    def rebuild(self, parts: tuple[Tree, ...]) -> Tree:
        return Kronecker(parts)


@dataclass(frozen=True, slots=True, eq=False)
class BlockDiagonal(Tree):
    """Blocks along the diagonal, zero elsewhere; the blocks need not be square."""

    blocks: tuple[Tree, ...]

    def _conform(self) -> Shape:
        require_parts(self.blocks, "a block diagonal matrix", 1)
        rows, columns = self.blocks[0].shape
        for block in self.blocks[1:]:
            rows, columns = rows + block.rows, columns + block.columns
        return rows, columns

    @property
    def parts(self) -> tuple[Tree, ...]:
        return self.blocks

    def rebuild(self, parts: tuple[Tree, ...]) -> Tree:
        return BlockDiagonal(parts)


@dataclass(frozen=True, slots=True, eq=False)
class Block(Tree):
    """A block matrix [[A, B], [C, D]]: rows of one height, columns of one width."""

    grid: tuple[tuple[Tree, ...], ...]

    def _conform(self) -> Shape:
        require_parts(self.grid, "a block matrix", 1)
        top = self.grid[0]
        require_parts(top, "a block row", 1)
        for line in self.grid:
            if len(line) != len(top):
                raise TutorError(
                    f"The first block row has {len(top)} blocks and another has {len(line)}.",
                    tip="Give each block row the same number of blocks.",
                )
            for block, above in zip(line, top, strict=True):
                if not same_size(block.rows, line[0].rows):
                    raise ShapeError("stack", [named(line[0]), named(block)])
                if not same_size(block.columns, above.columns):
                    raise ShapeError("stack", [named(above), named(block)])
        return sympy.Add(*(line[0].rows for line in self.grid)), sympy.Add(*(block.columns for block in top))

    @property
    def parts(self) -> tuple[Tree, ...]:
        return tuple(block for line in self.grid for block in line)

    def rebuild(self, parts: tuple[Tree, ...]) -> Tree:
        width = len(self.grid[0])
        return Block(tuple(parts[i : i + width] for i in range(0, len(parts), width)))


# Moments of random vectors


class Expectation(_Unary):
    """E(a) of a random vector or matrix, of its shape."""

    __slots__ = ()

    def _conform(self) -> Shape:
        return self.tree.shape


class Variance(_Unary):
    """Var(a) of a random vector a, n × 1: the variance-covariance matrix, n × n."""

    __slots__ = ()

    def _conform(self) -> Shape:
        require_vector(self.tree)
        return self.tree.rows, self.tree.rows


@dataclass(frozen=True, slots=True, eq=False)
class Covariance(Tree):
    """Cov(a, b) of random vectors, n × 1 and m × 1: n × m."""

    left: Tree
    right: Tree

    def _conform(self) -> Shape:
        require_vector(self.left)
        require_vector(self.right)
        return self.left.rows, self.right.rows

    @property
    def parts(self) -> tuple[Tree, ...]:
        return self.left, self.right

    def rebuild(self, parts: tuple[Tree, ...]) -> Tree:
        return Covariance(*parts)
