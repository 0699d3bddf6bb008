"""The sources of variation of a model in the order of a table, and what each sum of squares is expected to be.

Sums of squares are sequential: y'(P_k − P_{k−1})y with P_k the projection on the columns of the first k sources. In an
orthogonal design the order does not matter. E(y'Ay) = tr(AV) + μ'Aμ, so that a variance component enters the mean
square of a source with tr(A Z Z')/df. Source: Searle, Casella and McCulloch (1992), Variance Components, chapters 4
and 5; for orthogonal designs Bailey (2008), Design of Comparative Experiments, chapter 10.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

import sympy
from flint import fmpq, fmpq_mat

from tutor.algebra.arithmetic import Exact
from tutor.algebra.evaluate import Instance
from tutor.algebra.nodes import Identity, Scaled
from tutor.errors import SizeError, TutorError
from tutor.models.effects import INTERCEPT
from tutor.models.inference.elimination import CrossProducts, cross_products
from tutor.models.inference.unequal_groups import N_0, has_unequal_groups

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
    fixed = _fixed_parts(model)
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


def _fixed_parts(model: MixedModel) -> list[Part]:
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


def is_orthogonal(model: MixedModel) -> bool:
    """Whether all combinations of the factors' levels are there equally often, or, with a letter for a size, every
    treatment is equally often in each row and each column of a square, or in each sequence and period of a crossover;
    then the order of the sources does not matter, and cells are counted. Sizes that differ between groups leave that
    to one source alone. A model needs an intercept.

    A square of numbers has cells without observations: its sources are found by elimination, which any order suits.
    """
    sizes = {factor.name: factor.size for factor in model.factors}
    covariates = {name for term in model.fixed for name in term.variables} - set(sizes)
    if covariates or not _means(model):
        return False
    if all(factor.codes is not None for factor in model.factors):
        cells = Counter(zip(*(factor.codes or () for factor in model.factors), strict=True))
        return len(cells) == sympy.Mul(*sizes.values()) and len(set(cells.values())) == 1
    plan = model.plan
    if plan is not None and plan.layout.is_ragged:
        return len(_fixed_parts(model)) + len(model.random) < 2
    # Without determined indices letters for sizes stand for all combinations.
    return plan is None or not plan.layout.determined or bool(plan.layout.lines)


def sources_of(model: MixedModel) -> tuple[Source, ...]:
    """The sources of variation, by counting cells where the design is orthogonal, else by elimination.

    Raises
    ------
    TutorError
        For a model whose variance is no sum of variance components.
    SizeError
        For a design that is not orthogonal with a letter for a size.
    DomainError
        When the value of a covariate is a letter.
    """
    if is_orthogonal(model):
        return sources_by_counting(model)
    if not model.n.is_Integer:
        raise SizeError(
            "How the sources of this design adjust for each other depends on its rows, which letters do not tell.",
            tip="Give numbers in place of the letters.",
        )
    return sources_by_elimination(model)


def sources_by_counting(model: MixedModel) -> tuple[Source, ...]:
    """The sources of an orthogonal design of any size.

    A term has as many degrees of freedom as it has cells, less those of the terms that lie in it; each variance whose
    groups are at least as fine enters with the number of observations of one of its groups, or n_0 where these differ.
    """
    parts, classes = ordered_parts(model), Classes(model)
    degrees: dict[Part, sympy.Expr] = {}
    by_size = sorted(parts[:-1], key=lambda part: len(part.variables))
    for part in by_size:
        inside = [other for other in degrees if other.variables < classes.closure(part.variables)]
        degrees[part] = classes.cells(part.variables) - 1 - sympy.Add(*(degrees[other] for other in inside))
    degrees[parts[-1]] = model.n - 1 - sympy.Add(*degrees.values())
    size = N_0 * classes.cells(parts[0].variables) if has_unequal_groups(model) else model.n
    share = {part: size / classes.cells(part.variables) for part in parts[:-1] if not part.is_fixed}
    share[parts[-1]] = sympy.S.One
    return tuple(
        Source(
            part,
            sympy.factor(degrees[part]),  # pyright: ignore[reportArgumentType]
            _variances({other: share[other] for other in share if classes.lies_in(part, other)}),
            (part.name,) if part.is_fixed else (),
        )
        for part in parts
    )


def sources_by_elimination(model: MixedModel) -> tuple[Source, ...]:
    """The sources of any rows that are listed, each adjusted for those before it.

    What is left of W'W, the cross-products of all columns, tells the degrees of freedom by its rank and, by its trace
    in the columns of Z, how much of a variance has not been taken yet. A fixed term enters by what is left of its
    columns beside the terms that lie in it, whose effects it only adds to.

    Raises
    ------
    SizeError
        When a size of the model is a letter.
    DomainError
        When the value of a covariate is a letter.
    """
    parts = ordered_parts(model)
    found: list[Source] = []
    for part, before, left in _eliminated(model, parts):
        degrees = before.rank(part.name)
        if degrees:
            found.append(_adjusted(part, sympy.Integer(degrees), before, left, parts))
    degrees = model.n - sympy.Integer(_means(model)) - sympy.Add(*(source.degrees_of_freedom for source in found))
    return (*found, Source(parts[-1], degrees, _variances({parts[-1]: sympy.S.One}), ()))


def sums_of_squares(model: MixedModel, response: Sequence[sympy.Rational]) -> dict[str, sympy.Rational]:
    """y'(P_k − P_{k−1})y of each source, and of the residual what is left; the numbers are exact.

    Raises
    ------
    SizeError, DomainError
        As `sources_by_elimination`.
    """
    parts = ordered_parts(model)
    y = fmpq_mat(len(response), 1, [fmpq(int(value.p), int(value.q)) for value in response])
    found, rest = {}, sympy.S.Zero
    for part, before, after in _eliminated(model, parts, y):
        rest = after.trace(_RESPONSE)
        found[part.name] = before.trace(_RESPONSE) - rest
    return {**found, RESIDUAL: rest}


_RESPONSE = "y"


def _eliminated(
    model: MixedModel, parts: Sequence[Part], response: fmpq_mat | None = None
) -> Iterator[tuple[Part, CrossProducts, CrossProducts]]:
    """Each source but the residual with what is there before and after its columns are taken out."""
    left = _listed_columns(model, parts, response)
    for part in parts[:-1]:
        before, left = left, left.without(part.name)
        yield part, before, left


def _adjusted(
    part: Part, degrees: sympy.Integer, before: CrossProducts, after: CrossProducts, parts: Sequence[Part]
) -> Source:
    taken = {other: (before.trace(other.name) - after.trace(other.name)) / degrees for other in parts[:-1]}
    variances = {other: share for other, share in taken.items() if not other.is_fixed and share}
    means = tuple(other.name for other, share in taken.items() if other.is_fixed and share)
    return Source(part, degrees, _variances({parts[-1]: sympy.S.One, **variances}), means)


def _variances(shares: Mapping[Part, sympy.Expr]) -> tuple[tuple[sympy.Symbol, sympy.Expr], ...]:
    """The residual variance first, then those of the finest groups."""
    ranked = sorted(shares, key=lambda part: (part.name != RESIDUAL, -len(part.variables)))
    return tuple((part.variance, shares[part]) for part in ranked if part.variance is not None)


def _means(model: MixedModel) -> int:
    """1 for a model with an intercept."""
    return int(any(term.name == INTERCEPT for term in model.fixed))


def _listed_columns(model: MixedModel, parts: Sequence[Part], response: fmpq_mat | None) -> CrossProducts:
    """The columns of all sources, from which the mean is taken, fixed terms centred within those that lie in them."""
    value = Instance(Exact()).value
    X = value(model.X)
    place = {label: j for j, label in enumerate(model.X.column_labels or ())}
    blocks = {term.name: _columns(X, [place[label] for label in term.columns or ()]) for term in model.fixed}
    blocks |= {term.group: value(term.matrix) for term in model.random}
    if response is not None:
        blocks[_RESPONSE] = response
    found = cross_products(blocks)
    if INTERCEPT in blocks:
        found = found.without(INTERCEPT)
    fixed = [part for part in parts if part.is_fixed]
    for part in fixed:
        found = found.centred(part.name, [other.name for other in fixed if other.variables < part.variables])
    return found


def _columns(matrix: fmpq_mat, chosen: Sequence[int]) -> fmpq_mat:
    return fmpq_mat([[row[j] for j in chosen] for row in matrix.tolist()])
