r"""Terms that count, y_1 + y_2 + \dots + y_n: the sum over an index that fits the first ones and the last one.

The last term is taken for the general one: with i for what its subscripts end in it must be, at 1, 2 and so on, the
terms before the dots. Block diagonal matrices go on in the same way.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

import sympy

from tutor.algebra.applied import Indexed, Operation, at_index
from tutor.algebra.nodes import BlockDiagonal, Explicit, Identity, Ones, Product, Scalar, Sum, Symbol, Zero
from tutor.algebra.sizes import Size
from tutor.algebra.tree import Tree
from tutor.algebra.walk import transform, walk
from tutor.errors import ShapeError
from tutor.notation.meaning.indexed_keys import letter_size, together
from tutor.notation.names import BELOW
from tutor.notation.vocabulary import Vocabulary

MOST_TERMS = 1_000
"""Terms that are written out in one text; longer sums stay as they are."""

_INDICES = "ijklmh"
"""Letters for the index of a sum that was written with dots, the usual one first."""

_SMALL = 13
"""Values of the index below this are tried where no name tells it, as in 1 + ρ + ρ² + …."""

_LAST = re.compile(rf"\d+|[A-Za-z]{BELOW}[A-Za-z0-9]|[A-Za-z](?:[+-]\d+)?")
_NUMBER = re.compile(r"\d+")


@dataclass(frozen=True, slots=True)
class Counted:
    """Terms ``body`` for an ``index`` from ``first`` to ``last``; ``used`` of those before the dots are among them."""

    body: Tree
    index: str
    first: int
    last: Size
    used: int

    @property
    def is_written_out(self) -> bool:
        """Whether both ends are numbers, so that each term can be written."""
        return bool(self.last.is_Integer) and int(self.last) - self.first < MOST_TERMS  # pyright: ignore[reportArgumentType]

    def terms(self) -> tuple[Tree, ...]:
        """Each of the terms, between ends that are numbers."""
        return tuple(at_index(self.body, self.index, at) for at in range(self.first, int(self.last) + 1))  # pyright: ignore[reportArgumentType]

    def ends(self, after: Sequence[Tree]) -> bool:
        """Whether the terms after the dots are the last ones; of those before the last this is known for numbers."""
        return len(after) == 1 or (self.is_written_out and self.terms()[-len(after) :] == tuple(after))

    def joined(self, operation: Operation) -> Tree:
        """The sum, product or direct sum of the terms, as one over an index where an end is a letter."""
        if not self.is_written_out:
            first, last = Scalar(sympy.Integer(self.first)), Scalar(self.last)
            return Indexed(operation, self.index, first, last, self.body)
        terms = self.terms()
        numbers = [term.value for term in terms if isinstance(term, Scalar)]
        if operation == "direct sum":
            return BlockDiagonal(terms)
        if len(numbers) == len(terms):
            return Scalar(sympy.Add(*numbers) if operation == "sum" else sympy.Mul(*numbers))
        return Sum(terms) if operation == "sum" else Product(terms)


def counted(before: Sequence[Tree], last: Tree, vocabulary: Vocabulary) -> Counted | None:
    """How the terms before the dots go on to the last one; None where no index tells it, or more than one does.

    Of the terms before the dots only those next to them have to count: in μ + y_1 + … + y_n the first does not.
    """
    names = set(_names(last))
    used = {letter for name in names for letter in name.partition("_")[2] or name}
    index = next((letter for letter in _INDICES if letter not in used), None)
    if index is None:
        return None
    found: dict[Tree, Counted] = {}
    for end in sorted({end for name in names for end in _LAST.findall(name.partition("_")[2] or name)}):
        told = _ending(before, last, end, index, vocabulary)
        if told is not None:
            found.setdefault(told.body, told)
    return found.popitem()[1] if len(found) == 1 else None


def _ending(before: Sequence[Tree], last: Tree, end: str, index: str, vocabulary: Vocabulary) -> Counted | None:
    """The terms that count up to an end, a number or a letter, in the last one."""
    body = _renamed(last, end, index)
    if body == last:
        return None
    numbers = [_number(term, body, index, vocabulary) for term in before]
    used = next((at for at, number in enumerate(reversed(numbers)) if number is None), len(numbers))
    counts = [number for number in numbers if number is not None]
    # A term further ahead that would count too, or one that leaves numbers out, makes the rule uncertain.
    if not counts or used < len(counts) or any(later != sooner + 1 for sooner, later in pairwise(counts)):
        return None
    letter, sign, shift = end.partition("+") if "+" in end else end.partition("-")
    shifted = sympy.Integer(f"{sign}{shift or 0}")
    top = sympy.Integer(end) if end.isdigit() else letter_size(letter.replace(BELOW, "_"), vocabulary) + shifted
    if top.is_Integer and top <= counts[-1] + end.isdigit():  # pyright: ignore[reportOperatorIssue]
        return None
    return Counted(body, index, counts[0], top, used)


def _number(term: Tree, body: Tree, index: str, vocabulary: Vocabulary) -> int | None:
    """The value of the index at which the body is a term; None where there is none."""
    told = {int(number) for name in _names(term) for number in _NUMBER.findall(name)}
    told |= {int(digit) for number in told for digit in str(number)}
    tried = sorted(told.union(range(_SMALL)))
    return next((number for number in tried if _is_same(at_index(body, index, number), term, vocabulary)), None)


def _is_same(made: Tree, written: Tree, vocabulary: Vocabulary) -> bool:
    """Whether a term is what the last one tells it to be.

    By custom x_1 is a column of X and x_i one of its rows; a vector that nothing else tells has the size of the last.
    """
    if made == written:
        return True
    shapes = {node.name: node.shape for node in walk(made) if isinstance(node, Symbol)}

    def resized(node: Tree) -> Tree | None:
        if not isinstance(node, Symbol) or node.name not in shapes or vocabulary.lookup(node.name) is not None:
            return None
        rows, columns = shapes[node.name]
        return replace(node, row_size=rows, column_size=columns)

    try:
        return transform(written, resized) == made
    except ShapeError:
        return False  # it is no such term: the sizes do not even meet


def _renamed(tree: Tree, end: str, index: str) -> Tree:
    """A term with the index for its end, below its names and as a number of its own."""

    def letter_at(letter: sympy.Symbol) -> sympy.Symbol:
        if letter.name == end:
            return sympy.Symbol(index, integer=True, positive=True)
        return sympy.Symbol(_name_at(letter.name, end, index), **letter.assumptions0)

    def put(value: sympy.Basic) -> sympy.Basic:
        letters = [letter for letter in value.atoms(sympy.Symbol) if isinstance(letter, sympy.Symbol)]
        return value.xreplace({letter: letter_at(letter) for letter in letters})

    def change(node: Tree) -> Tree | None:
        if isinstance(node, Scalar):
            value = put(node.value)
            assert isinstance(value, sympy.Expr)  # letters were replaced by letters
            return Scalar(value)
        if isinstance(node, Explicit):
            return Explicit(node.matrix.applyfunc(put))
        if isinstance(node, Symbol):
            name = _name_at(node.name, end, index)
            if name == node.name:
                return None
            sizes = {"row_size": below(node.rows), "column_size": below(node.columns)}
            return replace(node, name=name, definition=None, entries=None, **sizes)
        if isinstance(node, Identity):
            return Identity(below(node.order))
        return type(node)(*map(below, node.shape)) if isinstance(node, Ones | Zero) else None

    def below(extent: Size) -> Size:
        """A size whose letter has the end below it, the n_m of V_m; the count m itself stays."""
        return extent if extent.is_Symbol and extent.name == end else put(extent)  # pyright: ignore[reportReturnType, reportAttributeAccessIssue]

    return transform(tree, change)


def _name_at(name: str, end: str, index: str) -> str:
    """A name with the index in the place of its end: x_in for n is x_ij, y_n-1 for n-1 is y_i."""
    if "|" in name:
        return "|".join(_name_at(part, end, index) for part in name.split("|"))  # of y_i given u_i both count
    base, underscore, below = name.partition("_")
    parts = [parted for part in below.split("_") for parted in _parted(part.strip("{}"), end)]
    if end in parts:
        told = f"{base}_{'_'.join(index if part == end else part for part in parts)}"
        return together(told) if BELOW in end or not end.isalnum() else told  # y_in_i and x_i,p-1 count on from x_i1
    if underscore and len(end) == 1:
        return f"{base}_{'_'.join(part.replace(end, index) if _is_indices(part, end) else part for part in parts)}"
    return name


def _parted(part: str, end: str) -> tuple[str, ...]:
    """The i and the p-1 of x_ip-1; any other part of a subscript as it is."""
    before = part.removesuffix(end) if "-" in end or "+" in end else ""
    return (before, end) if before and before != part and set(before) <= set("hijk") else (part,)


def _is_indices(part: str, end: str) -> bool:
    """Whether a subscript is made of indices, and is no word that happens to have the letter."""
    return all(not sign.isalpha() or sign == end or sign in "hijklmnop" for sign in part)


def _names(tree: Tree) -> Iterator[str]:
    for node in walk(tree):
        if isinstance(node, Symbol):
            yield from node.name.split("|")
        elif isinstance(node, Scalar):
            for letter in node.value.atoms(sympy.Symbol):
                yield from str(letter).split("|")
        elif isinstance(node, Explicit):
            for letter in node.matrix.atoms(sympy.Symbol):
                yield from str(letter).split("|")
        elif isinstance(node, Identity | Ones | Zero):
            for letter in {letter for extent in node.shape for letter in extent.free_symbols}:
                yield str(letter)
