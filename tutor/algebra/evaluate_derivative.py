"""The value of ∂f/∂x, f a number and x a vector: exact where f is of degree two in x at most.

Then (f(x + h e_j) − f(x − h e_j))/2h is the derivative by x_j for every h. Two values of h that differ tell of an f
that is of another kind, whose derivative is not valued.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from tutor.algebra.applied import Applied
from tutor.algebra.arithmetic import Matrix, Number
from tutor.algebra.nodes import Symbol
from tutor.algebra.sizes import ONE
from tutor.algebra.tree import Tree
from tutor.algebra.walk import replace, symbols_of

if TYPE_CHECKING:
    from tutor.algebra.evaluate import Instance

STEPS = (1, 2)
"""The two values of h."""


def gradient_value(tree: Applied, instance: Instance) -> Matrix:
    """The gradient, p × 1, with all other names held fixed, also those that are defined by x: y in (y − Xβ)'(y − Xβ)
    is what was observed. Where it is not known, the value of a function of which only the name is known."""
    of, by = tree.arguments
    if isinstance(of, Symbol) and of.is_scalar and of.role != "random" and of.definition is not None:
        of = of.definition  # ℓ is the log-likelihood that it names
    if not isinstance(by, Symbol) or by.columns != ONE or not of.is_scalar or tree.below or by not in symbols_of(of):
        return instance.uninterpreted(tree)
    if not instance.arithmetic.decides:
        return instance.uninterpreted(tree)
    length = instance.size(by.rows)
    entries: dict[tuple[int, int], Number] = {}
    for j in range(length):
        first, second = (_slope(of, by, j, length, step, instance) for step in STEPS)
        if not _agree(first, second, instance):
            return instance.uninterpreted(tree)
        entries[j, 0] = first
    return instance.arithmetic.matrix(length, 1, entries)


def _slope(of: Tree, by: Symbol, j: int, length: int, step: int, instance: Instance) -> Number:
    """(f(x + h e_j) − f(x − h e_j))/2h."""
    ends = []
    for change in (step, -step):
        shift = instance.arithmetic.matrix(length, 1, {(j, 0): instance.arithmetic.rational(change)})
        moved = Symbol(f"{by.name} moved by {change} in {j}", *by.shape)
        place = instance.arithmetic.add(instance.value(by), shift)
        ends.append(instance.arithmetic.entry(instance.value_at(replace(of, {by: moved}), {moved: place}), 0, 0))
    return (ends[0] - ends[1]) * instance.arithmetic.rational(1, 2 * step)


def _agree(first: Number, second: Number, instance: Instance) -> bool:
    return instance.arithmetic.same_number(first, second)
