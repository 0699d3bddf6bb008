"""Analysis of variance: sources, degrees of freedom, expected mean squares, F ratios, variance components from them.

A source is tested against a mean square that has the same expectation when the source does nothing; where there is
none, against a combination of mean squares that has, with the degrees of freedom of Satterthwaite (1946), An
approximate distribution of estimates of variance components, Biometrics Bulletin 2, 110–114. The restricted model, in
which an interaction of a fixed with a random factor adds up to 0 over the fixed one, is that of Cornfield and Tukey
(1956), Annals of Mathematical Statistics 27, 907–949; Searle (1971), Linear Models, section 9.7, compares the two.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

import sympy
from flint import arb, fmpq

from tutor.errors import TutorError
from tutor.models.inference.adjusted_units import adjusted_sum_of_squares, adjusted_units
from tutor.models.inference.anova_table import Anova, Line, Observed, Test
from tutor.models.inference.combination import combination, mean_square, sum_of
from tutor.models.inference.mean_squares import MeanSquares
from tutor.models.inference.restricted import is_restricted
from tutor.models.inference.source_parts import RESIDUAL, Classes, Part, Source
from tutor.models.inference.sources import sources_of, sums_of_squares
from tutor.models.numbers import exact_number

if TYPE_CHECKING:
    from tutor.models.mixed import MixedModel


def anova(model: MixedModel, *, restricted: bool = False) -> Anova:
    """The analysis of variance of a model: an expected mean square and an F ratio for each source.

    Raises
    ------
    TutorError
        For a model whose variance is no sum of variance components; for the restricted table of a design in which
        effects that should add up to 0 are not all there.
    SizeError
        For a design that is not orthogonal with a letter for a size.
    DomainError
        When the value of a covariate is a letter.
    """
    sources = sources_of(model)
    if restricted:
        _require_all_effects(model)
        sources = tuple(_restricted(source, sources, model) for source in sources)
    others = () if restricted else adjusted_units(model, sources)
    squares = MeanSquares(model, sources, restricted, others)
    lines = tuple(Line(source, _test(source, sources), squares=squares) for source in sources)
    adjusted = tuple(Line(source, _test(source, (source, *sources)), squares=squares) for source in others)
    if model.response is not None:
        lines, adjusted = _with_data(lines, adjusted, model)
    return Anova(lines, restricted, adjusted)


def _require_all_effects(model: MixedModel) -> None:
    """Refuse a restricted table where units lack levels of a fixed factor, as incomplete blocks lack treatments: the
    effects that are there do not add up to 0, and stay in the mean squares of the units."""
    classes = Classes(model)
    fixed = {name for term in model.fixed for name in term.variables}
    for term in model.random:
        if not is_restricted(model, term):
            continue
        every = sympy.Mul(*(classes.cells({name}) for name in term.variables))
        if sympy.expand(every - term.matrix.columns) == 0:
            continue
        over, name = (
            ":".join(each for each in term.variables if chosen(each))
            for chosen in (fixed.__contains__, lambda each: each not in fixed)
        )
        raise TutorError(
            f"In the restricted model the effects of {':'.join(term.variables)} add up to 0 over all levels of {over}, "
            f"and here not every level of {name} has all of them.",
            tip="m.anova() has the table of the unrestricted model.",
        )


def _restricted(source: Source, sources: Sequence[Source], model: MixedModel) -> Source:
    """Without the interactions that add up to 0 over a fixed factor which the source does not have."""
    fixed = {name for term in model.fixed for name in term.variables}
    by_variance = {each.part.variance: each.part for each in sources if not each.part.is_fixed}

    def adds_up_to_nothing(part: Part) -> bool:
        if part.name == RESIDUAL or not is_restricted(model, model.random[part.position]):
            return False
        return bool((part.variables - source.part.variables) & fixed)

    kept = tuple((v, share) for v, share in source.coefficients if not adds_up_to_nothing(by_variance[v]))
    return replace(source, coefficients=kept)


def _test(source: Source, sources: Sequence[Source]) -> Test | None:
    """The mean squares whose expectation is that of the source when it does nothing."""
    if source.name == RESIDUAL or set(source.means) != ({source.name} if source.part.is_fixed else set()):
        return None
    own = source.part.variance
    expected = {variance: share for variance, share in source.coefficients if variance != own}
    clean = [each for each in sources if not each.means and each.part.variance != own and each.degrees_of_freedom != 0]
    for each in clean:
        if dict(each.coefficients) == expected:
            because = f"{each.name} has the same expected mean square when {_nothing(source)}"
            return Test(mean_square(each.name), each.degrees_of_freedom, because)
    multiples = combination(expected, clean)
    if multiples is None:
        return None
    total = sum_of(multiples)
    squares = [(share * mean_square(each.name)) ** 2 / each.degrees_of_freedom for each, share in multiples]
    because = (
        f"no single mean square has the same expectation when {_nothing(source)}, and this sum of them has; its "
        "degrees of freedom are Satterthwaite's"
    )
    return Test(total, total**2 / sympy.Add(*squares), because)


def _nothing(source: Source) -> str:
    return f"{source.name} has no effect" if source.part.is_fixed else f"the variance of {source.name} is 0"


# With data


def _with_data(
    lines: Sequence[Line], adjusted: Sequence[Line], model: MixedModel
) -> tuple[tuple[Line, ...], tuple[Line, ...]]:
    """The lines with the sums of squares, F ratios and p-values of the model's response."""
    response = _response(model)
    sums, sources = sums_of_squares(model, response), [line.source for line in lines]
    sums |= {line.name: adjusted_sum_of_squares(model, line.source, sources, response) for line in adjusted}
    squares = {
        line.mean_square: sums[line.name] / line.source.degrees_of_freedom
        for line in (*lines, *adjusted)
        if line.source.degrees_of_freedom
    }
    first, second = (
        tuple(replace(line, observed=_observed(line, sums[line.name], squares)) for line in each)
        for each in (lines, adjusted)
    )
    return first, second


def _response(model: MixedModel) -> list[sympy.Rational]:
    """y, or y − o with an offset, n numbers: what the sums of squares are of, a logarithm to the digits of a double."""
    found = [exact_number(value, model.response_name) for value in model.response or ()]
    if model.offset is None:
        return found
    known = [exact_number(value, "the offset") for value in model.offset.numpy().ravel()]
    return [exact_number(own - offset, model.response_name) for own, offset in zip(found, known, strict=True)]


def _observed(line: Line, total: sympy.Rational, squares: Mapping[sympy.Symbol, sympy.Rational]) -> Observed:
    own = squares.get(line.mean_square)
    if line.test is None or own is None:
        return Observed(total, own)
    denominator = _number(line.test.denominator, squares)
    if denominator <= 0:
        return Observed(total, own)
    ratio, below = own / denominator, _number(line.test.degrees_of_freedom, squares)
    above = _number(line.source.degrees_of_freedom, squares)
    return Observed(total, own, float(ratio), float(below), tail_of_F(ratio, above, below))


def _number(expression: sympy.Expr, squares: Mapping[sympy.Symbol, sympy.Rational]) -> sympy.Rational:
    """The value of an expression in mean squares."""
    return sympy.Rational(expression.xreplace(dict(squares)))  # pyright: ignore[reportArgumentType, reportReturnType]


def tail_of_F(ratio: sympy.Rational, above: sympy.Rational, below: sympy.Rational) -> float:
    """P(F > ratio) for F with ``above`` and ``below`` degrees of freedom, by the incomplete beta function.

    Source: Abramowitz and Stegun (1964), 26.6.2.
    """
    F, d1, d2 = (fmpq(int(x.p), int(x.q)) for x in (ratio, above, below))
    share = arb(d2 / (d2 + d1 * F))
    return float(share.beta_lower(arb(d2 / 2), arb(d1 / 2), 1).mid())
