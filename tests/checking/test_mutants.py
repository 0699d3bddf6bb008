"""Each reference of the bank is changed in one place, again and again: what has another value is refused."""

from __future__ import annotations

import random
from itertools import islice
from pathlib import Path

import pytest
import sympy

from tests.checking.mutants import mutants
from tutor import write
from tutor.algebra.build import as_tree
from tutor.algebra.tree import Tree
from tutor.bank import bank, load
from tutor.errors import TutorError
from tutor.session import judge

TIMES = 50


def differ(tree: Tree, other: Tree) -> bool | None:
    """Whether two trees have different values at some rational numbers, by SymPy and not by the checker.

    None where the entries cannot be listed, or are not defined there.
    """
    try:
        left, right = sympy.Matrix(tree.explicit()), sympy.Matrix(other.explicit())
    except TutorError:
        return None
    rng = random.Random(2)
    names = sorted(left.free_symbols | right.free_symbols, key=str)
    at = {name: sympy.Rational(rng.randint(2, 60), rng.randint(2, 60)) ** 2 for name in names}
    gaps = [sympy.N(entry, 40) for entry in (left - right).xreplace(at)]
    if not all(gap.is_finite for gap in gaps):
        return None
    return any(abs(gap) > sympy.Float("1e-25") for gap in gaps)


@pytest.mark.slow
@pytest.mark.parametrize("path", bank(), ids=lambda path: path.stem)
def test_a_mutant_of_another_value_is_refused(path: Path) -> None:
    tried = 0
    # Options, dimensions, derivations, rounded numbers and whole models have entries of no kind.
    asked = [
        each
        for each in load(path).variant(3).questions
        if isinstance(each.reference, Tree | sympy.Basic | sympy.MatrixBase)
    ]
    for question in asked:
        reference = as_tree(question.reference)
        for mutant in islice(mutants(reference, random.Random(question.key)), TIMES):
            different = differ(mutant, reference)
            verdict = judge(question, write(mutant))
            if different:
                assert verdict.outcome != "correct", write(mutant)
                assert verdict.outcome in ("incorrect", "unreadable"), (write(mutant), verdict.feedback)
            elif different is False and not question.general:
                assert verdict.outcome != "incorrect", write(mutant)
            tried += different is True
    references = [as_tree(question.reference) for question in asked]
    assert tried or not any(differ(-1 * reference, reference) for reference in references)
