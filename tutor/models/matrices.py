"""Terms on data become matrices: X with R's coding and names, Z_k by structure where the rows have one."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby, product

import numpy as np
import sympy
from flint import fmpq, fmpq_mat

from tutor.algebra.filled import FilledCells
from tutor.algebra.nodes import BlockDiagonal, Explicit, Kronecker, Ones, Symbol
from tutor.algebra.tree import Tree
from tutor.covariance.structure import Structure
from tutor.errors import DataError
from tutor.models.contrasts import Cells, Coding, coding, indicators
from tutor.models.covariance import random_covariance, random_letter
from tutor.models.design import Factor, Pattern, aligned, by_appearance, kronecker, pattern_of
from tutor.models.designs.within import check_told_apart
from tutor.models.effects import INTERCEPT, FixedPart, FixedTerm, RandomTerm
from tutor.models.expressions import Source
from tutor.models.formula import RandomPart, Terms
from tutor.models.variables import FormulaVariable
from tutor.models.wrappers import order_of, structure_for, wrapped_covariance

Variables = Mapping[str, FormulaVariable]


@dataclass(frozen=True, slots=True)
class ModelMatrix:
    """The columns that terms make: their labels by term, and the non-zero entries of each row by column.

    ``rows[i]`` holds (column, value) of row i; all other entries are 0.
    """

    terms: tuple[FixedTerm, ...]
    labels: tuple[str, ...]
    rows: tuple[tuple[tuple[int, sympy.Expr], ...], ...]

    @property
    def width(self) -> int:
        return len(self.labels)

    def explicit(self, rows: Sequence[int] | None = None) -> Explicit:
        """The matrix of all rows, or of these."""
        chosen = self.rows if rows is None else [self.rows[i] for i in rows]
        cells = ((i, j, value) for i, row in enumerate(chosen) for j, value in row)
        return Explicit(FilledCells(cells, rows=len(chosen), columns=self.width))


def model_matrix(terms: Terms, variables: Variables, rows: int, overparameterised: bool = False) -> ModelMatrix:
    """The model matrix of terms, n × p, coded and named as R's model.matrix does.

    A factor is coded by treatment contrasts where the rest of its term is contained in an earlier term (the intercept
    for a term of one factor), and by an indicator of each level otherwise; without an intercept the first factor of
    the first term that has one is coded by indicators. In an interaction the first factor varies fastest.
    ``overparameterised`` codes every factor by indicators, as lectures write μ + τ_i.
    Source: R's model.c (TermCode), after Chambers and Hastie (1992), p. 38.
    """
    found = [FixedTerm(INTERCEPT, (), (INTERCEPT,))] if terms.intercept else []
    cells: list[list[tuple[int, sympy.Expr]]] = [[(0, sympy.S.One)] if terms.intercept else [] for _ in range(rows)]
    width = len(found)
    for term, contrasts in zip(terms.terms, _coding(terms, variables), strict=True):
        codings = {
            label: _coding_of(variables[label], by_contrasts and not overparameterised)
            for label, by_contrasts in contrasts.items()
        }
        labels, entries = _term_columns(term, codings, variables, rows)
        compared = tuple(label for label, coding in codings.items() if coding.zero_level is not None)
        found.append(FixedTerm(":".join(term), term, labels, compared))
        for row, own in zip(cells, entries, strict=True):
            row += [(width + column, value) for column, value in own if value is not sympy.S.Zero]
        width += len(labels)
    return ModelMatrix(
        tuple(found), tuple(label for term in found for label in term.columns or ()), tuple(tuple(r) for r in cells)
    )


def _coding_of(variable: FormulaVariable, by_contrasts: bool) -> Coding:
    assert isinstance(variable, Factor) and variable.levels is not None
    return coding(variable.contrasts)(variable.levels) if by_contrasts else indicators(variable.levels)


def _coding(terms: Terms, variables: Variables) -> list[dict[str, bool]]:
    """For each term and each factor in it, whether it is coded by contrasts (True) or by indicators."""
    coding: list[dict[str, bool]] = []
    for number, term in enumerate(terms.terms):
        contrasts: dict[str, bool] = {}
        for label in term:
            if isinstance(variables[label], Factor):
                rest = set(term) - {label}
                contrasts[label] = not rest or any(rest <= set(earlier) for earlier in terms.terms[:number])
        coding.append(contrasts)
    if not terms.intercept:
        first = next((contrasts for contrasts in coding if contrasts), {})
        for label in list(first)[:1]:
            first[label] = False
    return coding


def _term_columns(
    term: Sequence[str], codings: Mapping[str, Coding], variables: Variables, rows: int
) -> tuple[tuple[str, ...], Sequence[Cells]]:
    """The labels of a term's columns, and for each row the columns that are not 0 there with their entries."""
    parts: list[list[str]] = []
    entries: Sequence[Cells] = [((0, sympy.S.One),)] * rows
    stride = 1
    for label in term:
        variable = variables[label]
        if isinstance(variable, Factor):
            assert variable.codes is not None
            coded = codings[label]
            parts.append([f"{label}{suffix}" for suffix in coded.suffixes])
            own: Iterable[Cells] = (coded.cells[code] for code in variable.codes)
        else:
            parts.append([f"{label}{suffix}" for suffix in variable.suffixes])
            own = variable.rows()
        entries = _products(entries, own, stride)
        stride *= len(parts[-1])
    # product() varies its last part fastest; R varies the first.
    labels = tuple(":".join(reversed(names)) for names in product(*reversed(parts)))
    return labels, entries


def _products(before: Iterable[Cells], own: Iterable[Cells], stride: int) -> list[Cells]:
    """The entries of products of columns, row by row; equal rows are worked out once."""
    known: dict[tuple[Cells, Cells], Cells] = {}
    found: list[Cells] = []
    for pair in zip(before, own, strict=True):
        if pair not in known:
            left, right = pair
            known[pair] = tuple((i + stride * j, _times(x, y)) for j, y in right for i, x in left)
        found.append(known[pair])
    return found


def _times(x: sympy.Expr, y: sympy.Expr) -> sympy.Expr:
    # Nearly all entries are 1, and SymPy's own product and comparison take longer than the rest of a row.
    return x if y is sympy.S.One else y if x is sympy.S.One else x * y


def fixed_part(matrix: ModelMatrix) -> FixedPart:
    """X with the coefficients β_0, β_1, …, where β_0 is the intercept and left out without one."""
    first = 0 if matrix.labels[:1] == (INTERCEPT,) else 1
    keys = tuple(f"beta_{number}" for number in range(first, first + matrix.width))
    only_ones = matrix.labels == (INTERCEPT,)
    tree: Tree = Ones(sympy.Integer(len(matrix.rows))) if only_ones else matrix.explicit()
    return FixedPart(tree, matrix.terms, keys, matrix.labels, sympy.Integer(rank(matrix)))


def rank(matrix: ModelMatrix) -> int:
    """The rank of a model matrix: exact where its entries are rational, otherwise that of its doubles."""
    settled = _settled_columns(matrix.rows)
    rest = [tuple(cell for cell in row if cell[0] not in settled) for row in matrix.rows]
    return len(settled) + _rank_of_rows(list(dict.fromkeys(row for row in rest if row)))


def _settled_columns(rows: Iterable[Cells]) -> set[int]:
    """Columns that are independent of all others because some row has its only entry there, found one after another.

    Without such a column the rank is one less, and other rows have then a single entry: of indicators and contrasts
    of many levels next to nothing is left.
    """
    distinct = [{column for column, _ in row} for row in dict.fromkeys(rows)]
    holding: dict[int, list[int]] = {}
    for number, columns in enumerate(distinct):
        for column in columns:
            holding.setdefault(column, []).append(number)
    settled: set[int] = set()
    single = [number for number, columns in enumerate(distinct) if len(columns) == 1]
    while single:
        columns = distinct[single.pop()]
        if not columns:
            continue  # another row has settled its column
        (column,) = columns
        settled.add(column)
        for number in holding[column]:
            distinct[number].discard(column)
            if len(distinct[number]) == 1:
                single.append(number)
    return settled


def _rank_of_rows(rows: Sequence[Cells]) -> int:
    position = {column: number for number, column in enumerate(sorted({column for row in rows for column, _ in row}))}
    if all(isinstance(value, sympy.Rational) for row in rows for _, value in row):
        exact = fmpq_mat(len(rows), len(position))
        for i, row in enumerate(rows):
            for column, value in row:
                exact[i, position[column]] = fmpq(int(value.p), int(value.q))  # pyright: ignore[reportAttributeAccessIssue]
        return int(exact.rank())
    doubles = np.zeros((len(rows), len(position)))
    for i, row in enumerate(rows):
        for column, value in row:
            doubles[i, position[column]] = float(value)
    lengths = np.linalg.norm(doubles, axis=0)
    return int(np.linalg.matrix_rank(doubles / np.where(lengths == 0, 1, lengths)))


# Random terms


@dataclass(frozen=True, slots=True)
class Grouping:
    """The groups of one random term: names of the levels, and the level of each row, in two orders.

    ``levels`` and ``codes`` are sorted by the levels of the factors that make the group; ``appearing`` holds the
    codes in the order in which the levels first occur, and ``order`` the sorted code of each of those.
    """

    levels: tuple[str, ...]
    codes: tuple[int, ...]
    appearing: tuple[int, ...]
    order: tuple[int, ...]


def grouping_of(factors: Sequence[Factor]) -> Grouping:
    """The observed combinations of the levels of factors, named as in "I:Victory"."""
    combined = list(zip(*(factor.codes or () for factor in factors), strict=True))
    present = sorted(set(combined))
    position = {combination: number for number, combination in enumerate(present)}
    levels = tuple(
        ":".join(factor.levels[code] for factor, code in zip(factors, combination, strict=True) if factor.levels)
        for combination in present
    )
    codes = tuple(position[combination] for combination in combined)
    appearing, order = by_appearance(codes)
    return Grouping(levels, codes, tuple(appearing), tuple(order))


def random_terms(
    parts: Sequence[RandomPart],
    variables: Variables,
    groups: Mapping[str, Factor],
    rows: int,
    source: Source,
    independent: bool = True,
    has_residual: bool = True,
) -> tuple[RandomTerm, ...]:
    """The random terms of a formula with their matrices and covariances.

    ``independent`` tells whether the residuals are, with one variance; ``has_residual`` whether there are any, from
    which the effects must be told apart.

    Raises
    ------
    FormulaError
        For a structure that the coefficients of a term cannot have.
    DataError
        Where lme4 refuses: one level only, as many levels as observations, as many effects as observations.
    """
    groupings = [grouping_of([groups[name] for name in part.group]) for part in parts]
    coefficients = [model_matrix(part.effects, variables, rows) for part in parts]
    structures: list[Structure | None] = []
    for part, grouping, matrix in zip(parts, groupings, coefficients, strict=True):
        within = structure_for(part, variables, matrix.width, source)
        structures.append(within)
        _check_group(part, grouping, matrix, rows if has_residual else None, within)
        if within is not None and _one_each(grouping, matrix):
            intercept = any(set(other.group) == set(part.group) and other.effects == Terms(True, ()) for other in parts)
            check_told_apart(
                within, sympy.Integer(matrix.width), intercept=intercept, residual=independent,
                order=order_of(part, variables),
            )  # fmt: skip
    patterns = row_patterns(groupings)
    terms: list[RandomTerm] = []
    for number, (part, grouping, matrix) in enumerate(zip(parts, groupings, coefficients, strict=True)):
        letter = random_letter(number)
        block_name = "Z_1" if len(parts) == 1 else f"Z_{letter}_1"
        tree, by_first_row = grouped_matrix(grouping, matrix, patterns[number], block_name)
        levels = tuple(grouping.levels[code] for code in grouping.order) if by_first_row else grouping.levels
        size = sympy.Integer(len(levels))
        within = structures[number]
        terms.append(
            RandomTerm(
                letter=letter,
                group=part.group_name,
                variables=part.group,
                coefficients=matrix.labels,
                size=size,
                levels=levels,
                matrix=tree,
                covariance=random_covariance(letter, size, part.group_name, matrix.labels)
                if within is None
                else wrapped_covariance(within, part, letter, size, matrix.labels, variables),
                nested=part.nested,
                effects=tuple(tuple(term) for term in part.effects.terms),
            )
        )
    return tuple(terms)


def _one_each(grouping: Grouping, matrix: ModelMatrix) -> bool:
    """Whether each row shows one coefficient of its group, and no two rows the same one."""
    if not all(len(row) == 1 and row[0][1] == 1 for row in matrix.rows):
        return False
    shown = [(code, row[0][0]) for code, row in zip(grouping.codes, matrix.rows, strict=True)]
    return len(set(shown)) == len(shown)


def _check_group(
    part: RandomPart, grouping: Grouping, matrix: ModelMatrix, rows: int | None, within: Structure | None
) -> None:
    """Refuse what data cannot tell: one level, and as many effects as ``rows``, None where no residual is beside."""
    name, levels = part.group_name, len(grouping.levels)
    if levels == 1:
        raise DataError(
            f"The group {name} has one level, {grouping.levels[0]}: a variance over groups needs two or more.",
            tip=f"Leave the random term of {name} out.",
        )
    if rows is None:
        return
    if levels >= rows:
        raise DataError(
            f"The group {name} has {levels} levels and there are {rows} observations: with one observation a level, "
            "its variance and that of the residuals cannot be told apart.",
            tip=f"Leave the random term of {name} out. A generalized model has no residuals, and may have it: "
            f'glmm("… + (1 | {name})", "Poisson", data=…).',
        )
    if within is None and levels * matrix.width >= rows:
        raise DataError(
            f"{name} has {levels} levels with {matrix.width} coefficients each, {levels * matrix.width} random effects "
            f"for {rows} observations: they and the residuals cannot be told apart.",
            tip=f"Write (1 | {name}) for a random intercept alone.",
        )


def row_patterns(groupings: Sequence[Grouping]) -> tuple[Pattern | None, ...]:
    """The pattern of the rows for each grouping, those that have one cut at common places."""
    found = [pattern_of(grouping.appearing) for grouping in groupings]
    cut = iter(aligned([pattern for pattern in found if pattern is not None]))
    return tuple(None if pattern is None else next(cut) for pattern in found)


def grouped_matrix(
    grouping: Grouping, matrix: ModelMatrix, pattern: Pattern | None, block_name: str
) -> tuple[Tree, bool]:
    """Z_k, n × (levels · coefficients), and whether its levels are in the order of their first rows.

    A Kronecker product where the rows have a pattern and the coefficients are the same in each group; blocks along the
    diagonal where the rows of a group follow each other; otherwise entry by entry.
    """
    only_ones = matrix.labels == (INTERCEPT,)
    if pattern is not None:
        if only_ones:
            return kronecker(pattern), True
        repeated = _repeated(matrix, pattern, block_name)
        if repeated is not None:
            return repeated, True
    runs = [len(list(run)) for _, run in groupby(grouping.appearing)]
    if len(runs) == len(grouping.levels):
        return BlockDiagonal(tuple(_diagonal_blocks(runs, matrix, only_ones))), True
    cells = (
        (i, code * matrix.width + j, value)
        for i, (code, row) in enumerate(zip(grouping.codes, matrix.rows, strict=True))
        for j, value in row
    )
    columns = len(grouping.levels) * matrix.width
    return Explicit(FilledCells(cells, rows=len(matrix.rows), columns=columns)), False


def _repeated(matrix: ModelMatrix, pattern: Pattern, block_name: str) -> Tree | None:
    """The groups ⊗ the coefficients of one group, named, where each group has the same; otherwise None."""
    common = 0
    while common < len(pattern) and not pattern[-1 - common].distinct:
        common += 1
    height = int(sympy.Mul(*(run.extent for run in pattern[len(pattern) - common :])))
    first = matrix.rows[:height]
    if any(matrix.rows[i : i + height] != first for i in range(height, len(matrix.rows), height)):
        return None
    groups = [run.tree for run in pattern[: len(pattern) - common] if run.extent != 1]
    block = matrix.explicit(range(height))
    return Kronecker((*groups, Symbol(block_name, *block.shape, definition=block, column_labels=matrix.labels)))


def _diagonal_blocks(runs: Iterable[int], matrix: ModelMatrix, only_ones: bool) -> Iterable[Tree]:
    start = 0
    for length in runs:
        yield Ones(sympy.Integer(length)) if only_ones else matrix.explicit(range(start, start + length))
        start += length
