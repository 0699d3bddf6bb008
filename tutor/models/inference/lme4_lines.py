"""Which number of lme4's summary is which formula."""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache

import numpy as np
import sympy

from tutor.algebra.tree import Tree
from tutor.display import Shown
from tutor.models.effects import RandomTerm
from tutor.models.inference.fit_table import Fit, alike
from tutor.notation.read import read
from tutor.notation.style import Style
from tutor.notation.write import display, fitted, latex, markdown, unicode
from tutor.notation.writing.pen import Pen, Piece, written
from tutor.notation.writing.write_table import (
    Cell,
    Table,
    apart,
    apart_latex,
    table_display,
    table_latex,
    table_markdown,
    table_text,
)

LECTURE = Style()

GLS = r"(\mathbf{X}'\mathbf{V}^{-1}\mathbf{X})^{-1}\mathbf{X}'\mathbf{V}^{-1}\mathbf{y}"
BLUP = r"\mathbf{G}\mathbf{Z}'\mathbf{V}^{-1}(\mathbf{y} - \mathbf{X}\hat{\boldsymbol\beta})"
CONDITIONAL = r"\mathbf{G} - \mathbf{GZ}'\mathbf{V}^{-1}\mathbf{ZG}"
"""Var(u | y) at β that is known, its diagonal: without what the estimation of β adds to Var(û − u)."""

STANDARD_ERROR = r"\sqrt{\mathbf{k}'(\mathbf{X}'\mathbf{V}^{-1}\mathbf{X})^{-1}\mathbf{k}}"
"""Of the coefficient k'β, k having a 1 in its place."""

DEVIANCE = {
    "ML": r"n \log(2\pi) + \log|\mathbf{V}| + \mathbf{y}'\mathbf{P}\mathbf{y}",
    "REML": r"(n - p) \log(2\pi) + \log|\mathbf{V}| + \log|\mathbf{X}'\mathbf{V}^{-1}\mathbf{X}|"
    r" + \mathbf{y}'\mathbf{P}\mathbf{y}",
}
"""−2 log L as lme4 has it."""

RESIDUALS = r"(\mathbf{y} - \mathbf{X}\hat{\boldsymbol\beta} - \mathbf{Z}\hat{\mathbf{u}}) / \sigma"
QUARTILES = {"Min": 0.0, "1Q": 0.25, "Median": 0.5, "3Q": 0.75, "Max": 1.0}

RANDOM, FIXED, ML = "Random effects", "Fixed effects", "Maximum likelihood"


@dataclass(frozen=True, slots=True)
class Line:
    """A number that lme4 prints: under which heading, what it is called there, the formula, and the number."""

    section: str
    name: str
    formula: Cell
    value: float


@dataclass(frozen=True, slots=True, repr=False)
class Lines(Shown):
    """The numbers that lme4 prints for a fit, with their formulas."""

    lines: tuple[Line, ...]

    def __iter__(self) -> Iterator[Line]:
        return iter(self.lines)

    def __len__(self) -> int:
        return len(self.lines)


def lines(found: Fit) -> Lines:
    """What `summary` and `ranef` of lme4 print, line by line, with the formula of each."""
    return Lines(tuple(_lines(found)))


def _lines(found: Fit) -> Iterator[Line]:
    yield from _criteria(found)
    yield from _scaled_residuals(found)
    for term in found.model.random:
        yield from _random_lines(found, term)
    residual = found.model.parameters[0]
    if found.model.residual is None:
        value = found.values[residual.key]
        yield Line(RANDOM, "Residual, Variance", residual.symbol, value)
        yield Line(RANDOM, "Residual, Std.Dev.", sympy.sqrt(residual.symbol), math.sqrt(value))
    yield from _numbers_of_levels(found)
    for label, estimate in found.beta.items():
        if estimate.standard_error is None:
            continue
        yield Line(FIXED, f"{label}, Estimate", _formula(GLS), estimate.value)
        yield Line(FIXED, f"{label}, Std. Error", _formula(STANDARD_ERROR), estimate.standard_error)
        yield Line(FIXED, f"{label}, t value", "Estimate / Std. Error", estimate.value / estimate.standard_error)
    yield from _correlations(found)
    for label, estimate in found.effects.items():
        yield Line("ranef", label, _formula(BLUP), estimate.value)
    for label, variance in found.conditional_variances.items():
        yield Line("ranef", f"{label}, condVar", _formula(CONDITIONAL), variance)


def _criteria(found: Fit) -> Iterator[Line]:
    """What stands above the residuals: of REML its criterion, of ML what the likelihood and its parameters make."""
    deviance = _formula(DEVIANCE[found.method])
    if found.method == "REML":
        yield Line("REML criterion", "", deviance, -2 * found.log_likelihood)
        return
    n, k = len(found.response), found.number_of_parameters
    counted = "k the parameters of G and R, and the fixed effects"
    yield Line(ML, "AIC", f"deviance + 2 k, {counted}", found.aic)
    yield Line(ML, "BIC", "deviance + k log(n)", found.bic)
    yield Line(ML, "logLik", "−deviance / 2", found.log_likelihood)
    yield Line(ML, "deviance", deviance, -2 * found.log_likelihood)
    yield Line(ML, "df.resid", "n − k", float(n - k))


def _scaled_residuals(found: Fit) -> Iterator[Line]:
    """The quartiles of the residuals given û in standard deviations, by R's rule; of independent residuals only."""
    if found.model.residual is not None or not found.model.random:
        return
    scaled = (found.response - found.fitted) / math.sqrt(found.values[found.model.parameters[0].key])
    for name, part in QUARTILES.items():
        yield Line("Scaled residuals", name, _formula(RESIDUALS), float(np.quantile(scaled, part)))


def _numbers_of_levels(found: Fit) -> Iterator[Line]:
    yield Line("Number of obs", "", sympy.Symbol("n", integer=True), len(found.response))
    for group, size in {term.group: term.size for term in found.model.random}.items():
        yield Line("Number of obs", f"groups: {group}", "levels that have rows", float(size))


def _correlations(found: Fit) -> Iterator[Line]:
    """Those of each two estimated coefficients."""
    estimated = [i for i, estimate in enumerate(found.beta.values()) if estimate.standard_error is not None]
    labels, V = list(found.beta), found.covariance_of_beta
    for i in estimated:
        for j in (j for j in estimated if j < i):
            value = float(V[i, j] / math.sqrt(V[i, i] * V[j, j]))
            yield Line("Correlation of Fixed Effects", f"{labels[i]} and {labels[j]}",
                       "Cov / (Std. Error · Std. Error)", value)  # fmt: skip


def _random_lines(found: Fit, term: RandomTerm) -> Iterator[Line]:
    """Variances, standard deviations and correlations of the coefficients of a group."""
    values = {parameter.symbol: found.values[parameter.key] for parameter in term.parameters}
    names = term.coefficients
    block = term.covariance.of_one_level
    if block.rows != len(names):
        for parameter in term.parameters:
            yield Line(RANDOM, f"{term.group}, {parameter.meaning}", parameter.symbol, values[parameter.symbol])
        return
    entries: list[list[sympy.Expr]] = block.tolist()
    for i, name in enumerate(names):
        variance = entries[i][i]
        number = _number(variance, values)
        yield Line(RANDOM, f"{term.group} {name}, Variance", variance, number)
        yield Line(RANDOM, f"{term.group} {name}, Std.Dev.", sympy.sqrt(variance), math.sqrt(number))
        for j, other in enumerate(names[:i]):
            correlation = entries[i][j] / sympy.sqrt(variance * entries[j][j])
            if correlation != 0 and number > 0:
                yield Line(RANDOM, f"{term.group} {name} and {other}, Corr", correlation,
                           _number(correlation, values))  # fmt: skip


def _number(expression: sympy.Expr, values: Mapping[sympy.Symbol, float]) -> float:
    return float(expression.xreplace(dict(values)))  # pyright: ignore[reportArgumentType]


@cache
def _formula(text: str) -> Tree:
    tree = read(text).tree
    assert tree is not None
    return tree


# Showing


def _lines_tables(found: Lines) -> Iterator[Table]:
    """One table for each heading of lme4's."""
    for section in dict.fromkeys(line.section for line in found):
        own = [line for line in found if line.section == section]
        values = alike([line.value for line in own])
        rows = ((line.name, line.formula, value) for line, value in zip(own, values, strict=True))
        yield Table((section, "formula", "value"), tuple(rows))


@written.register
def write_lines(found: Lines, pen: Pen) -> Piece:
    """What is told, on one line."""
    return Piece(pen.dialect.verbatim(", ".join(f"{line.section} {line.name}".strip() for line in found)))


def _lines_text(found: Lines, style: Style = LECTURE) -> str:
    return "\n\n".join(table_text(table, style) for table in _lines_tables(found))


def _lines_fitted(found: Lines, style: Style, width: int) -> str:
    return "\n\n".join(table_text(table, style, width) for table in _lines_tables(found))


def _lines_latex(found: Lines, style: Style = LECTURE) -> str:
    return apart_latex([table_latex(table, style) for table in _lines_tables(found)])


def _lines_markdown(found: Lines, style: Style = LECTURE) -> str:
    return "\n\n".join(table_markdown(table, style) for table in _lines_tables(found))


def _lines_display(found: Lines, pen: Pen) -> str:
    return apart((table_display(table, pen) for table in _lines_tables(found)), pen)


unicode.register(Lines, _lines_text)
fitted.register(Lines, _lines_fitted)
latex.register(Lines, _lines_latex)
markdown.register(Lines, _lines_markdown)
display.register(Lines, _lines_display)
