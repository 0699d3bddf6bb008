"""An integral that is not worked out has no value to compare: it is undecided, and never the student's fault."""

from __future__ import annotations

import pytest

from tutor.checking.check import check
from tutor.notation.read import read


@pytest.mark.parametrize(
    ("answer", "reference"),
    [
        (r"\int_0^1 t dt", "1/2"),
        ("1/2", r"\int_0^1 t dt"),
        (r"\int_0^1 t dt", r"\int_0^1 t dt"),
        (r"\lim_{n \to \infty} \frac{\sigma^2}{n}", "0"),
        (r"\frac{d}{d\mu} \mu^2", r"2\mu"),
        (
            r"\begin{bmatrix} \int_0^1 t dt & 0 \\ 0 & 1 \end{bmatrix}",
            r"\begin{bmatrix} 1/2 & 0 \\ 0 & 1 \end{bmatrix}",
        ),
    ],
)
def test_calculus_that_is_not_worked_out_is_undecided(answer: str, reference: str) -> None:
    tree = read(reference).tree
    assert tree is not None
    verdict = check(answer, tree)
    assert verdict.outcome == "undecided"
    assert not verdict.costs_attempt
