"""Crossover trials by Williams' sequences with carry-over, with letters for sizes.

Each of N = ns subjects has every treatment once, each follows each other equally often, and the last one of a sequence
leaves nothing. Within subjects and periods the information on treatments and carry-over is
(N/σ²)[[H, −H/t], [−H/t, (1 − 1/t − 1/t²)H]] with H = I − J/t. Totals of subjects lack the carry-over of the last
treatment, which adds (N/σ²)(w/t²)H with w = σ²/(σ² + tσ_u²), unless sequences have effects of their own. So a
difference of treatments has 2σ²/N times (t² − t − 1 + w)/(t² − t − 2 + w), and one of carry-over t²/(t² − t − 2 + w).
Source: Williams (1949), Aust. J. Sci. Res. A 2, 149–168; Jones and Kenward (2014), Design and analysis of cross-over
trials, 3rd ed., chapter 4; Cheng and Wu (1980), Ann. Statist. 8, 1272–1283.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import sympy

from tutor.algebra.laws.joining import negated
from tutor.algebra.nodes import Sum
from tutor.algebra.unit_vector import UnitVector
from tutor.errors import TutorError
from tutor.models.carryover import carryover_of
from tutor.models.collected import collected
from tutor.models.inference.kinds_of_errors import Kind, Kinds, Question, one_kind
from tutor.models.inference.source_parts import Classes
from tutor.models.inference.standard_error import Contribution
from tutor.notation.write import inline

if TYPE_CHECKING:
    from tutor.models.mixed import MixedModel


@dataclass(frozen=True, slots=True)
class Williams:
    """Williams' sequences of t treatments with n subjects of each of s, σ² and σ_u²; ``left`` is the name of the
    carry-over."""

    treatments: sympy.Expr
    subjects: sympy.Expr
    sequences: sympy.Expr
    residual: sympy.Expr
    of_subject: sympy.Expr
    left: str
    has_sequences: bool

    @property
    def between(self) -> sympy.Expr:
        """w, what totals of subjects tell."""
        total = self.residual + self.treatments * self.of_subject
        return sympy.S.Zero if self.has_sequences else self.residual / total

    @property
    def of_treatments(self) -> Contribution:
        t, w = self.treatments, self.between
        variance = 2 * self.residual / self._subjects * (t**2 - t - 1 + w) / (t**2 - t - 2 + w)
        told = (
            "a plot of each in every subject, times (t² − t − 1{0})/(t² − t − 2{0}) for the adjustment for carry-over"
        )
        return Contribution(collected(variance), self._told(told), variance)

    @property
    def variance_of_carryover(self) -> sympy.Expr:
        t, w = self.treatments, self.between
        return 2 * self.residual / self._subjects * t**2 / (t**2 - t - 2 + w)

    @property
    def _subjects(self) -> sympy.Expr:
        """N, of all sequences."""
        return self.subjects * self.sequences

    @property
    def of_carryover(self) -> Contribution:
        told = "each is in the period before in all subjects but those that end with it: t²/(t² − t − 2{0})"
        return Contribution(collected(self.variance_of_carryover), self._told(told), self.variance_of_carryover)

    def _told(self, told: str) -> str:
        if self.has_sequences:
            return told.format("")
        return told.format(" + w") + ", w = σ²/(σ² + tσ²_u) from the totals of subjects"

    def of_function(self, direct: Shares, left: Shares, periods: Shares) -> sympy.Expr:
        """The variance of the estimate of contrasts of treatments, of what each treatment leaves, and of later periods.

        The inverse of [[1, −1/t], [−1/t, 1 − 1/t − 1/t² + w/t²]] times N/σ², where H is I, is σ²/N times
        [[t² − t − 1 + w, t], [t, t²]]/(t² − t − 2 + w); to the periods both are orthogonal.
        """
        t, w = self.treatments, self.between
        across = sympy.Add(*(share * left[level] for level, share in direct.items() if level in left))
        adjusted = (t**2 - t - 1 + w) * _squares(direct) + 2 * t * across + t**2 * _squares(left)
        return self.residual / self._subjects * (adjusted / (t**2 - t - 2 + w) + _squares(periods))


Shares = Mapping[int, sympy.Expr]
"""The coefficients of a function by the numbers of the treatments, or of the periods."""


def _squares(shares: Shares) -> sympy.Expr:
    return sympy.Add(*(share**2 for share in shares.values()))


def function_beside_carryover(model: MixedModel, what: Any) -> Contribution | None:
    """The variance of the estimate of a function of the fixed effects, and why; None for any other design than
    Williams' sequences with carry-over and a letter for the number of treatments.

    Raises
    ------
    TutorError
        For what is not estimable, with the reason, and for functions in which effects of sequences or the mean stand:
        which treatments a sequence begins and ends with is not told by letters.
    """
    beside, design = carryover_of(model), williams(model)
    if beside is None or design is None:
        return None
    told = model.estimable(what)
    if not told:
        raise TutorError(told.because, tip=told.instead)
    shares = beside.shares(told.function)
    if not shares:
        return Contribution(sympy.S.Zero, f"{inline(told.function)} is 0 in this model, and not estimated")
    by = {base: {level: share for (own, level), share in shares.items() if own == base} for base in beside.names}
    if by[beside.intercept] or (beside.sequence is not None and by[beside.sequence]):
        raise TutorError(
            f"The standard error of {inline(told.function)} depends on the treatments that its sequences begin and end "
            "with, which letters for sizes do not tell.",
            tip='m.se_differences("sequence") has those of two sequences; or give a number of treatments.',
        )
    left = {level - 1: share for level, share in by[beside.left].items()}  # λ_2 is left by treatment 1
    found = design.of_function(by[beside.treatment], left, by[beside.period])
    adjusted = "t² − t − 2" if design.has_sequences else "t² − t − 2 + w"
    because = (
        "treatments and what they leave are adjusted for each other within subjects and periods, by the divisor "
        f"{adjusted}; periods are orthogonal to both"
    )
    if not design.has_sequences:
        because += "; w = σ²/(σ² + tσ²_u) comes from the totals of subjects"
    return Contribution(collected(found), because)


def of_carryover(model: MixedModel, question: Question) -> Kinds | None:
    """The kinds of differences beside carry-over in Williams' sequences; None for any other design.

    Raises
    ------
    TutorError
        For means, which are not estimable.
    """
    design, plan = williams(model), model.plan
    if design is None or plan is None:
        return None
    if not question.differing:
        raise TutorError(
            "Means are not estimable beside carry-over: adding 1 to μ and subtracting 1 from π_1 and from every λ_m "
            "changes no mean E(y), for the first period has no carry-over and every other has one.",
            tip="Ask for differences: m.se_differences(…).",
        )
    names = {index.letter: index.name for index in plan.layout.indices}
    treatments = {names[letter] for letter in plan.treatments}
    if question.cell <= treatments:
        number = sympy.cancel(design.treatments / Classes(model).cells(question.cell))
        told = design.of_treatments
        if number == 1:
            return one_kind(question.what, told)
        return one_kind(
            question.what,
            Contribution(collected(told.variance / number), f"means of {inline(number)} treatments: {told.because}"),
        )
    subject, period = plan.units
    if question.cell == {design.left}:
        rest = "nothing is left in the first period only, so that no other effect can be compared with that of none"
        return Kinds((Kind("the difference of what two treatments leave", (design.of_carryover,)),), rest=rest)
    if question.cell == {names[period.letters]}:
        return _of_periods(design)
    return _of_sequences(design) if question.cell == {names[subject.letters[0]]} else None


def williams(model: MixedModel) -> Williams | None:
    """The Williams' sequences with carry-over and a letter for the number of treatments that a model has; None for any
    other design."""
    plan = model.plan
    if plan is None or model.n.is_Integer or len(plan.units) != 2 or not plan.units[1].ordered:
        return None
    layout = plan.layout
    left = "".join(letter for letter in layout.determined if letter not in plan.treatments)
    if len(left) != 1 or any(layout.knows(letter) for letter in plan.treatments) or len(model.random) != 1:
        return None
    sequence, subject = plan.units[0].letters
    fixed = {name for term in model.fixed for name in term.variables}
    return Williams(
        layout.size(plan.treatments),
        layout.index(subject).size,
        layout.index(sequence).size,
        model.parameters[0].symbol,
        model.random[0].parameters[0].symbol,
        layout.index(left).name,
        layout.index(sequence).name in fixed,
    )


def _of_periods(design: Williams) -> Kinds:
    t, N = design.treatments, design.subjects * design.sequences
    told = Contribution(2 * design.residual / N, f"{inline(N)} subjects in both, each carry-over equally often in each")
    later = Sum((UnitVector(t, 2), negated(UnitVector(t, 3))))
    return Kinds(
        (Kind("the difference of two periods after the first", (told,), (t - 1) * (t - 2) / 2, picked=later),),
        rest="the first period has no carry-over, so that it cannot be compared with the others",
    )


def _of_sequences(design: Williams) -> Kinds:
    t = design.treatments
    whole = Contribution(
        collected(2 * (design.residual + t * design.of_subject) / (t * design.subjects)),
        f"{inline(design.subjects)} subjects of {inline(t)} periods in each",
    )
    left = Contribution(
        collected(design.variance_of_carryover / t**2), "the last treatments differ, which leave nothing"
    )
    return Kinds(
        (
            Kind("the difference of two sequences with the same last treatment", (whole,)),
            Kind("the difference of two sequences with different last treatments", (whole, left)),
        ),
        differ="sequences lack what their last treatment would leave",
    )
