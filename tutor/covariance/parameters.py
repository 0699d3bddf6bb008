"""The parameters of covariance structures: what each is called, how many there are, and between which bounds."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from itertools import combinations
from typing import Literal

import sympy

from tutor.algebra.sizes import Size
from tutor.errors import SizeError

T = sympy.Symbol("t", integer=True, positive=True)
"""The dimension of a structure, in bounds and in numbers of parameters."""

Q = sympy.Symbol("q", integer=True, positive=True)
"""The number of bands of a banded structure."""

Index = int | str | sympy.Expr
"""Which of several parameters: a number from 1, or a letter."""

Over = Literal["one", "index", "next", "step", "band", "pair"]
"""Of what there is one parameter each: the matrix, the rows, the rows that have a next one, their distances below t or
below q, the pairs of rows."""

COUNT: Mapping[Over, sympy.Expr] = {
    "one": sympy.Integer(1),
    "index": T,
    "next": T - 1,
    "step": T - 1,
    "band": Q - 1,
    "pair": T * (T - 1) / 2,
}
"""How many parameters there are of a family."""

INDICES: Mapping[Over, Callable[[int, int], list[tuple[int, ...]]]] = {
    "one": lambda t, q: [()],
    "index": lambda t, q: [(i,) for i in range(1, t + 1)],
    "next": lambda t, q: [(k,) for k in range(1, t)],
    "step": lambda t, q: [(d,) for d in range(1, t)],
    "band": lambda t, q: [(d,) for d in range(1, min(q, t))],
    "pair": lambda t, q: list(combinations(range(1, t + 1), 2)),
}
"""The subscripts of a family in a structure of t rows and q bands."""

SHOWN = {"one": "", "index": "_i", "next": "_k", "step": "_d", "band": "_d", "pair": "_ij"}
"""The subscript with which a family is shown in words."""


@dataclass(frozen=True, slots=True)
class Parameter:
    """One parameter: its symbol and what it means."""

    symbol: sympy.Symbol
    meaning: str

    @property
    def key(self) -> str:
        """The plain name, as sigma2_u; the name by which its value is given."""
        return self.symbol.name


@dataclass(frozen=True, slots=True)
class Family:
    """Parameters of one kind: ``base`` is sigma2 for variances, which are named sigma2_1, sigma2_2, … by ``over``.

    They lie strictly between ``lower`` and ``upper``, expressions in `T`, or with ``closed`` may also equal
    ``lower``; None where there is no bound.
    """

    base: str
    meaning: str
    over: Over = "one"
    lower: sympy.Expr | None = None
    upper: sympy.Expr | None = None
    closed: bool = False

    def symbol(self, suffix: str = "", indices: tuple[Index, ...] = ()) -> sympy.Symbol:
        """The symbol with a suffix and subscripts: sigma2_u_1 is the variance σ²_{u,1} of the first row."""
        below = [str(index).replace(" ", "") for index in indices]
        joined = ("" if all(len(part) == 1 for part in below) else "_").join(below)
        name = "_".join(part for part in (self.base, suffix, joined) if part)
        if self.lower == 0:
            return sympy.Symbol(name, **({"nonnegative": True} if self.closed else {"positive": True}))
        return sympy.Symbol(name, real=True)

    def members(self, t: int, q: int, suffix: str) -> list[Parameter]:
        """The parameters of this kind in a structure of t rows."""
        told = []
        for indices in INDICES[self.over](t, q):
            place = f" {', '.join(map(str, indices))}" if indices else ""
            told.append(Parameter(self.symbol(suffix, indices), f"{self.meaning}{place}"))
        return told


@dataclass(frozen=True, slots=True)
class Names:
    """The symbols of a structure by the base of their family: ``names("sigma2", 1)`` is σ²_1.

    ``fixed`` holds the values of parameters that are not free, by their names.
    """

    families: tuple[Family, ...]
    suffix: str = ""
    fixed: Mapping[str, sympy.Expr] | None = None

    def __call__(self, base: str, *indices: Index) -> sympy.Expr:
        family = self.family(base)
        symbol = family.symbol(self.suffix, indices)
        return (self.fixed or {}).get(symbol.name, symbol)

    def family(self, base: str) -> Family:
        """The family of this base."""
        return next(family for family in self.families if family.base == base)

    def indexed(self, base: str, index: sympy.Expr) -> sympy.Indexed:
        """One of several parameters whose subscript is counted up or computed, as ρ_k in a product over k."""
        name = f"{base}_{self.suffix}" if self.suffix else base
        return sympy.Indexed(name, index)  # pyright: ignore[reportReturnType]


def put(expression: sympy.Expr, values: Mapping[sympy.Symbol, sympy.Expr]) -> sympy.Expr:
    """An expression with values in place of symbols."""
    placed = expression.xreplace(dict(values))
    assert isinstance(placed, sympy.Expr)
    return placed


def number_of_parameters(families: tuple[Family, ...]) -> sympy.Expr:
    """How many parameters families have together, in t (and q for bands)."""
    return sympy.expand(sympy.Add(*(COUNT[family.over] for family in families)))


def whole_order(n: Size, fewest: int, what: str) -> None:
    """Refuse a dimension that a structure cannot have. Raises SizeError."""
    if n.is_Integer and n < fewest:  # pyright: ignore[reportOperatorIssue]
        raise SizeError(
            f"{what} needs {fewest} rows or more; {n} {'was' if n == 1 else 'were'} given.",
            tip=f"Give n = {fewest} or more.",
        )
