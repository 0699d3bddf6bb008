"""The sources of variation of a model: its terms in the order of a table, and how its factors classify the rows."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

import sympy

from tutor.algebra.nodes import Identity, Scaled, Symbol
from tutor.algebra.tree import Tree
from tutor.errors import TutorError
from tutor.models.effects import INTERCEPT

if TYPE_CHECKING:
    from tutor.models.mixed import MixedModel

RESIDUAL = "residual"


@dataclass(frozen=True, slots=True)
class Part:
    """A term of the model as a source: its name, the factors and covariates in it, and its variance if it is random.

    ``position`` is that among the fixed or among the random terms; the residual has none of either.
    """

    name: str
    variables: frozenset[str]
    position: int
    variance: sympy.Symbol | None = None

    @property
    def is_fixed(self) -> bool:
        return self.variance is None


@dataclass(frozen=True, slots=True)
class Source:
    """A line of the table: its degrees of freedom, and its expected mean square Σ c σ² + Q(fixed effects).

    ``coefficients`` are those of the variances that enter, ``means`` the fixed terms in Q.
    """

    part: Part
    degrees_of_freedom: sympy.Expr
    coefficients: tuple[tuple[sympy.Symbol, sympy.Expr], ...]
    means: tuple[str, ...]

    @property
    def name(self) -> str:
        return self.part.name


def ordered_parts(model: MixedModel) -> tuple[Part, ...]:
    """The sources from the coarsest units to the residual: each random term after the fixed ones that vary among it.

    Raises
    ------
    TutorError
        For a model whose variance is no sum of variance components.
    """
    random = _random_parts(model)
    fixed = fixed_parts(model)
    classes = Classes(model)
    found: list[Part] = []
    for group in random[:-1]:
        found += [part for part in fixed if part not in found and classes.lies_in(part, group)
                  and not any(_is_finer(part, group, other, classes) for other in random[:-1])]  # fmt: skip
        found.append(group)
    return (*found, *(part for part in fixed if part not in found), random[-1])


def _is_finer(part: Part, group: Part, other: Part, classes: Classes) -> bool:
    """Whether a fixed term varies among the units of another term too, which are larger than these."""
    return other != group and classes.lies_in(part, other) and classes.lies_in(other, group)


def _random_parts(model: MixedModel) -> list[Part]:
    """The random terms, those with fewer factors first, and the residual."""
    found = []
    for position, term in enumerate(model.random):
        if term.coefficients != (INTERCEPT,) or not isinstance(term.covariance.tree, Scaled):
            raise TutorError(
                f"The effects of {term.group} have more than one variance, so that no mean square belongs to them.",
                tip="An analysis of variance needs random effects with one variance each, as (1 | block).",
            )
        found.append(Part(term.group, frozenset(term.variables), position, term.parameters[0].symbol))
    found.sort(key=lambda part: len(part.variables))
    residual = model.R.definition
    if not isinstance(residual, Scaled) or not isinstance(residual.tree, Identity):
        raise TutorError(
            "The residuals have a covariance structure of their own, so that no mean square belongs to them.",
            tip="An analysis of variance needs Var(ε) = σ² I.",
        )
    return [*found, Part(RESIDUAL, Classes(model).everything, -1, model.parameters[0].symbol)]


def fixed_parts(model: MixedModel) -> list[Part]:
    """The fixed terms without the mean, those of units before those of treatments."""
    parts = [
        Part(term.name, frozenset(term.variables), position)
        for position, term in enumerate(model.fixed)
        if term.name != INTERCEPT
    ]
    plan = model.plan
    if plan is None:
        return parts
    treatments = {index.name for index in plan.layout.indices if index.letter in plan.treatments}
    return sorted(parts, key=lambda part: bool(part.variables & treatments or not part.variables))


class Classes:
    """How the rows are classified by the factors of a model."""

    def __init__(self, model: MixedModel) -> None:
        self._sizes = {factor.name: factor.size for factor in model.factors}
        self._columns = dict(model.columns)
        self._free: frozenset[str] = frozenset()
        self._lines: frozenset[str] = frozenset()
        self._determined: frozenset[str] = frozenset()
        if model.plan is not None:
            layout = model.plan.layout
            self._free = frozenset(index.name for index in layout.free)
            self._lines = frozenset(index.name for index in layout.free if index.letter in layout.lines)
            self._determined = frozenset(index.name for index in layout.indices if index.letter in layout.determined)
        self.is_listed = all(name in self._columns for name in self._sizes)

    @property
    def everything(self) -> frozenset[str]:
        return frozenset(self._sizes) | self._free

    def closure(self, variables: frozenset[str]) -> frozenset[str]:
        """These factors with those that they determine, as the cell of a Latin square its treatment."""
        if self.is_listed or not self._lines or not self._lines <= variables:
            return variables
        return variables | self._determined

    def lies_in(self, coarse: Part, fine: Part) -> bool:
        """Whether all observations of one level of ``fine`` agree in ``coarse``."""
        if RESIDUAL in (coarse.name, fine.name):
            return fine.name == RESIDUAL
        if coarse.variables <= self.closure(fine.variables):
            return True
        if not self.is_listed:
            return False
        return len(set(self._rows(fine.variables))) == len(set(self._rows(fine.variables | coarse.variables)))

    def _rows(self, variables: Iterable[str]) -> list[tuple[object, ...]]:
        columns = [self._columns[name] for name in sorted(variables) if name in self._columns]
        return list(zip(*columns, strict=True)) if columns else [()]

    def cells(self, variables: Iterable[str]) -> sympy.Expr:
        """The number of combinations of levels, where all of them are there."""
        return sympy.Mul(*(self._sizes[name] for name in variables))


def variances_of(shares: Mapping[Part, sympy.Expr]) -> tuple[tuple[sympy.Symbol, sympy.Expr], ...]:
    """The residual variance first, then those of the finest groups."""
    ranked = sorted(shares, key=lambda part: (part.name != RESIDUAL, -len(part.variables)))
    return tuple((part.variance, shares[part]) for part in ranked if part.variance is not None)


def projection_symbol(model: MixedModel, name: str, tree: Tree) -> Symbol:
    """A_block, n × n, of which y'Ay is the sum of squares of a source."""
    facts = frozenset({"symmetric", "idempotent"})
    return Symbol(f"A_{name}", model.n, model.n, facts=facts, definition=tree, scope=model.scope)  # pyright: ignore[reportArgumentType]
