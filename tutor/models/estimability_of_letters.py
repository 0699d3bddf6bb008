"""What is estimable where sizes are letters: it is so for every number of levels from some number on, or for none.

Let k'β speak of levels up to m. The rows of the design with m levels are rows of every larger one, with zeros in the
further columns: a combination of them that gives k does so there too. Conversely, calling the further levels by the
name of the last of the m turns each row of the larger design into one of the smaller, columns likewise, and leaves k as
it is. So the smallest design decides, where the rows are all combinations of the levels of the fixed effects.

The values of a covariate count as numbers that fulfil no equation. Then a relation among the columns that holds in a
design and in the next larger one is one of the terms, and holds in all.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

import sympy

from tutor.models.element_names import letters_of, plain_name
from tutor.models.from_equation import from_equation
from tutor.models.index import IndexModel, IndexTerm
from tutor.models.mixed import MixedModel

MOST_ROWS = 2000
"""Rows of the smallest design that is built to decide."""


@dataclass(frozen=True, slots=True)
class WithLevels:
    """The fixed part of a design at numbers of levels.

    ``response`` is y_ijk where the rows are those of the design; where only the levels of the fixed effects are known,
    as the treatments of a Latin square, it is empty. ``spanned`` tells that the design has some of these rows only, and
    that they span all.
    """

    model: MixedModel
    has_rows: bool
    spanned: bool = False


def with_levels(model: MixedModel, least: int) -> WithLevels | None:
    """The fixed part of a design with ``least`` levels for each size that is a letter.

    None where it is not known that all combinations of the levels of the fixed effects have rows.
    """
    index = model.index
    if index.offset is not None or index.zeros:
        return None
    drawn = {name for effects in index.effects for name in effects.names}
    fixed = tuple(term for term in index.terms if term.coefficient not in drawn)
    chosen = _letters_with_all_combinations(model, fixed)
    levels: dict[str, int] = {}
    for run in index.ranges if chosen is not None else ():
        if not isinstance(run.extent, sympy.Expr):
            return None
        if run.letter in (chosen or ()):
            levels[run.letter] = int(run.extent) if isinstance(run.extent, sympy.Integer) else least
    if chosen is None or sympy.Mul(*levels.values()) > MOST_ROWS:
        return None
    has_rows = set(levels) == {run.letter for run in index.ranges} and not _determined(model)
    response, residual = (
        replace(name, indices="".join(letter for letter in name.indices if letter in levels))
        for name in (index.response, index.residual)
    )
    reduced = replace(index, terms=fixed, response=response, residual=residual)
    spanned = not has_rows and not set(levels) <= set(_determined(model))
    if not levels:
        return None
    effects = ["".join(term.coefficient.bases) for term in fixed]  # b_j, which may be random elsewhere, is fixed here
    return WithLevels(from_equation(_equation(reduced), levels, fixed=effects), has_rows, spanned)


def _determined(model: MixedModel) -> str:
    """The indices whose level in a row is not known while sizes are letters."""
    return "" if model.plan is None or model.plan.layout.codes is not None else model.plan.layout.determined


def _letters_with_all_combinations(model: MixedModel, fixed: tuple[IndexTerm, ...]) -> str | None:
    """The indices by whose levels the rows of X are told apart, where each combination of them has a row."""
    letters = {letter for term in fixed for name in term.factors for letter in letters_of(name)}
    layout = None if model.plan is None else model.plan.layout
    every = "".join(run.letter for run in model.index.ranges)
    if layout is None:
        extents = [run.extent for run in model.index.ranges if isinstance(run.extent, sympy.Expr)]
        return every if sympy.expand(sympy.Mul(*extents) - model.n) == 0 else None
    if layout.codes is not None:
        return None
    if not layout.determined:
        return every
    # Each level of a determined index has a row; of two, as the letters of a Graeco-Latin square, each pair has one.
    sizes = [layout.index(letter).size for letter in sorted(letters)]
    is_orthogonal = len(sizes) == 1 or (len(sizes) == 2 and sympy.expand(sympy.Mul(*sizes) - layout.number) == 0)
    if any(term.covariates for term in fixed):
        return None
    if letters <= set(layout.determined) and is_orthogonal:
        return "".join(sorted(letters))
    # Otherwise the rows are some of all combinations: with the rank of all, they span the same.
    of_all = layout.dimension([set(letters_of(term.coefficient)) for term in fixed])
    return "".join(sorted(letters)) if sympy.expand(of_all - model.rank) == 0 else None


def _equation(index: IndexModel) -> str:
    """y_ij = μ + τ_i + ε_ij, without random effects, as text that is read back."""
    terms = [" ".join(map(plain_name, term.factors)) for term in index.terms]
    return f"{plain_name(index.response)} = {' + '.join([*terms, plain_name(index.residual)])}"
