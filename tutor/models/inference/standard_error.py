"""A standard error as a result: the root of a variance, with what each part of it comes from."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field

import sympy

from tutor.algebra.applied import Applied
from tutor.algebra.nodes import Scalar, Sum
from tutor.algebra.rules import Derivation, chain, without_detours
from tutor.algebra.tree import Tree
from tutor.algebra.walk import walk
from tutor.display import Shown
from tutor.errors import TutorError
from tutor.models.collected import collected
from tutor.notation.style import Style
from tutor.notation.write import fitted, latex, markdown, unicode
from tutor.notation.writing.pen import Pen, Piece, written
from tutor.notation.writing.write_table import Table, table_text

LECTURE = Style()


@dataclass(frozen=True, slots=True)
class Contribution:
    """What a variance brings to the variance of a mean or a difference, and why.

    ``formula`` is the same before its fractions are put together, where that tells more: 2/(r e/σ² + …).
    """

    variance: sympy.Expr | Tree
    because: str
    formula: sympy.Expr | None = None

    @property
    def line(self) -> Tree:
        """What stands for it in a derivation."""
        found = self.variance if self.formula is None else self.formula
        return found if isinstance(found, Tree) else Scalar(found)


@dataclass(frozen=True, slots=True, repr=False)
class StandardError(Shown):
    """The standard error of an estimate: the root of its ``variance``, of what it is made and why.

    ``variance`` is an expression, or a tree with a sum over an index. ``opening`` leads from the variance of the
    estimate to k'(X'V⁻¹X)⁻k.
    """

    what: str
    variance: sympy.Expr | Tree
    contributions: tuple[Contribution, ...]
    opening: Callable[[], Derivation] | None = field(default=None, compare=False)

    @property
    def derivation(self) -> Derivation:
        """Var(k'β̂) = k'(X'V⁻¹X)⁻k = … = ``variance``, with what each line follows from.

        Raises
        ------
        TutorError
            For an average over pairs of means that are not all of an effect.
        """
        if self.opening is None:
            raise TutorError(f"{self.what} is a mean of variances of which each has its derivation.",
                             tip="Ask each of the kinds for it: .kinds[0].error.derivation")  # fmt: skip
        opening = self.opening()
        parts = [part.line for part in self.contributions if part.variance != 0]
        line = Scalar(sympy.S.Zero) if not parts else parts[0] if len(parts) == 1 else Sum(tuple(parts))
        whole = self.variance if isinstance(self.variance, Tree) else Scalar(self.variance)
        reasons = "; ".join(dict.fromkeys(part.because for part in self.contributions))
        steps = [*opening.steps, *chain(opening.result, ("contributions", reasons, line)).steps]
        return without_detours(opening.goal, [*steps, *chain(line, ("closed-form", "put together", whole)).steps])

    @property
    def tree(self) -> Tree:
        """The root of the variance, 1 × 1, which has a value: ``se.tree.numpy(sigma2=1)``."""
        # The root is not taken of the factors: √(σ²/(2n)) stays.
        variance = self.variance if isinstance(self.variance, Tree) else Scalar(self.variance)
        return Applied("power", (variance, Scalar(sympy.Rational(1, 2))))

    def number(self, **values: float) -> float:
        """The value at values of the parameters, and of sizes that are letters; names that are not in it are left out.

        Raises
        ------
        DomainError
            For a value that is missing or outside its domain.
        """
        known = {str(each) for each in self.letters}
        return float(self.tree.numpy(**{name: value for name, value in values.items() if name in known})[0, 0])

    @property
    def letters(self) -> frozenset[sympy.Basic]:
        """The letters in the variance."""
        if isinstance(self.variance, Tree):
            return frozenset(
                letter for node in walk(self.variance) if isinstance(node, Scalar) for letter in node.value.free_symbols
            )
        return frozenset(self.variance.free_symbols)


def told_error(what: str, parts: Sequence[Contribution], *, apart: bool = False) -> StandardError:
    """The standard error whose variance is the sum of these parts, as one fraction collected by the variances, or with
    the parts ``apart``, where their squares and differences tell more."""
    total = sympy.Add(*(part.variance for part in parts if isinstance(part.variance, sympy.Expr)))
    sums = [part.variance for part in parts if isinstance(part.variance, Tree)]
    if sums:
        whole = sums if total == 0 else [Scalar(collected(total)), *sums]
        return StandardError(what, whole[0] if len(whole) == 1 else Sum(tuple(whole)), tuple(parts))
    # Powers of a correlation, as 1 − ρ^t, stay as the structure has them.
    structured = any(str(letter).startswith("rho") for letter in total.free_symbols)
    return StandardError(what, sympy.factor_terms(total) if structured or apart else collected(total), tuple(parts))


def _rows(found: StandardError) -> Iterator[tuple[object, str]]:
    yield found.tree, f"standard error of {found.what}"
    for part in found.contributions:
        yield part.variance, part.because


def _table(found: StandardError) -> Table:
    first, *rest = _rows(found)
    return Table(("", ""), (first, *rest))


@written.register
def write_standard_error(found: StandardError, pen: Pen) -> Piece:
    """The root of the variance."""
    return written(found.tree, pen)


def _unicode(found: StandardError, style: Style = LECTURE) -> str:
    return table_text(_table(found), style).removeprefix("\n")


def _fitted(found: StandardError, style: Style, width: int) -> str:
    return table_text(_table(found), style, width).removeprefix("\n")


def _latex(found: StandardError, style: Style = LECTURE) -> str:
    return latex(found.tree, style)


def _markdown(found: StandardError, style: Style = LECTURE) -> str:
    return f"$${latex(found.tree, style)}$$"


unicode.register(StandardError, _unicode)
fitted.register(StandardError, _fitted)
latex.register(StandardError, _latex)
markdown.register(StandardError, _markdown)
