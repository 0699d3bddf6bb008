"""Sizes for which a design with letters exists are found as often as a verdict asks for them."""

from __future__ import annotations

import random

import pytest
import sympy

from tests.models.lettered_designs import LETTERED, Lettered

INSTANCES = 12
"""More than a verdict draws."""

ARRANGED = [d for d in LETTERED if d.symbolic.plan is not None and d.symbolic.plan.layout.arrangement is not None]


@pytest.mark.parametrize("design", ARRANGED, ids=str)
def test_sizes_are_found_for_every_instance(design: Lettered) -> None:
    plan = design.symbolic.plan
    assert plan is not None and plan.layout.arrangement is not None
    for seed in range(5):
        rng = random.Random(seed)
        used: dict[sympy.Symbol, set[int]] = {}
        for _ in range(INSTANCES):
            found = plan.layout.arrangement.sizes(rng, used)
            assert any(number not in used.get(letter, ()) for letter, number in found.items())
            for letter, number in found.items():
                used.setdefault(letter, set()).add(number)
