"""Known slips, each an edit that turns the reference into what the student wrote.

A slip is tried on a friendly and on a random exact point: it explains an answer when the edited reference has the
answer's value on both. The slips stand in order from the most specific to the most general; the first that
explains the answer is named. `feedback` holds the words for each key.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from fractions import Fraction
from math import isqrt

import sympy

from tutor.algebra.arithmetic import NotRationalError
from tutor.algebra.balanced import closed_form
from tutor.algebra.nodes import Identity, Inverse, Kronecker, Ones, Product, Scalar, Scaled, Sum, Symbol, Transpose
from tutor.algebra.parameters import scalars_of
from tutor.algebra.single import product_or_factor, sum_or_term
from tutor.algebra.tree import Tree
from tutor.algebra.walk import symbols_of, walk
from tutor.checking.case import Case, Diagnosis
from tutor.checking.equal import Point, same_matrix
from tutor.checking.patterns import cell_patterns, diagonal_only, whole_matrix_edits
from tutor.checking.scalar_slips import scalar_slips
from tutor.checking.swaps import scaled_terms, simpler_variances
from tutor.errors import DomainError, ShapeError, SizeError, TutorError

RESIDUAL_VARIANCE = "sigma2"


Edit = tuple[Diagnosis, Tree]
Parameters = dict[sympy.Symbol, Fraction]


def diagnose(case: Case) -> Diagnosis | None:
    """The slip that explains the answer, or None."""
    if not case.points:
        return None
    for find in (
        _term_edits, diagonal_only, _form_edits, _parameter_edits, scalar_slips, cell_patterns, whole_matrix_edits,
    ):  # fmt: skip
        found = find(case)
        if found is not None:
            return found
    return None


# Edits of the reference as a tree


def _term_edits(case: Case) -> Diagnosis | None:
    return _tree_edits(case, (_dropped_terms, _added_terms))


def _form_edits(case: Case) -> Diagnosis | None:
    return _tree_edits(
        case, (_dropped_inverses, _added_inverses, _structure_swaps, _moved_factors, scaled_terms, simpler_variances)
    )


def _tree_edits(case: Case, kinds: tuple[Callable[[Case, Tree], Iterator[Edit]], ...]) -> Diagnosis | None:
    forms = dict.fromkeys((case.reference, closed_form(case.reference)))
    for edits in kinds:
        for form in forms:
            for diagnosis, edited in edits(case, form):
                if edited.shape == case.reference.shape and _explains(case, edited):
                    return diagnosis
    return None


def _explains(case: Case, edited: Tree) -> bool:
    for point in case.points:
        try:
            value = point.instance.value(edited)
        except (DomainError, NotRationalError, SizeError):
            return False
        if not same_matrix(point.instance, value, point.answer):
            return False
    return True


def _replaced_once(tree: Tree, change: Callable[[Tree], Iterator[Tree]]) -> Iterator[Tree]:
    """Every tree that differs from this one by one use of ``change`` at one node."""
    for replacement in change(tree):
        yield replacement
    for place, part in enumerate(tree.parts):
        for replacement in _replaced_once(part, change):
            parts = (*tree.parts[:place], replacement, *tree.parts[place + 1 :])
            try:
                yield tree.rebuild(parts)
            except TutorError:
                continue


def _dropped_terms(case: Case, tree: Tree) -> Iterator[Edit]:
    for node in walk(tree):
        if not isinstance(node, Sum):
            continue
        for place, dropped in enumerate(node.terms):
            rest = (*node.terms[:place], *node.terms[place + 1 :])
            kept = sum_or_term(rest)
            facts = {"dropped": str(dropped), "kept": str(kept)}
            names = {parameter.name for parameter in scalars_of(dropped)}
            key = "missing-term"
            if names == {RESIDUAL_VARIANCE} or _names(dropped) == {"R"}:
                key = "missing-residual"
            elif len(rest) == 1 and (any(n.startswith(RESIDUAL_VARIANCE) for n in names) or "Z" in _names(dropped)):
                key = "missing-random"
            elif _names(kept) == {"y"} and {"X", "beta"} <= _names(dropped):
                key = "mean-not-subtracted"
            for edited in _replaced_once(tree, _only(node, kept)):
                yield Diagnosis(key, facts), edited


def _only(node: Tree, replacement: Tree) -> Callable[[Tree], Iterator[Tree]]:
    def change(tree: Tree) -> Iterator[Tree]:
        if tree is node:
            yield replacement

    return change


def _names(tree: Tree) -> set[str]:
    return {symbol.name for symbol in symbols_of(tree)}


def _added_terms(case: Case, tree: Tree) -> Iterator[Edit]:
    """Terms of the model that belong elsewhere: Zu or ε in a mean, an effect in a variance."""
    response = next((s for s in case.symbols if s.role == "random" and isinstance(s.definition, Sum)), None)
    if response is None or not isinstance(response.definition, Sum) or response.shape != tree.shape:
        return
    for term in response.definition.terms:
        if any(symbol.role == "random" for symbol in symbols_of(term)):
            key = "error-in-mean" if isinstance(term, Symbol) else "random-in-mean"
            yield Diagnosis(key, {"added": str(term)}), tree + term
    yield Diagnosis("random-in-mean", {"added": str(response)}), response


def _dropped_inverses(case: Case, tree: Tree) -> Iterator[Edit]:
    def drop(node: Tree) -> Iterator[Tree]:
        if isinstance(node, Inverse):
            yield node.tree

    def split(node: Tree) -> Iterator[Tree]:
        if isinstance(node, Inverse) and isinstance(node.tree, Sum):
            yield Sum(tuple(Inverse(term) for term in node.tree.terms))

    for edited in _replaced_once(tree, drop):
        yield Diagnosis("inverse-lost"), edited
    for edited in _replaced_once(tree, split):
        yield Diagnosis("inverse-of-sum"), edited


def _added_inverses(case: Case, tree: Tree) -> Iterator[Edit]:
    for symbol in symbols_of(tree):
        if symbol.name in ("G", "R"):
            for edited in _replaced_once(tree, _only_equal(symbol, Inverse(symbol))):
                yield Diagnosis(f"inverse-for-{symbol.name}"), edited


def _only_equal(node: Tree, replacement: Tree) -> Callable[[Tree], Iterator[Tree]]:
    def change(tree: Tree) -> Iterator[Tree]:
        if tree == node:
            yield replacement

    return change


def _structure_swaps(case: Case, tree: Tree) -> Iterator[Edit]:
    def swap(node: Tree) -> Iterator[Tree]:
        if isinstance(node, Kronecker):
            yield Kronecker(tuple(reversed(node.factors)))

    def ones(node: Tree) -> Iterator[Tree]:
        if isinstance(node, Identity):
            yield Ones(node.order, node.order)

    def identity(node: Tree) -> Iterator[Tree]:
        if isinstance(node, Ones) and node.rows == node.columns:
            yield Identity(node.rows)

    swapped = "kronecker-swapped" if any(isinstance(n, Kronecker) for n in walk(case.answer)) else "wrong-grouping"
    for edited in _replaced_once(tree, swap):
        yield Diagnosis(swapped), edited
    for edited in _replaced_once(tree, ones):
        yield Diagnosis("ones-for-identity"), edited
    for edited in _replaced_once(tree, identity):
        yield Diagnosis("identity-for-ones"), edited


def _moved_factors(case: Case, tree: Tree) -> Iterator[Edit]:
    def untransposed(node: Tree) -> Iterator[Tree]:
        if isinstance(node, Transpose):
            yield node.tree

    def transposed(node: Tree) -> Iterator[Tree]:
        if isinstance(node, Symbol) and node.columns != sympy.S.One:
            yield Transpose(node)

    def swapped(node: Tree) -> Iterator[Tree]:
        if isinstance(node, Product):
            factors = node.factors
            for i in range(len(factors) - 1):
                try:
                    yield Product((*factors[:i], factors[i + 1], factors[i], *factors[i + 2 :]))
                except ShapeError:
                    continue

    def shortened(node: Tree) -> Iterator[Tree]:
        if isinstance(node, Product):
            for i in range(len(node.factors)):
                rest = (*node.factors[:i], *node.factors[i + 1 :])
                try:
                    yield product_or_factor(rest)
                except ShapeError:
                    continue
        if isinstance(node, Scaled) and not (isinstance(node.scalar, Scalar) and node.scalar.value.is_number):
            yield node.tree

    for key, change in (
        ("transpose-lost", untransposed),
        ("order-swapped", swapped),
        ("missing-factor", shortened),
        ("transpose-misplaced", transposed),
    ):
        for edited in _replaced_once(tree, change):
            yield Diagnosis(key), edited


# Edits of the parameters


def _parameter_edits(case: Case) -> Diagnosis | None:
    parameters = [p for p in scalars_of(case.reference) if p.is_positive]
    if not parameters:
        return None
    for diagnosis, edit in _substitutions(parameters):
        if all(_explained_by(point, case.reference, edit) for point in case.points):
            return diagnosis
    return None


def _substitutions(parameters: list[sympy.Symbol]) -> Iterator[tuple[Diagnosis, Callable[[Parameters], Parameters]]]:
    groups = [[p] for p in parameters] + ([parameters] if len(parameters) > 1 else [])
    for key, power in (("sd-for-variance", _root), ("squared-twice", _square)):
        for group in groups:
            facts = {"parameter": " and ".join(str(Scalar(p)) for p in group)}
            yield Diagnosis(key, facts), _powered(group, power)
    for i, first in enumerate(parameters):
        for second in parameters[i + 1 :]:
            facts = {"parameter": f"{Scalar(first)} and {Scalar(second)}"}
            yield Diagnosis("components-swapped", facts), _exchanged(first, second)


def _root(number: Fraction) -> Fraction:
    """The root of a square: the parameters of the points of a case are squares."""
    return Fraction(isqrt(number.numerator), isqrt(number.denominator))


def _square(number: Fraction) -> Fraction:
    return number**2


def _powered(group: list[sympy.Symbol], power: Callable[[Fraction], Fraction]) -> Callable[[Parameters], Parameters]:
    return lambda values: {p: power(values[p]) for p in group if p in values}


def _exchanged(first: sympy.Symbol, second: sympy.Symbol) -> Callable[[Parameters], Parameters]:
    return lambda values: {first: values[second], second: values[first]} if {first, second} <= set(values) else {}


def _explained_by(point: Point, reference: Tree, edit: Callable[[Parameters], Parameters]) -> bool:
    changed = edit(point.instance.scalars)
    if not changed:
        return False
    instance = point.instance.changed(changed)
    try:
        return same_matrix(instance, instance.value(reference), point.answer)
    except (DomainError, NotRationalError):
        return False
