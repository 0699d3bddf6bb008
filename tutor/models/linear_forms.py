"""Elements in a moment: y_11 − y_21 is k'y with a vector k of numbers, to which the laws of vectors apply."""

from __future__ import annotations

from tutor.algebra.linear_form import linear_form
from tutor.algebra.nodes import Scalar
from tutor.algebra.tree import Tree
from tutor.algebra.walk import walk
from tutor.errors import TutorError
from tutor.models.mixed import MixedModel
from tutor.notation.names import unicode_name
from tutor.notation.parsing.functions import STATISTICS

LETTERS = ("k", "m", "a", "c")
"""Names for the vectors of coefficients, in the order in which they are needed."""


def in_vectors(model: MixedModel, moment: Tree) -> Tree:
    """A moment with every sum of elements of y, u and ε in it written as k'y, each k a known vector.

    Raises
    ------
    TutorError
        For a function of elements that is not linear.
    """
    _check_elements(model, moment)
    letters = iter(LETTERS)
    vectors = [vector for vector in (model.y, model.u, model.e) if vector is not None and vector.entries is not None]
    if not vectors:
        return moment
    made = tuple(linear_form(part, vectors, letters) for part in moment.parts)
    return moment if made == moment.parts else moment.rebuild(made)


def _check_elements(model: MixedModel, moment: Tree) -> None:
    """Raise TutorError where a number in a moment varies, and is no sum of elements that are listed: an estimate, a
    statistic, an element with an index. It would count as a constant."""
    vectors = [vector for vector in (model.y, model.u, model.e) if vector is not None]
    listed = {entry for vector in vectors if vector.entries is not None for entry in vector.entries.flat()}
    bases = {vector.name for vector in vectors} | {term.letter for term in model.random}
    for part in moment.parts:
        for found in walk(part):
            for letter in found.value.free_symbols - listed if isinstance(found, Scalar) else ():
                base = str(letter).partition("_")[0]
                if base.endswith("hat") or base in STATISTICS:
                    raise TutorError(f"{unicode_name(str(letter))} is computed from y, and these laws do not know how.",
                                     tip="Write it as a sum of elements of y, as ȳ_1. or (y_11 + y_12)/2.")  # fmt: skip
                if base.removesuffix("bar") in bases:
                    raise TutorError(f"{unicode_name(str(letter))} is no element with numbers below it.",
                                     tip="Write y_11 for it, in a design whose sizes are numbers.")  # fmt: skip
