"""The standard errors of all means of an effect, or of all their differences: by kinds, with the average variance.

Where sizes are numbers the kinds are the values that k'(X'V⁻¹X)⁻k takes, each with its means or pairs; the average of
the variances of all pairs is what designs are compared by. Source: John and Williams (1995), Cyclic and computer
generated designs, section 2.4; Patterson and Thompson (1971) for random blocks.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import partial
from typing import TYPE_CHECKING, Any, cast

import sympy

from tutor.algebra.nodes import Scalar
from tutor.display import Shown
from tutor.errors import TutorError
from tutor.models.inference.blue import estimable_functions_of, quadratic_forms
from tutor.models.inference.derived_errors import mean_variance
from tutor.models.inference.errors_of_repeats import times_two_over
from tutor.models.inference.kinds_of_errors import Kinds, Question
from tutor.models.inference.marginal import Levels
from tutor.models.inference.source_parts import Classes
from tutor.models.inference.standard_error import Contribution, StandardError, told_error
from tutor.models.inference.standard_errors import (
    GENERALIZED,
    Coefficients,
    differences_of,
    known_kinds,
    means_of,
    opened,
    question_of_differences,
    question_of_means,
)
from tutor.notation.style import Style
from tutor.notation.write import display, fitted, inline, latex, markdown, unicode
from tutor.notation.writing.pen import Pen, Piece, written
from tutor.notation.writing.write_table import Table, table_display, table_latex, table_markdown, table_text

if TYPE_CHECKING:
    from tutor.models.mixed import MixedModel

LECTURE = Style()

MOST_NAMED = 4
"""Means or pairs of a kind that are named; of more the first, and how many there are."""


@dataclass(frozen=True, slots=True)
class OfKind:
    """Means or differences with one standard error: how many, where that is known, and with numbers for sizes which."""

    error: StandardError
    number: sympy.Expr | None
    members: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, repr=False)
class StandardErrors(Shown):
    """The standard errors of all means of an effect, or of all differences of two of them.

    ``average`` is the root of the mean of the variances, None where it is not known; ``remarks`` say why they differ,
    and which means or differences are not estimable.
    """

    kinds: tuple[OfKind, ...]
    average: StandardError | None
    remarks: tuple[str, ...] = ()


def se_means(model: MixedModel, effect: str, at: str | Sequence[str] = ()) -> StandardErrors:
    """The standard errors of the means of all levels of ``effect``, over all levels of the other factors but ``at``.

    Raises
    ------
    As `se_mean`, but where variances differ.
    """
    question = question_of_means(model, effect, at)
    found = known_kinds(model, question)
    if found is not None:
        return _known(model, found, question, lambda: [*means_of(model, effect, at).values()])
    return _listed(model, lambda numbers: _named(means_of(numbers, effect, at)), question)


def se_differences(model: MixedModel, effect: str, at: str | Sequence[str] = ()) -> StandardErrors:
    """The standard errors of the differences of all pairs of means; with ``at`` at the same level of these factors.

    Raises
    ------
    As `se_difference`, but where variances differ.
    """
    question = question_of_differences(model, effect, at)
    found = known_kinds(model, question)
    if found is not None:
        return _known(model, found, question, lambda: [*differences_of(model, effect, at).values()])
    return _listed(model, lambda numbers: _pairs(differences_of(numbers, effect, at)), question)


def _named(means: Mapping[Levels, Coefficients]) -> dict[str, Coefficients]:
    return {":".join(levels): k for levels, k in means.items()}


def _pairs(differences: Mapping[tuple[Levels, Levels], Coefficients]) -> dict[str, Coefficients]:
    return {f"{':'.join(one)} − {':'.join(other)}": k for (one, other), k in differences.items()}


def _known(
    model: MixedModel,
    found: Kinds | StandardError,
    question: Question,
    functions: Callable[[], Sequence[Coefficients]],
) -> StandardErrors:
    what = "the differences" if question.differing else "the means"

    def with_derivation(error: StandardError) -> StandardError:
        return opened(model, error, lambda: functions()[0] if model.n.is_Integer else None)

    if isinstance(found, StandardError):
        one = with_derivation(found)
        return StandardErrors((OfKind(one, None),), one)
    kinds = tuple(OfKind(with_derivation(kind.error), kind.number) for kind in found.kinds)
    differ = (f"They are not the same for all: {found.differ}.",) if found.differ else ()
    rest = (f"Not all are estimable: {found.rest}.",) if found.rest else ()
    average = told_error(f"{what} on average", found.average) if found.average else _average(kinds, what)
    return StandardErrors(kinds, _opened_average(model, average, kinds, question, is_whole=not rest), (*differ, *rest))


def _opened_average(
    model: MixedModel, average: StandardError | None, kinds: Sequence[OfKind], question: Question, *, is_whole: bool
) -> StandardError | None:
    """The average with its derivation, where it is of all means of an effect or of all of their differences."""
    if average is None or len(kinds) == 1 or not is_whole or len(question.cell) > 1:
        return average
    number = Classes(model).cells(question.cell)
    return replace(average, opening=lambda: mean_variance(model, number, of_differences=bool(question.differing)))


def _average(kinds: Sequence[OfKind], what: str) -> StandardError | None:
    """The root of Σ number × variance/Σ number."""
    numbers = [kind.number for kind in kinds if kind.number is not None]
    if len(kinds) == 1:
        return kinds[0].error
    if not kinds or len(numbers) < len(kinds):
        return None
    total = sympy.Add(*numbers)
    parts = []
    for kind, number in zip(kinds, numbers, strict=True):
        share: Any = sympy.factor(number / total)
        assert isinstance(kind.error.variance, sympy.Expr)
        parts.append(Contribution(share * kind.error.variance, f"{inline(Scalar(share))} of them, {kind.error.what}"))
    return told_error(f"{what} on average", parts, apart=True)


def _listed(model: MixedModel, functions_of: Any, question: Question) -> StandardErrors:
    """By the rows of a design with numbers, or of the design with two of the units that a letter counts."""
    several = "differences" if question.differing else "means"
    repeats = None if model.plan is None or model.n.is_Integer else model.plan.repeats
    numbers = model if repeats is None else cast("MixedModel", repeats.with_number(2))
    functions: dict[str, Coefficients] = functions_of(numbers)
    is_estimable = estimable_functions_of(numbers)
    kept = {name: k for name, k in functions.items() if is_estimable(k)}
    if not kept:
        raise TutorError(f"None of the {len(functions)} {several} is estimable.",
                         tip="m.null_space() tells which columns of X add up to others.")  # fmt: skip
    by_value: dict[sympy.Expr, list[str]] = {}
    for name, variance in zip(kept, quadratic_forms(numbers, list(kept.values())), strict=True):
        by_value.setdefault(variance, []).append(name)
    kinds = []
    for variance, members in by_value.items():
        error = StandardError(_told(members, several), variance, (Contribution(variance, GENERALIZED),))
        error = error if repeats is None else times_two_over(error, repeats.number)
        k = kept[members[0]] if repeats is None else None
        error = opened(model, error, partial(_told_already, k))
        kinds.append(OfKind(error, sympy.Integer(len(members)), tuple(members)))
    rest = [name for name in functions if name not in kept]
    remarks = (f"Not estimable: {_told(rest, several)}.",) if rest else ()
    average = _opened_average(
        model, _average(kinds, f"the {several}"), kinds, question, is_whole=not rest and repeats is None
    )
    return StandardErrors(tuple(kinds), average, remarks)


def _told_already(k: Coefficients | None) -> Coefficients | None:
    return k


def _told(members: Sequence[str], several: str) -> str:
    """The names, or of many the first and their number."""
    if len(members) <= MOST_NAMED:
        return ", ".join(members)
    return f"{len(members)} {several}, as {members[0]} and {members[1]}"


# Showing


def _rows(found: StandardErrors) -> Iterator[tuple[object, str]]:
    for kind in found.kinds:
        number = "" if kind.number is None or kind.members else f", {inline(Scalar(kind.number))} in all"
        yield kind.error.tree, f"{kind.error.what}{number}"
        for part in kind.error.contributions:
            if part.because != GENERALIZED:
                yield part.variance, f"  {part.because}"
    if found.average is not None and len(found.kinds) != 1:
        yield found.average.tree, found.average.what
        if not found.kinds:
            for part in found.average.contributions:
                yield part.variance, f"  {part.because}"


def _table(found: StandardErrors) -> Table:
    return Table(("standard error", "of"), (*_rows(found), *(("", remark) for remark in found.remarks)))


@written.register
def write_standard_errors(found: StandardErrors, pen: Pen) -> Piece:
    """The roots on one line."""
    roots = [kind.error.tree for kind in found.kinds] or [each.tree for each in (found.average,) if each is not None]
    return Piece(pen.dialect.comma.join(map(pen.whole, roots)))


def _display(found: StandardErrors, pen: Pen) -> str:
    return table_display(_table(found), pen)


def _unicode(found: StandardErrors, style: Style = LECTURE) -> str:
    return table_text(_table(found), style)


def _fitted(found: StandardErrors, style: Style, width: int) -> str:
    return table_text(_table(found), style, width)


def _latex(found: StandardErrors, style: Style = LECTURE) -> str:
    return table_latex(_table(found), style)


def _markdown(found: StandardErrors, style: Style = LECTURE) -> str:
    return table_markdown(_table(found), style)


unicode.register(StandardErrors, _unicode)
fitted.register(StandardErrors, _fitted)
latex.register(StandardErrors, _latex)
markdown.register(StandardErrors, _markdown)
display.register(StandardErrors, _display)
