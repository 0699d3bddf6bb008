"""What every node of notation is: immutable, of known shape, and built by operators.

An expression is a tree of what was written. Building a node never simplifies, reorders or evaluates: ZGZ' + R stays in
that order. A node knows its shape, and a node whose parts do not conform cannot be built. A scalar is a 1 × 1 tree;
SymPy is the language inside it. The kinds of nodes are in `nodes`.

Operators build nodes: ``A + B``, ``A - B``, ``A @ B``, ``c * A``, ``A / c``, ``A.T``, ``A.inv()``, ``A.det()``.
They and the other methods are sugar for the functions of `build`, `explicit`, `numeric` and `balanced`, which are
imported when called, so that this module rests on none of them.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field, fields
from functools import cache
from operator import attrgetter
from types import ModuleType
from typing import TYPE_CHECKING, Any, Literal, Self

from tutor.algebra.sizes import ONE, Shape, Size
from tutor.display import Shown, writer

if TYPE_CHECKING:
    import numpy as np
    from scipy.sparse import csr_array
    from sympy.matrices.immutable import ImmutableDenseMatrix

    from tutor.algebra.build import TreeLike
    from tutor.algebra.nodes import Determinant, Inverse, Product, Scaled, Sum, Trace, Transpose
    from tutor.algebra.structure.eigenvalues import Eigenvalues


_set = object.__setattr__
"""What sets a field of a node, which is frozen, while it is made."""


@cache
def _content_of(kind: type[Tree]) -> Callable[[Tree], Any]:
    """What gives the fields that make two nodes of a kind equal, in C: trees are compared more often than anything
    else."""
    names = tuple(f.name for f in fields(kind) if f.name[0] != "_" and f.compare)
    return attrgetter(*names) if names else lambda tree: ()


@dataclass(frozen=True, slots=True, eq=False)
class Tree(Shown):
    """A node of notation; ``shape`` is (rows, columns), each an integer or an expression in integer symbols."""

    _shape: Shape = field(init=False, repr=False)
    _hash: int = field(init=False, repr=False)
    _origins: tuple[Any, ...] = field(init=False, repr=False)
    """The models of what a closed form was made of: their symbols are gone from it, the domains of its letters stay."""

    _symbols: tuple[Any, ...] = field(init=False, repr=False)
    """The symbols in it, kept by `walk.symbols_of`, which is asked for them time and again; not set until then."""

    def __post_init__(self) -> None:
        _set(self, "_origins", ())
        _set(self, "_shape", self._conform())
        _set(self, "_hash", hash((type(self).__name__, self._hashed())))

    def _conform(self) -> Shape:
        """The shape that follows from the parts; raises ShapeError where they do not conform."""
        raise TypeError(f"{type(self).__name__} is not a kind of node.")

    def _content(self) -> Any:
        """The values that make two nodes equal."""
        return _content_of(type(self))(self)

    def _hashed(self) -> Any:
        """The values that make the hash: equal where `_content` is equal."""
        return self._content()

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
        rows, columns = self._shape
        return rows is ONE and columns is ONE  # SymPy has one 1

    def __eq__(self, other: object) -> bool:
        if self is other:
            return True
        if not isinstance(other, Tree) or type(self) is not type(other):
            return False
        mine, theirs = self._hash, other._hash
        if mine is theirs:
            return True
        if mine != theirs or self._content() != other._content():
            return False
        # Two that are equal share one number, as an object, from now on: no other tree has it, and most are met again.
        _set(other, "_hash", mine)
        return True

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
        return _build().add(self, other)

    def __radd__(self, other: TreeLike) -> Sum:
        return _build().add(other, self)

    def __neg__(self) -> Scaled:
        return _build().scale(-1, self)

    def __sub__(self, other: TreeLike) -> Sum:
        return _build().add(self, _build().scale(-1, other))

    def __rsub__(self, other: TreeLike) -> Sum:
        return _build().add(other, _build().scale(-1, self))

    def __matmul__(self, other: TreeLike) -> Product:
        return _build().multiply(self, other)

    def __rmatmul__(self, other: TreeLike) -> Product:
        return _build().multiply(other, self)

    def __mul__(self, other: TreeLike) -> Scaled:
        return _build().scale(self, other)

    def __rmul__(self, other: TreeLike) -> Scaled:
        return _build().scale(other, self)

    def __truediv__(self, other: TreeLike) -> Scaled:
        return _build().divide(self, other)

    # NumPy and SymPy would otherwise take a tree for an array of objects in ``array @ tree``, for a SymPy matrix
    # in ``symbol * tree``; so told, they leave the operation to the tree.
    __array_ufunc__ = None
    _op_priority = 100

    @property
    def T(self) -> Transpose:
        """The transpose, as notation."""
        from tutor.algebra.nodes import Transpose

        return Transpose(self)

    def inv(self) -> Inverse:
        """The inverse, as notation. Raises ShapeError unless the tree is square."""
        from tutor.algebra.nodes import Inverse

        return Inverse(self)

    def det(self) -> Determinant:
        """The determinant, as notation. Raises ShapeError unless the tree is square."""
        from tutor.algebra.nodes import Determinant

        return Determinant(self)

    def trace(self) -> Trace:
        """The trace, as notation. Raises ShapeError unless the tree is square."""
        from tutor.algebra.nodes import Trace

        return Trace(self)

    def explicit(self) -> ImmutableDenseMatrix:
        """The entries as a SymPy matrix, rows × columns, with every definition put in."""
        from tutor.algebra.explicit import explicit

        return explicit(self)

    def numpy(self, **values: float) -> np.ndarray:
        """The entries as numbers, rows × columns, at the given values of the parameters."""
        from tutor.algebra.numeric import numpy_value

        return numpy_value(self, values)

    def sparse(self, **values: float) -> csr_array:
        """The entries that are not zero, rows × columns, as scipy's compressed rows, at the given values.

        Raises
        ------
        TutorError
            Where scipy is not installed.
        """
        from tutor.algebra.numeric import sparse_value

        return sparse_value(self, values)

    def closed_form(self) -> Tree:
        """The same by its structure, as I_b ⊗ (σ² I_t + σ²_u J_t), where it has one; inverses, determinants and their
        logarithms are worked out: ``m.V.inv().closed_form()``.

        Raises
        ------
        DomainError
            For the inverse of a matrix that is singular.
        """
        from tutor.algebra.origins import with_origins_of
        from tutor.algebra.structure.solve import closed_form

        return with_origins_of(self, closed_form(self))

    def picture(
        self,
        dialect: Literal["unicode", "latex", "markdown", "mathml", "typst", "spoken"] = "unicode",
        *,
        width: int | None = None,
    ) -> str:
        """The matrix as the pattern of its blocks and entries, with dots between them and their number below.

        ``width`` is that of a terminal, in columns: entries that have no room have letters, which are told below.

        Raises
        ------
        UnknownNameError
            For another dialect.
        TutorError
            For a tree without blocks or entries that repeat.
        """
        return writer().picture(self.closed_form(), dialect, None, width)

    def eigenvalues(self) -> Eigenvalues:
        """The eigenvalues in closed form with their multiplicities, by structure.

        Raises
        ------
        ShapeError
            Unless the tree is square.
        TutorError
            Where no closed form is found.
        """
        from tutor.algebra.structure.eigenvalues import eigenvalues

        return eigenvalues(self)

    def _sympy_(self) -> Any:
        from tutor.algebra.convert import to_sympy

        return to_sympy(self)


def _restore(kind: type[Tree], arguments: dict[str, Any]) -> Tree:
    return kind(**arguments)


def _build() -> ModuleType:
    from tutor.algebra import build

    return build
