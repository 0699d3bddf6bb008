"""The formulas behind a fit with its numbers put in, and why a variance is on its boundary."""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

import numpy as np
import sympy
from sympy.matrices.immutable import ImmutableDenseMatrix

from tutor.algebra.applied import Applied
from tutor.algebra.nodes import Explicit, Scalar, Symbol, Variance
from tutor.algebra.sizes import ONE
from tutor.algebra.tree import Tree
from tutor.algebra.walk import transform
from tutor.display import writer
from tutor.errors import TutorError, UnknownNameError
from tutor.models.inference.explained import Explained, Part
from tutor.models.inference.fit_table import Fit, alike, rounded
from tutor.models.inference.information import information
from tutor.models.inference.likelihood import Likelihood
from tutor.models.inference.log_likelihood import log_likelihood, meanings
from tutor.models.inference.score_equations import VarianceEstimators, sums_of_squares, value_at, variance_estimators
from tutor.models.inference.standard_error import StandardError
from tutor.models.inference.standard_errors import se_difference, se_mean
from tutor.models.inference.unstructured import unstructured_blocks
from tutor.notation.writing.write_table import Table

DIGITS = 5
"""Significant digits of a number in a formula."""

MOST_ROWS = 240
"""Rows of a model of which strata are looked for."""

NEXT_TO_0 = 1e-9
"""The part of the residual variance that stands for a variance of 0 where a score is taken."""


@dataclass(frozen=True, slots=True)
class Row:
    """A quantity, in words or as notation, with its formula, the formula with the numbers, and its value where that is
    one number."""

    quantity: str | Tree
    formula: Tree
    numbers: Tree
    value: float | None


@dataclass(frozen=True, slots=True, repr=False)
class Formulas(Explained):
    """What a fit is made of: each quantity with its formula and with the numbers of the data."""

    fit: Fit = field(repr=False)
    rows: tuple[Row, ...]
    squares: Mapping[Symbol, float]

    def __iter__(self) -> Iterator[Row]:
        return iter(self.rows)

    def __getitem__(self, name: str) -> Row:
        """The row of a quantity as it is written: "σ²_u", "se(σ²_u)", "Var(u)", "V". Raises UnknownNameError for
        another."""
        found = {row.quantity if isinstance(row.quantity, str) else writer().inline(row.quantity): row for row in self}
        if name not in found:
            raise UnknownNameError("The quantity", name, found)
        return found[name]

    @property
    def parts(self) -> Sequence[Part]:
        told: list[tuple[object, object]] = []
        for row in self.rows:
            told += [(row.quantity, row.formula), ("", row.numbers)]
            told += [] if row.value is None else [("", rounded(row.value))]
        found: list[Part] = [
            f"The formulas of the fit by {self.fit.method}, each followed by the same with its numbers"
        ]
        found.append(Table(("quantity", "formula, numbers, value"), tuple(told)))
        if self.squares:
            rows = tuple(zip(self.squares, alike(list(self.squares.values())), strict=True))
            found.append(Table(("sum of squares", "value"), rows))
        found += boundary_reasons(self.fit)
        return [*found, *meanings(self.fit.model, [], list(self.squares))]


def formulas(found: Fit) -> Formulas:
    """The formulas of a fit: variances from sums of squares with their standard errors where the design is balanced,
    the variances of its vectors, standard errors of means and differences, and the log-likelihood."""
    estimators = None if found.at_boundary else _estimators(found)
    squares = (
        {}
        if estimators is None
        else sums_of_squares(found.model, found.response, [square for *_, square in estimators.eigenvalues])
    )
    rows = [*_variances(found, estimators, squares), *_matrices(found), *_means(found)]
    if estimators is not None:
        rows.append(_log_likelihood(found, squares))
    return Formulas(found, tuple(rows), squares)


def _estimators(found: Fit) -> VarianceEstimators | None:
    if found.model.n > MOST_ROWS:
        return None
    try:
        return variance_estimators(found.model, found.method)
    except TutorError:
        return None


def _number(value: float) -> sympy.Expr:
    """A number of five significant digits, without a point behind a whole one."""
    return sympy.Integer(round(value)) if abs(value) >= 10 ** (DIGITS - 1) else sympy.Float(value, DIGITS)


def put_in(tree: Tree, values: Mapping[sympy.Symbol, float], squares: Mapping[Symbol, float]) -> Tree:
    """A formula with numbers for its letters, not worked out."""
    letters = {symbol: _number(value) for symbol, value in values.items()}

    def put(expression: sympy.Basic) -> sympy.Basic:
        with sympy.evaluate(False):
            return expression.xreplace(letters)

    def change(node: Tree) -> Tree | None:
        if isinstance(node, Scalar):
            return Scalar(put(node.value))  # pyright: ignore[reportArgumentType]
        if isinstance(node, Explicit):
            return Explicit(ImmutableDenseMatrix(node.matrix.applyfunc(lambda entry: entry.xreplace(letters))))
        if isinstance(node, Symbol) and node in squares:
            return Scalar(_number(squares[node]))
        if isinstance(node, Symbol) and isinstance(node.definition, Explicit):
            return change(node.definition)
        return None

    return transform(tree, change)


def _values(found: Fit) -> dict[sympy.Symbol, float]:
    return {parameter.symbol: found.values[parameter.key] for parameter in found.model.parameters}


def _variances(found: Fit, estimators: VarianceEstimators | None, squares: Mapping[Symbol, float]) -> Iterator[Row]:
    """Each variance with its standard error."""
    if estimators is None:
        return
    variances, values = information(found.model, found.method).variances, _values(found)
    for i, parameter in enumerate(found.model.parameters):
        formula = estimators[parameter.key]
        name = Scalar(parameter.symbol)
        estimate = found.parameters[parameter.key]
        yield Row(name, formula, put_in(formula, {}, squares), estimate.value)
        root = Scalar(sympy.sqrt(variances[i, i]))
        yield Row(Applied("se", (name,)), root, put_in(root, values, {}), estimate.standard_error)


def _matrices(found: Fit) -> Iterator[Row]:
    """Var(u) of each random term, R, and V where it has a closed form."""
    m, values = found.model, _values(found)
    for term in m.random:
        effects = Symbol(term.letter, term.matrix.columns, ONE, role="random")
        yield Row(Variance(effects), term.covariance.tree, put_in(term.covariance.tree, values, {}), None)
    if m.R.definition is not None:
        yield Row(Variance(m.e), m.R.definition, put_in(m.R.definition, values, {}), None)
    closed = m.V.closed_form() if m.n <= MOST_ROWS else m.V
    if m.random and closed != m.V and not isinstance(closed, Explicit):
        yield Row(m.covariance, closed, put_in(closed, values, {}), None)


def _means(found: Fit) -> Iterator[Row]:
    """Standard errors of means and differences of the levels of each fixed factor."""
    m, values = found.model, _values(found)
    factors = {factor.name for factor in m.factors}
    for term in m.fixed:
        if len(term.variables) != 1 or term.variables[0] not in factors or m.n > MOST_ROWS:
            continue
        for ask in (se_mean, se_difference):
            try:
                told: StandardError = ask(m, term.variables[0])
            except TutorError:
                continue
            assert not isinstance(told.variance, Tree)  # a sum over groups stands for letters only
            value = math.sqrt(float(told.variance.xreplace(values)))  # pyright: ignore[reportArgumentType]
            yield Row(f"s.e. of {told.what}", told.tree, put_in(told.tree, values, {}), value)


def _log_likelihood(found: Fit, squares: Mapping[Symbol, float]) -> Row:
    told = log_likelihood(found.model, found.method)
    tree = told.tree if told.profile is None else told.profile.result
    return Row("log L", tree, put_in(tree, _values(found), squares), found.log_likelihood)


# The boundary


def boundary_reasons(found: Fit) -> list[str]:
    """For each variance that was estimated as 0, and for each covariance matrix that is singular, why."""
    if not found.at_boundary:
        return _singular_reasons(found)
    estimators = _estimators(found)
    return [*(_reason(found, key, estimators) for key in found.at_boundary), *_singular_reasons(found)]


def _singular_reasons(found: Fit) -> list[str]:
    """Of each singular covariance matrix of random effects what is the same of them: a correlation of ±1, or no
    variance."""
    told = []
    for block in unstructured_blocks(found.model):
        if not set(block.all_keys) <= set(found.singular):
            continue
        symbols = {p.key: writer().inline(Scalar(p.symbol)) for p in found.model.parameters}
        rank = int(np.linalg.matrix_rank(block.matrix(found.values), tol=None, hermitian=True))
        k = len(block.keys)
        what = f"the covariance matrix of {', '.join(symbols[block.keys[i][i]] for i in range(k))}"
        if k == 2 and rank == 1 and found.values[block.keys[0][1]]:
            sign = "1" if found.values[block.keys[0][1]] > 0 else "−1"
            why = f"is singular, with a correlation of {sign}"
        elif rank == 0:
            why = "is 0"
        else:
            why = f"is singular, with the rank {rank} in place of {k}"
        told.append(f"{what[0].upper()}{what[1:]} {why}: the likelihood is largest there, on the boundary of the "
                    "covariance matrices, and tells no standard errors of their parameters.")  # fmt: skip
    return told


def _reason(found: Fit, key: str, estimators: VarianceEstimators | None) -> str:
    name = next(writer().inline(Scalar(p.symbol)) for p in found.model.parameters if p.key == key)
    last = (
        "A variance cannot be negative: the likelihood is largest at 0, on the boundary, and tells no standard error."
    )
    if estimators is not None:
        tree = estimators[key]
        squares = sums_of_squares(found.model, found.response, [square for *_, square in estimators.eigenvalues])
        value = value_at(tree, squares, {})
        if value <= 0:
            told = writer().inline(tree)
            return f"{name}: its score equation is solved by {told} = {rounded(value)}, which is not positive. {last}"
    likelihood = Likelihood(found.model, found.response, found.method)
    scale = max(found.values.values())
    there = {k: max(value, NEXT_TO_0 * scale) for k, value in found.values.items()}
    score = likelihood.at(there).score_and_information()[0][likelihood.keys.index(key)]
    return f"{name}: the likelihood falls from 0 on, with the slope {rounded(float(score))} there. {last}"
