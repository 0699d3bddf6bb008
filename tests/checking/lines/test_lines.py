"""Right derivations are accepted in every spelling and order; of wrong ones the first wrong line and its law are named."""

from __future__ import annotations

import pytest

from tests.checking.lines.derivations import RIGHT, WRONG, Case, derivation, model
from tutor import check
from tutor.checking.verdict import Line, Verdict


def judged(case: Case) -> Verdict:
    return check(case.text, derivation(case.model, case.asked), model(case.model).vocabulary)


def name(case: Case) -> str:
    return ascii(f"{case.model} {case.text[:60]}")


@pytest.mark.parametrize("case", RIGHT, ids=name)
def test_a_right_derivation_is_accepted(case: Case) -> None:
    verdict = judged(case)
    assert verdict.outcome == "correct", verdict.feedback
    assert verdict.form is None, verdict.feedback
    assert verdict.score == pytest.approx(1)
    assert sum(part.weight * part.earned for part in verdict.credit) == pytest.approx(1)


@pytest.mark.parametrize("case", WRONG, ids=name)
def test_the_first_wrong_line_and_the_law_that_it_breaks_are_named(case: Case) -> None:
    verdict = judged(case)
    assert verdict.outcome == "incorrect", verdict.feedback
    assert isinstance(verdict.where[0], Line)
    assert verdict.where[0].number == case.line
    assert case.key is None or verdict.misconception == case.key, verdict.feedback
    assert verdict.facts.get("carried", "") == ", ".join(map(str, case.carried))
    assert verdict.facts.get("right again", "") == ", ".join(map(str, case.again))
    assert verdict.score < 1
    assert sum(part.weight for part in verdict.credit) == pytest.approx(1)
