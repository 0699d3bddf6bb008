"""Partial credit by cell and by term belongs to the question; without weights an expression is right or wrong."""

from __future__ import annotations

import pytest

from tutor import check, rcbd

M = rcbd(treatments=2, blocks=2)
V = M.V
GOOD, SHARED = "σ²+σ²_u", "σ²_u"


def matrix(diagonal: str = GOOD, within: str = SHARED, between: str = "0") -> list[list[str]]:
    return [[diagonal if i == j else within if i // 2 == j // 2 else between for j in range(4)] for i in range(4)]


@pytest.mark.parametrize(
    ("answer", "weights", "score"),
    [
        (matrix(), {"cells": 1}, 1),
        (matrix(within="0"), None, 0),
        (matrix(within="0"), {"cells": 1}, 4 / 8),
        (matrix(diagonal="σ²"), {"cells": 1}, 4 / 8),
        (matrix(between="σ²_u"), {"cells": 1}, 8 / 16),
        (matrix(diagonal="0", within="0"), {"cells": 1}, 0),
        (matrix(within="0"), {"diagonal": 1, "off-diagonal": 1}, 1 / 2),
        (matrix(within="0"), {"diagonal": 1, "off-diagonal": 3}, 1 / 4),
        (matrix(diagonal="σ²"), {"diagonal": 1, "off-diagonal": 3}, 3 / 4),
        (matrix(between="σ²_u"), {"diagonal": 1, "off-diagonal": 1}, 1 / 2 + 4 / 12 / 2),
        ("ZGZ'", {"terms": 1}, 1 / 2),
        ("R", {"terms": 1}, 1 / 2),
        ("R + ZGZ'", {"terms": 1}, 1),
        ("ZGZ' + 2R", {"terms": 1}, 1 / 2),
        ("ZGZ' + R + I", {"terms": 1}, 1 / 2),
        ("ZGZ' + 2R + I", {"terms": 1}, 0),
        ("ZGZ' - R", {"terms": 1}, 1 / 2),
        ("I", {"terms": 1}, 0),
        ("ZGZ'", {"terms": 1, "cells": 1}, 1 / 4 + 4 / 8 / 2),
        ("ZGZ'", {"mean": 3}, 0),
    ],
)
def test_credit_by_cell_and_by_term(answer: object, weights: dict[str, float] | None, score: float) -> None:
    verdict = check(answer, V, weights=weights)
    assert verdict.score == pytest.approx(score), verdict.credit
    assert verdict.correct is not True or score == 1
    if verdict.credit:
        assert sum(credit.weight for credit in verdict.credit) == pytest.approx(1)
        assert all(credit.note for credit in verdict.credit)


def test_the_credit_is_explained() -> None:
    (credit,) = check(matrix(within="0"), V, weights={"cells": 1}).credit
    assert credit.note == "4 of 8 cells that are not zero are right"
    told = check("ZGZ'", V, weights={"terms": 1}).to_dict()["credit"]
    assert told == [
        {"part": "ZGZ'", "weight": 0.5, "earned": 1.0, "note": "right"},
        {"part": "R", "weight": 0.5, "earned": 0.0, "note": "missing or wrong"},
    ]
