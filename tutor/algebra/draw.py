"""Random and friendly instances of trees, which respect everything that is declared.

A friendly instance has small numbers that a student can follow by hand: whole ones, and a correlation like 1/2. A
random one has integers drawn from [1, 2⁶¹]: two different rational expressions of degree d agree on it with
probability at most d/2⁶¹ (Schwartz 1980, Zippel 1979). Positive parameters can be squares, so that their roots (σ for
σ²) are rational as well. A moderate one has fractions k/2⁵⁸ with k from [1, 2⁶¹], none above 8, so that exponentials
and powers of them can be compared as balls; correlations lie between −1 and 1 there, probabilities between 0 and 1. A
letter that is defined, S_xx, has the value of its definition.
"""

from __future__ import annotations

import random
import re
from collections.abc import Iterable, Mapping
from fractions import Fraction

import sympy
from sympy.core.function import AppliedUndef

from tutor.algebra.applied import Applied
from tutor.algebra.arithmetic import Arithmetic, Exact, Matrix, Number
from tutor.algebra.arrangement import Arranged, Arrangement, Levels
from tutor.algebra.balls import Balls
from tutor.algebra.column_elements import open_columns, rows_of
from tutor.algebra.defined_letter import defined_letters
from tutor.algebra.drawn_sizes import draw_sizes
from tutor.algebra.evaluate import Instance
from tutor.algebra.function_value import FunctionValue, as_tree
from tutor.algebra.nodes import Product, Scalar, Sum, Symbol
from tutor.algebra.parameters import arranged_symbols, covariance_blocks, definitions_of, scalars_of
from tutor.algebra.sizes import Shape
from tutor.algebra.tree import Tree
from tutor.algebra.unaffected import Known, unaffected
from tutor.algebra.walk import symbols_of
from tutor.errors import DomainError

LARGEST = 2**61
MODERATE = 2**58

CORRELATION = re.compile(r"rho(?:_[a-z]+)?")
PROBABILITY = re.compile(r"p|pi")
"""Names of parameters between −1 and 1, and between 0 and 1; ρ_1 is the effect of a block."""

FRIENDLY_SHARES = tuple(Fraction(*pair) for pair in ((1, 2), (1, 3), (1, 4), (2, 3), (3, 4), (1, 5), (2, 5), (3, 5)))


class DrawnInstance(Instance):
    """An instance that draws what it is asked for.

    ``friendly`` numbers are small and whole, 1, 2, 3, … for positive parameters unless ``ordered`` is off;
    ``squares`` makes the positive ones squares, ``proper`` all numbers fractions between 0 and 1, ``moderate`` all
    fractions below 8; other random integers go up to ``largest``. With ``general`` a matrix is drawn even where a
    definition gives its entries (G as any positive definite matrix, Z as any matrix): only sums and products of other
    matrices hold, such as V = ZGZ' + R.
    """

    def __init__(
        self,
        trees: Iterable[Tree],
        rng: random.Random,
        *,
        friendly: bool = False,
        squares: bool = True,
        general: bool = False,
        ordered: bool = True,
        arithmetic: Arithmetic | None = None,
        sizes: dict[sympy.Symbol, int] | None = None,
        proper: bool = False,
        moderate: bool = False,
        largest: int = LARGEST,
    ) -> None:
        trees = tuple(trees)
        self._defined = defined_letters(*trees)
        trees += tuple(letter.definition for letter in self._defined.values())
        if sizes is None or self._defined:
            sizes = {**draw_sizes(trees, rng), **(sizes or {})}
        super().__init__(arithmetic or Exact(), sizes)
        self._rng = rng
        self._friendly = friendly
        self._squares = squares
        self._general = general
        self._proper = proper
        self._moderate = moderate
        self._largest = largest
        self._drawn: dict[object, Matrix] = {}
        self._source: DrawnInstance | None = None
        self._applied: list[tuple[tuple[object, Shape], list[Matrix], Matrix]] = []
        self._letters: Known = {}
        self._unaffected: dict[frozenset[sympy.Symbol], tuple[int, dict[Tree, Matrix]]] = {}
        self.is_uninterpreted = False
        """Whether a function was valued of which only the name is known: then a difference proves nothing."""
        self.scalars: dict[sympy.Symbol, Fraction] = {}
        self._entry_of: dict[sympy.Symbol, tuple[Symbol, int]] = {}
        for tree in definitions_of(*trees):
            for symbol in symbols_of(tree):
                if symbol.entries is not None and symbol.definition is not None:
                    self._entry_of.update({entry[0]: (symbol, i) for i, entry in enumerate(symbol.entries.tolist())})
        self._columns = open_columns(*trees)
        self._arranged = arranged_symbols(*trees)
        self._levels: dict[Arrangement, Levels] = {}
        blocks = covariance_blocks(*trees)
        if friendly:
            self._draw_friendly_covariances(blocks, ordered)
        else:
            self._draw_covariances(blocks)
        if friendly and ordered and not proper:
            self._draw_friendly(scalars_of(*trees))

    @property
    def is_general(self) -> bool:
        """Whether matrices are drawn whose entries a definition gives."""
        return self._general

    def in_balls(self) -> DrawnInstance:
        """The same point with real arithmetic, for expressions that have no rational value on it."""
        return self.in_numbers(Balls())

    def in_numbers(self, arithmetic: Arithmetic) -> DrawnInstance:
        """The same point, of rational numbers, in another arithmetic: what is drawn of either is drawn of both, save
        the values of functions of which only the name is known."""
        other = self._like(arithmetic)
        other.scalars, other._source = self.scalars, self
        return other

    def in_rationals(self) -> DrawnInstance:
        """The same point in rational numbers, where it was made of such; the instance itself where it was not."""
        if self._source is None:
            return self
        return self._source if self.scalars is self._source.scalars else self._source.changed(self.scalars)

    def changed(self, scalars: Mapping[sympy.Symbol, Fraction]) -> DrawnInstance:
        """The same point with other values for some parameters."""
        other = self._like(self.arithmetic)
        other.scalars, other._drawn = {**self.scalars, **scalars}, self._drawn
        other._letters, other._source = self._letters, self._source
        letters, number = frozenset(scalars), len(self._values)
        before, kept = self._unaffected.get(letters, (-1, {}))
        if before != number:  # the same letters are changed time and again
            kept = unaffected(self._values, letters, self._letters)
            self._unaffected[letters] = number, kept
        other._values = dict(kept)
        return other

    def _like(self, arithmetic: Arithmetic) -> DrawnInstance:
        """An instance of the same sizes that draws in the same way, with nothing drawn yet."""
        other = DrawnInstance((), self._rng, arithmetic=arithmetic, sizes=self.sizes)
        other._friendly, other._squares, other._general = self._friendly, self._squares, self._general
        other._proper, other._moderate, other._largest = self._proper, self._moderate, self._largest
        other._entry_of, other._defined, other._arranged = self._entry_of, self._defined, self._arranged
        other._columns = self._columns
        return other

    # Scalars

    def scalar(self, parameter: sympy.Symbol) -> Number:
        place = self._entry_of.get(parameter)
        if place is not None:
            return self.arithmetic.entry(self.value(place[0]), place[1], 0)
        found = rows_of(self._columns, parameter, self.size) if self._columns else None
        if found is not None:
            entries = [self.arithmetic.entry(self.value(found[0]), row, 0) for row in found[1]]
            return sum(entries[1:], entries[0]) / len(entries)
        if parameter.name in self._defined:
            self.need_cells()
            return self.arithmetic.entry(self.value(self._defined[parameter.name].definition), 0, 0)
        if parameter not in self.scalars:
            self.scalars[parameter] = self._draw_scalar(parameter)
        return self.arithmetic.rational(*self.scalars[parameter].as_integer_ratio())

    def _draw_scalar(self, parameter: sympy.Symbol) -> Fraction:
        share = self._bounded(parameter) if self._moderate or self._friendly else None
        if share is not None:
            return share
        largest = 9 if self._friendly else self._largest
        number = self._rng.randint(1, largest)
        if self._proper:
            share = Fraction(number, largest + 1)
            return share**2 if self._squares and parameter.is_positive else share
        if self._moderate:
            return Fraction(number if parameter.is_nonnegative or self._rng.random() < 0.5 else -number, MODERATE)
        if parameter.is_nonnegative:
            return Fraction(number**2 if self._squares else number)
        return Fraction(number if self._rng.random() < 0.5 else -number)

    def _bounded(self, parameter: sympy.Symbol) -> Fraction | None:
        """A value for a parameter whose name tells that it is a correlation or a probability; None for another."""
        correlation = CORRELATION.fullmatch(parameter.name)
        if parameter.is_integer or (correlation is None and PROBABILITY.fullmatch(parameter.name) is None):
            return None
        friendly = self._friendly
        share = self._rng.choice(FRIENDLY_SHARES) if friendly else Fraction(self._rng.randint(1, LARGEST), LARGEST + 1)
        return -share if correlation and not parameter.is_nonnegative and self._rng.random() < 0.25 else share

    def _draw_friendly(self, parameters: tuple[sympy.Symbol, ...]) -> None:
        """1, 2, 3, … for the positive ones, the residual variance first and sizes last: σ² = 1, σ²_u = 2, b = 3."""
        drawn = (p for p in parameters if p.is_positive and p not in self.scalars and p.name not in self._defined)
        positive = sorted(drawn, key=lambda p: (bool(p.is_integer), len(p.name)))
        for number, parameter in enumerate(positive, start=1):
            self.scalars[parameter] = Fraction(number**2 if self._squares else number)

    def _draw_friendly_covariances(self, blocks: tuple[sympy.ImmutableDenseMatrix, ...], ordered: bool) -> None:
        """Squares on the diagonal, 4, 9, 16, …, large enough to outweigh the ones beside them."""
        for block in blocks:
            size = block.rows
            first = 2
            while first**2 < size:
                first += 1
            for i in range(size):
                for j in range(i + 1):
                    name = block[i, j]
                    value = (first + i) ** 2 if i == j else 1 if ordered else self._rng.choice((-1, 1))
                    if isinstance(name, sympy.Symbol):
                        self.scalars.setdefault(name, Fraction(value))

    def _draw_covariances(self, blocks: tuple[sympy.ImmutableDenseMatrix, ...]) -> None:
        """Parameters of unstructured blocks: standard deviations, and correlations from points on spheres.

        Row i of a lower triangular L is a rational point of the unit sphere in i dimensions, so that LL' has ones
        on its diagonal and is positive definite, and D LL' D has squares there.
        """
        if not self.arithmetic.is_ordered:
            return  # what is zero on an open set is zero everywhere: any numbers do
        for block in blocks:
            size = block.rows
            lower = [self._sphere_point(i + 1) for i in range(size)]
            deviations = [Fraction(self._rng.randint(1, self._largest), self._unit) for _ in range(size)]
            for i in range(size):
                for j in range(i + 1):
                    name = block[i, j]
                    correlation = sum(x * y for x, y in zip(lower[i], lower[j], strict=False))
                    value = deviations[i] * deviations[j] * Fraction(correlation)
                    if isinstance(name, sympy.Symbol):
                        self.scalars.setdefault(name, value)

    def _sphere_point(self, dimension: int) -> list[Fraction]:
        """A rational point of the unit sphere whose last coordinate is not 0, by stereographic projection."""
        while True:
            most = self._largest
            plane = [Fraction(self._rng.randint(-most, most), most + 1) for _ in range(dimension - 1)]
            square = sum((x * x for x in plane), Fraction(0))
            if square != 1:
                return [2 * x / (1 + square) for x in plane] + [(1 - square) / (1 + square)]

    # Matrices

    def defined(self, symbol: Symbol) -> Tree | None:
        definition = symbol.definition
        if self._general and definition is not None and not isinstance(definition, Sum | Product | Symbol):
            return None
        return super().defined(symbol)

    def matrix(self, symbol: Symbol) -> Matrix:
        return self._drawn_once(symbol, self.size(symbol.row_size), self.size(symbol.column_size), symbol.facts)

    def _draw_arranged(self, arranged: Arranged, rows: int, columns: int) -> Matrix:
        """The columns of an arrangement, which is drawn once. Raises DomainError where it has not so many rows."""
        self.need_cells()
        arrangement = arranged.arrangement
        if arrangement not in self._levels:
            self._levels[arrangement] = arrangement.levels(self.sizes, self._rng)
        places = arranged.columns(self._levels[arrangement])
        if len(places) != rows or max((place for place in places if place is not None), default=0) >= columns:
            raise DomainError(f"There is no arrangement in {rows} rows and {columns} columns.")
        one = self.arithmetic.rational(1)
        cells = {(row, place): one for row, place in enumerate(places) if place is not None}
        return self.arithmetic.matrix(rows, columns, cells)

    def _draw_matrix(self, rows: int, columns: int, facts: frozenset[str]) -> Matrix:
        arithmetic = self.arithmetic
        if rows > 1 or columns > 1:
            self.need_cells()
        if "diagonal" in facts:
            positive = bool(facts & {"positive definite", "positive semidefinite"})
            return arithmetic.matrix(rows, rows, {(i, i): self._integer(positive) for i in range(rows)})
        if facts & {"positive definite", "positive semidefinite"}:
            # What is semidefinite and no more is singular half of the time.
            lost = not facts & {"positive definite", "invertible"} and rows > 1 and self._rng.random() < 0.5
            width = rows - lost
            lower = {(i, j): self._integer(i == j) for i in range(rows) for j in range(min(i + 1, width))}
            factor = arithmetic.matrix(rows, rows, lower)
            return arithmetic.multiply(factor, arithmetic.transpose(factor))
        if "orthogonal" in facts or "idempotent" in facts:
            direction = self._direction(rows)
            if "idempotent" in facts:
                return self._projection(direction, direction if "symmetric" in facts else self._direction(rows))
            # Two reflections are a rotation, one is symmetric.
            first = self._reflection(direction)
            return (
                first if "symmetric" in facts else arithmetic.multiply(first, self._reflection(self._direction(rows)))
            )
        if "full column rank" in facts and rows < columns:
            raise DomainError(f"A {rows} × {columns} matrix cannot have full column rank.")
        while True:
            cells = {(i, j): self._integer() for i in range(rows) for j in range(columns)}
            if "symmetric" in facts:
                cells = {(i, j): cells[min(i, j), max(i, j)] for i, j in cells}
            matrix = arithmetic.matrix(rows, columns, cells)
            if "invertible" in facts and arithmetic.determinant(matrix) == 0:
                continue
            if "full column rank" in facts and arithmetic.rank(matrix) < columns:
                continue
            return matrix

    def _direction(self, rows: int) -> Matrix:
        return self.arithmetic.matrix(rows, 1, {(i, 0): self._integer(True) for i in range(rows)})

    def _projection(self, direction: Matrix, other: Matrix) -> Matrix:
        """da'/a'd, which is idempotent, and symmetric where a is d."""
        arithmetic = self.arithmetic
        across = arithmetic.transpose(other)
        length = arithmetic.entry(arithmetic.multiply(across, direction), 0, 0)
        return arithmetic.scale(arithmetic.rational(1) / length, arithmetic.multiply(direction, across))

    def _reflection(self, direction: Matrix) -> Matrix:
        """I − 2dd'/d'd (Householder 1958)."""
        rows, arithmetic = self.arithmetic.shape(direction)[0], self.arithmetic
        eye = arithmetic.matrix(rows, rows, {(i, i): arithmetic.rational(1) for i in range(rows)})
        return arithmetic.add(eye, arithmetic.scale(arithmetic.rational(-2), self._projection(direction, direction)))

    def _integer(self, positive: bool = False) -> Number:
        largest = 5 if self._friendly else self._largest
        number = self._rng.randint(1 if positive else -largest, largest)
        return self.arithmetic.rational(number, self._unit)

    @property
    def _unit(self) -> int:
        """What random integers are divided by."""
        return MODERATE if self._moderate else 1

    def uninterpreted(self, tree: Applied) -> Matrix:
        """One value for each name and values of the arguments, so that f(a) is f(b) where a is b."""
        self.is_uninterpreted = True
        arguments = [self.value(argument) for argument in tree.arguments]
        for (name, shape), known, value in self._applied:
            if (name, shape) == (self._kind(tree), tree.shape) and all(map(self._same, known, arguments)):
                return value
        value = self._draw_matrix(self.size(tree.rows), self.size(tree.columns), frozenset())
        self._applied.append(((self._kind(tree), tree.shape), arguments, value))
        return value

    def _kind(self, tree: Applied) -> tuple[str, str, int]:
        return tree.function, tree.below, len(tree.arguments)

    def _same(self, left: Matrix, right: Matrix) -> bool:
        shapes_match = self.arithmetic.shape(left) == self.arithmetic.shape(right)
        return shapes_match and self.arithmetic.same(left, right)

    def _number(self, expression: sympy.Basic) -> Number:
        if isinstance(expression, FunctionValue):
            return self.arithmetic.entry(self.value(as_tree(expression)), 0, 0)
        if not isinstance(expression, AppliedUndef) or Balls.knows(type(expression).__name__):
            return super()._number(expression)
        known = Applied(expression.func.__name__, tuple(Scalar(part) for part in expression.args))  # pyright: ignore[reportArgumentType]
        return self.arithmetic.entry(self.value(known), 0, 0)

    # Moments that are not declared

    def mean(self, symbol: Symbol) -> Matrix:
        if symbol.mean is not None:
            return super().mean(symbol)
        return self._drawn_once(("mean", symbol), self.size(symbol.row_size), 1)

    def variance(self, symbol: Symbol) -> Matrix:
        if symbol.variance is not None:
            return super().variance(symbol)
        size = self.size(symbol.row_size)
        return self._drawn_once(("variance", symbol), size, size, frozenset({"positive definite"}))

    def covariance(self, left: Symbol, right: Symbol) -> Matrix:
        if self._has_drawn(("covariance", right, left)):
            return self.arithmetic.transpose(self.covariance(right, left))
        return self._drawn_once(("covariance", left, right), self.size(left.row_size), self.size(right.row_size))

    def _drawn_once(self, key: object, rows: int, columns: int, facts: frozenset[str] = frozenset()) -> Matrix:
        if key not in self._drawn:
            arranged = self._arranged.get(key) if isinstance(key, Symbol) and not self._general else None
            if self._source is not None:
                drawn = self._from_rationals(self._source._drawn_once(key, rows, columns, facts))
            elif arranged is not None:
                drawn = self._draw_arranged(arranged, rows, columns)
            else:
                drawn = self._draw_matrix(rows, columns, facts)
            self._drawn[key] = drawn
        return self._drawn[key]

    def _has_drawn(self, key: object) -> bool:
        return key in self._drawn or (self._source is not None and self._source._has_drawn(key))

    def _from_rationals(self, matrix: Matrix) -> Matrix:
        """A matrix of rational numbers in the arithmetic of this instance."""
        rational = self.arithmetic.rational
        cells = {
            (i, j): rational(int(x.p), int(x.q))
            for i, line in enumerate(matrix.tolist())
            for j, x in enumerate(line)
            if x
        }
        return self.arithmetic.matrix(matrix.nrows(), matrix.ncols(), cells)
