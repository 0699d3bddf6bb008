"""From an equation in elements to matrices: y_ij = μ + τ_i + u_j + ε_ij on a layout of rows becomes y = Xβ + Zu + ε.

Each term is a column for every combination of levels of its indices: X is over-parameterised, as lectures write it. A
covariate multiplies the columns of its term.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import chain

import sympy

from tutor.algebra.sizes import Size
from tutor.models.assemble import assemble
from tutor.models.covariance import Covariance
from tutor.models.covariates import Covariates, Known
from tutor.models.element_names import letters_of
from tutor.models.fixed_columns import fixed_columns
from tutor.models.index import IndexModel
from tutor.models.layout import Layout
from tutor.models.mixed import MixedModel
from tutor.models.plan import Plan
from tutor.models.random_columns import random_columns


def elementwise(
    title: str,
    index: IndexModel,
    layout: Layout,
    *,
    known: Known | None = None,
    residual: Covariance | None = None,
    response: tuple[float, ...] | None = None,
    plan: Plan | None = None,
    rank: Size | None = None,
    has_residual: bool = True,
    offset: Sequence[sympy.Expr] | None = None,
) -> MixedModel:
    """The model of an equation in elements on a layout.

    ``index.effects`` say which terms are random; all others are fixed. ``known`` are covariates with numbers.
    ``residual`` is Var(ε), σ² I without it, and ``has_residual`` is False of a model that has none; ``offset`` is that
    of each row. ``plan`` tells the units of a designed experiment, ``rank`` that of X where the layout does not.

    Raises
    ------
    DataError
        For a random effect with one level, one for each observation, or the groups of another effect.
    SizeError
        For a covariate that no structure can hold while sizes are letters.
    """
    covariates = Covariates(layout, known or {})
    drawn = set(chain.from_iterable(effects.names for effects in index.effects))
    fixed = [term for term in index.terms if term.coefficient not in drawn]
    classes = _classes(index)
    return assemble(
        title=title,
        rows=layout.rows(letters_of(index.response), _words(classes, index, covariates)),
        fixed=fixed_columns(fixed, index.zeros, covariates, rank),
        random=random_columns(index, covariates, has_residual=has_residual),
        index=index,
        factors=[layout.factor(letter) for letter in classes],
        columns=(*layout.columns(classes), *covariates.columns()),
        residual=residual,
        response=response,
        response_name="".join(index.response.bases),
        offset=offset,
        plan=plan,
    )


def _classes(index: IndexModel) -> str:
    """The indices of the response that some effect has, or that tell whose residuals are correlated: the others only
    number the observations."""
    if index.repeated:
        return letters_of(index.response)
    used = {letter for term in index.terms for letter in letters_of(term.coefficient)}
    return "".join(letter for letter in letters_of(index.response) if letter in used)


def _words(classes: str, index: IndexModel, covariates: Covariates) -> list[str] | None:
    """What a row is called beside its element: its levels, τ1 b3, and its covariates, x = 4."""
    layout = covariates.layout
    if not layout.is_listed:
        return None
    found = [layout.index(letter) for letter in classes]
    told = [[of.row_word(level) for of, level in zip(found, cell, strict=True)] for cell in layout.by_row(classes)]
    covariates_once = dict.fromkeys(name for term in index.terms for name in term.covariates if name.power == 1)
    for name in covariates_once:
        told = [[*words, word] for words, word in zip(told, covariates.words(name), strict=True)]
    return [" ".join(filter(None, words)) for words in told]
