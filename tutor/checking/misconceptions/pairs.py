"""Two slips at once: an edit of the tree with one of the parameters, with another edit of the tree, with a pattern.

The pairs are those of frequent slips, in a fixed order and a fixed number, so that a verdict is the same on every
machine. General slips, such as a term that is missing, are left out: with another they would explain too much.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from fractions import Fraction
from itertools import islice

import sympy

from tutor.algebra.arithmetic import NotRationalError
from tutor.algebra.nodes import Inverse, Scalar
from tutor.algebra.tree import Tree
from tutor.algebra.walk import walk
from tutor.checking.case import Case, Diagnosis
from tutor.checking.misconceptions.cells import covariance_everywhere, diagonal_only
from tutor.checking.misconceptions.edit import Edit, Edits, Kept
from tutor.checking.misconceptions.factors import dropped_factors, moved_transposes
from tutor.checking.misconceptions.inverses import added_inverses, dropped_inverses, spread_inverses
from tutor.checking.misconceptions.names import simpler_variances
from tutor.checking.misconceptions.parameters import ParameterEdit, parameter_edits
from tutor.checking.misconceptions.quantities import edits_of_formula, quantity_edits
from tutor.checking.misconceptions.rivals import other_groups
from tutor.checking.misconceptions.roles import parameters
from tutor.checking.misconceptions.sketch import Changed, Parameters, Sketch
from tutor.checking.misconceptions.structures import other_constants, other_sizes, swapped_factors
from tutor.checking.misconceptions.table import ORDER
from tutor.checking.misconceptions.terms import dropped_terms, negative, scaled_terms
from tutor.checking.misconceptions.written import is_written_as
from tutor.checking.points import Point
from tutor.errors import TutorError

NEVER_PAIRED = frozenset({"missing-term", "missing-factor", "extra-term", "parentheses-lost", "off-by-one"})
"""Slips so general that together with another they explain what has other causes."""

OPPOSED = (
    {"sd-for-variance", "variance-for-sd"},
    {"sd-for-variance", "squared-twice"},
    {"forgot-square", "squared-twice"},
    {"correlation-for-covariance", "covariance-for-correlation"},
    {"missing-random", "blocks-in-difference"},
)
"""Slips of which one takes back what the other does: together they are neither."""

MOST_PAIRED = 24
"""Edits of the tree that are tried in pairs with others."""

MOST_SIZES = 2
"""Other sizes of blocks that are tried in pairs: those with the numbers of blocks and of treatments exchanged."""

MOST_CHANGED, MOST_CHANGES = 16, 10
"""Edits of the tree that are tried with changes of the parameters, and how many of these."""

MOST_FIRST = 6
"""Changes of the parameters that are tried with each other before edits of the tree are: roots and exchanges."""

Pattern = Callable[[Case], Diagnosis | None]

MOST_PAIRS = 330
"""Pairs that are tried."""

MOST_NODES = 60
"""Nodes of an edited tree up to which it is edited again."""

MOST_PATTERNS = 10
"""Edits whose value is compared with the answer by the pattern of the cells."""

FIRST: tuple[Edits, ...] = (
    simpler_variances, dropped_terms, swapped_factors, dropped_inverses, added_inverses, other_constants,
    moved_transposes, scaled_terms,
)  # fmt: skip
"""The edits of the tree that are worth trying in pairs, the most frequent first."""

SECOND: tuple[Edits, ...] = (
    swapped_factors, dropped_inverses, added_inverses, other_constants, moved_transposes, scaled_terms, dropped_terms,
    negative, spread_inverses,
)  # fmt: skip
"""The edits that are tried after one of those."""


def two_slips(case: Case, forms: Sequence[Tree], sketch: Sketch, kept: Kept) -> Diagnosis | None:
    """Two slips that explain the answer together: the first pair in the order of their kinds."""
    if parameters([case.reference]) and not parameters([case.answer]) and case.answer.is_scalar:
        return None  # a number explains nothing of a formula
    sketch.left = min(sketch.left, MOST_PAIRS)
    changes = [change for change in parameter_edits(case) if change.diagnosis.key not in NEVER_PAIRED]
    edits = list(islice(_frequent(case, forms, kept), MOST_PAIRED))
    return (
        _of_patterns(case, edits, changes, (diagonal_only, covariance_everywhere))
        or (None if sketch.is_spent else _of_tree_and_change(edits[:MOST_CHANGED], changes, sketch))
        or (None if sketch.is_spent else _of_two_changes(case, changes[:MOST_FIRST], sketch))
        or (None if sketch.is_spent else _of_other_size(case, forms, changes, sketch, kept))
        or (None if sketch.is_spent else _of_two_trees(case, edits, sketch))
        or (None if sketch.is_spent else _of_two_changes(case, changes, sketch))
        or _of_patterns(case, edits, changes, (other_groups,))
    )


def two_slips_as_written(case: Case, forms: Sequence[Tree], kept: Kept) -> Diagnosis | None:
    """A term and a factor left out, Z'V⁻¹y for GZ'V⁻¹(y − Xβ): a factor that is missing explains much by its value, so
    that the answer has to be written as the two slips make it."""
    for form in forms[:2]:
        for first in kept.of(dropped_terms, form):
            if first.diagnosis.key in NEVER_PAIRED or first.tree.shape != case.answer.shape:
                continue
            for second in dropped_factors(case, first.tree):
                if is_written_as(case.answer, second.tree):
                    early, late = sorted((first.diagnosis, second.diagnosis), key=lambda slip: ORDER[slip.key])
                    return Diagnosis(f"{early.key}+{late.key}", {**late.facts, **early.facts})
    return None


def _frequent(case: Case, forms: Sequence[Tree], kept: Kept) -> Iterator[Edit]:
    seen: set[Tree] = set()
    for edit in _all_frequent(case, forms, kept):
        has_letters = not isinstance(edit.tree, Scalar) or bool(edit.tree.value.free_symbols)
        fits = edit.tree.shape == case.reference.shape and edit.diagnosis.key not in NEVER_PAIRED
        if has_letters and fits and edit.tree not in seen:
            seen.add(edit.tree)
            yield edit


def _all_frequent(case: Case, forms: Sequence[Tree], kept: Kept) -> Iterator[Edit]:
    if case.reference.is_scalar:
        yield from quantity_edits(case)
    for kind in FIRST:
        for form in forms[:2]:
            yield from kept.of(kind, form)


def _of_tree_and_change(edits: Sequence[Edit], changes: Sequence[ParameterEdit], sketch: Sketch) -> Diagnosis | None:
    for edit in edits:
        for change in changes[:MOST_CHANGES]:
            pair = joined(edit.diagnosis, change.diagnosis)
            if pair is not None and sketch.explains(edit.tree, change.changed):
                return pair
    return None


def _of_other_size(
    case: Case, forms: Sequence[Tree], changes: Sequence[ParameterEdit], sketch: Sketch, kept: Kept
) -> Diagnosis | None:
    """Blocks of another size with other parameters, or without a term."""
    resized = (edit for form in forms for edit in kept.of(other_sizes, form))
    sizes = list({edit.tree: edit for edit in resized if edit.tree.shape == case.reference.shape}.values())[:MOST_SIZES]
    found = _of_tree_and_change(sizes, changes, sketch)
    if found is not None:
        return found
    for size in sizes:
        for second in dropped_terms(case, size.tree):
            pair = joined(size.diagnosis, second.diagnosis)
            if pair is not None and sketch.explains(second.tree):
                return pair
    return None


def _of_two_trees(case: Case, edits: Sequence[Edit], sketch: Sketch) -> Diagnosis | None:
    for first in edits:
        if sum(1 for _ in walk(first.tree)) > MOST_NODES:
            continue
        for second in _seconds(case, first.tree):
            if sketch.is_spent:
                return None
            pair = joined(first.diagnosis, second.diagnosis)
            if pair is not None and second.tree.shape == case.reference.shape and sketch.explains(second.tree):
                return pair
    return None


def _seconds(case: Case, tree: Tree) -> Iterator[Edit]:
    if isinstance(tree, Scalar):
        yield from edits_of_formula(case, tree.value)
    else:
        for kind in SECOND:
            yield from kind(case, tree)


def _of_two_changes(case: Case, changes: Sequence[ParameterEdit], sketch: Sketch) -> Diagnosis | None:
    for place, first in enumerate(changes):
        for second in changes[place + 1 :]:
            pair = joined(first.diagnosis, second.diagnosis)
            if pair is not None and sketch.explains(case.reference, _both(first, second)):
                return pair
    return None


def _both(first: ParameterEdit, second: ParameterEdit) -> Changed:
    """The one change after the other."""

    def changed(values: Parameters) -> dict[sympy.Symbol, Fraction]:
        once = first.changed(values)
        twice = second.changed({**values, **once})
        return {**once, **twice} if once and twice else {}

    return changed


def _of_patterns(
    case: Case, edits: Sequence[Edit], changes: Sequence[ParameterEdit], patterns: Sequence[Pattern]
) -> Diagnosis | None:
    """An edit with all covariances lost, with covariances everywhere, or with the rows in other groups."""
    inverted = any(isinstance(node, Inverse) for node in walk(case.reference))
    if inverted or case.reference.is_scalar or case.reference.rows != case.reference.columns:
        return None
    dropped = [(edit.diagnosis, edit.tree, None) for edit in edits if edit.diagnosis.key.startswith("missing")]
    other = [(change.diagnosis, case.reference, change.changed) for change in changes]
    for diagnosis, tree, changed in [*dropped, *other][:MOST_PATTERNS]:
        point = _edited(case.points[0], tree, changed)
        if point is None:
            continue
        edited = replace(case, points=(point,))
        for pattern in patterns:
            found = pattern(edited)
            pair = None if found is None else joined(diagnosis, found)
            if pair is not None:
                return pair
    return None


def _edited(point: Point, tree: Tree, changed: Changed | None) -> Point | None:
    """The point with the value of an edited reference for that of the reference."""
    instance = point.instance
    if changed is not None:
        values = changed(instance.scalars)
        if not values:
            return None
        instance = instance.changed(values)
    try:
        return Point(point.instance, point.answer, instance.value(tree))
    except (TutorError, NotRationalError, ArithmeticError):
        return None


def joined(first: Diagnosis, second: Diagnosis) -> Diagnosis | None:
    """Two slips as one, in the order of the table; two of one kind are that kind; None for those never paired."""
    keys = {first.key, second.key}
    if keys & NEVER_PAIRED or keys in OPPOSED:
        return None
    if len(keys) == 1:
        return None if keys == {"factor-2"} else first  # twice a factor of 2 is a factor of 4
    early, late = sorted((first, second), key=lambda slip: ORDER[slip.key])
    return Diagnosis(f"{early.key}+{late.key}", {**late.facts, **early.facts})
