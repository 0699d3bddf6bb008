"""Functions of trees, and sums, products and direct sums over an index, as notation.

What SymPy knows of scalars stays in `nodes.Scalar`. Here is what it cannot hold: a function of matrices, as log |V|
and se(β̂); one of which only the name is known, as f(y | μ); and Σ_{i=1}^{n}, whose index stands in the names below it.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Literal

import sympy

from tutor.algebra.nodes import Explicit, Scalar, Symbol
from tutor.algebra.sizes import ONE, Shape, Size
from tutor.algebra.tree import Tree
from tutor.algebra.walk import transform, walk

Operation = Literal["sum", "product", "direct sum"]
"""What is done with the terms of an index."""

_INDEX_TOKEN = re.compile(r"\d+|[a-z]|.")


OF_EACH_ELEMENT = frozenset(
    {"log", "exp", "sqrt", "logit", "expit", "cloglog", "probit", "Phi", "arcsin", "link", "inverse link"}
)
"""Functions of a number that of a vector have the value of each of its elements: log(y), exp(Xβ)."""

_OF_ESTIMATES = frozenset({"BLUP", "BLUE", "EBLUP"})
"""Estimates and predictions, of the shape of what they are of."""

_SHAPES: dict[str, Callable[..., Shape]] = {
    "generalized inverse": lambda matrix: (matrix.columns, matrix.rows),
    **dict.fromkeys(OF_EACH_ELEMENT | _OF_ESTIMATES, lambda vector: vector.shape),
    "estimated E": lambda vector: vector.shape,
    "estimated Var": lambda vector: (vector.rows, vector.rows),
    "estimated Cov": lambda left, right: (left.rows, right.rows),
    "estimated Corr": lambda left, right: (left.rows, right.rows),
    "vec": lambda matrix: (sympy.expand(matrix.rows * matrix.columns), ONE),
    "Corr": lambda left, right: (left.rows, right.rows),
}
"""Function: the shape of its value, from its arguments."""


@dataclass(frozen=True, slots=True, eq=False)
class Applied(Tree):
    """A function of trees, rows × columns: of the shape that its arguments give it, or 1 × 1 unless told otherwise.

    ``function`` is its name; ``below`` its subscript, as the 1 of ‖x‖₁ and the β of argmin_β. What it does is for
    `evaluate_applied` to know; of a name that is not there two values differ only where their arguments do.
    """

    function: str
    arguments: tuple[Tree, ...]
    below: str = ""
    row_size: Size = ONE
    column_size: Size = ONE

    def _conform(self) -> Shape:
        shape = _SHAPES.get(self.function)
        return (self.row_size, self.column_size) if shape is None else shape(*self.arguments)

    @property
    def parts(self) -> tuple[Tree, ...]:
        return self.arguments

    def rebuild(self, parts: tuple[Tree, ...]) -> Tree:
        return replace(self, arguments=parts)


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


def at_index(tree: Tree, index: str, number: int) -> Tree:
    """A tree with a number for an index, in the names and as a number of its own."""

    def put(value: sympy.Basic) -> sympy.Basic:
        letters = [letter for letter in value.atoms(sympy.Symbol) if isinstance(letter, sympy.Symbol)]
        return value.xreplace({letter: _letter_at(letter, index, number) for letter in letters})

    def change(node: Tree) -> Tree | None:
        if isinstance(node, Scalar):
            value = put(node.value)
            assert isinstance(value, sympy.Expr)
            return Scalar(value)
        if isinstance(node, Explicit):
            return Explicit(node.matrix.applyfunc(put))
        if isinstance(node, Symbol):
            name = name_at(node.name, index, number)
            return None if name == node.name else replace(node, name=name, definition=None, entries=None)
        return None

    return transform(tree, change)


def depends_on(tree: Tree, index: str) -> bool:
    """Whether a tree changes with an index."""
    return any(at_index(node, index, 1) != node for node in walk(tree) if not node.parts)


def _letter_at(letter: sympy.Symbol, index: str, number: int) -> sympy.Expr:
    if letter.name == index:
        return sympy.Integer(number)
    name = name_at(letter.name, index, number)
    return letter if name == letter.name else sympy.Symbol(name, **letter.assumptions0)


def name_at(key: str, index: str, number: int) -> str:
    """A key with a number for an index among its subscripts: y_ij is y_2j or y_12_j.

    >>> name_at("y_ij", "i", 2), name_at("y_ij", "i", 12), name_at("mu_crit", "i", 2), name_at("ybar_i.", "i", 3)
    ('y_2j', 'y_12_j', 'mu_crit', 'ybar_3.')
    """
    base, underscore, below = key.partition("_")
    return base + underscore + subscript_at(below, index, number) if underscore else key


def subscript_at(below: str, index: str, number: int) -> str:
    """The subscripts of a key with a number for an index; words, which only happen to have that letter, stay."""
    return "_".join(_part_at(part, index, number) for part in below.split("_"))


def _part_at(part: str, index: str, number: int) -> str:
    letters = {letter for letter in part if letter.isalpha()}
    if index not in letters or not letters <= {index, *"hijklmnop"}:
        return part
    told = [str(number) if token == index else token for token in _INDEX_TOKEN.findall(part)]
    plain = all(token.isalnum() for token in told)
    return "_".join(told) if plain and any(len(token) > 1 for token in told) else "".join(told)
