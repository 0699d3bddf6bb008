r"""Small letters that a text shows to be vectors: what is transposed, as the a of a^\top W a, is no number."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from itertools import pairwise

from tutor.notation.meaning.linear_forms import vectors_of_forms
from tutor.notation.meaning.usage import BRACKET, NOTHING, Factor, Product, Usage, with_neighbours
from tutor.notation.parsing import syntax

_TIMES_OR_POWERS = frozenset({"rho", "phi"})
"""Letters that are raised to a count T as often as they are transposed."""

_STEP = re.compile(r"\([a-z](?:[-+−]1)?\)")
"""The number of a step, above a letter."""

_IN_FORMS = frozenset({"mu", "theta", "alpha", "tau", "eta", "lambda", "delta"})
_NO_FACTOR_OF_INVERSE = frozenset("IJ")
_BEHIND_INVERSE = frozenset("abcdgmqrsvwxz")
_VALUES = frozenset("abcdfghijklmnopqrtvwxyz")
"""Letters of the values of several linear forms, the r of Rβ = r."""

_OF_FORMS = frozenset("RLCKHA")
"""Letters of the matrix of several linear forms, the R of Rβ = r."""

_TERMS = frozenset("abghsvw")
_OF_FACTORS = frozenset("fhsz")
_NO_LOADINGS = frozenset("IJXYZ")
_PRIMED = frozenset("abcdlqvw")


def vectors(usage: Usage) -> frozenset[str]:
    """The small letters, and Greek ones by their names, that are vectors."""
    found: set[str] = set()
    if any(not factor.bold and _is_small(factor) for factor in usage.factors):
        found = _letters(usage, _transposed, _before_matrices)
        if found:
            found |= _letters(usage, _behind_rows, _alone)
        found |= _letters(usage, *_RULES)
    return frozenset(found | {letter for letter in vectors_of_forms(usage) if letter.islower()})


def _letters(usage: Usage, *rules: Callable[[Usage], Iterator[Factor]]) -> set[str]:
    """What rules tell, all of them small letters, but for bold ones: those are vectors by their font."""
    return {factor.letter for rule in rules for factor in rule(usage) if not factor.bold}


def _is_small(factor: Factor) -> bool:
    return factor.is_small or factor.is_small_greek


def _transposed(usage: Usage) -> Iterator[Factor]:
    """The a of a^\\top, of a^T where no T counts, as in p^T(1 - p)^{n-T}, and of a'Wa: elsewhere a prime may be that of
    a derivative."""
    for product in usage.products:
        for _, factor, behind in with_neighbours(product):
            if not factor.above or factor.below or factor.accent or factor.glued or not _is_small(factor):
                continue
            match factor.above[:1]:
                case "ᵀ":
                    yield factor
                case "T" if "T" not in usage.letters and factor.letter not in _TIMES_OR_POWERS:
                    yield factor
                case "'" if _follows_row(behind):
                    yield factor
                case _:
                    pass


def _follows_row(factor: Factor) -> bool:
    """Whether a factor is one that a row is multiplied with: a matrix, coefficients, brackets, or what is bold."""
    is_large = factor.is_capital or factor.is_greek_capital or factor.letter in {"beta", BRACKET}
    return is_large or factor.bold or factor.accent == "hat"


def _before_matrices(usage: Usage) -> Iterator[Factor]:
    """The λ of λ^t Σ and the x of x^t β: a number would not be raised before a matrix."""
    for factor, behind in usage.beside:
        if factor.above != "t" or factor.below or factor.glued:
            continue
        is_vector = _is_small(factor) and factor.letter != "e" and factor.letter not in _TIMES_OR_POWERS
        if is_vector and behind.letter not in {"I", BRACKET} and _follows_row(behind):
            yield factor


def _behind_rows(usage: Usage) -> Iterator[Factor]:
    """The μ of c^\\top μ, beside another vector."""
    for factor, behind in usage.beside:
        is_row = factor.above and factor.above[-1] in {"ᵀ", "T"} and not factor.below and _is_small(factor)
        if is_row and behind.is_bare and not behind.accent and (behind.is_small or behind.letter in _IN_FORMS):
            yield behind


def _alone(usage: Usage) -> Iterator[Factor]:
    """The c of c' = a'X."""
    for relation in usage.of(syntax.Relation):
        for side in relation.sides:
            factor = usage.single(side)
            if factor.above == "'" and factor.letter in _PRIMED and not factor.below:
                yield factor


def _behind_steps(usage: Usage) -> Iterator[Factor]:
    """The z of X'W^{(t)}z^{(t)}."""
    for factor, behind in usage.beside:
        are_raised = factor.above and behind.above and factor.is_capital and behind.is_small and not behind.below
        if are_raised and _STEP.fullmatch(factor.above) and _STEP.fullmatch(behind.above):
            yield behind


def _in_forms(usage: Usage) -> Iterator[Factor]:
    """The φ of φ^T Q φ: a power would not stand before a matrix."""
    for row, matrix, column in usage.in_threes:
        is_form = row.above == "T" and row.letter in _TIMES_OR_POWERS and column.letter == row.letter
        if is_form and column.is_bare and (matrix.is_capital or matrix.is_greek_capital):
            yield row


def _on_diagonals(usage: Usage) -> Iterator[Factor]:
    """The s of diag(s) in TeX, where in R it is a number of rows, and the ψ of diag(ψ)."""
    for call in usage.of(syntax.Call):
        if call.function == "diag" and len(call.arguments) == 1:
            factor = usage.single(call.arguments[0])
            is_latin = factor.is_small and factor.letter != "n" and usage.text[call.start] == "\\"
            if (is_latin or factor.is_small_greek) and factor.is_bare:
                yield factor


def _behind_inverses(usage: Usage) -> Iterator[Factor]:
    """The w of P^{-1}Gw and the z of X'z: a number would stand in front."""
    for before, matrix, factor in usage.in_threes:
        if not before.above or not _may_be_behind(factor):
            continue
        is_matrix = matrix.is_capital and matrix.is_bare and matrix.letter not in _NO_FACTOR_OF_INVERSE
        if is_matrix and (before.is_inverted or before.is_transposed):
            yield factor
    for design, factor in usage.beside:
        is_row = design.above and design.letter in {"X", "Z"} and design.is_transposed and not design.below
        if is_row and factor.letter in {"r", "v", "w", "z"} and _may_be_behind(factor):
            yield factor


def _may_be_behind(factor: Factor) -> bool:
    return factor.letter in _BEHIND_INVERSE and factor.is_bare and not (factor.bold or factor.accent)


def _behind_designs(usage: Usage) -> Iterator[Factor]:
    """The a of Xa and the s of Zs."""
    for design, factor in usage.beside:
        if factor.glued and design.letter in {"X", "Z"} and factor.is_small and not factor.below:
            yield factor


def _with_covariance_matrices(usage: Usage) -> Iterator[Factor]:
    """The x of Var(x) = A."""
    for call, side in usage.equations():
        if isinstance(call, syntax.Call) and call.function == "Var" and len(call.arguments) == 1:
            factor, matrix = usage.single(call.arguments[0]), usage.terms(side)[0][1][0]
            if factor.is_small and factor.is_bare and matrix.is_capital and not matrix.below:
                yield factor


def _values_of_forms(usage: Usage) -> Iterator[Factor]:
    """The r of Rβ − r and of Rβ = r: the values of several linear forms."""
    if "beta" not in usage.letters or usage.letters.isdisjoint(_OF_FORMS):
        return
    for first, second in _beside_each_other(usage):
        if len(second) == 1 and second[0].letter in _VALUES and second[0].is_bare and _is_form(first):
            yield second[0]


def _beside_each_other(usage: Usage) -> Iterator[tuple[Product, Product]]:
    """What stands before and behind a minus or a sign of equality."""
    for node in usage.of(syntax.Sum):
        terms = usage.terms(node)
        yield from ((first, second) for (_, first), (sign, second) in pairwise(terms) if sign == "-")
    for relation in usage.of(syntax.Relation):
        sides = [side.inner if isinstance(side, syntax.Group) else side for side in relation.sides]
        ends = [(usage.terms(side)[-1][1], usage.terms(side)[0][1]) for side in sides]
        yield from ((first, second) for (first, _), (_, second) in pairwise(ends))


def _is_form(product: Product) -> bool:
    matrix, coefficients = product if len(product) == 2 else (NOTHING, NOTHING)
    is_matrix = matrix.letter in _OF_FORMS and not matrix.below and matrix.above in {"", "'", "ᵀ", "T"}
    return is_matrix and coefficients.letter == "beta" and coefficients.is_bare


def _terms_of_sums(usage: Usage) -> Iterator[Factor]:
    """The g of Xβ + Mg + e, and the h of x = Wh + b + ε."""
    yield from (product[-1] for product in terms_of_sums(usage))


def terms_of_sums(usage: Usage) -> tuple[Product, ...]:
    """The products Mg of Xβ + Mg + e, and Wh of x = Wh + b + ε: a capital and a small letter between signs."""
    found: list[Product] = []
    for node in usage.of(syntax.Sum):
        products = [product for sign, product in usage.terms(node) if sign == "+"]
        for before, product in pairwise(products):
            is_mean = len(before) == 2 and before[0].letter == "X" and before[1].letter in {"beta", "b"}
            if is_mean and _is_term(product, _TERMS, _NO_FACTOR_OF_INVERSE):
                found.append(product)
    for first, side in usage.equations():
        subject, product = usage.single(first), usage.terms(side)[0][1]
        is_vector = subject.letter in {"x", "t", "y"} and subject.is_bare
        if is_vector and isinstance(side, syntax.Sum) and _is_term(product, _OF_FACTORS, _NO_LOADINGS):
            found.append(product)
    return tuple(found)


def _is_term(product: Product, vectors: frozenset[str], others: frozenset[str]) -> bool:
    matrix, vector = product if len(product) == 2 else (NOTHING, NOTHING)
    is_matrix = matrix.is_capital and matrix.letter not in others
    return is_matrix and vector.glued and vector.letter in vectors and vector.is_bare


_RULES = (
    _behind_steps,
    _in_forms,
    _on_diagonals,
    _behind_inverses,
    _behind_designs,
    _with_covariance_matrices,
    _values_of_forms,
    _terms_of_sums,
)
