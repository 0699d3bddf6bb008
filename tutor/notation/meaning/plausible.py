"""Readings that have a meaning and are hardly meant: a number that is transposed, and a matrix that is a number."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from tutor.algebra.nodes import Scalar, Symbol, Transpose
from tutor.algebra.tree import Tree
from tutor.algebra.walk import walk
from tutor.errors import ReadError
from tutor.notation.meaning.combine import is_nought
from tutor.notation.names import unicode_name
from tutor.notation.statement import Distribution, Equation, Statement

_TRANSPOSES = re.compile(r"['′’ᵀ]|\^\s*\{?\s*(?:T(?![a-z])|\\(?:top|prime|intercal)(?![A-Za-z]))")


def transposed_number(parts: Sequence[Statement]) -> Scalar | Symbol | None:
    """A name that is read as a number and is transposed: nobody writes that, so that it is a vector or a matrix."""
    for part in parts:
        for tree in _trees(part):
            for node in walk(tree):
                if not isinstance(node, Transpose) or not node.tree.is_scalar:
                    continue
                if isinstance(node.tree, Symbol) or (isinstance(node.tree, Scalar) and not node.tree.value.is_number):
                    return node.tree
    return None


def is_hardly_meant(parts: Sequence[Statement]) -> bool:
    """Whether a number is transposed, or a matrix or vector equal to a number that is not 0."""
    return transposed_number(parts) is not None or any(map(_mixes_kinds, parts))


def refusal(number: Scalar | Symbol, text: str) -> ReadError:
    """The error for a number with a prime, at the first sign of a transpose in the text."""
    found = _TRANSPOSES.search(text)
    start, end = (0, 1) if found is None else found.span()
    key = number.name if isinstance(number, Symbol) else str(number.value)
    name = unicode_name(key) if key.isidentifier() else "it"
    return ReadError(
        f"{name} is a number here, and a number has no transpose.", text=text, start=start, end=end,
        kind="transposed-number", tip="Set a vector in bold, or give another value a name of its own.",
    )  # fmt: skip


def _mixes_kinds(part: Statement) -> bool:
    sides = [side for side in part.sides if not is_nought(side)] if isinstance(part, Equation) else []
    return len({side.is_scalar for side in sides}) > 1


def _trees(part: Statement) -> Iterator[Tree]:
    if isinstance(part, Equation):
        yield from part.sides
    elif isinstance(part, Distribution):
        yield from part.arguments
    elif (tree := getattr(part, "tree", None)) is not None:
        yield tree
