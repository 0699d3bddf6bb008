"""The standard errors of all means of an effect, or of all their differences: by kinds, with the average variance.

Where sizes are numbers the kinds are the values that k'(X'V⁻¹X)⁻k takes, each with its means or pairs; the average of
the variances of all pairs is what designs are compared by. Source: John and Williams (1995), Cyclic and computer
generated designs, section 2.4; Patterson and Thompson (1971) for random blocks.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import partial
from itertools import combinations
from typing import TYPE_CHECKING, Any, cast

import sympy

from tutor.algebra.nodes import Scalar
from tutor.algebra.structure.conditions import normal
from tutor.algebra.tree import Tree
from tutor.display import Shown
from tutor.errors import TutorError
from tutor.models.inference.asked_means import (
    Coefficients,
    differences_between,
    differences_of,
    factors_of,
    means_of,
    question_of_means,
    questions_of_differences,
    told_at,
    told_differences,
    told_ways,
)
from tutor.models.inference.blue import estimable_functions_of, quadratic_forms
from tutor.models.inference.coefficients_of_means import coefficients_of_means
from tutor.models.inference.derived_errors import mean_variance
from tutor.models.inference.errors_of_repeats import times_two_over
from tutor.models.inference.kinds_of_errors import Kinds, Question
from tutor.models.inference.marginal import Levels, means_there_are
from tutor.models.inference.source_parts import Classes
from tutor.models.inference.standard_error import Contribution, StandardError, told_error
from tutor.models.inference.standard_errors import GENERALIZED, known_kinds, of_means, opened
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
    return _listed(model, lambda numbers: _all_means(numbers, effect, at), question)


def se_differences(model: MixedModel, effect: str, at: str | Sequence[str] = ()) -> StandardErrors:
    """The standard errors of the differences of all pairs of means; with ``at`` at the same level of these factors.

    Means of several factors, "A:B", differ in one of them or in more, which may matter: each way is a kind, together
    with those that have the same variance.

    Raises
    ------
    As `se_difference`, but where variances differ.
    """
    questions = [*questions_of_differences(model, effect, at)]
    found = known_kinds(model, questions[0])
    if len(questions) > 1 and not (isinstance(found, Kinds) and found.average):
        by_ways = None if found is None else _by_ways(model, effect, at, questions)
        if by_ways is not None:
            return by_ways
    elif found is not None:
        return _known(model, found, questions[0], lambda: [*differences_of(model, effect, at).values()])
    return _listed(model, lambda numbers: _all_differences(numbers, effect, at), questions[0])


def _by_ways(
    model: MixedModel, effect: str, at: str | Sequence[str], questions: Sequence[Question]
) -> StandardErrors | None:
    """The differences of means of several factors by those that have another level, ways with one variance together and
    the kinds of a way whose pairs differ; None where a way has neither."""
    names, others = factors_of(model, effect), factors_of(model, at)
    sizes = {factor.name: factor.size for factor in model.factors}
    pairs = Classes(model).cells((*names, *others)) / 2
    together: dict[object, list[tuple[Question, StandardError]]] = {}
    apart: list[OfKind] = []
    for question in questions:
        found = known_kinds(model, question)
        if isinstance(found, Kinds) and len(found.kinds) == 1 and not (found.rest or found.differ):
            found = found.kinds[0].error
        if isinstance(found, Kinds) and not found.rest and all(kind.number is not None for kind in found.kinds):
            apart += [OfKind(opened(model, kind.error), kind.number) for kind in found.kinds]
            continue
        if not isinstance(found, StandardError):
            return None
        value = found.variance if isinstance(found.variance, Tree) else sympy.cancel(found.variance)
        together.setdefault(value, []).append((question, found))
    kinds: list[OfKind] = []
    for members in together.values():
        (first, found), ways = members[0], [question.differing for question, _ in members]
        told = "" if len(ways) == len(questions) else f" {told_ways(names, ways)}"
        error = replace(found, what=f"{told_differences(model, effect)}{told}{told_at(others)}")
        number: Any = normal(sympy.Add(*(pairs * sympy.Mul(*(sizes[name] - 1 for name in way)) for way in ways)))
        if model.n.is_Integer:
            error = opened(model, error, partial(_first, model, effect, at, first.differing))
        else:
            error = of_means(model, error, first)
        kinds.append(OfKind(error, number))
    kinds += apart
    average = _average(model, kinds, "the differences")
    return StandardErrors(
        tuple(kinds),
        _opened_average(model, average, kinds, questions[0], is_whole=frozenset(names) == questions[0].cell),
    )


def _first(model: MixedModel, effect: str, at: str | Sequence[str], differing: frozenset[str]) -> Coefficients:
    """The coefficients of one such difference, where the sizes are numbers."""
    return next(iter(differences_of(model, effect, at, differing).values()))


Functions = tuple[dict[str, Coefficients], dict[str, TutorError]]
"""Functions k'β by what they are called, and why others are not estimable."""


def _all_means(model: MixedModel, effect: str, at: str | Sequence[str]) -> Functions:
    found, lacking = means_there_are(model, (*factors_of(model, effect), *factors_of(model, at)))
    return {_told_mean(levels): k for levels, k in found.items()}, {_told_mean(m): why for m, why in lacking.items()}


def _all_differences(model: MixedModel, effect: str, at: str | Sequence[str]) -> Functions:
    names = factors_of(model, effect)
    found, lacking = means_there_are(model, (*names, *factors_of(model, at)))
    pairs = {_told_pair(*pair): k for pair, k in differences_between(found, names).items()}
    rest: dict[str, TutorError] = {}
    for pair in combinations([*found, *lacking], 2):
        why = next((lacking[levels] for levels in pair if levels in lacking), None)
        if why is not None and pair[0][len(names) :] == pair[1][len(names) :]:
            rest[_told_pair(*pair)] = why
    return pairs, rest


def _told_mean(levels: Levels) -> str:
    return ":".join(levels)


def _told_pair(one: Levels, other: Levels) -> str:
    return f"{_told_mean(one)} − {_told_mean(other)}"


def _known(
    model: MixedModel,
    found: Kinds | StandardError,
    question: Question,
    functions: Callable[[], Sequence[Coefficients]],
) -> StandardErrors:
    what = "the differences" if question.differing else "the means"

    def with_derivation(error: StandardError, picked: Tree | None = None, *, alone: bool = True) -> StandardError:
        if model.n.is_Integer:
            return opened(model, error, lambda: functions()[0])
        return of_means(model, error, question, picked) if alone or picked is not None else opened(model, error)

    if isinstance(found, StandardError):
        one = with_derivation(found)
        kind = OfKind(one, None)
        return StandardErrors((kind,), _average(model, (kind,), what))
    alone = len(found.kinds) == 1
    kinds = tuple(OfKind(with_derivation(kind.error, kind.picked, alone=alone), kind.number) for kind in found.kinds)
    differ = (f"They are not the same for all: {found.differ}.",) if found.differ else ()
    rest = (f"Not all are estimable: {found.rest}.",) if found.rest else ()
    average = told_error(f"{what} on average", found.average) if found.average else None
    if average is None and not (found.differ and len(kinds) == 1):
        average = _average(model, kinds, what)
    return StandardErrors(kinds, _opened_average(model, average, kinds, question, is_whole=not rest), (*differ, *rest))


def _opened_average(
    model: MixedModel, average: StandardError | None, kinds: Sequence[OfKind], question: Question, *, is_whole: bool
) -> StandardError | None:
    """The average with its derivation, where it is of all means of an effect or of all of their differences."""
    if average is None or len(kinds) == 1 or not is_whole:
        return average
    if len(question.cell) > 1 and question.cell != question.differing:
        return average
    number = Classes(model).cells(question.cell)
    return replace(
        average,
        opening=lambda: mean_variance(
            model,
            number,
            coefficients_of_means(model, question.cell),
            of_differences=bool(question.differing),
        ),
    )


def _average(model: MixedModel, kinds: Sequence[OfKind], what: str) -> StandardError | None:
    """The root of Σ number × variance/Σ number; None where a variance is that of two levels by their letters."""
    numbers = [kind.number for kind in kinds if kind.number is not None]
    if any(_depends_on_levels(model, kind.error) for kind in kinds):
        return None
    if len(kinds) == 1:
        return kinds[0].error
    if not kinds or len(numbers) < len(kinds):
        return None
    total = sympy.Add(*numbers)
    parts = []
    for kind, number in zip(kinds, numbers, strict=True):
        share: Any = normal(number / total)
        assert isinstance(kind.error.variance, sympy.Expr)
        parts.append(Contribution(share * kind.error.variance, f"{inline(Scalar(share))} of them, {kind.error.what}"))
    return told_error(f"{what} on average", parts, apart=True)


def _depends_on_levels(model: MixedModel, error: StandardError) -> bool:
    """Whether letters of levels are in a variance: ρ^|j − j'|, or the averages x̄_i· and x̄_i'· of a covariate."""
    if model.plan is None:
        return False
    indices = {index.letter for index in model.plan.layout.indices}
    others = error.letters - {parameter.symbol for parameter in model.parameters} - model.n.free_symbols
    below = [(name.partition("_")[2] or name).replace("'", "") for name in map(str, others)]
    return any(indices & set(each) for each in below)


def _listed(model: MixedModel, functions_of: Callable[[MixedModel], Functions], question: Question) -> StandardErrors:
    """By the rows of a design with numbers, or of the design with two of the units that a letter counts."""
    several = "differences" if question.differing else "means"
    repeats = None if model.plan is None or model.n.is_Integer else model.plan.repeats
    numbers = model if repeats is None else cast("MixedModel", repeats.with_number(2))
    functions, lacking = functions_of(numbers)
    is_estimable = estimable_functions_of(numbers)
    kept = {name: k for name, k in functions.items() if is_estimable(k)}
    if not kept:
        if lacking:
            raise next(iter(lacking.values()))
        raise TutorError(f"None of the {len(functions)} {several} is estimable.",
                         tip="m.null_space() tells which columns of X add up to others.")  # fmt: skip
    by_value: dict[sympy.Expr, list[str]] = {}
    for name, variance in zip(kept, quadratic_forms(numbers, list(kept.values())), strict=True):
        by_value.setdefault(variance, []).append(name)
    kinds = []
    for variance, members in by_value.items():
        error = StandardError(_told(members, several), variance, (Contribution(variance, GENERALIZED),))
        error = error if repeats is None else times_two_over(error, repeats.number)
        # The units that a letter counts have random effects only, so that the fixed ones are the same.
        error = opened(model, error, partial(_told_already, kept[members[0]]))
        kinds.append(OfKind(error, sympy.Integer(len(members)), tuple(members)))
    rest = [*lacking, *(name for name in functions if name not in kept)]
    why = next((f" {error.problem}" for error in lacking.values()), "")
    remarks = (f"Not estimable: {_told(rest, several)}.{why}",) if rest else ()
    average = _opened_average(
        model, _average(model, kinds, f"the {several}"), kinds, question, is_whole=not rest and repeats is None
    )
    return StandardErrors(tuple(kinds), average, remarks)


def _told_already(k: Coefficients) -> Coefficients:
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
