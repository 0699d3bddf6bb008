"""Answers whose numbers are beyond all writing get a verdict soon, and a short sentence."""

from __future__ import annotations

from itertools import product

import pytest

from tests.work import bounded
from tutor import check

ASKED = r"\sigma^2 + \sigma_u^2"
TOWERS = (r"e^{e^{e^{2}}}", r"2^{2^{2^{\mu}}}", r"2^{2^{2^{2^{2^{n}}}}}", r"e^{e^{e^{\mu}}}")
AROUND = {r"\prod_{i=1}^{3} (i + ": ")", "(1 + ": ")^2", r"(\sigma^2 + ": ")^{9}", r"\frac{1}{\sigma^2 + ": "}"}
WITHIN = ("n", r"\frac{\sigma^2 + n}{\mu + 2.5}", "123456789012345678901234567890")


@pytest.mark.parametrize("answer", TOWERS)
def test_the_digits_of_a_tower_are_not_written_out(answer: str) -> None:
    # Its sentence used to write out all zeros of 1e+1000000000, which does not end.
    verdict = check(answer, ASKED)
    assert verdict.outcome in {"incorrect", "undecided"}
    assert len(verdict.feedback) < 400


@pytest.mark.parametrize(("before", "within", "depth"), list(product(AROUND, WITHIN, (5, 12))))
def test_what_stands_within_each_other_is_judged_soon(before: str, within: str, depth: int) -> None:
    answer = before * depth + within + AROUND[before] * depth
    verdict = bounded(lambda: check(answer, ASKED))
    assert verdict.outcome in {"incorrect", "undecided", "unreadable"}
    assert len(verdict.feedback) < 4_000
