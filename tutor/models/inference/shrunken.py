"""Predictors of random effects as sums of shrunken deviations of means, and how they are shown."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import sympy

from tutor.algebra.build import vstack
from tutor.algebra.nodes import Scalar, Scaled
from tutor.algebra.rules import Derivation
from tutor.algebra.single import sum_or_term
from tutor.algebra.tree import Tree
from tutor.display import Shown
from tutor.models.inference.derived import Line
from tutor.models.inference.estimates import numbers
from tutor.notation.style import Style
from tutor.notation.write import latex, markdown, unicode
from tutor.notation.writing.pen import Pen, Piece, written

MOST_GROUPS = 6
"""Groups of different sizes of which each has a line of its own in a summary."""

LECTURE = Style()


@dataclass(frozen=True, slots=True)
class Share:
    """A ``deviation`` of means, 1 × 1, and its ``factor``; ``matrix`` is what makes the deviations of all groups of y,
    q_k × n, where the design is balanced."""

    factor: sympy.Expr
    deviation: Tree
    matrix: Tree | None = None


@dataclass(frozen=True, slots=True)
class Shrunken:
    """The predictor of one effect: its name, 1 × 1, and the shares of which it is the sum, the finest first.

    ``derivation`` leads from û_k, q_k × 1, to the same in matrices; None where the groups differ in size.
    """

    group: str
    name: Scalar
    shares: tuple[Share, ...]
    derivation: Derivation | None = None

    @property
    def tree(self) -> Tree:
        """The sum of all shares, 1 × 1."""
        return sum_or_term([Scaled(Scalar(share.factor), share.deviation) for share in self.shares])

    @property
    def matrix(self) -> Tree | None:
        """What makes the predictors of all groups of y, q_k × n; None where the design is not balanced."""
        parts = [Scaled(Scalar(share.factor), share.matrix) for share in self.shares if share.matrix is not None]
        return sum_or_term(parts) if len(parts) == len(self.shares) else None


@dataclass(frozen=True, slots=True, repr=False, eq=False)
class Shrinkage(Shown):
    """The predictors of the effects of each random term, one for all of its groups, or one for each group; ``moments``
    are their variance and that of their error, where the groups have sizes of their own."""

    effects: tuple[Shrunken, ...]
    moments: tuple[Line, ...] = ()

    def __iter__(self) -> Iterator[Shrunken]:
        return iter(self.effects)

    def __len__(self) -> int:
        return len(self.effects)

    @property
    def matrix(self) -> Tree | None:
        """What makes û of y, q × n; None where the design is not balanced."""
        parts = [each.matrix for each in self.effects]
        return None if None in parts else vstack(*filter(None, parts))

    def at(self, **parameters: float) -> dict[str, tuple[float, ...]]:
        """The factors of each predictor in numbers, by its name, at given parameters and sizes.

        Raises
        ------
        DomainError
            For a missing value, or one outside its domain.
        """
        return {
            str(each.name.value): tuple(float(numbers(Scalar(share.factor), parameters)[0, 0]) for share in each.shares)
            for each in self.effects
        }

    @property
    def lines(self) -> tuple[Line, ...]:
        """An equality for each, at most six, and the moments of groups of their own sizes."""
        told = [Line((each.name, each.tree), f"shrinkage of the effects of {each.group}")
                for each in self.effects[:MOST_GROUPS]]  # fmt: skip
        return (*told, *self.moments)


@written.register
def write_shrinkage(found: Shrinkage, pen: Pen) -> Piece:
    """The equalities on one line."""
    equals = f" {pen.dialect.relation('=')} "
    return Piece(pen.dialect.comma.join(equals.join(map(pen.whole, line.sides)) for line in found.lines))


def _unicode(found: Shrinkage, style: Style = LECTURE) -> str:
    return "\n".join(f"{unicode(each.name, style)} = {unicode(each.tree, style)}" for each in found)


def _latex(found: Shrinkage, style: Style = LECTURE) -> str:
    lines = [f"{latex(each.name, style)} &= {latex(each.tree, style)}" for each in found]
    return "\\begin{aligned}\n" + " \\\\\n".join(lines) + "\n\\end{aligned}"


def _markdown(found: Shrinkage, style: Style = LECTURE) -> str:
    return f"$$\n{_latex(found, style)}\n$$"


unicode.register(Shrinkage, _unicode)
latex.register(Shrinkage, _latex)
markdown.register(Shrinkage, _markdown)
