"""The strata of a design: the spaces in which all contrasts of y have one variance, with the names of their units.

A stratum belongs to each set of factors that classifies the units of a random term, to what such sets have in common,
to the grand mean and to the observations themselves. Source: Nelder (1965), The analysis of randomized experiments with
orthogonal block structure, Proc. R. Soc. A 283, 147–178; Bailey (2008), Design of Comparative Experiments, chapter 10.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

import sympy

from tutor.algebra.nodes import Scalar
from tutor.algebra.sizes import ONE, same_size
from tutor.algebra.structure.forms import balanced, projection
from tutor.algebra.structure.strata import Balanced, Factor, Subset, subsets
from tutor.algebra.tree import Tree
from tutor.display import Shown
from tutor.errors import TutorError, UnknownNameError
from tutor.notation.write import shown_as_table
from tutor.notation.writing.pen import Pen, Piece, written
from tutor.notation.writing.write_table import Table

if TYPE_CHECKING:
    from tutor.models.mixed import MixedModel
    from tutor.models.plan import Plan, Unit

GRAND_MEAN = "grand mean"
RESIDUAL = "residual"
LEVELS = {"outer", "inner"}
"""Units that are called by their place among nested groups."""


@dataclass(frozen=True, slots=True)
class Stratum:
    """A space of contrasts: its name, the projection P onto it, n × n, its dimension, and the eigenvalue of V on it."""

    name: str
    projection: Tree
    degrees_of_freedom: sympy.Expr
    eigenvalue: sympy.Expr


@dataclass(frozen=True, slots=True, repr=False)
class Strata(Shown):
    """The strata of a design, the grand mean first and the observations last; V is the sum of all λ P."""

    strata: tuple[Stratum, ...]
    element: Balanced

    def __iter__(self) -> Iterator[Stratum]:
        return iter(self.strata)

    def __len__(self) -> int:
        return len(self.strata)

    def __getitem__(self, name: str) -> Stratum:
        """The stratum of this name. Raises KeyError for another."""
        return {stratum.name: stratum for stratum in self.strata}[name]

    def number(self, **values: float) -> dict[str, float]:
        """The eigenvalue of V in each stratum at values of the variances, and of sizes that are letters.

        Raises
        ------
        UnknownNameError
            For a value of something else.
        DomainError
            For a value that is missing or outside its domain.
        """
        told = [part for each in self.strata for part in (each.eigenvalue, each.degrees_of_freedom)]
        letters = sorted({str(letter) for part in told for letter in part.free_symbols})
        for name in values:
            if name not in letters:
                raise UnknownNameError("The letter", name, letters)
        trees = {stratum.name: Scalar(stratum.eigenvalue) for stratum in self.strata}
        own = {name: {str(letter) for letter in tree.value.free_symbols} for name, tree in trees.items()}
        return {
            name: float(tree.numpy(**{key: value for key, value in values.items() if key in own[name]})[0, 0])
            for name, tree in trees.items()
        }


def strata(model: MixedModel) -> Strata:
    """The strata of a model whose V is a sum of Kronecker products of I and J.

    Raises
    ------
    TutorError
        For a model that is not balanced in this sense, with what to do instead.
    """
    factors = design_factors(model)
    by_design = None if factors is None else balanced(model.V, factors)
    element = by_design or balanced(model.V)
    if element is None:
        raise TutorError(
            f"V of this model has no strata: it is no sum of Kronecker products of I and J ({model.title}).",
            tip="m.V.inv().closed_form() goes by blocks, m.V.eigenvalues() too.",
        )
    sets = _Sets(model, element, None if by_design is None else model.plan)
    values = dict(zip(subsets(len(element.factors)), element.values, strict=True))
    found = tuple(
        Stratum(
            sets.name(classes),
            projection(element.factors, members),
            element.dimension(members),
            values[members[0]],
        )
        for classes, members in sets.groups()
    )
    return Strata(found, element)


def design_factors(model: MixedModel) -> tuple[Factor, ...] | None:
    """The factors by which the rows of a design are ordered; None without a plan, or where rows are left out."""
    if model.plan is None:
        return None
    free = tuple(Factor(index.name, index.size) for index in model.plan.layout.free)
    return free if same_size(sympy.Mul(*(factor.size for factor in free)), model.n) else None


Classes = frozenset[int]
"""The factors, by their positions, that classify the units of a stratum."""


class _Sets:
    """Which sets of factors have a stratum, which subsets S lie in it, and what it is called."""

    def __init__(self, model: MixedModel, element: Balanced, plan: Plan | None) -> None:
        self._model, self._element, self._plan = model, element, plan
        self._everything = frozenset(range(len(element.factors)))
        self._terms = self._classes_of_terms()
        kept = {frozenset(i for i, keep in enumerate(T) if keep) for T, _ in element.coefficients()}
        closed = {frozenset(), self._everything, *kept}
        while True:
            more = {first & second for first in closed for second in closed} - closed
            if not more:
                break
            closed |= more
        self._closed = sorted(closed, key=lambda classes: (len(classes), sorted(classes)))

    def groups(self) -> Iterator[tuple[Classes, list[Subset]]]:
        """Each set of factors with the subsets S that lie in it and in no smaller one, the smallest set first."""
        members: dict[Classes, list[Subset]] = {classes: [] for classes in self._closed}
        for subset in subsets(len(self._element.factors)):
            inside = frozenset(i for i, has in enumerate(subset) if has)
            if all(self._element.factors[i].size != ONE for i in inside):
                members[next(classes for classes in self._closed if inside <= classes)].append(subset)
        return ((classes, found) for classes, found in members.items() if found)

    def _classes_of_terms(self) -> dict[Classes, list[int]]:
        """For each set of factors the random terms whose groups they make, by number."""
        found: dict[Classes, list[int]] = {}
        for number, term in enumerate(self._model.random):
            square = balanced(term.matrix @ term.matrix.T, self._element.factors)
            if square is not None and len(square.coefficients()) == 1:
                ((kept, _),) = square.coefficients()
                found.setdefault(frozenset(i for i, keep in enumerate(kept) if keep), []).append(number)
        return found

    def name(self, classes: Classes) -> str:
        """Grand mean; the units whose strata these are; otherwise the group of a random term, or the factors."""
        if not classes:
            return GRAND_MEAN
        if self._plan is not None:
            return self._unit_name(self._plan, classes)
        if classes == self._everything:
            return RESIDUAL
        if classes in self._terms:
            return self._model.random[self._terms[classes][0]].group
        return self._shared(classes)

    def _unit_name(self, plan: Plan, classes: Classes) -> str:
        """The unit that the factors classify, or the units that cross in them."""
        letters = [index.letter for index in plan.layout.free]
        mine = {letters[i] for i in classes}
        inside = [(unit, _classifying(plan, unit)) for unit in plan.units if _classifying(plan, unit) <= mine]
        whole = next((unit.name for unit, own in reversed(inside) if own == mine), None)
        if whole is None and classes in self._terms:
            return " × ".join(self._model.random[self._terms[classes][0]].variables)
        if whole is None:
            largest = [unit for unit, own in inside if not any(own < other for _, other in inside)]
            whole = " × ".join(unit.name for unit in largest) or ", ".join(self._factor_names(classes))
        if " × " not in whole:
            whole = f"{whole} groups" if whole in LEVELS or whole[-1].isdigit() else f"{whole}s"
        return f"{whole} ({RESIDUAL})" if classes == self._everything else whole

    def _factor_names(self, classes: Classes) -> list[str]:
        return [self._element.factors[i].name for i in sorted(classes)]

    def _shared(self, classes: Classes) -> str:
        """What the groups of the smallest random terms around these factors have in common."""
        around = [number for wider, numbers in self._terms.items() if classes < wider for number in numbers]
        variables = [self._model.random[number].variables for number in around]
        common = [name for name in variables[0] if all(name in other for other in variables)] if variables else []
        return ":".join(common) or "+".join(str(i + 1) for i in sorted(classes))


def _classifying(plan: Plan, unit: Unit) -> set[str]:
    """The letters of the indices that number a unit, those of its holders included."""
    free = {index.letter for index in plan.layout.free}
    return {letter for each in (*plan.holders(unit), unit) for letter in each.letters} & free


# Showing


def _table(found: Strata) -> Table:
    return Table(
        ("stratum", "projection", "df", "eigenvalue of V"),
        tuple((s.name, s.projection, s.degrees_of_freedom, s.eigenvalue) for s in found),
    )


@written.register
def write_strata(found: Strata, pen: Pen) -> Piece:
    """The names on one line."""
    return Piece(pen.dialect.verbatim(", ".join(stratum.name for stratum in found)))


shown_as_table(Strata, _table)
