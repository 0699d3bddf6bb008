"""Functions of trees, and sums, products and direct sums over an index, as notation.

What SymPy knows of scalars stays in `nodes.Scalar`. Here is what it cannot hold: a function of matrices, as log |V|
and se(β̂); one of which only the name is known, as f(y | μ); and Σ_{i=1}^{n}, whose index stands in the names below it.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Any, Literal

import sympy

from tutor.algebra.by_distance import ByDistance
from tutor.algebra.conforming import named
from tutor.algebra.indices import letter_at, letters_in, name_at, total
from tutor.algebra.nodes import Covariance, Explicit, Identity, Ones, Scalar, Symbol, Zero
from tutor.algebra.sizes import ONE, Shape, Size, same_shape
from tutor.algebra.tree import Tree
from tutor.algebra.walk import walk
from tutor.errors import ShapeError

Operation = Literal["sum", "product", "direct sum"]
"""What is done with the terms of an index."""


OF_EACH_ELEMENT = frozenset(
    {"log", "exp", "sqrt", "logit", "expit", "cloglog", "probit", "Phi", "arcsin", "link", "inverse link"}
)
"""Functions of a number that of a vector have the value of each of its elements: log(y), exp(Xβ)."""

_OF_ESTIMATES = frozenset({"BLUP", "BLUE", "EBLUP", "Bias", "bias"})
"""Estimates and predictions, of the shape of what they are of."""


def _of_entries(*matrices: Tree) -> Shape:
    """The one shape of matrices that are multiplied entry by entry. Raises ShapeError for another."""
    for matrix in matrices[1:]:
        if not same_shape(matrices[0].shape, matrix.shape):
            raise ShapeError("entries", [named(matrices[0]), named(matrix)])
    return matrices[0].shape


_SHAPES: dict[str, Callable[..., Shape]] = {
    "hadamard": _of_entries,
    "generalized inverse": lambda matrix: (matrix.columns, matrix.rows),
    "left null": lambda matrix: (matrix.rows, sympy.expand(matrix.rows - matrix.columns)),
    **dict.fromkeys(OF_EACH_ELEMENT | _OF_ESTIMATES, lambda vector: vector.shape),
    "estimated E": lambda vector: vector.shape,
    "estimated Var": lambda vector: (vector.rows, vector.rows),
    "estimated Cov": lambda left, right: Covariance(left, right).shape,
    "estimated Corr": lambda left, right: Covariance(left, right).shape,
    "diag": lambda tree: (tree.rows, tree.rows if tree.columns == ONE else ONE),
    "vec": lambda matrix: (sympy.expand(matrix.rows * matrix.columns), ONE),
    "Corr": lambda left, right: Covariance(left, right).shape,
}
"""Function: the shape of its value, from its arguments."""


@dataclass(frozen=True, slots=True, eq=False)
class Applied(Tree):
    """A function of trees, rows × columns: of the shape that its arguments give it, or 1 × 1 unless told otherwise.

    ``function`` is its name; ``below`` its subscript, as the 1 of ‖x‖₁ and the β of argmin_β, or the sign that tells
    A⁺, the inverse of Moore and Penrose, from any generalized one; ``parted`` says behind
    how many arguments a semicolon stands, as in f(y; θ). What it does is for `evaluate_applied` to know; of a name that
    is not there two values differ only where their arguments do.
    """

    function: str
    arguments: tuple[Tree, ...]
    below: str = ""
    row_size: Size = ONE
    column_size: Size = ONE
    parted: tuple[int, ...] = ()

    def _conform(self) -> Shape:
        # With a number below it is another function: Φ_2 is that of two normal variables, a number.
        shape = None if self.below and self.function in OF_EACH_ELEMENT else _SHAPES.get(self.function)
        return (self.row_size, self.column_size) if shape is None else shape(*self.arguments)

    @property
    def parts(self) -> tuple[Tree, ...]:
        return self.arguments

    def rebuild(self, parts: tuple[Tree, ...]) -> Tree:
        return Applied(self.function, parts, self.below, self.row_size, self.column_size, self.parted)


@dataclass(frozen=True, slots=True, eq=False)
class Indexed(Tree):
    """A sum, a product or a direct sum of the values of ``body`` at each ``index`` from ``first`` to ``last``.

    The index is a letter that stands below the names of the body, or in it as a whole number. A sum has the shape of
    its body, a direct sum (a block diagonal matrix of its terms) as many times as many rows and columns.
    """

    operation: Operation
    index: str
    first: Tree
    last: Tree
    body: Tree

    def _conform(self) -> Shape:
        if self.operation != "direct sum":
            return self.body.shape
        assert isinstance(self.first, Scalar) and isinstance(self.last, Scalar)
        if self.first.value == ONE:
            rows, columns = (total(extent, self.index, self.last.value) for extent in self.body.shape)
            return rows, columns
        count = self.last.value - self.first.value + 1
        return sympy.expand(count * self.body.rows), sympy.expand(count * self.body.columns)

    @property
    def parts(self) -> tuple[Tree, ...]:
        return self.first, self.last, self.body

    def rebuild(self, parts: tuple[Tree, ...]) -> Tree:
        first, last, body = parts
        return replace(self, first=first, last=last, body=body)

    def term(self, number: int) -> Tree:
        """The body at one value of the index."""
        return at_index(self.body, self.index, number)


def at_index(tree: Tree, index: str, number: int | str, *, in_names_only: bool = False) -> Tree:
    """A tree with a number, or another letter, for an index: in the names, and as a number of its own as well unless
    it is to stay ``in_names_only``."""

    def put(value: sympy.Basic) -> Any:
        told = (letter for letter in letters_in(value) if not (in_names_only and letter.name == index))
        return value.xreplace({letter: letter_at(letter, index, number) for letter in told})

    def change(node: Tree) -> Tree | None:
        if isinstance(node, Scalar):
            return Scalar(put(node.value))
        if isinstance(node, Explicit):
            return Explicit(node.matrix.applyfunc(put))
        if isinstance(node, Identity):
            return Identity(put(node.order))
        if isinstance(node, Ones | Zero):
            return type(node)(put(node.row_size), put(node.column_size))
        if isinstance(node, ByDistance):
            return replace(node, order=put(node.order))
        return _symbol_at(node, index, number, put) if isinstance(node, Symbol) else None

    def within(node: Tree) -> Tree:
        # A sum over the same letter has an index of its own.
        bound = (node.body,) if isinstance(node, Indexed) and node.index == index else ()
        parts = (*map(within, node.parts[: len(node.parts) - len(bound)]), *bound)
        return change(node) or (node if parts == node.parts else node.rebuild(parts))

    return within(tree)


def _symbol_at(symbol: Symbol, index: str, number: int | str, put: Callable[[sympy.Basic], Any]) -> Symbol | None:
    """A name with a number for an index, and what it stands for; None where nothing of that has the index."""
    name = name_at(symbol.name, index, number)
    definition = None if symbol.definition is None else at_index(symbol.definition, index, number)
    shape = put(symbol.row_size), put(symbol.column_size)
    if (name, definition, shape) == (symbol.name, symbol.definition, symbol.shape):
        return None
    return replace(symbol, name=name, row_size=shape[0], column_size=shape[1], definition=definition, entries=None)


def depends_on(tree: Tree, index: str) -> bool:
    """Whether a tree changes with an index."""
    return any(at_index(node, index, 1) != node for node in walk(tree) if not node.parts)
