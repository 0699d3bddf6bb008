"""Edits of a single quantity as a formula: a term, a divisor or a power lost, a bracket, a root of a sum taken apart.

Each edit is of one node of SymPy's expression; the key depends on what stands there: a divisor that counts is one of
replication, a power of ρ one of lag.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import partial
from itertools import combinations
from typing import Any

import sympy

from tutor.algebra.expansion import expanded
from tutor.algebra.nodes import Determinant, Scalar
from tutor.algebra.parameters import scalars_of, sizes_of
from tutor.algebra.walk import walk
from tutor.checking.case import Case, Diagnosis
from tutor.checking.misconceptions.roles import (
    is_correlation,
    is_covariance,
    is_fixed,
    is_random,
    is_residual,
    is_size,
    parameters,
    sizes_of_groups,
)  # fmt: skip
from tutor.checking.misconceptions.terms import key_of_parameters

Formula = Any
"""An expression of SymPy, whose own annotations do not say that its arguments are such too."""

FormulaEdit = tuple[Diagnosis, Formula]
NodeEdits = Callable[[Case, Formula], Iterator[FormulaEdit]]

MOST_TERMS = 12
"""A sum of more terms is not taken apart."""

MOST_EXCHANGED = 3
"""Letters for sizes of which two may be exchanged."""

DIVIDED_TOO_LITTLE = {"divided": "does not become smaller as it should with more data"}
DIVIDED_TOO_OFTEN = {"divided": "is smaller than it should be: it is divided by more than are averaged"}
"""What is seen of a divisor that is lost or too small, and of one that is too large."""

ANOTHER_COUNT = {"counted": "one where a letter counts more"}
"""What is seen of n − 1 where n − p belongs."""

TWO, HALF = sympy.Integer(2), sympy.Rational(1, 2)


def formula_edits(case: Case, formula: Formula) -> Iterator[FormulaEdit]:
    """Every slip at every node of a formula, by kinds, the most frequent first."""
    for kind in (_terms, _brackets, _divisors, _averages, _powers, _roots, _functions, _factors, _signs, _sizes):
        yield from _at_nodes(case, formula, kind)
    yield from _at_nodes(case, formula, _others)
    yield from _indices(case, formula)


def rarer_edits(case: Case, formula: Formula) -> Iterator[FormulaEdit]:
    """Slips that are seldom made, at every node: another component in one place of several, two sizes exchanged."""
    yield from _at_nodes(case, formula, partial(_other_components, _variances_of(case, formula)))
    yield from _exchanged_sizes(formula)


def function_edits(case: Case, formula: Formula) -> Iterator[FormulaEdit]:
    """The slips in the functions of a formula alone."""
    return _at_nodes(case, formula, _functions)


def _at_nodes(case: Case, formula: Formula, kind: NodeEdits) -> Iterator[FormulaEdit]:
    yield from kind(case, formula)
    for place, part in enumerate(formula.args):
        if not isinstance(part, sympy.Expr) or part.is_number:
            continue
        for diagnosis, edited in _at_nodes(case, part, kind):
            yield diagnosis, formula.func(*formula.args[:place], edited, *formula.args[place + 1 :])


def _letters(expression: sympy.Basic) -> list[sympy.Symbol]:
    return sorted(
        (s for s in expression.free_symbols if isinstance(s, sympy.Symbol) and not is_size(s)), key=lambda s: s.name
    )


def _terms(case: Case, node: Formula) -> Iterator[FormulaEdit]:
    """A sum without one of its terms."""
    if not isinstance(node, sympy.Add) or len(node.args) > MOST_TERMS or not _letters(node):
        return
    for place, dropped in enumerate(node.args):
        kept = sympy.Add(*node.args[:place], *node.args[place + 1 :])
        if kept == 1 or (dropped == 1 and isinstance(kept, sympy.exp)):
            continue  # π for π(1 − π), and for π(1 − π)(1 + e^−η)/e^−η: not a term is lost there, but a factor
        # e^μ e^(σ²_u) + … has the random effects in each of its terms: they do not leave with one.
        if expanded(dropped / kept**2).is_number:
            yield Diagnosis("missing-factor"), kept  # π for π − π², which is π(1 − π)
            continue
        left = [letter for letter in _letters(dropped) if letter not in kept.free_symbols]
        key = key_of_parameters(case, left, set()) if left else "missing-term"
        yield Diagnosis(key, {"kept": Scalar(kept)}), kept


def _divisors(case: Case, node: Formula) -> Iterator[FormulaEdit]:
    """A divisor that counts left out, wholly or in one term of a sum; or one more of them."""
    if isinstance(node, sympy.Add):
        return
    _, denominator = sympy.fraction(node)
    if denominator.is_number and (not denominator.is_Integer or denominator <= 2):
        return
    if all(is_size(letter) for letter in denominator.free_symbols):
        yield Diagnosis("missing-replication", DIVIDED_TOO_LITTLE), node * denominator
        for factor in sympy.Mul.make_args(denominator):
            if factor != denominator and factor not in (1, 2):
                yield Diagnosis("missing-replication", DIVIDED_TOO_LITTLE), node * factor
        for other in _counts(case) if denominator.free_symbols else ():
            if other not in denominator.free_symbols:
                yield Diagnosis("missing-replication", DIVIDED_TOO_OFTEN), node / other


def _averages(case: Case, node: Formula) -> Iterator[FormulaEdit]:
    """The variance of a mean as that of what is averaged: every term without its divisor."""
    if not _has_summands(node) or not _all(_letters(node), partial(_is_variance, case)):
        return
    terms = sympy.Add.make_args(expanded(node))
    if 1 < len(terms) <= MOST_TERMS:
        yield Diagnosis("missing-replication", DIVIDED_TOO_LITTLE), sympy.Add(*(sympy.fraction(t)[0] for t in terms))


def _has_summands(node: Formula) -> bool:
    """Whether multiplying out may make a sum of it: a sum in a denominator makes none."""
    powers = (factor.as_base_exp() for factor in sympy.Mul.make_args(node))
    return any(isinstance(base, sympy.Add) and not exponent.is_negative for base, exponent in powers)


def _powers(case: Case, node: Formula) -> Iterator[FormulaEdit]:
    """ρ for ρ^d, another lag; x for x², and e^x for (e^x)²."""
    if isinstance(node, sympy.exp) and _is_doubled(case, node.args[0]):
        yield Diagnosis("forgot-square"), node.func(node.args[0] / TWO)
    if isinstance(node, sympy.Mul):
        for factor in node.args:
            if isinstance(factor, sympy.Symbol) and is_correlation(factor):
                yield Diagnosis("off-by-one"), node * factor
    if not isinstance(node, sympy.Pow) or node.base.is_number:
        return
    base, exponent = node.args
    if isinstance(base, sympy.Symbol) and is_correlation(base):
        yield Diagnosis("dropped-rho-power"), base
        yield Diagnosis("off-by-one"), base ** (exponent + 1)
        yield Diagnosis("off-by-one"), base ** (exponent - 1)
        yield Diagnosis("squared-twice"), base ** (2 * exponent)
    elif exponent == 2 and not (isinstance(base, sympy.Symbol) and _is_variance(case, base)):
        yield Diagnosis("forgot-square"), base
    if exponent == -1 and isinstance(base, sympy.Add):
        yield Diagnosis("inverse-of-sum"), sympy.Add(*(1 / term for term in base.args))
    if exponent.is_negative and _letters(base):
        yield Diagnosis("inverse-lost"), base ** (-exponent)
        if isinstance(base, sympy.Symbol):
            yield Diagnosis("squared-twice"), base ** (2 * exponent)


def _is_doubled(case: Case, exponent: Formula) -> bool:
    """Whether each term of an exponent is an even multiple, that of a variance apart: 2μ + σ²_u is 2(μ + σ²_u/2)."""
    terms = [term.as_coeff_Mul() for term in sympy.Add.make_args(exponent)]
    others = [number for number, rest in terms if not _all(_letters(rest), partial(_is_variance, case))]
    return all((number / TWO).is_Integer for number in others or [number for number, _ in terms])


def _is_variance(case: Case, parameter: sympy.Symbol) -> bool:
    return is_residual(case, parameter) or is_random(case, parameter)


def _roots(case: Case, node: Formula) -> Iterator[FormulaEdit]:
    """√a + √b for √(a + b); √(2a) as a sum of two."""
    del case
    if not any(power.exp == HALF for power in node.atoms(sympy.Pow)):
        return
    if isinstance(node, sympy.Pow) and node.exp == HALF and isinstance(expanded(node.base), sympy.Add):
        summed = expanded(node.base)
        yield Diagnosis("sum-of-sd"), sympy.Add(*(sympy.sqrt(term) for term in summed.args))
        yield Diagnosis("forgot-square"), node.base
    square = expanded(node**2)
    number: Any = square.as_coeff_Mul()[0]
    if not node.is_rational_function() and number.is_Rational and number.p % 2 == 0:
        yield Diagnosis("sum-of-sd"), node * sympy.sqrt(2)  # √(2a) is √(a + a), and 2√a its √2-fold
    if not node.is_rational_function() and number.is_Rational:
        yield Diagnosis("factor-2"), node * sympy.sqrt(2)
        yield Diagnosis("factor-2"), node / sympy.sqrt(2)


def _brackets(case: Case, node: Formula) -> Iterator[FormulaEdit]:
    """c·a + b for c·(a + b), a⁻¹ + b for (a + b)⁻¹."""
    if isinstance(node, sympy.Mul):
        for place, factor in enumerate(node.args):
            if isinstance(factor, sympy.Add | sympy.Pow) and isinstance(_inside(factor), sympy.Add):
                rest = sympy.Mul(*node.args[:place], *node.args[place + 1 :])
                yield from _opened(case, factor, rest)
    elif isinstance(node, sympy.Add):
        content, inner = node.primitive()
        # In μ + σ²/2 the divisor is that of one term, and stands outside no bracket.
        divisor: Any = sympy.fraction(content)[1]
        shared = divisor == 1 or all((sympy.fraction(term)[1] / divisor).is_Integer for term in node.args)
        # 16σ²_u1 + 2σ² is 2(8σ²_u1 + σ²), which nobody writes.
        is_written = divisor != 1 or all(abs(term.as_coeff_Mul()[0]) == 1 for term in inner.args)
        if content != 1 and shared and is_written:
            yield from _opened(case, inner, content)
    elif isinstance(node, sympy.Pow) and isinstance(node.base, sympy.Add):
        yield from _opened(case, node, sympy.Integer(1))


def _inside(factor: Formula) -> Formula:
    return factor.base if isinstance(factor, sympy.Pow) else factor


def _opened(case: Case, factor: Formula, rest: Formula) -> Iterator[FormulaEdit]:
    """rest·(a + b) with the rest at one of the terms alone, and rest/(a + b) as rest/a + b."""
    inner, exponent = _inside(factor), factor.exp if isinstance(factor, sympy.Pow) else sympy.Integer(1)
    if len(inner.args) > MOST_TERMS:
        return
    for place, term in enumerate(inner.args):
        others = sympy.Add(*inner.args[:place], *inner.args[place + 1 :])
        # σ²_u + σ²/b for (σ² + σ²_u)/b: the groups are not averaged, and no bracket is lost.
        averaged = _all(_letters(others), partial(is_random, case)) and _is_divisor(rest)
        lost = Diagnosis("missing-replication", DIVIDED_TOO_LITTLE) if averaged else Diagnosis("parentheses-lost")
        yield lost, rest * term**exponent + others


def _is_divisor(factor: Formula) -> bool:
    """Whether a factor divides by a count."""
    denominator = sympy.fraction(factor)[1]
    return denominator != 1 and all(is_size(letter) for letter in denominator.free_symbols)


def _functions(case: Case, node: Formula) -> Iterator[FormulaEdit]:
    """The function of a mean for the mean of a function; what is inside for the function."""
    if node.is_Pow and node.exp == -1 and isinstance(node.base - 1, sympy.exp):
        yield Diagnosis("link-forgotten"), -(node.base - 1).args[0]  # 1/(1 + exp(−η)) is the inverse of logit
    if node.is_Mul:
        for odds in node.args:
            if isinstance(odds, sympy.exp) and expanded(node * (1 + odds) - odds) == 0:
                yield Diagnosis("link-forgotten"), odds.args[0]  # exp(η)/(1 + exp(η)) is the same
    if node.is_Mul and all(factor.as_base_exp()[0] == sympy.E for factor in node.args):
        node = sympy.powsimp(node)  # e^μ √(e^σ²) is e^(μ + σ²/2)
    if not isinstance(node, sympy.Function | sympy.exp) or len(node.args) != 1:
        return
    (inner,) = node.args
    zeroed = inner.xreplace({letter: sympy.Integer(0) for letter in _letters(inner) if _is_variance(case, letter)})
    if zeroed != inner and _letters(zeroed):
        yield Diagnosis("jensen"), node.func(zeroed)
        yield Diagnosis("link-forgotten"), zeroed
    yield Diagnosis("link-forgotten"), inner
    for letter in _letters(inner):
        if _is_variance(case, letter):
            yield Diagnosis("sd-for-variance"), node.func(inner.xreplace({letter: sympy.sqrt(letter)}))


def _factors(case: Case, node: Formula) -> Iterator[FormulaEdit]:
    """A product without one of its factors."""
    if not isinstance(node, sympy.Mul):
        return
    for place, factor in enumerate(node.args):
        rest = sympy.Mul(*node.args[:place], *node.args[place + 1 :])
        if factor.is_number:
            root = sympy.sqrt(factor)
            if factor > 1 and root.is_Integer and any(_is_variance(case, letter) for letter in _letters(rest)):
                # 4σ²_u1 is the variance of 2u_1; of errors a 4 may come from a sum as well, and the 4 of 4σ_u01 is
                # twice the 2 of Cov(u_0, 2u_1).
                of_error = not any(is_random(case, letter) for letter in _letters(rest))
                twice = factor == 4 and (of_error or any(is_covariance(letter) for letter in _letters(rest)))
                yield Diagnosis("factor-2" if twice else "scalar-rule"), root * rest
            if factor > 2:
                yield Diagnosis("missing-factor"), rest
        elif _all(_letters(rest), is_correlation) and any(_is_variance(case, letter) for letter in _letters(factor)):
            yield Diagnosis("correlation-for-covariance"), rest
        elif _all(_letters(factor), is_correlation) and _all(_letters(rest), partial(_is_variance, case)):
            yield Diagnosis("variance-for-covariance"), rest
        elif is_size(factor) or not _letters(factor):
            if abs(rest) != 1:  # without n what is left of −n is a number, and no product
                yield Diagnosis("missing-factor"), rest
        elif isinstance(factor, sympy.Pow) and factor.exp == 2:
            variances = any(_is_variance(case, letter) for letter in _letters(rest))
            yield Diagnosis("scalar-rule" if variances else "forgot-square"), factor.base * rest
            yield Diagnosis("missing-factor"), rest
        elif rest.free_symbols:
            yield Diagnosis("missing-factor"), rest


def _all(letters: list[sympy.Symbol], is_so: Callable[[sympy.Symbol], bool]) -> bool:
    return bool(letters) and all(map(is_so, letters))


def _signs(case: Case, node: Formula) -> Iterator[FormulaEdit]:
    """A term with the other sign, twice or halved; what a function is of with the other sign."""
    if isinstance(node, sympy.Function | sympy.exp) and len(node.args) == 1:
        inner: Any = node.args[0]
        yield Diagnosis("sign"), node.func(-inner)
    if not isinstance(node, sympy.Add) or len(node.args) > MOST_TERMS:
        return
    for key, factor in (("sign", sympy.Integer(-1)), ("factor-2", TWO), ("factor-2", HALF)):
        for place, term in enumerate(node.args):
            divided = factor == TWO and _is_averaged_in_pairs(case, node, term)
            slip = Diagnosis("missing-replication", DIVIDED_TOO_LITTLE) if divided else Diagnosis(key)
            yield slip, sympy.Add(*node.args[:place], factor * term, *node.args[place + 1 :])


def _is_averaged_in_pairs(case: Case, node: Formula, term: Formula) -> bool:
    """Whether a 2 by which a term of a variance is divided is a number of observations that are averaged."""
    variances = _all(_letters(node), partial(_is_variance, case))
    return variances and sympy.fraction(term)[1] % TWO == 0 and TWO in sizes_of_groups(case)


def _sizes(case: Case, node: Formula) -> Iterator[FormulaEdit]:
    """n for n − p; a count one off; another count."""
    if isinstance(node, sympy.Add) and node.free_symbols and all(is_size(s) for s in node.free_symbols):
        for term in node.args:
            if term.free_symbols and not term.could_extract_minus_sign():
                # The t − 1 of 1 + (t − 1)ρ counts the others of a group, and divides nothing.
                counts_others = (node - term).is_number and any(map(is_correlation, parameters([case.reference])))
                yield Diagnosis("off-by-one" if counts_others else "ml-for-reml"), term
                yield Diagnosis("off-by-one"), node + 1
                yield Diagnosis("off-by-one"), node - 1
        for letter in sorted(node.free_symbols, key=str):
            yield Diagnosis("wrong-count", ANOTHER_COUNT), node.xreplace({letter: sympy.Integer(1)})
    if isinstance(node, sympy.Symbol) and is_size(node):
        is_determinant = case.question is not None and any(isinstance(x, Determinant) for x in walk(case.question))
        yield Diagnosis("off-by-one"), node - 1
        yield Diagnosis("off-by-one"), node + 1
        for other in _counts(case):
            if other != node:
                yield Diagnosis("wrong-count" if is_determinant else "missing-replication"), other


def _variances_of(case: Case, formula: Formula) -> tuple[sympy.Symbol, ...]:
    return tuple(letter for letter in _letters(formula) if _is_variance(case, letter) and not is_correlation(letter))


def _other_components(known: tuple[sympy.Symbol, ...], case: Case, node: Formula) -> Iterator[FormulaEdit]:
    """σ² for σ²_u in one place, where it stands in others as well."""
    del case
    if node in known:
        for other in known:
            if other != node:
                yield Diagnosis("components-swapped"), other


def _exchanged_sizes(formula: Formula) -> Iterator[FormulaEdit]:
    """b(t − 1) for t(b − 1)."""
    sizes = sorted((letter for letter in formula.free_symbols if is_size(letter)), key=str)
    for first, second in combinations(sizes[:MOST_EXCHANGED], 2):
        yield Diagnosis("wrong-count"), formula.xreplace({first: second, second: first})


def _others(case: Case, node: Formula) -> Iterator[FormulaEdit]:
    """1 + 4ρ for 1 + 3ρ, where each is correlated with three others."""
    del case
    if not isinstance(node, sympy.Add):
        return
    for place, term in enumerate(node.args):
        count, rest = term.as_coeff_Mul()
        base, _ = rest.as_base_exp()
        if count.is_Integer and abs(count) > 1 and isinstance(base, sympy.Symbol) and is_correlation(base):
            for other in (count + 1, count - 1):
                yield Diagnosis("off-by-one"), sympy.Add(*node.args[:place], other * rest, *node.args[place + 1 :])


def _indices(case: Case, formula: Formula) -> Iterator[FormulaEdit]:
    """τ_1 for τ_2: an effect of another level, as the answer has it."""
    if not isinstance(case.answer, Scalar):
        return
    mine, theirs = _letters(case.answer.value), _letters(formula)
    for letter in theirs:
        if letter in mine or not is_fixed(case, letter):
            continue
        for other in mine:
            if is_fixed(case, other) and _base(other) == _base(letter):
                yield Diagnosis("wrong-index"), formula.xreplace({letter: other})


def _base(letter: sympy.Symbol) -> str:
    return letter.name.partition("_")[0]


def _counts(case: Case) -> list[sympy.Symbol]:
    """The letters of sizes that either side has."""
    letters = {*scalars_of(case.answer, case.reference), *sizes_of(case.answer, case.reference)}
    return sorted((s for s in letters if is_size(s)), key=lambda s: s.name)
