"""Matrices as notation: an immutable tree of what was written.

Building a node never simplifies, reorders or evaluates: ZGZ' + R stays in that order. A node knows its shape,
and a node whose parts do not conform cannot be built. A scalar is a 1 × 1 tree; SymPy is the language inside it.

Operators build nodes: ``A + B``, ``A - B``, ``A @ B``, ``c * A``, ``A.T``, ``A.inv()``, ``kron(A, B)``.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field, fields
from typing import TYPE_CHECKING, Any, Literal, Self

import sympy
from sympy.matrices.immutable import ImmutableDenseMatrix

from tutor.algebra.sizes import Shape, Size, SizeLike, same_shape, same_size, size
from tutor.display import Shown, writer
from tutor.errors import ShapeError, TutorError

if TYPE_CHECKING:
    import numpy as np

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

ONE = sympy.Integer(1)


@dataclass(frozen=True, slots=True, eq=False)
class Tree(Shown):
    """A node of notation; ``shape`` is (rows, columns), each an integer or an expression in integer symbols."""

    _shape: Shape = field(init=False, repr=False)
    _hash: int = field(init=False, repr=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "_shape", self._conform())
        object.__setattr__(self, "_hash", hash((type(self).__name__, *self._content())))

    def _conform(self) -> Shape:
        """The shape that follows from the parts; raises ShapeError where they do not conform."""
        raise TypeError(f"{type(self).__name__} is not a kind of node.")

    def _content(self) -> tuple[Any, ...]:
        """The values that make two nodes equal."""
        return tuple(getattr(self, f.name) for f in fields(self) if f.name[0] != "_" and f.compare)

    @property
    def parts(self) -> tuple[Tree, ...]:
        """The nodes directly below this one, in the order in which they are written."""
        return ()

    def rebuild(self, parts: tuple[Tree, ...]) -> Tree:
        """The same kind of node over other parts."""
        if parts:
            raise TypeError(f"{type(self).__name__} has no parts.")
        return self

    @property
    def shape(self) -> Shape:
        return self._shape

    @property
    def rows(self) -> Size:
        return self._shape[0]

    @property
    def columns(self) -> Size:
        return self._shape[1]

    @property
    def is_scalar(self) -> bool:
        """Whether the tree is 1 × 1, which statistics does not tell from a number."""
        return self._shape == (ONE, ONE)

    def __eq__(self, other: object) -> bool:
        if self is other:
            return True
        if type(self) is not type(other) or not isinstance(other, Tree) or self._hash != other._hash:
            return False
        return self._content() == other._content()

    def __hash__(self) -> int:
        return self._hash

    def __copy__(self) -> Self:
        return self

    def __deepcopy__(self, memo: dict[int, Any]) -> Self:
        return self

    def __reduce__(self) -> tuple[Any, ...]:
        names = [f.name for f in fields(self) if f.init]
        return _restore, (type(self), {name: getattr(self, name) for name in names})

    def __add__(self, other: TreeLike) -> Sum:
        return Sum((*_terms(self), *_terms(as_tree(other))))

    def __radd__(self, other: TreeLike) -> Sum:
        return as_tree(other) + self

    def __neg__(self) -> Tree:
        return Scaled(Scalar(sympy.Integer(-1)), self)

    def __sub__(self, other: TreeLike) -> Sum:
        return self + (-as_tree(other))

    def __rsub__(self, other: TreeLike) -> Sum:
        return as_tree(other) - self

    def __matmul__(self, other: TreeLike) -> Product:
        return Product((*_factors(self), *_factors(as_tree(other))))

    def __rmatmul__(self, other: TreeLike) -> Product:
        return as_tree(other) @ self

    def __mul__(self, other: TreeLike) -> Tree:
        scalar = as_tree(other)
        if not scalar.is_scalar and not self.is_scalar:
            raise TutorError(f"{_name(self)} * {_name(scalar)} is not defined.", tip="The matrix product is A @ B.")
        return Scaled(self, scalar) if self.is_scalar else Scaled(scalar, self)

    def __rmul__(self, other: TreeLike) -> Tree:
        return as_tree(other) * self

    def __truediv__(self, other: TreeLike) -> Tree:
        divisor = as_tree(other)
        if not divisor.is_scalar:
            raise TutorError(f"Division by {_name(divisor)} is not defined.", tip="Write A @ B.inv().")
        return Scaled(reciprocal(divisor), self)

    # NumPy and SymPy would otherwise take a tree for an array of objects in ``array @ tree``, for a SymPy matrix
    # in ``symbol * tree``; so told, they leave the operation to the tree.
    __array_ufunc__ = None
    _op_priority = 100

    @property
    def T(self) -> Transpose:
        return Transpose(self)

    def inv(self) -> Inverse:
        """The inverse, as notation. Raises ShapeError unless the tree is square."""
        return Inverse(self)

    def det(self) -> Determinant:
        """The determinant, as notation. Raises ShapeError unless the tree is square."""
        return Determinant(self)

    def trace(self) -> Trace:
        """The trace, as notation. Raises ShapeError unless the tree is square."""
        return Trace(self)

    # What follows is sugar for functions of sibling modules. They are imported when called, so that this module
    # rests on none of them.

    def explicit(self) -> ImmutableDenseMatrix:
        """The entries as a SymPy matrix, rows × columns, with every definition put in."""
        from tutor.algebra.explicit import explicit

        return explicit(self)

    def numpy(self, **values: float) -> np.ndarray:
        """The entries as numbers, rows × columns, at the given values of the parameters."""
        from tutor.algebra.numeric import numpy_value

        return numpy_value(self, values)

    def closed_form(self) -> Tree:
        """The same matrix by its structure, as I_b ⊗ (σ² I_t + σ²_u J_t), where it has one."""
        from tutor.algebra.balanced import closed_form

        return closed_form(self)

    def _sympy_(self) -> Any:
        from tutor.algebra.convert import to_sympy

        return to_sympy(self)


TreeLike = Tree | sympy.Expr | sympy.MatrixBase | int


def _restore(kind: type[Tree], arguments: dict[str, Any]) -> Tree:
    return kind(**arguments)


def _name(tree: Tree) -> str:
    return writer().inline(tree)


def _named(tree: Tree) -> tuple[str, Shape]:
    return _name(tree), tree.shape


def _square(tree: Tree) -> None:
    if not same_size(*tree.shape):
        raise ShapeError("square", [_named(tree)])


def _vector(tree: Tree) -> None:
    if tree.columns != ONE:
        raise ShapeError("vector", [_named(tree)])


def _terms(tree: Tree) -> tuple[Tree, ...]:
    return tree.terms if isinstance(tree, Sum) else (tree,)


def _factors(tree: Tree) -> tuple[Tree, ...]:
    return tree.factors if isinstance(tree, Product) else (tree,)


# Leaves


@dataclass(frozen=True, slots=True, eq=False)
class Symbol(Tree):
    """A named matrix or vector: shape, role, declared facts, and what is known of it.

    ``definition`` is the tree that the name stands for (Z as I_b ⊗ 1_t, V as ZGZ' + R), ``entries`` the names of
    its cells (β as (μ, τ_1, τ_2)'). A random vector may carry its ``mean`` and ``variance`` and the random
    vectors with which it is ``uncorrelated``. ``scope`` is the model to which the symbol belongs: it takes no part
    in equality, and lets a reader find the names that go with this one.
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

    def _conform(self) -> Shape:
        shape = (self.row_size, self.column_size)
        for other in (self.definition, self.mean):
            if other is not None and not same_shape(other.shape, shape):
                raise ShapeError("sum", [(self.name, shape), _named(other)])
        if self.variance is not None and not same_shape(self.variance.shape, (self.row_size, self.row_size)):
            raise ShapeError("sum", [(f"Var({self.name})", (self.row_size, self.row_size)), _named(self.variance)])
        if self.entries is not None and self.entries.shape != shape:
            raise ShapeError("sum", [(self.name, shape), ("the list of its entries", self.entries.shape)])
        if self.facts & {"symmetric", "positive definite", "positive semidefinite", "diagonal", "invertible"} and (
            not same_size(*shape)
        ):
            raise ShapeError("square", [(self.name, shape)])
        return shape


def symbol(
    name: str, rows: SizeLike, columns: SizeLike = 1, role: Role = "known", facts: Iterable[Fact] = (), **known: Any
) -> Symbol:
    """A symbol with sizes given as numbers or letters.

    >>> symbol("X", "n", "p").shape
    (n, p)
    """
    return Symbol(name, size(rows), size(columns), role, frozenset(facts), **known)


@dataclass(frozen=True, slots=True, eq=False)
class Scalar(Tree):
    """A number or a scalar parameter: 1 × 1, any SymPy expression."""

    value: sympy.Expr

    def _conform(self) -> Shape:
        return ONE, ONE


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
    """A matrix given by its entries, each a SymPy expression."""

    matrix: ImmutableDenseMatrix

    def _conform(self) -> Shape:
        rows, columns = self.matrix.shape
        return size(rows), size(columns)


# Operations


@dataclass(frozen=True, slots=True, eq=False)
class Scaled(Tree):
    """A scalar times a tree; the scalar is written first."""

    scalar: Tree
    tree: Tree

    def _conform(self) -> Shape:
        if not self.scalar.is_scalar:
            raise ShapeError("product", [_named(self.scalar), _named(self.tree)], tip="A scalar was expected first.")
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
        _at_least(self.terms, "a sum")
        first = self.terms[0]
        for term in self.terms[1:]:
            if not same_shape(first.shape, term.shape):
                raise ShapeError("sum", [_named(first), _named(term)])
        return first.shape

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
        _at_least(self.factors, "a product")
        for left, right in zip(self.factors, self.factors[1:], strict=False):
            if not same_size(left.columns, right.rows):
                raise ShapeError("product", [_named(left), _named(right)])
        return self.factors[0].rows, self.factors[-1].columns

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
        _square(self.tree)
        return self.tree.shape


class Determinant(_Unary):
    """|A|, 1 × 1."""

    __slots__ = ()

    def _conform(self) -> Shape:
        _square(self.tree)
        return ONE, ONE


class Trace(_Unary):
    """tr(A), 1 × 1."""

    __slots__ = ()

    def _conform(self) -> Shape:
        _square(self.tree)
        return ONE, ONE


@dataclass(frozen=True, slots=True, eq=False)
class Kronecker(Tree):
    """The Kronecker product A ⊗ B ⊗ …, in the order written."""

    factors: tuple[Tree, ...]

    def _conform(self) -> Shape:
        _at_least(self.factors, "a Kronecker product")
        rows, columns = ONE, ONE
        for factor in self.factors:
            rows, columns = rows * factor.rows, columns * factor.columns
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
        _at_least(self.blocks, "a block diagonal matrix", 1)
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
        _at_least(self.grid, "a block matrix", 1)
        top = self.grid[0]
        _at_least(top, "a block row", 1)
        for line in self.grid:
            if len(line) != len(top):
                raise TutorError(
                    f"The first block row has {len(top)} blocks and another has {len(line)}.",
                    tip="Give each block row the same number of blocks.",
                )
            for block, above in zip(line, top, strict=True):
                if not same_size(block.rows, line[0].rows):
                    raise ShapeError("stack", [_named(line[0]), _named(block)])
                if not same_size(block.columns, above.columns):
                    raise ShapeError("stack", [_named(above), _named(block)])
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
        _vector(self.tree)
        return self.tree.rows, self.tree.rows


@dataclass(frozen=True, slots=True, eq=False)
class Covariance(Tree):
    """Cov(a, b) of random vectors, n × 1 and m × 1: n × m."""

    left: Tree
    right: Tree

    def _conform(self) -> Shape:
        _vector(self.left)
        _vector(self.right)
        return self.left.rows, self.right.rows

    @property
    def parts(self) -> tuple[Tree, ...]:
        return self.left, self.right

    def rebuild(self, parts: tuple[Tree, ...]) -> Tree:
        return Covariance(*parts)


def _at_least(parts: tuple[Any, ...], what: str, number: int = 2) -> None:
    if len(parts) < number:
        raise TutorError(f"Expected {number} or more parts in {what}, not {len(parts)}.")


# Building


def as_tree(value: TreeLike) -> Tree:
    """A tree as it is; a number or SymPy expression as Scalar; a SymPy matrix as Explicit.

    Raises
    ------
    TutorError
        For anything else, text above all: text is read by `tutor.read`, never by Python.
    """
    if isinstance(value, Tree):
        return value
    if isinstance(value, sympy.MatrixBase):
        return Explicit(ImmutableDenseMatrix(value))
    if isinstance(value, sympy.MatrixExpr):
        from tutor.algebra.convert import from_sympy

        return from_sympy(value)
    if isinstance(value, sympy.Expr):
        return Scalar(value)
    if isinstance(value, int) and not isinstance(value, bool):
        return Scalar(sympy.Integer(value))
    raise TutorError(
        f"Expected a tree, a number or a SymPy expression, not {type(value).__name__}.",
        tip="Text is read by tutor.read(text).",
    )


def identity(order: SizeLike) -> Identity:
    """I_n for a number or a letter n."""
    return Identity(size(order))


def ones(rows: SizeLike, columns: SizeLike = 1) -> Ones:
    """All ones, rows × columns; a column vector when no columns are given."""
    return Ones(size(rows), size(columns))


def zero(rows: SizeLike, columns: SizeLike = 1) -> Zero:
    """All zeros, rows × columns; a column vector when no columns are given."""
    return Zero(size(rows), size(columns))


def kron(*factors: TreeLike) -> Kronecker:
    """The Kronecker product of two or more factors."""
    return Kronecker(tuple(as_tree(factor) for factor in factors))


def hstack(*blocks: Tree) -> Tree:
    """Blocks of one height side by side; a single one as it is."""
    return blocks[0] if len(blocks) == 1 else Block((tuple(blocks),))


def vstack(*blocks: Tree) -> Tree:
    """Blocks of one width above each other; a single one as it is."""
    return blocks[0] if len(blocks) == 1 else Block(tuple((block,) for block in blocks))


def reciprocal(scalar: Tree) -> Tree:
    """One divided by a scalar tree. Raises TutorError for zero."""
    if not isinstance(scalar, Scalar):
        return Inverse(scalar)
    if scalar.value.is_zero:
        raise TutorError("Division by zero is not defined.")
    return Scalar(1 / scalar.value)


# Walking


def walk(tree: Tree) -> Iterator[Tree]:
    """The tree and all nodes below it, parents first. Definitions are not entered."""
    pending = [tree]
    while pending:
        node = pending.pop()
        yield node
        pending.extend(reversed(node.parts))


def symbols_of(tree: Tree) -> tuple[Symbol, ...]:
    """The distinct symbols of a tree, in the order in which they are written."""
    return tuple(dict.fromkeys(node for node in walk(tree) if isinstance(node, Symbol)))


def transform(tree: Tree, change: Callable[[Tree], Tree | None]) -> Tree:
    """Rebuild a tree from its leaves up; ``change`` gives a node's replacement, or None to keep it."""
    parts = tuple(transform(part, change) for part in tree.parts)
    if any(new is not old for new, old in zip(parts, tree.parts, strict=True)):
        tree = tree.rebuild(parts)
    replacement = change(tree)
    return tree if replacement is None else replacement


def replace(tree: Tree, replacements: Mapping[Tree, Tree]) -> Tree:
    """Put other trees in the place of given ones, wherever they stand."""
    return transform(tree, replacements.get)
