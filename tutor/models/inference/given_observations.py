"""Moments of elements given other observations: E(y_11 | y_21), Var(y_11 | y_21), Cov(y_11, y_12 | y_21).

For normal a, b and g, E(a | g) = E(a) + Cov(a, g) Var(g)⁻¹ (g − E(g)) and
Cov(a, b | g) = Cov(a, b) − Cov(a, g) Var(g)⁻¹ Cov(g, b), which does not depend on the value of g. Source: Searle,
Casella and McCulloch (1992), Variance Components, appendix S.2; Anderson (2003), An Introduction to Multivariate
Statistical Analysis, 3rd ed., theorem 2.5.1.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

import sympy
from sympy.matrices.immutable import ImmutableDenseMatrix
from sympy.polys.matrices import DomainMatrix
from sympy.polys.matrices.exceptions import DMNonInvertibleMatrixError

from tutor.algebra.laws.joining import negated, product_of
from tutor.algebra.nodes import Block, Covariance, Expectation, Explicit, Inverse, Scalar, Sum, Symbol, Variance
from tutor.algebra.rules import Derivation, chain
from tutor.algebra.sizes import ONE
from tutor.algebra.tree import Tree
from tutor.errors import TutorError
from tutor.models.collected import collected
from tutor.models.linear_forms import listed_as_symbols, without_given
from tutor.models.observations.cells import element_of, indices_fit
from tutor.models.observations.derive import elements_as_symbols
from tutor.notation.names import split_given, unicode_name
from tutor.notation.write import inline

if TYPE_CHECKING:
    from tutor.models.mixed import MixedModel

MOST_GIVEN = 8
"""Observations that are given, with letters for their variances, up to which Var(g)⁻¹ is worked out."""

JOINT = "observations and effects are normal together"


def derive_given_observations(model: MixedModel, goal: Tree) -> Derivation | None:
    """The derivation of E, Var or Cov of sums of elements given elements of which one at least is an observation; None
    where none is.

    Raises
    ------
    TutorError
        For elements that there are not, of more than `MOST_GIVEN` that are given, where some of them tell another, and
        where not the same is given of all.
    """
    if not isinstance(goal, Expectation | Variance | Covariance):
        return None
    letters = [str(letter) for part in goal.parts if isinstance(part, Scalar) for letter in part.value.free_symbols]
    keys = [key for letter in letters for key in split_given(letter)[1]]
    if not any(_is_observation(model, key) for key in keys):
        return None
    plain, told = without_given(goal)
    given = list(dict.fromkeys(told.split(",")))
    for key in given:
        _require_element(model, key)
    if len(given) > MOST_GIVEN:
        raise TutorError(f"{len(given)} observations are given, whose variances are not inverted in letters.",
                         tip=f"Give at most {MOST_GIVEN}.")  # fmt: skip
    return _Conditioned(model, [sympy.Symbol(key, real=True) for key in given]).derivation(goal, plain)


def _is_observation(model: MixedModel, key: str) -> bool:
    base, underscore, _ = key.partition("_")
    return bool(underscore) and base in (model.y.name, f"{model.y.name}bar")


def _require_element(model: MixedModel, key: str) -> None:
    """Raise TutorError for what is no element of y, of ε or of a random effect."""
    if indices_fit(model):
        known = element_of(model, key) is not None
    else:
        vectors = [vector for vector in (model.y, model.u, model.e) if vector is not None]
        known = any(key in map(str, vector.entries.flat()) for vector in vectors if vector.entries is not None)
    if not known:
        raise TutorError(f"{unicode_name(key)} is no element that varies, so that nothing follows from it.",
                         tip="Give single observations, or single effects beside them: y_11 | y_21, u_2.")  # fmt: skip


class _Conditioned:
    """What is known of the elements that are given: their means, variances and covariances."""

    def __init__(self, model: MixedModel, given: Sequence[sympy.Symbol]) -> None:
        self._model = model
        self._given = [Scalar(letter) for letter in given]
        pairs = [[self._value(Covariance(one, other)) for other in self._given] for one in self._given]
        self._variance = ImmutableDenseMatrix(pairs)

    def derivation(self, goal: Tree, plain: Tree) -> Derivation:
        """From the moment by the theorem to its value."""
        across = self._covariances(plain.parts[0])
        behind = self._covariances(plain.parts[-1]).T
        own = self._value(plain)
        kind, symbols = type(plain), self._symbols(plain)
        parts, g = symbols[: len(plain.parts)], _stacked(symbols[len(plain.parts) :])
        written, first, last = kind(*parts), parts[0], parts[-1]
        inverse, value = Inverse(Variance(g)), Inverse(_matrix(self._variance))
        known = f"Var({inline(g)}) = {inline(_matrix(self._variance))}"
        is_apart = not any(across.flat()) or not any(behind.flat())
        put_together = "a covariance of 0 leaves what is known without it" if is_apart else "by the entries"
        start = kind(*(self._conditional(part, g) for part in parts))
        if isinstance(goal, Expectation):
            means = [self._value(Expectation(each)) for each in self._given]
            told = f"Cov({inline(first)}, {inline(g)}) = {inline(_matrix(across))}, {known}, and the means"
            distance = [each.value - mean for each, mean in zip(self._given, means, strict=True)]
            theorem = f"E(a | g) = E(a) + Cov(a, g) Var(g)⁻¹ (g − E(g)), since {JOINT}"
            apart = Sum((self._values, negated(Expectation(g))))
            lines = [
                ("given-observations", theorem, Sum((written, product_of((Covariance(first, g), inverse, apart))))),
                ("known-moments", told,
                 Sum((Scalar(own), product_of((_matrix(across), value, _column(distance)))))),
                ("entries", put_together, Scalar(self._mean(own, across, distance))),
            ]  # fmt: skip
            return chain(start, *lines)
        theorem = f"Cov(a, b | g) = Cov(a, b) − Cov(a, g) Var(g)⁻¹ Cov(g, b), since {JOINT}"
        if isinstance(goal, Variance):
            theorem = f"Var(a | g) = Var(a) − Cov(a, g) Var(g)⁻¹ Cov(g, a), since {JOINT}"
        told = [(first, across)] if first == last else [(first, across), (last, behind.T)]
        covariances = ", ".join(f"Cov({inline(part)}, {inline(g)}) = {inline(_matrix(row))}" for part, row in told)
        middle = product_of((Covariance(first, g), inverse, Covariance(g, last)))
        found = own - (self._weights(across) * behind)[0, 0]  # pyright: ignore[reportOperatorIssue]
        return chain(
            start,
            ("given-observations", theorem, Sum((written, negated(middle)))),
            ("known-moments", f"{inline(written)} = {inline(Scalar(own))}, {covariances}, {known}",
             Sum((Scalar(own), negated(product_of((_matrix(across), value, _matrix(behind))))))),
            ("entries", put_together, Scalar(_in_short(found))),
        )  # fmt: skip

    def _symbols(self, plain: Tree) -> Sequence[Tree]:
        """The parts and the elements given as sums of symbols of which the model tells, so that each line has a value
        by itself."""
        parts = (*plain.parts, *self._given)
        found = elements_as_symbols(self._model, parts) or listed_as_symbols(self._model, parts)
        if found is None:
            raise TutorError(f"{inline(plain)} given {', '.join(map(inline, self._given))} is not derived.",
                             tip="Write averages as sums of single observations: (y_1 + y_2)/2.")  # fmt: skip
        return found

    def _conditional(self, part: Tree, g: Tree) -> Tree:
        """A sum of elements given g, each by its name: a | g is distributed as a − Cov(a, g) Var(g)⁻¹ (g − g₀), with g₀
        for the values that are given, since this differs from a constant by what is uncorrelated with g."""
        if isinstance(part, Symbol):
            weights = (Covariance(part, g), Inverse(Variance(g)))
            less = negated(product_of((*weights, Sum((g, negated(self._values))))))
            key = f"{part.name}|{','.join(str(each.value) for each in self._given)}"
            return Symbol(key, ONE, ONE, role="random", definition=Sum((part, less)))
        return part.rebuild(tuple(self._conditional(inner, g) for inner in part.parts))

    @property
    def _values(self) -> Tree:
        """The values that are given, as a column."""
        return _column([each.value for each in self._given])

    def _value(self, moment: Tree) -> sympy.Expr:
        from tutor.models.moments import derive  # which asks for these moments

        result = derive(self._model, moment).result
        value: Any = result.value if isinstance(result, Scalar) else result.explicit()[0, 0]
        return value

    def _covariances(self, part: Tree) -> ImmutableDenseMatrix:
        return ImmutableDenseMatrix([[self._value(Covariance(part, each)) for each in self._given]])

    def _weights(self, across: ImmutableDenseMatrix) -> Any:
        """Cov(a, g) Var(g)⁻¹."""
        left = DomainMatrix.from_Matrix(self._variance).to_field()
        right = DomainMatrix.from_Matrix(across.T).to_field()
        left, right = left.unify(right)
        try:
            return left.to_field().lu_solve(right.to_field()).to_Matrix().T
        except DMNonInvertibleMatrixError as error:
            listed = ", ".join(map(inline, self._given))
            raise TutorError(f"Var({inline(self._values)}) has no inverse: of {listed} some tell another.",
                             tip="Leave out those that follow from the others.") from error  # fmt: skip

    def _mean(self, own: sympy.Expr, across: ImmutableDenseMatrix, distance: Sequence[sympy.Expr]) -> sympy.Expr:
        """E(a) + Σ w (g − E(g)), with what has the same weight in one bracket."""
        brackets: dict[sympy.Expr, sympy.Expr] = {}
        for weight, apart in zip(self._weights(across), distance, strict=True):
            key = _in_short(weight)
            brackets[key] = brackets.get(key, sympy.S.Zero) + apart
        return own + sympy.Add(*(weight * apart for weight, apart in brackets.items() if weight != 0))


def _in_short(value: sympy.Expr) -> sympy.Expr:
    """One fraction; powers of a correlation, as 1 − ρ², stay as the structure has them."""
    single: Any = sympy.cancel(value)
    structured = any(str(letter).startswith("rho") for letter in single.free_symbols)
    return sympy.factor_terms(single) if structured else collected(single)  # pyright: ignore[reportReturnType]


def _stacked(elements: Sequence[Tree]) -> Tree:
    return elements[0] if len(elements) == 1 else Block(tuple((element,) for element in elements))


def _column(entries: Sequence[sympy.Expr]) -> Tree:
    return _matrix(ImmutableDenseMatrix([[entry] for entry in entries]))


def _matrix(entries: ImmutableDenseMatrix) -> Tree:
    """A matrix of these entries; one entry alone is a number."""
    value: Any = entries[0, 0]
    return Scalar(value) if entries.shape == (1, 1) else Explicit(entries)
