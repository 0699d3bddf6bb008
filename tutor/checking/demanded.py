"""The verdict on an answer that is right in value: whether it has the form that the question demands."""

from __future__ import annotations

from collections.abc import Mapping

from tutor.algebra.tree import Tree
from tutor.checking import words
from tutor.checking.answers import Answer
from tutor.checking.forms import NAMES_LEFT, names_left, unmet, unmet_as_written
from tutor.checking.judge import Request
from tutor.checking.verdict import Credit, Verdict

FORM_COSTS = 0.5
"""The share of the score that a wrong form costs, unless the question gives {"form": …}. An answer that leaves names
which it should have written out has not begun: it costs all."""


def in_form(
    told: str, answer: Tree, asked: Tree, request: Request, facts: Mapping[str, str] | None = None
) -> Verdict:  # fmt: skip
    """The verdict on an answer of the right value, ``told`` being what is said of it where the form is right too."""
    left = names_left(answer, request.without, request.vocabulary)
    if left:
        return wrong_form(NAMES_LEFT, words.names_left(left), request, costs=1.0)
    amiss = unmet(answer, asked, request.form)
    if amiss is not None:
        return wrong_form(*amiss, request)
    return Verdict("correct", score=1.0, feedback=told, facts=dict(facts or {}))


def as_it_is_written(verdict: Verdict, answer: Answer, request: Request) -> Verdict:
    """The verdict on an answer that has the form by what it is, and as a text may not have it."""
    if not verdict.correct or verdict.form is not None or not isinstance(answer, str):
        return verdict
    amiss = unmet_as_written(answer, request.vocabulary, request.form)
    return verdict if amiss is None else wrong_form(*amiss, request)


def wrong_form(form: str, told: str, request: Request, costs: float = FORM_COSTS) -> Verdict:
    """The verdict on an answer that is true in value and not in the form that was asked for; it costs no attempt."""
    cost = min(1.0, request.weights.get("form", costs))
    credits = (Credit("value", 1 - cost, 1.0, "right"), Credit("form", cost, 0.0, form))
    return Verdict("correct", score=1 - cost, form=form, feedback=told, costs_attempt=False, credit=credits)
