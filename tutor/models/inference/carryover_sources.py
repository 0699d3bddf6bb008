"""Sources of a crossover beside carry-over, with letters for sizes: each adjusted for those before it.

Subjects of a sequence that are alike add nothing but their own number to the table: whatever stands in it beside
subjects and residuals has the degrees of freedom and the expectation of two of them. In Williams' sequences with a
letter for the number of treatments carry-over is in the totals of sequences, which lack that of their last treatment,
and in those of periods, of which the first has none; treatments are orthogonal to both, and carry-over to them is not.
Source: Williams (1949), Aust. J. Sci. Res. A 2, 149–168; Jones and Kenward (2014), Design and analysis of cross-over
trials, 3rd ed., chapter 4.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

import sympy

from tutor.algebra.structure.conditions import normal
from tutor.models.inference.errors_of_carryover import williams
from tutor.models.inference.source_parts import Classes, Part, Source, ordered_parts, variances_of

if TYPE_CHECKING:
    from collections.abc import Callable

    from tutor.models.mixed import MixedModel


def is_beside_carryover(model: MixedModel) -> bool:
    """Whether a crossover with carry-over has a letter for its subjects or for its treatments."""
    if model.n.is_Integer or model.plan is None:
        return False
    is_crossed_over = any(unit.ordered for unit in model.plan.units) and len(model.plan.layout.determined) > 1
    return is_crossed_over and (model.plan.repeats is not None or williams(model) is not None)


def assumed_of_carryover(model: MixedModel) -> str | None:
    """What Williams' sequences of a number of treatments that is a letter take for granted of their columns; None for
    any other design."""
    if model.n.is_Integer or williams(model) is None:
        return None
    return "each treatment is once in each sequence, equally often in each period, and follows each other equally often"


def sources_beside_carryover(
    model: MixedModel, of_numbers: Callable[[MixedModel], tuple[Source, ...]]
) -> tuple[Source, ...]:
    """The sources of such a design; ``of_numbers`` finds those of a design whose rows are listed."""
    assert model.plan is not None
    if model.plan.repeats is None:
        return _of_williams(model)
    repeats = model.plan.repeats
    two, three = (of_numbers(cast("MixedModel", repeats.with_number(number))) for number in (2, 3))
    found = []
    for first, second in zip(two, three, strict=True):
        assert (first.coefficients, first.means) == (second.coefficients, second.means)
        step = second.degrees_of_freedom - first.degrees_of_freedom
        degrees = normal(first.degrees_of_freedom + step * (repeats.number - 2))
        found.append(Source(first.part, degrees, first.coefficients, first.means))  # pyright: ignore[reportArgumentType]
    return tuple(found)


def _of_williams(model: MixedModel) -> tuple[Source, ...]:
    """Sequences, subjects, periods, carry-over, and the treatments adjusted for it, among which they are orthogonal."""
    design, classes, plan = williams(model), Classes(model), model.plan
    assert design is not None and plan is not None
    parts, t = ordered_parts(model), design.treatments
    names = {index.name for index in plan.layout.indices if index.letter in plan.treatments}
    treatments = tuple(part.name for part in parts if part.is_fixed and part.variables <= names)
    degrees: dict[Part, sympy.Expr] = {}
    found = []
    for part in parts[:-1]:
        inside = [other for other in degrees if other.variables < part.variables]
        cells = t if part.name == design.left else classes.cells(part.variables)
        degrees[part] = cells - 1 - sympy.Add(*(degrees[other] for other in inside))
        means = (part.name,) if part.is_fixed else ()
        if part.name == design.left:
            means += treatments
        elif part.name not in treatments and (part.is_fixed or not design.has_sequences):
            means += (design.left,)
        is_between = part.name not in treatments and part.name != design.left and part.variables <= _subjects(parts)
        shares = {each: t for each in parts[:-1] if is_between and not each.is_fixed}
        found.append(_source(part, degrees[part], {**shares, parts[-1]: sympy.S.One}, means))
    rest = model.n - 1 - sympy.Add(*degrees.values())
    return (*found, _source(parts[-1], rest, {parts[-1]: sympy.S.One}, ()))


def _subjects(parts: tuple[Part, ...]) -> frozenset[str]:
    """The factors of subjects, sequences among them."""
    return next(part.variables for part in parts[:-1] if not part.is_fixed)


def _source(part: Part, degrees: sympy.Expr, shares: dict[Part, sympy.Expr], means: tuple[str, ...]) -> Source:
    return Source(part, normal(degrees), variances_of(shares), means)
