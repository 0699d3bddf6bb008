"""X from an equation in elements: a column of ones, an indicator for each level of an effect, and covariates."""

from __future__ import annotations

import secrets
from collections.abc import Sequence
from dataclasses import dataclass

import sympy
from sympy.matrices.immutable import ImmutableDenseMatrix

from tutor.algebra.build import hstack
from tutor.algebra.filled import FilledCells
from tutor.algebra.nodes import Explicit
from tutor.algebra.sizes import Size
from tutor.algebra.tree import Tree
from tutor.errors import SizeError
from tutor.models.covariates import Covariates
from tutor.models.effects import INTERCEPT, FixedPart, FixedTerm
from tutor.models.element_names import element_key_of, letters_of, plain_name, plain_variable
from tutor.models.index import IndexTerm, Name
from tutor.models.layout import Layout, over_groups
from tutor.models.matrices import ModelMatrix, rank


def fixed_columns(
    terms: Sequence[IndexTerm], zeros: Sequence[Name], covariates: Covariates, rank: Size | None = None
) -> FixedPart:
    """X = [1 | an indicator matrix for each effect | a column for each covariate], without effects that are 0.

    ``rank`` is that of X where a design knows it; without it the layout tells it.

    Raises
    ------
    SizeError
        For effects that are 0, or covariates that no structure can hold, while sizes are letters.
    """
    return _Fixed(tuple(terms), tuple(zeros), covariates, covariates.layout, rank).part()


@dataclass(frozen=True, slots=True)
class _Fixed:
    terms: tuple[IndexTerm, ...]
    zeros: tuple[Name, ...]
    covariates: Covariates
    layout: Layout
    known_rank: Size | None = None

    def part(self) -> FixedPart:
        trees: list[Tree] = []
        terms: list[FixedTerm] = []
        keys: list[str] | None = []
        labels: list[str] | None = []
        for term in self.terms:
            cells = self.layout.cells(letters_of(term.coefficient))
            tree = self._tree(term)
            if cells is None:
                self._check_no_zeros(term)
                keys = labels = None
                terms.append(FixedTerm(*_variables(term, self.layout), None))
            else:
                kept = [i for i, cell in enumerate(cells) if not self._is_zero(term, cell)]
                if len(kept) < len(cells):
                    tree = Explicit(ImmutableDenseMatrix(tree.explicit()[:, kept]))
                own = tuple(_label(term, cells[i]) for i in kept)
                terms.append(FixedTerm(*_variables(term, self.layout), own))
                if keys is not None and labels is not None:
                    keys += [element_key_of(term.coefficient, cells[i]) for i in kept]
                    labels += own
            trees.append(tree)
        matrix = hstack(*trees)
        return FixedPart(
            matrix,
            tuple(terms),
            None if keys is None else tuple(keys),
            None if labels is None else tuple(labels),
            self._rank(matrix) if self.known_rank is None else self.known_rank,
        )

    def _tree(self, term: IndexTerm) -> Tree:
        letters = letters_of(term.coefficient)
        if not term.covariates:
            return self.layout.indicator(letters, "".join(term.coefficient.bases))
        if letters and not self.layout.is_listed:
            first, *others = self.layout.indices
            name = term.covariates[0]
            if letters == first.letter and len(others) == len(term.covariates) == 1 and len(letters_of(name)) == 2:
                return over_groups(first, self.covariates.of_group(name))  # x_1, x_2, … along the diagonal
            raise SizeError(
                f"{' '.join(map(plain_name, term.factors))} needs the values of its covariate for each level.",
                tip="Give the sizes as numbers, or the covariate one slope.",
            )
        if len(term.covariates) == 1 and not letters:
            return self.covariates.column(term.covariates[0])
        rows = self.layout.by_row(self.layout.in_order(letters))
        position = {cell: number for number, cell in enumerate(sorted(set(rows)))}
        cells = (
            (i, position[cell], value)
            for i, (cell, value) in enumerate(zip(rows, self.covariates.products(term.covariates), strict=True))
            if value != 0
        )
        return Explicit(FilledCells(cells, rows=len(rows), columns=len(position)))

    # Effects that are 0

    def _check_no_zeros(self, term: IndexTerm) -> None:
        if self.layout.knows(letters_of(term.coefficient)):
            return  # without the columns of those that are 0
        if any(zero.bases == term.coefficient.bases for zero in self.zeros):
            raise SizeError(
                f"{plain_name(term.coefficient)} has an effect that is 0, and so a column less than it has levels.",
                tip="Give the sizes as numbers, or leave that line out.",
            )

    def _is_zero(self, term: IndexTerm, cell: tuple[int, ...]) -> bool:
        """Whether the coding sets the effect at this cell to 0: τ_1, (τα)_1j."""
        letters = letters_of(term.coefficient)
        for zero in self.zeros:
            subscript = zero.number + letters_of(zero)
            if zero.bases == term.coefficient.bases and len(subscript) == len(letters):
                levels = [self._level_told(*told) for told in zip(subscript, letters, strict=True)]
                if any(levels) and all(level in (None, own) for level, own in zip(levels, cell, strict=True)):
                    return True
        return False

    def _level_told(self, subscript: str, letter: str) -> int | None:
        """The level that a subscript names at the place of an index: 1, or the last by the letter of its size."""
        if subscript.isdigit():
            return int(subscript)
        index = self.layout.index(letter)
        return int(index.size) if subscript == index.size_letter else None  # pyright: ignore[reportArgumentType]

    # The rank

    def _rank(self, matrix: Tree) -> Size:
        """The rank of X: counted by strata where the rows are all combinations and no term has covariates, otherwise
        that of the numbers; letters of covariates stand for numbers that fulfil no equation."""
        if self.layout.codes is None and not self.zeros and not any(term.covariates for term in self.terms):
            return self.layout.dimension([set(letters_of(term.coefficient)) for term in self.terms])
        if self.layout.is_listed:
            return sympy.Integer(rank(_numbers(matrix)))
        plain = [set(letters_of(term.coefficient)) for term in self.terms if not term.covariates]
        slopes = [(set(letters_of(c)), term) for term in self.terms for c in term.covariates]
        own = [term for letters, term in slopes if not any(letters <= effect for effect in plain)]
        return self.layout.dimension(plain) + sympy.Add(
            *(self.layout.size(letters_of(term.coefficient)) for term in own)
        )


def _variables(term: IndexTerm, layout: Layout) -> tuple[str, tuple[str, ...]]:
    """The name of a term and the variables in it."""
    names = [layout.index(letter).name for letter in layout.in_order(letters_of(term.coefficient))]
    names += map(plain_variable, term.covariates)
    return (":".join(names), tuple(names)) if names else (INTERCEPT, ())


def _label(term: IndexTerm, cell: tuple[int, ...]) -> str:
    """The label of a column: μ, τ1, (τα)12, β1 x."""
    effect = plain_name(Name(term.coefficient.bases, number=term.coefficient.number)).replace("_", "")
    numbers = [str(level) for level in cell]
    effect += ("" if all(len(number) == 1 for number in numbers) else ",").join(numbers)
    return " ".join([effect, *(plain_name(Name(c.bases, number=c.number, power=c.power)) for c in term.covariates)])


def _numbers(matrix: Tree) -> ModelMatrix:
    """The rows of a matrix in numbers, random ones in the place of letters."""
    explicit = matrix.explicit()
    values = {letter: sympy.Integer(secrets.randbelow(2**61) + 1) for letter in explicit.free_symbols}
    filled = explicit.xreplace(values) if values else explicit
    rows: list[list[tuple[int, sympy.Expr]]] = [[] for _ in range(filled.rows)]
    for (i, j), value in filled.todok().items():
        rows[i].append((j, value))
    return ModelMatrix((), ("",) * filled.cols, tuple(tuple(row) for row in rows))
