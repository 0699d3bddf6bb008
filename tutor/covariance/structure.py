"""The structures of the table, each with its options: what `structure` makes by a key."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import sympy
from sympy.matrices.immutable import ImmutableDenseMatrix

from tutor.algebra.build import symbol
from tutor.algebra.nodes import Explicit
from tutor.algebra.sizes import Size, same_size, size, whole
from tutor.algebra.tree import Tree
from tutor.covariance.base import Fixed, Order, Structure, refuse_unless_definite
from tutor.covariance.catalogue import Option, Row, banded, known, row_of
from tutor.covariance.domain import DEFINITE, Condition, check_bounds, condition, exact
from tutor.covariance.forms import Form, times
from tutor.covariance.parameters import Family, Names, Parameter, Q, put, whole_order
from tutor.covariance.places import Places, Point
from tutor.errors import DomainError, ShapeError, SizeError, TutorError


@dataclass(frozen=True, repr=False)
class Single(Structure):
    """One row of the table, and where its rows lie."""

    row: Row
    places: Places = field(default_factory=Places)
    bands: int = 1
    size: int | None = None
    """The number of rows, where positions or a known matrix give it."""

    @property
    def key(self) -> str:
        return self.row.key

    @property
    def title(self) -> str:
        return self.row.title

    @property
    def formula(self) -> str:
        return self.row.formula

    @property
    def latex_formula(self) -> str:
        return self.row.latex

    @property
    def programs(self) -> Mapping[str, str]:
        return {str(program): name for program, name in self.row.programs.items()}

    @property
    def warnings(self) -> tuple[str, ...]:
        return self.row.warnings

    @property
    def parameters(self) -> tuple[Family, ...]:
        return self.row.families

    @property
    def count(self) -> sympy.Expr:
        return put(self.row.count, {Q: sympy.Integer(self.bands)})

    @property
    def domain(self) -> tuple[Condition, ...]:
        bounds = [found for family in self.row.families if (found := condition(family)) is not None]
        return (*bounds, *((DEFINITE,) if self.row.must_be_definite else ()))

    def order(self, n: Order = None) -> Size:
        if n is None and self.size is None:
            raise SizeError(f"A size is needed for {self.key}.", tip="Give n, a number or a letter.")
        if isinstance(n, Sequence) and not isinstance(n, str):
            raise SizeError(f"{self.key} has one size, not {len(n)}.", tip="Give n, a number or a letter.")
        asked = size(self.size if n is None else n)  # pyright: ignore[reportArgumentType]
        if self.size is not None and not same_size(asked, size(self.size)):
            raise SizeError(
                f"{self.key} was given {self.size} rows; n is {asked}.", tip=f"Leave n out, or write n={self.size}."
            )
        whole_order(asked, self.row.fewest, f"{self.title} ({self.key})")
        return asked

    def parameters_of(self, n: Order = None, suffix: str = "") -> tuple[Parameter, ...]:
        t = whole(self.order(n), "the size")
        return tuple(one for family in self.row.families for one in family.members(t, self.bands, suffix))

    def entry(self, i: Any, j: Any, suffix: str = "") -> sympy.Expr:
        first, second = self.index(i), self.index(j)
        return self.row.entry(first, second, Names(self.row.families, suffix), self.places)

    def index(self, value: Any) -> sympy.Expr:
        """A row by its number from 1 or its letter. Raises SizeError for one that there is not."""
        if isinstance(value, str):
            return sympy.Symbol(value, integer=True, positive=True)
        index = sympy.sympify(value, strict=True)
        if index.is_Integer and (index < 1 or (self.size is not None and index > self.size)):
            last = "" if self.size is None else f" to {self.size}"
            raise SizeError(f"Rows are counted from 1{last}; {index} is no row.")
        return index

    def tree(self, n: Order, suffix: str, fixed: Fixed) -> Tree:
        order, names = self.order(n), Names(self.row.families, suffix, fixed)
        if self.row.form is not None and (self.row.form_for_numbers or not order.is_Integer):
            return self.row.form(order, names, self.places)
        if order.is_Integer:
            return Explicit(self._entries(whole(order), names))
        name = f"Sigma_{suffix}" if suffix else "Sigma"
        return symbol(name, order, order, role="unknown", facts=("symmetric", "positive definite"))

    def _entries(self, order: int, names: Names) -> ImmutableDenseMatrix:
        rows = [sympy.Integer(i) for i in range(1, order + 1)]
        upper = {(i, j): self.row.entry(i, j, names, self.places) for i in rows for j in rows if i <= j}
        return ImmutableDenseMatrix(
            order, order, lambda i, j: upper[rows[min(int(i), int(j))], rows[max(int(i), int(j))]]
        )  # fmt: skip

    def corners(self, n: Order, suffix: str = "") -> ImmutableDenseMatrix:
        order = self.order(n)
        if order.is_Integer:
            raise SizeError(
                f"With {order} rows no entry needs dots.", tip="matrix(n) has them all; give a letter here."
            )
        ordered = (*(sympy.Integer(i) for i in (1, 2, 3)), order)
        places, names = Places(None, None, ordered), Names(self.row.families, suffix)
        return ImmutableDenseMatrix(
            4, 4, lambda i, j: self.row.entry(ordered[int(i)], ordered[int(j)], names, places)
        )  # fmt: skip

    def check_exact(self, values: Fixed, n: Order, suffix: str, fixed: Fixed) -> None:
        self.check_values(values, n, suffix, fixed)
        self._check_places()
        if self.row.must_be_definite:
            refuse_unless_definite(self.tree(n, suffix, fixed), values, self.title)

    def check_values(self, values: Fixed, n: Order, suffix: str, fixed: Fixed) -> None:
        """Refuse values outside the bounds of their parameters, whatever becomes of the matrix. Raises DomainError."""
        check_bounds(self.row.families, values, whole(self.order(n), "the size"), self.bands, suffix, fixed)
        if self.places.covariate is None and "covariate" in self.row.options:
            raise DomainError(f"{self.key} needs the covariate.", tip=f'structure("{self.key}", covariate=[…])')

    def _check_places(self) -> None:
        points = self.places.points
        if points is not None and len(set(points)) < len(points):
            twice = next(point for point in points if points.count(point) > 1)
            rows = [str(k) for k, point in enumerate(points, 1) if point == twice]
            raise DomainError(
                f"Rows {' and '.join(rows)} lie at one place, so with {self.title} the matrix is singular.",
                tip="Add a nugget: nugget(structure(…)).",
            )

    def inverse(self, n: Order = None, suffix: str = "", fixed: Fixed | None = None) -> Tree:
        if self.key == "known":
            return _inverse_of_known(self, suffix, fixed or {})
        return self._closed(self.row.inverse, "inverse", n, suffix, fixed)

    def determinant(self, n: Order = None, suffix: str = "", fixed: Fixed | None = None) -> Tree:
        return self._closed(self.row.determinant, "determinant", n, suffix, fixed)

    def _closed(self, form: Form | None, what: str, n: Order, suffix: str, fixed: Fixed | None) -> Tree:
        order = self.order(n)
        if form is None:
            raise self.without(what)
        if not order.is_Integer and not self.row.closed_for_letters:
            raise self.without(what, f" with {order} rows")
        return form(order, Names(self.row.families, suffix, fixed), self.places)


# Making them


def structure(
    key: str, *, positions: Sequence[Any] | None = None, covariate: Sequence[Any] | None = None,
    bands: int | None = None, matrix: Any = None,
) -> Structure:  # fmt: skip
    """A covariance structure by its key; `table` lists them.

    ``positions`` are the times or coordinates of the rows for a structure of distance, numbers or pairs of numbers,
    1 … n unless given. ``covariate`` has one number a row for varpower and varexp, ``bands`` is q of the banded
    Toeplitz structure toepq, with the diagonal, and ``matrix`` the known A of known.

    Raises
    ------
    UnknownNameError
        For another key, with the nearest.
    TutorError
        For an option that the structure does not take, or one that it needs and lacks.
    DomainError
        For positions or a matrix that cannot be used.

    >>> print(structure("cs").matrix("t"))
    σ² ((1 − ρ) I_t + ρ J_t)
    >>> structure("ar1").entry(1, 4)
    rho**3*sigma2
    """
    row = row_of(key)
    given: dict[Option, Any] = {"positions": positions, "covariate": covariate, "bands": bands, "matrix": matrix}
    for option, value in given.items():
        if value is not None and option not in row.options:
            takes = f"It takes {', '.join(sorted(row.options))}." if row.options else "It takes a size only."
            raise TutorError(f"{key} has no {option}.", tip=takes)
    if row.needed is not None and given[row.needed] is None:
        raise TutorError(f"{key} needs {row.needed}.", tip=f'structure("{key}", {row.needed}=…)')
    if bands is not None:
        if isinstance(bands, bool) or not isinstance(bands, int) or bands < 1:
            raise SizeError(f"bands is {bands!r}; expected a whole number from 1, the diagonal among them.")
        return Single(banded(bands), bands=bands)
    if matrix is not None:
        entries = _known_matrix(matrix)
        return Single(known(entries), size=entries.rows)
    if positions is not None:
        points = _points(positions, row)
        return Single(row, Places(points), size=len(points))
    if covariate is not None:
        numbers = tuple(exact(value, f"covariate {k}") for k, value in enumerate(covariate, 1))
        if key == "varpower" and any(number == 0 for number in numbers):
            raise DomainError("A covariate is 0, where |v|^(2θ) is 0 or has no value.", tip="Leave it out, or shift v.")
        return Single(row, Places(None, numbers), size=len(numbers))
    return Single(row)


def _points(positions: Sequence[Any], row: Row) -> tuple[Point, ...]:
    points = []
    for k, position in enumerate(positions, 1):
        listed = hasattr(position, "__len__")
        numbers = tuple(exact(value, f"position {k}") for value in (position if listed else (position,)))
        if len(numbers) not in (1, 2):
            raise DomainError(f"Position {k} has {len(numbers)} coordinates; expected 1 or 2.")
        if len(numbers) > row.dimensions:
            raise DomainError(
                f"{row.key} is a covariance along a line only: in a plane its matrix need not be positive definite.",
                tip="Take sph or exp for coordinates in a field.",
            )
        points.append(numbers)
    if not points or len({len(point) for point in points}) > 1:
        raise DomainError("Positions are numbers, or pairs of numbers, one a row.")
    return tuple(points)


def _known_matrix(given: Any) -> ImmutableDenseMatrix:
    listed = given.tolist() if hasattr(given, "tolist") else given
    rows = [[exact(value, f"A_{i},{j}") for j, value in enumerate(row, 1)] for i, row in enumerate(listed, 1)]
    if not rows or any(len(row) != len(rows) for row in rows):
        raise ShapeError("square", [("A", (len(rows), len(rows[0]) if rows else 0))])
    matrix = ImmutableDenseMatrix(rows)
    for i in range(matrix.rows):
        for j in range(i):
            if matrix[i, j] != matrix[j, i]:
                raise DomainError(f"A is not symmetric: entries ({i + 1}, {j + 1}) and ({j + 1}, {i + 1}) differ.")
    refuse_unless_definite(Explicit(matrix), {}, "the known matrix")
    return matrix


def _inverse_of_known(one: Single, suffix: str, fixed: Fixed) -> Tree:
    theta = one.row.families[0].symbol(suffix)
    inverse = one.tree(None, suffix, {theta.name: sympy.Integer(1)}).inv().explicit()
    return times(1 / Names(one.row.families, suffix, fixed)("theta"), Explicit(inverse))
