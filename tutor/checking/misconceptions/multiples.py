"""Slips in a formula that was asked for as such, an expected mean square or a shrunken mean: the number by which a
component is multiplied, and the shrinkage itself."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import sympy

from tutor.algebra.expansion import expanded
from tutor.algebra.nodes import Scalar, Scaled
from tutor.algebra.parameters import scalars_of, sizes_of
from tutor.algebra.tree import Tree
from tutor.checking.case import Case, Diagnosis
from tutor.checking.misconceptions.counts import counts_of
from tutor.checking.misconceptions.edit import Edit
from tutor.checking.misconceptions.formulas import DIVIDED_TOO_LITTLE, FormulaEdit
from tutor.checking.misconceptions.one_formula import formula_of
from tutor.checking.misconceptions.quantities import MOST_SIZES, is_value
from tutor.checking.misconceptions.roles import is_random, is_size, parameters, sizes_of_groups, symbol_named


def other_multiples(case: Case, asked: Tree) -> Diagnosis | None:
    """σ² + 3σ²_u for σ² + 4σ²_u, or σ²_u/(σ²_u + σ²) for 4σ²_u/(4σ²_u + σ²): another count, or none; of a moment the
    numbers come from its weights, and are other slips."""
    if not isinstance(asked, Scalar) or not isinstance(case.answer, Scalar):
        return None
    edits = recounted(case, case.reference.value)  # pyright: ignore[reportAttributeAccessIssue]
    return next((diagnosis for diagnosis, edited in edits if is_value(case, Scalar(edited))), None)


def recounted(case: Case, formula: Any) -> Iterator[FormulaEdit]:
    """A formula with another count, or none, wherever one multiplies a component."""
    for letter in parameters([Scalar(formula)]):
        if is_random(case, letter):
            yield from _recounted(case, formula, letter)


def _recounted(case: Case, formula: Any, letter: sympy.Symbol) -> Iterator[FormulaEdit]:
    yield from _uncounted(formula, letter)
    sizes, known = sizes_of_groups(case), counts_of(case)
    counted = {part.args[0] for part in formula.atoms(sympy.Mul) if part.args[0].is_Integer and letter in part.args}
    for count in sorted(counted, key=int):
        if count not in sizes or count == 2:  # a lost 2 is a slip of its own
            continue
        is_ratio = any(_is_variance_below(power, letter) for power in formula.atoms(sympy.Pow))
        lost = Diagnosis("missing-replication", DIVIDED_TOO_LITTLE) if is_ratio else Diagnosis("missing-factor")
        yield lost, formula.xreplace({letter: letter / count})
        for other in sizes:
            if other != count:
                slip = Diagnosis("wrong-count", {"counted": known[other]} if other in known else {})
                recounted: Any = {letter: other * letter / count}
                yield slip, formula.xreplace(recounted)
                # In σ²_u/(σ² + 3σ²_u) the component above is not counted.
                yield slip, formula.xreplace({part: part.xreplace(recounted) for part in formula.atoms(sympy.Add)})


def _uncounted(formula: Any, letter: sympy.Symbol) -> Iterator[FormulaEdit]:
    """σ² + σ²_u for σ² + tσ²_u, whose count is a letter; of a mean it is what is divided by."""
    divided = sympy.fraction(sympy.together(formula))[1].free_symbols
    products = [part.args for part in formula.atoms(sympy.Mul) if letter in part.args]
    counts = {factor for factors in products for factor in factors if factor.free_symbols - divided and is_size(factor)}
    # Of t²σ²_u in t(σ² + tσ²_u), the variance of a sum, the covariances are lost and no count.
    squared = {factor for part in expanded(formula).atoms(sympy.Mul) if letter in part.args for factor in part.args}
    for count in sorted((count for count in counts if count**2 not in squared), key=str):
        is_ratio = any(_is_variance_below(power, letter) for power in formula.atoms(sympy.Pow))
        lost = Diagnosis("missing-replication", DIVIDED_TOO_LITTLE) if is_ratio else Diagnosis("missing-factor")
        yield lost, formula.xreplace({letter: letter / count})
        if is_ratio and not formula.is_Add:
            yield Diagnosis("wrong-count"), formula * count  # tσ²_u/(σ² + tσ²_u) for σ²_u/(σ² + tσ²_u)
    if len(counts) > 1:
        yield Diagnosis("missing-factor"), formula.xreplace({letter: letter / sympy.Mul(*counts)})


def _is_variance_below(power: Any, letter: sympy.Symbol) -> bool:
    return bool(power.exp.is_negative) and letter in power.base.free_symbols


def lost_count(case: Case) -> Diagnosis | None:
    """The whole without a count by which it is multiplied, σ²_u + σ²/n for nσ²_u + σ²; of a fraction it is divided
    once more."""
    reference = formula_of(case.reference) if case.reference.is_scalar else None
    if reference is None or not parameters([reference]):
        return None
    numerator: Any = sympy.fraction(sympy.together(reference.value))[0]
    sizes = sorted((letter for letter in numerator.free_symbols if is_size(letter)), key=str)[:MOST_SIZES]
    counts = {abs(term.as_coeff_Mul()[0]) for term in sympy.Add.make_args(expanded(numerator))}
    numbers = [count for count in sizes_of_groups(case) if count > 2 and count in counts]
    lost = next((count for count in (*sizes, *numbers) if is_value(case, Scalar(reference.value / count))), None)
    return None if lost is None else Diagnosis("missing-factor", {"count": str(lost)})


def without_count(case: Case, tree: Tree) -> Iterator[Edit]:
    """A matrix without a count by which the whole of it is multiplied."""
    if tree.is_scalar:
        return
    letters = [letter for letter in dict.fromkeys((*sizes_of(tree), *scalars_of(tree))) if is_size(letter)]
    for count in (*letters[:MOST_SIZES], *(sympy.Integer(number) for number in sizes_of_groups(case) if number > 2)):
        yield Edit(Diagnosis("missing-factor", {"count": str(count)}), Scaled(Scalar(1 / count), tree))


def lost_shrinkage(case: Case) -> Diagnosis | None:
    """ȳ_1. − μ for a share of it: the estimate of a fixed effect for the prediction of a random one."""
    y = symbol_named(case, "y")
    if not isinstance(case.reference, Scalar) or y is None or y.entries is None:
        return None
    factors = sympy.Mul.make_args(case.reference.value)
    data = [factor for factor in factors if factor.free_symbols & y.entries.free_symbols]
    share = parameters([Scalar(sympy.Mul(*(factor for factor in factors if factor not in data)))])
    if not data or not any(is_random(case, letter) for letter in share):
        return None
    return Diagnosis("fixed-random-confused") if is_value(case, Scalar(sympy.Mul(*data))) else None
