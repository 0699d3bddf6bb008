"""What is asked of a model: E, Var, Cov or Corr of one or two observations, marginal or given u."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

import sympy

from tutor.algebra.applied import Applied
from tutor.algebra.nodes import Covariance, Expectation, Scalar, Symbol, Variance
from tutor.algebra.tree import Tree
from tutor.errors import ReadError, TutorError
from tutor.models.glmm.predictor import Observation, observation
from tutor.notation.names import split_given
from tutor.notation.read import read
from tutor.notation.vocabulary import lecture_vocabulary

if TYPE_CHECKING:
    from tutor.models.mixed import MixedModel

Moment = Literal["E", "Var", "Cov", "Corr"]


@dataclass(frozen=True, slots=True)
class Question:
    """A moment of one observation or of two; ``given`` where it is that of y given u."""

    moment: Moment
    observations: tuple[Observation, ...]
    given: bool

    @property
    def goal(self) -> Tree:
        """The moment as notation."""
        return moment_tree(self.moment, *(Scalar(o.given if self.given else o.response) for o in self.observations))


def moment_tree(moment: Moment, *of: Tree) -> Tree:
    """E, Var, Cov or Corr of trees, as notation."""
    if moment == "E":
        return Expectation(*of)
    if moment == "Var":
        return Variance(*of)
    return Covariance(*of) if moment == "Cov" else Applied("Corr", of)


def question(model: MixedModel, what: str | Tree) -> Question:
    """What a text or a tree asks: "E(y_11)", "Cov(y_11, y_21)", "Var(y_ij | u)", "E(y)".

    Raises
    ------
    TutorError
        When it is no moment of observations of this model.
    ReadError
        When it cannot be read.
    """
    tree = _read(model, what) if isinstance(what, str) else what
    moment, parts = _taken_apart(tree)
    names = [_name(part) for part in parts]
    if moment is None or not all(names):
        raise TutorError(
            f"{what} is no mean, variance or covariance of observations.",
            tip='Ask for "E(y_11)", "Var(y_11)", "Cov(y_11, y_21)", or "E(y)" of any observation.',
        )
    # Of several arguments a condition is written behind the last one only, and holds for all.
    given = any(split_given(name)[1] for name in names)
    return Question(moment, tuple(observation(model, split_given(name)[0]) for name in names), given)


def _read(model: MixedModel, text: str) -> Tree | None:
    try:
        return read(text, model.vocabulary).tree
    except ReadError:
        # y_i and y_j, two observations at large, are no names of a model whose observations have two indices.
        return read(text, lecture_vocabulary()).tree


def _taken_apart(tree: Tree | None) -> tuple[Moment | None, tuple[Tree, ...]]:
    if isinstance(tree, Expectation):
        return "E", tree.parts
    if isinstance(tree, Variance):
        return "Var", tree.parts
    if isinstance(tree, Covariance):
        return "Cov", tree.parts
    if isinstance(tree, Applied) and tree.function == "Corr" and len(tree.arguments) == 2:
        return "Corr", tree.arguments
    return None, ()


def _name(tree: Tree) -> str:
    """The key of a single name; none for anything else."""
    if isinstance(tree, Symbol):
        return tree.name
    return tree.value.name if isinstance(tree, Scalar) and isinstance(tree.value, sympy.Symbol) else ""
