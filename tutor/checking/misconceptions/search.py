"""The search for the slip that explains an answer.

Kinds of edits stand in an order, from the most specific and most frequent to the most general. The first that has the
answer's value is named, save that one which is also written as the answer is goes before all of its group. Where no
single slip explains an answer, pairs are tried: an edit of the tree with one of the parameters, or with another edit
of the tree. What is not found stays without a name: no key is better than a wrong one.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from functools import cached_property
from itertools import chain, islice

import sympy

from tutor.algebra.budget import allow
from tutor.algebra.nodes import Inverse, Product, Scalar, Sum
from tutor.algebra.tree import Tree
from tutor.algebra.walk import walk
from tutor.checking.case import Case, Diagnosis
from tutor.checking.misconceptions.cells import cell_patterns, covariance_everywhere, covariance_missing, diagonal_only
from tutor.checking.misconceptions.coefficients import coefficients_worth
from tutor.checking.misconceptions.components import other_coefficients, variances_of_two
from tutor.checking.misconceptions.counts import other_count
from tutor.checking.misconceptions.distances import other_lags
from tutor.checking.misconceptions.edit import Edit, Edits, Kept
from tutor.checking.misconceptions.effects import misplaced_effects
from tutor.checking.misconceptions.eigenvalues import counted_powers
from tutor.checking.misconceptions.factors import (
    dropped_factors,
    moved_transposes,
    powers,
    scalar_rules,
    squared_matrices,
    swapped_order,
    variances_of_sums,
)  # fmt: skip
from tutor.checking.misconceptions.forms import forms_of, inlined, of_inverse, of_low_rank, of_moment, of_sandwich
from tutor.checking.misconceptions.inverses import added_inverses, dropped_inverses, spread_inverses
from tutor.checking.misconceptions.kronecker_forms import in_factors_of
from tutor.checking.misconceptions.means import other_means
from tutor.checking.misconceptions.means_of_functions import functions_of_means
from tutor.checking.misconceptions.multiples import lost_count, lost_shrinkage, other_multiples, without_count
from tutor.checking.misconceptions.names import diagonal_variances, simpler_variances, swapped_names
from tutor.checking.misconceptions.one_formula import formula_of
from tutor.checking.misconceptions.pairs import two_slips, two_slips_as_written
from tutor.checking.misconceptions.parameters import parameter_edits
from tutor.checking.misconceptions.quantities import (
    correlated_quantities,
    counted_terms,
    quantity_edits,
    quantity_slips,
)  # fmt: skip
from tutor.checking.misconceptions.questions import has_sense
from tutor.checking.misconceptions.rivals import (
    other_comparisons,
    other_elements,
    other_groups,
    other_structures,
    sums_of_pairs,
)
from tutor.checking.misconceptions.roles import parameters
from tutor.checking.misconceptions.roots import root_of_whole, roots_lost
from tutor.checking.misconceptions.rows import moved_rows
from tutor.checking.misconceptions.shares import other_shares
from tutor.checking.misconceptions.sketch import Sketch
from tutor.checking.misconceptions.structures import (
    other_blocks,
    other_constants,
    other_sizes,
    scalar_for_identity,
    swapped_factors,
)  # fmt: skip
from tutor.checking.misconceptions.structures import (
    other_groups as regrouped,
)
from tutor.checking.misconceptions.terms import (
    added_terms,
    dropped_terms,
    extra_terms,
    lost_parentheses,
    on_diagonal_lost,
    scaled_terms,
)  # fmt: skip
from tutor.checking.misconceptions.turned_back import with_one_turned_back
from tutor.checking.misconceptions.uncorrelated import (
    added_variances,
    covariances_counted_once,
    factors_taken_out_once,
    other_structure_of_pair,
    subtracted_variances,
    unshared_components,
)  # fmt: skip
from tutor.checking.misconceptions.whole import correlations, whole_matrix_edits
from tutor.checking.misconceptions.written import is_written_as

MOST_ROWS = 150
"""Of a matrix of more rows or columns only the slips in the formula are looked for, not those in its cells."""

MOST_WRITTEN = 200
"""Nodes of a formula up to which it is compared with edits as it is written: no slip makes a longer one."""

MOST_ROWS_OF_FORMULA = 400
"""Of a larger one only slips are looked for that are written as the answer is, without values."""


def diagnose(case: Case) -> Diagnosis | None:
    """The slip that explains the answer, or None."""
    search = _Search(case)
    if not case.points:  # too large to value, or without a value
        found = search.written_out() or root_of_whole(case) or other_coefficients(case) or extra_terms(case)
        return None if found is None else found.in_words()
    rows = max(case.points[0].instance.arithmetic.shape(case.points[0].answer))
    if rows <= MOST_ROWS:
        stages = search.stages()
    else:
        stages = search.stages_of_formula() if rows <= MOST_ROWS_OF_FORMULA else ()
        stages = chain([search.written_out], stages)
    found = next((found for stage in stages if (found := stage()) is not None and has_sense(case, found)), None)
    return None if found is None else found.in_words()


class _Search:
    """One search: the forms of the reference, their edits, each made once, and the purse of values."""

    def __init__(self, case: Case) -> None:
        formula = formula_of(case.reference) if case.reference.is_scalar else None
        self.asked = case.reference
        self.forms = tuple(dict.fromkeys((*forms_of(case.reference), *of_moment(case.reference))))
        inverted = [node.tree for node in walk(case.answer) if isinstance(node, Inverse)]
        if inverted and (isinstance(case.answer, Sum) or any(isinstance(tree, Product | Sum) for tree in inverted)):
            self.forms = tuple(dict.fromkeys((*self.forms, *of_low_rank(case.reference))))
        self.forms = tuple(dict.fromkeys((*self.forms, *of_inverse(case), *of_sandwich(case))))
        self.forms = tuple(dict.fromkeys((*self.forms, *in_factors_of(case.answer, self.forms))))
        self.case = case if formula is None else replace(case, reference=formula)
        self.kept = Kept(self.case)
        self.made: dict[Tree, Edit] = {}

    @cached_property
    def sketch(self) -> Sketch:
        """The values in doubles on which edits are tried first."""
        return Sketch(self.case)

    def stages(self) -> Iterator[Callable[[], Diagnosis | None]]:
        """What is asked, one after the other."""
        case = self.case
        yield lambda: misplaced_effects(case)
        yield lambda: other_count(case)
        yield lambda: functions_of_means(case)
        yield lambda: other_means(case)
        if isinstance(case.reference, Scalar) and case.reference.value.has(sympy.log):
            yield lambda: counted_powers(case)  # each value of a logarithm costs much
        yield lambda: self.of_trees(simpler_variances)
        yield lambda: self.of_trees(dropped_terms)
        yield lambda: self.as_written(other_constants, swapped_factors, regrouped, scalar_for_identity)
        yield lambda: diagonal_only(case)
        yield lambda: self.as_written(added_inverses)
        yield lambda: self.of_trees(squared_matrices)
        yield lambda: self.of_trees(dropped_inverses)
        yield lambda: lost_shrinkage(case)
        yield lambda: other_multiples(case, self.asked)
        yield lambda: self.of_trees(lost_parentheses)
        yield lambda: self.of_trees(spread_inverses, added_inverses)
        yield lambda: self.of_trees(swapped_factors)
        yield lambda: covariance_everywhere(case)
        yield lambda: self.of_trees(other_constants, regrouped, other_sizes)
        yield lambda: self.of_trees(moved_transposes, swapped_order, scalar_rules, variances_of_sums)
        yield lambda: factors_taken_out_once(case, self.asked)
        if parameters([case.answer]):  # ZZ' for σ²_u ZZ' is no correlation, though its cells are
            yield lambda: correlations(case)
        yield lambda: self.as_written(dropped_factors)
        yield lambda: correlations(case)
        yield lambda: correlated_quantities(case, self.asked)
        yield lambda: self.of_trees(dropped_factors)
        yield lambda: self.of_trees(scaled_terms, swapped_names, powers, other_lags)
        yield lambda: self.of_trees(coefficients_worth(self.sketch.reaches))
        yield lambda: sums_of_pairs(case)
        yield lambda: added_variances(case, self.asked)
        yield lambda: variances_of_two(case)
        yield lambda: subtracted_variances(case, self.asked)
        yield lambda: covariances_counted_once(case, self.asked)
        yield lambda: unshared_components(case)
        yield lambda: other_structure_of_pair(case)
        yield lambda: other_comparisons(case)
        yield lambda: root_of_whole(case) or roots_lost(case)
        yield self.of_parameters
        yield lambda: quantity_slips(case)
        yield self.of_quantity
        yield lambda: counted_powers(case)
        yield lambda: lost_count(case)
        yield lambda: other_shares(case)
        yield lambda: self.of_trees(without_count)
        yield lambda: counted_terms(case)
        yield lambda: other_elements(case)
        yield lambda: self.of_trees(on_diagonal_lost)
        yield lambda: other_groups(case)
        yield lambda: covariance_missing(case)
        yield lambda: other_structures(case)
        yield lambda: self.of_trees(other_blocks)
        yield lambda: self.of_trees(diagonal_variances)
        yield lambda: cell_patterns(case)
        yield lambda: whole_matrix_edits(case)
        yield lambda: other_coefficients(case)
        yield lambda: self.of_trees(added_terms)
        yield lambda: extra_terms(case)
        yield lambda: moved_rows(case)
        yield lambda: two_slips(case, self.forms, self.sketch, self.kept)
        yield lambda: two_slips_as_written(case, self.forms, self.kept)
        yield lambda: with_one_turned_back(case, _of_quantity)

    def stages_of_formula(self) -> Iterator[Callable[[], Diagnosis | None]]:
        """What is asked of a large matrix: products of the edited formula with a vector cost little there."""
        yield lambda: self.of_trees(simpler_variances)
        yield lambda: self.of_trees(dropped_terms)
        yield lambda: self.as_written(other_constants, swapped_factors, regrouped, scalar_for_identity)
        yield lambda: self.of_trees(dropped_inverses)
        yield lambda: self.of_trees(lost_parentheses)
        yield lambda: self.of_trees(spread_inverses, added_inverses)
        yield lambda: self.of_trees(swapped_factors)
        yield lambda: self.of_trees(other_constants, regrouped, other_sizes)
        yield lambda: self.of_trees(moved_transposes, swapped_order, scalar_rules, variances_of_sums)
        yield lambda: self.of_trees(dropped_factors)
        yield lambda: self.of_trees(scaled_terms, swapped_names, powers, other_lags)
        yield self.of_parameters

    def edits(self, *kinds: Edits) -> Iterator[Edit]:
        """The edits of these kinds of every form that have the shape of the reference, and are new."""
        case = self.case
        for kind in kinds:
            for form in self.forms:
                for edit in self.kept.of(kind, form):
                    if edit.tree.shape == case.reference.shape and self.made.setdefault(edit.tree, edit) is edit:
                        yield edit

    def of_trees(self, *kinds: Edits) -> Diagnosis | None:
        """The first edit of a tree that explains the answer, or the one that is written as the answer is."""
        return self._first(self.edits(*kinds))

    def _first(self, edits: Iterable[Edit]) -> Diagnosis | None:
        first: Diagnosis | None = None
        for edit in edits:
            if self.sketch.is_spent:
                break
            if not self.sketch.explains(edit.tree):
                continue
            if is_written_as(self.case.answer, edit.tree):
                return edit.diagnosis
            first = first or edit.diagnosis
        return first

    def as_written(self, *kinds: Edits) -> Diagnosis | None:
        """An edit that is the answer as it is written; the others may be found later by their value."""
        for kind in kinds:
            for form in self.forms:
                for edit in self.kept.of(kind, form):
                    if is_written_as(self.case.answer, edit.tree) and self.sketch.explains(edit.tree):
                        return edit.diagnosis
        return None

    def written_out(self) -> Diagnosis | None:
        """The first edit of a form that is written as the answer is; no value is worked out."""
        kinds = (simpler_variances, dropped_terms, dropped_inverses, spread_inverses, added_inverses, swapped_factors,
                 other_constants, regrouped, moved_transposes, swapped_order, scalar_rules, dropped_factors,
                 scaled_terms, swapped_names)  # fmt: skip
        answer = inlined(self.case.answer)
        if next(islice(walk(answer), MOST_WRITTEN, None), None) is not None:
            return None
        edits = (edit for kind in kinds for form in self.forms for edit in self.kept.of(kind, form))
        for edit in edits:
            allow()
            if is_written_as(answer, inlined(edit.tree)):
                return edit.diagnosis
        return None

    def of_parameters(self) -> Diagnosis | None:
        reference = self.case.reference
        for edit in parameter_edits(self.case):
            if self.sketch.explains(reference, edit.changed):
                return edit.diagnosis
        return None

    def of_quantity(self) -> Diagnosis | None:
        """A slip in a formula of a single quantity; an edit without letters explains none."""
        if not self.case.reference.is_scalar:
            return None
        edits = (edit for edit in quantity_edits(self.case) if _has_letters(edit.tree))
        return self._first(edits)


def _of_quantity(case: Case) -> Diagnosis | None:
    """The single slip in a quantity that explains an answer."""
    search = _Search(case)
    stages: tuple[Callable[[], Diagnosis | None], ...] = (
        lambda: added_variances(case, case.reference),
        search.of_parameters,
        lambda: quantity_slips(case),
        search.of_quantity,
    )
    return next((found for stage in stages if (found := stage()) is not None), None)


def _has_letters(tree: Tree) -> bool:
    return isinstance(tree, Scalar) and bool(tree.value.free_symbols)
