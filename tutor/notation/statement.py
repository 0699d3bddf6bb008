"""What a display says: expressions, equations, definitions and distributions."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Literal

import sympy

from tutor.algebra.by_distance import ByDistance
from tutor.algebra.nodes import (
    Block,
    BlockDiagonal,
    Covariance,
    Expectation,
    Explicit,
    Identity,
    Ones,
    Scalar,
    Symbol,
    Transpose,
    Variance,
    Zero,
)
from tutor.algebra.sizes import ONE, Size
from tutor.algebra.tree import Tree

Kind = Literal[
    "symbol",
    "scalar",
    "vector",
    "matrix",
    "matrix-expression",
    "equation",
    "moment",
    "distribution",
    "index-model",
    "dimension",
    "definition",
    "several",
    "other",
]
"""What a text is as a whole."""


@dataclass(frozen=True, slots=True)
class Expression:
    """An expression alone; ``text[start:end]`` of the reading is where it stands."""

    tree: Tree
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Term:
    """A term of a sum of scalars as its factors, in the order written; −1 is the first where a minus stands before."""

    factors: tuple[Tree, ...]
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Equation:
    """Two or more sides, a = b = c, in the order written.

    ``terms`` are those of the last side of an equation between elements, y_ij = μ + τ_i + …, or of a link of one,
    log(μ_ij) = μ + τ_i + …, each as its factors: the order in which they were written, which SymPy's sum of scalars
    does not keep. ``gap`` says how many sides stand before dots, as in τ_1 = τ_2 = … = τ_t.
    """

    sides: tuple[Tree, ...]
    start: int
    end: int
    terms: tuple[Term, ...] = ()
    gap: int | None = None


@dataclass(frozen=True, slots=True)
class Definition:
    """A name and what it is defined as; ``value`` is None where it is left open, as an empty matrix leaves it."""

    subject: Tree
    value: Tree | None
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Distribution:
    """subject ~ family(arguments), perhaps given something; ``subject`` is None for a family alone, N(μ, σ²).

    ``family`` is "N" for each spelling of the normal, "" where none is named; ``below`` is the subscript of the
    family, its degrees of freedom or its dimension, as in t_ν; ``is_denied`` for ≁, not distributed as. ``manner`` is
    "iid", "ind" for independently, "approx", or "independent" where that stands behind it, of what else is said too.
    """

    subject: Tree | None
    family: str
    arguments: tuple[Tree, ...]
    start: int
    end: int
    given: tuple[Tree, ...] = ()
    below: str = ""
    is_denied: bool = False
    manner: str = ""


@dataclass(frozen=True, slots=True)
class Comparison:
    """Sides and the signs between them, as 0 < ρ ≤ 1; ``signs`` are of <, >, ≤, ≥, ≪, ≫, ≠, ≈, ∝, → and =."""

    sides: tuple[Tree, ...]
    signs: tuple[str, ...]
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Range:
    """An index letter and the whole numbers that it runs through; ``last`` is None for 0, 1, 2, …"""

    index: str
    first: int
    last: Size | None
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Dimension:
    """A name and its dimensions, those of the vocabulary or what its letters stand for: Z : n × q, or 12 × 4."""

    subject: Tree
    rows: Size
    columns: Size
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Membership:
    """What values something takes: y ∈ (0, 1), ρ ∈ [0, 1), y ∈ {0, 1, …, n}, y = 1/N, 2/N, …, N/N.

    ``brackets`` are the two that stand around the values, or none; ``gap`` says how many values stand before dots,
    None where there are no dots; ``subject`` is None for a list alone; ``numbers`` is a set of numbers by its letter,
    R, R+, N0 or Z, in place of values. Two values in other brackets than { } are the
    ends of an interval.
    """

    subject: Tree | None
    values: tuple[Tree, ...]
    brackets: str
    gap: int | None
    start: int
    end: int
    numbers: str = ""

    @property
    def is_interval(self) -> bool:
        """Whether all values between two ends are meant."""
        return len(self.values) == 2 and self.gap is None and self.brackets not in {"", "{}"}


@dataclass(frozen=True, slots=True)
class Hypothesis:
    """A relation with a name, H_0: μ_1 = μ_2."""

    name: str
    relation: Equation | Comparison
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Cases:
    """A name and its value in each of several cases; ``conditions`` are the words of each, as they were written."""

    subject: Tree | None
    values: tuple[Tree, ...]
    conditions: tuple[str, ...]
    start: int
    end: int


Statement = (
    Expression | Comparison | Range | Dimension | Equation | Definition | Distribution | Membership | Hypothesis | Cases
)


_ELEMENT = re.compile(r"(?P<base>[A-Za-z]+)_(?P<below>[0-9]*[h-o][0-9h-o_.,()|]*)")
_NO_RESPONSE = re.compile(r"^[sS]igma|(?:hat|bar|tilde)$")
_INDICES = frozenset("hijklmno")


def kind_of(parts: tuple[Statement, ...]) -> Kind:
    """The kind of a text that makes these statements."""
    if any(isinstance(part, Equation) and _is_index_equation(part) for part in parts) and all(
        isinstance(part, Equation | Distribution | Range | Comparison | Dimension | Membership | Cases)
        for part in parts
    ):
        return "index-model"
    if len(parts) > 1:
        return "several"
    part = parts[0] if parts else None
    if isinstance(part, Expression):
        return _expression_kind(part.tree)
    if isinstance(part, Equation):
        return "equation"
    if isinstance(part, Definition):
        return "definition"
    if isinstance(part, Dimension):
        return "dimension"
    return "distribution" if isinstance(part, Distribution) else "other"


def _expression_kind(tree: Tree) -> Kind:
    if isinstance(tree, Symbol):
        return "symbol"
    if isinstance(tree, Expectation | Variance | Covariance):
        return "moment"
    if tree.is_scalar:
        return "scalar"
    transposed = isinstance(tree, Transpose)
    while isinstance(tree, Transpose):
        tree = tree.tree
    if isinstance(tree, Explicit | ByDistance | Block | BlockDiagonal | Identity | Ones | Zero):
        return "vector" if ONE in tree.shape else "matrix-expression" if transposed else "matrix"
    return "matrix-expression"


def _is_index_equation(equation: Equation) -> bool:
    """y_ij = μ + τ_i + …: an element with letters for its indices on the left, a sum with one of them on the right.

    What is estimated (ŷ_ij), and variances (σ²_u), have subscripts too, and are no models.
    """
    left, right = equation.sides[0], equation.sides[-1]
    if not (isinstance(left, Scalar) and isinstance(right, Scalar) and left.value.is_Symbol):
        return False
    told = _ELEMENT.fullmatch(left.value.name) if isinstance(left.value, sympy.Symbol) else None
    if told is None or _NO_RESPONSE.search(told["base"]) or len(equation.terms) < 2:
        return False
    indices = set(told["below"]) & _INDICES
    below = (symbol.name.partition("_")[2] for symbol in right.value.free_symbols if isinstance(symbol, sympy.Symbol))
    return any(indices & set(subscript) for subscript in below)
