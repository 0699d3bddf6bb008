"""Intraclass correlations: the formulas of the lecture, and those of V on the rows of data."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
import sympy

import tutor
from tests.exact import assert_derivation_holds
from tutor.data import path
from tutor.errors import TutorError
from tutor.models.mixed import MixedModel

LETTERS: list[tuple[Callable[[], MixedModel], dict[str, str]]] = [
    (lambda: tutor.one_way("a", "n"), {"group": "σ²_u/(σ² + σ²_u)"}),
    (lambda: tutor.one_way("a", "n_i"), {"group": "σ²_u/(σ² + σ²_u)"}),
    (lambda: tutor.nested("a", "b", "n"), {
        "outer": "σ²_u/(σ² + σ²_u + σ²_v)", "outer:inner": "(σ²_u + σ²_v)/(σ² + σ²_u + σ²_v)",
    }),
    (lambda: tutor.crossed("a", "b", "n"), {
        "row": "σ²_u/(σ² + σ²_u + σ²_v + σ²_w)", "column": "σ²_v/(σ² + σ²_u + σ²_v + σ²_w)",
        "row:column": "(σ²_u + σ²_v + σ²_w)/(σ² + σ²_u + σ²_v + σ²_w)",
    }),
    (lambda: tutor.split_plot(2, 3, "r"), {
        "block": "σ²_u/(σ² + σ²_u + σ²_v)", "block:A": "(σ²_u + σ²_v)/(σ² + σ²_u + σ²_v)",
    }),
]  # fmt: skip


@pytest.mark.parametrize(("make", "told"), LETTERS)
def test_the_correlations_are_those_of_the_lecture(make: Callable[[], MixedModel], told: dict[str, str]) -> None:
    found = make().icc()
    assert {key: str(derivation.result) for key, derivation in found.derivations.items()} == told
    for derivation in found.derivations.values():
        assert_derivation_holds(derivation)


@pytest.mark.parametrize(
    ("formula", "data"),
    [("yield ~ nitro + (1 | Block/Variety)", "oats.csv"), ("effort ~ Type + (1 | Subject)", "ergostool.csv")],
)
def test_on_data_they_are_entries_of_v(formula: str, data: str) -> None:
    m = tutor.model(formula, data=path(data))
    V: Any = m.V.explicit()
    off = {sympy.cancel(V[0, j] / V[0, 0]) for j in range(1, V.cols) if V[0, j] != 0}
    values = {sympy.cancel(d.result.value) for d in m.icc().derivations.values()}  # pyright: ignore[reportAttributeAccessIssue]
    assert values == off


@pytest.mark.parametrize(
    ("make", "words"),
    [
        (lambda: tutor.crd(3, 2), "no random effects"),
        (lambda: tutor.random_slopes(3, [0, 1, 2]), "vary with a covariate"),
        (lambda: tutor.random_slopes("s", "t"), "vary with a covariate"),
    ],
)
def test_where_there_are_none_the_reason_is_told(make: Callable[[], MixedModel], words: str) -> None:
    with pytest.raises(TutorError, match=words):
        make().icc()


def test_they_are_shown_with_what_is_shared() -> None:
    text = str(tutor.nested("a", "b", "n").icc())
    assert "two observations of the same outer group and the same inner group, with nothing else in common" in text
    assert "Derivations: outer, outer:inner." in text
