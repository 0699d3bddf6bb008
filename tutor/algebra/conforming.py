"""What a node asks of its parts as it is built; what does not conform is named with its shape."""

from __future__ import annotations

from collections.abc import Sized

from tutor.algebra.sizes import ONE, Shape, same_size
from tutor.algebra.tree import Tree
from tutor.display import writer
from tutor.errors import ShapeError, TutorError

LONGEST_NAME = 200
"""Characters of a formula that an error repeats."""


def name_of(tree: Tree) -> str:
    return writer().inline(tree)


def named(tree: Tree) -> tuple[str, Shape]:
    """A tree as a ShapeError tells it; one that is too long by its shape."""
    name = name_of(tree)
    if len(name) > LONGEST_NAME:
        name = "that number" if tree.is_scalar else f"the {tree.rows} × {tree.columns} matrix"
    return name, tree.shape


def require_square(tree: Tree) -> None:
    """Raises ShapeError unless a tree is n × n."""
    if not same_size(*tree.shape):
        raise ShapeError("square", [named(tree)])


def require_vector(tree: Tree) -> None:
    """Raises ShapeError unless a tree has one column."""
    if tree.columns != ONE:
        raise ShapeError("vector", [named(tree)])


def require_parts(parts: Sized, what: str, number: int = 2) -> None:
    """Raises TutorError for fewer parts than an operation is written with."""
    if len(parts) < number:
        raise TutorError(f"Expected {number} or more parts in {what}, not {len(parts)}.")
