"""From a formula and data to a model."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from typing import Any, Literal, get_args

import sympy

from tutor.covariance.over import Over
from tutor.errors import UnknownNameError
from tutor.models.assemble import assemble
from tutor.models.calculated import calculated, columns_of
from tutor.models.contrasts import coding
from tutor.models.data import Table, table
from tutor.models.design import Factor
from tutor.models.elements import LISTED
from tutor.models.expressions import Call, Expression, Span
from tutor.models.factors import grouping_factor
from tutor.models.formula import Formula, label_of, read_formula
from tutor.models.index import IndexModel, Name
from tutor.models.indexing import index_model
from tutor.models.matrices import fixed_part, model_matrix, random_terms
from tutor.models.mixed import MixedModel
from tutor.models.numbers import double
from tutor.models.residual import check_beside, check_over, residual_over
from tutor.models.rows import Rows
from tutor.models.variables import FormulaVariable, response_values, variable
from tutor.models.words import count

Missing = Literal["omit", "fail"]
"""What becomes of rows in which a value is missing: left out, or refused."""

OVERPARAMETERISED = "effects"
"""The coding by a column for each level beside the intercept, as lectures write μ + τ_i."""

CELL_MEANS = "means"
"""The coding by a column for each cell and no intercept, y_ijk = μ_ij + ε_ijk."""


def build(
    formula: str,
    data: Any,
    factors: Mapping[str, Iterable[Any]] | Iterable[str] = (),
    contrasts: str | Mapping[str, str] = "",
    R: Over | None = None,
    missing: Missing = "omit",
    *,
    has_residual: bool = True,
) -> MixedModel:
    """The model of a formula on data; see `tutor.models.from_formula.model`.

    Where no residual is added to the linear predictor, as in a generalized model, a random effect may have one
    observation a level.
    """
    if missing not in get_args(Missing):
        raise UnknownNameError("missing =", str(missing), get_args(Missing))
    meaning = read_formula(formula)
    if R is not None:
        check_over(R)
    beside = () if R is None else (*R.columns, *R.group)
    rows, left_out = table(data).with_factors(factors), ()
    if missing == "omit":
        used = (name for expression in _expressions(meaning) for name in columns_of(expression))
        rows, left_out = rows.complete([*used, *beside])
    response = response_values(meaning.response, rows, meaning.source)
    meaning, offset_labels = _without_offsets(meaning)
    offset = _offset(meaning, offset_labels, rows)
    variables = {label: variable(meaning.variables[label], rows, meaning.source) for label in _labels(meaning)}
    groups = {
        name: grouping_factor(meaning.variables[name], rows, meaning.source)
        for part in meaning.random
        for name in part.group
    }
    by_levels = contrasts == OVERPARAMETERISED
    if contrasts == CELL_MEANS:
        meaning = _by_cells(meaning, variables)
    elif contrasts and not by_levels:
        variables = _with_contrasts(variables, contrasts)
    matrix = model_matrix(meaning.fixed, variables, rows.rows, overparameterised=by_levels)
    if not matrix.width:
        place = Span(meaning.source.text.index("~") + 1, len(meaning.source.text))
        tip = "Leave the intercept in."
        raise meaning.source.error("no-fixed", "Without an intercept no fixed effect is left for X.", place, tip)
    fixed = fixed_part(matrix)
    independent = R is None and has_residual
    random = random_terms(
        meaning.random, variables, groups, rows.rows, meaning.source, independent, has_residual=has_residual
    )
    if R is not None:
        check_beside(R, rows, random)
    every = {**{name: v for name, v in variables.items() if isinstance(v, Factor)}, **groups}
    shown = _used_columns(meaning, rows, beside)
    return assemble(
        title=_title(meaning, rows, len(left_out)),
        rows=_rows([name for name, _ in shown], meaning, rows),
        fixed=fixed,
        random=random,
        index=_with_offset(index_model(fixed, random, variables, groups, rows.rows), offset_labels),
        factors=every.values(),
        columns=shown,
        response=response,
        response_name=label_of(meaning.response),
        offset=offset,
        residual=None if R is None else residual_over(R, rows),
        left_out=left_out,
    )


def _without_offsets(meaning: Formula) -> tuple[Formula, tuple[str, ...]]:
    """The formula without offset(…) among its fixed terms, and the labels of those."""
    found = [label for label, call in meaning.variables.items() if isinstance(call, Call) and call.function == "offset"]
    for label in found:
        inside = any(label in term and len(term) > 1 for term in meaning.fixed.terms)
        if inside or any(label in term for part in meaning.random for term in part.effects.terms):
            raise meaning.source.error("offset", "An offset is added, and multiplied by nothing.",
                                       meaning.variables[label].span, f"Write + {label}.")  # fmt: skip
    terms = tuple(term for term in meaning.fixed.terms if term[0] not in found)
    return replace(meaning, fixed=replace(meaning.fixed, terms=terms)), tuple(found)


def _offset(meaning: Formula, labels: Sequence[str], rows: Table) -> tuple[sympy.Expr, ...] | None:
    """The sum of the offsets in each row; None without any."""
    columns: list[tuple[sympy.Expr, ...]] = []
    for label in labels:
        call = meaning.variables[label]
        assert isinstance(call, Call)
        if len(call.arguments) != 1:
            raise meaning.source.error("offset", "offset() takes one argument.", call.span, "As in offset(log(n)).")
        columns.append(calculated(call.arguments[0], rows, meaning.source))
    return tuple(sympy.Add(*row) for row in zip(*columns, strict=True)) if columns else None


def _with_offset(index: IndexModel, labels: Sequence[str]) -> IndexModel:
    """The equation in elements with o_ij, if there is an offset."""
    if not labels:
        return index
    told = (Name(("o",)), " + ".join(labels))
    return replace(index, offset=Name(("o",), index.response.indices), glossary=(*index.glossary, told))


def _by_cells(meaning: Formula, variables: Mapping[str, FormulaVariable]) -> Formula:
    """The formula with one effect for each combination of its fixed factors, in place of all their effects.

    Raises
    ------
    FormulaError
        Where the formula has no factor, or leaves an interaction of them out, which cell means would bring in.
    """
    terms = meaning.fixed.terms
    of_factors = [term for term in terms if all(isinstance(variables[label], Factor) for label in term)]
    factors = tuple(dict.fromkeys(label for term in of_factors for label in term))
    place = Span(meaning.source.text.index("~") + 1, len(meaning.source.text))
    if not factors:
        raise meaning.source.error("contrasts", "There is no factor, and so no cell to have a mean.", place)
    if not any(set(term) == set(factors) for term in of_factors):
        raise meaning.source.error(
            "contrasts", f"The formula leaves out the interaction of {', '.join(factors)}.", place,
            f"Cell means contain it: write {' * '.join(factors)}.",
        )  # fmt: skip
    rest = tuple(term for term in terms if term not in of_factors)
    return replace(meaning, fixed=replace(meaning.fixed, intercept=False, terms=(factors, *rest)))


def _with_contrasts(
    variables: Mapping[str, FormulaVariable], contrasts: str | Mapping[str, str]
) -> dict[str, FormulaVariable]:
    """The variables with the contrasts of all factors, or of these; C() in the formula has its own."""
    factors = {name: found for name, found in variables.items() if isinstance(found, Factor)}
    asked = dict.fromkeys(factors, contrasts) if isinstance(contrasts, str) else contrasts
    for name, told in asked.items():
        if name not in factors:
            raise UnknownNameError("The factor", name, factors)
        coding(told)
    own = {name: told for name, told in asked.items() if not name.startswith("C(")}
    return {name: replace(f, contrasts=own[name]) if isinstance(f, Factor) and name in own else f
            for name, f in variables.items()}  # fmt: skip


def _labels(meaning: Formula) -> list[str]:
    """The labels of all terms, fixed and random, each once."""
    every = (meaning.fixed, *(part.effects for part in meaning.random))
    return list(dict.fromkeys(label for terms in every for term in terms.terms for label in term))


def _used_columns(meaning: Formula, rows: Table, beside: Sequence[str]) -> tuple[tuple[str, tuple[Any, ...]], ...]:
    """The columns that the formula speaks of and those ``beside`` it, in the order of the data, factors as text and
    numbers as numbers."""
    names = {*beside, *(name for expression in _expressions(meaning) for name in columns_of(expression))}
    found: list[tuple[str, tuple[Any, ...]]] = []
    for name in rows.raw:
        if name in names:
            column = rows.column(name)
            as_text = column.is_text or column.levels is not None
            found.append((name, column.labels() if as_text else tuple(_plain_number(cell) for cell in column.cells)))
    return tuple(found)


def _expressions(meaning: Formula) -> Sequence[Expression]:
    groups = (name for part in meaning.random for name in part.group)
    return [meaning.response, *(meaning.variables[name] for name in (*groups, *_labels(meaning)))]


def _plain_number(cell: Any) -> int | float:
    return int(cell) if cell.is_Integer else double(cell)


def _rows(names: Sequence[str], meaning: Formula, rows: Table) -> Rows:
    number = sympy.Integer(rows.rows)
    if rows.rows > LISTED:
        return Rows(number, None, None)
    response = set(columns_of(meaning.response))
    told = [rows.column(name).labels() for name in names if name not in response]
    words = tuple(" ".join(labels) for labels in zip(*told, strict=True)) or ("",) * rows.rows
    return Rows(number, tuple((i,) for i in range(1, rows.rows + 1)), words)


def _title(meaning: Formula, rows: Table, left_out: int) -> str:
    from_file = "" if rows.dialect is None else f" on {rows.source}"
    without = f", {count(sympy.Integer(left_out), 'incomplete row')} left out" if left_out else ""
    return f"{' '.join(meaning.source.text.split())}{from_file}{without}"
