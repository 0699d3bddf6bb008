"""Edits of a number in front of a matrix, as of a quantity by itself: y'y/n for y'y/(n − p)."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import partial
from itertools import chain

from tutor.algebra.nodes import Scalar
from tutor.algebra.tree import Tree
from tutor.algebra.walk import walk
from tutor.checking.case import Case, Diagnosis
from tutor.checking.misconceptions.edit import Edit, Edits, only_equal, replaced_once
from tutor.checking.misconceptions.formulas import formula_edits, rarer_edits
from tutor.checking.misconceptions.multiples import recounted

MOST_OPERATIONS = 12
"""A longer formula in front of a matrix is not edited."""

MOST_NUMBERS = 4
"""Numbers in front of matrices that are edited."""


Worth = Callable[[Tree, Scalar], bool]
"""Whether any other number in a place of this one may be what the answer has there."""


def coefficients_worth(is_worth: Worth) -> Edits:
    """The edits of coefficients, save of those that are not worth to be edited."""
    return partial(_coefficients, is_worth)


def _coefficients(is_worth: Worth, case: Case, tree: Tree) -> Iterator[Edit]:
    """A slip in one of the numbers that stand in front of a matrix."""
    if isinstance(tree, Scalar):
        return
    numbers = [
        node for node in walk(tree) if isinstance(node, Scalar) and 0 < node.value.count_ops() <= MOST_OPERATIONS
    ]
    for number in list(dict.fromkeys(numbers))[:MOST_NUMBERS]:
        if not is_worth(tree, number):
            continue
        for diagnosis, edited in chain(*(kind(case, number.value) for kind in (formula_edits, recounted, rarer_edits))):
            # In a matrix another letter for t counts something else, and averages nothing.
            is_count = diagnosis.key == "missing-replication" and not diagnosis.facts
            for whole in replaced_once(tree, only_equal(number, Scalar(edited))):
                yield Edit(Diagnosis("wrong-count") if is_count else diagnosis, whole)
