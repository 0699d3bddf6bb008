"""Variances of estimates where random effects cross without balance: k'(X'V⁻¹X)⁻¹k as a quotient of two polynomials.

With λ_k = σ²_k/σ² and Λ = ⊕ λ_k I the equations [[X'X, X'ZΛ], [Z'X, Z'ZΛ + I]] of Henderson have the determinant |C|,
and k'(X'V⁻¹X)⁻¹k |C|/σ² is one too, both polynomials in the λ_k of degrees up to the numbers of effects q_k. So they
follow exactly from their values at 0, 1, …, q_k, by the differences of Newton. Source: Henderson (1975), Biometrics 31,
423–447; on interpolation von zur Gathen and Gerhard (2013), Modern Computer Algebra, section 5.2.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from itertools import pairwise, product
from math import prod
from typing import TYPE_CHECKING

import sympy
from flint import Ordering, fmpq, fmpq_mat, fmpq_poly, fmpz, fmpz_mpoly, fmpz_mpoly_ctx

from tutor.algebra.arithmetic import Exact, NotRationalError
from tutor.algebra.evaluate import Instance
from tutor.algebra.nodes import Identity, Scaled
from tutor.algebra.structure.forms import balanced
from tutor.errors import DomainError, TutorError
from tutor.models.effects import INTERCEPT, RandomTerm
from tutor.models.strata import design_factors
from tutor.notation.write import inline

if TYPE_CHECKING:
    from tutor.models.mixed import MixedModel

MOST_WORK = 150_000_000
"""Points of the polynomials times the cube of the order of the equations: about five seconds."""

Powers = dict[tuple[int, ...], fmpq]
"""A polynomial: the coefficient of each product of powers."""


def are_crossed(model: MixedModel) -> bool:
    """Whether random terms of listed rows lie across each other without balance, so that V has neither strata nor
    small blocks."""
    if len(model.random) < 2 or not model.n.is_Integer:
        return False
    groups = [_groups(term) for term in model.random]
    across = any(not (_is_within(one, other) or _is_within(other, one)) for one, other in _pairs(groups))
    return across and not _is_balanced(model)


def are_unbalanced(model: MixedModel) -> bool:
    """Whether listed rows have several random intercepts, nested or crossed, without balance."""
    if len(model.random) < 2 or not model.n.is_Integer or _intercepts(model) is None:
        return False
    return not _is_balanced(model)


def _has_many_slopes(model: MixedModel) -> bool:
    """Whether groups with random slopes have more than three kinds of Z_g'Z_g: their fractions have no short sum."""
    for term in model.random:
        width = len(term.coefficients)
        if width == 1:
            continue
        Z = term.matrix.explicit()
        rows = range(Z.rows)
        inner = {tuple((Z.extract(rows, range(j, j + width)).T * Z.extract(rows, range(j, j + width))).flat())
                 for j in range(0, Z.cols, width)}  # fmt: skip
        if len(inner) > MOST_KINDS:
            return True
    return False


def _is_balanced(model: MixedModel) -> bool:
    factors = design_factors(model)
    return balanced(model.V) is not None or (factors is not None and balanced(model.V, factors) is not None)


def quadratic_forms_of_crossed(
    model: MixedModel, functions: Sequence[Sequence[sympy.Expr]], columns: Sequence[int]
) -> list[sympy.Expr]:
    """k'(X'V⁻¹X)⁻k for each of several estimable functions, by these independent columns of X.

    Raises
    ------
    TutorError
        For other terms than random intercepts with σ² I, for covariates and functions in letters, and for more effects
        than are worked out in seconds: with the way to the number.
    """
    values = _intercepts(model)
    if values is None:
        raise _refused(model, "other random effects than intercepts, or other residuals than independent ones")
    try:
        X = Instance(Exact()).value(model.X)
    except DomainError:
        raise _refused(model, "covariates with letters for values") from None
    except NotRationalError:
        raise _refused(model, "covariates with irrational values") from None
    if any(not each.is_Rational for k in functions for each in k):
        raise _refused(model, "functions with letters or irrational numbers in them")
    own = fmpq_mat([[row[j] for j in columns] for row in X.tolist()])
    Z = [Instance(Exact()).value(term.matrix) for term in model.random]
    degrees = [each.ncols() for each in Z]
    order = own.ncols() + sum(degrees)
    if prod(degree + 1 for degree in degrees) * order**3 > MOST_WORK:
        told = " and ".join(f"{degree} of {term.group}" for degree, term in zip(degrees, model.random, strict=True))
        raise _refused(model, f"{told} effects")
    wanted = [[fmpq(int(k[j].p), int(k[j].q)) for j in columns] for k in map(_rationals, functions)]
    above, below = _at_points(own, Z, wanted)
    bottom = _interpolated(below, degrees)
    residual, *variances = values
    return [_quotient(_interpolated(each, degrees), bottom, residual, variances) for each in above]


MOST_ROWS = 24
"""Rows of a model whose V⁻¹ is worked out in letters where random effects cross without balance."""


MOST_KINDS = 3
"""Kinds of groups with random slopes whose fractions are added up."""


def require_letters(model: MixedModel) -> None:
    """Raise TutorError where V⁻¹ itself takes minutes in letters: effects that cross without balance in many rows."""
    if model.n <= MOST_ROWS:
        return
    if are_crossed(model):
        raise _refused(model, f"more than {MOST_ROWS} rows by way of V⁻¹")
    if _has_many_slopes(model):
        raise _refused(model, f"random slopes of more than {MOST_KINDS} kinds of groups")


def _rationals(k: Sequence[sympy.Expr]) -> list[sympy.Rational]:
    return [sympy.Rational(each) for each in k]  # pyright: ignore[reportArgumentType, reportReturnType]


def _intercepts(model: MixedModel) -> list[sympy.Symbol] | None:
    """σ² and the σ²_k of the terms; None where these have other effects, or the residuals a structure."""
    R = model.R.definition
    plain = isinstance(R, Scaled) and isinstance(R.tree, Identity)
    for term in model.random:
        tree = term.covariance.tree
        plain = plain and term.coefficients == (INTERCEPT,) and isinstance(tree, Scaled)
        plain = plain and isinstance(tree.tree, Identity)  # pyright: ignore[reportAttributeAccessIssue]
    if not plain:
        return None
    return [model.parameters[0].symbol, *(term.parameters[0].symbol for term in model.random)]


def _refused(model: MixedModel, what: str) -> TutorError:
    values = ", ".join(f"{parameter.key}=1" for parameter in model.parameters[:2])
    return TutorError(
        f"The variance of an estimate from {inline(model.n)} observations without balance "
        f"is not worked out in letters for {what}.",
        tip=f'm.se("…", {values}, …) has the standard error as a number at once.',
    )


# Which rows are in which groups


def _groups(term: RandomTerm) -> list[frozenset[int]]:
    """The rows of each level."""
    rows: dict[int, set[int]] = {}
    width = len(term.coefficients)
    for i, j in term.matrix.explicit().todok():
        rows.setdefault(j // width, set()).add(i)
    return [frozenset(each) for each in rows.values()]


def _pairs(groups: Sequence[list[frozenset[int]]]) -> Iterator[tuple[list[frozenset[int]], list[frozenset[int]]]]:
    for i, one in enumerate(groups):
        for other in groups[i + 1 :]:
            yield one, other


def _is_within(fine: Sequence[frozenset[int]], coarse: Sequence[frozenset[int]]) -> bool:
    return all(any(own <= whole for whole in coarse) for own in fine)


# Polynomials by their values


def _at_points(
    X: fmpq_mat, Z: Sequence[fmpq_mat], functions: Sequence[Sequence[fmpq]]
) -> tuple[list[list[fmpq]], list[fmpq]]:
    """k'(X'V⁻¹X)⁻¹k |C|/σ² of each function, and |C|, at all points of 0, …, q_k, in the order of a product."""
    p, degrees = X.ncols(), [each.ncols() for each in Z]
    left = [row for block in (X, *Z) for row in block.transpose().tolist()]
    W = fmpq_mat(left)
    whole = W * W.transpose()
    size, lines = whole.nrows(), whole.tolist()
    given = fmpq_mat(size, len(functions))
    for c, k in enumerate(functions):
        for i, share in enumerate(k):
            given[i, c] = share
    above: list[list[fmpq]] = [[] for _ in functions]
    below: list[fmpq] = []
    for point in product(*(range(degree + 1) for degree in degrees)):
        scales = [1] * p + [value for value, degree in zip(point, degrees, strict=True) for _ in range(degree)]
        C = fmpq_mat([[entry * scale for entry, scale in zip(line, scales, strict=True)] for line in lines])
        for i in range(p, size):
            C[i, i] += 1
        determinant = C.det()
        solved = C.solve(given)
        below.append(determinant)
        for c, k in enumerate(functions):
            above[c].append(determinant * sum((share * solved[i, c] for i, share in enumerate(k)), fmpq(0)))
    return above, below


def _interpolated(values: Sequence[fmpq], degrees: Sequence[int]) -> Powers:
    """The polynomial with these values at 0, …, q_k, one variable after the other."""
    if not degrees:
        return {(): values[0]} if values[0] != 0 else {}
    first, *rest = degrees
    width = len(values) // (first + 1)
    slices = [_interpolated(values[i * width : (i + 1) * width], rest) for i in range(first + 1)]
    found: Powers = {}
    for powers in dict.fromkeys(key for each in slices for key in each):
        for power, share in enumerate(_newton([each.get(powers, fmpq(0)) for each in slices])):
            if share != 0:
                found[(power, *powers)] = share
    return found


def _newton(values: Sequence[fmpq]) -> list[fmpq]:
    """The coefficients of the polynomial in one variable with these values at 0, 1, 2, …: Σ Δ^j f(0) C(x, j)."""
    differences, line = [], list(values)
    while line:
        differences.append(line[0])
        line = [after - before for before, after in pairwise(line)]
    total, basis = fmpq_poly([0]), fmpq_poly([1])
    for j, difference in enumerate(differences):
        total += basis * difference
        basis = basis * fmpq_poly([-j, 1]) / fmpq(j + 1)
    return list(total.coeffs())


def _quotient(above: Powers, below: Powers, residual: sympy.Symbol, variances: Sequence[sympy.Symbol]) -> sympy.Expr:
    """σ² N(σ²_k/σ²)/D(σ²_k/σ²) in lowest terms, as products of factors."""
    degree = max(sum(powers) for each in (above, below) for powers in each)
    context = fmpz_mpoly_ctx.get(tuple(f"x{i}" for i in range(len(variances) + 1)), Ordering.degrevlex)
    common = fmpz(1)
    for share in (*above.values(), *below.values()):
        common = common.lcm(fmpz(share.q))

    def homogeneous(powers_of: Mapping[tuple[int, ...], fmpq], extra: int) -> fmpz_mpoly:
        terms = {
            (degree - sum(powers) + extra, *powers): int((share * common).p) for powers, share in powers_of.items()
        }
        return context.from_dict(terms)

    N, D = homogeneous(above, 1), homogeneous(below, 0)
    shared = N.gcd(D)
    return _factors(N // shared, residual, variances) / _factors(D // shared, residual, variances)


def _factors(polynomial: fmpz_mpoly, residual: sympy.Symbol, variances: Sequence[sympy.Symbol]) -> sympy.Expr:
    letters = (residual, *variances)
    unit, factors = polynomial.factor()
    told = [sympy.Add(*(int(c) * sympy.Mul(*(x ** int(e) for x, e in zip(letters, powers, strict=True)))
                        for powers, c in factor.to_dict().items())) ** int(times)
            for factor, times in factors]  # fmt: skip
    return sympy.Mul(int(unit), *told)
