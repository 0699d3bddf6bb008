"""The table of an analysis of variance: expected mean squares with their F ratios, and what data say."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

import sympy

from tutor.algebra.applied import Applied
from tutor.algebra.nodes import Scalar, Scaled
from tutor.algebra.rules import Derivation
from tutor.algebra.single import sum_or_term
from tutor.algebra.tree import Tree
from tutor.display import writer
from tutor.errors import TutorError, UnknownNameError
from tutor.models.inference.chi_squared import are_multiples_of_chi_squared
from tutor.models.inference.combination import combination, mean_square, sum_of
from tutor.models.inference.explained import Explained, Part
from tutor.models.inference.fixed_part import fixed_part_in_effects, told_in_effects
from tutor.models.inference.log_likelihood import meanings
from tutor.models.inference.long_fractions import LongFractions
from tutor.models.inference.mean_squares import MeanSquares
from tutor.models.inference.numbers_of import numbers_of
from tutor.models.inference.restricted import is_restricted
from tutor.models.inference.source_parts import RESIDUAL, Source
from tutor.models.inference.unequal_groups import named_sizes
from tutor.notation.write import inline
from tutor.notation.writing.pen import Pen, Piece, written
from tutor.notation.writing.write_table import (
    Table,
)

FIXED_PART = "Q"
"""What a lecture calls the part of a mean square that fixed effects bring."""

NO_CHI_SQUARED = (
    "The formula takes the mean squares for independent multiples of χ². Groups of unequal sizes leave them neither: "
    "A V A is no multiple of A. Ratio and degrees of freedom are approximate for that reason too."
)


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


@dataclass(frozen=True, slots=True, repr=False)
class Line(Explained):
    """A source with its test; None for the residual, and where no combination of mean squares serves.

    ``observed`` is what the response of the model says, if it has one; ``squares`` are the mean squares of the model as
    quadratic forms.
    """

    source: Source
    test: Test | None
    observed: Observed | None = None
    squares: MeanSquares | None = field(default=None, repr=False, compare=False)

    @property
    def derivation(self) -> Derivation:
        """E(MS) step by step, from E(y'Ay) = tr(AV) + μ'Aμ.

        Raises
        ------
        TutorError
            For more than 240 rows without a balanced structure, and for a source without degrees of freedom.
        """
        return self._squares.expectation(self.source)

    @property
    def sum_of_squares(self) -> Derivation:
        """E(SS) step by step, SS = y'Ay, also of a source without degrees of freedom.

        Raises
        ------
        TutorError
            For more than 240 rows without a balanced structure.
        """
        return self._squares.expected_sum(self.source)

    @property
    def fixed_part(self) -> Tree | None:
        """Q of the source in effects, b Σ_i (τ_i − τ̄_·)²/(t − 1), 1 × 1; None where there is none, and where the design
        is not balanced."""
        return fixed_part_in_effects(self._squares.model, self.source)

    def number(self, **values: float) -> float:
        """E(MS) at values of the variances and, of a source with fixed effects, of the elements of β: ``tau_1=2``.

        Raises
        ------
        UnknownNameError
            For a value of something else.
        DomainError
            For a value that is missing or outside its domain.
        TutorError
            As ``derivation``.
        """
        return float(numbers_of(self.derivation.result, self._squares.model, values)[0, 0])

    @property
    def satterthwaite(self) -> Derivation | None:
        """The degrees of freedom of a denominator that is a sum of mean squares, step by step; None for another, and
        where its mean squares are no independent multiples of χ², for which the formula is meant.

        Raises
        ------
        TutorError
            For more than 240 rows without a balanced structure.
        """
        if self.test is None or self.test.is_exact or not self._is_satterthwaite_exact:
            return None
        return self._squares.satterthwaite(self._squares.multiples(self.test.denominator))

    @property
    def _is_satterthwaite_exact(self) -> bool:
        """Whether the mean squares of the denominator have the moments that the formula takes them to have."""
        assert self.test is not None
        sources = [each for each, _ in self._squares.multiples(self.test.denominator)]
        return are_multiples_of_chi_squared(self._squares, sources)

    @property
    def parts(self) -> Sequence[Part]:
        if self.source.degrees_of_freedom == 0:
            return [f"There is no mean square of {self.name}: it has no degrees of freedom.", self.sum_of_squares]
        found: list[Part] = [f"The mean square of {self.name}", self.derivation]
        in_effects = told_in_effects(self._squares.model, self.source)
        if in_effects is not None:
            found.append(in_effects)
        if self.test is None and self.name != RESIDUAL:
            found.append(f"There is no F ratio: no sum of mean squares has the expectation that MS_{self.name} has "
                         f"without effects of {self.name}.")  # fmt: skip
        if self.test is not None:
            ratio = writer().inline(Scalar(self.mean_square / self.test.denominator))
            found.append(f"F = {ratio}: {self.test.because}.")
        if self.satterthwaite is not None:
            found.append(self.satterthwaite)
        elif self.test is not None and not self.test.is_exact:
            found.append(NO_CHI_SQUARED)
        return [*found, *meanings(self._squares.model, [self.derivation])]

    @property
    def _squares(self) -> MeanSquares:
        assert self.squares is not None  # `anova` gives it
        return self.squares

    @property
    def name(self) -> str:
        return self.source.name

    @property
    def mean_square(self) -> sympy.Symbol:
        return mean_square(self.source.name)


@dataclass(frozen=True, slots=True, repr=False)
class Anova(Explained):
    """The table of an analysis of variance, a line for each source; ``restricted`` tells which model it is of.

    ``adjusted`` are lines beside the table, of units adjusted for treatments, for variances that no mean square of the
    table has without fixed effects.
    """

    lines: tuple[Line, ...]
    restricted: bool
    adjusted: tuple[Line, ...] = ()

    @property
    def parts(self) -> Sequence[Part]:
        return [*tables(self), *_remarks(self)]

    def __iter__(self) -> Iterator[Line]:
        return iter(self.lines)

    def __len__(self) -> int:
        return len(self.lines)

    def __getitem__(self, name: str) -> Line:
        """The line of a source, its factors in any order: batch:cask or cask:batch. Raises UnknownNameError for another
        name."""
        found = {line.name: line for line in (*self.lines, *self.adjusted)}
        in_order = {frozenset(each.split(":")): each for each in found}
        plain = name.replace(" after ", "-after-").replace(" and ", "-and-")
        known = plain if plain in found else in_order.get(frozenset(name.split(":")))
        if known is None:
            raise UnknownNameError("The source", name, found)
        return found[known]

    def derive(self, variance: str | sympy.Symbol) -> Derivation:
        """The estimator of a variance as the sum of mean squares whose expectation it is, step by step.

        Raises
        ------
        UnknownNameError
            For something that is no variance of the table.
        TutorError
            For a variance that only mean squares with fixed effects have.
        """
        found = {str(symbol): (symbol, tree) for symbol, tree in self.components().items()}
        if str(variance) not in found:
            self._refuse_hidden(str(variance))
            raise UnknownNameError("The variance", str(variance), found)
        symbol, total = found[str(variance)]
        squares = self.lines[0].squares
        assert squares is not None
        return squares.component(symbol, squares.multiples(total))

    def _refuse_hidden(self, variance: str) -> None:
        """Raise TutorError for a variance that is in the table, and in no sum of mean squares alone."""
        holders = [each for each in self.lines if variance in {str(symbol) for symbol, _ in each.source.coefficients}]
        if not holders:
            return
        symbol = next(symbol for symbol, _ in holders[0].source.coefficients if str(symbol) == variance)
        told = ", ".join(f"{each.name}, which has Q({', '.join(each.source.means)}) too" for each in holders
                         if each.source.means)  # fmt: skip
        raise TutorError(
            f"No sum of these mean squares has {inline(symbol)} as its expectation: it is in that of "
            f"{told or ', '.join(each.name for each in holders)}.",
            tip="m.fit(y) estimates it by REML, which takes the fixed effects out first.",
        )

    def components(self) -> dict[sympy.Symbol, sympy.Expr]:
        """Each variance as a sum of mean squares that has it as its expectation.

        They are unbiased, and may come out negative. Units that hold some of the treatments are adjusted for these. A
        variance that no mean square without fixed effects holds is left out.
        """
        beside = {line.source.part.variance: line.source for line in self.adjusted}
        clean = [
            beside.get(line.source.part.variance, line.source)
            for line in self.lines
            if (not line.source.means or line.source.part.variance in beside) and line.source.degrees_of_freedom != 0
        ]
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


def expected_mean_square(source: Source, fractions: LongFractions | None = None) -> Tree:
    """σ² + s σ²_v + Q(A), the residual variance first; long ``fractions`` by their letters."""
    told = [(v, share if fractions is None else fractions.of(share)) for v, share in source.coefficients]
    shares: list[Tree] = [
        Scaled(Scalar(share), Scalar(variance)) if share.is_Symbol else Scalar(share * variance)
        for variance, share in told
    ]
    if source.means:
        shares.append(Applied(FIXED_PART, tuple(Scalar(sympy.Symbol(name)) for name in source.means)))
    return sum_or_term(shares)


def tables(found: Anova) -> Iterator[Table]:
    """The table of expectations and, of a model with data, that of its numbers."""
    fractions = LongFractions()
    yield Table(("source", "df", "E(MS)", "F ratio"), tuple(_expected(line, fractions) for line in found))
    if any(line.observed is not None for line in found):
        yield Table(("source", "df", "SS", "MS", "F", "p"), tuple(_observed(list(found))))
    squares = found.lines[0].squares
    sizes = {} if squares is None else named_sizes(squares.model)
    if sizes:
        yield Table(("where", "is"), tuple((name, size.definition) for name, size in sizes.items()))
    if fractions.names:
        yield Table(("where", "is"), fractions.told())


def _expected(line: Line, fractions: LongFractions) -> tuple[object, ...]:
    ratio: object = ""
    if line.test is not None:
        ratio = line.mean_square / fractions.of_sum(line.test.denominator)
    elif line.name != RESIDUAL:
        ratio = "no test"
    degrees = line.source.degrees_of_freedom
    return line.name, degrees, "no mean square" if degrees == 0 else expected_mean_square(line.source, fractions), ratio


def _observed(lines: Sequence[Line]) -> Iterator[tuple[object, ...]]:
    seen = [(line, line.observed) for line in lines if line.observed is not None]
    sums = _rounded([each.sum_of_squares for _, each in seen])
    means = _rounded([each.mean_square for _, each in seen])
    for (line, each), total, mean in zip(seen, sums, means, strict=True):
        ratio = "" if each.ratio is None else f"{each.ratio:.2f}"
        probability = "" if each.p_value is None else _probability(each.p_value)
        yield line.name, line.source.degrees_of_freedom, total, mean, ratio, probability


def _rounded(values: Sequence[sympy.Rational | None]) -> list[str]:
    """The numbers of a column with four digits behind the point, or as many as the one with the most has, if fewer."""
    shortest = [f"{float(value):.4f}".rstrip("0").partition(".")[2] for value in values if value is not None]
    decimals = max(map(len, shortest), default=0)
    return ["" if value is None else f"{float(value):.{decimals}f}" for value in values]


def _probability(value: float) -> str:
    return "< 0.0001" if value < 0.0001 else f"{value:.4f}"


@written.register
def write_anova(found: Anova, pen: Pen) -> Piece:
    """The names of the sources on one line."""
    return Piece(pen.dialect.verbatim(", ".join(line.name for line in found)))


_NOTHING_RESTRICTED = "No effects add up to 0 over a fixed factor here: the restricted model is the unrestricted one."


def _remarks(found: Anova) -> list[str]:
    """That nothing is restricted, where the restricted table was asked for."""
    squares = found.lines[0].squares
    is_same = squares is not None and not any(is_restricted(squares.model, term) for term in squares.model.random)
    return [_NOTHING_RESTRICTED] if found.restricted and is_same else []
