"""Elements in a moment: y_11 − y_21 is k'y with a vector k of numbers, to which the laws of vectors apply.

Elements that are given u are those of the vector y | u.
"""

from __future__ import annotations

from collections.abc import Sequence

import sympy

from tutor.algebra.linear_form import linear_form
from tutor.algebra.nodes import Scalar, Symbol
from tutor.algebra.random_elements import elements_of, with_elements
from tutor.algebra.tree import Tree
from tutor.algebra.walk import replace, walk
from tutor.errors import TutorError
from tutor.models.mixed import MixedModel
from tutor.notation.names import unicode_name
from tutor.notation.parsing.functions import STATISTICS
from tutor.notation.read import read

LETTERS = ("k", "m", "a", "c")
"""Names for the vectors of coefficients, in the order in which they are needed."""


def in_vectors(model: MixedModel, moment: Tree) -> Tree:
    """A moment with every sum of elements of y, u and ε in it written as k'y, each k a known vector.

    Raises
    ------
    TutorError
        For a function of elements that is not linear, and where some elements are given u and others are not.
    """
    plain, given = without_given(moment)
    _check_elements(model, plain)
    letters = iter(LETTERS)
    vectors = _listed(model)
    if not vectors:
        return moment
    made = tuple(linear_form(part, vectors, letters) for part in plain.parts)
    form = moment if made == plain.parts else moment.rebuild(made)
    return replace(form, given_effects(model, given)) if given and form is not moment else form


def with_listed(model: MixedModel, moment: Tree) -> Tree:
    """A moment with a symbol for each element of y, u and ε in it, 1 × 1, that is a row of its vector, so that the
    moment has a value; of what is given u as in `in_vectors`."""
    plain, given = without_given(moment)
    elements = elements_of(_listed(model))
    if not given or plain is moment:
        return with_elements(moment, elements)
    held = given_effects(model, given)
    return with_elements(moment, {sympy.Symbol(f"{letter}|{given}", real=True): (held.get(vector, vector), row)
                                  for letter, (vector, row) in elements.items()})  # fmt: skip


def listed_as_symbols(model: MixedModel, parts: Sequence[Tree]) -> Sequence[Tree] | None:
    """Sums of listed elements with a symbol for each element, as `with_listed` has them; None where one has none."""
    elements = elements_of(_listed(model))
    found = [with_elements(part, elements) for part in parts]
    return None if any(tree is part for tree, part in zip(found, parts, strict=True)) else found


def _listed(model: MixedModel) -> list[Symbol]:
    """The random vectors whose elements are listed."""
    return [vector for vector in (model.y, model.u, model.e) if vector is not None and vector.entries is not None]


def without_given(moment: Tree) -> tuple[Tree, str]:
    """A moment with the elements that are given something by their names alone, and what is given: y_1 of y_1 | u."""
    letters = [symbol for part in moment.parts if isinstance(part, Scalar) for symbol in part.value.free_symbols]
    told = {symbol: str(symbol).partition("|") for symbol in letters}
    given = {name for _, _, name in told.values() if name}
    if not given:
        return moment, ""
    if len(given) > 1 or any(not name and base.partition("_")[0] in ("y", "u", "e") for base, _, name in told.values()):
        raise TutorError("Some elements are given something, and others are not.",
                         tip="Give the same for all: Cov(y_1, y_2 | u).")  # fmt: skip
    names = {symbol: sympy.Symbol(base, real=True) for symbol, (base, _, name) in told.items() if name}
    parts = (Scalar(part.value.xreplace(names)) if isinstance(part, Scalar) else part for part in moment.parts)  # pyright: ignore[reportArgumentType]
    return moment.rebuild(tuple(parts)), given.pop()


def given_effects(model: MixedModel, given: str) -> dict[Tree, Tree]:
    """What stands for y and u where the random effects are given: y | u, with its mean and variance, and a constant.

    Raises
    ------
    ReadError
        For what is no name of the model.
    TutorError
        For some of the random effects only, of several.
    """
    conditional = read(f"y | {given}", model.vocabulary).tree
    if model.u is None or conditional is None or [part.strip() for part in given.split(",")] != ["u"]:
        known = "u, the vector of all random effects" if model.u is not None else "nothing: it has no random effects"
        raise TutorError(
            f"y | {given} is not known in this model.",
            tip=f"A vector can be given {known}; single observations can be given others, as y_11 | y_21.",
        )
    return {model.y: conditional, model.u: Symbol(model.u.name, *model.u.shape)}


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
