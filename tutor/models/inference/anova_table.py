"""The table of an analysis of variance: expected mean squares with their F ratios, and what data say."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass

import sympy

from tutor.algebra.applied import Applied
from tutor.algebra.nodes import Scalar
from tutor.algebra.single import sum_or_term
from tutor.algebra.tree import Tree
from tutor.display import Shown
from tutor.errors import UnknownNameError
from tutor.models.inference.combination import combination, mean_square, sum_of
from tutor.models.inference.sources import RESIDUAL, Source
from tutor.notation.style import Style
from tutor.notation.write import display, latex, markdown, unicode
from tutor.notation.writing.pen import Pen, Piece, written
from tutor.notation.writing.write_table import Table, table_display, table_latex, table_markdown, table_text

LECTURE = Style()

FIXED_PART = "Q"
"""What a lecture calls the part of a mean square that fixed effects bring."""


@dataclass(frozen=True, slots=True)
class Test:
    """The F ratio of a source: MS / ``denominator``, with ``degrees_of_freedom`` of the denominator, and why.

    ``denominator`` is a sum of mean squares MS_…; where it has several terms the degrees of freedom are approximate,
    and a formula in mean squares.
    """

    denominator: sympy.Expr
    degrees_of_freedom: sympy.Expr
    because: str

    @property
    def is_exact(self) -> bool:
        """Whether a single mean square serves."""
        return self.denominator.is_Symbol


@dataclass(frozen=True, slots=True)
class Observed:
    """What data say of a source: its sum of squares, exactly, and the F ratio with the degrees of freedom of its
    denominator and the probability of a larger one; None where the source has no test, or F no positive denominator.
    The mean square is None without degrees of freedom.
    """

    sum_of_squares: sympy.Rational
    mean_square: sympy.Rational | None
    ratio: float | None = None
    degrees_of_freedom: float | None = None
    p_value: float | None = None


@dataclass(frozen=True, slots=True)
class Line:
    """A source with its test; None for the residual, and where no combination of mean squares serves.

    ``observed`` is what the response of the model says, if it has one.
    """

    source: Source
    test: Test | None
    observed: Observed | None = None

    @property
    def name(self) -> str:
        return self.source.name

    @property
    def mean_square(self) -> sympy.Symbol:
        return mean_square(self.source.name)


@dataclass(frozen=True, slots=True, repr=False)
class Anova(Shown):
    """The table of an analysis of variance, a line for each source; ``restricted`` tells which model it is of."""

    lines: tuple[Line, ...]
    restricted: bool

    def __iter__(self) -> Iterator[Line]:
        return iter(self.lines)

    def __len__(self) -> int:
        return len(self.lines)

    def __getitem__(self, name: str) -> Line:
        """The line of a source. Raises UnknownNameError for another name."""
        found = {line.name: line for line in self.lines}
        if name not in found:
            raise UnknownNameError("The source", name, found)
        return found[name]

    def components(self) -> dict[sympy.Symbol, sympy.Expr]:
        """Each variance as a sum of mean squares that has it as its expectation.

        They are unbiased, and may come out negative. A variance that no mean square without fixed effects holds is
        left out.
        """
        clean = [line.source for line in self.lines if not line.source.means]
        found = {}
        for line in self.lines:
            variance = line.source.part.variance
            if variance is None:
                continue
            multiples = combination({variance: sympy.S.One}, clean)
            if multiples is not None:
                found[variance] = sum_of(multiples)
        return found


# As notation


def expected_mean_square(source: Source) -> Tree:
    """σ² + s σ²_v + Q(A), the residual variance first."""
    shares: list[Tree] = [Scalar(share * variance) for variance, share in source.coefficients]
    if source.means:
        shares.append(Applied(FIXED_PART, tuple(Scalar(sympy.Symbol(name)) for name in source.means)))
    return sum_or_term(shares)


def tables(found: Anova) -> Iterator[Table]:
    """The table of expectations and, of a model with data, that of its numbers."""
    yield Table(("source", "df", "E(MS)", "F ratio"), tuple(_expected(line) for line in found))
    if any(line.observed is not None for line in found):
        yield Table(("source", "df", "SS", "MS", "F", "p"), tuple(_observed(line) for line in found))


def _expected(line: Line) -> tuple[object, ...]:
    ratio: object = ""
    if line.test is not None:
        ratio = line.mean_square / line.test.denominator
    elif line.name != RESIDUAL:
        ratio = "no test"
    return line.name, line.source.degrees_of_freedom, expected_mean_square(line.source), ratio


def _observed(line: Line) -> tuple[object, ...]:
    seen = line.observed
    assert seen is not None
    told = [_rounded(seen.sum_of_squares), "" if seen.mean_square is None else _rounded(seen.mean_square)]
    told += [
        "" if seen.ratio is None else f"{seen.ratio:.2f}",
        "" if seen.p_value is None else _probability(seen.p_value),
    ]
    return line.name, line.source.degrees_of_freedom, *told


def _rounded(value: sympy.Rational) -> str:
    """Four digits behind the point at most, none where it is whole."""
    return f"{float(value):.4f}".rstrip("0").rstrip(".")


def _probability(value: float) -> str:
    return "< 0.0001" if value < 0.0001 else f"{value:.4f}"


@written.register
def write_anova(found: Anova, pen: Pen) -> Piece:
    """The names of the sources on one line."""
    return Piece(pen.dialect.verbatim(", ".join(line.name for line in found)))


def _joined(found: Anova, write: Callable[[Table], str], between: str) -> str:
    return between.join(map(write, tables(found)))


def _unicode(found: Anova, style: Style = LECTURE) -> str:
    return _joined(found, lambda table: table_text(table, style), "\n\n")


def _latex(found: Anova, style: Style = LECTURE) -> str:
    return _joined(found, lambda table: table_latex(table, style), "\n\\\\[2ex]\n")


def _markdown(found: Anova, style: Style = LECTURE) -> str:
    return _joined(found, lambda table: table_markdown(table, style), "\n\n")


def _display(found: Anova, pen: Pen) -> str:
    return _joined(found, lambda table: table_display(table, pen), "\n")


unicode.register(Anova, _unicode)
latex.register(Anova, _latex)
markdown.register(Anova, _markdown)
display.register(Anova, _display)
