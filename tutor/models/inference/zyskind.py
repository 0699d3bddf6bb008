"""When ordinary least squares is best: Zyskind's condition VP = PV, P being the projection onto the columns of X.

It says that V leads no column of X out of their space. In a balanced design V is Σ λ_S P_S over the strata, and P is a
sum of some of these P_S, so that both commute whatever the variances are. Source: Zyskind (1967), On canonical forms,
non-negative covariance matrices and best and simple least squares linear estimators in linear models, Annals of
Mathematical Statistics 38, 1092–1109; Puntanen and Styan (1989), The American Statistician 43, 153–161.
"""

from __future__ import annotations

import random
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

import sympy
from flint import arb

from tutor.algebra.arithmetic import NotRationalError, Number
from tutor.algebra.draw import DrawnInstance
from tutor.algebra.facts import known
from tutor.algebra.laws.projections import generalized_inverse, projection
from tutor.algebra.nodes import Explicit, Identity, Inverse, Product, Scaled, Symbol, Transpose
from tutor.algebra.parameters import definitions_of
from tutor.algebra.rules import Derivation, chain
from tutor.algebra.structure.conditions import is_zero
from tutor.algebra.structure.forms import balanced
from tutor.algebra.structure.forms import projection as onto
from tutor.algebra.structure.strata import Balanced, Subset
from tutor.algebra.tree import Tree
from tutor.algebra.walk import symbols_of
from tutor.errors import DomainError, SizeError, TutorError
from tutor.models.column_relations import pivot_columns
from tutor.models.inference.alike_groups import alike_groups
from tutor.models.inference.explained import Explained, Part
from tutor.models.inference.source_parts import ordered_parts
from tutor.models.inference.sources import is_orthogonal
from tutor.models.inference.structures_over_an_index import commuting, over_index
from tutor.models.strata import GRAND_MEAN, design_factors
from tutor.notation.write import inline
from tutor.notation.writing.pen import Pen, Piece, written

if TYPE_CHECKING:
    from tutor.models.mixed import MixedModel

INSTANCES = 3
"""Exact instances on which VP = PV is looked at where no structure tells."""

TRIES = 12
"""Instances that are drawn for these, since some lie outside the domain of a structure."""

MOST_QUICK = 60
"""Observations of which exact numbers are quickly looked at."""

MOST_ROWS = 400
"""Observations of which exact numbers are looked at: a few seconds."""

SIZES_TIP = "Give numbers for the sizes."


@dataclass(frozen=True, slots=True)
class Difference:
    """Where VP and PV differ: row and column from 1, the values of the parameters, and those of both products.

    ``variances`` are those of the estimate of the mean of the observation in this row, by OLS and by the BLUE.
    """

    place: tuple[int, int]
    parameters: dict[str, sympy.Expr]
    values: tuple[sympy.Expr, sympy.Expr]
    variances: tuple[sympy.Expr, sympy.Expr]

    def __str__(self) -> str:
        at = ", ".join(f"{inline(sympy.Symbol(name))} = {value}" for name, value in self.parameters.items())
        i, j = self.place
        return (
            f"at {at} entry ({i}, {j}) of VP is {self.values[0]} and of PV {self.values[1]}; the mean of "
            f"observation {i} is estimated with variance {self.variances[0]} by OLS and {self.variances[1]} by the BLUE"
        )


@dataclass(frozen=True, slots=True, repr=False, eq=False)
class OlsIsBlue(Explained):
    """Whether ordinary least squares is best for all values of the parameters, which is also its truth value, and why.

    ``strata`` are those whose projections P is the sum of, None where V has none with that property; ``derivation``
    leads from VP to PV by them. ``counterexample`` is there where the answer is no.
    """

    holds: bool
    reason: str
    strata: tuple[str, ...] | None = None
    derivation: Derivation | None = None
    counterexample: Difference | None = None

    def __bool__(self) -> bool:
        return self.holds

    @property
    def parts(self) -> Sequence[Part]:
        return [self.because] if self.derivation is None else [self.because, self.derivation]

    @property
    def because(self) -> str:
        """The answer and the reason, in one sentence."""
        return f"OLS is {'' if self.holds else 'not '}BLUE: {self.reason}."


def ols_is_blue(model: MixedModel, *, quick: bool = False) -> OlsIsBlue:
    """Whether OLS is BLUE in a model, for all values of its parameters; ``quick`` asks for the answer by structure
    alone in large models, which is no where structure does not tell.

    Raises
    ------
    SizeError
        With a letter for a size, where the structure does not decide.
    TutorError
        For more than 400 observations, where it does not, and where no values of the parameters are found within the
        domains of their structures.
    """
    found = _by_structure(model)
    if found is not None:
        return found
    if not quick:
        try:
            return _by_numbers(model)
        except SizeError as error:
            problem = f"Whether OLS is BLUE does not follow from the structure of this design. {error.problem}"
            raise SizeError(problem, tip=SIZES_TIP) from None
    unknown = OlsIsBlue(False, "the structure of the design does not tell")
    if not model.n.is_Integer or model.n > MOST_QUICK:
        return unknown
    try:
        return _by_numbers(model)
    except TutorError:
        return unknown


# By structure


def _by_structure(model: MixedModel) -> OlsIsBlue | None:
    R = model.R.definition
    if model.Z is None and isinstance(R, Scaled) and isinstance(R.tree, Identity):
        law = "V is a multiple of I, which commutes with every matrix"
        return OlsIsBlue(True, f"V = {inline(R)}, so VP = PV for every P", derivation=_by_law(model, law))
    elements = projections_of_fixed(model)
    if elements is not None:
        V, kept = elements
        names = tuple(_name(V, subset) for subset in kept)
        reason = (
            "V = ∑ λ P over the strata of the design, and the columns of X span whole ones of these spaces: P is the "
            f"sum of the projections for {_listed(names)}, so VP = PV whatever the variances are"
        )
        return OlsIsBlue(True, reason, names, _commuting(model))
    structured = over_index(model)
    if structured is not None:
        reason = (
            f"the means at all levels of {structured.name} are free, so P = P_C ⊗ I over it, and V is a sum of A ⊗ Σ "
            "with A made of I and J: VP = PV whatever Σ is"
        )
        return OlsIsBlue(True, reason, None, commuting(model, structured))
    group = alike_groups(model)
    if group is not None:
        law = "each column of VX is a combination of columns of X"
        reason = (
            f"the rows of every {group} are the same, so X repeats those of one {group}, and each random coefficient "
            f"is that of a column of X: {law}, and VP = PV whatever the variances are"
        )
        return OlsIsBlue(True, reason, None, _by_law(model, law))
    try:
        parts = ordered_parts(model)
    except TutorError:
        return None
    if not is_orthogonal(model) or (model.plan is not None and model.plan.layout.is_ragged):
        return None
    groups = _listed(tuple(part.name for part in parts if not part.is_fixed and part.position >= 0))
    reason = (
        f"the design is orthogonal: the projections onto the groups of {groups} commute with P, and V is a sum of "
        "multiples of them and of I, so VP = PV whatever the variances are"
    )
    return OlsIsBlue(True, reason, None, _commuting(model))


def projections_of_fixed(model: MixedModel) -> tuple[Balanced, tuple[Subset, ...]] | None:
    """V over the factors of the design, and the subsets S whose P_S add up to P; None where P is no such sum."""
    factors = design_factors(model)
    V = balanced(model.V, factors)
    if V is None:
        V = balanced(model.V)
    if V is None:
        return None
    square = balanced(Product((model.X, Transpose(model.X))), V.factors)
    if square is None or not all(is_zero(value) or value.is_positive for value in square.values):
        return None
    kept = tuple(s for found in square.eigenvalues if not is_zero(found.value) for s in found.subsets)
    return V, tuple(sorted(kept, key=lambda s: (sum(s), [not inside for inside in s])))


def _name(element: Balanced, subset: Subset) -> str:
    told = [
        factor.name or f"factor {i + 1}"
        for i, (factor, inside) in enumerate(zip(element.factors, subset, strict=True))
        if inside
    ]
    return " × ".join(told) or GRAND_MEAN


def _listed(names: tuple[str, ...]) -> str:
    return " and ".join(filter(None, [", ".join(names[:-1]), names[-1]])) if names else "no groups"


def _commuting(model: MixedModel) -> Derivation:
    """VP = PV, by the closed forms of both where there are."""
    V, P = model.covariance, model.P
    start, end = Product((V, P)), Product((P, V))
    elements = projections_of_fixed(model)
    if elements is None:
        return _by_law(model, "the projections onto the groups commute with P")
    element, kept = elements
    spaces = onto(element.factors, kept)
    closed = element.tree()
    product = (element @ Balanced.projection(element.factors, kept)).tree()
    return chain(
        start,
        ("closed-form", "V and P by the order of the rows", Product((closed, spaces))),
        ("strata", "V = ∑ λ_S P_S and P = ∑ P_S over some S, with P_S P_S = P_S and P_S P_T = 0", product),
        ("strata", "the same product in the other order", Product((spaces, closed))),
        ("closed-form", "P and V by their names", end),
    )


def _by_law(model: MixedModel, law: str) -> Derivation:
    """VP = PV in one step."""
    V, P = model.covariance, model.P
    return chain(Product((V, P)), ("zyskind", law, Product((P, V))))


# By numbers


def _by_numbers(model: MixedModel) -> OlsIsBlue:
    """VP and PV on exact instances: where they differ on one it is a counterexample."""
    if not model.n.is_Integer and any(
        symbol.definition is None for part in definitions_of(model.X) for symbol in symbols_of(part)
    ):
        raise SizeError("The columns of X are not known while a size is a letter.")
    if model.n.is_Integer and model.n > MOST_ROWS:
        raise TutorError(
            f"VP and PV of {inline(model.n)} observations are too large to be compared in exact numbers.",
            tip="m.ols.at(…) and m.blue.at(…) tell in numbers at given parameters.",
        )
    products = _Products(model)
    seen = 0
    for instance in _instances(model):
        try:
            found = products.difference(instance)
        except DomainError:
            continue
        if found is not None:
            reason = f"V leads columns of X out of their space: {found}"
            return OlsIsBlue(False, reason, counterexample=found)
        seen += 1
        if seen == INSTANCES:
            break
    if seen < INSTANCES:
        raise TutorError("VP and PV have no value at the values of the parameters that were tried.",
                         tip="m.ols.at(…) and m.blue.at(…) tell in numbers at given parameters.")  # fmt: skip
    if not model.n.is_Integer:
        raise SizeError("Whether OLS is BLUE is not decided while a size is a letter.", tip=SIZES_TIP)
    return OlsIsBlue(
        True,
        "each column of VX is a combination of columns of X, so VP = PV, as exact numbers show at random values of the "
        "parameters",
        None,
        _by_law(model, "VX lies in the space of the columns of X"),
    )


def _instances(model: MixedModel) -> Iterator[DrawnInstance]:
    """Two with small numbers, which a counterexample is told in if it can be, then random ones."""
    rng = random.Random(0)
    for attempt in range(TRIES):
        trees = [Product((model.covariance, model.X))]
        yield DrawnInstance(trees, rng, friendly=attempt < 2, squares=attempt % 2 == 1)


class _Products:
    """VP and PV, and the variances of the estimates of E(y) by both estimators, as trees to be valued."""

    def __init__(self, model: MixedModel) -> None:
        V = model.covariance
        X = _independent(model)
        P = projection(X)
        information = Product((Transpose(X), Inverse(V), X))
        full = known("full column rank", X).value is True
        inverse = Inverse(information) if full else generalized_inverse(information)
        self._products = (Product((V, P)), Product((P, V)))
        self._variances = (Product((P, V, P)), Product((X, inverse, Transpose(X))))

    def difference(self, instance: DrawnInstance) -> Difference | None:
        """Where the products differ on an instance, the row with the largest loss by OLS first; None where they do not.

        Raises DomainError where they have no value.
        """
        try:
            return self._difference(instance)
        except NotRationalError:
            return self._difference(instance.in_balls())

    def _difference(self, instance: DrawnInstance) -> Difference | None:
        left, right = (instance.arithmetic.entries(instance.value(tree)) for tree in self._products)
        cells = [(i, j) for i, line in enumerate(left) for j, x in enumerate(line) if _differ(x, right[i][j])]
        if not cells:
            return None
        by_ols, by_blue = (instance.arithmetic.entries(instance.value(tree)) for tree in self._variances)
        losses = [float(_number(by_ols[i][i] - by_blue[i][i])) for i in range(len(by_ols))]
        i, j = max(cells, key=lambda cell: (losses[cell[0]], -cell[0], -cell[1]))
        letters = {**instance.sizes, **{k: v for k, v in instance.scalars.items() if k not in instance.sizes}}
        return Difference(
            (i + 1, j + 1),
            {str(letter): sympy.Rational(value.numerator, value.denominator) for letter, value in letters.items()},
            (_number(left[i][j]), _number(right[i][j])),
            (_number(by_ols[i][i]), _number(by_blue[i][i])),
        )


def _independent(model: MixedModel) -> Tree:
    """Columns of X that span the space of all of them; X itself while a size is a letter."""
    if not model.n.is_Integer or known("full column rank", model.X).value:
        return model.X
    X = model.X.explicit()
    part = Explicit(X.extract(list(range(X.rows)), list(pivot_columns(X))))
    return Symbol("X_1", *part.shape, facts=frozenset({"full column rank"}), definition=part)


def _differ(left: Number, right: Number) -> bool:
    return not left.overlaps(right) if isinstance(left, arb) else left != right


def _number(value: Number) -> sympy.Expr:
    """A rational number, or six digits of one that is not."""
    if isinstance(value, arb):
        return sympy.Float(float(value.mid()), 6)
    return sympy.Rational(int(value.p), int(value.q))


# Showing


@written.register
def write_ols_is_blue(found: OlsIsBlue, pen: Pen) -> Piece:
    """The sentence."""
    return Piece(pen.dialect.verbatim(found.because))
