"""What all covariance structures have in common: `Structure`."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Mapping, Sequence
from typing import Any, Literal

import sympy
from sympy.matrices.immutable import ImmutableDenseMatrix

from tutor.algebra.sizes import Size, SizeLike
from tutor.algebra.tree import Tree
from tutor.covariance.definite import definiteness, floats
from tutor.covariance.domain import Condition, exact_values, told
from tutor.covariance.parameters import Family, Parameter
from tutor.errors import DomainError, TutorError
from tutor.notation.style import Style
from tutor.notation.writing.dialect import Dialect
from tutor.notation.writing.dialects import LATEX, UNICODE
from tutor.notation.writing.pen import Pen

Order = SizeLike | Sequence[SizeLike] | None
"""How many rows: a number, a letter, or one of them for each factor of a Kronecker product; None for as many as there
are positions."""

Fixed = Mapping[str, sympy.Expr]
"""Values of parameters that are not free, by name."""


class Structure(ABC):
    """A covariance structure of any size."""

    @property
    @abstractmethod
    def key(self) -> str:
        """Its name, as ar1."""

    @property
    @abstractmethod
    def title(self) -> str:
        """What it is called in words."""

    @property
    @abstractmethod
    def formula(self) -> str:
        """The covariance of rows i and j, in plain text."""

    @property
    @abstractmethod
    def latex_formula(self) -> str:
        """The covariance of rows i and j, in LaTeX."""

    @property
    @abstractmethod
    def programs(self) -> Mapping[str, str]:
        """What SAS, nlme, glmmTMB and lme4 call it; a program that does not have it is not there."""

    @property
    @abstractmethod
    def warnings(self) -> tuple[str, ...]:
        """Clashes of names, and what else is easily mistaken."""

    @property
    @abstractmethod
    def parameters(self) -> tuple[Family, ...]:
        """Its kinds of parameters."""

    @property
    @abstractmethod
    def count(self) -> sympy.Expr:
        """The number of its parameters, in t (and q for bands; t_1 and t_2 for a Kronecker product)."""

    @property
    @abstractmethod
    def domain(self) -> tuple[Condition, ...]:
        """The conditions under which it is a covariance matrix; ``str`` of one says it in words."""

    @abstractmethod
    def order(self, n: Order = None) -> Size:
        """The number of rows. Raises SizeError for one that it cannot have."""

    @abstractmethod
    def parameters_of(self, n: Order = None, suffix: str = "") -> tuple[Parameter, ...]:
        """Every parameter at a size that is a number. Raises SizeError for a letter."""

    @abstractmethod
    def tree(self, n: Order, suffix: str, fixed: Fixed) -> Tree:
        """The matrix, n × n, with values in place of some parameters."""

    @abstractmethod
    def corners(self, n: Order, suffix: str = "") -> ImmutableDenseMatrix:
        """Rows and columns 1, 2, 3 and n of the matrix for a letter n. Raises SizeError for another size."""

    @abstractmethod
    def check_exact(self, values: Fixed, n: Order, suffix: str, fixed: Fixed) -> None:
        """Refuse exact values outside the domain. Raises DomainError."""

    @abstractmethod
    def entry(self, i: Any, j: Any, suffix: str = "") -> sympy.Expr:
        """The covariance of rows i and j, numbers from 1 or letters, as an expression of SymPy."""

    def matrix(self, n: Order = None, suffix: str = "") -> Tree:
        """The matrix, n × n, by its structure where it has one: σ²((1−ρ)I_n + ρJ_n).

        ``n`` is a number or a letter, or may be left out where there are positions; a Kronecker product takes one for
        each factor. ``suffix`` is put below every parameter: "u" makes σ²_u of σ². A letter makes a symbol Σ of what
        has no form of that size.

        Raises
        ------
        SizeError
            For a size that the structure cannot have.
        """
        return self.tree(n, suffix, {})

    def picture(self, n: Order, dialect: Literal["unicode", "latex"] = "latex", suffix: str = "") -> str:
        """The matrix with dots, for a size that is a letter: rows and columns 1, 2, 3, …, n.

        Raises
        ------
        SizeError
            For a size that is a number, whose entries can all be written.
        """
        return with_dots(self.corners(n, suffix), {"unicode": UNICODE, "latex": LATEX}[dialect])

    def check(self, values: Mapping[str, Any], n: Order = None, suffix: str = "") -> None:
        """Refuse values, by name, that make no covariance matrix, n × n. Floats count as the decimals they print.

        Raises
        ------
        DomainError
            For a missing value or one outside the domain; it names the boundary.
        UnknownNameError
            For a name that is no parameter.
        """
        self.check_exact(exact_values(values, self.parameters_of(n, suffix)), n, suffix, {})

    def numpy(self, values: Mapping[str, Any], n: Order = None, suffix: str = "") -> Any:
        """The matrix as doubles, n × n. Raises as `check` does."""
        numbers = exact_values(values, self.parameters_of(n, suffix))
        self.check_exact(numbers, n, suffix, {})
        return floats(self.matrix(n, suffix), numbers)

    def inverse(self, n: Order = None, suffix: str = "", fixed: Fixed | None = None) -> Tree:
        """The inverse in closed form, n × n.

        Raises
        ------
        TutorError
            Where no closed form is known.
        """
        raise self.without("inverse")

    def determinant(self, n: Order = None, suffix: str = "", fixed: Fixed | None = None) -> Tree:
        """The determinant in closed form, 1 × 1.

        Raises
        ------
        TutorError
            Where no closed form is known.
        """
        raise self.without("determinant")

    def without(self, what: str, letter: str = "") -> TutorError:
        """The error for a closed form that is not known."""
        method = "inv" if what == "inverse" else "det"
        tip = "Give a number for the size." if letter else f"matrix(n).{method}() is it as notation."
        return TutorError(f"No closed form is known of the {what} of {self.key}{letter}.", tip=tip)

    def __repr__(self) -> str:
        return f"<{self.key}: {self.title}, {self.formula}>"


def with_dots(corners: ImmutableDenseMatrix, dialect: Dialect) -> str:
    """A matrix of which the first rows and columns are given, and the last."""
    pen = Pen(dialect, Style())
    across, down, aslant = dialect.dots
    lines = [[pen.whole(entry) for entry in row] for row in corners.tolist()]
    spread = [[*line[:-1], across, line[-1]] for line in lines]
    between = [down] * (corners.cols - 1) + [aslant, down]
    return dialect.matrix([*spread[:-1], between, spread[-1]], pen.style)


def refuse_unless_definite(tree: Tree, values: Fixed, title: str) -> None:
    """Raises DomainError where a matrix at exact values is not positive definite."""
    verdict, rows = definiteness(tree, values)
    if verdict == "positive definite":
        return
    names = ", ".join(f"{name} = {told(value)}" for name, value in list(values.items())[:8])
    short = f"{names}, …" if len(values) > 8 else names
    if verdict == "singular":
        raise DomainError(
            f"At {short} the matrix ({title}) is on the boundary of its domain: row {rows} depends on those above it, "
            "so it is singular and not positive definite.",
            tip="Move the covariances towards 0.",
        )
    raise DomainError(
        f"At {short} the matrix ({title}) is not positive definite: the determinant of its first {rows} rows and "
        f"columns is negative, and the boundary is where it is 0.",
        tip="Move the covariances towards 0.",
    )
