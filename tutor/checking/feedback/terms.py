"""Which terms of an answer that is a sum are right, and which are not terms of what was asked for."""

from __future__ import annotations

from typing import NamedTuple

import sympy

from tutor.algebra.arithmetic import NotRationalError
from tutor.algebra.nodes import Scalar, Sum, Symbol
from tutor.algebra.tree import Tree
from tutor.checking.misconceptions.one_formula import formula_of
from tutor.checking.points import Point, same_matrix
from tutor.checking.words import listed
from tutor.errors import TutorError

MOST_TERMS = 4
"""Terms of a sum of which each is told by itself."""


class Terms(NamedTuple):
    """The terms of an answer, as they were written."""

    right: tuple[str, ...] = ()
    wrong: tuple[str, ...] = ()

    @property
    def sentence(self) -> str:
        """What is said of them; "" where not both kinds are there."""
        if not self.right or not self.wrong:
            return ""
        is_right = f"{listed(self.right)} {'is' if len(self.right) == 1 else 'are'} right"
        return f"{is_right}; look again at {listed(self.wrong)}."


def terms_of(answer: Tree, asked: Tree, point: Point) -> Terms:
    """The terms of the answer by whether they are terms of what was asked for, with their values at this point."""
    if isinstance(asked, Symbol) and asked.definition is not None:
        asked = asked.definition
    formula = formula_of(asked) if asked.is_scalar else None
    mine, theirs = _terms(answer), _terms(asked if formula is None else formula)
    if not 1 < len(mine) <= MOST_TERMS or len(theirs) < 2:
        return Terms()
    try:
        values = [point.instance.value(term) for term in theirs]
        found = [
            any(same_matrix(point.instance, point.instance.value(term), value) for value in values) for term in mine
        ]
    except (TutorError, NotRationalError, ArithmeticError):
        return Terms()
    right = tuple(str(term) for term, is_right in zip(mine, found, strict=True) if is_right)
    return Terms(right, tuple(str(term) for term, is_right in zip(mine, found, strict=True) if not is_right))


def _terms(tree: Tree) -> list[Tree]:
    if isinstance(tree, Sum):
        return [inner for term in tree.terms for inner in _terms(term)]
    if isinstance(tree, Scalar) and isinstance(tree.value, sympy.Add):
        return [Scalar(term) for term in tree.value.args if isinstance(term, sympy.Expr)]
    return [tree]
