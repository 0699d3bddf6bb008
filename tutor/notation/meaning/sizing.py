"""Sizes that were not written: I, J, 1 and 0 take the one that fits.

An unwritten size is a hole, a symbol named ?1, ?2, … that no text can spell. Conformability gives equations
between sizes; each is solved for a hole when it is met. Trees are built with their holes and filled in later.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import replace
from functools import lru_cache

import sympy

from tutor.algebra.applied import Applied
from tutor.algebra.indices import letters_in
from tutor.algebra.nodes import Block, Identity, Ones, Product, Symbol, Zero
from tutor.algebra.sizes import ONE, Shape, Size, open_size, same_size
from tutor.algebra.tree import Tree
from tutor.algebra.walk import transform, walk
from tutor.notation.parsing.token import Span


class Sizing:
    """The holes of one text and what is known of them."""

    def __init__(self) -> None:
        self.places: dict[sympy.Symbol, Span] = {}
        self.found: dict[sympy.Symbol, Size] = {}
        self.may_be_one: set[sympy.Symbol] = set()
        self.dotted: set[sympy.Symbol] = set()
        self.defaults: dict[sympy.Symbol, Size] = {}  # sizes that holes have where nothing beside them tells another
        self.terms = 0  # terms of sums over indices that were written out
        self.pending: dict[str, Callable[[Shape], Tree]] = {}
        self._sized: dict[Tree, tuple[Tree, ...]] = {}  # nodes that may have holes, by the tree

    def hole(self, place: Span, *, may_be_one: bool = False) -> sympy.Symbol:
        """A new size to be found; only that of a zero may turn out to be 1, so that no scalar becomes a matrix."""
        made = open_size(len(self.places) + 1)
        assert isinstance(made, sympy.Symbol)
        self.places[made] = place
        if may_be_one:
            self.may_be_one.add(made)
        return made

    def placeholder(self, shape: Shape, complete: Callable[[Shape], Tree], name: str = "") -> Tree:
        """A matrix that is made by ``complete`` once its shape is known, at once if it is.

        ``name`` is what a message calls it, and must be no other's in the text; dots without it.
        """
        if not self.holes(shape):
            return complete(shape)
        name = name or f"[…]{len(self.pending) + 1}"
        self.pending[name] = complete
        return Symbol(name, *shape)

    def holes(self, sizes: Iterable[Size]) -> list[sympy.Symbol]:
        """The holes in sizes that are still open, the oldest first."""
        if not self.places:
            return []
        free = {symbol for size in sizes for symbol in _letters(size)}
        return [hole for hole in self.places if hole in free] if free else []

    def current(self, size: Size) -> Size:
        """A size with what is known put in."""
        if self.found.keys().isdisjoint(_letters(size)):
            return size
        while holes := [hole for hole in self.holes([size]) if hole in self.found]:
            size = sympy.expand(size.xreplace({hole: self.found[hole] for hole in holes}))
        return size

    def filled(self, tree: Tree) -> Tree:
        """A tree with every size put in that is known by now."""
        if not self.found:
            return tree

        def fill(node: Tree) -> Tree | None:
            match node:
                case Identity(order):
                    return Identity(self.current(order)) if self.holes([order]) else None
                case Ones(rows, columns):
                    return Ones(self.current(rows), self.current(columns)) if self.holes([rows, columns]) else None
                case Zero(rows, columns):
                    return Zero(self.current(rows), self.current(columns)) if self.holes([rows, columns]) else None
                case Applied() if self.holes((node.row_size, node.column_size)):
                    return replace(node, row_size=self.current(node.rows), column_size=self.current(node.columns))
                case Symbol(name, rows, columns) if name in self.pending:
                    shape = self.current(rows), self.current(columns)
                    if self.holes(shape):
                        return Symbol(name, *shape) if shape != (rows, columns) else None
                    return self.pending[name](shape)
            return None

        return transform(tree, fill) if self.open_in(tree) else tree

    def open_in(self, tree: Tree) -> list[sympy.Symbol]:
        """The holes in a tree, known by now or not, the oldest first."""
        if not self.places:
            return []
        sized = self._sized.get(tree)
        if sized is None:
            sized = self._sized[tree] = tuple(
                node for node in walk(tree) if isinstance(node, Identity | Ones | Zero | Symbol)
            )
        return self.holes(
            size for node in sized if not isinstance(node, Symbol) or node.name in self.pending for size in node.shape
        )

    def may_stay_open(self, tree: Tree) -> bool:
        """Whether what is open in a tree is no more than how large the whole is, as of σ²I.

        Dots need a size, and so do vectors 1 and 0, which without bold letters would be numbers; a 0 among blocks is
        of the size that fits.
        """
        open_ = set(self.open_in(tree))
        if open_ & self.dotted or not open_ <= {letter for extent in tree.shape for letter in extent.free_symbols}:
            return False
        among_blocks = isinstance(tree, Block)
        for node in walk(tree):
            is_named = isinstance(node, Symbol) and node.name in self.pending
            is_vector = isinstance(node, Ones) and ONE in node.shape
            if is_named or is_vector or (isinstance(node, Zero) and not among_blocks):
                return False
        return True

    def zeros_are_vectors(self, tree: Tree) -> None:
        """Take zeros that end a product, as in Z 0, for a column where nothing tells how wide they are."""
        for node in walk(tree) if self.places else ():
            last = node.factors[-1] if isinstance(node, Product) else None
            if isinstance(last, Zero) and (open_ := self.holes([self.current(last.columns)])) == [last.columns]:
                self.found[open_[0]] = ONE

    def renewed(self, tree: Tree) -> Tree:
        """A tree with holes of its own, for a cell that is written twice and may differ in size."""
        fresh = {hole: self.hole(self.places[hole], may_be_one=hole in self.may_be_one) for hole in self.open_in(tree)}
        return _with_sizes(tree, fresh)

    def numbered(self, tree: Tree) -> Tree:
        """A tree with its open sizes numbered from 1, whatever else was open and is found."""
        open_ = self.open_in(tree)
        return _with_sizes(tree, {hole: open_size(at) for at, hole in enumerate(open_, 1)}) if open_ else tree

    def meet(self, first: Size, second: Size) -> bool:
        """Make two sizes equal by filling holes; False where that cannot be."""
        if first == second:
            return True
        if not self.places:
            return same_size(first, second)
        first, second = self.current(first), self.current(second)
        if same_size(first, second):
            return True
        open_ = self.holes([first, second])
        if not open_:
            return False
        if (crossed := _crossed(first, second, open_)) is not None:
            self.found |= crossed
            return True
        # Fill the youngest hole: older ones more likely have been written where a reader looks first.
        for hole in reversed(open_):
            solution = _solved(first, second, hole)
            if solution is None or (solution == ONE and hole not in self.may_be_one):
                continue
            if hole not in self.may_be_one and isinstance(solution, sympy.Symbol):
                self.may_be_one.discard(solution)
            self.found[hole] = solution
            if hole in self.defaults and isinstance(solution, sympy.Symbol) and solution in self.places:
                self.defaults.setdefault(solution, self.defaults[hole])
            return True
        return False

    def may_meet(self, first: Size, second: Size) -> bool:
        """Whether two sizes are equal or could be made so."""
        return same_size(first, second) or bool(self.holes([self.current(first), self.current(second)]))

    def meet_shapes(self, first: Shape, second: Shape) -> bool:
        """Make two shapes equal by filling holes; where one direction cannot be, the other still is."""
        rows = self.meet(first[0], second[0])
        return self.meet(first[1], second[1]) and rows


@lru_cache(maxsize=4096)
def _letters(extent: Size) -> frozenset[sympy.Basic]:
    """The letters of a size, kept: the same few sizes are asked for in every sum and product."""
    return frozenset(extent.free_symbols)


def _crossed(first: Size, second: Size, holes: Sequence[sympy.Symbol]) -> dict[sympy.Symbol, Size] | None:
    """What two sizes, each a hole times a letter, make of their holes: I_n ⊗ A and B ⊗ I_m meet where A has m rows and
    B has n; None for other sizes."""
    if len(holes) != 2:
        return None
    ahead, behind = holes if first.has(holes[0]) else (holes[1], holes[0])
    letters = first / ahead, second / behind
    are_letters = all(isinstance(letter, sympy.Symbol) for letter in letters) and letters[0] != letters[1]
    return {ahead: letters[1], behind: letters[0]} if are_letters else None


def _with_sizes(tree: Tree, names: Mapping[sympy.Symbol, Size]) -> Tree:
    """A tree with other sizes in place of its holes."""

    def renew(node: Tree) -> Tree | None:
        if isinstance(node, Identity):
            return Identity(_renamed(node.order, names))
        if isinstance(node, Ones | Zero):
            return type(node)(_renamed(node.row_size, names), _renamed(node.column_size, names))
        return None

    return transform(tree, renew)


def _renamed(old: Size, names: Mapping[sympy.Symbol, Size]) -> Size:
    renamed = old.xreplace(dict(names))
    assert isinstance(renamed, sympy.Expr)
    return renamed


def _solved(first: Size, second: Size, hole: sympy.Symbol) -> Size | None:
    """The size a hole must have for first = second, or None if that is no size.

    Both are linear in the hole in all that can be written: products by Kronecker, sums by blocks.
    """
    solution: Size
    if first == hole or second == hole:
        solution = second if first == hole else first
    else:
        difference = sympy.expand(first - second)
        slope = difference.coeff(hole, 1)
        assert slope is not None
        rest = sympy.expand(difference - slope * hole)
        if slope == 0 or rest.has(hole) or slope.has(hole):
            return None
        solution = sympy.cancel(-rest / slope)
    if solution.has(hole):
        return None
    if isinstance(solution, sympy.Symbol):
        return solution
    if solution.is_Integer:
        return solution if solution >= 1 else None  # pyright: ignore[reportOperatorIssue]
    letters = sorted(letters_in(solution), key=str)
    if solution.is_number or not solution.is_polynomial(*letters):
        return None
    coefficients = sympy.Poly(solution, *letters).coeffs()
    return solution if all(coefficient.is_Integer for coefficient in coefficients) else None
