"""V by its eigenvalues, with what the fixed effects take of each and what they leave: V = Σ λ_k P_k.

In an orthogonal design the columns of X lie in the spaces of the P_k, so that the residuals of least squares are those
of GLS, and what is left of each space, of dimension f_k, has the mean square SS_k/f_k. Source: Nelder (1965), The
analysis of randomized experiments with orthogonal block structure, Proc. R. Soc. A 283, 147–178.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import sympy
from flint import fmpq

from tutor.algebra.arithmetic import Exact, NotRationalError
from tutor.algebra.evaluate import Instance
from tutor.algebra.laws.joining import product_of
from tutor.algebra.laws.projections import residual_projection
from tutor.algebra.nodes import Identity, Symbol, Transpose
from tutor.algebra.sizes import ONE, same_size
from tutor.algebra.structure.conditions import is_zero, normal
from tutor.algebra.structure.exchangeable import strata_symbols
from tutor.algebra.structure.forms import projection
from tutor.algebra.structure.strata import Balanced
from tutor.algebra.tree import Tree
from tutor.errors import DomainError, TutorError
from tutor.models.inference.error_contrasts import fixed_subsets, independent_columns, response_of
from tutor.models.inference.source_parts import RESIDUAL, Source
from tutor.models.inference.sources import is_orthogonal, sources_by_counting, sources_of
from tutor.models.strata import strata

if TYPE_CHECKING:
    from tutor.models.mixed import MixedModel


MOST_MULTIPLIED = 240
"""Rows of a model whose projections are multiplied to see whether it is orthogonal."""


@dataclass(frozen=True, slots=True)
class Level:
    """An eigenvalue λ of V with its multiplicity m and the projection P on its space, n × n.

    ``free`` is f, the dimension that the fixed effects leave; ``sum_of_squares`` is SS = y'Ay with the projection A on
    what they leave, None where they leave nothing. Without orthogonality both are unknown.
    """

    value: sympy.Expr
    multiplicity: sympy.Expr
    projection: Symbol
    free: sympy.Expr | None = None
    sum_of_squares: Symbol | None = None

    def slope(self, parameter: sympy.Symbol) -> sympy.Expr:
        """∂λ/∂θ."""
        found: sympy.Expr = self.value.diff(parameter)  # pyright: ignore[reportAssignmentType]
        return found


@dataclass(frozen=True, slots=True)
class Spectrum:
    """The distinct eigenvalues of V, and V as a balanced matrix."""

    element: Balanced
    levels: tuple[Level, ...]

    @property
    def is_orthogonal(self) -> bool:
        """Whether the columns of X lie in the spaces of the eigenvalues."""
        return all(level.free is not None for level in self.levels)

    @property
    def left(self) -> tuple[Level, ...]:
        """The eigenvalues of which the fixed effects leave something."""
        return tuple(level for level in self.levels if level.sum_of_squares is not None)


def spectrum(model: MixedModel) -> Spectrum | None:
    """The spectrum of a model whose V is balanced; None for another."""
    try:
        element = strata(model).element
    except TutorError:
        return None
    levels = [Level(e.value, e.multiplicity, P) for e, P in strata_symbols(element)]
    free = _free(model, element, levels)
    if free is None:
        return Spectrum(element, tuple(levels))
    names = _names(model)
    told = [_with_rest(level, own, names, model) for level, own in zip(levels, free, strict=True)]
    return Spectrum(element, tuple(told))


Rest = tuple[sympy.Expr, "Tree | None"]
"""The dimension f that the fixed effects leave of a space, and the projection on it where it has a closed form."""


def _free(model: MixedModel, element: Balanced, levels: Sequence[Level]) -> list[Rest] | None:
    """What the fixed effects leave of the space of each eigenvalue; None for a design that is not orthogonal."""
    fixed = fixed_subsets(model, element.factors)
    if fixed is not None:
        rests = [[subset for subset in each.subsets if subset not in fixed] for each in element.eigenvalues]
        return [(element.dimension(rest), projection(element.factors, rest)) for rest in rests]
    if len(levels) == 1:  # V = σ² I: every column lies in the one space that there is
        return [(normal(levels[0].multiplicity - model.rank), None)]
    if model.n.is_Integer:
        return _counted(model, levels) if model.n <= MOST_MULTIPLIED else None
    if not is_orthogonal(model):
        return None
    sources = [source for source in sources_by_counting(model) if not source.means]
    own = [[s for s in sources if same_size(_expectation(s), level.value)] for level in levels]
    return [(normal(sympy.Add(*(source.degrees_of_freedom for source in each))), None) for each in own]


def _counted(model: MixedModel, levels: Sequence[Level]) -> list[Rest] | None:
    """f = tr(P) − tr(P_X P) where P_X, the projection on the columns of X, commutes with each P."""
    instance = Instance(Exact())
    try:
        X = instance.value(independent_columns(model))
    except (DomainError, NotRationalError):  # covariates without values, or such that cannot be told from 0 exactly
        return None
    across = X * (X.transpose() * X).inv()
    found: list[Rest] = []
    for level in levels:
        P = instance.value(level.projection)
        own = across * (X.transpose() * P)
        if own != own.transpose():
            return None
        taken = sum((own[i, i] for i in range(own.nrows())), fmpq(0))
        found.append((level.multiplicity - sympy.Rational(int(taken.p), int(taken.q)), None))
    return found


def _names(model: MixedModel) -> dict[sympy.Expr, str]:
    """The sources of random effects by their expected mean square; where they are not told, that of the residuals."""
    try:
        sources = sources_of(model)
    except TutorError:
        return {model.parameters[0].symbol: RESIDUAL}
    return {sympy.expand(_expectation(source)): source.name for source in sources if not source.means}


def _with_rest(level: Level, rest: Rest, names: Mapping[sympy.Expr, str], model: MixedModel) -> Level:
    free, closed = rest
    if is_zero(free):
        return replace(level, free=sympy.S.Zero)
    y = response_of(model)
    definition = _projected(model, level.projection) if closed is None else closed
    form = product_of((Transpose(y), definition, y))
    name = names.get(sympy.expand(level.value), level.projection.name.removeprefix("P_"))
    return replace(level, free=free, sum_of_squares=Symbol(f"SS_{name}", ONE, ONE, definition=form, scope=model.scope))


def assumed(model: MixedModel) -> str | None:
    """What a design with letters for sizes takes for granted of columns that are no Kronecker product, as those of the
    treatments in a Latin square; None for another."""
    if model.plan is None or model.n.is_Integer:
        return None
    layout = model.plan.layout
    names = [
        index.name for index in layout.indices if index.letter in layout.determined and not layout.knows(index.letter)
    ]
    if not names:
        return None
    lines = [index for index in layout.indices if index.letter in layout.lines]
    once = all(same_size(layout.number, each.size**2) for each in lines)
    often = "once" if once else "equally often"
    places = " and ".join(f"{often} in each {line.name}" for line in lines)
    together = ", and all combinations of their levels are there equally often" if len(names) > 1 else ""
    return f"each level of {' and '.join(names)} is {places}{together}"


def _projected(model: MixedModel, P: Symbol) -> Tree:
    """(I − X(X'X)⁻X')P, a projection where the columns of X lie in spaces of which P is one, without a P that is I."""
    left = residual_projection(independent_columns(model))
    return left if isinstance(P.definition, Identity) else product_of((left, P))


def _expectation(source: Source) -> sympy.Expr:
    return sympy.Add(*(share * variance for variance, share in source.coefficients))
