"""Readings that have a meaning and are hardly meant: a number that is transposed, and a matrix that is a number."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from tutor.algebra.nodes import Scalar, Scaled, Sum, Symbol, Transpose
from tutor.algebra.sizes import same_shape
from tutor.algebra.tree import Tree
from tutor.algebra.walk import walk
from tutor.errors import ReadError
from tutor.notation.meaning.combine import is_nought
from tutor.notation.meaning.usage import Usage
from tutor.notation.names import unicode_name
from tutor.notation.statement import Distribution, Equation, Statement

_ANY_ELEMENT = frozenset({"y", "Y", "e", "epsilon", "u", "b"})
"""Letters of vectors that are also any element of them, ε ∼ N(0, σ²)."""


def transposed_number(parts: Sequence[Statement]) -> Scalar | Symbol | None:
    """A name that is read as a number and is transposed: nobody writes that, so that it is a vector or a matrix."""
    for part in parts:
        for tree in _trees(part):
            for node in walk(tree):
                if not isinstance(node, Transpose) or not node.tree.is_scalar:
                    continue
                if isinstance(node.tree, Symbol) or (isinstance(node.tree, Scalar) and not node.tree.value.is_number):
                    return node.tree
                if isinstance(node.tree, Sum) and (name := _first_of_deviation(node.tree)) is not None:
                    return name
    return None


def _first_of_deviation(terms: Sum) -> Scalar | Symbol | None:
    """The first name of a difference of names with indices, (y_i − μ_i)'; None for another sum."""
    plain = [term.tree if isinstance(term, Scaled) else term for term in terms.terms]
    names = [term for term in plain if isinstance(term, Symbol) or (isinstance(term, Scalar) and term.value.is_Symbol)]
    have_indices = all("_" in (name.name if isinstance(name, Symbol) else str(name.value)) for name in names)
    return names[0] if names and have_indices and len(names) == len(plain) else None


def is_hardly_meant(parts: Sequence[Statement]) -> bool:
    """Whether a number is transposed, a matrix or vector equal to a number that is not 0, or a name a number in one
    place and a matrix or vector in another."""
    return transposed_number(parts) is not None or any(map(_mixes_kinds, parts)) or _of_two_kinds(parts) is not None


def are_numbers(parts: Sequence[Statement]) -> bool:
    """Whether all that stands in statements are numbers."""
    return all(node.is_scalar for part in parts for tree in _trees(part) for node in walk(tree))


def are_degenerate(parts: Sequence[Statement], changes: Iterable[tuple[tuple[str, str, str], str]]) -> bool:
    """Whether a letter that was taken for a vector or a matrix came out as one of a single element, or made the sides
    of an equation differ in shape."""
    told = [letter for letter, kind in changes if kind != "number"]
    names = {f"{letter}{accent}" + (f"_{below}" if below else "") for letter, accent, below in told}
    trees = [node for part in parts for tree in _trees(part) for node in walk(tree)]
    is_single = any(isinstance(node, Symbol) and node.is_scalar and node.name in names for node in trees)
    return is_single or any(map(_differ_in_shape, parts))


def _differ_in_shape(part: Statement) -> bool:
    sides = [side for side in part.sides if not is_nought(side)] if isinstance(part, Equation) else []
    return any(not same_shape(sides[0].shape, side.shape) for side in sides[1:])


def _of_two_kinds(parts: Sequence[Statement]) -> str | None:
    """A name that is a number and a vector or matrix in one display."""
    if len(parts) == 1 and not isinstance(parts[0], Distribution):
        return None
    numbers: set[str] = set()
    others: set[str] = set()
    for part in parts:
        for tree in _trees(part):
            for node in walk(tree):
                if isinstance(node, Scalar) and node.value.is_Symbol:
                    numbers.add(str(node.value))
                elif isinstance(node, Symbol) and not node.is_scalar:
                    others.add(node.name)
    return min((numbers & others) - _ANY_ELEMENT, default=None)


def refusal(parts: Sequence[Statement], usage: Usage) -> ReadError | None:
    """The error for a number with a prime, at its first place in the text, and for a name of two kinds; None for other
    readings."""
    text = usage.text
    number = transposed_number(parts)
    if number is None and (mixed := _matrix_of_capitals(parts)) is not None:
        return ReadError(
            "A matrix is equal to a number here.", text=text, start=mixed.start, end=mixed.end, kind="two-kinds",
            tip="Set vectors and matrices in bold, and numbers not.",
        )  # fmt: skip
    if number is None:
        twice = _of_two_kinds(parts)
        return None if twice is None else ReadError(
            f"{unicode_name(twice)} is a number in one place here, and a vector or a matrix in another.", text=text,
            start=0, end=len(text), kind="two-kinds", tip="Set vectors and matrices in bold, and numbers not.",
        )  # fmt: skip
    key = number.name if isinstance(number, Symbol) else str(number.value)
    start, end = _place_of_transpose(key.partition("_")[0], usage)
    name = unicode_name(key) if key.isidentifier() else "it"
    return ReadError(
        f"{name} is a number here, and a number has no transpose.", text=text, start=start, end=end,
        kind="transposed-number", tip="Set a vector in bold, or give another value a name of its own.",
    )  # fmt: skip


def _place_of_transpose(letter: str, usage: Usage) -> tuple[int, int]:
    """The first place where a letter is transposed, or where else anything is."""
    transposed = [factor for factor in usage.factors if factor.is_transposed]
    own = [factor for factor in transposed if factor.letter + factor.accent == letter]
    return min(((f.node.start, f.node.end) for f in own or transposed if f.node is not None), default=(0, 1))


def _matrix_of_capitals(parts: Sequence[Statement]) -> Equation | None:
    """An equation of a matrix with a number in which a capital stands, the M of Z = M − 2p, which is a matrix too."""
    for part in parts:
        sides = part.sides if isinstance(part, Equation) and _mixes_kinds(part) else ()
        letters = {name for side in sides if all(node.is_scalar for node in walk(side)) for name in _names(side)}
        if isinstance(part, Equation) and any(len(letter) == 1 and letter.isupper() for letter in letters):
            return part
    return None


def _names(tree: Tree) -> Iterator[str]:
    for node in walk(tree):
        if isinstance(node, Symbol):
            yield node.name
        elif isinstance(node, Scalar):
            yield from (str(letter) for letter in node.value.free_symbols)


def _mixes_kinds(part: Statement) -> bool:
    sides: list[Tree] = []
    if isinstance(part, Equation):
        sides = [side for side in part.sides if not is_nought(side)]
    elif isinstance(part, Distribution) and part.subject is not None and part.family == "N":
        sides = [part.subject, *part.arguments[1:2]]
    return len({side.is_scalar for side in sides}) > 1


def _trees(part: Statement) -> Iterator[Tree]:
    if isinstance(part, Equation):
        yield from part.sides
    elif isinstance(part, Distribution):
        yield from (*part.arguments, *part.given, *([] if part.subject is None else [part.subject]))
    elif (tree := getattr(part, "tree", None)) is not None:
        yield tree
