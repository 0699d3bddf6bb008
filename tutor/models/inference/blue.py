"""The best linear unbiased estimator of a function of the fixed effects, and its variance, with letters for variances.

β̂ solves X'V⁻¹Xβ = X'V⁻¹y; of an estimable k'β every solution gives the same k'β̂, with variance k'(X'V⁻¹X)⁻k.
Source: Aitken (1935); Searle (1971), Linear Models, sections 3.4 and 5.4 to 5.8.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING, Any

import sympy
from sympy.matrices.immutable import ImmutableDenseMatrix
from sympy.polys.matrices import DomainMatrix

from tutor.algebra.nodes import Explicit, Identity, Inverse, Kronecker, Product, Transpose
from tutor.algebra.sizes import whole
from tutor.algebra.structure.conditions import normal
from tutor.algebra.structure.solve import closed_form
from tutor.algebra.tree import Tree
from tutor.errors import SizeError, TutorError
from tutor.models.collected import in_factors
from tutor.models.column_relations import pivot_columns
from tutor.models.inference.crossed_terms import (
    are_crossed,
    are_unbalanced,
    quadratic_forms_of_crossed,
    require_letters,
)
from tutor.models.irrational_numbers import InLetters
from tutor.notation.write import inline

if TYPE_CHECKING:
    from tutor.models.mixed import MixedModel

MOST_OBSERVATIONS = 240
"""Observations of a model of which X'V⁻¹X is worked out in letters."""

MOST_IRRATIONAL = 20
"""Irrational numbers in X, as those of a covariate log(x), times its independent columns, with which it is: seconds."""

MOST_LETTERS = 9
"""Letters of an expression that is factored: a polynomial in twelve values of a covariate takes minutes."""


def variance_of_estimate(model: MixedModel, what: Any) -> sympy.Expr:
    """Var(k'β̂) = k'(X'V⁻¹X)⁻k of an estimable function: ``variance_of_estimate(m, "tau_1 - tau_2")``.

    Raises
    ------
    TutorError
        When k'β is not estimable, with the reason; for more than 240 observations.
    SizeError
        When a size of the model is a letter.
    """
    if not model.n.is_Integer:
        raise SizeError(f"{what} is estimated from rows that can be listed; here n = {inline(model.n)}.",
                        tip="Give numbers for the sizes.")  # fmt: skip
    if model.n > MOST_OBSERVATIONS:
        raise TutorError(
            f"X'V⁻¹X of {inline(model.n)} observations is not worked out in letters.",
            tip="m.fit(y).estimate(…) gives the standard error in numbers.",
        )
    told = model.estimable(what)
    if not told:
        raise TutorError(told.because, tip=told.instead)
    return quadratic_form(model, told.coefficients.flat())


def estimable_functions_of(model: MixedModel) -> Callable[[Sequence[sympy.Expr]], bool]:
    """Which functions k'β are estimable: those whose coefficients, in the order of X's columns, are orthogonal to
    every v with Xv = 0."""
    if model.rank == model.p:
        return lambda k: True
    basis = model.null_space().basis
    vectors = [basis.col(j).flat() for j in range(basis.cols)]

    def is_estimable(k: Sequence[sympy.Expr]) -> bool:
        changes = (sympy.Add(*(c * x for c, x in zip(k, v, strict=True))) for v in vectors)
        return all(
            sympy.cancel(change) == 0 if change.free_symbols else sympy.expand(change) == 0 for change in changes
        )

    return is_estimable


def require_estimable(model: MixedModel, functions: Sequence[Sequence[sympy.Expr]]) -> None:
    """Raise TutorError for the first of several functions that is not estimable, with the reason."""
    is_estimable = estimable_functions_of(model)
    k = next((k for k in functions if not is_estimable(k)), None)
    if k is not None:
        told = model.estimable(list(k))
        raise TutorError(told.because, tip=told.instead)


def quadratic_form(model: MixedModel, k: Sequence[sympy.Expr]) -> sympy.Expr:
    """k'(X'V⁻¹X)⁻k for coefficients of an estimable function, in the order of X's columns."""
    return quadratic_forms(model, [k])[0]


def _factored(value: sympy.Expr) -> Any:
    """A fraction in lowest terms as a product; of many letters only what all terms have is taken out."""
    if len(value.free_symbols) > MOST_LETTERS:
        return sympy.factor_terms(value)
    return in_factors(value)


def quadratic_forms(model: MixedModel, functions: Sequence[Sequence[sympy.Expr]]) -> list[sympy.Expr]:
    """k'(X'V⁻¹X)⁻k for each of several estimable functions: X'V⁻¹X is taken apart once.

    Raises
    ------
    TutorError
        Where several random effects are without balance, for more of them than are worked out in letters.
    """
    if are_unbalanced(model) or are_crossed(model):
        return quadratic_forms_of_crossed(model, functions, pivot_columns(model.X.explicit()))
    information = _information(model)
    matrix, domain = information.matrix, information.matrix.domain
    given = sympy.Matrix([[information.of.expression(k[j]) for k in functions] for j in information.columns])
    letters = given.free_symbols | set(getattr(domain, "symbols", ()))
    if given.free_symbols and len(letters) > MOST_LETTERS:
        raise TutorError(f"A mean at the average of the covariate is not worked out in {len(letters)} letters.",
                         tip="Give the covariate as numbers, x=[…], or ask for a difference.")  # fmt: skip
    own = DomainMatrix([[domain.from_sympy(entry) for entry in row] for row in given.tolist()], given.shape, domain)
    columns, solutions = own.transpose().to_list(), matrix.lu_solve(own).transpose().to_list()
    values = [
        domain.to_sympy(sum((a * b for a, b in zip(k, x, strict=True)), domain.zero))
        for k, x in zip(columns, solutions, strict=True)
    ]
    factored = {value: information.of.numbers(_factored(value)) for value in dict.fromkeys(values)}
    return [factored[value] for value in values]


def covariance_of_estimates(model: MixedModel, *, weighted: bool = True) -> ImmutableDenseMatrix:
    """(X'V⁻¹X)⁻¹, or (X'X)⁻¹X'VX(X'X)⁻¹ by ordinary least squares, p × p in letters, for independent columns of X and
    sizes that are numbers."""
    equations = _information(model) if weighted else _cross_products(model)
    found = equations.matrix.inv().to_Matrix()
    if not weighted:
        own = Explicit(equations.X)
        found = found * Product((Transpose(own), model.V, own)).explicit() * found
    return ImmutableDenseMatrix(found.applyfunc(lambda entry: equations.of.numbers(_in_lowest_terms(entry))))


def weights_of_estimate(model: MixedModel, k: Sequence[sympy.Expr], *, weighted: bool = True) -> list[sympy.Expr]:
    """The weights w of the estimate w'y = k'β̂ of an estimable function, n expressions: w = V⁻¹X(X'V⁻¹X)⁻k, or
    X(X'X)⁻k by ordinary least squares."""
    equations = _information(model) if weighted else _cross_products(model)
    given = DomainMatrix.from_Matrix(sympy.Matrix([equations.of.expression(k[j]) for j in equations.columns]))
    found = equations.X * equations.matrix.lu_solve(given.convert_to(equations.matrix.domain)).to_Matrix()
    if weighted:
        found = closed_form(Inverse(model.V)).explicit() * found
    return [equations.of.numbers(_in_lowest_terms(entry)) for entry in found.flat()]


def _in_lowest_terms(entry: sympy.Expr) -> Any:
    return normal(entry)


@dataclass(frozen=True, slots=True)
class _Equations:
    """X'V⁻¹X or X'X, over a field of letters, for those ``columns`` of the model's X that are independent.

    ``X`` has these only, n × rank(X), with letters for irrational numbers, which ``of`` puts back.
    """

    matrix: DomainMatrix
    columns: tuple[int, ...]
    X: ImmutableDenseMatrix
    of: InLetters


def _independent(model: MixedModel) -> tuple[tuple[int, ...], ImmutableDenseMatrix, InLetters]:
    """The columns that do not depend on those before them, and these with letters for irrational numbers."""
    X = model.X.explicit()
    chosen = pivot_columns(X)
    own = ImmutableDenseMatrix(X.extract(list(range(X.rows)), list(chosen)))
    of = InLetters.of(own.flat())
    if len(of.letters) * len(chosen) > MOST_IRRATIONAL:
        raise TutorError(
            f"X'V⁻¹X is not worked out in letters for variances while X has {len(of.letters)} irrational numbers.",
            tip="m.se(…, sigma2=…) gives the standard error in numbers, at values of all parameters.",
        )
    return chosen, of.matrix(own), of


def _cross_products(model: MixedModel) -> _Equations:
    """X'X."""
    chosen, X, of = _independent(model)
    return _Equations(DomainMatrix.from_Matrix(sympy.Matrix(X.T * X)).to_field(), chosen, X, of)


def _by_groups(X: ImmutableDenseMatrix, inverse: Tree) -> ImmutableDenseMatrix:
    """X'V⁻¹X, p × p; where V⁻¹ is I ⊗ A the sum of the X_g'AX_g over the groups, each worked out once."""
    if not (isinstance(inverse, Kronecker) and len(inverse.factors) == 2 and isinstance(inverse.factors[0], Identity)):
        return Product((Transpose(Explicit(X)), inverse, Explicit(X))).explicit()
    A, rows = inverse.factors[1], X.tolist()
    size = whole(A.rows, "the rows of a group")
    groups = Counter(tuple(map(tuple, rows[start : start + size])) for start in range(0, len(rows), size))
    total = sympy.zeros(X.cols, X.cols)
    for group, times in groups.items():
        part = Explicit(ImmutableDenseMatrix(group))
        total += times * Product((Transpose(part), A, part)).explicit()
    return ImmutableDenseMatrix(total)


def _information(model: MixedModel) -> _Equations:
    """X'V⁻¹X over the field of the parameters."""
    require_letters(model)
    chosen, X, of = _independent(model)
    kept = _by_groups(X, closed_form(Inverse(model.V)))
    letters = sorted(kept.free_symbols, key=str)
    field = sympy.QQ.frac_field(*letters) if letters else sympy.QQ
    value = cache(field.from_sympy)
    parts = cache(lambda summand: summand.as_numer_denom())  # those of groups that are alike are the same

    def total(entry: sympy.Expr) -> Any:
        """The sum of fractions by their denominators, so that what they have in common is sought once for each."""
        numerators: dict[sympy.Expr, Any] = {}
        for summand in sympy.Add.make_args(entry):
            above, below = parts(summand)
            numerators[below] = numerators.get(below, field.zero) + value(above)
        return sum((above / value(below) for below, above in numerators.items()), field.zero)

    rows = [[total(entry) for entry in row] for row in kept.tolist()]
    return _Equations(DomainMatrix(rows, kept.shape, field).to_sparse(), chosen, X, of)
