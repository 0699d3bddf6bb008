"""E, Var and Cov of elements and averages, step by step from the equation of one observation."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

import sympy

from tutor.algebra.nodes import Covariance, Expectation, Scalar, Variance
from tutor.algebra.rules import Derivation
from tutor.algebra.tree import Tree
from tutor.errors import TutorError
from tutor.models.observations.cells import Element, element_of, indices_fit
from tutor.models.observations.forms import averages_of, combined, elements_in, equation_of, written_out
from tutor.models.observations.held import held_of, refuse_dependent
from tutor.models.observations.overlap import Indices
from tutor.models.observations.steps import Part, Steps
from tutor.models.observations.symbols import Effects
from tutor.models.observations.vectors import random_vectors

if TYPE_CHECKING:
    from tutor.models.mixed import MixedModel

MOST_ELEMENTS = 2
"""Elements or averages in a form up to which a design whose rows are listed is derived element by element."""


def derive_elements(model: MixedModel, goal: Tree) -> Derivation | None:
    """The derivation of a moment of elements; None where it has none, or where the rows of the model tell more.

    Raises
    ------
    TutorError
        For a moment of elements that does not follow from the indices, with the reason.
    """
    if not isinstance(goal, Expectation | Variance | Covariance) or not indices_fit(model):
        return None
    if not _is_of_elements(model, goal):
        return None
    steps = _steps(model, goal.parts, type(goal))
    if steps is None and model.y.entries is None:
        raise TutorError(
            f"{goal} does not follow from the indices of this model while its sizes are letters.",
            tip="Give numbers for the sizes, or ask for a moment of single elements, as y_11 and y_21, or of vectors.",
        )
    return None if steps is None else steps.derivation()


def elements_as_symbols(model: MixedModel, parts: Sequence[Tree]) -> Sequence[Tree] | None:
    """Sums of elements with a symbol for each element, 1 × 1, which are told of by the same effects, so that moments of
    several of them have a value; None where `derive_elements` has no derivation.

    Raises
    ------
    TutorError
        As `derive_elements`.
    """
    steps = _steps(model, parts, Covariance) if indices_fit(model) else None
    return None if steps is None else steps.written


def _steps(
    model: MixedModel, arguments: Sequence[Tree], kind: type[Expectation | Variance | Covariance]
) -> Steps | None:
    vectors = random_vectors(model)
    if vectors is None or model.offset is not None or not all(isinstance(part, Scalar) for part in arguments):
        return None
    read = [elements_in(model, part.value) for part in arguments if isinstance(part, Scalar)]
    found = [own for own, _ in read]
    if model.y.entries is not None:
        few = _in_few(model, found)
        if few is None:
            return None
        found = few
    held = held_of(model, found)
    elements = list(dict.fromkeys(element for part in found for element in part))
    indices = Indices.of(model)
    _refuse_impossible(model, indices, elements)
    indices = indices.beside(element.levels for element in elements if element.name == model.index.response)
    forms = {element: equation_of(model, element, held) for element in elements}
    parts = [Part(own, rest, combined(own, forms, rest)) for own, (_, rest) in zip(found, read, strict=True)]
    random = [effect for form in forms.values() for effect in form.random]
    refuse_dependent(held, random, vectors, indices)
    effects = Effects.of(random, vectors, indices, written_out(model, elements, held))
    return Steps(model, effects, forms, parts, kind)


def has_unlisted_elements(model: MixedModel, moment: Tree) -> bool:
    """Whether there are elements in a moment that are named by indices, and are no elements of a vector's list.

    Raises
    ------
    TutorError
        For elements that there are not.
    """
    if not indices_fit(model):
        return False
    listed = _listed(model)
    return any(
        str(letter) not in listed and element_of(model, str(letter)) is not None
        for part in moment.parts if isinstance(part, Scalar)
        for letter in part.value.free_symbols
    )  # fmt: skip


def has_listed_elements(model: MixedModel, moment: Tree) -> bool:
    """Whether elements of the lists of y, u and ε are in a moment."""
    listed = _listed(model)
    return any(
        str(letter) in listed for part in moment.parts if isinstance(part, Scalar) for letter in part.value.free_symbols
    )


def _listed(model: MixedModel) -> set[str]:
    """The names of the elements of y, u and ε that are listed."""
    vectors = (model.y, model.u, model.e)
    return {str(entry) for vector in vectors if vector is not None and vector.entries is not None
            for entry in vector.entries.flat()}  # fmt: skip


def _is_of_elements(model: MixedModel, goal: Tree) -> bool:
    return any(
        element_of(model, str(letter)) is not None
        for part in goal.parts if isinstance(part, Scalar)
        for letter in part.value.free_symbols
    )  # fmt: skip


def _in_few(
    model: MixedModel, parts: Sequence[dict[Element, sympy.Expr]]
) -> Sequence[dict[Element, sympy.Expr]] | None:
    """The parts as sums of few elements and averages; None where there are more, so that a vector of coefficients is
    shorter, and where the rows that are listed tell more than the indices."""
    index = model.index
    if index.zeros or any(term.covariates for term in index.terms):
        return None
    listed = _listed(model)
    indices = Indices.of(model)
    averages = [averages_of(part, index.response, indices) or part for part in parts]
    found = [own if len(own) < len(part) else part for own, part in zip(averages, parts, strict=True)]
    elements = {element for part in parts for element in part}
    by_letters = all(isinstance(level, str) for element in elements for level in element.levels)
    told = by_letters or all(element.name != index.response or element.key in listed for element in elements)
    few = [part for part in found if len(part) <= MOST_ELEMENTS]
    return few if told and len(few) == len(parts) else None


def _refuse_impossible(model: MixedModel, indices: Indices, elements: Sequence[Element]) -> None:
    responses = [element for element in elements if element.name == model.index.response]
    for place, one in enumerate(responses):
        for other in responses[place + 1 :]:
            indices.refuse_impossible(one.levels, other.levels)
