"""Slips in a single quantity: a variance for its root, a divisor left out, a covariance for a correlation."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import combinations
from typing import Any

import sympy

from tutor.algebra.applied import Applied
from tutor.algebra.arithmetic import NotRationalError
from tutor.algebra.expansion import expanded
from tutor.algebra.nodes import Covariance, Scalar
from tutor.algebra.tree import Tree
from tutor.checking.case import Case, Diagnosis
from tutor.checking.misconceptions.edit import Edit
from tutor.checking.misconceptions.formulas import (
    DIVIDED_TOO_LITTLE,
    DIVIDED_TOO_OFTEN,
    MOST_TERMS,
    formula_edits,
    rarer_edits,
)
from tutor.checking.misconceptions.one_formula import MOST_ROWS, formula_of, is_long
from tutor.checking.misconceptions.questions import is_about_covariance
from tutor.checking.misconceptions.roles import (
    is_correlation,
    is_fixed,
    is_random,
    is_residual,
    is_size,
    parameters,
    sizes_of_groups,
    symbol_named,
)
from tutor.checking.points import Point, cells_differ
from tutor.errors import TutorError

MOST_SIZES = 4
"""Letters for sizes in a divisor of which each may have been left out, alone or with others."""


def quantity_edits(case: Case) -> Iterator[Edit]:
    """The reference as a formula, edited at one of its nodes."""
    formula = formula_of(case.reference)
    if formula is None:
        return
    collected = _by_correlations(formula.value)
    if collected is not None:
        for diagnosis, edited in formula_edits(case, collected):
            yield Edit(diagnosis, Scalar(edited))
    yield from edits_of_formula(case, formula.value)
    summed = expanded(formula.value)
    # Of (nσ²_v + σ²)/(bn) each term has a divisor of its own.
    if summed != formula.value and isinstance(summed, sympy.Add) and not is_long(summed):
        for diagnosis, edited in formula_edits(case, summed):
            yield Edit(diagnosis, Scalar(edited))
    for diagnosis, edited in rarer_edits(case, formula.value):
        yield Edit(diagnosis, Scalar(edited))


def _by_correlations(formula: Any) -> Any | None:
    """σ²(1 + (t − 1)ρ)/t, with what is counted beside each correlation; None without correlations."""
    letters = [letter for letter in formula.free_symbols if is_correlation(letter)]
    if not letters:
        return None
    if not any(map(is_size, formula.free_symbols)):
        return sympy.factor_terms(formula)
    above, below = sympy.fraction(sympy.together(formula))
    return sympy.Mul(*(sympy.collect(expanded(f), letters) if f.has(*letters) else f
                       for f in sympy.Mul.make_args(above))) / below  # fmt: skip


def edits_of_formula(case: Case, value: Any) -> Iterator[Edit]:
    """A formula edited at one of its nodes, with blocks counted in, squared, or its root."""
    for diagnosis, edited in formula_edits(case, value):
        yield Edit(diagnosis, Scalar(edited))
    for diagnosis, edited in _with_blocks(case, value):
        yield Edit(diagnosis, Scalar(edited))
    if parameters([Scalar(value)]):
        if value.is_rational_function():
            yield Edit(Diagnosis("sd-for-variance"), Scalar(sympy.sqrt(value)))
        else:
            is_root = any(power.exp == sympy.Rational(1, 2) for power in value.atoms(sympy.Pow))
            yield Edit(Diagnosis("variance-for-sd" if is_root else "squared-twice"), Scalar(expanded(value**2)))


def correlated_quantities(case: Case, asked: Tree) -> Diagnosis | None:
    """A correlation for a covariance or the reverse: of the two that were asked about, or by the variance that all
    observations of the model have."""
    for key, other in _related(asked):
        formula = formula_of(other)
        if formula is not None and parameters([case.answer]) and is_value(case, formula):
            return Diagnosis(key)
    found = _power_without_variance(case)
    if found is not None:
        return found
    V = symbol_named(case, "V")
    if not case.reference.is_scalar or V is None or not V.rows.is_Integer or V.rows > MOST_ROWS:  # pyright: ignore[reportOperatorIssue]
        return None
    if not parameters([case.reference]):
        return None
    point = case.points[0]
    try:
        cells = point.instance.arithmetic.entries(point.instance.value(V))
    except (TutorError, ArithmeticError):
        return None
    variance, mine, theirs = cells[0][0], _number(point, point.answer), _number(point, point.reference)
    if not parameters([case.answer]) or any(not _equal(point, cells[i][i], variance) for i in range(len(cells))):
        return None
    if _equal(point, mine * variance, theirs) and _is_without_unit(case, case.answer):
        return Diagnosis("correlation-for-covariance")
    is_covariance = _equal(point, theirs * variance, mine) and _is_without_unit(case, case.reference)
    return Diagnosis("covariance-for-correlation") if is_covariance else None


def _is_without_unit(case: Case, tree: Tree) -> bool:
    """Whether a formula stays as it is when each variance is multiplied by one number, as a correlation does."""
    formula = formula_of(tree)
    if formula is None:
        return False
    known = [p for p in parameters([formula]) if is_residual(case, p) or is_random(case, p)]
    scaled: Any = formula.value.xreplace({p: 4 * p for p in known if not is_correlation(p)})
    return sympy.cancel(scaled - formula.value) == 0


def _power_without_variance(case: Case) -> Diagnosis | None:
    """ρ or ρ³ for σ²ρ²: a correlation for the covariance, and that of another lag."""
    reference, answer = formula_of(case.reference), formula_of(case.answer)
    if reference is None or answer is None or not is_about_covariance(case):
        return None
    base, lag = answer.value.as_base_exp()
    variances = [p for p in parameters([reference]) if not is_correlation(p)]
    known, own = reference.value.xreplace(dict.fromkeys(variances, sympy.S.One)).as_base_exp()  # pyright: ignore[reportAttributeAccessIssue]
    if base != known or not isinstance(base, sympy.Symbol) or not is_correlation(base) or not variances or lag == own:
        return None
    key = "dropped-rho-power" if lag == 1 else "off-by-one" if abs(lag - own) == 1 else "squared-twice"
    return Diagnosis(f"{key}+correlation-for-covariance") if key != "squared-twice" or lag == 2 * own else None


def _related(asked: Tree) -> Iterator[tuple[str, Tree]]:
    """The correlation of two whose covariance was asked for, the covariance of two whose correlation was."""
    if isinstance(asked, Covariance) and asked.is_scalar and asked.left != asked.right:
        yield "correlation-for-covariance", Applied("Corr", (asked.left, asked.right))
    if isinstance(asked, Applied) and asked.function == "Corr" and asked.is_scalar:
        yield "covariance-for-correlation", Covariance(*asked.arguments)


def quantity_slips(case: Case) -> Diagnosis | None:
    """What relates the two numbers as wholes, or None."""
    reference = formula_of(case.reference)
    if reference is None:
        return None
    lettered = bool(parameters([reference]))
    for slip in (_of_squares, _of_scale) if lettered else (_of_squares,):
        found = slip(case, reference)
        if found is not None:
            return found
    if not lettered:
        return _of_nothing(case, reference)
    if case.answer == Scalar(sympy.S.Zero) and all(is_random(case, p) for p in parameters([reference])):
        return Diagnosis("covariance-missing")
    for slip in (_blocks_added, _of_degrees, _of_replication, _of_moments, _of_means):
        found = slip(case, reference)
        if found is not None:
            return found
    return None


def _of_squares(case: Case, reference: Scalar) -> Diagnosis | None:
    """A standard deviation for a variance, or the reverse."""
    pairs = list(_pairs(case))
    lettered = bool(parameters([reference]))
    if not lettered and any(mine in (0, 1) or theirs in (0, 1) for _, mine, theirs in pairs):
        return None
    variances = any(p.is_positive for p in parameters([reference])) or not lettered
    if variances and all(_equal(point, mine, theirs * theirs) for point, mine, theirs in pairs):
        return Diagnosis("variance-for-sd")
    if all(_equal(point, mine * mine, theirs) for point, mine, theirs in pairs):
        if variances:
            return Diagnosis("sd-for-variance")
        return None if any(is_correlation(p) for p in parameters([reference])) else Diagnosis("forgot-square")
    if lettered and all(_equal(point, mine * theirs, theirs**0) for point, mine, theirs in pairs):
        return Diagnosis("inverse-lost")
    return None


def _of_scale(case: Case, reference: Scalar) -> Diagnosis | None:
    """A covariance for a correlation, a correlation for a covariance, by what they are divided by."""
    content: Any = reference.value.primitive()[0] if reference.value.is_Add else reference.value.as_coeff_Mul()[0]
    root = sympy.sqrt(content)
    if root.is_Integer and root > 1 and is_value(case, Scalar(reference.value / root)):
        return Diagnosis("scalar-rule")
    numerator, denominator = sympy.fraction(sympy.together(reference.value))
    variances = [p for p in parameters([Scalar(denominator)]) if is_random(case, p) or is_residual(case, p)]
    if variances and numerator.free_symbols and is_value(case, Scalar(numerator)):
        return Diagnosis("covariance-for-correlation")
    answer = formula_of(case.answer)
    if answer is None:
        return None
    mine, divisor = sympy.fraction(sympy.together(answer.value))
    if parameters([Scalar(divisor)]) and mine.free_symbols and is_value(case, Scalar(reference.value / divisor)):
        return Diagnosis("correlation-for-covariance")
    return None


def _of_nothing(case: Case, reference: Scalar) -> Diagnosis | None:
    """A variance or a covariance where there is none."""
    answer = formula_of(case.answer)
    if reference.value != 0 or answer is None:
        return None
    mine = parameters([answer])
    if mine and all(is_random(case, parameter) for parameter in mine):
        return Diagnosis("covariance-everywhere")
    if any(is_correlation(parameter) for parameter in mine):
        return Diagnosis("covariance-everywhere")
    about_covariance = is_about_covariance(case)
    if any(is_residual(case, parameter) for parameter in mine) and (len(mine) > 1 or about_covariance):
        return Diagnosis("variance-for-covariance")
    return None


def _blocks_added(case: Case, reference: Scalar) -> Diagnosis | None:
    """σ² + σ²_u where σ² belongs: the blocks leave a comparison within blocks."""
    edits = _with_blocks(case, reference.value)
    return next((diagnosis for diagnosis, edited in edits if is_value(case, Scalar(edited))), None)


def _with_blocks(case: Case, value: Any) -> Iterator[tuple[Diagnosis, Any]]:
    """The formula with a component that it has not, beside the residual variance or by itself."""
    own = (p for p in parameters([Scalar(value)]) if is_residual(case, p) and not is_correlation(p))
    residual = next(own, None)
    if residual is None:
        return
    others = [p for p in parameters([case.answer]) if is_random(case, p) and p not in value.free_symbols]
    for other in others:
        diagnosis = Diagnosis("blocks-in-difference", {"parameter": Scalar(other)})
        for added in (other, 2 * other):
            yield diagnosis, value.xreplace({residual: residual + added})
        for factor in (1, 2, *_shares(value)):
            yield diagnosis, value + factor * other


def _shares(value: Any) -> list[Any]:
    """The divisors that a formula and its terms have, as the shares of a component that is added to it."""
    terms = sympy.Add.make_args(expanded(value))
    parts = (sympy.together(value), *(terms if len(terms) <= MOST_TERMS else ()))
    divisors = dict.fromkeys(sympy.fraction(part)[1] for part in parts)
    return [share for divisor in divisors if divisor != 1 for share in (1 / divisor, 2 / divisor)]


def _of_replication(case: Case, reference: Scalar) -> Diagnosis | None:
    """Not divided by the number of observations averaged, or by another number than it; of a root both are roots."""
    counts = sizes_of_groups(case)
    is_root = not reference.value.is_rational_function()
    scale = _root_of_ratio if is_root else sympy.Rational
    divisor = sympy.fraction(sympy.together(reference.value))[1]
    if divisor.is_Integer and divisor > 2 and is_value(case, Scalar(divisor * reference.value)):
        return Diagnosis("missing-replication", DIVIDED_TOO_LITTLE)
    sizes = sorted((letter for letter in divisor.free_symbols if is_size(letter)), key=str)[:MOST_SIZES]
    for number in range(1, len(sizes) + 1):
        for lost in combinations(sizes, number):
            undivided: Any = reference.value.xreplace(dict.fromkeys(lost, sympy.S.One))
            if is_value(case, Scalar(undivided)):
                return Diagnosis("missing-replication", DIVIDED_TOO_LITTLE)
    for count in counts:
        added = is_root and count == 2  # √2 times a root is rather a sum of two
        if not added and is_value(case, Scalar(scale(count, 1) * reference.value)):
            return Diagnosis("missing-replication", DIVIDED_TOO_LITTLE)
    for count in counts:
        for other in counts:
            doubled = other in (2 * count, count / 2)
            if count != other and not doubled and is_value(case, Scalar(reference.value * scale(count, other))):
                divided = DIVIDED_TOO_LITTLE if count > other else DIVIDED_TOO_OFTEN
                return Diagnosis("missing-replication", divided)
    return None


def _root_of_ratio(count: int, other: int) -> Any:
    return sympy.sqrt(sympy.Rational(count, other))


def counted_terms(case: Case) -> Diagnosis | None:
    """One term of a sum divided by a number of observations too many, or by one too few."""
    reference = case.reference
    if not isinstance(reference, Scalar) or not parameters([reference]):
        return None
    terms = sympy.Add.make_args(expanded(reference.value))
    for term in terms if len(terms) > 1 else ():
        for count in sizes_of_groups(case):
            for key, facts, factor in (
                ("missing-replication", DIVIDED_TOO_LITTLE, count),
                ("missing-factor", {"count": str(count)}, sympy.Rational(1, count)),
            ):
                if is_value(case, Scalar(reference.value - term + factor * term)):
                    return Diagnosis(key, facts)
    return None


def _of_degrees(case: Case, reference: Scalar) -> Diagnosis | None:
    """The divisor n for n − p."""
    X = symbol_named(case, "X")
    variances = [p for p in parameters([reference]) if is_residual(case, p) or is_random(case, p)]
    if X is None or not X.rows.is_Integer or variances:
        return None
    for rank in range(1, int(X.columns) + 1 if X.columns.is_Integer else 1):
        ratio = sympy.Rational(int(X.rows) - rank, int(X.rows))  # pyright: ignore[reportArgumentType]
        if ratio > 0 and is_value(case, Scalar(reference.value * ratio)):
            return Diagnosis("ml-for-reml")
    return None


def _of_moments(case: Case, reference: Scalar) -> Diagnosis | None:
    """A variance for a covariance: what the error adds is counted in."""
    mine, theirs = formula_of(case.answer), parameters([reference])
    if mine is None or any(is_residual(case, p) or not p.is_positive for p in theirs):
        return None
    difference = expanded(mine.value - reference.value)
    added = parameters([Scalar(difference)])
    if not any(is_residual(case, p) for p in added) or not all(is_random(case, p) for p in theirs):
        return None
    known = all(is_residual(case, p) or is_random(case, p) for p in added)
    return Diagnosis("variance-for-covariance") if known and _is_sum_of_variances(difference, added) else None


def _is_sum_of_variances(formula: Any, variances: list[sympy.Symbol]) -> bool:
    """Whether each term is a variance, once or more often."""
    shares = ([term / p for p in variances if term.has(p)] for term in sympy.Add.make_args(formula))
    return all(len(share) == 1 and share[0].is_number and share[0] >= 1 for share in shares)


def _of_means(case: Case, reference: Scalar) -> Diagnosis | None:
    """A fixed effect in a variance; a random one in a mean."""
    mine = formula_of(case.answer)
    if mine is None:
        return None
    known = set(parameters([reference]))
    added = [p for p in parameters([mine]) if p not in known]
    if not added:
        return None
    rest: Any = mine.value.xreplace(dict.fromkeys(added, sympy.Integer(0)))
    if not _is_reference(case, Scalar(rest)):
        return None
    if all(is_fixed(case, p) for p in added):
        return Diagnosis("mean-in-variance", {"added": str(Scalar(mine.value - rest))})
    bases = {p.name.partition("_")[0] for p in added}
    if bases == {"e"}:
        return Diagnosis("error-in-mean", {"added": str(Scalar(mine.value - rest))})
    if not any(p.is_positive for p in added) and bases <= {"u", "v", "w", "e", "r", "c", "b"}:
        return Diagnosis("random-in-mean", {"added": str(Scalar(mine.value - rest))})
    return None


def _pairs(case: Case) -> Iterator[tuple[Point, Any, Any]]:
    for point in case.points:
        yield point, _number(point, point.answer), _number(point, point.reference)


def is_value(case: Case, tree: Scalar) -> bool:
    try:
        return all(
            _equal(point, _number(point, point.answer), _number(point, point.instance.value(tree)))
            for point in case.points
        )
    except (TutorError, ArithmeticError, NotRationalError):  # a root that is not rational is not this rational number
        return False


def _is_reference(case: Case, tree: Scalar) -> bool:
    """Whether a formula has the value of the reference."""
    try:
        return all(
            _equal(point, _number(point, point.reference), _number(point, point.instance.value(tree)))
            for point in case.points
        )
    except (TutorError, ArithmeticError, NotRationalError):
        return False


def _number(point: Point, matrix: Any) -> Any:
    return point.instance.arithmetic.entry(matrix, 0, 0)


def _equal(point: Point, left: Any, right: Any) -> bool:
    return not cells_differ(point.instance)(left, right)
