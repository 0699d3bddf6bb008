"""E(y'Ay), Var(y'Ay) and their like in a model: the laws of quadratic forms, the moments of y, and closed forms."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tutor.algebra.laws.moments import MEANS, VARIANCES
from tutor.algebra.laws.quadratics import QUADRATICS
from tutor.algebra.nodes import Covariance, Expectation, Variance
from tutor.algebra.reasoning import shorten
from tutor.algebra.rules import Derivation, derive, without_detours
from tutor.algebra.tree import Tree
from tutor.algebra.walk import walk
from tutor.models.fixed_forms import steps_of_form
from tutor.models.known_moments import known_moments

if TYPE_CHECKING:
    from tutor.models.mixed import MixedModel


def derive_quadratic(model: MixedModel, goal: Tree) -> Derivation | None:
    """The moment of quadratic forms, for normal vectors where it is a variance or a covariance; None where the laws
    of quadratic forms leave a moment in it.

    Source: Searle (1971), Linear Models, chapter 2.
    """
    known = [each.rule for each in known_moments(model.y, model.mean, model.covariance, model.u, model.e)]
    derived = derive(goal, (*QUADRATICS, *known, *MEANS, *VARIANCES))
    if any(isinstance(node, Expectation | Variance | Covariance) for node in walk(derived.result)):
        return None
    steps = [*derived.steps, *shorten(derived.result).steps]
    return without_detours(goal, [*steps, *steps_of_form(model, steps[-1].after)])
