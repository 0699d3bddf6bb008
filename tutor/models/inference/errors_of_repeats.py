"""Standard errors where a letter counts units that are all alike and independent: subjects of a sequence, groups.

The rows of each unit have the same X_0 and the same V_0, so that n of them tell X'V⁻¹X = n ΣX_0'V_0⁻¹X_0: the variance
of every estimate is 2/n times that of two units.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, cast

import sympy

from tutor.algebra.tree import Tree
from tutor.models.collected import collected
from tutor.models.inference.standard_error import Contribution, StandardError
from tutor.notation.write import inline

if TYPE_CHECKING:
    from tutor.models.mixed import MixedModel


def by_repeats(model: MixedModel, ask: Callable[[MixedModel], StandardError]) -> StandardError | None:
    """What is asked of the design with two such units, with their number in its place; None where there are none.

    Raises
    ------
    TutorError
        As the design with numbers.
    """
    repeats = None if model.plan is None else model.plan.repeats
    if repeats is None:
        return None
    found = ask(cast("MixedModel", repeats.with_number(2)))
    return times_two_over(found, repeats.number)


def times_two_over(found: StandardError, number: sympy.Expr) -> StandardError:
    """2/n times the variance."""
    assert not isinstance(found.variance, Tree)
    variance = collected(2 * found.variance / number)
    told = f"k'(X'V⁻¹X)⁻k, which {inline(number)} units that are alike divide by {inline(number)}"
    return StandardError(found.what, variance, (Contribution(variance, told),))
